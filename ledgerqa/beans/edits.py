"""Which lines of a ledger's file have changed since it was loaded, told from hashes of blocks of its lines.

The file as it was is not kept, only a short hash a block: enough to find the first block that differs, and the last.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLOCK = 128
"""Lines a block: an edit is looked at with the rest of its block, so small; each costs 16 bytes of the index."""
_DIGEST = 8
_DIRECTING = re.compile(r"(?:option|plugin|include|pushtag|poptag|pushmeta|popmeta)\b")


@dataclass(frozen=True)
class Edit:
    """Lines `first` up to `end` of the file as it was are now lines `first` up to `new_end` of `lines`; 0-based."""

    path: str
    first: int
    end: int
    new_end: int
    lines: list[str]

    @property
    def shift(self) -> int:
        """By how many lines everything below has moved."""
        return self.new_end - self.end

    @property
    def text(self) -> list[str]:
        """The lines as they are now."""
        return self.lines[self.first : self.new_end]


def blocks(lines: Sequence[str]) -> list[str]:
    """The hash of each block of lines, the last of which may be shorter."""
    return [_hashed(lines[start : start + BLOCK]) for start in range(0, len(lines), BLOCK)]


def _hashed(lines: Sequence[str]) -> str:
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=_DIGEST).hexdigest()


def edit_of(path: str, lines: list[str], known: Sequence[str], count: int) -> Edit:
    """What became of a file of `count` lines whose blocks were `known`; whole blocks are left out at either end."""
    same = 0
    while same < len(known) and _same(lines, known, same, count, 0):
        same += 1
    first = min(same * BLOCK, count)
    end, shift = count, len(lines) - count
    for number in range(len(known) - 1, same - 1, -1):
        if number * BLOCK + shift < first or not _same(lines, known, number, count, shift):
            break
        end = number * BLOCK
    return Edit(path, first, end, end + shift, lines)


def _same(lines: Sequence[str], known: Sequence[str], number: int, count: int, shift: int) -> bool:
    """Whether a block stands `shift` lines below where it stood."""
    start, end = number * BLOCK + shift, min((number + 1) * BLOCK, count) + shift
    return 0 <= start <= end <= len(lines) and _hashed(lines[start:end]) == known[number]


def widened(edit: Edit, spans: Sequence[tuple[int, int]]) -> Edit:
    """The edit from the start of a directive above it up to the start of one below: what stands between is whole.

    `spans` are the first and last lines (1-based) of the file's directives as it was, in order.  The directive above
    belongs to it, because lines below it may have become part of it.
    """
    above = [first - 1 for first, _ in spans if first - 1 < edit.first]
    first = above[-1] if above else 0
    reached = max([edit.end, *(last for line, last in spans if line - 1 < edit.end)])
    below = [line - 1 for line, _ in spans if line - 1 >= reached]
    end = below[0] if below else len(edit.lines) - edit.shift
    return replace(edit, first=first, end=end, new_end=end + edit.shift)


def is_directing(line: str) -> bool:
    """Whether a line says how others are read: an option, a plugin, an include, tags or metadata for many."""
    return _DIRECTING.match(line) is not None


def directing(lines: Iterable[str]) -> list[str]:
    """Those lines of a file that say how others are read."""
    return [line for line in lines if is_directing(line)]
