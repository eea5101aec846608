"""Whole phrases of time, from their preposition on: the longest that the grammar finds at a place.

A phrase is one named period (`atoms`), a range (`ranges`), a bound (`bounds`), today, or all that there is.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.atoms import atom, listed_edges
from ledgerqa.dialog.calendar.bounds import before_or_after, closing_state, from_then, neighbour, onwards, up_to
from ledgerqa.dialog.calendar.calendar_units import (
    Unit,
    as_of,
    of_unit,
)
from ledgerqa.dialog.calendar.named_periods import of_weekend
from ledgerqa.dialog.calendar.ranges import Phrase, ranged, span_to
from ledgerqa.dialog.calendar.relative_units import always, clipped_to_date, now
from ledgerqa.dialog.calendar.time_tokens import UNITS, Tok

if TYPE_CHECKING:
    from ledgerqa.dialog.calendar.time_words import Step, Words

_PREPOSITIONS: Final = frozenset("in on at during throughout within for over across of from".split())


def phrase(words: Words, at: int) -> Phrase | None:
    """The longest phrase of time that begins at `at`, bare or with its preposition."""
    if words.kind(at) in {None, Tok.OTHER}:
        return None
    found = [one for parser in _PHRASES if (one := parser(words, at))]
    return max(found, key=lambda one: one[1], default=None)


def _plain(step: Step | None) -> Phrase | None:
    return (step[0], step[1], []) if step else None


def _bare(words: Words, at: int) -> Phrase | None:
    """A named period, with the prepositions before it."""
    place = words.skip(at, *_PREPOSITIONS)
    step = atom(words, place)
    if step is None and words.word(place) == "the":
        step = atom(words, place + 1) if words.word(place + 1) not in UNITS else _of_the_unit(words, at, place + 1)
    if step is None:
        return None
    if words.word(place - 1) == "at" and place > at and step[0].kind == "day" and words.kind(place) is not Tok.OTHER:
        step = as_of(step[0].start or words.today), step[1]
    listed = listed_edges(words, place, step)
    if listed:
        return step[0], listed[-1][2], [(listed[0][0], at, listed[0][2]), *listed[1:]]
    return _plain(onwards(words, clipped_to_date(words, step), stated=words.word(at) == "from"))


def _of_the_unit(words: Words, at: int, place: int) -> Step | None:
    """Reads "for the month?", "the dearest of the year": the current one; "over the weekend": the latest one."""
    unit = UNITS[words.word(place)]
    if unit is Unit.WEEKEND and words.word(at) == "over":
        return of_weekend(words.today - dt.timedelta(days=5)), place + 1
    named = unit in {Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR} and words.word(at) in {
        "for",
        "in",
        "of",
        "over",
        "during",
    }
    return (
        (of_unit(unit, words.today), place + 1)
        if named and words.ends(place + 1) and words.word(place + 1) != "-"
        else None
    )


def _always(words: Words, at: int) -> Phrase | None:
    return _plain(always(words, at))


def _now(words: Words, at: int) -> Phrase | None:
    return _plain(now(words, at))


_PHRASES: Final = (_bare, ranged, _always, _now, from_then, up_to, before_or_after, closing_state, span_to, neighbour)
