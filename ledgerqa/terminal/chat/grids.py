"""Lines for a grid: texts in columns, what each column sorts by, and widths that fit."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from ledgerqa.records import Entry

GAP: Final = 2
LEAST: Final = 8
LEGIBLE: Final = 14
SPARED: Final = 4  # columns this minor go rather than that names are cut to less than `LEGIBLE`
SAMPLED: Final = 2_000  # rows that the width of a column is taken from


@dataclass(frozen=True)
class Heading:
    """A column: `right` sets it flush right, `shrinks` lets it give way where there is too little room.

    `tail` cuts a text at its beginning, because its end tells it from others.  Where even that is not enough, columns
    go, the most `minor` first (0: never).
    """

    name: str
    right: bool = False
    shrinks: bool = False
    tail: bool = False
    minor: int = 0


@dataclass(frozen=True)
class Line:
    """A row: its texts, what each column sorts by, its entry's number, its tick (None: it has none).

    The number is that of the grid's `generation`; `unticks` is the entry that the tick takes out.
    """

    cells: tuple[str, ...]
    keys: tuple[Decimal | dt.date | str | int, ...]
    entry: int | None = None
    ticked: bool | None = None
    unticks: Entry | None = None


@dataclass(frozen=True)
class Grid:
    """Headings and lines, with the natural width of each column; `note` stands where there are no lines.

    `generation` is the index that numbered the entries; None where lines have none.
    """

    headings: tuple[Heading, ...] = ()
    lines: tuple[Line, ...] = ()
    note: str = ""
    generation: int | None = None
    natural: tuple[int, ...] = field(default=(), compare=False)

    def measured(self) -> Grid:
        """With natural widths, 0 for a minor column in which nothing stands; take a thread for it."""
        sample = self.lines[:SAMPLED]
        widths = []
        for place, heading in enumerate(self.headings):
            widest = max((cell_len(line.cells[place]) for line in sample), default=0)
            widths.append(max(widest, cell_len(heading.name) + 2) if widest or not heading.minor else 0)
        return replace(self, natural=tuple(widths))

    def widths(self, width: int) -> list[int]:
        """Widths within so many cells: what may shrink does, the widest first; then minor columns go (width 0).

        The most minor go before names are cut so short that they are hard to tell apart.
        """
        going = sorted({heading.minor for heading in self.headings if heading.minor}, reverse=True)
        for beyond in (None, *(minor for minor in going if minor >= SPARED)):
            widths = self._shrunk(width, beyond, LEGIBLE)
            if total_width(widths) <= width:
                return widths
        widths = self._shrunk(width, beyond=None)
        for minor in going:
            if total_width(widths) <= width:
                break
            widths = self._shrunk(width, beyond=minor)
        return widths

    def _shrunk(self, width: int, beyond: int | None, least: int = LEAST) -> list[int]:
        """Widths without the columns as minor as `beyond` or more so, none shrunk to less than `least`."""
        widths = [
            0 if beyond is not None and heading.minor >= beyond else natural
            for heading, natural in zip(self.headings, self.natural, strict=True)
        ]
        shrinking = [place for place, heading in enumerate(self.headings) if heading.shrinks and widths[place]]
        while shrinking and total_width(widths) > width:
            widest = max(shrinking, key=lambda place: widths[place])
            if widths[widest] <= least:
                break
            widths[widest] -= 1
        return widths

    def sorted_by(self, place: int, *, descending: bool) -> Grid:
        """The same lines in another order."""
        return replace(
            self, lines=tuple(sorted(self.lines, key=lambda line: _comparable(line.keys[place]), reverse=descending))
        )


def _comparable(key: Decimal | dt.date | str | int) -> tuple[int, Decimal | dt.date | str | int]:
    """Keys of one column are of one kind, but for "" where there is nothing: that comes first."""
    if isinstance(key, str):
        return (0, "") if not key else (1, key.casefold())
    return (1, key)


def total_width(widths: Sequence[int]) -> int:
    """Of the columns that are there, with the gaps between them."""
    there = [width for width in widths if width]
    return sum(there) + GAP * max(0, len(there) - 1)


def sized(text: str, width: int, heading: Heading) -> str:
    """Exactly so many cells; what is cut off leaves a "…"."""
    length = cell_len(text)
    if length <= width:
        padding = " " * (width - length)
        return padding + text if heading.right else text + padding
    if not heading.tail:
        return set_cell_size(text, max(0, width - 1)) + "…"
    while length >= width and text:
        text = text[1:]
        length = cell_len(text)
    return f"…{text}{' ' * (width - 1 - length)}"


def write_csv(grid: Grid, path: Path) -> None:
    """The headings and all lines, in their order; raises `FileExistsError` rather than overwrite a file."""
    with path.open("x", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([heading.name or "currency" for heading in grid.headings])
        writer.writerows(line.cells for line in grid.lines)
