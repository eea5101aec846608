"""A period said again more closely just after: "2025 up to September", "the tax year 6 April 2024 - 5 April 2025".

The two name one span of days, and no two to be compared.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import ONE_DAY, Unit, move, spanning
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.calendar.periods import FoundPeriod

_NEXT: Final = compiled(r"[\s,]*")
_THAT_IS: Final = compiled(r"[\s,:;(–—-]*(?:(?:that is|i\.?e|meaning|running|being)\b\.?[\s,:]*)?", re.IGNORECASE)
_NUMBERED: Final = compiled(r"\d")
_YEAR: Final = compiled(r"\d{4}|\byear\b", re.IGNORECASE)
_A_YEAR: Final = range(360, 373)  # days


def as_one(found: tuple[FoundPeriod, ...], text: str) -> tuple[FoundPeriod, ...]:
    """The periods, with each that only says more closely what the one before it began joined to that one."""
    kept: list[FoundPeriod] = []
    for each in found:
        whole = _joined(kept[-1], each, text[kept[-1].end : each.start]) if kept else None
        kept[len(kept) - bool(whole) :] = [whole or each]
    return tuple(kept)


def _joined(first: FoundPeriod, second: FoundPeriod, between: str) -> FoundPeriod | None:
    """The two as one; None where each is a period of its own."""
    one, two = first.period, second.period
    if one.start is None or one.end is None:
        return None
    place = {"start": first.start, "text": f"{first.text}{between}{second.text}"}
    last = _in_the_year(two.end - ONE_DAY, first, second) if two.end else None
    if second.kind == "until" and last and one.start <= last < one.end and _NEXT.fullmatch(between):
        inside = spanning(one.start, last + ONE_DAY)
        return replace(second, period=inside.period, kind=inside.kind, unit=inside.unit, at=None, **place)  # type: ignore[arg-type]
    start = _in_the_year(two.start, first, second)
    if second.kind == "since" and start and one.start <= start < one.end and _NEXT.fullmatch(between):
        inside = spanning(start, one.end)
        return replace(second, period=inside.period, kind=inside.kind, unit=inside.unit, at=None, **place)  # type: ignore[arg-type]
    fiscal = first.unit is Unit.FISCAL_YEAR and not _NUMBERED.search(first.text)
    if fiscal and two.start and two.end and (two.end - two.start).days in _A_YEAR and _THAT_IS.fullmatch(between):
        return replace(second, **place)  # type: ignore[arg-type]
    return None


def _in_the_year(day: dt.date | None, first: FoundPeriod, second: FoundPeriod) -> dt.date | None:
    """The day in the year named first, where its own words leave the year open ("2024, from March on")."""
    if day is None or first.unit is not Unit.YEAR or first.period.start is None or _YEAR.search(second.text):
        return day
    return move(day, Unit.YEAR, first.period.start.year - day.year)
