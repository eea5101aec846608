"""Times and things set side by side over a retired couple's books: parts of years, payers, shares in time, the usual."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "GBP"
2022-01-01 open Assets:Joint
2022-01-01 open Assets:Tin
2022-01-01 open Liabilities:Card
2022-01-01 open Equity:Opening
2022-01-01 open Income:Pension
2022-01-01 open Expenses:House:Heating
2022-01-01 open Expenses:House:Electric
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:Caravan:Pitches
2022-01-01 open Expenses:Caravan:Upkeep
2022-01-01 open Expenses:Cruises
2022-01-01 open Expenses:Grandchildren:Poppy
2022-01-01 open Expenses:Grandchildren:Alfie
2022-01-01 event "work" "Maureen retired"
2023-01-23 event "health" "Alan knee op"

2022-01-02 * "what there was"
  Assets:Joint  9000.00 GBP
  Assets:Tin  1000.00 GBP
  Equity:Opening
2022-01-10 * "Tyne Fuels" "tank"
  Expenses:House:Heating  300.00 GBP
  Assets:Joint
2022-12-12 * "Tyne Fuels" "tank"
  Expenses:House:Heating  400.00 GBP
  Assets:Joint
2023-12-10 * "Tyne Fuels" "tank"
  Expenses:House:Heating  350.00 GBP
  Assets:Joint
2024-12-09 * "Tyne Fuels" "tank"
  Expenses:House:Heating  500.00 GBP
  Assets:Joint
2023-06-17 * "Octopus" "quarter"
  Expenses:House:Electric  150.00 GBP
  Assets:Joint
2024-06-17 * "Octopus" "quarter"
  Expenses:House:Electric  250.00 GBP
  Assets:Joint
2022-12-20 * "Aldi" "shop"
  rating: 3
  Expenses:Food  90.00 GBP
  Liabilities:Card
2023-03-05 * "Aldi" "shop"
  rating: 3
  Expenses:Food  40.00 GBP
  Assets:Tin
2023-12-20 * "Aldi" "shop"
  rating: 3
  Expenses:Food  110.00 GBP
  Liabilities:Card
2024-02-05 * "Aldi" "shop"
  rating: 3
  Expenses:Food  45.00 GBP
  Assets:Tin
2024-05-05 * "Aldi" "shop"
  rating: 3
  Expenses:Food  55.00 GBP
  Liabilities:Card
2024-12-20 * "Aldi" "shop"
  rating: 3
  Expenses:Food  100.00 GBP
  Assets:Tin
2023-06-03 * "Far Grange" "3 nights"
  nights: 3
  Expenses:Caravan:Pitches  90.00 GBP
  Liabilities:Card
2024-05-04 * "Far Grange" "2 nights"
  nights: 2
  Expenses:Caravan:Pitches  60.00 GBP
  Liabilities:Card
2024-07-04 * "River Site" "3 nights"
  nights: 3
  Expenses:Caravan:Pitches  99.00 GBP
  Liabilities:Card
2024-10-04 * "Low Farm" "winter storage"
  Expenses:Caravan:Upkeep  300.00 GBP
  Assets:Joint
2023-05-14 * "Olsen" "fjords" #norway
  Expenses:Cruises  3000.00 GBP
  Assets:Joint
2024-11-05 * "Olsen" "islands" #canaries
  Expenses:Cruises  3400.00 GBP
  Assets:Joint
2023-02-11 * "Toyshop" "present"
  for: "Poppy"
  Expenses:Grandchildren:Poppy  20.00 GBP
  Liabilities:Card
2024-02-11 * "Toyshop" "present"
  for: "Poppy"
  Expenses:Grandchildren:Poppy  30.00 GBP
  Liabilities:Card
2023-04-11 * "Toyshop" "present"
  for: "Alfie"
  Expenses:Grandchildren:Alfie  50.00 GBP
  Liabilities:Card
2024-04-11 * "Toyshop" "present"
  for: "Alfie"
  Expenses:Grandchildren:Alfie  25.00 GBP
  Liabilities:Card
2023-01-30 * "DWP" "pension"
  Assets:Joint  900.00 GBP
  Income:Pension
2024-01-30 * "DWP" "pension"
  Assets:Joint  1000.00 GBP
  Income:Pension
2025-05-30 * "DWP" "pension"
  Assets:Joint  1100.00 GBP
  Income:Pension
"""
DECEMBERS = [["December 2022", "90"], ["December 2023", "110"], ["December 2024", "100"]]

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def sums(question: str, index: Index) -> list[list[str]]:
    """The rows of a sum without their currency."""
    return [row[:-1] for row in rows_of(question, index, Measure.SUM)]


@pytest.mark.parametrize(
    "question",
    [
        "food every December, 2022 to 2024",
        "food each december since 2022",
        "what did we spend on food in december for 2022 to 2024",
        "which december did we spend the most on food",
        "how do our decembers compare for food",
        "food in December in each of the last three years",
    ],
)
def test_one_month_of_each_of_the_years_named(question: str, index: Index) -> None:
    assert sums(question, index) == DECEMBERS


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("pitches april to september each year", ["0", "90", "159", "0"]),
        ("what went on pitches from april to june over the years", ["0", "90", "60", "0"]),
        ("pitches in may and june each year", ["0", "90", "60", "0"]),
        ("pitches per season, april to september, each year", ["0", "90", "159", "0"]),
    ],
)
def test_several_months_of_every_year(question: str, numbers: list[str], index: Index) -> None:
    assert [row[1] for row in sums(question, index)] == numbers


def test_winters_are_seasons_though_an_entry_says_winter(index: Index) -> None:
    rows = sums("heating every winter since 2022", index)
    assert [(row[0].partition(" (")[0], row[1]) for row in rows] == [
        ("winter 2022", "400"),
        ("winter 2023", "350"),
        ("winter 2024", "500"),
    ]


def test_a_season_that_runs_is_no_other_years(index: Index) -> None:
    labels = [each.label for each in asked(index, "pitches in the summers")[0].compare]
    assert len(set(labels)) == len(labels) >= 3


@pytest.mark.parametrize(
    "question", ["which shop did we spend most at in december", "food in december", "food in december 2023"]
)
def test_one_month_stays_one_month(question: str, index: Index) -> None:
    assert not asked(index, question)[0].compare


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("food in may vs the rest of 2024", ["55", "145"]),
        ("food january to march 2024 against the rest of the year", ["45", "155"]),
        ("food in december 2024 compared with the rest of the year", ["100", "100"]),
    ],
)
def test_the_rest_is_without_the_part(question: str, numbers: list[str], index: Index) -> None:
    assert [row[1] for row in sums(question, index)] == numbers


def test_this_past_winter_and_the_one_before(index: Index) -> None:
    assert [row[1] for row in sums("heating this past winter vs the winter before", index)] == ["500", "350"]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("heating in the six months after the knee op", ("2023-01-24", "2023-07-24")),
        ("heating the year before the knee op", ("2022-01-23", "2023-01-23")),
        ("heating in the three months after Maureen retired", ("2022-01-01", "2022-04-01")),
        ("food before the cruise in may 2023", ("None", "2023-05-01")),
        ("food after the op in january 2023", ("2023-01-24", "None")),
    ],
)
def test_times_beside_what_happened(question: str, days: tuple[str, str], index: Index) -> None:
    period = asked(index, question)[0].period
    assert (str(period.start), str(period.end)) == days


@pytest.mark.parametrize(
    "question", ["poppy versus alfie for each year", "poppy vs alfie by year", "compare poppy and alfie year by year"]
)
def test_names_set_against_each_other_have_rows_of_their_own(question: str, index: Index) -> None:
    rows = [[row[0].lower(), *row[1:]] for row in sums(question, index)]
    assert rows == [
        ["poppy", "2023", "20"],
        ["poppy", "2024", "30"],
        ["alfie", "2023", "50"],
        ["alfie", "2024", "25"],
    ]


def test_names_and_times_that_are_apart(index: Index) -> None:
    rows = sums("compare poppy and alfie in spring 2023 and spring 2024", index)
    assert [row[1] for row in rows] == ["0", "50", "0", "25"]


@pytest.mark.parametrize("question", ["poppy and alfie per year", "poppy and alfie for 2024"])
def test_names_that_are_added_stay_added(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert not plan.compare
    assert not plan.filters.metadata
    assert len(plan.filters.accounts) == 2


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("food on the card vs out of the tin", [["card", "255"], ["tin", "185"]]),
        ("food paid by card versus the tin in 2024", [["card", "55"], ["tin", "145"]]),
    ],
)
def test_what_is_paid_from_two_accounts(question: str, rows: list[list[str]], index: Index) -> None:
    assert sums(question, index) == rows


@pytest.mark.parametrize(
    "question", ["did the canaries cost twice what norway did", "was the canaries as dear as norway"]
)
def test_twice_what_another_is_sets_two_apart(question: str, index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)})
    plan, _ = asked(index, question, model)
    assert [each.filters.tags for each in plan.compare] == [("canaries",), ("norway",)]


def test_a_count_is_no_label(index: Index) -> None:
    plan, _ = asked(index, "top 3 places we spend most at")
    assert not plan.filters.metadata
    assert asked(index, "what did food of rating 3 cost")[0].filters.metadata


@pytest.mark.parametrize(
    ("question", "shares"),
    [
        ("what share of our spending went on food each year", ["2022 11.4%", "2023 3.9%", "2024 4.1%"]),
        ("what percentage of the house costs was heating per year", ["2022 100%", "2023 70%", "2024 66.7%"]),
    ],
)
def test_a_share_in_each_year(question: str, shares: list[str], index: Index) -> None:
    plan, found = asked(index, question)
    assert plan.group_by == (Grouping.YEAR,)
    said = headline(plan, found, index, (), question)
    assert said.partition(": ")[2].partition(".  ")[0].startswith("; ".join(shares)), said


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("what proportion of our food came out of the tin", "Tin is 42% of food"),
        ("what share of spending goes on the card", "Card is 6.6% of all spending"),
    ],
)
def test_a_share_of_what_an_account_paid(question: str, share: str, index: Index) -> None:
    plan, found = asked(index, question)
    assert share.lower() in headline(plan, found, index, (), question).lower()


def test_each_as_a_share(index: Index) -> None:
    plan, found = asked(index, "spending on pitches and upkeep, each as a percentage of the caravan")
    assert plan.group_by == (Grouping.ACCOUNT,)
    assert [fact.number.quantize(Decimal(1)) for fact in found.facts if fact.name == "share"] == [55, 45]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("longest we've gone between stays at Far Grange", 336),
        ("longest we have ever gone without a cruise", 541),
        ("what is the longest time between cruises", 541),
    ],
)
def test_the_longest_between_two(question: str, days: int, index: Index) -> None:
    _, found = asked(index, question)
    assert [fact.number for fact in found.facts if fact.name == "gap"] == [days]


@pytest.mark.parametrize(
    "question",
    [
        "median food shop in 2024",
        "how many months in a row did we buy food",
        "longest streak of months with food",
        "do we spend more on heating than the neighbours",
        "is our food bill higher than other people's our age vs most people",
    ],
)
def test_what_is_not_worked_out_is_not_answered_by_something_else(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize("question", ["average food shop in 2024", "running total of food", "how many months had food"])
def test_what_is_worked_out_beside_it(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Plan)


@pytest.mark.parametrize("question", ["how long have we been paying Octopus", "since when have we been with Octopus"])
def test_how_long_something_is_paid_begins_with_the_first(question: str, index: Index) -> None:
    model = Scripted({"measure": ("list", 0.95), "order": ("date_desc", 0.9)})
    _, found = asked(index, question, model)
    assert [str(row[0]) for row in found.table.rows] == ["2023-06-17"]


def test_more_than_usual_is_against_the_year_before(index: Index) -> None:
    plan, found = asked(index, "did we spend more than usual on food in december 2024")
    assert plan.measure is Measure.AVERAGE
    december, before = (row[1] for row in found.table.rows)
    assert december == 100
    assert isinstance(before, Decimal)
    assert before.quantize(Decimal("0.01")) == Decimal("17.50")  # 210 over twelve months


@pytest.mark.parametrize("question", ["any bills higher than usual", "food higher than usual at any time?"])
def test_entries_higher_than_usual_are_listed(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert not (isinstance(outcome, Plan) and outcome.measure is Measure.AVERAGE)


@pytest.mark.parametrize(
    "question",
    ["what's left each month after expenses in 2024 on average", "how much is left per month once all is paid"],
)
def test_what_is_left_a_month_is_income_less_expenses(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert len(plan.filters.roots) == 2 or plan.measure is Measure.NET_INCOME


def test_nothing_in_any_of_the_times_is_said_of_them(index: Index) -> None:
    question = "cruises in august each year"
    plan, found = asked(index, question)
    said = headline(plan, found, index, (), question)
    assert "in August 2022, nor in August 2023" in said, said


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("what did we spend on food in the week before christmas each year", ["90", "110", "100"]),
        ("what had we spent on food by the end of june each year", ["0", "40", "100", "0"]),
        ("what was our dearest december for food", ["90", "110", "100"]),
        ("did food cost more in the first half of 2024 than the second", ["100", "100"]),
    ],
)
def test_parts_of_years_said_otherwise(question: str, numbers: list[str], index: Index) -> None:
    assert [row[1] for row in sums(question, index)] == numbers


def test_since_then_how_much_more_than_before(index: Index) -> None:
    plan, _ = asked(index, "since the knee op how much more do we spend on food a month than before")
    assert [(str(each.period.start), str(each.period.end)) for each in plan.compare] == [
        ("2023-01-23", "None"),
        ("None", "2023-01-23"),
    ]


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("months in 2024 where spending was more than income", ["2024-02", "2024-04", "2024-05", "2024-06"]),
        ("which months in 2023 did more go out than came in", None),
        ("months in 2024 where spending was less than income", ["2024-01"]),
    ],
)
def test_months_that_cost_more_than_came_in(question: str, months: list[str] | None, index: Index) -> None:
    plan, found = asked(index, question)
    if months is None:
        assert plan.group_by == (Grouping.MONTH,)
        return
    assert plan.having is not None
    assert [row[0] for row in found.table.rows][: len(months)] == months


def test_months_in_which_nothing_was_spent(index: Index) -> None:
    assert asked(index, "in which months did we spend nothing on food")[0].measure is Measure.GAPS


@pytest.mark.parametrize(
    "question", ["rolling three month average of food", "biggest jump in food from one month to the next"]
)
def test_steps_and_rolling_averages_are_not_worked_out(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


def test_how_many_times_on_average_is_no_amount(index: Index) -> None:
    plan, _ = asked(index, "how many times do we buy food per month on average")
    assert plan.measure is Measure.COUNT


def test_the_first_and_the_last_time(index: Index) -> None:
    _, found = asked(index, "first and last time we stayed at Far Grange")
    assert [str(row[0]) for row in found.table.rows] == ["2023-06-03", "2024-05-04"]


@pytest.mark.parametrize(
    "question", ["how long has it been since we paid Octopus", "how long is it since we paid Octopus"]
)
def test_how_long_since_ends_with_the_last(question: str, index: Index) -> None:
    _, found = asked(index, question)
    assert [str(row[0]) for row in found.table.rows] == ["2024-06-17"]


def test_how_long_somebody_lives_somewhere_is_no_first_booking(index: Index) -> None:
    outcome = plan_question("how long have we been at this address", [], TODAY, index)
    assert not (isinstance(outcome, Plan) and outcome.measure is Measure.LIST)


def test_one_weekend_of_many_is_not_told(index: Index) -> None:
    assert isinstance(plan_question("which weekend did we spend most", [], TODAY, index), Refusal)
    assert isinstance(plan_question("food at weekends against weekdays", [], TODAY, index), Plan)
