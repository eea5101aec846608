"""One way to label spans, whichever way an author drew them: what the tagger learns must not depend on the hand.

Periods have light prepositions ("in", "as of") outside and heavy ones ("since", "until") inside; the two ends of a
range are one period; a period that an author wrote as plain words is labelled too, as `dialog.periods` finds it; names
have articles and possessives outside.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.training.phrasings import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledgerqa.training.phrasings import Phrasing

_LIGHT: Final = re.compile(
    r"^(?:as (?:of|at|per|on)|in|on|during|for|over|within|throughout|at|of|across|around|into|im|am|für|fuer|en|w|we"
    r"|em|no|na|pour|dans|nel|nello|voor|op|pro)\s+",
    re.IGNORECASE,
)
_HEAVY: Final = re.compile(
    r"\b(?:since|until|till|before|after|from|between|by|through|up to|ab|seit|bis|vor|nach|depuis|jusqu'à|desde|hasta"
    r"|sinds|tot|od|do)\s+$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"^(?:the|my|our|an?|your|his|her|their|this|that|these|those|all)\s+(?=\S)", re.IGNORECASE
)
_ENDING: Final = re.compile(r"[\s,;:?!]+$")
_STAND_IN: Final = "Zorbo"
_ANY_DAY: Final = dt.date(2025, 6, 30)  # only where periods stand is of interest, not which days they are


@dataclass(frozen=True)
class Labelled:
    """Characters `start` to `end` of a text, and what they are."""

    label: str
    start: int
    end: int


def agreed(text: str, spans: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The spans, in order, as all authors would have drawn them."""
    return tuple(_joined(text, (_edged(text, each) for each in spans)))


def with_periods(phrasing: Phrasing) -> Phrasing:
    """The phrasing with the periods that its author wrote as plain words made slots."""
    text, places, at = "", [], 0
    for part in phrasing.parts:
        words = part if isinstance(part, str) else _STAND_IN
        places.append((at, part))
        text, at = text + words, at + len(words)
    found = [(each.start, each.end) for each in find_periods(text, _ANY_DAY)]
    parts = [piece for start, part in places for piece in _split(part, start, found)]
    return replace(phrasing, parts=tuple(parts))


def _split(part: str | Slot, start: int, periods: Sequence[tuple[int, int]]) -> Iterator[str | Slot]:
    if isinstance(part, Slot):
        yield part
        return
    at = 0
    for first, last in periods:
        if start + at <= first and last <= start + len(part):
            if part[at : first - start]:
                yield part[at : first - start]
            yield Slot("period", part[first - start : last - start])
            at = last - start
    if part[at:]:
        yield part[at:]


def _edged(text: str, span: Labelled) -> Labelled:
    start, end = span.start, span.end
    if span.label == "PERIOD":
        if light := _LIGHT.match(text[start:end]):
            start += light.end()
        if heavy := _HEAVY.search(text[:start]):
            start = heavy.start()
    elif span.label in {"NAME", "EXCLUDE"} and (article := _ARTICLE.match(text[start:end])):
        start += article.end()
    if ending := _ENDING.search(text[start:end]):
        end = start + ending.start() or end
    return Labelled(span.label, start, end)


def _joined(text: str, spans: Iterable[Labelled]) -> Iterator[Labelled]:
    """Neighbouring periods that are one: "from X to Y", "March" "last year"."""
    held: Labelled | None = None
    for span in spans:
        if held and held.label == span.label == "PERIOD" and _is_one(text, held, span):
            held = Labelled("PERIOD", held.start, max(held.end, span.end))
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _is_one(text: str, one: Labelled, two: Labelled) -> bool:
    between = text[one.end : two.start].strip().lower()
    ranged = text[one.start : one.end].lower().startswith(("from ", "between "))
    return not between or (ranged and between in {"and", "to", "-", "–"})
