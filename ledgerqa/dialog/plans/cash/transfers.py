"""Money moved to or from an account of one's own: which way it went, and which entries move it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.linking import purses
from ledgerqa.dialog.understanding.moving import (
    INTO,
    MOVED,
    OUT_OF,
    OWN,
    TAIL,
    TRANSFERS,
    hears_of_moving,
    moves_money,
)
from ledgerqa.records import Filters, Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_CAME = r"\b(?:c[ao]me|arrived|landed)\b"
_DRAWN = r"\bwithdr[ae]w\w*|\bt(?:ook|ake[ns]?|aking)\b"


def moved(asked: Asked, filters: Filters) -> Filters:
    """The filters with the way the money went, and kept to entries that move it between own accounts if any do."""
    way = _way(asked)
    own = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    if not (way and own and own <= set(OWN) and moves_money(asked.said)) or filters.mentions:
        return filters
    if asked.intent.measure in {Measure.LIST, Measure.COUNT} and _of_people(filters.accounts):
        return filters
    if not (asked.has(MOVED) or asked.has(TRANSFERS) or hears_of_moving(asked.said)):
        return filters  # "deposits into savings" are all that came there
    filters = replace(filters, sign=way)
    if way < 0 and asked.has(_DRAWN):
        return filters  # whatever it was drawn for
    if way > 0 and not asked.has(TRANSFERS) and asked.has(_CAME):
        return without_openings(asked, filters)  # "how much came into the current account": from wherever
    others = other_money(asked, filters.accounts, way)
    if not others and not _is_lived_on(asked, filters.accounts):
        others = _pay(asked, filters.accounts, way)
    return without_openings(asked, replace(filters, alongside=others))


_SEVERAL = 3  # kinds of costs that an account which only fills up does not pay


def _is_lived_on(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether these pay for things of several kinds, as what only fills up does not."""
    spent = {name for name, root, _ in _beside(asked, accounts, -1) if root == "expenses"}
    return len(spent) >= _SEVERAL


def beside_units(asked: Asked, name: str) -> bool:
    """Whether the account lies just beside others that hold shares: the cash of a broker, or of a pension."""
    return purses.beside_units(asked.names, name)


def put_into(asked: Asked, filters: Filters) -> Filters:
    """The filters with what other own accounts, or pay, put into these; no interest, and no opening balance."""
    others = other_money(asked, filters.accounts, 1) or _pay(asked, filters.accounts, 1)
    return without_openings(asked, replace(filters, sign=1, alongside=others))


def holds_units(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether anything but money is booked to these accounts: shares of a fund, which only their cost adds up."""
    return purses.holds_units(asked.names, accounts)


def _way(asked: Asked) -> Literal[-1, 0, 1]:
    """Whether money went to the account named (1) or away from it (-1); 0 where the words say neither."""
    for phrase in asked.said.phrases:
        lead = phrase.lead
        if tail := TAIL.search(phrase.words):
            lead = f"{lead}{tail['before'].lower()} "
        if INTO.search(lead):
            return 1
        if OUT_OF.search(lead):
            return -1
    return 0


def _of_people(accounts: tuple[str, ...]) -> bool:
    """Whether these are what somebody owes or is owed, which is moved to and fro."""
    words = lexicon()
    return any(
        groups & {"receivable", "clients", "payable", "reimbursements"}
        for name in accounts
        for part in name.split(":")[1:]
        for groups in words.groups_of_name(part)
    )


def other_money(asked: Asked, accounts: tuple[str, ...], way: int) -> tuple[str, ...]:
    """The other own accounts of money in the entries that move it so: no purchases of shares, no interest, no pay."""
    rows = _beside(asked, accounts, way)
    money = {code for code, each in asked.names.commodities.items() if not each.held_at_cost}
    found = {name for name, root, currency in rows if root in {"assets", "liabilities"} and currency in money}
    return tuple(sorted(name for name in found if not _of_people((name,))))


def _pay(asked: Asked, accounts: tuple[str, ...], way: int) -> tuple[str, ...]:
    """The accounts of pay in such entries: what a salary puts into a pension is put there, its interest is not."""
    words = lexicon()
    names = {name for name, root, _ in _beside(asked, accounts, way) if root == "income"}
    groups = {name: {group for part in name.split(":") for group in words.groups_of_name(part)[0]} for name in names}
    return tuple(sorted(name for name in names if "salary" in groups[name]))


_OPENING = "SELECT entry_id FROM postings WHERE root = 'equity'"


def _beside(asked: Asked, accounts: tuple[str, ...], way: int) -> list[tuple[str, str, str]]:
    """Account, root and currency of the postings that give what these accounts get, but for opening balances."""
    below, names = _below(accounts)
    rows = asked.names.index.query(
        "SELECT DISTINCT o.account, o.root, o.currency FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        f" WHERE ({below}) AND i.number * ? > 0 AND o.number * ? < 0"
        f" AND i.entry_id NOT IN ({_OPENING}) ORDER BY 1",
        [*names, way, way],
    )
    inside = tuple(f"{name}:" for name in accounts)
    return [row for row in rows if row[0] not in accounts and not row[0].startswith(inside)]


def without_openings(asked: Asked, filters: Filters) -> Filters:
    """The filters without entries that bring balances forward, if any would count: they move no money."""
    below, names = _below(filters.accounts)
    other = " AND o.account IN (SELECT unnest(?))" if filters.alongside else ""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings i JOIN postings o ON i.entry_id = o.entry_id AND i.posting_id <> o.posting_id"
        f" WHERE ({below}){other} AND i.entry_id IN ({_OPENING}) LIMIT 1",
        [*names, *([list(filters.alongside)] if filters.alongside else [])],
    )
    return replace(filters, moving=True) if rows else filters


def _below(accounts: tuple[str, ...]) -> tuple[str, list[object]]:
    """What keeps the postings `i` to these accounts and those below them, and its parameters."""
    clause = " OR ".join(["(i.account = ? OR starts_with(i.account, ?))"] * len(accounts))
    return clause, [part for name in accounts for part in (name, f"{name}:")]
