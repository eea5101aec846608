"""Two names beside each other that no word joins: accounts of unlike roots are not added up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Refusal

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Boat
2023-01-01 open Assets:PettyCash
2023-01-01 open Liabilities:BoatFinance
2023-01-01 open Liabilities:Card
2023-01-01 open Liabilities:OwedTo:Ingrid
2023-01-01 open Equity:Start
2023-01-01 open Income:Moorings:North
2023-01-01 open Income:Classes
2023-01-01 open Expenses:Yard:Rent
2023-01-01 open Expenses:Fees
2023-01-01 open Expenses:Internet
2023-01-01 open Expenses:Cabin
2023-01-01 open Expenses:Shed
2023-01-01 open Expenses:Food:Meals
2023-01-01 open Expenses:Food:Canteen

2023-01-02 * "start"
  Assets:Bank               9000 GBP
  Assets:Boat               7000 GBP
  Assets:PettyCash           200 GBP
  Liabilities:BoatFinance  -4000 GBP
  Liabilities:OwedTo:Ingrid  -60 GBP
  Liabilities:Card           -80 GBP
  Equity:Start
2023-02-01 * "Sten" "north berth"
  Assets:Bank                150 GBP
  Income:Moorings:North
2023-02-10 * "evening class"
  Assets:Bank                 90 GBP
  Income:Classes
2023-03-01 * "Hallam" "yard"
  Expenses:Yard:Rent         300 GBP
  Assets:Bank
2023-03-10 * "Coxon" "bank fee"
  Expenses:Fees                5 GBP
  Assets:Bank
2023-04-01 * "Wavelink" "internet"
  Expenses:Internet           30 GBP
  Assets:Bank
2023-04-02 * "Skynode" "dish" #shed
  Expenses:Internet           45 GBP
  Assets:Bank
2023-05-01 * "Timber Co" "bunk"
  Expenses:Cabin             240 GBP
  Assets:Bank
2023-05-02 * "Timber Co" "roof"
  Expenses:Shed              410 GBP
  Assets:Bank
2023-06-01 * "Mess" "lunch"
  Expenses:Food:Canteen        9 GBP
  Assets:Bank
2023-06-02 * "Larder" "dinner"
  Expenses:Food:Meals         12 GBP
  Assets:Bank
"""


@pytest.mark.parametrize(
    ("question", "planned"),
    [
        ("what is left on the finance for the boat", "balance Liabilities:BoatFinance"),
        (
            "how much do we owe Ingrid for what she bought out of her own petty cash",
            "balance Liabilities:OwedTo:Ingrid",
        ),
        ("boat and boat finance: balances", "balance Assets:Boat Liabilities:BoatFinance"),
        ("how much is on the card and in petty cash", "balance Liabilities:Card Assets:PettyCash"),
        ("how much moorings rent did we get in 2023", "sum Income:Moorings 2023"),
        ("number of classes we took fees for", "count Income:Classes"),
        ("how much did we spend on fees for classes", "sum Expenses:Fees"),
        ("how much did we spend on internet in the cabin", "sum Expenses:Internet"),
        ("how much did we spend on internet in the shed", "sum Expenses:Internet #shed"),
        ("how much did we spend on internet and the cabin", "sum Expenses:Internet Expenses:Cabin"),
        ("how much did we spend on internet, cabin and shed", "sum Expenses:Internet Expenses:Cabin Expenses:Shed"),
        ("moorings less yard rent in 2023", "net_income Income:Moorings Expenses:Yard:Rent 2023"),
    ],
)
def test_what_no_word_joins_is_not_added_up(question: str, planned: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert not isinstance(plan, Refusal)
    assert digest(plan) == planned
