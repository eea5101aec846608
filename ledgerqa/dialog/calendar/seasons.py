"""Seasons without a year: of "summer or winter" the latest that is over."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.calendar.calendar_units import SEASONS, season
from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from ledgerqa.dialog.calendar.periods import FoundPeriod


def latest_season(found: FoundPeriod, today: dt.date) -> FoundPeriod:
    """The period as it is, or of a season that is not over on `today` that of the year before."""
    name = next(
        (each for each in SEASONS if re.fullmatch(rf"(?:in |the |during )*{each}(?:time)?", fold(found.text))), None
    )
    start, end = found.period.start, found.period.end
    if name is None or start is None or end is None or end <= today + dt.timedelta(days=1):
        return found
    return replace(found, period=season(name, start.year - 1).period)
