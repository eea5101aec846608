"""Questions of those who run a small workshop: what was sold, what is left of it, who has not paid, who is paid."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 9, 30)
LEDGER = """
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Receivable
2023-01-01 open Assets:Stock
2023-01-01 open Liabilities:Payable
2023-01-01 open Liabilities:VAT
2023-01-01 open Equity:Start
2023-01-01 open Equity:Drawings:Mairi
2023-01-01 open Equity:Drawings:Tam
2023-01-01 open Income:Restoring
2023-01-01 open Income:Chairs
2023-01-01 open Expenses:CostOfSales:Chairs
2023-01-01 open Expenses:Wages
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:SalesCommission
2023-01-01 open Expenses:BadDebts

2023-01-01 * "start"
  Assets:Bank              9000 GBP
  Assets:Stock             2000 GBP
  Equity:Start
2023-02-06 * "Elm & Sons" "seats" ^bill-1
  Assets:Stock              500 GBP
  Liabilities:VAT           100 GBP
  Liabilities:Payable      -600 GBP
2023-03-01 * "Elm & Sons" "seats" ^bill-1
  Liabilities:Payable       600 GBP
  Assets:Bank
2023-04-03 * "Kirk Session" "pews" ^inv-1
  Assets:Receivable        1200 GBP
  Liabilities:VAT          -200 GBP
  Income:Restoring        -1000 GBP
2023-05-03 * "Kirk Session" "pews" ^inv-1
  Assets:Bank              1200 GBP
  Assets:Receivable       -1200 GBP
2023-06-10 * "Counter" "a chair"
  Assets:Bank               360 GBP
  Liabilities:VAT           -60 GBP
  Income:Chairs            -300 GBP
2023-06-10 * "a chair"
  Expenses:CostOfSales:Chairs  180 GBP
  Assets:Stock
2023-08-07 * "HMRC" "VAT return"
  Liabilities:VAT           160 GBP
  Assets:Bank
2023-12-31 * "Jock Weir" "wages"
  Expenses:Wages           4000 GBP
  Assets:Bank
2024-01-31 * "Mairi" "drawings"
  Equity:Drawings:Mairi     700 GBP
  Assets:Bank
2024-02-01 * "Glebe Estates" "rent"
  Expenses:Rent             800 GBP
  Assets:Bank
2024-03-04 * "Village Hall" "tables" ^inv-2
  Assets:Receivable         600 GBP
  Liabilities:VAT          -100 GBP
  Income:Restoring         -500 GBP
2024-04-13 * "Village Hall" "tables" ^inv-2
  Assets:Bank               600 GBP
  Assets:Receivable        -600 GBP
2024-05-06 * "Larch Timber" "planks" ^bill-2
  Assets:Stock              900 GBP
  Liabilities:VAT           180 GBP
  Liabilities:Payable     -1080 GBP
2024-06-06 * "Elm & Sons" "seats" ^bill-3
  Assets:Stock              100 GBP
  Liabilities:VAT            20 GBP
  Liabilities:Payable      -120 GBP
2024-06-10 * "Larch Timber" "planks" ^bill-2
  Liabilities:Payable      1080 GBP
  Assets:Bank
2024-07-01 * "Kirk Session" "lectern" ^a-19
  Assets:Receivable         240 GBP
  Liabilities:VAT           -40 GBP
  Income:Restoring         -200 GBP
2024-08-05 * "Village Hall" "benches" ^a-100
  Assets:Receivable         360 GBP
  Liabilities:VAT           -60 GBP
  Income:Restoring         -300 GBP
2024-08-20 * "Wynd Design" "commission"
  Expenses:SalesCommission   30 GBP
  Assets:Bank
"""
PLANS = [
    ("what were our sales in 2023", "sum income 2023"),
    ("turnover by quarter in 2024", "sum income 2024 by quarter order key"),
    ("chairs sales in 2023", "sum Income:Chairs 2023"),
    ("cost of sales in 2023", "sum Expenses:CostOfSales 2023"),
    ("COGS 2023", "sum Expenses:CostOfSales 2023"),
    ("what did sales commission come to", "sum Expenses:SalesCommission"),
    ("gross profit in 2023", "net_income Income:Chairs Income:Restoring Expenses:CostOfSales 2023"),
    (
        "what margin do we make on chairs",
        "sum [gross profit: Income:Chairs Expenses:CostOfSales:Chairs] [sales: Income:Chairs] key ratio",
    ),
    ("how much profit did we make in 2023", "net_income 2023"),
    ("what do we owe HMRC", "balance Liabilities:VAT by account"),
    ("how much do we owe Elm & Sons", "balance Liabilities:Payable <Elm & Sons> by account"),
    ("has Village Hall paid up?", "balance Assets:Receivable <Village Hall> key owed"),
    ("how much did we spend at Larch Timber", "sum Liabilities:Payable <Larch Timber> -"),
    ("how much have we paid Larch Timber", "sum Liabilities:Payable <Larch Timber> +"),
    ("total paid to Mairi in 2024", "sum Equity:Drawings:Mairi <Mairi> 2024"),
    ("what does Village Hall owe us", "balance Assets:Receivable <Village Hall> by account"),
    ("what do we owe our suppliers", "balance Liabilities:Payable by payee"),
    ("who still hasn't paid us", "balance Assets:Receivable by payee"),
    ("how much VAT did we pay HMRC in 2023", "sum Liabilities:VAT <HMRC> 2023"),
]  # fmt: skip

TOLD = [
    (
        "how long does Kirk Session take to pay",
        "1 paid invoice of Kirk Session (2023-04-03 to 2023-05-03) took 30 days",
    ),
    ("average days to get paid", "2 paid invoices (2023-04-03 to 2024-04-13) took 35 days on average, the quickest 30"),
    ("which customer takes longest to pay", "Slowest to pay is Village Hall: 40 days on average (1 paid invoice)"),
    ("what did Mairi draw in 2024", "700 GBP was drawn on Mairi (Equity:Drawings:Mairi) in 2024"),
    ("which supplier did we buy the most from in 2024", "The highest payee is Larch Timber: 1,080 GBP (billed on"),
    ("who is our quickest payer?", "Quickest to pay is Kirk Session: 30 days on average (1 paid invoice)"),
]


@pytest.mark.parametrize(("question", "said"), TOLD)
def test_how_it_is_told(question: str, said: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan), outcome
    assert headline(outcome, gather(outcome, index, TODAY), index, (), question).startswith(said)


def test_the_oldest_invoice_is_that_billed_first(index: Index) -> None:
    outcome = plan_question("what's our oldest unpaid invoice", [], TODAY, index)
    assert isinstance(outcome, Plan)
    assert digest(outcome) == "balance Assets:Receivable ^a-19 by link"
    assert "the oldest = ^a-19, put there on 2024-07-01 for Kirk Session" in outcome.reading


@pytest.mark.parametrize("question", ["how long have we been paying rent", "how long did it take to pay the rent"])
def test_what_takes_no_time_to_be_paid(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert not (isinstance(outcome, Plan) and outcome.pick == "settled")


def test_a_month_of_the_year_before(index: Index) -> None:
    outcome = plan_question("and the august before", ["profit in august"], TODAY, index)
    assert digest(outcome) == "net_income 2023-08"


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_question_of_trade(question: str, plan: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan), outcome
    assert digest(outcome) == plan
