"""One time that is told twice in a question, by its name and by what it is made of."""

from __future__ import annotations

import datetime as dt

import pytest

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.calendar.told_again import over_its_months
from ledgerqa.dialog.intent.exclusions import find_exclusions
from ledgerqa.dialog.intent.slots import find_limit

TODAY = dt.date(2025, 10, 19)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("eating out this summer, june july + august, in all", ["2025-06-01/2025-09-01"]),
        ("petrol for the first quarter, jan feb and mar 2025", ["2025-01-01/2025-04-01"]),
        ("groceries in summer 2024, so june to august", ["2024-06-01/2024-09-01"]),
        ("gas in the second quarter 2024, i.e. april may june", ["2024-04-01/2024-07-01"]),
        ("heating in winter 2024/25, december january and february", ["2024-12-01/2025-03-01"]),
        ("power over the last 3 months, july august september", ["2025-07-01/2025-10-01"]),
        ("restaurants in 2024, january to june", ["2024-01-01/2024-07-01"]),
        ("restaurants in 2024: january and june", ["2024-01-01/2024-02-01", "2024-06-01/2024-07-01"]),
        (
            "summer 2024, june july august each",
            ["2024-06-01/2024-07-01", "2024-07-01/2024-08-01", "2024-08-01/2024-09-01"],
        ),
        ("this summer vs june", ["2025-06-01/2025-09-01", "2025-06-01/2025-07-01"]),
        ("this year, last month", ["2025-01-01/2026-01-01", "2025-09-01/2025-10-01"]),
        ("fuel in 2024, and in june", ["2024-01-01/2025-01-01", "2025-06-01/2025-07-01"]),
    ],
)
def test_what_a_time_is_made_of_tells_it_again(question: str, days: list[str]) -> None:
    found = find_periods(question, TODAY)
    assert [f"{each.period.start}/{each.period.end}" for each in found] == days


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("first six months of 2025, the total over 6", True),
        ("january to june 2025, all of it split by 6 - thanks", True),
        ("first six months of 2025, bills over 6", False),
        ("first six months of 2025, the total over 60", False),
        ("in the first quarter of 2025, the total over 6", False),
    ],
)
def test_the_number_of_its_months_is_no_amount(question: str, *, counted: bool) -> None:
    assert bool(over_its_months(question, find_periods(question, TODAY))) is counted


def test_every_last_one_is_no_single_one() -> None:
    assert find_limit("our debts added up, every last one of them", []) is None
    assert find_limit("the last one of them", [])


def test_what_one_keeps_doing_is_left_out_of_nothing() -> None:
    assert not find_exclusions("we keep saying we eat out less, is it true")
    assert not find_exclusions("we keep eating out, what was it in 2024")
    assert find_exclusions("groceries in 2024, keep restaurants out")
