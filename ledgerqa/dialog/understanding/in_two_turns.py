"""One follow-up that says two things in turn: "both together by month", "back to Lisbon: and the year before?"."""

from __future__ import annotations

import re
from typing import Final

from ledgerqa.patterns import compiled

_OPENING: Final = r"\W*(?:(?:ok|okay|right|anyway|and|so|but|then|now|thanks|going|go|coming|come|let'?s go)\b[,. ]*)*"
_THEM: Final = r"(?:both|all (?:of them|of those|two|three|four)|the (?:two|three|four)|those (?:two|three)|the lot)"
_TOGETHER: Final = compiled(
    rf"(?P<first>{_OPENING}(?:{_THEM}(?: of (?:them|those))?,? )?(?:together|combined|added up|taken together)),? "
    r"(?P<rest>(?:by|per|each|every|an?|in|on average|last|this|for|since|during|over)\b.+)",
    re.IGNORECASE,
)
_BACK: Final = compiled(
    rf"(?P<first>{_OPENING}back to [\w'’& ]+?)(?:\s*[,:;.?!]\s*|\s+[–—-]+\s*)(?P<rest>\w.*)", re.IGNORECASE
)


def in_two_turns(asked: str) -> tuple[str, ...]:
    """The two in their order, or the one that it is.

    >>> in_two_turns("and both together by month")
    ('and both together', 'by month')
    """
    found = _TOGETHER.fullmatch(asked.strip()) or _BACK.fullmatch(asked.strip())
    return (found["first"].strip(), found["rest"]) if found else (asked,)
