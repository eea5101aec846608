"""What a question says is counted in or netted off narrows nothing: it lies in the whole that is asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank
2023-01-01 open Income:Gifts
2023-01-01 open Expenses:Events
2023-01-01 open Expenses:Trips
2023-01-01 open Expenses:Heating:Oil
2023-01-01 open Expenses:Heating:BoilerService
2023-01-01 open Expenses:Repairs:Hall
2023-01-01 open Expenses:Power

2023-06-10 * "Canvas Hire" "marquee" #gala-2023
  Expenses:Events    200 EUR
  Assets:Bank
2024-06-10 * "Canvas Hire" "marquee" #gala-2024
  Expenses:Events    220 EUR
  Assets:Bank
2024-06-11 * "Butcher Kemp" "burgers and buns" #gala-2024
  Expenses:Events     90 EUR
  Assets:Bank
2024-06-12 * "Visitors" "buckets at the gate" #gala-2024
  Assets:Bank        700 EUR
  Income:Gifts
2023-03-01 * "Kestrel Conf" "early ticket" #kestrel-2023
  Expenses:Trips     100 EUR
  Assets:Bank
2024-03-01 * "Kestrel Conf" "early ticket" #kestrel-2024
  Expenses:Trips     150 EUR
  Assets:Bank
2024-03-02 * "Northern Rail" "train both ways" #kestrel-2024
  Expenses:Trips      80 EUR
  Assets:Bank
2024-03-03 * "Hotel Quayside" "two nights" #kestrel-2024
  Expenses:Trips     170 EUR
  Assets:Bank
2024-02-01 * "Tarn Fuels" "heating oil"
  Expenses:Heating:Oil   500 EUR
  Assets:Bank
2024-02-20 * "Tarn Fuels" "credit, short delivery"
  Expenses:Heating:Oil   -40 EUR
  Assets:Bank
2024-03-05 * "Tarn Fuels" "kerosene 500 l"
  Expenses:Heating:Oil   300 EUR
  Assets:Bank
2024-09-01 * "Boilerman" "boiler service"
  Expenses:Heating:BoilerService  120 EUR
  Assets:Bank
2024-04-01 * "Slate & Sons" "slates"
  Expenses:Repairs:Hall   900 EUR
  Assets:Bank
2024-05-01 * "Joiner Webb" "door"
  Expenses:Repairs:Hall   300 EUR
  Assets:Bank
2024-01-15 * "Fell Power" "instalment"
  Expenses:Power      60 EUR
  Assets:Bank
2024-02-15 * "Fell Power" "instalment"
  Expenses:Power      60 EUR
  Assets:Bank
2024-03-20 * "Fell Power" "annual settlement, money back"
  Expenses:Power     -25 EUR
  Assets:Bank
"""


COUNTED_IN = (
    # an event is told in full, whatever is said to be paid for of it
    ("after paying for the marquee and the burgers, what did we clear on the 2024 gala?", "net_income #gala-2024"),
    ("what did the 2024 gala make, net of the marquee and the burgers", "net_income #gala-2024"),
    ("Kestrel 2024 all in - ticket, train, my half of the hotel. what did the trip cost", "sum expenses #kestrel-2024"),
    ("what did the 2024 kestrel trip cost, train included", "sum expenses #kestrel-2024"),
    ("our profit in 2024 after heating", "net_income 2024"),
    ("all that heating ate in 2024 (the boiler service too)", "sum Expenses:Heating 2024"),
    ("what did the 2024 kestrel trip cost, train as well", "sum expenses #kestrel-2024"),
    # what came back is in the sum
    ("heating oil this year, taking off whatever the supplier credited us", "sum Expenses:Heating:Oil 2024"),
    ("power in 2024, the settlement deducted", "sum Expenses:Power 2024"),
    ("power in 2024. net of the annual settlements, please", "sum Expenses:Power 2024"),
    ("what did the 2024 kestrel trip cost incl. the train", "sum expenses #kestrel-2024"),
    # what one counts and another does not
    (
        "what did heating cost in 2024? oil counts, the boiler does not",
        "sum Expenses:Heating -Expenses:Heating:BoilerService 2024",
    ),
    # what something was bought for
    ("how much went on kerosene for the boiler in 2024", "sum expenses <kerosene 500 l> 2024"),
    # a name with the year of its tag
    ("kestrel 2024, all in", "sum expenses #kestrel-2024"),
    # why something is left out
    (
        "what did hall repairs come to in 2024, without Slate & Sons, as that was the roof and was paid for apart",
        "sum Expenses:Repairs:Hall -<Slate & Sons> 2024",
    ),
    ("my wife asks what repairs to the hall came to in 2024", "sum Expenses:Repairs:Hall 2024"),
)
NARROWED = (
    ("heating in 2024 less the boiler service", "sum Expenses:Heating -Expenses:Heating:BoilerService 2024"),
    ("power in 2024, hall repairs too", "sum Expenses:Power Expenses:Repairs:Hall 2024"),
    ("profit on the gala 2024 leaving out the marquee", "net_income -<marquee> #gala-2024"),
    ("what did the 2024 kestrel trip cost, just the train", "sum expenses <train both ways> #kestrel-2024"),
    ("the 2024 kestrel trip less Hotel Quayside", "sum expenses -<Hotel Quayside> #kestrel-2024"),
    ("what repairs did we have in 2024", "sum Expenses:Repairs 2024 by account"),
    ("heating in 2024, not counting the boiler service", "sum Expenses:Heating -Expenses:Heating:BoilerService 2024"),
    ("heating in 2024 without counting boiler service", "sum Expenses:Heating -Expenses:Heating:BoilerService 2024"),
)


@pytest.mark.parametrize(("question", "expected"), [*COUNTED_IN, *NARROWED])
def test_counted_in(question: str, expected: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert digest(plan) == expected


def test_what_is_counted_in_is_told(index: Index) -> None:
    plan = plan_question("what did the 2024 kestrel trip cost, train included", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert "counted in: train" in plan.reading


def test_the_trip_before(index: Index) -> None:
    asked = ("Kestrel this year, all in. what did the trip cost",)
    plan = plan_question("and the one before that?", asked, TODAY, index)
    assert isinstance(plan, Plan)
    assert digest(plan) == "sum expenses #kestrel-2023"
