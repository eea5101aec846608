"""Names that are words of questions, too: a butcher March, a child Max, a club Route 2024; and what is left out.

What a question leaves out is left out of the figure, or said not to be there: never passed over.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import beanquery
import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Measure, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.records import Evidence

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Cash:Purse
2023-01-01 open Assets:Owed:Anna
2023-01-01 open Assets:Owed:Max
2023-01-01 open Liabilities:Card
2023-01-01 open Income:Salary
2023-01-01 open Expenses:Food:Groceries
2023-01-01 open Expenses:Food:Out
2023-01-01 open Expenses:Pets:Food
2023-01-01 open Expenses:Pets:Vet
2023-01-01 open Expenses:Cards
2023-01-01 open Expenses:Clothes
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:Kids:June
2023-01-01 open Expenses:Kids:Max
2023-01-01 open Expenses:Bikes

2024-01-05 * "Next Door Housing" "rent"
  Expenses:Rent  900.00 EUR
  Assets:Bank
2024-01-25 * "Acme" "salary"
  Assets:Bank  2000.00 EUR
  Income:Salary
2024-02-03 * "March" "meat"
  Expenses:Food:Groceries  30.00 EUR
  Liabilities:Card
2024-03-04 * "March" "meat"
  Expenses:Food:Groceries  20.00 EUR
  Liabilities:Card
2024-03-10 * "Daily Bread" "weekly shop" #party
  Expenses:Food:Groceries  60.00 EUR
  Assets:Cash:Purse
2024-03-11 * "Last Stop Cafe" "lunch" #party #work
  Expenses:Food:Out  25.00 EUR
  Liabilities:Card
2024-04-02 * "Vetwell" "jab"
  Expenses:Pets:Vet  80.00 EUR
  Liabilities:Card
2024-04-03 * "Vetwell" "kibble"
  Expenses:Pets:Food  40.00 EUR
  Expenses:Cards  3.00 EUR
  Assets:Cash:Purse
2024-05-05 * "Next" "coat"
  Expenses:Clothes  49.00 EUR
  Liabilities:Card
2024-05-09 * "Next" "coat taken back"
  Expenses:Clothes  -49.00 EUR
  Liabilities:Card
2024-05-10 * "Next" "shirt"
  Expenses:Clothes  35.00 EUR
  Liabilities:Card
2024-06-01 * "June" "pocket money"
  Expenses:Kids:June  20.00 EUR
  Assets:Cash:Purse
2024-07-01 * "June" "pocket money"
  Expenses:Kids:June  20.00 EUR
  Assets:Cash:Purse
2024-07-02 * "Max" "pocket money"
  Expenses:Kids:Max  15.00 EUR
  Assets:Cash:Purse
2024-07-03 * "Max" "lent"
  Assets:Owed:Max  70.00 EUR
  Assets:Bank
2024-07-04 * "Anna" "lent"
  Assets:Owed:Anna  80.00 EUR
  Assets:Bank
2023-08-01 * "Route 2024" "wheels"
  Expenses:Bikes  310.00 EUR
  Liabilities:Card
2024-08-01 * "Route 2024" "bell"
  Expenses:Bikes  12.00 EUR
  Liabilities:Card
2024-09-01 * "Paper Moon" "cards"
  Expenses:Cards  8.00 EUR
  Liabilities:Card
2024-10-01 * "May's Bakery" "bread"
  Expenses:Food:Groceries  6.00 EUR
  Liabilities:Card
2024-11-01 * "Rent March" "the garage"
  Expenses:Rent  50.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=TODAY)


def _numbers(found: Evidence) -> list[Decimal]:
    return [cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("how much did we spend at March in 2024", 50),
        ("how much at march in March 2024", 20),
        ("what did we pay March in 2024", 50),
        ("what did we buy from March in 2024", 50),
        ("what did the March bill come to in 2024", 50),
        ("what did we spend at Daily Bread and March in 2024", 110),
        ("how much did we give June in 2024", 40),
        ("what did we spend on June in 2024", 40),
        ("how much did June get in 2024", 40),
        ("how much at Route 2024", 322),
        ("how much did we spend at Route 2024 in 2023", 310),
        ("what did we spend at May's in 2024", 6),
        ("how much pocket money did Max get", 15),
        ("how much did we give Max", 15),
        ("how much did we spend at Next Door Housing", 900),
    ],
)
def test_a_name_that_is_a_time_or_an_order(index: Index, question: str, number: int) -> None:
    model = Scripted({"order": ("-amount", 0.95), "single": ("yes", 0.95)}) if "Max" in question else None
    _, found = asked(index, question, model)
    assert _numbers(found)[-1] == number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did we spend in March 2024", 105),
        ("what did we spend in june 2024", 20),
        ("how much did we spend from March to June 2024", 283),
        ("how much did we pay in March 2024", 105),
        ("rent march 2024", 0),
        ("what did we spend at Next in May 2024", 35),
        ("what did we spend in 2023", 310),
    ],
)
def test_a_time_stays_one_where_no_name_can_stand(index: Index, question: str, number: int) -> None:
    _, found = asked(index, question)
    assert sum(_numbers(found)[-1:]) == number


def test_what_is_carried_on_is_the_name(index: Index) -> None:
    _, found = asked(index, "and in 2023", None, "how much did we spend at Route 2024 in 2024")
    assert _numbers(found)[-1] == 310
    _, found = asked(index, "and at Next Door Housing", None, "how much at Next")
    assert _numbers(found)[-1] == 900


def test_what_somebody_owes_who_is_called_like_an_order(index: Index) -> None:
    plan, _ = asked(index, "how much does max owe us")
    assert plan.measure is Measure.BALANCE
    assert plan.filters.accounts == ("Assets:Owed:Max",)


def test_the_maximum_is_no_name(index: Index) -> None:
    plan, found = asked(index, "what's the max we spent at Next")
    assert plan.measure is Measure.LIST
    assert _numbers(found) == [49]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("how many over-50 purchases in 2024", 3),
        ("how many sub-20 purchases in 2024", 5),
        ("how many purchases between 20 and 50 at Next", 2),
        ("how many entries between 20 and 50 at Next", 3),
        ("how many entries are tagged both party and work", 1),
        ("how many entries have both pet food and cards", 1),
        ("how many entries in 2024 without cash", 15),
        ("how many transactions in 2024 excluding groceries", 16),
        ("how many entries without tags in 2024", 18),
        ("how many untagged entries in 2024", 18),
    ],
)
def test_how_many_there_are(index: Index, question: str, count: int) -> None:
    _, found = asked(index, question)
    assert found.table.rows[0][-1] == count


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did we spend in 2024 excluding cash", 1166),
        ("what did we spend in 2024 not paid by card", 1108),
        ("what did we spend in 2024 that didn't go on the card", 1108),
        ("groceries in 2024 that weren't paid with the card", 60),
        ("pets in 2024 but not the food", 80),
        ("food spending in 2024 anywhere but Daily Bread", 81),
        ("what did we spend on cards in 2024", 11),
    ],
)
def test_what_is_left_out(index: Index, question: str, number: int) -> None:
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)})
    _, found = asked(index, question, model)
    assert _numbers(found)[-1] == number


def test_what_is_said_of_means_of_payment_that_are_left_out(index: Index) -> None:
    question = "what did we spend in 2024 excluding cash"
    plan, found = asked(index, question)
    assert "leaving out entries with Assets:Cash:Purse in 2024" in headline(plan, found, index, (), question)


@pytest.mark.parametrize(
    "question", ["food without skydiving in 2024", "food in 2024 excluding groceries and skydiving"]
)
def test_what_is_left_out_and_called_nothing_is_not_passed_over(index: Index, question: str) -> None:
    model = Scripted({"measure": ("sum", 0.95)}, {"food": "NAME", "skydiving": "EXCLUDE"})
    outcome = plan_question(question, (), TODAY, index, understander=model)
    assert isinstance(outcome, Refusal)
    assert "skydiving" in outcome.sentence


@pytest.mark.parametrize(
    "question",
    [
        "food in 2024 without going into detail",
        "food in 2024, never mind the pennies",
        "food in 2024 without transfers",
    ],
)
def test_what_leaves_nothing_out(index: Index, question: str) -> None:
    _, found = asked(index, question, Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)}))
    assert _numbers(found)[-1] == 141


def test_a_share_of_what_something_was_not(index: Index) -> None:
    plan, found = asked(index, "what percentage of food spending in 2024 was not groceries")
    assert plan.key == RATIO
    assert _numbers(found)[:2] == [25, 141]
    plan, _ = asked(index, "what percentage of food spending in 2024 was groceries")
    assert [each.label for each in plan.compare] == ["groceries", "food"]


@pytest.mark.parametrize(
    ("first", "then", "number"),
    [
        ("what did we spend on groceries in 2024", "and other than groceries", 1208),
        ("what did we spend in cash in 2024", "and not in cash", 1166),
        ("what did we spend in 2024 without cash", "and in 2023", 310),
    ],
)
def test_what_was_asked_for_is_left_out_next(index: Index, first: str, then: str, number: int) -> None:
    _, found = asked(index, then, None, first)
    assert _numbers(found)[-1] == number


def test_a_share_of_what_was_asked_for_before(index: Index) -> None:
    _, found = asked(index, "what share of it was not groceries", None, "food in 2024")
    assert _numbers(found)[:2] == [25, 141]


@pytest.mark.parametrize(
    ("question", "number"),
    [("food in 2024 before March", 30), ("food in 2024 before October", 135), ("food 2024 until December", 141)],
)
def test_a_year_up_to_one_of_its_months(index: Index, question: str, number: int) -> None:
    _, found = asked(index, question)
    assert _numbers(found)[-1] == number


@pytest.mark.parametrize(
    "question",
    ["what did we spend in 2024 excluding cash", "what did we spend in 2024 on what is tagged both party and work"],
)
def test_the_query_that_is_shown_comes_to_the_same(index: Index, tmp_path: Path, question: str) -> None:
    _, found = asked(index, question)
    path = tmp_path / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    ((position,),) = beanquery.connect(f"beancount:{path}").execute(found.bql).fetchall()
    assert [each.units.number for each in position] == _numbers(found)
