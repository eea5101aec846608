"""What is no question to a ledger: orders to change it, forecasts, advice, and instructions in disguise.

Instructions inside a question change nothing.  They are taken out; what remains is read as if they were not there.
The words stand in `refusals.toml`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.learned import probability
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, name_stems, stems, tokenize
from ledgerqa.dialog.linking.metadata_keys import counts_key
from ledgerqa.dialog.understanding.own_names import without_own_names
from ledgerqa.patterns import compiled
from ledgerqa.records import Refusal

if TYPE_CHECKING:
    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

EXAMPLES = ("How much did I spend last month?", "What is my net worth?", "Show the largest payments of this year.")
REFUSING = 0.75  # how sure a model must be that this is no question to a ledger
_UNCHANGED = Refusal(
    "Nothing can be changed from here: the ledger is only ever read. Ask for the entries, and edit the files that they"
    " are cited from.",
    EXAMPLES,
)
_NO_QUESTION = Refusal("That is no question about the ledger; only what stands in the ledger can be told.", EXAMPLES)
_NO_FORECAST = Refusal("A ledger says what was, not what will be: it holds no forecast.", EXAMPLES)
_NO_ADVICE = Refusal("The ledger can say what was booked, but gives no advice.", EXAMPLES)
OF_MANNER = (_UNCHANGED, _NO_FORECAST, _NO_ADVICE)  # declined for how it is asked, whatever it is about
_WORDS = "refusals"
_ASKS = r"(?:what|how|when|which|who|whom|where|did|show|list)\b"
_SENTENCE = compiled(
    rf"(?<=[.!?;\n])\s+|\n+|(?<=[:,])\s+(?={_ASKS})|,\s+(?=(?:and )?then (?:say|tell|show|give|answer|list)\b)"
    r"|\s+(?=and (?:give|show|tell) me (?:the|my|our|what|how)\b)",
    re.IGNORECASE,
)
_THEN = compiled(r"((?:^|[.!?;])\s*)(?:then|and then|after that|next),?\s+", re.IGNORECASE)
_OPENER = compiled(r"^\s*(?:(?:ok(?:ay)?|now|and|then|after that|next|seriously|but|so|anyway)\b,?\s+)+", re.IGNORECASE)
# "[admin] ...", "<system>: ...": who somebody says to be gives no orders.
_BADGE = compiled(
    r"^\s*[\[<({](?:admin\w*|system|root|sudo|superuser|developer|dev|owner|override|assistant|internal|operator)\b[^\])>}]{0,20}"
    r"[\])>}]\s*:?\s*",
    re.IGNORECASE,
)
_CLAIM = compiled(r"\b(?:that|as if|like|pretend(?: that)?)\b", re.IGNORECASE)
_QUESTION = compiled(r"^(?:what|how|when|which|who|show|list|did|is|are|was)\b")


def without_instructions(text: str) -> str:
    """The text less the sentences that try to instruct; the rest unchanged ("" where nothing is left)."""
    text = _BADGE.sub("", text)
    parts = [part for part in _SENTENCE.split(text) if part.strip()]
    kept = [part for part in parts if not _instructs(part)]
    if len(kept) == len(parts):
        return _THEN.sub(r"\1", text)
    return " ".join(_OPENER.sub("", part) for part in kept)


def instructions(text: str) -> str:
    """What the sentences that try to instruct speak of ("claim that my savings hold 5": my savings hold 5)."""
    return " ".join(_claimed(part) for part in _SENTENCE.split(text) if _instructs(part))


def _claimed(part: str) -> str:
    """What stands after "that": the words before it are the order, and name nothing."""
    found = _CLAIM.search(part)
    return part[found.end() :].strip() if found else part


def _instructs(part: str) -> bool:
    return cues(_WORDS).found("instruction", fold(part))


def orders(folded: str) -> bool:
    """Whether the words try to instruct, or order a change, whatever else they say."""
    kinds = ("instruction", "prompt", "change", "destructive", "change_question")
    return any(cues(_WORDS).found(each, folded) for each in kinds)


def refusal(asked: str, rest: str) -> Refusal | None:
    """Why this is no question to the ledger; None where it may be one.  `rest` is it without instructions."""
    words, folded = cues(_WORDS), fold(rest).strip()
    if words.found("prompt", folded or fold(asked)):
        return _NO_QUESTION
    if not re.search(r"\w", folded):
        return Refusal("There is no question about the ledger in this.", EXAMPLES)
    if _changes(folded):
        return _UNCHANGED
    if words.found("forecast", folded):
        return _NO_FORECAST
    if words.found("advice", folded):
        return _NO_ADVICE
    return elsewhere(rest)


def _unworked(folded: str, names: Vocabulary) -> Refusal | None:
    """What nothing here computes, for which another figure must not stand: the median is no average."""
    found = cues(_WORDS).first("unworked", folded)
    said = found.pattern.search(folded) if found else None
    if found is None or said is None or (" " not in said.group() and names.texts([rf"\b{said.group()}\b"])):
        return None  # "what did I pay Median Clinic"
    instead = (folded.replace("median", "average"),) if "median" in folded else ()
    return Refusal(f"{found.name.capitalize()}.", instead)


def elsewhere(text: str) -> Refusal | None:
    """Why no entry can tell it ("what are mortgage rates": the economy at large); None where one may."""
    if found := cues(_WORDS).first("elsewhere", fold(text).strip()):
        return Refusal(f"The ledger does not say: {found.name} cannot be told from its entries.", EXAMPLES)
    return None


def refused_by(understood: Understanding | None) -> Refusal | None:
    """The same by a model that is sure of it, for words that no rule holds; None without one."""
    if probability(understood, "outcome", "change") > REFUSING:
        return _UNCHANGED
    if probability(understood, "outcome", "inject") > REFUSING:
        return _NO_QUESTION
    if probability(understood, "outcome", "refuse") > REFUSING:
        return Refusal("The ledger cannot say that: it holds what was booked, no advice and no forecasts.", EXAMPLES)
    return None


_SUMMED: Final = frozenset(
    "total average altogether balance spending cost costs compared to with by and please for in of at the my".split()
)


_NAME: Final = "#"
_WHAT_IT_COMES_TO: Final = compiled(
    rf"^(?:and |so )*(?:how much|what)(?: {_NAME})? (?:do|does|did) (?:(?:the|my|our) )?{_NAME}"
    r" (?:get|receive|earn|draw|bring in|pay|cost)\b(?! (?:you|if|when)\b)"
    rf"|^(?:and |so )*which {_NAME} (?:is|was) (?:the )?(?:dearest|cheapest|highest|lowest|biggest|smallest|most expensive)\b"
)


def only_names(said: Said) -> bool:
    """As in "cash out fees 25", where an account is called so: nothing is left that could order anything.

    Or as in "how much does Maureen get", "which insurance is the dearest": plain questions of what is called so.
    """
    tokens = tokenize(said.text)
    named = {at for each in said.phrases if each.best.how == "exact" for at in range(each.start, each.end)}
    dated = [(each.start, each.end) for each in said.periods]
    plain = 0 in named and all(
        at in named or token.fold in _SUMMED or any(start <= token.start < end for start, end in dated)
        for at, token in enumerate(tokens)
    )
    text = said.folded
    for each in said.phrases:
        text = (
            re.sub(rf"\b{re.escape(fold(each.words))}\b", _NAME, text) if each.best.how in {"exact", "words"} else text
        )
    return plain or bool(_WHAT_IT_COMES_TO.search(text))


def _changes(folded: str) -> bool:
    """Whether it is an order to change something."""
    words = cues(_WORDS)
    if words.found("destructive", folded) or words.found("change_question", folded):
        return True
    return not _QUESTION.search(folded) and any(words.found("change", part) for part in _SENTENCE.split(folded))


_HOW_MANY = compiled(
    r"\bhow many (?:\w+ )?(?P<unit>hour|day|mile|point|kwh|litre|liter|gallon|kilomet(?:er|re)|km|kilo)s?\b"
)
_LEAVE = frozenset({"leave", "vacation", "holiday", "pto"})
# How codes of such units end: VACHR, PTOHOURS, FF-MILES.
_KILOMETRES = ("KM", "KMS", "KILOMETRE", "KILOMETRES", "KILOMETER", "KILOMETERS")
_UNITS = {
    "hour": ("HR", "HRS", "HOUR", "HOURS"),
    "litre": ("L", "LITRE", "LITRES"),
    "liter": ("L", "LITER", "LITERS"),
    "km": _KILOMETRES,
    "kilometre": _KILOMETRES,
    "kilometer": _KILOMETRES,
}
_AFOOT = compiled(r"\b(?:walk|r[ua]n|swim|swam|hik|cycl|fl[yie]|flown|sail)")  # ways that are no ways of business


def _are_held(text: str, names: Vocabulary) -> bool:
    """As in "how many hours of leave have I left", where such hours are booked like money, as VACHR."""
    asked = _HOW_MANY.search(fold(text))
    if asked is None:
        return False
    unit = asked["unit"].upper()
    ends = _UNITS.get(asked["unit"], (unit, f"{unit}S"))
    held = [each for each in names.commodities if each.endswith(ends) and each not in names.operating]
    rows = names.index.query("SELECT DISTINCT account FROM postings WHERE currency IN (SELECT unnest(?))", [held])
    if rows and len(ends[0]) > 1 and any(each in ends for each in held) and not _AFOOT.search(fold(text)):
        return True  # "how many miles did I drive", where the commodity is called just so
    said = set(stems(text))
    called = {stem for (name,) in rows for part in name.split(":")[1:] for stem in name_stems(part)}
    return bool(rows) and bool(_LEAVE & said or said & called)


_LIMIT = compiled(r"\blimit (?:on|of|for)\b")  # of a card, which may stand where it was opened


def refused(asked: str, rest: str, names: Vocabulary) -> Refusal | None:
    """The same for one ledger: what it keeps under a key of its own is told, what it has no accounts for is not."""
    declined = refusal(_less_leading_name(asked, names), _less_leading_name(rest, names))
    limited = _LIMIT.search(fold(rest)) is not None and "limit" in names.keys
    kept = limited or counts_key(rest, names) or _are_held(rest, names)
    if declined and not kept:
        return declined
    return _unkept(rest, names) or _unworked(fold(without_own_names(rest, names)), names)


def _less_leading_name(text: str, names: Vocabulary) -> str:
    """As in "pay loop balance", where an account is called PayLoop: a name that begins the question orders nothing."""
    blanked = without_own_names(text, names)
    return blanked if blanked[:2] != text[:2] else text


_OFF = compiled(r"\b(?:vacation|holidays?|leave|time off|days off|pto)\b")


def _unkept(text: str, names: Vocabulary) -> Refusal | None:
    """What only a ledger with accounts for it can tell, asked of one that has none."""
    found = cues(_WORDS).first("unkept", fold(text))
    if (
        found is None
        or _are_held(text, names)
        or (_OFF.search(fold(text)) and names.booked.leave())
        or any(each in names.by_group or names.counts.get(each) for each in found.extra.split())
    ):
        return None
    return Refusal(f"The ledger does not say: it cannot tell {found.name}.", EXAMPLES)


def rate_refusal(text: str) -> Refusal | None:
    """Terms of a contract, which no entry states (asked only when no metadata of that name exists)."""
    found = cues(_WORDS).single["rate"].search(fold(text))
    if not found:
        return None
    return Refusal(
        f"No entry of this ledger states the {found.group()}; it holds amounts, not terms.",
        ("How much interest was paid last year?",),
    )
