"""Calendar spans: their names are those that DuckDB gives, their number is that of the spans themselves."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.evidence.groups import groups_of
from ledgerqa.evidence.spans import count_spans, count_weekdays, name_of, next_start, spans, start_of
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Plan

if TYPE_CHECKING:
    from tests.evidence.conftest import Ledger

DATES = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))
SPANS = st.sampled_from(sorted(TIME_GROUPINGS))


@given(DATES, SPANS)
def test_a_day_lies_in_its_span(day: dt.date, span: Grouping) -> None:
    start = start_of(day, span)
    assert start <= day < next_start(start, span)
    assert name_of(start, span) == name_of(day, span) != name_of(next_start(start, span), span)


@given(DATES, st.integers(0, 900), SPANS)
def test_as_many_as_there_are(start: dt.date, days: int, span: Grouping) -> None:
    end = start + dt.timedelta(days=days)
    found = list(spans(start, end, span))
    assert count_spans(start, end, span) == len(found)
    assert all(before[1] == after[0] for before, after in pairwise(found))


@pytest.mark.parametrize("span", sorted(TIME_GROUPINGS))
def test_names_are_those_of_the_database(span: Grouping, small: Ledger) -> None:
    (group,) = groups_of(Plan(Measure.SUM, group_by=(span,)))
    rows = small.index.query(
        f"SELECT p.date, {group.expression} FROM (SELECT (DATE '1999-12-20' + (i * 5)::INTEGER)::DATE AS date FROM range(800) t(i)) p"
    )
    assert all(name_of(day, span) == name for day, name in rows)


def test_the_end_of_the_calendar_ends_it() -> None:
    assert next_start(dt.date(9999, 12, 1), Grouping.MONTH) == dt.date.max
    assert len(list(spans(dt.date(9999, 11, 1), dt.date.max, Grouping.MONTH))) == 2


@given(st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 900), st.sets(st.integers(0, 6)))
def test_weekdays_are_counted_as_a_calendar_counts_them(start: dt.date, length: int, days: set[int]) -> None:
    end = start + dt.timedelta(days=length)
    counted = sum((start + dt.timedelta(days=each)).weekday() in days for each in range(length))
    assert count_weekdays(start, end, days) == counted
