"""German words as the ledger spells them: inflected ones by its own names, compounds told apart by what these name.

"Plakaten" is what the ledger calls Plakat, "Büromaterial" what it spells Bueromaterial.  "Ateliermiete" is its
Atelier:Miete, "Frankenkurs" the price of the franc, "Wienreise" the trip that is tagged #wien-2025: a compound is told
apart only where the ledger's names, or words that mean them, know its first part.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, squash, stem, unaccented
from ledgerqa.dialog.linking.account_links import account_links
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_WORD: Final = compiled(r"(?<![\w'’#^:./@-])[^\W\d_]{5,}(?![\w:@/]|['’]\w)")
_QUOTED: Final = compiled(r"\"[^\"]*\"|“[^”]*”")
_ENDINGS: Final = ("n", "en", "e", "er", "ern", "s", "es", "nen", "innen", "em")
_JOINTS: Final = ("", "s", "n", "en", "es", "er", "e", "ens")
_SHORTEST_BASE: Final = 4  # letters of a word that may have an ending
_SHORTEST_PART: Final = 3
_COSTS: Final = ("kosten", "ausgaben")


def told_apart(text: str, names: Vocabulary, *, german: bool) -> str:
    """The question with its words as the ledger spells them; `german` where it is put in that language.

    In other languages only compounds of two of the ledger's own names are told apart.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    known: dict[str, str] | None = None

    def mended(match: re.Match[str]) -> str:
        nonlocal known
        word = match.group()
        folded = fold(word)
        plain = _plain(folded)
        if any(start <= match.start() < end for start, end in quoted) or _is_common(folded) or _is_name(folded, names):
            return word
        own = {_plain(stemmed): stemmed for stemmed in names.by_stem}
        if german and (spelt := _inflected(plain, own)):
            return spelt
        if _means_one(folded, names):
            return (german and _costs_of(plain, folded, names)) or word
        if known is None:
            known = _known_words(names, german=german) | own
        as_spelt = _inflected(plain, known) if german else own.get(plain)
        if as_spelt or _is_told(folded, names):
            return as_spelt or word
        return _apart(plain, names, known, german=german) or word

    return _WORD.sub(mended, text)


def _is_common(folded: str) -> bool:
    """Whether the word is one of everyday language."""
    words = lexicon()
    return folded in words.grammar or folded in words.weak or folded in words.ordinary


def _is_name(folded: str, names: Vocabulary) -> bool:
    """Whether an account is called so, as it is written, or a part of one."""
    return stem(folded) in names.by_stem or squash(folded) in names.by_squashed


def _means_one(folded: str, names: Vocabulary) -> bool:
    """Whether the word means an account of the ledger, as one of a synonym group."""
    return bool(lexicon().groups_of((stem(folded),)) and account_links(names, (stem(folded),), folded))


def _costs_of(plain: str, folded: str, names: Vocabulary) -> str | None:
    """As in "Apothekenkosten", which means what "Apotheke" does: its costs."""
    tail = next((each for each in _COSTS if plain.endswith(each)), None)
    if tail is None:
        return None
    head, whole = plain.removesuffix(tail), account_links(names, (stem(folded),), folded)
    for joint in _JOINTS:
        first = head.removesuffix(joint) if head.endswith(joint) and len(head) - len(joint) >= _SHORTEST_PART else ""
        links = account_links(names, (stem(first),), first) if first else []
        if links and whole and links[0].values == whole[0].values:
            return f"{first.capitalize()} costs"
    return None


def _is_told(folded: str, names: Vocabulary) -> bool:
    """Whether entries say the word, as it is written."""
    return any(stem(folded) in each.stems for each in names.texts([rf"\b{re.escape(unaccented(folded))}"]))


def _known_words(names: Vocabulary, *, german: bool) -> dict[str, str]:
    """What the ledger's names, and words that mean them, are spelt like, by their plain form."""
    known: dict[str, str] = {}
    for tag in names.tags:
        known |= {_plain(part): part for part in name_stems(tag) if not part.isdigit()}
    if german:
        here = names.by_group.keys()
        known |= {
            _plain(phrase[0]): phrase[0] for phrase, of in lexicon().groups.items() if len(phrase) == 1 and of & here
        }
        known |= {
            _plain(phrase[0]): phrase[0]
            for phrase, codes in lexicon().currencies.items()
            if len(phrase) == 1 and any(code in names.commodities for code in codes)
        }
    return known


def _plain(folded: str) -> str:
    """A folded word with umlauts as their bare vowels, however they are spelt."""
    return re.sub("(?<![aeq])ue", "u", folded.replace("ae", "a").replace("oe", "o"))


def _inflected(plain: str, known: Mapping[str, str]) -> str | None:
    """The known word that this is, or is a form of: the longest one."""
    if plain in known:
        return known[plain].capitalize()
    forms = [plain.removesuffix(ending) for ending in _ENDINGS if plain.endswith(ending)]
    forms += [plain + ending for ending in ("e", "n", "en")]
    if plain.endswith("en"):
        forms += [plain[:-2] + vowel for vowel in ("o", "a", "um")]  # Konten, Firmen
    found = [form for form in forms if len(form) >= _SHORTEST_BASE and form in known]
    return known[max(found, key=len)].capitalize() if found else None


def _apart(plain: str, names: Vocabulary, known: Mapping[str, str], *, german: bool) -> str | None:
    """The compound as two words, or as what its last part says of the first; None where it is none of the ledger's."""
    for first, last in _parts(plain, known):
        if both := _both_named(first, last, names, known):
            return both
    if not german:
        return None
    for first, last in _parts(plain, known):
        if (said := _said_of().get(last)) and _fits(said, first, names):
            return said.replace("{}", first.capitalize())
    return None


def _parts(plain: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The ways to part a word after one that is known, the longest first part first."""
    for at in range(len(plain) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head, last = plain[:at], plain[at:]
        for joint in _JOINTS:
            base = head.removesuffix(joint) if head.endswith(joint) else ""
            for form in (base, f"{base}e"):  # Miet-kosten: Miete
                if len(base) >= _SHORTEST_PART and form in known:
                    yield known[form], last


def _both_named(first: str, last: str, names: Vocabulary, known: Mapping[str, str]) -> str | None:
    """As in "Ateliermiete" where there is Atelier:Miete: the two words together name an account."""
    base = _inflected(last, known)
    if base is None or len(last) < _SHORTEST_BASE:
        return None
    words = (stem(fold(first)), stem(fold(base)))
    for pair in (words, words[::-1]):
        links = account_links(names, pair, " ".join(pair))
        if links and links[0].score > _TOGETHER and all(_bears(name, words, names) for name in links[0].values):
            return f"{first.capitalize()} {base}"
    return None


_TOGETHER: Final = 0.5


def _bears(account: str, words: tuple[str, ...], names: Vocabulary) -> bool:
    """Whether each word is one of the account's, or means one of the parts of its name."""
    path = names.by_name[account].path
    groups = {group for part in path for group in lexicon().groups_of((part,))}
    return all(word in path or lexicon().groups_of((word,)) & groups for word in words)


def _fits(said: str, first: str, names: Vocabulary) -> bool:
    """Whether what is said of the first part can be said of it: a price of a commodity, a trip of a tag."""
    if said.startswith("price"):
        word = stem(fold(first))
        codes = lexicon().currencies.get((word,), ())
        named = any(word in name_stems(each.name) for each in names.commodities.values() if each.name)
        return named or first.upper() in names.commodities or any(code in names.commodities for code in codes)
    if said == "{}":
        return any(first in name_stems(tag) for tag in names.tags)
    return bool(account_links(names, (stem(fold(first)),), first)) or not said.startswith("balance")


@lru_cache(maxsize=1)
def _said_of() -> dict[str, str]:
    """What the last part of a compound says of its first, by the plain form of that part."""
    heads: dict[str, str] = read_list("tongue_de")["heads"]
    return {_plain(fold(word)): said for said, words in heads.items() for word in words.split()}
