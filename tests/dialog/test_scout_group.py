"""A scout group's books: camp places that parents pay off, hire by invoice, a leader's loan, events that cost money.

No account is called a receivable, and the leader's loan is called otherwise than he is; what is booked tells.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding import headline
from ledgerqa.grounding.existence import opening
from ledgerqa.records import Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 7, 1)
LEDGER = """
2024-01-01 open Assets:Bank:Community
2024-01-01 open Assets:CashBox
2024-01-01 open Assets:PlacesSold
2024-01-01 open Assets:Billed:Schools
2024-01-01 open Liabilities:Loans:DColley
2024-01-01 open Liabilities:Card
2024-01-01 open Liabilities:GrantInHand:Waterways
2024-01-01 open Income:GrantsUsed
2024-01-01 open Expenses:Canoes
2024-01-01 open Income:Subs:Cubs
2024-01-01 open Income:Dues
2024-01-01 open Income:Camp
2024-01-01 open Income:JumbleSale
2024-01-01 open Income:Events
2024-01-01 open Income:BusHire
2024-01-01 open Expenses:Camp
2024-01-01 open Expenses:JumbleSale
2024-01-01 open Expenses:Events
2024-01-01 open Expenses:Badges
2024-01-01 open Expenses:Interest
2024-01-01 custom "budget" Expenses:Badges "yearly" 80.00 GBP
2024-01-01 event "chair" "Una"

2024-01-08 * "Dave Colley" "loan for the bus"
  Assets:Bank:Community  1500.00 GBP
  Liabilities:Loans:DColley
2024-02-01 * "Harker family" "place"
  Assets:PlacesSold  200.00 GBP
  Income:Camp
2024-02-01 * "Osei family" "place"
  Assets:PlacesSold  200.00 GBP
  Income:Camp
2024-02-09 * "Harker family" "deposit"
  Assets:Bank:Community  60.00 GBP
  Assets:PlacesSold
2024-02-10 * "Osei family" "deposit"
  Assets:Bank:Community  60.00 GBP
  Assets:PlacesSold
2024-05-09 * "Harker family" "balance"
  Assets:Bank:Community  140.00 GBP
  Assets:PlacesSold
2024-04-16 * "Osei family" "subs"
  Assets:CashBox  34.00 GBP
  Income:Subs:Cubs
2024-04-22 * "Osei family" "subs"
  Assets:Bank:Community  34.00 GBP
  Income:Subs:Cubs
2024-04-23 * "Harker family" "subs"
  Assets:Bank:Community  34.00 GBP
  Income:Subs:Cubs
2024-03-09 * "jumble sale"
  Assets:CashBox  268.00 GBP
  Income:JumbleSale
2024-03-09 * "Village Hall" "for the jumble sale"
  Expenses:JumbleSale  35.00 GBP
  Assets:Bank:Community
2024-06-08 * "party" #party
  Assets:CashBox  417.00 GBP
  Income:Events
2024-06-08 * "The Loose Spokes" "band" #party
  Expenses:Events  250.00 GBP
  Assets:Bank:Community
2024-06-17 * "St Budoc School" "bus hire" ^BH-01
  Assets:Billed:Schools  120.00 GBP
  Income:BusHire
2024-07-30 * "St Budoc School" "bus hire paid" ^BH-01
  Assets:Bank:Community  120.00 GBP
  Assets:Billed:Schools
2025-03-24 * "Carrow Academy" "bus hire" ^BH-02
  Assets:Billed:Schools  150.00 GBP
  Income:BusHire
2025-05-19 * "Carrow Academy" "bus hire paid" ^BH-02
  Assets:Bank:Community  150.00 GBP
  Assets:Billed:Schools
2025-06-20 * "St Budoc School" "bus hire" ^BH-03
  Assets:Billed:Schools  125.00 GBP
  Income:BusHire
2024-07-22 * "Cash & Carry" "food"
  Expenses:Camp  300.00 GBP
  Assets:Bank:Community
2024-10-31 * "Dave Colley" "repayment"
  Liabilities:Loans:DColley  250.00 GBP
  Expenses:Interest  10.00 GBP
  Assets:Bank:Community
2025-04-30 * "Dave Colley" "repayment"
  Liabilities:Loans:DColley  250.00 GBP
  Expenses:Interest  10.00 GBP
  Assets:Bank:Community
2024-03-05 * "Badge Depot" "badges"
  Expenses:Badges  41.50 GBP
  Liabilities:Card
2024-04-05 * "Badge Depot" "badges sent back"
  Expenses:Badges  -6.50 GBP
  Liabilities:Card
2025-03-07 * "Badge Depot" "badges"
  Expenses:Badges  95.00 GBP
  Liabilities:Card
2024-10-07 * "Waterways Trust" "towards boats"
  Assets:Bank:Community  2400.00 GBP
  Liabilities:GrantInHand:Waterways
2024-11-21 * "Paddle Works" "two boats"
  Expenses:Canoes  1180.00 GBP
  Assets:Bank:Community  -1180.00 GBP
  Liabilities:GrantInHand:Waterways  1180.00 GBP
  Income:GrantsUsed  -1180.00 GBP
2024-03-01 * "Dues" "spring"
  Assets:Bank:Community  50.00 GBP
  Income:Dues
2025-03-01 * "Dues" "spring"
  Assets:Bank:Community  65.00 GBP
  Income:Dues
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("what does the Osei family owe", [["Assets:PlacesSold", "140"]]),
        ("who owes us money", [["Osei family", "140"], ["St Budoc School", "125"]]),
        ("which schools have not yet paid", [["St Budoc School", "125"]]),
        ("which schools haven't paid for the bus", [["St Budoc School", "125"]]),
    ],
)
def test_who_has_still_to_pay_is_told_by_what_was_put_on_for_them(
    index: Index, question: str, rows: list[list[str]]
) -> None:
    assert [row[:2] for row in rows_of(question, index, Measure.BALANCE)] == rows


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("has St Budoc paid", "Not in full."),
        ("has Carrow Academy paid yet", "Yes."),
        ("did the Harker family pay for camp", "Yes."),
        ("has the Osei family paid yet", "Not in full."),
    ],
)
def test_whether_somebody_paid_what_was_billed(index: Index, question: str, answer: str) -> None:
    plan, found = asked(index, question)
    assert opening(question, plan, found).strip() == answer


def test_what_is_owed_to_a_lender_whose_loan_is_called_otherwise(index: Index) -> None:
    plan, found = asked(index, "how much do we still owe Dave", Scripted({"measure": ("balance", 0.95)}))
    assert plan.filters.accounts == ("Liabilities:Loans:DColley",)
    assert Decimal(-1000) in found.table.rows[0]


def test_how_old_one_invoice_is(index: Index) -> None:
    plan, _ = asked(index, "how old is the unpaid St Budoc invoice", Scripted({"measure": ("balance", 0.95)}))
    assert "^BH-03 of 2025-06-20 (11 days ago), St Budoc School" in plan.reading


def test_whether_somebody_paid_in_a_time_is_of_payments(index: Index) -> None:
    plan, _ = asked(index, "did St Budoc pay in 2024")
    assert plan.measure is not Measure.BALANCE


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("how much have we paid Dave Colley back", 500),
        ("what have we repaid Dave in 2025", 250),
        ("what did the jumble sale make", 233),
        ("how much did we make on the jumble sale in 2024", 233),
        ("what did the party make", 167),
        ("what did the events make", 167),
        ("what did the jumble sale take", 268),
        ("how much did we make from bus hire", 395),
    ],
)
def test_what_something_made_or_took(index: Index, question: str, number: int) -> None:
    _, found = asked(index, question)
    assert [abs(cell) for row in found.table.rows for cell in row if isinstance(cell, Decimal)][-1] == number


def test_what_a_grant_was_spent_on(index: Index) -> None:
    plan, found = asked(index, "what did we spend the grant on")
    assert plan.filters.alongside == ("Liabilities:GrantInHand:Waterways",)
    assert Decimal(1180) in found.table.rows[0]


def test_a_grant_that_is_left_is_no_debt(index: Index) -> None:
    question = "how much of the waterways grant is left"
    plan, found = asked(index, question, Scripted({"measure": ("balance", 0.95)}))
    assert headline(plan, found, index, (), question).startswith("1,220.00 GBP is left on Waterways (")


@pytest.mark.parametrize("question", ["whos still owing us", "who's still owing us"])
def test_who_is_written_without_an_apostrophe(index: Index, question: str) -> None:
    rows = [row[:2] for row in rows_of(question, index, Measure.BALANCE)]
    assert rows == [["Osei family", "140"], ["St Budoc School", "125"]]


def test_events_that_are_booked_are_no_events_of_the_books(index: Index) -> None:
    plan, _ = asked(index, "what did the events make in 2024", Scripted({"measure": ("events", 0.95)}))
    assert plan.measure is Measure.NET_INCOME


@pytest.mark.parametrize("question", ["how much did Badge Depot send me back", "how much did Badge Depot give us back"])
def test_what_came_back_on_a_card_pays_no_lender(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts != ("Liabilities:Card",)


@pytest.mark.parametrize(
    "question",
    ["did anyone pay their subs twice", "who paid twice", "were any subs paid twice", "any member pay twice"],
)
def test_what_was_paid_to_us_twice(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [row[1] for row in found.table.rows] == ["Osei family"] * 2


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("what did camp cost per child", "per child"),
        ("cost of camp a head", "a head"),
        ("what did camp cost in 2024", ""),
        ("what did we spend per account in 2024", ""),
        ("camp costs per month", ""),
    ],
)
def test_what_is_not_divided_is_said_to_be_whole(index: Index, question: str, share: str) -> None:
    plan, _ = asked(index, question)
    assert [note for note in plan.reading if note.startswith("not divided")] == (
        [f'not divided "{share}": the entries do not tell by how many'] if share else []
    )


@pytest.mark.parametrize(
    "question", ["have we gone over on badges this year", "are we over on badges", "did we overspend on badges in 2025"]
)
def test_going_over_is_against_the_budget(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.BUDGET


def test_what_was_earned_stands_nowhere_from_year_to_year(index: Index) -> None:
    model = Scripted({"measure": ("balance", 0.95)})
    plan, found = asked(index, "are dues up on last year", model)
    assert plan.measure is Measure.SUM
    assert [cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)][:2] == [-50, -65]
