"""Deposits that are held for others: what a tenant paid as one, what is held of it, what was given back.

The account of deposits may be one for all, so what a tenant's own entries moved there tells theirs: "the deposit of
Lena Strand".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.language.words import name_stems, stem, stems, tokenize
from ledgerqa.dialog.linking.dwellings import DWELLINGS
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, happened
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_DEPOSIT: Final = r"\b(?:deposits?|bonds?)\b"
_STEM: Final = frozenset({"deposit", "bond"})
_WHO: Final = r"^(?:and |so )*who(?:se|m)?\b"
_BACK: Final = r"\bback\b|\b(?:return|refund|repa|releas)\w*"
_STILL_HELD: Final = (
    r"\b(?:hold|holds|holding|held|sitting on|still (?:have|got)|have (?:we|i) (?:still |got )"
    r"|(?:i|we)(?:'ve)?(?: still)? got"
    r"|do (?:we|i) (?:still )?have)\b"
)
_KEPT: Final = (
    r"\b(?:keep|kept|withh[eo]ld|withholding|retain\w*|deduct\w*|h[aou]ng on to|h[eo]ld on to|h[eo]ld back)\b"
)
_PAID: Final = r"\b(?:pa(?:y|id)|put down|receiv\w+|g[eo]t|take|took|taken)\b"
_IDLE: Final = frozenset(
    "and so ok what whats what's how about are is show list me all of the our my any much many we have got hold held"
    " total s now right still in for at moment currently altogether together".split()
)
_WHOSE: Final = frozenset(
    stem(word) for word in ("tenant", "renter", "lodger", "rental", "security", "damage", *DWELLINGS)
)
_FIGURE: Final = frozenset({Measure.SUM, Measure.BALANCE, Measure.HOLDINGS, Measure.LIST, Measure.METADATA, None})


def deposit_held(asked: Asked) -> Plan | None:
    """The plan for the deposit of somebody who is named; None where that is not asked, or no entry tells it."""
    by_whom = asked.intent.group_by == (Grouping.PAYEE,) and asked.has(_WHO)
    plain = not ((asked.intent.group_by and not by_whom) or asked.intent.compare or asked.said.excluded)
    if asked.intent.measure not in _FIGURE or not plain or not asked.has(_DEPOSIT):
        return None
    every = _of_deposits(asked)
    held = asked.intent.measure is Measure.HOLDINGS and not asked.said.phrases  # "how much deposit do we hold"
    if every and (held or _only_those(asked)):
        return Plan(Measure.BALANCE, Filters(accounts=every), as_of(asked), group_by=(Grouping.ACCOUNT,))
    named = _named(asked, every)
    if len(named) == 1 and _STEM & set(name_stems(named[0].rpartition(":")[2])):  # one for all, called after nobody
        return _of_all(asked, named)
    payees = {name for each in asked.said.phrases if (said := each.of_kind("payee")) for name in said.values}
    words = " and ".join(each.words for each in asked.said.phrases if each.of_kind("payee"))
    mentions = (Mention(words, payees=tuple(sorted(payees))),)
    accounts = of_those(asked, mentions, every) if payees else ()
    if not payees and asked.has(_KEPT) and (kept_back := _kept_back(asked, every)):
        return kept_back
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


def _named(asked: Asked, every: tuple[str, ...]) -> tuple[str, ...]:
    """The accounts of deposits that the question's only names name; none where it names anything else."""
    named = [_called_so(each, every) for each in asked.said.phrases]
    return tuple(dict.fromkeys(name for each in named for name in each)) if named and all(named) else ()


def _called_so(phrase: Phrase, every: tuple[str, ...]) -> tuple[str, ...]:
    tops = {name for option in phrase.options if option.kind == "account" for name in option.values}
    held = tuple(name for name in every if any(f"{name}:".startswith(f"{top}:") for top in tops))
    return held if _STEM & set(stems(phrase.words)) else ()


def _of_all(asked: Asked, accounts: tuple[str, ...]) -> Plan | None:
    """As in "what bonds are we sitting on", "whose deposit have we still got", "who got their key deposit back"."""
    note = f"deposits = {', '.join(accounts)}"
    if asked.has(_WHO) and asked.has(_BACK) and not asked.has(rf"{_KEPT}|\b(?:not|never|yet|n't|still)\b"):
        filters = Filters(accounts=accounts, sign=1, alongside=_paid_out_of(asked, Filters(accounts=accounts)))
        return Plan(Measure.SUM, filters, happened(asked), group_by=(Grouping.PAYEE,), reading=(note,))
    if asked.has(_BACK) or not asked.has(_STILL_HELD):
        return None
    groups = (Grouping.PAYEE,) if asked.has(_WHO) else ()
    return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), group_by=groups, reading=(note,))


def _only_those(asked: Asked) -> bool:
    """As in "deposits?", "the tenants' deposits": nothing is said but what they are called."""
    if asked.has(r"\b(?:deposit|bond)\b") and not asked.has(_STILL_HELD):
        return False  # of one, which it is has to be asked
    said = {token.stem for token in tokenize(asked.said.text) if token.fold not in _IDLE}
    return said <= {*_STEM, *_WHOSE} and not asked.said.periods


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
        if name.startswith(tuple(f"{top}:" for top in called))
        or name in called
        or "deposit" in _stems(name)
        or name_stems(name.rpartition(":")[2])[-1:] == ("bond",)  # "PlotBonds", and no BondParts
    )


def _stems(name: str) -> set[str]:
    return {stem for part in name.split(":")[1:] for stem in name_stems(part)}


def _kept_back(asked: Asked, every: tuple[str, ...]) -> Plan | None:
    """As in "what did we keep of Ruiz's deposit", an account of its own: what its entries book as earned."""
    named = {name for each in asked.said.phrases for option in each.options for name in option.values}
    own = tuple(name for name in every if name in named)
    rows = asked.names.index.query(
        "SELECT DISTINCT m.account FROM postings d JOIN postings m USING (entry_id)"
        " WHERE d.account IN (SELECT unnest(?)) AND d.number > 0 AND m.root = 'income' ORDER BY 1",
        [list(own)],
    )
    earned = tuple(name for (name,) in rows)
    note = f"what was kept = what was earned as {', '.join(own)} fell"
    if not earned:
        return None
    return Plan(Measure.SUM, Filters(accounts=earned, alongside=own), happened(asked), reading=(note,))


def _given_back(asked: Asked, held: Filters) -> Plan | None:
    """What was paid out in the entries that take a deposit off the account; what was kept of it is no part of that."""
    money = _paid_out_of(asked, held)
    if not money:
        return None
    note = f"what was paid back = what went from {', '.join(money)} as {', '.join(held.accounts)} fell"
    filters = Filters(accounts=money, mentions=held.mentions, alongside=held.accounts, sign=-1)
    return Plan(Measure.SUM, filters, happened(asked), reading=(note,))


def _paid_out_of(asked: Asked, held: Filters) -> tuple[str, ...]:
    """What such deposits were paid out of as they went off the account."""
    clause, parameters = naming(held.mentions)
    rows = asked.names.index.query(
        "SELECT DISTINCT m.account FROM postings d JOIN postings m USING (entry_id)"
        " WHERE d.account IN (SELECT unnest(?)) AND d.number > 0 AND m.root = 'assets' AND m.number < 0"
        f" AND m.entry_id IN (SELECT entry_id FROM postings WHERE {clause}) ORDER BY 1",
        [list(held.accounts), *parameters],
    )
    return tuple(name for (name,) in rows)


def _moved(asked: Asked, held: Filters) -> tuple[bool, int]:
    """Whether entries of these names put anything on the accounts, and whether that is more than they took off."""
    clause, parameters = naming(held.mentions)
    ((received, stands),) = asked.names.index.query(
        "SELECT bool_or(number < 0), sign(coalesce(-sum(number), 0)) FROM postings"
        f" WHERE account IN (SELECT unnest(?)) AND {clause}",
        [list(held.accounts), *parameters],
    )
    return bool(received), int(stands)
