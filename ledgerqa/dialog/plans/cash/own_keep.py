"""Plans for whether something earns what it costs: the income under its name, or its tag, less the expenses there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.both_ways import asks_both_ways
from ledgerqa.dialog.plans.wealth.persons import person_of
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


def own_keep(asked: Asked) -> Plan | None:
    """As in "did the plot pay its way": what a name earned less what it cost; None where it is no such question."""
    if not cues("cues").found("own_keep", asked.said.folded) or asks_both_ways(asked.said.folded):
        return None
    if cues("cues").found("own_pocket", asked.said.folded) and person_of(asked):
        return None  # "what did Ana pay for herself"
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    for phrase in asked.said.phrases:
        if (tag := phrase.of_kind("tag")) and phrase.best.kind == "tag":
            meant = tuple(name for name in asked.scope.filters.tags if name in tag.values) or tag.values
            note = f"all that is tagged {', '.join(f'#{name}' for name in meant)}: income less expenses"
            return Plan(Measure.NET_INCOME, Filters(tags=meant), happened(asked), group_by=groups, reading=(note,))
        for option in phrase.options:
            if option.kind != "account":
                continue
            income, expenses = (of_roots(asked.names, option.values, (root,)) for root in (Root.INCOME, Root.EXPENSES))
            if not income and not expenses:
                continue
            note = f"{', '.join((*income, *expenses))}: income less expenses"
            note += (
                "" if income and expenses else f"; no {'expenses stand' if income else 'income stands'} under that name"
            )
            filters = Filters(accounts=(*income, *expenses))
            return Plan(Measure.NET_INCOME, filters, happened(asked), group_by=groups, reading=(note,))
    return None
