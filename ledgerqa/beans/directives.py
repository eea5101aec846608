"""The directives that are no transactions: the row each puts into its own table, and what it says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledgerqa.beans.placing import relative
from ledgerqa.beans.values import budget, custom_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS: dict[str, tuple[str, ...]] = {
    "prices": ("entry_id", "date", "currency", "number", "quote"),
    "balances": ("entry_id", "date", "account", "number", "currency", "difference"),
    "pads": ("entry_id", "date", "account", "source_account"),
    "notes": ("entry_id", "date", "account", "comment"),
    "documents": ("entry_id", "date", "account", "path"),
    "events": ("entry_id", "date", "type", "description"),
    "commodities": ("entry_id", "date", "currency"),
    "customs": ("entry_id", "date", "type", "values"),
    "budgets": ("entry_id", "date", "account", "interval", "number", "currency"),
    "queries": ("entry_id", "date", "name", "query"),
}


class Reading(NamedTuple):
    """A directive's rows as (table, row), and its words: () where only metadata and comments speak, None for never.

    Prices, balances and pads are never searched by meaning: they are figures, and there are very many of them.
    """

    rows: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    words: tuple[str, ...] | None = ()


def read(number: int, entry: Any, kind: str, main: Path) -> Reading:
    """The reading of the directive `entry` of type `kind`, which is number `number` of the ledger `main`."""
    reader = _READERS.get(kind)
    return Reading() if reader is None else reader(number, entry, main)


def _price(number: int, entry: Any, _: Path) -> Reading:
    return Reading(
        (("prices", (number, entry.date, entry.currency, entry.amount.number, entry.amount.currency)),), None
    )


def _balance(number: int, entry: Any, _: Path) -> Reading:
    off = entry.diff_amount.number if entry.diff_amount is not None else None
    amount = entry.amount
    return Reading((("balances", (number, entry.date, entry.account, amount.number, amount.currency, off)),), None)


def _pad(number: int, entry: Any, _: Path) -> Reading:
    return Reading((("pads", (number, entry.date, entry.account, entry.source_account)),), None)


def _note(number: int, entry: Any, _: Path) -> Reading:
    return Reading((("notes", (number, entry.date, entry.account, entry.comment)),), (entry.comment,))


def _document(number: int, entry: Any, main: Path) -> Reading:
    path = relative(entry.filename, main)
    return Reading((("documents", (number, entry.date, entry.account, path)),), (path.rpartition("/")[2],))


def _event(number: int, entry: Any, _: Path) -> Reading:
    row = (number, entry.date, entry.type, entry.description)
    return Reading((("events", row),), (entry.type, entry.description))


def _commodity(number: int, entry: Any, _: Path) -> Reading:
    return Reading((("commodities", (number, entry.date, entry.currency)),))


def _query(number: int, entry: Any, _: Path) -> Reading:
    return Reading((("queries", (number, entry.date, entry.name, entry.query_string)),), (entry.name,))


def _custom(number: int, entry: Any, _: Path) -> Reading:
    custom = ("customs", (number, entry.date, entry.type, custom_values(entry)))
    if (found := budget(entry)) is not None:
        return Reading((custom, ("budgets", (number, entry.date, *found))), None)
    return Reading((custom,), (entry.type, *(item.value for item in entry.values or () if isinstance(item.value, str))))


_READERS: dict[str, Callable[[int, Any, Path], Reading]] = {
    "price": _price,
    "balance": _balance,
    "pad": _pad,
    "note": _note,
    "document": _document,
    "event": _event,
    "commodity": _commodity,
    "query": _query,
    "custom": _custom,
}
