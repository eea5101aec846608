"""GAPS: the calendar spans of a period in which nothing matches."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.evidence.contributing import contribution
from ledgerqa.evidence.groups import time_group
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.evidence.spans import DAY, name_of, spans, start_of
from ledgerqa.records import Column, Evidence, Fact, Grouping, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.records import Cell

_LATE: Final = 3  # days after the usual one on which it may still come


def gather_gaps(run: Run) -> Evidence:
    """Each span (a month unless the plan says otherwise) without a match, up to today; facts: spans looked at.

    An open period begins with the first match.  The running span is no gap before the day on which it is wont to
    be matched.  The entries are those that did match.
    """
    span = time_group(run.plan) or Grouping.MONTH
    clause = either(sides(run.plan))
    base = contribution(run, clause, next(iter(run.currency_ranks), ""))
    days = [row[0] for row in _days(run)]
    matched = {start_of(day, span) for day in days}
    start, end = run.plan.period.start or base.first_date, _end(run, base.last_date)
    looked_at = list(spans(start, end, span)) if start is not None and end is not None and start < end else []
    unmatched = (each for each in looked_at if each[0] not in matched)
    missing = [first for first, following in unmatched if not _to_come(run, days, first, following)]
    gaps: list[tuple[Cell, ...]] = [(name_of(first, span),) for first in missing]
    if run.plan.order is not None and run.plan.order.descending:
        gaps.reverse()
    shown = tuple(gaps[: run.shown])
    column = Column(span.value, "date" if span is Grouping.DAY else "text")
    notes: tuple[str, ...] = ()
    if looked_at and start is not None and end is not None and looked_at[-1][1] > end:
        notes = (f"the current {span.value} is not over",) if end == run.today + DAY else ()
    return Evidence(
        table=Table((column,), shown, len(gaps), truncated=len(shown) < len(gaps)),
        facts=(Fact("looked_at", Decimal(len(looked_at)), "", (), f"{span.value}s"),),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(shown),
        first_date=base.first_date,
        last_date=base.last_date,
        notes=notes,
    )


def _to_come(run: Run, days: Sequence[dt.date], start: dt.date, end: dt.date) -> bool:
    """Whether the span runs today, and half of those before it were first matched later in them, or not much sooner."""
    if not start <= run.today < end - DAY:
        return False
    span = time_group(run.plan) or Grouping.MONTH
    firsts: dict[dt.date, dt.date] = {}
    for day in days:
        firsts.setdefault(start_of(day, span), day)
    waits = sorted((day - first).days for first, day in firsts.items())
    return bool(waits) and (run.today - start).days <= waits[len(waits) // 2] + _LATE


def _days(run: Run) -> list[tuple[dt.date]]:
    clause = either(sides(run.plan))
    return run.query(f"SELECT DISTINCT p.date FROM postings p WHERE {clause.sql} ORDER BY p.date", clause.parameters)


def _end(run: Run, last: dt.date | None) -> dt.date | None:
    """Where looking ends: with the period, but not after today; an open period ends today, too."""
    tomorrow = run.today + DAY
    if run.plan.period.end is not None:
        return min(run.plan.period.end, tomorrow)
    return tomorrow if last is None else max(tomorrow, last + DAY)
