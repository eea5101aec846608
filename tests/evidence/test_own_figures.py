"""Figures of books with nasty features: refunds, several currencies, values on postings, fees taken off a payment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.evidence import gather
from ledgerqa.evidence.nights import nights_said
from ledgerqa.records import Filters, Grouping, Having, Measure, Order, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Purse
2024-01-01 open Assets:Broker
2024-01-01 open Assets:Receivable
2024-01-01 open Liabilities:VAT
2024-01-01 open Income:Work
2024-01-01 open Expenses:Shopping
2024-01-01 open Expenses:Fees
2024-01-01 open Expenses:Fuel
2024-01-01 price JPY 0.006 EUR

2024-01-05 * "Loom" "a coat of last year goes back"
  Assets:Bank           120 EUR
  Expenses:Shopping
2024-01-06 * "Grocer" "food"
  Expenses:Shopping     115 EUR
  Assets:Bank
2024-01-07 * "Kiosk" "tea"
  Expenses:Shopping     900 JPY
  Assets:Purse
2024-01-08 * "Bureau" "yen"
  Assets:Purse        16000 JPY @@ 100 EUR
  Assets:Bank
2024-01-08 * "Bureau" "more yen"
  Assets:Purse         8000 JPY @@ 50 EUR
  Assets:Bank
2024-01-09 * "Broker" "a fund, booked without its cost"
  Assets:Broker          10 FUNDS @ 20 EUR
  Assets:Bank
2024-01-10 * "Orford" "billed" ^a
  Assets:Receivable     400 EUR
  Income:Work
2024-01-30 * "Orford" "paid, less the bank's fee" ^a
  Assets:Bank           395 EUR
  Expenses:Fees           5 EUR
  Assets:Receivable    -400 EUR
2024-02-10 * "Hale" "billed" ^b
  Assets:Receivable     240 EUR
  Income:Work
2024-03-10 * "Hale" "written off" ^b
  Expenses:Fees         200 EUR
  Liabilities:VAT        40 EUR
  Assets:Receivable
2024-04-01 * "Hale" "billed" ^c
  Assets:Receivable     300 EUR
  Income:Work
2024-04-05 * "Hale" "credited" ^c
  Income:Work           300 EUR
  Assets:Receivable
2024-05-10 * "Pump" "two cars"
  Expenses:Fuel          35 EUR
    litres: 20
  Expenses:Fuel          35 EUR
    litres: 20
  Assets:Bank
"""
SHOPPING = Filters(accounts=("Expenses:Shopping",))
LEDGER += "".join(
    f"""
2024-{month:02}-12 * "Reelflix" "{narration}"
  Expenses:Fees          {amount} EUR
  Assets:Bank
"""
    for month, narration, amount in [(5, "films", 10), (6, "films", 10), (7, "films", 10), (8, "films", 12)]
)
LEDGER += """
2024-06-23 * "Reelflix" "charged twice, given back"
  Expenses:Fees         -10 EUR
  Assets:Bank
"""
BY_PAYEE = (Grouping.PAYEE,)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("nasty")
    path = folder / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, folder)
    with open_index(path, folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("having", "expected"),
    [
        (Having(minimum=Decimal(100), worth="EUR"), ["Grocer"]),
        (Having(minimum=Decimal(100)), ["Grocer", "Kiosk"]),
        (Having(maximum=Decimal(50), worth="EUR"), ["Loom", "Kiosk"]),
        (None, ["Grocer", "Loom", "Kiosk"]),
    ],
)
def test_what_a_shop_gave_back_is_less_than_nothing(index: Index, having: Having | None, expected: list[str]) -> None:
    order = Order("amount", descending=True)
    plan = Plan(Measure.SUM, SHOPPING, group_by=BY_PAYEE, order=order, having=having)
    assert [row[0] for row in gather(plan, index, TODAY).table.rows] == expected


def test_a_fee_is_no_loss_and_a_credit_no_payment(index: Index) -> None:
    plan = Plan(Measure.LIST, Filters(accounts=("Assets:Receivable",)), pick="settled")
    assert [row[2:] for row in gather(plan, index, TODAY).table.rows] == [("Orford", "a", 20)]


def test_the_same_value_on_two_postings_counts_twice(index: Index) -> None:
    fuel = Filters(accounts=("Expenses:Fuel",))
    assert gather(Plan(Measure.METADATA, fuel, key="litres", summed=True), index, TODAY).table.rows == ((40,),)
    rows = gather(Plan(Measure.AVERAGE, fuel, key="litres", per="booking"), index, TODAY).table.rows
    assert rows[0][0] == Decimal("1.75")


def test_a_fund_is_no_money_that_was_changed(index: Index) -> None:
    rows = gather(Plan(Measure.LIST, pick="exchanged"), index, TODAY).table.rows
    assert [row[1] for row in rows] == ["Bureau", "Bureau"]


def test_what_exchanges_come_to_is_of_all_though_few_are_shown(index: Index) -> None:
    facts = gather(Plan(Measure.LIST, pick="exchanged"), index, TODAY, row_limit=1).facts
    assert [(each.number, each.currency) for each in facts] == [(Decimal(24000), "JPY"), (Decimal(150), "EUR")]


def test_a_refund_does_not_break_what_comes_round(index: Index) -> None:
    plan = Plan(Measure.RECURRING, Filters(accounts=("Expenses:Fees",)))
    rows = gather(plan, index, dt.date(2024, 8, 20)).table.rows
    assert [("monthly" in row, Decimal(12) in row) for row in rows] == [(True, True)]


@pytest.mark.parametrize(("narration", "nights"), [("one of three nights", 1), ("three nights, breakfast", 3)])
def test_nights_given_back(narration: str, nights: int) -> None:
    assert nights_said(narration) == nights
