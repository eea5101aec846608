"""Which entries an answer cites: each row's own entry in a listing, otherwise the most telling of those summed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.records import Citation, Measure

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Evidence, Plan

MOST = 10
# Measures whose rows are entries of the ledger, so that each row shown is a source.
LISTINGS = frozenset(
    {
        Measure.LIST,
        Measure.PRICE,
        Measure.BUDGET,
        Measure.METADATA,
        Measure.ACCOUNTS,
        Measure.COMMODITIES,
        Measure.EVENTS,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.BALANCE_CHECKS,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
    }
)


def cite(plan: Plan, evidence: Evidence, index: Books, most: int = MOST) -> tuple[Citation, ...]:
    """The citations, numbered from 1.

    A listing cites the entry of each row shown.  A figure cites all entries that it rests on when they are at
    most `most`, otherwise the `most` most telling ones; `Evidence.contributing` says how many there are.
    """
    of_rows = [entry for entry in evidence.row_entries if entry is not None]
    listing = plan.measure in LISTINGS and bool(of_rows)
    wanted = of_rows if listing else [*of_rows, *evidence.entry_ids]
    ids = list(dict.fromkeys(wanted))
    entries = index.entries(ids if listing else ids[:most])
    return tuple(Citation(number, entry) for number, entry in enumerate(entries, start=1))
