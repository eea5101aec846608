"""Phrasings filled with an invented ledger's names and with periods, then written the way hurried people write.

Everything is drawn from one seeded generator, so that a data set is made again byte for byte.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import PhrasingError
from ledgerqa.training import times
from ledgerqa.training.agreement import Labelled, agreed, with_periods
from ledgerqa.training.phrasings import LABELS, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ledgerqa.training.phrasings import Phrasing

    Vocabulary = Mapping[str, Sequence[str]]

NAMES: Final = tuple("category income payee tag account person thing currency link text key value".split())
INVENTED_SHARE: Final = 0.08  # of names, so that none is known by heart
_INVENTED: Final = frozenset({"category", "payee", "person", "thing", "account", "text"})


@dataclass(frozen=True)
class Example:
    """A text with its spans and its intent's fields; `source` is the phrasing's place."""

    text: str
    spans: tuple[Labelled, ...]
    fields: Mapping[str, tuple[str, ...]]
    source: str


def read_vocabularies(folder: Path) -> list[Vocabulary]:
    """The invented ledgers' vocabularies: TOML files with an array of words for each kind of name."""
    return [_vocabulary(path) for path in sorted(folder.glob("*.toml"))]


def _vocabulary(path: Path) -> Vocabulary:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PhrasingError(path, 1, str(error)) from error
    wrong = [name for name, words in content.items() if name not in NAMES or not all(isinstance(w, str) for w in words)]
    missing = [name for name in NAMES if not content.get(name)]
    if wrong or missing:
        raise PhrasingError(path, 1, f"unknown arrays {wrong}, missing arrays {missing}")
    return content


def filled(
    phrasings: Sequence[Phrasing], vocabularies: Sequence[Vocabulary], times_each: int, seed: int
) -> list[Example]:
    """Each phrasing `times_each` times, with other names, periods and slips every time."""
    random = Random(seed)
    return [
        example(phrasing, random.choice(vocabularies), random, Slips.drawn(random) if turn else Slips())
        for phrasing in map(with_periods, phrasings)
        for turn in range(times_each)
    ]


def example(phrasing: Phrasing, vocabulary: Vocabulary, random: Random, slip: Slips) -> Example:
    """One fill of one phrasing, as carelessly written as `slip` says."""
    text = ""
    spans: list[Labelled] = []
    used: set[str] = set()
    for part in phrasing.parts:
        words = (
            slip.text(part, random)
            if isinstance(part, str)
            else slip.name(_words(part, vocabulary, random, used), random)
        )
        if isinstance(part, Slot):
            spans.append(Labelled(part.label, len(text), len(text) + len(words)))
        text += words
    text, spans = _trimmed(text, spans)
    return Example(text, agreed(text, spans), phrasing.fields, phrasing.where)


def _words(slot: Slot, vocabulary: Vocabulary, random: Random, used: set[str]) -> str:
    """Words for a slot, no name twice in one text."""
    if slot.literal:
        return slot.literal
    kind = slot.name.rpartition(":")[2]
    drawn = {"when": times.when, "period": times.period, "date": times.day, "amount": times.amount, "n": times.count}
    if kind in drawn:
        return drawn[kind](random)
    if kind in _INVENTED and random.random() < INVENTED_SHARE:
        return times.invented(random)
    choices = [word for word in vocabulary[kind] if word not in used] or list(vocabulary[kind])
    word = random.choice(choices)
    used.add(word)
    return word


def _trimmed(text: str, spans: Sequence[Labelled]) -> tuple[str, list[Labelled]]:
    lead = len(text) - len(text.lstrip())
    kept = text.strip()
    moved = (Labelled(each.label, max(0, each.start - lead), min(len(kept), each.end - lead)) for each in spans)
    return kept, [each for each in moved if kept[each.start : each.end].strip()]


# ---------------------------------------------------------------------------------------------------------- slips

_NEIGHBOURS: Final = {
    "a": "s", "e": "r", "i": "o", "o": "p", "t": "r", "n": "m", "s": "d", "r": "t", "h": "g", "l": "k", "u": "y",
}  # fmt: skip


@dataclass(frozen=True)
class Slips:
    """How one text is carelessly written: its case, its punctuation, its typing errors."""

    lower: bool = False
    upper: bool = False
    unpunctuated: bool = False
    open_ended: bool = False
    typos: int = 0

    @classmethod
    def drawn(cls, random: Random) -> Slips:
        """Slips as often as people make them."""
        case = random.random()
        return cls(
            lower=case < 0.45,
            upper=case > 0.985,
            unpunctuated=random.random() < 0.15,
            open_ended=random.random() < 0.4,
            typos=int(random.random() < 0.10) + int(random.random() < 0.02),
        )

    def text(self, words: str, random: Random) -> str:
        """The author's own words."""
        for _ in range(self.typos):
            words = _mistyped(words, random)
        if self.unpunctuated:
            words = re.sub(r"[?!.,;:'’](?!\d)", "", words)
        elif self.open_ended:
            words = re.sub(r"[?.!]+$", "", words)
        return self._cased(words)

    def name(self, words: str, random: Random) -> str:
        """A name or a period: no typing errors, but its case is not kept by all."""
        chance = random.random()
        if chance < 0.08:
            words = words[:1].upper() + words[1:]
        elif chance < 0.25:
            words = words.lower()
        return self._cased(words)

    def _cased(self, words: str) -> str:
        return words.lower() if self.lower else words.upper() if self.upper else words


def _mistyped(words: str, random: Random) -> str:
    """Two letters exchanged, one dropped, doubled, or a neighbouring key, in one longer word."""
    places = list(re.finditer(r"[A-Za-z]{4,}", words))
    if not places:
        return words
    match = random.choice(places)
    word, at = match.group(), random.randint(1, len(match.group()) - 2)
    wrong = random.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + _NEIGHBOURS.get(word[at].lower(), word[at]) + word[at + 1 :],
        )
    )
    return words[: match.start()] + wrong + words[match.end() :]


# ------------------------------------------------------------------------------------------ words and their labels


def labels_of(spans: Sequence[tuple[int, int]], example_: Example) -> list[str]:
    """For each word's span its BIO label: "O", "B-NAME", "I-NAME", ..."""
    found = []
    last: Labelled | None = None
    for start, end in spans:
        span = next((each for each in example_.spans if each.start < end and start < each.end), None)
        found.append("O" if span is None else f"{'I' if span is last else 'B'}-{span.label}")
        last = span
    return found


SLOT_LABELS: Final = tuple(dict.fromkeys(LABELS.values()))
TAGS: Final = ("O", *(f"{mark}-{label}" for label in SLOT_LABELS for mark in "BI"))
