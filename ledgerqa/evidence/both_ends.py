"""LIST with the pick "ends": of the matching bookings the first and the last in their order.

As in "the cheapest and the dearest fill", "when did we first and last see the vet".
"""

from __future__ import annotations

from dataclasses import replace

from ledgerqa.evidence.listing import gather_list
from ledgerqa.evidence.run import Run
from ledgerqa.records import Evidence, Order


def gather_ends(run: Run) -> Evidence:
    """Both rows, each with its entry; one where only one matches, or all are alike."""
    order = run.plan.order or Order("date")
    near, far = (_first(run, replace(order, descending=way)) for way in (order.descending, not order.descending))
    if near.table.row_count < 2 or near.table.rows == far.table.rows:
        return near
    entries = tuple(dict.fromkeys((*near.entry_ids, *far.entry_ids)))
    return replace(
        near,
        table=replace(near.table, rows=near.table.rows + far.table.rows, truncated=near.table.row_count > 2),
        entry_ids=entries,
        contributing=len(entries),
        row_entries=near.row_entries + far.row_entries,
        unconverted=tuple(sorted({*near.unconverted, *far.unconverted})),
    )


def _first(run: Run, order: Order) -> Evidence:
    """The first row in this order; its statement joins those of the run."""
    plan = replace(run.plan, order=order, limit=1, pick="")
    return gather_list(Run(run.index, plan, run.today, run.row_limit, run.entry_limit, run.statements))
