"""A part of a year that is left out: "without December, last year" asks for that year, as "no Easter in 2024" does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, of_unit
from ledgerqa.dialog.intent.exclusions import left_out_at
from ledgerqa.dialog.language.words import fold, stem
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_IN_A_YEAR: Final = compiled(
    r"(?:(?:from|for|of|than|at) )?(?P<part>.*?[a-z])"
    r"(?:(?:, ?(?:in )?| in )(?P<year>(?:19|20)\d\d)|,? (?P<relative>(?:last|this) year))?",
    re.IGNORECASE,
)
_OF_DAYS: Final = compiled(r"\d|\b(?:day|eve|week|weekend|time|season)s?\b", re.IGNORECASE)


def with_its_year(text: str, periods: Sequence[FoundPeriod], names: Vocabulary) -> tuple[FoundPeriod, ...]:
    """The periods; one that is left out, and says its year apart, as the year and what of it does not count.

    An occasion that entries are called by ("Christmas") is left out by its name, and not by its days.
    """
    return tuple(part for each in periods for part in _parts(text, each, names, alone=len(periods) == 1))


def _parts(text: str, each: FoundPeriod, names: Vocabulary, *, alone: bool) -> tuple[FoundPeriod, ...]:
    found, day = _IN_A_YEAR.fullmatch(each.text), each.period.start
    if found is None or day is None or left_out_at(text, each) is None:
        return (each,)
    own, dated = found["part"], found["year"] or found["relative"]
    named = each.unit is None and not _OF_DAYS.search(own) and _is_said(fold(own), names)
    if not dated or not alone:
        return () if named and not dated else (each,)
    start, end = each.start + found.start("year" if found["year"] else "relative"), each.start + found.end("part")
    whole = of_unit(Unit.YEAR, day).period
    year = replace(each, period=whole, start=start, text=text[start : each.end], unit=Unit.YEAR, at=None, note="")
    return (year,) if named else (replace(each, end=end, text=text[each.start : end]), year)


def _is_said(words: str, names: Vocabulary) -> bool:
    """Whether entries, accounts or tags are called so."""
    return bool(stem(words) in names.by_stem or words in names.tags or names.texts([rf"\b{re.escape(words)}\b"]))
