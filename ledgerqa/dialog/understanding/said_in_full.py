"""The words of a follow-up in full: those of the question before, with what the new one says in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_REGROUPED: Final = compiled(
    r"(?:(?:and|ok|now|so|then|please|can you|just),? )*(?:(?:split|break|group|show|give|sort)\b[\w ]{0,24} )?"
    r"(?:by|per|for each) \w+[ ?.!]*"
)
_GOING_ON = (
    r"\b(?:and|what|how|about|in|for|during|the|same|now|then|again|thing|please|do|that|it"
    r"|so far|of|on|with|from|at|to|my|our)\b|\W"
)


def in_full(said: Said, before: Said | None) -> Said:
    """As in "and in 2021?": the words of the question before, where only a period was said."""
    rest = said.text
    for each in said.periods:
        rest = rest.replace(each.text, " ")
    period_alone = bool(said.periods) and not re.sub(_GOING_ON, "", fold(rest))
    if before and not period_alone and _REGROUPED.fullmatch(said.folded):
        return replace(said, text=f"{before.text.rstrip(' ?.!')} {said.text}")  # "now split that by client"
    if before and len(said.phrases) == len(before.phrases) == 1:
        named, (phrase,) = before.phrases[0].words, said.phrases
        if named in before.text and not re.sub(_GOING_ON, "", fold(rest.replace(phrase.words, " "))):
            return replace(said, text=before.text.replace(named, phrase.words))  # "and the couriers?"
    if before and (named := _security(before)) and said.phrases == before.phrases:
        return replace(said, text=_THEY.sub(named, said.text, count=1))  # "and what did they cost me?"
    return replace(said, text=before.text) if before and period_alone else said


_THEY: Final = compiled(r"\b(?:they|them|those|these|it)\b", re.IGNORECASE)


def _security(before: Said) -> str:
    """What the question before called the one commodity that it was about."""
    named = [each for each in before.phrases if each.of_kind("currency")]
    return named[0].words if len(named) == len(before.phrases) == 1 else ""
