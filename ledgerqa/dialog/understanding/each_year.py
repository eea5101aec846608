"""The same part of every year: "gifts in December each year", "heating every winter", "Q4 over the years".

And the end of every unit: "month-end balances in 2025", "at each quarter end".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import SEASONS, Unit, from_to, move, season
from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.earlier import of_two_sides
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Period

_NAMES: Final = (
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter|q[1-4]"
)
_HALVES: Final = r"(?:first|second|third|fourth|last) (?:quarter|half)"
_EVERY_ONE: Final = compiled(rf"\b(?:each|every) (?P<part>{_NAMES}|{_HALVES})\b")
_DEAREST: Final = compiled(
    r"\b(?:dearest|(?:most|least) expensive|cheapest|costliest|priciest|highest|lowest|best|worst|biggest|smallest)"
    rf" (?P<part>{_NAMES.replace('|may', '').replace('|fall', '')})\b"
    r"(?! (?:\d|bill|shop|purchase|payment|day|week|trip))"
)
_HOLIDAY: Final = compiled(r"\b(?:christmas|xmas|easter|new year'?s?|halloween|boxing day)\b")
_BY_THEN: Final = compiled(rf"(?:by|until|till|up to|up until) (?:the )?(?:end of )?(?P<part>{_NAMES})\b")
_SEVERAL: Final = compiled(
    r"\b(?:our|my|the|all|of|in|for|past|previous|last) (?P<part>january|february|april|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|winter)s\b"
)
_WHICH: Final = compiled(
    rf"\b(?:which|what) (?P<part>{_NAMES.replace('|may', '').replace('|fall', '')})"
    r" (?:was|were|is|did|do|had|has|have|cost|saw|came|took)\b.*"
    r"\b(?:most|least|more|less|dearest|cheapest|priciest|costliest|highest|lowest|biggest|smallest|best|worst"
    r"|(?:most|least) expensive)\b"
)
_PART: Final = compiled(
    rf"(?:(?:in|during|over|for|of|from|between) )?(?:the )?(?:(?:{_NAMES}|half|quarter|{_HALVES}|months|and|to|till"
    r"|until|through|\W)\s*)+"
)
_OF_EVERY_YEAR: Final = compiled(
    r"\b(?:each|every|per|by) year\b|\byear (?:by|after|on|over) year\b|\b(?:over|through|across) (?:the )?years\b"
    r"|\byearly\b|\beach of (?:the|those|these) years\b"
)
_DAY: Final = dt.timedelta(days=1)
_BEFORE_NOW: Final = 365  # days
_MEASURES: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME, None})


_ENDS: Final = compiled(
    r"\b(?:each|every) (?P<each>week|month|quarter|year)[ -]?ends?\b"
    r"|\b(?P<of>month|quarter|year)[ -]?ends?\b(?= (?:\w+ ){0,3}?(?:balances|values|figures|standings)\b)"
    r"|\b(?P<one>month|quarter)[ -]?end\b(?= (?:\w+ ){0,2}?(?:balance|value|figure|standing)\b)"
    r"|\b(?:balances|values|figures)\b[^.;?!]* (?:at|on) (?:the )?(?P<at>month|quarter|year)[ -]?ends?\b"
    r"|\b(?P<row>week|month|quarter|year)[ -]?ends? (?:after|by|for|upon) (?P=row)[ -]?ends?\b"
)
_END: Final = compiled(
    r"(?:(?:at|on|by|after|for|upon) )?(?:the )?(?:(?:each |every )?(?:week|month|quarter|year)[ -]?)?ends?\b"
)
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
    unit = Grouping(next(each for each in found.groups() if each))
    groups = (unit, *(each for each in said.intent.group_by if each not in TIME_GROUPINGS))
    return replace(said, periods=tuple(kept), intent=replace(said.intent, group_by=groups, compare=False))


def in_each_year(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """The question with a side for each year of the ledger, or of those named, where it asks for one part of them."""
    if said.intent.measure not in _MEASURES | ({Measure.LIST} if _ranks(said.folded) else set()):
        return said
    parts, spans, words = _parts(said, today)
    if not parts or len(spans) > 1:
        return said
    first = names.index.ledger.first_date
    years = range(first.year - 1, today.year + 1)  # a winter may have begun the year before
    sides = [_in_year(each, year) for year in years for each in parts]
    sides = [each for each in sides if _within(each.period, first, today) and _inside(each.period, spans)]
    if len(sides) < 2:
        return said
    rules = of_two_sides(said.by_rules) if said.by_rules else None
    unread, unknown = (
        tuple(each for each in lost if not re.search(rf"\b{re.escape(fold(each))}\b", words))
        for lost in (said.unread, said.unknown)
    )
    phrases = tuple(each for each in said.phrases if each.best.how == "exact" or fold(each.words) not in words)
    intent = of_two_sides(said.intent)
    intent = replace(intent, group_by=()) if _ranks(said.folded) else intent
    return replace(
        said,
        periods=tuple(sides),
        intent=intent,
        by_rules=rules,
        unread=unread,
        unknown=unknown,
        phrases=phrases,
        unread_periods=(),
    )


def _ranks(folded: str) -> re.Match[str] | None:
    """As in "which winter was the dearest", "the dearest December"."""
    return _WHICH.search(folded) or _DEAREST.search(folded)


def _parts(said: Said, today: dt.date) -> tuple[list[FoundPeriod], list[FoundPeriod], str]:
    """The parts of the year that are meant, the span of years if one is said, and the words; no part where none is."""
    timed = [each for each in said.periods if each.kind != "all"]
    if named := _EVERY_ONE.search(said.folded) or _SEVERAL.search(said.folded) or _ranks(said.folded):
        spans = [each for each in timed if not _is_part(each) and fold(each.text) not in named[0]]
        return list(find_periods(f"in {named['part']}", today)[:1]), spans, named[0]
    timed = [_from_new_year(each) for each in timed] if _OF_EVERY_YEAR.search(said.folded) else timed
    parts = [each for each in timed if _is_part(each)]
    spans = [each for each in timed if each not in parts]
    yearly = _OF_EVERY_YEAR.search(said.folded) or (
        not said.intent.compare and any(_of_years(each, today) for each in spans)
    )
    joined = parts[:1]
    for each in parts[1:]:  # "jan, feb and mar every year" is one part
        if joined[-1].period.end == each.period.start and each.period.end is not None:
            start, end = joined[-1].period.start, each.period.end
            joined[-1] = replace(joined[-1], period=from_to(start or end, end).period, unit=None)
        else:
            joined.append(each)
    return (joined if yearly else []), spans, " ".join(fold(each.text) for each in parts)


def _from_new_year(found: FoundPeriod) -> FoundPeriod:
    """As in "by the end of June each year": what each year came to by then."""
    named, end = _BY_THEN.fullmatch(fold(found.text).strip()), found.period.end
    if named is None or found.kind not in {"until", "as_of"} or end is None:
        return found
    return replace(found, period=from_to(end.replace(year=(end - _DAY).year, month=1, day=1), end).period, kind="range")


def _is_part(found: FoundPeriod) -> bool:
    """Whether it is a part of any year: "in December", "April to September"; not "in December 2024"."""
    start, end = found.period.start, found.period.end
    whole = start is None or end is None or (end - start).days >= _BEFORE_NOW
    text = fold(found.text).strip()
    named = _PART.fullmatch(text) or _BY_THEN.fullmatch(text) or (_HOLIDAY.search(text) and not re.search(r"\d", text))
    return found.kind in {"range", "day"} and not whole and bool(named)


def _of_years(found: FoundPeriod, today: dt.date) -> bool:
    """Whether it is of more years than one: "2022 to 2024", "the last three years", "since 2022"."""
    start = found.period.start
    return start is not None and ((found.period.end or today) - start).days > _BEFORE_NOW + 1


def _in_year(found: FoundPeriod, year: int) -> FoundPeriod:
    """The part in that year."""
    named = next((each for each in SEASONS if re.search(rf"\b{each}\b", fold(found.text))), None)
    start, end = found.period.start, found.period.end
    if start is None or end is None:
        return found
    if named:
        of_year = season(named, year).period
        return replace(found, period=of_year, text=of_year.label)  # no season without a year any more
    if _HOLIDAY.search(fold(found.text)):
        there = find_periods(found.text, dt.date(year, 12, 31))
        return replace(found, period=there[0].period) if there else found
    steps = year - start.year
    moved = from_to(move(start, Unit.YEAR, steps), move(end, Unit.YEAR, steps), found.unit)
    return replace(found, period=moved.period)


def _inside(period: Period, spans: list[FoundPeriod]) -> bool:
    """Whether it begins in the years that are named, if any are."""
    return all(
        period.start is not None
        and (each.period.start is None or each.period.start <= period.start)
        and (each.period.end is None or period.start < each.period.end)
        for each in spans
    )


def _within(period: Period, first: dt.date, today: dt.date) -> bool:
    return period.start is not None and period.end is not None and period.end > first and period.start <= today
