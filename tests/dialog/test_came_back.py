"""What came back and what of a whole went where: claims an insurer paid, goods sent back, a share in percent."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Income:Salary:Weft
2023-01-01 open Income:Salary:Loom
2023-01-01 open Expenses:Horse:Insurance
2023-01-01 open Expenses:Horse:Vet
2023-01-01 open Expenses:Horse:Hay
2023-01-01 open Expenses:Roof:Insurance
2023-01-01 open Expenses:Clothing
2023-01-01 open Expenses:Lodging
2023-01-01 open Expenses:Taxes
2023-01-01 open Expenses:Interest
2023-01-01 open Liabilities:VanLoan

2023-02-01 * "Lender" "van loan, instalment"
  Liabilities:VanLoan         90 EUR
  Expenses:Interest           10 EUR
  Assets:Bank

2024-01-05 * "Hoof Mutual" "cover for Bramble"
  Expenses:Horse:Insurance    40 EUR
  Assets:Bank
2025-01-05 * "Hoof Mutual" "cover for Bramble"
  Expenses:Horse:Insurance    45 EUR
  Assets:Bank
2024-02-05 * "Slate & Beam" "buildings cover"
  Expenses:Roof:Insurance     90 EUR
  Assets:Bank
2024-03-02 * "Vera Vet" "colic surgery"
  Expenses:Horse:Vet         700 EUR
  Assets:Bank
2024-04-09 * "Hoof Mutual" "claim settled, colic surgery"
  Expenses:Horse:Vet        -500 EUR
  Assets:Bank
2024-05-01 * "Haybarn" "bales" #hoof
  Expenses:Horse:Hay         200 EUR
  Assets:Bank
2024-05-03 * "Twill" "coat"
  Expenses:Clothing          100 EUR
  Assets:Bank
2024-05-20 * "Twill" "coat, returned, too small"
  Expenses:Clothing         -100 EUR
  Assets:Bank
2024-05-21 * "Coach Lines" "day return" #hoof
  Expenses:Lodging             9 EUR
  Assets:Bank
2024-06-03 * "Cordwain" "boots"
  Expenses:Clothing           80 EUR
  Assets:Bank
2025-02-03 * "Cordwain" "boots sent back"
  Expenses:Clothing          -80 EUR
  Assets:Bank
2024-07-01 * "Inn" "room"
  Expenses:Lodging           120 EUR
  Assets:Bank
2024-07-05 * "Ida" "her half of the room"
  Expenses:Lodging           -60 EUR
  Assets:Bank
2024-08-01 * "Revenue" "tax"
  Expenses:Taxes             300 EUR
  Assets:Bank
2024-09-01 * "Revenue" "tax, refund"
  Expenses:Taxes             -50 EUR
  Assets:Bank
""" + "".join(
    f"""
2024-{month:02}-25 * "{payer}" "salary"
  Assets:Bank               {1000 + 10 * month} EUR
  Expenses:Taxes                0 EUR
  Income:Salary:{payer}
"""
    for month, payer in enumerate(["Weft"] * 5 + ["Loom"] * 5, 1)
)

asked = partial(asking.asked, today=TODAY)


def _numbers(question: str, index: Index) -> list[str]:
    """What the postings found come to, one by one or together."""
    _, found = asked(index, question)
    at = next(place for place, column in enumerate(found.table.columns) if column.type == "number")
    return [f"{row[at]}" for row in found.table.rows]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("did the horse insurance ever pay out, and how much", ["-500"]),
        ("did the insurance pay for the surgery", ["-500"]),
        ("did the horse insurer cough up", ["-500"]),
        ("how much did we get back from the horse insurance", ["-500"]),
        ("how much did Hoof Mutual pay out in 2024", ["-500"]),
        ("how much did the insurance reimburse us for the vet", ["-500"]),
        ("did the roof insurance ever pay out", []),
        ("did the horse insurance pay for hay", []),
        ("how much did we pay the horse insurance", ["85"]),
        ("how much did the horse insurance cost", ["85"]),
        ("what did the surgery cost after the insurance paid", ["200"]),
    ],
)
def test_what_an_insurance_paid_out(question: str, numbers: list[str], index: Index) -> None:
    assert _numbers(question, index) == numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("what did i get back from returning stuff, ever", ["-180"]),
        ("how much did we get for sending things back in 2024", ["-100"]),
        ("how much money came back for what I bought and returned goods", ["-180"]),
        ("which purchases did I return", ["-100", "-80"]),
        ("what did I get back from returning stuff to Cordwain", ["-80"]),
        ("what did i get back from returning the coat", ["-100"]),
    ],
)
def test_what_was_sent_back(question: str, numbers: list[str], index: Index) -> None:
    assert _numbers(question, index) == numbers


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("how much of what i spent in 2024 went on the horse, as a percentage", ["440 horse", "929 all spending"]),
        ("what share of what we spent in 2024 was on tagged hoof", ["209 #hoof", "929 all spending"]),
        ("how much of our 2024 spending was clothing in percent", ["80 clothing", "929 all spending"]),
        ("how much of what I spent on the horse in 2024 went on hay, as a percentage", ["200 hay", "440 horse"]),
        ("what percentage of our horse spending in 2024 went on hay", ["200 hay", "440 horse"]),
        ("how much of what I earned in 2024 went on the horse, as a percentage", ["440 horse", "10550 income"]),
        ("how much of what i spent in 2024 went on the horse", ["440"]),
        ("how much did we spend on the horse in 2024", ["440"]),
    ],
)
def test_a_share_of_a_whole(question: str, sides: list[str], index: Index) -> None:
    plan, found = asked(index, question)
    told = [f"{row[1]} {row[0]}".lstrip("-") if plan.compare else f"{row[0]}" for row in found.table.rows]
    assert told == sides


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "how much more do i take home now at loom per month than in my last months at weft",
            ["1090 loom", "1040 weft"],
        ),
        ("do I bring home more at loom now than in my last two months at weft", ["1090 loom", "1045 weft"]),
        ("how much more do we take home a month at loom than at weft", ["1080 loom", "1030 weft"]),
        ("how much more did we take home at loom than at weft in 2024", ["5400 loom", "5150 weft"]),
    ],
)
def test_take_home_pay_of_two_employers(question: str, sides: list[str], index: Index) -> None:
    _, found = asked(index, question)
    assert [f"{row[1]} {row[0]}" for row in found.table.rows] == sides


def test_pay_over_more_than_two_spans_is_not_compared(index: Index) -> None:
    question = "did I take home more in March 2024, May 2024 and June 2024 at weft than at loom"
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What percentage of my 2024 salary came from Loom?", ["5400 loom", "10550 salary"]),
        ("In percent, how much of my salary in 2024 did Loom bring in?", ["5400 loom", "10550 salary"]),
        ("Loom as a percentage of my 2024 income", ["5400 loom", "10550 all income"]),
        ("What % of my 2024 salary is Loom? I have one customer. Count what I earned.", ["5400 loom", "10550 salary"]),
        ("Of the horse spending in 2024, what share was hay?", ["200 hay", "440 horse"]),
        ("How big a part of the 2024 lodging was Coach Lines, would you say?", ["9 coach lines", "69 lodging"]),
        (
            "Ida says we rarely go to Coach Lines. What % of the 2024 lodging went to them?",
            ["9 coach lines", "69 lodging"],
        ),
        ("Of the van loan instalments in 2023, what percent went in interest?", ["10 interest", "100 van loan"]),
    ],
)
def test_a_share_of_what_is_named(question: str, sides: list[str], index: Index) -> None:
    plan, found = asked(index, question)
    told = [f"{row[1]} {row[0]}".lower().lstrip("-") for row in found.table.rows]
    assert told == sides
    assert plan.key == RATIO


@pytest.mark.parametrize(
    "question",
    [
        "How much of my salary in 2024 came from Loom?",
        "what was my share of the hay in 2024",
        "hay and Loom in percent",
    ],
)
def test_no_share_is_asked_for(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert not isinstance(plan, Plan) or plan.key != RATIO
