"""Months, shops and accounts that come to more or less than a limit, and months by what was left over in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding import headline

from .asking import asked

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Tin
2024-01-01 open Liabilities:Loan
2024-01-01 open Liabilities:Card
2024-01-01 open Income:Fees
2024-01-01 open Expenses:Food
2024-01-01 open Expenses:Travel

2024-01-05 * "Pupils" "lessons"
  Assets:Bank     900 EUR
  Income:Fees
2024-01-10 * "Corner Shop" "food"
  Expenses:Food   300 EUR
  Assets:Bank
2024-01-20 * "Corner Shop" "food"
  Expenses:Food   150 EUR
  Assets:Bank
2024-02-05 * "Pupils" "lessons"
  Assets:Bank     400 EUR
  Income:Fees
2024-02-10 * "Market" "food"
  Expenses:Food    90 EUR
  Assets:Bank
2024-02-11 * "Railway" "to the sea"
  Expenses:Travel 700 EUR
  Assets:Bank
2024-03-05 * "Pupils" "lessons"
  Assets:Tin      500 EUR
  Income:Fees
2024-03-10 * "Corner Shop" "food"
  Expenses:Food   520 EUR
  Assets:Bank
2024-03-20 * "Lender" "drawn"
  Assets:Tin     2000 EUR
  Liabilities:Loan
2024-03-21 * "Lender" "a card with little on it"
  Assets:Tin       90 EUR
  Liabilities:Card
2024-04-05 * "Pupils" "lessons"
  Assets:Bank     800 EUR
  Income:Fees
2024-04-06 * "Ferry" "in pounds"
  Expenses:Travel  60 GBP
  Assets:Tin
"""


def groups(index: Index, question: str) -> list[str]:
    _, evidence = asked(index, question, today=TODAY)
    return [str(row[0]) for row in evidence.table.rows]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("in which months did we spend more than 460?", ["2024-02", "2024-03"]),
        ("which months did we spend over 460 on food", ["2024-03"]),
        ("how many months did food come to less than 100", ["2024-02"]),
        ("months with food below 100", ["2024-02"]),
        ("which shops did we spend over 500 at", ["Corner Shop", "Railway"]),
        ("which shops did we go to more than twice", ["Corner Shop"]),
        ("shops we went to at least three times", ["Corner Shop"]),
        ("which months were in the red", ["2024-02", "2024-03"]),
        ("which months did we spend more than we earned", ["2024-02", "2024-03"]),
        ("months with a deficit of more than 100", ["2024-02"]),
        ("how many months were in the black?", ["2024-01", "2024-04"]),
        ("which accounts hold more than 400", ["Assets:Tin"]),
        ("which debts are over 1000", ["Liabilities:Loan"]),
        ("which loans do I have over 1000?", ["Liabilities:Loan"]),
        ("liabilities below 500", ["Liabilities:Card"]),
        # by what was left over, a loss being less than nothing
        ("best month", ["2024-04"]),
        ("which month was the worst", ["2024-02"]),
        ("best and worst month of 2024", ["2024-04", "2024-02"]),
        ("which month had the biggest deficit", ["2024-02"]),
        ("which month had the lowest net income", ["2024-02"]),
        # and what is no limit of a group
        ("which month did we spend the most on food", ["2024-03"]),
        ("which purchases were over 500", ["2024-02-11", "2024-03-10"]),
    ],
)
def test_groups_are_kept_by_their_own_figure(index: Index, question: str, expected: list[str]) -> None:
    assert groups(index, question) == expected


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which months did we spend over 460 on food", "Spending on Food (Expenses:Food) was more than 460 in 1 month"),
        ("which months were in the red", "Expenses exceeded income in 2 months"),
        ("which months did we spend over 9000", "No month comes to more than 9,000."),
    ],
)
def test_they_are_told_in_a_sentence(index: Index, question: str, said: str) -> None:
    plan, evidence = asked(index, question, today=TODAY)
    assert said in headline(plan, evidence, index)
