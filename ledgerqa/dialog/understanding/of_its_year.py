"""A part of the time spoken of, or the whole that it is a part of: "only the summer", "and for the whole year?"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = (
    r"\W*(?:(?:ok|okay|right|thanks|no|and|so|but|then|now|what about|how about|what of|same|again|show me)\b[,. ]*)*"
)
_ALONE: Final = r"(?:(?:only|just)\b ?)"
_END: Final = r"(?:,? (?:only|alone|then|please|though|instead))*\W*"
_SEASON: Final = compiled(
    rf"{_OPENING}{_ALONE}?(?:(?:for|in|during|over) )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)"
    rf"(?: months)?{_END}",
    re.IGNORECASE,
)
_ONLY: Final = compiled(r"\b(?:only|just|alone|the|in|during|over|for|months)\b", re.IGNORECASE)
_WHOLE: Final = compiled(
    rf"{_OPENING}(?:(?:for|in|over|during|of|across) )?(?:the |that |this )?"
    r"(?:(?:whole|full|entire|complete)(?: of (?:the|that|this))? (?P<unit>year|quarter|month)"
    r"|all(?: of)?(?: (?:the|that|this))? (?P<all>year|quarter|month)"
    rf"|(?P<rest>year|quarter|month) as a whole){_END}",
    re.IGNORECASE,
)
_MONTHS: Final = {"year": 12, "quarter": 3, "month": 1}


def of_its_year(asked: str, before: Said) -> str:
    """The question with that time by its name, where the time spoken of lies in one such whole; else as it is."""
    if not before.periods or before.intent.compare:
        return asked
    period = before.periods[-1].period
    if period.start is None or period.end is None:
        return asked
    last = period.end - dt.timedelta(days=1)
    if (season := _SEASON.fullmatch(asked)) and _ONLY.search(asked):
        return f"and in {season['season'].lower()}" if period.start.year == last.year else asked
    if not (whole := _WHOLE.fullmatch(asked)):
        return asked
    unit = (whole["unit"] or whole["all"] or whole["rest"]).lower()
    first, end = (_number(day) // _MONTHS[unit] for day in (period.start, last))
    begins = period.start.day == 1 and _number(period.start) % _MONTHS[unit] == 0
    is_whole = begins and _number(last + dt.timedelta(days=1)) - _number(period.start) >= _MONTHS[unit]
    if first != end or is_whole:
        return asked
    return f"and in {_named(period.start, unit)}"


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _named(day: dt.date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    return f"Q{(day.month + 2) // 3} {day.year}" if unit == "quarter" else f"{day:%B %Y}"
