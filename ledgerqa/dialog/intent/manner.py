"""What is said beside the question itself: how things shall be valued, and what the answer is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.slots import Span

_WORTH: Final = re.compile(r"\bworth\b|\b(?:own|assets|balance sheet)\b.*\b(?:owe|debts?|liabilities)\b", re.IGNORECASE)
_VALUED: Final = re.compile(
    r",?\s*\b(?:with|using|counting|taking|valuing)\b[^?;.]*?\bat (?:(?:the|their|its|that|each) )?(?:day'?s |days )?"
    r"(?:(?:last|latest|newest|most recent|recorded|current|market|booked|known) )*(?:prices?|rates?|quotes?|values?)\b"
    r"(?: (?:that )?(?:we|you|i) (?:have|know))?",
    re.IGNORECASE,
)


_PURPOSE: Final = re.compile(
    r"\b(?:for|doing|filling in|filing|preparing) (?:my|our|the|his|her|their) "
    r"(?:tax (?:return|form|declaration|filing)|schedule [a-z]\b|accountant\b(?! (?:fees?|bills?|costs?)))",
    re.IGNORECASE,
)


def find_purpose(text: str) -> tuple[Span, ...]:
    """Where the question says what it is asked for: "for my tax return" names no tax."""
    return tuple(found.span() for found in _PURPOSE.finditer(text))


def find_manner(text: str) -> tuple[Span, ...]:
    """Where the question says how parts of a worth are valued: nothing there is what it asks for."""
    worth = _WORTH.search(text)
    return tuple(found.span() for found in _VALUED.finditer(text, worth.end())) if worth else ()
