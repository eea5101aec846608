"""On which accounts stands what is owed to somebody, or by them, whose name is no account's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Mention

_MOSTLY: Final = 0.6  # of what is booked to an account, for entries to be what moves it


def moved_by(asked: Asked, *roots: Root) -> tuple[str, ...]:
    """As in "home loan outstanding", where entries say "EMI home loan": the account that hardly anything else moves.

    One of these roots, where some are given: what we owe a member is not what they owe us.
    """
    clause, parameters = naming(asked.scope.filters.mentions)
    of_roots = [root.value for root in roots or (Root.ASSETS, Root.LIABILITIES)]
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE root IN (SELECT unnest(?::VARCHAR[])) GROUP BY account"
        f" HAVING count(*) FILTER ({clause}) >= {_MOSTLY} * count(*) AND count(*) > 1 ORDER BY 1",
        [of_roots, *parameters],
    )
    return (rows[0][0],) if len(rows) == 1 else ()


def paid_off_to(asked: Asked) -> tuple[str, ...]:
    """As in "what do we owe HMRC": the debts that nobody else is paid off, whoever's entries add to them (VAT, PAYE).

    What others charge of it when they sell something (the tax on a bill) pays nothing off.
    """
    clause, parameters = naming(asked.scope.filters.mentions)
    rows = asked.names.index.query(
        "WITH paying AS (SELECT entry_id FROM postings GROUP BY 1 HAVING bool_or(root = 'assets' AND number < 0)"
        " AND NOT bool_or(root IN ('income', 'expenses') OR (root = 'assets' AND number > 0))),"
        f" told AS (SELECT *, coalesce({clause}, FALSE) AS theirs FROM postings WHERE root = 'liabilities')"
        " SELECT account FROM told GROUP BY 1 HAVING bool_or(theirs) AND NOT bool_or(theirs AND number < 0)"
        " AND NOT bool_or(NOT theirs AND number > 0 AND entry_id IN (FROM paying)) ORDER BY 1",
        parameters,
    )
    return tuple(row[0] for row in rows)


def within_reach(accounts: tuple[str, ...], booked: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts where it is booked, if all of it lies in them ("Receivable"); else where it is."""
    within = {name: tuple(one for one in accounts if f"{name}:".startswith(f"{one}:")) for name in booked}
    return tuple(dict.fromkeys(one for ones in within.values() for one in ones)) if all(within.values()) else booked


def settled_by(asked: Asked, mentions: tuple[Mention, ...], accounts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts that these names alone settle, where what is owed was put there by entries of others.

    As in "what do Gran and Grandad owe us": their half of the site fees is put on Owed:Grandparents by the site's bill.
    """
    clause, parameters = naming(mentions)
    rows = asked.names.index.query(
        "WITH moved AS (SELECT account, (number < 0) = (root = 'assets') AS settles,"
        f" coalesce({clause}, false) AS named FROM postings WHERE number <> 0)"
        " SELECT account FROM moved WHERE account IN (SELECT unnest(?)) GROUP BY account"
        " HAVING bool_or(named) AND bool_and(named = settles) ORDER BY 1",
        [*parameters, list(accounts)],
    )
    return tuple(row[0] for row in rows)


def is_billed(asked: Asked) -> bool:
    """As in "what do we owe Ardent Tyres": whose bills stand on what is owed, and no VAT that they bear."""
    mentions = asked.scope.filters.mentions
    every = (*people(asked, Root.LIABILITIES), *people(asked, Root.ASSETS))
    return all(each.payees for each in mentions) and bool(of_those(asked, mentions, every))
