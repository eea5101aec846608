"""A plan over the ledger of `conftest.SMALL`, and what came out of it in plain Python."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledgerqa.evidence import gather
from ledgerqa.records import Filters, Measure, Period, Plan

if TYPE_CHECKING:
    from ledgerqa.records import Evidence
    from tests.evidence.conftest import Ledger

TODAY = dt.date(2023, 6, 15)
D = Decimal
FOOD = Filters(accounts=("Expenses:Food",))
RENT = Filters(accounts=("Expenses:Home:Rent",))
Y2022 = Period(dt.date(2022, 1, 1), dt.date(2023, 1, 1), "2022")
Y2023 = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")


def ask(ledger: Ledger, measure: Measure, today: dt.date = TODAY, limit: int = 1000, **changes: Any) -> Evidence:
    return gather(Plan(measure, **changes), ledger.index, today, limit)


def rows(evidence: Evidence) -> list[tuple[Any, ...]]:
    return list(evidence.table.rows)


def names(evidence: Evidence) -> list[str]:
    return [column.name for column in evidence.table.columns]


def facts(evidence: Evidence, name: str) -> list[tuple[Decimal, str]]:
    return [(fact.number, fact.currency) for fact in evidence.facts if fact.name == name]
