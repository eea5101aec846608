"""What customers paid, where invoices stand on receivables until they do: the money that came in, and no income.

As in "how much did clients pay us in Q2", "and how much came in?" after what was invoiced, "invoiced vs paid in 2024".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Measure, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_BILLED: Final = r"\b(?:invoiced?|invoices|invoicing|billed|billings?|bill)\b"
_PAID: Final = (
    r"(?:came in|come in|coming in|came through|(?:was|were|got|been|get|gets?) paid|paid|pay|pays|received?"
    r"|get|got|took in|taken in|collected?|cash(?:ed)? in|payments?|receipts|takings|money in|actually (?:came|got) in)"
)
_FROM_THEM: Final = (
    r"\b(?:clients?|customers?) (?:actually |really )?(?:have |has |had )?(?:paid|pay|send|sent)\b(?! (?:off|for)\b)"
    r"|\b(?:came|come|coming|received?|collected?|got|payments?|receipts|money|cash)(?: in)? (?:\w+ )?(?:from|by)"
    r" (?:our |my |the |all )?(?:clients?|customers?)\b|\b(?:client|customer) (?:payments|receipts)\b"
)
_SET: Final = r"(?:,? (?:vs\.?|versus|against|compared (?:to|with)|and|or|as against)|/)"
_BOTH: Final = rf"{_BILLED}.{{0,60}}?{_SET} (?:\w+ ){{0,6}}?{_PAID}\b|\b{_PAID} ?(?:vs\.?|versus|against) {_BILLED}"
_FURTHER: Final = (
    r"^(?:(?:and|so|but|ok),? )*(?:how much|what)(?: of (?:it|that|this|those|them))?"
    r"(?: (?:did|do|have|has|had|was|is|we|i|they|it|actually|really|ever|of that|of it|money|then|been))*"
    rf" {_PAID}(?: (?:for|in|us|me|so far|yet))*\W*$"
)
_NOT_THIS: Final = (
    r"\bhow (?:many|often|long|late|fast|quickly)\b|\b(?:when|who|which|open)\b|\b(?:not|n.?t|un)[ -]?(?:yet )?paid\b"
)


def came_in(asked: Asked) -> Plan | None:
    """The plan for what was paid of invoices, beside what was invoiced where both are asked for; else None."""
    if asked.has(_NOT_THIS) or asked.scope.filters.links or asked.scope.filters.tags:
        return None
    both = asked.has(_BOTH)
    if not (both or asked.has(_FROM_THEM) or _goes_on(asked)):
        return None
    mentions = tuple(each for each in asked.scope.filters.mentions if each.payees)
    due = _receivables(asked)
    due = of_those(asked, mentions, due) if mentions else due
    if not due:
        return None
    paid = Filters(roots=(Root.ASSETS,), exclude_accounts=due, alongside=due, mentions=mentions, sign=1)
    groups, period, names = asked.intent.group_by, happened(asked), ", ".join(due)
    note = f"paid = what came in with what went off {names}"
    if not both:
        return Plan(Measure.SUM, paid, period, group_by=groups, reading=(note,))
    billed = Filters(accounts=due, mentions=mentions, sign=1)
    sides = (Variant("invoiced", billed, period), Variant("paid", paid, period))
    return Plan(Measure.SUM, Filters(), period, compare=sides, reading=(f"invoiced = what is put on {names}", note))


def _goes_on(asked: Asked) -> bool:
    """As in "what did we invoice in Q2?" and then "and how much came in?"."""
    earlier = asked.said.earlier
    return bool(earlier and re.search(_BILLED, earlier.folded) and asked.has(_FURTHER))


def _receivables(asked: Asked) -> tuple[str, ...]:
    """The accounts on which what is earned is put until it is paid."""
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account FROM postings p JOIN postings i ON i.entry_id = p.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.number > 0 AND i.root = 'income' ORDER BY 1",
        [list(people(asked, Root.ASSETS, "clients"))],
    )
    return tuple(row[0] for row in rows)
