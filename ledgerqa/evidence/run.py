"""One plan being answered: the index it reads, the day it is asked, and the statements that really ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledgerqa.evidence.filters import Clause, all_of, any_of, matching, within
from ledgerqa.evidence.valuation import Rates
from ledgerqa.records import Filters, Period, Statement

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.corpus import Index
    from ledgerqa.records import Plan

MOST_ENTRIES = 50  # contributing entries that evidence names, the most telling first; citations are some of them


@dataclass
class Run:
    """Reads the index and remembers each statement, so that what is shown is what ran."""

    index: Index
    plan: Plan
    today: dt.date
    row_limit: int
    entry_limit: int | None = MOST_ENTRIES
    statements: list[Statement] = field(default_factory=list)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Its rows; the statement joins those of the evidence."""
        self.statements.append(Statement(sql, tuple(parameters)))
        return self.index.query(sql, tuple(parameters), afresh=True)

    @cached_property
    def rates(self) -> Rates:
        """The prices on file, read pair by pair as they are asked for."""
        return Rates(self.query)

    @cached_property
    def currency_ranks(self) -> dict[str, int]:
        """Currencies in the order that tables list them: operating ones as the ledger names them, then by use."""
        operating = list(self.index.ledger.operating_currencies)
        used = self.index.query("SELECT currency FROM currencies ORDER BY postings DESC, currency")
        return {currency: rank for rank, currency in enumerate(dict.fromkeys([*operating, *(row[0] for row in used)]))}

    @property
    def shown(self) -> int:
        """How many rows a table may have."""
        of_all = self.plan.limit if self.plan.limit_by is None else None
        return self.row_limit if of_all is None else min(self.row_limit, of_all)


@dataclass(frozen=True)
class Side:
    """The postings of one side of a comparison, or of the whole plan (`label` None)."""

    label: str | None
    clause: Clause
    period: Period


def sides(plan: Plan, implied: Filters | None = None, *, cumulative: bool = False) -> tuple[Side, ...]:
    """The sides of the plan.  What they have in common holds in each, whether or not a side says it again.

    `implied` is what the measure itself asks for; a `cumulative` measure counts from the ledger's beginning.
    """
    common = all_of((matching(plan.filters), matching(implied or Filters())))
    if not plan.compare:
        return (Side(None, common & _span(plan.period, cumulative=cumulative), plan.period),)
    return tuple(
        Side(
            variant.label,
            all_of((common, matching(variant.filters), _span(variant.period or plan.period, cumulative=cumulative))),
            variant.period or plan.period,
        )
        for variant in plan.compare
    )


def _span(period: Period, *, cumulative: bool) -> Clause:
    return within(Period(end=period.end) if cumulative else period)


def either(parts: Sequence[Side]) -> Clause:
    """The postings of any side."""
    return any_of(side.clause for side in parts)
