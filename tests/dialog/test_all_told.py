"""Wholes in everyday words (all that is owned, all that is owed, all at one broker), and what was earned, and how."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "EUR"
2021-01-01 open Assets:Nordkai:Giro EUR
2021-01-01 open Assets:Nordkai:Savings EUR
2021-01-01 open Assets:Jar EUR
2021-01-01 open Assets:Dollars USD
2021-01-01 open Assets:Skerry:Cash EUR,USD
2021-01-01 open Assets:Skerry:WAVX
2021-01-01 open Assets:Receivable:Ostrava
2021-01-01 open Liabilities:Loan:Aunt EUR
2021-01-01 open Liabilities:Bluekarte EUR
2021-01-01 open Equity:Opening
2021-01-01 open Income:Work:Editing
2021-01-01 open Income:Honey EUR
2021-01-01 open Income:Dividends:WAVX
2021-01-01 open Expenses:Honey EUR
2021-01-01 open Expenses:Tax:Withheld
2021-01-01 open Expenses:Food EUR
2021-01-01 open Expenses:Bees EUR

2021-01-01 * "opening"
  Assets:Nordkai:Giro     1000.00 EUR
  Assets:Nordkai:Savings  4000.00 EUR
  Assets:Jar                50.00 EUR
  Assets:Dollars            20.00 USD
  Liabilities:Loan:Aunt   -600.00 EUR
  Equity:Opening
2023-02-01 * "Skerry" "bought WAVX"
  Assets:Skerry:WAVX   10 WAVX {30.00 USD}
  Assets:Skerry:Cash  -300.00 USD
2023-02-02 * "Skerry" "paid in"
  Assets:Skerry:Cash   340.00 USD @ 0.90 EUR
  Assets:Nordkai:Giro  -306.00 EUR
2023-09-01 * "Skerry" "WAVX dividend"
  Income:Dividends:WAVX  -10.00 USD
  Expenses:Tax:Withheld    1.50 USD
  Assets:Skerry:Cash       8.50 USD
2023-03-03 * "Ostrava Press" "invoice 1"
  Assets:Receivable:Ostrava   200.00 USD
  Income:Work:Editing        -200.00 USD
2023-10-03 * "Linden Verlag" "invoice 2"
  Assets:Receivable:Ostrava   150.00 EUR
  Income:Work:Editing        -150.00 EUR
2023-06-01 * "Market" "jars of honey"
  Assets:Nordkai:Giro    90.00 EUR
  Income:Honey          -90.00 EUR
2023-06-02 * "Market" "jars, labels"
  Expenses:Honey         60.00 EUR
  Assets:Nordkai:Giro   -60.00 EUR
2023-06-03 * "Apiary" "queens"
  Expenses:Bees          25.00 EUR
  Liabilities:Bluekarte -25.00 EUR
2024-01-05 * "Grocer" "food"
  Expenses:Food          40.00 EUR
  Liabilities:Bluekarte -40.00 EUR
2023-12-31 price USD 0.90 EUR
2024-05-01 price USD 0.92 EUR
2024-05-01 price WAVX 35.00 USD
"""


rows = partial(rows_of, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "everything we have minus everything we owe, with the dollars turned into euros",
        "all our accounts less all debts, in euros",
        "what we own less what we owe, in euros",
        "everything the household has minus everything it owes, in euros",
    ],
)
def test_all_that_is_owned_less_all_that_is_owed(question: str, index: Index) -> None:
    assert rows(question, index, Measure.NET_WORTH) == [["4828.02", "EUR"]]


@pytest.mark.parametrize(
    "question",
    [
        "the liabilities side in total",
        "all our debts together right now",
        "everything we owe",
        "the liabilities side in total as of now, the aunt and all",
    ],
)
def test_the_side_that_is_owed(question: str, index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [["-665", "EUR"]]


@pytest.mark.parametrize(
    "question", ["our assets in total, in euros", "everything we own, in euros", "all the assets together in euros"]
)
def test_the_side_that_is_owned(question: str, index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [["5493.02", "EUR"]]


@pytest.mark.parametrize(
    "question",
    [
        "what is all I keep at Skerry worth in dollars",
        "everything at Skerry in dollars",
        "Skerry right now at market, units plus the spare cash",
        "what is everything i have at Skerry worth in USD, the fund at its last price",
    ],
)
def test_all_that_lies_with_one_broker(question: str, index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [["398.5", "USD"]]


def test_ready_money_line_by_line(index: Index) -> None:
    found = rows("ready money, one line per pot: bank, savings, jar, foreign", index, Measure.BALANCE)
    assert sorted(row[0] for row in found) == ["Assets:Dollars", "Assets:Nordkai:Giro", "Assets:Nordkai:Savings"]


@pytest.mark.parametrize(
    "question", ["money in and money out for 2023, two totals", "what did we earn and what did we spend in 2023"]
)
def test_two_totals_and_no_statement(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [
        ["money in", "-240", "EUR"],
        ["money in", "-210", "USD"],
        ["money out", "85", "EUR"],
        ["money out", "1.5", "USD"],
    ]


@pytest.mark.parametrize("question", ["did the honey pay its way in 2023", "is the honey profitable"])
def test_what_a_name_earns_less_what_it_costs(question: str, index: Index) -> None:
    assert rows(question, index, Measure.NET_INCOME) == [["-30", "EUR"]]


def test_where_only_costs_are_booked_it_is_said(index: Index) -> None:
    plan = plan_question("do the bees earn their keep", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert "no income stands under that name" in " ".join(plan.reading)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what I invoiced in dollars, by year", [["2023", "-200", "USD"]]),
        ("how much did we invoice in euros in 2023", [["-150", "EUR"]]),
        ("cuánto he facturado en 2023", [["-200", "USD"], ["-150", "EUR"]]),
        ("what did i bill Ostrava Press in 2023", [["-200", "USD"]]),
        ("WAVX payouts 2023, how much actually arrived after the withholding", [["8.5", "USD"]]),
        ("dividends of WAVX in 2023", [["-10", "USD"]]),
        ("dividends in 2023 net of withholding tax", [["8.5", "USD"]]),
    ],
)
def test_what_was_earned_and_how(question: str, expected: list[list[str]], index: Index) -> None:
    assert sorted(rows(question, index, Measure.SUM)) == sorted(expected)


def test_now_only_goes_on_with_what_was_asked(index: Index) -> None:
    found = rows("now only those of Linden Verlag", index, Measure.SUM, "how much did I earn in 2023")
    assert found == [["-150", "EUR"]]


def test_held_in_a_money_is_not_all_turned_into_it(index: Index) -> None:
    found = rows("how much do we have in dollars", index, Measure.BALANCE)
    assert {row[-1] for row in found} == {"USD"}
    assert len(found) == 3


@pytest.mark.parametrize(
    "question",
    [
        "is something pending on the credit card right now",
        "anything still outstanding on the card?",
        "card debt",
        "credit card balance",
    ],
)
def test_a_card_by_the_last_part_of_its_name(question: str, index: Index) -> None:
    (row,) = rows(question, index, Measure.BALANCE)
    assert row[-2:] == ["-65", "EUR"]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("where did the giro stand the evening before we got the queens for the bees", ["724", "EUR"]),
        ("how much was in the giro the day before the jars of honey were sold", ["694", "EUR"]),
        ("giro balance just before the labels", ["784", "EUR"]),
    ],
)
def test_what_stood_the_day_before_something_was_booked(question: str, row: list[str], index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [row]


def test_net_worth_the_day_before(index: Index) -> None:
    plan = plan_question("net worth the day before we bought queens, in euros", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.period.end, plan.convert_to) == (Measure.NET_WORTH, dt.date(2023, 6, 3), "EUR")


def test_how_a_money_moved_are_its_prices(index: Index) -> None:
    found = rows("how has the dollar moved against the euro since 2023", index, Measure.PRICE)
    assert [row[0] for row in found] == ["2023-12-31", "2024-05-01"]
