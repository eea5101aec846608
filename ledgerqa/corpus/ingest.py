"""Rows into DuckDB, in bulk: each batch goes in as numpy columns by one INSERT.

DuckDB's cast from text to DECIMAL rounds silently, so whether a number fits its column exactly is decided here,
in Python; one that does not keeps its text in the column beside it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from ledgerqa.corpus.schema import EXACT, EXACT_INTEGER_DIGITS, EXACT_SCALE, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from ledgerqa.beans import Batch

_SURELY_EXACT = 19  # a plain numeral of up to 19 characters has at most 19 digits before the point, 17 after it
_PLAIN_LENGTH = 200  # no numeral that a person wrote is longer; longer ones would be from exponents
_TRANSACTION_ROWS = 50_000
_EPOCH = dt.date(1970, 1, 1).toordinal()


def ingest(connection: duckdb.DuckDBPyConnection, batches: Iterable[Batch]) -> dict[str, int]:
    """Insert all batches inside the transaction that is open, and others after it; gives the number of rows a table."""
    counts = dict.fromkeys(TABLES, 0)
    waiting = 0
    for batch in batches:
        if batch.rows:
            insert(connection, batch)
            counts[batch.table] += len(batch.rows)
            waiting += len(batch.rows)
        if waiting > _TRANSACTION_ROWS:  # what is not committed stays in memory
            connection.execute("COMMIT")
            connection.execute("BEGIN")
            waiting = 0
    return counts


def insert(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Insert one batch."""
    kinds = TABLES[batch.table]
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    selected: list[str] = []
    into: list[str] = []
    for name, values in zip(batch.columns, zip(*batch.rows, strict=True), strict=True):
        kind = kinds[name]
        arrays[name] = array(values, kind)
        into.append(f'"{name}"')
        selected.append(f'CAST("{name}" AS {kind})' if kind != "DATE" else f"DATE '1970-01-01' + \"{name}\"")
        if kind == EXACT:
            beside = np.array([_inexact(value) for value in values], dtype=object) if _any_inexact(arrays[name], values) else None
            if beside is not None:
                arrays[f"{name}_text"] = beside
                into.append(f'"{name}_text"')
                selected.append(f'CAST("{name}_text" AS VARCHAR)')
    connection.register("batch", arrays)
    try:
        connection.execute(f'INSERT INTO "{batch.table}" ({", ".join(into)}) SELECT {", ".join(selected)} FROM batch')  # noqa: S608
    finally:
        connection.unregister("batch")


def array(values: Sequence[Any], kind: str) -> np.ndarray[Any, Any]:
    """A column as DuckDB reads it fastest: integers (days since 1970 for dates), truths, or objects."""
    if kind in {"INTEGER", "BIGINT"}:
        return _integers(values, np.int64 if kind == "BIGINT" else np.int32)
    if kind == "DATE":
        return _integers([None if value is None else value.toordinal() - _EPOCH for value in values], np.int32)
    if kind == "BOOLEAN":
        return np.array(values, dtype=np.bool_)
    if kind == EXACT:
        return _objects([exact_text(value) for value in values])
    return _objects(values)


def _integers(values: Sequence[int | None], kind: type[np.integer[Any]]) -> np.ndarray[Any, Any]:
    if None not in values:
        return np.array(values, dtype=kind)
    missing = [value is None for value in values]
    return np.ma.masked_array(np.array([value or 0 for value in values], dtype=kind), mask=missing)


def _objects(values: Sequence[Any]) -> np.ndarray[Any, Any]:
    column = np.empty(len(values), dtype=object)
    column[:] = values if not any(type(value) is list for value in values[:1]) else [*values]
    return column


def exact_text(number: Decimal | None) -> str | None:
    """The numeral to cast to DECIMAL(38,18), or None where the number is absent or would not fit exactly."""
    if number is None:
        return None
    text = str(number)
    if len(text) <= _SURELY_EXACT and "E" not in text and "N" not in text and "I" not in text:
        return text
    return format(number, "f") if fits(number) else None


def fits(number: Decimal) -> bool:
    """Whether DECIMAL(38,18) holds this number exactly."""
    if not number.is_finite():
        return False
    if not number:
        return number.as_tuple().exponent >= -_PLAIN_LENGTH  # type: ignore[operator]
    _, digits, exponent = number.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return exponent + zeros >= -EXACT_SCALE and number.adjusted() < EXACT_INTEGER_DIGITS  # type: ignore[operator]


def _any_inexact(texts: np.ndarray[Any, Any], numbers: Sequence[Decimal | None]) -> bool:
    return any(text is None and number is not None for text, number in zip(texts, numbers, strict=True))


def _inexact(number: Decimal | None) -> str | None:
    return str(number) if number is not None and exact_text(number) is None else None
