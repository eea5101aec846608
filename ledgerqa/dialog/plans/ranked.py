"""What was paid in several currencies, in order or side by side: by what it comes to in one, not by bare numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

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
    there = asked.names.booked.currencies(filters)
    if len(there) < 2:
        return plan
    main = next((code for code in asked.names.operating if code in there), there[0])
    rated = asked.names.booked.rated_in(main)
    known = [code for code in there if code in rated]
    left_out = [code for code in there if code not in known]
    notes = [f"several currencies are put in order by what they come to in {main}"] if len(known) > 1 else []
    notes += [f"{', '.join(left_out)} left aside: no rate to {main} is known"] if left_out else []
    order = replace(order, worth=main) if len(known) > 1 else order
    kept = filters if not left_out else replace(filters, currencies=tuple(known))
    return replace(plan, order=order, filters=kept, reading=(*plan.reading, *notes))


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
