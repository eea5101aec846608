"""Yes or no, before the sentence, where the question asks whether there is something and the rows settle it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.records import Evidence, Plan

ASKED = re.compile(
    r"\s*(?:(?:so|and|ok|okay|please|hey|hi|well)[,\s]+)*"
    r"(?:did (?:i|we|you|any|anything|anyone)|have (?:i|we)|has (?:any|anything|there)|(?:is|are|was|were) there|any\b"
    r"|do (?:i|we) have|does .{1,40} have)\b",
    re.IGNORECASE,
)
# With one of these in it the question asks for more than existence: an amount, an order, a whole, a state.
MORE = re.compile(
    r"\b(?:or|than|enough|all|every|each|only|still|full|fully|paid back|not|never|no longer|without|stay|within"
    r"|inside|exceed|(?:over|under) budget|how|when|where|who|what|which|why|more|less|most|least|always|usually)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
SETTLED = frozenset(
    {
        Measure.COUNT,
        Measure.LIST,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.EVENTS,
        Measure.BALANCE_CHECKS,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
        Measure.METADATA,
        Measure.GAPS,
        Measure.BUDGET,
        Measure.RECURRING,
    }
)


def opening(question: str, plan: Plan, evidence: Evidence) -> str:
    """Yes or no where that is certain, otherwise nothing: a wrong yes is worse than none."""
    asked = ASKED.match(question)
    if not asked or plan.measure not in SETTLED or plan.compare or plan.meaning:
        return ""
    rest = question[asked.end() :]
    if plan.measure is Measure.GAPS:
        rest = re.sub(r"\b(?:not?|without|never)\b|n['’]t\b", "", rest, flags=re.IGNORECASE)  # what a gap is
    if MORE.search(rest):
        return ""
    rows = evidence.table.rows
    found = any(row[-1] for row in rows) if plan.measure is Measure.COUNT else bool(rows)
    return "Yes." if found else "No."
