"""What words beside a name do to it: examples in brackets, what is left in, how it was paid, a debt for a thing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Measure
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Bank EUR
2024-01-01 open Assets:Pots:Crowns SEK
2024-01-01 open Assets:Owed:Ruben EUR
2024-01-01 open Assets:Owed:Sonja EUR
2024-01-01 open Assets:Silver OUNCE
2024-01-01 open Assets:Van EUR
2024-01-01 open Liabilities:Ilse EUR
2024-01-01 open Liabilities:VanFinance EUR
2024-01-01 open Income:Kiln:Workshop
2024-01-01 open Income:Kiln:Orders
2024-01-01 open Income:Let:Attic
2024-01-01 open Income:Let:Cellar
2024-01-01 open Expenses:Flat:Loan
2024-01-01 open Expenses:Flat:Water
2024-01-01 open Expenses:Flat:Mending
2024-01-01 open Expenses:Kiln:Clay
2024-01-01 open Expenses:Kiln:Gas
2024-01-01 open Expenses:Van:Diesel
2024-01-01 open Expenses:Van:Interest
2024-01-01 open Expenses:Van:Repairs
2024-01-01 open Expenses:Chapel:Tithe
2024-01-01 open Expenses:Chapel:Plate
2024-01-01 open Expenses:School:Fees
2024-01-01 open Expenses:Kiln:Helper
2024-01-01 open Equity:Start
2024-01-01 price OUNCE 20.00 EUR
2024-08-01 price OUNCE 31.00 EUR
2025-03-01 price OUNCE 27.00 EUR
2024-01-01 price SEK 0.10 EUR
2025-06-01 price SEK 0.09 EUR

2024-01-02 * "Start"
  Assets:Bank        5000.00 EUR
  Assets:Pots:Crowns 3000.00 SEK
  Assets:Van         9000.00 EUR
  Liabilities:VanFinance -4000.00 EUR
  Equity:Start
2024-02-01 * "Bank" "flat loan"
  Expenses:Flat:Loan  300.00 EUR
  Assets:Bank
2024-02-03 * "Works" "water"
  Expenses:Flat:Water  40.00 EUR
  Assets:Bank
2024-02-05 * "Handyman" "tap"
  Expenses:Flat:Mending  60.00 EUR
  Assets:Bank
2024-03-01 * "Lodger" "attic"
  Assets:Bank        500.00 EUR
  Income:Let:Attic
2024-03-02 * "Lodger" "cellar"
  Assets:Bank        350.00 EUR
  Income:Let:Cellar
2024-03-09 * "stall, cash in the tin"
  Assets:Bank        120.00 EUR
  Income:Kiln:Workshop
2024-03-10 * "Card Machines Ltd" "stall by card"
  Assets:Bank         80.00 EUR
  Income:Kiln:Workshop
2024-03-11 * "stall, owed and paid"
  Assets:Bank         10.00 EUR
  Income:Kiln:Workshop
2024-03-12 * "Pit" "clay"
  Expenses:Kiln:Clay  30.00 EUR
  Assets:Bank
2024-03-13 * "Works" "gas"
  Expenses:Kiln:Gas   25.00 EUR
  Assets:Bank
2024-04-01 * "Pump" "diesel"
  Expenses:Van:Diesel  70.00 EUR
  Assets:Bank
2024-04-02 * "Lender" "van finance"
  Expenses:Van:Interest  12.00 EUR
  Liabilities:VanFinance 100.00 EUR
  Assets:Bank
2024-04-03 * "Garage" "exhaust"
  Expenses:Van:Repairs 200.00 EUR
  Assets:Bank
2024-05-01 * "Chapel" "my tithe"
  Expenses:Chapel:Tithe  50.00 EUR
  Assets:Bank
2024-05-08 * "Chapel" "tithe, June"
  Expenses:Chapel:Tithe  55.00 EUR
  Assets:Bank
2024-05-09 * "Chapel" "plate"
  Expenses:Chapel:Plate   5.00 EUR
  Assets:Bank
2024-05-20 * "School" "term"
  Expenses:School:Fees  800.00 EUR
  Assets:Bank
2024-05-25 * "School" "choir credit"
  Expenses:School:Fees  -90.00 EUR
  Assets:Bank
2024-06-01 * "Ilse" "sister's half of the gift"
  Assets:Bank        40.00 EUR
  Liabilities:Ilse
2024-06-02 * "Ilse" "lent me for the fair"
  Assets:Bank        60.00 EUR
  Liabilities:Ilse
2024-06-10 * "Ruben" "glazed bowls, to pay later"
  Assets:Owed:Ruben   45.00 EUR
  Income:Kiln:Orders
2024-06-11 * "Sonja" "tiles, to pay later"
  Assets:Owed:Sonja   15.00 EUR
  Income:Kiln:Orders
2024-06-12 * "Bowls and Bits" "packing"
  Expenses:Kiln:Clay   6.00 EUR
  Assets:Bank
2024-01-03 * "Broker" "silver"
  Assets:Silver       1 OUNCE {20.00 EUR}
  Equity:Start
2024-01-20 * "Moira" "helped"
  Expenses:Kiln:Helper  60.00 EUR
  Assets:Bank
2024-04-20 * "Moira" "helped"
  Expenses:Kiln:Helper  90.00 EUR
  Assets:Bank
2024-04-27 * "Moira" "helped"
  Expenses:Kiln:Helper  30.00 EUR
  Assets:Bank
"""
_rows = partial(asking.rows_of, today=TODAY)


def _figure(index: Index, question: str, *history: str, measure: Measure = Measure.SUM) -> Decimal:
    """The one figure of the answer."""
    (row,) = _rows(question, index, measure, *history)
    return Decimal(row[-2])


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("flat costs in 2024 (loan, water and all)", "400"),
        ("what did the flat cost in 2024, things like the loan and water", "400"),
        ("flat costs in 2024 including water", "400"),
        ("flat costs in 2024 (loan, water)", "340"),
        ("what did the van cost in 2024, diesel left out, interest left in", "212"),
        ("my tithes in 2024", "105"),
        ("school fees in 2024 after the choir credit came off", "710"),
        ("what did the workshop take in 2024, cash and card together", "-210"),
        ("how much did the workshop bring in in 2024, whether cash or card", "-210"),
    ],
)
def test_words_beside_a_name_keep_the_whole(index: Index, question: str, figure: str) -> None:
    """Examples, what stays in, what came off and how it was paid narrow nothing."""
    assert _figure(index, question) == Decimal(figure)


def test_a_thing_owed_on_is_its_finance(index: Index) -> None:
    """What is owed on the van stands under its finance, whatever the van is worth."""
    for question in ("how much do we still owe on the van", "what is left to pay on the old van?"):
        assert _figure(index, question, measure=Measure.BALANCE) == Decimal(-3900)


def test_who_a_person_is_names_no_entries(index: Index) -> None:
    """Though entries say "sister", too."""
    assert _figure(index, "my sister Ilse and me, what do I owe her", measure=Measure.BALANCE) == Decimal(-100)


def test_all_less_what_is_owed(index: Index) -> None:
    """Parts that are said only to tell how they are valued are no subject."""
    for question in (
        "adding up all we have and taking off all we owe, crowns turned to euros, what are we worth today",
        "net worth today in EUR, van and crowns at the rates of that day",
    ):
        assert _figure(index, question, measure=Measure.NET_WORTH) == Decimal(9674)


def test_one_figure_is_no_row_an_account(index: Index) -> None:
    """One figure of all debts, though debts are else told one by one."""
    assert _figure(index, "one figure for all our debts, please", measure=Measure.BALANCE) == Decimal(-4000)


def test_both_ways_by_line(index: Index) -> None:
    """A part of the books that has both kinds of accounts, a row each."""
    rows = _rows("the kiln alone, 2024: every line of what came in and what went out", index, Measure.SUM)
    assert {(row[0], row[1]) for row in rows} == {
        ("Income:Kiln:Workshop", "-210"),
        ("Income:Kiln:Orders", "-60"),
        ("Expenses:Kiln:Clay", "36"),
        ("Expenses:Kiln:Helper", "180"),
        ("Expenses:Kiln:Gas", "25"),
    }


@pytest.mark.parametrize(
    "question",
    [
        "what did the kiln bring in in 2024 and what did it cost me? Two totals will do.",
        "how much did the kiln cost us in 2024, and how much did it make?",
        "in 2024 what did the kiln take in altogether and what were the kiln's costs?",
        "does the kiln pay its way - what came in and what went out in 2024",
    ],
)
def test_two_questions_of_one_thing_are_two_totals(index: Index, question: str) -> None:
    """What it earned and what it cost, in either order."""
    assert [row[1] for row in _rows(question, index, Measure.SUM)] == ["-270", "241"]


@pytest.mark.parametrize(
    ("question", "totals"),
    [
        ("2024: what did we take in, and how much went out? Two totals.", ["-1120", "1743"]),
        ("bank account in march 2024: total in, total out", ["1060", "-55"]),
    ],
)
def test_totals_of_both_ways(index: Index, question: str, totals: list[str]) -> None:
    """Of everything, or of an account, where nothing joins the two but a comma."""
    assert [row[1] for row in _rows(question, index, Measure.SUM)] == totals


def test_one_figure_of_both_ways(index: Index) -> None:
    """The difference is asked for, and not the two."""
    assert _figure(index, "did the kiln pay its way in 2024", measure=Measure.NET_INCOME) == Decimal(-29)


def test_two_joined_are_parts_of_the_first(index: Index) -> None:
    """Everyday words for rooms are accounts, joined by "and"."""
    rows = _rows("let money in 2024, attic and cellar separately", index, Measure.SUM)
    assert [row[:2] for row in rows] == [["attic", "-500"], ["cellar", "-350"]]


def test_only_another_account_stands_alone(index: Index) -> None:
    """What is named after "only" stands in place of an account beside it, and narrows one above."""
    assert _figure(index, "only the plate this time", "tithe in 2024") == Decimal(5)
    assert _figure(index, "just the plate", "tithe and plate in 2024") == Decimal(5)
    assert _figure(index, "only diesel", "van costs in 2024") == Decimal(70)


def test_months_without_pay_do_not_count(index: Index) -> None:
    """An average is over the months with any, where the question says so; over all else."""
    asked = "what does a month of Moira come to on average in 2024"
    assert _figure(index, f"{asked}, leave out months with no pay", measure=Measure.AVERAGE) == Decimal(90)
    assert _figure(index, f"{asked}, only the months she worked", measure=Measure.AVERAGE) == Decimal(90)
    assert _figure(index, asked, measure=Measure.AVERAGE) == Decimal(15)


def test_what_an_account_alone_holds_has_a_price(index: Index) -> None:
    """Silver is what lies on the account of that name."""
    (row,) = _rows("the highest price of silver on file, and when", index, Measure.PRICE)
    assert row == ["2024-08-01", "OUNCE", "31", "EUR"]


def test_who_owes_for_a_thing(index: Index) -> None:
    """Those whose entries say so; no supplier that is called so."""
    rows = _rows("who is still owing me for the tiles and how much each", index, Measure.BALANCE)
    assert rows == [["Assets:Owed:Sonja", "15", "EUR"]]
    assert len(_rows("who still owes me for bits", index, Measure.BALANCE)) == 2
