"""Vectors of a generation: taken over from the one before where a text stays, made by an encoder where it is new.

Exact and word answers do not wait for this; a generation without vectors, or with some, is whole in all else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from ledgerqa.corpus.generations import index_folder, locked
from ledgerqa.corpus.index import open_index
from ledgerqa.corpus.vectors import Vectors, vector_folder, write
from ledgerqa.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus.index import Index
    from ledgerqa.corpus.vectors import Matrix

Kind = Literal["texts", "names"]
KINDS: tuple[Kind, ...] = ("names", "texts")
CHUNK = 2_048

_STATEMENTS: dict[Kind, str] = {
    "texts": "SELECT text_id, text FROM texts ORDER BY text_id",
    "names": "SELECT name_id, CASE kind WHEN 'account' THEN regexp_extract(name, '[^:]+$') ELSE name END FROM names"
    " ORDER BY name_id",
}
_JOINTS = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])|[-_]+")


def pending(index: Index, encoder_sha256: str) -> int:
    """How many texts and names have no vector by that encoder yet."""
    return sum(len(_rows(index, kind)) - len(index.vectors(kind, encoder_sha256) or ()) for kind in KINDS)


def embed(
    ledger: Path, data_dir: Path, encoder: Encoder, progress: Callable[[str, int, int], None] | None = None
) -> int:
    """Make the vectors that the newest generation lacks; returns how many texts and names were embedded."""
    with locked(index_folder(ledger, data_dir), ledger), open_index(ledger, data_dir) as index:
        return sum(_complete(index, kind, encoder, progress) for kind in KINDS)


def carry_over(before: Index, after: Index) -> None:
    """Give the new generation the vectors that the old one has of texts that stay, whichever encoder made them."""
    for kind in KINDS:
        numbers_of: dict[str, list[int]] = defaultdict(list)
        for number, text in _rows(before, kind):
            numbers_of[text].append(number)
        for folder in before.folder.glob(f"{kind}-*"):
            try:
                vectors = Vectors(folder)
            except IndexDamagedError:
                continue  # they are made anew
            row_of = {number: row for row, number in enumerate(vectors.text_ids.tolist())}
            kept = [
                (row_of[old], number)
                for number, text in _rows(after, kind)
                if (old := next((one for one in numbers_of[text] if one in row_of), None)) is not None
            ]
            if kept:
                rows, ids = zip(*kept, strict=True)
                target = vector_folder(after.folder, kind, vectors.encoder_sha256)
                write(target, ids, vectors.rows(rows), vectors.encoder, vectors.encoder_sha256)


def _complete(index: Index, kind: Kind, encoder: Encoder, progress: Callable[[str, int, int], None] | None) -> int:
    import numpy as np

    have = _readable(index, kind, encoder.sha256)
    there = set() if have is None else set(have.text_ids.tolist())
    new = [(number, text) for number, text in _rows(index, kind) if number not in there]
    if not new:
        return 0
    parts: list[Matrix] = [] if have is None else [have.rows(range(len(have)))]
    for start in range(0, len(new), CHUNK):
        parts.append(encoder.encode([text for _, text in new[start : start + CHUNK]]))
        if progress is not None:
            progress(f"Embedding {kind}", min(start + CHUNK, len(new)), len(new))
    ids = [*([] if have is None else have.text_ids.tolist()), *(number for number, _ in new)]
    write(vector_folder(index.folder, kind, encoder.sha256), ids, np.concatenate(parts), encoder.name, encoder.sha256)
    return len(new)


def _readable(index: Index, kind: Kind, encoder_sha256: str) -> Vectors | None:
    """The vectors that are there; none where they are damaged, so that they are made anew."""
    try:
        return index.vectors(kind, encoder_sha256)
    except IndexDamagedError:
        return None


def _rows(index: Index, kind: Kind) -> list[tuple[int, str]]:
    """Number and text of what is to be embedded; names as words ("MemberDues" is "Member Dues")."""
    rows = index.query(_STATEMENTS[kind])
    if kind == "texts":
        return [(number, text) for number, text in rows]
    return [(number, " ".join(_JOINTS.sub(" ", text).split())) for number, text in rows]
