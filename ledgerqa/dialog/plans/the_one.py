"""The one entry that was told before, where "that" or "it" points at it: "and which card was that on?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, of_unit
from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_IT: Final = compiled(r"\b(?:it|that|this)\b")


def of_the_one(asked: Asked) -> Asked | None:
    """The question kept to the day and the account of that entry; as it is where none is; None where several may be."""
    before = asked.said.earlier
    if before is None or not _IT.search(asked.said.folded) or before.intent.measure is not Measure.LIST:
        return asked
    intent, order = before.intent, before.intent.order
    if not (intent.single or intent.limit == 1) or order is None or order.by == "key":
        return asked
    if len(before.periods) > 1:
        return None
    filters = scope(before, intent, asked.names).filters
    span = (before.periods[0].period.start, before.periods[0].period.end) if before.periods else (None, None)
    one = asked.names.booked.one_spent(filters, span, order.by, last=order.descending, skip=intent.skip)
    if one is None:
        return None
    day, account = one
    found = FoundPeriod(of_unit(Unit.DAY, day).period, 0, 0, "range", "")
    kept = replace(asked.scope, filters=replace(asked.scope.filters, accounts=(account,)))
    return replace(asked, said=replace(asked.said, periods=(found,)), scope=kept)
