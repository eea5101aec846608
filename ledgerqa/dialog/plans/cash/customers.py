"""What customers owe, or suppliers are owed, where the entries tell them apart and one account of all does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.records import Grouping, Mention, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters, Plan

_OWES_US_FOR: Final = (
    r"^(?:and |so )?(?:who(?:'s|s)?|which|what)\b[\w ]{0,32}\bow(?:es?|ing) (?:me|us)\b.* for\b"
    r"|\b(?:money|work|orders?|goods|things) [\w' ]{0,16}?(?:not|never|n't) (?:yet |been )*paid to (?:me|us)\b"
)
_ALL: Final = r"\b(?:every(?:one|body)|any(?:one|body)|friends|family|all of them)\b"  # "clients, friends, everybody"
_WHO: Final = r"^(?:so |and |ok )*(?:who|whom|(?:which|what) (?:donor|client|customer|giver|sponsor|person|payer)s?)\b"
_FLOWS: Final = frozenset({Root.EXPENSES, Root.INCOME})
_FEWEST: Final = 2  # payees that make customers
_FEW: Final = 3  # so many times as many at least have paid no more than was put there: one in credit is an exception
CUSTOMERS: Final = frozenset("client customer debtor supplier vendor creditor tenant buyer".split())


def by_customer(asked: Asked, accounts: tuple[str, ...], otherwise: tuple[Grouping, ...]) -> tuple[Grouping, ...]:
    """The grouping that tells who owes what stands on receivables: payees, if the entries of each balance.

    That is so where no entry is without a payee and hardly one has paid more than was put on the account for it, or of
    what is owed to suppliers was paid more than it billed.  Else what is given as `otherwise`, and accounts where a
    question for customers finds several of them.
    """
    if Grouping.METADATA in asked.intent.group_by:
        return (Grouping.METADATA,)
    if accounts and all(balances_by_payee(asked, (name,)) for name in accounts):
        return (Grouping.PAYEE,)
    if asked.has(_WHO) and _one_payee_each(asked, accounts):
        return (Grouping.PAYEE,)
    if customers_key(asked.names, accounts):
        return (Grouping.METADATA,)
    several = len(accounts) > 1 and cues("cues").found("by_customer", asked.said.folded)
    return (Grouping.ACCOUNT,) if several else otherwise


def customers_key(names: Vocabulary, accounts: tuple[str, ...]) -> str | None:
    """The metadata key that says of each entry on these accounts whose it is: `client`, of invoices and payments.

    None where an entry bears none, or where one of them has paid more than was put on the accounts for it.
    """
    keys = [key for key in names.keys if CUSTOMERS.issuperset(name_stems(key))] if accounts else []
    for key in keys:
        rows = names.index.query(
            "SELECT coalesce(own.value, whole.value), sum(CASE root WHEN 'liabilities' THEN -number ELSE number END)"
            " FROM postings p LEFT JOIN metadata own ON own.posting_id = p.posting_id AND own.key = ?"
            " LEFT JOIN metadata whole ON whole.entry_id = p.entry_id AND whole.posting_id IS NULL AND whole.key = ?"
            " WHERE account IN (SELECT unnest(?)) GROUP BY 1, currency",
            [key, key, list(accounts)],
        )
        if len(rows) >= _FEWEST and all(value and number >= 0 for value, number in rows):
            return key
    return None


def naming_somebody(plan: Plan, asked: Asked) -> Plan:
    """As in "who gave the most": of the payees the first, which entries that name nobody are not."""
    ranked = plan.limit and plan.group_by == (Grouping.PAYEE,) and not plan.compare
    if not ranked or not asked.has(_WHO) or not asked.names.has_payees:
        return plan
    nobody = Mention("", payees=("",))
    unnamed = replace(plan.filters, mentions=(*plan.filters.mentions, nobody))
    if asked.names.booked.roots_touched(unnamed).keys().isdisjoint(plan.filters.roots or _FLOWS):
        return plan
    return replace(plan, filters=replace(plan.filters, exclude_mentions=(*plan.filters.exclude_mentions, nobody)))


def of_customers(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """As in "customers who still owe me": of several accounts of what is owed those whose entries are of many payees.

    Where that is no single one, those on which sales are put, and no friend's loan; all of them where none is such, or
    where no customers are asked for.
    """
    if len(accounts) < _FEWEST or not cues("cues").found("of_customers", asked.said.folded) or asked.has(_ALL):
        return accounts
    kept = tuple(name for name in accounts if balances_by_payee(asked, (name,)))
    return kept if len(kept) == 1 else _of_sales(asked, accounts) or accounts


def _of_sales(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts on which most of what is put was earned."""
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE account IN (SELECT unnest(?)) AND number > 0 GROUP BY 1"
        " HAVING count(*) <= 2 * count(*) FILTER (entry_id IN (SELECT entry_id FROM postings WHERE root = 'income'))",
        [list(accounts)],
    )
    earned = {row[0] for row in rows}
    return tuple(name for name in accounts if name in earned)


def of_those(asked: Asked, mentions: tuple[Mention, ...], accounts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts that the entries of these names are booked to."""
    clause, parameters = naming(mentions)
    rows = asked.names.index.query(
        f"SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) AND {clause} ORDER BY 1",
        [list(accounts), *parameters],
    )
    return tuple(row[0] for row in rows)


def still_owing(asked: Asked, filters: Filters, reading: tuple[str, ...]) -> tuple[Filters, tuple[str, ...]]:
    """As in "Ann and the loan for the van, what has she still to pay": what only the entries that lend say narrows not.

    Whatever went off the account since says nothing of the van; and the reading without those words.
    """
    if not (filters.accounts and filters.mentions) or any(each.payees for each in filters.mentions):
        return filters, reading
    clause, parameters = naming(filters.mentions)
    ((lent, back, bears),) = asked.names.index.query(
        f"SELECT bool_or(number > 0), bool_or(number < 0), bool_or({clause} AND number < 0) <> bool_or({clause} AND"
        " number > 0) FROM postings WHERE account IN (SELECT unnest(?))",
        [*parameters, *parameters, list(filters.accounts)],
    )
    if not (lent and back and bears):
        return filters, reading
    said = tuple(f"{each.words} = " for each in filters.mentions)
    return replace(filters, mentions=()), tuple(note for note in reading if not note.startswith(said))


def balances_by_payee(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether every entry on the accounts names a payee, and all who paid were billed there.

    One of them may have paid more than that, as who is in credit has, but not whom an account is called after.
    """
    rows = asked.names.index.query(
        "WITH told AS (SELECT *, CASE root WHEN 'liabilities' THEN -number ELSE number END AS due FROM postings"
        " WHERE account IN (SELECT unnest(?)) AND date <= ?)"
        " SELECT coalesce(payee, ''), sum(due), bool_or(due > 0) FROM told GROUP BY 1, currency",
        [list(accounts), asked.today],
    )
    named = all(payee or not number for payee, number, _ in rows)
    beyond = [(payee, billed) for payee, number, billed in rows if number < 0]
    called = {stem for name in accounts for stem in name_stems(name.rpartition(":")[2])}
    in_credit = all(billed and called.isdisjoint(stems(payee)) for payee, billed in beyond)
    return len(rows) >= _FEWEST and named and in_credit and len(beyond) * _FEW < len(rows)


def _one_payee_each(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether each account is of one payee, and called otherwise: "Owing:Plot7", "Owing:Plot12"."""
    rows = asked.names.index.query(
        "SELECT account, count(DISTINCT coalesce(payee, '')), bool_or(coalesce(payee, '') = ''), sum(number),"
        " bool_or(contains(lower(coalesce(payee, '')), lower(split_part(account, ':', -1)))) FROM postings"
        " WHERE account IN (SELECT unnest(?)) AND date <= ? GROUP BY 1, currency",
        [list(accounts), asked.today],
    )
    alone = all(payees == 1 and not unnamed and number >= 0 and not so for _, payees, unnamed, number, so in rows)
    return len(rows) >= _FEWEST and alone


def owing_for(asked: Asked, filters: Filters, debtors: tuple[str, ...]) -> tuple[Filters, tuple[str, ...]]:
    """As in "who owes me for curtains": the debtors whose entries say so, if any, else all; and how it was read."""
    reading = asked.scope.reading
    if not (debtors and filters.mentions and asked.has(_OWES_US_FOR)) or filters.accounts:
        return filters, reading
    told = of_those(asked, filters.mentions, debtors)
    reading = reading if told else (f"what is owed for {filters.mentions[0].words} is not told apart",)
    return replace(filters, accounts=told or debtors, mentions=()), reading
