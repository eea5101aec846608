"""A sentence after the question that only points back at it: "Name them.", "Give me the four separately."."""

from __future__ import annotations

import re
from typing import Final

from ledgerqa.patterns import compiled

_SHOW: Final = (
    r"\s+(?:(?:please|just|and|then|now|can you|could you),? )*"
    r"(?:name|list|show|give|tell|print|display|enumerate|write out|spell out|set out|put)(?: (?:me|us))? "
)
_THEM: Final = (
    r"(?:(?:all |both |every one )?(?:of )?(?:them|those|these|it|that)(?: all| both)?"
    r"|each(?: (?:one|of (?:them|those)))?"
    r"|(?:all |both |the )+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|lot)?)"
)
_APART: Final = (
    r"(?: (?:separately|individually|apart|one by one|on (?:its|their) own|by (?:itself|themselves)"
    r"|(?:in|on) (?:its|their|a|an) (?:own |separate |extra )+(?:line|row)s?))"
)
_END: Final = r"(?: (?:please|for me|here|out|to me))*\s*[.?!]*\s*$"
_POINTS: Final = compiled(rf"(?<=[.?!]){_SHOW}{_THEM}{_END}", re.IGNORECASE)
_POINTS_APART: Final = compiled(rf"\s*[.?!]{_SHOW}{_THEM}{_APART}{_END}", re.IGNORECASE)
_ASKS: Final = compiled(
    r"\?|(?:^|[.:,;]\s)\s*(?:and |so )?(?:(?:in|on|from|at|to) )?"
    r"(?:what|which|who|whom|when|where|how|find|value|total)\b",
    re.IGNORECASE,
)
# What every row tells by itself.
_TOLD_ANYWAY: Final = compiled(
    r"(?<=[.?!])\s+(?:please )?(?:tell|give|show) (?:me|us) (?:the |their |its )?(?:names?|amounts?|sums?|figures?)"
    r"(?:,? and (?:the |their |its )?(?:names?|amounts?|sums?|figures?))?\s*[.?!]*\s*$",
    re.IGNORECASE,
)
# "Skip the ones I have sold", of what is held now.
_NO_LONGER: Final = compiled(
    r"[.,;?!]\s+(?:please )?(?:and |but )?(?:skip|leave out|ignore|exclude|drop|not|without|forget)"
    r" (?:the ones|those|any(?:thing)?|whatever|what|everything)(?: that| which)? (?:i|we)(?:'ve| have)?"
    r"(?: already| since)? (?:sold|got rid of|closed)(?: (?:off|already|since))*\s*[.?!]*\s*$",
    re.IGNORECASE,
)
_HELD: Final = compiled(r"\b(?:own|hold|holding|held|have|worth|value)\b", re.IGNORECASE)


def without_pointing_back(question: str) -> str:
    """The question without it; "separately" stays, as "each".

    >>> without_pointing_back("Which months had no rent? Name them.")
    'Which months had no rent?'
    >>> without_pointing_back("What went on rent and on power? Show them separately.")
    'What went on rent and on power, each?'
    """
    asks = _ASKS.search(question)  # "I rent out three flats. List them." asks nothing before
    if asks and (apart := _POINTS_APART.search(question)):
        return f"{question[: apart.start()]}, each?"
    text = _TOLD_ANYWAY.sub("", _POINTS.sub("", question)) if asks else question
    sold = _NO_LONGER.search(text)
    return text[: sold.start()] if sold and _HELD.search(text[: sold.start()]) else text
