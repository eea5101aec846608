"""Questions of a family about its everyday money: both ends of what was paid, how often, and what brackets spell out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 5, 31)
LEDGER = """
option "operating_currency" "EUR"

2024-01-01 open Assets:Bank
2024-01-01 open Liabilities:Heron-Card
2024-01-01 open Liabilities:Loan
2024-01-01 open Income:Orla:Wages
2024-01-01 open Expenses:Groceries
2024-01-01 open Expenses:Takeaway
2024-01-01 open Expenses:Eating-Out
2024-01-01 open Expenses:Pets:Food
2024-01-01 open Expenses:Pets:Vet
2024-01-01 open Expenses:Car:Fuel
2024-01-01 open Expenses:Car:Tolls
2024-01-01 open Expenses:Clothes
2024-01-01 open Expenses:Broadband
2024-01-01 open Expenses:Fees
2024-01-01 open Expenses:Gifts
2024-01-01 open Expenses:Car:Insurance
2024-01-01 open Expenses:House:Insurance
2024-01-01 open Expenses:Interest

2024-01-05 * "Pawprint" "rabbit food"
  Expenses:Pets:Food       20 EUR
  Assets:Bank
2024-01-10 * "Fibrewire" "internet"
  Expenses:Broadband       40 EUR
  Assets:Bank
2024-01-12 * "Marsh Market" "weekly shop"
  Expenses:Groceries       90 EUR
  Liabilities:Heron-Card
2024-02-02 * "Pump & Go" "fill up"
  Expenses:Car:Fuel        60 EUR
  Liabilities:Heron-Card
2024-03-02 * "Hillside Vets" "jab"
  Expenses:Pets:Vet        55 EUR
  Assets:Bank
2024-03-20 * "Lotus Garden" "Friday treat"
  Expenses:Takeaway        28 EUR
  Assets:Bank
2024-04-02 * "Next" "school coat"
  Expenses:Clothes         45 EUR
  Assets:Bank
2024-06-02 * "Marsh Market" "bits"
  Expenses:Groceries       30 EUR
  Liabilities:Heron-Card
2024-07-02 * "Trattoria Uno" "birthday"
  Expenses:Eating-Out      80 EUR
  Liabilities:Heron-Card
2024-08-02 * "Heron Card" "late fee"
  Expenses:Fees            12 EUR
  Liabilities:Heron-Card
2024-09-02 * "Pump & Go" "diesel"
  Expenses:Car:Fuel        70 EUR
  Liabilities:Heron-Card
2024-10-02 * "Quarry Bridge" "toll"
  Expenses:Car:Tolls        3 EUR
  Assets:Bank
2024-11-05 * "Harrier Cover" "car policy"
  Expenses:Car:Insurance    410 EUR
  Assets:Bank
2024-11-06 * "Harrier Cover" "house policy"
  Expenses:House:Insurance  230 EUR
  Assets:Bank
2024-12-07 * "Toy Loft" "train set" #xmas
  Expenses:Gifts           60 EUR
  Assets:Bank
2025-01-10 * "Fibrewire" "internet"
  Expenses:Broadband       46 EUR
  Assets:Bank
2025-02-02 * "Hillside Vets" "teeth"
  Expenses:Pets:Vet       190 EUR
  Assets:Bank
2025-03-02 * "Hill Corner Shop" "milk"
  Expenses:Groceries        4 EUR
  Assets:Bank
2025-03-03 * "Parish Credit Union" "loan"
  Liabilities:Loan        100 EUR
  Expenses:Interest         9 EUR
  Assets:Bank
2025-04-30 * "Harbour School" "pay"
  Assets:Bank            2100 EUR
  Income:Orla:Wages
"""
PLANS = [
    ("cheapest and dearest fuel bill", "list Expenses:Car:Fuel + order -amount limit 1 ends"),
    ("when did we first and last see the vet", "list Expenses:Pets:Vet order date limit 1 ends"),
    ("how much was broadband at the start and how much is it now", "list Expenses:Broadband order date limit 1 ends"),
    ("what does broadband cost now compared with when we started", "list Expenses:Broadband order date limit 1 ends"),
    ("when did we last see the vet", "list Expenses:Pets:Vet order -date limit 1"),
    ("the 2 biggest fuel bills", "list Expenses:Car:Fuel + order -amount limit 2"),
    ("groceries under 50 in 2024, how many and total", "sum Expenses:Groceries <50 2024"),
    ("how many fuel bills in 2024 and what's the total", "sum Expenses:Car:Fuel 2024"),
    ("how many different shops did we buy groceries in, and how much", "count Expenses:Groceries of payees"),
    ("how many fuel bills in 2024", "count Expenses:Car:Fuel 2024"),
    ("vet visits, what for and how much each", "list Expenses:Pets:Vet"),
    ("vet bills: when and how much each", "list Expenses:Pets:Vet"),
    ("where did we go most for groceries", "count Expenses:Groceries by payee order -amount limit 1"),
    ("which month did we go to the vet most", "count Expenses:Pets:Vet by month order -amount limit 1"),
    ("where did most of the grocery money go", "sum Expenses:Groceries by payee order -amount limit 1"),
    ("food (groceries, takeaway and eating out) in 2024",
     "sum Expenses:Groceries Expenses:Takeaway Expenses:Eating-Out 2024"),
    ("all spending except food (groceries and takeaway) in 2024",
     "sum expenses -Expenses:Groceries -Expenses:Takeaway 2024"),
    ("going out (eating out + takeaway) in 2024", "sum Expenses:Eating-Out Expenses:Takeaway 2024"),
    ("the car (fuel and tolls) in 2024", "sum Expenses:Car:Fuel Expenses:Car:Tolls 2024"),
    ("how much did we spend at Next", "sum expenses <Next>"),
    ("spent at next in 2024", "sum expenses <Next> 2024"),
    ("how much dearer was Marsh Market than Hill Corner Shop",
     "sum expenses [Marsh Market: expenses <Marsh Market>] [Hill Corner Shop: expenses <Hill Corner Shop>]"),
    ("how many weeks since the last vet visit", "list Expenses:Pets:Vet order -date limit 1"),
    ("when did we last fill up the car", "list Expenses:Car:Fuel order -date limit 1"),
    ("what is our monthly loan repayment", "list Assets:Bank - with Liabilities:Loan order -date limit 1"),
    ("how much is left on the loan", "balance Liabilities:Loan"),
    ("which takeaway place do we order from the most", "count Expenses:Takeaway by payee order -amount limit 1"),
    ("how many fuel bills in 2024 and what did they add up to", "sum Expenses:Car:Fuel 2024"),
    ("every spend of 50 or more on the Heron card", "list Liabilities:Heron-Card >=50 -"),
    ("gifts for christmas 24", "sum Expenses:Gifts #xmas 2024"),
    ("presents for xmas 2024", "sum Expenses:Gifts #xmas 2024"),
    ("what did we spend at christmas 2024", "sum expenses 2024-12-24..2024-12-27"),
    ("fuel, insurance and tolls for the car in 2024",
     "sum Expenses:Car:Fuel Expenses:Car:Insurance Expenses:Car:Tolls 2024"),
    ("fuel, insurance and groceries in 2024",
     "sum Expenses:Car:Fuel Expenses:Car:Insurance Expenses:House:Insurance Expenses:Groceries 2024"),
    ("how much did we spend on the Heron card in 2024", "sum expenses with Liabilities:Heron-Card 2024"),
    ("what did Heron Card charge us in fees", "sum Expenses:Fees <Heron Card>"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_everyday_money(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize("question", ["how many fills was that", "so how many visits were those?"])
def test_counting_what_was_spoken_of(question: str, index: Index) -> None:
    """ "Fill up" stands in an entry, and is no other name."""
    outcome = plan_question(question, ["what did we spend on car fuel in 2024"], TODAY, index)
    assert digest(outcome) == "count Expenses:Car:Fuel 2024"
