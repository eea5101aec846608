"""Plans for whether something earns what it costs: the income under its name less the expenses under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_KEEP: Final = (
    r"\b(?:pa(?:y|ys|id|ying) (?:its|their|her|his) (?:own )?way|earn(?:s|ed|ing)? (?:its|their|her|his) (?:own )?keep"
    r"|pa(?:y|ys|id|ying) for (?:itself|themselves|herself|himself)|wash(?:es|ed)? its (?:own )?face"
    r"|cover(?:s|ed|ing)? (?:its|their|her|his) (?:own )?(?:costs?|expenses|bills|outgoings)"
    r"|br(?:ea|o)ks? even|break even|turn(?:s|ed)? a profit|self[- ]supporting|self[- ]financing|profitable"
    r"|(?:in|out of) the (?:red|black)|make (?:a )?(?:profit|loss)|(?:more|less) than (?:it|they|she|he) cost)\b"
)


def own_keep(asked: Asked) -> Plan | None:
    """As in "did the plot pay its way": what a name earned less what it cost; None where it is no such question."""
    if not asked.has(_KEEP):
        return None
    for phrase in asked.said.phrases:
        for option in phrase.options:
            if option.kind != "account":
                continue
            income, expenses = (of_roots(asked.names, option.values, (root,)) for root in (Root.INCOME, Root.EXPENSES))
            if not income and not expenses:
                continue
            groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
            note = f"{', '.join((*income, *expenses))}: income less expenses"
            note += (
                "" if income and expenses else f"; no {'expenses stand' if income else 'income stands'} under that name"
            )
            filters = Filters(accounts=(*income, *expenses))
            return Plan(Measure.NET_INCOME, filters, happened(asked), group_by=groups, reading=(note,))
    return None
