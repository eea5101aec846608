"""What a reader must know about an answer beside the answer: ledger errors that may touch it, staleness, cut rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ledgerqa.grounding.figures import count
from ledgerqa.grounding.phrases import STANDING, shown
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledgerqa.grounding.scene import LedgerNames
    from ledgerqa.records import Evidence, IndexInfo, Plan

NAMED = 3  # errors told one by one; of more, their number

# What these say stands in the ledger as it was written, whatever Beancount finds wrong with the figures.
AS_WRITTEN = frozenset(
    {
        Measure.LEDGER_ERRORS,
        Measure.BALANCE_CHECKS,
        Measure.METADATA,
        Measure.ACCOUNTS,
        Measure.COMMODITIES,
        Measure.EVENTS,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.QUERIES,
        Measure.PRICE,
    }
)

# The account types that a measure is of.
IMPLIED = {
    Measure.NET_WORTH: (Root.ASSETS, Root.LIABILITIES),
    Measure.BALANCE_SHEET: (Root.ASSETS, Root.LIABILITIES, Root.EQUITY),
    Measure.HOLDINGS: (Root.ASSETS,),
    Measure.NET_INCOME: (Root.INCOME, Root.EXPENSES),
    Measure.INCOME_STATEMENT: (Root.INCOME, Root.EXPENSES),
    Measure.BUDGET: (Root.EXPENSES,),
    Measure.RECURRING: (Root.INCOME, Root.EXPENSES),
}

# Errors of entries that the answer rests on, or of entries of the days asked for that name an account of the plan.
TOUCHING = """
WITH faulty AS (SELECT entry_id, date FROM entries WHERE entry_id IN (SELECT entry_id FROM ledger_errors)),
named AS (
    SELECT entry_id, account FROM postings WHERE entry_id IN (SELECT entry_id FROM faulty)
    UNION ALL SELECT entry_id, account FROM balances WHERE entry_id IN (SELECT entry_id FROM faulty)
)
SELECT e.error_id, e.file, e.line, e.message FROM ledger_errors e
WHERE e.entry_id IN (SELECT unnest(?::INTEGER[])) OR e.entry_id IN (
    SELECT entry_id FROM named JOIN faulty USING (entry_id)
    WHERE date >= coalesce(?::DATE, date) AND date < coalesce(?::DATE, date + 1) AND EXISTS (
        SELECT 1 FROM (SELECT unnest(?::VARCHAR[]) AS wanted) asked
        WHERE named.account = asked.wanted OR starts_with(named.account, asked.wanted || ':')
    )
)
ORDER BY e.error_id
"""
UNPLACED = "SELECT error_id, file, line, message FROM ledger_errors WHERE entry_id IS NULL ORDER BY error_id"


class Errors(Protocol):
    """What is asked of `corpus.Index`."""

    @property
    def ledger(self) -> LedgerNames:
        """Facts about the ledger."""

    @property
    def info(self) -> IndexInfo:
        """The index's own facts."""

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement."""


def warnings(plan: Plan, evidence: Evidence, index: Errors) -> tuple[str, ...]:
    """One sentence a warning, the gravest first."""
    return (*ledger_errors(plan, evidence, index), *staleness(index.info), *_cut(plan, evidence))


def staleness(info: IndexInfo) -> list[str]:
    """That the ledger changed since it was indexed."""
    if not info.stale:
        return []
    built = f"{info.built_at:%Y-%m-%d %H:%M} UTC"
    return [f"The ledger changed since it was indexed ({built}): `ledgerqa reindex` takes in the changes."]


def ledger_errors(plan: Plan, evidence: Evidence, index: Errors) -> list[str]:
    """The errors that Beancount reported and that may touch the answer.

    Those of contributing entries and of the plan's accounts, and those that may touch anything: `unplaced_errors`.
    """
    if not index.info.ledger_errors or plan.measure in AS_WRITTEN:
        return []
    entries = dict.fromkeys([*evidence.entry_ids, *(entry for entry in evidence.row_entries if entry is not None)])
    touching = index.query(TOUCHING, [list(entries), *_days(plan), _accounts(plan, index.ledger.root_names)])
    return [*_told(touching, "that may touch this answer"), *unplaced_errors(index)]


def unplaced_errors(index: Errors) -> list[str]:
    """The errors that name no entry, such as a line that cannot be parsed: what stands there may be missing."""
    if not index.info.ledger_errors:
        return []
    return _told(index.query(UNPLACED), "outside any entry, so something may be missing here")


def _told(errors: Sequence[tuple[int, str, int, str]], which: str) -> list[str]:
    """One sentence of the first errors, each with its place; none where there is no error."""
    if not errors:
        return []
    told = "; ".join(f"{_place(file, line)}{shown(message).rstrip(' .…')}" for _, file, line, message in errors[:NAMED])
    more = f"; {count(len(errors), 'such error')} in all" if len(errors) > NAMED else ""
    return [f"Beancount reports {'errors' if errors[1:] else 'an error'} {which}: {told}{more}."]


def _accounts(plan: Plan, root_names: Mapping[Root, str]) -> list[str]:
    """The accounts of the plan, or its roots, or those that its measure is of, or every root."""
    filters = [plan.filters, *(side.filters for side in plan.compare)]
    named = [account for one in filters for account in one.accounts]
    roots = [root for one in filters for root in one.roots] or IMPLIED.get(plan.measure, tuple(Root))
    return named or [root_names[root] for root in roots]


def _days(plan: Plan) -> tuple[dt.date | None, dt.date | None]:
    """The days asked for, None where open; what stands at a day rests on all before it."""
    periods = [side.period or plan.period for side in plan.compare] or [plan.period]
    starts, ends = [one.start for one in periods], [one.end for one in periods]
    known_starts, known_ends = [day for day in starts if day], [day for day in ends if day]
    standing = plan.measure in STANDING or len(known_starts) < len(starts)
    return (None if standing else min(known_starts)), (None if len(known_ends) < len(ends) else max(known_ends))


def _place(file: str | None, line: int | None) -> str:
    return "".join(f"{part}:" for part in (file, line) if part) + (" " if file else "")


def _cut(plan: Plan, evidence: Evidence) -> list[str]:
    """That the table holds fewer rows than there are, beyond what the plan itself asks for."""
    rows, total = len(evidence.table.rows), evidence.table.row_count
    if rows >= total or plan.limit == rows or (plan.limit_by is not None and not evidence.table.truncated):
        return []
    return [f"The table shows {rows:,} of {count(total, 'row')}."]
