"""An answer as plain text, for pipes and files: no markup, no wrapping, tables as aligned text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.terminal import captions
from ledgerqa.terminal.tables import TURNED_NOTE, shown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer
    from ledgerqa.terminal.tables import ShownColumn, ShownTable

GAP = "  "


def answer_text(answer: Answer, books: Books) -> str:
    """The sentence, the table with all its rows, the citations, the period and how fresh it is."""
    return "\n".join(_lines(answer, books))


def _lines(answer: Answer, books: Books) -> Iterator[str]:
    yield answer.answer
    for choice in answer.choices:
        yield f"- {choice.label}: {choice.question}" if choice.question != choice.label else f"- {choice.label}"
    table = shown_table(answer, books, sourced=True)
    if table:
        yield ""
        yield from table_lines(table)
    cited = [citation for citation in answer.citations if table is None or citation.id not in table.marked]
    more = captions.more_sources(answer, len(answer.citations))
    if cited or more:
        yield ""
        yield from captions.citation_lines(cited)
        yield from [more] if more else []
    period = captions.period(answer)
    notes = [f"Period: {period}" if period else "", *answer.warnings, captions.freshness(answer.index)]
    if any(notes):
        yield ""
        yield from (note for note in notes if note)


def table_lines(table: ShownTable) -> Iterator[str]:
    """The rows in columns under their headings, and a word on turned signs."""
    yield from aligned(table.columns, table.rows)
    if table.turned:
        yield TURNED_NOTE


def aligned(columns: Sequence[ShownColumn], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as columns of text: numbers flush right, nothing cut, no spaces at the ends of lines."""
    from rich.cells import cell_len  # East Asian characters take two cells

    lines = [[column.heading for column in columns], *rows]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        cells = []
        for column, text, width in zip(columns, line, widths, strict=True):
            padding = " " * (width - cell_len(text))
            cells.append(padding + text if column.right else text + padding)
        yield GAP.join(cells).rstrip()
