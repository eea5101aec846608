"""LIST with the pick "changed": of payments that come round the first, and each at which the amount changed.

An amount that differs once between two alike is no new price, but something booked beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.plans.courses.cycles import on_cycle
from ledgerqa.evidence.changes import without_extras
from ledgerqa.evidence.exact import difference, joined, percent, total
from ledgerqa.evidence.run import either, sides
from ledgerqa.records import Column, Evidence, Fact, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from ledgerqa.evidence.run import Run

COLUMNS = (
    Column("date", "date"),
    Column("payee", "text"),
    Column("narration", "text"),
    Column("account", "text"),
    Column("amount", "number"),
    Column("currency", "currency"),
)


def _facts(series: Sequence[tuple[dt.date, Decimal]], currency: str) -> tuple[Fact, ...]:
    """The newest amount with its day, and by how much it is more than the first of these, in percent too."""
    (_, first), (day, last) = series[0], series[-1]
    change = difference(last, first)
    facts = [Fact("last_booked", last, currency, (), day.isoformat()), Fact("step", change, currency)]
    return (*facts, Fact("step_percent", percent(change, first), "%")) if first else tuple(facts)


def gather_steps(run: Run) -> Evidence:
    """The bookings at which the amount became another, in order; the fact `last_booked` has the newest one's day."""
    clause = either(sides(run.plan))
    rows = run.query(
        "SELECT p.date, p.entry_id, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, p.number, "
        f"p.number_text, p.currency FROM postings p WHERE {clause.sql} AND p.currency IS NOT NULL "
        "ORDER BY p.date, p.posting_id",
        clause.parameters,
    )
    days: dict[dt.date, Decimal] = {}
    firsts: dict[dt.date, tuple[int, str, str, str, str]] = {}
    for day, entry, payee, narration, account, number, text, currency in rows:
        days[day] = total([days[day], joined(number, text)]) if day in days else joined(number, text)
        firsts.setdefault(day, (entry, payee, narration, account, currency))
    series = without_extras([(day, days[day]) for day in on_cycle(list(days))])
    paid_in = [firsts[day][4] for day, _ in series]
    steps = [
        (day, amount)
        for place, (day, amount) in enumerate(series)
        if place == 0 or (amount, paid_in[place]) != (series[place - 1][1], paid_in[place - 1])
    ]
    since = next((at + 1 for at in range(len(series) - 2, -1, -1) if paid_in[at] != paid_in[-1]), 0)
    entries = tuple(firsts[day][0] for day, _ in steps)
    table = tuple((day, *firsts[day][1:4], amount, firsts[day][4]) for day, amount in steps)
    return Evidence(
        table=Table(COLUMNS, table[: run.shown], len(table), truncated=len(table) > run.shown),
        facts=_facts(series[since:], paid_in[-1]) if series else (),  # no amount is more than one in other money
        entry_ids=tuple(dict.fromkeys(entries))[: run.entry_limit],
        contributing=len(set(entries)),
        row_entries=entries[: run.shown],
        first_date=series[0][0] if series else None,
        last_date=series[-1][0] if series else None,
    )
