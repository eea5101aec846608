"""Balances just before something that was booked: "the savings the evening before we bought the cottage".

The day is that of the entry which the words after "before" name; one that touches what is asked about comes first.
Where they name entries of several days, no day is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import spoken_currency
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.records import Filters, Measure, Period, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

EVE: Final = re.compile(
    r"\b(?:the )?(?:day|evening|night|eve) (?:just )?before\b|\b(?:just|right|shortly|immediately) before\b"
    r"|\bon the eve of\b"
)
_STANDING: Final = (
    r"\b(?:balances?|stand|stood|in|on|have|had|hold|held|there|worth|left|was|were|pots?|how much|what did)\b"
)
_MOVED: Final = r"\b(?:spen[dt]|paid|pay|bought|buy|earn\w*|received?)\b"
_OWN: Final = (Root.ASSETS, Root.LIABILITIES)


def on_the_eve(asked: Asked) -> Plan | None:
    """What stood on the accounts named, or all in all, at the end of the day before; None where no day is known."""
    found = EVE.search(asked.said.folded)
    if not found or asked.said.periods or asked.key is not None:
        return None
    before = asked.said.folded[: found.start()]
    worth = bool(re.search(r"\bnet worth\b|\bworth\b", before))
    if re.search(_MOVED, before) or not (re.search(_STANDING, before) or worth):
        return None
    first = [each for each in asked.said.phrases if fold(each.words) in before]
    accounts = tuple(dict.fromkeys(name for each in first for name in _own(asked, each)))
    day = _day(asked, [each for each in asked.said.phrases if each not in first], accounts)
    if day is None or not (accounts or worth):
        return None
    period = Period(None, day, f"as of {(day - dt.timedelta(days=1)).isoformat()}")
    note = f"the day before = before {day.isoformat()}"
    if accounts:
        plan = Plan(Measure.BALANCE, Filters(accounts=accounts), period, reading=(note,))
    else:
        plan = Plan(Measure.NET_WORTH, Filters(), period, valuation=Valuation.MARKET, reading=(note,))
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency else plan


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
            return next(iter(days)) if len(days) == 1 else None
    return None


def _days(asked: Asked, phrase: Phrase, within: tuple[str, ...]) -> set[dt.date]:
    """The days of the entries that a phrase names in any of its readings, the first one that names any."""
    below = " OR ".join(["account = ? OR starts_with(account, ?)"] * len(within)) or "true"
    touching: list[object] = [part for name in within for part in (name, f"{name}:")]
    for option in phrase.options:
        values: list[object] = [list(option.values)]
        if option.kind in {"payee", "narration"}:
            clause = f"{option.kind} IN (SELECT unnest(?))"
        elif option.kind == "tag":
            clause = "entry_id IN (SELECT entry_id FROM tags WHERE tag IN (SELECT unnest(?)))"
        elif option.kind == "account":
            clause = "entry_id IN (SELECT entry_id FROM postings WHERE number > 0 AND account IN (SELECT unnest(?)))"
        else:
            continue
        rows = asked.names.index.query(
            f"SELECT DISTINCT date FROM postings WHERE {clause} AND ({below})", [*values, *touching]
        )
        if rows:
            return {row[0] for row in rows}
    return set()
