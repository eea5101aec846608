"""Rows into DuckDB, in bulk: each batch goes in as numpy columns by one INSERT.

DuckDB's cast from text to DECIMAL rounds silently, so whether a number fits its column exactly is decided here,
in Python; one that does not keeps its text in the column beside it.
"""

from __future__ import annotations

import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from ledgerqa.corpus.schema import EXACT, EXACT_INTEGER_DIGITS, EXACT_SCALE, TABLES
from ledgerqa.corpus.words import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    import duckdb

    from ledgerqa.beans import Batch

_SURELY_EXACT = min(EXACT_INTEGER_DIGITS, EXACT_SCALE)  # a plain numeral no longer than this fits at any point
_ALL_DIGITS = decimal.Context(prec=EXACT_SCALE + EXACT_INTEGER_DIGITS)
_TRANSACTION_ROWS = 250_000
CHECKPOINT_AT = "256MB"
"""Of what is committed and not yet in its place: a checkpoint that comes often writes the same rows again."""
_BITS = 32  # of a text's number
_EPOCH = dt.date(1970, 1, 1).toordinal()


def ingest(connection: duckdb.DuckDBPyConnection, batches: Iterable[Batch]) -> dict[str, int]:
    """Insert all batches, in the open transaction and such as follow it; gives the number of rows a table."""
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
    expressions: dict[str, str] = {}
    for name, values in zip(batch.columns, zip(*batch.rows, strict=True), strict=True):
        kind = kinds[name]
        arrays[name] = array(values, kind)
        expressions[name] = f"DATE '1970-01-01' + \"{name}\"" if kind == "DATE" else f'CAST("{name}" AS {kind})'
        if kind == EXACT and (beside := _beside(arrays[name], values)) is not None:
            arrays[f"{name}_text"] = beside
            expressions[f"{name}_text"] = f'"{name}_text"'
    columns = ", ".join(f'"{name}"' for name in expressions)
    selected = ", ".join(expressions.values())
    connection.register("batch", arrays)
    connection.execute(f'INSERT INTO "{batch.table}" ({columns}) SELECT {selected} FROM batch')
    connection.unregister("batch")


def insert_words(connection: duckdb.DuckDBPyConnection, texts: Iterable[tuple[int, str]]) -> None:
    """Add the words of these texts to the word index, sorted by word."""
    found = occurrences(texts)
    if not found.vocabulary:
        return
    order = sorted(range(len(found.vocabulary)), key=found.vocabulary.__getitem__)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    # Word and text as one number, so that counting and sorting them is a sort of numbers.
    both = (place[np.frombuffer(found.words, np.intc)] << _BITS) | np.frombuffer(found.text_ids, np.intc)
    both, counts = np.unique(both, return_counts=True)
    rows = {
        "word": _objects([found.vocabulary[number] for number in order])[both >> _BITS],
        "text_id": (both & ((1 << _BITS) - 1)).astype(np.int32),
        "occurrences": counts.astype(np.int32),
    }
    connection.register("batch", rows)
    connection.execute("INSERT INTO words (word, text_id, occurrences) SELECT word, text_id, occurrences FROM batch")
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
    if any(type(value) is list for value in values[:1]):
        for position, value in enumerate(values):  # numpy would spread lists of one length over two dimensions
            column[position] = value
    else:
        column[:] = values
    return column


def exact_text(number: Decimal | None) -> str | None:
    """The numeral to cast to EXACT, or None where the number is absent or does not fit."""
    if number is None:
        return None
    text = str(number)
    if len(text) <= _SURELY_EXACT and "E" not in text and "N" not in text and "I" not in text:
        return text
    if not fits(number):
        return None
    return format(number.normalize(_ALL_DIGITS), "f") if number else "0"


def fits(number: Decimal) -> bool:
    """Whether a column of type EXACT takes this number: exactly, and with room for sums."""
    if not number.is_finite():
        return False
    _, digits, exponent = number.as_tuple()
    significant = "".join(map(str, digits)).rstrip("0")
    lowest = int(exponent) + len(digits) - len(significant)  # the power of ten of the last digit that is not 0
    return not significant or (lowest >= -EXACT_SCALE and number.adjusted() < EXACT_INTEGER_DIGITS)


def _beside(texts: np.ndarray[Any, Any], numbers: Sequence[Decimal | None]) -> np.ndarray[Any, Any] | None:
    """The numerals that `texts` lacks because they do not fit; None where all fit."""
    pairs = zip(texts, numbers, strict=True)
    if not any(text is None and number is not None for text, number in pairs):
        return None
    lacking = (number if text is None else None for text, number in zip(texts, numbers, strict=True))
    return _objects([None if number is None else str(number) for number in lacking])
