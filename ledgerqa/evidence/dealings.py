"""Who stands in the ledger for the first time in a period, or for the last: the first or last entry with each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.evidence.listing import gather_list
from ledgerqa.records import Period

if TYPE_CHECKING:
    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Evidence

_EVERYBODY = 10**6  # payees of a ledger, at most


def gather_dealings(run: Run) -> Evidence:
    """Of the first entry with each payee at any time, as the plan orders and limits them, those in its period."""
    span = run.plan.period
    every = gather_list(replace(run, plan=replace(run.plan, period=Period()), row_limit=_EVERYBODY))
    payee = next(place for place, column in enumerate(every.table.columns) if column.name == "payee")
    inside = [
        place
        for place, row in enumerate(every.table.rows)
        if row[payee] and (not span.start or row[0] >= span.start) and (not span.end or row[0] < span.end)  # type: ignore[operator]
    ]
    inside.sort(key=lambda place: every.table.rows[place][0])  # type: ignore[arg-type,return-value]
    shown = inside[: run.row_limit]
    entries = [every.row_entries[place] for place in inside]
    own = tuple(dict.fromkeys(entry for entry in entries if entry is not None))
    days = [every.table.rows[place][0] for place in inside]
    return replace(
        every,
        table=replace(
            every.table,
            rows=tuple(every.table.rows[place] for place in shown),
            row_count=len(inside),
            truncated=len(shown) < len(inside),
        ),
        entry_ids=own[: run.entry_limit],
        contributing=len(own),
        row_entries=tuple(every.row_entries[place] for place in shown),
        first_date=days[0] if days else None,  # type: ignore[arg-type]
        last_date=days[-1] if days else None,  # type: ignore[arg-type]
        facts=(),
    )
