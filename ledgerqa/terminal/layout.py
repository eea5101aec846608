"""Which columns of a table fit a terminal of a given width, and how wide each is: no figure is ever cut.

Figures, currencies and dates keep their natural width.  Texts share what is left; when that is too little, whole
columns go, the least telling first; and when even the figures do not fit, rows are written one value a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ledgerqa.terminal.tables import ShownTable

GAP: Final = 2  # cells between two columns
LEAST_TEXT: Final = 8  # a text column narrower than this tells nothing
LEAST_BAR: Final = 8
MOST_BAR: Final = 40
FIRST_TO_GO: Final = ("narration", "message", "description", "closed", "opened", "last", "first", "price", "payee")


@dataclass(frozen=True)
class Layout:
    """The places of the columns that are shown, their widths in cells, and the width left for bars (0: none)."""

    places: tuple[int, ...]
    widths: tuple[int, ...]
    bar: int = 0


def fit(table: ShownTable, width: int, *, bars: bool = False) -> Layout | None:
    """The layout of a table in `width` cells; None where it has to be written one value a line."""
    natural = _natural_widths(table)
    places = list(range(len(table.columns)))
    while places:
        widths = _shared(table, places, natural, width)
        if widths:
            left = width - sum(widths) - GAP * len(places)
            return Layout(tuple(places), tuple(widths), min(left, MOST_BAR) if bars and left >= LEAST_BAR else 0)
        going = _first_to_go(table, places)
        if not going:
            return None
        places = [place for place in places if place not in going]
    return None


def _natural_widths(table: ShownTable) -> list[int]:
    from rich.cells import cell_len

    lines = [[column.heading for column in table.columns], *table.rows]
    return [max(cell_len(line[place]) for line in lines) for place in range(len(table.columns))]


def _shared(table: ShownTable, places: list[int], natural: list[int], width: int) -> list[int] | None:
    """Widths of these columns within `width`, texts made narrower in turn from the widest; None: they do not fit."""
    widths = {place: natural[place] for place in places}
    texts = [place for place in places if table.columns[place].kind == "text"]
    excess = sum(widths.values()) + GAP * (len(places) - 1) - width
    while excess > 0:
        widest = max(texts, key=lambda place: widths[place], default=None)
        if widest is None or widths[widest] <= LEAST_TEXT:
            return None
        widths[widest] -= 1
        excess -= 1
    return [widths[place] for place in places]


def _first_to_go(table: ShownTable, places: list[int]) -> list[int]:
    """The least telling column that is still there, with the currency that belongs to it; [] when none may go."""
    for name in FIRST_TO_GO:
        for place in places:
            if table.columns[place].name == name:
                after = place + 1
                paired = (
                    after in places
                    and table.columns[place].kind == "number"
                    and table.columns[after].kind == "currency"
                )
                return [place, after] if paired else [place]
    return []
