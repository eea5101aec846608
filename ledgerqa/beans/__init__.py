"""Ledger files become a `Book`: Beancount's directives as rows, with their source, and the faults it reported.

The only package that imports Beancount, and only inside the functions that load: a question never needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.beans.book import Batch, Book, LedgerFault, Progress, Source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Batch", "Book", "LedgerFault", "Progress", "Source", "check", "load"]


def load(path: Path, progress: Progress | None = None) -> Book:
    """Load the ledger whose main file is `path`; see `ledgerqa.beans.loading.load`."""
    from ledgerqa.beans.loading import load as load_book

    return load_book(path, progress)


def check(path: Path) -> Path:
    """The absolute path of a ledger's main file, if it can be read as text; see `ledgerqa.beans.loading.check`."""
    from ledgerqa.beans.loading import check as check_file

    return check_file(path)
