"""An index that is there and fresh: built first where there is none, where it is of an older form, or stale."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import IndexBusyError, IndexDamagedError, IndexMissingError
from ledgerqa.terminal.embedding import embed_few
from ledgerqa.terminal.streams import interruptible, progress_bar, remark

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.corpus.reindexing import Reindexed
    from ledgerqa.records import IndexInfo
    from ledgerqa.settings import Settings

PATIENCE: Final = 600.0  # seconds to wait for another process that indexes the same ledger
PAUSE: Final = 0.2


def open_fresh(settings: Settings) -> Index:
    """The index of the ledger in `settings`, reindexed where it must be; says so on stderr."""
    from ledgerqa.corpus import open_index

    ledger = settings.ledger_file()
    index, why = _try_open(ledger, settings.data_dir)
    if index:
        return index
    remark(f"{ledger.name}: {why}, indexing first")
    build_patiently(ledger, settings.data_dir, unless_fresh=True)
    embed_few(settings)
    return open_index(ledger, settings.data_dir)


def build_patiently(ledger: Path, data_dir: Path, *, unless_fresh: bool = False) -> IndexInfo:
    """Build the index with a progress bar; while another process builds it, wait for that one.

    With `unless_fresh`, what the other process made is taken when it is up to date.
    """
    return reindex_patiently(ledger, data_dir, anew=not unless_fresh).info


def reindex_patiently(
    ledger: Path, data_dir: Path, *, anew: bool = False, keep_sound: bool = False, quiet: bool = False
) -> Reindexed:
    """Bring the index up to date with a progress bar; see `corpus.reindexing.reindex`.

    While another process is at it, wait for that one, and take what it made.  `quiet` shows nothing where standard
    error is no terminal.
    """
    from ledgerqa.corpus.freshness import freshness
    from ledgerqa.corpus.reindexing import reindex

    deadline = time.monotonic() + PATIENCE
    told = False
    while True:
        if not anew and freshness(ledger, data_dir).state == "fresh":
            return reindex(ledger, data_dir)
        try:
            with progress_bar(f"indexing {ledger.name}", quiet=quiet) as bar, interruptible(bar) as progress:
                return reindex(ledger, data_dir, progress, anew=anew, keep_sound=keep_sound)
        except IndexBusyError:
            if time.monotonic() > deadline:
                raise
        if not told:
            remark("another ledgerqa is indexing this ledger, waiting for it")
            told = True
        time.sleep(PAUSE)


def _try_open(ledger: Path, data_dir: Path) -> tuple[Index | None, str]:
    """The index when it can answer as it is; else None and why not."""
    from ledgerqa.corpus import open_index

    try:
        index = open_index(ledger, data_dir)
    except IndexMissingError:
        return None, "no index yet"
    except IndexDamagedError:
        return None, "the index is damaged or of another version"
    if index.info.stale:
        index.close()
        return None, "the ledger has changed"
    return index, ""
