"""An index that is there and as fresh as the settings want it: built where it must be, renewed between questions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Self

from ledgerqa.errors import IndexBusyError, LedgerIsFolderError, LedgerMissingError, LedgerqaError
from ledgerqa.terminal.captions import when
from ledgerqa.terminal.embedding import embed_few
from ledgerqa.terminal.streams import interruptible, progress_bar, remark

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from ledgerqa.corpus import Index
    from ledgerqa.corpus.freshness import Freshness
    from ledgerqa.corpus.reindexing import Reindexed
    from ledgerqa.records import IndexInfo
    from ledgerqa.settings import Settings

PATIENCE: Final = 600.0  # seconds to wait for another process that indexes the same ledger
PAUSE: Final = 0.2
QUICK: Final = 30.0
"""Seconds that an index may have taken to make, if a question is to wait for a newer one."""
RETRY: Final = 10.0
"""Seconds until a ledger that could not be taken in is tried again, in a run of questions."""


def open_fresh(settings: Settings) -> Index:
    """The index of the ledger in `settings`; says on stderr what is done about one that is missing or stale.

    Where there is none, or a damaged one, it is built.  A stale one is brought up to date first, as the setting
    `freshness` says; where that fails (the ledger cannot be loaded as it is, or the disk is full) it answers as it is.
    """
    from ledgerqa.corpus import open_index
    from ledgerqa.corpus.freshness import freshness

    ledger = settings.ledger_file()
    standing = freshness(ledger, settings.data_dir)
    if standing.state in {"missing", "damaged"}:
        why = standing.why if standing.state == "missing" else f"the index is damaged ({standing.why})"
        remark(f"{ledger.name}: {_REASONS.get(why, why)}, indexing first")
        reindex_patiently(ledger, settings.data_dir)
        _embed(settings)
    elif standing.state == "stale":
        _freshen(settings, ledger, standing)
    return open_index(ledger, settings.data_dir)


_REASONS: Final = {"there is no index yet": "no index yet"}


def _freshen(settings: Settings, ledger: Path, standing: Freshness) -> None:
    """Do about a stale index what the settings say."""
    built = f"the index of {when(standing.built_at)}" if standing.built_at else "the index as it is"
    quick = standing.manifest is not None and standing.manifest.seconds <= QUICK
    if settings.freshness == "never":
        return
    if settings.freshness == "warn" or not quick:
        remark(
            f"{ledger.name}: the ledger has changed, answering from {built}: `ledgerqa reindex` takes in the changes"
        )
        return
    remark(f"{ledger.name}: the ledger has changed, indexing first")
    try:
        reindex_patiently(ledger, settings.data_dir)
    except (LedgerMissingError, LedgerIsFolderError):
        raise
    except LedgerqaError as error:
        remark(f"{error} Answering from {built}.")
    else:
        _embed(settings)


def _embed(settings: Settings) -> None:
    """Embed what is new, if it is little; exact answers do not fall with it."""
    try:
        embed_few(settings)
    except LedgerqaError as error:
        remark(f"going on without new vectors: {error}")


class FreshIndex:
    """The index for a run of questions: `renewed` between two of them gives the newest, and says so."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.index = open_fresh(settings)
        self._in_vain = -RETRY  # when it was last tried to make a newer one

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.index.close()

    def renewed(self) -> Index:
        """The index to put the next question to.

        Another process may have made a newer generation, or the ledger may have changed: then as `open_fresh`.
        """
        from ledgerqa.corpus.freshness import superseded

        if not superseded(self.index) and (self._is_enough() or not self.index.is_stale()):
            return self.index
        before = self.index.info.generation
        try:
            opened = open_fresh(self.settings)
        except LedgerqaError as error:
            remark(f"{error} Going on with the index as it was.")
            self._in_vain = time.monotonic()
            return self.index
        self.index.close()
        self.index = opened
        if opened.info.generation != before:
            remark(f"the index was renewed: generation {opened.info.generation} answers from here on")
        else:
            self._in_vain = time.monotonic()
        return opened

    def _is_enough(self) -> bool:
        """Whether a stale index has to do for now."""
        if self.settings.freshness == "warn":
            return self._in_vain > 0 or self.index.info.stale  # it was said, when it was opened or since
        return self.settings.freshness == "never" or time.monotonic() - self._in_vain < RETRY


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
