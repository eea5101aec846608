"""What is told before a question only to say when: "my sister was here in May. What did we spend that month?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_BEFORE_A_QUESTION: Final = compiled(
    r"^(?P<told>[^?]{4,120}?)(?:[.;!]|\s[-–—]|,)\s+(?:(?:so|and|now|well|ok),? )*"
    r"(?:what|how (?:much|many|often)|which|list|show|give|tell|did|was|were|total|sum)\b",
    re.IGNORECASE,
)


def told_beforehand(text: str) -> tuple[int, int] | None:
    """Where the question tells who was there before it asks anything."""
    told = _BEFORE_A_QUESTION.match(text)
    there = told is not None and cues("cues").found("circumstance", fold(told["told"]))
    return told.span("told") if told and there else None


def without_circumstances(said: Said) -> Said:
    """The question with none of the names that only say who was there; their days stay, if no others are asked for."""
    span = told_beforehand(said.text) if said.periods else None
    if span is None:
        return said
    told = said.text[slice(*span)]
    words = len(tokenize(told))
    phrases = tuple(each for each in said.phrases if each.start >= words)
    if not (phrases or said.intent.flow):
        return said
    there = set(re.findall(r"\w+", fold(told)))
    unknown, unread = (
        tuple(each for each in lost if not set(re.findall(r"\w+", fold(each))) <= there)
        for lost in (said.unknown, said.unread)
    )
    asked = tuple(each for each in said.periods if each.start >= span[1])
    return replace(said, phrases=phrases, unknown=unknown, unread=unread, periods=asked or said.periods)
