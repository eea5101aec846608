"""A ledger made of an invented vocabulary, and questions about it: phrasings filled with the names that it bears.

So whatever a phrasing asks for is there, and what a plan makes of it can be held against the phrasing's label.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from ledgerqa.training.phrasings import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.training.fills import Vocabulary
    from ledgerqa.training.phrasings import Phrasing

TODAY: Final = dt.date(2025, 9, 15)
_Days = tuple[dt.date, dt.date]  # the first, and the one after the last
_TIMES: Final[Mapping[str, Mapping[str, _Days | None]]] = {  # None: only the words are filled in
    "when": {
        "in 2024": (dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
        "in March 2024": (dt.date(2024, 3, 1), dt.date(2024, 4, 1)),
        "in Q2 2024": (dt.date(2024, 4, 1), dt.date(2024, 7, 1)),
        "last month": (dt.date(2025, 8, 1), dt.date(2025, 9, 1)),
        "this year": None,
        "since January 2024": None,
    },
    "period": {
        "2023": (dt.date(2023, 1, 1), dt.date(2024, 1, 1)),
        "March 2024": (dt.date(2024, 3, 1), dt.date(2024, 4, 1)),
        "last year": (dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
    },
    "date": {"12 March 2024": None, "2024-06-03": None},
}
_SIZES: Final[Mapping[str, Sequence[str]]] = {"amount": ("20", "50", "250"), "n": ("3", "5", "ten")}
_ACCOUNTS: Final = ("category", "income", "account")
_NAMED: Final = (*_ACCOUNTS, "payee", "tag")
ASKED_OF: Final = frozenset({*_NAMED, *_TIMES, *_SIZES, "not:category", "not:payee", "not:tag"})
_OWED: Final = re.compile(r"\b(?:card|visa|amex|credit|kredit\w*|loan|mortgage|overdraft|debt)\b", re.IGNORECASE)
_ENTRIES: Final = 4  # of each account, and of each payee one more
_FIRST: Final = dt.date(2022, 1, 5)
_SPAN: Final = 1300  # days


@dataclass(frozen=True)
class Name:
    """Words of a question that the ledger bears: what stands there (an account, payee or tag), and if it is to go."""

    kind: str
    words: str
    borne: str
    left_out: bool


@dataclass(frozen=True)
class Question:
    """A filled phrasing: its text, its label, the names and the days in it, and where the phrasing stands."""

    text: str
    fields: Mapping[str, tuple[str, ...]]
    names: tuple[Name, ...]
    days: tuple[_Days, ...]
    where: str


@dataclass
class Books:
    """The names of an invented ledger by their kinds, each word meaning one thing only."""

    borne: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    kinds: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, words: str) -> bool:
        """Whether the words can name such a thing: they name no other, and Beancount can spell them."""
        if words in self.borne[kind]:
            return True
        spelt = _spelt(kind, words)
        if spelt is None or self.kinds.setdefault(words.lower(), kind) != kind:
            return False
        self.borne[kind][words] = spelt
        return True

    def text(self, random: Random) -> str:
        """The ledger in Beancount's syntax: a few entries of each name, on days and over amounts that are drawn."""
        accounts = sorted({name for kind in _ACCOUNTS for name in self.borne[kind].values()} | {_BANK})
        lines = ['option "operating_currency" "EUR"', *(f"2020-01-01 open {name}" for name in accounts)]
        return "\n".join([*lines, *self._entries(random), ""])

    def _entries(self, random: Random) -> Iterator[str]:
        payees = itertools.cycle([each.replace('"', "'") for each in self.borne["payee"]] or ["Somebody"])
        tags = itertools.cycle(["", "", *self.borne["tag"].values()])
        through = itertools.cycle([*self.borne["account"].values(), _BANK])
        flows = [*self.borne["category"].items()] * _ENTRIES + [*self.borne["income"].items()] * _ENTRIES
        for words, account in flows:
            day = _FIRST + dt.timedelta(days=random.randrange(_SPAN))
            amount = random.randrange(500, 30_000) * (-1 if account.startswith("Income") else 1)
            tag = next(tags)
            yield f'{day} * "{next(payees)}" "{words.replace(chr(34), chr(39))}"{f" #{tag}" if tag else ""}'
            yield f"  {account}  {amount / 100:.2f} EUR\n  {next(through)}\n"


_BANK: Final = "Assets:Bank:Main"


def invented(phrasings: Sequence[Phrasing], vocabulary: Vocabulary, seed: int) -> tuple[str, tuple[Question, ...]]:
    """A ledger of the vocabulary and of what the phrasings name by themselves; and these, filled with its names.

    Left out are phrasings with a name that means something else there.
    """
    random, books = Random(seed), Books()
    for kind in _NAMED:
        for words in vocabulary[kind]:
            books.add(kind, words)
    asked = [question for each in phrasings if (question := _filled(each, books, random))]
    return books.text(random), tuple(asked)


def _filled(phrasing: Phrasing, books: Books, random: Random) -> Question | None:
    text, names, days = "", list[Name](), list[_Days]()
    for part in phrasing.parts:
        if isinstance(part, str):
            text += part
            continue
        kind = part.name.rpartition(":")[2]
        if kind in _NAMED:
            words = part.literal or _drawn(books.borne[kind], names, random)
            if not words or not books.add(kind, words):
                return None
            names.append(Name(kind, words, books.borne[kind][words], part.name.startswith("not:")))
        else:
            times = _TIMES.get(kind, {})
            choices = [each for each in times or _SIZES[kind] if each not in text and times.get(each) not in days]
            if not part.literal and not choices:
                return None  # no time is told twice
            words = part.literal or random.choice(choices)
            if span := times.get(words):
                days.append(span)
        text += words
    return Question(text.strip(), phrasing.fields, tuple(names), tuple(days), phrasing.where)


def _drawn(words: Mapping[str, str], taken: Sequence[Name], random: Random) -> str:
    left = [each for each in words if all(each != name.words for name in taken)]
    return random.choice(left) if left else ""


def is_fillable(phrasing: Phrasing) -> bool:
    """Whether it asks for something by names that an invented ledger bears, and leans on no other question."""
    slots = {each.name for each in phrasing.parts if isinstance(each, Slot)}
    return slots <= ASKED_OF and not {"follow_up", "outcome", "convert"} & phrasing.fields.keys()


def _spelt(kind: str, words: str) -> str | None:
    """The words as an account, tag or payee; None where Beancount has no such."""
    if kind == "payee":
        return words.replace('"', "'")
    if kind == "tag":
        tag = re.sub(r"[^\w/.-]+", "-", words.lstrip("#"))
        return tag if re.fullmatch(r"[A-Za-z0-9_/.-]+", tag) else None
    parts = re.sub(r"^(?:the|our|my) ", "", words).split(":")
    called = [_camel(each) for each in (parts[1:] or parts)]
    if not all(re.match(r"[^\W_a-z]", each) for each in called):
        return None
    root = {"category": "Expenses", "income": "Income"}.get(kind) or (
        "Liabilities" if _OWED.search(words) else "Assets"
    )
    return ":".join([root, *called])


def _camel(words: str) -> str:
    return "".join(each[:1].upper() + each[1:] for each in re.findall(r"[^\W_]+", re.sub("['’]", "", words)))
