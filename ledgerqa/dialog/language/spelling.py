"""Spelling of the words that carry the intent: "montly", "catagory", "recieved" are read as what was meant.

And whether a word is a slip at all: "meridan" for Meridian is one, "waiter" is none for Water.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from ledgerqa.dialog.language.lexicon import lexicon

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
        "shares market commodity exchange assertion yesterday deficit often frequently altogether separately "
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


_VOWELS: Final = frozenset("aeiouy")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS: Final = frozenset(map(frozenset, ("ck", "cs", "sz", "kq", "gj", "vw", "fv", "pb", "td", "mn", "xs")))
_MOST_EDITS: Final = 3  # letters changed about count two


def is_slip(written: str, meant: str) -> bool:
    """Whether a word may be a misspelling of another: each difference is one that hands and ears make.

    Letters changed about, left out or doubled, a vowel for another, a key or a sound for its neighbour.  A letter that
    was put in, or put in another's place, for no such reason makes another word.

    >>> is_slip("meridan", "meridian"), is_slip("streeming", "streaming"), is_slip("waiter", "water")
    (True, True, False)
    """
    edits = [(each.tag, each.src_pos, each.dest_pos) for each in Levenshtein.editops(written, meant)]
    missing = [meant[place] for what, _, place in edits if what == "insert"]
    extra = [written[at] for what, at, _ in edits if what == "delete" and written[at] not in missing]
    if len(edits) > _MOST_EDITS or len(extra) > 1:
        return False
    return all(
        what == "insert"
        or (what == "replace" and _mistaken(written[at], meant[place]))
        or (what == "delete" and (written[at] in missing or _slipped_in(written, at)))
        for what, at, place in edits
    )


def _mistaken(one: str, two: str) -> bool:
    """Whether one letter is written for the other: both vowels, keys side by side, or alike in sound."""
    return {one, two} <= _VOWELS or frozenset((one, two)) in _SOUNDS or _beside(one, two)


def _slipped_in(word: str, at: int) -> bool:
    """Whether a letter doubles one beside it, or is the key beside that."""
    return any(
        word[at] == near or _beside(word[at], near) for near in (*word[max(0, at - 1) : at], *word[at + 1 : at + 2])
    )


def _beside(one: str, two: str) -> bool:
    return two in keys_beside(one)


def keys_beside(letter: str) -> str:
    """The keys left and right of a letter's; none of what is no letter."""
    row = next((each for each in _ROWS if letter in each), "")
    at = row.find(letter)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
