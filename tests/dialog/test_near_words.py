"""Questions that bear the words of a rule and mean something else: over the small books of a household."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding.existence import opening
from ledgerqa.records import Measure, Plan

from .asking import asked
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 20)
LEDGER = """
option "operating_currency" "GBP"
2022-01-01 open Assets:Joint:Current GBP
2022-01-01 open Assets:GiftCard GBP
2022-01-01 open Assets:House
2022-01-01 open Assets:Leave
2022-01-01 open Liabilities:Visa GBP
2022-01-01 open Liabilities:Mortgage GBP
2022-01-01 open Income:Cottage
2022-01-01 open Income:Bread
2022-01-01 open Income:Dividends
2022-01-01 open Equity:Leave
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:House
2022-01-01 open Expenses:Cottage
2022-01-01 open Expenses:Interest
2022-01-01 open Expenses:Goods:Flour
2022-01-01 open Expenses:Travel
2022-01-01 open Expenses:Gifts
2022-01-01 open Equity:Opening

2022-01-01 * "start"
  Assets:Joint:Current  20000 GBP
  Assets:GiftCard         100 GBP
  Equity:Opening
2022-02-01 * "Agent" "bought the house"
  Assets:House         250000 GBP
  Liabilities:Mortgage
2023-01-05 * "Waterstones" "books"
  Expenses:Gifts           30 GBP
  Assets:GiftCard
2023-05-01 * "Hotel Roma" #rome-2023
  Expenses:Travel         300 GBP
  Assets:Joint:Current
2023-09-02 * "Hostel" #wales-2023
  Expenses:Travel          80 GBP
  Assets:Joint:Current
2024-04-20 * "Hotel Sol" #spain-2024
  Expenses:Travel         900 GBP
  Assets:Joint:Current
2024-05-05 * "Lidl" "shop"
  Expenses:Food            40 GBP
  Liabilities:Visa
2024-05-12 * "Builder" "roof"
  Expenses:House         2200 GBP
  Assets:Joint:Current
2024-05-31 * "Mortgage payment"
  Liabilities:Mortgage    600 GBP
  Expenses:Interest       300 GBP
  Assets:Joint:Current
2024-06-01 * "New boiler, part on the mortgage"
  Assets:House            900 GBP
  Liabilities:Mortgage   -500 GBP
  Assets:Joint:Current
2023-05-02 * "Guest B" "a week"
  Assets:Joint:Current    450 GBP
  Income:Cottage
2024-05-02 * "Guest A" "a week"
  Assets:Joint:Current    500 GBP
  Income:Cottage
2024-05-03 * "Plumber" "tap"
  Expenses:Cottage         90 GBP
  Assets:Joint:Current
2024-05-04 * "Stall" "loaves"
  Assets:Joint:Current     70 GBP
  Income:Bread
2024-05-06 * "Mill" "flour"
  Expenses:Goods:Flour     20 GBP
  Assets:Joint:Current
2024-05-07 * "Fund" "dividend"
  Assets:Joint:Current     11 GBP
  Income:Dividends
2024-04-30 * "leave earned"
  Assets:Leave             16 LVHRS
  Equity:Leave
2024-05-30 * "leave taken"
  Assets:Leave             -8 LVHRS
  Equity:Leave
2024-05-12 document Expenses:House "roof.pdf"
2024-06-15 balance Liabilities:Visa -40 GBP
2024-06-15 balance Assets:Joint:Current 17000 GBP
"""
VISA, JOINT = "Liabilities:Visa", "Assets:Joint:Current"
PLANS = [
    ("is the Visa balance right?", f"balance_checks {VISA} failing"),
    ("does the current account add up", f"balance_checks {JOINT} failing"),
    ("Is the Visa paid off?", f"balance {VISA} key owed"),
    ("Has the mortgage been cleared yet?", "balance Liabilities:Mortgage key owed"),
    ("Last month did we spend more than 500 on food?", "sum Expenses:Food >500 2024-05"),
    ("What did I buy with the gift card?", "list expenses with Assets:GiftCard"),
    ("how much did we pay for the house we bought", "sum Assets:House + moving 2022-02-01..2024-06-02"),
    ("what did our last trip cost", "sum expenses #spain-2024"),
    ("What did our last trip in 2023 cost?", "sum expenses #wales-2023"),
    ("payments to Lidl without a receipt", "list expenses <Lidl> unfiled"),
    ("expenses without a receipt, except travel", "list expenses -Expenses:Travel unfiled"),
    ("how many leave hours did I take in 2024", "sum Assets:Leave - 2024"),
    ("how many hours of leave have I got", "balance Assets:Leave"),
    ("who paid for the food", f"sum {VISA} - with Expenses:Food by account"),
    ("who paid for the roof", f"sum {JOINT} <roof> - by account"),
    ("who got my food money", "sum Expenses:Food by payee"),
    ("did we buy anything for the house", "list Expenses:House"),
    ("did we get any leave in April", "sum Assets:Leave + 2024-04"),
    ("who has not paid for the cottage?", "sum Income:Cottage <Guest B> by payee"),
    ("gross profit 2024", "net_income Income:Bread Income:Cottage Expenses:Goods 2024"),
    ("what margin do we make on bread", "refuse"),
    ("who did we reimburse", "refuse"),
    (
        "what's our monthly mortgage payment",
        f"list {JOINT} <Mortgage payment> - with Liabilities:Mortgage order -date limit 1",
    ),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_is_said_otherwise(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("months with over 300 on travel", True),
        ("every month with more than 300 on travel", True),
        ("which month came to over 300 on travel", True),
        ("This month's expenses over 100", False),
        ("last year, what did we spend over 100 on", False),
        ("Last month did we spend more than 500 on food?", False),
    ],
)
def test_months_are_told_where_several_are_asked_for(question: str, *, told: bool, index: Index) -> None:
    outcome = plan_question(question, (), TODAY, index)
    assert isinstance(outcome, Plan)
    assert bool(outcome.having) is told


@pytest.mark.parametrize(
    "question", ["Is there money in the current account right now?", "has the current account run out"]
)
def test_words_after_others_check_no_balance(question: str, index: Index) -> None:
    outcome = plan_question(question, (), TODAY, index)
    assert not isinstance(outcome, Plan) or outcome.measure is not Measure.BALANCE_CHECKS


@pytest.mark.parametrize("question", ["Is the Visa paid off?", "Has the mortgage been cleared yet?"])
def test_a_debt_that_stands_is_not_gone(question: str, index: Index) -> None:
    plan, evidence = asked(index, question, today=TODAY)
    assert opening(question, plan, evidence) == "Not in full."
