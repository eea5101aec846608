"""An amount said in round figures: "that 45 euro thing" may well have been 44.90."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.records import Plan

_PART: Final = Decimal("0.05")  # of the amount said, but one unit of money at least
_MEASURES: Final = frozenset({Measure.LIST, Measure.SUM, Measure.COUNT})


def as_rounded(plan: Plan, names: Vocabulary) -> Plan:
    """The plan kept to what lies near a whole amount, where nothing was booked that is exactly it.

    Where no expense is near it either, but money of exactly that amount was moved otherwise, entries are listed.
    """
    filters, period, said = plan.filters, plan.period, plan.filters.minimum
    if said is None or said != filters.maximum or said % 1 or not said or plan.measure not in _MEASURES:
        return plan
    amounts = names.booked.amounts(filters, period.start, period.end) if filters.sign >= 0 else {said}
    near = max(Decimal(1), said * _PART)
    if said in amounts:
        return plan
    if any(abs(each - said) < near for each in amounts):
        low, high = (f"{each.normalize():f}" for each in (said - near, said + near))
        note = f"nothing is of exactly {said:f}: what lies between {low} and {high} is shown"
        around = replace(filters, minimum=said - near, maximum=said + near, inclusive=False)
        return replace(plan, filters=around, reading=(*plan.reading, note))
    anywhere = replace(filters, roots=())
    if plan.measure is not Measure.LIST or filters.roots != (Root.EXPENSES,):
        return plan
    if said not in names.booked.amounts(anywhere, period.start, period.end):
        return plan
    note = "no expense is of that amount: what else moved is shown"
    return replace(plan, filters=anywhere, unit="entry", reading=(*plan.reading, note))
