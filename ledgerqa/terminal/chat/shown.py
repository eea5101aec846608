"""An answer as the chat shows it: the sentence with its citation marks as links, a chart, a table, what it rests on.

All of it is laid out for a width in cells and away from the event loop: drawing a chart takes up to 100 ms.
What knows the ledger's words (`captions`, `tables`) is imported when the first answer comes, after the first paint.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from ledgerqa.terminal import charts
from ledgerqa.terminal.layout import GAP, fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer, Citation
    from ledgerqa.terminal.layout import Layout
    from ledgerqa.terminal.tables import ShownColumn, ShownTable

ROWS_SHOWN: Final = 15  # of a table inside the conversation; the tab "rows" has all
SPARED: Final = 3  # rows more that are shown rather than counted
NARROWEST: Final = 20
MARKS: Final = re.compile(r"\[\d+(?:[,–] ?\d+)*\]")
NUMBER: Final = re.compile(r"\d+")
EIGHTHS: Final = " ▏▎▍▌▋▊▉"
FULL: Final = "█"
_drawing = threading.Lock()  # plotext has one figure for the whole process


@dataclass(frozen=True)
class Figure:
    """What stands below the sentence, not laid out yet; `series` wants a line, `breakdown` bars."""

    table: ShownTable
    series: bool = False
    breakdown: bool = False


def figure_of(answer: Answer, books: Books) -> Figure | None:
    """The table of an answer with all its rows; None where the sentence says it all."""
    from ledgerqa.terminal.tables import is_breakdown, is_series, shown_table

    table = shown_table(answer, books)
    if table is None or answer.plan is None:
        return None
    return Figure(table, series=is_series(answer.plan), breakdown=is_breakdown(answer.plan))


def sentence(text: str, turn: str) -> Content:
    """Prose whose citation marks open the entry that they name, in the turn called so."""
    content = Content(text)
    for marks in MARKS.finditer(text):
        for number in NUMBER.finditer(text, *marks.span()):
            link = Style.from_meta({"@click": f"app.cite('{turn}', {number.group()})"})
            content = content.stylize(link, *number.span())
        content = content.stylize("$text-accent not bold", *marks.span())
    return content


def understood(answer: Answer) -> Content:
    """The days that were taken, and what the words were taken for."""
    from ledgerqa.terminal import captions

    period = captions.period(answer)
    reading = answer.plan.reading if answer.plan else ()
    return Content(" · ".join([*([period] if period else []), *reading]))


def laid_out(figure: Figure, width: int, rows: int = ROWS_SHOWN) -> Content:
    """The chart and the first rows of the table."""
    width = max(width, NARROWEST)
    rows = len(figure.table.rows) if len(figure.table.rows) <= rows + SPARED else rows
    parts = []
    chart = _chart(figure.table, width) if figure.series else ""
    if chart:
        parts.append(Content.styled(chart, "$text-primary"))
    parts.extend(_table_lines(figure.table, width, rows, bars=figure.breakdown and not chart))
    return Content("\n").join(parts)


def _chart(table: ShownTable, width: int) -> str:
    with _drawing:
        return charts.series_chart(table, width)


def _table_lines(table: ShownTable, width: int, rows: int, *, bars: bool) -> Iterator[Content]:
    layout = fit(table, width, bars=bars and len(table.rows) > 1)
    if layout:
        yield _heading(table, layout)
        drawn = _bars(table, layout.bar) if layout.bar else []
        for place, row in enumerate(table.rows[:rows]):
            yield _row(table, layout, row, drawn[place] if drawn else Content())
    else:
        yield from _cards(table, rows)
    if len(table.rows) > rows:
        more = len(table.rows) - rows
        opens = Style.from_meta({"@click": "app.evidence('rows')"})
        yield Content.styled(
            f"… {more:,} more {'row' if more == 1 else 'rows'}: F4 shows all", "$foreground-muted"
        ).stylize(opens)
    if table.turned:
        from ledgerqa.terminal.tables import TURNED_NOTE

        yield Content.styled(TURNED_NOTE, "$foreground-muted")


def _heading(table: ShownTable, layout: Layout) -> Content:
    cells = [
        _sized(table.columns[place], table.columns[place].heading, width)
        for place, width in zip(layout.places, layout.widths, strict=True)
    ]
    return Content.styled((" " * GAP).join(cells), "$foreground-muted")


def _row(table: ShownTable, layout: Layout, row: tuple[str, ...], bar: Content) -> Content:
    parts: list[Content | str] = []
    for place, width in zip(layout.places, layout.widths, strict=True):
        column, text = table.columns[place], row[place]
        sized = _sized(column, text, width)
        negative = column.right and text.startswith("-")
        style = "$text-error" if negative else "$text-accent" if column.kind == "mark" else ""
        parts += [Content.styled(sized, style), " " * GAP]
    return Content.assemble(*parts, bar)


def _sized(column: ShownColumn, text: str, width: int) -> str:
    """A cell of exactly this width; a long account loses its beginning, because its end tells it from others."""
    if cell_len(text) > width:
        if column.name == "account":
            while cell_len(text) >= width:
                text = text[1:]
            text = f"…{text}"
        else:
            text = set_cell_size(text, width - 1) + "…"
    padding = " " * (width - cell_len(text))
    return padding + text if column.right else text + padding


def _bars(table: ShownTable, width: int) -> list[Content]:
    """One bar a row, as long as its figure's share of the largest in the same currency."""
    shares = charts.shares(table)
    return [
        Content.styled(block_bar(share, width), "$text-error" if (value or 0) < 0 else "$text-primary")
        for share, value in zip(shares, table.values, strict=True)
    ]


def block_bar(share: float, width: int) -> str:
    """A bar in eighths of a cell; a share above nothing is never invisible."""
    eighths = round(share * width * 8)
    if share > 0:
        eighths = max(eighths, 1)
    return (FULL * (eighths // 8) + EIGHTHS[eighths % 8]).rstrip()


def _cards(table: ShownTable, rows: int) -> Iterator[Content]:
    """One value a line where the terminal is too narrow even for the figures."""
    for row in table.rows[:rows]:
        line = ""
        for column, text in zip(table.columns, row, strict=True):
            if column.kind == "mark" or (column.kind == "currency" and not column.heading):
                line += f" {text}" if line else text
            elif text:
                line += f"\n{column.heading}: {text}" if line else f"{column.heading}: {text}"
        yield Content(f"{line}\n")


def citation_labels(citations: tuple[Citation, ...]) -> list[Content]:
    """A line each, in columns: "[1]  2024.beancount:12  2024-03-01  Shop  vegetables"."""
    from ledgerqa.terminal import captions

    mark = max((len(f"[{citation.id}]") for citation in citations), default=0)
    places = [captions.place(citation.entry) for citation in citations]
    where = max(map(cell_len, places), default=0)
    return [
        Content.assemble(
            (f"[{citation.id}]".ljust(mark), "$text-accent"),
            " ",
            (place + " " * (where - cell_len(place)), "$foreground-muted"),
            "  ",
            captions.entry_line(citation.entry),
        )
        for citation, place in zip(citations, places, strict=True)
    ]
