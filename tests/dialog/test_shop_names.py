"""Words that a shop has in its name, and that mean what it sells; words that run together; what has no category."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Plan
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 12, 31)
LEDGER = """
option "operating_currency" "USD"
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Auto:Fuel
2024-01-01 open Expenses:Auto:Work
2024-01-01 open Expenses:Food:Coffee
2024-01-01 open Expenses:Food:Bread
2024-01-01 open Expenses:Travel
2024-01-01 open Expenses:Unknown
2024-01-01 open Expenses:Fees
2024-01-01 open Assets:Fund
2024-01-01 commodity WREN

2024-02-01 * "HERON GAS N SNACKS 44" ""
  Expenses:Auto:Fuel     30 USD
  Assets:Bank
2024-03-01 * "TURNSTONE 0087" ""
  Expenses:Auto:Fuel     41 USD
  Assets:Bank
2024-04-01 * "PLOVER TIRE AND LUBE" "oil change"
  Expenses:Auto:Work     50 USD
  Assets:Bank
2024-04-09 * "PLOVER TIRE AND LUBE" "two tires, front"
  Expenses:Auto:Work    210 USD
  Assets:Bank
2024-05-01 * "Bakery on the Quay" "rolls"
  Expenses:Food:Bread     4 USD
  Assets:Bank
2024-06-01 * "Little Coffee Van" ""
  Expenses:Food:Coffee    3 USD
  Assets:Bank
2024-07-01 * "Sea Inn" "two nights" #mistyisland-2024
  Expenses:Travel       190 USD
  Assets:Bank
2024-07-03 * "Ferry" "" #mistyisland-2024
  Expenses:Travel        22 USD
  Assets:Bank
2024-09-03 * "SQ *KNOT" ""
  Expenses:Unknown       12 USD
  Assets:Bank
2024-09-04 * "Curlew Bank" "overdraft fee"
  Expenses:Fees           9 USD
  Assets:Bank
2024-09-05 * "Avocet Bank" "card fee"
  Expenses:Fees           5 USD
  Assets:Bank
2024-09-06 * "Fund" "units"
  Assets:Fund             2 WREN {10 USD}
  Assets:Bank
2024-09-07 price WREN 11 USD
2023-12-20 * "Toys" "" #christmas
  Expenses:Travel         7 USD
  Assets:Bank
2024-12-20 * "Toys" "" #christmas
  Expenses:Travel         8 USD
  Assets:Bank
2024-08-03 * "Ferry" "" #nighttrain
  Expenses:Travel        25 USD
  Assets:Bank
"""
FIGURES = [
    ("how much was gas in 2024", "71"),
    ("how much did we leave at the pump in 2024?", "71"),
    ("what did I pay at Heron Gas", "30"),
    ("what did the tires cost", "210"),
    ("what have we paid Plover Tire", "260"),
    ("what did the misty island trip cost", "212"),
    ("misty island 2024", "212"),
    ("how much was the night train", "25"),
    ("what did christmas 2024 cost", "8"),
    ("how much has no category yet", "12"),
    ("how many fees has the bank charged us?", "2"),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_what_is_meant(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert f"{rows[0][0]:.0f}" == figure, digest(plan)


@pytest.mark.parametrize(
    "question",
    [
        "list what never got a proper catagory",
        "which entries haven't been categorised",
        "show me all without a category",
    ],
)
def test_what_has_no_category(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert [row[1] for row in gather(plan, index, TODAY).table.rows] == ["SQ *KNOT"], digest(plan)


def test_how_a_fund_is_valued_narrows_no_net_worth(index: Index) -> None:
    whole = plan_question("net worth on 2024-12-31", [], TODAY, index)
    told = plan_question("net worth on 2024-12-31 with the fund at that day's price", [], TODAY, index)
    assert isinstance(whole, Plan)
    assert isinstance(told, Plan)
    assert gather(told, index, TODAY).table.rows == gather(whole, index, TODAY).table.rows, digest(told)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("net worth a year ago", "2024-12-31"),
        ("what was in the bank six months ago", "2025-06-30"),
        ("how much was in the bank 3 weeks ago", "2025-12-10"),
    ],
)
def test_what_stood_so_long_ago_stood_on_that_day(question: str, day: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.period.label == f"as of {day}", digest(plan)


def test_what_a_follow_up_leaves_out_of_a_trip(index: Index) -> None:
    plan = plan_question("ok without the ferry tho", ["what did the misty island trip cost"], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert f"{gather(plan, index, TODAY).table.rows[0][0]:f}" == "190", digest(plan)
