"""Kinds of wording that people use, over a small invented ledger: spellings of a payee, look-ups, keys, net sums."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "title" "Two in a boathouse"
option "operating_currency" "CAD"

2022-01-01 open Assets:Chequing
2022-01-01 open Liabilities:Maplecard
2022-01-01 open Income:Commissions
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:Food:Market
2022-01-01 open Expenses:Parrot:Food
2022-01-01 open Expenses:Parrot:Vet
2022-01-01 open Expenses:Boat:Upkeep
2022-01-01 open Expenses:Electronics
2022-01-01 open Expenses:Power
2022-01-01 open Expenses:Papers

2023-01-04 * "Harrow Grocer" "greens"
  Expenses:Food:Market   40.00 CAD
  Liabilities:Maplecard
2023-01-09 * "HARROW GROCER #2214 KINGSTON" ""
  Expenses:Food:Market   22.00 CAD
  Liabilities:Maplecard
2023-02-02 * "Quill & Feather" "seed"
  Expenses:Parrot:Food   15.00 CAD
  Assets:Chequing
2023-02-07 ! "Dr. Plume" "check of the wing" ^visit-88
  Expenses:Parrot:Vet    95.00 CAD
  Assets:Chequing
2023-03-03 * "Tarsands Plumbing" "bilge pump swapped" ^visit-88
  invoice: "TP-23-019"
  warranty-until: "2027-03-03"
  Expenses:Boat:Upkeep  480.00 CAD
  Assets:Chequing
2023-04-10 * "Volt Cellar" "tablet, 11 inch"
  Expenses:Electronics  610.00 CAD
  Liabilities:Maplecard
2023-05-01 * "Lakeshore Power" "April"
  kwh: 310
  Expenses:Power         61.00 CAD
  Assets:Chequing
2023-06-01 * "Daily Heron" "paper"
  Expenses:Papers         9.00 CAD
  Liabilities:Maplecard
2023-07-01 * "Daily Heron" "paper"
  Expenses:Papers         9.00 CAD
  Liabilities:Maplecard
2023-08-01 * "Daily Heron" "paper"
  Expenses:Papers        11.00 CAD
  Liabilities:Maplecard
2023-09-09 * "Volt Cellar" "refund, cable"
  Expenses:Electronics  -12.00 CAD
  Liabilities:Maplecard
2023-10-10 * "Ferry Books" "cover drawing" #covers
  Assets:Chequing       900.00 CAD
  Income:Commissions
2024-09-01 * "Harrow Grocer" "booked ahead"
  Expenses:Food:Market    5.00 CAD
  Liabilities:Maplecard
"""

PLANS = [
    ("what did we hand to Harrow Grocer in 2023", "sum expenses <Harrow Grocer><HARROW GROCER #2214 KINGSTON> 2023"),
    ("how often were we at harrow grocer in 2023?", "count <Harrow Grocer><HARROW GROCER #2214 KINGSTON> 2023"),
    (
        "market without Harrow Grocer, 2023",
        "sum Expenses:Food:Market -<Harrow Grocer><HARROW GROCER #2214 KINGSTON> 2023",
    ),
    ("food in 2023", "sum Expenses:Food 2023"),
    ("parrot food in 2023", "sum Expenses:Parrot:Food 2023"),
    ("costs by category 2023", "sum expenses 2023 by account depth 2"),
    ("two heaviest expense accounts of 2023", "sum expenses 2023 by account order -amount limit 2"),
    ("find the bilge pump", "list expenses <bilge pump swapped>"),
    ("when was the bilge pump swapped and who came", "list expenses <bilge pump swapped>"),
    ("when did we get the tablet and how much was it", "list expenses <tablet, 11 inch>"),
    ("what did the plumber charge altogether", "sum expenses <Tarsands Plumbing>"),
    ("electronics in 2023, net of the refund", "sum Expenses:Electronics 2023"),
    ("which entries hang together as visit-88?", "list ^visit-88 entries"),
    ("what is still marked with a !", "list ! entries"),
    ("which tags do we have?", "count by tag"),
    ("who did we pay 480 dollars?", "list expenses >=480 <=480"),
    ("how many kwh in may 2023", "metadata 2023-05 key kwh"),
    ("bilge pump warranty until when", "metadata <bilge pump swapped> key warranty-until"),
    ("who sent TP-23-019?", "list invoice=TP-23-019 entries key invoice"),
    ("when did Daily Heron raise its price", "list expenses <Daily Heron> 2023-07-01..2023-08-02 order date"),
    ("how many transactions are in here in total", "count"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_wording(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_the_newest_entry_is_no_later_than_today(index: Index) -> None:
    plan = digest(plan_question("most recent purchase at Harrow Grocer", [], TODAY, index))
    assert "2024-07-01" in plan
    assert plan.endswith("order -date limit 1")
