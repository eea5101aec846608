"""A car, a boat and a house among the assets: what they cost, what they brought, and what is spent on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"

2022-01-01 open Assets:Bank:Current
2022-01-01 open Assets:Bank:Savings
2022-01-01 open Assets:Motor:OldFiesta
2022-01-01 open Assets:Motor:Kangoo
2022-01-01 open Assets:Dinghy
2022-01-01 open Assets:Digger
2022-01-01 open Assets:Digger:Depreciation
2022-01-01 open Assets:Deposits:Workshop
2022-01-01 open Assets:Flock:Ewes
2022-01-01 open Expenses:Digger
2022-01-01 open Expenses:Fuel:Digger
2022-01-01 open Expenses:Depreciation
2022-01-01 open Income:DiggerSale
2022-01-01 open Assets:Cottage
2022-01-01 open Assets:Depot:SHIP
2022-01-01 open Liabilities:MotorLoan
2022-01-01 open Liabilities:Card
2022-01-01 open Expenses:Motor:Fuel
2022-01-01 open Expenses:Motor:LossOnSale
2022-01-01 open Expenses:Cottage:Repairs
2022-01-01 open Expenses:Card:Fee
2022-01-01 open Expenses:Hobby
2022-01-01 open Equity:Opening

2022-01-01 * "brought forward"
  Assets:Bank:Current      9000 EUR
  Assets:Bank:Savings     20000 EUR
  Assets:Motor:OldFiesta   3000 EUR
  Assets:Cottage          90000 EUR
  Equity:Opening
2022-02-03 * "Pump" "petrol"
  Expenses:Motor:Fuel        50 EUR
  Liabilities:Card
2022-02-09 * "Pump" "petrol"
  Expenses:Motor:Fuel        55 EUR
  Liabilities:Card
2022-03-01 * "Boatyard" "dinghy with oars"
  Assets:Dinghy            1200 EUR
  Assets:Bank:Current
2022-04-05 * "Roofer" "tiles"
  Expenses:Cottage:Repairs  400 EUR
  Assets:Bank:Current
2022-05-05 * "Depot" "buy"
  Assets:Depot:SHIP           5 SHIP {20 EUR}
  Assets:Bank:Current
2023-06-01 * "Garage Ott" "Kangoo, one owner"
  Assets:Motor:Kangoo     14000 EUR
  Assets:Bank:Savings     -5000 EUR
  Liabilities:MotorLoan   -9000 EUR
2023-06-08 * "Mrs Lund" "took the Fiesta"
  Assets:Bank:Current      2100 EUR
  Expenses:Motor:LossOnSale 900 EUR
  Assets:Motor:OldFiesta  -3000 EUR
2023-07-01 * "Spokes" "second-hand bike"
  Expenses:Hobby            150 EUR
  Liabilities:Card
2023-08-01 * "Lender" "instalment"
  Liabilities:MotorLoan     300 EUR
  Assets:Bank:Current
2023-12-31 * "wear of the dinghy"
  Expenses:Hobby            100 EUR
  Assets:Dinghy            -100 EUR
2022-01-02 * "flock brought forward"
  Assets:Flock:Ewes   4 EWE {80 EUR}
  Equity:Opening
2022-02-01 * "Lessor" "deposit"
  Assets:Deposits:Workshop  500 EUR
  Assets:Bank:Current
2022-06-01 * "Plant Hire Ltd" "mini digger"
  Assets:Digger           7000 EUR
  Assets:Bank:Savings
2022-07-01 * "Plant Hire Ltd" "track"
  Expenses:Digger          300 EUR
  Assets:Bank:Current
2022-07-05 * "Pump" "diesel"
  Expenses:Fuel:Digger      60 EUR
  Assets:Bank:Current
2022-12-31 * "wear"
  Expenses:Depreciation    700 EUR
  Assets:Digger:Depreciation
2023-02-01 * "Lambing Barn" "two ewes"
  Assets:Flock:Ewes   2 EWE {110 EUR}
  Assets:Bank:Current
2023-12-31 * "wear"
  Expenses:Depreciation    800 EUR
  Assets:Digger:Depreciation
2024-03-01 * "Ada Brook" "digger sold"
  Assets:Bank:Current         6000 EUR
  Assets:Digger:Depreciation  1500 EUR
  Assets:Digger              -7000 EUR
  Income:DiggerSale           -500 EUR
"""

PLANS = [
    ("what did the digger cost?", "sum Assets:Digger + moving 2022-06-01..2022-06-02"),
    ("how much was the dinghy", "sum Assets:Dinghy + moving 2022-03-01..2022-03-02"),
    ("when did we buy the digger", "list Assets:Digger + moving 2022-06-01..2022-06-02 order date entries"),
    ("who did we buy the digger from", "list Assets:Digger + moving 2022-06-01..2022-06-02 order date entries"),
    ("what did we sell the digger for", "sum Assets:Bank:Current + with Assets:Digger moving 2024-03-01..2024-03-02"),
    ("who bought the old fiesta", "list Assets:Motor:OldFiesta - moving 2023-06-08..2023-06-09 order date entries"),
    ("how much did the digger cost in 2022", "sum Expenses:Digger Expenses:Fuel:Digger 2022"),
    ("what did the workshop cost", "sum Assets:Deposits:Workshop"),
    ("how much has the digger depreciated", "sum Assets:Digger:Depreciation - moving"),
    ("depreciation on the digger in 2023", "sum Assets:Digger:Depreciation - moving 2023"),
    ("total depreciation in 2023", "sum Expenses:Depreciation 2023"),
    ("what did the digger cost in all, price and running costs", "sum Assets:Digger Expenses:Digger Expenses:Fuel:Digger + moving"),
    ("how many ewes did we buy", "sum Assets:Flock:Ewes EWE + moving"),
    ("how much did the new motor cost?", "sum Assets:Motor:Kangoo + moving 2023-06-01..2023-06-02"),
    ("what did we pay for the Kangoo when we bought it", "sum Assets:Motor:Kangoo + moving 2023-06-01..2023-06-02"),
    ("when did we buy the kangoo", "list Assets:Motor:Kangoo + moving 2023-06-01..2023-06-02 order date entries"),
    ("what did we sell the old fiesta for", "sum Assets:Bank:Current + with Assets:Motor:OldFiesta moving 2023-06-08..2023-06-09"),
    ("who bought our old fiesta?", "list Assets:Motor:OldFiesta - moving 2023-06-08..2023-06-09 order date entries"),
    ("how much did we buy the dinghy for", "sum Assets:Dinghy + moving 2022-03-01..2022-03-02"),
    ("when did we sell the dinghy", "refuse"),
    ("what did we pay when we bought the cottage", "refuse"),
    ("how much did we sell the bike for", "refuse"),
    ("what did we spend on the motor", "sum Expenses:Motor"),
    ("how much was spent on the cottage", "sum Expenses:Cottage"),
    ("how much was spent on the card", "sum expenses with Liabilities:Card"),
    ("petrol for the new motor", "sum Expenses:Motor:Fuel"),
    ("when did we buy SHIP", "list assets SHIP + key lots"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_things_are_bought_and_sold_and_cost_something_day_by_day(index: Index, question: str, plan: str) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan
