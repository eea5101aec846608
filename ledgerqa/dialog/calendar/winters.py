"""Seasons over the turn of the year ("the 2024/25 winter", "school year 2023-24"), or counted back from today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import SEASONS, Unit, from_to, of_unit, season
from ledgerqa.dialog.calendar.time_tokens import MONTHS, Tok
from ledgerqa.dialog.calendar.time_words import count_at

if TYPE_CHECKING:
    from ledgerqa.dialog.calendar.calendar_units import Reading
    from ledgerqa.dialog.calendar.time_words import Step, Words

_OVER_THE_YEAR: Final = ("season", "school|academic year", "winter|ski|skiing|heating|football season")


def turn_of_the_year(words: Words, at: int) -> Step | None:
    """Reads "the 2024/25 winter", and as twelve months from July "the 2024/25 season", "school year 2023-24"."""
    start = words.skip(words.skip(at, "in", "during", "over"), "the")
    said = words.says_any(start, *_OVER_THE_YEAR)
    place = said or start
    if words.kind(place) is not Tok.YEARS or words.tokens[place].value[1] != words.tokens[place].value[0] + 1:
        return None
    first = words.tokens[place].value[0]
    if words.word(place + 1) == "winter":
        return season("winter", first), words.skip(place + 2, "season", "months")
    after = place + 1 if said else words.says_any(place + 1, *_OVER_THE_YEAR)
    return (from_to(dt.date(first, 7, 1), dt.date(first + 1, 7, 1)), after) if after else None


_CHRISTMAS: Final = "christmas"
_FARTHEST: Final = 10  # years that one counts back by their summers


def counted_back(words: Words, at: int) -> Step | None:
    """Reads "the winter before last", "last summer but one", "the August before last", "two Christmases ago"."""
    start = words.skip(at, "the")
    if words.word(start) == "last" and (after := words.says(start + 2, "but one")):
        return _back(words, words.word(start + 1), 2, after)
    if after := words.says(start + 1, "before last"):
        return _back(words, words.word(start), 2, after)
    if (counted := count_at(words, start)) is None:
        return None
    number, place = counted
    name = words.word(place).removesuffix("es" if words.word(place).startswith(_CHRISTMAS) else "s")
    named = name in SEASONS or words.word(place) == _CHRISTMAS or name == _CHRISTMAS
    back = words.word(place + 1) in {"ago", "back"} and named and 1 <= number <= _FARTHEST
    return _back(words, name if name in SEASONS else _CHRISTMAS, number, place + 2) if back else None


def _back(words: Words, name: str, number: int, after: int) -> Step | None:
    """The season, month or Christmas so many before today's, of those that are over."""
    latest = (year for year in range(words.today.year, words.today.year - 3, -1) if _is_over(words, name, year))
    year = next(latest, None)
    found = _of_year(name, year - number + 1) if year else None
    return (found, after) if found else None


def _is_over(words: Words, name: str, year: int) -> bool:
    found = _of_year(name, year)
    return bool(found and found.end and found.end <= words.today)


def _of_year(name: str, year: int) -> Reading | None:
    if name in SEASONS:
        return season(name, year)
    if name in MONTHS:
        return of_unit(Unit.MONTH, dt.date(year, MONTHS[name], 1))
    return from_to(dt.date(year, 12, 24), dt.date(year, 12, 27)) if name == _CHRISTMAS else None
