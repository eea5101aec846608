"""What everyday things and places are called in other words and languages, by the lines of two files."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems, stems, unaccented
from ledgerqa.dialog.lists import read_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Words = tuple[str, ...]
_FILES: Final = ("nouns", "places")
# What a tag may say beside what it is of.
_GENERIC: Final = frozenset(
    """trip holiday vacation project party weekend visit tour reise urlaub ferien fahrt ausflug voyage vacance viaje
    vacacione viaggio vacanza gita viagem feria passeio reis vakantie reisje uitje""".split()
)


def is_known(words: Words) -> bool:
    """Whether these stems together are called otherwise elsewhere."""
    return words in called_otherwise()


def is_generic(part: str) -> bool:
    """Whether a part of a tag says only when, or that it is a trip or the like."""
    return part.isdigit() or part in _GENERIC


def tags_called(phrases: Sequence[Words], tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that are called so, but for a year or a word such as "trip": "christmas" of #noel-2024."""
    wanted = {tuple(map(unaccented, phrase)) for phrase in phrases}
    return tuple(tag for tag in tags if tuple(map(unaccented, filter(_tells, name_stems(tag)))) in wanted)


def _tells(part: str) -> bool:
    return not is_generic(part)


def tags_meant(words: Words, tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that are called by other words for the same."""
    lines = called_otherwise().get(words, ())
    return tags_called([phrase for line in lines for phrase in line], tags) if lines and tags else ()


@lru_cache(maxsize=1)
def countries() -> frozenset[Words]:
    """What countries are called, in English and otherwise."""
    english = [_phrases(line) for line in read_list("countries")["names"].splitlines()]
    known = frozenset(phrase for line in english for phrase in line)
    return known.union(phrase for name in known for line in called_otherwise().get(name, ()) for phrase in line)


@lru_cache(maxsize=1)
def false_friends() -> frozenset[Words]:
    """Words of other languages that mean another thing in English."""
    return frozenset(map(stems, read_list("nouns")["english"].split()))


def only_in_company(word: str, text: Words) -> bool:
    """Whether the text has a word only in names in which it says something else: "food" of a food bank."""
    places = {at for at, each in enumerate(text) if each == word}
    taken = {
        at + inside
        for name in _companions().get(word, ())
        for at in range(len(text) - len(name) + 1)
        if text[at : at + len(name)] == name
        for inside, each in enumerate(name)
        if each == word
    }
    return bool(places) and places <= taken


@lru_cache(maxsize=1)
def _companions() -> dict[str, tuple[Words, ...]]:
    lines = (line.partition(":") for line in read_list("nouns")["companions"].splitlines() if line.strip())
    return {stems(word)[0]: tuple(_phrases(names)) for word, _, names in lines}


@lru_cache(maxsize=1)
def called_otherwise() -> dict[Words, tuple[frozenset[Words], ...]]:
    """By phrase, the lines of those that mean the same."""
    lines = [line for name in _FILES for line in read_list(name)["lines"].splitlines() if line.strip()]
    meant: dict[Words, list[frozenset[Words]]] = defaultdict(list)
    for group in map(_phrases, lines):
        for phrase in group:
            meant[phrase].append(group)
    return {phrase: tuple(of) for phrase, of in meant.items()}


def _phrases(line: str) -> frozenset[Words]:
    return frozenset(found for phrase in line.split(",") if (found := stems(fold(phrase))))
