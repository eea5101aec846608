"""One question with everything known about it, as the makers of plans take it; and what several of them need."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.intent.flags import FLAGGED, LESS_FLAGGED, PADDED
from ledgerqa.dialog.intent.slots import passed_over
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import corrected
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import ENDS
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Period, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Account, Vocabulary
    from ledgerqa.dialog.linking.metadata_keys import Key
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.understanding.scope import Scope

_RANKED = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME})
# "The biggest deficit", "where did we lose most": what was left over was least then.
_LOSS = r"\b(?:loss(?:es)?|los(?:e|t|ing)|deficits?|shortfalls?|in the red|over-?spen[dt]|out of pocket)\b"
_LEAST = r"\b(?:smallest|lowest|least)\b"
_SHORTEST_CYCLE = 62  # days
PERIOD_UNITS = {
    "day": Grouping.DAY,
    "week": Grouping.WEEK,
    "month": Grouping.MONTH,
    "quarter": Grouping.QUARTER,
    "year": Grouping.YEAR,
}


@dataclass(frozen=True)
class Asked:
    """What was said, the filters that its names come to, the metadata key it means, and the ledger's names."""

    said: Said
    scope: Scope
    key: Key | None
    today: dt.date
    names: Vocabulary

    @property
    def intent(self) -> Intent:
        """The question's form."""
        return self.said.intent

    def has(self, pattern: str) -> bool:
        """Whether the folded question matches."""
        return bool(compiled(pattern).search(self.said.folded))


def one_period(asked: Asked) -> Period:
    """The one period meant: the only one, or what all of them have in common, or from the first to the last."""
    if asked.scope.dated_by_tag:
        return Period()
    periods = [each.period for each in asked.said.periods if each.kind != "all"]
    if not periods:
        return next((each.period for each in asked.said.periods), Period())
    if len(periods) == 1:
        return periods[0]
    starts = [each.start for each in periods if each.start]
    ends = [each.end for each in periods if each.end]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is None or end is None or start < end:
        narrowest = min(periods, key=lambda each: (each.end - each.start).days if each.start and each.end else 10**6)
        return (
            narrowest
            if (narrowest.start, narrowest.end) == (start, end)
            else Period(start, end, " ".join(each.label for each in periods))
        )
    return Period(min(starts), max(ends), " and ".join(each.label for each in periods))


def happened(asked: Asked) -> Period:
    """The one period meant, without the days to come that some books already hold entries for."""
    period = one_period(asked)
    ahead = asked.names.last_date() > asked.today
    future = r"\b(?:will|shall|upcoming|scheduled|planned|future|coming|due|expected|forthcoming|to come|ahead)\b"
    if not ahead or period.end is not None or asked.has(future):
        return period
    latest = asked.intent.order is not None and asked.intent.order.by == "date" and asked.intent.order.descending
    if period.start is None and not latest:
        return period
    if period.start is not None and period.start > asked.today:
        return period
    label = f"{period.label}, until {asked.today.isoformat()}" if period.label else f"until {asked.today.isoformat()}"
    return replace(period, end=asked.today + dt.timedelta(days=1), label=label)


def as_of(asked: Asked) -> Period:
    """The period whose end is the day that a balance is meant for."""
    period = one_period(asked)
    named = next((each for each in asked.said.periods if each.at), None)
    if named and named.at and period.end is None:
        return replace(period, start=None, end=named.at)
    return period


def bounded(filters: Filters, asked: Asked) -> Filters:
    """The filters with the bounds on amounts and the weekdays that were said."""
    bounds = asked.said.bounds
    if asked.has(FLAGGED):
        filters = less_flagged(filters, asked) or replace(filters, flags=("!",))
    if asked.has(PADDED):
        filters = replace(filters, flags=("P",))
    return replace(
        filters,
        minimum=bounds.minimum,
        maximum=bounds.maximum,
        inclusive=bounds.inclusive,
        weekdays=asked.said.weekdays,
    )


def less_flagged(filters: Filters, asked: Asked) -> Filters | None:
    """The filters of what is settled, where what is pending is left out; None where it is not, or a name is."""
    named = any(re.search(FLAGGED, fold(each.words)) for each in (*asked.said.phrases, *asked.said.excluded))
    if named or not asked.has(LESS_FLAGGED):
        return None
    rows = asked.names.index.query(
        "SELECT DISTINCT flag FROM entries WHERE flag IS NOT NULL AND flag <> '!' ORDER BY 1"
    )
    return replace(filters, flags=tuple(flag for (flag,) in rows))


def by_date(asked: Asked) -> Order | None:
    """The order that was said, where it is one in time."""
    return asked.intent.order if asked.intent.order and asked.intent.order.by == "date" else None


def ordered(plan: Plan, asked: Asked) -> Plan:
    """The plan with the order and the number of rows that were said; time runs forward where nothing was."""
    intent = asked.intent
    order, limit = intent.order, intent.limit
    if _by_both_ends(plan, asked):
        return replace(plan, order=Order("amount", descending=True), limit=1, key=ENDS)
    if both := _ends_of_a_list(plan, asked):
        return replace(plan, order=both, limit=1, pick="ends")
    if order == Order("amount", descending=True) and _worst_is_least(plan, asked):
        order = Order("amount")
    if order and order.by == "amount" and plan.measure is Measure.NET_INCOME and asked.has(_LOSS):
        order = Order("amount", descending=asked.has(_LEAST))
    if intent.of_each and not plan.compare:
        return replace(plan, order=order, limit=limit or 1, limit_by=intent.of_each)
    if order is None and limit is not None and plan.group_by:
        order = Order("amount", descending=True)
    if order is None and limit is not None and plan.measure is Measure.LIST:
        order = Order("date", descending=True)
    if order is None and plan.group_by and plan.group_by[0] in TIME_GROUPINGS:
        order = Order("key")
    if order and order.by == "date" and plan.measure is not Measure.LIST:
        order = None
    skip = passed_over(corrected(asked.said.folded)) if order is not None and order.by != "key" else 0
    if (intent.single or skip) and limit is None and order is not None and order.by != "key":
        limit = 1
    at_shop = plan.filters.mentions and not (plan.filters.accounts or plan.group_by or plan.compare)
    if plan.measure is Measure.SUM and limit == 1 and at_shop and asked.has(_MOST_AT_ONCE):
        sign: Literal[-1, 0, 1] = 1 if plan.filters.roots == (Root.EXPENSES,) else plan.filters.sign
        plan = replace(plan, measure=Measure.LIST, filters=replace(plan.filters, sign=sign))
    return replace(plan, order=order, limit=limit, skip=skip if limit == 1 else 0)


# "The max we spent at Next": one time that we did, for a sum has no order.
_MOST_AT_ONCE: Final = (
    r"\b(?:the|my|our) (?:max(?:imum)?|most|biggest|highest|largest|least|min(?:imum)?|lowest|smallest)"
    r"(?: amount| sum)?(?: that)? (?:i|we)(?:['’]?ve| have| had)?(?: ever)? (?:spen[dt]|pa(?:y|id))\b"
)


def _by_both_ends(plan: Plan, asked: Asked) -> bool:
    """As in "best and worst month": of the rows by group the first and the last."""
    one = len(plan.group_by) == 1 and not plan.compare and plan.key is None
    return one and plan.measure in _RANKED and cues("cues").found("both_ends", asked.said.folded)


def _ends_of_a_list(plan: Plan, asked: Asked) -> Order | None:
    """As in "cheapest and dearest fill", "when did we first and last go": the order of which both ends are told."""
    order = asked.intent.order
    if plan.measure is not Measure.LIST or plan.group_by or plan.compare or plan.pick or order is None:
        return None
    text = asked.said.folded
    if asked.intent.limit not in {None, 1}:
        return None
    if order.by == "date":
        told = any(cues("trends").found(each, text) for each in ("first_and_last", "then_and_now"))
        return Order("date") if told else None
    if order.by != "amount" or not cues("cues").found("both_ends", text):
        return None
    return Order("amount", descending=True)


def _worst_is_least(plan: Plan, asked: Asked) -> bool:
    """As in "the worst month for ticket sales": where money is earned, the worst is that with the least of it."""
    if not plan.group_by or plan.measure not in _RANKED or not cues("cues").found("worst_alone", asked.said.folded):
        return False
    if plan.measure is Measure.NET_INCOME:
        return True
    filters = plan.filters
    roots = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    return (roots or set(filters.roots)) == {Root.INCOME}


def are_short(asked: Asked) -> bool:
    """Whether the books span too few days for anything monthly to come round thrice."""
    books = asked.names.index.ledger
    return (books.last_date - books.first_date).days < _SHORTEST_CYCLE


def accounts_said(asked: Asked) -> frozenset[str]:
    """All accounts that any name of the question may mean, under whatever root."""
    options = (option for phrase in asked.said.phrases for option in phrase.options)
    return frozenset(name for option in options if option.kind == "account" for name in option.values)


def spoken_currency(asked: Asked) -> str | None:
    """The one currency that the question names, if it is money."""
    known = asked.names.commodities
    monies = [code for code in asked.scope.currencies if code in known]
    return target_of(asked, [code for code in monies if known[code].operating or not known[code].held_at_cost])


_INTO = compiled(
    r"\b(?:turned|changed|converted|exchanged|translated|expressed|back) (?:into|to|in)(?: the)? $|\binto $"
)


def target_of(asked: Asked, codes: Sequence[str]) -> str | None:
    """Of the currencies said the one to turn amounts into ("with the pounds turned into euros"), else the first."""
    for phrase in asked.said.phrases:
        option = phrase.of_kind("currency")
        if option and option.values[0] in codes and _INTO.search(phrase.lead):
            return option.values[0]
    return codes[0] if codes else None


def with_roots(filters: Filters, *roots: Root) -> Filters:
    """The filters kept to these roots, unless accounts say it already."""
    return filters if filters.accounts else replace(filters, roots=tuple(roots))


def groups_of(account: Account) -> frozenset[str]:
    """The synonym groups that the account's last component stands in, as a whole or in part."""
    whole, partly = lexicon().groups_of_name(account.component)
    return whole | partly
