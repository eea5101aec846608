"""Questions over the small books of a forge: what it owes and is owed, got back, bought to keep, and pays twice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan

from .asking import asked, rows_of
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 9, 30)
RENT = "".join(
    f"""
2024-{month:02}-01 * "{"Quary Lettings" if month == 3 else "Quarry Lettings"}" "rent"
  Expenses:Rent              200 GBP
  Assets:Bank
"""
    for month in range(1, 9)
)
LEDGER = f"""
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Debtors:Abbey
2023-01-01 open Assets:Fixed:Fittings
2023-01-01 open Liabilities:Creditors:Brazier
2023-01-01 open Liabilities:Creditors:Steelhof
2023-01-01 open Liabilities:VAT:Input
2023-01-01 open Liabilities:Vouchers
2023-01-01 open Income:Work
2023-01-01 open Income:Claims
2023-01-01 open Expenses:Coke
2023-01-01 open Expenses:Power
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:Cover
2023-01-01 open Expenses:Repairs

2023-02-01 * "Brazier Coke" "coke" ^bc-1
  Expenses:Coke               90 GBP
  Liabilities:Creditors:Brazier
2023-02-20 * "Brazier Coke" "bc-1 paid" ^bc-1
  Liabilities:Creditors:Brazier  90 GBP
  Assets:Bank
2023-02-25 * "Brazier Coke" "bank transfer" ^bc-1
  Liabilities:Creditors:Brazier  90 GBP
  Assets:Bank
2023-05-05 * "Brazier Coke" "coke" ^bc-2
  Expenses:Coke               60 GBP
  Liabilities:Creditors:Brazier
2023-05-15 * "Brazier Coke" "half of bc-2" ^bc-2
  Liabilities:Creditors:Brazier  30 GBP
  Assets:Bank
2023-05-19 * "Brazier Coke" "the other half" ^bc-2
  Liabilities:Creditors:Brazier  30 GBP
  Assets:Bank
2024-04-11 * "Brazier Coke" "coke" ^bc-3
  Expenses:Coke               70 GBP
  Liabilities:Creditors:Brazier
2024-09-02 * "Steelhof" "bars" ^sh-9
  due: 2024-10-02
  Expenses:Coke               80 EUR
  Liabilities:Creditors:Steelhof
2024-08-01 * "Abbey" "gate" ^gate-1
  Assets:Debtors:Abbey       500 GBP
  Income:Work
2023-06-05 * "Oaken & Co" "bench" #refit
  Assets:Fixed:Fittings      400 GBP
  Liabilities:VAT:Input       80 GBP
  Assets:Bank
2023-06-09 * "Sparks" "sockets" #refit
  Assets:Fixed:Fittings      100 GBP
  Liabilities:VAT:Input       20 GBP
  Assets:Bank
2023-07-01 * "Gridlock" "power"
  Expenses:Power             150 GBP
  Assets:Bank
2023-08-01 * "Gridlock" "reading was wrong"
  Expenses:Power             -40 GBP
  Assets:Bank
2024-05-02 * "Mutual" "cover"
  Expenses:Cover             120 GBP
  Assets:Bank
2024-06-11 * "Older Mutual" "days over"
  Expenses:Cover             -11 GBP
  Assets:Bank
2024-01-12 * "Slater" "slates" #flood
  Expenses:Repairs           240 GBP
  Assets:Bank
2024-03-07 * "Mutual" "claim" #flood
  Assets:Bank                100 GBP
  Income:Claims
2024-07-07 * "Ada" "gift voucher"
  voucher: "V-1"
  Assets:Bank                 25 GBP
  Liabilities:Vouchers
{RENT}"""

BRAZIER, STEELHOF = "Liabilities:Creditors:Brazier", "Liabilities:Creditors:Steelhof"
OPEN = f"balance {BRAZIER} {STEELHOF} ^bc-3 ^sh-9"
EVERY_OPEN = f"{OPEN} by link"
OURS = "balance Assets:Debtors:Abbey by link"
DIGESTS = [
    ("did we burn less coke in 2024 than in 2023?", "sum Expenses:Coke [2024: Expenses:Coke 2024] [2023: Expenses:Coke 2023]"),
    ("less coke in 2024 than 2023?", "sum Expenses:Coke [2024: Expenses:Coke 2024] [2023: Expenses:Coke 2023]"),
    ("are we paying less rent now?", "sum Expenses:Rent by quarter order key key change"),
    ("total spending in 2024 less rent", "sum expenses -Expenses:Rent 2024"),
    (
        "is our spending less rent higher in 2024 than 2023",
        "sum expenses -Expenses:Rent [2024: expenses -Expenses:Rent 2024] [2023: expenses -Expenses:Rent 2023]",
    ),
    (
        "did we pay less for coke july to sept 2024 than the same months 2023",
        (
            "sum Expenses:Coke [from 2024-07-01 to 2024-09-30: Expenses:Coke 2024-07-01..2024-10-01]"
            " [from 2023-07-01 to 2023-09-30: Expenses:Coke 2023-07-01..2023-10-01]"
        ),
    ),
    ("which supplier invoices have we not paid yet, amount on each", EVERY_OPEN),
    ("bills we haven't paid", EVERY_OPEN),
    ("which invoices do we still have to pay", EVERY_OPEN),
    ("how much is open on supplier invoices", OPEN),
    ("which invoices have not been paid yet", OURS),
    ("invoices we haven't been paid for", OURS),
    ("which bills of Steelhof have we not paid", f"balance {STEELHOF} <Steelhof> by link"),
    ("the power bill we haven't paid", "sum Expenses:Power"),
    ("what do we still have to pay", "balance liabilities by account"),
    ("how much is left to pay altogether", "balance liabilities"),
    ("overdue supplier invoices", "refuse"),
    ("is any supplier bill overdue", "refuse"),
    ("when did we last renew the cover and who with", "list Expenses:Cover + order -date limit 1"),
    ("when did we last get money back on cover", "list Expenses:Cover - order -date limit 1"),
    ("what was the latest entry on cover", "list Expenses:Cover order -date limit 1"),
    ("how much went into the refit in the end", "sum Assets:Fixed:Fittings #refit + with Assets:Bank"),
    ("everything we owe to anybody, unused vouchers count too", "balance liabilities by account"),
    ("all we owe, vouchers included", "balance liabilities at market"),
    ("what do we owe in total, pounds and euros apart", "balance liabilities GBP EUR"),
    ("what did we spend on rent in 2024, power counts too", "sum Expenses:Rent Expenses:Power 2024"),
    ("flood - out of pocket after the insurers paid", "sum expenses income #flood"),
    ("what did the flood cost net of the insurance payout", "sum expenses income #flood"),
    ("what did the flood cost, refunds taken off", "sum expenses #flood"),
    ("what did the flood cost", "sum expenses #flood"),
    ("what did we pay Quarry Lettings in 2024", "sum expenses <Quarry Lettings><Quary Lettings> 2024"),
    ("split the rent in 2024 by quarter", "sum Expenses:Rent 2024 by quarter order key"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), DIGESTS)
def test_a_question_of_the_forge(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("before", "question", "plan"),
    [
        ("what was our biggest ever Gridlock bill", "did we get any of it back?", "list expenses <Gridlock> -"),
        ("what did we pay Gridlock in 2023", "have they paid us any of it back?", "list expenses <Gridlock> - 2023"),
        ("rent in 2024", "split that by quarter", "sum Expenses:Rent 2024 by quarter order key"),
        ("rent in 2024", "split it up by month", "sum Expenses:Rent 2024 by month order key"),
        ("costs in 2024", "split that", "sum expenses 2024 by account"),
    ],
)
def test_a_follow_up(before: str, question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [before], TODAY, index)) == plan


def test_an_invoice_paid_twice_is_no_invoice_paid_in_halves(index: Index) -> None:
    rows = rows_of("was some supplier paid twice for the same invoice?", index, Measure.LIST, today=TODAY)
    assert [(row[0], row[3], row[4]) for row in rows] == [("2023-02-20", BRAZIER, "90"), ("2023-02-25", BRAZIER, "90")]


def test_readings_say_so(index: Index) -> None:
    plan, _ = asked(index, "what did we pay Quarry Lettings", today=TODAY)
    assert "Quarry Lettings is also spelt Quary Lettings" in plan.reading
    plan, evidence = asked(index, "how much went into the refit including vat", today=TODAY)
    assert any("without the VAT" in note for note in plan.reading)
    assert str(evidence.table.rows[0][0]) == "500"


def test_books_without_creditors_have_no_open_bills(indexes: dict[str, Index]) -> None:
    outcome = plan_question("which supplier invoices have we not paid yet", [], TODAY, indexes["spanish"])
    assert not isinstance(outcome, Plan)
