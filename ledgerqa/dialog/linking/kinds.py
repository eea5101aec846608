"""Things of a kind that the books keep apart by name: flats, stalls, grandchildren.

What tells them from mere categories is how the ledger names its accounts: Canton and Roath stand below Rent as well as
below Repairs, and are words for nothing that money is spent on.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_FEWEST: Final = 2
TOP_DEPTH: Final = 2  # parts of the name of what stands just below a root
FLOWS: Final = frozenset({Root.INCOME, Root.EXPENSES})


def below(account: str, names: Vocabulary) -> frozenset[str]:
    """What the accounts just below it are called."""
    start = f"{account}:"
    inner = (each.name[len(start) :] for each in names.accounts if each.name.startswith(start))
    return frozenset(name.partition(":")[0] for name in inner)


def is_proper(name: str, names: Vocabulary) -> bool:
    """Whether what an account is called names one thing, and not what is spent on it, nor a security."""
    known = lexicon()
    strange = [part for part in name_stems(name) if not known.groups_of_account((part,))]
    return bool(strange) and not known.groups_of_name(name)[0] and name not in names.commodities


def recurring(names: Vocabulary) -> frozenset[str]:
    """The proper names that stand side by side below one account and again below another."""
    return names.once("recurring kinds", lambda: _recurring(names))


def _recurring(names: Vocabulary) -> frozenset[str]:
    children: dict[str, set[str]] = defaultdict(set)
    for each in names.accounts:
        above, _, own = each.name.rpartition(":")
        if ":" in above and is_proper(own, names):
            children[above].add(own)
    found: set[str] = set()
    for one, other in combinations(children.values(), 2):
        shared = one & other
        found |= shared if len(shared) >= _FEWEST else set()
    return frozenset(found)


def split_by(accounts: Iterable[str], members: frozenset[str], names: Vocabulary) -> tuple[str, ...]:
    """Those of the accounts that are divided among members of a kind, and among nothing else."""
    parts = {account: below(account, names) for account in accounts}
    return tuple(account for account, own in parts.items() if len(own) >= _FEWEST and own <= members)


def of_member(member: str, roots: Iterable[Root], names: Vocabulary) -> tuple[str, ...]:
    """The uppermost accounts of these roots that are called as the member, wherever they stand."""
    wanted = set(roots)
    called = [each for each in names.accounts if each.root in wanted and each.component == member]
    return tuple(each.name for each in called if not any(each is not other and each.within(other) for other in called))


def called_as_top(accounts: set[str], names: Vocabulary) -> set[str]:
    """As in "grub" for the category Food, not for Pets:Food as well, which is what "food" itself means."""
    known = {name: names.by_name[name] for name in accounts}
    tops = {(each.root, each.leaf) for each in known.values() if each.depth == TOP_DEPTH}
    return {name for name, each in known.items() if (each.root, each.leaf) not in tops or not _is_for_animals(name)}


def _is_for_animals(account: str) -> bool:
    return any("pets" in lexicon().groups_of_name(part)[0] for part in account.split(":")[1:-1])
