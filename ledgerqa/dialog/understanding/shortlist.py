"""The names of a ledger that a language model may put into a plan: what the question's words may mean, and the usual.

A ledger has thousands of names, and a model reads a few dozen well.  Offered are, in this order, what linking finds for
the words of the question and of those before it, what they may mean where there are vectors, and then what the ledger
uses most.  Names are data: they reach the model between quotation marks, and no other may stand in a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.linking.meaning import link_of, lost_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Kind, Phrase
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.dialog.linking.said import Said

MOST: Final[Mapping[str, int]] = {
    "account": 40, "payee": 30, "narration": 16, "tag": 12, "link": 6, "currency": 12, "key": 8,
}  # fmt: skip
"""How many names of a kind are offered."""
MOST_OF_A_READING: Final = 8
MOST_BYTES: Final = 4_500
"""Of all names offered, in UTF-8: with prompt and question it must fit a context of 4,096 tokens."""
LONGEST: Final = 80
"""Characters of a name; longer ones (of narrations) are not offered."""


@dataclass(frozen=True)
class Shortlist:
    """The names offered, by kind, likeliest first; `phrases` are the words that led to some of them.

    `periods` are those that the questions name or lean on, by their words.
    """

    names: Mapping[str, tuple[str, ...]]
    phrases: tuple[Phrase, ...] = ()
    periods: Mapping[str, FoundPeriod] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[str, ...]:
        """The names of one kind."""
        return self.names.get(kind, ())


def shortlist(
    said: Sequence[Said], names: Vocabulary, meaning: Meaning | None, periods: Mapping[str, FoundPeriod]
) -> Shortlist:
    """What may be meant by these questions; the one asked now comes first."""
    phrases = [phrase for each in said for phrase in (*each.phrases, *each.excluded)]
    offered: dict[str, dict[str, None]] = {kind: {} for kind in MOST}
    for phrase in phrases:
        for option in phrase.options:
            if option.kind in offered:
                offered[option.kind] |= dict.fromkeys(option.values[:MOST_OF_A_READING])
    if said and meaning is not None and (lost := lost_words(said[0])):
        for candidate in meaning(lost):
            link = link_of(candidate)
            offered[link.kind] |= dict.fromkeys(link.values)
            offered["account"].setdefault(candidate.account)
            offered["payee"] |= dict.fromkeys(candidate.payees)
    meant = {kind: len(found) for kind, found in offered.items()}
    for kind, usual in _usual(names, said[0].text if said else "").items():
        offered[kind] |= dict.fromkeys(usual)
    few = {kind: _few(kind, found) for kind, found in offered.items()}
    return Shortlist(_bounded(few, meant), tuple(phrases), periods)


def _few(kind: str, found: Iterable[str]) -> tuple[str, ...]:
    fit = [name for name in found if name and len(name) <= LONGEST]
    return tuple(fit[: MOST[kind]])


def _bounded(found: Mapping[str, tuple[str, ...]], meant: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The names without the last of those that are only usual, then of all, until they fit; `meant` come first."""
    kept = {kind: list(names) for kind, names in found.items()}
    while sum(len(name.encode()) for names in kept.values() for name in names) > MOST_BYTES:
        usual = {kind: len(names) - meant[kind] for kind, names in kept.items()}
        longest = max(kept, key=lambda kind: (usual[kind] > 0, usual[kind] if usual[kind] > 0 else len(kept[kind])))
        kept[longest].pop()
    return {kind: tuple(names) for kind, names in kept.items()}


def _usual(names: Vocabulary, text: str) -> dict[Kind | str, Iterable[str]]:
    """What the ledger uses most, of each kind; metadata keys that the question names come first."""
    spoken = set(stems(text))
    accounts = sorted(names.accounts, key=lambda account: (account.depth > 3, -account.postings, account.name))
    payees = names.index.query(
        "SELECT payee FROM entries WHERE type = 'transaction' AND payee <> '' GROUP BY 1"
        f" ORDER BY count(*) DESC, 1 LIMIT {MOST['payee']}"
    )
    return {
        "account": (account.name for account in accounts if account.postings),
        "payee": (payee for (payee,) in payees),
        "tag": sorted(names.tags, key=lambda tag: -names.tags[tag]),
        "currency": (*names.operating, *(code for code in names.commodities if code not in names.operating)),
        "key": sorted(names.keys, key=lambda key: (not spoken & set(name_stems(key)), -names.keys[key])),
    }


def phrase_of(kind: str, name: str, phrases: Sequence[Phrase]) -> Phrase | None:
    """The words of the question that were linked to this name, where some were."""
    for phrase in phrases:
        for option in phrase.options:
            if option.kind == kind and name in option.values:
                return phrase
    return None
