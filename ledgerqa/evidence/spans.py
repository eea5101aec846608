"""Calendar spans: days, ISO weeks, months, quarters and years, as they are named, begin and follow each other.

The names are those that the SQL of `groups` gives: "2024-03", "2024-Q1", "2024", "2024-W05", and the date of a day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledgerqa.records import Grouping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

DAY = dt.timedelta(days=1)
SHORTEST_MONTH = 28  # days


def start_of(day: dt.date, grouping: Grouping) -> dt.date:
    """The first day of the span in which `day` falls."""
    match grouping:
        case Grouping.WEEK:
            return day - dt.timedelta(days=day.weekday())
        case Grouping.MONTH:
            return day.replace(day=1)
        case Grouping.QUARTER:
            return dt.date(day.year, day.month - (day.month - 1) % 3, 1)
        case Grouping.YEAR:
            return dt.date(day.year, 1, 1)
    return day


def next_start(start: dt.date, grouping: Grouping) -> dt.date:
    """The first day after the span that begins on `start`; the last day there is, at the end of the calendar."""
    months = {Grouping.MONTH: 1, Grouping.QUARTER: 3, Grouping.YEAR: 12}.get(grouping)
    try:
        if months is None:
            return start + DAY * (7 if grouping is Grouping.WEEK else 1)
        index = start.year * 12 + start.month - 1 + months
        return dt.date(index // 12, index % 12 + 1, 1)
    except (ValueError, OverflowError):
        return dt.date.max


def name_of(day: dt.date, grouping: Grouping) -> dt.date | str:
    """What a row calls the span in which `day` falls."""
    match grouping:
        case Grouping.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case Grouping.MONTH:
            return f"{day.year:04d}-{day.month:02d}"
        case Grouping.QUARTER:
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case Grouping.YEAR:
            return f"{day.year:04d}"
    return day


def spans(start: dt.date, end: dt.date, grouping: Grouping) -> Iterator[tuple[dt.date, dt.date]]:
    """Each calendar span that touches the days from `start` up to, not including, `end`: its first day and its end."""
    first = start_of(start, grouping) if start < end else end
    while first < end:
        following = next_start(first, grouping)
        if following <= first:
            return
        yield first, following
        first = following


def whole_months(start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Each month from `start` up to `end`, where these are whole months ("6 April to 5 April"); else none."""
    if start.day != end.day or start >= end or start.day > SHORTEST_MONTH:
        return
    while start < end:
        following = next_start(start.replace(day=1), Grouping.MONTH).replace(day=start.day)
        yield start, following
        start = following


def count_spans(start: dt.date, end: dt.date, grouping: Grouping) -> int:
    """How many calendar spans touch the days from `start` up to, not including, `end`."""
    if end <= start:
        return 0
    first, last = start_of(start, grouping), start_of(end - DAY, grouping)
    match grouping:
        case Grouping.DAY:
            return (last - first).days + 1
        case Grouping.WEEK:
            return (last - first).days // 7 + 1
        case Grouping.YEAR:
            return last.year - first.year + 1
    months = (last.year - first.year) * 12 + last.month - first.month
    return months // (3 if grouping is Grouping.QUARTER else 1) + 1


def count_weekdays(start: dt.date, end: dt.date, days: Collection[int]) -> int:
    """How many of the days from `start` up to, not including, `end` are one of the weekdays (0 is Monday)."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return weeks * len(days) + sum((start + DAY * each).weekday() in days for each in range(rest))
