"""What stands in notes and events beside the entries, and what stands nowhere, in the books of a smallholding."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan, Refusal

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank:Giro
2023-01-01 open Assets:Bank:Savings
2023-01-01 open Assets:Moorbank:Day
2023-01-01 open Assets:Moorbank:Night
2023-01-01 open Assets:Tractor
2023-01-01 open Assets:Owed:Hedda
2023-01-01 open Liabilities:Loan:Tractor
2023-01-01 open Income:Eggs
2023-01-01 open Income:Share:Hedda
2023-01-01 open Expenses:Tractor:Diesel
2023-01-01 open Expenses:Tractor:Insurance
2023-01-01 open Expenses:House:Rent
2023-01-01 open Expenses:House:Insurance
2023-01-01 open Expenses:Barn:Rent
2023-01-01 open Expenses:Feed
2023-01-01 open Liabilities:Card:Plume
2023-01-01 open Liabilities:Card:Visby
2023-01-01 open Expenses:Fun:Holiday
2023-01-01 open Expenses:Mystery
2023-01-01 open Equity:Start
2023-01-01 event "address" "3 Mill Row"
2023-09-01 event "address" "12 Juniper Lane"
2023-05-01 event "weight-bess" "21 kg"
2024-05-01 event "weight-bess" "24 kg"
2023-06-25 event "members" "14"
2023-04-02 note Liabilities:Loan:Tractor "Asked for a payment holiday, April and May"
2023-08-30 note Assets:Tractor "Advisories: rear tyre, lamp. Ask for a quote before winter"
2024-02-11 note Expenses:Barn:Rent "Rang Mrs Thorne about the barn roof, promises repairs by June"
2023-03-01 * "Brandl Leasing" "tractor loan"
  Liabilities:Loan:Tractor    120 EUR
  Assets:Bank:Giro
2023-04-01 * "Agri Check" "tractor check, passed with advisories"
  Expenses:Tractor:Diesel      40 EUR
  Assets:Bank:Giro
2023-05-01 * "Sunny Tours" "holiday"
  Expenses:Fun:Holiday        300 EUR
  Assets:Bank:Giro
2024-05-01 * "Thorne" "barn"
  Expenses:Barn:Rent           80 EUR
  Assets:Bank:Giro
2024-05-01 * "Mill Estates" "house"
  Expenses:House:Rent         500 EUR
  Assets:Bank:Giro
2024-05-20 ! "SQ 99" "who knows"
  Expenses:Mystery             17 EUR
  Assets:Bank:Giro
2024-05-21 * "Hedda" "her share of the feed"
  Assets:Bank:Giro             30 EUR
  Income:Share:Hedda
2024-05-22 * "Hedda" "lent"
  Assets:Owed:Hedda            10 EUR
  Assets:Bank:Giro
2024-05-23 * "Feed & Co" "hay"
  Expenses:Feed                60 EUR
  Assets:Bank:Giro
2024-03-10 * "Oakapple Cover" "tractor, a year"
  Expenses:Tractor:Insurance   90 EUR
  Liabilities:Card:Plume
2024-05-10 * "Oakapple Cover" "house, a year"
  Expenses:House:Insurance    130 EUR
  Liabilities:Card:Visby
2024-05-11 * "Moorbank" "moved"
  Assets:Moorbank:Day           5 EUR
  Assets:Moorbank:Night         6 EUR
  Assets:Bank:Giro
2024-05-24 * "Stall" "eggs"
  Assets:Bank:Giro             20 EUR
  Income:Eggs
"""
HOLIDAY = "notes <Asked for a payment holiday, April and May>"
THORNE = "notes <Rang Mrs Thorne about the barn roof, promises repairs by June>"
ADVISORIES = "notes Assets:Tractor Expenses:Tractor Liabilities:Loan:Tractor <Advisories: rear tyre, lamp. Ask for a quote before winter>"
PLANS = [
    ("when did I ask Brandl for a payment holiday", HOLIDAY),
    ("what did Mrs Thorne promise when we rang about the roof", THORNE),
    ("I rang Mrs Thorne about the barn roof and wrote down what she told me. By when does she want to repair it?", THORNE),
    ("what were the advisories we wrote down about the tractor check", ADVISORIES),
    ("when did I last pay for a holiday", "list Expenses:Fun:Holiday order -date limit 1"),
    ("what day did we move to juniper lane", r"events /12\ Juniper\ Lane/"),
    ("at the last weighing that I wrote down, how much did Bess weigh?", "events order -date limit 1 key weight-bess"),
    ("list the membership figures that were recorded", "events key members"),
    ("list all transactions flagged as doubtful or unresolved", "list ! entries"),
    ("is there anything I have entered but not yet ticked off as settled?", "list ! entries"),
    ("anything I've booked but am still unsure about?", "list ! entries"),
    ("there's one payment in May I couldn't explain, how much was it", "sum Expenses:Mystery 2024-05"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_is_noted(question: str, plan: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan), outcome
    assert digest(outcome) == plan


@pytest.mark.parametrize(
    "question",
    [
        "what could we sell the tractor for if we advertised it this month?",
        "any idea how much we could get for the tractor?",
        "what day does the holiday start?",
        "how many yards of hay did we buy last month?",
        "what does Hedda earn?",
        "did I ever pay a company called Pemberton Coaches for the holiday?",
    ],
)
def test_what_stands_nowhere(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("what was the rent last month", "Expenses:Barn:Rent, Expenses:House:Rent"),
        ("what's the card balance?", "Liabilities:Card:Plume, Liabilities:Card:Visby"),
        ("what's the insurance premium now?", "Expenses:House:Insurance, Expenses:Tractor:Insurance"),
        ("how much is there in the Moorbank account right now?", "Assets:Moorbank:Day, Assets:Moorbank:Night"),
        (
            "how much was the Oakapple renewal in 2024",
            "2024-03-10: Oakapple Cover, tractor, a year, 2024-05-10: Oakapple Cover, house, a year",
        ),
    ],
)
def test_which_is_meant(question: str, choices: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == f"clarify: {choices}"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much rent did we pay last month", "sum Expenses:Barn:Rent Expenses:House:Rent 2024-05"),
        ("what did we pay Oakapple in 2024", "sum expenses <Oakapple Cover> 2024"),
        ("what do we owe on our cards", "balance Liabilities:Card"),
        ("what was the balance of the account on 1 June?", "balance Assets:Bank:Giro 2024-06-01..2024-06-02"),
    ],
)
def test_all_are_meant(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan
