"""LIST with the pick "gap": of the matching bookings the two, one after the other, between which most days passed."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import joined
from ledgerqa.evidence.run import either, sides
from ledgerqa.evidence.steps import COLUMNS
from ledgerqa.records import Evidence, Fact, Table

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.evidence.run import Run


def gather_longest_gap(run: Run) -> Evidence:
    """The bookings before and after the longest gap (the first of several as long), and the fact `gap`, in days.

    The fact `gap_open` has the days since the newest booking, where these are more.
    """
    clause = either(sides(run.plan))
    rows = run.query(
        "SELECT p.date, p.entry_id, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, p.number, "
        f"p.number_text, p.currency FROM postings p WHERE {clause.sql} AND p.currency IS NOT NULL "
        "ORDER BY p.date, p.posting_id",
        clause.parameters,
    )
    last = {row[0]: row for row in rows}  # the last booking of a day, and the first
    first = {row[0]: row for row in reversed(rows)}
    days = sorted(last)
    if len(days) < 2:
        return Evidence(table=Table(COLUMNS, (), 0))
    before, after = max(itertools.pairwise(days), key=lambda pair: (pair[1] - pair[0], -pair[0].toordinal()))
    ends = (last[before], first[after])
    entries = tuple(row[1] for row in ends)
    table = tuple((row[0], *row[2:5], joined(row[5], row[6]), row[7]) for row in ends)
    return Evidence(
        table=Table(COLUMNS, table[: run.shown], len(table), truncated=len(table) > run.shown),
        facts=_facts(before, after, days[-1], run.today),
        entry_ids=entries[: run.entry_limit],
        contributing=len(set(entries)),
        row_entries=entries[: run.shown],
        first_date=days[0],
        last_date=days[-1],
    )


def _facts(before: dt.date, after: dt.date, newest: dt.date, today: dt.date) -> tuple[Fact, ...]:
    gap, still = (after - before).days, (today - newest).days
    facts = (Fact("gap", Decimal(gap), "", (0, 1), f"{before.isoformat()} to {after.isoformat()}"),)
    return (*facts, Fact("gap_open", Decimal(still), "", (), newest.isoformat())) if still > gap else facts
