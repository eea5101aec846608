"""Calendar arithmetic: the days of a unit, the same unit some steps away, and how a sentence names a stretch of days.

A stretch is half open, as `Period` is: from `start` up to, not including, `end`.  Weeks begin on Monday (ISO
8601).  Seasons are the northern meteorological ones: spring March to May, summer June to August, autumn September
to November, and the winter of a year begins in its December.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.records import Period

if TYPE_CHECKING:
    from collections.abc import Callable

from dataclasses import dataclass, field

Kind = Literal["range", "day", "since", "until", "as_of", "now", "all"]
Days = tuple[dt.date, dt.date]
MonthDay = tuple[int, int]
FiscalStart = int | MonthDay | None  # where fiscal years begin: a month, or a day of it; None where nobody knows

ONE_DAY: Final = dt.timedelta(days=1)
MONTH_NAMES: Final = tuple(calendar.month_name)[1:]
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Unit(enum.StrEnum):
    """A stretch of the calendar that has a name."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal year"
    DECADE = "decade"


MONTHS_IN: Final = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.HALF: 6,
    Unit.YEAR: 12,
    Unit.FISCAL_YEAR: 12,
    Unit.DECADE: 120,
}
DAYS_IN: Final = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7, Unit.FORTNIGHT: 14}


@dataclass(frozen=True)
class Reading:
    """What some words mean: the days, how a sentence names them, and what a neighbour may need to know.

    `in_year` reads the same words in another year; it is set only where no year was said.  `at` is the one day
    meant when a balance or a price is asked for.  `note` tells of an assumption that the user should see.
    """

    start: dt.date | None
    end: dt.date | None
    label: str
    kind: Kind = "range"
    unit: Unit | None = None
    at: dt.date | None = None
    note: str = ""
    in_year: Callable[[int], Reading | None] | None = field(default=None, compare=False)

    @property
    def period(self) -> Period:
        """The days with their label, as the other stages know them."""
        return Period(self.start, self.end, self.label)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later (earlier if negative), or that month's last day if it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def move(day: dt.date, unit: Unit, steps: int) -> dt.date:
    """`day`, `steps` units later (earlier if negative)."""
    if unit in MONTHS_IN:
        return add_months(day, MONTHS_IN[unit] * steps)
    return day + dt.timedelta(days=DAYS_IN[unit] * steps)


def containing(unit: Unit, day: dt.date, fiscal: MonthDay = (1, 1)) -> Days:
    """The `unit` that `day` lies in; a fiscal year begins on the `fiscal` month and day."""
    start = day
    if unit in {Unit.WEEK, Unit.FORTNIGHT}:
        start = day - dt.timedelta(days=day.weekday())
    elif unit is Unit.WEEKEND:
        saturday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(days=5)
        return saturday, saturday + dt.timedelta(days=2)
    elif unit is Unit.FISCAL_YEAR:
        start = dt.date(day.year, *fiscal)
        start = start if start <= day else dt.date(day.year - 1, *fiscal)
    elif unit is Unit.DECADE:
        start = dt.date(day.year // 10 * 10, 1, 1)
    elif unit is not Unit.DAY:
        months = MONTHS_IN[unit]
        start = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    return start, move(start, unit, 1)


def unit_of(start: dt.date, end: dt.date) -> Unit | None:
    """The calendar unit that is exactly these days, if there is one (a fiscal year is not told from 12 months)."""
    for unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR, Unit.DECADE):
        if containing(unit, start) == (start, end):
            return unit
    return None


def months_between(start: dt.date, end: dt.date) -> int | None:
    """How many whole months these days are, or None when they are not whole months."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if start.day == end.day and months > 0 else None


def iso_range(start: dt.date, end: dt.date) -> str:
    """Both days inclusive: `2024-08-01 to 2025-07-31`."""
    return f"{start.isoformat()} to {(end - ONE_DAY).isoformat()}"


def unit_label(unit: Unit | None, start: dt.date, end: dt.date) -> str:
    """How a sentence names these days, preposition included."""
    labels = {
        Unit.DAY: f"on {start.isoformat()}",
        Unit.WEEK: f"in the week from {iso_range(start, end)}",
        Unit.MONTH: f"in {MONTH_NAMES[start.month - 1]} {start.year}",
        Unit.QUARTER: f"in Q{(start.month + 2) // 3} {start.year}",
        Unit.HALF: f"in the {'first' if start.month == 1 else 'second'} half of {start.year}",
        Unit.YEAR: f"in {start.year}",
        Unit.DECADE: f"in the {start.year}s",
    }
    return labels[unit] if unit in labels else f"from {iso_range(start, end)}"


def fiscal_label(start: dt.date, end: dt.date) -> str:
    """`in fiscal year 2024-25 (2024-08-01 to 2025-07-31)`; one that is a calendar year bears one year."""
    last = (end - ONE_DAY).year
    name = str(start.year) if last == start.year else f"{start.year}-{last % 100:02d}"
    return f"in fiscal year {name} ({iso_range(start, end)})"


def of_unit(unit: Unit, day: dt.date, fiscal: MonthDay = (1, 1)) -> Reading:
    """The reading that is the whole `unit` around `day`."""
    start, end = containing(unit, day, fiscal)
    label = fiscal_label(start, end) if unit is Unit.FISCAL_YEAR else unit_label(unit, start, end)
    return Reading(start, end, label, "day" if unit is Unit.DAY else "range", unit)


def on_day(day: dt.date) -> Reading:
    """The one day."""
    return Reading(day, day + ONE_DAY, unit_label(Unit.DAY, day, day + ONE_DAY), "day", Unit.DAY, day)


def from_to(start: dt.date, end: dt.date, unit: Unit | None = None) -> Reading:
    """Any days; named by `unit` where given, else by their first and last day."""
    if end - start == ONE_DAY:
        return on_day(start)
    return Reading(start, end, unit_label(unit, start, end), "range", unit)


def spanning(start: dt.date, end: dt.date) -> Reading:
    """Any days, named as the calendar unit that they are if they are one."""
    return from_to(start, end, unit_of(start, end))


def since(start: dt.date) -> Reading:
    """Everything from `start` on."""
    return Reading(start, None, f"since {start.isoformat()}", "since")


def until(end: dt.date) -> Reading:
    """Everything up to, not including, `end`."""
    return Reading(None, end, f"until {(end - ONE_DAY).isoformat()}", "until", at=end - ONE_DAY)


def as_of(day: dt.date, kind: Kind = "as_of", note: str = "") -> Reading:
    """Everything up to and including `day`, at which a balance or price is meant."""
    return Reading(None, day + ONE_DAY, f"as of {day.isoformat()}", kind, at=day, note=note)


def season(name: str, year: int) -> Reading:
    """A meteorological season; the winter of 2023 runs from December 2023 to February 2024."""
    start = dt.date(year, SEASONS[name], 1)
    end = add_months(start, 3)
    said = "autumn" if name == "fall" else name
    return Reading(start, end, f"in {said} {year} ({iso_range(start, end)})")
