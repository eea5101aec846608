"""What customers paid, where books put each invoice on an account of what is owed until it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.wealth.counted_things import called_things
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_PAID_US: Final = (
    r"^(?!.*\b(?:ow(?:e[ds]?|ing)|not|never|n't|yet|back|due|invoices?|bills?|most|how (?:long|often))\b).*"
    r"\bpa(?:y|ys|id) (?:me|us)\b"
)
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, None})


def paid_up(asked: Asked) -> Plan | None:
    """As in "how much has Orford paid me this year": what came in, not what was invoiced in that time."""
    filters = asked.scope.filters
    payees = [payee for each in filters.mentions for payee in each.payees]
    timed = all(each in TIME_GROUPINGS for each in asked.intent.group_by)
    if asked.intent.measure not in _ADDED or len(filters.mentions) != 1 or not payees or not timed:
        return None
    if filters.accounts or filters.tags or asked.intent.order or not asked.has(_PAID_US):
        return None
    owing = _settled_by(asked, payees)
    if not owing:
        return None
    no_money = (*owing, *(account for account, _ in called_things(asked.names)))  # miles to a client, kept as money is
    arrived = Filters(roots=(Root.ASSETS,), exclude_accounts=no_money, mentions=filters.mentions, sign=1)
    note = f"paid = what came in, whenever it was put on {', '.join(owing)}"
    measure = asked.intent.measure or Measure.SUM
    plan = Plan(measure, arrived, happened(asked), group_by=asked.intent.group_by, reading=(*asked.scope.reading, note))
    return ordered(plan, asked)


def _settled_by(asked: Asked, payees: list[str]) -> tuple[str, ...]:
    """The accounts of what is owed on which entries of these payees put what was earned, and others take it off."""
    rows = asked.names.index.query(
        "WITH earned AS (SELECT DISTINCT entry_id FROM postings WHERE root = 'income')"
        " SELECT account FROM postings WHERE account IN (SELECT unnest(?)) AND payee IN (SELECT unnest(?)) GROUP BY 1"
        " HAVING bool_or(number > 0 AND entry_id IN (FROM earned))"
        " AND bool_or(number < 0 AND entry_id NOT IN (FROM earned)) ORDER BY 1",
        [list(people(asked, Root.ASSETS)), payees],
    )
    return tuple(row[0] for row in rows)
