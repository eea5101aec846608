"""Vectors of texts that have left a ledger, kept for when they come again: an edit taken back, an include put back.

They go from generation to generation, the newest first, a quarter as many as there are others.  A folder
`gone-<kind>-<encoder>` of a generation holds `keys.npy` (16 bytes of BLAKE2b of each text), `matrix.npy` and a sealed
manifest, as those of `vectors`; it is written with the generation and never changed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ledgerqa.corpus.generations import writing
from ledgerqa.corpus.vectors import MATRIX, SHORT, MadeBy, intact, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ledgerqa.corpus.vectors import Matrix

KEYS = "keys.npy"
LEAST = 2_000
SHARE = 0.25
"""So many are kept at least, and so many of those that are in use."""
_KEY = 16


def recall(generation: Path, kind: str, encoder_sha256: str, texts: Iterable[str]) -> dict[str, Matrix]:
    """The vectors, shape (dimension,), of those of these texts that are kept."""
    kept = _open(generation, kind, encoder_sha256)
    if kept is None:
        return {}
    places, matrix = kept
    return {text: matrix[places[key]] for text in texts if (key := _key(text)) in places}


def retire(
    before: Path, after: Path, kind: str, made_by: MadeBy, gone: Sequence[str], matrix: Matrix, there: Sequence[str]
) -> None:
    """Keep in the generation `after` the vectors of the texts that are `gone`, and what `before` kept already.

    Row i of `matrix` is the vector of `gone[i]`; `there` are the texts whose vectors `after` has.  Raises
    `IndexWriteError`.
    """
    import numpy as np

    keys = [_key(text) for text in gone]
    parts = [matrix]
    older = _open(before, kind, made_by.sha256)
    if older is not None:
        places, rows = older
        elsewhere = {*keys, *map(_key, there)}
        kept = [key for key in places if key not in elsewhere]
        keys += kept
        parts.append(rows[[places[key] for key in kept]])
    most = max(LEAST, int(SHARE * len(there)))
    if not keys:
        return
    folder = after / _name(kind, made_by.sha256)
    with writing(folder):
        folder.mkdir(mode=0o700)
        np.save(folder / KEYS, np.frombuffer(b"".join(keys[:most]), dtype=np.uint8).reshape(-1, _KEY))
        np.save(folder / MATRIX, np.concatenate(parts)[:most])
        seal(folder, made_by)


def _open(generation: Path, kind: str, encoder_sha256: str) -> tuple[dict[bytes, int], Matrix] | None:
    """The row of each key, and the rows; None where there are none, or where they are damaged."""
    import numpy as np

    folder = generation / _name(kind, encoder_sha256)
    if not folder.is_dir() or not intact(folder):
        return None
    keys = np.load(folder / KEYS)
    matrix: Matrix = np.load(folder / MATRIX, mmap_mode="r")
    return {key.tobytes(): row for row, key in enumerate(keys)}, matrix


def _name(kind: str, encoder_sha256: str) -> str:
    return f"gone-{kind}-{encoder_sha256[:SHORT]}"


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
