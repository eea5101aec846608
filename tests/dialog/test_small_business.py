"""What a workshop that charges VAT, and lets a room, asks: who owes, the tax, the best month, what is paid from."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.grounding import cite, sentences
from ledgerqa.plan_keys import ENDS
from ledgerqa.records import Measure, Root
from tests.dialog import asking

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Tin
2023-01-01 open Assets:Receivables
2023-01-01 open Assets:InputVAT
2023-01-01 open Liabilities:VAT
2023-01-01 open Liabilities:Card:Gull
2023-01-01 open Income:Joinery
2023-01-01 open Income:RoomHire
2023-01-01 open Income:Fair
2023-01-01 open Expenses:Timber
2023-01-01 open Expenses:Tools
2023-01-01 open Expenses:Fair
2023-01-01 open Equity:IncomeTax

2024-01-10 * "Ormsby Ltd" "shelves" ^inv-001
  Assets:Receivables   120.00 EUR
  Income:Joinery      -100.00 EUR
  Liabilities:VAT      -20.00 EUR
2024-02-05 * "Ormsby Ltd" "paid" ^inv-001
  Assets:Bank          120.00 EUR
  Assets:Receivables
2024-02-20 * "Pell & Co" "table" ^inv-002
  Assets:Receivables   480.00 EUR
  Income:Joinery      -400.00 EUR
  Liabilities:VAT      -80.00 EUR
2024-03-03 * "Pell & Co" "on account" ^inv-002
  Assets:Bank          300.00 EUR
  Assets:Receivables
2024-03-12 * "Ormsby Ltd" "stool" ^inv-003
  Assets:Receivables    60.00 EUR
  Income:Joinery       -50.00 EUR
  Liabilities:VAT      -10.00 EUR
2024-02-14 * "Wharf Timber" "oak"
  Expenses:Timber      150.00 EUR
  Assets:InputVAT       30.00 EUR
  Liabilities:Card:Gull
2024-03-14 * "Wharf Timber" "ash"
  Expenses:Timber       50.00 EUR
  Assets:InputVAT       10.00 EUR
  Liabilities:Card:Gull
2024-03-20 * "Bevel" "chisels"
  Expenses:Tools       300.00 EUR
  Assets:Bank
2024-04-10 * "Tax office" "VAT first quarter"
  Liabilities:VAT       70.00 EUR
  Assets:Bank
2024-05-10 * "Tax office" "income tax" ^tax-2023
  Equity:IncomeTax      90.00 EUR
  Assets:Bank
2024-06-01 * "Choir" "room, evening"
  Assets:Tin            25.00 EUR
  Income:RoomHire
2024-06-08 * "Quilters" "room"
  Assets:Tin            40.00 EUR
  Income:RoomHire
2024-07-01 * "summer fair" #fair
  Assets:Tin            75.00 EUR
  Income:Fair
2024-07-02 * "Tent hire" "summer fair" #fair
  Expenses:Fair         95.00 EUR
  Assets:Tin
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The ledger above."""
    folder: Path = tmp_path_factory.mktemp("workshop")
    ledger = folder / "main.beancount"
    ledger.write_text(LEDGER, encoding="utf-8")
    build(ledger, folder / "data")
    return open_index(ledger, folder / "data")


asked = partial(asking.asked, today=TODAY)
rows = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "who still owes us money and how much each?",
        "open invoices by client",
        "which clients haven't paid yet",
        "unpaid invoices per customer",
    ],
)
def test_one_account_of_receivables_is_told_by_customer(index: Index, question: str) -> None:
    """A single account of receivables says nothing of who owes; the payees of its entries do."""
    assert rows(question, index, Measure.BALANCE) == [["Pell & Co", "180", "EUR"], ["Ormsby Ltd", "60", "EUR"]]


def test_oldest_invoice_that_is_not_paid(index: Index) -> None:
    """It is the first of those under whose link something still stands."""
    assert rows("oldest unpaid invoice", index, Measure.BALANCE) == [["inv-002", "180", "EUR"]]
    assert rows("total billed but not yet received", index, Measure.BALANCE) == [["240", "EUR"]]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("how much VAT did we charge in 2024", "-110"),
        ("VAT collected in 2024", "-110"),
        ("how much input VAT in 2024", "40"),
        ("VAT on purchases in 2024", "40"),
        ("how much VAT did I hand over to the tax office in 2024", "70"),
        ("VAT due for the first quarter of 2024", "-70"),
    ],
)
def test_parts_of_vat(index: Index, question: str, number: str) -> None:
    """What was charged, paid on purchases and handed over stand on the same accounts, in entries of different kinds."""
    assert rows(question, index, Measure.SUM) == [[number, "EUR"]]


def test_vat_collected_against_vat_paid(index: Index) -> None:
    """Both parts, each by itself; and what stands open now is the balance of both accounts."""
    assert rows("VAT collected against VAT paid in 2024", index, Measure.SUM) == [
        ["VAT collected", "-110", "EUR"],
        ["VAT on purchases", "40", "EUR"],
    ]
    plan, evidence = asked(index, "VAT collected against VAT paid in 2024")
    said = " ".join(sentences(plan, evidence, index, cite(plan, evidence, index)))
    assert "VAT collected: 110.00 EUR; VAT on purchases: 40.00 EUR" in said
    assert rows("how much VAT is due right now", index, Measure.BALANCE) == []


def test_tax_of_a_year_is_no_link(index: Index) -> None:
    """ "tax 2024" is what was paid in that year; over books without expenses of tax, what was paid off its accounts."""
    assert rows("tax 2024", index, Measure.SUM) == [["160", "EUR"]]
    plan, _ = asked(index, "tax 2023")
    assert plan.filters.links == ()
    plan, _ = asked(index, "what is linked ^tax-2023")
    assert plan.filters.links == ("tax-2023",)


def test_both_ends_of_an_order(index: Index) -> None:
    """The best and the worst month are two rows, and the sentence says which is which."""
    question = "best and worst month for joinery in 2024"
    assert rows(question, index, Measure.SUM) == [["2024-02", "-400", "EUR"], ["2024-03", "-50", "EUR"]]
    plan, evidence = asked(index, question)
    assert plan.key == ENDS
    said = " ".join(sentences(plan, evidence, index, cite(plan, evidence, index)))
    assert "The highest month is 2024-02: 400.00 EUR; the lowest month is 2024-03: 50.00 EUR" in said


def test_worst_month_of_income_has_least(index: Index) -> None:
    """What is worst is most where money is spent, and least where it is earned."""
    assert rows("worst month for joinery", index, Measure.SUM) == [["2024-03", "-50", "EUR"]]
    assert rows("worst month for timber", index, Measure.SUM) == [["2024-02", "150", "EUR"]]
    assert rows("best month for joinery", index, Measure.SUM) == [["2024-02", "-400", "EUR"]]


def test_what_is_paid_from(index: Index) -> None:
    """Payments are what goes off own accounts in entries of expenses, no transfers and no tax."""
    assert rows("which card or account do we use most", index, Measure.COUNT) == [["Liabilities:Card:Gull", "2"]]
    assert rows("number of payments by paying account in 2024", index, Measure.COUNT) == [
        ["Liabilities:Card:Gull", "2"],
        ["Assets:Bank", "1"],
        ["Assets:Tin", "1"],
    ]
    assert rows("which account pays most of our bills", index, Measure.SUM) == [["Assets:Bank", "-300", "EUR"]]
    assert rows("which card do we use most", index, Measure.COUNT) == [["Liabilities:Card:Gull", "2"]]


@pytest.mark.parametrize(
    "question",
    [
        "what have we had from renting the room in 2024",
        "room rent received in 2024",
        "income from letting the room 2024",
        "what did hiring out the room bring in",
    ],
)
def test_what_letting_brings_in(index: Index, question: str) -> None:
    """Whatever it is called to let, the income is that which bears the thing's name, or that of hire."""
    assert rows(question, index, Measure.SUM) == [["-65", "EUR"]]


def test_who_hires(index: Index) -> None:
    """Hirers are the payees of that income."""
    assert rows("which hirer paid the most for the room", index, Measure.SUM) == [["Quilters", "-40", "EUR"]]


@pytest.mark.parametrize("question", ["what did the fair make or lose in 2024", "did the fair make a loss?"])
def test_made_or_lost(index: Index, question: str) -> None:
    """Income and expenses that bear one name, together."""
    assert rows(question, index, Measure.NET_INCOME) == [["20", "EUR"]]


def test_turnover_is_income(index: Index) -> None:
    """As a word for all that is earned."""
    assert rows("turnover in 2024", index, Measure.SUM) == [["-690", "EUR"]]


@pytest.mark.parametrize("question", ["which customer brought the most in in 2024", "our best customer of 2024"])
def test_what_customers_bring_is_income(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.roots == (Root.INCOME,) or all(name.startswith("Income") for name in plan.filters.accounts)
