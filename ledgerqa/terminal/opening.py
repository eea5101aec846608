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
    from ledgerqa.corpus import build

    deadline = time.monotonic() + PATIENCE
    told = False
    while True:
        try:
            with progress_bar(f"indexing {ledger.name}") as bar, interruptible(bar) as progress:
                return build(ledger, data_dir, progress)
        except IndexBusyError:
            if time.monotonic() > deadline:
                raise
        if not told:
            remark("another ledgerqa is indexing this ledger, waiting for it")
            told = True
        time.sleep(PAUSE)
        index, _ = _try_open(ledger, data_dir) if unless_fresh else (None, "")
        if index:
            with index:
                return index.info


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
