"""What strays from the usual, what looks booked twice, and the rows that an ordinal passes over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.evidence import gather
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Filters, Measure, Order, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 1, 1)
MONTHLY = "".join(
    f"""
2023-{month:02}-03 * "Kereru Power" "bill"
  Expenses:Power  {270 if month == 8 else 90 + month % 3} NZD
  Assets:Bank
2023-{month:02}-28 * "Fernleaf" "pay"
  Expenses:Taxes  {1500 if month == 6 else 500} NZD
  Assets:Bank     2000 NZD
  Income:Salary
"""
    for month in range(1, 13)
)
PAPER = "".join(
    f"""
2023-{month:02}-11 * "Huia Herald" "paper"
  Expenses:Paper  {12 if month < 9 else 14} NZD
  Assets:Bank
"""
    for month in range(1, 13)
)
DAILY = "".join(
    f"""
2023-04-{day:02} * "Kea Cafe" "flat white"
  Expenses:Cafes  5.50 NZD
  Assets:Bank
"""
    for day in range(1, 15)
)
LEDGER = f"""
2023-01-01 open Assets:Bank
2023-01-01 open Income:Salary
2023-01-01 open Expenses:Power
2023-01-01 open Expenses:Taxes
2023-01-01 open Expenses:Cafes
2023-01-01 open Expenses:Shoes
2023-01-01 open Expenses:Paper
{MONTHLY}{DAILY}{PAPER}
2023-10-02 * "Moa Shoes" "boots"
  Expenses:Shoes  120 NZD
  Assets:Bank
2023-10-04 * "Moa Shoes" "boots"
  Expenses:Shoes  120 NZD
  Assets:Bank
"""
SPENT = Filters(roots=(Root.EXPENSES,))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("outliers")
    path = folder / "books.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def test_a_bill_thrice_the_usual_strays_and_what_a_payslip_takes_off_does_not(index: Index) -> None:
    found = gather(Plan(Measure.LIST, SPENT, pick="unusual"), index, TODAY)
    assert [(row[0], row[4], row[6]) for row in found.table.rows] == [(dt.date(2023, 8, 3), Decimal(270), Decimal(91))]
    assert len(found.entry_ids) == found.contributing == 1


def test_the_usual_is_that_of_all_time_and_the_rows_those_of_the_period(index: Index) -> None:
    july = Period(dt.date(2023, 7, 1), dt.date(2023, 8, 1))
    assert not gather(Plan(Measure.LIST, SPENT, july, pick="unusual"), index, TODAY).table.rows


def test_two_alike_within_days_look_doubled_and_a_daily_habit_does_not(index: Index) -> None:
    found = gather(Plan(Measure.LIST, SPENT, pick="twice"), index, TODAY)
    assert [(row[0], row[1]) for row in found.table.rows] == [
        (dt.date(2023, 10, 2), "Moa Shoes"),
        (dt.date(2023, 10, 4), "Moa Shoes"),
    ]


def test_rows_are_passed_over_with_their_entries(index: Index) -> None:
    order = Order("amount", descending=True)
    power = Filters(accounts=("Expenses:Power",))
    first = gather(Plan(Measure.LIST, power, order=order, limit=2), index, TODAY)
    second = gather(Plan(Measure.LIST, power, order=order, limit=1, skip=1), index, TODAY)
    assert second.table.rows == first.table.rows[1:]
    assert second.entry_ids == first.entry_ids[1:]


def test_what_a_payslip_takes_off_does_not_recur(index: Index) -> None:
    found = gather(Plan(Measure.RECURRING), index, TODAY)
    assert {row[0] for row in found.table.rows} == {"Kereru Power", "Huia Herald"}


def test_a_part_is_told_as_a_percentage_of_the_whole(index: Index) -> None:
    shoes = Variant("shoes", Filters(accounts=("Expenses:Shoes",)), Period())
    income = Variant("income", Filters(roots=(Root.INCOME,)), Period())
    found = gather(Plan(Measure.SUM, compare=(shoes, income), key=RATIO), index, TODAY)
    shoes_of, all_of = (abs(Decimal(str(row[1]))) for row in found.table.rows)
    assert (shoes_of, all_of) == (Decimal(240), Decimal(31000))
    assert [(fact.name, fact.number) for fact in found.facts] == [("ratio", Decimal("0.8"))]


def test_of_what_recurs_only_a_price_that_seldom_changes_and_rose_is_picked(index: Index) -> None:
    found = gather(Plan(Measure.RECURRING, SPENT, pick="risen"), index, TODAY)
    assert [(row[0], row[3], row[8], row[10]) for row in found.table.rows] == [
        ("Huia Herald", Decimal(14), Decimal(12), dt.date(2023, 9, 11))
    ]
