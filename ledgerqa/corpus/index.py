"""An index opened for questions: read-only, external access off, and light to import."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import duckdb

from ledgerqa.corpus.freshness import compare_generation
from ledgerqa.corpus.generations import DATABASE, Hold, Manifest, current, hold, index_folder, verify
from ledgerqa.corpus.schema import SCHEMA_VERSION
from ledgerqa.corpus.vectors import Vectors, newest, open_newest
from ledgerqa.corpus.words import rank_statement
from ledgerqa.errors import IndexDamagedError, IndexMissingError
from ledgerqa.records import Entry, IndexInfo, Root

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

UNKNOWN_DIGITS = 2
ROW_GROUP = 122_880
"""Rows that DuckDB scans in one piece: for smaller tables other threads have nothing to do but to be woken."""
MOST_KEPT = 512
"""Statements whose rows are kept: those of some hundred questions."""
MOST_ROWS = 200
"""Of one statement that is kept: what is longer is seldom asked for again, and would fill the memory."""

_DAMAGE = {
    duckdb.Error,  # as such: a block that does not match its checksum
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
}
"""What DuckDB raises where its file is not what it wrote; each block carries a checksum, and each bit counts."""

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,  # no files, no network
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "lock_configuration": True,  # no statement opens it again
}


@dataclass(frozen=True)
class LedgerFacts:
    """What holds for the ledger as a whole.  The dates are those of its first and last transaction."""

    main_file: Path
    title: str
    operating_currencies: tuple[str, ...]
    root_names: dict[Root, str]
    first_date: dt.date
    last_date: dt.date


def open_index(ledger: Path, data_dir: Path) -> Index:
    """The newest generation of the index of `ledger`.

    Raises `IndexMissingError` where there is none (or one of another version of the tables: build it anew) and
    `IndexDamagedError` where it is not what was written.
    """
    folder = index_folder(ledger, data_dir)
    generation, manifest = current(folder, ledger)
    while True:
        try:
            return _open_held(generation, manifest, ledger)
        except IndexDamagedError:
            damaged = generation
            generation, manifest = current(folder, ledger)
            if generation == damaged:  # no builder took it away under us
                raise


def _open_held(generation: Path, manifest: Manifest, ledger: Path) -> Index:
    """Open a generation, if it is what was written, so that nobody removes it meanwhile."""
    if manifest.schema != SCHEMA_VERSION:
        raise IndexMissingError(ledger)
    held = hold(generation)
    if held is None:
        raise IndexDamagedError(generation, "it is gone")
    try:
        verify(generation, manifest)
        return open_generation(generation, manifest, held)
    except IndexDamagedError:
        held.release()
        raise


def open_generation(generation: Path, manifest: Manifest, held: Hold | None = None) -> Index:
    """Open the tables in this folder, whether it is in force or not; `IndexDamagedError`."""
    database = generation / DATABASE
    if not database.is_file():
        raise IndexDamagedError(generation, f"its {DATABASE} is missing")
    try:
        connection = duckdb.connect(str(database), read_only=True, config=_config(manifest))
        return Index(connection, generation, manifest, held)
    except (duckdb.Error, KeyError, ValueError) as error:
        raise IndexDamagedError(generation, str(error).split("\n", 1)[0]) from error


def _config(manifest: Manifest) -> dict[str, str | bool | int | float | list[str]]:
    return _CLOSED | {"threads": 1} if max(manifest.counts.values(), default=0) <= ROW_GROUP else _CLOSED


class Index:
    """Tables to query (see `ledgerqa.corpus.schema`), entries by number, and how fresh they are."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, generation: Path, manifest: Manifest, held: Hold | None = None
    ) -> None:
        self._connection = connection
        self._held = held  # while it is, nobody removes the generation
        self.folder = generation
        self._vectors: dict[tuple[str, str], Vectors] = {}
        self._kept: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self.facts: dict[str, str] = dict(self.query("SELECT key, value FROM ledger"))
        self._digits: dict[str, int] = dict(self.query("SELECT currency, digits FROM currencies"))
        self.ledger = _ledger_facts(self.facts)
        self.info = IndexInfo(
            manifest.generation,
            dt.datetime.fromisoformat(manifest.built_at),
            manifest.counts["entries"],
            manifest.counts["ledger_errors"],
            bool(compare_generation(generation).changed),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database, and let the generation go."""
        self._connection.close()
        if self._held is not None:
            self._held.release()

    def query(self, sql: str, parameters: Sequence[object] = (), *, afresh: bool = False) -> list[tuple[Any, ...]]:
        """All rows of one statement, which stay what they are while the index is open.

        So few rows are kept for who asks again, unless they are to be read `afresh`, as what an answer rests on.
        """
        if afresh:
            return self._run(sql, parameters)
        key = (sql, repr(parameters))
        rows = self._kept.get(key)
        if rows is None:
            rows = self._run(sql, parameters)
            if len(rows) <= MOST_ROWS:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = rows
        return list(rows)

    def _run(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        """In a cursor of its own: threads may share an index."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(sql, parameters or None).fetchall()
        except duckdb.Error as error:
            if type(error) not in _DAMAGE:
                raise
            raise IndexDamagedError(self.folder, str(error).split("\n", 1)[0]) from error
        finally:
            cursor.close()

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in this order."""
        if not ids:
            return []
        rows = self.query(
            "SELECT entry_id, type, date, file, line, end_line, coalesce(payee, ''), coalesce(narration, ''), slice"
            " FROM entries WHERE entry_id IN (SELECT unnest(?))",
            [list(ids)],
        )
        found = {row[0]: Entry(*row) for row in rows}
        return [found[each] for each in ids]

    def rank(self, query: str, limit: int, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The texts that share words with `query`, by BM25: (text_id, score), best first."""
        return self.query(*rank_statement(query, limit, allowed))

    def vectors(self, kind: Literal["texts", "names"], encoder_sha256: str) -> Vectors | None:
        """The vectors of this generation made by that encoder; None where they are not made yet.

        They stay open while they are the newest, so that a conversation checks and reads them once.
        """
        opened = self._vectors.get((kind, encoder_sha256))
        if opened is None or opened.folder != newest(self.folder, kind, encoder_sha256):
            opened = open_newest(self.folder, kind, encoder_sha256)
            if opened is not None:
                self._vectors[kind, encoder_sha256] = opened
        return opened

    def digits(self, currency: str) -> int:
        """How many decimals to show for a currency."""
        return self._digits.get(currency, UNKNOWN_DIGITS)

    def is_stale(self) -> bool:
        """Whether the ledger has changed since this generation was made; see `ledgerqa.beans.inputs`."""
        return bool(self.changed())

    def changed(self) -> str:
        """The first thing found that has changed since, for a sentence; "" where nothing has.  `info` tells it too."""
        changed = compare_generation(self.folder).changed
        if self.info.stale != bool(changed):
            self.info = replace(self.info, stale=bool(changed))
        return changed


def _ledger_facts(facts: dict[str, str]) -> LedgerFacts:
    return LedgerFacts(
        Path(facts["main_file"]),
        facts["title"],
        tuple(json.loads(facts["operating_currency"])),
        {root: facts[f"name_{root.value}"] for root in Root},
        dt.date.fromisoformat(facts["first_date"]),
        dt.date.fromisoformat(facts["last_date"]),
    )
