"""Days beside something that was booked: "the savings the evening before we bought the cottage".

What stood there at the end of the day before or after, or what was spent on that day.  The day is that of the entry
which the words after "before" name; one that touches what is asked about comes first.  Where they name entries of
several days, the first, the last, or those of a time that is said are meant, or no day is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import on_day
from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import spoken_currency
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.dialog.plans.wealth.lowest import paying_accounts
from ledgerqa.dialog.plans.wealth.securities import commodities_named
from ledgerqa.dialog.understanding.lived_through import lived_through
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Order, Period, Plan, Refusal, Root, Valuation, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

EVE: Final = compiled(
    r"\b(?:the )?(?:day|evening|night|eve|morning) (?:just |right )?(?P<side>before|after)\b"
    r"|\b(?:just|right|shortly|immediately) before\b|\bon the eve of\b"
)
_STANDING: Final = (
    r"\b(?:balances?|stand|stood|in|on|have|had|hold|held|there|worth|left|was|were|pots?|how much|what did)\b"
)
_MOVED: Final = r"\b(?:spen[dt]|paid|pay|bought|buy|earn\w*|received?)\b"
_OWN_SPENDING: Final = r"\bspen[dt]\b"
_OWN: Final = (Root.ASSETS, Root.LIABILITIES)
_DAY: Final = dt.timedelta(days=1)


def on_the_eve(asked: Asked) -> Plan | None:
    """What stood on the accounts named, or all in all, at the end of the day beside it; None where no day is known."""
    found = EVE.search(asked.said.folded)
    if not found or asked.key is not None or any(each.start < found.end() for each in asked.said.periods):
        return None
    before = asked.said.folded[: found.start()]
    worth = bool(re.search(r"\bnet worth\b|\bworth\b", before))
    spent = bool(re.search(_OWN_SPENDING, before))
    if not spent and (re.search(_MOVED, before) or not (re.search(_STANDING, before) or worth)):
        return None
    first = [each for each in asked.said.phrases if fold(each.words) in before]
    accounts = () if spent else tuple(dict.fromkeys(name for each in first for name in _own(asked, each)))
    if not accounts and not worth and re.search(r"\b(?:my|our|the) (?:bank )?(?:balance|account)\b", before):
        accounts = tuple(paying_accounts(asked))
    day = _day(asked, [each for each in asked.said.phrases if each not in first], accounts)
    if day is None or not (accounts or worth or spent):
        return None
    day, side = (day + _DAY, "after") if found["side"] == "after" else (day - _DAY, "before")
    note = f"the day {side} = {day.isoformat()}"
    if spent:
        return _spent(asked, first, day, note)
    period = Period(None, day + _DAY, f"as of {day.isoformat()}")
    if accounts:
        plan = Plan(Measure.BALANCE, Filters(accounts=accounts), period, reading=(note,))
    else:
        plan = Plan(Measure.NET_WORTH, Filters(), period, valuation=Valuation.MARKET, reading=(note,))
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency else plan


_PRICED: Final = r"\b(?:prices?|rates?|quotes?|quoted|worth|trading at|stood? at)\b"
_QUOTED: Final = r"\b(?:prices?|rates?|quotes?|quoted|trading at|(?:a|one|per) (?:share|unit))\b"
_THEN: Final = compiled(
    r"\b(?:(?:on|at|for) the (?:day|date|time)(?: that| when| of)?|when|as) (?=(?:i|we|he|she|they|the|my|our)\b)"
    r"|\b(?:on|at) the (?:day|date|time) of\b"
)
_EVENTFUL: Final = r"\b(?:moved?|moving|joined|left|quit|started|married|lived|retired|graduated)\b"
_TRADED: Final = r"\b(?:(?P<sold>sold|sell)|bought|buy)\b(?: (?:it|them|some|any|mine|those|my|the))?\W*$"
_NO_DAY: Final = "Which day is meant? No entry, or several, tell it: name the day itself."


def price_then(asked: Asked) -> Plan | Refusal | None:
    """As in "the pound's rate on the day I sent 2,000 to Anna": the price on the day of the entry that this names."""
    found = _THEN.search(asked.said.folded)
    if not found or asked.said.periods or asked.said.folded.startswith(("when", "on what", "on which")):
        return None
    before = asked.said.folded[: found.start()]
    priced = [each for each in asked.said.phrases if fold(each.words) in before]
    codes = [option.values[0] for each in priced if (option := each.of_kind("currency"))]
    codes = [code for code in dict.fromkeys((*codes, *commodities_named(asked))) if code in asked.names.commodities]
    if not codes or not re.search(_PRICED, before) or re.search(_MOVED, before):
        return None
    rest = asked.said.folded[found.end() :]
    if re.search(_EVENTFUL, rest):
        turned = lived_through(f"since {rest}", asked.names.events)
        day = turned[0].period.start if turned else None
    elif traded := re.search(_TRADED, rest):
        day = _one_of(_turns(asked, tuple(codes), "sale" if traded["sold"] else "purchase"), asked)
    else:
        day = _day(asked, [each for each in asked.said.phrases if each not in priced], ())
    if day is None:
        return Refusal(_NO_DAY, ())
    known = asked.names.commodities
    quoted = [code for code in codes[1:] if not known[code].held_at_cost]
    note = f"that day = {day.isoformat()}"
    period = Period(None, day + _DAY, f"on {day.isoformat()}")
    if known[codes[0]].held_at_cost and not re.search(_QUOTED, before):
        held = Filters(roots=(Root.ASSETS,), currencies=tuple(codes))
        return Plan(Measure.HOLDINGS, held, period, group_by=(Grouping.CURRENCY,), reading=(note,))
    return Plan(
        Measure.PRICE, Filters(), period, commodity=codes[0], quote=quoted[0] if quoted else None, reading=(note,)
    )


_HELD: Final = r"\b(?:have|had|held|hold|own(?:ed)?|got|position|holding|shares|units|how many)\b"
_OF_A_TURN: Final = compiled(
    r"\b(?P<side>before|prior to|until|up to|after|following)(?: the| that| its| their| my)?"
    r"(?: (?:last|latest|first|big|stock|share|[\w.-]+))? (?P<what>split|sale|selling|purchase|buy(?:ing)?)\b"
)


def held_then(asked: Asked) -> Plan | Refusal | None:
    """As in "how many did I hold before the split", "after the sale": what was held of it at that time."""
    found = _OF_A_TURN.search(asked.said.folded)
    codes = commodities_named(asked)
    holds = asked.has(_QUOTED) or asked.has(
        r"\b(?:have|had|held|hold|own(?:ed)?|got|position|holding|shares|units|how many)\b"
    )
    if not found or not codes or not holds or asked.said.periods or asked.has(r"\b(?:bought|sold|paid|spen[dt])\b"):
        return None
    if found["side"] in {"after", "following"} and asked.has(_NOW):
        return None  # "how many have I got now, after the split": what was traded since counts
    days = _turns(asked, codes, found["what"])
    day = _one_of(days, asked)
    if day is None:
        return Refusal(_NO_DAY, ()) if days else None
    if not asked.has(_QUOTED) and asked.has(_BOTH_SIDES):
        return _held_around(codes, day)
    if asked.has(_QUOTED):
        return _quoted_around(asked, codes[0], day, found["side"])
    day -= _DAY if found["side"] not in {"after", "following"} else dt.timedelta()
    period = Period(None, day + _DAY, f"as of {day.isoformat()}")
    filters = Filters(roots=(Root.ASSETS,), currencies=codes)
    groups, note = (Grouping.CURRENCY,), f"{found[0]} = as of {day.isoformat()}"
    return Plan(Measure.HOLDINGS, filters, period, group_by=groups, reading=(note,))


_NOW: Final = r"\b(?:now|today|nowadays|at the moment|these days|currently|still)\b"
_BOTH_SIDES: Final = r"\bbefore\b.*\band\b.*\bafter\b|\bafter\b.*\band\b.*\bbefore\b"


def _held_around(codes: tuple[str, ...], day: dt.date) -> Plan:
    """As in "how many before the split and how many after": what was held on the eve, and that evening."""
    held = Filters(roots=(Root.ASSETS,), currencies=codes)
    eve = Period(None, day, f"as of {(day - _DAY).isoformat()}")
    evening = Period(None, day + _DAY, f"as of {day.isoformat()}")
    note = f"that day = {day.isoformat()}"
    compare = (Variant("before", held, eve), Variant("after", held, evening))
    return Plan(Measure.BALANCE, held, compare=compare, reading=(note,))


def _quoted_around(asked: Asked, code: str, day: dt.date, side: str) -> Plan:
    """As in "the price before and after the split": the last one before that day, or all of the days around it."""
    if asked.has(r"\bbefore and after\b|\bafter and before\b"):
        period = Period(day - 7 * _DAY, day + 8 * _DAY, f"in the week before and after {day.isoformat()}")
        return Plan(Measure.PRICE, Filters(), period, order=Order("date"), commodity=code)
    last = day if side in {"after", "following"} else day - _DAY
    period = Period(None, last + _DAY, f"on {last.isoformat()}")
    return Plan(Measure.PRICE, Filters(), period, commodity=code)


def _turns(asked: Asked, codes: tuple[str, ...], what: str) -> set[dt.date]:
    """The days on which they were split (moved out and in again, as another number of units), sold, or bought."""
    kept = {
        "split": "min(number) < 0 AND max(number) > 0 AND sum(number) <> 0",
        "sale": "min(number) < 0 AND max(number) < 0",
        "selling": "min(number) < 0 AND max(number) < 0",
    }.get(what, "min(number) > 0")
    rows = asked.names.index.query(
        "SELECT any_value(date) FROM postings WHERE root = 'assets' AND currency IN (SELECT unnest(?))"
        f" GROUP BY entry_id, currency HAVING {kept}",
        [list(codes)],
    )
    return {day for (day,) in rows}


def _spent(asked: Asked, phrases: list[Phrase], day: dt.date, note: str) -> Plan | None:
    """What was spent on that day, on what is named before it."""
    one = on_day(day).period
    intent = replace(
        asked.intent, measure=Measure.SUM, flow="spend", group_by=(), order=None, limit=None, single=False
    )  # fmt: skip
    said = replace(
        asked.said, phrases=tuple(phrases), periods=(FoundPeriod(one, 0, 0, "day", ""),), intent=intent, by_rules=None,
        unread_periods=(),
    )  # fmt: skip
    found = flow(replace(asked, said=said, scope=scope(said, intent, asked.names)))
    return replace(found, reading=(*found.reading, note)) if isinstance(found, Plan) else None


def unread_days(said: Said) -> tuple[str, ...]:
    """Words for days that nothing here can tell, without those for a day before."""
    return tuple(each for each in said.unread_periods if not EVE.search(fold(each)))


def _own(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(asked.names, option.values, _OWN)):
            return kept
    return ()


def _day(asked: Asked, phrases: list[Phrase], accounts: tuple[str, ...]) -> dt.date | None:
    """The one day on which what the phrases name was booked: among what touches the accounts, else anywhere."""
    for within in (accounts, ()) if accounts else ((),):
        days = None
        for phrase in phrases:
            named = _days(asked, phrase, within)
            if named:
                days = named if days is None else (days & named or days)
        if days:
            return _one_of(days, asked)
    return None


def _one_of(days: set[dt.date], asked: Asked) -> dt.date | None:
    """The day meant of several: within the time that is said, the last or the first where that is said."""
    spans = [each.period for each in asked.said.periods if each.kind not in {"now", "all"}]
    kept = [
        day
        for day in days
        if day <= asked.today
        and all((one.start is None or one.start <= day) and (one.end is None or day < one.end) for one in spans)
    ]
    if asked.has(r"\b(?:last|latest|most recent)\b"):
        return max(kept, default=None)
    if asked.has(r"\b(?:first|earliest)\b"):
        return min(kept, default=None)
    return kept[0] if len(kept) == 1 else None


def _days(asked: Asked, phrase: Phrase, within: tuple[str, ...]) -> set[dt.date]:
    """The days of the entries that a phrase names in any of its readings, the first one that names any."""
    below, touching = at_or_below(within)
    for option in phrase.options:
        values: list[object] = [list(option.values)]
        if option.kind in {"payee", "narration"}:
            clause = f"{option.kind} IN (SELECT unnest(?))"
        elif option.kind == "tag":
            clause = "entry_id IN (SELECT entry_id FROM tags WHERE tag IN (SELECT unnest(?)))"
        elif option.kind == "account":
            earned = {asked.names.by_name[name].root for name in option.values} == {Root.INCOME}
            sign = "<" if earned else ">"
            values = [list(option.values)]
            clause = (
                f"entry_id IN (SELECT entry_id FROM postings p JOIN (SELECT unnest(?) AS top) ON number {sign} 0"
                " AND (account = top OR starts_with(account, top || ':')))"
            )
        else:
            continue
        rows = asked.names.index.query(
            f"SELECT DISTINCT date FROM postings WHERE {clause} AND {below}", [*values, *touching]
        )
        if rows:
            return {row[0] for row in rows}
    return set()
