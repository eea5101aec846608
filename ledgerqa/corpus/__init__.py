"""The index: a ledger's entries as DuckDB tables, built aside in generations and opened read-only.

`build` imports Beancount and numpy; `open_index` neither; asking whether an index is fresh, not even DuckDB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.corpus.index import Index, LedgerFacts, open_index
    from ledgerqa.corpus.reindexing import Reindexed
    from ledgerqa.records import IndexInfo

    Progress = Callable[[str, int, int], None]

__all__ = ["Index", "LedgerFacts", "build", "open_index", "reindex"]


def build(ledger: Path, data_dir: Path, progress: Progress | None = None) -> IndexInfo:
    """Load `ledger` and make it the newest generation of its index, whether it has changed or not."""
    return reindex(ledger, data_dir, progress, anew=True).info


def reindex(
    ledger: Path, data_dir: Path, progress: Progress | None = None, *, anew: bool = False, keep_sound: bool = False
) -> Reindexed:
    """Bring the index of `ledger` up to date; see `ledgerqa.corpus.reindexing.reindex`."""
    from ledgerqa.corpus.reindexing import reindex as bring_up_to_date

    return bring_up_to_date(ledger, data_dir, progress, anew=anew, keep_sound=keep_sound)


def __getattr__(name: str) -> Any:
    """What needs DuckDB, when it is first asked for."""
    if name in {"Index", "LedgerFacts", "open_index"}:
        from ledgerqa.corpus import index

        return getattr(index, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
