"""Questions of what is told apart by tags: how many trips there were, and which of them cost most."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import fold, is_plural
from ledgerqa.dialog.linking.trip_tags import trip_tags
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


_AWAY = frozenset("holiday holidays vacation vacations getaway getaways trip trips".split())
_TRIPS = r"\b(?:trips?|holidays?|vacations?|getaways?)\b"
_HOW_MANY = r"\bhow many (?:different |other )?(?:trips|holidays|vacations|getaways)\b"


def of_trips(asked: Asked, filters: Filters, measure: Measure) -> bool:
    """As in "how many trips did we take": not the entries are counted, but the tags that are called so."""
    counted = any(
        phrase.of_kind("tag")
        and is_plural(phrase.words)
        and re.search(r"\bhow many(?: different| such)? $", phrase.lead)
        for phrase in asked.said.phrases
    )
    return measure is Measure.COUNT and counted and len(filters.tags) > 1 and not asked.intent.group_by


def whole_trips(plan: Plan, asked: Asked) -> Plan:
    """As in "what did our holidays cost", by trip: all that was spent on each, not what the account of travel has."""
    accounts = plan.filters.accounts
    named = {name for each in asked.said.phrases if fold(each.words) in _AWAY for name in each.best.values}
    by_trip = plan.measure is Measure.SUM and plan.group_by == (Grouping.TAG,) and not plan.filters.tags
    counted = plan.measure is Measure.COUNT and not plan.filters.tags and asked.has(_HOW_MANY)
    said = accounts or (not plan.filters.mentions and asked.has(_TRIPS))
    tags = trip_tags(asked.names) if (by_trip or counted) and said and named.issuperset(accounts) else ()
    if not tags or (counted and len(tags) < 2):
        return plan
    plan = replace(plan, count_of="tags") if counted else plan
    filters = replace(plan.filters, accounts=(), roots=(Root.EXPENSES,), tags=tags)
    notes = tuple(each for each in plan.reading if not any(name in each for name in accounts))
    return replace(plan, filters=filters, reading=(*notes, f"trips = {', '.join(f'#{tag}' for tag in tags)}"))


def ranked_in_one_currency(plan: Plan, asked: Asked) -> Plan:
    """As in "which trip was the cheapest": what was paid in several currencies is ranked at their rates.

    What has no rate stays in its own currency, and is told beside.
    """
    ranked = plan.group_by == (Grouping.TAG,) and plan.measure is Measure.SUM and asked.intent.order is not None
    main = next(iter(asked.names.operating), None)
    if not ranked or plan.convert_to or main is None or plan.filters.currencies or plan.compare:
        return plan
    there = [code for code in asked.names.booked.currencies(plan.filters) if code != main]
    rated = asked.names.booked.rated_in(main)
    if not rated.intersection(there):
        return plan
    notes = [f"several currencies are ranked by what they come to in {main}"]
    if left_out := [code for code in there if code not in rated]:
        notes.append(f"{', '.join(left_out)} left aside: no rate to {main} is known")
    return replace(plan, convert_to=main, reading=(*plan.reading, *notes))
