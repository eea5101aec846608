"""A dog groomer who drives to her clients and plays in a theatre group, which keeps its books in hers.

Accounts are called Paid, Set and Draw, shows are told by tags, and who hires costumes pays later.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding.existence import opening
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "title" "Wagtail and Players"
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:CashTin
2023-01-01 open Assets:Debtors
2023-01-01 open Assets:Investments:CCLA
2023-01-01 open Liabilities:VAT:Paid
2023-01-01 open Liabilities:VAT:Collected
2023-01-01 open Income:Grooming
2023-01-01 open Income:Tickets:Full
2023-01-01 open Income:Tickets:Concession
2023-01-01 open Income:Subscriptions
2023-01-01 open Income:Hire
2023-01-01 open Income:Legacies
2023-01-01 open Expenses:Set
2023-01-01 open Expenses:Venue
2023-01-01 open Expenses:TicketFees
2023-01-01 open Expenses:Van:Fuel
2023-01-01 open Expenses:Van:Insurance
2023-01-01 open Expenses:Travel
2023-01-01 open Equity:Draw
2023-01-01 event "chair" "Una"
2023-01-01 commodity CBFINV
2024-12-31 price CBFINV 11 GBP

2023-02-01 * "Ada" "subscription"
  Assets:Bank  30 GBP
  Income:Subscriptions
2023-02-02 * "Ben" "subscription"
  Assets:Bank  30 GBP
  Income:Subscriptions
2024-02-01 * "Ada" "subscription"
  Assets:Bank  30 GBP
  Income:Subscriptions
2024-02-02 * "Cy" "subscription"
  Assets:Bank  30 GBP
  Income:Subscriptions
2023-05-02 * "Okafor, Grace" "full groom"
  paid-by: "cash"
  Assets:CashTin  84 GBP
  Income:Grooming  -80 GBP
  Liabilities:VAT:Collected
2024-05-02 * "Okafor, Grace" "full groom"
  paid-by: "cash"
  Assets:CashTin  84 GBP
  Income:Grooming  -80 GBP
  Liabilities:VAT:Collected
2024-06-02 * "Singh, Laddu" "nail trim"
  paid-by: "card"
  Assets:Bank  21 GBP
  Income:Grooming  -20 GBP
  Liabilities:VAT:Collected
2023-04-20 * "TicketSource" "Arcadia, Thu" #arcadia
  Assets:Bank  500 GBP
  Income:Tickets:Full  -400 GBP
  Income:Tickets:Concession  -100 GBP
2023-04-21 * "Corn Exchange" "week" #arcadia
  Expenses:Venue  300 GBP
  Assets:Bank
2023-04-01 * "Travis" "timber" #arcadia
  Expenses:Set  90 GBP
  Assets:Bank
2023-04-25 * "TicketSource" "fees" #arcadia
  Expenses:TicketFees  12 GBP
  Assets:Bank
2023-12-12 * "TicketSource" "Dick Whittington, Thu" #panto23
  Assets:Bank  410 GBP
  Income:Tickets:Full  -410 GBP
2023-12-13 * "Corn Exchange" "week" #panto23
  Expenses:Venue  310 GBP
  Assets:Bank
2024-12-12 * "TicketSource" "Mother Goose, Thu" #panto24
  Assets:Bank  450 GBP
  Income:Tickets:Full  -450 GBP
2024-12-13 * "Corn Exchange" "week" #panto24
  Expenses:Venue  320 GBP
  Assets:Bank
2024-12-14 * "TicketSource" "fees" #panto24
  Expenses:TicketFees  15 GBP
  Assets:Bank
2023-03-01 * "Estate of N Pell" "bequest" #restricted
  Assets:Bank  8000 GBP
  Income:Legacies
2023-03-03 * "CCLA" "units bought"
  Assets:Investments:CCLA  400 CBFINV {10 GBP}
  Assets:Bank
2024-03-10 * "Wawanesa" "van insurance"
  Expenses:Van:Insurance  400 GBP
  Assets:Bank
2024-03-11 * "Esso"
  Expenses:Van:Fuel  60 GBP
  Liabilities:VAT:Paid  12 GBP
  Assets:CashTin
2024-06-03 * "Westjet" "flight to Calgary" #calgary24
  Expenses:Travel  312 GBP
  Assets:Bank
2024-07-01 * "draw"
  Equity:Draw  500 GBP
  Assets:Bank
2025-04-11 * "Wells Youth Theatre" "hire of costumes"
  Assets:Debtors  120 GBP
  Income:Hire
2024-05-11 * "Street Drama" "hire of costumes"
  Assets:Debtors  95 GBP
  Income:Hire
2024-06-14 * "Street Drama" "paid"
  Assets:Bank  95 GBP
  Assets:Debtors
"""

SHOWS = "#arcadia #panto23 #panto24"
PANTOS = "#panto23 #panto24"


def said(index: Index, question: str, model: Scripted | None = None) -> str:
    """The plan of the question in one line."""
    return digest(plan_question(question, (), TODAY, index, understander=model))


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("what did the orchestra cost us in 2023", "refuse"),
        ("what did the team set us back in 2024", "refuse"),
        ("what does the family cost per month", "average expenses per month"),
        ("how much did the society spend in 2024", "sum expenses 2024"),
    ],
)
def test_who_is_hired_is_not_whoever_keeps_the_books(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("who played the lead in Arcadia", "refuse"),
        ("who directed Arcadia", "refuse"),
        ("who insures the van", "sum Expenses:Van:Insurance by payee"),
        ("who built the set for Arcadia", "sum expenses #arcadia by payee"),
        ("how much did Arcadia cost", "sum expenses #arcadia"),
    ],
)
def test_who_did_something_is_told_by_payee_or_not_at_all(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


def test_who_did_what_no_event_tells_is_told_by_entries(index: Index) -> None:
    plan = plan_question(
        "who did the full groom", (), TODAY, index, understander=Scripted({"measure": ("events", 0.95)})
    )
    assert isinstance(plan, Plan)
    assert plan.measure in {Measure.LIST, Measure.SUM}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("how many jobs were paid in cash in 2024", False),
        ("how much was paid by card in 2024", False),
        ("VAT paid in 2024", True),
    ],
)
def test_paid_is_seldom_an_account(index: Index, question: str, named: bool) -> None:  # noqa: FBT001
    assert ("Liabilities:VAT:Paid" in said(index, question)) is named


def test_what_sets_one_back_is_no_set(index: Index) -> None:
    assert said(index, "what did the van set me back in 2024") == "sum Expenses:Van 2024"
    assert said(index, "what was spent on set in 2023") == "sum Expenses:Set 2023"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how many jobs did I do in 2024", "refuse"),
        ("how many appointments in 2024", "refuse"),
        ("how many bookings did I have in 2024", "count 2024"),
        ("how many purchases in 2024", "count expenses 2024"),
    ],
)
def test_what_is_counted_where_nothing_is_named(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    "question",
    ["what is the value of the business", "how much is the whole thing worth", "what is the whole firm worth"],
)
def test_what_the_whole_is_worth(index: Index, question: str) -> None:
    assert said(index, question) == "net_worth at market"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("where did the money go on Arcadia, by type", "sum expenses #arcadia by account"),
        ("our investments by type", "holdings by currency at market"),
    ],
)
def test_where_money_went_is_no_split_of_what_is_held(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("box office in 2023", "sum Income:Tickets 2023"),
        ("ticket fees in 2023", "sum Expenses:TicketFees 2023"),
        (
            "which took more at the box office, Arcadia or panto24",
            "sum [arcadia: Income:Tickets #arcadia] [panto24: Income:Tickets #panto24]",
        ),
        (
            "which cost more, Arcadia or panto24",
            "sum expenses [arcadia: expenses #arcadia] [panto24: expenses #panto24]",
        ),
    ],
)
def test_what_is_taken_at_the_door_is_income(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("which show took the most money", f"sum income {SHOWS} by tag order -amount limit 1"),
        ("which show cost the most", f"sum expenses {SHOWS} by tag order -amount limit 1"),
        ("profit per show", f"net_income {SHOWS} by tag order -amount"),
        ("how much did each show make", f"net_income {SHOWS} by tag order -amount"),
        ("ticket income by production", f"sum Income:Tickets {SHOWS} by tag order -amount"),
        ("which panto made the most", f"sum income {PANTOS} by tag order -amount limit 1"),
        ("cost per panto", f"sum expenses {PANTOS} by tag order -amount"),
        ("what did the panto cost", "clarify: #panto23, #panto24"),
        ("what did the show cost", "clarify: #arcadia, #panto23, #panto24"),
        ("did the show make money", "clarify: #arcadia, #panto23, #panto24"),
        ("what did the show cost in 2024", "refuse"),
    ],
)
def test_occasions_that_only_tags_tell_apart(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "answer"), [("has Wells Youth Theatre paid us", "Not in full."), ("has Street Drama paid", "Yes.")]
)
def test_whether_one_of_few_customers_has_paid(index: Index, question: str, answer: str) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    assert opening(question, plan, gather(plan, index, TODAY)).strip() == answer


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how many members have paid their subscription in 2024", "count Income:Subscriptions 2024 of payees"),
        ("how many members do we have", "refuse"),
        ("who paid a subscription in 2023 but not in 2024", "sum Income:Subscriptions <Ben> 2023 by payee"),
        ("who paid a subscription in 2024 but not in 2023", "sum Income:Subscriptions <Cy> 2024 by payee"),
        ("what did we spend in 2024 but not in March", "sum expenses -2024-03 2024"),
    ],
)
def test_who_paid_in_one_time_and_not_in_another(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much was the taxi in Calgary", "refuse"),
        ("dentist in Calgary", "refuse"),
        ("spendings in Calgary", "sum expenses #calgary24"),
        ("fuel in Calgary", "sum Expenses:Van:Fuel #calgary24"),
        ("timber in Calgary", "sum <timber> #calgary24"),
    ],
)
def test_what_is_asked_for_is_missed_where_only_the_place_is_known(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("am I making money", "net_income"),
        ("is the business making money this year", "net_income 2025"),
        ("fuel share of van costs", "sum [fuel: Expenses:Van:Fuel] [van: Expenses:Van] key ratio"),
        ("how much did I draw in 2024", "sum Equity:Draw 2024"),
        ("who is my best paying client", "sum income by payee order -amount limit 1"),
    ],
)
def test_everyday_ways_to_ask(index: Index, question: str, plan: str) -> None:
    assert said(index, question) == plan


def test_where_something_was_bought_is_told_with_it(index: Index) -> None:
    plan = plan_question("when did I last buy fuel, and where", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert not any("ask by itself" in note for note in plan.reading)
