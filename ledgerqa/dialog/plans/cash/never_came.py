"""Money that is said to have come in where none ever did: "how much did Mum send me", to whom all of it went."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Filters, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_CAME_IN: Final = (
    r"\b(?:receiv\w+|earn\w*)\b.*\bfrom\b"
    r"|\b(?:c[ao]me|comes|coming) (?:in )?from\b"
    r"|\bg[eo]t(?:ting)? (?:any )?(?:money|cash|paid) (?:from|by)\b|\bpaid by\b.* to (?:me|us)\b"
    r"|\b(?:sen[dt]|sends|gives?|gave|given|pa(?:y|ys|id)|wired?|transferred) (?:me|us)\b"
)
_WENT_OUT: Final = (
    r"\b(?:spen[dt]|spending|costs?|bought|buy|expenses?|bills?|fees?|refund\w*|back|owe[sd]?"
    r"|(?:i|we) (?:\w+ )?(?:pay|paid|give|gave|sen[dt]))\b"
)
_SUMMED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})


def never_came(plan: Plan, asked: Asked) -> Plan | Refusal | None:
    """Why there is no figure, or what came back, where the entries named only ever spend; None where some came in."""
    named = plan.filters.mentions or plan.filters.accounts
    if plan.measure not in _SUMMED or not named or plan.compare or not asked.has(_CAME_IN) or asked.has(_WENT_OUT):
        return None
    if not _only_spends(plan.filters, asked):
        return None
    if asked.names.booked.came_back(plan.filters):
        note = "what came back: all else under that name was spent"
        return replace(plan, filters=replace(plan.filters, sign=-1), reading=(*plan.reading, note))
    who = " and ".join(f"“{each.words}”" for each in plan.filters.mentions) or " and ".join(plan.filters.accounts)
    offered = asked.scope.filters.mentions[0].words if plan.filters.mentions else plan.filters.accounts[0]
    sentence = f"No money came in from {who}: what is booked there was spent."
    return Refusal(sentence, (f"How much did I spend on {offered}?",))


def _only_spends(filters: Filters, asked: Asked) -> bool:
    """Whether all that bears the names, tags and accounts are expenses, paid by assets or debts."""
    if filters.accounts:
        return all(asked.names.by_name[name].root is Root.EXPENSES for name in filters.accounts)
    touched = asked.names.booked.roots_touched(filters)
    return filters.roots == (Root.EXPENSES,) and Root.EXPENSES in touched and Root.INCOME not in touched
