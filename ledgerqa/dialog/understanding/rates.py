"""Questions that are for the rate of one money in another, though no word of theirs says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, is_plural
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said


_MONEYS: Final = frozenset(
    "euro dollar pound franc yen krone krona rupee peso real yuan zloty lira rand won shekel forint koruna".split()
)


def is_pair(said: Said, names: Vocabulary) -> bool:
    """As in "BTC/EUR on 31 December": a rate without the word."""
    written = re.search(
        r"\b([A-Z][A-Z0-9]{1,9})(?:\s?[/-]\s?| (?:to|in|vs\.?|against) )([A-Z][A-Z0-9]{1,9})\b", said.text
    )
    return bool(
        written
        and all(code in names.commodities for code in written.groups())
        and (said.intent.measure is None or said.intent.vague)
    )


def is_worth(said: Said) -> bool:
    """As in "what was the pound worth on 1 March": the price of one unit of money, not what is held of it."""
    if said.intent.measure not in {Measure.HOLDINGS, Measure.BALANCE, Measure.SUM, None}:
        return False
    for phrase in said.phrases:
        one = re.search(r"(?:\b(?:the|a|an|one)|\b1) $", phrase.lead) and not is_plural(phrase.words)
        unit = phrase.of_kind("currency") and re.search(
            r"\b(?:a|an|one|1|single|each) (?:share|unit|coin|gram|ounce|piece) (?:of|in) $", phrase.lead
        )
        worth = rf"\b{re.escape(fold(phrase.words))} (?:(?:was|is|be|been) )?(?:worth|trading at|quoted at)\b"
        kept_so = phrase.of_kind("currency") and fold(phrase.words) in _MONEYS  # an account is called Euros besides
        if (unit or (one and (phrase.best.kind == "currency" or kept_so))) and re.search(worth, said.folded):
            return True
    return _is_of_one(said)


def _is_of_one(said: Said) -> bool:
    """As in "what was a pound in euros", "euros for one pound": one unit of money in another."""
    if len(said.phrases) != 2 or said.intent.flow or not all(each.of_kind("currency") for each in said.phrases):
        return False
    first, second = said.phrases
    ones = (re.search(r"\b(?:a|an|one|1) $", each.lead) and not is_plural(each.words) for each in said.phrases)
    joined = re.search(r"\b(?:in|into|to|for|per|against|buy|get)(?: (?:a|an|one|1))? $", second.lead)
    return any(ones) and joined is not None and second.start - first.end <= 2
