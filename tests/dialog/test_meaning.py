"""Words that stand nowhere in the ledger: taken for what stands clear, offered where nothing does, and said so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.linking.candidates import Candidate, Near
from ledgerqa.records import Clarify, Plan, Refusal
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 7, 1)

LEDGER = """
    2023-01-01 open Assets:Cash
    2023-01-01 open Expenses:Health:Practitioners
    2023-01-01 open Expenses:Rent
    2023-02-03 * "Praxis Ulmenhof" "upper right, at the back"
      Expenses:Health:Practitioners   80.00 EUR
      Assets:Cash
    2023-04-05 * "Praxis Ulmenhof" "check-up"
      Expenses:Health:Practitioners   40.00 EUR
      Assets:Cash
    2023-04-06 * "Haus am Ring" "April"
      Expenses:Rent                  700.00 EUR
      Assets:Cash
"""

FILLING = Near("narration", "upper right, at the back", 0.55)
CLEAR = Candidate("Expenses:Health:Practitioners", 0.5, 0.2, (FILLING,), 0.45, ("Praxis Ulmenhof",))
UNCLEAR = Candidate("Expenses:Health:Practitioners", 0.4, 0.01, (FILLING,), 0.4, ("Praxis Ulmenhof",))
OTHER = Candidate("Expenses:Rent", 0.39, -0.01, (Near("account", "Expenses:Rent", 0.4),), 0.38, ("Haus am Ring",))


@pytest.fixture
def index(make_ledger: Any, data_dir: Path) -> Iterator[Index]:
    main = make_ledger(LEDGER)
    build(main, data_dir)
    with open_index(main, data_dir) as opened:
        yield opened


def test_what_stands_clear_is_taken_and_said(index: Index) -> None:
    asked: list[str] = []

    def meaning(words: str) -> tuple[Candidate, ...]:
        asked.append(words)
        return (CLEAR, OTHER)

    plan = plan_question("how much did the dentist cost in 2023?", [], TODAY, index, meaning=meaning)
    assert isinstance(plan, Plan)
    assert asked == ["dentist"]
    assert plan.meaning == "dentist"
    assert [mention.payees for mention in plan.filters.mentions] == [("Praxis Ulmenhof",)]
    assert any("matched by meaning to Praxis Ulmenhof (0.50)" in note for note in plan.reading)


def test_where_nothing_stands_clear_the_nearest_are_offered(index: Index) -> None:
    refused = plan_question("how much did the dentist cost?", [], TODAY, index, meaning=lambda _: (UNCLEAR, OTHER))
    assert isinstance(refused, Refusal)
    assert "dentist" in refused.sentence
    assert [
        name for name in ("Praxis Ulmenhof", "Expenses:Rent") if any(name in each for each in refused.suggestions)
    ] == [
        "Praxis Ulmenhof",
        "Expenses:Rent",
    ]


ROUVEN = Near("payee", "Klempnerei Rouven", 0.52)
HEINE = Near("payee", "Sanitär Heine", 0.50)
TWO = Candidate("Expenses:Rent", 0.48, 0.2, (ROUVEN, HEINE), 0.45, ("Klempnerei Rouven", "Sanitär Heine"))


@pytest.mark.parametrize("candidates", [(TWO,), (CLEAR, TWO), (UNCLEAR, TWO)])
def test_which_of_several_tradesmen_is_asked_back(candidates: tuple[Candidate, ...], index: Index) -> None:
    asked = plan_question("what did the plumber cost in 2023?", [], TODAY, index, meaning=lambda _: candidates)
    assert isinstance(asked, Clarify)
    names = [choice.label for choice in asked.choices]
    assert {"Klempnerei Rouven", "Sanitär Heine"} <= set(names)
    assert asked.choices[names.index("Sanitär Heine")].question == 'what did "Sanitär Heine" cost in 2023?'


def test_things_and_faint_likenesses_are_no_choice(index: Index) -> None:
    faint = Candidate("Expenses:Rent", 0.36, 0.01, (ROUVEN, HEINE), 0.3, ())
    for question, found in (
        ("what did the piping cost?", (TWO, OTHER)),
        ("what did the plumber cost?", (faint, OTHER)),
    ):
        outcome = plan_question(question, [], TODAY, index, meaning=lambda _, found=found: found)
        assert not isinstance(outcome, Clarify)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did we pay Zorbo Roofing for the porch?", Refusal),  # whom nothing was paid, and no rent
        ("What did we pay for the Porch?", Plan),
        ("What did we pay the landlord in 2023?", Plan),
    ],
)
def test_somebody_by_name_is_no_kind_of_spending(question: str, kind: type, index: Index) -> None:
    near = Candidate("Expenses:Rent", 0.5, 0.2, (Near("account", "Expenses:Rent", 0.55),), 0.45, ())
    assert isinstance(plan_question(question, [], TODAY, index, meaning=lambda _: (near,)), kind)


def test_a_name_that_the_ledger_bears_is_not_looked_for_by_meaning(index: Index) -> None:
    def meaning(words: str) -> tuple[Candidate, ...]:
        raise AssertionError(words)

    plan = plan_question("rent in 2023", [], TODAY, index, meaning=meaning)
    assert isinstance(plan, Plan)
    assert plan.meaning == ""


def test_without_meaning_a_lost_word_is_refused(index: Index) -> None:
    assert isinstance(plan_question("how much did the helicopter cost?", [], TODAY, index), Refusal)


class Reader(Scripted):
    """A model that knows the words of the language."""

    def knows(self, word: str) -> bool:
        return word not in {"screwfix", "marek", "orvax", "ulmen"}


@pytest.mark.parametrize(("shop", "found"), [("at screwfix", False), ("at funfairs", True), ("on the funfair", True)])
def test_a_shop_that_the_ledger_lacks_is_not_looked_for_by_meaning(shop: str, index: Index, *, found: bool) -> None:
    heard = {"screwfix": "NAME", "funfairs": "NAME", "funfair": "NAME"}
    model = Reader({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, heard)
    outcome = plan_question(f"what did I spend {shop}", [], TODAY, index, None, lambda _: (CLEAR,), model)
    assert isinstance(outcome, Plan) is found, outcome


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how much have I paid Marek", False),
        ("how much have I paid marek", False),  # no word, and near to no word
        ("how much have I paid at the Marina", True),
        ("how much have I paid for swimming", True),
        ("HOW MUCH HAVE I PAID FOR SWIMMING", True),
    ],
)
def test_what_is_somebodys_name_is_near_to_nobody_elses(question: str, index: Index, *, found: bool) -> None:
    payee = Candidate(CLEAR.account, 0.5, 0.2, (Near("payee", "Orvax Ulmen", 0.5),), 0.4, ("Orvax Ulmen",))
    model = Reader({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"marek": "NAME", "Marek": "NAME"})
    outcome = plan_question(question, [], TODAY, index, None, lambda _: (payee,), model)
    assert isinstance(outcome, Plan) is found, outcome
