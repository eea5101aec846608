"""Calendar periods by their names: years, months, quarters, halves, seasons, weeks, decades, and parts of them.

Without a year, a name means its most recent occurrence that has begun by today.  "Early", "mid" and "late" cut a
year into January to April, May to August, and October to December, and a month into its first ten days, the 11th
to the 20th, and the 21st to its end; a decade into its years 0 to 2, 3 to 6 and 7 to 9, other stretches into thirds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import (
    ONE_DAY,
    SEASONS,
    Reading,
    Unit,
    add_months,
    containing,
    from_to,
    iso_range,
    move,
    of_unit,
    on_day,
    season,
    unit_label,
)
from ledgerqa.dialog.calendar.dates import day, refined
from ledgerqa.dialog.calendar.fiscal_years import fiscal_year, quarter_of, quarter_word
from ledgerqa.dialog.calendar.time_tokens import ORDINALS, UNITS, WEEKDAYS, Tok
from ledgerqa.dialog.calendar.time_words import (
    Parser,
    Step,
    Words,
    count_at,
    latest,
    month_at,
    relative_year,
    year_after,
    year_at,
)
from ledgerqa.dialog.calendar.winters import counted_back, turn_of_the_year

if TYPE_CHECKING:
    from collections.abc import Callable

    YearBuilder = Callable[[int], Reading]

_STEPS: Final = {"last": -1, "previous": -1, "prior": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_DECADE_WORDS: Final = {"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000}
_SEASON_BEFORE: Final = frozenset(
    "in over during last past this next since before after until by of through and or to previous".split()
)


def year(words: Words, at: int) -> Step | None:
    """Reads "2023", "'23", "calendar year 2025", "the whole of 2023"."""
    place = at
    for phrase in ("the whole of", "the whole|entire|full", "all of", "whole|entire|full|all", "the"):
        if (after := words.says(place, phrase)) is not None:
            place = after
            break
    place = words.skip(words.skip(place, "calendar", "cy"), "year", "years")
    found = year_at(words, place)
    return (_year(found), place + 1) if found is not None else None


def _year(number: int) -> Reading:
    return of_unit(Unit.YEAR, dt.date(number, 1, 1))


def _stepped(words: Words, at: int) -> tuple[int, int]:
    """Reads "last", "this past", "next": how many steps, and the place after; 9 where no such word stands there."""
    if past := words.says_any(at, "this past|last", "past"):
        return -1, past
    return (_STEPS[words.word(at)], at + 1) if words.word(at) in _STEPS else (9, at)


def month(words: Words, at: int) -> Step | None:
    """Reads "March 2024", "march", "2024-03", "last March", "March last year"."""
    if words.kind(at) is Tok.YEAR_MONTH:
        number, index = words.tokens[at].value
        return of_unit(Unit.MONTH, dt.date(number, index, 1)), at + 1
    steps, place = _stepped(words, at)
    if place == at:
        place = words.skip(words.skip(at, "the"), "month")
        place = words.skip(place, "of") if words.word(place - 1) == "month" else place
    index_of = month_at(words, place)
    if index_of is None:
        return None
    step = _in_said_year(words, place + 1, lambda one: of_unit(Unit.MONTH, dt.date(one, index_of, 1)), steps)
    if step is None:
        return None
    return refined(words, step[1], step[0]) or step


def _in_said_year(words: Words, at: int, build: YearBuilder, steps: int = 9) -> Step | None:
    """`build` in the year said after it, in the one that "last" means, or in the latest that fits."""
    if following := year_after(words, at) or _glued_short_year(words, at):
        return build(following[0]), following[1]
    if steps == 0:
        return build(words.today.year), at
    if steps == 1:
        found = latest(replace(words, future=True, today=_day_after_current(words, build), year_hint=None), build)
    elif steps == -1:
        found = latest(replace(words, today=_day_before_current(words, build), year_hint=None, future=False), build)
    else:
        found = latest(words, build)
    found = replace(found, in_year=None) if found and steps != 9 else found
    return (found, at) if found else None


def _glued_short_year(words: Words, at: int) -> tuple[int, int] | None:
    """Reads "Mar-24", "Mar/24": as spreadsheets write a month."""
    if (
        words.word(at) not in {"-", "/"}
        or not words.glued(at)
        or not words.glued(at + 1)
        or words.kind(at + 1) is not Tok.NUM
    ):
        return None
    digits = words.raw(at + 1)
    return (words.today.year // 100 * 100 + int(digits), at + 2) if len(digits) == 2 and int(digits) < 70 else None


def _day_before_current(words: Words, build: YearBuilder) -> dt.date:
    """Today, or the day before the current occurrence began, so that "last May" said in May is a year ago."""
    this = build(words.today.year)
    if this.start is None or this.end is None:
        return words.today
    return this.start - ONE_DAY if this.start <= words.today < this.end else words.today


def _day_after_current(words: Words, build: YearBuilder) -> dt.date:
    this = build(words.today.year)
    if this.start is None or this.end is None:
        return words.today
    return this.end if this.start <= words.today < this.end else words.today


def quarter(words: Words, at: int) -> Step | None:
    """Reads "Q2", "Q1 2015", "2021 Q3", "the 2nd quarter of 2021", "Q3 of FY24", "last quarter of 2023"."""
    place = words.skip(at, "the")
    if words.kind(place) is Tok.QUARTER and len(words.tokens[place].value) == 2:
        index, number = words.tokens[place].value
        return _quarter(number, index), place + 1
    if (number_first := year_at(words, place)) is not None:
        for index, after in quarter_word(words, words.skip(place + 1, ",", "-", "/", "'s")):
            return _quarter(number_first, index), after
    for index, after in quarter_word(words, place):
        fiscal = fiscal_year(words, words.skip(after, "of", "in", ","))
        if fiscal:
            return quarter_of(fiscal[0], index), fiscal[1]
        return _in_said_year(words, after, lambda one, index=index: _quarter(one, index))  # type: ignore[misc]
    final = words.says_any(place, "final|last quarter of|in", "final quarter")
    if final and (
        following := year_after(words, final) or (words.says(final, "the year") and (words.today.year, final + 2))
    ):
        return _quarter(following[0], 4), following[1]
    return None


def _quarter(number: int, index: int) -> Reading:
    return of_unit(Unit.QUARTER, dt.date(number, index * 3, 1))


def half(words: Words, at: int) -> Step | None:
    """Reads "H2 2024", "first half of 2023", "the second half of last year", "first half of June 2024"."""
    place = words.skip(at, "the")
    if words.kind(place) is Tok.HALF:
        index, after = words.value(place), place + 1
        if len(words.tokens[place].value) == 2:
            return _half(words.tokens[place].value[1], index), after
    else:
        number_first = year_at(words, place)
        if number_first is not None and words.kind(place + 1) is Tok.HALF and len(words.tokens[place + 1].value) == 1:
            return _half(number_first, words.value(place + 1)), place + 2
        index = words.value(place) if words.kind(place) is Tok.ORD else ORDINALS.get(words.word(place), 0)
        index = 2 if words.word(place) in {"latter", "last"} and words.word(place + 2) == "of" else index
        if index not in {1, 2} or words.word(place + 1) != "half":
            return None
        after = place + 2
    if (
        words.word(after) == "of"
        and (inner := month(words, words.skip(after + 1, "the")))
        and inner[0].unit is Unit.MONTH
    ):
        return _half_of_month(inner[0], index), inner[1]
    return _in_said_year(words, after, lambda one: _half(one, index))


def _half(number: int, index: int) -> Reading:
    return of_unit(Unit.HALF, dt.date(number, index * 6, 1))


def _half_of_month(whole: Reading, index: int) -> Reading:
    if whole.start is None or whole.end is None:
        return whole
    middle = whole.start + dt.timedelta(days=15)
    return from_to(whole.start, middle) if index == 1 else from_to(middle, whole.end)


_SEASON_NOUNS: Final = frozenset(
    "tyres tires camp clothes coat sale school water cleaning protection job house".split()
)


_AUTUMN: Final = 9


def named_season(words: Words, at: int) -> Step | None:
    """Reads "summer 2023", "last winter", "winter 2023/24"; "summer" alone after a word of time or beside another."""
    if turned := turn_of_the_year(words, at) or counted_back(words, at):
        return turned
    steps, place = _stepped(words, at)
    place = words.skip(place, "the") if place == at else place
    name = words.word(place)
    if name not in SEASONS or words.kind(place) is not Tok.WORD:
        return None
    split = words.skip(place + 1, "of")
    if words.kind(split) is Tok.YEARS and words.tokens[split].value[1] == words.tokens[split].value[0] + 1:
        return season(name, words.tokens[split].value[0]), split + 1
    said = year_after(words, words.skip(place + 1, "months", "season"))
    before = words.word(place - 1) if words.word(place - 1) != "the" else words.word(place - 2)
    if (
        name == "fall"
        and words.word(place + 1) == "in"
        and words.word(place - 1) not in {*_SEASON_BEFORE, "the", "last"}
    ):
        return None  # "did the loan fall in 2024"
    led = before in _SEASON_BEFORE or _beside_another(words, name)
    if not said and (not led or words.word(place + 1) in _SEASON_NOUNS):
        return None
    if not said and steps in {0, -1} and (now := _this_of_two(words, name)):
        return season(name, now + steps), place + 1
    if not said and name == "winter" and (first := _winter(words, steps)):
        return season(name, first), words.skip(place + 1, "months", "season")
    return _in_said_year(words, words.skip(place + 1, "months", "season"), lambda one: season(name, one), steps)


def _winter(words: Words, steps: int) -> int | None:
    """The year in which "this winter" begins: it runs on into the next, and is the one just over until autumn."""
    today = words.today
    if words.future or steps not in {0, -1}:
        return None
    if steps == 0:
        return today.year - (today.month < _AUTUMN)
    return today.year - 2 if today.month <= 2 else None  # the winter before the one that runs


def _beside_another(words: Words, name: str) -> bool:
    """As in "summer vs winter": two of them, which no shop is called after; what falls is no season."""
    return name != "fall" and any(each in SEASONS for each in _spoken(words) if each not in {name, "fall"})


def _this_of_two(words: Words, name: str) -> int | None:
    """Of "this summer vs last summer" the year of this one: that which runs, or the latest that has begun."""
    spoken = _spoken(words)
    led = {spoken[at - 1] for at in range(1, len(spoken)) if spoken[at] == name}
    if not led >= {"this", "last"}:
        return None
    found = latest(replace(words, year_hint=None, future=False), lambda one: season(name, one))
    return found.start.year if found and found.start else None


def _spoken(words: Words) -> list[str]:
    return [words.word(at) for at in range(len(words))]


def decade(words: Words, at: int) -> Step | None:
    """Reads "the 2010s", "the nineties"."""
    place = words.skip(at, "the")
    if words.kind(place) is Tok.DECADE:
        return of_unit(Unit.DECADE, dt.date(words.value(place), 1, 1)), place + 1
    if place > at and words.word(place) in _DECADE_WORDS:
        return of_unit(Unit.DECADE, dt.date(_DECADE_WORDS[words.word(place)], 1, 1)), place + 1
    return None


def week(words: Words, at: int) -> Step | None:
    """Reads "2024-W05", "week 5 of 2024" (ISO weeks), "the week of 5 May", "week ending 12 May 2024"."""
    if words.kind(at) is Tok.WEEK:
        step = _iso_week(*words.tokens[at].value)
        return (step, at + 1) if step else None
    place = words.skip(at, "the")
    if words.word(place) == "weekend" and words.word(place + 1) == "of":
        inner = day(words, words.skip(place + 2, "the"))
        return (of_weekend(inner[0].start), inner[1]) if inner and inner[0].start else None
    if words.word(place) != "week":
        return None
    if words.kind(place + 1) is Tok.NUM and (said := year_after(words, place + 2)):
        step = _iso_week(said[0], words.value(place + 1))
        return (step, said[1]) if step else None
    return _week_of_day(words, place)


def _week_of_day(words: Words, place: int) -> Step | None:
    """Reads "week of 5 May" (the calendar week), "week ending 12 May", "week commencing 6 May" (those seven days)."""
    opening = words.says_any(place + 1, "of", "of the", "starting|beginning|commencing|from", "starting|beginning on")
    closing = words.says_any(place + 1, "ending|ended", "ending|ended on")
    said = opening or closing
    inner = day(words, said) if said else None
    if inner is None or inner[0].start is None:
        return None
    if closing:
        return from_to(inner[0].start - dt.timedelta(days=6), inner[0].start + ONE_DAY), inner[1]
    if words.word(place + 1) == "of":
        return of_unit(Unit.WEEK, inner[0].start), inner[1]
    return from_to(inner[0].start, inner[0].start + dt.timedelta(days=7)), inner[1]


def of_weekend(near: dt.date) -> Reading:
    """The Saturday and Sunday of the week of `near`."""
    return from_to(*containing(Unit.WEEKEND, near))


def _iso_week(number: int, index: int) -> Reading | None:
    try:
        return of_unit(Unit.WEEK, dt.date.fromisocalendar(number, index, 1))
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------- parts of a period


def part(words: Words, at: int) -> Step | None:
    """Reads "late 2023", "mid-June", "the middle of June 2021", "early last year"."""
    place = words.skip(at, "the")
    name = words.word(place)
    if name not in {"early", "mid", "middle", "late"}:
        return None
    inner_at = words.skip(place + 1, "-", "of", "in", "part")
    inner_at = words.skip(words.skip(inner_at, "of"), "the")
    step = inner_whole(words, inner_at)
    if step and step[0].kind == "day":  # "the middle of June 2021 (the 15th)"
        return step
    if (
        step is None
        or step[0].start is None
        or step[0].end is None
        or step[0].end - step[0].start < dt.timedelta(days=28)
    ):
        return None
    found = _part(name, step[0])
    if found is None:
        return None
    if rebuild := step[0].in_year:
        found = replace(found, in_year=lambda one: _part(name, again) if (again := rebuild(one)) else None)
    return found, step[1]


def _part(name: str, outer: Reading) -> Reading | None:
    start, end = outer.start, outer.end
    if start is None or end is None:
        return None
    which = {"early": 0, "mid": 1, "middle": 1, "late": 2}[name]
    if outer.unit is Unit.MONTH:
        days = (start, start + dt.timedelta(days=10), start + dt.timedelta(days=20), end)
        first, last, at = days[which], days[which + 1], start + dt.timedelta(days=14)
    elif outer.unit is Unit.DECADE:
        years = (0, 3, 7, 10)
        first, last, at = (
            add_months(start, years[which] * 12),
            add_months(start, years[which + 1] * 12),
            add_months(start, 60),
        )
    elif outer.unit is Unit.YEAR:
        first = add_months(start, (0, 4, 9)[which])
        last, at = (add_months(first, 4) if which < 2 else end), add_months(start, 6)
    else:
        third = (end - start) // 3
        first, last, at = (
            start + third * which,
            (start + third * (which + 1) if which < 2 else end),
            start + (end - start) // 2,
        )
    said = "mid" if name == "middle" else name
    inner = outer.label.removeprefix("in ").removeprefix("the ") if outer.unit is not None else iso_range(start, end)
    return Reading(first, last, f"in {said} {inner} ({iso_range(first, last)})", at=at if which == 1 else None)


def counted_part(words: Words, at: int) -> Step | None:
    """Reads "the first three months of 2024", "the last week of June", "second week of March", "last day of 2023"."""
    place = words.skip(at, "the")
    name = words.word(place)
    index = words.value(place) if words.kind(place) is Tok.ORD else ORDINALS.get(name, 0)
    from_end = name in {"last", "final", "closing"}
    if not index and not from_end and name != "opening":
        return None
    counted = count_at(words, place + 1) if (index <= 1 or from_end) else None
    number, unit_at = counted or (1, place + 1)
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    if unit is None or unit is Unit.HALF or words.word(unit_at + 1) not in {"of", "in"} or not 1 <= number <= 400:
        return None
    step = inner_whole(words, words.skip(unit_at + 2, "the")) or whole(words, unit_at + 2)
    found = _counted(step[0], unit, number, index or 1, from_end=from_end) if step else None
    return (found, step[1]) if found and step else None


def nth_weekday(words: Words, at: int) -> Step | None:
    """Reads "the last Friday of May 2024", "first Monday in June"."""
    place = words.skip(at, "the")
    index = words.value(place) if words.kind(place) is Tok.ORD else ORDINALS.get(words.word(place), 0)
    from_end = words.word(place) in {"last", "final"}
    weekday = WEEKDAYS.get(words.word(place + 1))
    if weekday is None or not (1 <= index <= 5 or from_end) or words.word(place + 2) not in {"of", "in"}:
        return None
    step = inner_whole(words, words.skip(place + 3, "the"))
    if step is None or step[0].unit is not Unit.MONTH or step[0].start is None or step[0].end is None:
        return None
    if from_end:
        found = (
            step[0].end - ONE_DAY - dt.timedelta(days=(step[0].end - ONE_DAY - dt.timedelta(days=weekday)).weekday())
        )
    else:
        found = step[0].start + dt.timedelta(days=(weekday - step[0].start.weekday()) % 7 + 7 * (index - 1))
    return (on_day(found), step[1]) if found < step[0].end else None


def _counted(outer: Reading, unit: Unit, number: int, index: int, *, from_end: bool) -> Reading | None:
    if outer.start is None or outer.end is None:
        return None
    if from_end:
        start, end = move(outer.end, unit, -number), outer.end
    else:
        start = move(outer.start, unit, index - 1)
        end = move(start, unit, number)
    if start < outer.start or end > outer.end or (start, end) == (outer.start, outer.end):
        return None
    if unit is Unit.WEEKEND:
        start, end = _weekend_in(outer, index, from_end=from_end)
    return replace(on_day(start) if end - start == ONE_DAY else _same_unit(start, end, unit))


def _same_unit(start: dt.date, end: dt.date, unit: Unit) -> Reading:
    whole_unit = containing(unit, start) == (start, end)
    return Reading(
        start, end, unit_label(unit if whole_unit else None, start, end), "range", unit if whole_unit else None
    )


def _weekend_in(outer: Reading, index: int, *, from_end: bool) -> tuple[dt.date, dt.date]:
    start, end = outer.start or dt.date.min, outer.end or dt.date.min
    if from_end:
        saturday = end - dt.timedelta(days=2)
        saturday -= dt.timedelta(days=(saturday.weekday() - 5) % 7)
        return saturday, saturday + dt.timedelta(days=2)
    saturday = start + dt.timedelta(days=(5 - start.weekday()) % 7 + 7 * (index - 1))
    return saturday, saturday + dt.timedelta(days=2)


def _bare_unit(words: Words, at: int) -> Step | None:
    """Reads "(the) year", "the month", "last month", "this fiscal year" inside a larger phrase: "early last year"."""
    found = relative_year(words, at)
    if found and words.word(found[1] - 1) != "ago":
        return _year(found[0]), found[1]
    steps, place = _stepped(words, at)
    unit = UNITS.get(words.word(place))
    if unit is None or unit is Unit.HALF or (steps == 9 and words.word(at - 1) != "the"):
        return None
    start = containing(unit, words.today)[0]
    return of_unit(unit, move(start, unit, 0 if steps == 9 else steps)), place + 1


_WHOLES: Final[tuple[Parser, ...]] = (fiscal_year, quarter, half, named_season, decade, week, month, year)


def whole(words: Words, at: int) -> Step | None:
    """The longest named period that begins at `at`."""
    steps = [step for parser in _WHOLES if (step := parser(words, at))]
    return max(steps, key=lambda step: step[1], default=None)


def inner_whole(words: Words, at: int) -> Step | None:
    """The same inside a larger phrase, where "the year" and "last month" stand too."""
    steps = [step for step in (whole(words, at), _bare_unit(words, at)) if step]
    return max(steps, key=lambda step: step[1], default=None)
