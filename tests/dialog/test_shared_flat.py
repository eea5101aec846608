"""A shared flat's books, kept in two currencies: what people ask of them in passing, half said or misspelt."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Grouping, Measure, Plan
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "SEK"
2022-01-01 commodity AURX
  name: "Aurora Index"
  fee: "0.18%"
2022-01-01 commodity BORX
  name: "Boreal Index"
  fee: "0.40%"
2022-01-01 open Assets:Bank
2022-01-01 open Assets:EuroJar
2022-01-01 open Assets:Flatmates:Runa
2022-01-01 open Assets:Flatmates:Egil
2022-01-01 open Assets:Broker:AURX
2022-01-01 open Income:Pay
2022-01-01 open Income:Tutoring
2022-01-01 open Expenses:Eat:Groceries
2022-01-01 open Expenses:Eat:Out
2022-01-01 open Expenses:Eat:Coffee
2022-01-01 open Expenses:Body:Gym
2022-01-01 open Expenses:Body:Hair
2022-01-01 open Expenses:Body:Teeth
2022-01-01 open Expenses:Body:Pharmacy
2022-01-01 open Expenses:Move:Train
2022-01-01 open Expenses:Travel:Tickets
2022-01-01 open Expenses:Travel:Lodging
2022-01-01 open Expenses:Fun:Streaming
2022-01-01 open Expenses:Fun:Drinks
2022-01-01 open Expenses:Home:Rent
2022-01-01 open Expenses:Tech
2022-01-01 open Expenses:BankFees

2023-01-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   79.00 SEK
  Assets:Bank
2023-02-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   79.00 SEK
  Assets:Bank
2023-03-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   79.00 SEK
  Assets:Bank
2023-04-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   89.00 SEK
  Assets:Bank
2023-05-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   89.00 SEK
  Assets:Bank
2023-06-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   89.00 SEK
  Assets:Bank
2023-07-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   109.00 SEK
  Assets:Bank
2023-08-10 * "Kinora" "streaming"
  Expenses:Fun:Streaming   109.00 SEK
  Assets:Bank
2024-01-03 * "Storlivs" "milk"
  Expenses:Eat:Groceries   100.00 SEK
  Assets:Bank
2024-01-05 * "Brasserie Vik" "evening"
  Expenses:Eat:Out   300.00 SEK
  Assets:Bank
2024-01-06 * "Bönor"
  Expenses:Eat:Coffee   40.00 SEK
  Assets:Bank
2024-01-07 * "Storlivs" "food for the crab evening" #flatpot
  Expenses:Eat:Groceries   50.00 SEK
  Assets:Flatmates:Runa    50.00 SEK
  Assets:Bank
2024-01-09 * "Baren"
  Expenses:Fun:Drinks   90.00 SEK
  Assets:Bank
2024-02-01 * "Styrka"
  Expenses:Body:Gym   400.00 SEK
  Assets:Bank
2024-02-02 * "Sax"
  Expenses:Body:Hair   350.00 SEK
  Assets:Bank
2024-02-03 * "Molar"
  Expenses:Body:Teeth   900.00 SEK
  Assets:Bank
2025-02-03 * "Molar"
  Expenses:Body:Teeth   950.00 SEK
  Assets:Bank
2024-02-04 * "Apotek"
  Expenses:Body:Pharmacy   60.00 SEK
  Assets:Bank
2024-02-05 * "Spårväg"
  Expenses:Move:Train   200.00 SEK
  Assets:Bank
2024-02-06 * "Vinge" "fly"
  Expenses:Travel:Tickets   1800.00 SEK
  Assets:Bank
2024-05-01 ! "Spårväg" "charged, but why"
  Expenses:Move:Train   30.00 SEK
  Assets:Bank
2024-05-11 * "Pastelaria" "porto" #porto-2024
  Expenses:Eat:Coffee   6.00 EUR
  Assets:EuroJar
2024-05-12 * "Tasca" "porto" #porto-2024
  Expenses:Eat:Out   34.00 EUR
  Assets:EuroJar
2024-05-13 * "Casa Azul" "porto" #porto-2024
  Expenses:Travel:Lodging   120.00 EUR
  Assets:EuroJar
2024-05-14 * "Vinge" "porto" #porto-2024
  Expenses:Travel:Tickets   1900.00 SEK
  Assets:Bank
2024-06-01 * "Varuhuset" "headphones"
  Expenses:Tech   1499.00 SEK
  Assets:Bank
2024-06-09 * "Varuhuset" "headphones sent back"
  Expenses:Tech   -1499.00 SEK
  Assets:Bank
2024-07-01 * "Hyresvärd" "rent"
  Expenses:Home:Rent        5000.00 SEK
  Assets:Flatmates:Runa     5000.00 SEK
  Assets:Flatmates:Egil     5000.00 SEK
  Assets:Bank
2024-07-03 * "Runa" "rent"
  Assets:Bank   4900.00 SEK
  Assets:Flatmates:Runa
2024-07-20 * "Sladdar" "cable, Runa paid it"
  Expenses:Tech   40.00 SEK
  Assets:Flatmates:Runa
2024-08-01 * "fond"
  Assets:Broker:AURX   10 AURX {100.00 SEK}
  Assets:Bank
2024-09-01 * "fond"
  Assets:Broker:AURX   5 AURX {120.00 SEK}
  Assets:Bank
2024-10-01 * "Pupil" "sums"
  Assets:Bank   500.00 SEK
  Income:Tutoring
2024-11-01 * "change"
  Assets:EuroJar   400.00 EUR @ 11.00 SEK
  Assets:Bank
2025-01-01 * "Byrån" "pay"
  Assets:Bank   30000.00 SEK
  Income:Pay
2025-06-01 price AURX 130.00 SEK
2025-06-01 price EUR 11.00 SEK
"""

asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("the food money in 2024, type by type", {"Expenses:Eat:Groceries", "Expenses:Eat:Out", "Expenses:Eat:Coffee"}),
        (
            "my body in 2024: gym, hair, all that stuff, piece by piece",
            {"Expenses:Body:Gym", "Expenses:Body:Hair", "Expenses:Body:Teeth", "Expenses:Body:Pharmacy"},
        ),
    ],
)
def test_a_whole_is_told_with_all_its_parts(index: Index, question: str, rows: set[str]) -> None:
    plan, found = asked(index, question)
    assert plan.group_by == (Grouping.ACCOUNT,)
    assert {row[0] for row in found.table.rows} == rows


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("how oftn did we end up at Styrka", ["1"]),
        ("in porto, how much for food and coffee", ["40"]),
        ("porto, all told, crowns and euros apart", ["1900", "160"]),
        ("train tickets in 2024", ["230"]),
        ("dentist, altogether over the years", ["1850"]),
        ("what did Styrka come to per month in 2024, averaged over all twelve months", ["33.33"]),
        ("how much have I laid out for Runa in 2024", ["5050"]),
        ("how much have I fronted for Egil", ["5000"]),
        ("money in from Runa in 2024, total", ["4900"]),
        ("what has helping with homework brought in", ["-500"]),
        ("how big is one AURX purchase on average (in kr)", ["800"]),
        ("what is the average AURX purchase in kr", ["800"]),
    ],
)
def test_one_question_has_its_figures(index: Index, question: str, figures: list[str]) -> None:
    _, found = asked(index, question)
    numbers = [next(cell for cell in row if isinstance(cell, Decimal | int)) for row in found.table.rows]
    assert [round(each, 2) for each in numbers] == [Decimal(each) for each in figures]


def test_an_account_and_a_commodity_are_added_where_both_are_accounts(index: Index) -> None:
    plan, found = asked(index, "euro jar plus the AURX at the latest price, together in EUR")
    assert set(plan.filters.accounts) == {"Assets:EuroJar", "Assets:Broker:AURX"}
    assert [round(row[0], 2) for row in found.table.rows if isinstance(row[0], Decimal)] == [Decimal("417.27")]


def test_what_was_bought_for_more_was_not_sent_back(index: Index) -> None:
    _, found = asked(index, "what did I buy for more than 1 400 kr in 2024, no rent")
    assert {row[1] for row in found.table.rows} == {"Vinge", "Varuhuset"}
    assert len(found.table.rows) == 3


def test_what_was_flagged_because_it_was_off(index: Index) -> None:
    plan, found = asked(index, "entries flagged ! as something looked off")
    assert plan.filters.flags == ("!",)
    assert len(found.table.rows) == 1


def test_every_rise_of_a_price_is_told(index: Index) -> None:
    _, found = asked(index, "when did Kinora put the price up and to what")
    assert [str(row[0]) for row in found.table.rows] == ["2023-01-10", "2023-04-10", "2023-07-10"]


def test_units_and_what_they_cost(index: Index) -> None:
    plan, found = asked(index, "how many AURX and what did I pay for them altogether?")
    assert plan.measure is Measure.HOLDINGS
    assert found.table.rows[0][:4] == (Decimal(15), "AURX", Decimal(1600), "SEK")


def test_what_is_under_a_tag_and_what_of_it_was_mine(index: Index) -> None:
    plan, found = asked(index, "what have we put under the flatpot tag and how much of it was mine")
    assert plan.measure is Measure.LIST
    assert [row for row in found.table.rows if Decimal(50) in row and "Expenses:Eat:Groceries" in row]
    assert len(found.table.rows) == 1


def test_what_was_written_down_may_stand_under_a_key(index: Index) -> None:
    plan, found = asked(index, "what yearly fee did I write down for the Boreal fund?")
    assert plan.measure is Measure.METADATA
    assert [row[2] for row in found.table.rows] == ["0.40%"]


def test_net_worth_is_of_accounts_whatever_else_is_named(index: Index) -> None:
    plan, _ = asked(index, "net worth in kronor at the end of 2024, milk and cable at market value")
    assert plan.measure is Measure.NET_WORTH
    assert plan.filters.mentions == ()


@pytest.mark.parametrize(
    "question",
    [
        "has that gone up since then?",
        "did it get dearer?",
        "how much did they pay me back",
        "what did she send us in May",
    ],
)
def test_who_or_what_is_asked_back(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Clarify)


def test_who_was_named_before_is_not_asked_back(index: Index) -> None:
    assert isinstance(plan_question("what did she send me?", ("what does Runa owe me",), TODAY, index), Plan)


def test_all_in_is_what_it_came_to_whatever_a_model_hears(index: Index) -> None:
    model = Scripted({"measure": ("balance", 0.85), "convert": ("yes", 0.7)}, {"porto": "NAME"})
    plan, found = asked(index, "porto, all in, kronor and euros separately", model)
    assert plan.measure is Measure.SUM
    assert [row[0] for row in found.table.rows] == [Decimal(1900), Decimal(160)]


def test_the_part_of_a_trip_follows(index: Index) -> None:
    plan = plan_question("only the sleeping part", ("porto, all in, kronor and euros separately",), TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Expenses:Travel:Lodging",)
    assert plan.filters.tags == ("porto-2024",)


@pytest.mark.parametrize(
    ("question", "measure", "first"),
    [
        ("last haircut?", Measure.LIST, "2024-02-02"),
        ("show the things I bought over 1 000 kr in 2024", Measure.LIST, "2024-02-06"),
        ("the two eateries that got most of my money in January 2024", Measure.SUM, "Brasserie Vik"),
        ("how many shares do I hold", Measure.HOLDINGS, "Assets:Broker:AURX"),
        ("how many shares do we own, and what did they cost", Measure.HOLDINGS, "Assets:Broker:AURX"),
        ("what's the best quote AURX ever had, and on what day", Measure.PRICE, "2025-06-01"),
    ],
)
def test_what_is_said_in_passing(index: Index, question: str, measure: Measure, first: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is measure
    assert str(found.table.rows[0][0]) == first
