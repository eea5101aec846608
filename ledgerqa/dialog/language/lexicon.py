"""The hand-written word lists: which words are grammar, which are ordinary, and which mean the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from ledgerqa.dialog.language.words import fold, is_unspaced, name_stems, stem, stems
from ledgerqa.dialog.lists import read_list

_WHEN_DUE, _DUES = "due", "dues"  # an account of what is due is none of a club's dues
_CARD, _LOAN = "credit_card", "loan"  # the credit of a CreditCard is no loan
_SHORTEST_CONTAINED = 2  # letters of an unspaced script that may stand for a group inside a longer name


@dataclass(frozen=True)
class Lexicon:
    """Word lists by folded word; `groups` by phrase (a tuple of stems), `named` those of accounts alone."""

    grammar: frozenset[str]
    weak: frozenset[str]
    ordinary: frozenset[str]
    groups: dict[tuple[str, ...], frozenset[str]]
    covers: dict[str, tuple[str, ...]]
    places: frozenset[str]
    currencies: dict[tuple[str, ...], tuple[str, ...]]
    longest: int
    words: frozenset[str]
    owners: frozenset[str] = frozenset()
    broad: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    earned: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    foreign: frozenset[str] = frozenset()
    named: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    elsewhere: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    english: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    false_friends: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    _of_names: dict[tuple[str, bool], tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict, repr=False)

    def groups_of(self, phrase: tuple[str, ...]) -> frozenset[str]:
        """The groups that a phrase stands in."""
        return self.groups.get(phrase, frozenset())

    def groups_of_account(self, phrase: tuple[str, ...], *, english: bool = False) -> frozenset[str]:
        """The same for words of an account's name, some of which mean something else in a question, or in English."""
        found = self.groups_of(phrase) | self.named.get(phrase, frozenset())
        return found - self.elsewhere.get(phrase, frozenset()) if english else found

    def groups_of_name(self, name: str, *, english: bool = False) -> tuple[frozenset[str], frozenset[str]]:
        """The groups that a compound name stands in as a whole, and those that parts of it stand in.

        In `english` a word of another language stands for nothing that it does not mean there: "Pension" is no lodging.
        """
        if (name, english) not in self._of_names:
            self._of_names[name, english] = self._grouped(name, english=english)
        return self._of_names[name, english]

    def _grouped(self, name: str, *, english: bool) -> tuple[frozenset[str], frozenset[str]]:
        parts = name_stems(name)
        whole = self.groups_of_account(parts, english=english)
        if name.lower() == _WHEN_DUE:
            whole -= {_DUES}
        partly: set[str] = set()
        for length in range(1, min(self.longest, len(parts)) + 1):
            for at in range(len(parts) - length + 1):
                partly |= self.groups_of_account(parts[at : at + length], english=english)
        for part in parts:
            if is_unspaced(part):
                partly |= self._contained(part)
            for head in self.heads:
                if part.endswith(head) and part != head:
                    partly |= self.groups_of((head,))
                    if len(parts) == 1 and not self.groups_of(parts):
                        whole |= self.groups_of((head,))  # a "Bluekarte" is a card
        if _CARD in whole | partly and not {_LOAN} & set(parts):
            partly.discard(_LOAN)
        return whole, frozenset(partly) - whole

    def _contained(self, word: str) -> set[str]:
        found: set[str] = set()
        for phrase, groups in _unspaced_phrases().items():
            if len(phrase) >= _SHORTEST_CONTAINED and phrase in word:
                found |= groups
        return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists, read once."""
    lists = read_list("lexicon")
    synonyms, more, romance = map(read_list, ("synonyms", "account_words", "account_words_romance"))
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    named: dict[tuple[str, ...], set[str]] = defaultdict(set)
    _gather(groups, synonyms["groups"], more["groups"], romance["groups"])
    _gather(named, more["named"], romance["named"])
    elsewhere: dict[tuple[str, ...], set[str]] = defaultdict(set)
    _gather(elsewhere, more["elsewhere"], romance["named"])  # in English a "Mobile" is no furniture, a "Pub" no advert
    covers: dict[str, tuple[str, ...]] = {}
    for table in (synonyms["covers"], more["covers"], romance["covers"]):
        for name, narrower in table.items():
            covers[name] = tuple(dict.fromkeys((*covers.get(name, ()), *narrower)))
    heads = f"{synonyms['heads']['words']} {more['heads']['words']}"
    currencies: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, text in (*synonyms["currencies"].items(), *more["currencies"].items()):
        for phrase in text.split(","):
            if code not in currencies[stems(phrase)]:
                currencies[stems(phrase)].append(code)
    grammar, weak, ordinary = (
        frozenset(fold(word) for word in lists[key].split()) for key in ("grammar", "weak", "ordinary")
    )
    foreign = frozenset(fold(word) for word in lists["foreign"].split())
    known = {word for phrase in groups for word in phrase} | grammar | foreign | weak | ordinary
    return Lexicon(
        grammar | foreign,
        weak,
        ordinary,
        {phrase: frozenset(names) for phrase, names in groups.items() if phrase},
        covers,
        frozenset(stem(fold(word.strip())) for word in synonyms["places"]["words"].split(",")),
        {phrase: tuple(codes) for phrase, codes in currencies.items() if phrase},
        max(map(len, groups)),
        frozenset(known),
        frozenset(fold(word) for word in lists["owners"].split()),
        frozenset(synonyms["broad"]["groups"].split()),
        frozenset(synonyms["standing"]["groups"].split()),
        frozenset(synonyms["earned"]["groups"].split()),
        tuple(dict.fromkeys(stem(fold(each)) for word in heads.split() for each in (word, _spelt_out(word)))),
        foreign,
        {phrase: frozenset(names) for phrase, names in named.items()},
        {phrase: frozenset(names) for phrase, names in elsewhere.items()},
        frozenset(stem(fold(word)) for word in more["english"]["words"].split()),
        frozenset(lists["brands"].split()),
        {tongue: frozenset(map(stems, text.split(","))) for tongue, text in romance["false_friends"].items()},
    )


def _gather(groups: dict[tuple[str, ...], set[str]], *tables: dict[str, str]) -> None:
    """Add the groups that phrases stand in, by their stems."""
    for table in tables:
        for name, text in table.items():
            for phrase in text.split(","):
                for spelt in {phrase, _spelt_out(phrase)}:
                    groups[stems(spelt)].add(name)


def _spelt_out(text: str) -> str:
    """Umlauts as account names are written that avoid them: "Büro" as "Buero"."""
    return text.translate(_SPELT_OUT)


_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@lru_cache(maxsize=1)
def _unspaced_phrases() -> dict[str, frozenset[str]]:
    return {
        phrase[0]: names for phrase, names in lexicon().groups.items() if len(phrase) == 1 and is_unspaced(phrase[0])
    }
