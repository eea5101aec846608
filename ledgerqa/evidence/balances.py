"""What stands on accounts: BALANCE and NET_WORTH at a day or at the end of each span, and the two statements.

A balance counts everything before the period's end and leaves out what comes to nothing, as an inventory does.
Values are those of the balance's own day, unless the plan names another.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledgerqa.evidence.amounts import (
    Amount,
    arranged,
    cut,
    laid_out,
    merged,
    read,
    totals,
    unlabelled,
    valued,
    within_limits,
    without_noughts,
    without_unlabelled,
)
from ledgerqa.evidence.changes import changes_told
from ledgerqa.evidence.contributing import contribution
from ledgerqa.evidence.exact import ZERO
from ledgerqa.evidence.filters import until
from ledgerqa.evidence.groups import Group, groups_of, time_group
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.evidence.spans import DAY, name_of, spans, start_of
from ledgerqa.evidence.sums import change_facts, contribution_of_shown, groups_kept, sum_facts, with_empty_sides
from ledgerqa.plan_keys import PASSED
from ledgerqa.records import Evidence, Fact, Filters, Grouping, Period, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.evidence.run import Side
    from ledgerqa.records import Cell

NET_WORTH = Filters(roots=(Root.ASSETS, Root.LIABILITIES))
INCOME_STATEMENT = (Root.INCOME, Root.EXPENSES)
BALANCE_SHEET = (Root.ASSETS, Root.LIABILITIES, Root.EQUITY)


def gather_balance(run: Run) -> Evidence:
    """What the matching accounts hold."""
    return _balance(run, Filters())


def gather_net_worth(run: Run) -> Evidence:
    """What assets and liabilities come to together."""
    return _balance(run, NET_WORTH)


def _balance(run: Run, implied: Filters) -> Evidence:
    passed = run.plan.key == PASSED
    parts = sides(_unbounded(run.plan) if passed else run.plan, implied, cumulative=True)
    span = time_group(run.plan)
    groups = groups_of(run.plan)
    amounts: list[Amount] = []
    unconverted: set[str] = set()
    for side in parts:
        if passed:
            found, without = _passing(run, side, groups)
        else:
            found, without = _series(run, side, groups, span) if span else _as_of(run, side, groups)
        amounts += found
        unconverted.update(without)
    every = arranged(run, groups, with_empty_sides(run, groups, amounts))
    amounts = within_limits(run, without_unlabelled(run, groups, every))
    table = laid_out(run, groups, amounts)
    held_by = tuple(group for group in groups if group.grouping is not span)
    whole = len(_unspanned(groups, every, span))
    base = contribution_of_shown(run, parts, held_by, _unspanned(groups, amounts, span), of=whole)
    if span:
        facts = tuple(change_facts(run, _latest(amounts), cut(run, groups, amounts))) if run.plan.compare else ()
        facts += groups_kept(run, amounts)
    else:
        facts = (*sum_facts(run, groups, amounts), *unlabelled(groups, every))
    return Evidence(
        table=table,
        facts=(*facts, *changes_told(run, parts, amounts, cut(run, groups, amounts), base)),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(table.rows),
        first_date=base.first_date,
        last_date=base.last_date,
        unconverted=tuple(sorted(unconverted)),
    )


def valuation_day(plan: Plan, end: dt.date | None) -> dt.date | None:
    """The day whose prices value a balance: the one that the plan names, else the last before `end`."""
    if plan.at is not None or end is None:
        return plan.at
    return end - DAY


def _as_of(run: Run, side: Side, groups: Sequence[Group]) -> tuple[list[Amount], tuple[str, ...]]:
    held = without_noughts(read(run, side, groups))
    amounts, unconverted = valued(run, held, valuation_day(run.plan, side.period.end))
    return without_noughts(amounts), unconverted


@dataclass(frozen=True)
class _Point:
    """The end of a calendar span: how its row is called, and up to which day it counts."""

    name: Cell
    start: dt.date
    end: dt.date


def _points(run: Run, side: Side, span: Grouping) -> list[_Point]:
    """The spans of the period, or of the ledger up to today; the last ends with the period."""
    ledger = run.index.ledger
    first = side.period.start or ledger.first_date
    end = min(side.period.end or dt.date.max, max(run.today, first) + DAY)
    return [_Point(name_of(start, span), start, min(following, end)) for start, following in spans(first, end, span)]


def _series(run: Run, side: Side, groups: Sequence[Group], span: Grouping) -> tuple[list[Amount], tuple[str, ...]]:
    """The balance at the end of each span: what moved in each, added up from the beginning."""
    place = next(index for index, group in enumerate(groups) if group.grouping is span)
    points = _points(run, side, span)
    if not points:
        return [], ()
    moves = _moves(run, replace(side, clause=side.clause & until(points[-1].end)), groups, span)
    held: dict[tuple[tuple[Cell, ...], str, str | None], Amount] = {}
    results: list[Amount] = []
    unconverted: set[str] = set()
    waiting = sorted(moves)
    for point in points:
        while waiting and waiting[0] < point.end:
            for amount in moves[waiting.pop(0)]:
                _add(held, amount)
        day = run.plan.at or point.end - DAY
        found, without = valued(run, without_noughts(held.values()), day)
        unconverted.update(without)
        kept = without_noughts(found) or _nought(results, side)
        results += [replace(amount, keys=_with_key(amount.keys, place, point.name)) for amount in kept]
    return results, tuple(sorted(unconverted))


def _unbounded(plan: Plan) -> Plan:
    """The plan without the bounds, which are those of what stands, not of what is booked."""
    return replace(plan, filters=replace(plan.filters, minimum=None, maximum=None, inclusive=False))


def _passing(run: Run, side: Side, groups: Sequence[Group]) -> tuple[list[Amount], tuple[str, ...]]:
    """The days of the period on which what stands came to lie within the bounds, having lain outside before."""
    series, _ = _series(run, replace(side, period=Period(end=side.period.end)), groups, Grouping.DAY)
    start, target = side.period.start or dt.date.min, run.plan.convert_to
    before: dict[str, bool] = {}
    found: list[Amount] = []
    for amount in series:
        if target is not None and amount.currency != target:
            continue
        day = amount.keys[0]
        if not isinstance(day, dt.date) or day < start:
            continue
        inside = _lies_within(run.plan.filters, amount)
        opens = start > dt.date.min or _grew(run.plan.filters)  # what a period begins with counts on its first day
        if inside and not before.get(amount.currency, not opens):
            found.append(amount)
        before[amount.currency] = inside
    days = {amount.keys for amount in found}
    return found, tuple(sorted({each.currency for each in series if each.keys in days} - {target} if target else ()))


def _lies_within(bounds: Filters, amount: Amount) -> bool:
    low, high = bounds.minimum, bounds.maximum
    if bounds.inclusive and amount.number in {low, high}:
        return True
    return (low is None or amount.number > low) and (high is None or amount.number < high)


def _grew(bounds: Filters) -> bool:
    """Whether the bounds are passed by growing, as an account does that is new, and not by what is taken off."""
    return (bounds.minimum is not None and bounds.minimum >= 0) or (bounds.maximum is not None and bounds.maximum < 0)


def _moves(run: Run, side: Side, groups: Sequence[Group], span: Grouping) -> dict[dt.date, list[Amount]]:
    """What moved, by the first day of the span in which it did; the keys without that of the span."""
    place = next(index for index, group in enumerate(groups) if group.grouping is span)
    daily = Group(Grouping.DAY, f"date_trunc('{span.value}', p.date)::DATE")
    by_start: defaultdict[dt.date, list[Amount]] = defaultdict(list)
    for amount in read(run, side, [*groups[:place], daily, *groups[place + 1 :]]):
        start = amount.keys[place]
        if isinstance(start, dt.date):
            keys = amount.keys[:place] + amount.keys[place + 1 :]
            by_start[start_of(start, span)].append(replace(amount, keys=keys))
    return by_start


def _add(held: dict[tuple[tuple[Cell, ...], str, str | None], Amount], amount: Amount) -> None:
    slot = (amount.keys, amount.currency, amount.via)
    before = held.get(slot)
    held[slot] = amount if before is None else replace(merged([before, amount])[0], via=amount.via)


def _nought(results: Sequence[Amount], side: Side) -> list[Amount]:
    """After something was held, holding nothing is a nought in the currency held last."""
    last = next((amount for amount in reversed(results) if amount.side == side.label), None)
    return [replace(last, keys=(), number=ZERO)] if last is not None and len(last.keys) == 1 else []


def _with_key(keys: tuple[Cell, ...], place: int, key: Cell) -> tuple[Cell, ...]:
    return (*keys[:place], key, *keys[place:])


def _unspanned(groups: Sequence[Group], amounts: Sequence[Amount], span: Grouping | None) -> list[Amount]:
    """The rows without the key of their span: an entry counts in every later one."""
    places = [index for index, group in enumerate(groups) if group.grouping is not span]
    return [replace(amount, keys=tuple(amount.keys[index] for index in places)) for amount in amounts]


def _latest(amounts: Iterable[Amount]) -> list[Amount]:
    """Of each side and currency the last amounts of the series, added up over other groups."""
    last: dict[str | None, list[Amount]] = {}
    ends: dict[str | None, Cell] = {}
    for amount in amounts:
        if ends.get(amount.side) != amount.keys[0]:
            ends[amount.side], last[amount.side] = amount.keys[0], []
        last[amount.side].append(amount)
    return totals(amount for rows in last.values() for amount in rows)


# -------------------------------------------------------------------------------------------- the statements


def gather_income_statement(run: Run) -> Evidence:
    """Income and expenses of the period by account; facts: the total of either, and what is left."""
    return _statement(run, INCOME_STATEMENT, cumulative=False)


def gather_balance_sheet(run: Run) -> Evidence:
    """Assets, liabilities and equity at the period's end by account; facts: their totals, and the net income so far.

    Nothing is closed to equity, as in beanquery: what was earned and spent stands beside the sheet.
    """
    return _statement(run, BALANCE_SHEET, cumulative=True)


def _statement(run: Run, roots: tuple[Root, ...], *, cumulative: bool) -> Evidence:
    plan = replace(run.plan, group_by=(Grouping.ACCOUNT,), order=run.plan.order)
    groups = groups_of(plan)
    amounts: list[Amount] = []
    facts: list[Fact] = []
    unconverted: set[str] = set()
    parts = sides(run.plan, Filters(roots=roots), cumulative=cumulative)
    for root in roots:
        of_root: list[Amount] = []
        for side in sides(run.plan, Filters(roots=(root,)), cumulative=cumulative):
            day = valuation_day(run.plan, side.period.end) if cumulative else run.plan.at
            found, without = valued(run, without_noughts(read(run, side, groups)), day)
            of_root += without_noughts(found)
            unconverted.update(without)
        rows = arranged(run, groups, of_root)
        facts += _root_facts(run, root.value, rows, len(amounts))
        amounts += rows
    facts += _net_facts(run, amounts, cumulative=cumulative)
    table = laid_out(run, groups, amounts)
    base = contribution(run, either(parts), amounts[0].currency if amounts else "")
    return Evidence(
        table=table,
        facts=tuple(facts),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(table.rows),
        first_date=base.first_date,
        last_date=base.last_date,
        unconverted=tuple(sorted(unconverted)),
    )


def _root_facts(run: Run, name: str, rows: Sequence[Amount], offset: int) -> list[Fact]:
    return [
        Fact(
            name,
            whole.number,
            whole.currency,
            _places(rows[: max(run.shown - offset, 0)], whole, offset),
            whole.side or "",
        )
        for whole in totals(rows)
    ]


def _places(rows: Sequence[Amount], whole: Amount, offset: int) -> tuple[int, ...]:
    return tuple(
        offset + place for place, row in enumerate(rows) if row.currency == whole.currency and row.side == whole.side
    )


def _net_facts(run: Run, amounts: Sequence[Amount], *, cumulative: bool) -> list[Fact]:
    """What income and expenses leave; beside a balance sheet that is a sum of its own."""
    if not cumulative:
        return _root_facts(run, "net", amounts, 0)
    earned: list[Amount] = []
    for side in sides(run.plan, Filters(roots=INCOME_STATEMENT), cumulative=True):
        found, _ = valued(run, read(run, side, ()), valuation_day(run.plan, side.period.end))
        earned += without_noughts(found)
    return [Fact("net", amount.number, amount.currency, (), amount.side or "") for amount in earned]
