"""Two sums in one sentence as two sides, several conditions at once, and a sentence before that only says when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "title" "A nursery garden"
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank:Giro
2023-01-01 open Assets:Depot:Cash
2023-01-01 open Assets:Depot:FNDX "STRICT"
2023-01-01 open Assets:Purse
2023-01-01 open Assets:Receivable:Oddny
2023-01-01 open Liabilities:Kvikkort
2023-01-01 open Income:Garden
2023-01-01 open Income:Courses
2023-01-01 open Expenses:Garden:Seeds
2023-01-01 open Expenses:Garden:Soil
2023-01-01 open Expenses:Food:Restaurants
2023-01-01 open Expenses:Food:Groceries
2023-01-01 open Expenses:Fees

2023-02-01 * "Depotbanken" "a fund"
  Assets:Depot:FNDX            2 FNDX {100.00 EUR}
  Expenses:Fees             1.00 EUR
  Assets:Depot:Cash
2024-02-03 * "Frohuset" "seeds"
  Expenses:Garden:Seeds    80.00 EUR
  Liabilities:Kvikkort
2024-03-03 * "Jordtak" "soil"
  Expenses:Garden:Soil    120.00 EUR
  Assets:Purse
2024-03-20 * "Kvikkort" "card settled"
  Liabilities:Kvikkort     80.00 EUR
  Assets:Bank:Giro
2024-05-05 * "Oddny" "a course"
  Assets:Bank:Giro        300.00 EUR
  Income:Courses
2024-06-05 * "Torgny" "a course"
  Assets:Bank:Giro        200.00 EUR
  Income:Courses
2024-07-05 * "Stand" "plants sold"
  Assets:Purse            150.00 EUR
  Income:Garden
2024-08-09 * "Bryggan" "dinner"
  Expenses:Food:Restaurants 44.00 EUR
  Liabilities:Kvikkort
2024-08-10 * "Handelsboden" "groceries"
  Expenses:Food:Groceries   30.00 EUR
  Assets:Bank:Giro
2024-08-12 * "Handelsboden" "butter"
  Expenses:Food:Groceries   12.00 EUR
  Assets:Purse
2024-09-01 * "Oddny" "lent"
  Assets:Receivable:Oddny   50.00 EUR
  Assets:Purse
"""

SIDES = [
    (
        "what did we pay for seeds and what for soil in 2024",
        "sum 2024 [Seeds: Expenses:Garden:Seeds] [Soil: Expenses:Garden:Soil]",
    ),
    (
        "how much did we spend on seeds and how much did we get for courses in 2024?",
        "sum 2024 [Seeds: Expenses:Garden:Seeds] [Courses: Income:Courses]",
    ),
    (
        "what did the garden cost and what did it bring in last year",
        "sum 2024 [money in: Income:Garden] [money out: Expenses:Garden] key both ways",
    ),
    (
        "what did I pay for groceries and what did I earn last year",
        "sum 2024 [Groceries: Expenses:Food:Groceries] [income: income]",
    ),
    (
        "how much came in from Oddny and how much from Torgny last year",
        "sum income 2024 [Oddny: income <Oddny>] [Torgny: income <Torgny>]",
    ),
    ("what went on seeds over 50 in 2024 and how often", "sum Expenses:Garden:Seeds >50 2024"),
    (
        "what did we pay for seeds in 2024 and what for restaurants in 2023",
        "sum [Seeds: Expenses:Garden:Seeds 2024] [Restaurants: Expenses:Food:Restaurants 2023]",
    ),
    ("seeds and soil in 2024, separately", "sum 2024 [seeds: Expenses:Garden:Seeds] [soil: Expenses:Garden:Soil]"),
]
SEVERAL = [
    ("how much did I pay for groceries in cash in 2024", "sum Expenses:Food:Groceries with Assets:Purse 2024"),
    ("groceries in cash over 10 last year", "list Expenses:Food:Groceries >10 with Assets:Purse 2024"),
    ("how much did I spend in cash last year", "sum expenses with Assets:Purse 2024"),
    ("eating out on the Kvikkort last year", "sum Expenses:Food:Restaurants with Liabilities:Kvikkort 2024"),
    (
        "list the groceries over 10 in 2024, but not the ones at Handelsboden",
        "list Expenses:Food:Groceries -<Handelsboden> >10 2024",
    ),
    (
        "list everything over 40 on the Kvikkort in 2024 that wasn't seeds",
        "list expenses -Expenses:Garden:Seeds >40 with Liabilities:Kvikkort 2024",
    ),
    ("seeds last winter without december", "sum Expenses:Garden:Seeds -2024-12 2024-12-01..2025-03-01"),
    ("groceries in 2024 apart from august", "sum Expenses:Food:Groceries -2024-08 2024"),
    ("groceries in 2024, aside from what was bought in august", "sum Expenses:Food:Groceries -2024-08 2024"),
]
BEFOREHAND = [
    (
        "Oddny stayed with us in august 2024. what did we spend on groceries in 2024?",
        "sum Expenses:Food:Groceries 2024",
    ),
    (
        "Oddny was here in august 2024. what went on restaurants that month?",
        "sum Expenses:Food:Restaurants 2024-08",
    ),
    (
        "when my cousin Zelmira visited in august 2024, how much did we spend on groceries",
        "sum Expenses:Food:Groceries 2024-08",
    ),
    ("We had guests in august 2024. How much did we spend on groceries?", "sum Expenses:Food:Groceries 2024-08"),
    ("what did the garden bring in last year", "sum Income:Garden 2024"),
]


@pytest.mark.parametrize(("question", "plan"), [*SIDES, *SEVERAL, *BEFOREHAND])
def test_what_is_added_up(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


def test_a_half_that_only_goes_on_keeps_what_is_asked_of_the_whole(index: Index) -> None:
    """Paid back was what Oddny owes, not whatever was spent."""
    plan = plan_question("how much does Oddny owe us and how much did we spend on seeds", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert not plan.compare
    assert any(note.startswith("two things were asked") for note in plan.reading)
