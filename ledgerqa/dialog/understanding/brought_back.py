"""What was spoken of before, brought back: "who was that", "back to the restaurants", "no, the bills account"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

# Of one entry just told, which says it all: whom it went to, where, when, what for.
_WHO_THAT: Final = compiled(
    r"\W*(?:(?:and|so|ok|but|then)\W+)*(?:(?:who|where|which (?:shop|place|payee|company|firm|garage|one))"
    r" (?:was|is) (?:that|it|this)(?: (?:to|with|from|for|by|at|paid to))?"
    r"|(?:who|whom) (?:did|have) (?:we|i) (?:pay|paid)"
    r"(?: (?:that|it)(?: to)?)?|(?:who|where) did (?:that|it) go(?: to)?)\W*"
)
_COUNTED: Final = frozenset({Measure.LIST, Measure.COUNT})
_SUMMED_UP: Final = compiled(
    r"(?:(?:and|so|but|ok),? )*(?:what|how much)"
    r" (?:(?:do|did|does) (?:it|that|they|these|those)(?: all)? (?:come|add up|amount|run)"
    r"|(?:is|was|were|are) (?:it|that|they|these|those)) ?(?:to)?"
    r"(?: (?:in all|altogether|in total|together|all told))?[ ?.!]*"
)
_BACK: Final = compiled(r"\W*(?:(?:and|so|ok|okay|right|now|anyway)\W+)*(?:(?:going|go|coming|come) )?back to\b")
_BARE: Final = compiled(
    r"\b(?:and|or|what|how|about|the|my|our|same|now|then|again|please|no|not|sorry|i|mean|meant|for|in|on|of|with|account)"
    r"\b|\W"
)

_PAID_THEM: Final = compiled(
    r"\W*(?:(?:and|so|ok|but|then)\W+)*(?P<asks>how much (?:have|did|do) (?:we|i) (?:\w+ )?"
    r"(?:pa(?:id|y)|spen[dt]|giv(?:en|e))(?: (?:at|with|to))? |how often (?:have|did|do) (?:we|i) (?:\w+ )?"
    r"(?:pa(?:id|y)|use[d]?) )(?P<them>them|there|him|her|that (?:shop|place|garage|company|firm|lot))\b(?P<rest>.*)",
    re.IGNORECASE,
)


def with_who_was_paid(asked: str, before: Said | None, names: Vocabulary) -> str:
    """As in "how much have we paid them altogether", after one entry was told: the payee of that entry."""
    found = _PAID_THEM.fullmatch(asked)
    if before is None or found is None or not (before.intent.single or before.intent.limit == 1):
        return asked
    order = before.intent.order
    filters = scope(before, before.intent, names).filters
    if before.intent.measure is not Measure.LIST or order is None or len(before.periods) > 1 or before.intent.skip:
        return asked
    span = (before.periods[0].period.start, before.periods[0].period.end) if before.periods else (None, None)
    payee = names.booked.payee_of_one(filters, span, order.by, last=order.descending)
    way = "at " if found["them"].lower() == "there" else ""
    return f"{found['asks']}{way}{payee}{found['rest']}" if payee else asked


def as_spoken_of(said: Said, before: Said) -> Said:
    """As in "back to the restaurants, which month was the worst": in the time that they were spoken of in."""
    if said.periods or not said.phrases or not _BACK.match(said.folded):
        return said
    named = {each.best.values for each in said.phrases}
    earlier: Said | None = before
    while earlier is not None:
        if earlier.periods and named & {each.best.values for each in earlier.phrases}:
            return replace(said, periods=earlier.periods)
        earlier = earlier.earlier
    return said


def brought_back(said: Said, before: Said) -> Said | None:
    """As in "back to the restaurants", and no more: what was asked when they were named; else None."""
    opening = _BACK.match(said.folded)
    if opening is None or not said.phrases or said.periods or not is_bare_name(_less(said, opening.end())):
        return None
    named = {value for each in said.phrases for option in each.options for value in option.values}
    earlier: Said | None = before
    while earlier is not None:
        spoken = [each for each in earlier.phrases if fold(each.words) in earlier.folded]
        if any(named & set(each.best.values) for each in spoken):
            return replace(earlier, earlier=before)
        earlier = earlier.earlier
    return None


def _less(said: Said, length: int) -> Said:
    return replace(said, text=said.text[length:]) if len(said.text) == len(said.folded) else said


def is_bare_name(said: Said) -> bool:
    """Whether nothing is said but names: "no, the bills account" has no verb, whatever an account is called."""
    rest = said.folded
    for each in said.phrases:
        rest = rest.replace(fold(each.words), " ")
    return bool(said.phrases) and not said.periods and not _BARE.sub("", rest)


def told_again(said: Said, before: Said) -> Said | None:
    """The same entries added up, or the one that was told once more, where that is all that is asked; else None."""
    one = before.intent.single or before.intent.limit == 1
    if one:
        return before if _WHO_THAT.fullmatch(said.folded) else None
    return _added_up(before) if before.intent.measure in _COUNTED and _SUMMED_UP.fullmatch(said.folded) else None


def _added_up(before: Said) -> Said:
    """As in "how many claims did she make?" and then "what did they come to?": the same entries, added up."""

    def summed(intent: Intent) -> Intent:
        return replace(intent, measure=Measure.SUM, order=None, single=False, count_of=None, group_by=())

    rules = summed(before.by_rules) if before.by_rules else None
    return replace(before, intent=summed(before.intent), by_rules=rules, text=f"{before.text}, in total")
