"""What was paid in several currencies, in order or side by side: by what it comes to in one, not by bare numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters, Plan

_FLOWS = frozenset({Root.EXPENSES, Root.INCOME})
_WHICH_IS_MORE: Final = (
    r"\b(?:more|less|most|least|dearer|cheap(?:er|est)|pric(?:ier|iest)|dearest|costlier|expensive|higher|highest|lower"
    r"|lowest|bigger|biggest|difference)\b"
)


def ranked_by_worth(plan: Plan, asked: Asked) -> Plan:
    """As in "my biggest expense", where 433,000 naira are less than 300 pounds; each is told in its own currency.

    What has no rate is left out, and told to be.
    """
    order, filters = plan.order, plan.filters
    if plan.measure is not Measure.LIST or order is None or order.by != "amount" or plan.convert_to:
        return plan
    roots = set(filters.roots) or {asked.names.by_name[name].root for name in filters.accounts}
    if filters.currencies or plan.compare or plan.pick or not roots <= _FLOWS or len(asked.names.commodities) == 1:
        return plan
    main, rated, notes = in_one_money(asked, filters, "put in order")
    order = replace(order, worth=main if rated != (main,) else None)
    return replace(plan, order=order, filters=replace(filters, currencies=rated), reading=(*plan.reading, *notes))


def in_one_money(asked: Asked, filters: Filters, how: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The money that amounts in several are measured in, those with a rate to it where some have none, what to say."""
    there = asked.names.booked.currencies(filters)
    if len(there) < 2:
        return None, (), ()
    main = next((code for code in asked.names.operating if code in there), there[0])
    known = asked.names.booked.rated_in(main)
    rated, left_out = (tuple(code for code in there if (code in known) is way) for way in (True, False))
    notes = [f"several currencies are {how} by what they come to in {main}"] if len(rated) > 1 else []
    notes += [f"{', '.join(left_out)} left aside: no rate to {main} is known"] if left_out else []
    return main, rated if left_out else (), tuple(notes)


def sides_by_worth(plan: Plan, asked: Asked) -> Plan:
    """As in "was Thailand cheaper than Japan", where the one was paid in baht and the other in yen.

    Where all sides have the same currencies, each currency is told by itself.
    """
    if plan.measure not in {Measure.SUM, Measure.AVERAGE} or len(plan.compare) < 2 or plan.convert_to:
        return plan
    if plan.group_by or plan.filters.currencies or not asked.has(_WHICH_IS_MORE):
        return plan
    sides = [
        set(asked.names.booked.currencies(replace(each.filters, roots=each.filters.roots or plan.filters.roots)))
        for each in plan.compare
    ]
    every = set().union(*sides)
    main = next(iter(asked.names.operating), None)
    if main is None or all(side == every for side in sides) or not every <= asked.names.booked.rated_in(main):
        return plan
    return replace(plan, convert_to=main, reading=(*plan.reading, f"set against each other in {main}"))
