"""Evidence for a plan: the one entry of this package.  Each measure has one function that computes it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.averages import gather_average, gather_counts
from ledgerqa.evidence.balances import (
    gather_balance,
    gather_balance_sheet,
    gather_income_statement,
    gather_net_worth,
)
from ledgerqa.evidence.both_ends import gather_ends
from ledgerqa.evidence.bql import bql
from ledgerqa.evidence.budgets import gather_budget
from ledgerqa.evidence.dealings import gather_dealings
from ledgerqa.evidence.directives import (
    gather_accounts,
    gather_balance_checks,
    gather_commodities,
    gather_documents,
    gather_events,
    gather_ledger_errors,
    gather_notes,
    gather_queries,
)
from ledgerqa.evidence.exact import difference
from ledgerqa.evidence.exchanged import gather_exchanged
from ledgerqa.evidence.gaps import gather_gaps
from ledgerqa.evidence.holdings import gather_holdings
from ledgerqa.evidence.listing import gather_list
from ledgerqa.evidence.longest_gap import gather_longest_gap
from ledgerqa.evidence.metadata import gather_metadata
from ledgerqa.evidence.outliers import gather_picked
from ledgerqa.evidence.prices import gather_price
from ledgerqa.evidence.recurring import gather_recurring
from ledgerqa.evidence.run import MOST_ENTRIES, Run
from ledgerqa.evidence.settled import gather_settled
from ledgerqa.evidence.steps import gather_steps
from ledgerqa.evidence.sums import gather_net_income, gather_sum
from ledgerqa.plan_keys import AGAINST
from ledgerqa.records import Evidence, Fact, Measure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ledgerqa.corpus import Index
    from ledgerqa.records import Plan

_MEASURES: dict[Measure, Callable[[Run], Evidence]] = {
    Measure.SUM: gather_sum,
    Measure.COUNT: gather_counts,
    Measure.AVERAGE: gather_average,
    Measure.LIST: gather_list,
    Measure.BALANCE: gather_balance,
    Measure.NET_WORTH: gather_net_worth,
    Measure.NET_INCOME: gather_net_income,
    Measure.INCOME_STATEMENT: gather_income_statement,
    Measure.BALANCE_SHEET: gather_balance_sheet,
    Measure.HOLDINGS: gather_holdings,
    Measure.PRICE: gather_price,
    Measure.BUDGET: gather_budget,
    Measure.METADATA: gather_metadata,
    Measure.ACCOUNTS: gather_accounts,
    Measure.COMMODITIES: gather_commodities,
    Measure.EVENTS: gather_events,
    Measure.NOTES: gather_notes,
    Measure.DOCUMENTS: gather_documents,
    Measure.BALANCE_CHECKS: gather_balance_checks,
    Measure.QUERIES: gather_queries,
    Measure.LEDGER_ERRORS: gather_ledger_errors,
    Measure.RECURRING: gather_recurring,
    Measure.GAPS: gather_gaps,
}

_PICKED: dict[str, Callable[[Run], Evidence]] = {
    "unusual": gather_picked,
    "twice": gather_picked,
    "changed": gather_steps,
    "gap": gather_longest_gap,
    "ends": gather_ends,
    "settled": gather_settled,
    "exchanged": gather_exchanged,
    "begun": gather_dealings,
    "ended": gather_dealings,
}


def gather(
    plan: Plan, index: Index, today: dt.date, row_limit: int = 1000, entry_limit: int | None = MOST_ENTRIES
) -> Evidence:
    """Exact rows for the plan, the entries they rest on, and what can be derived from them.

    The table holds at most `row_limit` rows (and at most the plan's own limit); its `row_count` says how many
    there are.  It names at most `entry_limit` contributing entries (None: all).  Figures carry the ledger's sign.
    """
    whole = replace(plan, limit=plan.limit + plan.skip) if plan.limit is not None else plan
    run = Run(index, whole, today, row_limit, entry_limit)
    evidence = _measured_by(plan)(run)
    evidence = _passed_over(evidence, plan.skip) if plan.skip else evidence
    evidence = _against_its_limit(evidence, plan)
    said = "" if plan.pick or plan.skip else bql(plan, index.ledger, today)
    rated = tuple(sorted(run.rates.newest)) if plan.convert_to is not None else ()
    return replace(evidence, statements=tuple(run.statements), bql=said, rated=rated)


def _measured_by(plan: Plan) -> Callable[[Run], Evidence]:
    """The function of the plan's measure, or of what it picks; some measures pick for themselves."""
    usual = _MEASURES[plan.measure]
    return usual if plan.measure in {Measure.METADATA, Measure.RECURRING} else _PICKED.get(plan.pick, usual)


def _against_its_limit(evidence: Evidence, plan: Plan) -> Evidence:
    """With what is left of the limit that the plan names, below nought where there is more; of one figure alone."""
    numbers = [cell for row in evidence.table.rows for cell in row if isinstance(cell, Decimal)]
    if plan.key is None or not plan.key.startswith(AGAINST) or len(numbers) != 1:
        return evidence
    bound = Decimal(plan.key.removeprefix(AGAINST))
    reached = numbers[0] if bound >= 0 else -numbers[0]
    currency = next((cell for row in evidence.table.rows for cell in row if isinstance(cell, str)), "")
    facts = (Fact("limit", abs(bound), currency), Fact("left", difference(abs(bound), reached), currency))
    return replace(evidence, facts=(*evidence.facts, *facts))


def _passed_over(evidence: Evidence, skip: int) -> Evidence:
    """Without the first rows, and without the entries that only these are."""
    kept = evidence.row_entries[skip:]
    own = tuple(dict.fromkeys(entry for entry in kept if entry is not None))
    facts = tuple(
        replace(fact, rows=tuple(row - skip for row in fact.rows))
        for fact in evidence.facts
        if fact.rows and min(fact.rows) >= skip
    )
    return replace(
        evidence,
        table=replace(evidence.table, rows=evidence.table.rows[skip:]),
        facts=facts,
        row_entries=kept,
        entry_ids=own or evidence.entry_ids,
        contributing=len(own) or evidence.contributing,
    )
