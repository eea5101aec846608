"""What customers owe, where the entries tell them apart and one account of receivables does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.records import Grouping

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_FEWEST: Final = 2  # payees that make customers


def by_customer(asked: Asked, accounts: tuple[str, ...], otherwise: tuple[Grouping, ...]) -> tuple[Grouping, ...]:
    """The grouping that tells who owes what stands on receivables: payees, if the entries of each balance.

    That is so where no entry is without a payee and none has paid more than was put on the account for it.  Else what
    is given as `otherwise`, and accounts where a question for customers finds several of them.
    """
    if len(accounts) == 1 and _balances_by_payee(asked, accounts):
        return (Grouping.PAYEE,)
    several = len(accounts) > 1 and cues("cues").found("by_customer", asked.said.folded)
    return (Grouping.ACCOUNT,) if several else otherwise


def _balances_by_payee(asked: Asked, accounts: tuple[str, ...]) -> bool:
    rows = asked.names.index.query(
        "SELECT coalesce(payee, ''), sum(number) FROM postings WHERE account IN (SELECT unnest(?))"
        " AND date <= ? GROUP BY 1, currency",
        [list(accounts), asked.today],
    )
    named = all(payee or not number for payee, number in rows)
    return len(rows) >= _FEWEST and named and all(number >= 0 for _, number in rows)
