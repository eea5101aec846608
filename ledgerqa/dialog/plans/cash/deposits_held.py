"""Deposits that are held for others: what a tenant paid as one, what is held of it, what was given back.

The account of deposits may be one for all, so what a tenant's own entries moved there tells theirs: "the deposit of
Lena Strand".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, happened
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_DEPOSIT: Final = r"\bdeposits?\b"
_STEM: Final = frozenset({"deposit"})
_BACK: Final = r"\bback\b|\b(?:return|refund|repa|releas)\w*"
_KEPT: Final = r"\b(?:keep|kept|withh[eo]ld|withholding|retain\w*|deduct\w*)\b"
_PAID: Final = r"\b(?:pa(?:y|id)|put down|receiv\w+|g[eo]t|take|took|taken)\b"
_FIGURE: Final = frozenset({Measure.SUM, Measure.BALANCE, Measure.HOLDINGS, Measure.LIST, Measure.METADATA, None})


def deposit_held(asked: Asked) -> Plan | None:
    """The plan for the deposit of somebody who is named; None where that is not asked, or no entry tells it."""
    plain = not (asked.intent.group_by or asked.intent.compare or asked.said.excluded)
    if asked.intent.measure not in _FIGURE or not plain or not asked.has(_DEPOSIT):
        return None
    every = _of_deposits(asked)
    if every and not asked.said.phrases and asked.intent.measure is Measure.HOLDINGS:  # "how much deposit do we hold"
        return Plan(Measure.BALANCE, Filters(accounts=every), as_of(asked), group_by=(Grouping.ACCOUNT,))
    payees = {name for each in asked.said.phrases if (said := each.of_kind("payee")) for name in said.values}
    words = " and ".join(each.words for each in asked.said.phrases if each.of_kind("payee"))
    mentions = (Mention(words, payees=tuple(sorted(payees))),)
    accounts = of_those(asked, mentions, every) if payees else ()
    if not payees and (called := _called(asked, every)):
        return Plan(Measure.BALANCE, Filters(accounts=called), as_of(asked))
    other = [name for name in asked.scope.filters.accounts if name not in every]
    if not accounts or of_roots(asked.names, other, (Root.ASSETS, Root.INCOME, Root.EXPENSES)):
        return None
    kept = Filters(accounts=accounts, mentions=mentions)
    if asked.has(_BACK) and not asked.has(_KEPT) and (back := _given_back(asked, kept)):
        return back
    received, stands = _moved(asked, kept)
    note = f"what entries of {', '.join(sorted(payees))} moved on {', '.join(accounts)}"
    if asked.has(_KEPT) or not received:  # all that those entries move, as they tell no more
        missing = "" if received else ": none of them put a deposit there"
        beside = Filters(mentions=mentions, alongside=accounts)
        return Plan(Measure.LIST, beside, reading=(f"{note}{missing}",))
    if asked.has(_PAID):
        measure = Measure.LIST if asked.has(r"\bwhen\b") else Measure.SUM
        return Plan(measure, replace(kept, sign=-1), happened(asked), reading=(note,))
    return Plan(Measure.BALANCE, kept, as_of(asked), reading=(note,)) if stands >= 0 else None


def _called(asked: Asked, every: tuple[str, ...]) -> tuple[str, ...]:
    """As in "the deposit for the lower flat", of which other accounts are called so as well: those of deposits."""
    options = [
        {name for name in every if any(f"{name}:".startswith(f"{top}:") for top in option.values)}
        for each in asked.said.phrases
        for option in each.options[:1]
        if option.kind == "account"
    ]
    named = [each for each in options if each]
    wider = {name for each in asked.said.phrases for name in each.best.values if not _STEM & _stems(name)}
    if not (named and wider) or len(named) != len(asked.said.phrases) or asked.has(_BACK):
        return ()
    return tuple(sorted(set.intersection(*named)))


def _of_deposits(asked: Asked) -> tuple[str, ...]:
    """The accounts of what is held for others, called so: "Deposits:Tenants", "TenantDeposits:UpperFlat"."""
    called = accounts_of_group(asked, Root.LIABILITIES, "deposit", each_one=True)
    leaves = (each.name for each in asked.names.leaf_accounts((Root.LIABILITIES,)))
    return tuple(
        name
        for name in leaves
        if name.startswith(tuple(f"{top}:" for top in called)) or name in called or _STEM & _stems(name)
    )


def _stems(name: str) -> set[str]:
    return {stem for part in name.split(":")[1:] for stem in name_stems(part)}


def _given_back(asked: Asked, held: Filters) -> Plan | None:
    """What was paid out in the entries that take a deposit off the account; what was kept of it is no part of that."""
    clause, parameters = naming(held.mentions)
    rows = asked.names.index.query(
        "SELECT DISTINCT m.account FROM postings d JOIN postings m USING (entry_id)"
        " WHERE d.account IN (SELECT unnest(?)) AND d.number > 0 AND m.root = 'assets' AND m.number < 0"
        f" AND m.entry_id IN (SELECT entry_id FROM postings WHERE {clause}) ORDER BY 1",
        [list(held.accounts), *parameters],
    )
    if not rows:
        return None
    money = tuple(name for (name,) in rows)
    note = f"what was paid back = what went from {', '.join(money)} as {', '.join(held.accounts)} fell"
    filters = Filters(accounts=money, mentions=held.mentions, alongside=held.accounts, sign=-1)
    return Plan(Measure.SUM, filters, happened(asked), reading=(note,))


def _moved(asked: Asked, held: Filters) -> tuple[bool, int]:
    """Whether entries of these names put anything on the accounts, and whether that is more than they took off."""
    clause, parameters = naming(held.mentions)
    ((received, stands),) = asked.names.index.query(
        "SELECT bool_or(number < 0), sign(coalesce(-sum(number), 0)) FROM postings"
        f" WHERE account IN (SELECT unnest(?)) AND {clause}",
        [list(held.accounts), *parameters],
    )
    return bool(received), int(stands)
