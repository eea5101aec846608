"""The result table as people read it: signs turned, separators, empty columns left out, citation marks beside rows.

Both renderings, on a terminal and piped, show this; the JSON contract does not: there figures keep the ledger's sign.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ledgerqa.grounding.figures import exact, shortened
from ledgerqa.grounding.scene import CREDIT_NORMAL, Scene
from ledgerqa.records import TIME_GROUPINGS, Measure

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Answer, Cell, Column, Evidence, Plan, Table
    from ledgerqa.terminal.contract import Digits

TURNED_NOTE = "Signs are as people mean them: income and gains positive (the ledger books them negative)."
TURNED_BY_ROW = frozenset({Measure.SUM, Measure.AVERAGE, Measure.BALANCE, Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET})
NUMERIC = frozenset({"number", "integer"})
# A measure whose only figure may stand in the sentence alone: a table of one row would repeat it.
ONE_FIGURE = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME})


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
    hidden: int  # how many rows of the result are not in `rows`
    turned: bool = False
    marked: frozenset[int] = frozenset()  # citations that stand beside a row


def shown_table(answer: Answer, books: Books, most: int | None = None) -> ShownTable | None:
    """The table to show under an answer, at most `most` rows; None where the sentence says it all."""
    evidence = answer.evidence
    if evidence is None or answer.plan is None or not evidence.table.rows or _sentence_says_it(answer.plan, evidence.table):
        return None
    table = evidence.table
    rows = table.rows if most is None else table.rows[:most]
    turned = _turned_rows(Scene(answer.plan, evidence, books))
    turns = [at in turned for at in range(len(rows))]
    kept = [place for place in range(len(table.columns)) if any(row[place] not in (None, "") for row in rows)]
    marks = _marks(answer, evidence, len(rows))
    columns = tuple(_column(table.columns[place]) for place in kept)
    texts = tuple(
        tuple(_text(answer.plan, table, row, place, turn=turn, digits=books.digits) for place in kept)
        for row, turn in zip(rows, turns, strict=True)
    )
    if marks:
        columns = (ShownColumn("mark", "", "mark"), *columns)
        texts = tuple((f"[{marks[at]}]" if at in marks else "", *row) for at, row in enumerate(texts))
    figure = _figure_place(table)
    return ShownTable(
        columns=columns,
        rows=texts,
        values=tuple(_value(row, figure, turn=turn) for row, turn in zip(rows, turns, strict=True)),
        currencies=tuple(_currency(row, figure) for row in rows),
        hidden=max(table.row_count, len(table.rows)) - len(rows),
        turned=any(turns) and figure is not None,
        marked=frozenset(marks.values()),
    )


def is_series(plan: Plan) -> bool:
    """Whether the rows are points in time."""
    return bool(plan.group_by) and plan.group_by[-1] in TIME_GROUPINGS and plan.measure not in {Measure.LIST, Measure.GAPS}


def is_breakdown(plan: Plan) -> bool:
    """Whether the rows are shares of something, so that bars help."""
    flows = {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME}
    return plan.measure in flows and bool(plan.group_by or plan.compare)


def _sentence_says_it(plan: Plan, table: Table) -> bool:
    ungrouped = not plan.group_by and not plan.compare and plan.measure in ONE_FIGURE
    return ungrouped and len(table.rows) == 1


def _column(column: Column) -> ShownColumn:
    heading = "" if column.type == "currency" and column.name.startswith("currency") else column.name.replace("_", " ")
    return ShownColumn(column.name, heading, column.type)


def _marks(answer: Answer, evidence: Evidence, rows: int) -> dict[int, int]:
    """Row number → citation, for rows that are a cited entry."""
    cited = {citation.entry.entry_id: citation.id for citation in answer.citations}
    entries = evidence.row_entries[:rows]
    return {at: cited[entry] for at, entry in enumerate(entries) if entry is not None and entry in cited}


def _text(plan: Plan, table: Table, row: Sequence[Cell], place: int, *, turn: bool, digits: Digits) -> str:
    value = row[place]
    if value is None:
        return ""
    if isinstance(value, Decimal):
        after = row[place + 1] if place + 1 < len(row) and table.columns[place + 1].type == "currency" else ""
        least = digits(after) if isinstance(after, str) and after else 0
        number = -value if turn and after else value
        return shortened(number, least) if plan.measure is Measure.AVERAGE else exact(number, least)
    if isinstance(value, int):
        return f"{value:,}" if table.columns[place].type == "integer" and table.columns[place].name != "line" else str(value)
    return value.isoformat() if isinstance(value, dt.date) else " ".join(value.split())


def _figure_place(table: Table) -> int | None:
    """The first column of figures."""
    return next((place for place, column in enumerate(table.columns) if column.type in NUMERIC), None)


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
