"""Numbers kept under a key: averages, what one costs, limits, entries that lack it, and values that cannot be right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.plans.book.measured import adds_up
from ledgerqa.records import Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Customers:Nordlicht
  kontakt: "Frauke Ihme"
2022-01-01 open Assets:Depot
2022-01-01 open Expenses:Boat:Fuel
2022-01-01 open Expenses:Household
2022-01-01 open Income:Copy
2022-01-01 open Income:Honey
2022-01-01 commodity KQFD
  isin: "XX00KQFD0001"
  kind: "pension fund"
2022-01-01 commodity RVST
  isin: "XX00RVST0002"
  kind: "single share"

2024-01-04 note Expenses:Boat:Fuel "new card for the pump"

2024-01-05 * "Quay Pumps" "fill"
  litres: 40
  km: 1000
  ticks: 11
  Expenses:Boat:Fuel   60.00 EUR
  Assets:Bank
2024-02-05 * "Quay Pumps" "fill"
  litres: 20
  km: 1300
  ticks: 14
  Expenses:Boat:Fuel   34.00 EUR
  Assets:Bank
2024-03-05 * "Quay Pumps" "fill"
  km: 160
  Expenses:Boat:Fuel   50.00 EUR
  Assets:Bank
2024-04-05 * "Quay Pumps" "fill"
  litres: 60
  km: 1900
  ticks: 19
  Expenses:Boat:Fuel   90.00 EUR
  Assets:Bank
2024-05-05 * "Quay Pumps" "fill"
  litres: 30
  km: 2200
  ticks: 25
  Expenses:Boat:Fuel   46.00 EUR
  Assets:Bank
2024-05-20 * "Market" "honey"
  jars: 8
  Income:Honey   -56.00 EUR
  Assets:Bank
2025-05-20 * "Market" "honey"
  jars: 2
  Income:Honey   -16.00 EUR
  Assets:Bank
2024-06-01 * "Nordlicht" "manual" ^r2024-007
  rechnung: "2024/007"
  worte: 12000
  Assets:Customers:Nordlicht   900.00 EUR
  Income:Copy
2024-07-01 * "Nordlicht" "leaflet" ^r2024-008
  rechnung: "2024/008"
  worte: 800
  Assets:Customers:Nordlicht   90.00 EUR
  Income:Copy
2024-08-01 * "Kelvin" "Waschmaschine"
  garantie: 2027-08-01
  Expenses:Household   400.00 EUR
  Assets:Bank
2024-09-01 * "Optik" "Brille"
  garantie: 2026-09-01
  Expenses:Household   200.00 EUR
  Assets:Bank
"""


asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many litres per fill on average", "37.5"),
        ("litres per fill on average", "37.5"),
        ("average litres", "37.5"),
        ("how many litres did we buy in total", "150"),
        ("total litres in 2024", "150"),
        ("how much fuel in litres did we get in 2024", "150"),
        ("how many words did I write in 2024", "12800"),
        ("litres for the boat in 2024", "150"),
        ("jars sold this year", "2"),
        ("and the words for Nordlicht?", "12800"),
    ],
)
def test_values_are_added_up_and_averaged(index: Index, question: str, figure: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.METADATA
    assert [row[-1] for row in found.table.rows] == [Decimal(figure)]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did a litre of fuel cost on average", "1.5333"),
        ("price per litre in 2024", "1.5333"),
        ("average price we got per jar of honey", "-7.2"),
        ("how much is a jar of honey sold for in 2024", "-7"),
        ("how much did we earn per word", "-0.0773"),
        ("what did a jar bring in 2024", "-7"),
        ("honey per jar on average", "-7.2"),
    ],
)
def test_what_one_costs(index: Index, question: str, figure: str) -> None:
    """Only entries that say how much it was are divided."""
    plan, found = asked(index, question)
    assert plan.measure is Measure.AVERAGE
    ((number, _),) = found.table.rows
    assert isinstance(number, Decimal)
    assert round(number, 4) == round(Decimal(figure), 4)


def test_what_one_costs_is_told_by_year_and_payee(index: Index) -> None:
    _, found = asked(index, "what did we earn per jar each year")
    assert [tuple(row[:2]) for row in found.table.rows] == [("2024", Decimal(-7)), ("2025", Decimal(-8))]
    plan, found = asked(index, "which supplier charged most per litre")
    assert [row[0] for row in found.table.rows] == ["Quay Pumps"]
    assert plan.key == "litres"


def test_what_is_read_off_a_counter_makes_no_sum(index: Index) -> None:
    names = vocabulary(index)
    assert adds_up("litres", names)
    assert not adds_up("ticks", names)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("fill ups where nobody wrote down the litres", ["2024-03-05"]),
        ("which fuel entries lack the litres", ["2024-03-05"]),
        ("fuel without litres", ["2024-03-05"]),
        ("jobs of over 5000 words, which ones", ["2024-06-01"]),
        ("fills of at least 40 litres", ["2024-01-05", "2024-04-05"]),
        ("somebody mistyped the mileage at one of the fill ups, which one", ["2024-03-05"]),
        ("which odometer reading can't be right", ["2024-03-05"]),
        ("which fill had the most litres", ["2024-04-05"]),
    ],
)
def test_entries_are_found_by_what_stands_under_a_key(index: Index, question: str, days: list[str]) -> None:
    _, found = asked(index, question)
    assert [str(row[0]) for row in found.table.rows] == days


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many words had invoice 2024/007", "12000"),
        ("words of 2024/008", "800"),
        ("until when is the washing machine under guarantee", "2027-08-01"),
        ("until which day is the Brille under warranty", "2026-09-01"),
        ("who is our contact person at Nordlicht", "Frauke Ihme"),
        ("need the ISIN of the pension fund", "XX00KQFD0001"),
    ],
)
def test_one_value_is_found(index: Index, question: str, value: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.METADATA
    assert [row[-1] for row in found.table.rows] == [value]


def test_a_model_that_hears_a_sum_of_money_changes_nothing(index: Index) -> None:
    model = Scripted({"measure": ("average", 0.95), "flow": ("spend", 0.95)}, {"litre": "NAME"})
    plan, found = asked(index, "what did a litre of fuel cost on average", model)
    assert plan.key == "litres"
    assert round(Decimal(str(found.table.rows[0][0])), 4) == Decimal("1.5333")


@pytest.mark.parametrize("question", ["how much did we spend on fuel in 2024", "average spend on fuel per month"])
def test_money_stays_money(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure in {Measure.SUM, Measure.AVERAGE}
    assert plan.key is None


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("in how many months did we fill at least 30 litres", [("2024-01", 40), ("2024-04", 60), ("2024-05", 30)]),
        ("which months did we buy more than 35 litres", [("2024-01", 40), ("2024-04", 60)]),
        ("months with under 25 litres", [("2024-02", 20)]),
        ("months with over fifty litres", [("2024-04", 60)]),
        ("in which years did we sell over 5 jars", [("2024", 8)]),
        ("which month had the most litres", [("2024-04", 60)]),
        ("which year did we sell the fewest jars", [("2025", 2)]),
        ("customers who bought more than 5 jars", [("Market", 10)]),
        ("who wanted the most words", [("Nordlicht", 12800)]),
        ("how many jars did each customer buy", [("Market", 10)]),
        ("litres by supplier", [("Quay Pumps", 150)]),
        ("jars in 2024 and in 2025", [("2024", 8), ("2025", 2)]),
    ],
)
def test_months_and_payees_are_told_by_what_is_kept_of_them_together(
    index: Index, question: str, rows: list[tuple[str, int]]
) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.METADATA
    assert [tuple(row) for row in found.table.rows] == [(name, Decimal(number)) for name, number in rows]


@pytest.mark.parametrize(
    ("history", "question", "figure"),
    [
        (["how many jars did we sell in 2024"], "and in 2025?", "2"),
        (["how many jars did we sell in 2024", "and in 2025?"], "and the year before?", "8"),
        (["average price per jar in 2024"], "and in 2025?", "-8"),
        (["how many jars did we sell in 2024"], "and what did they bring in?", "-56"),
        (["how many litres in 2024"], "what did they cost", "280"),
        (["how many words did I write in 2024"], "and for Nordlicht?", "12800"),
        (["how many jars did we sell in 2024"], "what did they pay us per jar?", "-7"),
    ],
)
def test_a_fragment_asks_for_the_same_key(index: Index, history: list[str], question: str, figure: str) -> None:
    _, found = asked(index, question, None, *history)
    assert next(cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)) == Decimal(figure)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("how many of the fills had 20 litres", 1),
        ("how many of the boat fuel fills were over 30 litres", 2),
    ],
)
def test_entries_are_counted_by_a_value(index: Index, question: str, count: int) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.COUNT
    assert found.table.rows == ((count,),)
