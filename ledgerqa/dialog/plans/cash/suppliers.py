"""Who is bought from: in books that put each bill on what is owed, those whose bills stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.cash.settling_time import settled_on
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_FEWEST: Final = 2  # payees that make suppliers
_OTHER: Final = r"\b(?:ow(?:e[ds]?|ing)|unpaid|open|outstanding|overdue|due|not|n't|payables?|creditors?)\b"
_ADDED: Final = frozenset({Measure.SUM, Measure.COUNT, None})


def from_suppliers(asked: Asked) -> Plan | None:
    """As in "which supplier did we buy the most from": what bills put on payables, and no wages, rent or tax.

    What is bought for stock is no expense when it comes, but it is billed; None where no bills are booked so.
    """
    intent, filters = asked.intent, asked.scope.filters
    if Grouping.PAYEE not in intent.group_by or intent.measure not in _ADDED or asked.has(_OTHER):
        return None
    if not cues("cues").found("of_suppliers", asked.said.folded) or filters != Filters(roots=filters.roots):
        return None
    billed = settled_on(asked.names, Root.LIABILITIES)
    if not billed or asked.names.booked.distinct_payees(billed) < _FEWEST:
        return None
    note = f"bought from suppliers = what their bills put on {', '.join(billed)}, with VAT"
    measure = intent.measure or Measure.SUM
    plan = Plan(measure, Filters(accounts=billed, sign=-1), happened(asked), group_by=intent.group_by, reading=(note,))
    return ordered(plan, asked)
