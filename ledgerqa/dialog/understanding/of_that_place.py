"""A part of what was spoken of: "how much was food there?" after a trip, "and groceries there?" after a shop.

And "how much interest did we pay on it?" after a loan, where interest is kept of each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_THING: Final = r"(?:trip|holiday|vacation|journey|weekend|tour|gig|festival|wedding|party|project|job|shop|place|one)"
_POINTS: Final = compiled(
    rf"\b(?:there|(?:for|on|at|during|from|of) (?:it|that)(?: {_THING})?)"
    r"(?:,? (?:then|too|as well|please|altogether|in total|in all))*\W*$"
    r"|\bdid (?:it|that) (?:use|take|need|drink|burn|swallow|cost|bring in|earn)(?: (?:us|me))?\W*$"
    r"|\b(?:go|went|been|buy|bought|spen[dt]|pay|paid|get|got|eat|ate)(?: (?!is|was|are|were)\w+){0,2} there\b"
)
_A_THING: Final = compiled(rf"(?:the |that )?{_THING}s?")
_NO_PLACE: Final = compiled(
    r"\b(?:is|are|was|were|been|be|anything|how many|how much) there\W*$|\b(?:out|hear|think|heard|sure|in|up|down) "
    r"(?:there|of (?:it|that))\W*$"
    r"|\b(?:each|all|share|much|most|percent\w*|part|some|any|instead|because) of (?:it|that)\W*$"
)
_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_MOVING: Final = (Root.INCOME, Root.EXPENSES)
_WHERE: Final = frozenset({"payee", "tag"})


def of_that_place(said: Said, before: Said, names: Vocabulary) -> tuple[Phrase, ...]:
    """What the question before kept to, with what the new one names of that; none where it points at no such thing."""
    if not said.phrases or not {said.intent.measure, before.intent.measure} <= {*_FLOWS, Measure.BALANCE}:
        return ()
    text = _without_times(said)
    if not _POINTS.search(text) or _NO_PLACE.search(text):
        return ()
    if re.search(r"[?!;:.]\s+\w", said.text):
        return ()  # "and the dentist? what did I pay there"
    own = tuple(each for each in said.phrases if not _A_THING.fullmatch(fold(each.words)))
    if said.intent.measure is Measure.BALANCE and not all(of_roots(names, each.best.values, _MOVING) for each in own):
        return ()
    there = tuple(each for each in before.phrases if each.best.kind in _WHERE) or _kept_of_each(own, before, names)
    if not own or not there or any(each.best.kind in _WHERE for each in own):
        return ()
    return (*there, *own)


def _kept_of_each(own: tuple[Phrase, ...], before: Said, names: Vocabulary) -> tuple[Phrase, ...]:
    """What was spoken of, where what is asked for is kept of each: Interest:Van and Interest:Roof."""
    if len(before.phrases) != 1 or len(own) != 1 or own[0].best.kind != "account":
        return ()
    (thing,), (kept,) = before.phrases, own
    if thing.best.kind == "narration":  # "the student loan", of which the entries say so
        filters = Filters(accounts=kept.best.values, mentions=(mention_of(thing, thing.best),))
        return before.phrases if names.booked.meets(filters) else ()
    called = {value.rpartition(":")[2] for value in thing.best.values}
    if thing.best.kind != "account" or len(called) != 1:
        return ()
    values = {value for each in kept.options if each.kind == "account" for value in each.values}
    within, words = [names.by_name[each] for each in values], set(stems(thing.words))
    used = [each for each in names.accounts if each.postings and any(map(each.within, within))]
    of_it = [bool(called & set(each.name.split(":")) or words <= each.path) for each in used]
    return before.phrases if any(of_it) and not all(of_it) else ()


def _without_times(said: Said) -> str:
    """As in "what went on petrol for it in 2024"."""
    text = said.folded
    for each in said.periods:
        text = text.replace(fold(each.text), " ")
    return re.sub(r"(?: (?:of|in|for|on|during|from|since|at))? *\W*$", "", text)
