"""A word that brackets spell out: "food (groceries, takeaways and eating out)" asks for these three.

What stands in the brackets says what the asker means by the word before, so where the ledger calls something else so
(the pets' food), or nothing, the parts are what is asked for.  A whole that holds some of the parts stays: "the car
(petrol and tolls)" is narrowed by them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import SYNONYM, narrowed
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_BRACKETS: Final = compiled(
    r"\s*\(\s*(?:(?:i\.?e\.?|that is|meaning|namely|so|=)[\s,:]*)?(?P<parts>[^()]{3,90}?)\s*\)", re.IGNORECASE
)
_BETWEEN: Final = compiled(r"\s*(?:,|/|\+|;)\s*(?:(?:and|or|plus|&)\s+)?|\s+(?:and|or|plus|&)\s+", re.IGNORECASE)


def spelt_out(text: str, read: Callable[[str], Said], names: Vocabulary) -> str:
    """The question with the parts in place of the word that they spell out; else as it is."""
    for match in _BRACKETS.finditer(text):
        before = text[: match.start()]
        parts = [_accounts(part, read) for part in _BETWEEN.split(match["parts"])]
        if len(parts) < 2 or not all(parts):
            continue
        word = _word_before(before, [name for part in parts for name in part], read, names)
        if word:
            return f"{before[: len(before) - len(word)]}{match['parts']}{text[match.end() :]}"
    return text


def _accounts(part: str, read: Callable[[str], Said]) -> tuple[str, ...]:
    """The accounts that a part names, if that is all it says."""
    said = read(part)
    if len(said.phrases) != 1 or said.periods or said.excluded:
        return ()
    best = said.phrases[0].best
    return best.values if best.kind == "account" and best.score >= SYNONYM else ()


def _word_before(before: str, inner: Sequence[str], read: Callable[[str], Said], names: Vocabulary) -> str:
    """The words right before the brackets that name another account than the parts, or nothing; "" where none do."""
    said = read(before)
    phrase = next((each for each in (*said.phrases, *said.excluded) if _ends_with(before, each.words)), None)
    if phrase is None:
        return next((each for each in (*said.unknown, *said.unread) if _ends_with(before, each)), "")
    if phrase.best.kind == "account" and set(inner) <= set(phrase.best.values):
        return phrase.words  # several that the word means, of which the parts are some
    holds = narrowed(names, phrase.best.values, tuple(inner)) if phrase.best.kind == "account" else inner
    return "" if holds else phrase.words


def _ends_with(text: str, words: str) -> bool:
    return bool(words) and fold(text).endswith(fold(words))
