"""Indexing: load the ledger, write its tables aside, move the pointer."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from typing import TYPE_CHECKING

import duckdb

from ledgerqa.beans import Book, Progress, check, load
from ledgerqa.corpus.generations import DATABASE, Manifest, begin, checksum, finish, index_folder, locked, writing
from ledgerqa.corpus.ingest import ingest
from ledgerqa.corpus.schema import SCHEMA_VERSION, create_statements
from ledgerqa.errors import IndexWriteError
from ledgerqa.records import IndexInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ledgerqa.beans import Batch


def build(ledger: Path, data_dir: Path, progress: Progress | None = None) -> IndexInfo:
    """Load `ledger` and make it the newest generation of its index under `data_dir`.

    Raises what `beans.load` raises (the old generation then stays in force), `IndexBusyError`, `IndexWriteError`.
    """
    folder = index_folder(check(ledger), data_dir)
    with locked(folder, ledger):
        book = load(ledger, progress)
        number, building = begin(folder)
        try:
            counts = write_tables(building / DATABASE, _batches(book, progress))
            built_at = dt.datetime.now(dt.UTC)
            checksums = {DATABASE: checksum(building / DATABASE)}
            manifest = Manifest(SCHEMA_VERSION, number, str(book.main), built_at.isoformat(), counts, checksums)
            finish(folder, building, manifest)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return IndexInfo(number, built_at, counts["entries"], counts["ledger_errors"])


def write_tables(path: Path, batches: Iterable[Batch]) -> dict[str, int]:
    """Write the DuckDB file `path`; gives the number of rows a table."""
    try:
        with writing(path), duckdb.connect(str(path), config={"threads": min(2, os.cpu_count() or 1)}) as connection:
            connection.execute("BEGIN")  # without it each statement waits for the disk
            for statement in create_statements():
                connection.execute(statement)
            counts = ingest(connection, batches)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")  # closing would do it too, but keep a failure to itself
        path.chmod(0o600)
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.InternalException) as error:
        raise IndexWriteError(path, str(error).split("\n", 1)[0]) from error
    return counts


def _batches(book: Book, progress: Progress | None) -> Iterable[Batch]:
    """The book's batches, without cyclic garbage collection: they make millions of tuples and no cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield from book.batches(progress)
    finally:
        if enabled:
            gc.enable()
