"""The answer to a question back: "the second one", "the latter", "2" after "Which is meant: #oslo, #oslo-2?".

Or one of the choices as it was written, which asks again all that was asked, its time with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome

_PLACES: Final = {
    "first": 0, "1st": 0, "1": 0, "one": 0, "former": 0, "second": 1, "2nd": 1, "2": 1, "two": 1,
    "third": 2, "3rd": 2, "3": 2, "three": 2, "fourth": 3, "4th": 3, "4": 3, "four": 3, "last": -1, "latter": -1,
}  # fmt: skip
_TIMES: Final = {
    "latest": -1, "newest": -1, "newer": -1, "later": -1, "most recent": -1, "more recent": -1, "recent": -1,
    "earliest": 0, "earlier": 0, "oldest": 0, "older": 0,
}  # fmt: skip
_OPENING: Final = (
    r"\W*(?:(?:oh|ah|sorry|no|yes|ok|okay|right|well|i mean|i meant|i was after|make (?:it|that))\b[,.! ]*)*"
)
_PICKS: Final = compiled(
    rf"{_OPENING}(?:(?:the|my|our|that) (?P<which>{'|'.join((*_PLACES, *_TIMES))})(?: (?:one|of (?:them|those|these)"
    rf"|of the (?:two|three|four)))?|(?:number |no\.? ?|option |#)(?P<place>[1-4]|one|two|three|four)"
    r"|(?P<bare>[1-4]|first|1st|second|2nd|third|3rd|fourth|4th|former|latter|last)(?: one)?[.):]?)"
    r"(?:,? (?:please|then|i mean|i meant))*\W*",
    re.IGNORECASE,
)
# A name as the question back wrote it: an account in full, a tag.
_WRITTEN: Final = compiled(rf"{_OPENING}(?:[A-Z]\w*(?::[\w-]+)+|#[\w/-]+)(?:,? (?:please|then|i mean|i meant))*\W*")


def answered_back(
    asked: str, before: Said | None, planned: Callable[[Said], Outcome], names: Vocabulary
) -> str | Clarify:
    """The question before with the choice that is meant by its name; as it is where nothing was asked back.

    Where there are not so many choices, it is asked back again.
    """
    picks = _PICKS.fullmatch(asked) if before else None
    if before is None or (picks is None and not _WRITTEN.fullmatch(asked)):
        return asked
    outcome = planned(before)
    if not isinstance(outcome, Clarify) or len(outcome.choices) < 2:
        return asked
    if picks is None:
        return next((each.question for each in outcome.choices if each.label in asked), asked)
    word = (picks["which"] or picks["place"] or picks["bare"]).lower()
    if word in _TIMES or word == "last":
        told = _by_time(outcome.choices, _TIMES.get(word, -1), names)
        if told or word in _TIMES:
            return told or asked
    place = _PLACES[word]
    return outcome.choices[place].question if place < len(outcome.choices) else outcome


def _by_time(choices: tuple[Choice, ...], place: int, names: Vocabulary) -> str:
    """The first or the last of tags by the day on which each stands first; empty where that does not tell."""
    days: list[tuple[dt.date, str]] = []
    for each in choices:
        day = names.tag_days.get(each.label.removeprefix("#"))
        if day is None:
            return ""
        days.append((day, each.question))
    days.sort()
    return days[place][1] if len({day for day, _ in days}) == len(days) else ""
