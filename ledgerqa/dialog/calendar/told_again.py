"""A period and then what it is made of: "this summer, june july + august", "in 2024, january to june".

Names of months and the like that fill what was said just before them say it again, and add no periods of their own.
Within a year they are what is asked for, and the year only tells which.  The number of its months says it again, too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, months_between, spanning
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.dialog.calendar.periods import FoundPeriod

_THAT_IS: Final = compiled(
    r"\s*(?:[,:;(–—-]\s*|\s)(?:(?:so|that is|that's|i\.?e|meaning|namely|which is|as in|from)\b\.?[\s,:]*)*",
    re.IGNORECASE,
)
_LISTED: Final = compiled(r"\s*(?:[,+&/]|\band\b|\bplus\b)?\s*(?:(?:and|plus)\b\s*)?", re.IGNORECASE)
_NAMED: Final = compiled(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|q[1-4]|quarters?|hal(?:f|ves)|spring|summer|autumn|fall"
    r"|winter)",
    re.IGNORECASE,
)
_RELATIVE: Final = compiled(r"\d{4}|\b(?:this|last|past|next|previous|current|same)\b", re.IGNORECASE)
_EACH: Final = compiled(
    r"\b(?:each|every|separately|individually|respectively|one by one|side by side|compar\w+|which)\b", re.IGNORECASE
)


def told_again(found: tuple[FoundPeriod, ...], text: str) -> tuple[FoundPeriod, ...]:
    """The periods, each with what it is made of told once: the whole, or its parts where rows of them are wanted."""
    kept: list[FoundPeriod] = []
    at = 0
    while at < len(found):
        run = _run(found, at, text)
        once = _once(found[at], run, text) if run else None
        kept += once or (found[at],)
        at += 1 + (len(run) if once else 0)
    return tuple(kept)


def _run(found: Sequence[FoundPeriod], at: int, text: str) -> list[FoundPeriod]:
    """The names of months and the like that stand in a list just after the period."""
    run: list[FoundPeriod] = []
    for before, each in zip(found[at:], found[at + 1 :], strict=False):
        between = text[before.end : each.start]
        leading = _LISTED if run else _THAT_IS
        if each.kind != "range" or not _NAMED.search(each.text) or not leading.fullmatch(between):
            break
        run.append(each)
    return run


def _once(whole: FoundPeriod, run: Sequence[FoundPeriod], text: str) -> tuple[FoundPeriod, ...]:
    """The whole or its parts; none where the parts are others than those of the whole."""
    if whole.kind != "range" or whole.period.start is None or whole.period.end is None:
        return ()
    parts = [_inside(each, whole.period.start, whole.period.end) for each in run]
    within = [each for each in parts if each is not None]
    if len(within) < len(parts):
        return _counted_back(whole, run, text)
    of_year = whole.unit is Unit.YEAR and not any(re.search(r"\d{4}", each.text) for each in run)
    fills = _fill(within, whole.period.start, whole.period.end)
    if of_year or (fills and _EACH.search(text) and len(within) > 1):
        first = replace(within[0], start=whole.start, text=text[whole.start : within[0].end])
        return (first, *within[1:])
    return (_up_to(whole, run[-1], text),) if fills else ()


def _up_to(whole: FoundPeriod, last: FoundPeriod, text: str) -> FoundPeriod:
    return replace(whole, end=last.end, text=text[whole.start : last.end])


def _counted_back(whole: FoundPeriod, run: Sequence[FoundPeriod], text: str) -> tuple[FoundPeriod, ...]:
    """As in "the last three months, july august september": the months that are named, as many as were counted."""
    start, end = run[0].period.start, run[-1].period.end
    if start is None or end is None or whole.period.start is None or whole.period.end is None:
        return ()
    count = months_between(whole.period.start, whole.period.end)
    apart = end <= whole.period.start or whole.period.end <= start
    if apart or count is None or count != months_between(start, end) or not _fill(run, start, end):
        return ()
    named = spanning(start, end)
    return (replace(_up_to(whole, run[-1], text), period=named.period, kind=named.kind, unit=named.unit),)


_OVER: Final = compiled(
    r"\b(?:total|sum|divided?|split|spread|averaged?|all|whole|lot|it|that)(?: (?:it|them|up|out))?"
    r" (?:over|by|across|through) (?:the |those |these |all )*(?P<count>\d{1,2})"
    r"(?=\s*(?:[.,;:?!)]|$|months?\b|[-–—] ))",
    re.IGNORECASE,
)


def over_its_months(text: str, periods: Sequence[FoundPeriod]) -> tuple[tuple[int, int], ...]:
    """As in "the first six months, the total over six": where the months of a period are counted, and no amount."""
    counts = {
        months_between(each.period.start, each.period.end) for each in periods if each.period.start and each.period.end
    }
    return tuple(match.span() for match in _OVER.finditer(text) if int(match["count"]) in counts)


def _inside(part: FoundPeriod, start: dt.date, end: dt.date) -> FoundPeriod | None:
    """The part where it lies in these days, or in the year in which it would where its words leave that open."""
    first, last = part.period.start, part.period.end
    if first is None or last is None:
        return None
    if start <= first and last <= end:
        return part
    if _RELATIVE.search(part.text) or months_between(first, last) is None:
        return None
    for year in (start.year, start.year + 1):
        moved = first.replace(year=year), last.replace(year=year + last.year - first.year)
        if start <= moved[0] and moved[1] <= end:
            there = spanning(*moved)
            return replace(part, period=there.period, kind=there.kind, unit=there.unit)
    return None


def _fill(parts: Sequence[FoundPeriod], start: dt.date, end: dt.date) -> bool:
    """Whether the parts follow one another from the first of these days to the last."""
    for each in sorted(parts, key=lambda one: str(one.period.start)):
        if each.period.start != start or each.period.end is None:
            return False
        start = each.period.end
    return start == end
