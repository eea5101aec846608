"""Clauses beside a question that asks for nothing there is without them: left off; and names that are really missed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan, Refusal

if TYPE_CHECKING:
    from ledgerqa.corpus import Index
    from ledgerqa.records import Outcome

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Owed:Idris
2023-01-01 open Income:Cider
2023-01-01 open Expenses:Beer
2023-01-01 open Expenses:Van:Fuel
2023-01-01 open Expenses:Groceries

2023-02-01 * "Cask Corner" "stout"
  Expenses:Beer               22 GBP
  Assets:Bank
2024-02-01 * "Cask Corner" "porter"
  Expenses:Beer               31 GBP
  Assets:Bank
2024-03-01 * "Pumpy" "diesel"
  Expenses:Van:Fuel           60 GBP
  Assets:Bank
2024-04-01 * "Greens" "weekly shop"
  Expenses:Groceries          48 GBP
  Assets:Bank
2024-05-01 * "Apple Press Supplies" "bottles"
  Expenses:Groceries          15 GBP
  Assets:Bank
2024-06-01 * "fair" "cider sold"
  Assets:Bank                 90 GBP
  Income:Cider
2024-07-01 * "Idris" "half the shop"
  Assets:Owed:Idris           24 GBP
  Expenses:Groceries
"""


def _planned(question: str, index: Index) -> Outcome:
    return plan_question(question, [], TODAY, index)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("top two beer purchases ever - for the wall of fame", "top two beer purchases ever"),
        ("groceries in 2024, those are half party stuff for my cousin", "groceries in 2024"),
        ("cider money month by month in 2024 - are the presses paying", "cider money month by month in 2024"),
        ("what does Idris owe me, to the penny", "what does Idris owe me"),
        (
            "Wilhelmina says the crate is a disgrace. What did we spend on beer in 2024?",
            "What did we spend on beer in 2024?",
        ),
    ],
)
def test_what_is_only_said_along_is_left_off(said: str, meant: str, index: Index) -> None:
    outcome, wanted = _planned(said, index), _planned(meant, index)
    assert isinstance(outcome, Plan)
    assert isinstance(wanted, Plan)
    assert replace(outcome, reading=()) == replace(wanted, reading=())


def test_it_is_told_what_was_left_off(index: Index) -> None:
    outcome = _planned("top two beer purchases ever - for the wall of fame", index)
    assert isinstance(outcome, Plan)
    assert "taken for talk: “for the wall of fame”" in outcome.reading


@pytest.mark.parametrize(
    "question",
    [
        "what did we spend at Zandhoven",
        "what did we pay Quillfeather for the awning, the striped one",
        "beer in 2024, only what came from Zandhoven",
        "what did we spend on beer at Zandhoven in 2024",
    ],
)
def test_a_name_that_is_asked_for_is_missed(question: str, index: Index) -> None:
    outcome = _planned(question, index)
    assert isinstance(outcome, Refusal), outcome
