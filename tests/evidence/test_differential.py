"""Hundreds of plans, answered by us from DuckDB and by beanquery from the plan's own BQL: the same to the last digit."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from beancount.core.amount import Amount

from ledgerqa.evidence import gather
from ledgerqa.evidence.exact import BEANCOUNT
from ledgerqa.records import Measure, Valuation
from tests.evidence import oracle as theirs
from tests.evidence.plans import plan as any_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.records import Evidence, Plan
    from tests.evidence.conftest import Ledger

PLANS_SMALL = 120
PLANS_SHARED = 10
SHARED = (
    "bean_example_10y",
    "example",
    "long_example",
    "vesting",
    "ethertw",
    "hackerspace",
    "lazy",
    "gasti",
    "french",
    "synth_de",
    "synth_ja",
    "savings_plan",
    "stock_split",
)
EVERYTHING = 10**9


def test_small_ledger(small: Ledger) -> None:
    said = compare(small, "small", PLANS_SMALL)
    assert said > PLANS_SMALL * 0.6


@pytest.mark.parametrize("name", SHARED)
def test_shared_ledger(name: str, shared_ledgers: Path, indexed: Callable[[Path], Ledger]) -> None:
    main = json.loads((shared_ledgers / "index.json").read_text())[name]["main"]
    said = compare(indexed((shared_ledgers / main).resolve()), name, PLANS_SHARED)
    assert said > PLANS_SHARED * 0.3


def compare(ledger: Ledger, seed: str, count: int) -> int:
    """How many of the plans BQL could say; each of them must have the same rows."""
    chance, said = random.Random(seed), 0
    for _ in range(count):
        plan = any_plan(chance, ledger.material)
        today = ledger.material.last + dt.timedelta(days=chance.randint(-400, 40))
        evidence = gather(plan, ledger.index, today, EVERYTHING)
        if evidence.bql:
            said += 1
            check(ledger, plan, evidence)
    return said


def check(ledger: Ledger, plan: Plan, evidence: Evidence) -> None:
    results = [ledger.oracle.rows(query) for query in evidence.bql.split("\n")]
    labels: list[str | None] = [variant.label for variant in plan.compare] or [None]
    for label, rows in zip(labels, results, strict=True):
        if plan.measure is Measure.COUNT:
            check_counts(plan, evidence, label, rows)
        elif plan.measure is Measure.LIST:
            check_list(plan, evidence, rows)
        elif plan.measure is Measure.AVERAGE:
            amounts = [(*keys, Amount(number, currency)) for *keys, number, currency in rows]
            check_amounts(plan, evidence, label, amounts)
        elif plan.limit is not None and plan.group_by:
            check_first(ledger, plan, evidence, label, rows)
        else:
            check_amounts(plan, evidence, label, rows)


def check_amounts(plan: Plan, evidence: Evidence, label: str | None, rows: list[theirs.Row]) -> None:
    got, wanted = theirs.ours(plan, evidence, label), theirs.amounts(rows)
    sums = plan.measure is not Measure.AVERAGE and plan.convert_to is None and plan.valuation is Valuation.UNITS
    for slot in got.keys() | wanted.keys():
        one, other = got.get(slot, Decimal(0)), wanted.get(slot, Decimal(0))
        exact = sums and len(one.as_tuple().digits) <= BEANCOUNT.prec  # a longer sum is exact here and rounded there
        assert one == other if exact else theirs.close(one, other), f"{slot}: {one} != {other}\n{plan}\n{evidence.bql}"


def check_first(ledger: Ledger, plan: Plan, evidence: Evidence, label: str | None, rows: list[theirs.Row]) -> None:
    """The first groups, by size: which of two equal ones comes first is not BQL's to say."""
    operating = ledger.index.ledger.operating_currencies
    wanted = [(currency, abs(number)) for *_, currency, number in rows if number]
    if len(plan.filters.currencies) != 1:
        wanted = [row for row in wanted if row[0] in operating]  # the order of the others goes by their use
    own = [row for row in evidence.table.rows if label in {None, row[0]}]
    got = [(str(row[-1]), abs(row[-2])) for row in own if isinstance(row[-2], Decimal) and row[-2]]
    assert got[: len(wanted)] == wanted, f"{plan}\n{evidence.bql}"


def check_counts(plan: Plan, evidence: Evidence, label: str | None, rows: list[theirs.Row]) -> None:
    wanted = {theirs.key(tuple(keys)): number for *keys, number in rows if number}
    own = [row[1:] if plan.compare else row for row in evidence.table.rows if label in {None, row[0]}]
    got = {row[:-1]: row[-1] for row in own if row[-1]}
    assert got == wanted, f"{plan}\n{evidence.bql}"


def check_list(plan: Plan, evidence: Evidence, rows: list[theirs.Row]) -> None:
    wanted = []
    for date, payee, narration, account, amount, *value in rows:
        text = tuple(None if one is None else str(one) for one in value)
        wanted.append(
            (date, theirs.plain(payee), theirs.plain(narration), account, amount.number, amount.currency, *text)
        )
    got = list(evidence.table.rows)
    assert [row[:4] for row in got] == [row[:4] for row in wanted], f"{plan}\n{evidence.bql}"
    for one, other in zip(got, wanted, strict=True):
        assert one[5:] == other[5:], f"{plan}\n{evidence.bql}"
        number = one[4]
        assert isinstance(number, Decimal)
        assert theirs.close(number, other[4]), f"{plan}\n{evidence.bql}"
