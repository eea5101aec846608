"""Periods that count from today: "last month", "the last 90 days", "year to date", "three weeks ago".

- "last", "this" and "next" name calendar units: last year is the whole calendar year before this one.
- A number makes it rolling, up to and including today: "the last 3 months" asked on 20 August is 21 May to
  20 August, "the last 7 days" is seven days with today.  "Full", "complete" and "calendar" ask for whole units
  before the current one, and quarters and fiscal years are always counted so.
- "The past year", and "last year" after "over the", "in the" and the like, are rolling as well.
- "3 days ago" is a day; of other units it is the calendar unit, whose `at` is the same day so long ago.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from ledgerqa.dialog.calendar.calendar_units import (
    ONE_DAY,
    Reading,
    Unit,
    as_of,
    containing,
    from_to,
    move,
    of_unit,
    on_day,
    unit_of,
)
from ledgerqa.dialog.calendar.fiscal_years import UNKNOWN_START
from ledgerqa.dialog.calendar.named_periods import whole
from ledgerqa.dialog.calendar.time_tokens import UNITS, Tok
from ledgerqa.dialog.calendar.time_words import Step, Words, count_at

_BACK: Final = frozenset({"last", "past", "previous", "prior", "preceding", "trailing", "rolling"})
_AHEAD: Final = frozenset({"next", "coming", "following"})
_SINGULAR: Final = _AHEAD | {"last", "past", "previous", "prior", "preceding", "this", "current"}
_ROLLING_PREPOSITIONS: Final = frozenset({"over", "in", "within", "during", "for", "across", "throughout"})
_FULL: Final = frozenset({"full", "complete", "whole", "calendar", "entire"})
_MOST: Final = {Unit.DAY: 36600, Unit.WEEK: 5200, Unit.FORTNIGHT: 2600, Unit.MONTH: 1200, Unit.QUARTER: 400}
_NOW: Final = (
    "now", "right now", "just now", "at the moment", "at present", "currently", "presently", "these days",
    "nowadays", "as of now", "as at now", "at this point", "as we speak", "at this moment", "as things stand",
    "to this day",
)  # fmt: skip
_ALWAYS: Final = (
    "ever", "all time", "all - time", "of all time", "over the years", "all years", "through the years",
    "since the start|beginning|outset", "since the very start|beginning", "from the start|beginning|outset",
    "from the very start|beginning", "since inception", "since day one", "from day one", "since records began",
    "over all the years", "across all years", "all these years", "for all time", "to date", "so far", "since forever",
    "in my|our entire|whole history", "since the|my|our books|ledger|records|bookkeeping began|begin|begins",
    "since the|my|our books|ledger|records|bookkeeping started|start|starts",
    "since the start|beginning of the|my|our books|ledger|records",
    "from the start|beginning of the|my|our books|ledger|records",
    "since|from the first|earliest|oldest entry|booking|transaction|record", "since|from my|our first entry|booking",
    "since records|record - keeping started", "as far back as the|my|our books|ledger|records go|goes|reach",
    "since|from the|my|our books|ledger|records were|was opened|started",
    "since i|we started|began keeping the|my|our books",
)  # fmt: skip
_TO_TODAY: Final = (
    "up to|until|till now|today", "up until now|today", "to now|today|date", "to the last|latest|present", "on",
    "onward|onwards",
)  # fmt: skip
_TO_NOW: Final = ("up to now|today", "until|till|til now|today", "up until now|today")
_FIRSTS: Final = (
    "payment|purchase|bill|invoice|job|visit|order|charge|time|day|month|lesson|delivery|shop|session|trip|one|entry"
)
_SINCE_THE_FIRST: Final = f"since the|my|our|their first {_FIRSTS}"
_FROM_THE_FIRST: Final = f"from the|my|our|their first {_FIRSTS}"  # "to now": by itself it may be whatever it is
_ALWAYS_NOT_BEFORE: Final = frozenset({"of", "in"})  # "since the start of 2023" is a year's start
_BEGINNINGS: Final = frozenset({"start", "beginning", "outset", *_FIRSTS.split("|")})


def relative_unit(words: Words, at: int) -> Step | None:
    """Reads "last month", "this quarter", "past year", "the year before last", "last half-year"."""
    start = words.skip(at, "the")
    if step := _before_last(words, start) or _counted_back(words, start) or _lately(words, start):
        return step
    said = words.word(start)
    if said == "this" and words.word(start + 1) == "past":
        start, said = start + 1, "past"
    if said == "most" and words.word(start + 1) == "recent":
        start, said = start + 1, "last"
    if words.word(start + 1) in {"fiscal", "financial"} and words.word(start + 2) == "quarter" and said in _SINGULAR:
        return _fiscal_quarter(words, 0 if said in {"this", "current"} else 1 if said in _AHEAD else -1), start + 3
    unit, after = _unit_at(words, start + 1)
    steps = 0 if said in {"this", "current"} else 1 if said in _AHEAD else -1
    if unit is None or said not in _SINGULAR:
        return None
    over_the = start > at and words.word(at - 1) in _ROLLING_PREPOSITIONS and said == "last"
    rolls = (said == "past" or over_the) and unit in {Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.HALF}
    rolls = rolls or (unit in {Unit.DECADE, Unit.FORTNIGHT} and said != "previous" and steps < 0)
    return (_rolling(words, unit, 1) if rolls else _calendar(words, unit, steps)), after


def _fiscal_quarter(words: Words, steps: int) -> Reading:
    """The quarter of the fiscal year around today, or `steps` away from it."""
    start = containing(Unit.FISCAL_YEAR, words.today, words.fiscal)[0]
    while move(start, Unit.QUARTER, 1) <= words.today:
        start = move(start, Unit.QUARTER, 1)
    start = move(start, Unit.QUARTER, steps)
    end = move(start, Unit.QUARTER, 1)
    return replace(from_to(start, end, unit_of(start, end)), note="" if words.fiscal_known else UNKNOWN_START)


def _unit_at(words: Words, at: int) -> tuple[Unit | None, int]:
    """A unit in the singular; people drop the apostrophe of "last years rent"."""
    at = words.skip(at, *_FULL)
    name = words.word(at).removesuffix("s")
    if words.word(at) == "half" and words.word(words.skip(at + 1, "-", "a")) == "year":
        return Unit.HALF, words.skip(at + 1, "-", "a") + 1
    if name not in UNITS or words.kind(at) is not Tok.WORD or (words.word(at + 1) == "-" and words.glued(at + 1)):
        return (UNITS[name], at + 3) if name == "year" and words.says(at + 1, "- end") else (None, at)
    if name == "day":
        return None, at
    return UNITS[name], at + 1


def _before_last(words: Words, at: int) -> Step | None:
    """Reads "the month before last"."""
    unit = UNITS.get(words.word(at))
    after = words.says(at + 1, "before last")
    if unit is None or after is None:
        return None
    after = words.skip(after, "year", "month", "week", "quarter") if words.word(after) == words.word(at) else after
    return _calendar(words, unit, -2), after


_COUNTED_BACK: Final = (
    ("second to last", -2), ("second - to - last", -2), ("second last", -2), ("next to last", -2), ("penultimate", -2),
    ("last but one", -2), ("third to last", -3), ("third - to - last", -3),
)  # fmt: skip


def _counted_back(words: Words, at: int) -> Step | None:
    """Reads "the second to last month", "the penultimate quarter", "the last month but one"."""
    for said, steps in _COUNTED_BACK:
        after = words.says(at, said)
        unit, end = _unit_at(words, after) if after else (None, at)
        if unit is not None:
            return _calendar(words, unit, steps), end
    if words.word(at) == "last" and (unit := UNITS.get(words.word(at + 1))):
        after = words.says(at + 2, "but one")
        return (_calendar(words, unit, -2), after) if after else None
    return None


RECENT_DAYS: Final = 30
_HOURS_A_DAY: Final = 24


def _lately(words: Words, at: int) -> Step | None:
    """Reads "recently", "lately", "of late" as thirty days; "the last 24 hours" as the days that they touch."""
    after = words.says_any(at, "recently", "lately", "of late", "in recent weeks")
    if after is not None and words.word(at - 1) not in {"most", "more", "less"} and not _asks_when_last(words):
        reading = _rolling(words, Unit.DAY, RECENT_DAYS)
        return replace(reading, note=f"recently was read as the last {RECENT_DAYS} days"), after
    counted = count_at(words, at + 1) if words.word(at) in _BACK else None
    if counted is None or words.word(counted[1]) not in {"hours", "hour", "hrs", "h"}:
        return None
    days = -(-counted[0] // _HOURS_A_DAY) + 1
    if not 1 < days <= _MOST[Unit.DAY]:
        return None
    return replace(_rolling(words, Unit.DAY, days), note="a ledger knows days, no hours"), counted[1] + 1


def _asks_when_last(words: Words) -> bool:
    """As in "he said recently, but when did he last pay": the last time is asked for, however long ago that was."""
    said = [words.word(place) for place in range(len(words))]
    return any(
        "when" in said[:at] and not words.says_any(at + 1, *UNITS) for at in range(len(said)) if said[at] == "last"
    )


def _calendar(words: Words, unit: Unit, steps: int) -> Reading:
    start = containing(unit, words.today, words.fiscal)[0]
    if unit is Unit.FORTNIGHT and steps > 0:
        return from_to(words.today + ONE_DAY, words.today + dt.timedelta(days=15))
    if unit is Unit.WEEKEND:
        saturday = start + dt.timedelta(weeks=steps)
        return from_to(saturday, saturday + dt.timedelta(days=2))
    return of_unit(unit, move(start, unit, steps), words.fiscal)


def _rolling(words: Words, unit: Unit, count: int) -> Reading:
    """Back from today, today included; month ends stay month ends, since the open end is what moves."""
    end = words.today + ONE_DAY
    start = move(end, unit, -count)
    return from_to(start, end, unit_of(start, end) if unit in {Unit.MONTH, Unit.YEAR} else None)


# ---------------------------------------------------------------------------------------------- counted units


def last_count(words: Words, at: int) -> Step | None:
    """Reads "the last 90 days", "past 3 months", "last six full months", "next two weeks", "last 4 quarters"."""
    start = words.skip(at, "the")
    said = words.word(start)
    start = words.skip(start + 1, "past") if said == "this" else start
    if words.word(start if said != "this" else start - 1) not in _BACK | _AHEAD | {"latest"}:
        return None
    place = start + 1 if said != "this" else start
    counted = count_at(words, place)
    if counted is None or counted[0] < 1:
        return None
    full = words.word(counted[1]) in _FULL or words.word(place) in _FULL
    unit_at = words.skip(counted[1], *_FULL)
    unit_at = words.skip(unit_at, "-")
    fiscal = words.word(unit_at) in {"fiscal", "financial", "tax"}
    unit_at = unit_at + 1 if fiscal else unit_at
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    if unit is None or unit is Unit.HALF or counted[0] > _MOST.get(unit, 90):
        return None
    if unit is Unit.WEEKEND:
        return None if said in _AHEAD else (_weekends(words, counted[0]), unit_at + 1)
    after = words.says(unit_at + 1, "or so") or unit_at + 1
    if fiscal and unit is Unit.YEAR:
        unit = Unit.FISCAL_YEAR
    reading = _counted(
        words, unit, counted[0], ahead=said in _AHEAD, full=full or unit in {Unit.QUARTER, Unit.FISCAL_YEAR}
    )
    vague = {"few", "several"} & {words.word(one) for one in range(place, counted[1])}
    return replace(reading, note="few was read as three" if vague else reading.note), after


def _weekends(words: Words, count: int) -> Reading:
    """From the first Saturday of so many weekends that are over to the last Sunday; the days between are left out."""
    coming = containing(Unit.WEEKEND, words.today)[0]
    return from_to(coming - dt.timedelta(weeks=count), coming - dt.timedelta(days=5))


def _counted(words: Words, unit: Unit, count: int, *, ahead: bool, full: bool) -> Reading:
    if full:
        now = containing(unit, words.today, words.fiscal)
        start, end = (now[1], move(now[1], unit, count)) if ahead else (move(now[0], unit, -count), now[0])
        note = UNKNOWN_START if unit is Unit.FISCAL_YEAR and not words.fiscal_known else ""
        return replace(from_to(start, end, unit_of(start, end) if count == 1 else None), note=note)
    if ahead:
        start = words.today + ONE_DAY
        return from_to(start, move(start, unit, count))
    return _rolling(words, unit, count)


def ago(words: Words, at: int) -> Step | None:
    """Reads "3 days ago" (a day), "two months ago" (that calendar month), "a year ago today", "this time last year"."""
    half_ago = move(words.today, Unit.HALF, -1)
    if after := words.says(at, "half a year ago"):
        return replace(of_unit(Unit.MONTH, half_ago), at=half_ago), after
    if after := words.says_any(at, "this time|day|date last year", "today last year"):
        return on_day(move(words.today, Unit.YEAR, -1)), after
    counted = count_at(words, at)
    unit = UNITS.get(words.word(counted[1]).removesuffix("s")) if counted else None
    if (
        counted is None
        or unit is None
        or words.word(counted[1] + 1) not in {"ago", "back"}
        or counted[0] > _MOST.get(unit, 90)
    ):
        return None
    if words.word(counted[1] + 1) == "back" and not words.ends(counted[1] + 2):
        return None
    then = move(words.today, unit, -counted[0])
    after = words.skip(counted[1] + 2, "today")
    if unit is Unit.DAY or after > counted[1] + 2:
        return on_day(then), after
    return replace(of_unit(unit, then), at=then), after


# ------------------------------------------------------------------------------------------- to date, now, ever


def to_date(words: Words, at: int) -> Step | None:
    """Reads "YTD", "year to date", "so far this year", "this month so far"; "YTD 2022" ends on this day of 2022."""
    start = words.skip(at, "the")
    if words.word(start) in {"ttm", "ltm"}:
        return _rolling(words, Unit.MONTH, 12), start + 1
    if words.word(start) in {"last", "prior", "previous"} and words.word(start + 1) == "ytd":
        begin = containing(Unit.YEAR, words.today)[0]
        return from_to(move(begin, Unit.YEAR, -1), move(words.today + ONE_DAY, Unit.YEAR, -1)), start + 2
    units = {"ytd": Unit.YEAR, "mtd": Unit.MONTH, "qtd": Unit.QUARTER, "wtd": Unit.WEEK, "fytd": Unit.FISCAL_YEAR}
    if words.word(start) in units:
        return _until_today(words, units[words.word(start)], start + 1)
    return _unit_to_date(words, start) or _so_far(words, start)


def _unit_to_date(words: Words, start: int) -> Step | None:
    """Reads "year to date", "fiscal year to date", "fy to date", "this month to date"."""
    for place in (start, words.skip(start, "fiscal", "financial", "tax"), words.skip(start, "this")):
        fiscal = words.word(place - 1) in {"fiscal", "financial", "tax"} or words.word(place) == "fy"
        unit = Unit.FISCAL_YEAR if fiscal else UNITS.get(words.word(place))
        if unit and (after := words.says_any(place + 1, "to date", "- to - date", "to - date")):
            return _until_today(words, unit, after)
    return None


def _so_far(words: Words, start: int) -> Step | None:
    """Reads "so far this year", "so far in 2024", "until now in 2024", "to date in 2024"."""
    so_far = words.says_any(start, "so far", "thus far", *_TO_NOW)
    if so_far:
        place = words.skip(words.skip(words.skip(so_far, ","), "in", "for"), "this", "the")
        unit = UNITS.get(words.word(place))
        if unit and words.word(place - 1) in {"this", "the"}:
            return _until_today(words, unit, place + 1)
    if named := so_far or words.says(start, "to date"):
        inner = whole(words, words.skip(words.skip(named, ","), "in", "for"))
        return clipped_to_date(words, inner, clip=True) if inner else None
    return None


def _until_today(words: Words, unit: Unit, after: int) -> Step:
    start, _ = containing(unit, words.today, words.fiscal)
    end = words.today + ONE_DAY
    place = words.skip(after, "in", "for", "of")
    if unit is Unit.YEAR and words.kind(place) is Tok.NUM and 1900 <= words.value(place) < words.today.year:
        shift = (words.value(place) - words.today.year) * 12
        start, end, after = move(start, Unit.MONTH, shift), move(end, Unit.MONTH, shift), place + 1
    note = UNKNOWN_START if unit is Unit.FISCAL_YEAR and not words.fiscal_known else ""
    return replace(from_to(start, end), note=note), after


def clipped_to_date(words: Words, step: Step, *, clip: bool = False) -> Step:
    """The period, ended today where "so far" or "to date" follows: "2024 so far", "this year up to now"."""
    reading, at = step
    after = words.says_any(
        at, "so far", "thus far", "to date", "ytd", "up to now", "until|till now|today", "up to today"
    )
    end = words.today + ONE_DAY
    after = at if after is None and clip else after
    if after is None or reading.start is None or reading.start >= end or reading.kind not in {"range", "since"}:
        return step
    if reading.end is not None and reading.end < end:
        return (reading, after) if clip or words.word(after - 1) in {"far", "ytd"} else step
    return replace(from_to(reading.start, end), note=reading.note), after


def now(words: Words, at: int) -> Step | None:
    """Reads "now", "at the moment", "these days"."""
    after = words.says_any(at, *_NOW)
    if after is None or (words.word(at) == "now" and words.word(at + 1) in {"that", "then", ","}):
        return None
    return as_of(words.today, "now"), after


def always(words: Words, at: int) -> Step | None:
    """Reads "ever", "all time", "over the years", "to date", "since the start": all that there is."""
    after = words.says_any(at, *_ALWAYS, _SINCE_THE_FIRST)
    if after is None and (first := words.says(at, _FROM_THE_FIRST)) and words.says_any(first, *_TO_TODAY):
        after = first
    if after is None or (words.word(after) in _ALWAYS_NOT_BEFORE and words.word(after - 1) in _BEGINNINGS):
        return None
    if words.word(at) == "ever" and words.word(at + 1) == "since":
        return None
    return Reading(None, None, "", "all"), words.says_any(after, *_TO_TODAY) or after
