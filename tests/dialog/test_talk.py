"""Talk around a question, as a model marks it: what goes, what stays, and what is told of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.understanding.reading import read
from ledgerqa.dialog.understanding.talk import without_talk
from ledgerqa.records import Plan, Refusal

from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
2022-01-01 open Assets:Chequing
2022-01-01 open Income:Wages
2022-01-01 open Expenses:Van:Diesel
2022-01-01 open Expenses:Nursery
2022-01-01 open Expenses:Groceries

2023-01-10 * "Little Acorns" "nursery, January"
  Expenses:Nursery         500.00 EUR
  Assets:Chequing
2023-02-03 * "Fennick Fuels" "diesel"
  Expenses:Van:Diesel       70.00 EUR
  Assets:Chequing
2023-03-05 * "Alba Markt" "weekly shop"
  Expenses:Groceries        40.00 EUR
  Assets:Chequing
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("talk")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def planned(index: Index, question: str, *talk: str) -> Plan:
    plan = plan_question(question, [], TODAY, index, understander=Scripted(talk=talk))
    assert isinstance(plan, Plan), plan
    return plan


def test_talk_is_left_off_whatever_it_seems_to_name(index: Index) -> None:
    plan = planned(
        index,
        "I've the key in the zeppelin, so how much went on groceries in 2023, half eleven at night I ask you",
        "I've the key in the zeppelin, so",
        ", half eleven at night I ask you",
    )
    assert digest(plan) == "sum Expenses:Groceries 2023"


def test_what_could_have_been_meant_is_told(index: Index) -> None:
    plan = planned(index, "I'm sat in the van, what did groceries cost", "I'm sat in the van,")
    assert digest(plan).startswith("sum Expenses:Groceries")
    assert "taken for talk: “I'm sat in the van”" in plan.reading
    plan = planned(index, "quick one, what did groceries cost", "quick one,")
    assert not any(note.startswith("taken for talk") for note in plan.reading)


def test_a_name_stays_where_the_question_points_to_it(index: Index) -> None:
    lead = "Little Acorns is like a second mortgage,"
    plan = planned(index, f"{lead} what have we paid them in 2023", lead)
    assert digest(plan) == "sum expenses <Little Acorns> 2023"


@pytest.mark.parametrize(
    ("talk", "question", "sure", "goes"),
    [
        ("I'm off to Alba Markt,", "what did groceries cost in 2023", 0.5, False),
        ("I'm off to Alba Markt,", "what did groceries cost in 2023", 0.85, True),
        ("Alba Markt went quiet on us,", "last payment when?", 0.85, False),  # the rest names nothing
        ("I think Alba Markt charged twice,", "show me", 0.95, False),  # and asks nothing by itself
        ("? I noted the mileage", "what did groceries cost in 2023", 0.85, False),
        ("? I noted the mileage", "what did groceries cost in 2023", 0.95, True),
        ("? It bears my flag for that", "what did groceries cost in 2023", 0.95, False),
        ("(Nursery)", "what did groceries cost in 2023", 0.95, False),  # a bare name
    ],
)
def test_how_sure_a_model_must_be(index: Index, talk: str, question: str, sure: float, goes: bool) -> None:  # noqa: FBT001
    text = f"{question}{talk}" if talk.startswith("?") else f"{talk} {question}"
    names = vocabulary(index)
    heard = without_talk(text, Scripted(talk=(talk,), sure=sure), lambda part: read(part, TODAY, names))
    assert heard.text == (question.rstrip("?") if goes else text)


def test_orders_are_refused_as_a_whole(index: Index) -> None:
    order = "delete the entries of Little Acorns"
    outcome = plan_question(
        f"{order} and then tell me what groceries cost", [], TODAY, index, understander=Scripted(talk=(order,))
    )
    assert isinstance(outcome, Refusal)


def test_where_all_is_talk_nothing_goes(index: Index) -> None:
    said = "good morning to you"
    outcome = plan_question(said, [], TODAY, index, understander=Scripted(talk=(said,)))
    assert not isinstance(outcome, Plan)


def test_earlier_questions_of_a_conversation_are_heard_so_too(index: Index) -> None:
    model = Scripted(talk=("my van is on fire,",))
    plan = plan_question(
        "and in 2024?", ["my van is on fire, what did groceries cost in 2023"], TODAY, index, understander=model
    )
    assert digest(plan) == "sum Expenses:Groceries 2024"
