"""Questions of what is told apart by tags: how many trips there were, and which of them cost most."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.dialog.intent.intents import Context, detect
from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.words import fold, is_plural, name_stems
from ledgerqa.dialog.linking.trip_tags import trip_tags
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    return measure is Measure.COUNT and counted and bool(filters.tags) and not asked.intent.group_by


def _tags_of_trips(asked: Asked) -> tuple[str, ...]:
    """The tags of trips; none where a key of their own tells these apart: `trip: "lisbon"`."""
    keyed = any(_AWAY.intersection(name_stems(key)) for key in asked.names.labels)
    return () if keyed else trip_tags(asked.names)


def whole_trips(plan: Plan, asked: Asked) -> Plan:
    """As in "what did our holidays cost", by trip: all that was spent on each, not what the account of travel has."""
    accounts = plan.filters.accounts
    named = {name for each in asked.said.phrases if fold(each.words) in _AWAY for name in each.best.values}
    by_trip = plan.measure is Measure.SUM and Grouping.TAG in plan.group_by and not plan.filters.tags
    counted = plan.measure is Measure.COUNT and not plan.filters.tags and asked.has(_HOW_MANY)
    said = accounts or (not plan.filters.mentions and asked.has(_TRIPS))
    tags = _tags_of_trips(asked) if (by_trip or counted) and said and named.issuperset(accounts) else ()
    if not tags or (counted and len(tags) < 2):
        return plan
    plan = replace(plan, count_of="tags") if counted else plan
    filters = replace(plan.filters, accounts=(), roots=(Root.EXPENSES,), tags=tags)
    notes = tuple(each for each in plan.reading if not any(name in each for name in accounts))
    return replace(plan, filters=filters, reading=(*notes, f"trips = {', '.join(f'#{tag}' for tag in tags)}"))


def ranked_in_one_currency(plan: Plan, asked: Asked) -> Plan:
    """As in "which trip was the cheapest", "the best quarter": what is in several currencies is ranked at their rates.

    What has no rate stays in its own currency, and is told beside.
    """
    order = asked.intent.order
    by_tag = plan.group_by == (Grouping.TAG,) and order is not None
    ranked = by_tag or _another_comes_first(plan, asked)
    return in_main_money(plan, asked) if ranked and plan.measure is Measure.SUM else plan


def _another_comes_first(plan: Plan, asked: Asked) -> bool:
    """As in "the best quarter for dividends", where those in francs, at their rates, make it another one.

    Only which one is first is told here, and no figure.
    """
    order, filters = asked.intent.order, plan.filters
    first = order is not None and order.by == "amount" and (asked.intent.limit == 1 or asked.intent.single)
    main = next(iter(asked.names.operating), None)
    timed = len(plan.group_by) == 1 and plan.group_by[0] in TIME_GROUPINGS
    if not (first and timed and main) or replace(filters, accounts=(), roots=()) != Filters():
        return False
    (below, within), roots = at_or_below(filters.accounts), [each.value for each in filters.roots]
    newest = asked.names.index.query("SELECT base, arg_max(rate, date) FROM rates WHERE quote = ? GROUP BY 1", [main])
    rates = {base: Decimal(rate) for base, rate in newest}
    rows = asked.names.index.query(
        "SELECT date_trunc(?, date), currency, sum(number)"
        f" FROM postings WHERE {below}"
        " AND (len(?::VARCHAR[]) = 0 OR root IN (SELECT unnest(?::VARCHAR[])))"
        " AND date >= coalesce(?, date) AND date < coalesce(?, date + 1) GROUP BY 1, 2 ORDER BY 1, 2",
        [plan.group_by[0].value, *within, roots, roots, plan.period.start, plan.period.end],
    )
    alone: dict[object, Decimal] = {}
    valued: dict[object, Decimal] = {}
    for time, currency, number in rows:
        alone[time] = alone.get(time, Decimal()) + (number if currency == main else 0)
        valued[time] = valued.get(time, Decimal()) + number * (1 if currency == main else rates.get(currency, 0))
    best = max if order and order.descending else min
    return bool(rows) and _of_best(alone, best) != _of_best(valued, best)


def _of_best(sums: dict[object, Decimal], best: Callable[[Iterable[Decimal]], Decimal]) -> object:
    """The time whose sum is the best, whichever its sign."""
    sizes = {time: abs(each) for time, each in sums.items()}
    return next(time for time, each in sizes.items() if each == best(sizes.values()))


def in_main_money(plan: Plan, asked: Asked) -> Plan:
    """The plan of what is ranked turned into the money that the books are kept in, where there are rates."""
    main = next(iter(asked.names.operating), None)
    if plan.convert_to or main is None or plan.filters.currencies or plan.compare:
        return plan
    there = [code for code in asked.names.booked.currencies(plan.filters) if code != main]
    rated = asked.names.booked.rated_in(main)
    if not rated.intersection(there):
        told = (plan.limit or asked.intent.single) and there
        note = f"{', '.join(there)} left aside: no rate to {main} is known"
        return replace(plan, reading=(*plan.reading, note)) if told else plan
    notes = [f"several currencies are ranked by what they come to in {main}"]
    if left_out := [code for code in there if code not in rated]:
        notes.append(f"{', '.join(left_out)} left aside: no rate to {main} is known")
    return replace(plan, convert_to=main, reading=(*plan.reading, *notes))


_KINDS = r"(?:trip|holiday|vacation|getaway|journey)s?"
_MANY = r"(?:trips|holidays|vacations|getaways|journeys)"
_DEAR = r"(?:most expensive|dearest|priciest|costliest|biggest)"
_CHEAP = r"(?:cheapest|least expensive)"
_RANKED = compiled(
    rf"\b(?:(?P<dear>{_DEAR})|(?P<cheap>{_CHEAP}))(?: \d+| two| three| five)? (?P<what>{_KINDS})\b"
    r"(?! (?:cost|expense|item|bill)s?\b)"
    rf"|\b(?:which|what) (?:of (?:the|our|my) )?(?P<one>{_KINDS}) (?:was|were|is|cost|did)\b.*?"
    rf"\b(?:(?P<most>{_DEAR}|(?:the )?most(?! recent))|(?P<least>{_CHEAP}|(?:the )?least))\b"
)
_EACH = compiled(
    rf"\b(?:each|every)(?: one)? (?:of )?(?:the |our |my |these |those )?{_KINDS}\b(?! (?:day|night|to|in)\b)"
    rf"|\b(?:rank|compare|list)(?: all| each of)?(?: the| our| my)? {_KINDS}\b(?! (?:to|in)\b)"
    rf"|\b(?:what|how much) did (?:all )?(?:the|our|my|these|those) {_MANY} (?:cost|come to|set us back)\b(?! per\b)"
    rf"|\b{_KINDS},? (?:ranked|sorted|compared|one by one|side by side|by (?:cost|what they cost))\b"
)
_LATEST = compiled(
    r"\b(?P<which>last|latest|most recent|newest|first) (?:trip|holiday|vacation|getaway)\b(?! to\b)(?! in [a-z])"
)
# What it came to by the day, or what was spent at another time.
_NOT_ALL_OF_IT = (
    r"\b(?:since|before|until|till|after|than|between)\b|\b(?:per|each|every|average|on average)\b"
    r"|\ba (?:day|night|week|head|person)\b"
)


def trips_ranked(asked: Asked) -> Plan | None:
    """As in "our three dearest trips", "cheapest holiday": by all that each came to, and no single booking of one."""
    found, each = _RANKED.search(asked.said.folded), _EACH.search(asked.said.folded)
    measured = asked.intent.measure in {Measure.SUM, Measure.LIST, Measure.METADATA, None}
    measured = measured and not (each and detect(asked.said.folded.replace(each.group(), " "), Context()).group_by)
    tags = _tags_of_trips(asked) if (found or (each and measured)) and _nothing_else(asked) else ()
    if found is None and len(tags) > 1:
        return _each_trip(tags, asked)
    if found is None or len(tags) < 2:
        return None
    several = (found["what"] or found["one"]).endswith("s")
    limit = asked.intent.limit or (None if several and not found["one"] else 1)
    order = Order("amount", descending=not (found["cheap"] or found["least"]))
    note = f"trips = {', '.join(f'#{tag}' for tag in tags)}"
    filters = Filters(roots=(Root.EXPENSES,), tags=tags)
    plan = Plan(
        Measure.SUM, filters, happened(asked), group_by=(Grouping.TAG,), order=order, limit=limit, reading=(note,)
    )
    return ranked_in_one_currency(plan, asked)


def _each_trip(tags: tuple[str, ...], asked: Asked) -> Plan:
    """As in "what did each of our trips cost", "rank the trips"."""
    note = f"trips = {', '.join(f'#{tag}' for tag in tags)}"
    filters = Filters(roots=(Root.EXPENSES,), tags=tags)
    plan = Plan(Measure.SUM, filters, happened(asked), group_by=(Grouping.TAG,), reading=(note,))
    ranked = asked.intent.order or asked.has(r"\b(?:rank|sort)")
    return in_main_money(replace(plan, order=Order("amount", descending=True)), asked) if ranked else plan


def latest_trip(asked: Asked) -> Plan | None:
    """As in "what did our last trip cost": the one booked last, of those with entries in the time said, until today."""
    found = _LATEST.search(asked.said.folded)
    asks = asked.intent.measure in {Measure.SUM, Measure.LIST, None} and not asked.has(r"\b(?:when|where|who|which)\b")
    asks = asks and not asked.has(_NOT_ALL_OF_IT)
    tags = trip_tags(asked.names) if found and asks and _nothing_else(asked) else ()
    if found is None or len(tags) < 2:
        return None
    period = happened(asked)
    rows = asked.names.index.query(
        "SELECT t.tag FROM tags t JOIN entries e USING (entry_id) WHERE t.tag IN (SELECT unnest(?)) AND e.date <= ?"
        " AND e.date >= coalesce(?, e.date) AND e.date < coalesce(?, e.date + 1) GROUP BY 1 ORDER BY max(e.date), 1",
        [list(tags), asked.today, period.start, period.end],
    )
    if not rows:
        return None
    tag = rows[0 if found["which"] == "first" else -1][0]
    filters = Filters(roots=(Root.EXPENSES,), tags=(tag,))
    return Plan(Measure.SUM, filters, reading=(f"{found['which']} trip = #{tag}",))


def _nothing_else(asked: Asked) -> bool:
    """Whether the question names no more than trips."""
    said = (fold(each.words) for each in asked.said.phrases)
    lost = (
        words
        for words in asked.said.unknown
        if not re.search(rf"^(?:(?:each|every|all|of|our|the) )*{_KINDS}$", fold(words))
    )
    return all(re.fullmatch(rf"(?:\w+ )?{_KINDS}", words) for words in said) and not list(lost)
