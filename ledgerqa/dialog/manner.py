"""How things shall be valued, said beside what is asked: "net worth, with the dollars at the last rates"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ledgerqa.dialog.slots import Span

_WORTH: Final = re.compile(r"\bworth\b|\b(?:own|assets|balance sheet)\b.*\b(?:owe|debts?|liabilities)\b", re.IGNORECASE)
_VALUED: Final = re.compile(
    r",?\s*\b(?:with|using|counting|taking|valuing)\b[^?;.]*?\bat (?:(?:the|their|its|that|each) )?(?:day'?s |days )?"
    r"(?:(?:last|latest|newest|most recent|recorded|current|market|booked|known) )*(?:prices?|rates?|quotes?|values?)\b"
    r"(?: (?:that )?(?:we|you|i) (?:have|know))?",
    re.IGNORECASE,
)


def find_manner(text: str) -> tuple[Span, ...]:
    """Where the question says how parts of a worth are valued: nothing there is what it asks for."""
    worth = _WORTH.search(text)
    return tuple(found.span() for found in _VALUED.finditer(text, worth.end())) if worth else ()
