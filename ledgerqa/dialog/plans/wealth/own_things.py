"""What one's own things cost and what they brought: a car, a house, a boat that stands among the assets.

What is spent on a thing day by day is an expense; its price is none.  So "what did the new car cost" is told from the
entries that put the car among the assets, and "what did we sell it for" from what came in when it went.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.plans.asked import happened, one_period
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.transfers import holds_units
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Period, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.booked import Trade
    from ledgerqa.dialog.language.vocabulary import Account
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_BOUGHT: Final = (
    r"\b(?:buy|buying|bought|purchas\w*|acquir\w*)\b|\bs(?:old|ells?) (?:us|me)\b|\bsold\b.* to (?:us|me)\b"
    r"|\bwhom? (?:did|have) (?:we|i) (?:get|got) (?:the|our|my|that|this)\b.* (?:off|from)\b"
    r"|\b(?:pa(?:y|id)|spen[dt]|cost|price|how much (?:was|were|is))\b.*\b(?:the|our|my|that|this|a) new\b"
    r"|\b(?:the|our|my|that|this|a) new\b.*\bcost\b"
)
_SOLD: Final = (
    r"\b(?:sell|selling|sold(?! (?:us|me)\b|\b.* to (?:us|me)\b)|sale price|got rid of)\b"
    r"|\b(?:part(?:ed)? exchanged?|traded? in)\b"
    r"|\bwho (?:buys|bought) (?:our|my)\b|\bbought\b.* (?:off|from) (?:us|me)\b"
    r"|\b(?:did|have) (?:we|i) (?:get|got|receive|received) for (?:the|my|our|that)\b"
    r"|\bdid .* (?:fetch|go for)\b"
)
_SOLD_FOR: Final = r"\b(?:we|i) (?:sell|sold)\b.* for\b|\b(?:get|got|receive|received) for selling\b"
# "What did I get for the gold I sold", "how much did the gold sell for": money, whatever units went.
_PROCEEDS: Final = (
    r"\bhow much\b.*\b(?:sell|sold|go)\b.*\bfor\b"
    r"|\b(?:get|got|receive[d]?)\b.*\bfor\b.*\b(?:sold|selling|sale)\b|\bfor selling\b"
)
_TAKEN_IN: Final = frozenset({Root.INCOME, Root.EQUITY})
_WHO_BOUGHT: Final = r"\bwho (?:buys|bought)\b"
_OUTRIGHT: Final = r"\b(?:buy|bought|purchased?|sell|sold)\b"
_PRICE: Final = (
    r"\b(?:what|how much) (?:did|have|has)\b.*\b(?:cost|pay for|give for|shell out for|set (?:us|me) back)\b"
    r"|\bhow much (?:was|were) (?:paid for )?(?:the|our|my)\b|\bprice of (?:the|our|my)\b"
)
_TO_RUN: Final = (
    r"\b(?:to (?!buy\b)\w+|running|upkeep|in all|altogether|in total|so far|since|until|now|each|every|per"
    r"|an? (?:day|week|month|year))\b"
)
_IN_ALL: Final = (
    r"\b(?:price|purchase|buying|what (?:i|we) paid)\b.*\b(?:running|upkeep|keeping|to run|to keep|maintenance)\b"
    r"|\b(?:running|upkeep|maintenance)\b.*\b(?:price|purchase|buying)\b"
    r"|\bcosts? of (?:owning|ownership)\b|\bcost\w* (?:me |us )?to (?:buy|get) and (?:run|keep)\b"
)
_NO_THINGS: Final = frozenset(
    stem
    for word in (
        "bank account checking current savings cash wallet purse tin card deposit broker depot receivable owed owing"
        " due loan lent prepaid pension fund reserve pot envelope goal budget crypto claim vat tax customer client"
        " money kitty till float"
    ).split()
    for stem in stems(word)
)
_WORN: Final = r"\b(?:depreciat\w*|amorti[sz]\w*|(?:wrote|written|write) (?:it )?(?:off|down)|wear and tear)\b"
_SET_AGAINST: Final = (
    r"\b(?:gain\w*|profits?|loss\w*|lose|lost|more|less|than|share|percent\w*|average|per|worth|value\w*)\b"
)
_WHEN: Final = (
    r"\b(?:when (?:did|was|were|have|had|exactly)|whom?|where|how long)\b"
    r"|\b(?:which|what) (?:day|date|month|year)\b"
)
_NEW: Final = r"\bnew(?:er|est)?\b"
_SAID_ALONG: Final = frozenset(
    stem
    for word in (
        "new newer newest old older first second hand used own whole buy buying bought purchase purchased purchasing"
        " acquire acquired sell sold selling sale price cost pay paid spend spent total"
    ).split()
    for stem in stems(word)
)
_IN_UNITS: Final = frozenset(stem for word in "share shares stock units fund etf".split() for stem in stems(word))
_SAID_OF_WEAR: Final = frozenset(
    stem
    for word in "depreciation depreciated depreciate accumulated amortisation amortization book year annual".split()
    for stem in stems(word)
)
# "What did I buy with the book tokens": what pays is not what is bought.
_PAID_WITH: Final = compiled(r"\b(?:with|using|out of|from)(?: (?:the|my|our|that|this|those|some))* $")
_BOUGHT_FOR: Final = r"\b(?:buy|buying|bought|purchased?) (?:[\w-]+ ){{1,4}}?for (?:the|my|our|that|this) {}\b"
_MOST_TRADES: Final = 8  # a savings account is paid into far oftener than a house is bought


def own_thing(asked: Asked) -> Plan | Refusal | None:
    """What was paid for a thing that is an asset, what it was sold for, or when; None where no such thing is named."""
    sold, priced = asked.has(_SOLD), _asks_its_price(asked)
    grouped = asked.intent.group_by and not (asked.has(_WHEN) and asked.intent.group_by == (Grouping.PAYEE,))
    if not (sold or priced or asked.has(_BOUGHT)) or asked.has(_SET_AGAINST) or grouped or asked.key:
        return None
    proceeds = sold and asked.has(_PROCEEDS)
    things = _things(asked, in_units=proceeds)
    if priced and not (sold or asked.has(_BOUGHT)):
        things = tuple(each for each in things if _is_a_thing(each, asked))
    if not things:
        return _only_bought(asked) if asked.has(_SOLD_FOR) else None
    kept_in, worn = tuple(asked.names.commodities) if proceeds else asked.names.money(), worn_off(asked)
    trades = [each for each in asked.names.booked.trades(things, kept_in) if each.other not in worn]
    if len({each.date for each in trades if each.sold or not proceeds}) > _MOST_TRADES:
        return None
    sold = sold or (asked.has(_WHO_BOUGHT) and all(each.sold for each in trades))
    trades = _latest([each for each in trades if each.sold == sold], asked)
    if not trades:
        return _never(things, asked, sold=sold)
    traded = tuple(dict.fromkeys(each.account for each in trades))
    asks_when = asked.has(_WHEN) or asked.intent.measure is Measure.COUNT
    if sold and not asks_when:
        others = tuple(dict.fromkeys(each.other for each in trades))
        filters = Filters(accounts=others, alongside=traded, sign=1, moving=True)
    else:
        filters = Filters(accounts=traded, sign=-1 if sold else 1, moving=True)
    reading = _besides(things, asked) if priced and not asks_when else ()
    plan = Plan(Measure.SUM, filters, _within(one_period(asked), trades), reading=reading)
    return replace(plan, measure=Measure.LIST, order=Order("date"), unit="entry") if asks_when else plan


def worn_by(asked: Asked) -> Plan | None:
    """As in "how much depreciation on the tractor": what was written off it, where an account of its own tells."""
    if not asked.has(_WORN) or asked.key or asked.intent.compare:
        return None
    said = set(stems(asked.said.text))
    told = {name: _called(name) - _SAID_OF_WEAR for name in worn_off(asked)}
    most = max((len(said & own) for own in told.values()), default=0)
    named = tuple(sorted(name for name, own in told.items() if most and len(said & own) == most))
    words = {stem for name in named for stem in told[name]} | _SAID_OF_WEAR
    beside = any(not set(stems(phrase.words)) <= words for phrase in asked.said.phrases)
    if not named or beside:
        return None
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    filters = Filters(accounts=named, sign=-1, moving=True)
    return Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=("what was written off",))


def owned(asked: Asked) -> Plan | None:
    """As in "what has the tractor cost us in all, price and running costs": what it was bought for and is spent on it.

    What is written off it was paid with the price.
    """
    if not asked.has(_IN_ALL) or asked.key or asked.intent.group_by:
        return None
    said = set(stems(asked.said.text))
    bought = {each.account for each in asked.names.booked.trades(_own_names(said, asked), asked.names.money())}
    spent = _spent_on(tuple(bought), asked)
    if len(bought) != 1 or not spent:
        return None
    filters = Filters(accounts=(*bought, *spent), sign=1, moving=True)
    return Plan(Measure.SUM, filters, one_period(asked), reading=("what it was bought for and what is spent on it",))


def _own_names(said: set[str], asked: Asked) -> tuple[str, ...]:
    """The things whose whole own name was said."""
    assets = (each for each in asked.names.accounts if each.root is Root.ASSETS and each.name not in worn_off(asked))
    return tuple(each.name for each in assets if set(each.leaf) <= said and _is_a_thing(each.name, asked))


def _spent_on(things: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """The accounts of what is spent on the things day by day, by their own names."""
    called = {stem for each in things for stem in asked.names.by_name[each].leaf}
    worn = {each.name for sides in asked.names.by_group.get("depreciation", ()) for each in sides}
    expenses = (each for each in asked.names.accounts if each.root is Root.EXPENSES and each.name not in worn)
    return tuple(each.name for each in expenses if called and called <= set(each.leaf) and each.postings)


def _asks_its_price(asked: Asked) -> bool:
    """As in "what did the tractor cost", "how much was the boat": of a thing, and of no year or month of having it."""
    said = asked.said
    bare = not (said.periods or said.excluded or said.bounds.spans)
    return bare and asked.has(_PRICE) and not asked.has(_TO_RUN)


def _is_a_thing(account: str, asked: Asked) -> bool:
    """Whether the whole of the account's own name was said, and it is no purse, claim or deposit."""
    own = asked.names.by_name[account]
    return set(own.leaf) <= set(stems(asked.said.text)) and not own.path & _NO_THINGS


def _besides(things: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """A word on what is spent on the thing day by day, where the price was asked for by "cost" alone."""
    kept = _spent_on(things, asked)
    return (f"what it was bought for; what it costs to have is under {', '.join(kept[:3])}",) if kept else ()


def _things(asked: Asked, *, in_units: bool) -> tuple[str, ...]:
    """The assets whose names say most of the question's words; none where it says more.

    Nor where shares are held there, unless what is held `in_units` counts as well.
    """
    said = set(stems(asked.said.text))
    owing = people(asked, Root.ASSETS)
    worn = worn_off(asked)
    leaves = (each for each in asked.names.accounts if each.root is Root.ASSETS and each.name not in owing)
    if not in_units:
        leaves = (each for each in leaves if not each.path & _NO_THINGS)
    assets = [each for each in leaves if said & _called(each.name) and each.name not in worn and _is_own(each, asked)]
    most = max((len(said & _called(each.name)) for each in assets), default=0)
    found = [each.name for each in assets if len(said & _called(each.name)) == most]
    words = {stem for name in found for stem in _called(name)} | _SAID_ALONG | (_IN_UNITS if in_units else set())
    phrases = asked.said.phrases
    beside = asked.said.unknown or any(not set(stems(each.words)) <= words for each in phrases)
    beside = beside or any(_PAID_WITH.search(each.lead) or _is_bought_for(each, asked) for each in phrases)
    held = not in_units and holds_units(asked, tuple(found))
    return () if beside or held else tuple(found)


def _is_bought_for(phrase: Phrase, asked: Asked) -> bool:
    """As in "did we buy anything for the house": that is something else than the house."""
    return asked.has(_BOUGHT_FOR.format(re.escape(fold(phrase.words))))


def worn_off(asked: Asked) -> frozenset[str]:
    """The accounts of assets that hold what has been written off others: "Assets:Car:Depreciation"."""
    whole, partly = asked.names.by_group.get("depreciation", ([], []))
    return frozenset(each.name for each in (*whole, *partly) if each.root is Root.ASSETS)


def _is_own(account: Account, asked: Asked) -> bool:
    """Whether anything is booked to the account itself, beside what is below it."""
    below = (each for each in asked.names.accounts if each.name.rpartition(":")[0] == account.name)
    return account.postings > sum(each.postings for each in below)


def _called(account: str) -> set[str]:
    """What an account's name says below the root, one word after the other, but for small ones: "CashOnHand"."""
    return {stem for part in account.split(":")[1:] for stem in name_stems(part)} - lexicon().grammar


def _latest(trades: Sequence[Trade], asked: Asked) -> list[Trade]:
    """Of "the new car", where there are several, the one bought last."""
    if not asked.has(_NEW) or not trades:
        return list(trades)
    return [each for each in trades if each.account == trades[-1].account]


def _never(things: tuple[str, ...], asked: Asked, *, sold: bool) -> Refusal | None:
    """That a thing on the books was not traded in them; None where that is not outright asked, or it is sold daily."""
    said = set(stems(asked.said.text)) - _SAID_ALONG
    sells = any(said & _called(each.name) for each in asked.names.leaf_accounts((Root.INCOME,)))
    if not asked.has(_OUTRIGHT) or asked.intent.measure is Measure.COUNT or (sold and sells):
        return None
    names = ", ".join(things)
    sentence = f"No {'sale' if sold else 'purchase'} of {names} is booked in this ledger."
    return Refusal(sentence, (f"What is the balance of {things[0]}?",))


def _only_bought(asked: Asked) -> Refusal | None:
    """As in "how much did we sell the bike for", where all that bears its name is what was spent."""
    mentions = asked.scope.filters.mentions
    if not mentions or asked.said.unknown or set(asked.names.booked.roots_touched(asked.scope.filters)) & _TAKEN_IN:
        return None
    return Refusal(f"No sale of “{mentions[0].words}” is booked in this ledger: the entries that say so are expenses.")


def _within(period: Period, trades: Sequence[Trade]) -> Period:
    """The period that was said; else the days of the trades."""
    if period.start or period.end:
        return period
    return Period(trades[0].date, trades[-1].date + dt.timedelta(days=1))
