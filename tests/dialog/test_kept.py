"""What is kept of income, and the course of a balance: over a small invented ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan, Root
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 3, 31)
LEDGER = """
option "operating_currency" "NZD"
2024-01-01 open Assets:Bank:Current
2024-01-01 open Assets:Bank:Savings
2024-01-01 open Liabilities:Card
2024-01-01 open Equity:Opening
2024-01-01 open Income:Salary
2024-01-01 open Expenses:Food
2024-01-01 open Expenses:Fees

2024-01-01 * "opening"
  Assets:Bank:Current        40 NZD
  Assets:Bank:Savings       500 NZD
  Equity:Opening
2024-01-10 * "Shop" "food"
  Expenses:Food             100 NZD
  Assets:Bank:Current
2024-01-28 * "Employer" "pay"
  Assets:Bank:Current      1000 NZD
  Income:Salary
2024-02-10 * "Shop" "food"
  Expenses:Food             500 NZD
  Assets:Bank:Current
2024-02-11 * "to savings"
  Assets:Bank:Savings       200 NZD
  Assets:Bank:Current
2024-02-28 * "Employer" "pay"
  Assets:Bank:Current      1100 NZD
  Income:Salary
2024-03-10 * "Shop" "food"
  Expenses:Food             600 NZD
  Liabilities:Card
"""

AVERAGES = [
    "how much do we save per month",
    "how much are we saving a month",
    "average monthly savings",
    "what is left at the end of the month on average",
    "what do we usually have left over at the end of the month?",
    "how much do we clear a month",
    "how much do I have left over from my salary each month",
]
SERIES = [
    ("what's left over each month", Grouping.MONTH),
    ("monthly savings in 2024", Grouping.MONTH),
    ("savings per year", Grouping.YEAR),
    ("cash flow by month", Grouping.MONTH),
    ("how much did we save every month in 2024", Grouping.MONTH),
]


@pytest.mark.parametrize("question", AVERAGES)
def test_what_is_saved_in_a_usual_month(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.per, plan.filters.roots) == (Measure.AVERAGE, "month", (Root.INCOME, Root.EXPENSES))
    evidence = gather(plan, index, TODAY)
    assert evidence.table.rows[0][0] == Decimal(-300)
    assert "On average income exceeded expenses by 300.00 NZD per month" in headline(plan, evidence, index)


def test_a_model_that_hears_spending_does_not_make_it_spending(index: Index) -> None:
    hears = Scripted({"measure": ("average", 0.95), "flow": ("spend", 0.9)})
    plan = plan_question("how much do we save per month", [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan)
    assert plan.filters.roots == (Root.INCOME, Root.EXPENSES), digest(plan)


@pytest.mark.parametrize(("question", "unit"), SERIES)
def test_what_is_left_span_by_span(question: str, unit: Grouping, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.group_by) == (Measure.NET_INCOME, (unit,)), digest(plan)


def test_money_put_into_an_account_is_not_what_is_left(index: Index) -> None:
    plan = plan_question("how much did I save into savings in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert gather(plan, index, TODAY).table.rows[0][0] == Decimal(200), digest(plan)
    share = plan_question("how much of our income goes to savings", [], TODAY, index)
    assert isinstance(share, Plan)
    assert [row[1] for row in gather(share, index, TODAY).table.rows] == [Decimal(200), Decimal(-2100)]


LOWEST = [
    ("did we ever go overdrawn", "Yes.", "-60"),
    ("was the current account ever negative", "Yes.", "-60"),
    ("were we overdrawn in february 2024", "No.", "240"),
    ("any overdrafts in february 2024", "No.", "240"),
    ("did savings ever drop below 400", "No.", "500"),
    ("did savings ever go over 600", "Yes.", "700"),
    ("has the account been in the red", "Yes.", "-60"),
    ("lowest current account balance", "", "-60"),
    ("what's the lowest our account has been", "", "-60"),
]


@pytest.mark.parametrize(("question", "lead", "figure"), LOWEST)
def test_the_lowest_and_highest_day(question: str, lead: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.group_by, plan.limit) == (Measure.BALANCE, (Grouping.DAY,), 1), digest(plan)
    evidence = gather(plan, index, TODAY)
    assert evidence.table.rows[0][1] == Decimal(figure)
    assert headline(plan, evidence, index, (), question).startswith(f"{lead} The " if lead else "The ")


def test_overdraft_fees_are_fees(index: Index) -> None:
    plan = plan_question("how much did we pay in overdraft fees", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Expenses:Fees",)


def test_which_account_is_highest_is_no_day(index: Index) -> None:
    plan = plan_question("which account has the highest balance", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.group_by == (Grouping.ACCOUNT,)


def test_an_average_balance_is_told_month_by_month(index: Index) -> None:
    plan = plan_question("average savings balance in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.group_by) == (Measure.BALANCE, (Grouping.MONTH,))
    assert any("not worked out" in note for note in plan.reading)
