"""What people do, in words that are none of a name by themselves ("going out", "getting around"), where it is a name.

Only where a noun can stand: "what did going out cost" asks for it, "what is going out each month" for all that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import is_content
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase

_LEADS: Final = frozenset(
    "on for did does do by my our of and or plus vs versus than without excluding except minus".split()
)
_DOING: Final = frozenset("doing eating getting going keeping putting staying working".split())
_AWAY: Final = frozenset({"of", "to", "from", "through"})
_BOTH_WAYS: Final = compiled(r"\b(?:c[oa]m(?:e|es|ing)|going|goes|gets?|getting|money) in\b")
_GOING_OUT: Final = "going_out"
_LONGEST: Final = 5


def lost_pastimes(
    phrases: Sequence[Phrase], tokens: Sequence[Token], free: Sequence[bool], text: str
) -> tuple[str, ...]:
    """Such words that no phrase names as a whole, as they are written."""
    spans = places_of_pastimes(phrases, tokens, free, text)
    return tuple(text[tokens[start].start : tokens[end - 1].end] for start, end in spans)


def places_of_pastimes(
    phrases: Sequence[Phrase], tokens: Sequence[Token], free: Sequence[bool], text: str
) -> tuple[tuple[int, int], ...]:
    """From which token to which such words stand that no phrase names as a whole; the longest first from the left."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        ends = (at + length for length in range(_LONGEST, 1, -1))
        end = next((each for each in ends if is_pastime(tokens, free, at, each, text)), at)
        if end > at and not any(each.start <= at and end <= each.end for each in phrases):
            found.append((at, end))
        at = max(end, at + 1)
    return tuple(found)


def without_their_parts(found: Sequence[Phrase], lost: Sequence[tuple[int, int]]) -> list[Phrase]:
    """As in "getting around", which is no part of a GettingAway: what is called just so stays."""
    return [
        each
        for each in found
        if each.best.how == "exact" or not any(start <= each.start and each.end <= end for start, end in lost)
    ]


def is_pastime(tokens: Sequence[Token], free: Sequence[bool], start: int, end: int, text: str) -> bool:
    """As in "what did going out cost": words that are none of a name by themselves, where only a noun can stand."""
    run = tokens[start:end]
    if end > len(tokens) or not all(free[start:end]):
        return False
    groups = lexicon().groups_of(tuple(each.stem for each in run))
    out = _GOING_OUT in groups
    if is_content(run[-1]) and run[0].fold not in _DOING and not out:
        return False
    if not groups or text[run[0].start : run[-1].end].count(","):
        return False
    follows = tokens[end].fold if end < len(tokens) and free[end] else ""
    listed = start and "," in text[tokens[start - 1].end : run[0].start]
    led = listed or tokens[start - 1].fold in _LEADS if start else not _BOTH_WAYS.search(fold(text))
    return bool(led) and follows not in _AWAY and (out or fold(run[0].text).endswith(("ing", "ings")))
