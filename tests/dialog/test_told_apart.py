"""Questions of one who keeps a shop and a house in one set of books: lists with debts, limits, who is behind a bill."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding.existence import opening
from ledgerqa.plan_keys import AGAINST, RATIO
from ledgerqa.records import Plan, Refusal

from .asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
RAIN = '  weather: "rain"\n'
LEDGER = (
    """
option "operating_currency" "EUR"

2024-01-01 open Assets:Bank
2024-01-01 open Assets:RainyDay
2024-01-01 open Assets:Lent:Bruno
2024-01-01 open Liabilities:VanFinance
2024-01-01 open Liabilities:SwiftCard EUR
  limit: 900.00 EUR
2024-01-01 open Liabilities:Payable:Oakes
  contact: "Mrs Femke"
2024-01-01 open Expenses:House:Loan
2024-01-01 open Expenses:Van:Diesel
2024-01-01 open Expenses:Van:Fines
2024-01-01 open Expenses:Van:Interest
2024-01-01 open Expenses:Van:Repairs
2024-01-01 open Expenses:Van:Cover
2024-01-01 open Expenses:Party:Cards
2024-01-01 open Expenses:Charges
2024-01-01 open Expenses:Rent
2024-01-01 open Income:Stall
2024-01-01 open Income:Counter
2024-01-01 open Expenses:CardMachine
2024-01-01 open Equity:Start

2024-01-01 custom "budget" Expenses:Party "total" 80.00 EUR

2024-01-01 * "start"
  Liabilities:VanFinance  -5000 EUR
  Assets:Bank              9000 EUR
  Equity:Start
2025-01-05 * "Ferrylane Building Society" "house loan"
  Expenses:House:Loan       600 EUR
  Assets:Bank
2025-02-05 * "Ferrylane Building Society" "house loan"
  Expenses:House:Loan       600 EUR
  Assets:Bank
2025-02-01 * "Wheelworks" "van finance"
  Liabilities:VanFinance    180 EUR
  Expenses:Van:Interest      20 EUR
  Assets:Bank
2025-03-01 * "Wheelworks" "van finance"
  Liabilities:VanFinance    182 EUR
  Expenses:Van:Interest      18 EUR
  Assets:Bank
2025-02-10 * "Pump" "filled up"
  Expenses:Van:Diesel        70 EUR
  Liabilities:SwiftCard
2025-02-12 * "Hob Garage" "clutch"
  Expenses:Van:Repairs      240 EUR
  Liabilities:SwiftCard
2025-02-13 * "Town hall" "parked badly"
  Expenses:Van:Fines         40 EUR
  Assets:Bank
2025-02-14 * "Coverwell" "premium"
  Expenses:Van:Cover         99 EUR
  Assets:Bank
2025-03-18 * "Swift" "late fee, forgot"
  Expenses:Charges           11 EUR
  Liabilities:SwiftCard
2025-04-18 * "Swift" "late fee AGAIN"
  Expenses:Charges           11 EUR
  Liabilities:SwiftCard
2025-04-20 * "Printers" "invitations"
  Expenses:Party:Cards       55 EUR
  Assets:Bank
2025-05-02 * "Oakes Timber" "planks, on account"
  Expenses:Party:Cards       33 EUR
  Liabilities:Payable:Oakes
2025-05-03 * "Bruno" "for a bicycle, says he pays it back"
  Assets:Lent:Bruno         200 EUR
  Assets:Bank
2025-05-20 * "Bruno" "first bit of the bicycle money"
  Assets:Lent:Bruno         -50 EUR
  Assets:Bank
2025-05-21 * "Bruno" "the garden done"
  Expenses:Charges           60 EUR
  Assets:Bank
2025-06-20 * "Bruno" "some more"
  Assets:Lent:Bruno         -30 EUR
  Assets:Bank
2025-05-30 * "counter, cash"
  Income:Counter            -25 EUR
  Assets:Bank
2025-05-31 * "card machine, the month"
  Income:Counter            -75 EUR
  Assets:Bank
2025-05-31 * "Zip" "card machine charges"
  Expenses:CardMachine        9 EUR
  Assets:Bank
2025-06-01 * "Landing" "into rainy day"
  Assets:RainyDay            70 EUR
  Assets:Bank
"""
    + "".join(
        f'{day} * "stall takings"\n{weather}  Income:Stall  -{taken} EUR\n  Assets:Bank\n'
        for day, taken, weather in (
            ("2025-01-11", 90, ""),
            ("2025-02-08", 30, RAIN),
            ("2025-03-08", 110, ""),
            ("2025-04-12", 50, RAIN),
            ("2025-05-10", 40, RAIN),
        )
    )
    + "".join(
        f'2025-0{month}-02 * "Landlord" "rent"\n  Expenses:Rent  {400 if month < 4 else 425} EUR\n  Assets:Bank\n'
        for month in range(1, 7)
    )
)


def _together(plan: Plan, index: Index) -> Decimal:
    """All figures of the rows, added up."""
    rows = gather(plan, index, TODAY).table.rows
    return sum((cell for row in rows for cell in row if isinstance(cell, Decimal)), Decimal(0))


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("What does the van cost us in 2025, diesel, garage, cover, fines and the finance payments?", 849),
        ("What did diesel, fines and the finance payments come to in 2025?", 510),
        ("In 2025, how much went on the finance payments, diesel and the cover?", 569),
        ("How much did we spend on diesel, garage and fines in 2025?", 350),
        ("How much did we spend on diesel and fines in 2025?", 110),
    ],
)
def test_a_debt_in_a_list_is_added(question: str, total: int, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert _together(plan, index) == total


def test_a_loan_drawn_on_is_left_aside_with_a_note(index: Index) -> None:
    plan = plan_question("What did diesel, fines and the finance payments come to so far?", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert _together(plan, index) == 110
    assert any(note.startswith("finance") and "left aside" in note for note in plan.reading)


@pytest.mark.parametrize(
    "question",
    [
        "How much is still left to pay on the house loan?",
        "How much do we still owe on the house loan?",
        "What's outstanding on the house loan?",
        "What is left on the house loan?",
    ],
)
def test_no_account_holds_the_debt(question: str, index: Index) -> None:
    refused = plan_question(question, [], TODAY, index)
    assert isinstance(refused, Refusal)
    assert "house loan" in refused.sentence
    assert refused.suggestions == ("How much did we spend on house loan?",)


def test_no_account_holds_what_entries_only_spend(index: Index) -> None:
    refused = plan_question("How much is left to pay on the premium?", [], TODAY, index)
    assert isinstance(refused, Refusal)
    assert "“premium”" in refused.sentence


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        ("How much have we paid on the house loan?", ("Expenses:House:Loan",)),
        ("How much do we still owe on the van?", ("Liabilities:VanFinance",)),
        ("What do we owe femke right now?", ("Liabilities:Payable:Oakes",)),
        ("How much do we owe Mrs Femke?", ("Liabilities:Payable:Oakes",)),
        ("Has Bruno paid back the bicycle money?", ("Assets:Lent:Bruno",)),
    ],
)
def test_what_is_owed_or_paid(question: str, accounts: tuple[str, ...], index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == accounts


@pytest.mark.parametrize(
    "follow_up",
    [
        "How much extra a month is that?",
        "By how much?",
        "And how much more is that per month?",
        "What's the difference?",
    ],
)
def test_by_how_much_a_price_changed(follow_up: str, index: Index) -> None:
    plan = plan_question(follow_up, ["When did the rent go up?"], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.pick, plan.filters.accounts) == ("changed", ("Expenses:Rent",))


@pytest.mark.parametrize(
    ("question", "count", "alongside"),
    [
        ("List all the late fees we got charged on the card.", 2, ("Liabilities:SwiftCard",)),
        ("List the late fees.", 2, ()),
        ("List what we spent on the party cards.", 2, ()),
    ],
)
def test_what_stands_word_for_word(question: str, count: int, alongside: tuple[str, ...], index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.alongside == alongside
    assert len(gather(plan, index, TODAY).table.rows) == count


@pytest.mark.parametrize(
    ("question", "yes", "left"),
    [
        ("Did we go over the 80 for the party, and by how much?", "Yes.", -8),
        ("Did the party go over 80?", "Yes.", -8),
        ("Did we stay under 100 for the party?", "Yes.", 12),
        ("Have we spent more than the 100 on the party?", "No.", 12),
        ("Is the party over budget?", "Yes.", -8),
        ("Did the rent stay within 430 last month?", "Yes.", 5),
        ("How much is on the swift card and how much room is left before the limit?", "", 568),
        ("How close to the limit is the swift card?", "", 568),
        ("Are we over the limit on the swift card?", "No.", 568),
    ],
)
def test_figures_against_a_limit(question: str, yes: str, left: int, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    evidence = gather(plan, index, TODAY)
    assert [fact.number for fact in evidence.facts if fact.name == "left"] == [left]
    assert opening(question, plan, evidence) == yes


@pytest.mark.parametrize(
    "question", ["Did any payment for the party go over 40?", "What is the limit on the swift card?"]
)
def test_no_figure_against_a_limit(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert not (plan.key or "").startswith(AGAINST)


@pytest.mark.parametrize(
    "question",
    [
        "How much has Bruno paid back of the bicycle money?",
        "How much did Bruno pay back?",
        "How much of the bicycle money has Bruno given back?",
    ],
)
def test_what_was_lent_and_paid_back(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert abs(_together(plan, index)) == 80


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("On average what do we take on a rainy Saturday at the stall?", 40),
        ("How much did the stall take when it rained?", 120),
        ("What did we take at the stall on rainy days?", 120),
        ("What did the stall take?", 320),
        ("How much is in rainy day?", 70),
    ],
)
def test_forms_of_a_label(question: str, figure: int, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert abs(_together(plan, index)) == figure


@pytest.mark.parametrize(
    "question",
    [
        "What percent of the counter takings in 2025 came through the card machine rather than cash?",
        "What percentage of the counter takings came through the card machine?",
        "What share of our counter takings was paid by card?",
    ],
)
def test_a_share_by_way_of_paying(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert [round(fact.number, 1) for fact in gather(plan, index, TODAY).facts if fact.currency == "%"] == [75]


@pytest.mark.parametrize(
    "question",
    ["What percent of our income goes on rent?", "What percent of the stall takings went on diesel?"],
)
def test_a_share_that_is_spent_is_no_way_of_paying(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert not any(side.filters.alongside for side in plan.compare)


def test_a_cost_is_a_part_of_some_income(index: Index) -> None:
    plan = plan_question("What percent of the counter takings goes on diesel?", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.key == RATIO
    assert [side.filters.accounts for side in plan.compare] == [("Expenses:Van:Diesel",), ("Income:Counter",)]


def test_no_entry_tells_how_it_was_paid(index: Index) -> None:
    asked = "What percent of the stall takings came through the card machine rather than cash?"
    assert isinstance(plan_question(asked, [], TODAY, index), Refusal)


def test_no_item_of_a_list_is_dropped_where_a_model_hears_the_next(index: Index) -> None:
    question = "How much did we spend on diesel, cover, fines and rent?"
    model = Scripted(spans={"fines": "NAME", "rent": "NAME"})
    plan = plan_question(question, [], TODAY, index, understander=model)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == (
        "Expenses:Van:Diesel", "Expenses:Van:Cover", "Expenses:Van:Fines", "Expenses:Rent",
    )  # fmt: skip
