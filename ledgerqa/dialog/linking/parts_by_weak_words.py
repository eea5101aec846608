"""Which part of an account is meant, by a word too common to be a name by itself: "the shop till" for Till:Shop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token


def told_by_weak_words(
    chosen: Iterable[Phrase], text: str, tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary
) -> list[Phrase]:
    """The phrases, those for the whole of an account made its one part that the word just before is the name of."""
    phrases = sorted(chosen, key=lambda each: each.start)
    weak = {each.start for each in phrases if each.weak and each.end == each.start + 1}
    taken = {at for each in phrases for at in range(each.start, each.end)} - weak
    found = [_of_part(each, text, tokens, free, taken, vocabulary) for each in phrases]
    moved = (range(new.start, old.start) for old, new in zip(phrases, found, strict=True))
    inside = {at for each in moved for at in each}
    return [each for each in found if not (each.start in inside and each.end == each.start + 1)]


def _of_part(
    phrase: Phrase,
    text: str,
    tokens: Sequence[Token],
    free: Sequence[bool],
    taken: set[int],
    vocabulary: Vocabulary,
) -> Phrase:
    before, best = phrase.start - 1, phrase.best
    if before < 0 or before in taken or not free[before] or best.kind != "account" or len(best.values) != 1:
        return phrase
    whole = vocabulary.by_name.get(best.values[0])
    parts = [
        each.name
        for each in vocabulary.accounts
        if whole and each is not whole and each.within(whole) and each.leaf == (tokens[before].stem,) and each.postings
    ]
    if best.how != "exact" or len(parts) != 1:
        return phrase
    words = text[tokens[before].start : tokens[phrase.end - 1].end]
    option = Link("account", (parts[0],), EXACT_ACCOUNT, "exact")
    return replace(phrase, start=before, words=words, options=(option,), weak=False)
