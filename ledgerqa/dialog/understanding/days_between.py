"""How far apart things come: "average time between haircuts" asks how often there is one."""

from __future__ import annotations

import re
from typing import Final

from ledgerqa.patterns import compiled

_UNITS: Final = r"(?:days?|weeks?|months?|time|gap|interval|spacing)"
_BETWEEN: Final = compiled(
    r"^(?:(?:so|and|ok|what(?:'?s| is| was)?|how (?:much|many|long)|is|was|the|our|my) )*"
    rf"(?:average|mean|typical|usual|avg) (?:number of |amount of )?{_UNITS}(?: of time| in days)? between"
    r" (?:two |each |my |our |the |one )*"
    r"(?P<what>(?![^?]*\band\b)[^?]+?)\W*$",
    re.IGNORECASE,
)
_APART: Final = compiled(
    r"^(?=.*\b(?:between|apart)\b)(?:(?:so|and|ok) )*how (?:many (?:days|weeks)|long|far)(?: apart)?"
    r"(?: (?:is there|are there|are|were|lies?|passes|go(?:es)? by|do|does|apart|between|two|each|my|our|the|one))*"
    r" (?P<what>(?![^?]*\band\b)[^?]+?)(?: apart)?,? on average\W*$",
    re.IGNORECASE,
)


def as_how_often(question: str) -> str:
    """The question as one for how often; as it is where it asks for something else."""
    found = _BETWEEN.match(question) or _APART.match(question)
    return f"how often are there {found['what']}" if found else question
