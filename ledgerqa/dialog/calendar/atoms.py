"""One named period or day, and its edges: "the end of June", "year end 2020", "the start of last year"."""

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
    move,
)
from ledgerqa.dialog.calendar.dates import day, day_range
from ledgerqa.dialog.calendar.fiscal_years import UNKNOWN_START, year_name
from ledgerqa.dialog.calendar.named_periods import counted_part, nth_weekday, part, whole
from ledgerqa.dialog.calendar.relative_units import ago, last_count, relative_unit, to_date
from ledgerqa.dialog.calendar.time_tokens import MONTHS, UNITS, Tok, is_year
from ledgerqa.dialog.calendar.time_words import Parser, Step, Words, latest, year_at

Piece = tuple[Reading, int, int]  # a reading and its first and last token (not including)
_ENDINGS: Final = ("end of", "end of the", "end", "close of", "close of the", "close", "- end", "end -", "very end of")
_THROUGH: Final = frozenset({"for", "in", "over", "during"})  # "for the year end 31 March": all of that year
_STARTS: Final = (
    "start of",
    "start of the",
    "beginning of",
    "beginning of the",
    "very start|beginning of",
    "start|beginning",
)
_ATOMS: Final[tuple[Parser, ...]] = (
    to_date, day_range, day, part, counted_part, nth_weekday, last_count, ago, relative_unit, whole,
)  # fmt: skip


def atom(words: Words, at: int) -> Step | None:
    """One named period, edge or day at `at`, without preposition: looked for once, though many phrases begin so."""
    if at not in words.atoms:
        words.atoms[at] = _longest(words, at)
    return words.atoms[at]


def _longest(words: Words, at: int) -> Step | None:
    steps = [step for parser in (*_ATOMS, edge) if (step := parser(words, at))]
    best = max(steps, key=lambda step: step[1], default=None)
    if best is None:
        return None
    return _year_first(words, best) or best


def _year_first(words: Words, step: Step) -> Step | None:
    """Reads "2023, in March"; "last year in June": the year said first."""
    reading, at = step
    if reading.unit is not Unit.YEAR or reading.kind != "range" or reading.start is None:
        return None
    place = words.skip(words.skip(at, ","), "in")
    inner = _of_year(words, place)
    if inner is None or inner[0].in_year is None or (place == at and inner[0].unit is Unit.DAY):
        return None
    found = inner[0].in_year(reading.start.year)
    if words.word(inner[1]) in {"to", "-", "–", "and", "or", "vs", ","} and place == at + 1 and words.word(at) == ",":
        return None
    return (replace(found, in_year=None), inner[1]) if found else None


def _of_year(words: Words, at: int) -> Step | None:
    """A month, quarter, half, season or day that may yet lack its year."""
    steps = [step for parser in (day, part, whole) if (step := parser(words, at))]
    return max(steps, key=lambda step: step[1], default=None)


def edge(words: Words, at: int) -> Step | None:
    """Reads "the end of June 2022", "year end 2020", "close of 2023", "month-end", "the start of last year"."""
    start = words.skip(at, "the")
    if step := _fiscal_end(words, start) or _unit_end(words, start):
        return step
    if after := words.says_any(start, *_ENDINGS):
        fiscal = words.skip(after, "the", "our", "my", "this")
        if (named := year_name(words, fiscal)) and year_at(words, named) is None and words.kind(named) is not Tok.YEARS:
            return _last_fiscal_end(words), named
        inner = None if words.word(after) in {"-", "end", "close"} else _the_unit(words, after) or atom(words, after)
        if inner and inner[0].end and inner[0].kind != "as_of" and inner[0].unit is not Unit.DAY:
            return _end_of(words, inner[0]), inner[1]
    if after := words.says_any(start, *_STARTS):
        inner = _the_unit(words, after) or atom(words, after)
        if inner and inner[0].start and inner[0].kind == "range":
            return _start_of(inner[0]), inner[1]
    return None


def _the_unit(words: Words, at: int) -> Step | None:
    """Reads "the year", "the month": the current one."""
    unit = UNITS.get(words.word(at))
    if unit is None or words.word(at - 1) not in {"the", "of"}:
        return None
    start, end = containing(unit, words.today)
    guessed = Reading(start, end, "", unit=unit, in_year=lambda _year: None)
    return guessed, at + 1


def _fiscal_end(words: Words, at: int) -> Step | None:
    """Reads "fiscal year end", "the last financial year-end", "FY end 2024"."""
    named = year_name(words, words.skip(at, "last", "previous", "latest"))
    after = words.says_any(named, "end", "- end") if named is not None else None
    if after is None:
        return None
    if dated := _dated_end(words, after):
        return dated
    place = words.skip(after, "for", "of", "in", ",")
    year = year_at(words, place)
    if year is None or not is_year(year):
        return _last_fiscal_end(words), after
    following = dt.date(year + (words.fiscal == (1, 1)), *words.fiscal)
    return as_of(following - ONE_DAY, note="" if words.fiscal_known else UNKNOWN_START), place + 1


def _last_fiscal_end(words: Words) -> Reading:
    """The last day of the newest fiscal year that is over."""
    begun, _ = containing(Unit.FISCAL_YEAR, words.today, words.fiscal)
    return as_of(begun - ONE_DAY, note="" if words.fiscal_known else UNKNOWN_START)


def _unit_end(words: Words, at: int) -> Step | None:
    """Reads "year end 2020", "year-end for 2020", "EOY 2023", "month end June 2024"."""
    short = {"eoy": Unit.YEAR, "ye": Unit.YEAR, "eom": Unit.MONTH}
    after = (
        at + 1
        if words.word(at) in short
        else words.says_any(at, "year|quarter|month - end", "year|quarter|month end", "fy end")
    )
    after = words.says(at, "end - of - year|month|quarter") or after
    if after is None:
        return None
    led = at - 2 if words.word(at - 1) in {"the", "our", "my"} else at - 1
    if words.word(led) not in _THROUGH and (dated := _dated_end(words, after)):
        return dated
    unit = short.get(words.word(at)) or UNITS.get(words.word(at)) or UNITS.get(words.word(after - 1), Unit.YEAR)
    place = words.skip(after, "for", "of", "in", ",")
    inner = whole(words, place)
    if inner and inner[0].end and (unit is not Unit.YEAR or inner[0].unit in {Unit.YEAR, Unit.FISCAL_YEAR}):
        return _end_of(words, inner[0]), inner[1]
    return _end_of(words, Reading(*containing(unit, words.today), "", in_year=lambda _year: None, unit=unit)), after


def _dated_end(words: Words, at: int) -> Step | None:
    """Reads the day after "our year end", which it is: "(31 March 2025)", ", 31 March", "on 31 March 2025"."""
    opening = words.skip(at, "(", ",", ":", "-", "–")
    found = day(words, words.skip(words.skip(opening, "on", "at", "of"), "the"))
    if found is None or found[0].kind != "day" or found[0].start is None:
        return None
    following = found[0].start + ONE_DAY
    closes = following.day == 1 or words.word(at) != ","  # "at year end, 5 May against ..."
    return (as_of(found[0].start), words.skip(found[1], ")") if words.word(at) == "(" else found[1]) if closes else None


def _end_of(words: Words, reading: Reading) -> Reading:
    """The last day; where no year was said, that of the most recent one that is over."""
    end = reading.end or words.today
    found = as_of(end - ONE_DAY, note=reading.note)
    rebuild = reading.in_year
    if rebuild is None:
        return found
    if reading.label:
        wanted = latest(words, lambda year: _close(rebuild(year)))
        return wanted or found
    unit = reading.unit or Unit.YEAR
    return found if words.future or end - ONE_DAY <= words.today else as_of(move(end, unit, -1) - ONE_DAY)


def _close(reading: Reading | None) -> Reading | None:
    return replace(as_of(reading.end - ONE_DAY), unit=reading.unit) if reading and reading.end else None


def _start_of(reading: Reading) -> Reading:
    """The opening state: all that came before the first day."""
    first = reading.start or dt.date.min
    return as_of(
        first - ONE_DAY, note=f"the start of a period was read as its opening balance, before {first.isoformat()}"
    )


def listed_edges(words: Words, at: int, step: Step) -> list[Piece]:
    """Reads "at year end for 2020, 2021 and 2022": the edge goes for each bare year that follows."""
    pieces: list[Piece] = []
    if step[0].kind != "as_of" or not (edge(words, at) or edge(words, words.skip(at, "the"))):
        return []
    pieces.append((step[0], at, step[1]))
    opening = bool(step[0].note.startswith("the start"))
    place = step[1]
    while True:
        following = words.skip(words.skip(place, ","), "and", "or", "vs", "versus", "&")
        bare = words.kind(following) in {Tok.NUM, Tok.SHORT_YEAR}
        inner = whole(words, following) if bare or words.word(following) in MONTHS else None
        if following == place or inner is None or inner[0].end is None or inner[0].start is None:
            return pieces if len(pieces) > 1 else []
        state = _start_of(inner[0]) if opening else _end_of(words, inner[0])
        pieces.append((state, following, inner[1]))
        place = inner[1]


def begin(reading: Reading) -> dt.date | None:
    """Where a range that starts with these words begins: an edge's own morrow, or the first day."""
    return reading.end if reading.kind == "as_of" else reading.start
