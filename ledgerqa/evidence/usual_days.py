"""On which day a thing that comes round is wont to be booked: of the week, of the month, or of the year."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.recurring import cadence_of
from ledgerqa.records import Fact

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.evidence.filters import Clause
    from ledgerqa.evidence.run import Run

MOST_DAYS = 48  # the newest days are looked at: what was usual long ago is not


def usual_days(run: Run, clause: Clause) -> tuple[Fact, ...]:
    """The commonest day of the span that it comes round in, on how many days of how many, and the days around it.

    Facts: `usual_weekday` (1 is Monday), `usual_monthday` or `usual_yearday` (the month times 100 and the day), each
    with the cadence as its note; `usual_times` of `usual_of` days; `usual_first` and `usual_last` bound them all.
    """
    rows = run.query(
        f"SELECT DISTINCT p.date FROM postings p WHERE {clause.sql} ORDER BY p.date DESC LIMIT {MOST_DAYS}",
        clause.parameters,
    )
    days = sorted(row[0] for row in rows)
    cadence = cadence_of(days)
    if cadence is None:
        return ()
    name, numbers = _numbered(days, cadence.yearly)
    (usual, times), *_ = sorted(Counter(numbers).items(), key=lambda one: (-one[1], one[0]))
    return (
        Fact(name, Decimal(usual), "", (), f"{cadence.name}, day {usual % 100}"),
        Fact("usual_times", Decimal(times)),
        Fact("usual_of", Decimal(len(numbers))),
        Fact("usual_first", Decimal(min(numbers))),
        Fact("usual_last", Decimal(max(numbers))),
    )


def _numbered(days: Sequence[dt.date], yearly: int) -> tuple[str, list[int]]:
    if yearly > 12:
        return "usual_weekday", [day.isoweekday() for day in days]
    if yearly > 1:
        return "usual_monthday", [day.day for day in days]
    return "usual_yearday", [day.month * 100 + day.day for day in days]
