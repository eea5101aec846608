"""Plain questions of two parts: what is new, what was bought once, how far apart, what of what, more earned than spent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.grounding.existence import opening
from ledgerqa.plan_keys import CHANGE, FALL, RATIO, RISE
from ledgerqa.records import Filters, Grouping, Measure, Refusal, Root
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 7, 1)
D = Decimal
LEDGER = """
option "operating_currency" "GBP"
2023-02-01 open Assets:Bank:Town
2023-02-01 open Assets:Purse
2023-02-01 open Income:Stall
2023-02-01 open Expenses:Food:Bread
2023-02-01 open Expenses:Food:Out
2023-02-01 open Expenses:Losses
2023-02-01 open Expenses:Hair

2023-02-10 * "Fair" "stall"
  Assets:Bank:Town  900.00 GBP
  Income:Stall
2023-03-01 * "Baker" "loaf"
  Expenses:Food:Bread  10.00 GBP
  Assets:Bank:Town
2023-03-11 * "Barber" "cut"
  Expenses:Hair  15.00 GBP
  Assets:Purse
2023-04-10 * "Barber" "cut"
  Expenses:Hair  15.00 GBP
  Assets:Purse
2023-05-20 * "Barber" "cut"
  Expenses:Hair  15.00 GBP
  Assets:Purse
2023-06-01 * "Old Mill" "dinner"
  Expenses:Food:Out  60.00 GBP
  Assets:Bank:Town
2024-01-05 * "Baker" "loaf"
  Expenses:Food:Bread  20.00 GBP
  Assets:Bank:Town
2024-02-05 * "Pottery" "cracked bowl"
  Expenses:Losses  30.00 GBP
  Assets:Bank:Town
2024-03-15 * "Harbour Inn" "dinner"
  Expenses:Food:Out  40.00 GBP
  Assets:Bank:Town
2024-06-15 * "Harbour Inn" "lunch"
  Expenses:Food:Out  25.00 GBP
  Assets:Bank:Town
2024-07-01 * "Fair" "stall"
  Assets:Bank:Town  700.00 GBP
  Income:Stall
2024-08-01 * "Regatta" "stall"
  Assets:Bank:Town  100.00 GBP
  Income:Stall
"""

asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "payees"),
    [
        ("new payees in 2024", ["Pottery", "Harbour Inn"]),
        ("which shops did we use for the first time in 2024?", ["Pottery", "Harbour Inn"]),
        ("any new places in 2023?", ["Baker", "Barber", "Old Mill"]),
        ("which clients were new in 2024?", ["Regatta"]),
        ("who did we stop paying in 2023?", ["Barber", "Old Mill"]),
        ("which clients did we lose in 2024?", ["Fair", "Regatta"]),
    ],
)
def test_whom_one_met_first_or_last(index: Index, question: str, payees: list[str]) -> None:
    plan, evidence = asked(index, question)
    assert plan.pick in {"begun", "ended"}
    assert [row[1] for row in evidence.table.rows] == payees
    assert evidence.contributing == len(payees) == evidence.table.row_count
    assert f"{len(payees)} payee" in headline(plan, evidence, index)


@pytest.mark.parametrize("question", ["new payees in May 2024", "who did we stop paying in May 2024?"])
def test_nobody_new_is_no_payment_that_recurs(index: Index, question: str) -> None:
    plan, evidence = asked(index, question)
    assert not evidence.table.rows
    assert headline(plan, evidence, index).startswith("No payee")


@pytest.mark.parametrize(
    "question", ["which payees did we pay only once?", "shops we went to just once", "one-off payees"]
)
def test_who_was_paid_once(index: Index, question: str) -> None:
    _, evidence = asked(index, question)
    assert [row[0] for row in evidence.table.rows] == ["Old Mill", "Pottery"]


@pytest.mark.parametrize(
    "question",
    [
        "average days between haircuts",
        "what is the average time between haircuts",
        "how many days apart are haircuts on average",
    ],
)
def test_how_far_apart(index: Index, question: str) -> None:
    plan, evidence = asked(index, question)
    assert (plan.measure, plan.filters.accounts) == (Measure.COUNT, ("Expenses:Hair",))
    assert opening(question, plan, evidence) == "On average 35.0 days lie between two of these days."


def test_how_long_somebody_takes_is_no_interval(index: Index) -> None:
    assert isinstance(plan_question("how long do clients take to pay on average", (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    [
        "how much more did we earn than spend in 2024?",
        "how much less did we spend than earn in 2024",
        "did we earn more than we spent in 2024?",
    ],
)
def test_more_earned_than_spent_is_what_is_left(index: Index, question: str) -> None:
    _, evidence = asked(index, question)
    assert evidence.table.rows == ((D(-685), "GBP"),)


def test_a_loss_that_is_made_is_no_account_of_losses(index: Index) -> None:
    plan, evidence = asked(index, "did we make a loss in any month of 2024?")
    assert plan.filters == Filters()
    assert [row[0] for row in evidence.table.rows] == ["2024-01", "2024-02", "2024-03", "2024-06"]
    assert asked(index, "what did the losses cost in 2024?")[0].filters.accounts == ("Expenses:Losses",)


@pytest.mark.parametrize(
    ("question", "labels", "figures"),
    [
        ("what share of food is bread", ["bread", "food"], [30, 155]),
        ("the ratio of bread to hair in 2023", ["bread", "hair"], [10, 45]),
        ("bread as a share of income in 2024", ["bread", "all income"], [20, -800]),
        ("ratio between spending and income in 2024", ["all spending", "all income"], [115, -800]),
        ("percentage of bread in 2024", ["bread", "all spending"], [20, 115]),
    ],
)
def test_what_one_is_of_the_other(index: Index, question: str, labels: list[str], figures: list[int]) -> None:
    plan, evidence = asked(index, question)
    assert (plan.key, [side.label for side in plan.compare]) == (RATIO, labels)
    assert [row[1] for row in evidence.table.rows] == [D(each) for each in figures]


def test_a_share_in_each_of_two_years(index: Index) -> None:
    plan, evidence = asked(index, "share of bread in 2023 and in 2024")
    assert (plan.key, plan.group_by) == (RATIO, (Grouping.YEAR,))
    assert {row[:3] for row in evidence.table.rows} >= {("bread", "2023", D(10)), ("bread", "2024", D(20))}
    assert asked(index, "my share of the bread")[0].key != RATIO


@pytest.mark.parametrize(
    ("question", "key", "group"),
    [
        ("top 5 categories that grew most from 2023 to 2024", RISE, Grouping.ACCOUNT),
        ("what did we spend less on in 2024 than in 2023?", FALL, Grouping.ACCOUNT),
        ("top 3 payees that increased most in 2024", RISE, Grouping.PAYEE),
        ("what has changed from 2023 to 2024", CHANGE, Grouping.ACCOUNT),
    ],
)
def test_what_grew(index: Index, question: str, key: str, group: Grouping) -> None:
    plan, _ = asked(index, question)
    assert (plan.key, plan.group_by) == (key, (group,))
    assert [side.period.start and side.period.start.year for side in plan.compare] == [2023, 2024]


@pytest.mark.parametrize(
    "question",
    [
        "how much did our income change in 2024?",
        "by what percentage did income fall in 2024",
        "income growth in 2024",
        "how much did income grow from 2023 to 2024",
    ],
)
def test_a_year_is_set_against_the_one_before_though_the_books_begin_in_it(index: Index, question: str) -> None:
    plan, evidence = asked(index, question)
    assert [row[1] for row in evidence.table.rows] == [D(-900), D(-800)]
    assert any("the books begin on 2023-02-10" in note for note in plan.reading)


@pytest.mark.parametrize(
    ("question", "month"),
    [
        ("which month had the lowest takings in 2024", "2024-08"),
        ("which month had the highest sales in 2024", "2024-07"),
    ],
)
def test_which_month_had_most_is_one(index: Index, question: str, month: str) -> None:
    plan, evidence = asked(index, question)
    assert (plan.limit, evidence.table.rows[0][0]) == (1, month)


def test_what_customers_spend_is_earned(index: Index) -> None:
    plan, evidence = asked(index, "which customers bought most in 2024?")
    assert plan.filters.roots == (Root.INCOME,)
    assert evidence.table.rows[0][0] == "Fair"


def test_the_cheapest_and_further_on_the_dearest(index: Index) -> None:
    _, evidence = asked(index, "which month was the cheapest for food, and which the dearest")
    assert [row[0] for row in evidence.table.rows] == ["2023-06", "2023-03"]


def test_cash_in_the_bank_is_in_no_purse(index: Index) -> None:
    assert asked(index, "cash in the bank")[1].table.rows == ((D(1515), "GBP"),)


@pytest.mark.parametrize("question", ["unpaid invoices", "open invoices", "which invoices are not paid yet?"])
def test_books_without_invoices_have_none_open(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize("question", ["how much did we spend online in 2024?", "what did we earn abroad?"])
def test_a_part_that_no_entry_tells_apart_is_not_all(index: Index, question: str) -> None:
    for model in (None, asking.Scripted({"measure": ("sum", 0.95)})):
        outcome = plan_question(question, (), TODAY, index, understander=model)
        assert isinstance(outcome, Refusal)
        assert "online" in outcome.sentence or "abroad" in outcome.sentence
