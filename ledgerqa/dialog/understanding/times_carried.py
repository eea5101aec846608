"""The times of a question that goes on: its own, those meant from where the earlier ones lay, or these themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import FoundPeriod, relative_to
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.understanding.stands_now import by_years, stands_now
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Period

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.calendar.calendar_units import FiscalStart
    from ledgerqa.dialog.linking.said import Said


def carried_periods(said: Said, before: Said, today: dt.date, fiscal_start: FiscalStart) -> tuple[FoundPeriod, ...]:
    """The new periods, those meant relative to the old one, or the old ones."""
    if not said.periods and stands_now(said, before):
        return ()
    if not said.periods and _LAST_EVER.match(said.folded):
        return ()
    if len(before.periods) > 1 and not said.periods and _THOSE_TIMES.search(said.folded):
        return before.periods
    of_one = before.intent.measure is Measure.LIST and before.intent.limit == 1  # "and the last one": an entry
    asked = _WHEN_LAST.match(said.folded) or _OF_WHICH.match(said.folded)
    latest = (asked or of_one or said.intent.single or said.intent.limit == 1) and re.search(
        r"\blast(?: one| time)?\W*$", said.folded
    )
    if before.periods and not latest:
        period = relative_to(_without_names(said), before.periods[-1].period, today, fiscal_start=fiscal_start)
        if period:
            moved = replace(before.periods[-1], period=period, text=period.label)
            if _as_of(period):
                return (replace(moved, kind="as_of"),)
            both = re.search(r"\b(?:compar\w*|versus|vs)\b", said.folded)
            return (before.periods[-1], moved) if both else (moved,)
    if said.periods:
        if (
            len(said.periods) == 1
            and re.search(r"\b(?:compare\w*|versus|vs)\b", said.folded)
            and before.periods
            and not said.phrases
        ):
            return (*before.periods[-1:], *said.periods)
        return said.periods
    return () if by_years(said, before) else before.periods


# "When was I last there", after what was spent there in a year: last of all.
_LAST_EVER: Final = compiled(
    r"(?:(?:and|so|but|ok|okay)[, ]+)*when (?:was|were|did|have|has) (?:i|we|he|she|they) last\b"
    r"(?!.*\b(?:then|that|those)\b)"
)
# "Who bought the last one", of entries: no year, unless it is told by year.
_OF_WHICH: Final = compiled(r"(?:(?:and|so|but|ok),? )*(?:who|where|how much|what) (?:\w+ )+the last one\W*$")
_WHEN_LAST: Final = compiled(r"(?:(?:and|so|but|ok),? )*when (?:was|is|were|did)\b")  # "the last one": an entry


def _without_names(said: Said) -> str:
    """The text with its names blanked out: "the Easter dues in the same year" says no day of that year."""
    text, tokens = said.text, tokenize(said.text)
    for each in (named for named in said.phrases if named.end <= len(tokens)):
        start, end = tokens[each.start].start, tokens[each.end - 1].end
        text = text[:start] + "x" * (end - start) + text[end:]
    return text


def unread_periods(said: Said, before: Said, today: dt.date) -> tuple[str, ...]:
    """Words for a time that no calendar knows, but for those that point at the old ones or count from them."""
    if not before.periods or said.periods:
        return said.unread_periods
    old = before.periods[-1].period
    return tuple(
        each
        for each in said.unread_periods
        if not (
            _THOSE_TIMES.search(f"in {fold(each)}") or _THAT_TIME.search(fold(each)) or relative_to(each, old, today)
        )
    )


def _as_of(period: Period) -> bool:
    return period.start is None and period.end is not None


_THAT_TIME: Final = compiled(
    r"\b(?:that|the) (?:very )?same (?:year|month|quarter|week|day|period|time|stretch)\b"
    r"(?! (?:as|last|of|in|each|every)\b)"
    r"|\b(?:in|for|over|during|of) that (?:year|month|quarter|week|period|time|stretch)\b|\bthat year\b"
    r"|\b(?:back )?then(?=\W*$)"
)
_BESIDE_THAT: Final = compiled(r"\bthe (?:year|month|quarter|week) (?:before|after)(?: that)?\W*$")
_COUNT: Final = r"(?:(?:\d+|two|three|four|five|six) )?"
_THOSE_TIMES: Final = compiled(
    rf"\b(?:(?:the|those|these|that) )?same {_COUNT}"
    r"(?:years|months|quarters|weeks|days|periods?|times|stretch(?:es)?|time (?:span|frame)|dates)\b"
    r"(?! (?:as|last|of|in|each|every|the|a|one|two|before|after|earlier|later)\b)"
    r"|\b(?:in|for|over|during|of) (?:both|those|these|all (?:of )?(?:those|these))"
    rf" {_COUNT}(?:years|months|quarters|weeks|periods)\b"
)


def at_that_time(said: Said, before: Said, today: dt.date, fiscal_start: FiscalStart) -> Said:
    """A question that stands by itself but for its time: "and what did repairs cost in that same year?"."""
    pointing = any(each.search(said.folded) for each in (_THAT_TIME, _THOSE_TIMES, _BESIDE_THAT))
    if said.periods or not before.periods or not pointing:
        return said
    return replace(
        said,
        periods=carried_periods(said, before, today, fiscal_start),
        unread_periods=unread_periods(said, before, today),
    )
