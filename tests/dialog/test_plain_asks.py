"""What people ask in passing of a flat with a dog: what is left, who sent money, what comes after the rent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
MONTHS = "".join(
    f"""
2024-{month:02}-01 * "Landlord" "rent"
  Expenses:Home:Rent     700 EUR
  Assets:Bank:Giro
2024-{month:02}-02 * "Filmflut" "films"
  Expenses:Fun:Films      13 EUR
  Assets:Bank:Giro
2024-{month:02}-05 * "Lender" "Mortgage payment"
  Expenses:Boathouse       30 EUR
  Liabilities:Lender:Boathouse-Mortgage 70 EUR
  Assets:Bank:Giro
2024-{month:02}-03 * "Lab" "pay"
  Assets:Bank:Giro      1900 EUR
  Income:Pay
"""
    for month in range(1, 13)
)
LEDGER = f"""
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank:Giro
2024-01-01 open Assets:Bank:Reserve
2024-01-01 open Income:Pay
2024-01-01 open Expenses:Home:Rent
2024-01-01 open Expenses:Fun:Films
2024-01-01 open Expenses:Dog:Food
2024-01-01 open Expenses:Eat:Groceries
2024-01-01 open Expenses:Eat:Coffee
2024-01-01 open Expenses:Mum
2024-01-01 open Assets:Garage
2024-01-01 open Assets:Depot:SHIP
2024-01-01 open Expenses:Garage:Power
2024-01-01 open Liabilities:Lender:Boathouse-Mortgage
2024-01-01 open Expenses:Boathouse
2024-01-01 open Expenses:Cycling
2024-01-01 open Expenses:Travel:Hotels
{MONTHS}
2024-03-01 * "Paws" "kibble"
  Expenses:Dog:Food       40 EUR
  Assets:Bank:Giro
2024-03-02 * "Shop" "weekly"
  Expenses:Eat:Groceries  80 EUR
  Assets:Bank:Giro
2024-03-03 * "Bar" "espresso"
  Expenses:Eat:Coffee      3 EUR
  Assets:Bank:Giro
2024-04-01 * "Mum" "for the roof"
  Expenses:Mum           100 EUR
  Assets:Bank:Giro
2024-04-02 * "Wheels" "old bicycle"
  Expenses:Cycling        60 EUR
  Assets:Bank:Giro
2024-05-02 * "Wheels" "saddle sent back"
  Expenses:Cycling       -15 EUR
  Assets:Bank:Giro
2024-07-01 * "Casa Mar" "two nights" #lisbon-2024
  Expenses:Travel:Hotels 180 EUR
  Assets:Bank:Giro
2024-07-02 * "Casa Mar" "breakfast" #lisbon-2024
  Expenses:Eat:Coffee     20 EUR
  Assets:Bank:Giro
2024-09-01 * "Hut" "a night" #alps-2024
  Expenses:Travel:Hotels 190 EUR
  Assets:Bank:Giro
2024-09-02 * "Hut" "soup" #alps-2024
  Expenses:Eat:Coffee      5 EUR
  Assets:Bank:Giro
2024-08-01 * "Depot" "buy"
  Assets:Depot:SHIP         4 SHIP {{10 EUR}}
  Assets:Bank:Giro
2024-08-09 * "Depot" "sell"
  Assets:Depot:SHIP        -1 SHIP {{10 EUR}}
  Assets:Bank:Giro
2024-08-10 * "Depot" "the garage"
  Assets:Garage           900 EUR
  Assets:Bank:Giro
2024-08-11 * "Grid" "garage light"
  Expenses:Garage:Power     8 EUR
  Assets:Bank:Giro
2024-06-01 * "put by"
  Assets:Bank:Reserve     50 EUR
  Assets:Bank:Giro
"""

PLANS = [
    ("how much money is left", "balance Assets:Bank"),
    ("how much do we have left?", "balance Assets:Bank"),
    ("how much money was left over in 2024", "net_income 2024"),
    ("how much did mum send me", "refuse"),
    ("how much did I receive from mum", "refuse"),
    ("how much did I send mum", "sum Expenses:Mum"),
    ("how much came from Wheels", "sum expenses <Wheels> -"),
    ("what did we pay for work", "refuse"),
    ("how much did we get for the bicycle", "sum Expenses:Cycling -"),
    ("food in 2024", "sum Expenses:Eat 2024"),
    ("dog food in 2024", "sum Expenses:Dog:Food 2024"),
    ("what do I spend most on after rent", "sum expenses -Expenses:Home:Rent by account order -amount limit 1"),
    ("which subscription is the most expensive", "recurring expenses -Expenses:Dog:Food -Expenses:Eat -Expenses:Garage:Power -Expenses:Home order -amount limit 1"),
    ("are we better off than a year ago", "net_worth [as of 2024-12-31:  ..2025-01-01] [as of 2023-12-31:  ..2024-01-01] at market"),
    ("dog food and pay in march", "sum Expenses:Dog:Food 2024-03"),
    ("which month was the worst", "net_income by month order amount limit 1"),
    ("our most expensive trip", "sum expenses #alps-2024 #lisbon-2024 by tag order -amount limit 1"),
    ("our 2 dearest trips", "sum expenses #alps-2024 #lisbon-2024 by tag order -amount limit 2"),
    ("cheapest holiday", "sum expenses #alps-2024 #lisbon-2024 by tag order amount limit 1"),
    ("what did our last trip cost", "sum expenses #alps-2024"),
    ("income vs spending 2024", "income_statement 2024"),
    ("income vs spending by quarter 2024", "sum 2024 [money in: income] [money out: expenses] by quarter order key key both ways"),
    ("what is the garage worth", "holdings Assets:Garage by account at market"),
    ("value of the cycling", "refuse"),
    ("what did I sell in 2024", "list assets SHIP - 2024 key lots"),
    ("how much is our mortgage payment", "list Assets:Bank:Giro - with Liabilities:Lender:Boathouse-Mortgage order -date limit 1"),
    ("total mortgage payments in 2024", "sum Assets:Bank:Giro - with Liabilities:Lender:Boathouse-Mortgage 2024"),
    ("when is the boathouse paid off", "refuse"),
    ("longest time without food", "list Expenses:Eat order date gap"),
    ("busiest month of 2024", "count 2024 by month order -amount limit 1"),
    ("quietest month", "count by month order amount limit 1"),
    ("who are our suppliers", "sum expenses by payee"),
    ("list our customers", "sum income by payee"),
    ("how much is in the holiday account", "clarify: Assets:Bank:Giro, Assets:Bank:Reserve, Assets:Garage"),
    ("how much is in the reserve account", "balance Assets:Bank:Reserve"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_asked_in_passing(index: Index, question: str, plan: str) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("before", "question", "plan"),
    [
        (
            "rent by month in 2024",
            "which was the worst month",
            "sum Expenses:Home:Rent 2024 by month order -amount limit 1",
        )
    ],
)
def test_asked_next(index: Index, before: str, question: str, plan: str) -> None:
    assert digest(plan_question(question, [before], TODAY, index)) == plan
