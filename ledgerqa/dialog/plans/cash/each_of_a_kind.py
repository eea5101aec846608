"""What each thing of a kind earned, cost, or left over: "profit on each flat", "what did each flat cost me".

The books keep the things apart by name below rent, repairs and whatever else; a side of the answer is all that is
called so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.linking.kinds import FLOWS, of_member
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.ranked import sides_by_worth
from ledgerqa.dialog.understanding.told_by_kind import members_said
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.NET_INCOME, None})
_SPENT: Final = r"\b(?:costs?|spen[dt]|expenses?|outgoings?|dear(?:er|est)|cheap(?:er|est)|expensive)\b"
_EARNED: Final = r"\b(?:earn(?:s|ed|ing|ings)?|br(?:ing|ought)(?:s|ing)?|income|takings?|took)\b"
_LEFT: Final = (
    r"\b(?:profit\w*|ma(?:k(?:es?|ing)|de)|after (?:all )?(?:the |its |my )?(?:costs|expenses|bills)|net"
    r"|clear(?:s|ed)?)\b"
)


def each_of_a_kind(asked: Asked) -> Plan | None:
    """The two sides, or the one that was said, of each thing; None where no kind or nothing of it is asked for."""
    said = asked.said
    members = members_said(said, asked.names) if asked.intent.measure in _ADDED else ()
    if not members or said.excluded or set(asked.intent.group_by) & TIME_GROUPINGS:
        return None
    roots = _roots(asked)
    sides = {each: of_member(each, roots, asked.names) for each in members}
    kept = {each: accounts for each, accounts in sides.items() if accounts}
    if not roots or len(kept) < len(members):
        return None
    variants = tuple(Variant(each, Filters(accounts=accounts), Period()) for each, accounts in kept.items())
    if roots == FLOWS:
        note = "each = income less expenses of all accounts called so"
        return Plan(Measure.NET_INCOME, Filters(), happened(asked), compare=variants, reading=(note,))
    note = "each = all accounts called so"
    return sides_by_worth(Plan(Measure.SUM, Filters(), happened(asked), compare=variants, reading=(note,)), asked)


def _roots(asked: Asked) -> frozenset[Root]:
    """Which sides are meant; none where the words do not say."""
    if asked.intent.measure is Measure.NET_INCOME or asked.has(_LEFT):
        return FLOWS
    if cues("cues").found("own_keep", asked.said.folded):
        return FLOWS
    if asked.has(_SPENT) or asked.intent.flow == "spend":
        return frozenset({Root.EXPENSES})
    return frozenset({Root.INCOME}) if asked.has(_EARNED) or asked.intent.flow == "income" else frozenset()
