"""Indexing: load the ledger, write its tables aside, move the pointer."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import shutil
import time
from typing import TYPE_CHECKING

import duckdb

from ledgerqa.beans import Book, Progress, check, load
from ledgerqa.corpus.differences import Differences, between
from ledgerqa.corpus.embedding import carry_over
from ledgerqa.corpus.freshness import write_inputs
from ledgerqa.corpus.generations import DATABASE, Manifest, begin, checksum, finish, stamp_of, writing
from ledgerqa.corpus.index import open_generation, open_index
from ledgerqa.corpus.ingest import CHECKPOINT_AT, ingest, insert_words
from ledgerqa.corpus.schema import SCHEMA_VERSION, create_statements
from ledgerqa.corpus.words import LENGTHS, NAMES
from ledgerqa.errors import IndexDamagedError, IndexMissingError, IndexWriteError
from ledgerqa.records import IndexInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ledgerqa.beans import Batch
    from ledgerqa.beans.inputs import Inputs


_LOG = logging.getLogger(__name__)

_WRITING: dict[str, str | bool | int | float | list[str]] = {
    "threads": min(2, os.cpu_count() or 1),
    "checkpoint_threshold": CHECKPOINT_AT,
}
LEAST_RESUMED = 5_000
"""Entries from which on loading the whole takes longer than anybody likes to wait."""


def build_generation(
    ledger: Path,
    folder: Path,
    progress: Progress | None = None,
    accept: Callable[[Book], None] | None = None,
    *,
    whole: bool = True,
) -> tuple[IndexInfo, Differences]:
    """Load `ledger` and make it the newest generation in `folder`, whose lock must be held.

    Unless it is to be loaded `whole`, only what an edit can have changed is loaded of a large ledger, where that comes
    to the same (see `resuming`).

    Raises what `beans.load` raises, and what `accept` raises of the loaded book; the old generation then stays in
    force.  `IndexWriteError` where the disk does not take it.
    """
    with _no_collection():
        return _build(ledger, folder, progress, accept, whole=whole)


def _build(
    ledger: Path, folder: Path, progress: Progress | None, accept: Callable[[Book], None] | None, *, whole: bool
) -> tuple[IndexInfo, Differences]:
    began = time.monotonic()
    number, building = begin(folder)
    try:
        with _written(building / DATABASE):
            made = None if whole else _resumed(ledger, folder, building / DATABASE)
        if made is None:
            book = load(ledger, progress)
            if accept is not None:
                accept(book)
            made = write_tables(building / DATABASE, book.batches(progress)), book.inputs()
        counts, inputs = made
        with writing(building):
            write_inputs(building, inputs)
        manifest = Manifest(
            schema=SCHEMA_VERSION,
            generation=number,
            ledger=str(check(ledger)),
            built_at=dt.datetime.now(dt.UTC).isoformat(),
            seconds=time.monotonic() - began,
            counts=counts,
            checksums={DATABASE: checksum(building / DATABASE)},
            stamps={DATABASE: stamp_of(building / DATABASE)},
        )
        differences = _take_over(ledger, folder, building, manifest)
        finish(folder, building, manifest)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    built_at = dt.datetime.fromisoformat(manifest.built_at)
    return IndexInfo(number, built_at, counts["entries"], counts["ledger_errors"]), differences


def _resumed(ledger: Path, folder: Path, database: Path) -> tuple[dict[str, int], Inputs] | None:
    """Make the tables from those in force; None where the whole ledger must be loaded."""
    from ledgerqa.beans.resuming import NotResumableError
    from ledgerqa.corpus.resuming import resume

    try:
        with open_index(ledger, folder.parent.parent) as before:
            if before.info.entries < LEAST_RESUMED:
                return None
            return resume(before, database)
    except (NotResumableError, IndexMissingError, IndexDamagedError, OSError) as error:
        _LOG.info("the whole ledger is loaded: %s", error)
    for path in database.parent.glob(f"{DATABASE}*"):  # its write-ahead log too
        path.unlink()
    return None


def _take_over(ledger: Path, folder: Path, building: Path, manifest: Manifest) -> Differences:
    """Give the new generation what the one in force has embedded, and compare the two."""
    with open_generation(building, manifest) as after:
        try:
            before = open_index(ledger, folder.parent.parent)
        except (IndexMissingError, IndexDamagedError):
            return between(None, after)
        with before:
            try:
                carry_over(before, after)
                return between(before, after)
            except IndexDamagedError:  # in a part that nobody has read since it was opened
                return between(None, after)


def write_tables(path: Path, batches: Iterable[Batch]) -> dict[str, int]:
    """Write the DuckDB file `path`; gives the number of rows a table."""
    with (
        writing(path),
        _written(path),
        duckdb.connect(str(path), config=_WRITING) as connection,
    ):
        connection.execute("BEGIN")  # without it each statement waits for the disk
        for statement in create_statements():
            connection.execute(statement)
        counts = ingest(connection, batches)
        _index_names(connection)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")  # closing would do it too, but keep a failure to itself
    path.chmod(0o600)
    return counts


@contextlib.contextmanager
def _written(path: Path) -> Iterator[None]:
    """Turn what DuckDB raises when it cannot write its file into `IndexWriteError`."""
    try:
        yield
    except (
        duckdb.IOException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
        duckdb.FatalException,
        duckdb.InternalException,
    ) as error:
        raise IndexWriteError(path, str(error).split("\n", 1)[0]) from error


def _index_names(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill what names and words are found by, from the tables that are there."""
    insert_words(connection, connection.execute("SELECT text_id, text FROM texts ORDER BY text_id").fetchall())
    connection.execute(LENGTHS)
    connection.execute(NAMES)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """No cyclic garbage collection: all of this makes millions of tuples and no cycle, beside millions that stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
