"""What links a phrase of the question to the ledger: the values that linking passes on, and their scores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.language.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.texts import Text
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.records import Root

Kind = Literal["account", "root", "payee", "narration", "tag", "link", "currency"]
EXACT_ACCOUNT = 1.0
EXACT_PAYEE = 0.995
EXACT_TAG = 0.99
EXACT_CURRENCY = 0.985
EXACT_NARRATION = 0.79  # below a synonym account: "eating out" is the category, not the entries that say no more
PAYEE_START = 0.90
ACCOUNT_ROOT = 0.88
TAG_MEANT = 0.87
PAYEE_PART = 0.86
ACCOUNT_PART = 0.84
SYNONYM = 0.80
TWO_WORDS = 0.92  # a synonym for an account and one for what is above it: surer than either by itself
SYNONYM_PART = 0.62
COVERED = 0.58
NARRATION_PART = 0.72
SCATTERED = 0.66
SPELLING = 0.80
SQUASHED_PREFIX = 0.85
SKELETON = 0.74
FAMILY = 0.73
TELLING_APART = frozenset({"new", "old", "first", "second", "other", "spare"})  # which one of several things is meant
FAMILY_OF_PERSON = 0.81  # above a synonym account: "the plumber" is who calls himself Plumbing


@dataclass(frozen=True)
class Link:
    """One way to understand some words: which names of the ledger they are, and how surely (0 to 1)."""

    kind: Kind
    values: tuple[str, ...]
    score: float
    how: Literal["exact", "words", "stem", "spelling", "synonym", "covers", "meaning"]


@dataclass(frozen=True)
class Phrase:
    """Words of the question (token indices `start` to `end`, exclusive) and what they may name, best first."""

    start: int
    end: int
    words: str
    options: tuple[Link, ...]
    weak: bool = False
    weight: float = 0.0
    lead: str = ""  # the folded words just before it
    capitalised: bool = False

    @property
    def best(self) -> Link:
        """The likeliest reading."""
        return self.options[0]

    def of_kind(self, *kinds: Kind) -> Link | None:
        """The likeliest reading of one of these kinds."""
        return next((option for option in self.options if option.kind in kinds), None)


@dataclass(frozen=True)
class Linked:
    """The phrases that name something, and the tokens that ought to but do not."""

    phrases: tuple[Phrase, ...]
    unknown: tuple[int, ...] = ()


def is_content(token: Token) -> bool:
    """Whether a word can be (part of) a name: it is no mere grammar ("la"), but "LA" may be one."""
    known = lexicon()
    capitals = token.text.isupper() and len(token.text) > 1 and token.fold in known.foreign
    return capitals or token.fold not in known.grammar


def is_faint(token: Token) -> bool:
    """Whether the word is so common, or so short, that it seldom is a name."""
    words = lexicon()
    return (
        token.fold in words.weak
        or token.fold in words.ordinary
        or token.text.isdigit()
        or (len(token.text) == 1 and token.text.isascii())
    )


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """All hand-listed words."""
    words = lexicon()
    return words.grammar | words.weak | words.ordinary


def text_link(
    texts: Sequence[Text], score: float, how: Literal["exact", "words", "stem", "spelling", "synonym"]
) -> Link:
    """One link for several payees or narrations, the most used first."""
    values = dict.fromkeys(each.value for each in sorted(texts, key=lambda each: -each.count))
    return Link(texts[0].kind, tuple(values), score, how)


def text_pattern(words: str) -> str:
    """A pattern for payees and narrations that hold these words in a row, whatever stands between them."""
    parts = [re.escape(part) for part in re.findall(r"\w+", words)]
    return "[^0-9A-Za-z]*".join(parts)


def narrowed(vocabulary: Vocabulary, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The accounts that lie within one of the first and one of the second ("Larkfield", "cash": Larkfield:Cash)."""
    names = vocabulary.by_name
    pairs = [(names[one], names[two]) for one in first for two in second if one in names and two in names]
    inner = [one.name if one.within(two) else two.name for one, two in pairs if one.within(two) or two.within(one)]
    return tuple(dict.fromkeys(inner))


def of_roots(vocabulary: Vocabulary, names: Iterable[str], roots: Iterable[Root]) -> tuple[str, ...]:
    """Those of the accounts that belong to one of the roots."""
    wanted = set(roots)
    return tuple(name for name in names if name in vocabulary.by_name and vocabulary.by_name[name].root in wanted)
