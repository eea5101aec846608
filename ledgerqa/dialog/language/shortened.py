"""Words cut short by whoever has little time ("grocs", "elec", "chk"), written out as the ledger's accounts are called.

What a short form stands for is decided by the ledger: "ins" is the insurance that an account is called by.  The forms
that are words of their own as well stand in `shortened.toml`; any other is a word of no language and no name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.corpus.words import camel_parts
from ledgerqa.dialog.language.function_words import is_kept, is_own
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stem
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_SHORT: Final = compiled(r"(?<![\w'’#^:./@&-])[a-z]{2,7}(?![\w'’:@&-])")
_TWO: Final = compiled(r"(?<![\w'’#^:./@&-])(?P<first>[a-z]{3,})(?= (?P<second>[a-z]{3,})(?![\w'’:@&-]))")
_STREETS: Final = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "sq": "square",
    "dr": "drive",
    "cl": "close",
    "tce": "terrace",
    "pl": "place",
}
_STREET: Final = compiled(rf"\b(?P<name>[^\W\d_]+) (?P<short>{'|'.join(_STREETS)})\b(?:\.(?=\W*\w))?", re.IGNORECASE)
_BEFORE: Final = compiled(r"[^\W\d_]+(?=\W*$)")
_AFTER: Final = compiled(r"^\W*([^\W\d_]+)")
_QUOTED: Final = compiled(r"\"[^\"]*\"|“[^”]*”")
_SHORTEST: Final = 3  # letters of a form that no list has
_LEFT_OUT: Final = 2  # letters that a short form leaves out at least
_VOWELS: Final = frozenset("aeiou")


def whole_words(text: str, names: Vocabulary, ordinary: Callable[[str], bool] | None) -> str:
    """The question with words cut short as the accounts write them; without a word list, those of `shortened.toml`."""
    text = _STREET.sub(lambda found: _street(found, names), text)
    for pair in reversed(list(_TWO.finditer(text))):
        if both := _both(pair, names):
            text = text[: pair.start()] + both + text[pair.end("second") :]
    quoted = [match.span() for match in _QUOTED.finditer(text)]

    def whole(match: re.Match[str]) -> str:
        word = match.group()
        if any(start <= match.start() < end for start, end in quoted) or is_kept(word, names):
            return word
        listed = _listed(word, names)
        meant = listed or _cut_short(word, names, ordinary)
        if not meant:
            return word
        said = [each for each in names.texts([rf"\b{word}\b"]) if stem(word) in each.stems]
        beside = {
            stem(fold(each)) for each in _BEFORE.findall(text[: match.start()]) + _AFTER.findall(text[match.end() :])
        }
        if any(beside & set(each.stems) or len(each.stems) == 1 for each in said):
            return word  # "dr roggli" of a Dr. Roggli
        return word if said and not listed else meant

    return _SHORT.sub(whole, text)


def _street(found: re.Match[str], names: Vocabulary) -> str:
    """As in "Quay St" for QuayStreet: the whole word, where an account is called by both."""
    whole = _STREETS[found["short"].lower()]
    called = names.once("two words", lambda: _of_two_words(names))
    return f"{found['name']} {whole}" if (fold(found["name"]), whole) in called else found.group()


def _both(pair: re.Match[str], names: Vocabulary) -> str:
    """As in "cap one" for CapitalOne: one word of an account's two cut short beside the other."""
    first, second = pair["first"], pair["second"]
    for parts in names.once("two words", lambda: _of_two_words(names)):
        if (first, second) != parts:
            cut = [
                len(each) >= _SHORTEST and whole.isalpha() and whole.startswith(each)
                for each, whole in zip((first, second), parts, strict=True)
            ]
            if (cut[0] and second == parts[1]) or (cut[1] and first == parts[0]):
                return " ".join(parts)
    return ""


def _of_two_words(names: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """The names of accounts that are two words."""
    parted = (
        tuple(fold(each) for word in account.component.split("-") for each in camel_parts(word))
        for account in names.accounts
    )
    return tuple(dict.fromkeys(parts for parts in parted if len(parts) == 2))


def _listed(word: str, names: Vocabulary) -> str:
    """What a common short form means: what an account is called, or else means by another word."""
    meant = [(each, tuple(map(stem, each.split()))) for each in _forms().get(word, ())]
    called = [each for each, words in meant if all(one in names.by_stem for one in words)]
    return next(iter(called or [each for each, words in meant if _is_meant(words, names)]), "")


def _is_meant(words: tuple[str, ...], names: Vocabulary) -> bool:
    return any(names.by_group.get(group, ((), ()))[0] for group in lexicon().groups_of(words))


def _cut_short(word: str, names: Vocabulary, ordinary: Callable[[str], bool] | None) -> str:
    """The one word of the accounts' names that begins so, or has just these consonants; "" where it is none or two."""
    known = lexicon()
    if ordinary is None or len(word) < _SHORTEST or ordinary(word) or is_own(word):
        return ""
    if word in known.words or stem(word) in known.words or word.upper() in names.commodities:
        return ""
    called = names.once("words of accounts", lambda: _called(names))
    for form in dict.fromkeys((word, word.removesuffix("s"))):
        meant = {each for each in called if len(form) >= _SHORTEST and _shortens(form, each)}
        common = {each for each in meant if ordinary(each)}
        of_one = {stem(each) for each in common or meant}
        if len(of_one) == 1:
            return min(common or meant)
    return ""


def _called(names: Vocabulary) -> frozenset[str]:
    """The words that accounts are called by, below their roots."""
    return frozenset(
        fold(word)
        for account in names.accounts
        for part in account.name.split(":")[1:]
        for each in part.split("-")
        for word in camel_parts(each)
    )


def _shortens(form: str, word: str) -> bool:
    """As in "elec" and "elctrc" for electric: its beginning, or without vowels some of its consonants in order."""
    if len(word) < len(form) + _LEFT_OUT or word[0] != form[0]:
        return False
    if word.startswith(form):
        return True
    rest = iter(letter for letter in word[1:] if letter not in _VOWELS)
    return not _VOWELS & set(form) and all(letter in rest for letter in form[1:])


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in read_list("shortened")["forms"]["lines"].splitlines():
        short, _, meant = line.partition(" => ")
        found |= {each: tuple(meant.split(", ")) for each in short.split()}
    return found
