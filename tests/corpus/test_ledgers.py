"""Every ledger that is at hand indexes as Beancount loads it, or is refused by a sentence."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ledgerqa.beans import load
from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.ingest import ingest
from ledgerqa.corpus.schema import create_statements
from ledgerqa.errors import LedgerCrashError, LedgerEmptyError, LedgerqaError

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.beans import Book
    from ledgerqa.corpus import Index

REFERENCES = ["bean_example_10y", "hackerspace", "ethertw", "gratipay_2017", "lazy", "gasti", "french", "synth_ja"]


@pytest.mark.slow
def test_every_ledger_indexes_or_is_refused_by_a_sentence(shared_ledgers: Path) -> None:
    outcomes: Counter[str] = Counter()
    sentences: list[tuple[Path, str]] = []
    with duckdb.connect() as connection:
        for statement in create_statements():
            connection.execute(statement)
        for path in sorted(shared_ledgers.rglob("*.bean*")):
            if path.suffix == ".picklecache":  # what Beancount's own loader leaves beside a ledger
                continue
            try:
                book = load(path)
                connection.execute("BEGIN")
                ingest(connection, book.batches())
                check_rows(connection, book, path)
                connection.execute("ROLLBACK")  # none is so large that `ingest` commits
                assert connection.execute("SELECT count(*) FROM entries").fetchone() == (0,)
                outcomes["indexed"] += 1
            except LedgerqaError as error:
                sentences.append((path, str(error)))
                outcomes[type(error).__name__] += 1
    assert all(str(path) in sentence for path, sentence in sentences)
    assert set(outcomes) == {"indexed", LedgerEmptyError.__name__, LedgerCrashError.__name__}
    assert outcomes[LedgerCrashError.__name__] == 2
    assert outcomes["indexed"] > 700


def check_rows(connection: duckdb.DuckDBPyConnection, book: Book, path: Path) -> None:
    """The tables hold what Beancount gave: each entry at its place, each posting with its exact number."""
    entries = connection.execute("SELECT date, type, file, line FROM entries ORDER BY entry_id").fetchall()
    expected = [(entry.date, type(entry).__name__.lower(), entry.meta["lineno"]) for entry in book.directives]
    assert [(date, kind, line) for date, kind, _, line in entries] == expected, path
    postings = connection.execute(
        "SELECT account, coalesce(CAST(number AS VARCHAR), number_text), currency, payee FROM postings"
        " ORDER BY posting_id"
    ).fetchall()
    bookings = [(entry, posting) for entry in book.directives for posting in getattr(entry, "postings", ())]
    assert len(postings) == len(bookings), path
    for (account, number, currency, payee), (entry, posting) in zip(postings, bookings, strict=True):
        assert (account, currency, payee) == (posting.account, posting.units.currency, entry.payee), path
        assert Decimal(number) == posting.units.number, path
    slices = connection.execute("SELECT slice, line, end_line, date FROM entries WHERE NOT made").fetchall()
    for text, line, end_line, date in slices:
        assert len(text.split("\n")) == end_line - line + 1, path
        assert text.replace("/", "-").startswith(f"{date.year}-"), path


@pytest.fixture(scope="module")
def indexes(shared_ledgers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.mark.parametrize("name", REFERENCES)
def test_tables_equal_those_of_beanquery(shared_ledgers: Path, indexes: Path, name: str) -> None:
    import beanquery

    main = shared_ledgers / json.loads((shared_ledgers / "index.json").read_text())[name]["main"]
    build(main, indexes)
    book = load(main)
    bean = beanquery.connect("beancount:", entries=book.directives, errors=[], options=book.options)

    def theirs(bql: str) -> list[Any]:
        return list(bean.execute(bql).fetchall())

    with open_index(main, indexes) as index:
        files = dict(index.query("SELECT name, path FROM sources"))
        places = index.query("SELECT file, line, date FROM entries ORDER BY entry_id")
        assert [(files.get(file, file), line, date) for file, line, date in places] == theirs(
            "SELECT filename, lineno, date FROM #entries"
        )
        assert index.query(
            "SELECT account, open_date, close_date FROM accounts WHERE open_entry IS NOT NULL ORDER BY account"
        ) == theirs("SELECT account, open.date, close.date FROM #accounts WHERE open IS NOT NULL ORDER BY account")
        for columns, function in (
            ("number, number_text, currency", "units"),
            ("basis, basis_text, basis_currency", "cost"),
        ):
            assert sums(index, columns) == {
                (account, position.units.currency): position.units.number
                for account, inventory in theirs(f"SELECT account, sum({function}(position)) GROUP BY account")
                for position in inventory
            }
        for table in ("tags", "links"):
            assert sorted(
                index.query(f"SELECT line, {table[:-1]} FROM {table} JOIN entries USING (entry_id)")
            ) == sorted(
                (lineno, mark)
                for lineno, marks in theirs(f"SELECT lineno, {table} FROM #entries")
                for mark in marks or ()
            )


def sums(index: Index, columns: str) -> dict[tuple[str, str], Decimal]:
    """Sums that are not 0 by account and currency, put together as the schema tells."""
    number, text, currency = columns.split(", ")
    found = index.query(f"SELECT account, {currency}, sum({number}), list({text}) FROM postings GROUP BY ALL")
    totals = {
        (account, unit): sum((Decimal(text) for text in texts if text is not None), total or Decimal(0))
        for account, unit, total, texts in found
    }
    return {key: total for key, total in totals.items() if total}
