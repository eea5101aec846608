"""Questions that look like others and mean something else, over the small books of a household with a card."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Liabilities:CreditCard
2023-01-01 open Liabilities:CarLoan
2023-01-01 open Income:Salary
2023-01-01 open Income:TaxRefund
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:Power
2023-01-01 open Expenses:Groceries
2023-01-01 open Expenses:EatingOut
2023-01-01 open Expenses:Travel:Flights
2023-01-01 open Expenses:Hair

2023-03-01 * "Lenz" "rent"
  Expenses:Rent            900 EUR
  Assets:Bank
2023-03-05 * "Edeka" "weekly shop"
  Expenses:Groceries        60 EUR
  Liabilities:CreditCard
2023-03-09 * "Edeka" "weekly shop"
  Expenses:Groceries        70 EUR
  Liabilities:CreditCard
2023-03-12 * "Voltwerk" "power"
  Expenses:Power            40 EUR
  Assets:Bank
2023-03-20 * "Trattoria Rosa" "dinner"
  Expenses:EatingOut        45 EUR
  Liabilities:CreditCard
2023-03-25 * "Nordwind" "salary"
  Assets:Bank             2500 EUR
  Income:Salary
2023-04-01 * "Lenz" "rent"
  Expenses:Rent            900 EUR
  Assets:Bank
2023-04-06 * "Rewe" "weekly shop"
  Expenses:Groceries        80 EUR
  Liabilities:CreditCard
2023-04-18 * "Salon Mira" "haircut"
  Expenses:Hair             35 EUR
  Liabilities:CreditCard
2023-04-28 * "card settled"
  Liabilities:CreditCard   100 EUR
  Assets:Bank
2023-06-03 * "Finanzamt" "tax refund"
  Assets:Bank              400 EUR
  Income:TaxRefund
2023-07-10 * "Luftlinie" "flights to Lisbon"
  Expenses:Travel:Flights  300 EUR
  Liabilities:CreditCard
2024-01-15 * "car loan"
  Liabilities:CarLoan      200 EUR
  Assets:Bank
"""

PLANS = [
    # a CreditCard is no loan
    ("how much did we spend on the credit card in 2023", "sum expenses with Liabilities:CreditCard 2023"),
    ("what did we put on the card in March 2023", "sum expenses with Liabilities:CreditCard 2023-03"),
    ("how much was charged to the credit card in 2023", "sum expenses with Liabilities:CreditCard 2023"),
    ("how much did we pay on the car loan in 2024", "sum Assets:Bank - with Liabilities:CarLoan 2024"),
    # what comes next, and no part of it
    ("biggest expense after rent", "-Expenses:Rent"),
    ("biggest expense category after the groceries in 2023", "-Expenses:Groceries"),
    ("what do we spend most on after rent and power", "-Expenses:Rent -Expenses:Power"),
    ("biggest expense after 2023", "2024-01-01.."),
    # what the ledger has no word for is no name: several are asked for, or a number
    ("latest entries", "list order -date"),
    ("largest entries in April 2023", "list 2023-04 order -amount"),
    ("haircut dates", "list expenses <haircut>"),
    # what was paid by somebody is told by nobody
    ("how much rent was paid by tenants in March 2023", "refuse"),
    ("busiest month 2023", "count 2023 by month order -amount limit 1"),
    ("corner shop 2023", "refuse"),
    ("how many weeks since we spent something at Rewe", "list expenses <Rewe> order -date limit 1"),
    ("how often a month do we go to Edeka", "count <Edeka> by month"),
    ("who is most behind", "refuse"),
    ("what did we spend in portugal", "refuse"),
    # what is only told before a question that says all itself, and what it says when it does not
    ("I checked the rent in April, what was power in March 2023?", "sum Expenses:Power 2023-03"),
    ("Rewe was closed in March, how much did we spend on groceries in April 2023?", "sum Expenses:Groceries 2023-04"),
    # nothing came in of what is only spent
    ("rent received in 2023", "refuse"),
    ("how much rent did we receive in 2023", "refuse"),
    ("income from groceries", "refuse"),
    ("salary received in 2023", "sum Income:Salary 2023"),
]


@pytest.mark.parametrize(("question", "wanted"), PLANS)
def test_meant_otherwise(question: str, wanted: str, index: Index) -> None:
    told = digest(plan_question(question, [], TODAY, index))
    assert wanted in told


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("did groceries hit 100 in any month", 100),
        ("have we ever spent over 100 on groceries in a month", 100),
        ("in any one month, did groceries go over 110?", 110),
        ("how many months since March 2023 did we spend over 100 on groceries", 100),
        ("have we ever spent over 70 on groceries in a single purchase", None),
    ],
)
def test_every_month_has_its_own_figure(question: str, least: int | None, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.having.minimum if plan.having else None) == least


@pytest.mark.parametrize("asked", ["which one got more?", "who took more?", "which cost less?"])
def test_which_of_two_spoken_of(asked: str, index: Index) -> None:
    history = ["what did we pay Edeka in 2023", "and Rewe?"]
    told = digest(plan_question(asked, history, TODAY, index))
    assert told == "sum expenses 2023 [Edeka: expenses <Edeka>] [Rewe: expenses <Rewe>]"


def test_the_credit_of_a_card_is_no_loan() -> None:
    known = lexicon()
    for name in ("CreditCard", "TarjetaCredito", "VisaCredit"):
        assert "loan" not in frozenset().union(*known.groups_of_name(name))
    assert "loan" in frozenset().union(*known.groups_of_name("CarCredit"))
