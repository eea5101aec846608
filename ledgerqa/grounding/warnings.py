"""What a reader must know about an answer beside the answer: ledger errors that may touch it, staleness, cut rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ledgerqa.grounding.figures import count
from ledgerqa.grounding.phrases import shown
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Evidence, IndexInfo, Plan

NAMED = 3  # errors told one by one; of more, their number

# Errors of entries that the answer rests on, or of entries that have to do with an account of the plan.
TOUCHING = """
SELECT DISTINCT e.error_id, e.file, e.line, e.message FROM ledger_errors e
WHERE e.entry_id IN (SELECT unnest(?::INTEGER[])) OR e.entry_id IN (
    SELECT entry_id FROM (
        SELECT entry_id, account FROM postings UNION ALL SELECT entry_id, account FROM balances
    ) named WHERE EXISTS (
        SELECT 1 FROM (SELECT unnest(?::VARCHAR[]) AS wanted) asked
        WHERE named.account = asked.wanted OR starts_with(named.account, asked.wanted || ':')
    )
)
ORDER BY e.error_id
"""


class Errors(Protocol):
    """What is asked of `corpus.Index`."""

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
    return [f"The ledger changed since it was indexed ({built}): `ledgerqa index` reads it anew."]


def ledger_errors(plan: Plan, evidence: Evidence, index: Errors) -> list[str]:
    """The errors that Beancount reported and that may touch the answer.

    Those of contributing entries and of the plan's accounts are told with their place.  One that names no entry
    (a missing plugin, a line that could not be parsed) may touch anything, so it is told in general.
    """
    if not index.info.ledger_errors or plan.measure is Measure.LEDGER_ERRORS:
        return []
    accounts = [*plan.filters.accounts, *(one for side in plan.compare for one in side.filters.accounts)]
    entries = dict.fromkeys([*evidence.entry_ids, *(entry for entry in evidence.row_entries if entry is not None)])
    touching = index.query(TOUCHING, [list(entries), accounts])
    if touching:
        told = [f"{_place(file, line)}{shown(message)}" for _, file, line, message in touching[:NAMED]]
        more = f"; {count(len(touching), 'such error')} in all" if len(touching) > NAMED else ""
        what = "errors" if told[1:] else "an error"
        return [f"Beancount reports {what} that may touch this answer: {'; '.join(told)}{more}."]
    ((unplaced,),) = index.query("SELECT count(*) FROM ledger_errors WHERE entry_id IS NULL")
    if not unplaced:
        return []
    return [f"The ledger has {count(index.info.ledger_errors, 'error')}; `ledgerqa status` lists them."]


def _place(file: str | None, line: int | None) -> str:
    return "".join(f"{part}:" for part in (file, line) if part) + (" " if file else "")


def _cut(plan: Plan, evidence: Evidence) -> list[str]:
    """That the table holds fewer rows than there are, beyond what the plan itself asks for."""
    rows, total = len(evidence.table.rows), evidence.table.row_count
    if rows >= total or plan.limit == rows:
        return []
    return [f"Only the first {count(rows, 'row')} of {total:,} are shown."]
