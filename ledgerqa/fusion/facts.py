"""The exact result as text for the reader: rows, derived facts, and which mark stands for which entry.

Unlike passages this part belongs to one question, and is read anew with it; so it is kept short.  Rows and
sources are left out as a whole where the budget ends, and the text says of how many these are some.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.fusion.items import SIGNED, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.records import Citation, Column, Evidence, Fact, Plan

    Tokenize = Callable[[str], list[int]]
    Digits = Callable[[str], int]

ROW_TOKENS = 100  # of rows and facts together
SOURCE_TOKENS = 60


@dataclass(frozen=True)
class Facts:
    """The text; how many rows and sources of how many it holds."""

    text: str
    rows: int
    row_count: int
    sources: int
    source_count: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What was cut, for the user."""
        said = []
        if self.rows < self.row_count:
            said.append(f"The reader was given {self.rows} of {self.row_count} rows.")
        if self.sources < self.source_count:
            said.append(f"The reader was given the marks of {self.sources} of {self.source_count} sources.")
        return tuple(said)


def facts_of(
    plan: Plan,
    evidence: Evidence,
    citations: Sequence[Citation],
    tokenize: Tokenize,
    digits: Digits,
    row_tokens: int = ROW_TOKENS,
    source_tokens: int = SOURCE_TOKENS,
) -> Facts:
    """The rows first, then facts derived from them, then the sources, each within its budget of tokens."""
    table = evidence.table
    rows = [_row(plan, table.columns, row, digits) for row in table.rows]
    derived = [_fact(plan, fact, digits) for fact in evidence.facts]
    kept = _fitting([*rows, *derived], tokenize, row_tokens)
    shown = min(len(kept), len(rows))
    marks = _fitting([_source(citation) for citation in citations], tokenize, source_tokens)
    of = len(rows) if plan.limit else table.row_count  # with a limit the plan itself asks for no more
    lines = [f"Result ({_title(plan)}):" if kept else "Result: nothing was found.", *kept]
    if shown < of:
        lines.append(f"({shown} of {of} rows)")
    if marks:
        lines += ["Sources:", *marks]
    asked = len(citations) if source_tokens else 0  # without room for any, none are meant to be given
    return Facts("\n".join(lines) + "\n", shown, of, len(marks), asked)


def _fitting(lines: Sequence[str], tokenize: Tokenize, budget: int) -> list[str]:
    """The first lines that fit; none after the first that does not, since rows are in the order that matters."""
    kept: list[str] = []
    for line in lines:
        budget -= len(tokenize(f"{line}\n"))
        if budget < 0:
            break
        kept.append(line)
    return kept


def _title(plan: Plan) -> str:
    period = f", {plan.period.label}" if plan.period.label else ""
    return f"{plan.measure.value.replace('_', ' ')}{period}"


def _row(plan: Plan, columns: Sequence[Column], row: Sequence[object], digits: Digits) -> str:
    said = []
    for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
        if cell is None or column.type == "currency":
            continue
        if isinstance(cell, (Decimal, int)):
            beside = row[place + 1] if place + 1 < len(row) and columns[place + 1].type == "currency" else ""
            said.append(f"{column.name} {_signed(plan, Decimal(cell), str(beside or ''), digits)}")
        else:
            said.append(cell.isoformat() if isinstance(cell, dt.date) else " ".join(str(cell).split()))
    return ", ".join(said)


def _fact(plan: Plan, fact: Fact, digits: Digits) -> str:
    note = f" ({' '.join(fact.note.split())})" if fact.note else ""
    return f"{fact.name.replace('_', ' ')}{note}: {_signed(plan, fact.number, fact.currency, digits)}"


def _signed(plan: Plan, number: Decimal, currency: str, digits: Digits) -> str:
    """As items are written: without a sign, but for what stands at the end of a period."""
    text = figure(number, currency, digits(currency) if currency and currency != "%" else 0)
    return f"-{text}" if plan.measure in SIGNED and number < 0 and currency not in {"", "%"} else text


def _source(citation: Citation) -> str:
    entry = citation.entry
    return f"[{citation.id}] {entry.date} {' '.join((entry.payee or entry.narration or entry.type).split())}"
