"""Periods of time in a question: which words name them, and the days that they mean.

Deterministic: words are read by grammar, never guessed.  `find_periods` reads one question; `relative_to` reads
the words of a follow-up that lean on the period before ("and the year before that?", "and in March?").  The rules
for what is ambiguous stand in the modules that apply them: days in `dates`, names in `named_periods`, counting
from today in `relative_units`, fiscal years in `fiscal_years`.  Of ranges:

- Both ends count: "from March to May" ends on 31 May, "until 2023" on 31 December 2023.
- Without a year, a range is the most recent one that ends in or before the current month.
- "The end of June" is a day at which a balance is meant (`kind` "as_of"); "the start of June" is the opening
  balance, the end of 31 May.
- "from 2022 to 2023" after a word of change or comparison names two years, not a range.

Groupings ("per month", "by quarter", "each year") and weekdays ("on Fridays", see `weekdays`) are no periods.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import ONE_DAY, FiscalStart, Kind, MonthDay, Reading, Unit
from ledgerqa.dialog.calendar.fiscal_years import GROUPED, stated_start, year_name
from ledgerqa.dialog.calendar.neighbours import relation_at, resolve, shift, shift_by_own_length
from ledgerqa.dialog.calendar.parts_of_years import against_the_rest, in_the_same_days, in_those_years
from ledgerqa.dialog.calendar.phrases import phrase
from ledgerqa.dialog.calendar.said_closer import as_one
from ledgerqa.dialog.calendar.time_tokens import UNITS, Tok
from ledgerqa.dialog.calendar.time_words import ONE_OF_ALL, Words
from ledgerqa.dialog.calendar.told_again import told_again
from ledgerqa.dialog.calendar.weekdays import find_weekdays, weekday_range
from ledgerqa.patterns import compiled
from ledgerqa.records import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "FoundPeriod",
    "Unit",
    "find_periods",
    "find_weekdays",
    "relative_to",
    "shift",
    "shift_by_own_length",
    "told_once",
]

NO_EVENTS: Final[Mapping[str, dt.date]] = MappingProxyType({})
_EVERY: Final = frozenset({"per", "each", "every"})
_GOES_ON: Final = frozenset("in on at during for over since last this".split())  # "how much each last month"
_COORDINATORS: Final = frozenset("and or vs versus against to with than & + / , then compared".split())
_PREPOSITIONS: Final = frozenset("in on at during throughout within for over across of from by".split())


_AGO: Final = compiled(r"\b(?:ago|back)\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundPeriod:
    """A period, and the words `text[start:end]` of the question that name it, prepositions included.

    `kind`: "range" (both ends), "day", "since" (no end), "until" (no start), "as_of" (a day's closing state; no
    start), "now" (the same, of today), "all" (`period` is empty: all that there is).  `at` is the one day that a
    balance or a price is meant for, where the words name one.  `note` is an assumption worth showing.
    """

    period: Period
    start: int
    end: int
    kind: Kind
    text: str
    unit: Unit | None = None
    at: dt.date | None = None
    note: str = ""
    less: Period | None = None  # what of it does not count: "the rest of 2024", beside "in May"


def told_once(periods: Sequence[FoundPeriod], *, standing: bool) -> tuple[FoundPeriod, ...]:
    """Each period once ("on 31 May, at that day's price"); where something stands, "a year ago" is that very day.

    As in "2025 so far against 2024: is the current year lower?", where the last names one of the two once more; and
    "these days, like this year" is that year.
    """
    whole = [(each.period.start, each.period.end) for each in periods if each.unit is not None]
    named = [each for each in periods if not is_faint(each) or not _within(each.period.end, whole)]
    periods = [each for each in named if not _named_again(each, periods)]
    meant = [_on_that_day(each) if standing and each.at and _AGO.search(each.text) else each for each in periods]
    return tuple({(each.period.start, each.period.end): each for each in reversed(meant)}.values())[::-1]


def _within(end: dt.date | None, spans: Sequence[tuple[dt.date | None, dt.date | None]]) -> bool:
    """Whether what ends there lies in one of the spans."""
    return end is not None and any(start and last and start < end <= last for start, last in spans)


_RUNNING = compiled(r"(?:(?:in|during|for) )?(?:the )?(?:current|running|present|this)\b")


def _named_again(found: FoundPeriod, periods: Sequence[FoundPeriod]) -> bool:
    """Whether it is the running unit, of which two earlier periods name the part so far."""
    before = [each for each in periods if each.start < found.start]
    same = any(each.period.start == found.period.start for each in before)
    return len(before) > 1 and same and bool(_RUNNING.match(found.text.lower()))


def _on_that_day(found: FoundPeriod) -> FoundPeriod:
    assert found.at is not None  # noqa: S101 - the caller looked
    period = Period(None, found.at + ONE_DAY, f"as of {found.at.isoformat()}")
    return replace(found, period=period, kind="as_of", unit=None)


def is_faint(found: FoundPeriod) -> bool:
    """Whether it is "lately" or "these days", which keep nothing to themselves."""
    words = r"^(?:(?:these|of|more|just) )?(?:days|late|lately|recently|recent)\b"
    return bool(re.search(words, found.text.lower()))


@dataclass(frozen=True)
class _Found:
    """A reading and its tokens, `first` up to, not including, `last`."""

    reading: Reading
    first: int
    last: int


def find_periods(
    text: str, today: dt.date, *, fiscal_start: FiscalStart = None, events: Mapping[str, dt.date] = NO_EVENTS
) -> tuple[FoundPeriod, ...]:
    """The periods that `text` names, in order of appearance and without overlap.

    `today` is what "last month" counts from.  `fiscal_start` is the month (1 to 12) in which fiscal years begin, or
    the month and day, unless the question says otherwise.  `events` gives dates to "since we moved" and the like, by
    their names.
    """
    return _found_in(text, today, fiscal_start, tuple(events.items()))


@lru_cache(maxsize=64)  # a question is read some times over on its way to a plan
def _found_in(
    text: str, today: dt.date, fiscal_start: FiscalStart, events: tuple[tuple[str, dt.date], ...]
) -> tuple[FoundPeriod, ...]:
    words, stated = _prepared(text, today, fiscal_start, dict(events))
    found = [each for one in _scan(words, stated) if not _is_of_days(each := _public(text, words, one), text)]
    numbered = [each for each in found if _is_number(each, text, today)]
    kept = _restated([each for each in found if each not in numbered], text, today)
    once = told_again(as_one(_once_named(kept, text), text), text)
    sides = in_the_same_days(_year_after_year(once, today), text, today)
    return against_the_rest(in_those_years(sides, text, today), text)


_DAYS_OF: Final = compiled(r"\bdays? $", re.IGNORECASE)
_A_WEEK: Final = compiled(r"of (?:the|a) week", re.IGNORECASE)


def _is_of_days(found: FoundPeriod, text: str) -> bool:
    """As in "for each day of the week": any week, and not this one."""
    return bool(_A_WEEK.fullmatch(found.text) and _DAYS_OF.search(text[: found.start]))


def fiscal_start_of(text: str, fiscal_start: FiscalStart) -> MonthDay | None:
    """The month and day on which fiscal years begin, as the question or the caller says; None where neither does."""
    words, _ = _prepared(text, dt.date(2000, 1, 1), fiscal_start, NO_EVENTS)
    return words.fiscal if words.fiscal_known else None


def said_of_years(texts: Iterable[str]) -> MonthDay | None:
    """The month and day that begin fiscal years, as it was last said ("our books run April to March. Fuel in 24/25?").

    The words may stand beside the question itself, which is read without them.
    """
    found = [start for each in texts if (start := fiscal_start_of(each, None))]
    return found[-1] if found else None


def stated_years(text: str) -> tuple[tuple[int, int], ...]:
    """Where the question says when fiscal years begin, which is no period of its own: "(1 Apr to 31 Mar each)".

    Of "by tax year (July to June)" only the brackets: the rest asks for a row a year.
    """
    words, stated = _prepared(text, dt.date(2000, 1, 1), None, NO_EVENTS)
    if not stated:
        return ()
    start, end = words.tokens[stated.start].start, words.tokens[stated.stop - 1].end
    return ((max([start, *(match.end() for match in GROUPED.finditer(text) if start < match.end() < end)]), end),)


# "Invoice 2024" is no year, nor is "Store 1950"; that of "weekly shop 2025" is one.
_NUMBERED: Final = compiled(r"(?:\b(?:(?<!budget )check|cheque|invoice|no\.?|nr\.?|number) ?#?|#) ?$", re.IGNORECASE)
_ONE_OF_ALL: Final = compiled(
    rf"\b(?:{'|'.join(sorted(ONE_OF_ALL))}) (?:\w+ )?(?:check|cheque|invoice) $", re.IGNORECASE
)  # "the average invoice 2024" has no number
_BRANCH: Final = compiled(r"\b(?:store|branch|shop|outlet|station) ?$", re.IGNORECASE)
_LATELY: Final = 30  # years that books may go back


def _is_number(found: FoundPeriod, text: str, today: dt.date) -> bool:
    """Whether a year is the number of a cheque or the like, or of a shop that no books are likely to reach."""
    if not found.text.strip().isdigit():
        return False
    led = text[: found.start]
    numbered = _NUMBERED.search(led) and not _ONE_OF_ALL.search(led)
    return bool(numbered or (_BRANCH.search(led) and not -1 <= today.year - int(found.text) <= _LATELY))


_THE_UNIT: Final = compiled(r"(?:for|in|of|over|during) the (?:week|month|quarter|year)", re.IGNORECASE)


_AN_END: Final = compiled(
    r"(?:the )?(?:week|month|quarter|(?:(?:fiscal|financial|tax) )?year|fy)[ -]ends?", re.IGNORECASE
)
_BESIDE: Final = compiled(r"\b(?:and|or|vs|versus|against|than|compared|with|to|from)\b", re.IGNORECASE)


def _once_named(found: Sequence[FoundPeriod], text: str) -> tuple[FoundPeriod, ...]:
    """As in "June: was it within what we budget for the month": the month that was named, and not the current one.

    The "year-end balance 2023" is that of 2023.
    """

    def ends_another(at: int) -> bool:
        follows = next((each for each in found[at + 1 :] if each.kind == "range"), None)
        bare = follows is not None and _AN_END.fullmatch(found[at].text)
        return bool(bare and follows and not _BESIDE.search(text[found[at].end : follows.start]))

    return tuple(
        each
        for at, each in enumerate(found)
        if not (_THE_UNIT.fullmatch(each.text) and any(one.unit is each.unit for one in found[:at]))
        and not ends_another(at)
    )


def _restated(found: list[FoundPeriod], text: str, today: dt.date) -> tuple[FoundPeriod, ...]:
    """As in "Easter week 2024 (1-7 April)": what the brackets say again, in the year said before them, counts alone."""
    kept: list[FoundPeriod] = []
    for each in found:
        last = kept[-1] if kept else None
        inside = last is not None and re.fullmatch(r"[\s\w?!,]{0,12}\(\s*", text[last.end : each.start])
        closed = text[each.end :].lstrip().startswith(")") and each.period.start is not None
        if last is None or not inside or not closed:
            kept.append(each)
            continue
        kept[-1] = _in_the_year(each, last, today)
    return tuple(kept)


_YEAR_BEFORE = compiled(r"\b(?:last year|previous year|year before|year earlier|prior year)\b", re.IGNORECASE)


def _year_after_year(found: tuple[FoundPeriod, ...], today: dt.date) -> tuple[FoundPeriod, ...]:
    """As in "May compared to May last year": the first, without a year of its own, is the later of the two.

    Of "in March, and is that more than last March?" the second is the earlier one.
    """
    if len(found) != 2 or found[0].period != found[1].period or found[0].unit is None:
        return found
    first, second = found
    if re.search(r"\d", first.text + second.text) or first.period.start is None or _LAST.search(first.text):
        return found
    if _LAST_ONE.search(second.text):
        return (first, _in_year(second, first.period.start.year - 1, today) or second)
    if not _YEAR_BEFORE.search(second.text):
        return found
    later = _in_year(first, first.period.start.year + 1, today)
    if later is None or later.period.start is None or later.period.start > today:
        return found
    return (replace(first, period=later.period), second)


_LAST: Final = compiled(r"\blast\b", re.IGNORECASE)
_LAST_ONE: Final = compiled(r"\blast (?!year\b)[a-z]+\s*$", re.IGNORECASE)


def _in_year(found: FoundPeriod, year: int, today: dt.date) -> FoundPeriod | None:
    """A period that was said without its year, in this one."""
    there = find_periods(f"{_LAST.sub('', found.text).strip()} {year}", today)
    return replace(found, period=there[0].period) if len(there) == 1 else None


def _in_the_year(each: FoundPeriod, before: FoundPeriod, today: dt.date) -> FoundPeriod:
    """The period in the year of the one before it, where its own words leave the year open."""
    year = before.period.start.year if before.period.start else None
    if year is None or re.search(r"\d{4}", each.text):
        return replace(each, start=before.start)
    there = find_periods(f"{each.text.strip()} {year}", today)
    return replace(there[0] if len(there) == 1 else each, start=before.start, end=each.end, text=each.text)


def relative_to(text: str, previous: Period, today: dt.date, *, fiscal_start: FiscalStart = None) -> Period | None:
    """The period that `text` names by leaning on `previous`, or None where it leans on nothing.

    Relative words ("the year before that", "same period last year", "since then") count from `previous`; a month,
    quarter, half, season or day without a year lies in the year of `previous` when that is a single one.
    """
    words, stated = _prepared(text, today, fiscal_start, NO_EVENTS)
    words = replace(words, previous=previous)
    for at in range(len(words)):
        if at in stated:
            continue
        relation = relation_at(words, words.skip(at, *_PREPOSITIONS)) or relation_at(words, at)
        if relation and not _is_absolute(words, at, relation[1]):
            found = resolve(relation[0], previous)
            return found.period if found else None
        if found_here := phrase(words, at):
            return _in_year_of(words, at, previous, found_here[0])
    return None


def _is_absolute(words: Words, at: int, after: int) -> bool:
    """Whether a longer absolute phrase stands where the relative words stand."""
    step = phrase(words, at)
    return step is not None and step[1] > after


def _in_year_of(words: Words, at: int, previous: Period, reading: Reading) -> Period | None:
    if reading.in_year is None or previous.start is None or previous.end is None:
        return None
    year = previous.start.year
    if (previous.end - dt.timedelta(days=1)).year != year:
        return None
    step = phrase(replace(words, year_hint=year), at)
    return step[0].period if step else None


# ---------------------------------------------------------------------------------------------------- the scan


def _prepared(
    text: str, today: dt.date, fiscal_start: FiscalStart, events: Mapping[str, dt.date]
) -> tuple[Words, range]:
    words = Words.of(text, today, events)
    known = (fiscal_start, 1) if isinstance(fiscal_start, int) else fiscal_start
    if known is not None and not 1 <= known[0] <= 12:
        known = None
    words = replace(words, fiscal=known or (1, 1), fiscal_known=known is not None)
    if stated := stated_start(words):
        return replace(words, fiscal=stated[0], fiscal_known=True), stated[1]
    return words, range(0)


def _scan(words: Words, stated: range) -> list[_Found]:
    found: list[_Found] = []
    at = 0
    while at < len(words):
        if at in stated:
            at = stated.stop
            continue
        if (after := _grouping(words, at)) or (after := weekday_range(words, at)):
            at = after
            continue
        step, after = _best(words, at, found)
        found.extend(step)
        at = max(after, at + 1)
    return _distributed(words, found)


def _best(words: Words, at: int, found: list[_Found]) -> tuple[list[_Found], int]:
    """What begins at `at`: relative words that refer to what was found before, or a phrase of its own."""
    start = at
    place = at + 1 if words.word(at) in _PREPOSITIONS else at
    relation = relation_at(words, place) or (relation_at(words, at) if place != at else None)
    step = phrase(words, at)
    if relation and (step is None or relation[1] >= step[1]):
        earlier = next((one.reading for one in reversed(found) if one.reading.kind != "all"), None)
        if earlier:
            reading = resolve(relation[0], earlier.period)
            return ([_Found(reading, start, relation[1])] if reading else []), relation[1]
        if (
            step is None
            or relation[0].whole
            or relation[0].side
            or relation[0].year is not None
            or words.word(at) == "same"
        ):
            return [], relation[1]
        if relation[1] > step[1]:
            return [], relation[1]
    if step is None:
        return [], at
    return [_Found(one, first, last) for one, first, last in step[2]] or [_Found(step[0], at, step[1])], step[1]


def _grouping(words: Words, at: int) -> int | None:
    """The place after "per month", "by quarter", "each year", "month by month": no periods."""
    if words.word(at) in _EVERY and (named := year_name(words, at + 1)):
        return words.skip(words.skip(named, "-"), "end", "ends")
    if words.word(at) in _EVERY and words.kind(at + 1) is Tok.WORD and words.word(at + 1) not in _GOES_ON:
        return at + 2
    unit = words.word(at + 1).removesuffix("s")
    if words.word(at) == "by" and (
        unit in UNITS or (words.word(at + 1) in {"calendar", "fiscal"} and words.word(at + 2) in UNITS)
    ):
        return at + 2 if unit in UNITS else at + 3
    if words.word(at) in UNITS:
        middle = words.skip(at + 1, "-")
        if words.word(middle) in {"by", "over", "on"} and words.word(words.skip(middle + 1, "-")) == words.word(at):
            return words.skip(middle + 1, "-") + 1
    return None


def _distributed(words: Words, found: list[_Found]) -> list[_Found]:
    """Gives a year said once to the names it also belongs to: "in March or April 2024", "Jan 2023 and Feb"."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        here, after = result[at], result[at + 1]
        if here.reading.in_year and not after.reading.in_year and _joined(words, here, after):
            result[at] = replace(here, reading=_in_same_year(here.reading, after.reading, earlier=True))
    for at in range(1, len(result)):
        before, here = result[at - 1], result[at]
        if here.reading.in_year and not before.reading.in_year and _joined(words, before, here):
            result[at] = replace(here, reading=_in_same_year(here.reading, before.reading, earlier=False))
    return result


def _joined(words: Words, one: _Found, two: _Found) -> bool:
    if Unit.YEAR in {one.reading.unit, two.reading.unit}:
        return False
    between = [words.word(at) for at in range(one.last, two.first)]
    listed = bool(between) or one.reading.unit is two.reading.unit is Unit.MONTH  # "april may and june 2024"
    near = listed and len(between) <= 3 and all(word in _COORDINATORS for word in between)
    return near or (one.reading.unit is two.reading.unit is not None and _is_set_against(between))


def _is_set_against(between: Sequence[str]) -> bool:
    """As in "January 2024, groceries against February": the words before the second of two that are compared."""
    said = [word for word in between if word not in _PREPOSITIONS | {"the", "that", "those", "of"}]
    if not said:
        return False
    comparing = any(word.startswith("compar") for word in said)
    return said[-1] in {"against", "versus", "vs", "than"} or (said[-1] in {"with", "to"} and comparing)


def _in_same_year(reading: Reading, other: Reading, *, earlier: bool) -> Reading:
    """`reading` in the year of `other`; winter's neighbours across the turn of the year stay neighbours."""
    mine, anchor = _anchor(reading), _anchor(other)
    if reading.in_year is None or mine is None or anchor is None:
        return reading
    year = anchor.year
    if earlier and mine.month >= 10 and anchor.month <= 3:
        year -= 1
    if not earlier and anchor.month >= 10 and mine.month <= 3:
        year += 1
    found = reading.in_year(year)
    return replace(found, in_year=None) if found else reading


def _anchor(reading: Reading) -> dt.date | None:
    return reading.start or (reading.end - dt.timedelta(days=1) if reading.end else None)


def _public(text: str, words: Words, found: _Found) -> FoundPeriod:
    start, end = words.tokens[found.first].start, words.tokens[found.last - 1].end
    reading = found.reading
    return FoundPeriod(
        reading.period, start, end, reading.kind, text[start:end], reading.unit, reading.at, reading.note
    )
