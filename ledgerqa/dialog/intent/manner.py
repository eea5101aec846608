"""What is said beside the question itself: how things shall be valued, with VAT or without, what the answer is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.cues import cues
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.slots import Span

Vat = Literal["", "net", "gross"]

_WORTH: Final = compiled(
    r"\bworth\b|\b(?:own|have|assets|balance sheet)\b.*\b(?:owe|debts?|liabilities)\b", re.IGNORECASE
)
_AT: Final = (
    r"at (?:(?:the|their|its|that|each) )?(?:day'?s |days )?"
    r"(?:(?:last|latest|newest|most recent|recorded|current|market|booked|known) )*(?:prices?|rates?|quotes?|values?)\b"
    r"(?: (?:that )?(?:we|you|i) (?:have|know))?(?: and (?:the )?(?:\w+ ){0,2}(?:prices?|rates?|quotes?)\b)?"
)
_FETCHED: Final = (
    r"at what (?:the market|anyone|somebody|they|it|those|these) (?:would|could|will|'d) (?:\w+ )?"
    r"(?:pay|fetch|bring|give|get)\b(?: for (?:it|them))?"
)
_COST: Final = (
    r"at (?:book )?(?:cost|what (?:they|it|these|those|i|we) (?:\w+ )?(?:cost|paid)\b)(?: (?:me|us|for (?:them|it)))?"
)
_THAT_DAY: Final = r"(?: (?:of|on|for|at) (?:that|the same|the) (?:day|date|time))?"
_VALUED: Final = compiled(
    rf",?\s*\b(?:with|using|count(?:ing)?|includ(?:e|ing)|tak(?:e|ing)|valu(?:e|ing))\b[^?;.]*?\b{_AT}"
    rf"|,(?!\s*(?:all |everything )?in\b)\s*[^?;.,()]{{2,40}}? {_AT}{_THAT_DAY}"
    rf"|(?:,\s*)?\b(?:priced |valued )?{_AT}{_THAT_DAY}"
    rf"|(?:[,;]|\band)\s+[^?;.,()]{{2,40}}? {_FETCHED}",
    re.IGNORECASE,
)
ALL_ONE_IS_WORTH: Final = compiled(
    r"\bnet[ -]?worth\b|\b(?:am|are|was|were) (?:i|we) worth\b|\b(?:i|we) (?:am|are|was|were) worth\b", re.IGNORECASE
)
_AT_COST: Final = compiled(
    rf"(?:[,;:(]\s*|\s[-–—]\s*|\b(?:with|and|counting|taking|valuing) )(?:(?:and|but|with|counting|taking|valuing) )*"
    rf"(?P<what>[^,;?.()]{{2,50}}?)"
    rf" (?:{_COST}|(?:(?:is|are|being) )?(?:turned|converted|changed|translated) (?:in)?to\b)",
    re.IGNORECASE,
)


# "Euros left as euros", "keeping the dollars in dollars": each money as it stands, and none to convert to.
_AS_THEY_ARE: Final = compiled(
    r"(?:[,;(]\s*)?(?:\b(?:and|but|with) )?\b(?:the |any |my |our )?(?P<left>[a-z]{3,})"
    r" (?:being )?(?:left|kept|staying|stay|remaining) (?:as|in) (?P=left)\b"
    r"|(?:[,;(]\s*)?(?:\b(?:and|but|just) )?\b(?:leav(?:e|ing)|keep(?:ing)?) (?:the |any |my |our )?(?P<kept>[a-z]{3,})"
    r" (?:as|in) (?P=kept)\b",
    re.IGNORECASE,
)
_PURPOSE: Final = compiled(
    r"\b(?:for|doing|filling in|filing|preparing) (?:my|our|the|his|her|their) "
    r"(?:tax (?:return|form|declaration|filing)|schedule [a-z]\b|accountant\b(?! (?:fees?|bills?|costs?)))"
    r"|^\W*(?:my|our|the) \w+(?: \w+)? (?:wants|needs|would like|'d like|is asking|asks|wonders|keeps asking|has asked)"
    r" (?:me |us )?(?:to (?:know|see|hear|be told)\b)?(?= (?:how|what|whether|if|which|when|who|where)\b)"
    r"|\bfor (?:my|our|the|a|this|next|tomorrow'?s|tonight'?s)(?: \w+){0,2}? "
    r"(?:board|trustees|committee|treasurer|auditors?|agm|annual general meeting|board meeting|committee meeting"
    r"|members'? meeting|annual report|newsletter|minutes)"
    r"(?: (?:pack|papers?|report|meeting|slides?|minutes|agenda))?(?=\W*$|\s*[,;.:])"
    r"|\bfor (?:my|our|the|his|her|their|an?) (?:\w+ )?"
    r"(?:commission|vat|company|companies house|mortgage|loan|visa|grant|annual|insurance|benefits?|funding|residency)"
    r" (?:return|filing|application|form|claim)(?=\W*$|\s*[,;.:]| (?:in|for|this|last|next)\b)",
    re.IGNORECASE,
)
_FOR_MONEY: Final = compiled(
    r"\b(?:spen[dt]\w*|pa(?:y|id|ying)|costs?|bought|buy|budget\w*|bills?|expenses?|claim\w*)\b"
)


# "With that app", "through some site": somebody's, who has no name there.
_BY_MEANS: Final = compiled(
    r"\b(?:with|through|via|using|on) (?:that|this|some|the same) (?:little |new |old )?"
    r"(?:apps?|sites?|websites?|platform|outfit|programme|programm?|gadget|contraption)\b",
    re.IGNORECASE,
)


def find_means(text: str) -> tuple[Span, ...]:
    """Where the question says by what means, and names none: nothing of the ledger is called so."""
    return tuple(found.span() for found in _BY_MEANS.finditer(text))


def find_purpose(text: str) -> tuple[Span, ...]:
    """Where the question says what it is asked for: "for my tax return" names no tax, "for the agm pack" no costs."""
    return tuple(
        found.span()
        for found in _PURPOSE.finditer(text)
        if "tax" in found.group() or not _FOR_MONEY.search(text[: found.start()].lower())
    )


def find_manner(text: str) -> tuple[Span, ...]:
    """Where the question says how parts of a worth are valued: nothing there is what it asks for."""
    worth, whole = _WORTH.search(text), ALL_ONE_IS_WORTH.search(text)
    before = _VALUED.finditer(text, 0, whole.start()) if whole else ()
    after = _VALUED.finditer(text, worth.end()) if worth else ()
    return tuple(found.span() for found in (*before, *after, *_AS_THEY_ARE.finditer(text)))


def find_at_cost(text: str) -> tuple[Span, ...]:
    """Where parts of a worth are named only to say that they count at cost ("stock and shares at what they cost")."""
    worth = _WORTH.search(text)
    return tuple(found.span("what") for found in _AT_COST.finditer(text, worth.end())) if worth else ()


def find_vat(text: str) -> tuple[tuple[Span, ...], Vat]:
    """Where the question says whether figures are meant with VAT ("incl VAT") or without ("before VAT"), and which."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    sides: tuple[tuple[Vat, str], ...] = (("net", "without_vat"), ("gross", "with_vat"))
    for side, cue in sides:
        if spans := tuple(found.span() for found in cues("cues").single[cue].finditer(lowered)):
            return spans, side
    return (), ""
