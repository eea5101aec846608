"""An average over those months alone in which anything was booked: "a month of her, leave out months with no pay"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.calendar.calendar_units import Unit, containing, move
from ledgerqa.dialog.language.cues import cues
from ledgerqa.records import Measure, Period, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan


def over_months_paid(plan: Plan, asked: Asked) -> Plan:
    """The plan without the months of its period in which nothing was booked, where the question leaves those out."""
    monthly = plan.measure is Measure.AVERAGE and plan.per == "month" and not (plan.group_by or plan.compare)
    if not monthly or not cues("cues").found("months_paid", asked.said.folded):
        return plan
    roots = {asked.names.by_name[name].root for name in plan.filters.accounts} or set(plan.filters.roots)
    root = Root.INCOME if roots == {Root.INCOME} else Root.EXPENSES
    following = move(containing(Unit.MONTH, asked.today)[0], Unit.MONTH, 1)
    end = min(plan.period.end or following, following)
    start = plan.period.start
    days = [day for day, _ in asked.names.booked.bookings(plan.filters, root, end) if start is None or day >= start]
    if not days:
        return plan
    paid = {containing(Unit.MONTH, day)[0] for day in days}
    empty = []
    month = containing(Unit.MONTH, start or min(days))[0]
    while month < end:
        if month not in paid:
            empty.append(Period(month, move(month, Unit.MONTH, 1), f"{month:%Y-%m}"))
        month = move(month, Unit.MONTH, 1)
    if not empty:
        return plan
    filters = replace(plan.filters, exclude_periods=(*plan.filters.exclude_periods, *empty))
    note = f"months in which nothing was booked are left out: {len(empty)}"
    return replace(plan, filters=filters, reading=tuple(dict.fromkeys((*plan.reading, note))))
