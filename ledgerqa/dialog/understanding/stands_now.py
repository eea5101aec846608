"""What stands today, asked after what went on in a year: "and what do we owe on the house" is no debt of that year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.understanding.earlier import STANDING
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_OF_TODAY: Final = STANDING | {Measure.RECURRING}
_NOW: Final = compiled(
    r"\b(?:is|are|am|do|does|have|has|owes?|holds?|stands?|left|remains?|wh?ats|hows|still|goes|leaves|comes|pays?)\b|\w'(?:s|re|ve)\b"
)
_THEN: Final = compiled(
    r"\b(?:was|were|did|had|held|stood|then)\b"
    r"|\b(?:at|by|in|of|on|before|after) (?:that|this|the|those|these) (?:same )?"
    r"(?:time|point|day|date|end|year|month|quarter|week|period|start|beginning)\b"
)


_OF_IT: Final = compiled(r"\bof (?:it|that|this|these|those|them)\b")


def asks_what_stands(said: Said) -> bool:
    """Whether it names what it asks the balance of, or what recurs, and asks for no part of what was spoken of."""
    intent = said.intent
    own = intent.measure in _OF_TODAY and not (intent.guessed or intent.vague)
    return own and bool(said.phrases) and not _OF_IT.search(said.folded)


def stands_now(said: Said, before: Said) -> bool:
    """Whether a balance is asked for as it is, after something other than a balance; "what was in it" is of then."""
    if not asks_what_stands(said) or before.intent.measure in STANDING:
        return False
    words = said.folded.replace("\u2019", "'")
    return bool(_NOW.search(words)) and not _THEN.search(words)


_OF_ALL: Final = compiled(
    r"\bnet worth\b|\b(?:are|am) (?:we|i) worth\b|\b(?:cash|money|funds)\b.*\b(?:have|got|is there|available)\b"
    r"|\b(?:owe|owing|have|got)\b.*\b(?:altogether|in all|in total|overall|all told)\b"
)
_WHO_OWES: Final = compiled(
    r"(?:(?:and|so|but|ok|then)\W+)*who(?: else| all)? (?:still |actually )?owes\b(?!.*\bfor\b)"
)


def is_of_all(said: Said, before: Said) -> bool:
    """As in "and how much cash do we have", "and what's our net worth": it leans on nothing that was spent before.

    Nor does "who owes the most" on the one whose debt was spoken of.
    """
    bare = not (said.phrases or said.periods) and said.intent.measure in STANDING and not said.intent.guessed
    if bare and _WHO_OWES.match(said.folded) and not _OF_IT.search(said.folded):
        return True
    if not bare or before.intent.measure in STANDING or _OF_IT.search(said.folded):
        return False
    return bool(_OF_ALL.search(said.folded)) and not _THEN.search(said.folded)


def by_years(said: Said, before: Said) -> bool:
    """As in "how much are the site fees each year" after what went on in 2024: one year has no years to tell."""
    return Grouping.YEAR in said.intent.group_by and len(before.periods) == 1 and before.periods[0].unit is not None
