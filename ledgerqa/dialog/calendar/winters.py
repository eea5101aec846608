"""Seasons over the turn of the year: "the 2024/25 winter", "the ski season 2024/25", "school year 2023-24"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import from_to, season
from ledgerqa.dialog.calendar.time_tokens import Tok

if TYPE_CHECKING:
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
