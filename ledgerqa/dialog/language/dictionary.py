"""What everyday things are called in other languages, and which languages the names of a ledger speak.

"Diesel" is "Gasóleo" in Portuguese, "fines" are "mandaty" in Polish (`dictionary.toml`).  A word of another language
counts only where the ledger speaks it: "Ama" is a nanny beside "Creche" and "Fraldas", and nothing beside "Rent".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.lists import read_list

if TYPE_CHECKING:
    from collections.abc import Iterable

Words = tuple[str, ...]
ENGLISH: Final = "en"
FEWEST_NAMES: Final = 2  # names of a language, from which a ledger speaks it
LEAST_SHARE: Final = 3  # so many times as many English names, at most, stand beside them
LEAST_OF_BEST: Final = 2  # so many times as many names of the language that it speaks most, at most
# Letters that are no accents, and how names are written that avoid them: "øl" as "ol" or "oel".
_PLAIN: Final = (str.maketrans("łøæđ", "load"), str.maketrans({"ł": "l", "ø": "oe", "æ": "ae", "å": "aa", "ö": "oe"}))
# Endings of folded nouns and of their plurals, as far as they are more than an "s".
_PLURALS: Final = {
    "de": (("", "e"), ("", "en"), ("e", "en"), ("", "er")),
    "fr": (("al", "aux"), ("au", "aux"), ("eu", "eux")),
    "es": (("d", "des"), ("l", "les"), ("n", "nes"), ("r", "res"), ("z", "ces")),
    "pt": (("al", "ais"), ("el", "eis"), ("ol", "ois"), ("ao", "oes"), ("m", "ns"), ("r", "res"), ("z", "zes")),
    "it": (("o", "i"), ("e", "i"), ("a", "e")),
    "nl": (("", "en"),),
    "sv": (("", "ar"), ("", "er"), ("a", "or")),
    "no": (("", "er"), ("", "e"), ("e", "er")),
    "pl": (("a", "y"), ("a", "i"), ("", "y"), ("", "i")),
}
_SHORTEST_INFLECTED: Final = 4


@dataclass(frozen=True, eq=False)
class Concept:
    """One thing, by the phrases (tuples of stems) that each language has for it; `head` is its first English one."""

    head: Words
    said: dict[str, frozenset[Words]]

    def called(self, tongues: Iterable[str]) -> frozenset[Words]:
        """Its phrases in these languages."""
        return frozenset(phrase for tongue in tongues for phrase in self.said[tongue])


def concepts_of(english: Words) -> tuple[Concept, ...]:
    """The things that an English phrase names."""
    return _by_phrase(ENGLISH).get(english, ())


def concepts_named(phrase: Words, tongues: Iterable[str]) -> tuple[Concept, ...]:
    """The things that a phrase names in one of these languages."""
    return tuple(dict.fromkeys(each for tongue in tongues for each in _by_phrase(tongue).get(phrase, ())))


@lru_cache(maxsize=512)
def parts_of(english: Words, tongue: str) -> frozenset[str]:
    """What an English phrase is called by in a language as a part of a name, in one word: "fee" in Semesterbeitrag."""
    things = (*concepts_of(english), *(each for each in _heads() if english in each.said[ENGLISH]))
    return frozenset(phrase[0] for each in things for phrase in each.said[tongue] if len(phrase) == 1)


def tongues_of(names: Iterable[Words]) -> frozenset[str]:
    """The languages but English that the names speak, by those of them that the dictionary knows.

    >>> sorted(tongues_of([("gasoleo",), ("multa",), ("ama",), ("car",)]))
    ['es', 'pt']
    """
    english, foreign = 0, Counter[str]()
    for name in set(names):
        if name in _by_phrase(ENGLISH):
            english += 1
        else:
            foreign.update(tongue for tongue in tongues() if name in _by_phrase(tongue))
    most = max(foreign.values(), default=0)
    return frozenset(
        tongue
        for tongue, count in foreign.items()
        if count >= FEWEST_NAMES and english <= LEAST_SHARE * count and most <= LEAST_OF_BEST * count
    )


@lru_cache(maxsize=1)
def tongues() -> tuple[str, ...]:
    """The languages of the dictionary but English."""
    return tuple(each for each in read_list("dictionary")["languages"].split() if each != ENGLISH)


@lru_cache(maxsize=1)
def _concepts() -> tuple[Concept, ...]:
    return _listed("lines")


@lru_cache(maxsize=1)
def _heads() -> tuple[Concept, ...]:
    return _listed("heads")


def _listed(key: str) -> tuple[Concept, ...]:
    listed = read_list("dictionary")
    languages = listed["languages"].split()
    return tuple(_concept(line.split("|"), languages) for line in listed[key].splitlines() if line.strip())


def _concept(columns: list[str], languages: list[str]) -> Concept:
    said = {
        tongue: _phrases(column, _PLURALS.get(tongue, ())) for tongue, column in zip(languages, columns, strict=True)
    }
    return Concept(stems(fold(columns[0].split(",")[0])), said)


def _phrases(column: str, plurals: tuple[tuple[str, str], ...]) -> frozenset[Words]:
    """The phrases of a column by their stems, as accounts are called by them and as people write; one word in plural.

    >>> sorted(_phrases("telemóvel", (("el", "eis"),)))
    [('telemoveis',), ('telemovel',)]
    """
    found = set()
    for phrase in column.split(","):
        folded = fold(phrase)
        many = (
            folded.strip().removesuffix(one) + other
            for one, other in plurals
            if folded.strip().endswith(one) and len(folded.strip()) >= _SHORTEST_INFLECTED
        )
        for spelt in {
            folded,
            *(many if " " not in folded.strip() else ()),
            *(phrase.lower().translate(plain) for plain in _PLAIN),
        }:
            found.add(stems(spelt))
    return frozenset(each for each in found if each)


@lru_cache(maxsize=16)
def _by_phrase(tongue: str) -> dict[Words, tuple[Concept, ...]]:
    found: dict[Words, list[Concept]] = defaultdict(list)
    for concept in _concepts():
        for phrase in concept.said[tongue]:
            found[phrase].append(concept)
    return {phrase: tuple(each) for phrase, each in found.items()}
