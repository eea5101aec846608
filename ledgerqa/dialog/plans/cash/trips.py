"""Questions of what is told apart by tags: how many trips there were, and which of them cost most."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import is_plural
from ledgerqa.records import Filters, Grouping, Measure, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


def of_trips(asked: Asked, filters: Filters, measure: Measure) -> bool:
    """As in "how many trips did we take": not the entries are counted, but the tags that are called so."""
    counted = any(
        phrase.of_kind("tag")
        and is_plural(phrase.words)
        and re.search(r"\bhow many(?: different| such)? $", phrase.lead)
        for phrase in asked.said.phrases
    )
    return measure is Measure.COUNT and counted and len(filters.tags) > 1 and not asked.intent.group_by


def ranked_in_one_currency(plan: Plan, asked: Asked) -> Plan:
    """As in "which trip was the cheapest": what was paid in several currencies is ranked at their rates."""
    ranked = plan.group_by == (Grouping.TAG,) and plan.measure is Measure.SUM and asked.intent.order is not None
    main = next(iter(asked.names.operating), None)
    if not ranked or plan.convert_to or main is None or plan.filters.currencies or plan.compare:
        return plan
    rows = asked.names.index.query(
        "SELECT DISTINCT p.currency FROM postings p JOIN tags t ON t.entry_id = p.entry_id"
        " WHERE (len(?::VARCHAR[]) = 0 OR t.tag IN (SELECT unnest(?::VARCHAR[])))"
        " AND p.root IN (SELECT unnest(?::VARCHAR[]))",
        [*[list(plan.filters.tags)] * 2, [root.value for root in plan.filters.roots]],
    )
    known = asked.names.commodities
    others = [code for (code,) in rows if code != main]
    if not others or not all(known[code].priced for code in others if code in known):
        return plan
    note = f"several currencies are ranked by what they come to in {main}"
    return replace(plan, convert_to=main, reading=(*plan.reading, note))
