"""Where each directive stands in the source: its first and last line, and the text between, comments included.

Beancount gives the first line alone.  Its grammar (version 3) ends a directive at the first line that is not
indented, or is blank; so a slice is the first line and the indented ones below it, without the comments and
white space after the last of them that says something.  A quoted string may run over several lines.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

FIRST_LINE = re.compile(r"(\d{4})[-/](\d+)[-/](\d+)[ \t]+(\S+)")
"""Year, month, day and the word that tells the type; Beancount allows no space before the year."""

KEYWORDS = frozenset(
    {"open", "close", "commodity", "pad", "balance", "note", "document", "event", "price", "query", "custom"}
)
"""A directive whose word is none of these is a transaction ("txn" or a flag)."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class Slice(NamedTuple):
    """Lines `line` to `end_line` (1-based, inclusive) of a file; `text` has no last line end."""

    line: int
    end_line: int
    text: str


def split_lines(content: bytes) -> list[str]:
    """Lines as Beancount's lexer counts them: ended by LF alone; a CR before it is dropped."""
    text = content.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return text.split("\n")


def cut(lines: list[str], line: int) -> Slice:
    """The slice of the directive whose first line is `line`."""
    first = last = line - 1
    total = len(lines)
    if lines[first].count('"') & 1:
        last = _string_end(lines, first)
    here = last + 1
    while here < total:
        text = lines[here]
        if text[:1] not in {" ", "\t"}:
            break
        said = text.lstrip()
        if not said:
            break
        if said[0] != ";":
            last = here
            if text.count('"') & 1:
                last = here = _string_end(lines, here)
        here += 1
    return Slice(line, last + 1, lines[first] if last == first else "\n".join(lines[first : last + 1]))


def _string_end(lines: list[str], first: int) -> int:
    """The last line of a string that may begin on line `first` (0-based) and run on."""
    quoted = False
    for number in range(first, len(lines)):
        quoted = _quoted_after(lines[number], quoted=quoted)
        if not quoted:
            return number
    return first


def _quoted_after(line: str, *, quoted: bool) -> bool:
    """Whether a string is open at the end of `line`, given whether one was at its start."""
    skip = False
    for character in line:
        if skip:
            skip = False
        elif quoted and character == "\\":
            skip = True
        elif character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return False
    return quoted


def comments(text: str) -> list[str]:
    """The comments inside a slice, without their semicolons."""
    if ";" not in text:
        return []
    found = []
    for line in _QUOTED.sub('""', text).split("\n"):
        _, mark, comment = line.partition(";")
        if mark and (said := comment.lstrip(";").strip()):
            found.append(said)
    return found


def digest(text: str) -> str:
    """A hash of a slice: 16 bytes of BLAKE2b in hex."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
