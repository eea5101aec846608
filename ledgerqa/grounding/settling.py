"""Sentences for how long invoices took to be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.scene import FEW, text

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Scene

_DIGITS = 1  # of an average number of days


def days(scene: Scene) -> list[str]:
    """As in "5 paid invoices of Orford in 2024 took 70 days on average, the quickest 52"; or each payee's average."""
    facts = {one.name: one.number for one in scene.evidence.facts}
    mean, fewest, most = (_days(facts[name]) for name in ("settled_mean", "fewest", "most"))
    invoices = figures.count(facts["settled_count"], "paid invoice")
    if not scene.plan.group_by:
        whom = figures.listed([phrases.shown(name) for each in scene.plan.filters.mentions for name in each.payees])
        said = f"{invoices}{f' of {whom}' if whom else ''}{scene.when}"
        took = f"took {mean} days to be paid" if facts["settled_count"] == 1 else f"took {mean} days on average"
        spread = "" if fewest == most else f", the quickest {fewest} and the slowest {most}"
        return [f"{said} {took}{spread}{scene.marks}."]
    rows = range(min(len(scene.evidence.table.rows), FEW))
    each = "; ".join(_payee(scene, row) for row in rows)
    order = scene.plan.order
    lead = "Quickest to pay is " if order and not order.descending else "Slowest to pay is " if order else ""
    cut = f"; {scene.all_rows}" if len(rows) < len(scene.evidence.table.rows) else ""
    return [f"{lead}{each}{cut}{scene.marks}. All {invoices}{scene.when} took {mean} days on average."]


def _payee(scene: Scene, row: int) -> str:
    average = _days(Decimal(text(scene.cell(row, "days"))))
    count = figures.count(int(text(scene.cell(row, "invoices"))), "paid invoice")
    return f"{phrases.shown(text(scene.cell(row, 'payee')))}: {average} days on average ({count})"


def _days(number: Decimal) -> str:
    return figures.shortened(number, _DIGITS).removesuffix(".0")
