"""Slips of the hand: small words are put right, names are found, and words of the language are left alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.function_words import put_right
from ledgerqa.dialog.language.spelling import is_slip
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.records import Plan, Refusal
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "CHF"
2023-01-01 open Assets:Bank
2023-01-01 open Expenses:Food:Cheese
2023-01-01 open Expenses:Food:Bread
2023-01-01 open Expenses:House:Water
2023-01-01 open Expenses:House:Heating
2023-01-01 open Expenses:Candles

2023-02-01 * "Nadine Moser" "adn test kit"
  Expenses:Candles        40 CHF
  Assets:Bank
2023-03-01 * "Gemeindewerke" "water"
  Expenses:House:Water    70 CHF
  Assets:Bank
2023-03-02 * "Bergsennerei Chas" "raclette"
  Expenses:Food:Cheese    22 CHF
  Assets:Bank
"""

PLANS = [
    ("how much did we spend on teh cheese in march 2023", "sum Expenses:Food:Cheese 2023-03"),
    ("hwo muhc was hte heating in 2023", "sum Expenses:House:Heating 2023"),
    ("waht did the candles cost form january to march 2023", "sum Expenses:Candles 2023-01-01..2023-04-01"),
    ("total fo bread nad cheese in 2023", "sum Expenses:Food:Bread Expenses:Food:Cheese 2023"),
    ("cheese lsat yaer", "sum Expenses:Food:Cheese 2023"),
    ("bread wihtout cheese per mnth in 2023", "sum Expenses:Food:Bread -Expenses:Food:Cheese 2023 by month order key"),
    ("how much for heeting in 2023", "sum Expenses:House:Heating 2023"),
    ("hw mcuh did we spnd on cheese in the sumer of 2023", "sum Expenses:Food:Cheese 2023-06-01..2023-09-01"),
    ("hwo mcuh wnt on cheese lst yaer", "sum Expenses:Food:Cheese 2023"),
    ("lst all cheese in march 2023", "list Expenses:Food:Cheese 2023-03"),
    ("whats the most we evr paid for cheese", "sum Expenses:Food:Cheese order -amount limit 1"),
    ("how oftn did we buy bread in 2023", "count Expenses:Food:Bread 2023"),
    ("wich shop did we vist most offten in 2023", "count expenses 2023 by payee order -amount limit 1"),
    ("candels in 2023", "sum Expenses:Candles 2023"),
    ("bergsenerei", "sum expenses <Bergsennerei Chas>"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_was_meant_is_read(question: str, plan: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert digest(outcome) == plan
    assert isinstance(outcome, Plan)
    assert not any(note.startswith("not read") for note in outcome.reading)


@pytest.mark.parametrize("question", ["how much did the waiter cost", "how much on wheat", "spent on chess"])
def test_a_word_of_its_own_is_no_misspelt_name(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize(
    "text",
    ["Adn test kit in 2023", "what did Nad cost", 'how much at "teh corner"', "cost of a form", "simmer pots", "gear"],
)
def test_names_quotations_and_other_words_stay_as_they_are(text: str, index: Index) -> None:
    assert put_right(text, vocabulary(index)) == text


def test_a_word_that_the_ledger_bears_is_a_name(index: Index) -> None:
    assert put_right("price of the adn kit", vocabulary(index)) == "price of the adn kit"


@dataclass
class Dictionary:
    """A model that knows some words and says nothing of questions."""

    words: frozenset[str]
    name: str = "dictionary"
    sha256: str = "0"

    def knows(self, word: str) -> bool:
        return word in self.words

    def understand(self, text: str) -> Understanding:
        from tests.dialog.asking import understanding

        return understanding(text, {"measure": ("sum", 0.9), "flow": ("spend", 0.9)}, {})


def test_what_a_model_knows_as_a_word_is_not_respelt(index: Index) -> None:
    """A "heater" is one slip away from heating's stem, and a "beard" is one from bread: but both are words."""
    asked = "how much was beard in 2023"
    assert isinstance(plan_question(asked, [], TODAY, index), Plan)
    known = Dictionary(frozenset({"beard"}))
    refused = plan_question(asked, [], TODAY, index, understander=known)
    assert not isinstance(refused, Plan) or refused.filters.accounts == ()


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        ("electricty", "electricity", True),
        ("grocreies", "groceries", True),
        ("restuarant", "restaurant", True),
        ("bakkery", "bakery", True),
        ("insurence", "insurance", True),
        ("vetrinary", "veterinary", True),
        ("waiter", "water", False),
        ("plaster", "plumber", False),
        ("trainer", "train", False),
    ],
)
def test_what_hands_and_ears_mistake(written: str, meant: str, slip: bool) -> None:  # noqa: FBT001
    assert is_slip(written, meant) is slip


def test_words_of_asking_are_put_right_with_another_vowel(index: Index) -> None:
    names = vocabulary(index)
    assert put_right("cheese per month on avarage, montly", names) == "cheese per month on average, monthly"
    assert put_right("which bill has an overage", names) == "which bill has an overage"
    assert put_right("the balence of the Avarage fund", names) == "the balance of the Avarage fund"
