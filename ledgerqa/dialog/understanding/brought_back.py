"""What was spoken of before, brought back: "who was that", "back to the restaurants", "no, the bills account"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

# Of one entry just told, which says it all: whom it went to, where, when, what for.
WHO_THAT: Final = re.compile(
    r"\W*(?:(?:and|so|ok|but|then)\W+)*(?:(?:who|where|which (?:shop|place|payee|company|firm|garage|one))"
    r" (?:was|is) (?:that|it|this)(?: (?:to|with|from|for|by|at|paid to))?"
    r"|(?:who|whom) (?:did|have) (?:we|i) (?:pay|paid)"
    r"(?: (?:that|it)(?: to)?)?|(?:who|where) did (?:that|it) go(?: to)?)\W*"
)
_BACK: Final = re.compile(r"\W*(?:(?:and|so|ok|okay|right|now|anyway)\W+)*(?:(?:going|go|coming|come) )?back to\b")
_BARE: Final = re.compile(
    r"\b(?:and|or|what|how|about|the|my|our|same|now|then|again|please|no|not|sorry|i|mean|meant|for|in|on|of|with|account)"
    r"\b|\W"
)


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


def is_bare_name(said: Said) -> bool:
    """Whether nothing is said but names: "no, the bills account" has no verb, whatever an account is called."""
    rest = said.folded
    for each in said.phrases:
        rest = rest.replace(fold(each.words), " ")
    return bool(said.phrases) and not said.periods and not _BARE.sub("", rest)
