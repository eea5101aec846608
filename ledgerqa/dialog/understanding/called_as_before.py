"""A name means what it meant before in the conversation: after "the Brittany holiday" Brittany is the tag, no ferry.

And after "how much is in Ben's pot", "what came out of Ben's" is of that pot, though what is spent on Ben is called so,
too.  What the new question asks for goes before: "what did we spend on Ben" is no pot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import stems
from ledgerqa.dialog.linking.choosing import choose, wanted_roots
from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said

_TO: Final = compiled(r"\b(?:at|from|to|by|with|via)(?: the| a| an| my| our)? $")  # to somebody: a payee
_OWED: Final = compiled(
    r"\b(?:lend\w*|lent|loan\w*|borrow\w*|ow(?:e|es|ed|ing)|debts?|back|off|balance|account|stands?|left|hold(?:s|ing)?)\b"
)
_HOLDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})
_POSSESSIVE: Final = compiled(r"['\u2019]s?$")


def called_as_before(said: Said, before: Said, names: Vocabulary) -> Said:
    """The question with names that could mean several things read as they were read there."""
    phrases = tuple(_as_there(each, said, before, names) for each in said.phrases)
    return replace(said, phrases=phrases) if phrases != said.phrases else said


def _as_there(phrase: Phrase, said: Said, before: Said, names: Vocabulary) -> Phrase:
    if len(phrase.options) < 2 and len(phrase.best.values) < 2:
        return phrase
    meant = next(_meant(phrase, before, names), None)
    if meant is None:
        return _alike(phrase, said, before, names)
    if meant.kind == "account":
        return _of_these(phrase, meant, said, names)
    same = [each for each in phrase.options if (each.kind, each.values) == (meant.kind, meant.values)]
    if meant.kind == "payee" and same and phrase.best.kind == "account" and not _OWED.search(said.folded):
        held = all(names.by_name[each].root in _HOLDING for each in phrase.best.values)
        return _first(phrase, same[0]) if held else phrase  # "what did we pay Anna", to whom something is lent as well
    if meant.kind != "tag" or not same or phrase.best.how == "exact" or _TO.search(phrase.lead):
        return phrase
    return _first(phrase, same[0])


def _alike(phrase: Phrase, said: Said, before: Said, names: Vocabulary) -> Phrase:
    """As in "and Skye?" after what a holiday cost: that holiday, and not the ferry there."""
    fragment = said.intent.measure is None or said.intent.guessed or said.intent.vague
    tags = [each for each in phrase.options if each.kind == "tag"]
    if not (fragment and tags and before.phrases) or phrase.best.how == "exact" or _TO.search(phrase.lead):
        return phrase
    links = [choose(each, before.intent, names, before) for each in before.phrases]
    return _first(phrase, tags[0]) if all(link is not None and link.kind == "tag" for link in links) else phrase


def _first(phrase: Phrase, link: Link) -> Phrase:
    best = replace(link, score=phrase.best.score, how=phrase.best.how)
    return replace(phrase, options=(best, *(each for each in phrase.options if each is not link)))


def _meant(phrase: Phrase, before: Said, names: Vocabulary) -> Iterator[Link]:
    """What the words meant in the questions before, the latest first."""
    words = set(_stems(phrase.words))
    earlier: Said | None = before
    while earlier is not None:
        for each in earlier.phrases:
            if words and words <= set(_stems(each.words)) and (link := choose(each, earlier.intent, names, earlier)):
                yield link
        earlier = earlier.earlier


def _of_these(phrase: Phrase, meant: Link, said: Said, names: Vocabulary) -> Phrase:
    """Of accounts that share a name the one spoken of, where the question asks for nothing that it is not."""
    best, intent = phrase.best, said.intent
    kept = tuple(name for name in best.values if name in meant.values)
    if best.kind != "account" or intent.measure is None or intent.guessed or not 0 < len(kept) < len(best.values):
        return phrase
    others = [each.best.values for each in said.phrases if each is not phrase and each.best.kind == "account"]
    if any(narrowed(names, best.values, each) and not narrowed(names, kept, each) for each in others):
        return phrase  # "and how much tax did Dario pay", after what he earned
    wanted = wanted_roots(intent)
    if wanted and not all(names.by_name[name].root in wanted for name in kept):
        return phrase
    return replace(phrase, options=(replace(best, values=kept),))


def _stems(words: str) -> tuple[str, ...]:
    return stems(_POSSESSIVE.sub("", words))
