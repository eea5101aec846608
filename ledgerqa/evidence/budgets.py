"""BUDGET: fava's custom "budget" directives, what they allow over a period, and what was spent of it.

As fava reckons: on each day the budget last stated for an account and currency is in force; a day's part of it is
the number over the days of the calendar interval (week, month, ...) in which the day lies.  A period of whole months,
from whatever day of the month, has as many months of the budget instead.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ledgerqa.evidence.contributing import contribution
from ledgerqa.evidence.exact import difference, joined, percent, product, quotient, summed, total
from ledgerqa.evidence.filters import Clause, all_of, any_of, one_of, subtree, within
from ledgerqa.evidence.groups import groups_of, time_group
from ledgerqa.evidence.spans import DAY, name_of, next_start, spans, start_of, whole_months
from ledgerqa.plan_keys import STATED
from ledgerqa.records import Column, Evidence, Fact, Grouping, Period, Root, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Cell

INTERVALS = {
    "daily": Grouping.DAY,
    "day": Grouping.DAY,
    "weekly": Grouping.WEEK,
    "week": Grouping.WEEK,
    "monthly": Grouping.MONTH,
    "month": Grouping.MONTH,
    "quarterly": Grouping.QUARTER,
    "quarter": Grouping.QUARTER,
    "yearly": Grouping.YEAR,
    "year": Grouping.YEAR,
}
_MONTHS: Final = {Grouping.MONTH: 1, Grouping.QUARTER: 3, Grouping.YEAR: 12}


@dataclass(frozen=True)
class Budget:
    """One directive: from `date` on, `number` of `currency` may go to `account` in each interval."""

    entry_id: int
    date: dt.date
    account: str
    interval: str
    number: Decimal
    currency: str


def gather_budget(run: Run) -> Evidence:
    """The budgets in force; with a period, what they come to over it, what was spent, and what is left.

    Grouped by months (quarters, ...) each has a row of its own.  `plan.failing` keeps those of which more was spent
    than they allow.
    """
    lines: dict[tuple[str, str], list[Budget]] = {}
    for budget in _stated(run):
        lines.setdefault((budget.account, budget.currency), []).append(budget)
    if run.plan.key == STATED:
        return _listed(run, [budget for stated in lines.values() for budget in stated], dated=True)
    if run.plan.period.start is None:
        return _in_force(run, lines)
    return _against_spending(run, lines)


def _stated(run: Run) -> list[Budget]:
    plan = run.plan
    clauses: list[Clause] = []
    if plan.filters.accounts:
        clauses.append(subtree(plan.filters.accounts, "b.account"))
    if plan.filters.currencies:
        clauses.append(one_of("b.currency", plan.filters.currencies))
    if plan.key is not None and plan.key != STATED:
        clauses.append(one_of("lower(b.interval)", (plan.key.lower(),)))
    where = all_of(clauses)
    rows = run.query(
        "SELECT b.entry_id, b.date, b.account, b.interval, b.number, b.number_text, b.currency FROM budgets b "
        f"WHERE {where.sql} ORDER BY b.account, b.currency, b.date, b.entry_id",
        where.parameters,
    )
    return [
        Budget(entry_id, date, account, interval, joined(number, text), currency)
        for entry_id, date, account, interval, number, text, currency in rows
        if interval.lower() in INTERVALS
    ]


def _in_force(run: Run, lines: dict[tuple[str, str], list[Budget]]) -> Evidence:
    """The last budget of each account and currency stated on or before the day."""
    end = run.plan.period.end
    day = run.plan.at or (end - DAY if end is not None else run.today)
    return _listed(run, [budget for stated in lines.values() for budget in _last(stated, day)])


def _listed(run: Run, current: Sequence[Budget], *, dated: bool = False) -> Evidence:
    """A row a budget; the day that it is stated on beside it, where all are told that ever held."""
    shown = current[: run.shown]
    columns = (
        Column("account", "text"),
        Column("interval", "text"),
        Column("budget", "number"),
        Column("currency", "currency"),
        *((Column("since", "date"),) if dated else ()),
    )
    return Evidence(
        table=Table(
            columns,
            tuple(
                (each.account, each.interval, each.number, each.currency, *((each.date,) if dated else ()))
                for each in shown
            ),
            len(current),
            truncated=len(shown) < len(current),
        ),
        entry_ids=tuple(budget.entry_id for budget in shown)[: run.entry_limit],
        contributing=len(current),
        row_entries=tuple(budget.entry_id for budget in shown),
        first_date=min((budget.date for budget in shown), default=None),
        last_date=max((budget.date for budget in shown), default=None),
    )


def _last(stated: Sequence[Budget], day: dt.date) -> Sequence[Budget]:
    place = bisect_right([budget.date for budget in stated], day)
    return stated[place - 1 : place] if place else ()


def _against_spending(run: Run, lines: dict[tuple[str, str], list[Budget]]) -> Evidence:
    rows: list[tuple[Cell, ...]] = []
    facts: list[Fact] = []
    entries: dict[int, None] = {}
    spending: list[Clause] = []
    for ((account, currency), stated), (key, start, end) in itertools.product(lines.items(), _spans(run)):
        active = budgets_between(stated, start, end)
        if not active:
            continue
        place = len(rows)
        allowed = allowance(stated, start, end)
        clause = all_of((subtree((account,)), one_of("p.currency", (currency,)), within(Period(start, end))))
        spent = _spent(run, clause)
        if earned := _is_earned(run, account):
            allowed, spent = abs(allowed), -spent
        left = difference(allowed, spent)
        if run.plan.failing and (left >= 0 or earned):
            continue
        intervals = ", ".join(dict.fromkeys(budget.interval for budget in active))
        rows.append((*key, account, intervals, allowed, currency, spent, currency, left, currency))
        entries.update(dict.fromkeys(budget.entry_id for budget in active))
        spending.append(clause)
        if allowed:
            facts.append(Fact("used", percent(spent, allowed), "%", (place,), " ".join((account, *map(str, key)))))
    return _compared(run, rows, facts, entries, spending)


def _spans(run: Run) -> list[tuple[tuple[Cell, ...], dt.date, dt.date]]:
    """The whole period; or by the plan's grouping each calendar span of it that has begun, with its name."""
    period, unit = run.plan.period, time_group(run.plan)
    start = period.start or run.today
    end = period.end or max(run.today, start) + DAY
    if unit is None:
        return [((), start, end)]
    begun = min(end, max(run.today, start) + DAY)
    return [
        ((name_of(first, unit),), max(first, start), min(following, end))
        for first, following in spans(start, begun, unit)
    ]


def _compared(
    run: Run,
    rows: Sequence[tuple[Cell, ...]],
    facts: Sequence[Fact],
    entries: dict[int, None],
    spending: Sequence[Clause],
) -> Evidence:
    columns = [group.column for group in groups_of(run.plan)]
    columns += [Column("account", "text"), Column("interval", "text")]
    earned = bool(rows) and all(_is_earned(run, str(row[-8])) for row in rows)
    for name in ("budget", "received" if earned else "spent", "left"):
        columns += [Column(name, "number"), Column("currency", "currency")]
    base = contribution(run, any_of(spending), str(rows[0][-1]) if rows else "")
    shown = tuple(rows[: run.shown])
    told = tuple(fact for fact in facts if fact.rows[0] < len(shown))
    over = tuple(
        place
        for place, row in enumerate(rows)
        if isinstance(row[-2], Decimal) and row[-2] < 0 and not _is_earned(run, str(row[-8]))
    )
    counted = (Fact("exceeded", Decimal(len(over)), rows=over),) if time_group(run.plan) else ()
    return Evidence(
        table=Table(tuple(columns), shown, len(rows), truncated=len(shown) < len(rows)),
        facts=(*told, *counted),
        entry_ids=(*entries, *base.entry_ids)[: run.entry_limit],
        contributing=len(entries) + base.contributing,
        row_entries=(None,) * len(shown),
        first_date=base.first_date,
        last_date=base.last_date,
    )


def _is_earned(run: Run, account: str) -> bool:
    """Whether it is an account of income, where what comes in is set against what was hoped for."""
    root = account.partition(":")[0]
    return run.index.ledger.root_names.get(Root.INCOME, "Income") == root


def _spent(run: Run, clause: Clause) -> Decimal:
    """What the postings to the account and those below it come to, in one currency."""
    ((number, beyond),) = run.query(
        "SELECT sum(p.number), list(p.number_text) FILTER (p.number_text IS NOT NULL) "
        f"FROM postings p WHERE {clause.sql}",
        clause.parameters,
    )
    return summed(number, beyond)


def budgets_between(stated: Sequence[Budget], start: dt.date, end: dt.date) -> list[Budget]:
    """Those of one account and currency that are in force on a day from `start` up to, not including, `end`."""
    following = [budget.date for budget in stated[1:]] + [dt.date.max]
    return [budget for budget, until in zip(stated, following, strict=True) if budget.date < end and until > start]


def allowance(stated: Sequence[Budget], start: dt.date, end: dt.date) -> Decimal:
    """What the budgets of one account and currency, in order of their dates, come to from `start` up to `end`.

    The same as fava.core.budgets.calculate_budget(), but for its rounding (fava adds up rounded days, here a whole
    interval is the budget's own number and only a part of one is divided) and for a period of whole months: there a
    month has a twelfth of what is stated for a year, so that a year from April to March has all of it.
    """
    dates = [budget.date for budget in stated]
    months = list(whole_months(start, end))
    shares: defaultdict[int, Fraction] = defaultdict(Fraction)
    for offset in range((end - start).days):
        day = start + offset * DAY
        place = bisect_right(dates, day) - 1
        if place >= 0:
            shares[place] += Fraction(1, _days_in(INTERVALS[stated[place].interval.lower()], day, months))
    return total(_part(stated[place].number, share) for place, share in shares.items())


def _days_in(interval: Grouping, day: dt.date, months: Sequence[tuple[dt.date, dt.date]]) -> int:
    """Of how many days like this one the interval consists: those of its calendar span, else of as many months."""
    if months and interval in _MONTHS:
        first, following = months[bisect_right(months, day, key=lambda month: month[0]) - 1]
        return (following - first).days * _MONTHS[interval]
    first = start_of(day, interval)
    return (next_start(first, interval) - first).days


def _part(number: Decimal, share: Fraction) -> Decimal:
    if share.denominator == 1:
        return product(number, Decimal(share.numerator))
    return quotient(product(number, Decimal(share.numerator)), Decimal(share.denominator))
