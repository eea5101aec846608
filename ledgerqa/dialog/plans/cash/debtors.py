"""Of all who owe something those of the sort that is asked for: members owe dues, tenants rent, hirers the hall.

What was earned as it was put on an account tells of what sort it is, whatever the account is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

# What each sort owes: synonym groups of the income, and stems of its name.
_SORTS: Final[tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]] = (
    (r"\b(?:members?|membership|subs|dues)\b", ("dues",), frozenset({"member", "membership", "sub", "due"})),
    (r"\b(?:tenants?|lodgers?|rents?)\b", ("rental_income", "rent"), frozenset({"rent", "rental", "letting"})),
    (r"\bhirers?\b", (), frozenset({"hire", "hiring", "rental", "letting"})),
)


def of_a_sort(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """As in "how much do members owe us": the accounts on which their dues are put; all of them where none is such."""
    for said, groups, stems in _SORTS:
        if asked.has(said):
            earned = _earned_as(asked, groups, stems)
            return _put_there(asked, accounts, earned) or accounts
    return accounts


def owed_as(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """As in "who is behind with the rent": those on which the income is put that a phrase names, if there are any."""
    options = (each for phrase in asked.said.phrases for each in phrase.options if each.kind == "account")
    earned = of_roots(asked.names, {name for each in options for name in each.values}, (Root.INCOME,))
    leaves = (each.name for each in asked.names.leaf_accounts((Root.INCOME,)))
    within = tuple(name for name in leaves if any(f"{name}:".startswith(f"{top}:") for top in earned))
    return _put_there(asked, accounts, within) if within else ()


def put_with(asked: Asked, accounts: tuple[str, ...], spent: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts on which entries put something that spend on this: the flatmates' halves of a bill."""
    below, within = at_or_below(spent)
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) AND number > 0"
        f" AND entry_id IN (SELECT entry_id FROM postings WHERE {below})",
        [list(accounts), *within],
    )
    put = {row[0] for row in rows}
    return tuple(name for name in accounts if name in put)


def _earned_as(asked: Asked, groups: tuple[str, ...], stems: frozenset[str]) -> tuple[str, ...]:
    named = accounts_of_group(asked, Root.INCOME, *groups, each_one=True) if groups else ()
    leaves = asked.names.leaf_accounts((Root.INCOME,))
    return tuple(
        each.name
        for each in leaves
        if each.name in named or any(stems.intersection(name_stems(part)) for part in each.name.split(":")[1:])
    )


def _put_there(asked: Asked, accounts: tuple[str, ...], earned: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts that rise mostly in entries which earn this."""
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE account IN (SELECT unnest(?)) AND number > 0 GROUP BY 1"
        " HAVING count(*) < 2 * count(*) FILTER (entry_id IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?::VARCHAR[]))))",
        [list(accounts), list(earned)],
    )
    rising = {row[0] for row in rows}
    return tuple(name for name in accounts if name in rising)
