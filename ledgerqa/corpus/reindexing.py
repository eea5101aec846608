"""Keeping an index as fresh as its ledger: not at all where nothing has changed.

Where something has, the tables are written anew from what Beancount loads, because nearly any edit may change any
entry (an option, a plugin, a booking method, a pad, a price); of a large ledger only what an edit can have changed is
loaded, where that is certain (`resuming`).  What costs more than that, the vectors of texts, is carried over by text.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.corpus.differences import Differences
from ledgerqa.corpus.freshness import Freshness, freshness
from ledgerqa.corpus.generations import WAIT_SECONDS, index_folder, locked, prune
from ledgerqa.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexWriteError,
    LedgerBrokenError,
)
from ledgerqa.records import IndexInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.beans import Book, Progress


@dataclass(frozen=True)
class Reindexed:
    """What a reindex did.  `why` is what had changed ("": nothing, and nothing was loaded)."""

    info: IndexInfo
    differences: Differences
    why: str
    seconds: float

    @property
    def loaded(self) -> bool:
        """Whether the ledger was loaded, and a new generation made."""
        return bool(self.why)


def reindex(
    ledger: Path,
    data_dir: Path,
    progress: Progress | None = None,
    *,
    anew: bool = False,
    keep_sound: bool = False,
    wait: float = WAIT_SECONDS,
) -> Reindexed:
    """Bring the index of `ledger` under `data_dir` up to date.

    Nothing is loaded where nothing has changed, unless it is to be made `anew`.  With `keep_sound`, a ledger with more
    faults of its syntax than the generation in force raises `LedgerBrokenError`: somebody is typing in it.

    Raises what `beans.load` raises (the old generation then stays in force), `IndexBusyError` where another process
    holds the lock for longer than `wait` seconds, and `IndexWriteError`.
    """
    from ledgerqa.beans import check

    began = time.monotonic()
    if not anew and (standing := freshness(ledger, data_dir)).state == "fresh":
        _tidy(ledger, data_dir)
        return _unchanged(standing, began)
    folder = index_folder(check(ledger), data_dir)
    with locked(folder, ledger, wait):
        standing = freshness(ledger, data_dir)
        if not anew and standing.state == "fresh":  # another process was at it meanwhile
            return _unchanged(standing, began)
        from ledgerqa.corpus.building import build_generation

        accept = _acceptable(ledger, data_dir) if keep_sound else None
        info, differences = build_generation(ledger, folder, progress, accept, whole=anew)
    return Reindexed(info, differences, standing.why or "it was asked for", time.monotonic() - began)


def _unchanged(standing: Freshness, began: float) -> Reindexed:
    if standing.manifest is None or standing.built_at is None:
        raise TypeError("a fresh index has a manifest")
    counts = standing.manifest.counts
    info = IndexInfo(
        standing.manifest.generation, standing.built_at, counts["entries"], counts["ledger_errors"], stale=False
    )
    return Reindexed(info, Differences(stayed=info.entries), "", time.monotonic() - began)


def _tidy(ledger: Path, data_dir: Path) -> None:
    """Remove generations that nobody reads any more, where nobody is at work."""
    folder = index_folder(ledger, data_dir)
    with contextlib.suppress(OSError, IndexBusyError, IndexWriteError):
        if len(list((folder / "generations").iterdir())) > 1:
            with locked(folder, ledger, wait=0):
                prune(folder)


def _acceptable(ledger: Path, data_dir: Path) -> Callable[[Book], None]:
    """What refuses a book whose syntax has more faults than that of the generation in force."""
    from ledgerqa.beans.book import SYNTAX_FAULTS
    from ledgerqa.corpus.index import open_index

    kinds = sorted(SYNTAX_FAULTS)
    try:
        with open_index(ledger, data_dir) as index:
            ((before,),) = index.query(
                "SELECT count(*) FROM ledger_errors WHERE kind IN (SELECT unnest(?::VARCHAR[]))", [kinds]
            )
    except (IndexMissingError, IndexDamagedError):
        before = None

    def accept(book: Book) -> None:
        faults = [f"{fault.file}:{fault.line}: {fault.message}" for fault in book.syntax_faults()]
        if before is not None and len(faults) > before:
            raise LedgerBrokenError(ledger, faults)

    return accept
