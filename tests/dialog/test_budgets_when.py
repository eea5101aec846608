"""Since when a budget holds, and when it was exceeded."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.plan_keys import STATED
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog.asking import Scripted, asked, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index
    from tests.conftest import MakeLedger

TODAY = dt.date(2025, 3, 20)
LEDGER = """
2024-12-01 open Assets:Bank
2024-12-01 open Expenses:Coffee
2024-12-01 open Expenses:Car:Repairs
2024-12-01 custom "budget" Expenses:Coffee "monthly" 20.00 EUR
2025-02-01 custom "budget" Expenses:Coffee "monthly" 25.00 EUR
2025-01-01 custom "budget" Expenses:Car:Repairs "yearly" 100.00 EUR

2024-12-05 * "Espresso Bar"
  Expenses:Coffee  30.00 EUR
  Assets:Bank
2025-01-05 * "Espresso Bar"
  Expenses:Coffee  19.00 EUR
  Assets:Bank
2025-02-05 * "Espresso Bar"
  Expenses:Coffee  24.00 EUR
  Assets:Bank
2025-03-05 * "Espresso Bar"
  Expenses:Coffee  26.00 EUR
  Assets:Bank
2025-03-09 * "Garage"
  Expenses:Car:Repairs  150.00 EUR
  Assets:Bank
"""


@pytest.mark.parametrize(
    "question",
    [
        "coffee budget a month and since when",
        "since when do we have a budget for coffee",
        "when did we set the coffee budget",
        "how long have we had the coffee budget?",
        "how has the coffee budget changed",
    ],
)
def test_each_budget_that_was_stated_is_told_with_its_day(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.key, plan.filters.accounts) == (Measure.BUDGET, STATED, ("Expenses:Coffee",))


@pytest.mark.parametrize(
    "question",
    [
        "when did we go over the coffee budget",
        "when were we over budget on coffee?",
        "how often did we exceed the coffee budget",
    ],
)
def test_when_it_was_exceeded(question: str, index: Index) -> None:
    rows = rows_of(question, index, Measure.BUDGET, today=TODAY)
    assert [row[:1] for row in rows] == [["2024-12"], ["2025-03"]]


def test_a_yearly_budget_is_exceeded_in_a_year(index: Index) -> None:
    ((year, *_),) = rows_of("when did we go over the budget for repairs", index, Measure.BUDGET, today=TODAY)
    assert year == "2025"


@pytest.mark.parametrize(
    "question",
    [
        "where did we overspend this year",
        "which categories did we overspend in 2025",
        "what did we overspend on in 2025",
    ],
)
def test_what_was_exceeded(question: str, index: Index) -> None:
    plan, found = asked(index, question, Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}), today=TODAY)
    assert (plan.measure, plan.failing) == (Measure.BUDGET, True)
    assert [row[0] for row in found.table.rows] == ["Expenses:Car:Repairs"]


def test_what_is_earned_is_no_budget(index: Index) -> None:
    plan = plan_question("did we overspend our income in 2025", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is not Measure.BUDGET


def test_without_any_budget_nothing_is_over_one(make_ledger: MakeLedger, data_dir: Path) -> None:
    lines = (line for line in LEDGER.splitlines(keepends=True) if "custom" not in line)
    ledger = make_ledger("".join(lines))
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        refusal = plan_question("where did we overspend?", [], TODAY, index)
    assert isinstance(refusal, Refusal)
    assert "No budget is on file" in str(refusal)


@pytest.mark.parametrize("question", ["what is the coffee budget?", "how much of the coffee budget is left"])
def test_what_holds_now_is_told_once(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.key, plan.failing) == (Measure.BUDGET, None, False)
