"""A couple's books who let three flats and keep house: places by name, deposits held, labels, a counter, loans.

The flats stand below what is owned, owed, earned and spent; their own home is called Home.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.records import Filters, Measure, Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "title" "Two landlords, house and flats"
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank:Joint
2024-01-01 open Assets:Bank:Lettings
2024-01-01 open Assets:Property:MillLane
2024-01-01 open Assets:Property:ElmStreet
2024-01-01 open Assets:Property:PierRoad
2024-01-01 open Liabilities:Mortgage:MillLane
2024-01-01 open Liabilities:Mortgage:ElmStreet
2024-01-01 open Liabilities:TenantDeposits
2024-01-01 open Income:Rent:MillLane
2024-01-01 open Income:Rent:ElmStreet
2024-01-01 open Income:Rent:PierRoad
2024-01-01 open Income:Wages
2024-01-01 open Expenses:Let:MillLane:Repairs
2024-01-01 open Expenses:Let:ElmStreet:Repairs
2024-01-01 open Expenses:Let:PierRoad:Repairs
2024-01-01 open Expenses:Let:MillLane:Insurance
2024-01-01 open Expenses:Let:ElmStreet:Insurance
2024-01-01 open Expenses:Let:MillLane:Interest
2024-01-01 open Expenses:Home:Insurance
2024-01-01 open Expenses:Home:Tax
2024-01-01 open Expenses:Home:Power
2024-01-01 open Expenses:Car:Insurance
2024-01-01 open Expenses:Car:Tax
2024-01-01 open Expenses:Car:Fuel
2024-01-01 open Expenses:Tax:Income
2024-01-01 open Expenses:Holidays
2024-01-01 open Equity:Start
2024-01-01 price GBP 1.20 EUR

2024-01-01 * "Start"
  Assets:Property:MillLane   200000 EUR
  Assets:Property:ElmStreet  150000 EUR
  Assets:Property:PierRoad   100000 GBP
  Liabilities:Mortgage:MillLane  -90000 EUR
  Liabilities:Mortgage:ElmStreet  -50000 EUR
  Liabilities:TenantDeposits  -1700 EUR
  Equity:Start  -208300 EUR
  Equity:Start  -100000 GBP
2024-02-01 * "Novak" "Rent"
  tenant: "Olga Novak"
  Assets:Bank:Lettings  900 EUR
  Income:Rent:MillLane
2024-03-01 * "Novak" "Rent"
  tenant: "Olga Novak"
  Assets:Bank:Lettings  900 EUR
  Income:Rent:MillLane
2024-04-01 * "Novak" "Rent"
  tenant: "Olga Novak"
  Assets:Bank:Lettings  900 EUR
  Income:Rent:MillLane
2024-02-02 * "Harbour Agents" "Rent"
  tenant: "Tom Breen"
  Assets:Bank:Lettings  800 EUR
  Income:Rent:ElmStreet
2024-03-02 * "Harbour Agents" "Rent"
  tenant: "Tom Breen"
  Assets:Bank:Lettings  800 EUR
  Income:Rent:ElmStreet
2024-04-02 * "Harbour Agents" "Rent"
  tenant: "Tom Breen"
  Assets:Bank:Lettings  800 EUR
  Income:Rent:ElmStreet
2024-04-03 * "Walk-in" "Rent"
  Assets:Bank:Lettings  300 EUR
  Income:Rent:PierRoad
2024-05-04 * "Pipeworks" "Boiler"
  Expenses:Let:MillLane:Repairs  250 EUR
  Assets:Bank:Lettings
2024-05-05 * "Pipeworks" "Sink"
  Expenses:Let:ElmStreet:Repairs  90 EUR
  Assets:Bank:Lettings
2024-05-06 * "Glazier" "Pane"
  Expenses:Let:PierRoad:Repairs  60 EUR
  Assets:Bank:Lettings
2024-06-01 * "Mutual" "Landlord cover"
  Expenses:Let:MillLane:Insurance  110 EUR
  Assets:Bank:Lettings
2024-06-01 * "Mutual" "Landlord cover"
  Expenses:Let:ElmStreet:Insurance  120 EUR
  Assets:Bank:Lettings
2024-06-02 * "Mutual" "Home"
  Expenses:Home:Insurance  300 EUR
  Assets:Bank:Joint
2024-06-03 * "Mutual" "Motor"
  Expenses:Car:Insurance  400 EUR
  Assets:Bank:Joint
2024-07-01 * "Lender" "Instalment"
  Liabilities:Mortgage:MillLane  500 EUR
  Expenses:Let:MillLane:Interest  200 EUR
  Assets:Bank:Lettings
2024-08-01 * "Lender" "Instalment"
  Liabilities:Mortgage:MillLane  510 EUR
  Expenses:Let:MillLane:Interest  190 EUR
  Assets:Bank:Lettings
2024-09-01 * "Revenue" "Own home"
  Expenses:Home:Tax  405 EUR
  Assets:Bank:Joint
2024-09-02 * "Revenue" "Road tax"
  Expenses:Car:Tax  280 EUR
  Assets:Bank:Joint
2024-09-03 * "Revenue" "Rents"
  Expenses:Tax:Income  1000 EUR
  Assets:Bank:Joint
2024-09-04 * "Gridline" "Bill"
  Expenses:Home:Power  77 EUR
  Assets:Bank:Joint
2024-09-10 * "Pump" "Diesel"
  odometer: 61000
  Expenses:Car:Fuel  50 EUR
  Assets:Bank:Joint
2024-10-10 * "Pump" "Diesel"
  odometer: 61900
  Expenses:Car:Fuel  51 EUR
  Assets:Bank:Joint
2024-11-10 * "Pump" "Diesel"
  odometer: 62700
  Expenses:Car:Fuel  52 EUR
  Assets:Bank:Joint
2025-01-10 * "Pump" "Diesel"
  odometer: 64000
  Expenses:Car:Fuel  53 EUR
  Assets:Bank:Joint
2025-02-10 * "Pump" "Diesel"
  odometer: 65100
  Expenses:Car:Fuel  54 EUR
  Assets:Bank:Joint
2024-07-20 * "Jura Ferries" "Crossing" #jura24
  Expenses:Holidays  140 EUR
  Assets:Bank:Joint
2024-07-21 * "Inn" "Four nights" #jura24
  Expenses:Holidays  360 EUR
  Assets:Bank:Joint
2025-07-01 * "Inn" "Deposit" #skye
  Expenses:Holidays  90 EUR
  Assets:Bank:Joint
2025-05-01 ! "Pump" "whose card?"
  Expenses:Car:Fuel  33 EUR
  Assets:Bank:Joint
"""

OTHER = """
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Escrow
2024-01-01 open Liabilities:DepositsHeld:Ruiz
2024-01-01 open Liabilities:Loan:Duplex
2024-01-01 open Income:Rent
2024-01-01 open Income:Forfeit
2024-01-01 open Expenses:Repairs
2024-01-01 open Expenses:Insurance
2024-01-02 * "Ruiz" "deposit"
  Assets:Escrow  900 USD
  Liabilities:DepositsHeld:Ruiz
2024-01-03 * "Bank" "loan"
  Assets:Bank  5000 USD
  Liabilities:Loan:Duplex
2024-02-01 * "Ruiz" "rent"
  unit: "duplex-up"
  Assets:Bank  700 USD
  Income:Rent
2024-03-01 * "Ruiz" "rent"
  unit: "duplex-up"
  Assets:Bank  700 USD
  Income:Rent
2024-02-02 * "Lee" "rent"
  unit: "kingston"
  Assets:Bank  600 USD
  Income:Rent
2024-03-03 * "Kingston Roofing" "flashing"
  unit: "kingston"
  Expenses:Repairs  520 USD
  Assets:Bank
2024-03-04 * "Locks Co" "locks"
  unit: "kingston"
  Expenses:Repairs  145 USD
  Assets:Bank
2024-03-05 * "Plumber" "tap"
  unit: "duplex-up"
  Expenses:Repairs  60 USD
  Assets:Bank
2024-03-06 * "Mutual" "dwelling"
  unit: "duplex"
  Expenses:Insurance  200 USD
  Assets:Bank
2024-03-07 * "Mutual" "dwelling"
  unit: "duplex"
  Expenses:Insurance  210 USD
  Assets:Bank
2024-03-08 * "Mutual" "truck"
  Expenses:Insurance  99 USD
  Assets:Bank
2024-03-09 * "Mutual" "dwelling"
  unit: "duplex"
  Expenses:Insurance  20 USD
  Assets:Bank
2024-06-01 * "Ruiz" "deposit back, less the door"
  Liabilities:DepositsHeld:Ruiz  900 USD
  Assets:Escrow  -780 USD
  Income:Forfeit  -120 USD
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Of the books that tell the places apart by a label."""
    folder = tmp_path_factory.mktemp("other")
    path = folder / "main.beancount"
    path.write_text(OTHER, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def figure(index: Index, question: str) -> Decimal:
    """The one figure of the answer, without its sign."""
    _, found = asked(index, question)
    (row,) = found.table.rows
    return next(abs(cell) for cell in row if isinstance(cell, Decimal))


@pytest.mark.parametrize(
    "question", ["repairs by flat", "what did repairs cost per flat", "repairs for each house", "repairs by property"]
)
def test_the_word_for_the_places_is_no_home_to_add(index: Index, question: str) -> None:
    rows = rows_of(question, index, Measure.SUM)
    assert sorted(row[:2] for row in rows) == [
        ["Expenses:Let:ElmStreet:Repairs", "90"],
        ["Expenses:Let:MillLane:Repairs", "250"],
        ["Expenses:Let:PierRoad:Repairs", "60"],
    ]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("insurance on all of them flats", 230),
        ("insurance of the flats", 230),
        ("what did we spend on the flats", 1020),
        ("what did the three properties bring in", 5400),
        ("insurance for the house", 300),
        ("insurance for the car", 400),
        ("insurance", 930),
        ("tax for the house", 405),
        ("tax on the car", 280),
        ("what did Pipeworks cost us for the flats", 340),
        ("what is still owed on the flats", 138990),
        ("rent Elm St", 2400),
    ],
)
def test_of_the_places_and_of_the_home(index: Index, question: str, number: int) -> None:
    assert figure(index, question) == number


@pytest.mark.parametrize("question", ["power for the flats", "power by flat", "how many flats have we got"])
def test_what_is_kept_for_no_place_is_not_told_of_the_home(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question", ["which of the three flats makes us the most", "what did each flat make", "profit per flat"]
)
def test_what_each_place_leaves_over(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    numbers = [abs(cell) for row in found.table.rows for cell in row if isinstance(cell, Decimal)]
    assert {Decimal(1950), Decimal(2190), Decimal(240)} <= set(numbers)


@pytest.mark.parametrize("question", ["deposits", "Deposits?", "the tenants' deposits", "what deposits do we hold"])
def test_deposits_alone_are_those_held(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Liabilities:TenantDeposits",))


def test_deposits_into_an_account_are_what_came_there(index: Index) -> None:
    plan, _ = asked(index, "deposits into the lettings account")
    assert (plan.filters.accounts, plan.filters.sign) == (("Assets:Bank:Lettings",), 1)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many km did we do in 2024", "1,700 odometer in 2024"),
        ("how many miles did we drive altogether", "4,100 odometer"),
        ("how many kilometres in 2025", "1,100 odometer in 2025"),
    ],
)
def test_readings_of_a_counter_are_no_sum(index: Index, question: str, said: str) -> None:
    plan, found = asked(index, question)
    assert headline(plan, found, index, (), question).startswith(f"{said}, from one reading to another: from ")


def test_a_counter_by_year_is_not_added_up(index: Index) -> None:
    plan, found = asked(index, "how many km per year")
    assert not plan.summed
    assert found.table.row_count == 5


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("how much have we paid off the mortgages, not counting interest", 1010),
        ("what did we pay on the Mill Lane mortgage without interest", 1010),
        ("mortgage on Elm Street", 50000),
        ("what did we pay on the mortgage for Mill Lane", 1400),
    ],
)
def test_what_came_off_a_loan_and_what_is_left_of_it(index: Index, question: str, number: int) -> None:
    assert figure(index, question) == number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Jura", 500),
        ("what did the week in Jura set us back, ferry included", 500),
        ("what did we pay Jura Ferries", 140),
        ("Olga's rent", 2700),
        ("what rent did Tom pay", 2400),
        ("Tom Breen", 2400),
    ],
)
def test_a_word_of_a_trip_or_of_a_tenant(index: Index, question: str, number: int) -> None:
    assert figure(index, question) == number


@pytest.mark.parametrize("question", ["anything I still need to check", "what do we still have to look at"])
def test_what_is_still_to_check_is_flagged(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert found.table.row_count == 1


@pytest.mark.parametrize("question", ["how long was Mill Lane empty", "how long has Mill Lane been dry"])
def test_how_long_is_no_balance(index: Index, question: str) -> None:
    outcome = plan_question(question, (), TODAY, index)
    assert not (isinstance(outcome, Plan) and outcome.measure is Measure.BALANCE)


def test_money_at_home_counts_in_the_worth_of_all(index: Index) -> None:
    question = "what are the properties worth"
    plan, found = asked(index, question)
    assert "Together: market value 470,000 EUR." in headline(plan, found, index, (), question)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("repairs at kingston", 665),
        ("what did kingston bring in", 600),
        ("repairs for duplex-up", 60),
        ("insurance for the duplex", 430),
        ("Kingston Roofing", 520),
        ("what do we owe on the duplex", 5000),
        ("insurance", 529),
        ("how much of Ruiz's deposit did we hang on to", 120),
        ("what did we keep of Ruiz's deposit", 120),
    ],
)
def test_places_by_a_label(other: Index, question: str, number: int) -> None:
    assert figure(other, question) == number


def test_no_account_is_named_by_the_places_alone(index: Index) -> None:
    plan, _ = asked(index, "what did we spend in 2024")
    assert plan.filters.accounts == Filters().accounts
