"""Money at hand, in banks and purses, and what it bought that is no expense: a counter, tools, a van."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import bearing
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.transfers import beside_units, holds_units
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters

BOUGHT: Final = "what was bought stands on"  # how a plan says so
_AT_HAND: Final = frozenset({"checking", "current_account", "savings", "cash"})
_TIED_UP: Final = frozenset({"receivable", "clients", "deposit", "retirement", "pension", "brokerage", "crypto"})
_CLAIMED: Final = frozenset({"vat", "input_vat", "taxes"})


def at_hand(asked: Asked) -> list[str]:
    """The accounts where money lies that can be spent: banks and purses, not what is owed to us, tied up or a house."""
    words, owing = lexicon(), people(asked, Root.ASSETS)

    def tied_up(name: str) -> bool:
        return bool(_groups(name) & _TIED_UP) or name in owing or holds_units(asked, (name,))

    def held(name: str) -> bool:
        foreign = name_stems(name.rpartition(":")[2]) in words.currencies  # a drawer of Euros
        return (foreign or bool(_groups(name) & _AT_HAND)) and not tied_up(name)

    leaves = [each.name for each in asked.names.leaf_accounts((Root.ASSETS,)) if each.postings]
    found = [name for name in leaves if held(name) and not beside_units(asked, name)]
    banks = tuple(f"{name.rpartition(':')[0]}:" for name in found if name.count(":") > 1)
    used = _in_use(asked) if banks else set()
    found += [
        name
        for name in leaves
        if name.startswith(banks)
        and name not in found
        and name in used
        and not (tied_up(name) or beside_units(asked, name))
    ]  # another account at the same bank, whatever it is called; no flat beside it
    whole = [
        each.name
        for each in asked.names.accounts
        if any(name.startswith(f"{each.name}:") for name in found)
        and all(name in found for name in leaves if name.startswith(f"{each.name}:"))
        and ":" in each.name
    ]
    inside = tuple(f"{name}:" for name in whole)
    return sorted(name for name in {*whole, *found} if not name.startswith(inside))


def _in_use(asked: Asked) -> set[str]:
    """The assets that something was ever taken from, or put on again and again: a saver, and no flat."""
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE root = 'assets' GROUP BY 1 HAVING bool_or(number < 0) OR count(*) > 2"
    )
    return {name for (name,) in rows}


def bought(asked: Asked, filters: Filters) -> tuple[str, ...]:
    """The assets that entries of these names and tags bought, and that are kept: no money, debt, VAT or securities."""
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        f"SELECT account FROM postings WHERE root = 'assets' AND {clause} GROUP BY 1 HAVING sum(number) > 0 ORDER BY 1",
        list(parameters),
    )
    money, owing = at_hand(asked), people(asked, Root.ASSETS)
    below = tuple(f"{name}:" for name in money)
    return tuple(
        name
        for (name,) in rows
        if name not in money
        and not name.startswith(below)
        and name not in owing
        and not _groups(name) & (_AT_HAND | _TIED_UP | _CLAIMED)
        and not holds_units(asked, (name,))
    )


def _groups(name: str) -> set[str]:
    words = lexicon()
    return {group for part in name.split(":")[1:] for some in words.groups_of_name(part) for group in some}
