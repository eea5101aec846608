"""Questions over a small parish's books: days in names, worths valued in passing, customers side by side, events."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding.existence import opening
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 30)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Fund
2023-01-01 open Assets:Due:Scouts
2023-01-01 open Assets:Due:Choir
2023-01-01 open Income:Plate:Sunday
2023-01-01 open Income:Plate:Feast
2023-01-01 open Income:Hire
2023-01-01 open Income:Pay:Ana
2023-01-01 open Assets:Unvested
2023-01-01 open Income:Awards
2023-01-01 open Income:RSU
2023-01-01 open Expenses:Tax
2023-01-01 open Expenses:Oil
2023-01-01 open Expenses:Service
2023-01-01 open Expenses:Parents
2023-01-01 event "curate" "Fr. Marlow"
2024-05-01 event "curate" "Fr. Quill"

2024-01-01 custom "budget" Expenses:Oil "monthly" 100 EUR
2024-01-01 custom "budget" Expenses:Service "monthly" 100 EUR

2024-01-07 * "collection"
  Assets:Bank             120 EUR
  Income:Plate:Sunday
2024-01-06 * "collection" ^grant-2024
  Assets:Bank             500 EUR
  Income:Plate:Feast
2024-02-01 * "Scouts" "Hire bill 1" ^b1
  Assets:Due:Scouts        60 EUR
  Income:Hire
2024-02-02 * "Choir" "Hire bill 2" ^b2
  Assets:Due:Choir         90 EUR
  Income:Hire
2024-02-03 * "Works" "Ana's pay"
  Assets:Bank             900 EUR
  Income:Pay:Ana
2024-02-04 * "cheque to her mother"
  Expenses:Parents         40 EUR
  Assets:Bank
2024-03-01 * "Oilman" "oil"
  Expenses:Oil            200 EUR
  Assets:Bank
2024-03-02 * "Oilman" "service"
  Expenses:Service         80 EUR
  Assets:Bank
2024-03-03 * "units"
  Assets:Fund              10 UNIT {5 EUR}
  Assets:Bank
2024-04-01 price UNIT 6 EUR
2024-05-01 * "award"
  Assets:Unvested          40 SHR
  Income:Awards           -40 SHR
2024-05-20 * "Works" "vesting event"
  Income:RSU             -100 EUR
  Expenses:Tax             30 EUR
  Assets:Bank
2024-06-01 * "Oilman" "credit note"
  Expenses:Service        -15 EUR
  Assets:Bank
"""


def rows_of(question: str, index: Index) -> tuple[Plan, list[list[str]]]:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    return plan, [[f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("sunday plate in 2024", [["-120", "EUR"]]),
        ("how much did we spend on Ana's parents in 2024", [["40", "EUR"]]),
        ("oil and service separately in 2024", [["oil", "200", "EUR"], ["service", "65", "EUR"]]),
        ("oil and service apart, 2024", [["oil", "200", "EUR"], ["service", "65", "EUR"]]),
        ("who have we invoiced more, the scouts or the choir", [["Choir", "-90", "EUR"], ["Scouts", "-60", "EUR"]]),
    ],
)
def test_what_is_added_up(question: str, rows: list[list[str]], index: Index) -> None:
    plan, found = rows_of(question, index)
    assert found == rows, digest(plan)


@pytest.mark.parametrize(
    "question",
    [
        "net worth on 2024-04-30, with the fund at the latest price",
        "what were we worth on 2024-04-30 with the units and the rest at the last recorded prices",
    ],
)
def test_how_parts_are_valued_is_not_what_is_asked(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert plan.measure is Measure.NET_WORTH, digest(plan)
    assert found == [["1360", "EUR"]]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("total oil cost in 2024 for my tax return", "200"),
        ("doing my tax return.. how much did we pay for oil in 2024", "200"),
        ("how much tax was kept back in 2024", "30"),
    ],
)
def test_what_it_is_asked_for_is_not_what_is_asked(question: str, figure: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert found == [[figure, "EUR"]], digest(plan)


def test_what_the_events_say_held_at_a_time(index: Index) -> None:
    plan, found = rows_of("who was curate in june 2023 per the events", index)
    assert found == [["2023-01-01", "curate", "Fr. Marlow"]], digest(plan)


@pytest.mark.parametrize("question", ["total oil cost apr 2023 to mar 2024", "what did oil cost in apr 2024"])
def test_apr_is_a_month_where_a_month_stands(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Plan)


@pytest.mark.parametrize(
    "question",
    ["how much did we spend on day care", "what do we pay for care each month", "how much went on night life"],
)
def test_what_is_called_by_common_words_alone_is_no_total(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Refusal), outcome


@pytest.mark.parametrize("question", ["what did we spend on everything in 2024", "how much did we spend on average"])
def test_what_says_all_is_a_total(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Plan)


def test_a_year_is_no_number_of_an_invoice(index: Index) -> None:
    plan, _ = rows_of("Where did the oil money come from in 2024?", index)
    assert not plan.filters.links, digest(plan)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("did we go over the budget for oil in March 2024?", "Yes."),
        ("did we exceed the budget for the service in March 2024", "No."),
        ("did we stay within the budget for oil in March 2024", "No."),
        ("did we keep to the budget for the service in March 2024", "Yes."),
        ("are we over budget on anything in March 2024", "Yes."),
        ("did we stay within the budget for oil in the first half of 2024", "Yes."),
        ("did we stay within the budget for oil in each month of the first half of 2024", "No."),
        ("did we keep to the budget for the service every month of the first half of 2024", "Yes."),
        ("did we go over the budget for oil in any month of 2024", "Yes."),
        ("did we exceed the budget for oil every month in the first half of 2024", ""),
    ],
)
def test_whether_a_budget_was_kept(question: str, said: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.measure is Measure.BUDGET, digest(plan)
    assert opening(question, plan, gather(plan, index, TODAY)) == said


@pytest.mark.parametrize(
    ("question", "planned", "rows"),
    [
        ("in which months of 2024 did we exceed the budget for oil", (Grouping.MONTH,), ["2024-03"]),
        (
            "did we stay within the oil budget by quarter in 2024",
            (Grouping.QUARTER,),
            [f"2024-Q{each}" for each in range(1, 5)],
        ),
        ("did we stay within the oil budget every year", (Grouping.YEAR,), ["2024", "2025"]),
        ("what is the monthly budget for oil", (), ["Expenses:Oil"]),
        ("how much did we spend of the monthly budget for oil in 2024", (), ["Expenses:Oil"]),
    ],
)
def test_a_budget_for_each_month(question: str, planned: tuple[Grouping, ...], rows: list[str], index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.group_by) == (Measure.BUDGET, planned), digest(plan)
    assert [row[0] for row in gather(plan, index, TODAY).table.rows] == rows


@pytest.mark.parametrize(
    ("question", "heard", "rows"),
    [
        (
            "how many shares are still unvested, the awards together?",
            {"measure": ("sum", 0.9), "flow": ("income", 0.9), "key": ("units", 0.9)},
            [["40", "SHR"]],
        ),
        ("tax withheld on the May 2024 vest in total", {"measure": ("sum", 0.9)}, [["30", "EUR"]]),
    ],
)
def test_what_is_held_and_what_is_kept_back(
    question: str, heard: dict[str, tuple[str, float]], rows: list[list[str]], index: Index
) -> None:
    plan = plan_question(question, [], TODAY, index, understander=Scripted(heard))
    assert isinstance(plan, Plan), plan
    found = gather(plan, index, TODAY).table.rows
    assert [[f"{number:f}", str(unit)] for number, unit in found] == rows, digest(plan)


def test_what_makes_spending_negative_is_money_back(index: Index) -> None:
    hears = Scripted({"measure": ("list", 0.9), "order": ("-amount", 0.9), "single": ("yes", 0.9)})
    question = "the service shows as negative spending, which entry is to blame?"
    plan = plan_question(question, [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan), plan
    assert [str(row[0]) for row in gather(plan, index, TODAY).table.rows] == ["2024-06-01"], digest(plan)
