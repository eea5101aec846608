"""Names that the one after them tells closer: "the staff canteen", "the kitty for hardship", "interest on the loan".

They say whose it is, where it lies or of what kind it is, and are not to be added to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.linking.account_links import by_synonym
from ledgerqa.dialog.linking.links import TWO_WORDS, Link
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

Chosen = tuple["Phrase", "Link"]

_FOR: Final = compiled(r"\bfor (?:the |our |my )?$")
_ON: Final = compiled(r"\b(?:on|of|for) (?:the |our |my )?$")
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


_FOR_WHAT: Final = compiled(r"\b(?:in|for|on|of) (?:(?:the|my|our|both|all) )*$")
_NEAR: Final = 3  # words: "in both our"


def told_by_both(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """As in "gas for the car", where Home:Gas is called so: what both words mean together, Car:Fuel."""
    for place in range(len(chosen) - 1):
        (one, named), (other, over) = chosen[place], chosen[place + 1]
        near = _FOR_WHAT.search(other.lead) and 0 < other.start - one.end <= _NEAR
        if not near or named.kind != "account" or over.kind != "account" or _lies_within(named, over):
            continue
        words = (*stems(other.words), *stems(one.words))
        both = next(iter(by_synonym(vocabulary, words) if len(words) == len(("car", "gas")) else ()), None)
        if both is not None and both.score == TWO_WORDS and _lies_within(both, over):
            phrase = replace(one, words=f"{other.words} {one.words}", end=other.end, options=(both,))
            return [*chosen[:place], (phrase, both), *chosen[place + 2 :]]
    return chosen


def _lies_within(inner: Link, outer: Link) -> bool:
    return all(any(name.startswith(f"{top}:") for top in outer.values) for name in inner.values)


def _are_called(names: Iterable[str], words: str) -> bool:
    """Whether all of these accounts bear the words in their own names: "interest" of `MortgageInterest`."""
    return all(set(stems(words)) < set(name_stems(name.rpartition(":")[2])) for name in names)


def _roots(option: Link, vocabulary: Vocabulary) -> set[Root]:
    return {vocabulary.by_name[name].root for name in option.values}
