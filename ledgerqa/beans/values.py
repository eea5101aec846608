"""Values whose type the ledger's author chose: metadata, the values of `custom`, fava's budgets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERVALS = {
    "day": "daily",
    "daily": "daily",
    "week": "weekly",
    "weekly": "weekly",
    "month": "monthly",
    "monthly": "monthly",
    "quarter": "quarterly",
    "quarterly": "quarterly",
    "year": "yearly",
    "yearly": "yearly",
}
"""The names of intervals that fava reads, and what each means."""
_FOREIGN = {
    "daily": "tag täglich jour día giorno dag",
    "weekly": "woche wöchentlich semaine semana settimana",
    "monthly": "monat monatlich mois mensuel mes mensual mese mensile maand maandelijks",
    "quarterly": "quartal vierteljährlich trimestre kwartaal",
    "yearly": "annual annually jahr jährlich année an annuel año anual anno annuale jaar jaarlijks",
}
INTERVALS_ABROAD = {name: interval for interval, names in _FOREIGN.items() for name in names.split()}
"""Names of intervals that fava passes over, and people whose ledger is in another language write all the same."""


def display(value: Any) -> tuple[str | None, str]:
    """A value as text (None: empty), and its type as `ledgerqa.corpus.schema` names it."""
    text: str | None = str(value)
    kind = "text"
    if value is None:
        text, kind = None, "none"
    elif isinstance(value, bool):
        text, kind = ("TRUE" if value else "FALSE"), "boolean"
    elif isinstance(value, Decimal):
        text, kind = format(value, "f"), "number"
    elif isinstance(value, dt.date):
        text, kind = value.isoformat(), "date"
    elif type(value).__name__ == "Amount":
        text, kind = (f"{value.number:f} {value.currency}" if isinstance(value.number, Decimal) else text), "amount"
    return text, kind


def metadata_rows(
    entry_id: int, posting_id: int | None, meta: Mapping[str, Any], accounts: Mapping[str, str | None]
) -> list[tuple[Any, ...]]:
    """Rows of what the user wrote in `meta`: entry, posting (None: the entry's own), key, value, type.

    Beancount gives texts, accounts, currencies and tags all as strings: one that is a key of `accounts` is taken
    for an account, any other for a text.
    """
    rows = []
    for key, value in meta.items():
        if key in {"filename", "lineno"} or key.startswith("__"):
            continue
        text, kind = display(value)
        if kind == "text" and text in accounts:
            kind = "account"
        rows.append((entry_id, posting_id, key, text, kind))
    return rows


def custom_values(entry: Any) -> list[str | None]:
    """The values of a `custom` directive as text."""
    return [display(value.value)[0] for value in entry.values or ()]


def budget(entry: Any) -> tuple[str, str, Decimal, str] | None:
    """Account, interval, number and currency of fava's `custom "budget"`; None for what says no budget."""
    values = entry.values or ()
    if entry.type != "budget" or len(values) < 3:
        return None
    account, interval, amount = (item.value for item in values[:3])
    known = (INTERVALS | INTERVALS_ABROAD).get(str(interval).lower())
    number, currency = getattr(amount, "number", None), getattr(amount, "currency", None)
    if known and isinstance(account, str) and isinstance(number, Decimal) and isinstance(currency, str):
        return account, known, number, currency
    return None
