"""Kinds of question that newcomers ask, over a small invented ledger: what strays, one direction, places in an order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Refusal
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "NZD"
2023-01-01 open Assets:Bank:Everyday
2023-01-01 open Assets:Bank:Savings
2023-01-01 open Assets:Receivable:Invoices
2023-01-01 open Liabilities:CreditCard
2023-01-01 open Income:Salary
2023-01-01 open Income:Design
2023-01-01 open Expenses:Food:Groceries
2023-01-01 open Expenses:Food:Cafes
2023-01-01 open Expenses:Taxes:Income
2023-01-01 open Expenses:Power

2023-03-02 * "Tui Grocers" "weekly shop"
  Expenses:Food:Groceries  31.20 NZD
  Liabilities:CreditCard
2023-04-28 * "Fernleaf Ltd" "salary April"
  Assets:Bank:Everyday     2000 NZD
  Expenses:Taxes:Income     500 NZD
  Income:Salary           -2500 NZD
2023-05-01 * "to savings"
  Assets:Bank:Savings       300 NZD
  Assets:Bank:Everyday
2023-06-01 * "Inland Revenue" "tax refund 2022"
  Expenses:Taxes:Income     -80 NZD
  Assets:Bank:Everyday
2023-07-01 * "Kea Cafe" "logo" ^inv-17
  Assets:Receivable:Invoices  900 NZD
  Income:Design
2023-07-02 * "FERNGAS 0417 NAPIER" ""
  Expenses:Power             40 NZD
  Liabilities:CreditCard
2023-07-09 * "FERNGAS 0588 TAUPO" ""
  Expenses:Power             41 AUD
  Liabilities:CreditCard
2023-08-01 * "Kereru Power" "July"
  Expenses:Power             90 NZD
  Liabilities:CreditCard
"""

CARD = "sum Liabilities:CreditCard"
PLANS = [
    ("second biggest expense of 2023", "list expenses NZD + outgoing 2023 order -amount limit 1 skip 1"),
    ("the third most expensive purchase in 2023", "list expenses NZD + 2023 order -amount limit 1 skip 2"),
    ("power bill before last", "list Expenses:Power order -date limit 1 skip 1"),
    ("three bigest expenses of 2023", "list expenses NZD + outgoing 2023 order -amount limit 3"),
    ("any unusual spending in 2023?", "list expenses 2023 unusual"),
    ("groceries higher than usual at any time?", "list Expenses:Food:Groceries unusual"),
    ("was anything booked twice in march 2023", "list expenses 2023-03 twice"),
    ("duplicate payments in 2023?", "list expenses 2023 twice"),
    ("deposits into savings in 2023", "sum Assets:Bank:Savings + 2023"),
    ("savings withdrawals 2023", "sum Assets:Bank:Savings - 2023"),
    ("purchases on the credit card in 2023", f"{CARD} - 2023"),
    ("how much tax did i get back in 2023", "sum Expenses:Taxes - 2023"),
    ("what was i paid in 2023", "sum Income:Salary 2023"),
    ("deductions from my pay in 2023", "sum expenses with Income:Salary 2023 by account"),
    ("was inv-17 paid", "balance Assets:Receivable:Invoices ^inv-17"),
    ("which invoices are still open?", "balance Assets:Receivable:Invoices by link"),
    ("did everyday ever drop below 100?", "balance Assets:Bank:Everyday by day order amount limit 1"),
    ("when was the credit card at its highest", "balance Liabilities:CreditCard by day order -amount limit 1"),
    ("money in savings on 1 june 2023", "balance Assets:Bank:Savings 2023-06-01..2023-06-02"),
    ("per month, how much goes on power in 2023", "average Expenses:Power 2023 per month"),
    ("how much do we spend on power a month", "average Expenses:Power per month"),
    ("power over the years", "sum Expenses:Power by year order key key change"),
    ("ferngas: how many times and how much", "sum expenses <FERNGAS 0417 NAPIER><FERNGAS 0588 TAUPO>"),
    ("how much at ferngas station 0588", "sum expenses <FERNGAS 0588 TAUPO>"),
    ("spending in NZD against AUD in 2023", "sum expenses NZD AUD 2023"),
    ("which groceries went up in price", "recurring Expenses:Food:Groceries risen"),
    ("what has become more expensive?", "recurring expenses risen"),
    ("is there anything we could cut", "refuse"),
    (
        "what share of my income goes on groceries",
        "sum [groceries: Expenses:Food:Groceries] [income: income] key ratio",
    ),
    ("power as a percentage of my salary 2023", "sum 2023 [power: Expenses:Power] [salary: Income:Salary] key ratio"),
    ("savings rate 2023", "sum 2023 [saved: income expenses] [income: income] key ratio"),
    ("food and power in 2023 excluding anything in AUD", "sum Expenses:Food Expenses:Power NZD 2023"),
    ("average cafe bill in 2023... groceries i mean", "average Expenses:Food:Groceries 2023"),
    ("groceries, i mean the power, in 2023", "sum Expenses:Power 2023"),
    ("total cost of owning power in 2023", "sum Expenses:Power 2023"),
    ("what did i spend most on in 2023", "sum expenses 2023 by account order -amount limit 1"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_kind(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_an_unknown_word_beside_a_name_is_offered_without_it(index: Index) -> None:
    refused = plan_question("how much were the Zanzibar groceries?", [], TODAY, index)
    assert isinstance(refused, Refusal)
    assert refused.suggestions[0] == "how much were the groceries?"
