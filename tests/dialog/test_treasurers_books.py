"""A treasurer's books: dues that members are billed, invoices for a hall, deposits of tenants, a grant, notes.

None of the accounts is called a receivable: what stands on them until it is paid is told by what is booked there.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Grouping, Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 11, 15)
LEDGER = """
2024-01-01 open Assets:Bank:Main
2024-01-01 open Assets:Tin
2024-01-01 open Assets:Billed:Hall
2024-01-01 open Assets:Subs:Abel
2024-01-01 open Assets:Subs:Brodie
2024-01-01 open Assets:Subs:Lomas
2024-01-01 open Liabilities:TenantDeposits:UpperFlat
2024-01-01 open Liabilities:TenantDeposits:LowerFlat
2024-01-01 open Liabilities:Grants:Archive
2024-01-01 open Liabilities:OwedTo:Secretary
2024-01-01 open Equity:Forward
2024-01-01 open Income:Subs
2024-01-01 open Income:HallHire
2024-01-01 open Income:Takings
2024-01-01 open Income:Released
2024-01-01 open Income:Rent:UpperFlat
2024-01-01 open Expenses:Archive
2024-01-01 open Expenses:Flats:Upper:Repairs
2024-01-01 open Expenses:Flats:Lower:Repairs
2024-01-01 open Expenses:Stamps

2024-01-01 * "brought forward"
  Assets:Bank:Main   5000.00 GBP
  Liabilities:TenantDeposits:UpperFlat  -600.00 GBP
  Liabilities:TenantDeposits:LowerFlat  -550.00 GBP
  Equity:Forward
2024-04-06 * "subscriptions due"
  Assets:Subs:Abel    30.00 GBP
  Assets:Subs:Brodie  30.00 GBP
  Assets:Subs:Lomas   30.00 GBP
  Income:Subs
2024-04-20 * "Mrs Abel" "subscription"
  Assets:Bank:Main    30.00 GBP
  Assets:Subs:Abel
2024-04-23 * "Hamish Brodie" "subscription"
  Assets:Tin          30.00 GBP
  Assets:Subs:Brodie
2024-05-03 * "Mr Okafor" "rent upper flat"
  Assets:Bank:Main   575.00 GBP
  Income:Rent:UpperFlat
2024-05-10 * "film night"
  Assets:Tin          90.00 GBP
  Income:Takings
2024-05-13 * "tin to bank"
  Assets:Bank:Main   120.00 GBP
  Assets:Tin
2024-05-15 * "Heritage Trust" "grant for the archive"
  Assets:Bank:Main  2000.00 GBP
  Liabilities:Grants:Archive
2024-06-11 * "Scanworks" "reels"
  Expenses:Archive   420.00 GBP
  Assets:Bank:Main
  Liabilities:Grants:Archive  420.00 GBP
  Income:Released   -420.00 GBP
2024-07-03 * "Mr Okafor" "rent upper flat"
  Assets:Bank:Main   575.00 GBP
  Income:Rent:UpperFlat
2024-08-30 * "Mr Okafor" "deposit returned less cleaning"
  Liabilities:TenantDeposits:UpperFlat  600.00 GBP
  Expenses:Flats:Upper:Repairs   -85.00 GBP
  Assets:Bank:Main
2024-09-01 * "Lena Strand" "deposit upper flat"
  Assets:Bank:Main   640.00 GBP
  Liabilities:TenantDeposits:UpperFlat
2024-09-02 * "Lena Strand" "rent upper flat"
  Assets:Bank:Main   640.00 GBP
  Income:Rent:UpperFlat
2024-10-12 * "Allotment Society" "hall hire" ^TF-24-03
  Assets:Billed:Hall    75.00 GBP
  Income:HallHire
2024-12-20 * "Allotment Society" "paid" ^TF-24-03
  Assets:Bank:Main   75.00 GBP
  Assets:Billed:Hall
2025-01-05 * "Ockley" "boiler, lower flat"
  Expenses:Flats:Lower:Repairs   90.00 GBP
  Assets:Bank:Main
2025-03-31 * "Petra" "hall hire" ^TF-25-01
  Assets:Billed:Hall    260.00 GBP
  Income:HallHire
2025-04-14 * "Petra" "paid" ^TF-25-01
  Assets:Bank:Main   260.00 GBP
  Assets:Billed:Hall
2025-06-07 * "Allotment Society" "hall hire" ^TF-25-02
  Assets:Billed:Hall    80.00 GBP
  Income:HallHire
2025-10-31 * "Parish Council" "hall hire" ^TF-25-05
  Assets:Billed:Hall    120.00 GBP
  Income:HallHire
2025-11-02 * "stamps, out of her pocket"
  Expenses:Stamps     19.50 GBP
  Liabilities:OwedTo:Secretary

2024-02-12 note Expenses:Flats:Lower:Repairs "Ockley says the lower flat boiler has two winters left"
2025-07-04 note Expenses:Flats:Lower:Repairs "passed, flue to be looked at next time"
"""


asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("who owes us money", [["Assets:Billed:Hall", "200"], ["Assets:Subs:Lomas", "30"]]),
        ("how much is owed to us in total", [["Assets:Billed:Hall", "200"], ["Assets:Subs:Lomas", "30"]]),
        ("how much do members still owe us", [["Assets:Subs:Lomas", "30"]]),
        ("members in arrears", [["Assets:Subs:Lomas", "30"]]),
        ("who's behind with their subs", [["Assets:Subs:Lomas", "30"]]),
        ("which invoices are unpaid", [["TF-25-05", "120"], ["TF-25-02", "80"]]),
        ("how old are the open invoices", [["TF-25-05", "120"], ["TF-25-02", "80"]]),
        ("which invoices are older than 30 days", [["TF-25-02", "80"]]),
        ("invoices open for over a month", [["TF-25-02", "80"]]),
    ],
)
def test_what_others_owe_is_told_by_what_is_booked(index: Index, question: str, rows: list[list[str]]) -> None:
    assert [row[:2] for row in rows_of(question, index, Measure.BALANCE)] == rows


def test_an_open_invoice_says_since_when_and_whose(index: Index) -> None:
    plan, _ = asked(index, "open invoices")
    assert "^TF-25-02 of 2025-06-07 (161 days ago), Allotment Society" in plan.reading
    plan, _ = asked(index, "invoices older than a year")
    assert "none of these is older than 365 days" in plan.reading


@pytest.mark.parametrize(
    "question",
    ["how long did the allotment society take to pay TF-24-03", "how long did it take until TF-24-03 was paid"],
)
def test_how_long_one_invoice_took(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.pick == "settled"
    assert [row[-1] for row in found.table.rows] == [69]


@pytest.mark.parametrize(
    ("question", "measure", "number"),
    [
        ("how much deposit do we hold for Lena Strand", Measure.BALANCE, -640),
        ("the deposit of Lena Strand", Measure.BALANCE, -640),
        ("what deposit did Lena Strand pay", Measure.SUM, -640),
        ("how much did we give Mr Okafor back of his deposit", Measure.SUM, -515),
        ("did Mr Okafor get his deposit back", Measure.SUM, -515),
        ("how much deposit are we holding", Measure.BALANCE, -1190),
    ],
)
def test_the_deposit_of_one_tenant(index: Index, question: str, measure: Measure, number: int) -> None:
    plan, found = asked(index, question)
    assert plan.measure is measure
    assert sum(cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)) == number


def test_a_deposit_that_was_brought_forward(index: Index) -> None:
    plan, _ = asked(index, "what deposit did Mr Okafor pay")
    assert plan.measure is Measure.LIST
    assert plan.filters.alongside == ("Liabilities:TenantDeposits:UpperFlat",)


@pytest.mark.parametrize(
    "question", ["how much of the archive grant have we spent so far", "how much of the archive grant is used"]
)
def test_what_is_spent_of_a_grant(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.filters.alongside == ("Liabilities:Grants:Archive",)
    assert found.table.rows[0][0] == Decimal(420)


def test_months_not_paid_are_no_payers(index: Index) -> None:
    model = Scripted({"measure": ("gaps", 0.95), "group_by": ("account", 0.9)}, {"upper flat rent": "NAME"})
    plan, found = asked(index, "which months in 2024 was the upper flat rent not paid", model)
    assert (plan.measure, plan.group_by) == (Measure.GAPS, (Grouping.MONTH,))
    assert "2024-06" in [row[0] for row in found.table.rows]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did the lower flat cost us", Decimal(90)),
        ("spending on the lower flat", Decimal(90)),
        ("lower flat repairs", Decimal(90)),
        ("spending on the upper flat", Decimal(-85)),
    ],
)
def test_a_small_word_that_is_part_of_a_name(index: Index, question: str, number: Decimal) -> None:
    _, found = asked(index, question)
    assert found.table.rows[0][0] == number


def test_notes_on_an_account_with_a_small_word_in_its_name(index: Index) -> None:
    _, found = asked(index, "show me the notes on the lower flat")
    assert len(found.table.rows) == 2


def test_the_deposit_for_one_flat(index: Index) -> None:
    plan, _ = asked(index, "deposit for the lower flat")
    assert plan.filters.accounts == ("Liabilities:TenantDeposits:LowerFlat",)


def test_what_is_taken_off_is_that_of_the_subject(index: Index) -> None:
    plan, _ = asked(index, "what did the upper flat bring in after repairs")
    assert plan.measure is Measure.NET_INCOME
    assert plan.filters.accounts == ("Income:Rent:UpperFlat", "Expenses:Flats:Upper:Repairs")
