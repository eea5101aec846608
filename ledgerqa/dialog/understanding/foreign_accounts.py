"""Accounts told by the land whose money they hold: "what's left in the Danish account", where one holds kroner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import ACCOUNT_PART, Link, Phrase
from ledgerqa.dialog.linking.meaning import says_account
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_LANDS: Final = {  # what the names of their currencies do not say
    **dict.fromkeys(("british", "english", "uk", "scottish"), "GBP"),
    **dict.fromkeys(("american", "us"), "USD"),
    "polish": "PLN", "hungarian": "HUF", "indian": "INR", "japanese": "JPY", "chinese": "CNY", "thai": "THB",
    "israeli": "ILS", "russian": "RUB", "kenyan": "KES", "south african": "ZAR", "korean": "KRW",
}  # fmt: skip
_SEVERAL: Final = compiled(r"\b(?:accounts|all|total|altogether)\b")
_SAYING_SO: Final = frozenset({"account", "accounts", "bank"})
_STANDS: Final = frozenset({Measure.BALANCE, Measure.SUM, None})


def foreign_accounts(said: Said, names: Vocabulary) -> Said:
    """The question with the accounts that hold only the money of the land that found no name; else as it is."""
    if said.intent.measure not in _STANDS or said.intent.flow:
        return said
    for word in (*said.unknown, *said.unread):
        if not says_account(word, said) or not (accounts := _holding(_money_of(fold(word)), names)):
            continue
        if len(accounts) > 1 and not _SEVERAL.search(said.folded):
            continue
        phrase = Phrase(0, 1, word, (Link("account", accounts, ACCOUNT_PART, "meaning"),))
        intent = replace(said.intent, measure=Measure.BALANCE)
        idle = _SAYING_SO | {fold(word)}
        unknown, unread = (
            tuple(each for each in words if fold(each) not in idle) for words in (said.unknown, said.unread)
        )
        return replace(said, phrases=(*said.phrases, phrase), unknown=unknown, unread=unread, intent=intent)
    return said


def _money_of(land: str) -> frozenset[str]:
    """The codes of the currencies whose names begin so: DKK of "Danish krone"."""
    own = {_LANDS[land]} if land in _LANDS else set()
    words = land.split()
    called = (
        codes
        for name, codes in lexicon().currencies.items()
        if len(name) > len(words) and list(name[: len(words)]) == words
    )
    return frozenset(own.union(*called))


def _holding(codes: frozenset[str], names: Vocabulary) -> tuple[str, ...]:
    """The open accounts at banks on which nothing else stands."""
    if not codes & names.commodities.keys():
        return ()
    rows = names.index.query(
        "SELECT account FROM postings WHERE root = 'assets' GROUP BY 1"
        " HAVING bool_and(currency IN (SELECT unnest(?::VARCHAR[]))) ORDER BY 1",
        [sorted(codes)],
    )
    return _open([name for (name,) in rows], names)


def _open(accounts: Sequence[str], names: Vocabulary) -> tuple[str, ...]:
    owed = names.booked.tallies() | names.booked.awaited()
    return tuple(name for name in accounts if name not in owed and not names.by_name[name].closed)
