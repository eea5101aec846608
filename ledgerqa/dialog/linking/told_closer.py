"""Names that the one after them tells closer: "the staff canteen", "the kitty for hardship", "interest on the loan".

They say whose it is, where it lies or of what kind it is, and are not to be added to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase

Chosen = tuple["Phrase", "Link"]

_FOR: Final = re.compile(r"\bfor (?:the |our |my )?$")
_ON: Final = re.compile(r"\b(?:on|of|for) (?:the |our |my )?$")
_BETWEEN: Final = 2  # words: "for the"
_VESSELS: Final = frozenset("kitty pot pots jar jars tin box fund purse piggy".split())


def without_told_closer(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """What was chosen without what the next name tells closer."""
    return [each for each in chosen if not any(_tells_closer(other, each, vocabulary) for other in chosen)]


def _tells_closer(following: Chosen, one: Chosen, vocabulary: Vocabulary) -> bool:
    (phrase, option), (next_phrase, next_option) = one, following
    between = next_phrase.start - phrase.end
    if option.kind != "account" or next_option.kind != "account" or not 0 <= between <= _BETWEEN:
        return False
    roots, next_roots = (_roots(each, vocabulary) for each in (option, next_option))
    exact = next_option.how == "exact" and option.how != "exact"
    if between == 0:  # what is called after the work is paid for, and no pay
        return exact and roots == {Root.INCOME} and next_roots == {Root.EXPENSES}
    if exact and fold(phrase.words) in _VESSELS and _FOR.search(next_phrase.lead):
        return roots == next_roots == {Root.ASSETS}
    return bool(_ON.search(next_phrase.lead)) and roots == next_roots and _are_called(next_option.values, phrase.words)


def _are_called(names: Iterable[str], words: str) -> bool:
    """Whether all of these accounts bear the words in their own names: "interest" of `MortgageInterest`."""
    return all(set(stems(words)) < set(name_stems(name.rpartition(":")[2])) for name in names)


def _roots(option: Link, vocabulary: Vocabulary) -> set[Root]:
    return {vocabulary.by_name[name].root for name in option.values}
