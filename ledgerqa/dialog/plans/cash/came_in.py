"""What customers paid, where invoices stand on receivables until they do: the money that came in, and no income.

As in "how much did clients pay us in Q2", "and how much came in?" after what was invoiced, "invoiced vs paid in 2024".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.book.by_labels import label_of_payee
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.debtors import owed_as
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Measure, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_BILLED: Final = r"\b(?:invoiced?|invoices|invoicing|billed|billings?|bill)\b"
_PAID: Final = (
    r"(?:came in|come in|coming in|came through|(?:was|were|got|been|get|gets?) paid|paid|pay|pays|received?"
    r"|get|got|took in|taken in|collected?|cash(?:ed)? in|payments?|receipts|takings|money in"
    r"|actually (?:(?:came|got) )?in)"
)
_FROM_THEM: Final = (
    r"\b(?:clients?|customers?) (?:actually |really )?(?:have |has |had )?(?:paid|pay|send|sent)\b(?! (?:off|for)\b)"
    r"|\b(?:came|come|coming|received?|collected?|got|payments?|receipts|money|cash)(?: in)? (?:\w+ )?(?:from|by)"
    r" (?:our |my |the |all )?(?:clients?|customers?)\b|\b(?:client|customer) (?:payments|receipts)\b"
)
_PAID_US: Final = r"^(?:and |so )?(?:what|how much)\b.*\bpa(?:y|id) (?:us|me)\b(?! (?:for|back)\b)"
_SET: Final = r"(?:,? (?:vs\.?|versus|against|compared (?:to|with)|and|or|as against)|/)"
_BOTH: Final = rf"{_BILLED}.{{0,60}}?{_SET} (?:\w+ ){{0,6}}?{_PAID}\b|\b{_PAID} ?(?:vs\.?|versus|against) {_BILLED}"
_FURTHER: Final = (
    r"^(?:(?:and|so|but|ok),? )*(?:how much|what)(?: of (?:it|that|this|those|them))?"
    r"(?: (?:did|do|have|has|had|was|is|we|i|they|it|actually|really|ever|of that|of it|money|then|been))*"
    rf" {_PAID}(?: (?:for|in|us|me|so far|yet))*\W*$"
)
_ARRIVED: Final = (
    r"\b(?:actually|really)\b.*\b(?:get|got|received?|in|paid)\b|\b(?:come|came|coming|comes) in\b|\bcollect(?:ed)?\b"
    r"|\b(?:get|got|getting|paid|brought|had|taken?|took)(?: \w+)? in\b(?! (?:<|20\d\d|the\b|total|all\b))"
)
_NOT_THIS: Final = (
    r"\bhow (?:many|often|long|late|fast|quickly)\b|\b(?:when|who|which|open)\b|\b(?:not|n.?t|un)[ -]?(?:yet )?paid\b"
    r"|\b(?:still|yet|left|due|waiting|supposed|expected)\b(?: \w+){0,2} to (?:come|be paid)\b"
    r"|\bstill (?:coming|outstanding|out)\b|\bwaiting (?:for|on)\b"
)


_BOTH_WAYS: Final = r"\b(?:went|goes|going|gone|paid|go) out\b"


def came_in(asked: Asked) -> Plan | None:
    """The plan for what was paid of invoices, beside what was invoiced where both are asked for; else None."""
    if asked.has(_NOT_THIS) or asked.scope.filters.links or asked.scope.filters.tags:
        return None
    both = asked.has(_BOTH)
    of_income = _of_income(asked) if (asked.has(_ARRIVED) and not asked.has(_BOTH_WAYS)) or both else ()
    mentions = tuple(each for each in asked.scope.filters.mentions if each.payees)
    labelled = any(label_of_payee(each, asked.names) for each in mentions)  # who is not told by their payments alone
    paid_us = labelled and not asked.scope.filters.accounts and asked.has(_PAID_US)
    if not (both or of_income or asked.has(_FROM_THEM) or paid_us or _goes_on(asked)):
        return None
    due = of_income or _receivables(asked)
    due = of_those(asked, mentions, due) if mentions else due
    if not due:
        return None
    less = Filters(exclude_mentions=asked.scope.filters.exclude_mentions, exclude_tags=asked.scope.filters.exclude_tags)
    paid = replace(less, roots=(Root.ASSETS,), exclude_accounts=due, alongside=due, mentions=mentions, sign=1)
    groups, period, names = asked.intent.group_by, happened(asked), ", ".join(due)
    note = f"paid = what came in with what went off {names}"
    if not both:
        return Plan(Measure.SUM, paid, period, group_by=groups, reading=(note,))
    billed = replace(less, accounts=due, mentions=mentions, sign=1)
    sides = (Variant("invoiced", billed, period), Variant("paid", paid, period))
    return Plan(Measure.SUM, Filters(), period, compare=sides, reading=(f"invoiced = what is put on {names}", note))


def _of_income(asked: Asked) -> tuple[str, ...]:
    """As in "how much rent has come in": the accounts on which all of the income is put that is named."""
    due = owed_as(asked, people(asked, Root.ASSETS))
    named = of_roots(asked.names, asked.scope.filters.accounts, (Root.INCOME,))
    if not due or not named:
        return due
    below, within = at_or_below(named)
    rows = asked.names.index.query(
        f"SELECT 1 FROM postings WHERE root = 'income' AND {below} AND entry_id NOT IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?))) LIMIT 1",
        [*within, list(due)],
    )
    return () if rows else due


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
