"""Spelling of the words that carry the intent: "montly", "catagory", "recieved" are read as what was meant."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from ledgerqa.dialog.lexicon import lexicon

_SHORTEST = 5
_LIKENESS = 82.0
_CUES = tuple(
    (
        "account accounts amount average balance biggest bills breakdown budget between category categories "
        "cheapest compare compared currency daily deposits difference dividend each earned excluding expense "
        "expenses expensive first highest holdings how income invoice largest latest liabilities list lowest "
        "merchant month monthly months most much networth outstanding payee payment payments portfolio price "
        "purchase purchased purchases quarter quarterly receipts received recurring refund restaurants salary "
        "smallest spend spending spent statement subscription subscriptions surplus together total totals "
        "transaction transactions transfer typical unrealized value versus weekly without worth year yearly years "
        "shares market commodity exchange assertion yesterday deficit "
    ).split()
)


def corrected(folded: str) -> str:
    """The text with each unknown word of five or more letters that is nearly a cue put right."""
    return re.sub(r"[a-z]{5,}", lambda match: _cue(match.group()), folded)


@lru_cache(maxsize=4096)
def _cue(word: str) -> str:
    words = lexicon()
    if word in words.words or word in _CUES or word.removesuffix("s") in words.words:
        return word
    alike = [cue for cue in _CUES if cue[0] == word[0] and len(cue) >= _SHORTEST]
    best = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return best[0] if best else word
