"""Values whose type the ledger's author chose: metadata, the values of `custom`, fava's budgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

INTERVALS = {
    "daily": "daily", "day": "daily", "weekly": "weekly", "week": "weekly", "monthly": "monthly", "month": "monthly",
    "quarterly": "quarterly", "quarter": "quarterly", "yearly": "yearly", "year": "yearly",
}
"""The names of intervals that fava reads, and what each means."""


def display(value: Any) -> tuple[str | None, str]:
    """A value as text (None: empty), and its type as `ledgerqa.corpus.schema` names it."""
    if value is None:
        return None, "none"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "boolean"
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, Decimal):
        return format(value, "f"), "number"
    if isinstance(value, dt.date):
        return value.isoformat(), "date"
    if type(value).__name__ == "Amount":
        number = value.number
        return (f"{number:f} {value.currency}" if isinstance(number, Decimal) else str(value.currency)), "amount"
    return str(value), "text"


def metadata_rows(entry_id: int, posting_id: int | None, meta: Mapping[str, Any], accounts: Mapping[str, str | None]) -> list[tuple[Any, ...]]:
    """Rows of what the user wrote in `meta`; a text that is a key of `accounts` is an account."""
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
    """Account, interval, number and currency of fava's `custom "budget"`; None for what fava would not take."""
    if entry.type != "budget" or len(entry.values or ()) < 3:
        return None
    account, interval, amount = (value.value for value in entry.values[:3])
    known = INTERVALS.get(str(interval).lower())
    number, currency = getattr(amount, "number", None), getattr(amount, "currency", None)
    if known is None or not isinstance(account, str) or not isinstance(number, Decimal) or not isinstance(currency, str):
        return None
    return account, known, number, currency
