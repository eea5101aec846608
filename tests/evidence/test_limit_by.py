"""So many rows of each group: the same as the first of each group among all rows."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.evidence import gather
from ledgerqa.evidence.spans import name_of
from ledgerqa.grounding import headline, warnings
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root, Variant
from tests.evidence.asking import TODAY, Y2022, Y2023, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.records import Evidence
    from tests.evidence.conftest import Ledger

SAMPLE = Path(__file__).parents[2] / "ledgers" / "household" / "main.beancount"
SPENT = Filters(roots=(Root.EXPENSES,), currencies=("EUR",))
MANY = 100_000
MOST, LEAST = Order("amount", descending=True), Order("amount")


def ask(ledger: Ledger, measure: Measure, **changes: Any) -> Evidence:
    return gather(Plan(measure, **changes), ledger.index, TODAY, MANY)


@pytest.fixture(scope="module")
def sample(indexed: Callable[[Path], Ledger]) -> Ledger:
    return indexed(SAMPLE)


@pytest.mark.parametrize("order", [MOST, LEAST])
@pytest.mark.parametrize("limit", [1, 2])
@pytest.mark.parametrize(
    ("outer", "groups"),
    [
        (Grouping.MONTH, (Grouping.MONTH, Grouping.ACCOUNT)),
        (Grouping.YEAR, (Grouping.YEAR, Grouping.PAYEE)),
        (Grouping.ACCOUNT, (Grouping.ACCOUNT, Grouping.PAYEE)),
        (Grouping.YEAR, (Grouping.MONTH,)),
    ],
)
def test_groups(sample: Ledger, outer: Grouping, groups: tuple[Grouping, ...], limit: int, order: Order) -> None:
    every = rows(ask(sample, Measure.SUM, filters=SPENT, group_by=groups, order=order))
    evidence = ask(sample, Measure.SUM, filters=SPENT, group_by=groups, order=order, limit=limit, limit_by=outer)

    def whose(row: tuple[str, ...]) -> str:
        return row[0] if groups[0] is outer else row[0][:4]

    wanted = [
        sorted(row[-2] for row in sorted(same, key=lambda row: row[-2], reverse=order.descending)[:limit])
        for _, same in groupby(sorted(every, key=whose), key=whose)
    ]
    got = [sorted(row[-2] for row in same) for _, same in groupby(rows(evidence), key=whose)]
    assert got == wanted
    assert len(rows(evidence)) < len(every) == evidence.table.row_count, "fewer are shown, and it is known of how many"
    whole = ask(sample, Measure.SUM, filters=SPENT, group_by=groups)
    assert evidence.contributing is not None
    assert whole.contributing is not None
    assert evidence.contributing < whole.contributing, "those of the rows shown alone are cited"


@pytest.mark.parametrize("unit", ["posting", "entry"])
@pytest.mark.parametrize("order", [MOST, LEAST, Order("date"), Order("date", descending=True)])
@pytest.mark.parametrize("outer", [Grouping.MONTH, Grouping.YEAR, Grouping.ACCOUNT, Grouping.PAYEE])
def test_entries(sample: Ledger, outer: Grouping, order: Order, unit: str) -> None:
    every = rows(ask(sample, Measure.LIST, filters=SPENT, order=order, unit=unit))
    evidence = ask(sample, Measure.LIST, filters=SPENT, order=order, unit=unit, limit=2, limit_by=outer)
    first = unit == "entry"  # whose rows begin with the date and the type

    def whose(row: tuple[str, ...]) -> str:
        kept = {Grouping.PAYEE: row[1 + first], Grouping.ACCOUNT: row[3 + first]}
        return kept[outer] if outer in kept else str(name_of(row[0], outer))  # type: ignore[arg-type]

    wanted = [row for _, same in groupby(sorted(every, key=whose), key=whose) for row in list(same)[:2]]
    assert rows(evidence) == wanted
    assert len(wanted) < len(every)
    assert evidence.table.row_count == len(every)
    assert len([entry for entry in evidence.row_entries if entry]) == len(wanted)


def test_sides_are_cut_each_for_itself(sample: Ledger) -> None:
    sides = (Variant("2022", Filters(), Y2022), Variant("2023", Filters(), Y2023))
    groups = (Grouping.QUARTER, Grouping.ACCOUNT)
    evidence = ask(
        sample,
        Measure.SUM,
        filters=SPENT,
        compare=sides,
        group_by=groups,
        order=MOST,
        limit=1,
        limit_by=Grouping.QUARTER,
    )
    told = [(row[0], row[1]) for row in rows(evidence)]
    assert len(told) == len(set(told))
    assert {side for side, _ in told} == {"2022", "2023"}


def test_beanquery_has_no_such_limit(sample: Ledger) -> None:
    assert ask(sample, Measure.LIST, filters=SPENT, order=MOST, limit=1, limit_by=Grouping.YEAR).bql == ""


@pytest.mark.parametrize("rows_shown", [30, MANY])
def test_rows_that_do_not_fit_are_told(sample: Ledger, rows_shown: int) -> None:
    for shape in (
        Plan(Measure.LIST, SPENT, order=MOST, limit=1, limit_by=Grouping.MONTH),
        Plan(
            Measure.SUM, SPENT, group_by=(Grouping.MONTH, Grouping.PAYEE), order=MOST, limit=1, limit_by=Grouping.MONTH
        ),
    ):
        evidence = gather(shape, sample.index, TODAY, rows_shown)
        cut = rows_shown < MANY
        assert (len(evidence.table.rows) == rows_shown) is cut
        assert evidence.table.truncated is cut
        assert ("has the first of them" in headline(shape, evidence, sample.index)) is cut
        assert any("shows 30 of" in each for each in warnings(shape, evidence, sample.index)) is cut
