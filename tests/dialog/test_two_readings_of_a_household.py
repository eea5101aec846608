"""A household with two of nearly everything, and a small shop: who and which is meant, now and as a talk goes on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"

2023-12-31 open Assets:Bank:Joint
2023-12-31 open Assets:Bank:Dario
2023-12-31 open Assets:Pots:Roof
2023-12-31 open Assets:Pots:Summer
2023-12-31 open Assets:Savings:Rainy
2023-12-31 open Assets:Savings:Gap
2023-12-31 open Assets:Till:Shop
2023-12-31 open Assets:Till:Market
2023-12-31 open Expenses:Terrace
2023-12-31 open Expenses:Out
2023-12-31 open Expenses:Away:Flights
2023-12-31 open Expenses:Away:Hotels
2023-12-31 open Income:Shop
2023-12-31 open Liabilities:VAT
2023-12-31 open Assets:Lent:Wanda
2023-12-31 open Assets:Receivable:Adler
2023-12-31 open Assets:Receivable:Bream
2023-12-31 open Assets:Receivable:Curlew
2023-12-31 open Liabilities:Cards:Visa
2023-12-31 open Liabilities:Cards:Maestro
2023-12-31 open Liabilities:Loans:Van
2023-12-31 open Liabilities:Loans:Kitchen
2023-12-31 open Income:Salary:Dario
2023-12-31 open Income:Salary:Lene
2023-12-31 open Income:Interest
2023-12-31 open Income:Eggs
2023-12-31 open Expenses:Tax:Dario
2023-12-31 open Expenses:Tax:Lene
2023-12-31 open Expenses:Cars:Van:Fuel
2023-12-31 open Expenses:Cars:Van:Repairs
2023-12-31 open Expenses:Cars:Micra:Fuel
2023-12-31 open Expenses:Cars:Micra:Repairs
2023-12-31 open Expenses:Heating
2023-12-31 open Expenses:Interest:Van
2023-12-31 open Expenses:Interest:Kitchen
2023-12-31 open Expenses:Groceries
2023-12-31 open Expenses:Wool
2023-12-31 open Expenses:Childcare

2024-01-26 * "Harbour Office" "salary"
  Assets:Bank:Joint      1600 EUR
  Expenses:Tax:Lene       400 EUR
  Income:Salary:Lene    -2000 EUR
2024-01-28 * "Municipal Works" "wages"
  Assets:Bank:Dario      1300 EUR
  Expenses:Tax:Dario      200 EUR
  Income:Salary:Dario   -1500 EUR
2023-12-31 * "opening"
  Liabilities:Loans:Van      -5000 EUR
  Liabilities:Loans:Kitchen  -3000 EUR
  Assets:Pots:Roof            700 EUR
  Assets:Pots:Summer          250 EUR
  Assets:Bank:Joint
2024-03-01 * "put by"
  Assets:Savings:Rainy    100 EUR
  Assets:Savings:Gap       70 EUR
  Assets:Till:Shop         80 EUR
  Assets:Till:Market       30 EUR
  Assets:Bank:Joint
2024-06-20 * "Windjet" "flights" #elba
  Expenses:Away:Flights    300 EUR
  Assets:Bank:Joint
2024-06-28 * "Casa Rosa" "six nights" #elba
  Expenses:Away:Hotels    410 EUR
  Assets:Bank:Joint
2024-12-27 * "Railway" "tickets" #vienna
  Expenses:Away:Flights    180 EUR
  Assets:Bank:Joint
2024-12-30 * "Hotel Post" "three nights" #vienna
  Expenses:Away:Hotels    240 EUR
  Assets:Bank:Joint
2024-04-30 * "April takings"
  Assets:Bank:Joint    242 EUR
  Income:Shop         -200 EUR
  Liabilities:VAT      -42 EUR
2024-05-31 * "May takings"
  Assets:Bank:Joint    121 EUR
  Income:Shop         -100 EUR
  Liabilities:VAT      -21 EUR
2024-05-05 * "Slab Yard" "paving"
  Expenses:Terrace    310 EUR
  Assets:Bank:Joint
2024-06-05 * "The Terrace" "lunch"
  Expenses:Out    44 EUR
  Assets:Bank:Joint
2024-02-02 * "Bank of Sligo" "van loan"
  Liabilities:Loans:Van    200 EUR
  Expenses:Interest:Van     30 EUR
  Assets:Bank:Joint
2024-02-05 * "Bank of Sligo" "kitchen loan"
  Liabilities:Loans:Kitchen    100 EUR
  Expenses:Interest:Kitchen     20 EUR
  Assets:Bank:Joint
2024-06-30 * "Bank of Sligo" "on the pots"
  Assets:Pots:Roof    11 EUR
  Income:Interest
2024-02-07 * "Pumpstop" "diesel"
  Expenses:Cars:Van:Fuel    60 EUR
  Liabilities:Cards:Visa
2024-02-08 * "Pumpstop" "petrol"
  Expenses:Cars:Micra:Fuel    40 EUR
  Liabilities:Cards:Maestro
2024-03-08 * "Tyre Hut" "tyres"
  km: 121000
  Expenses:Cars:Van:Repairs    210 EUR
  Liabilities:Cards:Maestro
2024-04-01 * "Fairway" "shop"
  Expenses:Groceries    50 EUR
  Liabilities:Cards:Visa
2024-04-08 * "Greengage" "shop"
  Expenses:Groceries    31 EUR
  Liabilities:Cards:Visa
2024-04-15 * "Corner Barn" "shop"
  Expenses:Groceries    12 EUR
  Liabilities:Cards:Visa
2024-05-01 * "Ewe & Co" "aran"
  Expenses:Wool    90 EUR
  Assets:Bank:Joint
2024-05-20 * "Skeinery" "merino"
  Expenses:Wool    35 EUR
  Assets:Bank:Joint
2024-06-02 * "Wanda" "Saturday evening"
  Expenses:Childcare    45 EUR
  Assets:Bank:Joint
2024-02-20 * "Micra Centre" "service"
  km: 80100
  Expenses:Cars:Micra:Repairs    90 EUR
  Liabilities:Cards:Visa
2024-09-20 * "Micra Centre" "service"
  km: 86200
  Expenses:Cars:Micra:Repairs    95 EUR
  Liabilities:Cards:Visa
2024-09-25 * "Tyre Hut" "balancing"
  km: 128500
  Expenses:Cars:Van:Repairs    40 EUR
  Liabilities:Cards:Maestro
2025-03-20 * "Micra Centre" "brakes"
  km: 90000
  Expenses:Cars:Micra:Repairs    160 EUR
  Liabilities:Cards:Visa
2024-10-10 * "Fen Oil" "heating oil"
  litres: 500
  Expenses:Heating    480 EUR
  Assets:Bank:Joint
2025-02-10 * "Fen Oil" "heating oil"
  litres: 600
  Expenses:Heating    600 EUR
  Assets:Bank:Joint
2025-03-02 * "Wanda" "two evenings"
  Expenses:Childcare    80 EUR
  Assets:Bank:Joint
2024-06-15 * "lent Wanda for her boiler"
  Assets:Lent:Wanda    500 EUR
  Assets:Bank:Joint
2025-04-02 * "Adler Inn" "eggs, April"
  Assets:Receivable:Adler    60 EUR
  Income:Eggs
2025-04-02 * "Bream Kitchen" "eggs, April"
  Assets:Receivable:Bream    40 EUR
  Income:Eggs
2025-04-20 * "Bream Kitchen" "eggs, paid, and a bit"
  Assets:Bank:Joint    55 EUR
  Assets:Receivable:Bream
2025-05-02 * "Curlew Cafe" "eggs, May"
  Assets:Receivable:Curlew    30 EUR
  Income:Eggs
"""
CARD = "what is on the card?"
EARNED = "how much did Dario earn in 2024?"


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        ((CARD, "1"), "balance Liabilities:Cards:Maestro"),
        ((CARD, "2."), "balance Liabilities:Cards:Visa"),
        ((CARD, "second"), "balance Liabilities:Cards:Visa"),
        ((CARD, "the latter please"), "balance Liabilities:Cards:Visa"),
        ((CARD, "4"), "clarify: Liabilities:Cards:Maestro, Liabilities:Cards:Visa"),  # there is no fourth
        (("groceries in 2024", "2"), "sum Expenses:Groceries 2024"),  # nothing was asked back
        (("what is left on the loan?", "Liabilities:Loans:Van"), "balance Liabilities:Loans:Van"),
    ],
)
def test_a_question_back_is_answered_by_a_number_or_a_name(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("what did fuel and repairs of the van cost in 2024?", "and the other one?"), "clarify: "),
        (("what did the Micra cost in 2024?", "and the other one?"), "sum Expenses:Cars:Van 2024"),
        (("what did the Micra cost in 2024?", "what about the other car"), "sum Expenses:Cars:Van 2024"),
        (("fuel for the van in 2024", "and for the other car?"), "sum Expenses:Cars:Micra:Fuel 2024"),
        (("what did wool cost in 2024", "only at Skeinery", "and the other one?"), "sum Expenses:Wool <Ewe & Co> 2024"),
        (("how much is in the roof pot", "and the other one?"), "balance Assets:Pots:Summer"),
        (("groceries in 2024", "only at Fairway", "and the other one?"), "clarify: "),  # there are two others
        (("what did we spend at Fairway in 2024?", "and the other one?"), "clarify: "),
    ],
)
def test_the_other_of_two_and_of_more(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        ((EARNED, "and her?"), "sum Income:Salary:Lene 2024"),
        ((EARNED, "and how much did she earn?"), "sum Income:Salary:Lene 2024"),
        ((EARNED, "how much tax did he pay?"), "sum Expenses:Tax:Dario 2024"),
        ((EARNED, "and his tax?", "and hers?"), "sum Expenses:Tax:Lene 2024"),
        ((EARNED, "how much tax did he pay?", "and in 2025?"), "sum Expenses:Tax:Dario 2025"),
        ((EARNED, "when was he last paid?"), "Dario order -date limit 1"),
        (("groceries in 2024", "and him?"), "clarify: "),  # nobody was spoken of
        (("what did we pay Wanda in 2024?", "how often did she come?"), "count expenses <Wanda> 2024"),
        (("what did we pay Wanda in 2024?", "how much did we give her in 2025"), "sum expenses <Wanda> 2025"),
        (("what did we pay Wanda in 2024?", "how much does she owe us?"), "balance Assets:Lent:Wanda by account"),
    ],
)
def test_he_and_she_of_two_who_earn(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)).endswith(plan)


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("what is left on the van loan?", "how much interest did we pay on it in 2024?"), "Interest:Van"),
        (("what did the van cost in 2024?", "how much diesel did it use?"), "Cars:Van:Fuel"),
        (("what did the van cost in 2024?", "and how much fuel did it take?"), "Cars:Van:Fuel 2024"),
        (("groceries in 2024", "how much interest did we pay on it"), "sum Expenses:Interest"),  # none of groceries
    ],
)
def test_it_of_which_a_part_is_kept(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert plan in digest(plan_question(turns[-1], turns[:-1], TODAY, index))


OWING = "balance Assets:Lent:Wanda Assets:Receivable:Adler Assets:Receivable:Curlew"


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("who owes us money?",), f"{OWING} by account"),  # Bream has paid 15 too much
        (("who owes us money?", "how much is that altogether?"), f"{OWING} by account"),
        (("what do our customers owe us",), "balance Assets:Receivable:Adler Assets:Receivable:Curlew by account"),
        (("what does Bream owe us",), "balance Assets:Receivable:Bream by account"),
        (("who is in credit with us?",), "balance Assets:Receivable:Bream by account"),
        (("has any customer overpaid",), "balance Assets:Receivable:Bream by account"),
        (("who paid us too much?",), "balance Assets:Receivable:Bream by account"),
    ],
)
def test_who_is_in_credit_owes_nothing(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)) == plan


def test_who_is_left_aside_is_told(index: Index) -> None:
    plan = plan_question("who owes us money?", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert any("Assets:Receivable:Bream, 15.00 EUR" in note for note in plan.reading)


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how many litres of petrol did the Micra drink in 2024?", "refuse"),  # litres are noted of heating oil
        ("how many litres did the van use", "refuse"),
        ("how many litres of heating oil in 2024?", "metadata"),
        ("how many litres did we buy in 2024?", "metadata 2024 key litres"),
        ("how many jerseys did we sell in 2024?", "refuse"),
        ("how many bills did we get in 2024?", "count"),
        ("how many km did the Micra do?", "metadata Expenses:Cars:Micra ends key km"),  # of its own counter
        ("how many km did the Micra have on the clock at its last service?", "metadata Expenses:Cars:Micra key km"),
    ],
)
def test_quantities_that_are_noted_of_something_else(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (), TODAY, index)).startswith(plan)


TILLS = "clarify: Assets:Till:Market, Assets:Till:Shop"


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("what did the car cost us last year?",), "clarify: Expenses:Cars:Micra, Expenses:Cars:Van"),
        (("what did the car cost us last year?", "2"), "sum Expenses:Cars:Van 2024"),
        (("what did the car cost us last year?", "the Micra"), "sum Expenses:Cars:Micra 2024"),
        (("what did the cars cost us last year?",), "sum Expenses:Cars 2024"),  # both
        (("how much is in the savings account?",), "clarify: Assets:Savings:Gap, Assets:Savings:Rainy"),
        (("how much is in savings?",), "balance Assets:Savings"),
        (("how much is in the till?",), TILLS),
        (("what's in the shop till?",), "balance Assets:Till:Shop"),
        (("what's in the shop till?", "and the other till?"), "balance Assets:Till:Market"),
        (("what's in the two tills together?",), "balance Assets:Till"),
        (("how much did we spend on the terrace in 2024?",), "sum Expenses:Terrace 2024"),
        (("how much did we spend at the terrace in 2024?",), "sum expenses <The Terrace> 2024"),
        (("what did The Terrace cost us in 2024?",), "sum expenses <The Terrace> 2024"),
    ],
)
def test_one_of_two_is_asked_back_and_both_are_told(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("what did the Vienna trip cost?", "and the one before?"), "sum expenses #elba"),
        (("what did the Elba trip cost?", "and the trip after that?"), "sum expenses #vienna"),
        (("what did the Elba trip cost?", "and the one before?"), "clarify: "),  # it was the first
        (("what did the Vienna trip cost?", "how much went on flights on it?"), "sum Expenses:Away:Flights #vienna"),
    ],
)
def test_the_trip_before(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert digest(plan_question(turns[-1], turns[:-1], TODAY, index)) == plan


@pytest.mark.parametrize(
    "turns",
    [
        ("shop income in 2024", "that's without VAT?"),
        ("shop income in 2024", "is that net of VAT?"),
        ("shop income in 2024", "and incl. VAT?"),
        ("shop income in 2024", "that's without VAT?", "and with?"),
        ("shop income in 2024", "does that include VAT?"),
        ("shop income in 2024 with VAT",),
    ],
)
def test_whether_vat_is_in_it(turns: tuple[str, ...], index: Index) -> None:
    plan = plan_question(turns[-1], turns[:-1], TODAY, index)
    assert isinstance(plan, Plan)
    assert digest(plan) == "sum Income:Shop 2024"
    assert any("without the VAT that is booked apart to Liabilities:VAT" in note for note in plan.reading)


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("what did Lene make in 2024?", "sum Income:Salary:Lene 2024"),  # pay, and no profit of hers
        ("what rate are we paying on the kitchen loan?", "refuse"),
        ("what percent interest do we pay on the van loan?", "refuse"),
        ("what did Dario get in 2024?", "sum Income:Salary:Dario 2024"),
    ],
)
def test_what_somebody_makes_and_what_a_loan_bears(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (), TODAY, index)).startswith(plan)
