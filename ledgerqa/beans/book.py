"""What loading gives: a `Book`, whose directives come out as batches of rows, table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much is done and how much there is (0: unknown)."""


@dataclass(frozen=True)
class LedgerFault:
    """A fault that Beancount reported: `kind` is its name for it; `file` is absolute, "" where unknown."""

    kind: str
    message: str
    file: str
    line: int
    entry_id: int | None = None


@dataclass(frozen=True)
class Source:
    """A file that the load read.  `mtime_ns` is 0 where it changed while it was read: the index is stale at once."""

    path: str
    name: str
    size: int
    mtime_ns: int
    sha256: str


class Batch(NamedTuple):
    """Rows of one table of `ledgerqa.corpus.schema`; amounts are Decimals, dates `datetime.date`."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Book:
    """A loaded ledger.  `directives` are Beancount's own, in its order; no one outside `beans` looks into them."""

    main: Path
    directives: list[Any]
    options: dict[str, Any]
    faults: tuple[LedgerFault, ...]
    started_ns: int

    def batches(self, progress: Progress | None = None) -> Iterator[Batch]:
        """Every table's rows, entries first; a table may come in several batches."""
        from ledgerqa.beans.tables import batches

        return batches(self, progress)
