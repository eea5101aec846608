"""Where a period holds nothing: whether and when there is something outside it, as a note of the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.grounding.figures import count, span
from ledgerqa.records import Measure, Period

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.corpus import Index
    from ledgerqa.records import Evidence, Plan

FLOWS = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})


def with_elsewhen(plan: Plan, evidence: Evidence, index: Index, today: dt.date) -> Evidence:
    """The evidence, and where it is empty a note on what matches without the period."""
    if plan.measure not in FLOWS or plan.compare or not plan.period or evidence.contributing:
        return evidence
    from ledgerqa.evidence import gather

    anytime = replace(plan, measure=Measure.LIST, period=Period(), group_by=(), order=None, limit=1, unit="entry")
    found = gather(anytime, index, today)
    number, days = found.table.row_count, span(found.first_date, found.last_date)
    if number == 1:
        note = f"at any time there is one such entry, of {days}"
    elif number:
        note = f"at any time there are {count(number, 'such entry', 'such entries')}, from {days}"
    else:
        note = "there are none at any other time"
    return replace(evidence, notes=(*evidence.notes, note), statements=(*evidence.statements, *found.statements))
