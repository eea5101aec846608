"""Periods of follow-ups, which lean on the one before; and weekdays as a filter."""

from __future__ import annotations

import datetime as dt

import pytest

from ledgerqa.dialog.calendar.periods import Unit, find_periods, find_weekdays, relative_to, shift, shift_by_own_length
from ledgerqa.records import Period
from tests.dialog.period_tables import TODAY, wanted, written

# ---------------------------------------------------------------------------------------------------- follow-ups


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("and the year before that?", "in 2022", "2021"),
        ("the year before?", "in 2022", "2021"),
        ("and the year after", "in 2022", "2023"),
        ("what about the previous year", "in 2022", "2021"),
        ("and the following year?", "in 2022", "2023"),
        ("a year earlier?", "in March 2022", "2021-03"),
        ("two years earlier?", "in March 2022", "2020-03"),
        ("the month before", "in March 2022", "2022-02"),
        ("and the month after that", "in March 2022", "2022-04"),
        ("and the previous month?", "in March 2022", "2022-02"),
        ("the year before that", "in March 2022", "2021-03"),
        ("the quarter before", "in Q1 2022", "2021-Q4"),
        ("the month before", "in 2022", "2021-12"),
        ("the month after", "in 2022", "2023-01"),
        ("the one before?", "in March 2022", "2022-02"),
        ("compare it with the previous one", "in Q3 2022", "2022-Q2"),
        ("and the one after?", "in 2022", "2023"),
        ("same period last year?", "in March 2022", "2021-03"),
        ("same month in 2019", "in March 2022", "2019-03"),
        ("the same quarter a year earlier", "in Q2 2022", "2021-Q2"),
        ("same time the year before", "from 2022-01-01 to 2022-08-20", "2021-01-01/2021-08-20"),
        ("that same year", "in March 2022", "2022"),
        ("what about oil that year", "in 2022", "2022"),
        ("and for that month?", "on 5 March 2022", "2022-03"),
        ("the day before", "on 1 March 2022", "2022-02-28"),
        ("the week before", "the week of 8 March 2022", "2022-02-28/2022-03-06"),
        ("the year before", "from 2019-01-01 to 2022-12-31", "2018"),
        ("the three years before", "in 2022", "2019-01-01/2021-12-31"),
        ("the period before", "from 2022-01-01 to 2022-01-10", ""),
        ("the previous period", "from 2022-01-01 to 2022-01-10", "2021-12-22/2021-12-31"),
        ("a year earlier", "as of 2022-12-31", "/2021-12-31"),
        ("since then?", "in March 2022", "2022-03-01/"),
        ("and before that", "in March 2022", "/2022-02-28"),
        ("and after that?", "in March 2022", "2022-04-01/"),
        ("and in april?", "in March 2022", "2022-04"),
        ("april?", "in March 2022", "2022-04"),
        ("and q3?", "in Q2 2021", "2021-Q3"),
        ("and in march?", "in 2021", "2021-03"),
        ("what about the second half", "in 2021", "2021-07-01/2021-12-31"),
        ("and 2019?", "in 2021", ""),
        ("and last year?", "in 2021", ""),
        ("the one before last", "in 2021", ""),
        ("how about oil", "in 2021", ""),
        ("the year before last", "in 2010", ""),
        ("split it by month", "in 2010", ""),
        ("year by year", "in 2010", ""),
    ],
)
def test_follow_ups_lean_on_the_period_before(text: str, before: str, after: str) -> None:
    (previous,) = find_periods(before, TODAY)
    found = relative_to(text, previous.period, TODAY)
    assert ([written(found)] if found else []) == wanted(after)


def test_a_shifted_period_keeps_its_manner_of_naming() -> None:
    fiscal = find_periods("FY 2022-23", TODAY, fiscal_start=8)[0].period
    assert shift(fiscal, Unit.YEAR, -1).label == "in fiscal year 2021-22 (2021-08-01 to 2022-07-31)"
    state = find_periods("end of 2022", TODAY)[0].period
    assert shift(state, Unit.YEAR, -1).label == "as of 2021-12-31"
    assert (
        shift_by_own_length(Period(dt.date(2022, 3, 1), dt.date(2022, 4, 1), "in March 2022"), 1).label
        == "in April 2022"
    )


def test_nothing_leans_on_no_period() -> None:
    assert relative_to("the year before that", Period(), TODAY) is None


# ------------------------------------------------------------------------------------------------------ weekdays


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("coffee on Fridays", (4,)),
        ("coffee on fridays and mondays", (0, 4)),
        ("every Tuesday", (1,)),
        ("each wednesday", (2,)),
        ("on a Sunday", (6,)),
        ("on weekends", (5, 6)),
        ("weekend shopping", (5, 6)),
        ("on weekdays only", (0, 1, 2, 3, 4)),
        ("Monday to Friday", (0, 1, 2, 3, 4)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Friday through Sunday", (4, 5, 6)),
        ("working days", (0, 1, 2, 3, 4)),
        ("Saturdays vs Sundays", (5, 6)),
        ("last Friday", ()),
        ("last weekend", ()),
        ("on Friday", ()),
        ("by weekday", ()),
        ("which weekday is dearest", ()),
        ("dinner at TGI Fridays", ()),
        ("the money sat there", ()),
        ("Black Friday", ()),
    ],
)
def test_weekdays_as_a_filter(text: str, days: tuple[int, ...]) -> None:
    assert find_weekdays(text) == days
