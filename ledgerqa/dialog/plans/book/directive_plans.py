"""Plans for what the ledger says of itself: events, accounts, checks, metadata, prices, what recurs or stays away."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import is_plural, squash
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, are_short, as_of, bounded, by_date, happened, one_period
from ledgerqa.dialog.plans.book.event_plans import events
from ledgerqa.dialog.plans.book.filed import documents, limit_of, named_accounts, notes
from ledgerqa.dialog.plans.book.idle import roots_said
from ledgerqa.dialog.plans.book.kept_values import metadata
from ledgerqa.dialog.plans.cash.since_when import left_open
from ledgerqa.dialog.plans.courses.budget_plans import budget
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import AT_START
from ledgerqa.records import (
    TIME_GROUPINGS,
    Choice,
    Clarify,
    Filters,
    Grouping,
    Measure,
    Mention,
    MetadataFilter,
    Order,
    Period,
    Plan,
    Refusal,
    Root,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.records import Outcome

ONE_DAY = dt.timedelta(days=1)
_PAIR = compiled(r"\b([A-Za-z][\w'.-]{1,22})\s?/\s?([A-Za-z][\w'.-]{1,22})\b")


_THE_COUNT = r"\b(?:what|how much|when) (?:was|were|is|did|it)\b(?=.*\b(?:counts?|counted|balances?|check)\b)"

_BY_HOW_MUCH = r"\bby how much\b|\bfail(?:s|ed|ing)?\b|\b(?:gap|difference|discrepancy|shortfall)\b"


def balance_checks(asked: Asked) -> Outcome:
    """Balance assertions, all or those that fail; of the start of a time those of its first day."""
    period = one_period(asked)
    starts = any(each.kind == "as_of" and each.note for each in asked.said.periods)
    if starts and period.end is not None:
        period = Period(period.end, period.end + ONE_DAY, f"on {period.end.isoformat()}")
    filters = Filters(accounts=asked.scope.filters.accounts, currencies=asked.scope.currencies)
    period = _with_its_end(asked, filters, period)
    return Plan(
        Measure.BALANCE_CHECKS,
        filters,
        period,
        failing=asked.intent.failing and (not asked.has(_THE_COUNT) or asked.has(_BY_HOW_MUCH)),
        order=asked.intent.order,
        limit=limit_of(asked),
        reading=asked.scope.reading,
    )


def _with_its_end(asked: Asked, filters: Filters, period: Period) -> Period:
    """As in "the June statement": with none in June, the check of the morning after, which is of how June ended."""
    if period.start is None or period.end is None:
        return period
    days = [
        day
        for (day,) in asked.names.index.query(
            "SELECT DISTINCT b.date FROM balances b LEFT JOIN (SELECT unnest(?::VARCHAR[]) AS top) t"
            " ON b.account = t.top OR starts_with(b.account, t.top || ':')"
            " WHERE (t.top IS NOT NULL OR ?) AND b.date BETWEEN ? AND ?",
            [list(filters.accounts), not filters.accounts, period.start, period.end],
        )
    ]
    after = Period(period.start, period.end + ONE_DAY, f"{period.label} and on the morning after".strip())
    return after if days == [period.end] else period


def accounts(asked: Asked) -> Outcome:
    """Accounts with when they were opened and closed."""
    filters = named_accounts(asked)
    if not filters.accounts and (unpaid := left_open(asked)):
        return unpaid
    if not filters.accounts and (roots := roots_said(asked)):
        filters = replace(filters, roots=roots)
    return Plan(
        Measure.ACCOUNTS,
        filters,
        one_period(asked),
        key=asked.intent.key if asked.intent.key in {"opened", "closed"} else None,
        order=by_date(asked),
        limit=limit_of(asked),
        reading=asked.scope.reading,
    )


def simple(asked: Asked) -> Outcome:
    """Listings that need no subject."""
    measure = asked.intent.measure
    assert measure is not None  # noqa: S101 - chosen by measure
    filters = _query_named(asked) if measure is Measure.QUERIES else Filters()
    return Plan(measure, filters, one_period(asked) if measure is Measure.LEDGER_ERRORS else Period())


def _query_named(asked: Asked) -> Filters:
    """The saved queries whose names stand in the question; all where none does."""
    spoken = squash(asked.said.text)
    names = [name for (name,) in asked.names.index.query("SELECT name FROM queries") if squash(name) in spoken]
    return Filters(mentions=(Mention(", ".join(names), payees=tuple(names)),)) if names else Filters()


def recurring(asked: Asked) -> Outcome:
    """Payments that come round, of the subject if one is named."""
    filters = bounded(asked.scope.filters, asked)
    purse = _purse_paid_from(asked)
    if all(phrase.weak for phrase in asked.said.phrases) and not purse:
        filters = replace(filters, accounts=(), mentions=())
    if purse:
        filters = replace(filters, accounts=purse, roots=(), mentions=(), sign=-1)
    if are_short(asked):
        return _said_to_recur(filters, asked)
    if not filters.accounts and not filters.mentions and not filters.roots:
        outgoing = asked.has(
            r"\b(?:bills?|pay|paying|charges?|spend\w*|costs?|subscri\w+|services?|expenses?|outgoings|debits?|me|us)\b"
        )
        filters = replace(
            filters,
            roots=(Root.INCOME,)
            if asked.intent.flow == "income"
            else (Root.EXPENSES,)
            if outgoing and not asked.has(r"\bhit (?:my|our|the)\b|\bthrough (?:my|our|the)\b")
            else (),
        )
    return Plan(Measure.RECURRING, filters, one_period(asked), reading=asked.scope.reading)


_GOES_OUT: Final = compiled(
    r"\b(?:go(?:es|ing)?|com(?:es?|ing)|leav(?:es?|ing)|(?:is |are )?(?:paid|taken)) (?:\w+ )?(?:out|off|from)\b"
    r"|\bleaves\b"
)


def _purse_paid_from(asked: Asked) -> tuple[str, ...]:
    """As in "what goes out of the bills account every month": the accounts of one's own that this leaves; else none."""
    if not _GOES_OUT.search(asked.said.folded):
        return ()
    exact = {name for each in asked.said.phrases if each.best.how == "exact" for name in each.best.values}
    own = (Root.ASSETS, Root.LIABILITIES)
    named = asked.scope.filters.accounts
    mine = all(asked.names.by_name[name].root in own for name in named)
    return named if mine and exact.issuperset(named) else ()


def _said_to_recur(filters: Filters, asked: Asked) -> Plan:
    """In books too short for anything to come round: the entries that call themselves monthly and the like."""
    called = Mention("monthly and the like", pattern="month|week|year|annual|subscri|recurr|abonn")
    kept = replace(filters, mentions=(*filters.mentions, called), roots=() if filters.accounts else (Root.EXPENSES,))
    return Plan(
        Measure.LIST,
        kept,
        one_period(asked),
        reading=("the books are too short to see what comes round: entries that say so are listed",),
    )


def price(asked: Asked) -> Outcome:
    """The price or rate of a pair, at a day, over a period, or the extreme of it."""
    codes = pair(asked) or _kept_on(asked)
    if asked.said.phrases and (not codes or _counted_in(asked, codes)):
        quoted = asked.has(r"\bmarket price\b")  # "what is a kilo of sugar going for" is no bill of some size
        return Refusal("No price of that is on file.", ()) if quoted else _latest_charge(asked)
    if not codes and asked.has(_RISEN) and not asked.has(r"\brates?\b"):
        return Plan(Measure.RECURRING, Filters(roots=(Root.EXPENSES,)), one_period(asked), pick="risen")
    if not codes:
        return _which_rate(asked)
    commodity, quote = codes[0], codes[1] if len(codes) > 1 else None
    order, limit = asked.intent.order, asked.intent.limit or (1 if asked.intent.single or asked.intent.order else None)
    period = as_of(asked)
    if order is None and asked.has(r"\b(?:all|every|each|history|list|prices)\b"):
        order, limit = Order("date"), asked.intent.limit
    elif order is not None and order.by == "date" and order.descending and limit == 1:
        order, limit = None, None  # the latest is the price in force
    elif (
        order is None
        and period.start is not None
        and period.end is not None
        and period.end - period.start > ONE_DAY
        and not asked.intent.group_by
    ):
        at = next((each.at for each in asked.said.periods if each.at), None)
        period = (
            Period(None, at + ONE_DAY, f"on {at.isoformat()}")
            if at
            else Period(None, period.end, f"at the end of {period.label.removeprefix('in ')}")
        )
    return Plan(
        Measure.PRICE,
        Filters(),
        period,
        group_by=asked.intent.group_by[:1],
        order=order,
        limit=limit,
        commodity=commodity,
        quote=quote,
        key=AT_START if asked.intent.group_by and asked.has(_EACH_START) else None,
    )


def _kept_on(asked: Asked) -> list[str]:
    """As in "the highest price of silver", where Assets:Silver holds nothing else: the commodity kept there."""
    quoted = asked.has(r"\bpric(?:e[sd]?|ing)\b|\bquot")  # "the lowest price of the fund": whatever else is called so
    options = [link for each in asked.said.phrases for link in (each.options if quoted else each.options[:1])]
    for option in options:
        names = of_roots(asked.names, option.values, (Root.ASSETS,)) if option.kind == "account" else ()
        rows = asked.names.index.query(
            "SELECT DISTINCT currency FROM postings JOIN (SELECT unnest(?::VARCHAR[]) AS top)"
            " ON account = top OR starts_with(account, top || ':') LIMIT 2",
            [list(names)],
        )
        known = asked.names.commodities
        if names and len(rows) == 1 and known[rows[0][0]].priced and not known[rows[0][0]].operating:
            return [rows[0][0]]
    return []


def _counted_in(asked: Asked, codes: list[str]) -> bool:
    """As in "the price of the coffee in euros": the one money named is what something else is counted in."""
    options = [(phrase, phrase.of_kind("currency")) for phrase in asked.said.phrases]
    led = any(option and codes[0] in option.values and re.search(r"\bin $", each.lead) for each, option in options)
    return len(codes) == 1 and led and any(option is None for _, option in options)


_EACH_START = r"\b(?:start|beginning|opening|first day) of (?:each|every|the)\b"
_CHANGED = (
    r"\b(?:rais\w+|rose|risen|rise|put|up|upped|increas\w+|hik\w+|chang\w+|lower\w*|cut|dropp?\w*|down|dearer"
    r"|more expensive)\b"
)


_RISEN = (
    r"\b(?:rais\w+|rose|risen|rise[sn]?|(?:went|gone|going|go|goes|put) (?:\w+ ){0,2}up|upped|increas\w+|hik\w+|dearer"
    r"|more expensive|pricier)\b"
)


def _latest_charge(asked: Asked) -> Plan:
    """As in "The price of the music subscription": no commodity, so what was last paid for it."""
    filters = asked.scope.filters
    if not filters.accounts:
        filters = replace(filters, roots=(Root.EXPENSES,))
    if asked.has(_RISEN) and not asked.has(_LATEST) and _rose_often(filters, asked):
        note = "its amount rose more than once: the first, and each charge at another one"
        reading = (*asked.scope.reading, note)
        risen = replace(filters, sign=1)
        return Plan(Measure.LIST, risen, happened(asked), order=Order("date"), pick="changed", reading=reading)
    if asked.has(_CHANGED) and (changed := _last_change(filters, asked)):
        note = "the last charge at the old amount and the first at the new one"
        return Plan(Measure.LIST, filters, changed, order=Order("date"), reading=(*asked.scope.reading, note))
    if asked.has(_RISEN) and not filters.mentions and any(is_plural(each.words) for each in asked.said.phrases):
        return Plan(Measure.RECURRING, filters, one_period(asked), pick="risen", reading=asked.scope.reading)
    if asked.has(_CHANGED):
        note = "its amount changes too often, or never, to name one day: all charges are listed"
        return Plan(Measure.LIST, filters, happened(asked), order=Order("date"), reading=(*asked.scope.reading, note))
    order = asked.intent.order or Order("date", descending=True)
    note = "no price is on file for it: what was last booked is shown"
    return Plan(
        Measure.LIST,
        bounded(filters, asked),
        happened(asked),
        order=order,
        limit=1,
        reading=(*asked.scope.reading, note),
    )


_LATEST = r"\b(?:last(?! year)|latest|most recent(?:ly)?|again|recently|newest|just)\b"


def _rose_often(filters: Filters, asked: Asked) -> bool:
    """Whether the amount of a charge that is else the same rose twice or more."""
    period = happened(asked)
    amounts = [amount for _, amount in asked.names.booked.charges(filters, period.start, period.end)]
    steps = [after - before for before, after in itertools.pairwise(amounts) if after != before]
    return sum(step > 0 for step in steps) > 1 and len(steps) * 3 <= len(amounts)


def _last_change(filters: Filters, asked: Asked) -> Period | None:
    """From the last charge at an old amount to the first at the newest one, where charges are else alike."""
    period = happened(asked)
    rows = asked.names.booked.charges(filters, period.start, period.end)
    places = [at for at in range(1, len(rows)) if rows[at][1] != rows[at - 1][1]]
    if asked.has(r"\b(?:rais\w+|rose|risen|rise|up|upped|increas\w+|hik\w+|dearer|more expensive)\b"):
        raised = [at for at in places if rows[at][1] > rows[at - 1][1]]
    else:
        raised = places
    if not raised or len(places) * 3 > len(rows):
        return None
    at = raised[-1]
    return Period(rows[at - 1][0], rows[at][0] + ONE_DAY, f"around {rows[at][0].isoformat()}")


def pair(asked: Asked) -> list[str]:
    """The commodity, and what it is quoted in if that was said."""
    known = asked.names.commodities
    written = _PAIR.search(asked.said.text)
    if written and all(part.upper() in known for part in written.groups()):
        return [part.upper() for part in written.groups()]
    codes = [code for code in dict.fromkeys(asked.scope.currencies) if code in known]
    for phrase in asked.said.phrases:
        option = phrase.of_kind("currency")
        if option and len(option.values) == 1 and option.values[0] not in codes and option.score > 0.8:
            codes.append(option.values[0])
    if (
        len(codes) > 1
        and not known[codes[1]].held_at_cost
        and known[codes[0]].operating
        and known[codes[1]].held_at_cost
    ):
        codes.reverse()
    if len(codes) > 1 and known[codes[0]].operating and known[codes[1]].priced and not known[codes[0]].priced:
        codes = [codes[1], codes[0], *codes[2:]]
    per = re.search(r"\bhow many\b.*\b(?:per|for (?:one|a|1)|to (?:the|a|one))\b", asked.said.folded)
    return list(reversed(codes[:2])) if per and len(codes) > 1 else codes


def _which_rate(asked: Asked) -> Outcome:
    rows = asked.names.index.query(
        "SELECT currency, quote, count(*) FROM prices GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 8"
    )
    if not rows:
        return Refusal("This ledger holds no prices.", ())
    kind = "rate" if asked.has(r"\brates?\b") else "price"
    choices = tuple(
        Choice(f"{base} in {quote}", f"What is the {kind} of {base} in {quote}?") for base, quote, _ in rows
    )
    return Clarify(f"The {kind} of what? On file are {', '.join(choice.label for choice in choices)}.", choices)


def gaps(asked: Asked) -> Outcome:
    """The calendar periods in which nothing of the subject was booked."""
    filters = asked.scope.filters
    if asked.key is not None and asked.key.value is None and filters == Filters():
        filters = Filters(metadata=(MetadataFilter(asked.key.name),))
    elif not filters.accounts and not filters.mentions and not filters.tags and not filters.roots:
        root = Root.INCOME if asked.intent.flow == "income" else Root.EXPENSES
        filters = replace(filters, roots=(root,))
    if filters.exclude_accounts or filters.exclude_mentions or filters.exclude_tags:  # "months without rent": of rent
        filters = Filters(
            accounts=filters.exclude_accounts or filters.accounts,
            mentions=filters.exclude_mentions or filters.mentions,
            tags=filters.exclude_tags or filters.tags,
        )
    return Plan(
        Measure.GAPS,
        bounded(filters, asked),
        one_period(asked),
        group_by=(_stretch(asked),),
        reading=asked.scope.reading,
    )


def _stretch(asked: Asked) -> Grouping:
    """What is missing: months, unless other stretches of time are asked for."""
    heard = (*asked.intent.group_by, *(asked.said.by_rules or asked.intent).group_by)
    return next((each for each in heard if each in TIME_GROUPINGS), Grouping.MONTH)


DIRECTIVES: dict[Measure, Callable[[Asked], Outcome]] = {
    Measure.BUDGET: budget,
    Measure.EVENTS: events,
    Measure.NOTES: notes,
    Measure.DOCUMENTS: documents,
    Measure.BALANCE_CHECKS: balance_checks,
    Measure.ACCOUNTS: accounts,
    Measure.QUERIES: simple,
    Measure.LEDGER_ERRORS: simple,
    Measure.COMMODITIES: simple,
    Measure.RECURRING: recurring,
    Measure.PRICE: price,
    Measure.METADATA: metadata,
    Measure.GAPS: gaps,
}
