"""An answer on a terminal, with rich: the sentence, a chart, a small table, citations, period, freshness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from ledgerqa.terminal import captions, charts
from ledgerqa.terminal.layout import GAP, Layout, fit
from ledgerqa.terminal.tables import TURNED_NOTE, is_breakdown, is_series, shown_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console, RenderableType

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer, Citation, Plan
    from ledgerqa.terminal.tables import ShownTable

ROWS_SHOWN: Final = 20
MARKS: Final = re.compile(r"\[\d+(?:[,–] ?\d+)*\]")
DIM: Final = "dim"


def print_answer(answer: Answer, books: Books, console: Console, folder: Path) -> None:
    """Print all there is to see of an answer; `folder` is the main file's, for links to the cited files."""
    for part in _parts(answer, books, console.width, folder):
        console.print(part, highlight=False, markup=False)


def _parts(answer: Answer, books: Books, width: int, folder: Path) -> Iterator[RenderableType]:
    yield _sentence(answer)
    for choice in answer.choices:
        yield Text(f"  • {choice.label}", style="bold") + Text(f"  {choice.question}" * (choice.question != choice.label), style=DIM)
    table = shown_table(answer, books, ROWS_SHOWN)
    if table and answer.plan:
        yield ""
        yield from _table(table, answer, answer.plan, books, width)
    if answer.citations:
        yield ""
        yield from _citations(answer, table.marked if table else frozenset(), width, folder)
    yield from _captions(answer)


def _sentence(answer: Answer) -> Text:
    style = "bold" if answer.status == "answered" else "bold yellow"
    sentence = Text(answer.answer, style=style)
    sentence.highlight_regex(MARKS, "not bold cyan")
    return sentence


def _table(table: ShownTable, answer: Answer, plan: Plan, books: Books, width: int) -> Iterator[RenderableType]:
    if is_series(plan):
        whole = shown_table(answer, books)  # the line is drawn through all points, not through those that are listed
        chart = charts.series_chart(whole, width) if whole else ""
        yield from [Text(chart, style="cyan", no_wrap=True), ""] if chart else []
    yield from table_parts(table, width, bars=is_breakdown(plan) and len(table.rows) > 1)
    if table.hidden:
        yield Text(f"… {table.hidden:,} more {'row' if table.hidden == 1 else 'rows'}; --json has all", style=DIM)
    if table.turned:
        yield Text(TURNED_NOTE, style=DIM)


def table_parts(table: ShownTable, width: int, *, bars: bool = False) -> Iterator[RenderableType]:
    """The rows in columns; one value a line where the terminal is too narrow even for the figures."""
    layout = fit(table, width, bars=bars)
    if layout is None:
        yield from _cards(table)
        return
    yield _grid(table, layout)


def _grid(table: ShownTable, layout: Layout) -> Table:
    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style=DIM)
    for place, cells in zip(layout.places, layout.widths, strict=True):
        column = table.columns[place]
        heading = Text(column.heading, no_wrap=True, overflow="ellipsis")
        grid.add_column(heading, justify="right" if column.right else "left", width=cells, no_wrap=True, overflow="ellipsis")
    drawn = charts.bars(table, layout.bar) if layout.bar else []
    if drawn:
        grid.add_column("", width=layout.bar)
    for number, row in enumerate(table.rows):
        shown = [_cell(table, place, row[place]) for place in layout.places]
        grid.add_row(*shown, *drawn[number : number + 1])
    return grid


def _cell(table: ShownTable, place: int, text: str) -> Text:
    column = table.columns[place]
    if column.kind == "mark":
        return Text(text, style="cyan")
    return Text(text, style="red" if column.right and text.startswith("-") else "")


def _cards(table: ShownTable) -> Iterator[RenderableType]:
    for row in table.rows:
        line = Text()
        for column, text in zip(table.columns, row, strict=True):
            if column.kind == "currency" and text:
                line.append(f" {text}")
            elif text:
                line.append(f"\n{column.heading}: " if line else f"{column.heading}: ", style=DIM).append(text)
        yield line
        yield ""


def _citations(answer: Answer, in_table: frozenset[int], width: int, folder: Path) -> Iterator[RenderableType]:
    """A line each; of entries that the table shows already, only where they stand."""
    listed = [citation for citation in answer.citations if citation.id not in in_table][: captions.CITATIONS_SHOWN]
    where = max((len(captions.place(citation.entry)) for citation in listed), default=0)
    for citation in listed:
        line = _place(citation, folder).append(" " * (where - len(captions.place(citation.entry)) + GAP))
        line.append(captions.entry_line(citation.entry))
        line.no_wrap, line.overflow = width >= captions.UNWRAPPED, "ellipsis"
        yield line
    places = [_place(citation, folder) for citation in answer.citations if citation.id in in_table]
    if places:
        yield Text("  ").join(places)
    more = captions.more_sources(answer, len(listed) + len(places))
    yield from [Text(more, style=DIM)] if more else []


def _place(citation: Citation, folder: Path) -> Text:
    """The mark, and `file:line` as a link that terminals open (OSC 8)."""
    text = Text(f"[{citation.id}] ", style="cyan")
    entry = citation.entry
    link = f"link {(folder / entry.file).as_uri()}" if entry.file else ""
    return text.append(captions.place(entry), style=link)


def _captions(answer: Answer) -> Iterator[RenderableType]:
    period, fresh = captions.period(answer), captions.freshness(answer.index)
    if period or fresh or answer.warnings:
        yield ""
    yield from (Text(warning, style="yellow") for warning in answer.warnings)
    if period:
        yield Text(f"Period: {period}", style=DIM)
    if fresh:
        yield Text(fresh, style=DIM)
