"""The sums of a small joinery, and of a nurse who lives beside it: counts, comparisons, shares of a job, own pay.

What is set beside something else is as long as that is, and what is counted is what was made.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.grounding import headline
from ledgerqa.records import Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 17)
LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Machines
2024-01-01 open Equity:Drawings
2024-01-01 open Income:Jobs:Kitchens
2024-01-01 open Income:Jobs:Stairs
2024-01-01 open Income:Repairs
2024-01-01 open Expenses:Timber:Oak
2024-01-01 open Expenses:Timber:Pine
2024-01-01 open Expenses:Hardware
2024-01-01 open Expenses:Rent
2024-01-01 open Expenses:Van
2024-01-01 open Expenses:Groceries
2024-01-01 open Expenses:Travel

2024-01-09 * "Byrne" "job 71 kitchen"
  job: "J71"
  Assets:Bank  3000.00 EUR
  Income:Jobs:Kitchens
2024-01-10 * "Grogan" "oak"
  job: "J71"
  Expenses:Timber:Oak  420.00 EUR
  Assets:Bank
2024-01-12 * "Hafele" "runners"
  job: "J71"
  Expenses:Hardware  80.00 EUR
  Assets:Bank
2024-02-01 * "Dockside" "unit 7"
  Expenses:Rent  600.00 EUR
  Assets:Bank
2024-02-28 * "Owner" "own pay"
  Equity:Drawings  900.00 EUR
  Assets:Bank
2024-03-05 * "Quirke" "job 72 staircase"
  job: "J72"
  Assets:Bank  2000.00 EUR
  Income:Jobs:Stairs
2024-04-02 * "Byrne" "job 73 kitchen"
  job: "J73"
  Assets:Bank  3500.00 EUR
  Income:Jobs:Kitchens
2024-04-03 * "Grogan" "pine"
  job: "J73"
  Expenses:Timber:Pine  250.00 EUR
  Assets:Bank
2024-05-11 * "Felder" "planer" #planer
  Expenses:Hardware  1900.00 EUR
  Assets:Bank
2024-05-12 * "Felder" "planer delivered" #planer
  Expenses:Hardware  100.00 EUR
  Assets:Bank
2024-05-20 * "Kelly Motors" "clutch"
  Expenses:Van  700.00 EUR
  Assets:Bank
2024-08-01 * "Dockside" "unit 7"
  Expenses:Rent  600.00 EUR
  Assets:Bank
2024-08-19 * "Dempsey" "job 74 kitchen"
  job: "J74"
  Assets:Bank  4100.00 EUR
  Income:Jobs:Kitchens
2024-09-09 * "Fenwick" "food"
  Expenses:Groceries  30.00 EUR
  Assets:Bank
2024-10-08 * "Quirke" "door rehung" #snag
  Assets:Bank  90.00 EUR
  Income:Repairs
2025-01-21 * "Fenwick" "food"
  Expenses:Groceries  50.00 EUR
  Assets:Bank
2025-02-01 * "Dockside" "unit 7"
  Expenses:Rent  650.00 EUR
  Assets:Bank
2025-02-28 * "Owner" "own pay"
  Equity:Drawings  1000.00 EUR
  Assets:Bank
2025-03-14 * "Ostler" "job 75 staircase"
  job: "J75"
  Assets:Bank  2600.00 EUR
  Income:Jobs:Stairs
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def _spans(question: str) -> list[tuple[str, str]]:
    found = find_periods(question, TODAY)
    return [(str(each.period.start), str(each.period.end)) for each in found]


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("how many stairs versus kitchens in 2024", "Kitchens is higher."),
        ("how many kitchens versus stairs in 2024", "Kitchens is higher."),
    ],
)
def test_of_things_sold_the_more_are_more(index: Index, question: str, more: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.COUNT
    assert more in headline(plan, found, index, (), question)


@pytest.mark.parametrize(
    "question",
    [
        "how much more was rent in 2025 than in the same months of 2024",
        "rent in 2025 vs the same period in 2024",
        "rent this year compared with the same months of 2024",
        "how much more did rent cost 2025 than over the same time in 2024",
    ],
)
def test_the_same_months_of_a_year_are_no_whole_year(question: str) -> None:
    assert sorted(_spans(question)) == [("2024-01-01", "2024-06-18"), ("2025-01-01", "2025-06-18")]


@pytest.mark.parametrize(
    "question",
    [
        "was the first quarter dearer than last year's?",
        "compare rent in Q1 with last year's",
        "was Q1 better or worse than last year's for spending?",
    ],
)
def test_last_years_is_of_the_same_part(question: str) -> None:
    assert _spans(question) == [("2025-01-01", "2025-04-01"), ("2024-01-01", "2024-04-01")]


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("rent in the first half of this year vs the first half of last", ("2024-01-01", "2024-07-01")),
        ("less on food in March this year than March last?", ("2024-03-01", "2024-04-01")),
        ("is this month's food more than last year's?", ("2024-06-01", "2024-07-01")),
        ("was this summer dearer than last year's?", ("2024-06-01", "2024-09-01")),
    ],
)
def test_what_last_leaves_out_is_said_before_it(question: str, span: tuple[str, str]) -> None:
    assert _spans(question)[1] == span


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("did March cost more than last year's average", ("2024-01-01", "2025-01-01")),
        ("rent in 2024 against the same months of 2023", ("2023-01-01", "2024-01-01")),
        ("was this year's food more than last year's?", ("2024-01-01", "2025-01-01")),
        ("rent in 2025 against 2024", ("2024-01-01", "2025-01-01")),
    ],
)
def test_whole_years_stay_whole(question: str, second: tuple[str, str]) -> None:
    assert _spans(question)[1] == second


_OF_PAYEES = Scripted({"measure": ("count", 0.97), "count_of": ("payees", 0.97)})


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("how many kitchens did we do in 2024", "3"),
        ("how many kitchens have we fitted", "3"),
        ("how many stairs did we build", "2"),
        ("how many of our kitchens did we sell in 2024", "3"),
    ],
)
def test_what_was_made_is_counted_and_not_who_bought_it(index: Index, question: str, count: str) -> None:
    plan, found = asked(index, question, _OF_PAYEES)
    assert (plan.count_of, str(found.table.rows[0][0])) == ("entries", count)


def test_how_many_suppliers_counts_payees(index: Index) -> None:
    plan, _ = asked(index, "how many suppliers of timber did we use", _OF_PAYEES)
    assert plan.count_of == "payees"


_BY_TRIP = {"measure": ("sum", 0.97), "flow": ("spend", 0.97), "group": ("tag", 0.97)}


@pytest.mark.parametrize(
    "question",
    [
        "what do we spend per trip to Fenwick",
        "what does a trip to Fenwick cost",
        "what do we spend on each visit to Fenwick",
    ],
)
def test_a_trip_to_a_shop_is_one_of_the_times(index: Index, question: str) -> None:
    plan, found = asked(index, question, Scripted(_BY_TRIP))
    assert plan.measure is Measure.AVERAGE
    assert found.table.rows[0][0] == Decimal(40)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did job J71 cost us", 500),
        ("what did J71 cost us in materials?", 500),
        ("what did job 71 cost us", 500),
        ("how much did we spend on job J73", 250),
        ("how much did we spend on timber for J71", 420),
        ("how much did job J71 bring in", -3000),
        ("total expenses for J71 and J73 together", 750),
        ("profit on job J71", 2500),
    ],
)
def test_what_bears_a_value_is_added_up(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert Decimal(figure) in [cell if figure < 0 else abs(cell) for cell in found.table.rows[0][:1]]  # type: ignore[arg-type]


def test_two_values_of_a_key_stand_side_by_side(index: Index) -> None:
    assert [row[:2] for row in rows_of("did J71 cost more than J73?", index, Measure.SUM)] == [
        ["J71", "500"],
        ["J73", "250"],
    ]


@pytest.mark.parametrize("question", ["show me everything for job J71", "who was J71 for?", "what was J71"])
def test_what_bears_a_value_is_still_listed(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.LIST


@pytest.mark.parametrize(
    ("question", "drawn"),
    [
        ("what have I paid myself this year", 1000),
        ("how much did I pay myself in 2024", 900),
        ("what did I draw last year", 900),
        ("how much have I drawn so far this year", 1000),
        ("how much did we take for ourselves in 2024", 900),
    ],
)
def test_what_one_pays_oneself_is_drawn(index: Index, question: str, drawn: int) -> None:
    plan, found = asked(index, question)
    assert plan.filters.accounts == ("Equity:Drawings",)
    assert Decimal(drawn) in found.table.rows[0]


def test_own_pay_a_month_is_no_debt(index: Index) -> None:
    question = "how much did I pay myself a month in 2024"
    plan, found = asked(index, question)
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")
    assert headline(plan, found, index, (), question).startswith("On average the amount was 75.00 EUR per month")


@pytest.mark.parametrize(
    ("question", "earned"),
    [
        ("what did we turn over in 2024", 12690),
        ("how much did we turn over last year?", 12690),
        ("what have we turned over so far this year", 2600),
    ],
)
def test_what_was_turned_over_was_earned(index: Index, question: str, earned: int) -> None:
    _, found = asked(index, question)
    assert -Decimal(earned) in found.table.rows[0]


@pytest.mark.parametrize(
    "question", ["rent a month in 2024", "rent a month, last year", "what did the rent come to a month in 2024"]
)
def test_a_month_is_an_average(index: Index, question: str) -> None:
    plan, found = asked(index, question, Scripted({"measure": ("average", 0.9), "per": ("booking", 0.9)}))
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")
    assert Decimal(100) in found.table.rows[0]


def test_a_month_of_two_years_is_one_figure_for_each(index: Index) -> None:
    rows = rows_of("rent: what was it a month in 2024 and what is it now", index, Measure.AVERAGE)
    assert [row[0] for row in rows] == ["2024", "2025"]


@pytest.mark.parametrize(
    "question", ["what did we spend on rent a month ago", "has the rent gone up a month", "rent for a month in 2024"]
)
def test_a_month_may_be_something_else(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is not Measure.AVERAGE


def test_a_month_is_no_row_for_each_whatever_a_model_makes_of_it(index: Index) -> None:
    model = Scripted({"measure": ("average", 0.97), "group": ("month", 0.97)})
    plan, _ = asked(index, "rent a month in 2024", model)
    assert (plan.measure, plan.per, plan.group_by) == (Measure.AVERAGE, "month", ())


@pytest.mark.parametrize(
    "question",
    [
        "did the planer cost more than the clutch?",
        "was the planer dearer than the clutch",
        "what cost more, the planer or the clutch",
        "planer vs clutch",
    ],
)
def test_a_tag_is_set_against_a_name(index: Index, question: str) -> None:
    assert [row[:2] for row in rows_of(question, index, Measure.SUM)] == [["planer", "2000"], ["clutch", "700"]]


def test_a_tag_is_set_against_an_account(index: Index) -> None:
    assert [row[:2] for row in rows_of("planer vs rent in 2024", index, Measure.SUM)] == [
        ["planer", "2000"],
        ["rent", "1200"],
    ]


def test_a_name_after_a_tag_still_narrows_it(index: Index) -> None:
    assert rows_of("what did we spend on delivery of the planer at Felder", index, Measure.SUM)[0][0] != "0"
    plan, _ = asked(index, "what did we spend on hardware for the planer")
    assert (plan.filters.tags, plan.compare) == (("planer",), ())


@pytest.mark.parametrize(
    "question",
    [
        "how many months had no kitchens in 2024",
        "how many months in 2024 without any kitchens",
        "how many months were the kitchens empty in 2024",
        "how many months in 2024 had no kitchens",
    ],
)
def test_months_without_are_not_those_with(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.GAPS
    assert len(found.table.rows) == 9


def test_months_with_are_still_counted(index: Index) -> None:
    plan, found = asked(index, "how many months did we do kitchens in 2024")
    assert (plan.measure, found.table.rows[0][0]) == (Measure.COUNT, 3)
