"""What a question's golds come to, by beanquery: the rows expected, and the entries that contribute.

No gold is a figure that a model could have written: beanquery, the official engine, computes it from the same ledger.
It is given the ledger as `beans` loads it, so that no pickle of it is read or written.
"""

from __future__ import annotations

import bisect
import importlib.util
import os
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ledgerqa.terminal.evaluation.questions import Expected, Rows

Places = frozenset[tuple[str, int]]
"""Entries by file (relative to the main file's folder) and first line."""


class GoldError(Exception):
    """A gold query that beanquery cannot run: the author's fault, told with its question."""


def beanquery_installed() -> bool:
    """Whether golds can be computed; else only literal ones count."""
    return importlib.util.find_spec("beanquery") is not None


class Golds:
    """One ledger behind beanquery."""

    def __init__(self, ledger: Path) -> None:
        import beanquery

        from ledgerqa.beans import load

        self._root = ledger.parent
        book = load(ledger)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.connection = beanquery.connect("beancount:", entries=book.directives, errors=[], options=book.options)
        self.options: Mapping[str, Any] = book.options
        self._starts: dict[str, list[int]] = defaultdict(list)
        for name, line in self.run("SELECT filename, lineno FROM #entries"):
            if name and line:
                bisect.insort(self._starts[name], int(line))

    def rows(self, expected: Expected) -> Rows:
        """The rows expected; an inventory of several currencies gives a row for each."""
        if expected.rows is not None:
            return expected.rows
        return tuple(row for found in self.run(expected.bql) for row in _plain_rows(found)) if expected.bql else ()

    def entries(self, expected: Expected) -> Places | None:
        """The entries that contribute; None where the line does not say."""
        if not expected.entries_bql:
            return None
        found = self.run(expected.entries_bql)
        return frozenset(
            (os.path.relpath(name, self._root), self._start(name, int(line))) for name, line in found if name and line
        )

    def _start(self, name: str, line: int) -> int:
        """The first line of the entry that holds a line: a posting has a line of its own."""
        starts = self._starts.get(name, [])
        at = bisect.bisect_right(starts, line)
        return starts[at - 1] if at else line

    def run(self, bql: str) -> list[Any]:
        """The rows of a query, in beanquery's own types.  Raises `GoldError`."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return list(self.connection.execute(bql).fetchall())
        except Exception as error:
            raise GoldError(f"the gold query cannot be run ({type(error).__name__}: {error}): {bql}") from error


def _plain_rows(row: tuple[Any, ...]) -> list[tuple[str, ...]]:
    """A row of beanquery as rows of text."""
    cells = [_plain_cells(cell) for cell in row]
    inventories = [place for place, cell in enumerate(row) if type(cell).__name__ == "Inventory"]
    if len(inventories) != 1:
        return [tuple(text for cell in cells for text in cell)]
    others = tuple(text for place, cell in enumerate(cells) if place != inventories[0] for text in cell)
    return [(*others, amount) for amount in cells[inventories[0]]]


def _plain_cells(cell: Any) -> list[str]:
    """A cell as texts: amounts as "12.50 EUR", sets one by one, nothing as no cell."""
    kind = type(cell).__name__
    if kind == "Inventory":
        return [text for position in cell for text in _plain_cells(position)]
    if kind == "Position":
        return [f"{cell.units.number} {cell.units.currency}"]
    if kind == "Amount":
        return [f"{cell.number} {cell.currency}"]
    if isinstance(cell, (set, frozenset, list, tuple)):
        return [str(item) for item in sorted(cell, key=str)]
    return [] if cell is None else [str(cell)]
