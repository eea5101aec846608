"""What somebody asks who keeps a shop and a home in one ledger: with VAT or without, invoices sent, who owes, pots."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.records import Measure
from tests.dialog import asking

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Bank:Elm:Giro EUR
2023-01-01 open Assets:Bank:Elm:Francs CHF
2023-01-01 open Assets:Bank:Elm:Jars:Boat EUR
  goal: 4000.00 EUR
2023-01-01 open Assets:Bank:Elm:Jars:RainyDay EUR
  goal: 900.00 EUR
2023-01-01 open Assets:Debtors EUR
2023-01-01 open Assets:Receivable:Nadia EUR
2023-01-01 open Assets:VAT:Reclaimable EUR
2023-01-01 open Assets:Shelves WICK,WAX "FIFO"
2023-01-01 open Liabilities:VAT:Charged EUR
2023-01-01 open Liabilities:VAT:Filed EUR
2023-01-01 open Income:Candles
2023-01-01 open Income:Courses:Weekend
2023-01-01 open Income:Courses:Evening
2023-01-01 open Expenses:Shop:Rent
2023-01-01 open Expenses:Shop:Insurance
2023-01-01 open Expenses:Shop:Kit
2023-01-01 open Expenses:Home:Rent
2023-01-01 open Expenses:Home:Power
2023-01-01 open Expenses:Car:Insurance
2023-01-01 open Expenses:Car:Tax
2023-01-01 open Expenses:Car:Petrol
2023-01-01 open Expenses:Food
2023-01-01 open Equity:Start
2023-01-01 commodity WICK
  name: "Cotton wick"
  bin: "C3"
2023-01-01 commodity WAX
  name: "Soy wax, kilo"

2024-01-01 price CHF 1.05 EUR
2024-06-01 price WICK 0.60 EUR
2024-06-01 price WAX 9.00 EUR
2024-01-01 event "health" "wrist broken, no lifting"
2023-04-01 event "vat" "registered"
2024-03-11 event "health" "back at work, half days"

2023-01-02 * "Start"
  Assets:Bank:Elm:Giro           3000.00 EUR
  Assets:Bank:Elm:Francs          200.00 CHF
  Assets:Bank:Elm:Jars:Boat       500.00 EUR
  Assets:Bank:Elm:Jars:RainyDay   300.00 EUR
  Equity:Start

2024-01-08 * "Quarry Hotel" "pillar candles" #trade ^bill-0041
  number: "0041"
  Assets:Debtors              240.00 EUR
  Income:Candles             -200.00 EUR
  Liabilities:VAT:Charged     -40.00 EUR
2024-01-20 * "Quarry Hotel" "thanks" #trade ^bill-0041
  Assets:Bank:Elm:Giro        240.00 EUR
  Assets:Debtors
2024-02-08 * "Chapel House" "tea lights" #trade ^bill-0042
  number: "0042"
  Assets:Debtors               60.00 EUR
  Income:Candles              -50.00 EUR
  Liabilities:VAT:Charged     -10.00 EUR
2024-03-05 * "Quarry Hotel" "tapers" #trade ^bill-0043
  number: "0043"
  Assets:Debtors              120.00 EUR
  Income:Candles             -100.00 EUR
  Liabilities:VAT:Charged     -20.00 EUR
2024-03-20 * "Quarry Hotel" "part" #trade ^bill-0043
  Assets:Bank:Elm:Giro         20.00 EUR
  Assets:Debtors
2024-02-10 * "Toolbarn" "melting pot" #trade
  Expenses:Shop:Kit            90.00 EUR
  Assets:VAT:Reclaimable       18.00 EUR
  Assets:Bank:Elm:Giro
2024-02-12 * "Toolbarn" "thermometer sent back" #trade
  Expenses:Shop:Kit           -10.00 EUR
  Assets:VAT:Reclaimable       -2.00 EUR
  Assets:Bank:Elm:Giro
2024-02-15 * "Ladle & Co" "ladles" #trade
  Expenses:Shop:Kit            30.00 EUR
  Assets:VAT:Reclaimable        6.00 EUR
  Assets:Bank:Elm:Giro
2024-04-05 * "Revenue" "return, first quarter" #trade #vat
  Liabilities:VAT:Charged      70.00 EUR
  Assets:VAT:Reclaimable      -22.00 EUR
  Liabilities:VAT:Filed
2024-04-20 * "Revenue" "first quarter, on account" #trade #vat
  Liabilities:VAT:Filed        40.00 EUR
  Assets:Bank:Elm:Giro
2024-05-04 * "Ana" "Saturday course, two places" #trade
  Assets:Bank:Elm:Giro         96.00 EUR
  Income:Courses:Weekend      -80.00 EUR
  Liabilities:VAT:Charged     -16.00 EUR
2024-05-07 * "Ben" "Tuesday course" #trade
  Assets:Bank:Elm:Giro         60.00 EUR
  Income:Courses:Evening      -60.00 EUR
2024-05-09 * "Ana" "Course refund, one place" #trade
  Income:Courses:Weekend       40.00 EUR
  Liabilities:VAT:Charged       8.00 EUR
  Assets:Bank:Elm:Giro
2024-05-11 * "Wickworks" "stock" #trade
  Assets:Shelves               20 WICK {0.50 EUR}
  Assets:Shelves                3 WAX {8.00 EUR}
  Assets:Bank:Elm:Giro
2024-06-03 * "Landlord" "rent" #own #shared
  Expenses:Home:Rent          400.00 EUR
  Assets:Receivable:Nadia     400.00 EUR
  Assets:Bank:Elm:Giro
2024-06-05 * "Nadia" "her half"
  Assets:Bank:Elm:Giro        350.00 EUR
  Assets:Receivable:Nadia
2024-06-06 * "Landlord" "rent, arcade" #trade
  Expenses:Shop:Rent          300.00 EUR
  Assets:Bank:Elm:Giro
2024-06-10 * "Gridco" "gas and power" #own #shared
  Expenses:Home:Power          45.00 EUR
  Assets:Receivable:Nadia      45.00 EUR
  Assets:Bank:Elm:Giro
2024-06-12 * "Marine Mutual" "shop cover" #trade
  Expenses:Shop:Insurance     110.00 EUR
  Assets:Bank:Elm:Giro
2024-06-13 * "Marine Mutual" "car cover" #own
  Expenses:Car:Insurance      310.00 EUR
  Assets:Bank:Elm:Giro
2024-06-14 * "County" "car tax" #own
  Expenses:Car:Tax             95.00 EUR
  Assets:Bank:Elm:Giro
2024-07-02 * "Bauer" "petrol" #own #alps-2024
  Expenses:Car:Petrol          70.00 EUR
  Assets:Bank:Elm:Giro
2024-07-03 * "Hotel Firn" "three nights" #own #alps-2024
  Expenses:Food               100.00 CHF
  Assets:Bank:Elm:Francs
2024-07-20 * "Chandlers' Guild" "petrol to the fair" #trade #fair
  Expenses:Car:Petrol          25.00 EUR
  Assets:Bank:Elm:Giro
2024-07-21 * "fair, takings" #trade #fair
  Assets:Bank:Elm:Giro        120.00 EUR
  Income:Candles
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The ledger above."""
    folder: Path = tmp_path_factory.mktemp("candles")
    ledger = folder / "main.beancount"
    ledger.write_text(LEDGER, encoding="utf-8")
    build(ledger, folder / "data")
    return open_index(ledger, folder / "data")


asked = partial(asking.asked, today=TODAY)
rows = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what did the shop kit cost before VAT", [["110", "EUR"]]),
        ("spent on kit in 2024, excl. VAT", [["110", "EUR"]]),
        ("kit by shop in 2024, refunds deducted and no VAT", [["Toolbarn", "80", "EUR"], ["Ladle & Co", "30", "EUR"]]),
        ("candle income in 2024 net of VAT", [["-470", "EUR"]]),
    ],
)
def test_without_vat_is_as_booked(index: Index, question: str, expected: list[list[str]]) -> None:
    """Where VAT is booked apart, figures are without it: the word is no tag to leave out and no part of it is asked."""
    assert rows(question, index, Measure.SUM) == expected


def test_with_vat_of_what_is_booked_without_is_told(index: Index) -> None:
    """A figure that is not what was said says so."""
    plan, _ = asked(index, "spent on kit in 2024 incl. VAT")
    assert any("without the VAT" in note for note in plan.reading)


@pytest.mark.parametrize(
    ("question", "measure", "expected"),
    [
        ("how many invoices went to the Quarry Hotel in 2024", Measure.COUNT, [["2"]]),
        ("number of invoices to Chapel House", Measure.COUNT, [["1"]]),
        ("average size of our invoices to the Quarry Hotel", Measure.AVERAGE, [["180", "EUR"]]),
        ("how much did I invoice the Quarry Hotel, VAT included", Measure.SUM, [["360", "EUR"]]),
        ("how much did I invoice the Quarry Hotel", Measure.SUM, [["-300", "EUR"]]),
        (
            "which 2 customers did I invoice the most to in 2024, incl VAT",
            Measure.SUM,
            [["Quarry Hotel", "360", "EUR"], ["Chapel House", "60", "EUR"]],
        ),
        (
            "invoices above 50 sent out in 2024 but not those to Quarry Hotel, when and how much",
            Measure.LIST,
            [["2024-02-08", "Chapel House", "tea lights", "Assets:Debtors", "60", "EUR"]],
        ),
    ],
)
def test_invoices_sent(index: Index, question: str, measure: Measure, expected: list[list[str]]) -> None:
    """An invoice is what is put on receivables, with its VAT; what came in for it is none, and a flatmate's half too."""
    assert rows(question, index, measure) == expected


@pytest.mark.parametrize(
    ("question", "measure", "cell"),
    [
        ("what was my largest invoice in 2024", Measure.LIST, "240"),
        ("list the invoices I sent in february 2024", Measure.LIST, "60"),
        ("who did I bill the most in 2024", Measure.SUM, "Quarry Hotel"),
        ("average invoice size per quarter in 2024", Measure.AVERAGE, "140"),
        ("when did the Quarry Hotel last pay me", Measure.LIST, "2024-03-20"),
        ("when did the Quarry Hotel last pay an invoice", Measure.LIST, "-20"),
    ],
)
def test_invoices_by_size_and_customer(index: Index, question: str, measure: Measure, cell: str) -> None:
    """What is asked of invoices is told of invoices, and of nothing else that was paid or booked."""
    (row,) = rows(question, index, measure)
    assert cell in row


def test_the_day_an_invoice_was_paid(index: Index) -> None:
    """Whichever way the day is asked for."""
    (row,) = rows("which day was invoice 0041 settled", index, Measure.LIST)
    assert row[0] == "2024-01-20"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what does the Quarry Hotel still owe me?", [["Assets:Debtors", "100", "EUR"]]),
        ("customers who still owe me, how much each", [["Quarry Hotel", "100", "EUR"], ["Chapel House", "60", "EUR"]]),
        ("what is left to pay on invoice 0043", [["100", "EUR"]]),
        ("what is still to be paid to the tax office on the VAT returns filed", [["-8", "EUR"]]),
    ],
)
def test_what_is_owed(index: Index, question: str, expected: list[list[str]]) -> None:
    """A payee is looked for on the account its entries are booked to; a flatmate is no customer."""
    assert rows(question, index, Measure.BALANCE) == expected


def test_vat_paid_is_what_left_the_bank(index: Index) -> None:
    """A return sets what was charged off against what is reclaimed: that pays nothing."""
    assert rows("how much VAT did I pay to the tax office in 2024", index, Measure.SUM) == [["40", "EUR"]]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("taking only what is tagged trade: did I come out ahead in 2024, and by how much", "-25"),
        ("the fair: what I took less what I spent on it, without VAT", "-95"),
        ("how much did I take at the fair minus what it cost me", "-95"),
    ],
)
def test_net_of_what_is_tagged(index: Index, question: str, number: str) -> None:
    """What is taken alone is not taken out, and what came in less what it cost is a surplus."""
    (row,) = rows(question, index, Measure.NET_INCOME)
    assert row == [number, "EUR"]


def test_brackets_say_once_more_what_is_left_out(index: Index) -> None:
    """A name in brackets after something left out names that, and nothing asked for."""
    question = "what is tagged own in 2024, euros only, not counting anything for the flat (the home accounts)"
    assert rows(question, index, Measure.SUM) == [["475", "EUR"]]


def test_own_part_of_what_is_shared(index: Index) -> None:
    """My share of the rent is the rent that is mine, and no share in all spending."""
    assert rows("my share of the home rent in 2024", index, Measure.SUM) == [["400", "EUR"]]


def test_money_that_left_an_account(index: Index) -> None:
    """What left it did not come in."""
    found = rows("every payment over 300 that left the giro account since june 2024", index, Measure.LIST)
    assert [row[0] for row in found] == ["2024-06-03", "2024-06-13"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what am I worth all told, in euros, at the latest prices and franc rate", "3015"),
        ("net worth end of 2024, leave the francs out, the shelves and jars at what they cost me", "2905"),
    ],
)
def test_manner_of_a_worth(index: Index, question: str, number: str) -> None:
    """Prices and rates said for a worth are not asked for, and what counts at cost is not all there is."""
    (row,) = rows(question, index, Measure.NET_WORTH)
    assert row[0] == number


@pytest.mark.parametrize(
    ("question", "measure", "expected"),
    [
        ("how many cotton wicks are there in the bin", Measure.HOLDINGS, ["20", "WICK", "10", "EUR"]),
        ("add up all my savings jars", Measure.BALANCE, ["800", "EUR"]),
        ("what goal did I set for the boat jar", Measure.METADATA, ["4000.00 EUR"]),
        ("how much did I set as the goal for the boat jar", Measure.METADATA, ["4000.00 EUR"]),
    ],
)
def test_what_is_kept(index: Index, question: str, measure: Measure, expected: list[str]) -> None:
    """Pieces are counted wherever they lie; a plural is all that lies below its word; a goal is no sum of money."""
    (row,) = rows(question, index, measure)
    assert set(expected) <= set(row)


def test_pieces_used(index: Index) -> None:
    """What went off the shelf is no holding of what lies there."""
    plan, evidence = asked(index, "how many cotton wicks did I use in 2024")
    assert (plan.measure, plan.filters.sign) == (Measure.SUM, -1)
    assert not evidence.table.rows


def test_when_something_noted_began(index: Index) -> None:
    """The form of the word is not that of the event's text."""
    (row,) = rows("when did we register for VAT", index, Measure.EVENTS)
    assert row[0] == "2023-04-01"


def test_pieces_of_each_kind(index: Index) -> None:
    """A row a kind, with what is left of it and its cost."""
    found = rows("the shelves: how many of each, and what did they cost", index, Measure.HOLDINGS)
    assert {(row[0], row[1], row[2]) for row in found} == {("20", "WICK", "10"), ("3", "WAX", "24")}


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("weekend courses, total taken without VAT, less the place I refunded", "-40"),
        ("power bill for the home in 2024", "45"),
        ("insurance for the car in 2024", "310"),
        ("how much was the shop insurance", "110"),
        ("my half of the rent in 2024", "400"),
        ("what I spent on petrol in 2024, nothing trade", "70"),
    ],
)
def test_which_of_several_accounts(index: Index, question: str, number: str) -> None:
    """A word for what lies above tells which of the accounts called so is meant; an account's name is no day."""
    assert rows(question, index, Measure.SUM) == [[number, "EUR"]]


def test_what_lies_beside_the_one_asked_before(index: Index) -> None:
    """After the car's tax the insurance is the car's."""
    assert rows("and the insurance?", index, Measure.SUM, "how much was the car tax in 2024") == [["310", "EUR"]]


@pytest.mark.parametrize("question", ["any month in 2024 with no petrol booked", "a month of 2024 without petrol"])
def test_months_without(index: Index, question: str) -> None:
    """The months are listed in which it is missing."""
    found = rows(question, index, Measure.GAPS)
    assert ["2024-07"] not in found
    assert len(found) == 11


def test_an_event_is_told_by_what_happened_not_by_what_it_came_after(index: Index) -> None:
    """The day of the return, and not of the accident that is named beside it."""
    (row,) = rows("when did I get back to work after the wrist?", index, Measure.EVENTS)
    assert row[0] == "2024-03-11"


def test_one_currency_is_kept_to(index: Index) -> None:
    """An account may be called like the money; "only" keeps to the money, and turns nothing into it."""
    question = "what did the #alps-2024 trip cost? count the francs only"
    assert rows(question, index, Measure.SUM) == [["100", "CHF"]]
    plan, _ = asked(index, "profit and loss 2024 account by account, just euros")
    assert plan.filters.currencies == ("EUR",)
    assert plan.convert_to is None


TRADER = """
option "operating_currency" "NZD"
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Debtors
2024-01-01 open Assets:Van
2024-01-01 open Liabilities:GST:OnSales
2024-01-01 open Liabilities:GST:OnPurchases
2024-01-01 open Income:Fencing
2024-01-01 open Expenses:Wire
2024-01-05 * "Pihama Farm" "top paddock"
  Assets:Debtors              1150.00 NZD
  Income:Fencing             -1000.00 NZD
  Liabilities:GST:OnSales     -150.00 NZD
2024-01-09 * "Wirehouse" "two rolls"
  Expenses:Wire                200.00 NZD
  Liabilities:GST:OnPurchases   30.00 NZD
  Assets:Bank
2024-01-12 * "Van dealer" "van"
  Assets:Van                   400.00 NZD
  Liabilities:GST:OnPurchases   60.00 NZD
  Assets:Bank
2024-02-20 * "IRD" "return, January"
  Liabilities:GST:OnSales      150.00 NZD
  Liabilities:GST:OnPurchases  -90.00 NZD
  Assets:Bank                  -60.00 NZD
2024-03-01 * "Pihama Farm" "thanks"
  Assets:Bank                 1150.00 NZD
  Assets:Debtors
"""


def test_tax_that_is_set_off_in_the_entry_that_pays_it(tmp_path: Path) -> None:
    """Suppliers were paid tax too, and a return takes off what they got: the office got the rest."""
    ledger = tmp_path / "main.beancount"
    ledger.write_text(TRADER, encoding="utf-8")
    build(ledger, tmp_path / "data")
    index = open_index(ledger, tmp_path / "data")
    assert rows("how much GST did I pay to the tax office in 2024", index, Measure.SUM) == [["60", "NZD"]]
    (row,) = rows("when did the last customer pay me", index, Measure.LIST)
    assert row[0] == "2024-03-01"
    (row,) = rows("largest 3 invoices in 2024", index, Measure.LIST)
    assert row[1] == "Pihama Farm"
