"""One thing is asked for and several are there: a question back with them as choices; never where a sum is meant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 10, 1)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Ulmen:Giro
2023-01-01 open Assets:Ulmen:Reserve
2023-01-01 open Assets:Owed:Ruth
2023-01-01 open Assets:Owed:Milan
2023-01-01 open Income:Salary
2023-01-01 open Expenses:Travel
2023-01-01 open Expenses:Electronics
2023-01-01 open Expenses:House:Insurance
2023-01-01 open Expenses:Boat:Insurance
2023-01-01 open Expenses:Rent
2023-02-01 * "Silberbach" "pay"
  Assets:Ulmen:Giro       2000 EUR
  Income:Salary
2023-02-02 * "put aside"
  Assets:Ulmen:Reserve     500 EUR
  Assets:Ulmen:Giro
2023-02-03 * "put aside"
  Assets:Ulmen:Reserve     200 EUR
  Assets:Ulmen:Giro
2023-02-04 * "put aside"
  Assets:Ulmen:Reserve     100 EUR
  Assets:Ulmen:Giro
2023-05-01 * "Nordwind" "flight, Oslo and back" #oslo
  Expenses:Travel          210 EUR
  Assets:Ulmen:Reserve
2024-06-01 * "Nordwind" "flight to Porto" #porto
  Expenses:Travel          140 EUR
  Assets:Ulmen:Reserve
2023-06-01 * "Kernobst" "laptop"
  Expenses:Electronics     900 EUR
  Assets:Ulmen:Reserve
2024-02-01 * "Kernobst" "laptop refund"
  Expenses:Electronics     -90 EUR
  Assets:Ulmen:Reserve
2024-07-01 * "Nordwind" "refund of a late fee"
  Expenses:Travel          -20 EUR
  Assets:Ulmen:Reserve
2024-03-01 * "Haftwell" "house"
  Expenses:House:Insurance  80 EUR
  Assets:Ulmen:Reserve
2024-04-01 * "Haftwell" "boat"
  Expenses:Boat:Insurance   60 EUR
  Assets:Ulmen:Reserve
2024-08-01 * "dinner for both"
  Assets:Owed:Ruth          12 EUR
  Assets:Owed:Milan         14 EUR
  Assets:Ulmen:Reserve
2024-09-01 * "Hausverwaltung" "rent"
  Expenses:Rent            700 EUR
  Assets:Ulmen:Reserve
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("which")
    (folder / "main.beancount").write_text(LEDGER, encoding="utf-8")
    build(folder / "main.beancount", folder / "data")
    with open_index(folder / "main.beancount", folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("how much was the flight", ("2023-05-01: Nordwind, flight, Oslo and back", "2024-06-01: Nordwind, flight to Porto")),
        ("what did the trip cost?", ("#oslo", "#porto")),
        ("what was the refund?", ("2024-02-01: Kernobst, laptop refund", "2024-07-01: Nordwind, refund of a late fee")),
        ("how much does he still owe us", ("Milan", "Ruth")),
        ("how much was the insurance last time?", ("Expenses:Boat:Insurance", "Expenses:House:Insurance")),
        ("how much was the insurance", ("Expenses:Boat:Insurance", "Expenses:House:Insurance")),
        ("whats the balance?", ("Assets:Ulmen:Reserve", "Assets:Ulmen:Giro")),
        ("what's in the account", ("Assets:Ulmen:Reserve", "Assets:Ulmen:Giro")),
        ("what is the balance of the Ulmen account", ("Assets:Ulmen:Giro", "Assets:Ulmen:Reserve")),
    ],
)  # fmt: skip
def test_one_of_several_is_asked_back(question: str, labels: tuple[str, ...], index: Index) -> None:
    asked = plan_question(question, [], TODAY, index)
    assert isinstance(asked, Clarify)
    assert tuple(choice.label for choice in asked.choices) == labels


@pytest.mark.parametrize(
    "question",
    [
        "how much were the flights",
        "what did the flight to Porto cost?",
        "how much was the flight in 2023",
        "flights in total",
        "how much did I spend on insurance",
        "how much was the boat insurance",
        "how much was the insurance in 2024",
        "what did the laptop cost",
        "what was the refund from Kernobst?",
        "how much does Ruth still owe us",
        "how much do they owe us",
        "what is the balance of the reserve account",
        "what's the rent",
        "how much did I spend on travel",
    ],
)
def test_what_is_clear_or_meant_as_a_sum_is_answered(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Plan)


def test_each_choice_is_a_question_that_has_an_answer(index: Index) -> None:
    for question in (
        "how much was the flight",
        "what did the trip cost?",
        "how much does he still owe us",
        "how much was the insurance",
        "what's the balance",
    ):
        asked = plan_question(question, [], TODAY, index)
        assert isinstance(asked, Clarify)
        for choice in asked.choices:
            assert isinstance(plan_question(choice.question, [], TODAY, index), Plan), choice.question


def test_whom_a_pronoun_means_is_known_after_a_name(index: Index) -> None:
    plan = plan_question("and how much does she owe us?", ["what did Ruth pay?"], TODAY, index)
    assert not isinstance(plan, Clarify)
