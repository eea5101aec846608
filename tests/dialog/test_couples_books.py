"""A couple's books: who of two earned more, one part of the year in several, lots, money abroad, a friend's debt."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding import headline
from ledgerqa.records import Measure
from tests.dialog.asking import Scripted, asked, rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 20)
LEDGER = """
option "operating_currency" "EUR"
option "operating_currency" "NOK"
plugin "beancount.plugins.auto_accounts"
2023-01-01 commodity SKRA
  name: "Skarra Wave Power"
2023-01-01 commodity BRKL
  name: "Birkelund Index"
2023-01-01 commodity NOK
  name: "Norwegian krone"

2024-02-10 * "Tax Office Norway" "refund"
  Assets:Bank:Far:Current      900 NOK
  Expenses:Tax:Income         -900 NOK
2024-02-11 * "Landlord" "room"
  Expenses:Rent                400 NOK
  Assets:Bank:Far:Current
2024-03-31 * "Harbour School" "pay"
  Income:Pay:Runa            -2000 EUR
  Expenses:Tax:Income          500 EUR
  Assets:Bank:Home:Current
2024-03-31 * "Yard" "pay"
  Income:Pay:Odd             -2600 EUR
  Expenses:Tax:Income          700 EUR
  Assets:Bank:Home:Current
2024-04-05 * "Fenna" "lent her for the roof" ^fenna-roof
  Assets:Receivable:Fenna      900 EUR
  Assets:Bank:Home:Current
2024-05-02 * "Cafe Lund" "dinner"
  Expenses:Restaurant           30 EUR
  Assets:Bank:Home:Current
2024-06-01 * "Fenna" "instalment" ^fenna-roof
  Assets:Bank:Home:Current     200 EUR
  Assets:Receivable:Fenna
2024-07-01 * "Fenna" "short until payday"
  Assets:Receivable:Fenna      100 EUR
  Assets:Bank:Home:Current
2024-08-01 * "Fenna" "the hundred"
  Assets:Bank:Home:Current     100 EUR
  Assets:Receivable:Fenna
2024-11-02 * "Cafe Lund" "dinner"
  Expenses:Restaurant           70 EUR
  Assets:Bank:Home:Current
2024-01-15 * "Broker" "buy"
  Assets:Broker:SKRA            10 SKRA {12.00 EUR}
  Assets:Broker:Cash
2024-03-15 * "Broker" "buy"
  Assets:Broker:SKRA             8 SKRA {15.00 EUR}
  Assets:Broker:Cash
2024-03-16 * "Broker" "buy"
  Assets:Broker:BRKL             4 BRKL {50.00 EUR}
  Assets:Broker:Cash
2025-01-31 * "Harbour School" "pay"
  Income:Pay:Annie           -1500 EUR
  Expenses:Tax:Income          300 EUR
  Assets:Bank:Annie           1200 EUR
2025-02-01 * "Roofer" "gutter"
  Expenses:HillFlat:Repairs     90 EUR
  Assets:Bank:Home:Current
2025-02-02 * "Stovecraft" "furnace service"
  Expenses:HillFlat:Repairs    60 EUR
  Assets:Bank:Home:Current
2025-02-02 * "Garage" "oil"
  Expenses:Car:Service        120 EUR
  Assets:Bank:Home:Current
2025-02-04 note Expenses:HillFlat:Repairs "Stovecraft would rather swap the furnace, 2400"
2025-03-04 note Expenses:HillFlat:Repairs "gutter leaks again by the door"
2024-02-01 price NOK 0.09 EUR
2025-02-03 * "Broker" "sell wave power"
  Assets:Broker:SKRA            -6 SKRA {12.00 EUR} @ 20.00 EUR
  Income:Gains                 -48 EUR
  Assets:Broker:Cash           120 EUR
2025-03-03 * "Broker" "sell index"
  Assets:Broker:BRKL            -1 BRKL {50.00 EUR} @ 45.00 EUR
  Income:Gains                   5 EUR
  Assets:Broker:Cash            45 EUR
2025-05-02 * "Cafe Lund" "dinner"
  Expenses:Restaurant           55 EUR
  Assets:Bank:Home:Current
2025-06-03 * "Harbour Post" "the paper, quarter"
  Expenses:Newspaper            40 EUR
  Assets:Bank:Home:Current
2025-06-09 ! "Harbour Post" "billed twice"
  Expenses:Newspaper            40 EUR
  Assets:Bank:Home:Current
2025-01-12 * "Filmbox" "films"
  Expenses:Films                 9 EUR
  Assets:Bank:Home:Current
2025-02-12 * "Filmbox" "films"
  Expenses:Films                11 EUR
  Assets:Bank:Home:Current
2025-03-12 * "Filmbox" "films"
  Expenses:Films                11 EUR
  Assets:Bank:Home:Current
2025-04-12 * "Filmbox" "films"
  Expenses:Films                11 EUR
  Assets:Bank:Home:Current
"""


rows = partial(rows_of, today=TODAY)


@pytest.mark.parametrize(
    "question",
    ["who earned more before tax in 2024, me (Runa) or Odd?", "Runa or Odd: who made more gross in 2024"],
)
def test_each_of_two_who_earn_has_a_side(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [["Runa", "-2000", "EUR"], ["Odd", "-2600", "EUR"]]


@pytest.mark.parametrize(
    "question",
    [
        "restaurants 1 january to 20 september: more this year than last?",
        "eating out january to 20 september 2025 vs 2024",
    ],
)
def test_a_part_of_the_year_named_once_holds_for_both_years(question: str, index: Index) -> None:
    assert [row[1:] for row in rows(question, index, Measure.SUM)] == [["55", "EUR"], ["30", "EUR"]]


@pytest.mark.parametrize(
    "question",
    [
        "which SKRA lots are left, how many and at what price each",
        "what lots of Skarra do we still hold",
        "SKRA lot by lot",
        "what remains of each purchase of SKRA",
    ],
)
def test_what_is_left_of_each_lot(question: str, index: Index) -> None:
    assert rows(question, index, Measure.HOLDINGS) == [
        ["Assets:Broker:SKRA", "2024-01-15", "4", "SKRA", "12", "EUR", "48", "EUR"],
        ["Assets:Broker:SKRA", "2024-03-15", "8", "SKRA", "15", "EUR", "120", "EUR"],
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("gains from selling shares and fund units in 2025", "-43"),
        ("what did we make or lose selling investments this year", "-43"),
        ("profit from selling SKRA", "-48"),
    ],
)
def test_gains_of_sales_in_general_and_of_one(question: str, expected: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [[expected, "EUR"]]


def test_a_place_beside_a_currency_is_no_payee(index: Index) -> None:
    found = rows("how many kroner are still lying over in Norway", index, Measure.BALANCE)
    assert found == [["Assets:Bank:Far:Current", "500", "NOK"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("of the money for the roof, how much has Fenna handed back so far?", "-200"),
        ("how much has Fenna given back so far", "-300"),
    ],
)
def test_what_a_friend_gave_back(question: str, expected: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [[expected, "EUR"]]


def test_what_a_friend_still_owes_for_one_thing(index: Index) -> None:
    assert rows("what does Fenna still owe for the roof", index, Measure.BALANCE) == [["700", "EUR"]]


def test_what_is_asked_of_doubled_charges_is_no_name(index: Index) -> None:
    found = rows("I think the newspaper was billed twice in June. Show me.", index, Measure.LIST)
    assert [row[0] for row in found] == ["2025-06-03", "2025-06-09"]


@pytest.mark.parametrize("question", ["income and expenses 2024, the krone side", "income and expenses 2024, NOK only"])
def test_one_currencys_side_is_not_turned_into_it(question: str, index: Index) -> None:
    hears = Scripted({"convert": ("yes", 0.9)})
    plan, _ = asked(index, question, hears, today=TODAY)
    assert (plan.convert_to, plan.filters.currencies) == (None, ("NOK",))


@pytest.mark.parametrize(
    "question", ["what does my cousin Fenna still owe me", "what does Fenna, my old friend, owe me"]
)
def test_who_somebody_is_to_us_names_nothing(question: str, index: Index) -> None:
    assert rows(question, index, Measure.BALANCE) == [["Assets:Receivable:Fenna", "700", "EUR"]]


@pytest.mark.parametrize("question", ["what did the flat cost this year", "costs of the flat we let out in 2025"])
def test_a_flat_is_what_the_books_call_so(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [["150", "EUR"]]


@pytest.mark.parametrize(
    "question",
    [
        "what has really arrived in my (annies) account from the school this year",
        "what landed in Annie's account in 2025",
    ],
)
def test_what_arrived_in_an_account_is_no_balance_and_no_pay(question: str, index: Index) -> None:
    assert rows(question, index, Measure.SUM) == [["1200", "EUR"]]


def test_two_between_whom_something_stands_are_not_square(index: Index) -> None:
    plan, evidence = asked(index, "are we square with Fenna", today=TODAY)
    assert headline(plan, evidence, index, (), "are we square with Fenna").startswith("Not in full.")


def test_a_verb_is_no_account_where_entries_have_both_words(index: Index) -> None:
    found = rows("when was the furnace last serviced", index, Measure.LIST)
    assert [row[:3] for row in found] == [["2025-02-02", "Stovecraft", "furnace service"]]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("what did I write down about the furnace at the hill flat", "Stovecraft"),
        ("any notes on leaks at the hill flat?", "gutter"),
    ],
)
def test_of_the_notes_on_an_account_those_that_say_the_rest(question: str, begins: str, index: Index) -> None:
    found = rows(question, index, Measure.NOTES)
    assert len(found) == 1
    assert found[0][2].startswith(begins)


@pytest.mark.parametrize(
    "question", ["what was a krone in euros, mid february 2024", "euros for one krone in may 2024"]
)
def test_one_unit_of_money_in_another_is_a_price(question: str, index: Index) -> None:
    assert [row[1:] for row in rows(question, index, Measure.PRICE)] == [["NOK", "0.09", "EUR"]]


def test_how_often_and_how_much_was_lent(index: Index) -> None:
    assert rows("number of times we have lent Fenna something", index, Measure.COUNT) == [["2"]]
    assert rows("how much have I lent Fenna in all", index, Measure.SUM) == [["1000", "EUR"]]
    assert rows("how much of what I lent Fenna is still out", index, Measure.BALANCE) == [["700", "EUR"]]


@pytest.mark.parametrize(
    "hears", [None, Scripted({"measure": ("holdings", 0.95)}), Scripted({"measure": ("balance", 0.95)})]
)
def test_what_still_has_a_flag_is_booked_and_not_held(hears: Scripted | None, index: Index) -> None:
    _, evidence = asked(index, "which bookings still have the exclamation mark on them", hears, today=TODAY)
    assert [str(row[0]) for row in evidence.table.rows] == ["2025-06-09"]
