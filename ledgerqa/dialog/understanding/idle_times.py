"""Times in a remark that narrow nothing: "diesel went mad after the summer, what did we spend on it in September?".

What is stated stays where the question points to it or names nothing itself.  But a question that says its own time
is not of that time, too, in which something was noticed, or of each month in which something is done.  One that names
its own thing as well needs nothing of the remark: "I checked the rent in May, what was power in June?".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.asides import asks, named_in
from ledgerqa.dialog.understanding.refusals import orders
from ledgerqa.dialog.understanding.statements import STATES, ends, first_sentence
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.linking.said import Said

_COMMA: Final = compiled(r"\s*(?:[,;:]|\s[-–—]+|\.{2,}|…)\s+(?=(?:what|how (?:much|many|often))\b)", re.IGNORECASE)
# "The invoices I sent in March, how many were paid by April?": which of them.
_WHICH: Final = compiled(
    r"^\W*(?:(?:so|and|right|ok|well|now)\b,? )*"
    r"(?:the|my|our|those|these|all|any|when|while|if|after|before|since|until)\b"
    r"(?: [\w'-]+){0,3}? (?:that |who )?(?:i|we|he|she|they|you|it)(?:'\w+)? \w+"
)
# What leans on the time that was told, or sets the two beside each other.
_LEANS: Final = compiled(
    r"\b(?:before|after|earlier|later|then|that|those|same|as well|too|also|instead|both|versus|vs|compar\w+|differ\w+"
    r"|more|less|higher|lower|dearer|cheaper|up|down|rise|risen|rose|fell|fallen|change[ds]?|grow[nth]*|grew|since)\b"
)
_SINCE: Final = compiled(r"\bsince (?:the |early |mid |late |last |\d|[a-z]+(?: 20\d\d)?\W*$)")
_NARROWS: Final = compiled(
    r"\b(?:interested|care about|mean|meant|count\w*|includ\w*|exclud\w*|budget\w*|question|talking (?:of|about))\b"
)
_BY_THE_WAY: Final = compiled(r"[,;] (?:which|who) [^,;]*$", re.IGNORECASE)
_EVERY: Final = compiled(r"\s*\b(?:each|every) (?:single )?(?:day|week|month|quarter|year)\b", re.IGNORECASE)


def without_idle_times(text: str, read: Callable[[str], Said]) -> tuple[str, str]:
    """The question without the times of what is only told before it, or without all of it, and what that was.

    `read` tells the parts of a text.
    """
    for end in sorted((*ends(text), *_COMMA.finditer(text)), key=re.Match.start, reverse=True):
        stated, asked = text[: end.start()], first_sentence(text[end.end() :])
        if _only_tells(stated) and asks(fold(asked)) and _says_when(said := read(asked)):
            told = read(stated)
            if not named_in(said):
                return _without_times(stated, told) + text[end.start() :], ""
            if told.periods:
                return text[end.end() :], stated
    return text, ""


def _only_tells(stated: str) -> bool:
    told = fold(stated).replace("’", "'").strip(" .!")
    bare = _BY_THE_WAY.sub("", told)
    narrows = cues("asides").found("restricts", told) or _NARROWS.search(told) or _WHICH.search(bare)
    return bool(STATES.search(bare) or bare != told) and not (asks(bare) or orders(bare) or narrows)


def _says_when(said: Said) -> bool:
    """Whether a question says its own time, and sets it beside no other."""
    return bool(said.periods) and not (_LEANS.search(_SINCE.sub(" ", said.folded)) and len(said.periods) < 2)


def _without_times(stated: str, told: Said) -> str:
    """What is stated, without when it was, how often it is, and what is said of it by the way."""
    for period in sorted(told.periods, key=lambda each: each.start, reverse=True):
        stated = stated[: period.start].rstrip() + stated[period.end :]
    return _EVERY.sub("", _BY_THE_WAY.sub("", stated))
