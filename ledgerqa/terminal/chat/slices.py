"""An entry where it stands: its source lines with their surroundings, found again when the file has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.records import Entry

AROUND: Final = 30
TOKENS: Final = re.compile(
    r"""(?P<comment>;.*)
    |(?P<text>"(?:[^"\\]|\\.)*"?)
    |(?P<date>\b\d{4}[-/]\d\d[-/]\d\d\b)
    |(?P<account>\b[^\W\d_][\w-]*(?::[\w-]+)+)
    |(?P<tag>[\#^][\w/.-]+)
    |(?P<number>[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+))
    |(?P<currency>\b[A-Z][A-Z0-9'._-]*[A-Z0-9]\b|\b[A-Z]\b)
    |(?P<key>^\s+[a-z][\w-]*(?=:))
    |(?P<directive>\b(?:open|close|commodity|txn|balance|pad|note|document|price|event|query|custom|option|plugin|include
        |pushtag|poptag)\b)
    |(?P<flag>(?<=\s)[*!](?=\s|$))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Slice:
    """Lines of a file from number `first` on; the entry is `begin` to `end`, inclusive, by the same numbers.

    `note` says where this is not what stands in the file now.
    """

    path: Path | None
    lines: tuple[str, ...]
    first: int
    begin: int
    end: int
    note: str = ""


def slice_of(entry: Entry, folder: Path, around: int = AROUND) -> Slice:
    """The entry in its file; `folder` is the main file's."""
    own = tuple(entry.text.rstrip("\n").split("\n"))
    if not entry.file:
        return Slice(None, own, 1, 1, len(own), "made by a plugin: it stands in no file")
    path = folder / entry.file
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except OSError as error:
        return Slice(path, own, entry.line, entry.line, entry.end_line, f"cannot be read now ({error.strerror})")
    begin = _found(lines, own, entry.line)
    if begin is None:
        return Slice(path, own, entry.line, entry.line, entry.line + len(own) - 1, "the file has changed since")
    end = begin + len(own) - 1
    first = max(1, begin - around)
    moved = "" if begin == entry.line else f"moved from line {entry.line}"
    return Slice(path, tuple(lines[first - 1 : end + around]), first, begin, end, moved)


def _found(lines: list[str], own: tuple[str, ...], line: int) -> int | None:
    """The line at which the entry begins now, the nearest to where it began; None where it is not there any more."""
    stripped = [each.rstrip() for each in own]

    def begins(at: int) -> bool:
        return [each.rstrip() for each in lines[at : at + len(own)]] == stripped

    if begins(line - 1):
        return line
    places = [at for at, each in enumerate(lines) if each.rstrip() == stripped[0] and begins(at)]
    return min(places, key=lambda at: abs(at + 1 - line)) + 1 if places else None


def tokens(line: str) -> Iterator[tuple[str, int, int]]:
    """What a line consists of: (kind, begin, end), for colours."""
    for match in TOKENS.finditer(line):
        yield str(match.lastgroup), *match.span()
