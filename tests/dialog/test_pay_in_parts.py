"""Pay and its parts: gross with what comes once a year, what is taken off, shares that vest, and what selling them gained."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Measure
from tests.dialog.asking import rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 11, 20)
LEDGER = """
option "operating_currency" "CHF"
plugin "beancount.plugins.auto_accounts"
2023-01-01 commodity KELV
  name: "Kelvedon Instruments plc"
  isin: "GB00KELV0001"
2023-01-01 commodity TRKR
  name: "Tracker Europe"
  class: "world equity"
  isin: "IE00TRKR0002"

2023-12-05 * "Old Mill Bakery" "pay December"
  payslip: "OM-12"
  Income:OldMill:Salary    -1000.00 CAD
  Expenses:Tax:Income        200.00 CAD
  Assets:Bank
2024-01-25 * "Kelvedon Instruments" "Lohn 01/2024"
  payslip: "K-01"
  Income:Kelvedon:Salary   -5000.00 CHF
  Expenses:Tax:Income        600.00 CHF
  Expenses:Social            300.00 CHF
  Assets:Bank
2024-02-23 * "Kelvedon Instruments" "Lohn 02/2024"
  payslip: "K-02"
  Income:Kelvedon:Salary   -5000.00 CHF
  Expenses:Tax:Income        600.00 CHF
  Expenses:Social            300.00 CHF
  Assets:Bank
2024-03-01 * "Kelvedon Instruments" "once a year"
  payslip: "K-03"
  Income:Kelvedon:Bonus    -2000.00 CHF
  Expenses:Social            120.00 CHF
  Assets:Bank
2024-10-25 * "Kelvedon Instruments" "the thirteenth"
  payslip: "K-13"
  Income:Kelvedon:Thirteenth  -4000.00 CHF
  Expenses:Social               240.00 CHF
  Assets:Bank
2024-04-02 * "Kelvedon Instruments" "stock plan"
  Income:Kelvedon:RSU      -900.00 USD
  Expenses:Tax:Shares       200.00 USD
  Assets:Broker:KELV       7 KELV {100.00 USD}
2024-09-02 * "Kelvedon Instruments" "stock plan"
  Income:Kelvedon:RSU      -450.00 USD
  Assets:Broker:KELV       4 KELV {112.50 USD}
2024-10-01 * "Broker" "out"
  Assets:Broker:KELV      -5 KELV {100.00 USD} @ 120.00 USD
  Assets:Broker:Cash     600.00 USD
  Income:Gains:KELV     -100.00 USD
2024-10-02 * "Broker" "tracker"
  Assets:Broker:TRKR       2 TRKR {50.00 CHF}
  Assets:Bank
2024-10-30 price TRKR 51.00 CHF
2024-10-30 price KELV 121.00 USD
"""


rows = partial(rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kelvedon gross 2024 with the 13th and the bonus but without shares", [["-16000", "CHF"]]),
        ("gross salary 2024 with 13th and bonus", [["-16000", "CHF"]]),
        ("gross salary in 2024", [["-10000", "CHF"]]),
        ("Kelvedon gross 2024 without shares", [["-16000", "CHF"]]),
        ("Kelvedon gross 2024 without shares and without the bonus", [["-14000", "CHF"]]),
        ("13th salary 2024", [["-4000", "CHF"]]),
        ("realised gain from dumping my employer stock in 2024", [["-100", "USD"]]),
        ("what did we gain from offloading KELV", [["-100", "USD"]]),
        ("vest value of my RSUs in 2024 in dollars", [["-1350", "USD"]]),
    ],
)
def test_pay_and_its_parts(question: str, expected: list[list[str]], index: Index) -> None:
    assert rows(question, index, Measure.SUM) == expected


@pytest.mark.parametrize(
    "question",
    [
        "what got taken off my franc payslips in 2024, item by item (the shares dont count)",
        "deductions from my salary in 2024 in francs, by account",
    ],
)
def test_what_is_taken_off_whatever_each_slip_is_called(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [
        ["Expenses:Tax:Income", "1200", "CHF"],
        ["Expenses:Social", "960", "CHF"],
    ]


def test_how_often_shares_vested(index: Index) -> None:
    assert rows("how many times have my shares vested by now", index, Measure.COUNT) == [["2"]]


def test_the_same_for_another_period_asks_the_same(index: Index) -> None:
    earlier = "vest value of my RSUs in 2024 in dollars"
    assert rows("same for this autumn", index, Measure.SUM, earlier) == [["-450", "USD"]]


@pytest.mark.parametrize(
    ("question", "value"),
    [("need the ISIN of the world fund", "IE00TRKR0002"), ("isin of my employer's shares", "GB00KELV0001")],
)
def test_the_metadata_of_a_security_named_by_what_it_is(question: str, value: str, index: Index) -> None:
    assert [row[-1] for row in rows(question, index, Measure.METADATA)] == [value]
