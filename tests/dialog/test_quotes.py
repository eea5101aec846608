"""What a unit is quoted at, in words other than "price"; what is held of one money in another; funds by their kind."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Measure
from tests.dialog.asking import rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "EUR"
plugin "beancount.plugins.auto_accounts"
2021-01-01 commodity NOVG
  name: "Novagest Indexado Mundo"
  class: "renta variable"
2021-01-01 commodity NOVB
  name: "Novagest Ahorro"
  class: "renta fija"
2021-01-01 commodity QUAY
  name: "Quayline Holdings"

2022-01-10 * "Novagest" "aportación"
  Assets:Funds   10 NOVG {50.00 EUR}
  Assets:Bank
2022-02-10 * "Novagest" "aportación"
  Assets:Funds   20 NOVB {10.00 EUR}
  Assets:Bank
2022-03-25 * "Quayline Ltd" "salary March"
  Income:Quayline:Salary   -2000.00 EUR
  Assets:Bank
2022-04-01 * "Quayline Ltd" "staff shares"
  Assets:Broker:QUAY   30 QUAY {4.00 EUR}
  Assets:Bank
2023-02-01 * "Broker" "sold some"
  Assets:Broker:QUAY   -12 QUAY {4.00 EUR} @ 5.00 EUR
  Assets:Bank   60.00 EUR
  Income:Gains
2023-08-01 * "Exchange desk" "pounds for the trip"
  Assets:Drawer:Pounds   100.00 GBP @ 1.10 EUR
  Assets:Bank
2023-08-20 * "Ferry" "sandwiches"
  Expenses:Trip   60.00 GBP
  Assets:Drawer:Pounds
2023-09-01 * "Northern Bank" "kroner and dollars"
  Assets:Drawer:Dollars   50.00 USD @ 0.90 EUR
  Assets:Bank
2022-06-30 price GBP 1.16 EUR
2022-12-31 price GBP 1.13 EUR
2023-12-31 price GBP 1.15 EUR
2024-05-01 price GBP 1.17 EUR
2023-12-31 price USD 0.91 EUR
2023-12-31 price CAD 0.68 EUR
2023-06-30 price NOVG 61.00 EUR
2024-04-30 price NOVG 66.00 EUR
2024-04-30 price NOVB 9.50 EUR
"""


rows = partial(rows_of, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "latest pound rate we have written down, and from when",
        "what's the pound at these days",
        "newest sterling rate on file",
        "pound in euros right now",
        "a cuánto está la libra",
    ],
)
def test_the_newest_rate_in_other_words(question: str, index: Index) -> None:
    assert rows(question, index, Measure.PRICE) == [["2024-05-01", "GBP", "1.17", "EUR"]]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("cheapest the pound has ever been according to this book", ["2022-12-31", "GBP", "1.13", "EUR"]),
        ("how low did the pound go", ["2022-12-31", "GBP", "1.13", "EUR"]),
        ("dearest the world fund has ever been", ["2024-04-30", "NOVG", "66", "EUR"]),
        ("último valor liquidativo del fondo mundo", ["2024-04-30", "NOVG", "66", "EUR"]),
        ("last price for the bond fund", ["2024-04-30", "NOVB", "9.5", "EUR"]),
        ("what did a pound cost in 2022", ["2022-12-31", "GBP", "1.13", "EUR"]),
    ],
)
def test_extremes_and_funds_by_their_kind(question: str, row: list[str], index: Index) -> None:
    assert rows(question, index, Measure.PRICE) == [row]


def test_a_money_that_several_countries_call_so_is_told_for_each(index: Index) -> None:
    assert rows("dollar in euros at the end of 2023", index, Measure.PRICE) == [
        ["2023-12-31", "CAD", "0.68", "EUR"],
        ["2023-12-31", "USD", "0.91", "EUR"],
    ]


@pytest.mark.parametrize(
    "question",
    [
        "leftover pounds back into euros at the latest rate",
        "if we changed the leftover pounds back at the latest rate in the book how many euros is that",
        "how many euros are the pounds in the drawer",
        "the pounds we still have, turned into euros",
    ],
)
def test_what_is_held_of_one_money_in_another(question: str, index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [["46.8", "EUR"]]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("how many QUAY are left after all the selling", ["18", "QUAY"]),
        ("how many shares of my employer do i still own", ["18", "QUAY"]),
        ("how many participaciones of the world fund do i hold", ["10", "NOVG"]),
        ("how many units of the bond fund", ["20", "NOVB"]),
        ("am i winning or losing with the bond fund", ["20", "NOVB"]),
        ("gano o pierdo con el fondo de renta fija", ["20", "NOVB"]),
        ("is the world fund up or down on what i paid for it", ["10", "NOVG"]),
        ("what is the rate of return on the world fund", ["10", "NOVG"]),
    ],
)
def test_what_is_held_by_the_kind_of_fund(question: str, units: list[str], index: Index) -> None:
    (row,) = rows(question, index, Measure.HOLDINGS)
    assert row[1:3] == units


@pytest.mark.parametrize("question", ["how many QUAY did i sell", "how many QUAY shares did we sell in 2023"])
def test_what_was_sold_is_still_what_went_out(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [["-12", "QUAY"]]


def test_what_a_thing_costs_in_a_money_is_no_rate(index: Index) -> None:
    (row,) = rows("price of the ferry in pounds", index, Measure.LIST)
    assert row[0] == "2023-08-20"
