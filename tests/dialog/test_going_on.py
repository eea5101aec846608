"""Follow-ups of people who talk on: the time before, out of that, the same two years, what a debt was for; refunds."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan

from . import asking
from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"

2022-01-01 open Assets:Bank
2022-01-01 open Assets:Owed:Priya
2022-01-01 open Assets:Owed:Bram
2022-01-01 open Liabilities:Payable:Moss
2022-01-01 open Income:Plate:Easter
2022-01-01 open Income:Plate:Christmas
2022-01-01 open Income:Rent
2022-01-01 open Expenses:Teeth
2022-01-01 open Expenses:Tools
2022-01-01 open Expenses:Power
2022-01-01 open Expenses:CarLoanInterest

2022-05-02 * "Dr. Molar" "check-up"
  Expenses:Teeth              60 EUR
  Assets:Bank
2023-03-01 * "Dr. Molar" "filling"
  Expenses:Teeth              90 EUR
  Assets:Bank
2023-04-09 * "Easter dues"
  Assets:Bank                300 EUR
  Income:Plate:Easter
2023-06-07 * "Noodle Bar" "dinner, she owes half"
  Assets:Owed:Priya           31 EUR
  Assets:Bank
2023-06-20 * "Hotel" "two nights"
  Assets:Owed:Priya          188 EUR
  Assets:Bank
2023-07-01 * "Priya" "her half of the hotel"
  Assets:Bank                188 EUR
  Assets:Owed:Priya
2023-08-01 * "Stove Man" "boiler, Bram's half"
  Assets:Owed:Bram           500 EUR
  Assets:Bank
2023-09-01 * "Ferry" "tickets for Bram"
  Assets:Owed:Bram            80 EUR
  Assets:Bank
2023-12-25 * "Christmas masses"
  Assets:Bank                700 EUR
  Income:Plate:Christmas
2024-02-02 * "Dr. Molar" "crown"
  Expenses:Teeth             400 EUR
  Assets:Bank
2024-03-31 * "Easter dues"
  Assets:Bank                280 EUR
  Income:Plate:Easter
2024-05-01 * "Tool Barn" "welder"
  Expenses:Tools             900 EUR
  Assets:Bank
2024-05-09 * "Tool Barn" "welder returned"
  Assets:Bank                900 EUR
  Expenses:Tools
2024-05-20 * "Tool Barn" "welder, 120 V"
  Expenses:Tools             800 EUR
  Assets:Bank
2024-06-03 ! "Choirlines" "psalm books, or hymnals"
  Expenses:Tools              64 EUR
  Assets:Bank
2024-06-04 * "Voltline" "AUTOPAY 1"
  Expenses:Power              70 EUR
  Assets:Bank
2024-07-04 * "Voltline" "AUTOPAY 2"
  Expenses:Power              80 EUR
  Assets:Bank
2024-08-04 * "Voltline" "settlement"
  Assets:Bank                 25 EUR
  Expenses:Power
2024-09-01 * "Moss" "rent"
  Assets:Bank                500 EUR
  Income:Rent
2024-10-01 * "Moss" "laid out for paint"
  Expenses:Tools              30 EUR
  Liabilities:Payable:Moss
2024-10-05 * "Lender" "interest"
  Expenses:CarLoanInterest     9 EUR
  Assets:Bank
2024-10-10 note Income:Rent "October rent waived because of the damp"
2024-10-11 note Expenses:Tools "the welder must not go near the shed"
2024-12-25 * "Christmas masses"
  Assets:Bank                750 EUR
  Income:Plate:Christmas
"""

asked = partial(asking.asked, today=TODAY)


def told(index: Index, question: str, *history: str) -> str:
    return digest(plan_question(question, history, TODAY, index))


DENTIST = "When did I last go to the dentist?"
TEETH = "list Expenses:Teeth order -date limit 1"


@pytest.mark.parametrize(
    ("history", "question", "plan"),
    [
        ((DENTIST,), "And the time before?", f"{TEETH} skip 1"),
        ((DENTIST,), "and before that?", f"{TEETH} skip 1"),
        ((DENTIST,), "what was the previous one?", f"{TEETH} skip 1"),
        ((DENTIST, "and the time before?"), "and before that?", f"{TEETH} skip 2"),
        ((DENTIST, "and the time before?"), "how much was that?", f"{TEETH} skip 1"),
        ((DENTIST,), "what did it cost?", TEETH),
        ((DENTIST, "and the time before?"), "and for tools?", "list Expenses:Tools order -date limit 1"),
        (
            ("when did I first go to the dentist?",),
            "and the next one?",
            "list Expenses:Teeth order date limit 1 skip 1",
        ),
        (("biggest expense of 2024",), "and the next biggest?", "list expenses + 2024 order -amount limit 1 skip 1"),
        (("how much did I spend on teeth in 2024",), "and the year before?", "sum Expenses:Teeth 2023"),
    ],
)
def test_the_one_beyond(index: Index, history: tuple[str, ...], question: str, plan: str) -> None:
    assert told(index, question, *history) == plan


BOTH_YEARS = "sum Expenses:Tools 2023-01-01..2025-01-01 by year"


@pytest.mark.parametrize(
    ("history", "question", "plan"),
    [
        ("teeth in 2023 and 2024", "and the tools in the same two years?", BOTH_YEARS),
        ("teeth in 2023 and 2024", "and tools in both years?", BOTH_YEARS),
        ("teeth in 2023 and 2024", "what did the rent bring in, in those two years?", "rent"),
        ("how much went on teeth in 2024", "ok now tools", "sum Expenses:Tools 2024"),
        ("how much went on teeth in 2024", "right, now tools and power", "sum Expenses:Tools Expenses:Power 2024"),
        (
            "what did tools cost in 2024",
            "out of that, how much went to Choirlines",
            "sum Expenses:Tools <Choirlines> 2024",
        ),
        ("How much does Bram owe us?", "And how much of that is still the boiler?", "boiler"),
        ("How much does Bram owe us?", "and how much of this is the boiler?", "boiler"),
    ],
)
def test_leaning_on_what_was_said(index: Index, history: str, question: str, plan: str) -> None:
    meant = {
        "rent": "sum Income:Rent 2023-01-01..2025-01-01 by year",
        "boiler": "balance Assets:Owed:Bram <boiler, Bram's half> by account",
    }
    assert told(index, question, history) == meant.get(plan, plan)


def test_a_name_that_is_heard_is_no_day(index: Index) -> None:
    """The article before it is no part of the name that a model hears."""
    model = Scripted(spans={"Easter dues": "NAME"})
    plan, _ = asked(index, "and the Easter dues in the same year?", model, "rent in 2023")
    assert plan.period.label == "in 2023"


@pytest.mark.parametrize(
    ("history", "question", "days"),
    [
        ((), "what does Priya owe me for?", ["2023-06-07"]),
        ((), "why does Priya owe me money?", ["2023-06-07"]),
        (("who owes me money?",), "What was Priya's for again?", ["2023-06-07"]),
        (("how much does Priya owe me?",), "and what's that for?", ["2023-06-07"]),
        (("how much does Bram owe me?",), "and what was that for again?", ["2023-08-01", "2023-09-01"]),
    ],
)
def test_what_a_debt_is_for(index: Index, history: tuple[str, ...], question: str, days: list[str]) -> None:
    """Neither the hotel nor the money for it, which came back to the cent."""
    _, found = asked(index, question, None, *history)
    assert [str(row[0]) for row in found.table.rows] == days


@pytest.mark.parametrize("question", ["and was anything else bought there?", "what else did they get from us in 2024?"])
def test_anything_else(index: Index, question: str) -> None:
    history = "how much did power cost us at Voltline in 2024?"
    assert told(index, question, history) == "list expenses <Voltline> -Expenses:Power 2024"


@pytest.mark.parametrize("question", ["One month is missing. Did I write down why?", "have I put down the reason?"])
def test_why_it_was_noted(index: Index, question: str) -> None:
    plan = plan_question(question, ("what rent did I get in 2024?",), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.filters.accounts) == (Measure.NOTES, ("Income:Rent",))


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("list the refunds and credits booked against our expenses in 2024", "list expenses - 2024"),
        ("which refunds and credits did we get in 2024?", "list expenses - 2024"),
        ("list the supplier refunds we received in 2024", "list expenses - 2024"),
        ("list everything on tools incl returns", "list Expenses:Tools"),
        ("list all tools entries, refunds included", "list Expenses:Tools"),
        ("list the refunds on tools", "list Expenses:Tools -"),
        ("I think Tool Barn once gave us the money back. How much was it?", "sum expenses <Tool Barn> -"),
        ("the highest takings ever from rent, and when", "list Income:Rent - order -amount limit 1"),
        ("3 biggest power bills ever", "list Expenses:Power + order -amount limit 3"),
        ("list all entries on tools without refunds", "list Expenses:Tools +"),
    ],
)
def test_refunds_and_bills(index: Index, question: str, plan: str) -> None:
    assert told(index, question) == plan


@pytest.mark.parametrize(
    "question",
    [
        "Which purchases have I got money back for, returns and compensation and so on? All years.",
        "which purchases were refunded?",
        "which things were returned in 2024?",
    ],
)
def test_what_came_back(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [str(row[0]) for row in found.table.rows] == ["2024-05-09", "2024-08-04"]


@pytest.mark.parametrize(
    "question",
    [
        "are there any entries Moss left marked as uncertain?",
        "which entries did Moss leave marked uncertain?",
        "which entries are still uncertain?",
    ],
)
def test_doubtful_whoever_says_so(index: Index, question: str) -> None:
    _, found = asked(index, question, Scripted(talk=["as uncertain"]))
    assert [str(row[0]) for row in found.table.rows] == ["2024-06-03"]
