"""What a night cost, where the narrations of a stay say for how many nights it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.nights import SAID_NIGHTS
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import NIGHTS
from ledgerqa.records import Measure, Mention, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_A_NIGHT: Final = compiled(
    r"\bper (?:\w+ )?night\b|\ba night (?:in|at)\b"
    r"|\b(?:cost|price|average|avg|mean)\b[\w ]* (?:a|an|one|of|for|per) (?:\w+ )?night\b"
    r"|\b(?:an?|one) (?:\w+ )?night costs?\b|\bnightly (?:rate|cost|price)\b"
)
_OUT: Final = r"\b(?:nights? out|night (?:shift|train|bus))\b"


def per_night(plan: Plan, asked: Asked) -> Plan:
    """As in "average per night in the London hotel": what was paid there over the nights that its entries say.

    Of several houses those count of which at least one entry says it: a deposit belongs to the stay.
    """
    if plan.measure not in {Measure.SUM, Measure.AVERAGE} or plan.group_by or plan.compare or plan.key:
        return plan
    if not _A_NIGHT.search(asked.said.folded) or asked.has(_OUT):
        return plan
    told = asked.names.index.query(
        "SELECT DISTINCT payee FROM postings WHERE root = 'expenses' AND regexp_matches(narration, ?, 'i')"
        " AND coalesce(payee, '') <> ''",
        [SAID_NIGHTS],
    )
    payees = tuple(sorted(name for (name,) in told))
    mentions = tuple(each for each in plan.filters.mentions if "night" not in each.words.lower())
    if not all(set(each.payees) <= set(payees) for each in mentions) or not mentions:
        mentions = (*mentions, Mention("nights", payees=payees))
    filters = replace(plan.filters, mentions=mentions, sign=0)
    if not payees or not asked.names.booked.meets(filters):
        return plan
    reading = tuple(each for each in plan.reading if not each.lower().startswith("night"))
    return replace(plan, measure=Measure.AVERAGE, per="booking", key=NIGHTS, filters=filters, reading=reading)
