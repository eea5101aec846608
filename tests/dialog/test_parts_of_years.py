"""A part of the year that is named once, with the years beside it."""

from __future__ import annotations

import datetime as dt

import pytest

from ledgerqa.dialog.calendar.periods import find_periods, told_once

TODAY = dt.date(2024, 9, 12)


def spans(text: str) -> list[str]:
    """First and last day of each period."""
    found = told_once(find_periods(text, TODAY), standing=False)
    days = [(each.period.start, each.period.end) for each in found]
    return [f"{start} {end - dt.timedelta(days=1)}" for start, end in days if start and end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fees from 3 march to 9 june: 2022 or 2023?", ["2022-03-03 2022-06-09", "2023-03-03 2023-06-09"]),
        ("february, 2023 against 2024", ["2023-02-01 2023-02-28", "2024-02-01 2024-02-29"]),
        ("Q1 2024 vs 2023", ["2024-01-01 2024-03-31", "2023-01-01 2023-03-31"]),
        ("is this year's Q1 dearer than last year's", ["2024-01-01 2024-03-31", "2023-01-01 2023-03-31"]),
        ("may 2022, 2023 and 2024", ["2022-05-01 2022-05-31", "2023-05-01 2023-05-31", "2024-05-01 2024-05-31"]),
        ("winter 2021 against 2022", ["2021-12-01 2022-02-28", "2022-12-01 2023-02-28"]),
    ],
)
def test_each_side_is_that_part_of_its_year(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("march 2024 vs the whole of 2023", ["2024-03-01 2024-03-31", "2023-01-01 2023-12-31"]),
        ("march 2024 higher than the average month of 2023", ["2024-03-01 2024-03-31", "2023-01-01 2023-12-31"]),
        ("december 2023 and this year", ["2023-12-01 2023-12-31", "2024-01-01 2024-12-31"]),
        ("december 2023 against 2024", ["2023-12-01 2023-12-31", "2024-01-01 2024-12-31"]),
        ("last month against 2023", ["2024-08-01 2024-08-31", "2023-01-01 2023-12-31"]),
    ],
)
def test_whole_years_where_they_are_meant_or_the_part_is_to_come(text: str, expected: list[str]) -> None:
    assert spans(text) == expected
