"""What comes round: which payments rose, the dearest of them, what one pays at present, and on which day.

What comes round at a steady interval has a present price, its latest booking; of anything else the present is an
average of the last months.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.calendar.calendar_units import add_months
from ledgerqa.dialog.calendar.periods import is_faint
from ledgerqa.dialog.intent.intents import Intent, asks_of_a_raise
from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, is_plural
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, one_period
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.take_home import TAKE_HOME, pays, take_home
from ledgerqa.dialog.plans.courses.cycles import on_cycle
from ledgerqa.dialog.plans.courses.stays_away import longest_gap
from ledgerqa.dialog.plans.courses.subscribed import not_subscribed
from ledgerqa.dialog.plans.several_meant import several_meant
from ledgerqa.plan_keys import CHANGE, CUMULATIVE, FALL, RISE, USUAL_DAY, WHY
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Mention, Order, Period, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from ledgerqa.records import Outcome

_WORDS: Final = "trends"
_DAY: Final = dt.timedelta(days=1)
_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.AVERAGE, Measure.PRICE, Measure.RECURRING, None})
_PLAIN: Final = ("paying_now", "changed_when", "longest_gap")
_FEWEST: Final = 3
_LOOKED_AT: Final = 24  # bookings back from the newest, by which it is told whether they come round
_SELDOM: Final = 3  # so many bookings to a change of a steady amount, at least
_SHORTEST: Final = 6  # days between two payments that come round
_MOST_PAYEES: Final = 20
_A_YEAR: Final = 366
_OF_LATE: Final = 45  # days before the newest booking
_MONTHS: Final = 12  # that an average at present goes over
_UP: Final = r"\b(?:down|cheaper|less|fell|fallen|dropped|decreas\w+|lower)\b"


def asks_of_the_regular(text: str) -> bool:
    """Whether a question is for sure about what comes round: which of it rose, which is dearest, on which day."""
    words, folded = cues(_WORDS), fold(text)
    return any(words.found(each, folded) for each in ("which_rose", "dearest", "cheapest", "usual_day", *_PLAIN))


def regular(asked: Asked) -> Outcome | None:
    """The plan of a question about what comes round; None where it is none."""
    rules = asked.said.by_rules or asked.intent
    if stays_away := longest_gap(asked):
        return stays_away
    if stepped := _changed(asked):
        return stepped
    if asked.intent.key == CHANGE:
        return _steps(asked)
    if (
        asked.intent.key in {CUMULATIVE, RISE, FALL, WHY}
        or asked.scope.currencies
        or asked.said.bounds.spans
        or rules.measure not in _FLOWS
        or asks_of_a_raise(asked.said.text)
    ):
        return None
    flows = asked.intent.measure in _FLOWS | {Measure.BALANCE} or asked.has(TAKE_HOME)
    present = _at_present if flows and rules.measure is not Measure.RECURRING else None
    noted = asked.key is not None and asked.names.booked.bears(asked.key.name, asked.scope.filters)
    makers: tuple[Callable[[Asked], Outcome | None] | None, ...]
    makers = (_risen, _dearest, None if noted else _usual_day, present)  # "when is the report due" is written down
    for make in makers:
        if make is not None and (plan := make(asked)):
            return plan
    return None


def _risen(asked: Asked) -> Plan | None:
    """As in "which subscriptions went up": those whose price rose."""
    if not cues(_WORDS).found("which_rose", asked.said.folded) or asked.has(_UP) or _of_income(asked):
        return None
    subscribed = cues(_WORDS).found("subscribed", asked.said.folded)
    if not subscribed and asked.said.phrases and not _plural_or_none(asked):
        return None
    faint = all(is_faint(each) for each in asked.said.periods)
    period = Period() if faint else one_period(asked)
    return Plan(Measure.RECURRING, _coming_round(asked), period, pick="risen", reading=_reading(asked))


def _steps(asked: Asked) -> Plan | None:
    """As in "did the internet get dearer": of a payment whose amount seldom changes the amounts that it had."""
    if not cues(_WORDS).found("rise", asked.said.folded) or asked.intent.measure is not Measure.SUM:
        return None
    if len(asked.intent.group_by) != 1 or cues("cues").found("trend", asked.said.folded):
        return None
    filters = asked.scope.filters
    root = flow_root(asked, filters)
    spent = asked.has(r"\b(?:spen[dt]\w*|total|altogether|expenses)\b")
    if root is None or spent or any(is_plural(each.words) for each in asked.said.phrases):
        return None
    filters = filters if filters.accounts else replace(filters, roots=(root,))
    bookings = asked.names.booked.bookings(filters, root, asked.today + _DAY)
    if not _is_steady(bookings):
        return None
    return _by_steps(filters, 1 if root is Root.EXPENSES else -1, asked)


def _changed(asked: Asked) -> Plan | None:
    """As in "when did our rent change, and from what to what": the amounts that it had, where it seldom changes."""
    if not cues(_WORDS).found("changed_when", asked.said.folded):
        return None
    filters = asked.scope.filters
    root = flow_root(asked, filters)
    if root is None:
        return None
    filters = filters if filters.accounts else replace(filters, roots=(root,))
    if not _is_steady(asked.names.booked.bookings(filters, root, asked.today + _DAY)):
        return None
    return _by_steps(filters, 1 if root is Root.EXPENSES else -1, asked)


def _by_steps(filters: Filters, sign: Literal[-1, 0, 1], asked: Asked) -> Plan:
    return Plan(
        Measure.LIST, replace(filters, sign=sign), happened(asked), order=Order("date"), pick="changed",
        reading=_reading(asked),
    )  # fmt: skip


def changed(outcome: Outcome, asked: Asked) -> Outcome:
    """As in "when did the mortgage payment change": of instalments that were to be listed the amounts they had."""
    listed = isinstance(outcome, Plan) and outcome.measure is Measure.LIST and not outcome.pick
    if not listed or not isinstance(outcome, Plan) or not outcome.filters.alongside:
        return outcome
    held = asked.names.index.query(
        "SELECT 1 FROM postings JOIN currencies USING (currency) JOIN (SELECT unnest(?) AS top)"
        " ON account = top OR starts_with(account, top || ':') WHERE held_at_cost LIMIT 1",
        [list(outcome.filters.accounts)],
    )
    if held or not cues(_WORDS).found("changed_when", asked.said.folded):
        return outcome
    return replace(outcome, pick="changed", order=Order("date"), limit=None, skip=0, period=happened(asked))


def _is_steady(bookings: Sequence[tuple[dt.date, Decimal]]) -> bool:
    """Whether the bookings come round, one a day, at an amount that seldom changes."""
    days = dict(bookings)
    if len(days) < _FEWEST or len(days) * 10 < len(bookings) * 9 or not comes_round(bookings):
        return False
    amounts = [days[day] for day in on_cycle(list(days))]
    kept = [
        each
        for place, each in enumerate(amounts)
        if not (0 < place < len(amounts) - 1 and amounts[place - 1] == amounts[place + 1] != each)
    ]
    changes = sum(before != after for before, after in itertools.pairwise(kept))
    return _SELDOM * changes <= len(kept)


def _plural_or_none(asked: Asked) -> bool:
    """Whether several payments are asked about, not the price of one."""
    return bool(re.search(r"^(?:and |so |please )*(?:which|what)\b|\bany\b", asked.said.folded)) and not asked.has(
        r"\bwhen\b"
    )


def _of_income(asked: Asked) -> bool:
    flow = (asked.said.by_rules or asked.intent).flow  # a model may guess it where nothing says it
    earned = {asked.names.by_name[name].root for name in asked.scope.filters.accounts} == {Root.INCOME}
    return flow == "income" or (earned and asked.has(r"\brais(?:e[ds]?|ing)\b"))  # "what the fair raised"


def _dearest(asked: Asked) -> Plan | None:
    """As in "our most expensive subscription": what comes round, by what it costs in a year."""
    words, said = cues(_WORDS), asked.said.folded
    dear = words.found("dearest", said)
    if not dear and not words.found("cheapest", said):
        return None
    limit = asked.intent.limit or (None if words.found("several", said) else 1)
    order = Order("amount", descending=dear)
    filters = _coming_round(asked)
    return Plan(Measure.RECURRING, filters, one_period(asked), order=order, limit=limit, reading=_reading(asked))


def _coming_round(asked: Asked) -> Filters:
    """The names said; of subscriptions the accounts of that kind, where the ledger has any; else all expenses."""
    filters = bounded(asked.scope.filters, asked)
    own: tuple[str, ...] = ()
    if cues(_WORDS).found("subscribed", asked.said.folded):
        own = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
        firm = [each for each in asked.said.phrases if not each.weak and each.best.kind != "account"]
        filters = filters if firm or not own else replace(filters, accounts=(), mentions=())
        if not own and not firm and asked.has(r"\bsub(?:scription)?s?\b"):
            return replace(filters, accounts=(), exclude_accounts=not_subscribed(asked), roots=(Root.EXPENSES,))
    elif all(phrase.weak or _is_of_bills(phrase.words) for phrase in asked.said.phrases):
        filters = replace(filters, accounts=(), mentions=())
    if own and not filters.mentions:
        return replace(filters, accounts=own, roots=())
    return filters if filters.accounts or filters.mentions else replace(filters, roots=(Root.EXPENSES,))


def _is_of_bills(words: str) -> bool:
    return bool(re.fullmatch(cues(_WORDS).single["bills"].expression, fold(words)))


def _reading(asked: Asked) -> tuple[str, ...]:
    return tuple(asked.scope.reading)


# ----------------------------------------------------------------------------------------------- on which day


def _usual_day(asked: Asked) -> Outcome | None:
    """As in "when is the rent usually paid": its bookings, and the day on which most of them are."""
    if not cues(_WORDS).found("usual_day", asked.said.folded) or asked.has(r"\b(?:until|till|since) (?:which|what)\b"):
        return None
    found = flow(asked, Measure.LIST)
    if not isinstance(found, Plan) or not _names_something(found.filters):
        return None
    filters = found.filters
    owed = [each for each in filters.accounts if asked.names.by_name[each].root is Root.LIABILITIES]
    if owed and not filters.sign:
        filters = replace(filters, sign=1)
    return replace(
        found, measure=Measure.LIST, filters=filters, group_by=(), account_depth=None, compare=(), key=USUAL_DAY,
        order=Order("date", descending=True), limit=None, skip=0, pick="", period=happened(asked),
    )  # fmt: skip


def _names_something(filters: Filters) -> bool:
    return bool(filters.accounts or filters.mentions or filters.tags or filters.alongside)


# --------------------------------------------------------------------------------------------- what it costs now


def at_present(outcome: Outcome, asked: Asked) -> Outcome:
    """As in "what's the mortgage payment now": of instalments that were to be added up the latest."""
    words, said = cues(_WORDS), asked.said.folded
    if not isinstance(outcome, Plan) or outcome.measure is not Measure.SUM or not outcome.filters.alongside:
        return outcome
    dated = [each for each in asked.said.periods if each.kind not in {"now", "all"}]
    if dated or outcome.group_by or not words.found("at_present", said) or words.found("not_present", said):
        return outcome
    order = Order("date", descending=True)
    return replace(outcome, measure=Measure.LIST, order=order, limit=1, compare=(), period=_up_to_now(asked))


def _up_to_now(asked: Asked) -> Period:
    """All that is past; no period where the books hold nothing to come."""
    if asked.names.last_date() <= asked.today:
        return Period()
    return Period(None, asked.today + _DAY, f"until {asked.today.isoformat()}")


def _at_present(asked: Asked) -> Outcome | None:
    """As in "how much rent do we pay now": the latest booking of what comes round, else the average of a year."""
    words, said = cues(_WORDS), asked.said.folded
    dated = [each for each in asked.said.periods if each.kind not in {"now", "all"} and each.at != asked.today]
    now = words.found("at_present", said) or words.found("paying_now", said)
    if dated or not now or words.found("not_present", said):
        return None
    if any(each not in TIME_GROUPINGS for each in asked.intent.group_by):
        return None
    if asked.has(TAKE_HOME) and pays(asked):
        filters, _, notes = take_home(asked)
        filters = replace(filters, sign=1)
        return Plan(Measure.LIST, filters, _up_to_now(asked), order=Order("date", True), limit=1, reading=notes)
    filters = _of_pay(asked)
    root = flow_root(asked, filters)
    if root is None:
        return None
    if not filters.accounts:
        filters = replace(filters, roots=(root,))
    bookings = asked.names.booked.bookings(filters, root, asked.today + _DAY)
    if not bookings:
        return None
    if _several_come_round(asked, filters, root, bookings[-1][0]):
        return Plan(Measure.RECURRING, filters, reading=_reading(asked))
    period = _up_to_now(asked)
    if (last := on_cycle([day for day, _ in bookings])[-1]) < bookings[-1][0]:  # what came since is no payment of it
        period = Period(None, last + _DAY, f"until {last.isoformat()}")
    if comes_round(bookings):
        sign: Literal[-1, 1] = 1 if root is Root.EXPENSES else -1
        order = Order("date", descending=True)
        latest = replace(filters, sign=sign)
        notes = (*_reading(asked), *_past(bookings, asked))
        return Plan(Measure.LIST, latest, period, order=order, limit=1, reading=notes)
    if which := several_meant(replace(asked, said=replace(asked.said, intent=Intent(), by_rules=None))):
        return which  # "what's the insurance premium now", where home and pets are insured
    end = (asked.today + _DAY).replace(day=1)
    start = add_months(end, -_MONTHS)
    year = Period(start, end, f"in the last {_MONTHS} whole months")
    note = "it does not come round at one interval: what a month came to of late is told"
    return Plan(Measure.AVERAGE, filters, year, per="month", reading=(*_reading(asked), note))


def _several_come_round(asked: Asked, filters: Filters, root: Root, last: dt.date) -> bool:
    """As in "what do the subs come to a month now": of several payees each comes round, and two are paid of late."""
    if len(filters.accounts) != 1 or filters.mentions:
        return False
    below, parameters = at_or_below(filters.accounts)
    rows = asked.names.index.query(
        f"SELECT DISTINCT payee FROM postings WHERE {below} AND payee <> '' AND date >= ? AND date <= ? ORDER BY 1",
        [*parameters, last - dt.timedelta(days=_A_YEAR), asked.today],
    )
    if not 1 < len(rows) <= _MOST_PAYEES:
        return False
    alone = (replace(filters, mentions=(Mention(payee, payees=(payee,)),)) for (payee,) in rows)
    bookings = [asked.names.booked.bookings(each, root, asked.today + _DAY) for each in alone]
    if not all(len(each) >= _FEWEST and comes_round(each) and _seldom_changes(each) for each in bookings):
        return False
    return sum((last - each[-1][0]).days <= _OF_LATE for each in bookings) > 1


def _seldom_changes(bookings: Sequence[tuple[dt.date, Decimal]]) -> bool:
    """Whether the amount seldom changes: a subscription's, and no weekly shop's."""
    changes = sum(before[1] != after[1] for before, after in itertools.pairwise(bookings))
    return changes * _SELDOM <= len(bookings)


def _of_pay(asked: Asked) -> Filters:
    """The names said; of "how much do I earn now" the accounts of pay."""
    filters = asked.scope.filters
    if asked.intent.flow != "income" or filters.accounts or filters.mentions or filters.tags:
        return filters
    return replace(filters, accounts=accounts_of_group(asked, Root.INCOME, "salary"), roots=())


def flow_root(asked: Asked, filters: Filters) -> Root | None:
    """Expenses or income, where only such are named; None where nothing is, or something that is held."""
    if filters.tags or filters.links or not (filters.accounts or filters.mentions):
        return None
    roots = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    if not roots and not filters.mentions:
        return None
    roots = roots or {_way_of_names(asked, filters)}
    return next(iter(roots)) if len(roots) == 1 and roots <= {Root.EXPENSES, Root.INCOME} else None


def _way_of_names(asked: Asked, filters: Filters) -> Root:
    """Whether what the names book is earned or spent: a model may hear "what is X taking" as income of ours."""
    touched = asked.names.booked.roots_touched(filters)
    earned = asked.intent.flow == "income" and (Root.INCOME in touched or Root.EXPENSES not in touched)
    return Root.INCOME if earned else Root.EXPENSES


def comes_round(bookings: Sequence[tuple[dt.date, Decimal]]) -> bool:
    """Whether the newest bookings keep an interval of their own."""
    every = sorted({day for day, _ in bookings})[-_LOOKED_AT:]
    days = on_cycle(every)
    if len(every) < _FEWEST:
        return True
    if len(days) * 10 < len(every) * 9:
        return False
    gaps = sorted((after - before).days for before, after in itertools.pairwise(days))
    median = gaps[len(gaps) // 2]
    near = sum(abs(gap - median) <= max(5, median // 5) for gap in gaps)
    return median >= _SHORTEST and near * 10 >= len(gaps) * 7


def _past(bookings: Sequence[tuple[dt.date, Decimal]], asked: Asked) -> tuple[str, ...]:
    """That nothing was booked for so long that the latest is no present price."""
    days = sorted({day for day, _ in bookings})
    usual = max(((after - before).days for before, after in itertools.pairwise(days[-_LOOKED_AT:])), default=366)
    last = min(asked.names.last_date(), asked.today)
    return (
        (f"the latest, though nothing came after {days[-1].isoformat()}",) if (last - days[-1]).days > 2 * usual else ()
    )
