"""How many of an index's texts and names have vectors, told from the files' headers: quickly and without NumPy."""

from __future__ import annotations

import contextlib
import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.corpus.vectors import IDS, MANIFEST, intact, newest

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus.index import Index

KINDS = ("names", "texts")
MAGIC = b"\x93NUMPY"  # of .npy, format version 1.0: magic, version, length of the header, header, numbers
NUMBER_BYTES = 4


@dataclass(frozen=True)
class Coverage:
    """What one encoder has made of an index: `embedded` of `total` distinct texts and names."""

    encoder: str
    encoder_sha256: str
    embedded: int
    total: int


def coverage(index: Index) -> tuple[Coverage, ...]:
    """One for each encoder whose vectors are there, the fullest first."""
    total = to_embed(index)
    names: dict[str, str] = {}
    for folder in index.folder.glob("*-*.*"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            names[manifest["encoder_sha256"]] = manifest["encoder"]
    made = (Coverage(name, sha256, embedded(index, sha256), total) for sha256, name in names.items())
    return tuple(sorted(made, key=lambda each: (-each.embedded, each.encoder)))


def to_embed(index: Index) -> int:
    """How many texts and names an encoder has to embed."""
    ((number,),) = index.query("SELECT (SELECT count(DISTINCT text_id) FROM entries) + (SELECT count(*) FROM names)")
    return int(number)


def embedded(index: Index, encoder_sha256: str) -> int:
    """How many texts and names have a vector by that encoder; those in damaged files do not count."""
    folders = (newest(index.folder, kind, encoder_sha256) for kind in KINDS)
    return sum(_length(folder / IDS) for folder in folders if folder and intact(folder))


def _length(path: Path) -> int:
    """Numbers in a .npy file of 32-bit integers; 0 where it is none."""
    try:
        with path.open("rb") as file:
            head = file.read(10)
        size = path.stat().st_size
    except OSError:
        return 0
    if len(head) < 10 or not head.startswith(MAGIC):
        return 0
    header: int
    (header,) = struct.unpack("<H", head[8:10])
    return max(0, size - 10 - header) // NUMBER_BYTES
