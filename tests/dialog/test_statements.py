"""Sentences that only state something before another asks, over the small ledger of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.suppositions import put_plainly
from ledgerqa.dialog.understanding.statements import without_remarks
from ledgerqa.records import Plan

from .digests import digest
from .ledgers import HOUSEHOLD, TODAY

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

LEDGER = HOUSEHOLD
COFFEE = "How much went on coffee in 2022?"
STATED = [
    (f"My sister was here in May 2021. {COFFEE}", "sum Expenses:Food:Coffee 2022"),
    (f"We moved to the coast in June 2021 and the zeppelin broke. {COFFEE}", "sum Expenses:Food:Coffee 2022"),
    (f"I paid Dr. Zorbo 40 dollars once. He was late. {COFFEE}", "sum Expenses:Food:Coffee 2022"),
    ("My mother says we spend too much. How much went on coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("My sister Zorba earns more than me. What did I earn in 2022?", "sum income 2022"),
    ("Maja keeps the tickets. What does she still owe me?", "balance Assets:Receivable:Maja by account"),
    ("Lisbon is near, and Maja swore to pay. What does she still owe me?", "balance Assets:Receivable:Maja by account"),
    ("I changed jobs in March 2021. What did coffee cost that year?", "sum Expenses:Food:Coffee 2021"),
    ("We had guests in March 2022. What did we spend on coffee until then?", "sum Expenses:Food:Coffee ..2022-04-01"),
]
WITHIN = [
    ("Maja has a new job since January, but what does she still owe me?", "balance Assets:Receivable:Maja by account"),
    ("My mother swears it was the weather, so how much went on coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("My mother says it was the dog. How much went on coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("Coffee went mad after March 2021, what did we spend on it in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("I looked this morning and the coffee was dear. What did we pay in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("Coffee, which gets dearer every year by the way, how much was it in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("We have coffee every day, sadly. What did it come to in 2022?", "sum Expenses:Food:Coffee 2022"),
]
PLAIN = [
    ("What did I pay for coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("What did we pay for in March 2022?", "list expenses 2022-03"),
    ("What were the coffee fees in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("Lisa was here on Sunday, which was lovely. How much went on coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
]
STAYING = [
    ("The coffee I drank in March 2022, what did it cost?", "sum Expenses:Food:Coffee 2022-03"),
    (
        "We got coffee in March 2022. What did it cost compared to April 2022?",
        "sum Expenses:Food:Coffee"
        + "".join(
            f" [{month} 2022: Expenses:Food:Coffee 2022-{at}]" for month, at in (("March", "03"), ("April", "04"))
        ),
    ),
    ("Coffee is dear to us. What did we spend in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("We had guests in March 2022. How much went on coffee?", "sum Expenses:Food:Coffee 2022-03"),
    ("We were in Lisbon in March 2022. How much went on coffee?", "sum Expenses:Food:Coffee 2022-03"),
    ("I only care about 2022. What did coffee cost?", "sum Expenses:Food:Coffee 2022"),
    ("Restaurants do not matter. What did food cost in 2022?", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
    ("My question is about 2022. What did coffee cost?", "sum Expenses:Food:Coffee 2022"),
    ("Coffee in 2022. How much was it?", "sum Expenses:Food:Coffee 2022"),
    ("We drank coffee in 2022. How much was it?", "sum Expenses:Food:Coffee 2022"),
    ("I think coffee was charged twice in 2022. Show me.", "list Expenses:Food:Coffee 2022 twice"),
]


@pytest.mark.parametrize(("question", "expected"), [*STATED, *WITHIN, *PLAIN, *STAYING])
def test_what_is_stated_first(index: Index, question: str, expected: str) -> None:
    plan = plan_question(question, [], TODAY["household"], index)
    assert isinstance(plan, Plan), plan
    assert digest(plan) == expected


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did coffee cost? My brother turned fifty on 2 August.", "What did coffee cost?"),
        ("What did coffee cost? It was in March.", "What did coffee cost? It was in March."),
        ("When did rent go up? I have a feeling it was in May but Maja says no.", "When did rent go up?"),
        ("What did coffee cost? I reckon it was over 500 at least.", "What did coffee cost?"),
        ("What did coffee cost? I think it was in March.", "What did coffee cost? I think it was in March."),
        (
            "What did coffee cost? The ones in Porto do not count.",
            "What did coffee cost? The ones in Porto do not count.",
        ),
        ("Coffee is dear. My brother turned fifty.", "Coffee is dear. My brother turned fifty."),
    ],
)
def test_remarks_go_unless_they_may_shape_the_answer(question: str, asked: str) -> None:
    assert without_remarks(question)[0] == asked


def test_what_is_left_off_is_told_where_it_could_have_been_meant(index: Index) -> None:
    plan = plan_question(f"Restaurants were shut in 2021. {COFFEE}", [], TODAY["household"], index)
    assert isinstance(plan, Plan)
    assert "taken for talk: “Restaurants were shut in 2021.”" in plan.reading


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("If I sold everything I have and paid off what I owe, how much would be left?", "what is my net worth?"),
        (
            "Suppose we add up all we own at today's prices and subtract the debts, how many euros does that make?",
            "what is my net worth at today's prices in euros?",
        ),
        (
            "if I share out what I spent in 2022 over the days of that year, how much is it for one day?",
            "how much on average per day was what I spent in 2022?",
        ),
        ("what did we pay if we add the two up?", "what did we pay if we add the two up?"),
        (
            "if we sold all the ACME at the latest price on file what would it fetch?",
            "what is my ACME worth at the latest price?",
        ),
        ("what would my ACME bring in if i sold the lot today?", "what is my ACME worth at the latest price?"),
        ("how much would we get if we cashed in our ACME?", "what is my ACME worth at the latest price?"),
        ("what would the flat fetch if we sold it?", "what would the flat fetch if we sold it?"),
        ("what did we get when we sold the ACME?", "what did we get when we sold the ACME?"),
    ],
)
def test_what_is_to_be_worked_out_is_called_by_its_name(question: str, plain: str) -> None:
    assert put_plainly(question, lambda words: words == "ACME") == plain
