"""Names of the ledger to complete while a question is typed: `@` accounts and payees, `#` tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

SHOWN: Final = 8


@dataclass(frozen=True)
class Names:
    """What may be completed, the most used first."""

    accounts: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def matching(self, word: str, limit: int = SHOWN) -> tuple[str, ...]:
        """The names that a word beginning with @ or # may become, the likeliest first."""
        mark, typed = word[:1], word[1:].casefold()
        if mark == "#":
            return tuple(f"#{tag}" for tag in _ranked(self.tags, typed)[:limit])
        if mark != "@":
            return ()
        return tuple([*_ranked(self.accounts, typed), *map(quoted, _ranked(self.payees, typed))][:limit])


def names_of(index: Index) -> Names:
    """The names of an index; parents of accounts are accounts too."""
    accounts = index.query("SELECT account FROM accounts ORDER BY postings DESC, account")
    payees = index.query(
        "SELECT payee FROM entries WHERE payee <> '' GROUP BY payee ORDER BY count(*) DESC, max(date) DESC, payee"
    )
    tags = index.query("SELECT tag FROM tags GROUP BY tag ORDER BY count(*) DESC, tag")
    parents = {parent: None for (account,) in accounts for parent in _above(account)}
    every = dict.fromkeys([*(account for (account,) in accounts), *parents])
    return Names(tuple(every), tuple(payee for (payee,) in payees), tuple(tag for (tag,) in tags))


def quoted(payee: str) -> str:
    """A payee as a question names it, so that it is read as one name."""
    return f'"{payee}"'


def _above(account: str) -> list[str]:
    """The accounts above this one, without the root."""
    parts = account.split(":")
    return [":".join(parts[:depth]) for depth in range(len(parts) - 1, 1, -1)]


def _ranked(names: tuple[str, ...], typed: str) -> list[str]:
    """Those that match, by how: the beginning of the last part, of any part, inside, letters in their order."""
    if not typed:
        return list(names)
    ranks: tuple[list[str], ...] = ([], [], [], [])
    for name in names:
        rank = _rank(name.casefold(), typed)
        if rank is not None:
            ranks[rank].append(name)
    return [name for rank in ranks for name in rank]


def _rank(name: str, typed: str) -> int | None:
    leaf = name.rpartition(":")[2]
    if leaf.startswith(typed) or name.startswith(typed):
        return 0
    if f":{typed}" in name or f" {typed}" in name or f"-{typed}" in name:
        return 1
    if typed in name:
        return 2
    letters = iter(leaf)
    return 3 if len(typed) > 1 and all(letter in letters for letter in typed) else None
