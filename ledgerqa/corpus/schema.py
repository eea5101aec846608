"""The tables of an index, and what each column means.

Amounts.  Every amount `x` is a pair of columns: `x DECIMAL(38,18)` and `x_text VARCHAR`.  A number that fits the
column exactly stands in `x` and `x_text` is NULL; one that does not (more than 18 decimals, or more than 12
digits before the point) stands in `x_text` alone and `x` is NULL.  A sum is therefore always two aggregates,
`sum(x)` and `list(x_text) FILTER (x_text IS NOT NULL)`, added in Decimal afterwards: exact, never a DOUBLE.

Identity.  `entry_id` and `posting_id` count in the order that Beancount's loader returns, so they are those of
one generation only; `slice_hash` is what tells an entry again in the next one.
"""

from __future__ import annotations

SCHEMA_VERSION = 3

EXACT = "DECIMAL(38,18)"
EXACT_SCALE = 18
EXACT_INTEGER_DIGITS = 12  # of the column's 20: a hundred million of the largest still add up inside it

TABLES: dict[str, dict[str, str]] = {
    # One row of facts about the ledger a key: main_file, title, loaded_at, beancount, first_date, last_date,
    # name_assets ... name_expenses, operating_currency (JSON list), plugins (JSON list), crashed, decimals (JSON: how
    # often each number of decimals is written, by currency), resumed (how many edits were put in since a whole load).
    "ledger": {"key": "VARCHAR", "value": "VARCHAR"},
    # Every file that the load read. `path` is absolute, `name` relative to the main file's folder. `lines`, `directing`
    # and `blocks` tell later which of its lines have changed: see `beans.book.Source`.
    "sources": {
        "source_id": "INTEGER",
        "path": "VARCHAR",
        "name": "VARCHAR",
        "size": "BIGINT",
        "sha256": "VARCHAR",
        "lines": "INTEGER",
        "directing": "VARCHAR",
        "blocks": "VARCHAR",
    },
    # Every directive of any type ("transaction", "open", "price", ...). `line` and `end_line` are 1-based and
    # inclusive. `slice` is the source text with the comments inside it, "" for what a plugin made (`made` true).
    # `text` is what is embedded and searched by words: no dates, no amounts; `text_id` numbers distinct texts (NULL
    # where there is no text).
    "entries": {
        "entry_id": "INTEGER",
        "type": "VARCHAR",
        "date": "DATE",
        "file": "VARCHAR",
        "line": "INTEGER",
        "end_line": "INTEGER",
        "flag": "VARCHAR",
        "payee": "VARCHAR",
        "narration": "VARCHAR",
        "slice": "VARCHAR",
        "slice_hash": "VARCHAR",
        "made": "BOOLEAN",
        "text_id": "INTEGER",
    },
    # `length` is its number of words. `words` is the inverted file over the texts, sorted by word.
    "texts": {"text_id": "INTEGER", "text": "VARCHAR", "length": "INTEGER"},
    "words": {"word": "VARCHAR", "text_id": "INTEGER", "occurrences": "INTEGER"},
    # Every distinct name that a question may mean: `kind` is account (any level below the root), payee or narration.
    "names": {"name_id": "INTEGER", "kind": "VARCHAR", "name": "VARCHAR"},
    # `date`, `payee` and `narration` are the entry's, repeated so that filters need no join. `basis` is what
    # beanquery's cost() gives: units times cost in the cost's currency, or the units. `weight` is what balances.
    "postings": {
        "posting_id": "INTEGER",
        "entry_id": "INTEGER",
        "date": "DATE",
        "account": "VARCHAR",
        "root": "VARCHAR",
        "number": EXACT,
        "number_text": "VARCHAR",
        "currency": "VARCHAR",
        "cost": EXACT,
        "cost_text": "VARCHAR",
        "cost_currency": "VARCHAR",
        "cost_date": "DATE",
        "cost_label": "VARCHAR",
        "price": EXACT,
        "price_text": "VARCHAR",
        "price_currency": "VARCHAR",
        "basis": EXACT,
        "basis_text": "VARCHAR",
        "basis_currency": "VARCHAR",
        "weight": EXACT,
        "weight_text": "VARCHAR",
        "weight_currency": "VARCHAR",
        "flag": "VARCHAR",
        "line": "INTEGER",
        "payee": "VARCHAR",
        "narration": "VARCHAR",
    },
    # Opened or used accounts (not mere parents). `root` is one of records.Root whatever the ledger calls it.
    "accounts": {
        "account": "VARCHAR",
        "root": "VARCHAR",
        "depth": "INTEGER",
        "leaf": "VARCHAR",
        "open_date": "DATE",
        "close_date": "DATE",
        "open_entry": "INTEGER",
        "close_entry": "INTEGER",
        "currencies": "VARCHAR[]",
        "booking": "VARCHAR",
        "postings": "INTEGER",
    },
    "tags": {"entry_id": "INTEGER", "tag": "VARCHAR"},
    "links": {"entry_id": "INTEGER", "link": "VARCHAR"},
    # Metadata that the user wrote, on entries (posting_id NULL) and postings; `filename`, `lineno` and keys that
    # begin with "__" are left out. `type`: text, number, date, amount, boolean, account, currency, tag, none.
    "metadata": {
        "entry_id": "INTEGER",
        "posting_id": "INTEGER",
        "key": "VARCHAR",
        "value": "VARCHAR",
        "type": "VARCHAR",
    },
    "prices": {
        "entry_id": "INTEGER",
        "date": "DATE",
        "currency": "VARCHAR",
        "number": EXACT,
        "number_text": "VARCHAR",
        "quote": "VARCHAR",
    },
    # Beancount's price map, inverses and merged pairs included: `rate` is the Decimal as text, exact.
    "rates": {"base": "VARCHAR", "quote": "VARCHAR", "date": "DATE", "rate": "VARCHAR"},
    # `difference` is what the assertion is off by (NULL: it holds).
    "balances": {
        "entry_id": "INTEGER",
        "date": "DATE",
        "account": "VARCHAR",
        "number": EXACT,
        "number_text": "VARCHAR",
        "currency": "VARCHAR",
        "difference": EXACT,
        "difference_text": "VARCHAR",
    },
    "pads": {"entry_id": "INTEGER", "date": "DATE", "account": "VARCHAR", "source_account": "VARCHAR"},
    "notes": {"entry_id": "INTEGER", "date": "DATE", "account": "VARCHAR", "comment": "VARCHAR"},
    "documents": {"entry_id": "INTEGER", "date": "DATE", "account": "VARCHAR", "path": "VARCHAR"},
    "events": {"entry_id": "INTEGER", "date": "DATE", "type": "VARCHAR", "description": "VARCHAR"},
    "commodities": {"entry_id": "INTEGER", "date": "DATE", "currency": "VARCHAR"},
    "customs": {"entry_id": "INTEGER", "date": "DATE", "type": "VARCHAR", "values": "VARCHAR[]"},
    # fava's `custom "budget" ACCOUNT "interval" AMOUNT`; interval: daily, weekly, monthly, quarterly, yearly.
    "budgets": {
        "entry_id": "INTEGER",
        "date": "DATE",
        "account": "VARCHAR",
        "interval": "VARCHAR",
        "number": EXACT,
        "number_text": "VARCHAR",
        "currency": "VARCHAR",
    },
    "queries": {"entry_id": "INTEGER", "date": "DATE", "name": "VARCHAR", "query": "VARCHAR"},
    # Every currency in use. `digits` is the most common number of decimals (beancount's display context).
    "currencies": {
        "currency": "VARCHAR",
        "digits": "INTEGER",
        "operating": "BOOLEAN",
        "postings": "INTEGER",
        "held_at_cost": "BOOLEAN",
    },
    # What Beancount reported. `file` relative as in entries ("" where unknown), `entry_id` the entry it names.
    "ledger_errors": {
        "error_id": "INTEGER",
        "kind": "VARCHAR",
        "message": "VARCHAR",
        "file": "VARCHAR",
        "line": "INTEGER",
        "entry_id": "INTEGER",
    },
}


def create_statements() -> list[str]:
    """The DDL, one statement a table."""
    return [
        f"CREATE TABLE {name} ({', '.join(f'{chr(34)}{column}{chr(34)} {kind}' for column, kind in columns.items())})"
        for name, columns in TABLES.items()
    ]
