"""Entries are named, counted and listed alike, whether few of them are looked at or all."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.evidence import gather
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root, Valuation
from tests.evidence.plans import plan as any_plan

if TYPE_CHECKING:
    from tests.evidence.conftest import Ledger

PLANS = 300


@pytest.mark.parametrize("limit", [1, 2, 5, 12])
def test_the_first_entries_are_those_of_the_whole_order(small: Ledger, limit: int) -> None:
    chance, longer = random.Random(limit), 0
    for _ in range(PLANS):
        plan = any_plan(chance, small.material)
        whole = gather(plan, small.index, small.material.last, entry_limit=None)
        first = gather(plan, small.index, small.material.last, entry_limit=limit)
        assert first.entry_ids == whole.entry_ids[:limit], plan
        assert first.contributing == whole.contributing, plan
        if plan.measure is not Measure.LIST:
            assert whole.contributing == len(whole.entry_ids), plan
        longer += len(whole.entry_ids) > limit
    assert longer > PLANS / 30


def test_entries_without_an_amount_in_the_first_currency_come_last(small: Ledger) -> None:
    plan = Plan(Measure.SUM, Filters(roots=(Root.ASSETS,)), valuation=Valuation.COST)
    evidence = gather(plan, small.index, small.material.last, entry_limit=None)
    whole, first = evidence.entry_ids, evidence.table.rows[0][-1]
    sql = "SELECT entry_id, bool_or(basis_currency = ?) FROM postings WHERE root = 'assets' GROUP BY entry_id"
    booked = dict(small.index.query(sql, [first]))
    having = sum(booked[entry] for entry in whole)
    assert 0 < having < len(whole) - 2
    assert all(booked[entry] for entry in whole[:having])
    for limit in range(1, len(whole)):
        assert gather(plan, small.index, small.material.last, entry_limit=limit).entry_ids == whole[:limit]


@pytest.mark.parametrize("order", [None, Order("date"), Order("date", descending=True), Order("amount"), Order("key")])
@pytest.mark.parametrize("limit", [1, 2, 7])
def test_the_first_entries_of_a_list_are_those_of_the_whole_list(
    small: Ledger, order: Order | None, limit: int
) -> None:
    for filters in (Filters(), Filters(roots=(Root.EXPENSES,)), Filters(currencies=("USD",))):
        plan = Plan(Measure.LIST, filters, unit="entry", order=order)
        whole = gather(plan, small.index, small.material.last)
        first = gather(replace(plan, limit=limit), small.index, small.material.last)
        assert first.table.rows == whole.table.rows[:limit]
        assert first.row_entries == whole.row_entries[:limit]
        assert first.table.row_count == whole.table.row_count == len(set(whole.row_entries))


@pytest.mark.parametrize("grouping", [each for each in Grouping if each not in {Grouping.TAG, Grouping.LINK}])
def test_entries_are_counted_once_in_each_group(small: Ledger, grouping: Grouping) -> None:
    column = {Grouping.CURRENCY: 5, Grouping.ACCOUNT: 3, Grouping.PAYEE: 1, Grouping.NARRATION: 2}.get(grouping)
    counts = gather(Plan(Measure.COUNT, group_by=(grouping,)), small.index, small.material.last)
    rows = gather(Plan(Measure.LIST), small.index, small.material.last)
    listed = zip(rows.table.rows, rows.row_entries, strict=True)
    if column is not None:
        pairs = {(row[column], entry) for row, entry in listed}
        assert {(row[0], row[1]) for row in counts.table.rows} == {
            (key, sum(one == key for one, _ in pairs)) for key in {key for key, _ in pairs}
        }
    else:
        assert sum(int(str(row[1])) for row in counts.table.rows) == len({entry for _, entry in listed})
