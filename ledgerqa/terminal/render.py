"""An answer on a terminal, with rich: the sentence, a chart, a small table, citations, period, freshness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from ledgerqa.terminal import captions, charts
from ledgerqa.terminal.layout import GAP, Layout, fit
from ledgerqa.terminal.tables import TURNED_NOTE, is_breakdown, is_series, shown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import Console, ConsoleDimensions, RenderableType

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer, Citation
    from ledgerqa.terminal.tables import ShownColumn, ShownTable

# The sentence should not scroll out of sight, so what stands below it goes by the height of the terminal.
ROWS_SHOWN: Final = 20
FEWEST_ROWS: Final = 6
FEWEST_CITED: Final = 3
BESIDE: Final = 12  # lines for the sentence, headings, captions, and the next prompt
MARKS: Final = re.compile(r"\[\d+(?:[,–] ?\d+)*\]")
DIM: Final = "dim"


def print_answer(answer: Answer, books: Books, console: Console, folder: Path) -> None:
    """Print all there is to see of an answer; `folder` is the main file's, for links to the cited files."""
    for part in _parts(answer, books, console.size, folder):
        wrapping = part if isinstance(part, Text) else Text()  # console.print joins texts and forgets how they wrap
        console.print(part, highlight=False, markup=False, no_wrap=wrapping.no_wrap, overflow=wrapping.overflow)


def _parts(answer: Answer, books: Books, size: ConsoleDimensions, folder: Path) -> Iterator[RenderableType]:
    yield _sentence(answer)
    for choice in answer.choices:
        question = f"  {choice.question}" if choice.question != choice.label else ""
        yield Text(f"  • {choice.label}", style="bold").append(question, style="not bold dim")
    drawn = _chart(answer, books, size.width)
    cited = min(max(FEWEST_CITED, size.height // 6), captions.CITATIONS_SHOWN)
    rows = size.height - BESIDE - cited - 2 * len(answer.warnings) - drawn.count("\n")
    table = shown_table(answer, books, min(max(FEWEST_ROWS, rows), ROWS_SHOWN))
    if table and answer.plan:
        yield ""
        if drawn:
            yield Text(f"{drawn}\n", style="cyan", no_wrap=True)
        bars = is_breakdown(answer.plan) and len(table.rows) > 1 and not drawn
        yield from _table(table, size.width, bars=bars)
    if answer.citations:
        yield ""
        yield from _citations(answer, table.marked if table else frozenset(), cited, size.width, folder)
    yield from _captions(answer)


def _sentence(answer: Answer) -> Text:
    style = "bold" if answer.status == "answered" else "bold yellow"
    sentence = Text(answer.answer, style=style)
    sentence.highlight_regex(MARKS, "not bold cyan")
    return sentence


def _chart(answer: Answer, books: Books, width: int) -> str:
    """A line through all points of a series, not only through those that the table lists; "" for what is none."""
    if answer.plan is None or not is_series(answer.plan):
        return ""
    whole = shown_table(answer, books)
    return charts.series_chart(whole, width) if whole else ""


def _table(table: ShownTable, width: int, *, bars: bool) -> Iterator[RenderableType]:
    """The rows in columns; one value a line where the terminal is too narrow even for the figures."""
    layout = fit(table, width, bars=bars)
    if layout:
        yield _grid(table, layout)
    else:
        yield from _cards(table)
    if table.hidden:
        yield Text(f"… {table.hidden:,} more {'row' if table.hidden == 1 else 'rows'}; --json has all", style=DIM)
    if table.turned:
        yield Text(TURNED_NOTE, style=DIM)


def _grid(table: ShownTable, layout: Layout) -> Table:
    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style=DIM)
    shares = list(zip(layout.places, layout.widths, strict=True))
    for place, cells in shares:
        column = table.columns[place]
        heading = Text(column.heading, no_wrap=True, overflow="ellipsis")
        grid.add_column(
            heading, justify="right" if column.right else "left", width=cells, no_wrap=True, overflow="ellipsis"
        )
    drawn = charts.bars(table, layout.bar) if layout.bar else []
    if drawn:
        grid.add_column("", width=layout.bar)
    for number, row in enumerate(table.rows):
        shown = [_cell(table.columns[place], row[place], width) for place, width in shares]
        grid.add_row(*shown, *drawn[number : number + 1])
    return grid


def _cell(column: ShownColumn, text: str, width: int) -> Text:
    """A cell; a long account loses its beginning, because its end is what tells it from others."""
    if column.kind == "mark":
        return Text(text, style="cyan")
    if column.name == "account" and cell_len(text) > width:
        while cell_len(text) >= width:
            text = text[1:]
        text = f"…{text}"
    return Text(text, style="red" if column.right and text.startswith("-") else "")


def _cards(table: ShownTable) -> Iterator[RenderableType]:
    """One value a line, an empty line after each row."""
    for row in table.rows:
        line = Text()
        for column, text in zip(table.columns, row, strict=True):
            if column.kind == "mark" or (column.kind == "currency" and not column.heading):
                line.append(f" {text}" if line else text)
            elif text:
                line.append(f"\n{column.heading}: " if line else f"{column.heading}: ", style=DIM).append(text)
        yield line.append("\n")


def _citations(
    answer: Answer, in_table: frozenset[int], most: int, width: int, folder: Path
) -> Iterator[RenderableType]:
    """A line each; where the rows of the table are entries, only where those stand."""
    if in_table:
        shown = [citation for citation in answer.citations if citation.id in in_table]
        yield from _flowing([_place(citation, folder) for citation in shown], width)
    else:
        shown = list(answer.citations[:most])
        mark = max(len(f"[{citation.id}] ") for citation in shown)
        where = max(len(captions.place(citation.entry)) for citation in shown) + GAP
        for citation in shown:
            line = _place(citation, folder, mark)
            line.append(" " * (where - len(captions.place(citation.entry)))).append(captions.entry_line(citation.entry))
            line.no_wrap, line.overflow = width >= captions.UNWRAPPED, "ellipsis"
            yield line
    more = captions.more_sources(answer, len(shown))
    yield from [Text(more, style=DIM)] if more else []


def _flowing(places: Sequence[Text], width: int) -> Iterator[Text]:
    """As many places a line as fit; none is broken."""
    line = Text()
    for place in places:
        if line and line.cell_len + GAP + place.cell_len > width:
            yield line
            line = Text()
        line.append(" " * GAP if line else "").append_text(place)
    yield line


def _place(citation: Citation, folder: Path, mark: int = 0) -> Text:
    """The mark, `mark` cells wide, and `file:line` as a link that terminals open (OSC 8)."""
    text = Text().append(f"{f'[{citation.id}] ':<{mark}}", style="cyan")
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
