"""Of all who owe something those of the sort that is asked for: members owe dues, tenants rent, hirers the hall.

What was earned as it was put on an account tells of what sort it is, whatever the account is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems
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
