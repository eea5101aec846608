"""What something cost net of what it earned: "the bees net of honey", "keeping hens, eggs off"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import bounded, happened, ordered
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_NET: Final = (
    r"\b(?:net|nett|netted) (?:of|off|against)\b|\b(?:less|minus|after|off|knocking off|taking off|deducting"
    r"|allowing for|subtracting|netting)\b"
)
_SUMMED: Final = frozenset({Measure.SUM, Measure.NET_INCOME, None})


def netted(asked: Asked) -> Plan | None:
    """Income less expenses of the accounts named, where those taken off earn and the others cost; else None."""
    filters = asked.scope.filters
    plain = not (asked.intent.compare or filters.mentions or filters.exclude_mentions or filters.currencies)
    if asked.intent.measure not in _SUMMED or not plain or asked.key is not None or not asked.has(_NET):
        return None
    exact = {
        name
        for each in (*asked.said.phrases, *asked.said.excluded)
        if each.best.kind == "account" and not each.weak
        for name in each.best.values
    }
    every = tuple(dict.fromkeys((*filters.exclude_accounts, *filters.accounts)))
    earned = tuple(name for name in exact if asked.names.by_name[name].root is Root.INCOME)
    cost = tuple(name for name in every if asked.names.by_name[name].root is Root.EXPENSES)
    off = {name for name in filters.exclude_accounts if asked.names.by_name[name].root is Root.INCOME}
    after = not filters.exclude_accounts and _is_after(asked, earned)
    if not earned or not cost or set(filters.accounts) & set(earned) or not (off or after):
        return None
    if {asked.names.by_name[name].root for name in every} - {Root.INCOME, Root.EXPENSES}:
        return None
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    note = f"{', '.join(sorted(earned))} less {', '.join(cost)}"
    kept = bounded(Filters(accounts=(*sorted(earned), *cost), tags=filters.tags), asked)
    return ordered(Plan(Measure.NET_INCOME, kept, happened(asked), group_by=groups, reading=(note,)), asked)


def _is_after(asked: Asked, earned: tuple[str, ...]) -> bool:
    """As in "what did the hens cost after eggs": what is named last, and led so, earns."""
    last = asked.said.phrases[-1] if len(asked.said.phrases) > 1 else None
    led = last is not None and last.lead.rstrip().endswith(("after", "after the", "after my", "after our"))
    off = last is not None and asked.has(rf"\b{re.escape(fold(last.words))} (?:(?:taken|knocked|netted) )?off\b")
    return (led or off) and last is not None and set(last.best.values) == set(earned)
