"""Money moved between own accounts, and pay as it arrives: over a small invented ledger."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Plan, Refusal
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "NZD"
2023-01-01 open Assets:Bank:Everyday
2023-01-01 open Assets:Bank:Savings
2023-01-01 open Assets:Broker:Cash
2023-01-01 open Assets:Broker:Moa
2023-01-01 open Assets:Pension
2023-01-01 open Income:Salary:Fernleaf
2023-01-01 open Income:Broker
2023-01-01 open Income:Interest
2023-01-01 open Expenses:Taxes:Income
2023-01-01 open Expenses:Idle:Savings
2023-01-01 open Expenses:Food

2023-04-28 * "Fernleaf Ltd" "April"
  Assets:Bank:Everyday     1900 NZD
  Assets:Pension            100 NZD
  Expenses:Taxes:Income     500 NZD
  Income:Salary:Fernleaf  -2500 NZD
2023-05-28 * "Fernleaf Ltd" "May"
  Assets:Bank:Everyday     1950 NZD
  Assets:Pension            100 NZD
  Expenses:Taxes:Income     450 NZD
  Income:Salary:Fernleaf  -2500 NZD
2023-05-29 * "to savings"
  Assets:Bank:Savings       300 NZD
  Assets:Bank:Everyday
2023-06-29 * "to savings"
  Assets:Bank:Savings       250 NZD
  Assets:Bank:Everyday
2023-06-30 * "Bank" "interest"
  Assets:Bank:Savings         3 NZD
  Income:Interest
2023-07-01 * "back from savings"
  Assets:Bank:Everyday      120 NZD
  Assets:Bank:Savings
2023-07-02 * "May"
  Expenses:Food              20 NZD
  Assets:Bank:Everyday
2023-08-01 * "top up"
  Assets:Broker:Cash        500 NZD
  Assets:Bank:Everyday
2023-08-02 * "buy"
  Assets:Broker:Moa           4 MOA {100 NZD}
  Assets:Broker:Cash
2023-09-02 * "sell"
  Assets:Broker:Cash        440 NZD
  Assets:Broker:Moa          -4 MOA {100 NZD} @ 110 NZD
  Income:Broker
"""

QUESTIONS = [
    ("how much went to savings in 2023", "550"),
    ("how much did i put into savings in 2023", "550"),
    ("what did we transfer to savings in 2023?", "550"),
    ("how much was moved out of savings in 2023", "-120"),
    ("how much came from savings in 2023", "-120"),
    ("how much cash did i put into the broker in 2023", "500"),
    ("what did i earn after tax in 2023", "3850"),
    ("take-home pay 2023", "3850"),
    ("net salary in 2023", "3850"),
    ("my income after taxes, may 2023", "1950"),
    ("how much tax did i pay in 2023", "950"),
    ("deposits into savings in 2023", "553"),
]


@pytest.mark.parametrize(("question", "figure"), QUESTIONS)
def test_what_moved(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert [f"{rows[0][0]:f}" for _ in rows] == [figure], digest(plan)


def test_net_pay_by_month_is_a_row_a_month(index: Index) -> None:
    plan = plan_question("what's my net salary per month in 2023", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert [(row[0], f"{row[1]:f}") for row in gather(plan, index, TODAY).table.rows] == [
        ("2023-04", "1900"),
        ("2023-05", "1950"),
    ]


REFUSED = [
    "how much will i spend on food next year",
    "should i sell MOA",
    "what will MOA be worth",
    "delete the last entry",
    "will my savings last",
    "how much will i earn in 2030",
    "how much did the zeppelin cost",
    "who will win the election",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_a_refusal_offers_can_be_asked(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Refusal), outcome
    assert outcome.suggestions
    for offered in outcome.suggestions:
        assert isinstance(plan_question(offered, [], TODAY, index), Plan), offered


def test_what_is_offered_is_about_what_was_asked(index: Index) -> None:
    food = plan_question("how much will i spend on food next year", [], TODAY, index)
    assert isinstance(food, Refusal)
    assert all("Expenses:Food" in each for each in food.suggestions)
    moa = plan_question("will MOA go up in the future", [], TODAY, index)
    assert isinstance(moa, Refusal)
    assert all("MOA" in each for each in moa.suggestions)


def test_that_beside_its_noun_points_at_nothing(index: Index) -> None:
    plan = plan_question("any bill that was weirdly high in 2023?", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.pick == "unusual"


def test_one_unit_of_money_has_a_price(index: Index) -> None:
    plan = plan_question("what was the NZD worth on 1 june 2023", [], TODAY, index)
    assert digest(plan) == "price 2023-06-01..2023-06-02 of NZD"
