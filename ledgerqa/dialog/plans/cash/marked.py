"""What entries themselves say of how a payment went: "when did the pay come late", where one says "pay, late!"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Mention

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

_MARKED: Final = compiled(
    r"\b(?:c[ao]me|comes|coming|arrived?|arrives|land(?:ed)?|pa(?:id|y|ys|ying)|was|were|is|been|be|turn(?:ed)? up|sent"
    r"|got|went|in|again|it|them|us|me) (?:(?:in|through|out|too|so|very|really|up|a bit|rather) )*"
    r"(?P<how>late|early|short|in advance|by mistake|in part)\b(?! (?:in|on|last|this|at|for|from|of|fees?|in the)\b)"
    r"|\b(?:was|is|were|are) (?:[\w'’-]+ ){1,5}(?:ever |once )?(?P<ever>late|early|short)\b(?=\W*$)"
    r"|\b(?P<first>late|early|partial) (?:ones?|pay(?:ment|day)?s?|rents?|instal?ments?|deliver(?:y|ies))\b"
)
_COUNTED: Final = frozenset({Measure.LIST, Measure.SUM, Measure.COUNT})


def as_marked(plan: Plan, asked: Asked) -> Plan:
    """The plan kept to the entries that say so, where some of those asked about do and others do not."""
    found = _MARKED.search(asked.said.folded)
    named = plan.filters.accounts or plan.filters.mentions
    if found is None or plan.measure not in _COUNTED or plan.compare or not named:
        return plan
    how = found["how"] or found["ever"] or found["first"]
    if any(how in words.lower() for words in (*plan.filters.tags, *(each.words for each in plan.filters.mentions))):
        return plan
    mention = Mention(how, pattern=rf"\b{how}\b")
    marked = replace(plan.filters, mentions=(*plan.filters.mentions, mention))
    if not asked.names.booked.meets(marked):
        return plan
    told = plan.measure is Measure.SUM and not asked.has(r"\b(?:how much|total|sum|altogether|in all)\b")
    return replace(plan, filters=marked, measure=Measure.LIST if told else plan.measure)
