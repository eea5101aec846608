"""When a phrase of everyday words is a name: written like one, listed with others, or the only subject there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import EXACT_CURRENCY, EXACT_TAG, PAYEE_PART, TELLING_APART
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase

_FLOWS = frozenset(
    "income incomes expense expenses expenditure revenue revenues assets asset liabilities liability equity cost costs "
    "balance balances current".split()
)
_ITEMS = frozenset({"charge", "bill", "purchase", "payment", "transaction", "item", "entry"})  # listed, not what for
_LISTED = compiled(
    r"^(?:list|show|show me) (?:all |any |the |individual |single )*(?:charges|bills|payments|purchases|items)$"
)
_BESIDE = compiled(r"\b(?:vs\.?|versus|or|than|against) (?:on |the |my |our )?$")
_AND = compiled(r"\w (?:and|plus|&) (?:(?:on|for) )?(?:the |my |our )?$")
_COMMA = compiled(r"\w,\s*(?:the |my |our )?$")
_GOES_ON = compiled(r"(?:,|\band|\bplus|&)\s*(?:(?:on|for) )?(?:the |my |our )?$")
_BETWEEN = 2  # words: "and the"
_THE_REST = frozenset("other others rest more all so such else general misc that this now then when total".split())
_PLACE = compiled(r"\b(?:at|from|to) (?:the|a|an|my|our|that) $")
_WHERE = compiled(r"\b(?:from|to|into|onto|out of|and) (?:the |my |our )?$")
_PAYERS = frozenset({"card", "cards", "cash"})
_PAYING = compiled(r"\b(?:by|with|on|in|via) (?:the |my |our |a )?$")
_ON = compiled(r"\bon (?:the |my |our )?$")
_TO_OR_FROM = compiled(
    r"\b(?:transfer(?:s|red)?|mov(?:e|ed)|sen[dt]|from|into|out of)\b.*\b(?:from|to|into|out of) (?:the |my |our )?$"
    r"|\b(?:pa(?:y|id)|put|w[eo]nt|go(?:es|ing)?|c[ao]me|coming|landed|ended up|banked) (?:straight |in)?"
    r"(?:into|onto|to|out of) (?:the |my |our )?$"
)
_BOUGHT = compiled(
    r"\b(?:pa(?:y|id|ying) for|spen[dt] on|buy|bought|order(?:ed)?|hired?|rent(?:ed)?) (?:an?|another) $"
)
_WHEN_MINE = compiled(r"^when (?:is|are|was|were) (?:my|our) $")
_HOW_MUCH = compiled(r"\bhow (?:much|many) $")
_DEFINITE = compiled(r"\b(?:the|a|my|our|that|this|his|her|their) $")
_UNDER = frozenset({"under", "category", "account", "called", "named", "heading"})


def is_added(phrase: Phrase) -> bool:
    """As in "health and body": an account that is called just so, after another name."""
    named = phrase.best.kind == "account" and fold(phrase.words) not in _THE_REST
    return named and bool(_AND.search(phrase.lead))


def is_one_of_two(phrase: Phrase) -> bool:
    """As in "the front and back": the first of two accounts that are joined by "and"."""
    return phrase.best.kind == "account" and phrase.best.how == "exact" and fold(phrase.words) not in _THE_REST | _FLOWS


def in_a_list(phrase: Phrase, others: Sequence[Phrase]) -> bool:
    """As in "rent, cover, books": an account that is called just so, with a comma before it and another name after."""
    following = (each for each in others if 0 <= each.start - phrase.end <= _BETWEEN and _GOES_ON.search(each.lead))
    return is_one_of_two(phrase) and bool(_COMMA.search(phrase.lead)) and any(following)


def _in_brackets(phrase: Phrase) -> bool:
    """As in "the house (loan, water)": an account that is called just so, first of those in brackets."""
    return is_one_of_two(phrase) and phrase.lead.rstrip().endswith("(")


def _only_tells_apart(phrase: Phrase) -> bool:
    """As in "the new sofa", which names no account of news."""
    apart = fold(phrase.words) in TELLING_APART and phrase.best.kind == "account"
    return apart and bool(_DEFINITE.search(phrase.lead))


def speaks(phrase: Phrase, *, alone: bool) -> bool:
    """Whether a phrase of everyday words is a name here: written like one, or the only subject there is."""
    lead = re.findall(r"\w+", phrase.lead)
    if _only_tells_apart(phrase) or (
        phrase.best.how == "synonym"
        and (
            fold(phrase.words) in _ITEMS
            or _LISTED.search(phrase.lead + fold(phrase.words))
            or fold(phrase.words) == "turnover"  # of all that is earned, whatever is sold
            or (fold(phrase.words) == "purchases" and not _ON.search(phrase.lead))
        )
    ):
        return False
    if fold(phrase.words) in _FLOWS and not any(word in _UNDER for word in lead):
        return fold(phrase.words) == "current" and bool(_WHERE.search(phrase.lead))
    if phrase.best.how == "exact" and (_BESIDE.search(phrase.lead) or is_added(phrase) or _in_brackets(phrase)):
        return True
    exact = phrase.best.how == "exact" and phrase.best.score >= EXACT_CURRENCY
    if exact and phrase.best.kind == "account" and _TO_OR_FROM.search(phrase.lead):
        return True
    if phrase.best.kind == "tag" and phrase.best.how != "exact" and fold(phrase.words) in lexicon().ordinary:
        return not phrase.lead or bool(re.search(r"\b(?:the|our|my) $", phrase.lead))  # "the move", not "did we move"
    text = phrase.best.kind == "narration" and {*stems(phrase.words)} <= _ITEMS | {"posting"}  # "how many entries"
    counted = not text and _HOW_MUCH.search(phrase.lead) and any(each.how == "exact" for each in phrase.options)
    if counted or phrase.best.kind == "tag" or (fold(phrase.words) in _PAYERS and _PAYING.search(phrase.lead)):
        return True
    if _PLACE.search(phrase.lead) and phrase.of_kind("payee") and not phrase.best.score < PAYEE_PART:
        return True
    if exact and (phrase.capitalised or any(word in _UNDER for word in lead)):
        return True
    if phrase.end - phrase.start > 1 and phrase.best.how == "exact":
        return True
    # "Did we pay for a skip", "until when is my monitor under warranty".
    bought = any(each.search(phrase.lead) for each in (_BOUGHT, _WHEN_MINE)) or _is_lent(phrase)
    return alone and (exact or bought or phrase.best.how == "synonym" or phrase.best.score >= EXACT_TAG)


def _is_lent(phrase: Phrase) -> bool:
    """As in "loan instalments", "how much loan did I get": not all that is spent or earned."""
    said = fold(phrase.words).split()
    return "loan" in said and (len(said) > 1 or bool(_HOW_MUCH.search(phrase.lead)))
