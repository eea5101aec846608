"""Periods named by another one: "the year before that", "the month after", "the same quarter a year earlier".

A shift by a unit moves a period that fits inside that unit as a whole (the year before March 2024 is March 2023);
of a longer one it takes the unit just before its first day or just after its last.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from ledgerqa.dialog.calendar.calendar_units import (
    MONTHS_IN,
    ONE_DAY,
    SEASONS,
    Reading,
    Unit,
    add_months,
    containing,
    fiscal_label,
    from_to,
    months_between,
    move,
    of_unit,
    on_day,
    since,
    spanning,
    unit_of,
    until,
)
from ledgerqa.dialog.calendar.time_tokens import MONTHS, UNITS, Tok
from ledgerqa.dialog.calendar.time_words import Words, count_at, relative_year, year_after
from ledgerqa.records import Period

_BEFORE: Final = frozenset({"before", "prior", "earlier", "previously", "preceding"})
_AFTER: Final = frozenset({"after", "later", "following", "afterwards", "thereafter"})
_BEFORE_IT: Final = frozenset({"previous", "preceding", "prior"})
_AFTER_IT: Final = frozenset({"following", "subsequent", "next"})
_SUBJECTS: Final = frozenset("i we he she they you my our his her their it's the a an buying moving".split())
_CONNECTORS: Final = frozenset("vs versus against to with than and or from".split())


@dataclass(frozen=True)
class Relation:
    """Relative words: what they make of the period they refer to.

    `unit` None stands for the length of that period itself.  `whole` asks for the unit around it ("that year"),
    `many` for a range of `steps` units ("the two years before"), `side` for all before or after ("before that").
    """

    steps: int = 0
    unit: Unit | None = None
    whole: bool = False
    many: bool = False
    year: int | None = None
    side: str = ""


def shift(period: Period, unit: Unit, steps: int) -> Period:
    """`period` moved by `steps` units of the calendar; an open end stays open."""
    if period.start is None and period.end is None:
        return period
    if period.start is None and period.end is not None:
        end = move(period.end, unit, steps)
        return Period(None, end, f"{_naming(period)} {(end - ONE_DAY).isoformat()}")
    if period.start is not None and period.end is None:
        return of_unit(unit, move(period.start, unit, steps)).period
    start, end = _ends(period)
    if end > move(start, unit, 1):
        edge = start if steps < 0 else end - ONE_DAY
        begin = containing(unit, edge)[0]
        return of_unit(unit, move(begin, unit, steps)).period
    return _renamed(period, move(start, unit, steps), move(end, unit, steps), unit)


def shift_by_own_length(period: Period, steps: int) -> Period:
    """The neighbour of equal length: the month before a month, the 90 days before 90 days."""
    if period.start is None or period.end is None:
        return shift(period, _own_unit(period), steps)
    start, end = _ends(period)
    months = months_between(start, end)
    if months:
        return _renamed(period, add_months(start, months * steps), add_months(end, months * steps), None)
    length = end - start
    return _renamed(period, start + length * steps, end + length * steps, None)


def _naming(period: Period) -> str:
    return "as of" if period.label.startswith("as of") else "until"


def _ends(period: Period) -> tuple[dt.date, dt.date]:
    return period.start or dt.date.min, period.end or dt.date.max


def _renamed(period: Period, start: dt.date, end: dt.date, unit: Unit | None) -> Period:
    """The label of the same kind: fiscal years stay fiscal; days that were no unit stay a plain range."""
    if "fiscal year" in period.label and months_between(start, end) == 12:
        return Period(start, end, fiscal_label(start, end))
    kept = unit_of(start, end) if period.label != from_to(*_ends(period)).label or unit is Unit.DAY else None
    return from_to(start, end, kept).period


def _own_unit(period: Period) -> Unit:
    """Of an open period: by where its end falls in the calendar."""
    edge = period.end or period.start or dt.date.min
    if edge.day != 1:
        return Unit.DAY
    return Unit.YEAR if edge.month == 1 else Unit.MONTH


def resolve(relation: Relation, period: Period) -> Reading | None:
    """The period that `relation` makes of `period`; None where it makes no sense."""
    if not period:
        return None
    try:
        return _resolve(relation, period)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _resolve(relation: Relation, period: Period) -> Reading | None:
    if relation.side:
        return _beside(relation.side, period)
    if relation.year is not None:
        first = period.start or (period.end or dt.date.max) - ONE_DAY
        return _reading(shift(period, Unit.YEAR, relation.year - first.year))
    if relation.whole and relation.unit:
        return _around(relation.unit, period)
    if relation.unit is None:
        return _reading(shift_by_own_length(period, relation.steps))
    if relation.many:
        return _run(relation, relation.unit, period)
    return _reading(shift(period, relation.unit, relation.steps))


def _around(unit: Unit, period: Period) -> Reading:
    """The unit in which the period lies; a longer period, or "that day", stays what it is."""
    anchor = period.start or (period.end - ONE_DAY if period.end else None)
    if anchor is None or unit is Unit.DAY:
        return _reading(period)
    around = of_unit(unit, anchor)
    longer = period.start and period.end and around.end and period.end > around.end
    return _reading(period) if longer else around


def _run(relation: Relation, unit: Unit, period: Period) -> Reading | None:
    """Reads "the two years before": that many units next to the period."""
    start, end = period.start or period.end, period.end or period.start
    if start is None or end is None:
        return None
    if relation.steps < 0:
        close = containing(unit, start)[0] if unit in MONTHS_IN else start
        return spanning(move(close, unit, relation.steps), close)
    begin = containing(unit, end - ONE_DAY)[1] if unit in MONTHS_IN else end
    return spanning(begin, move(begin, unit, relation.steps))


def _beside(side: str, period: Period) -> Reading | None:
    if side == "before":
        return until(period.start) if period.start else None
    if side == "after":
        return since(period.end) if period.end else None
    if side == "by":
        return until(period.end) if period.end else None
    start = period.end if side == "since" and period.start is None else period.start
    return since(start) if start else None


def _reading(period: Period) -> Reading:
    if period.start is not None and period.end is not None:
        if period.end - period.start == ONE_DAY:
            return on_day(period.start)
        return Reading(period.start, period.end, period.label, "range", unit_of(period.start, period.end))
    kind = "since" if period.end is None else "as_of" if period.label.startswith("as of") else "until"
    return Reading(period.start, period.end, period.label, kind, at=period.end - ONE_DAY if period.end else None)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------- the relative words


def relation_at(words: Words, at: int) -> tuple[Relation, int] | None:
    """The relative words at `at`, and the place after them."""
    for parser in (_same, _unit_before, _of_the_year_before, _one_before, _previous_unit, _bare_last, _beside_that):
        if found := parser(words, at):
            return found
    return None


def _unit_before(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "the year before (that)", "the two months after", "a year earlier", "2 quarters later"."""
    articled = words.word(at) == "the"
    counted = count_at(words, at + articled) if words.word(at + articled) != "the" else None
    number, place = counted or (1, at + articled)
    if not articled and counted is None:
        return None
    unit = UNITS.get(words.word(place).removesuffix("s"))
    if unit is None or not 1 <= number <= 100 or words.word(place - 1) in {"last", "this", "next"}:
        return None
    place = words.skip(place + 1, "just", "immediately", "right")
    sign = -1 if words.word(place) in _BEFORE else 1 if words.word(place) in _AFTER else 0
    if not sign:
        return None
    after = words.skip(words.skip(place + 1, "to"), "that", "this", "it", "then", "those")
    if words.word(after) in _SUBJECTS or words.word(after) in {"last", "next"}:
        return None
    return Relation(sign * number, unit, many=articled and counted is not None and number > 1), after


def _of_the_year_before(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "(last summer or) the summer before", "the winter after (that)", "(July and) the July before"."""
    place = at + 2
    if words.word(at) != "the" or words.word(at + 1) not in {*SEASONS, *MONTHS}:
        return None
    sign = -1 if words.word(place) in _BEFORE else 1 if words.word(place) in _AFTER else 0
    after = words.skip(words.skip(place + 1, "last"), "that", "this", "it", "then")
    return (Relation(sign, Unit.YEAR), after) if sign and words.ends(after) else None


def _one_before(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "the one before (that)", "the previous one", "the prior period"."""
    start = words.skip(at, "the")
    if words.word(start) == "one" and words.word(start + 1) in _BEFORE | _AFTER:
        after = words.skip(words.skip(start + 2, "to"), "that", "it")
        if words.word(after) in _SUBJECTS | {"last"}:
            return None
        return Relation(-1 if words.word(start + 1) in _BEFORE else 1), after
    if words.word(start + 1) not in {"one", "period"}:
        return None
    if words.word(start) in _BEFORE_IT | {"last"}:
        return Relation(-1), start + 2
    return (Relation(1), start + 2) if words.word(start) in _AFTER_IT else None


def _previous_unit(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "the previous month", "the following year"; "last month" always counts from today."""
    start = words.skip(at, "the")
    unit = UNITS.get(words.word(start + 1))
    if unit is None or words.says(start + 2, "of"):
        return None
    if words.word(start) in _BEFORE_IT:
        return Relation(-1, unit), start + 2
    following = words.word(start) in _AFTER_IT and (words.word(start) != "next" or start > at)
    return (Relation(1, unit), start + 2) if following else None


def _bare_last(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "this month compared to last", "Q2 vs the prior"."""
    start = words.skip(at, "the")
    if words.word(start) not in {"last", "previous", "prior"} or not words.ends(start + 1):
        return None
    if words.word(at - 1) not in _CONNECTORS and not words.compares(at, 3):
        return None
    spans = {"year", *SEASONS}  # "March this year against last", "this summer vs last"
    yearly = any(words.word(place) == "this" and words.word(place + 1) in spans for place in range(at - 5, at - 1))
    return (Relation(-1, Unit.YEAR) if yearly else Relation(-1)), start + 1


def _beside_that(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "since then", "before that", "up to that point"."""
    sides = (
        ("before", ("before that|then", "prior to that", "earlier than that")),
        ("after", ("after that|then|this",)),
        ("since", ("since then|that", "from then on", "ever since then", "from that point on")),
        ("by", ("until|till|by then", "up to then", "up to that point")),
    )
    for side, phrases in sides:
        if (
            (after := words.says_any(at, *phrases))
            and words.word(after) not in UNITS
            and words.word(after) not in _SUBJECTS
        ):
            return Relation(side=side), after
    after = words.says_any(at, "at that time|point", "back then")
    return (Relation(unit=Unit.DAY, whole=True), after) if after else None


_SPANS: Final = frozenset({"time", "days", "weeks", "months", "quarters"})


def _same(words: Words, at: int) -> tuple[Relation, int] | None:
    """Reads "that (same) year", "the same month", "same period last year", "same quarter in 2022"."""
    place = words.skip(at, "the", "that", "those", "this")
    same = words.skip(words.skip(place, "very", "exact"), "same")
    said_same = words.word(same - 1) == "same" and same > at
    if not said_same and words.word(at) != "that":
        return None
    counted = count_at(words, same) if said_same else None  # "the same six last year"
    same = counted[1] if counted else same
    name = words.word(same)
    unit = UNITS.get(name)
    if counted and unit is None and name.removesuffix("s") not in UNITS:
        return _year_of_same(words, words.skip(same, "of", "in", "for", "from"))
    if unit is None and not (
        said_same and name in {"period", "span", "stretch", "dates", "timeframe", "window", *_SPANS}
    ):
        return None
    after = same + 1
    if shifted := _year_of_same(words, words.skip(after, "of", "in", "for", "from", "but", ",", "during")):
        return (shifted[0], shifted[1]) if said_same or name != "day" else None
    if unit is None:
        return (Relation(unit=Unit.DAY, whole=True), after) if name not in _SPANS else None
    if words.word(after) in _BEFORE | _AFTER:
        return None
    return Relation(unit=unit, whole=True), after


def _year_of_same(words: Words, at: int) -> tuple[Relation, int] | None:
    """The year in which "the same period" lies: "last year", "2022", "a year earlier", "the year before"."""
    start = words.skip(at, "the", "a")
    if words.word(start) in {"last", "previous", "prior", "preceding"} and words.word(start + 1) == "year":
        return Relation(-1, Unit.YEAR), start + 2
    if words.word(start) in {"following", "next"} and words.word(start + 1) == "year":
        return Relation(1, Unit.YEAR), start + 2
    if words.kind(at) in {Tok.NUM, Tok.SHORT_YEAR} and (said := year_after(words, at)):
        return Relation(year=said[0]), said[1]
    if before := _unit_before(words, at):
        return (Relation(before[0].steps, before[0].unit), before[1]) if before[0].unit is Unit.YEAR else None
    relative = relative_year(words, at)
    return (Relation(year=relative[0]), relative[1]) if relative else None
