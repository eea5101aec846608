"""Names that another tells closer, visits that are no trips, and evenings that are told before the question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Giro
2024-01-01 open Assets:Tin
2024-01-01 open Assets:Pots:Roof
2024-01-01 open Assets:Francs
2024-01-01 open Liabilities:Mortgage
2024-01-01 open Income:Salary
2024-01-01 open Expenses:Canteen
2024-01-01 open Expenses:Boat
2024-01-01 open Expenses:Boat:Interest
2024-01-01 open Expenses:House:MortgageInterest
2024-01-01 open Expenses:Tools

2024-01-31 * "Firma" "pay"
  Assets:Giro           2000 EUR
  Income:Salary
2024-02-02 * "Canteen Kath" "soup"
  Expenses:Canteen         6 EUR
  Assets:Giro
2024-02-03 * "Canteen Kath" "stew"
  Expenses:Canteen         7 EUR
  Assets:Giro
2024-02-04 * "Top-up of the tin"
  Assets:Tin              50 EUR
  Assets:Giro
2024-02-05 * "Laid by"
  Assets:Pots:Roof       300 EUR
  Assets:Giro
2024-03-01 * "Bank" "mortgage"
  Liabilities:Mortgage   400 EUR
  Expenses:House:MortgageInterest  90 EUR
  Assets:Giro
2024-03-02 * "Bank" "boat loan"
  Expenses:Boat:Interest  12 EUR
  Assets:Giro
2024-03-03 * "Exchange"
  Assets:Francs          100 CHF @ 1.05 EUR
  Assets:Giro
2024-03-04 * "Werft" "mooring"
  Expenses:Boat           20 CHF
  Assets:Francs
2024-04-01 * "Holzwurm" "saw"
  Expenses:Tools          31 EUR
  Assets:Giro
2024-05-01 * "Seehotel" #trip-lake
  Expenses:Boat           80 EUR
  Assets:Giro
2024-06-01 * "Berghof" #trip-alps
  Expenses:Boat           70 EUR
  Assets:Giro
2024-07-01 * "Dachdecker" "slates after the storm"
  Expenses:Tools         120 EUR
  Assets:Pots:Roof
"""

PLANS = [
    ("How many times did I use the staff canteen in 2024?", "count Expenses:Canteen 2024"),
    ("how much is in the kitty for the roof", "balance Assets:Pots:Roof"),
    ("what did the bank charge us in interest on the house loan in 2024", "sum Expenses:House:MortgageInterest 2024"),
    ("what did I bring back from my latest trip to Holzwurm", "list expenses <Holzwurm> order -date limit 1"),
    ("the day before the slates made us dip into it, what was in the roof pot?", "balance Assets:Pots:Roof ..2024-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_name_is_told_closer(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_money_that_is_kept_to_leaves_the_name_before_it(index: Index) -> None:
    question = "What did the boat cost in 2024? Francs only."
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)}, {"2024": "PERIOD", "Francs": "NAME"})
    assert digest(plan_question(question, [], TODAY, index, understander=model)) == "sum Expenses:Boat CHF 2024"
