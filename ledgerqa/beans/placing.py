"""Which source lines each directive of a book is, and what files there are."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledgerqa.beans.book import Book, Source
from ledgerqa.beans.edits import blocks, directing
from ledgerqa.beans.inputs import FileStamp, Found, Inputs, read, recorded
from ledgerqa.beans.slices import FIRST_LINE, KEYWORDS, cut, split_lines

_INCLUDE = re.compile(r'include\s+"((?:[^"\\]|\\.)*)"')


@dataclass
class Places:
    """Per directive, by its number: `end_lines`, `slices`, and `made` (by a plugin or an option, not written)."""

    end_lines: list[int]
    slices: list[str]
    made: list[bool]
    sources: list[Source] = field(default_factory=list)
    stamps: list[FileStamp] = field(default_factory=list)
    include_globs: list[str] = field(default_factory=list)


def type_name(directive: Any) -> str:
    """The type of a directive as the source spells it; "transaction" for transactions."""
    return type(directive).__name__.lower()


def place(book: Book) -> Places:
    """Read each file once, and cut out the slices of its directives."""
    count = len(book.directives)
    places = Places([0] * count, [""] * count, [True] * count)
    by_file: dict[str, list[int]] = {}
    for number, directive in enumerate(book.directives):
        by_file.setdefault(directive.meta["filename"], []).append(number)
    include = {str(name) for name in book.options.get("include", ())} | {str(book.main)}
    for path in sorted(include | {name for name in by_file if os.path.isabs(name)}):  # noqa: PTH117
        _place_file(path, by_file.get(path, []), book, places)
    return places


def inputs(book: Book) -> Inputs:
    """What the load of this book depended on."""
    places = book.places
    documents = frozenset(each.filename for each in book.directives if type(each).__name__ == "Document")
    found = Found(book.started_ns, book.day, book.modules, book.code, documents, tuple(places.include_globs))
    return recorded(str(book.main), book.options, tuple(places.stamps), found)


def _place_file(path: str, numbers: list[int], book: Book, places: Places) -> None:
    """Fill in `places` for the directives `numbers`, which say that they stand in the file `path`."""
    try:
        known, content = read(path, book.started_ns)
    except OSError:
        return
    digest = known.sha256 or hashlib.sha256(content).hexdigest()
    name = relative(path, book.main)
    places.stamps.append(known)
    if b"\0" in content or path.endswith((".gpg", ".asc")):
        places.sources.append(Source(path, name, len(content), digest))
        for number in numbers:
            places.end_lines[number], places.made[number] = book.directives[number].meta["lineno"], False
        return
    lines = split_lines(content)
    places.sources.append(source_of(path, name, len(content), digest, lines))
    _cut_all(numbers, lines, book.directives, places)
    places.include_globs.extend(_globs(lines, os.path.dirname(path)))  # noqa: PTH120


def source_of(path: str, name: str, size: int, digest: str, lines: list[str]) -> Source:
    """What is kept of a file that is text."""
    said = "\n".join(directing(lines))
    return Source(path, name, size, digest, len(lines), said, json.dumps(blocks(lines)))


def _cut_all(numbers: list[int], lines: list[str], directives: list[Any], places: Places) -> None:
    end_lines, slices, made = places.end_lines, places.slices, places.made
    total = len(lines)
    taken: set[int] = set()
    for number in numbers:
        directive = directives[number]
        line = directive.meta["lineno"]
        if not 0 < line <= total:
            continue
        first = lines[line - 1]
        match = FIRST_LINE.match(first)
        if match is None:
            end_lines[number] = line
            continue
        _, end_lines[number], text = cut(lines, line)
        if line in taken:
            continue
        year, month, day, word = match.groups()
        date = directive.date
        kind = type_name(directive)
        if (kind == word or (kind == "transaction" and word not in KEYWORDS)) and (
            date.day == int(day) and date.month == int(month) and date.year == int(year)
        ):
            taken.add(line)
            slices[number], made[number] = text, False


def _globs(lines: list[str], folder: str) -> list[str]:
    """The include patterns that may match more files one day: those with wildcards, and of files not there yet."""
    found = []
    for line in lines:
        if line.startswith("include") and (match := _INCLUDE.match(line)):
            pattern = os.path.normpath(os.path.join(folder, match.group(1)))  # noqa: PTH118
            if glob.has_magic(pattern) or not os.path.exists(pattern):  # noqa: PTH110
                found.append(pattern)
    return found


def relative(path: str, main: Path) -> str:
    """`path` relative to the folder of `main`, as citations name it; names that are no paths stay."""
    name = Path(os.path.relpath(path, main.parent)).as_posix() if os.path.isabs(path) else path  # noqa: PTH117
    return printable(name)


def printable(text: str) -> str:
    """`text` as valid Unicode: a file's name may hold bytes that are none, and so may a message that has it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
