"""A word that a tag is called by, and less plainly an account: the wider of the two, or the tag where they only meet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 7, 1)
LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Pets:Food
2024-01-01 open Expenses:Pets:Vet
2024-01-01 open Expenses:Housing:Moving
2024-01-01 open Expenses:Housing:Tools
2024-01-01 open Expenses:Auto:Fuel
2024-01-01 open Expenses:Travel

2024-02-01 * "Fressnapf" "kibble"
  Expenses:Pets:Food  30.00 EUR
  Assets:Bank
2024-03-01 * "Dr. Molar" "teeth" #cats
  Expenses:Pets:Vet  90.00 EUR
  Assets:Bank
2024-04-01 * "Railway" "to Oslo" #oslo
  Expenses:Travel  80.00 EUR
  Assets:Bank
2024-05-01 * "Haulers" "van and two men" #move
  Expenses:Housing:Moving  400.00 EUR
  Assets:Bank
2024-05-02 * "Ironmonger" "hooks and lamps" #move
  Expenses:Housing:Tools  60.00 EUR
  Assets:Bank
2024-05-09 * "Haulers" "boxes"
  Expenses:Housing:Moving  25.00 EUR
  Assets:Bank
2024-06-01 * "Esso" "full tank" #car
  Expenses:Auto:Fuel  70.00 EUR
  Assets:Bank
2024-06-09 * "Esso" "full tank" #scooter
  Expenses:Auto:Fuel  9.00 EUR
  Assets:Bank
"""


def _plan(question: str, index: Index) -> Plan:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    return plan


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did the cats cost us?", "120"),  # all that is tagged so is spent on pets
        ("how much on the cats in 2024", "120"),
        ("how much on #cats in 2024", "90"),
        ("what did we spend on things tagged cats", "90"),
        ("how much did moving house cost us", "460"),  # on other things, too
        ("what did the car cost us in 2024", "70"),  # another tag is on the rest
        ("what did oslo cost us?", "80"),
    ],
)
def test_the_figure(question: str, figure: str, index: Index) -> None:
    assert rows_of(question, index, Measure.SUM, today=TODAY) == [[figure, "EUR"]]


def test_entries_are_those_of_the_sum(index: Index) -> None:
    assert _plan("show what we bought for the cats", index).filters.accounts == ("Expenses:Pets",)


@pytest.mark.parametrize("question", ["how much did moving house cost us", "what did the car cost us in 2024"])
def test_an_account_that_may_hold_more_is_named(question: str, index: Index) -> None:
    assert [note for note in _plan(question, index).reading if "may hold more" in note]


@pytest.mark.parametrize(
    "question",
    [
        "how much on #cats in 2024",  # written as a tag
        "how much on pets in 2024",  # the account
        "what did oslo cost us?",  # no account is called so
    ],
)
def test_no_other_account_is_named(question: str, index: Index) -> None:
    assert not [note for note in _plan(question, index).reading if "may hold more" in note]
