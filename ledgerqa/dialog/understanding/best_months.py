"""The best and the worst month of the books as a whole: by what was left over in them."""

from __future__ import annotations

import re
from typing import Final

from ledgerqa.patterns import compiled

# "Our best month this year", "which quarter was the worst": by what was left over.
_SPAN: Final = (
    r"(?: (?:(?:in|of|during) )?\d{4}| (?:this|last) (?:calendar |financial )?year| since \d{4}"
    r"| ever| so far| yet| for us| (?:(?:in|of|for|during) )?(?:each|every) (?:single )?year)*"
)
_END: Final = r"best and (?:the |our )?worst|worst and (?:the |our )?best|best|worst"
_BEST: Final = compiled(
    r"^(?:so |and )?(?:(?:what|which|when)(?:'s| is| was| were)? )?(?:(?:the|my|our) )?"
    rf"(?:(?P<a>{_END}) (?P<b>month|quarter|year)s?"
    rf"|(?P<c>month|quarter|year) (?:is|was) (?:(?:the|my|our) )?(?P<d>{_END}))"
    rf"(?P<span>{_SPAN})\W*$",
    re.IGNORECASE,
)


_BUSY: Final = compiled(
    r"^(?:so |and )?(?:(?:what|which|when)(?:'s| is| was)? )?(?:(?:the|my|our) )?(?P<end>busiest|quietest|slowest)"
    rf" (?P<unit>day|week|month|quarter|year)(?P<span>{_SPAN})\W*$",
    re.IGNORECASE,
)


def by_surplus(question: str) -> str:
    """The question with what makes a month the best: "which month had the highest net income"; a busy one: entries."""
    if busy := _BUSY.match(question):
        end = "highest" if busy["end"].lower() == "busiest" else "lowest"
        return f"which {busy['unit']} had the {end} number of entries{busy['span']}"
    return _BEST.sub(_put, question)


def _put(found: re.Match[str]) -> str:
    """As in "best month this year": the one in which most was left over."""
    said = (found["a"] or found["d"]).lower()
    end = "highest and the lowest" if " and " in said else "highest" if said == "best" else "lowest"
    return f"which {found['b'] or found['c']} had the {end} net income{found['span']}"
