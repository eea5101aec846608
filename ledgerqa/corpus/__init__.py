"""The index: a ledger's entries as DuckDB tables, built aside in generations and opened read-only.

`build` imports Beancount and numpy; `open_index` neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.corpus.index import Index, LedgerFacts, open_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.records import IndexInfo

__all__ = ["Index", "LedgerFacts", "build", "open_index"]


def build(ledger: Path, data_dir: Path, progress: Callable[[str, int, int], None] | None = None) -> IndexInfo:
    """Load `ledger` and make it the newest generation of its index; see `ledgerqa.corpus.building.build`."""
    from ledgerqa.corpus.building import build as build_generation

    return build_generation(ledger, data_dir, progress)
