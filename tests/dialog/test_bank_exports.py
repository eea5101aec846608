"""Books imported from a bank and its cards: payees as banks write them, and follow-ups about the owner's own money."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Plan
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 3, 20)
LEDGER = """
option "operating_currency" "GBP"
2024-01-01 open Assets:Current
2024-01-01 open Assets:Savings
2024-01-01 open Assets:Joint
2024-01-01 open Assets:Wallet:Paypurse
2024-01-01 open Assets:Cash
2024-01-01 open Liabilities:Cards:Tern
2024-01-01 open Liabilities:Cards:Skua
2024-01-01 open Expenses:Fuel
2024-01-01 open Expenses:Shopping
2024-01-01 open Expenses:Films
2024-01-01 open Income:Interest
2024-01-01 open Equity:Opening

2024-01-01 * "OPENING BALANCES"
  Assets:Current    5000 GBP
  Assets:Savings    1000 GBP
  Equity:Opening
2024-02-01 * "TFR TO 99" ""
  Assets:Savings     100 GBP
  Assets:Current
2024-05-01 * "TFR TO 99" ""
  Assets:Savings     150 GBP
  Assets:Current
2024-06-01 * "TFR FROM 99" ""
  Assets:Current      40 GBP
  Assets:Savings
2024-12-31 * "GROSS INTEREST" ""
  Assets:Savings       7 GBP
  Income:Interest
2025-01-01 * "TFR TO 99" ""
  Assets:Savings     200 GBP
  Assets:Current
2025-01-02 * "STANDING ORDER" "HOUSE"
  Assets:Joint       500 GBP
  Assets:Current
2025-01-05 * "NOTEBOX ATM 12" "CASH WDL"
  Assets:Cash         60 GBP
  Assets:Current
2025-02-05 * "NOTEBOX ATM 12" "CASH WDL"
  Assets:Cash         80 GBP
  Assets:Current
2025-02-06 * "raffle"
  Expenses:Shopping    5 GBP
  Assets:Cash
2025-01-09 * "SHELL KIRKGATE 0193" ""
  Expenses:Fuel       30 GBP
  Liabilities:Cards:Tern
2025-02-09 * "QP HILLSIDE CONNECT" ""
  Expenses:Fuel       45 GBP
  Liabilities:Cards:Skua
2025-02-19 * "SHELL KIRKGATE 0193" ""
  Expenses:Fuel       35 GBP
  Assets:Joint
2025-01-20 * "ARGUS RETAIL 118" ""
  Expenses:Shopping   64 GBP
  Liabilities:Cards:Tern
2025-01-29 * "ARGUS RETAIL 118" "REFUND"
  Liabilities:Cards:Tern  24 GBP
  Expenses:Shopping
2025-02-11 * "ARGUS RETAIL 118" ""
  Expenses:Shopping   12 GBP
  Liabilities:Cards:Tern
2025-02-24 * "TERN CARD PAYMENT" ""
  Liabilities:Cards:Tern  50 GBP
  Assets:Current
2025-01-10 * "FILMBOX.COM" ""
  Expenses:Films       9 GBP
  Liabilities:Cards:Skua
2025-02-10 * "FILMBOX.COM" ""
  Expenses:Films      10 GBP
  Liabilities:Cards:Skua
2025-03-10 * "FILMBOX.COM" ""
  Expenses:Films      10 GBP
  Liabilities:Cards:Skua
2025-02-12 * "PAYPURSE *LARK" ""
  Assets:Wallet:Paypurse  20 GBP
  Assets:Current
2025-02-13 * "PAYPURSE *DOVE" ""
  Assets:Wallet:Paypurse  12 GBP
  Assets:Current
"""


QUESTIONS = [
    ("how much did I transfer to savings in 2024", "250"),
    ("how much did I transfer to savings in 2024 || and in 2025", "200"),
    ("how much did I transfer to savings in 2024 || how many times", "2"),
    ("how much did I transfer to savings in 2024 || when was the last one", "150"),
    ("how much did I transfer to savings in 2024 || how much came back out?", "-40"),
    ("how much did I transfer to savings in 2025 || and into the joint account?", "500"),
    ("how much did I transfer to savings in 2024 || and the balance?", "1217"),
    ("how many times did I move money to savings in 2024", "2"),
    ("what did I spend on fuel with the tern || and from the joint account?", "35"),
    ("how much cash did I draw in 2025", "140"),
    ("how many cash withdrawals have I made || how much in total", "140"),
    ("how many cash withdrawals have I made || when was the last one", "80"),
    ("what did I spend on the skua in 2025 || and on the tern", "82"),
    ("what did I spend on the tern in 2025 || and what did I pay off", "50"),
    ("how much went on the tern in february", "12"),
    ("how much did I spend on fuel in 2025 || how much of that was on the tern", "30"),
    ("how much did I spend on fuel in 2025 || how much on the skua", "45"),
    ("how much did I spend on fuel on the tern || and on the skua", "45"),
    ("what did the joint account pay for fuel", "35"),
    ("how much did argus refund me || when was the last", "-24"),
    ("how much have I had back from argus", "-24"),
    ("how much did argus send me back", "-24"),
    ("how much did argus refund me || and how much did I spend there", "52"),
    ("how much at shell in 2025", "65"),
    ("shell spending in 2025", "65"),
    ("how much at qp", "45"),
    ("how much at qp in 2025 || and shell?", "65"),
    ("what did I shell out in february 2025", "107"),
    ("what do I pay for filmbox", "10"),
    ("how much is filmbox", "10"),
    ("how much did I pay for filmbox", "29"),
    ("what do I pay for fuel", "110"),
    ("total paypurse payments", "32"),
    ("tfr to 99 total", "450"),
]


@pytest.mark.parametrize(("question", "figure"), QUESTIONS)
def test_what_came_of_it(question: str, figure: str, index: Index) -> None:
    *before, last = question.split(" || ")
    plan = plan_question(last, before, TODAY, index)
    assert isinstance(plan, Plan), plan
    (row, *others) = gather(plan, index, TODAY).table.rows
    numbers = [cell for cell in row if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool)]
    assert not others, digest(plan)
    assert f"{numbers[0]:.0f}" == figure, digest(plan)
