"""The other of two accounts, and he who was spoken of: what a next question only points at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "USD"

2023-01-01 open Assets:Bank:Checking
2023-01-01 open Assets:Owed:Tom
2023-01-01 open Liabilities:Card:Rook
2023-01-01 open Liabilities:Card:Heron
2023-01-01 open Liabilities:Loan:Van
2023-01-01 open Expenses:Car:Fuel
2023-01-01 open Expenses:Car:Tyres
2023-01-01 open Expenses:Car:Wash
2023-01-01 open Income:Salary

2024-01-02 * "Mill" "pay"
  Assets:Bank:Checking    900 USD
  Income:Salary
2024-02-02 * "Pump" "fuel"
  Expenses:Car:Fuel        40 USD
  Liabilities:Card:Rook
2024-02-03 * "Pump" "tyres"
  Expenses:Car:Tyres      240 USD
  Liabilities:Card:Heron
2024-02-04 * "Pump" "wash"
  Expenses:Car:Wash        14 USD
  Liabilities:Loan:Van
2024-03-01 * "Tom" "lent for the boat"
  Assets:Owed:Tom         300 USD
  Assets:Bank:Checking
2024-04-01 * "Tom" "part of it back"
  Assets:Bank:Checking    100 USD
  Assets:Owed:Tom
"""
OWED = "what do we owe on the Rook card?"


@pytest.mark.parametrize(
    ("before", "question", "plan"),
    [
        (OWED, "ok and the other card", "balance Liabilities:Card:Heron"),
        (OWED, "What about the other one?", "balance Liabilities:Card:Heron"),
        (OWED, "how much is on the other?", "balance Liabilities:Card:Heron"),
        (OWED, "and the other loan?", "balance Liabilities:Loan"),  # a card is no loan
        ("what did fuel cost in 2024?", "and the other one?", "sum Expenses:Car:Fuel 2024"),  # one of two others
    ],
)
def test_the_other_of_two(before: str, question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (before,), TODAY, index)) == plan


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("when did he last actually send any?", "when did Tom last actually send me any?"),
        ("when did he last pay?", "when did Tom last pay me?"),
        ("ok, how much has he paid me back this year?", "how much has Tom paid me back this year?"),
        ("when did I last lend him money?", "when did I last lend Tom money?"),
    ],
)
def test_he_who_was_spoken_of(question: str, named: str, index: Index) -> None:
    asked = plan_question(question, ("what does Tom owe me?",), TODAY, index)
    assert digest(asked) == digest(plan_question(named, (), TODAY, index))


def test_nobody_was_spoken_of(index: Index) -> None:
    """What fuel cost names nobody who could pay."""
    plan = digest(plan_question("when did she last pay me?", ("what did fuel cost in 2024?",), TODAY, index))
    assert "Fuel" not in plan
