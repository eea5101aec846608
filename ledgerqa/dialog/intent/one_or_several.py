"""Whether a superlative asks for one thing or for several: "the biggest bill", "the biggest bills"."""

from __future__ import annotations

from typing import Final

from ledgerqa.patterns import compiled

_PLURAL_AFTER: Final = compiled(
    r"(?:biggest|largest|highest|most expensive|priciest|dearest|costliest|top|smallest|cheapest|lowest)"
    r"\s+(?:(?!(?:of|in|from|on|to|into|at|for|out|with)\b)\w+\s+){0,3}?(?:\w{3,}s)\b"
)
_BIGGEST_EXPENSES: Final = compiled(
    r"^(?:what (?:were|are)|list|show(?: me)?|give me|name|which were)(?: (?:the|my|our|all))*"
    r" (?:biggest|largest|highest|most expensive|priciest|dearest|top) (?:single )?expenses\b(?!.*\bcategor)"
    r"|\b(?:biggest|largest|highest|most expensive|priciest|dearest|top) expenses (?:by|per|for each)"
    r" (?!month|year|week)|^(?:which|what) (?:[\w-]+ )?expenses (?:were|are)\b"
)
_NO_PLURAL: Final = compiled(r"(?:ss|us|is|grocer(?:y|ies)|'s|has|was|this|less|expenses?|takings|proceeds|winnings)$")


# "Which month had the lowest sales": one month, whatever it had.
_WHICH_OF_THEM: Final = compiled(
    r"(?:and |so )?(?:in |on )?(?:which|what) (?:single |one )?(?:day|weekday|week|month|quarter|year|shop|payee|client"
    r"|customer|supplier|category|account|donor|member)\b(?! (?:by|on|to|for)\b)"
    r"(?!.*\b(?:top|list|each|every|(?:and|or) (?:the )?(?:biggest|largest|highest|lowest|smallest))\b)"
)


def is_single(text: str) -> bool:
    """Whether "the biggest" is one thing; a plural after it is several."""
    if _BIGGEST_EXPENSES.search(text):
        return False
    if _WHICH_OF_THEM.match(text):
        return True
    found = _PLURAL_AFTER.search(text)
    return not (found and not _NO_PLURAL.search(found.group()))
