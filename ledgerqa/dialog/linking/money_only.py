"""One currency that a question keeps to: "pounds only", "just the euros", "count the francs alone"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase

_ONLY: Final = re.compile(
    r"\b(?:and |but )?(?:(?:count(?:ing)?|take|taking|show(?:ing)?|include|including|in|with|for) )?"
    r"(?:(?:just|only|solely) (?:in |the |those in |what is in )*(?P<after>[^\W\d_]{2,})"
    r"(?: (?:ones?|part|side|amounts?|figures?))?"
    r"|(?:in )?(?:the )?(?P<before>[^\W\d_]{2,}) (?:only|alone|amounts only))\b"
    r"|, (?:(?:the )?amounts? in )?(?P<last>[^\W\d_]{2,})(?=[\s?!.]*$)",  # "rent since May, pounds"
    re.IGNORECASE,
)


def one_money(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Where the text keeps to one currency of the ledger, with all the words that say so."""
    found = []
    for match in _ONLY.finditer(text):
        word = match["after"] or match["before"] or match["last"]
        if _is_money(word, vocabulary):
            found.append(match.span())
    return tuple(found)


def as_money(
    phrases: Sequence[Phrase], spans: Sequence[tuple[int, int]], tokens: Sequence[Token]
) -> tuple[Phrase, ...]:
    """The phrases with what stands there read as the currency, though an account be called so as well."""
    result = []
    for phrase in phrases:
        option = phrase.of_kind("currency")
        inside = any(start <= tokens[phrase.start].start and tokens[phrase.end - 1].end <= end for start, end in spans)
        result.append(replace(phrase, options=(option,), weak=False) if inside and option else phrase)
    return tuple(result)


def _is_money(word: str, vocabulary: Vocabulary) -> bool:
    codes = (word.upper(), *lexicon().currencies.get(stems(fold(word)), ()))
    known = vocabulary.commodities
    return any(code in known and not known[code].held_at_cost for code in codes)
