"""Money on its way between own accounts, at the cash machine, and spent from one of them: an invented ledger."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Grouping, Measure, Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 20)
LEDGER = """
option "operating_currency" "NZD"
2023-01-01 open Assets:Bank:Tui:Current
2023-01-01 open Assets:Bank:Tui:Savings
2023-01-01 open Assets:Bank:Weka
2023-01-01 open Assets:Broker:Cash
2023-01-01 open Assets:Cash:Purse
2023-01-01 open Assets:Health
2023-01-01 open Liabilities:Card
2023-01-01 open Equity:Opening
2023-01-01 open Income:Salary
2023-01-01 open Income:Interest
2023-01-01 open Expenses:Food
2023-01-01 open Expenses:Food:Restaurants
2023-01-01 open Expenses:Repairs

2024-01-01 * "opening"
  Assets:Bank:Tui:Current   1000 NZD
  Assets:Bank:Tui:Savings   5000 NZD
  Assets:Health              700 NZD
  Equity:Opening
2024-01-05 * "cash machine"
  Assets:Cash:Purse           80 NZD
  Assets:Bank:Tui:Current
2024-02-05 * "cash machine"
  Assets:Cash:Purse           60 NZD
  Assets:Bank:Tui:Current
2024-02-06 * "Moana's Market" "fruit"
  Expenses:Food               12 NZD
  Assets:Cash:Purse
2024-02-07 * "Kauri Grill" "dinner"
  Expenses:Food:Restaurants   45 NZD
  Liabilities:Card
2024-03-01 * "to savings"
  Assets:Bank:Tui:Savings    300 NZD
  Assets:Bank:Tui:Current
2024-03-02 * "to savings"
  Assets:Bank:Tui:Savings    200 NZD
  Assets:Bank:Weka
2024-03-03 * "back"
  Assets:Bank:Tui:Current    150 NZD
  Assets:Bank:Tui:Savings
2024-03-04 * "Roofers" "new gutter"
  Expenses:Repairs           900 NZD
  Assets:Bank:Tui:Savings
2024-03-28 * "Fernleaf" "pay"
  Assets:Bank:Tui:Current   2000 NZD
  Assets:Health              100 NZD
  Income:Salary
2024-03-30 * "interest"
  Assets:Health                5 NZD
  Income:Interest
2024-04-05 * "card statement"
  Liabilities:Card            45 NZD
  Assets:Bank:Tui:Current
"""

SUMS = [
    ("how much cash did we withdraw in 2024", "140"),
    ("how much cash have we drawn from machines in 2024", "140"),
    ("cash from the wall in 2024", "140"),
    ("total cash out at atms in 2024", "140"),
    ("how much did I take out of the cash machine in january 2024", "80"),
    ("how much cash did we take out", "140"),
    ("transfers from current to savings in 2024: total", "300"),
    ("how much was moved from savings to current", "150"),
    ("how much went to savings from weka", "200"),
    ("how much did we withdraw from savings", "-1050"),
    ("how much did I take out of savings in 2024", "-1050"),
    ("how much did we spend in cash", "12"),
    ("cash spending 2024", "12"),
    ("what did we spend with the card", "45"),
    ("how much food did we pay for by card", "45"),
    ("how much did I spend from savings", "900"),
    ("how much went into health in 2024", "100"),
    ("checking account balance", "2665"),
    ("what is in the checking account", "2665"),
    ("how much did we pay into the current account in 2024 from savings", "150"),
]


def figures(plan: Plan, index: Index) -> list[str]:
    return [f"{row[0]:f}" for row in gather(plan, index, TODAY).table.rows]


@pytest.mark.parametrize(("question", "figure"), SUMS)
def test_what_went_where(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert figures(plan, index) == [figure], digest(plan)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("how much cash did we withdraw in 2024", {"measure": ("balance", 0.9)}),
        ("what did we spend with the card", {"measure": ("sum", 0.9), "flow": ("spend", 0.9)}),
        ("transfers from current to savings in 2024", {"measure": ("sum", 0.9), "flow": ("spend", 0.8)}),
    ],
)
def test_a_model_beside_the_rules_changes_nothing(
    question: str, fields: dict[str, tuple[str, float]], index: Index
) -> None:
    plan = plan_question(question, [], TODAY, index, understander=Scripted(fields))
    assert isinstance(plan, Plan), plan
    assert figures(plan, index)[0] in {"140", "45", "300"}, digest(plan)
    assert plan.filters.alongside


def test_cash_withdrawals_are_counted_and_listed(index: Index) -> None:
    plan = plan_question("how often did we go to the cash machine in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.COUNT
    assert figures(plan, index) == ["2.000000"]
    monthly = plan_question("atm withdrawals per month in 2024", [], TODAY, index)
    assert isinstance(monthly, Plan)
    assert monthly.group_by == (Grouping.MONTH,)


def test_a_takeaway_is_still_a_meal(index: Index) -> None:
    plan = plan_question("how much did we spend on take out in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Expenses:Food:Restaurants",)


def test_paid_by_card_groups_nothing(index: Index) -> None:
    plan = plan_question("food paid by card in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.group_by == ()
    assert plan.filters.alongside == ("Liabilities:Card",)
