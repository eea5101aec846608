"""After a question about one entry (the latest, the first, the biggest): what it was, or the one beyond it.

As in "when was I at the dentist last?", and then "how much was that?", "and the time before?".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"(?:(?:and|so|ok|okay|then|but|what about|how about|what was|when was|which was|what is)[, ]+)*"
_ONE: Final = r"(?:time|one|visit|payment|entry|purchase|bill|occasion)"
_THAT: Final = r"(?:that|it|this|then)(?: one)?"
_END: Final = r"(?:,? (?:please|then|again))*[ ?.!]*"
_BEFORE: Final = compiled(
    rf"{_OPENING}(?:(?:the )?{_ONE} (?:just |right )?(?:before|prior to|prior)(?: {_THAT})?|before {_THAT}"
    rf"|(?:the )?(?:previous|preceding|prior) {_ONE}(?: to that)?){_END}"
)
_AFTER: Final = compiled(
    rf"{_OPENING}(?:(?:the )?{_ONE} (?:just |right )?after(?: {_THAT})?|after {_THAT}"
    rf"|(?:the )?(?:next|following)(?: {_ONE})?(?: after that)?){_END}"
)
_LESSER: Final = compiled(
    rf"{_OPENING}(?:(?:the )?(?:next|following)(?: (?:most expensive|biggest|largest|highest|smallest|lowest|cheapest"
    rf"|dearest))?(?: {_ONE})?|(?:the )?{_ONE} (?:after|behind|below)(?: {_THAT})?|after {_THAT}){_END}"
)
_ABOUT_IT: Final = compiled(
    r"(?:(?:and|so|but|ok|okay)[, ]+)*"
    r"(?:(?:when|where|what|how much|who with|with whom|who for|for whom|who from|where from|what for)(?: exactly)?"
    rf" (?:was|is) {_THAT}(?: (?:for|from))?|(?:on )?(?:what|which) (?:date|day|shop|place)(?: was {_THAT})?"
    rf"|who (?:bought|paid for|got|had|sold(?: (?:me|us))?) {_THAT}"
    r"|(?:when|where|what day|who|whom|which shop|what shop) (?:did|have) (?:i|we)"
    rf" (?:buy|get|bought|got|order|pay(?: for)?|spend|have|had|do) {_THAT}(?: (?:from|at|in|for|on|to))?"
    r"|(?:who|where|which shop|which place) from|from (?:who|whom|where)|what for"
    rf"|(?:what|how much) did (?:that|it|this) (?:cost|come to)(?: (?:me|us))?){_END}"
)


def one_further(said: Said, before: Said) -> Said | None:
    """The question before, about the same entry or the one beyond it; None where nothing of the kind is asked."""
    intent, words = before.intent, said.folded.replace("’", "'")
    order = intent.order
    if order is None or order.by == "key" or not (intent.single or intent.limit == 1):
        return None
    if intent.measure is Measure.LIST and _ABOUT_IT.fullmatch(_without_times(said, words)):
        return replace(before, periods=said.periods or before.periods)
    further = _LESSER if order.by == "amount" else _BEFORE if order.descending else _AFTER
    if not further.fullmatch(words):
        return None
    rules = replace(before.by_rules, skip=intent.skip + 1) if before.by_rules else None
    return replace(before, intent=replace(intent, skip=intent.skip + 1), by_rules=rules)


def _without_times(said: Said, words: str) -> str:
    """As in "how much was that in 2023", after the biggest of 2024: the biggest of another time."""
    if said.phrases or len(said.periods) != 1 or len(words) != len(said.text):
        return words
    found = said.periods[0]
    return f"{words[: found.start]}{words[found.end :]}".rstrip(" ?.!").removesuffix(" in")
