"""One's own part of what is shared: "my half of the rent", where the shop pays a rent that nobody shares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters

_OWN: Final = (
    r"\b(?:my|our) (?:own )?(?:share|half|part|third|portion) of\b"
    r"|[(,] ?(?:only |just )?(?:my|our) (?:own )?(?:share|half|part|third|portion)\b"
)


def own_part(asked: Asked, filters: Filters, notes: tuple[str, ...]) -> tuple[Filters, tuple[str, ...]]:
    """The filters with those of several accounts alone of which others owe a part, and a note that says so."""
    if len(filters.accounts) < 2 or not asked.has(_OWN):
        return filters, notes
    due = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES))
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account FROM postings p JOIN postings o ON o.entry_id = p.entry_id"
        " WHERE o.account IN (SELECT unnest(?)) AND p.root = 'expenses'",
        [list(due)],
    )
    shared = [row[0] for row in rows]
    kept = tuple(top for top in filters.accounts if any(f"{name}:".startswith(f"{top}:") for name in shared))
    if not kept or len(kept) == len(filters.accounts):
        return filters, notes
    return replace(filters, accounts=kept), (*notes, f"shared = {', '.join(kept)}")
