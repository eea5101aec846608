"""Accounts, tags and payees that are called as something else is: a measure, a year, a key, a security, grammar."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question

from .asking import Scripted, asked
from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
option "name_expenses" "Expenses"

2023-01-01 open Assets:Bank
  phone: "070-555 01 93"
2023-01-01 open Assets:Broker
2023-01-01 open Assets:Stock
2023-01-01 open Assets:Mutual:CD-2026
2023-01-01 open Assets:Mutual:CD-2027
2023-01-01 open Expenses:Running
2023-01-01 open Expenses:Society
2023-01-01 open Expenses:Phone
2023-01-01 open Expenses:Food
2023-01-01 open Expenses:Household
2023-01-01 open Expenses:Travel
2023-01-01 open Expenses:Goods
2023-01-01 open Expenses:Car:LoanInterest
2023-01-01 open Expenses:Housing:MortgageInterest
2023-01-01 open Expenses:Shop
2023-01-01 open Expenses:House:Projects
2023-01-01 open Expenses:TillDifference
2023-01-01 open Expenses:Staff
2023-01-01 open Expenses:Snack
2023-01-01 open Expenses:Away:Snacks
2023-01-01 open Assets:PayLoop
2023-01-01 open Liabilities:CarLoan
2023-01-01 open Liabilities:Mortgage
2023-01-01 open Income:Plate:Sunday
2023-01-01 open Income:Sales
2023-01-01 open Equity:Opening

2023-01-01 commodity NOTE24
  name: "Treasury note September 2024"
2023-01-01 commodity BALANCER
  name: "Balance bike"

2023-01-02 * "opening"
  Assets:Bank             9000 EUR
  Liabilities:CarLoan    -3000 EUR
  Liabilities:Mortgage  -90000 EUR
  Equity:Opening
2023-02-01 * "Broker" "note"
  Assets:Broker             10 NOTE24 {95 EUR}
  Assets:Bank
2023-02-10 * "Wholesaler" "bikes"
  Assets:Stock               3 BALANCER {70 EUR}
  Assets:Bank
2023-03-01 * "walk-in" "bike"
  Assets:Stock              -1 BALANCER {70 EUR}
  Expenses:Goods            70 EUR
  Assets:Bank              110 EUR
  Income:Sales            -110 EUR
2024-03-01 * "Mutual" "deposits"
  Assets:Mutual:CD-2026    400 EUR
  Assets:Mutual:CD-2027    600 EUR
  Assets:Bank
2024-07-08 * "Ferry" "there and back" #island-2024
  Expenses:Travel           80 EUR
  Assets:Bank
2024-07-09 * "Harbour Inn" "dinner" #island-2024
  Expenses:Food             40 EUR
  Assets:Bank
2024-07-10 * "Half Moon Players" "two seats" #island-2024
  Expenses:Food             15 EUR
  Assets:Bank
2024-08-01 * "Railway" "to Ada" #visit-ada-2024
  Expenses:Travel           25 EUR
  Assets:Bank
2025-01-04 * "Railway" "to Ada" #visit-ada-2025
  Expenses:Travel           26 EUR
  Assets:Bank
2025-01-05 * "Plate" "collection"
  Assets:Bank              120 EUR
  Income:Plate:Sunday
2025-01-12 * "Stride" "shoes"
  Expenses:Running          90 EUR
  Assets:Bank
2025-01-20 * "Green Court" "quarter"
  Expenses:Society         300 EUR
  Assets:Bank
2025-02-01 * "Ringaling" "mobile"
  Expenses:Phone            19 EUR
  Assets:Bank
2025-02-02 * "Corner Mart" "weekly shop"
  Expenses:Food             30 EUR
  Expenses:Household        10 EUR
  Assets:Bank
2025-02-09 * "Corner Mart" "weekly shop"
  Expenses:Food             20 EUR
  Assets:Bank
2025-03-01 * "Credit Union" "car"
  Expenses:Car:LoanInterest   12 EUR
  Liabilities:CarLoan        100 EUR
  Assets:Bank
2025-03-02 * "Building Society" "house"
  Expenses:Housing:MortgageInterest  200 EUR
  Liabilities:Mortgage               300 EUR
  Assets:Bank
2025-04-01 * "Grocer" "veg"
  Expenses:Shop             31 EUR
  Assets:Bank
2025-04-02 * "Joiner" "shelf" #den
  Expenses:House:Projects  210 EUR
  Assets:Bank
2025-04-03 * "Paint store" "two tins" #den
  Expenses:House:Projects   40 EUR
  Assets:Bank
2025-04-04 * "count"
  Expenses:TillDifference    2 EUR
  Assets:Bank
2025-04-05 * "Agency" "helpers"
  Expenses:Staff            85 EUR
  Assets:Bank
2025-04-06 * "Kiosk" "nuts"
  Expenses:Snack             3 EUR
  Assets:Bank
2025-04-07 * "Kiosk" "on the train"
  Expenses:Away:Snacks       6 EUR
  Assets:Bank
2025-04-08 * "PayLoop" "topped up"
  Assets:PayLoop            50 EUR
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("called-so")
    main = folder / "main.beancount"
    main.write_text(LEDGER)
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # Words of grammar, where only a noun can stand.
        ("running 2025", "sum Expenses:Running 2025"),
        ("how much was running in q1 2025", "sum Expenses:Running 2025-01-01..2025-04-01"),
        ("biggest running bill in 2025", "list Expenses:Running + 2025 order -amount limit 1"),
        ("running spending 2025", "sum Expenses:Running 2025"),
        ("what did we pay for running in january", "sum Expenses:Running 2025-01"),
        ("what did sunday bring in in 2025", "sum Income:Plate:Sunday 2025"),
        ("running balance of the bank", "balance Assets:Bank by month order key key change"),
        ("till difference by month in 2025", "sum Expenses:TillDifference 2025 by month order key"),
        ("pay loop balance at the end of 2024", "balance Assets:PayLoop ..2025-01-01"),
        ("how many staff payments in 2025", "count Expenses:Staff 2025"),
        ("how many staff do we have", "refuse"),
        # What rows are, and a name.
        ("shop by month in 2025", "sum Expenses:Shop 2025 by month order key"),
        ("spending by shop in 2025", "sum expenses 2025 by payee"),
        ("what did projects cost in 2025", "sum Expenses:House:Projects 2025"),
        ("spending by project", "sum expenses by tag"),
        # One of two that differ in number.
        ("snack in 2025", "sum Expenses:Snack 2025"),
        # A key of a bank's, and what is spent.
        ("phone in 2025", "sum Expenses:Phone 2025"),
        ("what was the phone in 2025", "sum Expenses:Phone 2025"),
        ("phone?", "sum Expenses:Phone"),
        ("what is the phone of the bank", "metadata key phone"),
        ("when did we last pay for phone", "list Expenses:Phone order -date limit 1"),
        # A number that is a part of the name.
        ("balance of cd 2027", "balance Assets:Mutual:CD-2027"),
        ("cd 2027 balance at the end of 2024", "balance Assets:Mutual:CD-2027 ..2025-01-01"),
        ("how much did we spend on island-2024", "sum expenses #island-2024"),
        ("how much did we spend on visit-ada-2024", "sum expenses #visit-ada-2024"),
        ("what did we spend on the island 2024 trip", "sum expenses #island-2024"),
        ("what did the holiday to the moon cost", "sum Expenses:Travel <Half Moon Players>"),
        # A customer who takes from stock stands for none of it.
        ("what did we pay walk-in", "sum expenses <walk-in>"),
        # One account of interest is called so, and another is of the mortgage.
        ("what did loan interest cost in 2025", "sum Expenses:Car:LoanInterest 2025"),
        ("loan interest in 2025", "sum Expenses:Car:LoanInterest 2025"),
        ("interest in 2025", "sum Expenses:Car:LoanInterest Expenses:Housing:MortgageInterest 2025"),
    ],
)
def test_a_name_is_a_name(question: str, expected: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == expected


@pytest.mark.parametrize("measure", ["net_worth", "accounts", "holdings", "list"])
def test_a_bare_name_is_no_measure_whatever_is_heard(measure: str, index: Index) -> None:
    model = Scripted({"measure": (measure, 0.97)})
    assert digest(plan_question("society by month", [], TODAY, index, None, None, model)) == (
        "sum Expenses:Society by month order key"
    )
    assert digest(plan_question("society in 2025", [], TODAY, index, None, None, model)) == (
        "sum Expenses:Society 2025"
    )


@pytest.mark.parametrize(
    ("question", "group", "expected"),
    [
        ("shop in 2025", "payee", "sum Expenses:Shop 2025"),
        ("what did projects cost", "tag", "sum Expenses:House:Projects"),
    ],
)
def test_a_name_makes_no_rows_whatever_is_heard(question: str, group: str, expected: str, index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "group": (group, 0.97)})
    assert digest(plan_question(question, [], TODAY, index, None, None, model)) == expected


def test_an_average_bill_is_of_whole_entries(index: Index) -> None:
    """An entry that is booked to two accounts is one bill; what a posting comes to stands beside it."""
    _, found = asked(index, "average bill at corner mart", today=TODAY)
    assert found.table.rows == ((Decimal(30), "EUR", Decimal(20)),)
    assert [(fact.name, fact.number) for fact in found.facts] == [
        ("total", Decimal(60)),
        ("divisor", Decimal(2)),
        ("per_posting", Decimal(20)),
    ]
