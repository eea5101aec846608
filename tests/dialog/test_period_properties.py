"""What must hold of the periods of any text: they are sound, and their labels read back as themselves."""

from __future__ import annotations

import calendar
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.dialog.calendar.calendar_units import add_months
from ledgerqa.dialog.calendar.dates import easter
from ledgerqa.dialog.calendar.periods import find_periods, find_weekdays, relative_to
from ledgerqa.records import Period

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
FRAGMENTS = st.sampled_from(
    "last next this the of in on since until before after between and to from by 2023 '21 may march Q2 h1 5 15th 31/12/2022 "
    "year month week quarter half end start early late fiscal FY24 2022-23 ago two Friday christmas summer ( ) , - . vs same "
    "that previous one ended 12 now date ever so far $ 3000 first".split()
)
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=14).map(" ".join))


@given(TEXTS, DATES, st.sampled_from([None, 1, 4, 7]))
def test_any_text_gives_sound_periods(text: str, today: dt.date, fiscal_start: int | None) -> None:
    end = 0
    for found in find_periods(text, today, fiscal_start=fiscal_start, events={"move": dt.date(2021, 5, 3)}):
        assert 0 <= end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
        assert bool(found.period) == (found.kind != "all")
        assert found.period.label or not found.period
        if found.period.start and found.period.end:
            assert found.period.start < found.period.end
    find_weekdays(text)


@given(TEXTS, TEXTS, DATES)
def test_any_follow_up_is_sound(text: str, before: str, today: dt.date) -> None:
    for found in find_periods(before, today):
        period = relative_to(text, found.period, today)
        assert period is None or period.label
        assert period is None or not (period.start and period.end) or period.start < period.end


@given(DATES, DATES)
def test_iso_dates_round_trip(day: dt.date, today: dt.date) -> None:
    (found,) = find_periods(f"what happened on {day.isoformat()}?", today)
    assert found.period == Period(day, day + dt.timedelta(days=1), f"on {day.isoformat()}")


@given(DATES, DATES, DATES)
def test_labels_of_ranges_read_back_as_themselves(one: dt.date, two: dt.date, today: dt.date) -> None:
    start, end = min(one, two), max(one, two)
    if start == end:
        return
    label = f"from {start.isoformat()} to {end.isoformat()}"
    (found,) = find_periods(label, today)
    assert found.period == Period(start, end + dt.timedelta(days=1), label)


@given(DATES, DATES)
def test_named_units_read_back_as_themselves(day: dt.date, today: dt.date) -> None:
    for unit in (
        f"in {day.year}",
        f"in {calendar.month_name[day.month]} {day.year}",
        f"in Q{(day.month + 2) // 3} {day.year}",
    ):
        (found,) = find_periods(f"oil {unit}", today)
        assert found.period.label == unit
        assert found.period.start is not None
        assert found.period.start <= day
        assert found.period.end is not None
        assert day < found.period.end


@given(DATES, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_ends_the_month(day: dt.date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, calendar.monthrange(moved.year, moved.month)[1])


def test_easter_sundays() -> None:
    """Against the table of the Astronomical Applications Department of the U.S. Naval Observatory."""
    assert [easter(year).isoformat()[5:] for year in range(2018, 2026)] == [
        "04-01", "04-21", "04-12", "04-04", "04-17", "04-09", "03-31", "04-20",
    ]  # fmt: skip
