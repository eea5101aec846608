"""The result table as people read it: signs turned, separators, empty columns left out, citation marks beside rows.

Both renderings, on a terminal and piped, show this; the JSON contract does not: there figures keep the ledger's sign.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ledgerqa.grounding.figures import exact, shortened
from ledgerqa.grounding.scene import CREDIT_NORMAL, Scene
from ledgerqa.records import TIME_GROUPINGS, Measure
from ledgerqa.terminal import captions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer, Cell, Citation, Column, Evidence, Plan, Table
    from ledgerqa.terminal.contract import Digits

TURNED_NOTE = "Income and gains are shown as positive; the ledger books them as negative."
NUMERIC = frozenset({"number", "integer"})
# Measures of one figure a row.  A table of one such row would only repeat the sentence; of several, bars help.
FIGURES = frozenset(
    {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME}
)
TURNED_BY_ROW = frozenset(
    {Measure.SUM, Measure.AVERAGE, Measure.BALANCE, Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET}
)
POINTLESS = frozenset({Measure.LIST, Measure.GAPS})  # grouped by time, and yet no figures to draw
ENDLESS = 26  # significant digits: products of a ledger's numbers have fewer, quotients fill Beancount's 28


@dataclass(frozen=True)
class ShownColumn:
    """A column of the shown table; `heading` is "" for a currency, which belongs to the number before it."""

    name: str
    heading: str
    kind: Literal["text", "date", "number", "currency", "integer", "mark"]

    @property
    def right(self) -> bool:
        """Whether its cells are set flush right."""
        return self.kind in NUMERIC


@dataclass(frozen=True)
class ShownTable:
    """Texts to lay out.  `values` are the figures of the rows as shown (None: none), for bars; `turned` tells signs."""

    columns: tuple[ShownColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[Decimal | None, ...]
    currencies: tuple[str, ...]
    hidden: int = 0  # how many rows of the result are not in `rows`
    turned: bool = False
    marked: frozenset[int] = frozenset()  # citations that stand beside a row


def shown_table(answer: Answer, books: Books, most: int | None = None, *, sourced: bool = False) -> ShownTable | None:
    """The table to show under an answer, at most `most` rows; None where the sentence says it all.

    With `sourced`, rows that are a cited entry end with its file and line.
    """
    plan, evidence = answer.plan, answer.evidence
    if plan is None or evidence is None or not evidence.table.rows or _sentence_says_it(plan, evidence.table):
        return None
    table = evidence.table
    rows = table.rows[:most]
    turned = _turned_rows(Scene(plan, evidence, books))
    kept = [place for place in range(len(table.columns)) if any(row[place] not in (None, "") for row in rows)]
    figure = next((place for place, column in enumerate(table.columns) if column.type in NUMERIC), None)
    marks = _marks(answer, evidence, len(rows))
    columns = tuple(_column(table.columns[place]) for place in kept)
    texts = tuple(
        tuple(_text(plan, table, row, place, turn=at in turned, digits=books.digits) for place in kept)
        for at, row in enumerate(rows)
    )
    if marks:
        columns, texts = _with_marks(columns, texts, marks, sourced=sourced)
    return ShownTable(
        columns=columns,
        rows=texts,
        values=tuple(_value(row, figure, turn=at in turned) for at, row in enumerate(rows)),
        currencies=tuple(_currency(row, figure) for row in rows),
        hidden=len(table.rows) - len(rows),
        turned=any(at in turned for at in range(len(rows))) and figure is not None,
        marked=frozenset(citation.id for citation in marks.values()),
    )


def _with_marks(
    columns: tuple[ShownColumn, ...], rows: tuple[tuple[str, ...], ...], marks: dict[int, Citation], *, sourced: bool
) -> tuple[tuple[ShownColumn, ...], tuple[tuple[str, ...], ...]]:
    """Citation marks before the rows, and with `sourced` the place of the cited entry after them."""
    columns = (ShownColumn("mark", "", "mark"), *columns)
    rows = tuple((f"[{marks[at].id}]" if at in marks else "", *row) for at, row in enumerate(rows))
    if not sourced:
        return columns, rows
    places = [captions.place(marks[at].entry) if at in marks else "" for at in range(len(rows))]
    return (*columns, ShownColumn("source", "source", "text")), tuple(
        (*row, place) for row, place in zip(rows, places, strict=True)
    )


def is_series(plan: Plan) -> bool:
    """Whether the rows are points in time."""
    return bool(plan.group_by) and plan.group_by[-1] in TIME_GROUPINGS and plan.measure not in POINTLESS


def is_breakdown(plan: Plan) -> bool:
    """Whether the rows are shares of something, so that bars help."""
    return plan.measure in FIGURES and bool(plan.group_by or plan.compare)


def _sentence_says_it(plan: Plan, table: Table) -> bool:
    ungrouped = not plan.group_by and not plan.compare and plan.measure in FIGURES
    return ungrouped and len(table.rows) == 1


def _column(column: Column) -> ShownColumn:
    heading = "" if column.type == "currency" and column.name.startswith("currency") else column.name.replace("_", " ")
    return ShownColumn(column.name, heading, column.type)


def _marks(answer: Answer, evidence: Evidence, rows: int) -> dict[int, Citation]:
    """Row number → citation, for rows that are a cited entry."""
    cited = {citation.entry.entry_id: citation for citation in answer.citations}
    entries = evidence.row_entries[:rows]
    return {at: cited[entry] for at, entry in enumerate(entries) if entry is not None and entry in cited}


def _text(plan: Plan, table: Table, row: Sequence[Cell], place: int, *, turn: bool, digits: Digits) -> str:
    value, column = row[place], table.columns[place]
    if isinstance(value, Decimal):
        after = row[place + 1] if place + 1 < len(row) and table.columns[place + 1].type == "currency" else ""
        least = digits(after) if isinstance(after, str) and after else 0
        return _number(-value if turn and after else value, least, quotient=plan.measure is Measure.AVERAGE)
    if isinstance(value, int):
        return f"{value:,}" if column.type == "integer" and column.name != "line" else str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join((value or "").split())


def _number(number: Decimal, least: int, *, quotient: bool) -> str:
    """A figure with all its decimals; of a quotient that has no end, as many as its currency is shown with."""
    if quotient:
        return shortened(number, least)
    endless = len(number.normalize().as_tuple().digits) >= ENDLESS
    return f"≈{shortened(number, least)}" if endless else exact(number, least)


def _value(row: Sequence[Cell], figure: int | None, *, turn: bool) -> Decimal | None:
    value = None if figure is None else row[figure]
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        return None
    return -Decimal(value) if turn else Decimal(value)


def _currency(row: Sequence[Cell], figure: int | None) -> str:
    after = row[figure + 1] if figure is not None and figure + 1 < len(row) else ""
    return after if isinstance(after, str) else ""


def _turned_rows(scene: Scene) -> frozenset[int]:
    """Rows whose sign in the ledger is the opposite of what people mean: income, which Beancount books as negative."""
    measure, rows = scene.plan.measure, range(len(scene.evidence.table.rows))
    if measure is Measure.NET_INCOME:
        return frozenset(rows)
    if measure is Measure.LIST:  # a list of all postings of an entry must still balance, so its rows turn together
        return frozenset(rows) if scene.roots and scene.roots <= CREDIT_NORMAL else frozenset()
    if measure not in TURNED_BY_ROW:
        return frozenset()
    return frozenset(line.row for line in scene.lines if scene.turned(line) != line.number)
