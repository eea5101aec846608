"""The same part of every year: "gifts in December each year", "heating every winter", "Q4 over the years".

And the end of every unit: "month-end balances in 2025", "at each quarter end".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.earlier import of_two_sides
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Period

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|spring|summer|autumn|fall|winter|q[1-4]"
)
_EVERY_ONE: Final = re.compile(rf"\b(?:each|every) ({_MONTHS})\b")
_NAMED: Final = re.compile(rf"(?:(?:in|during|over|for|of) )?(?:the )?({_MONTHS})(?: months)?")
_OF_EVERY_YEAR: Final = re.compile(
    r"\b(?:each|every|per|by) year\b|\byear (?:by|after|on|over) year\b|\b(?:over|through|across) (?:the )?years\b"
)
_MEASURES: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME, None})


_ENDS: Final = re.compile(
    r"\b(?:each|every) (?P<each>week|month|quarter|year)[ -]?ends?\b"
    r"|\b(?P<of>month|quarter|year)[ -]?ends?\b(?= (?:\w+ ){0,3}?(?:balances|values|figures|standings)\b)"
    r"|\b(?:balances|values|figures)\b[^.;?!]* (?:at|on) (?:the )?(?P<at>month|quarter|year)[ -]?ends?\b"
)
_END: Final = re.compile(r"(?:(?:at|on|by) )?(?:the )?(?:(?:each |every )?(?:week|month|quarter|year)[ -]?)?ends?\b")
_STANDING: Final = frozenset({Measure.BALANCE, Measure.NET_WORTH})


def at_each_end(said: Said, today: dt.date) -> Said:
    """The question with a row for each unit whose end it names so, and not the last such end as a time of its own."""
    found = _ENDS.search(said.folded)
    if found is None or said.intent.measure not in _STANDING:
        return said
    kept: list[FoundPeriod] = []
    for each in said.periods:  # "at each month end this year" is no time at the end of this year
        end = _END.match(fold(each.text).strip())
        kept += find_periods(fold(each.text).strip()[end.end() :], today) if end else [each]
    unit = Grouping(found["each"] or found["of"] or found["at"])
    groups = (unit, *(each for each in said.intent.group_by if each not in TIME_GROUPINGS))
    return replace(said, periods=tuple(kept), intent=replace(said.intent, group_by=groups, compare=False))


def in_each_year(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """The question with one side for each year of the ledger, where it asks for the same part of all of them."""
    named = _part(said)
    if not named or said.intent.measure not in _MEASURES or said.intent.compare:
        return said
    first = names.index.ledger.first_date
    years = range(first.year - 1, today.year + 1)  # a winter may have begun the year before
    sides = [found for year in years for found in find_periods(f"in {named} {year}", today)[:1]]
    sides = [each for each in sides if _within(each.period, first, today)]
    if len(sides) < 2:
        return said
    rules = of_two_sides(said.by_rules) if said.by_rules else None
    unread = tuple(each for each in said.unread if not _EVERY_ONE.search(f"every {fold(each)}"))
    return replace(
        said, periods=tuple(sides), intent=of_two_sides(said.intent), by_rules=rules, unread=unread,
        unread_periods=(),
    )  # fmt: skip


def _part(said: Said) -> str:
    """The part of the year that is meant, in its own words; "" where no such is said."""
    timed = [each for each in said.periods if each.kind != "all"]
    if not timed and (named := _EVERY_ONE.search(said.folded)):
        return named[1]
    if len(timed) != 1 or not _OF_EVERY_YEAR.search(said.folded):
        return ""
    found = re.fullmatch(
        rf"(?:(?:in|during|over|for|of) )?(?:the )?({_MONTHS})(?: months)?", fold(timed[0].text).strip()
    )
    return found[1] if found else ""


def _within(period: Period, first: dt.date, today: dt.date) -> bool:
    return period.start is not None and period.end is not None and period.end > first and period.start <= today
