"""A part of what was spoken of: "how much was food there?" after a trip, "and groceries there?" after a shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_THING: Final = r"(?:trip|holiday|vacation|journey|weekend|tour|gig|festival|wedding|party|project|job|shop|place|one)"
_POINTS: Final = re.compile(
    rf"\b(?:there|(?:for|on|at|during|from|of) (?:it|that)(?: {_THING})?)"
    r"(?:,? (?:then|too|as well|please|altogether|in total|in all))*\W*$"
    r"|\b(?:go|went|been|buy|bought|spen[dt]|pay|paid|get|got|eat|ate)(?: (?!is|was|are|were)\w+){0,2} there\b"
)
_A_THING: Final = re.compile(rf"(?:the |that )?{_THING}s?")
_NO_PLACE: Final = re.compile(
    r"\b(?:is|are|was|were|been|be|anything|how many|how much) there\W*$|\b(?:out|hear|think|heard|sure|in|up|down) "
    r"(?:there|of (?:it|that))\W*$"
    r"|\b(?:each|all|share|much|most|percent\w*|part|some|any|instead|because) of (?:it|that)\W*$"
)
_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_WHERE: Final = frozenset({"payee", "tag"})


def of_that_place(said: Said, before: Said) -> tuple[Phrase, ...]:
    """What the question before kept to, with what the new one names of that; none where it points at no such thing."""
    if not said.phrases or not {said.intent.measure, before.intent.measure} <= _FLOWS:
        return ()
    if not _POINTS.search(said.folded) or _NO_PLACE.search(said.folded):
        return ()
    if re.search(r"[?!;:.]\s+\w", said.text):
        return ()  # "and the dentist? what did I pay there"
    own = tuple(each for each in said.phrases if not _A_THING.fullmatch(fold(each.words)))
    there = tuple(each for each in before.phrases if each.best.kind in _WHERE)
    if not own or not there or any(each.best.kind in _WHERE for each in own):
        return ()
    return (*there, *own)
