"""What one's own things cost and what they brought: a car, a house, a boat that stands among the assets.

What is spent on a thing day by day is an expense; its price is none.  So "what did the new car cost" is told from the
entries that put the car among the assets, and "what did we sell it for" from what came in when it went.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.plans.asked import one_period
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.transfers import holds_units
from ledgerqa.records import Filters, Measure, Order, Period, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.booked import Trade
    from ledgerqa.dialog.plans.asked import Asked

_BOUGHT: Final = (
    r"\b(?:buy|buying|bought|purchas\w*|acquir\w*)\b"
    r"|\b(?:pa(?:y|id)|spen[dt]|cost|price|how much (?:was|were|is))\b.*\b(?:the|our|my|that|this|a) new\b"
    r"|\b(?:the|our|my|that|this|a) new\b.*\bcost\b"
)
_SOLD: Final = (
    r"\b(?:sell|selling|sold|sale price|got rid of|part(?:ed)? exchanged?|traded? in)\b"
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
_OUTRIGHT: Final = r"\b(?:buy|bought|purchased?|sell|sold)\b"
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
_MOST_TRADES: Final = 8  # a savings account is paid into far oftener than a house is bought


def own_thing(asked: Asked) -> Plan | Refusal | None:
    """What was paid for a thing that is an asset, what it was sold for, or when; None where no such thing is named."""
    sold = asked.has(_SOLD)
    if not (sold or asked.has(_BOUGHT)) or asked.has(_SET_AGAINST) or asked.intent.group_by or asked.key:
        return None
    proceeds = sold and asked.has(_PROCEEDS)
    things = _things(asked, in_units=proceeds)
    if not things:
        return _only_bought(asked) if asked.has(_SOLD_FOR) else None
    trades = asked.names.booked.trades(things, tuple(asked.names.commodities) if proceeds else asked.names.money())
    if len({each.date for each in trades if each.sold or not proceeds}) > _MOST_TRADES:
        return None
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
    plan = Plan(Measure.SUM, filters, _within(one_period(asked), trades))
    return replace(plan, measure=Measure.LIST, order=Order("date"), unit="entry") if asks_when else plan


def _things(asked: Asked, *, in_units: bool) -> tuple[str, ...]:
    """The assets whose names say most of the question's words; none where it says more.

    Nor where shares are held there, unless what is held `in_units` counts as well.
    """
    said = set(stems(asked.said.text))
    owing = people(asked, Root.ASSETS)
    leaves = (each for each in asked.names.leaf_accounts((Root.ASSETS,)) if each.name not in owing)
    assets = [each for each in leaves if said & _called(each.name)]
    most = max((len(said & _called(each.name)) for each in assets), default=0)
    found = [each.name for each in assets if len(said & _called(each.name)) == most]
    words = {stem for name in found for stem in _called(name)} | _SAID_ALONG | (_IN_UNITS if in_units else set())
    beside = asked.said.unknown or any(not set(stems(phrase.words)) <= words for phrase in asked.said.phrases)
    held = not in_units and holds_units(asked, tuple(found))
    return () if beside or held else tuple(found)


def _called(account: str) -> set[str]:
    """What an account's name says below the root, one word after the other."""
    return {stem for part in account.split(":")[1:] for stem in name_stems(part)}


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
