"""Single days as people write them: "5 Sept 2020", "31/12/2023", "yesterday", "last Friday", "Christmas Eve".

Written with numbers alone, a date is read day first unless only month first exists (03/04/2024 is 3 April,
12/31/2023 is 31 December); labels are ISO dates, so an answer always shows how it was read.  A day without a year
is the most recent one not after today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import (
    ONE_DAY,
    Reading,
    Unit,
    add_months,
    containing,
    from_to,
    iso_range,
    on_day,
)
from ledgerqa.dialog.calendar.time_tokens import ORDINALS, WEEKDAYS, Tok, full_year, valid_date
from ledgerqa.dialog.calendar.time_words import Step, Words, latest, month_at, year_after

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS_FROM_TODAY: Final = {
    "today": 0,
    "tonight": 0,
    "this morning|afternoon|evening": 0,
    "yesterday": -1,
    "last night": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_HERE: Final = frozenset(
    "to through between and on since until till by from before after at of for this last next past previous".split()
)


def day(words: Words, at: int) -> Step | None:
    """The single day that the words at `at` name."""
    for parser in (
        _numeric,
        _from_today,
        _holiday,
        _day_month,
        _month_day,
        _day_of_relative_month,
        _weekday,
        _lone_ordinal,
    ):
        if step := parser(words, at):
            return step
    return None


def _numeric(words: Words, at: int) -> Step | None:
    if words.kind(at) is Tok.DATE:
        found = valid_date(*words.tokens[at].value[:3])
        return (on_day(found), at + 1) if found else None
    if words.kind(at) is Tok.NUM and words.word(at + 1) == "/" and words.kind(at + 2) is Tok.NUM:
        return _without_year(words, at)
    return None


def _without_year(words: Words, at: int) -> Step | None:
    """Reads "on 31/12": only after a preposition, since 24/7 and 1/2 are no dates."""
    if (
        words.word(at - 1) not in {"on", "since", "until", "till", "by", "before", "after", "of"}
        or words.word(at + 3) == "/"
    ):
        return None
    one, two = words.value(at), words.value(at + 2)
    first, second = (one, two) if two <= 12 else (two, one)
    found = latest(words, lambda year: _on(year, second, first))
    return (found, at + 3) if found else None


def _on(year: int, month: int, number: int) -> Reading | None:
    found = valid_date(year, month, number)
    return on_day(found) if found else None


def _from_today(words: Words, at: int) -> Step | None:
    start = words.skip(at, "the")
    for phrase, days in _DAYS_FROM_TODAY.items():
        if (after := words.says(start, phrase)) is not None:
            return on_day(words.today + dt.timedelta(days=days)), after
    return None


# ------------------------------------------------------------------------------------------ day and month by name


def _number(words: Words, at: int) -> int | None:
    """A day of the month: "5", "5th", "first"."""
    if words.kind(at) in {Tok.NUM, Tok.ORD}:
        return words.value(at) if 1 <= words.value(at) <= 31 else None
    return ORDINALS.get(words.word(at)) if words.word(at - 1) in {"the", "on"} else None


def _day_month(words: Words, at: int) -> Step | None:
    """Reads "5 Sept 2020", "the 3rd of March", "Tuesday, 5th March", "5-Mar-24"."""
    start = _past_weekday(words, at)
    start = words.skip(start, "the")
    number = _number(words, start)
    if number is None or (
        words.kind(start) is Tok.NUM and words.word(start - 1) in {"top", "first", "last", "biggest", "largest"}
    ):
        return None
    place = words.skip(start + 1, "of", "-", "/", "day")
    place = words.skip(place, "of")
    month = month_at(words, place)
    if month is None or (words.kind(start) is Tok.WORD and words.word(start + 1) != "of"):
        return None
    if (
        words.word(place + 1) in {"-", "/"}
        and words.kind(place + 2) is Tok.NUM
        and words.glued(place + 2)
        and len(words.raw(place + 2)) == 2
    ):
        found = _on(full_year(words.raw(place + 2), words.today), month, number)
        return (found, place + 3) if found else None
    return _completed(words, place + 1, month, number)


def _month_day(words: Words, at: int) -> Step | None:
    """Reads "June 9th", "August 19th, 2024", "Monday, June 3"."""
    start = _past_weekday(words, at)
    month = month_at(words, start)
    if month is None:
        return None
    place = words.skip(start + 1, "the")
    if words.kind(place) not in {Tok.NUM, Tok.ORD} or not 1 <= words.value(place) <= 31:
        return None
    if words.kind(place) is Tok.NUM and (words.word(place + 1) in {"times", "%", "k", ":"} or words.glued(place)):
        return None
    return _completed(words, place + 1, month, words.value(place))


def _completed(words: Words, place: int, month: int, number: int) -> Step | None:
    """The day with the year that follows it, if one does."""
    said = year_after(words, place)
    if said and not (words.word(place) == "in" and words.word(place + 1) in {"the", "last", "this"}):
        found = _on(said[0], month, number)
        return (found, said[1]) if found else None
    if (
        words.kind(place) is Tok.NUM
        and len(words.raw(place)) == 2
        and words.value(place) >= 10
        and words.ends(place + 1)
    ):
        found = _on(full_year(words.raw(place), words.today), month, number)  # "2 June 22"
        return (found, place + 1) if found else None
    guessed = latest(words, lambda year: _on(year, month, number))
    return (guessed, place) if guessed else None


def _past_weekday(words: Words, at: int) -> int:
    """The place after "Tuesday," where a date follows it."""
    if words.word(at) not in WEEKDAYS or words.kind(at) is not Tok.WORD:
        return at
    place = words.skip(words.skip(at + 1, ".", ","), "the")
    dated = _number(words, place) is not None or month_at(words, place) is not None or words.kind(place) is Tok.ORD
    return words.skip(at + 1, ".", ",") if dated else at


def _day_of_relative_month(words: Words, at: int) -> Step | None:
    """Reads "the 15th of last month", "the first of this month"."""
    start = words.skip(at, "the")
    number = _number(words, start)
    steps = {"last": -1, "previous": -1, "this": 0, "the": 0, "next": 1}
    if (
        number is None
        or words.kind(start) is Tok.NUM
        or words.word(start + 1) != "of"
        or words.word(start + 2) not in steps
    ):
        return None
    if words.word(start + 3) != "month":
        return None
    first = add_months(words.today.replace(day=1), steps[words.word(start + 2)])
    found = valid_date(first.year, first.month, number)
    return (on_day(found), start + 4) if found else None


def _lone_ordinal(words: Words, at: int) -> Step | None:
    """Reads "on the 15th": the most recent 15th, where nothing follows that it could count."""
    if words.word(at) != "the" or words.kind(at + 1) is not Tok.ORD or words.word(at - 1) not in _HERE:
        return None
    after = words.word(at + 2)
    if not words.ends(at + 2) and after not in {
        "and",
        "or",
        "to",
        "until",
        "till",
        "through",
        "vs",
        "i",
        "we",
        "did",
        "at",
        "in",
    }:
        return None
    number = words.value(at + 1)
    month = words.today.replace(day=1)
    for back in range(13):
        first = add_months(month, -back)
        found = valid_date(first.year, first.month, number)
        if found and found <= words.today:
            return on_day(found), at + 2
    return None


def refined(words: Words, at: int, month: Reading) -> Step | None:
    """The day that "(the 15th)" picks out of the month, or part of one, named just before."""
    place = words.skip(at, ",")
    place = words.skip(place, "(", "-")
    place = words.skip(place, "on")
    if place == at or words.word(place) != "the" or words.kind(place + 1) is not Tok.ORD or month.start is None:
        return None
    found = valid_date(month.start.year, month.start.month, words.value(place + 1))
    opened = any(words.word(one) == "(" for one in range(at, place))
    if found is None or (words.word(place + 2) != ")" if opened else not words.ends(place + 2)):
        return None
    return on_day(found), place + 2 + opened


# ------------------------------------------------------------------------------------------------------ weekdays


def _weekday(words: Words, at: int) -> Step | None:
    """Reads "last Friday" (before today), "on Tuesday" (today at the latest), "Friday last week"; no bare name."""
    said = words.word(at) if words.word(at) in {"last", "past", "previous", "this", "next"} else ""
    place = at + 1 if said else at
    name = words.word(place)
    if words.kind(place) is not Tok.WORD or name not in WEEKDAYS or words.raw(place).lower() in _PLURAL_ABBREVIATIONS:
        return None
    number = WEEKDAYS[name]
    week = words.skip(place + 1, "of", "in", ",")
    if words.word(week) in {"last", "this", "next"} and words.word(week + 1) == "week":
        monday = containing(Unit.WEEK, words.today)[0] + dt.timedelta(
            weeks={"last": -1, "this": 0, "next": 1}[words.word(week)]
        )
        return on_day(monday + dt.timedelta(days=number)), week + 2
    if not said and (
        words.word(at - 1) not in {"on", "since", "until", "till", "by", "before", "after"}
        or (name == "sat" and words.word(at - 1) != "on")
    ):
        return None
    return on_day(_nearest_weekday(words.today, number, said, future=words.future)), place + 1


_PLURAL_ABBREVIATIONS: Final = frozenset({"weds'", "tues'"})


def _nearest_weekday(today: dt.date, number: int, said: str, *, future: bool) -> dt.date:
    if said == "this":
        return containing(Unit.WEEK, today)[0] + dt.timedelta(days=number)
    if said == "next" or (future and not said):
        return today + dt.timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - number) % 7
    return today - dt.timedelta(days=back or (7 if said else 0))


# ------------------------------------------------------------------------------------------------------ holidays


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar: the anonymous algorithm printed in Nature, 20 April 1876."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def _thanksgiving(year: int) -> dt.date:
    """The fourth Thursday of November."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)


def _fixed(month: int, number: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, number)


_HOLIDAYS: Final[dict[str, Callable[[int], dt.date]]] = {
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "new year": _fixed(1, 1),
    "new years": _fixed(1, 1),  # its day, without the apostrophe
    "new year day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "halloween": _fixed(10, 31),
    "valentine|valentines day": _fixed(2, 14),
    "easter sunday": easter,
    "easter": easter,
    "good friday": lambda year: easter(year) - dt.timedelta(days=2),
    "easter monday": lambda year: easter(year) + ONE_DAY,
    "thanksgiving": _thanksgiving,
    "black friday": lambda year: _thanksgiving(year) + ONE_DAY,
}
_LONGEST_FIRST: Final = sorted(_HOLIDAYS.items(), key=lambda one: -len(one[0].split()))
_HOLIDAY_BEFORE: Final = frozenset(
    "at on over around during since before after until till by last this next to and through between from".split()
)


def _holiday(words: Words, at: int) -> Step | None:
    """A holiday with its year, or after a word of time; "Christmas" alone is 24 to 26 December."""
    said = words.word(at) if words.word(at) in {"last", "this", "next"} else ""
    start = at + 1 if said else at
    start = words.skip(start, "the") if start == at else start
    for phrase, find in _LONGEST_FIRST:
        if (after := words.says(start, phrase)) is not None:
            if words.word(after) == "week":
                return _which(words, start, after + 1, said, lambda year, find=find: _week_around(find(year)))  # type: ignore[misc]
            return _which(words, start, after, said, lambda year, find=find: on_day(find(year)))  # type: ignore[misc]
    if words.says(start, "christmas week"):
        return _which(words, start, start + 2, said, lambda year: _week_around(dt.date(year, 12, 25)))
    if words.word(start) == "christmas" and words.word(start + 1) not in {
        "market",
        "markets",
        "presents",
        "gifts",
        "tree",
        "cards",
        "party",
    }:
        return _which(words, start, words.skip(start + 1, "time"), said, _christmas)
    return None


def _week_around(day: dt.date) -> Reading:
    """Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return from_to(monday, monday + dt.timedelta(days=7))


def _christmas(year: int) -> Reading:
    start, end = dt.date(year, 12, 24), dt.date(year, 12, 27)
    return Reading(start, end, f"at Christmas {year} ({iso_range(start, end)})", at=dt.date(year, 12, 25))


def _which(words: Words, start: int, after: int, said: str, build: Callable[[int], Reading]) -> Step | None:
    """The holiday of the year that follows, of the year that `said` means, or the most recent one."""
    following = year_after(words, after)
    if following:
        return build(following[0]), following[1]
    if said == "this":
        return build(words.today.year), after
    if said == "next":
        ahead = latest(replace(words, future=True, year_hint=None), build)
        return (ahead, after) if ahead else None
    before = words.word(start - 2) if words.word(start - 1) == "the" else words.word(start - 1)
    if not said and before not in _HOLIDAY_BEFORE:
        return None
    found = latest(replace(words, year_hint=None) if said else words, build)
    return (found, after) if found else None


def day_range(words: Words, at: int) -> Step | None:
    """Two days of one month: "5-12 June 2024", "June 5 to 12", "from the 5th to the 12th of June"."""
    place = words.skip(at, "the")
    one = _number(words, place)
    joined = {"-", "–", "—", "to", "through", "until", "till", "and"}
    if one is not None and words.kind(place) is not Tok.WORD and words.word(place + 1) in joined:
        step = _day_month(words, place + 2)
        together = words.word(place + 1) != "and" or words.word(at - 1) == "between"
        if step and step[0].start and step[0].start.day > one and (together or step[0].start.day == one + 1):
            return _same_month(step[0], one, step[0].start.day), step[1]
    month = month_at(words, at)
    if month is None or words.kind(at + 1) not in {Tok.NUM, Tok.ORD} or words.word(at + 2) not in joined:
        return None
    last = words.skip(at + 3, "the")
    first_day, last_day = _number(words, at + 1), _number(words, last)
    if words.word(at + 2) == "and" and first_day and last_day and last_day != first_day + 1:
        return None
    if (
        first_day is None
        or last_day is None
        or last_day <= first_day
        or month_at(words, last + 1)
        or words.word(last + 1) in {"/", "-"}
    ):
        return None
    step = _completed(words, last + 1, month, last_day)
    return (_same_month(step[0], first_day, last_day), step[1]) if step else None


def _same_month(end: Reading, first: int, last: int) -> Reading:
    """From the `first` to the `last` of the month of `end`, in another year too if that one's year was guessed."""

    def days(reading: Reading) -> Reading | None:
        start = valid_date(reading.start.year, reading.start.month, first) if reading.start else None
        return from_to(start, start + dt.timedelta(days=last - first + 1)) if start else None

    found = days(end) or end
    if end.in_year is None:
        return found
    build = end.in_year
    return replace(found, in_year=lambda year: days(again) if (again := build(year)) else None)
