"""beanquery's answer to a plan's own BQL, and both answers brought into one form."""

from __future__ import annotations

import warnings
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import beanquery
from beancount.core.amount import Amount
from beancount.core.inventory import Inventory
from beancount.core.position import Position

from ledgerqa.evidence.groups import WEEKDAYS

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.records import Cell, Evidence, Plan

Row = tuple[Any, ...]
ABBREVIATED = {day[:3]: day for day in WEEKDAYS}
LISTS = {"amount", "average", "price"}


class Oracle:
    """One ledger in beanquery."""

    def __init__(self, ledger: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.connection = beanquery.connect(f"beancount:{ledger}")

    def rows(self, bql: str) -> list[Row]:
        return [tuple(row) for row in self.connection.execute(bql).fetchall()]

    def entries(self) -> list[Any]:
        return list(self.connection.tables["entries"].entries)

    def price_map(self) -> Any:
        return self.connection.tables["prices"].price_map


def plain(cell: Any) -> Cell:
    """A key as our tables write it: years and counts stay apart by the caller; no value is an empty text."""
    if cell is None:
        return ""
    return ABBREVIATED.get(cell, cell) if isinstance(cell, str) else cell


def key(cells: Row) -> tuple[Cell, ...]:
    return tuple(f"{cell:04d}" if isinstance(cell, int) else plain(cell) for cell in cells)


def amounts(rows: list[Row]) -> dict[tuple[tuple[Cell, ...], str], Decimal]:
    """What each group comes to in each currency, by beanquery; nothing is left out, as an inventory leaves it out."""
    found: dict[tuple[tuple[Cell, ...], str], Decimal] = {}
    for *keys, cell in rows:
        for number, currency in parts(cell):
            if number:
                slot = (key(tuple(keys)), currency)
                found[slot] = found.get(slot, Decimal(0)) + number
    return found


def parts(cell: Any) -> list[tuple[Decimal, str]]:
    if isinstance(cell, Inventory):
        return [pair for position in cell for pair in parts(position)]
    if isinstance(cell, Position):
        return parts(cell.units)
    if isinstance(cell, Amount):
        assert cell.number is not None
        return [(cell.number, cell.currency)]
    return []


def ours(plan: Plan, evidence: Evidence, side: str | None = None) -> dict[tuple[tuple[Cell, ...], str], Decimal]:
    """What each group comes to in each currency, by us."""
    found: dict[tuple[tuple[Cell, ...], str], Decimal] = {}
    for row in evidence.table.rows:
        if side is not None and row[0] != side:
            continue
        *keys, number, currency = row[1:] if plan.compare else row
        assert isinstance(number, Decimal)
        assert isinstance(currency, str)
        if number:
            assert (tuple(keys), currency) not in found, "a group stands twice in one currency"
            found[tuple(keys), currency] = number
    return found


def close(one: Decimal, other: Decimal) -> bool:
    """Equal under Beancount's 28 digits: what is left is the rounding of products before or after adding up."""
    return abs(one - other) <= max(abs(one), abs(other), Decimal(1)) * Decimal("1e-22")
