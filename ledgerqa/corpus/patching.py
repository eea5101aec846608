"""Putting a change into a copy of an index's tables, so that they are those of a whole load.

What has an entry's number is deleted from the first changed entry on and inserted again.  What is about the ledger as
a whole (accounts, currencies, rates, names, words) is made from the tables that are there.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import duckdb

from ledgerqa.beans import Batch
from ledgerqa.beans.facts import (
    ACCOUNT_COLUMNS,
    CURRENCY_COLUMNS,
    Opening,
    account_row,
    digits_of,
    opening_of,
    rates_of,
    roots_of,
    with_decimals,
)
from ledgerqa.beans.placing import type_name
from ledgerqa.beans.resuming import prices_of
from ledgerqa.beans.tables import tail_batches
from ledgerqa.corpus.ingest import insert, insert_words
from ledgerqa.corpus.schema import TABLES
from ledgerqa.corpus.words import LENGTHS, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledgerqa.beans.book import Source
    from ledgerqa.corpus.resuming import Change

_OF_ENTRIES = tuple(table for table, columns in TABLES.items() if "entry_id" in columns)


def patch(tables: Path, database: Path, change: Change, sources: Sequence[Source]) -> dict[str, int]:
    """Write to `database` the tables of the file `tables` with `change` put in; gives the number of rows a table.

    `sources` are the files whose content has changed.
    """
    shutil.copyfile(tables, database)
    with duckdb.connect(str(database), config={"threads": min(2, os.cpu_count() or 1)}) as connection:
        connection.execute("BEGIN")
        _move(connection, change)
        _renew_sources(connection, sources)
        if change.removed or change.added:
            _cut_off(connection, change.kept)
            _put_back(connection, change)
            _renew_facts(connection, change)
        connection.execute("UPDATE ledger SET value = ? WHERE key = 'loaded_at'", [dt.datetime.now(dt.UTC).isoformat()])
        connection.execute("UPDATE ledger SET value = (value::INTEGER + 1)::VARCHAR WHERE key = 'resumed'")
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
        counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0] for table in TABLES}
    database.chmod(0o600)
    return counts


def _move(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Give the entries that stay the lines that they stand on now."""
    moved = {entry: lines for entry, lines in change.shifts.items() if entry < change.kept}
    if not moved:
        return
    parameters = [list(moved), list(moved.values())]
    moves = "(SELECT unnest($1::INTEGER[]) AS entry_id, unnest($2::INTEGER[]) AS lines) AS moves"
    for table, columns in (("entries", ("line", "end_line")), ("postings", ("line",)), ("ledger_errors", ("line",))):
        changed = ", ".join(f"{column} = {table}.{column} + moves.lines" for column in columns)
        connection.execute(
            f"UPDATE {table} SET {changed} FROM {moves} WHERE {table}.entry_id = moves.entry_id",
            parameters,
        )


def _renew_sources(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    for source in sources:
        connection.execute(
            "UPDATE sources SET size = ?, sha256 = ?, lines = ?, directing = ?, blocks = ? WHERE path = ?",
            [source.size, source.sha256, source.lines, source.directing, source.blocks, source.path],
        )


def _cut_off(connection: duckdb.DuckDBPyConnection, kept: int) -> None:
    """Delete what belongs to the entries from number `kept` on."""
    for table in _OF_ENTRIES:
        connection.execute(f'DELETE FROM "{table}" WHERE entry_id >= ?', [kept])
    texts = "(SELECT coalesce(max(text_id) + 1, 0) FROM entries)"  # numbered in the order of the entries
    connection.execute(f"DELETE FROM words WHERE text_id >= {texts}")
    connection.execute(f"DELETE FROM texts WHERE text_id >= {texts}")


def _put_back(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Insert the rows of the change's directives."""
    texts: dict[str, int] = {text: number for number, text in _rows(connection, "SELECT text_id, text FROM texts")}
    known = len(texts)
    ((first_posting,),) = _rows(connection, "SELECT coalesce(max(posting_id) + 1, 0) FROM postings")
    for batch in tail_batches(change.book, change.places, change.kept, first_posting, texts):
        if batch.rows:
            insert(connection, batch)
    insert_words(connection, [(number, text) for text, number in texts.items() if number >= known])
    connection.execute(LENGTHS)


def _renew_facts(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Make anew what is about the ledger as a whole."""
    _renew_accounts(connection, change)
    _renew_currencies(connection, change)
    _renew_rates(connection, change)
    connection.execute("DELETE FROM names")
    connection.execute(NAMES)
    connection.execute(
        "UPDATE ledger SET value = dates.value FROM (UNPIVOT (SELECT coalesce(min(date) FILTER (type = 'transaction'),"
        " min(date))::VARCHAR AS first_date, coalesce(max(date) FILTER (type = 'transaction'), max(date))::VARCHAR AS"
        " last_date FROM entries) ON first_date, last_date INTO NAME key VALUE value) AS dates"
        " WHERE ledger.key = dates.key"
    )


def _renew_accounts(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    openings: dict[str, Opening] = {}
    closings: dict[str, tuple[int, dt.date]] = {}
    for account, number, date, currencies, booking in _rows(
        connection,
        "SELECT account, open_entry, open_date, currencies, booking FROM accounts WHERE open_entry < ?",
        change.kept,
    ):
        openings[account] = Opening(number, date, currencies, booking)
    for account, number, date in _rows(
        connection, "SELECT account, close_entry, close_date FROM accounts WHERE close_entry < ?", change.kept
    ):
        closings[account] = (number, date)
    for number, directive in enumerate(change.book.directives, change.kept):
        kind = type_name(directive)
        if kind == "open":
            openings.setdefault(directive.account, opening_of(number, directive))
        elif kind == "close":
            closings.setdefault(directive.account, (number, directive.date))
    used: dict[str, int] = dict(_rows(connection, "SELECT account, count(*) FROM postings GROUP BY account"))
    named = {
        account
        for table in ("balances", "pads", "notes", "documents")
        for (account,) in _rows(connection, f"SELECT DISTINCT account FROM {table}")
    }
    roots = roots_of(change.book)
    connection.execute("DELETE FROM accounts")
    rows = [
        account_row(account, roots[account], openings.get(account), closings.get(account), used.get(account, 0))
        for account in sorted(openings.keys() | closings.keys() | used.keys() | named)
    ]
    insert(connection, Batch("accounts", ACCOUNT_COLUMNS, rows))


_CURRENCIES = """
    SELECT currency, sum(used)::INTEGER, bool_or(at_cost) FROM (
        SELECT currency, 1 AS used, cost_currency IS NOT NULL AS at_cost FROM postings
        UNION ALL SELECT cost_currency, 0, false FROM postings UNION ALL SELECT price_currency, 0, false FROM postings
        UNION ALL SELECT unnest([currency, quote]), 0, false FROM prices
        UNION ALL SELECT currency, 0, false FROM commodities UNION ALL SELECT currency, 0, false FROM balances
        UNION ALL SELECT unnest(currencies), 0, false FROM accounts
        UNION ALL SELECT unnest(?::VARCHAR[]), 0, false)
    WHERE currency IS NOT NULL GROUP BY currency ORDER BY currency
"""


def _renew_currencies(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    facts = dict(_rows(connection, "SELECT key, value FROM ledger WHERE key IN ('decimals', 'operating_currency')"))
    operating = json.loads(facts["operating_currency"])
    decimals = with_decimals(json.loads(facts["decimals"]), change.decimals)
    rows = [
        (currency, digits_of(currency, decimals), currency in operating, used, at_cost)
        for currency, used, at_cost in _rows(connection, _CURRENCIES, operating)
    ]
    connection.execute("DELETE FROM currencies")
    insert(connection, Batch("currencies", CURRENCY_COLUMNS, rows))
    connection.execute("UPDATE ledger SET value = ? WHERE key = 'decimals'", [json.dumps(decimals, sort_keys=True)])


def _renew_rates(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Make the rates anew of currencies whose prices have changed."""
    pairs = {
        (each.directive.currency, each.directive.amount.currency)
        for each in change.added
        if type_name(each.directive) == "price"
    }
    pairs |= {
        (price.currency, price.amount.currency)
        for price in prices_of(each.text for each in change.removed if each.type == "price")
    }
    for base, quote in {tuple(sorted(pair)) for pair in pairs}:
        texts = _rows(
            connection,
            "SELECT slice FROM prices JOIN entries USING (entry_id) WHERE currency IN ($1, $2) AND quote IN ($1, $2)"
            " ORDER BY entry_id",
            base,
            quote,
        )
        connection.execute("DELETE FROM rates WHERE base IN ($1, $2) AND quote IN ($1, $2)", [base, quote])
        batch = rates_of(prices_of(text for (text,) in texts))
        if batch.rows:
            insert(connection, batch)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    return connection.execute(sql, list(parameters) or None).fetchall()
