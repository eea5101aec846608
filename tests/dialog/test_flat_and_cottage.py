"""Words that say where something was, or what it was like, over the books of somebody who left a flat for a cottage."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 12, 31)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Deposit:Flat
2023-01-01 open Assets:Property:Cottage
2023-01-01 open Assets:Receivable:Joop
2023-01-01 open Liabilities:Card
2023-01-01 open Expenses:Housing:Rent
2023-01-01 open Expenses:Housing:Repairs
2023-01-01 open Expenses:Power
2023-01-01 open Expenses:Food:Restaurants
2023-01-01 open Expenses:Ada:Fees
2023-01-01 open Equity:Start

2023-01-01 * "Landlord" "deposit"
  Assets:Deposit:Flat  900 EUR
  Assets:Bank
2023-02-01 * "Landlord" "rent"
  Expenses:Housing:Rent  600 EUR
  Assets:Receivable:Joop  600 EUR
  Assets:Bank
2023-02-20 * "Joop" "his half" #flat
  Assets:Bank  570 EUR
  Assets:Receivable:Joop
2023-03-01 * "Volt" "power"
  Expenses:Power  60 EUR
  Assets:Bank
2024-01-01 * "Notary" "deed of Dyke Cottage"
  Assets:Property:Cottage  200000 EUR
  Equity:Start
2024-02-01 * "Mason" "wall" #renovation
  Expenses:Housing:Repairs  980 EUR
  Assets:Bank
2024-03-01 * "Osteria" "dinner"
  Expenses:Food:Restaurants  40 EUR
  Liabilities:Card
2024-03-02 * "Wok" "takeaway"
  Expenses:Food:Restaurants  18 EUR
  Liabilities:Card
2024-03-03 * "KIOSK SPOOR 7" "crisps"
  Expenses:Food:Restaurants  3 EUR
  Liabilities:Card
2024-04-01 * "Elm College" "term"
  Expenses:Ada:Fees  800 EUR
  Assets:Bank
"""
QUESTIONS = [
    ("how much rent did I pay in the flat in 2023", "sum Expenses:Housing:Rent 2023"),
    ("the rent of the flat in 2023", "sum Expenses:Housing:Rent 2023"),
    ("power in the flat in 2023", "sum Expenses:Power 2023"),
    ("how much did the whole cottage renovation cost me", "sum expenses #renovation"),
    ("does Joop still owe me anything from the flat?", "balance Assets:Receivable:Joop"),
    ("eating out in 2024 without the takeaways", "sum Expenses:Food:Restaurants -<takeaway> 2024"),
    ("how much takeaway did I get in 2024", "sum expenses <takeaway> 2024"),
    ("restaurants on the card in 2024", "sum Expenses:Food:Restaurants with Liabilities:Card 2024"),
    ("Ada's school fees in 2024", "sum Expenses:Ada:Fees 2024"),
    ("how much went at the station kiosk", "sum expenses <KIOSK SPOOR 7>"),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_where_and_what_it_was_like(index: Index, question: str, expected: str) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert digest(plan) == expected
