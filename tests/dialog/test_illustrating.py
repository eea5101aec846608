"""Parts that are listed beside a whole only to illustrate it narrow nothing; parts that are all that is meant do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
ACCOUNTS = tuple(
    "Car:Fuel Car:Garage Car:Tax Car:Insurance Dog:Insurance Dog:Food Dog:Vet Dog:Kennels Stay Flights Meals Rent".split()
)
ENTRIES = (
    ("2024-05-01", "Gull Air", "two seats", "Flights", 300, "#oslo-2024"),
    ("2024-05-02", "Fjord Hostel", "three nights", "Stay", 240, "#oslo-2024"),
    ("2024-05-03", "Kafe Lys", "waffles", "Meals", 30, "#oslo-2024"),
    ("2024-05-04", "Nord Ski", "ski hire", "Stay", 70, "#oslo-2024"),
    ("2024-10-05", "Crag Hut", "Week in the Hills", "Stay", 150, "#hills-2024"),
    ("2024-10-07", "Fell Shop", "warm jacket", "Meals", 45, "#hills-2024"),
    ("2024-02-01", "Pump 9", "diesel", "Car:Fuel", 60, ""),
    ("2024-03-01", "Gable Motors", "brakes", "Car:Garage", 200, "^brakes-2024"),
    ("2024-03-09", "Gable Motors", "brakes again", "Car:Garage", 90, "^brakes-2024"),
    ("2024-04-01", "Council", "car tax", "Car:Tax", 40, ""),
    ("2024-04-02", "Aegis", "cover", "Car:Insurance", 400, ""),
    ("2024-04-03", "Aegis", "cover", "Dog:Insurance", 90, ""),
    ("2024-06-01", "Paws", "biscuits for Tufty", "Dog:Food", 50, ""),
    ("2024-07-01", "Dr Hound", "Tufty limps", "Dog:Vet", 80, ""),
    ("2024-08-01", "Wagtail Lodge", "Tufty boards", "Dog:Kennels", 120, ""),
    ("2024-09-01", "Dr Hound", "worming", "Dog:Vet", 15, ""),
    ("2024-01-01", "Home Trust", "rent", "Rent", 900, ""),
)
LEDGER = "\n".join(
    (
        'option "operating_currency" "EUR"',
        "2023-01-01 open Assets:Bank:Current",
        "2023-01-01 open Assets:Bank:Reserve",
        *(f"2023-01-01 open Expenses:{name}" for name in ACCOUNTS),
        "2023-01-01 open Liabilities:Loan:Car",
        "2023-01-01 open Expenses:Car:Interest",
        '2024-01-05 * "Lend & Co" "instalment"\n  Liabilities:Loan:Car  100 EUR\n  Expenses:Car:Interest  7 EUR\n  Assets:Bank:Current\n',
        '2024-01-02 * "to the reserve"\n  Assets:Bank:Reserve  500 EUR\n  Assets:Bank:Current\n',
        *(
            f'{day} * "{payee}" "{text}" {mark}\n  Expenses:{name}  {amount} EUR\n  Assets:Bank:Current\n'
            for day, payee, text, name, amount, mark in ENTRIES
        ),
    )
)


WHOLE = (
    ("what did the Oslo trip cost me, flights and all?", "sum expenses #oslo-2024"),
    ("whole cost of the Oslo weekend - waffles - hostel - skis - everything", "sum expenses #oslo-2024"),
    ("Oslo. What did the whole jaunt cost us, hostel and waffles and all", "sum expenses #oslo-2024"),
    ("total for Oslo (flights, hostel, waffles etc.)", "sum expenses #oslo-2024"),
    ("what did Oslo come to flights and waffles and everything", "sum expenses #oslo-2024"),
    ("Oslo trip: flights, waffles, ski hire - what was the grand total?", "sum expenses #oslo-2024"),
    ("what did the whole Oslo trip come to, flights and waffles and the hostel?", "sum expenses #oslo-2024"),
    ("the Oslo trip split up by flights, hostel, waffles, whatever else", "sum expenses #oslo-2024 by account"),
    ("what did the dog cost in 2024, vet, kennels and so on, one figure", "sum Expenses:Dog 2024"),
    ("break down the car costs of 2024, fuel, garage, the lot", "sum Expenses:Car 2024 by account"),
    ("the car in 2024, fuel and garage and the rest, how much?", "sum Expenses:Car 2024"),
    ("Tufty's bills in 2024 split up: food, vet, boarding", "sum Expenses:Dog 2024 by account"),
    ("balance of each bank account (current, reserve)", "balance Assets:Bank by account"),
    ("insurance in 2024 - car, dog - how much", "sum Expenses:Car:Insurance Expenses:Dog:Insurance 2024"),
    ("the brakes saga - brakes - retest - labour - total damage?", "sum expenses ^brakes-2024"),
    ("how many times did we go to the vet in 2024, counting worming", "count Expenses:Dog:Vet 2024"),
    ("how often were we at the vet in 2024? count the worming ones too", "count Expenses:Dog:Vet 2024"),
    ("show me the brakes saga", "list expenses ^brakes-2024 order date"),
)
PARTS = (
    ("how many vet entries in 2024, only counting worming", "count Expenses:Dog:Vet <worming> 2024"),
    ("what did I spend on the car in 2024", "sum Expenses:Car 2024"),
    (
        "what did I spend on the car in 2024 by kind of expense, fuel, garage and so on",
        "sum Expenses:Car 2024 by account",
    ),
    (
        "of the car loan instalments in 2024, how much was really paying off the debt and how much was just interest",
        "sum 2024 [principal: Liabilities:Loan:Car +] [interest: Expenses:Car:Interest with Liabilities:Loan:Car]",
    ),
    (
        "Oslo trip: flights and waffles in total",
        "sum expenses [flights: Expenses:Flights #oslo-2024] [waffles: expenses <waffles> #oslo-2024]",
    ),
    ("what did the Oslo trip cost for flights", "sum Expenses:Flights #oslo-2024"),
    ("the car in 2024: fuel and garage", "sum Expenses:Car:Fuel Expenses:Car:Garage 2024"),
    ("what did we spend on rent, fuel and everything in 2024", "sum Expenses:Rent Expenses:Car:Fuel 2024"),
    ("the dog in 2024 without the vet and all that", "sum Expenses:Dog -Expenses:Dog:Vet 2024"),
)


@pytest.mark.parametrize(("question", "expected"), [*WHOLE, *PARTS])
def test_parts_listed(question: str, expected: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert digest(plan) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Car costs in 2024 - fuel, garage, tax. What share was fuel?",
        "what share of car costs in 2024 - fuel, garage, tax - was fuel?",
        "Car costs in 2024, and what percentage of it was fuel?",
    ],
)
def test_a_share_of_a_whole_named_first(question: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.key == "ratio"
    assert [each.filters.accounts for each in plan.compare] == [("Expenses:Car:Fuel",), ("Expenses:Car",)]


def test_a_unit_of_time_within_a_name(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97), "group": ("week", 0.97)})
    question = "week in the hills what did it come to hut and jacket and all"
    plan = plan_question(question, (), TODAY, index, understander=model)
    assert isinstance(plan, Plan), plan
    assert digest(plan) == "sum expenses #hills-2024"
