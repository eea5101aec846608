"""Talk over a family's books: names as they were meant before, what stands today, one entry told and then asked of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 20)
LEDGER = """
option "operating_currency" "GBP"
plugin "beancount.plugins.auto_accounts"

2023-01-01 * "Opening" "balances"
  Assets:Bank:Joint            9000 GBP
  Assets:Bank:Bills            4000 GBP
  Assets:Savings:Milo           800 GBP
  Assets:Savings:RainyDay      3000 GBP
  Assets:House               285000 GBP
  Liabilities:Mortgage:Otley -170000 GBP
  Equity:Opening
2023-02-01 * "Otley Building Society" "Mortgage"
  Liabilities:Mortgage:Otley    300 GBP
  Expenses:Home:MortgageInterest 600 GBP
  Assets:Bank:Bills            -900 GBP
2023-03-01 * "Otley Building Society" "Mortgage"
  Liabilities:Mortgage:Otley    301 GBP
  Expenses:Home:MortgageInterest 599 GBP
  Assets:Bank:Bills            -900 GBP
2023-03-15 * "Dunes Park" "Site fees, half Nan and Pop"
  Expenses:Caravan:SiteFees     600 GBP
  Assets:Owed:Elders            600 GBP
  Assets:Bank:Joint
2023-04-20 * "Nan and Pop" "Their half"
  Assets:Bank:Joint             600 GBP
  Assets:Owed:Elders
2023-05-01 * "Transfer" "To bills account"
  Assets:Bank:Bills             900 GBP
  Assets:Bank:Joint
2023-08-02 * "Skye Ferries" "Crossing" #skye-2023
  Expenses:Travel:Ferries        80 GBP
  Liabilities:Card:Visa
2023-08-03 * "Inn" "Supper" #skye-2023
  Expenses:Food:EatingOut        70 GBP
  Liabilities:Card:Visa
2024-01-26 * "Hospital" "Salary"
  Income:Pay:Greta            -2000 GBP
  Assets:Bank:Joint
2024-01-28 * "Joinery" "Wages"
  Income:Pay:Omar             -1500 GBP
  Assets:Bank:Joint
2024-03-03 * "Brittany Ferries" "Crossing" #brittany-2024
  Expenses:Travel:Ferries       400 GBP
  Liabilities:Card:Visa
2024-03-07 * "Mytholm Motors" "Clutch"
  Expenses:Car:Garage           845 GBP
  Assets:Bank:Joint
2024-03-14 * "Dunes Park" "Site fees, half Nan and Pop"
  Expenses:Caravan:SiteFees     650 GBP
  Assets:Owed:Elders            650 GBP
  Assets:Bank:Joint
2024-05-02 * "Nan and Pop" "Part of it"
  Assets:Bank:Joint             400 GBP
  Assets:Owed:Elders
2024-06-01 * "Tesco" "Weekly shop"
  Expenses:Food:Groceries       150 GBP
  Assets:Bank:Joint
2024-06-08 * "Pizzeria" "Birthday"
  Expenses:Food:EatingOut        60 GBP
  Assets:Bank:Joint
2024-08-06 * "Leclerc" "Groceries" #brittany-2024
  Expenses:Food:Groceries       140 GBP
  Liabilities:Card:Visa
2024-09-01 * "Uniforms" "Uniform Milo"
  Expenses:Children:Milo         90 GBP
  Assets:Bank:Joint
2024-10-01 * "Dev" "Lent him for the train"
  Assets:Owed:Dev                50 GBP
  Assets:Bank:Joint
2025-03-08 * "Transfer" "Milo's bike from his savings"
  Assets:Bank:Joint             120 GBP
  Assets:Savings:Milo          -120 GBP
"""


def told(index: Index, question: str, *history: str) -> str:
    return digest(plan_question(question, history, TODAY, index))


BRITTANY, SKYE = "how much did the brittany holiday cost", "and skye?"
MORE = "how much more is that than brittany"
POT = "how much is in milos pot"


@pytest.mark.parametrize(
    ("history", "question", "plan"),
    [
        (
            (BRITTANY, SKYE),
            MORE,
            "sum expenses [skye-2023: expenses #skye-2023] [brittany-2024: expenses #brittany-2024]",
        ),
        ((BRITTANY, SKYE, MORE), "and together?", "sum expenses #skye-2023 #brittany-2024"),
        ((BRITTANY,), "how much did brittany cost in food", "sum Expenses:Food #brittany-2024"),
        ((BRITTANY,), "what did we pay to brittany ferries", "sum expenses <Brittany Ferries>"),
        ((POT,), "what came out of milo's this year", "list Assets:Savings:Milo - 2025"),
        ((POT,), "and together with the rainy day fund?", "balance Assets:Savings:Milo Assets:Savings:RainyDay"),
        ((POT,), "how much did we spend on milo in 2024", "sum Expenses:Children:Milo 2024"),
    ],
)
def test_a_name_means_what_it_meant_before(index: Index, history: tuple[str, ...], question: str, plan: str) -> None:
    assert told(index, question, *history) == plan


OUT = "how much eating out in 2024"


@pytest.mark.parametrize(
    ("history", "question", "plan"),
    [
        ((OUT,), "thanks. and what do we owe on the house", "balance Liabilities:Mortgage:Otley"),
        ((OUT,), "and how much is in the joint account", "balance Assets:Bank:Joint"),
        ((OUT,), "and what's our net worth", "net_worth at market"),
        ((OUT,), "and what do we owe altogether", "balance liabilities"),
        ((OUT,), "and what was in the joint account", "balance Assets:Bank:Joint 2024"),
        (
            ("what was in milos pot at the end of 2024",),
            "and the joint account",
            "balance Assets:Bank:Joint ..2025-01-01",
        ),
        (("whats in the joint account",), "no, the bills account", "balance Assets:Bank:Bills"),
        ((), "how much is in the rainy day fund", "balance Assets:Savings:RainyDay"),
        ((), "what do nan and pop owe us", "balance Assets:Owed:Elders by account"),
        (("how much does dev owe us",), "who owes the most", "balance Assets:Owed:Dev Assets:Owed:Elders by account"),
        ((OUT,), "how much of it was on the visa", "sum Expenses:Food:EatingOut with Liabilities:Card:Visa 2024"),
    ],
)
def test_what_stands_today(index: Index, history: tuple[str, ...], question: str, plan: str) -> None:
    assert told(index, question, *history) == plan


INSTALMENT = "list Assets:Bank:Bills - with Liabilities:Mortgage:Otley order -date limit 1"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much is the mortgage a month", INSTALMENT),
        ("what do we pay on the mortgage each month", INSTALMENT),
        ("how much does the mortgage cost us a month", INSTALMENT),
        ("how much do we owe on the mortgage", "balance Liabilities:Mortgage"),
        ("how much are the site fees each year", "sum Expenses:Caravan:SiteFees by year order key"),
        ("what goes out of the bills account every month", "recurring Assets:Bank:Bills - key monthly"),
    ],
)
def test_each_month_and_each_year(index: Index, question: str, plan: str) -> None:
    assert told(index, question) == plan
    assert told(index, f"and {question}", OUT) == plan


BIGGEST = "what was the biggest car bill in 2024"


@pytest.mark.parametrize(
    ("history", "question", "plan"),
    [
        ((BIGGEST,), "who was that", "list Expenses:Car + 2024 order -amount limit 1"),
        ((BIGGEST,), "and where was that?", "list Expenses:Car + 2024 order -amount limit 1"),
        ((BIGGEST, "who was that"), "how much have we paid them altogether", "sum expenses <Mytholm Motors>"),
        (("groceries in 2024", "show me"), "and eating out?", "sum Expenses:Food:EatingOut 2024"),
        (("groceries in 2024",), "show me", "list Expenses:Food:Groceries 2024"),
        (
            ("groceries in 2024",),
            "is that more than 2023",
            "sum Expenses:Food:Groceries [2023: Expenses:Food:Groceries 2023] [2024: Expenses:Food:Groceries 2024]",
        ),
        (
            ("groceries in 2024",),
            "what percentage of that was tesco",
            "sum 2024 [tesco: Expenses:Food:Groceries <Tesco>] [groceries: Expenses:Food:Groceries] key ratio",
        ),
        (
            ("how much did greta earn in 2024", "and omar?", "together?"),
            "what percentage of that goes on food",
            "sum 2024 [food: Expenses:Food] [greta and omar: Income:Pay:Greta Income:Pay:Omar] key ratio",
        ),
        (
            ("groceries in 2024", "what's in the joint account"),
            "back to the groceries, which month was the worst",
            "sum Expenses:Food:Groceries 2024 by month order -amount limit 1",
        ),
    ],
)
def test_going_on_about_it(index: Index, history: tuple[str, ...], question: str, plan: str) -> None:
    assert told(index, question, *history) == plan
