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
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Filters, Measure, Period, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

EVE: Final = re.compile(
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
