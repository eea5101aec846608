"""Plans for whether pay rose: the last pay at the old amount and the first at the new one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import Asked, happened
from ledgerqa.records import Filters, Measure, Order, Period, Plan

if TYPE_CHECKING:
    from decimal import Decimal

_ONE_DAY: Final = dt.timedelta(days=1)


def pay_rise(asked: Asked, pay: tuple[str, ...]) -> Plan | None:
    """What was booked to the accounts of pay around its last rise; all of it where it never rose, or too often."""
    if not pay:
        return None
    said = asked.scope.filters.accounts
    inside = tuple(name for name in pay if any(name == each or name.startswith(f"{each}:") for each in said)) or pay
    topmost = tuple(name for name in inside if not any(name.startswith(f"{other}:") for other in inside))
    period = happened(asked)
    filters = Filters(accounts=topmost, sign=-1)
    paid = _without_extras(_paid(asked, inside, period.end))
    inside_it = [at for at in range(1, len(paid)) if period.start is None or paid[at][0] >= period.start]
    changes = [at for at in inside_it if paid[at][1] != paid[at - 1][1]]
    raised = [at for at in changes if paid[at][1] > paid[at - 1][1]]
    if not raised or len(changes) * 3 > len(inside_it) + 1 > 3:
        note = "its amount changes too often to name one rise" if raised else "no pay is above the one before it"
        return Plan(Measure.LIST, filters, period, order=Order("date"), reading=(f"{note}: all of it is listed",))
    at = raised[-1]
    before, after = paid[at - 1][0], paid[at][0]
    around = Period(before, after + _ONE_DAY, f"around {after.isoformat()}")
    note = f"the last pay at the old amount ({before}) and the first at the new one ({after})"
    return Plan(Measure.LIST, filters, around, order=Order("date"), reading=(note,))


def _without_extras(paid: list[tuple[dt.date, Decimal]]) -> list[tuple[dt.date, Decimal]]:
    """Without what was paid more once only: holiday money is no raise."""
    amounts = [amount for _, amount in paid]
    return [
        each
        for at, each in enumerate(paid)
        if not (0 < at < len(paid) - 1 and amounts[at - 1] < amounts[at] and amounts[at + 1] < amounts[at])
    ]


def _paid(asked: Asked, accounts: tuple[str, ...], end: dt.date | None) -> list[tuple[dt.date, Decimal]]:
    """Day and amount of each entry's pay before `end`, in order of time."""
    return [
        (day, -number)
        for day, number in asked.names.index.query(
            "SELECT date, sum(number) FROM postings WHERE account IN (SELECT unnest(?)) AND number < 0"
            " AND (?::DATE IS NULL OR date < ?) GROUP BY date, entry_id ORDER BY date",
            [list(accounts), end, end],
        )
    ]
