"""BQL of the measures that list directives: beanquery runs it and gives the same rows."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.evidence import gather
from ledgerqa.plan_keys import OPEN_LOTS
from ledgerqa.records import Filters, Grouping, Measure, Mention, Order, Period, Plan, Root, Valuation, Variant
from tests.evidence import oracle as theirs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.evidence.conftest import Ledger

Y2022 = Period(dt.date(2022, 1, 1), dt.date(2023, 1, 1))
LATEST = Order("date", descending=True)
PLANS = {
    "events": Plan(Measure.EVENTS),
    "an event": Plan(Measure.EVENTS, Filters(mentions=(Mention("b", pattern="b"),)), Y2022, order=LATEST, limit=1),
    "notes": Plan(Measure.NOTES, Filters(roots=(Root.ASSETS,)), Y2022),
    "documents": Plan(Measure.DOCUMENTS, order=LATEST),
    "balance checks": Plan(Measure.BALANCE_CHECKS, Filters(exclude_accounts=("Assets:Cash",))),
    "failing": Plan(Measure.BALANCE_CHECKS, failing=True),
    "accounts": Plan(Measure.ACCOUNTS, Filters(roots=(Root.ASSETS, Root.EXPENSES))),
    "opened": Plan(Measure.ACCOUNTS, key="opened", period=Y2022),
    "closed": Plan(Measure.ACCOUNTS, key="closed"),
}
SHARED = ("small", "bean_example_10y", "ethertw", "lazy", "stock_split")


@pytest.fixture(params=SHARED)
def ledger(request: pytest.FixtureRequest, indexed: Callable[[Path], Ledger], small: Ledger) -> Ledger:
    if request.param == "small":
        return small
    folder = request.getfixturevalue("shared_ledgers")
    main = json.loads((folder / "index.json").read_text())[request.param]["main"]
    return indexed((folder / main).resolve())


def flat(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Cells as our tables write them: an amount in two, a list as a text."""
    found: list[Any] = []
    for cell in cells:
        amounts = theirs.parts(cell)
        if amounts:
            found += amounts[0]
        elif isinstance(cell, list | tuple | set | frozenset):
            found.append(", ".join(cell))
        else:
            found.append(cell)
    return tuple(found)


@pytest.mark.parametrize("name", PLANS)
def test_directives(name: str, ledger: Ledger) -> None:
    plan = PLANS[name]
    found = gather(plan, ledger.index, dt.date(2024, 1, 1), 10**6)
    wanted = [flat(row) for row in ledger.oracle.rows(found.bql)]
    got = [tuple(cell for cell in row if cell not in {None, ""}) for row in found.table.rows]
    if plan.measure is Measure.BALANCE_CHECKS:
        wanted = [row[:4] for row in wanted]  # beanquery's discrepancy has the other sign
        got = [row[:4] for row in got]
    if plan.measure is Measure.DOCUMENTS:
        wanted, got = [row[:2] for row in wanted], [row[:2] for row in got]  # a path may be relative
    assert sorted(got, key=str) == sorted((tuple(cell for cell in row if cell is not None) for row in wanted), key=str)


def test_prices(ledger: Ledger) -> None:
    for commodity, quote in ledger.index.query("SELECT DISTINCT currency, quote FROM prices ORDER BY 1, 2 LIMIT 2"):
        plans = [
            Plan(Measure.PRICE, commodity=commodity, quote=quote),
            Plan(Measure.PRICE, commodity=commodity, quote=quote, at=ledger.material.last - dt.timedelta(days=100)),
            Plan(Measure.PRICE, commodity=commodity, quote=quote, order=Order("amount", descending=True), limit=1),
            Plan(Measure.PRICE, commodity=commodity, quote=quote, order=Order("date"), limit=5),
        ]
        inverse = ledger.index.query("SELECT count(*) FROM prices WHERE currency = ? AND quote = ?", (quote, commodity))
        days = "SELECT count(*) - count(DISTINCT date) FROM prices WHERE currency = ? AND quote = ?"
        if inverse != [(0,)] or ledger.index.query(days, (commodity, quote)) != [(0,)]:
            continue  # merged pairs and days with two prices are a price map's, not the directives'
        for plan in plans:
            found = gather(plan, ledger.index, ledger.material.last)
            wanted = [flat(row) for row in ledger.oracle.rows(found.bql)]
            if plan.order == Order("amount", descending=True):
                assert [row[2] for row in found.table.rows] == [row[2] for row in wanted]
            else:
                assert list(found.table.rows) == wanted, found.bql


def test_open_lots(ledger: Ledger) -> None:
    plan = Plan(Measure.HOLDINGS, key=OPEN_LOTS)
    found = gather(plan, ledger.index, ledger.material.last)
    if not found.bql:
        assert not ledger.index.ledger.operating_currencies
        return
    names = [column.name for column in found.table.columns]
    at = [names.index(name) for name in ("account", "commodity", "bought")]
    got: dict[tuple[str, ...], Decimal] = {}
    for row in found.table.rows:
        slot, number = tuple(str(row[place]) for place in at), row[names.index("units")]
        assert isinstance(number, Decimal)
        got[slot] = got.get(slot, Decimal(0)) + number
    wanted: dict[tuple[str, ...], Decimal] = {}
    for account, currency, day, _, _, units, _ in ledger.oracle.rows(found.bql):
        for number, _ in theirs.parts(units):
            slot = (account, currency, str(day))
            wanted[slot] = wanted.get(slot, Decimal(0)) + number
    assert got == {slot: number for slot, number in wanted.items() if number}


def test_holdings(ledger: Ledger) -> None:
    for day in (ledger.material.last, ledger.material.first + (ledger.material.last - ledger.material.first) / 2):
        plan = Plan(Measure.HOLDINGS, period=Period(end=day))
        found = gather(plan, ledger.index, ledger.material.last)
        if not found.bql:
            assert not ledger.index.ledger.operating_currencies
            continue
        names, theirs_found = [column.name for column in found.table.columns], ledger.oracle.rows(found.bql)
        got: dict[tuple[str, str], Decimal] = {}
        for row in found.table.rows:
            slot = (str(row[0]), str(row[names.index("commodity")]))
            number = row[1]
            assert isinstance(number, Decimal)
            got[slot] = got.get(slot, Decimal(0)) + number
            if "cost" in names and row[names.index("cost")] is not None:
                _check_worth(theirs_found, slot, row, names)
        wanted = {(row[0], row[1]): number for row in theirs_found for number, _ in theirs.parts(row[2])}
        assert got == wanted


def _check_worth(rows: list[theirs.Row], slot: tuple[str, str], row: tuple[Any, ...], names: list[str]) -> None:
    """Cost and value of a row: among beanquery's for the same account and commodity."""
    costs, values = next((one[3], one[4]) for one in rows if (one[0], one[1]) == slot)
    place = names.index("cost")
    assert any(theirs.close(row[place], number) for number, unit in theirs.parts(costs) if unit == row[place + 1])
    if "value" in names and row[names.index("value")] is not None:
        place = names.index("value")
        assert any(theirs.close(row[place], number) for number, unit in theirs.parts(values) if unit == row[place + 1])


@pytest.mark.parametrize(
    "plan",
    [
        Plan(Measure.SUM, group_by=(Grouping.TAG,)),
        Plan(Measure.BALANCE, group_by=(Grouping.MONTH,)),
        Plan(Measure.LIST, unit="entry"),
        Plan(Measure.AVERAGE, per="month"),
        Plan(Measure.BUDGET),
        Plan(Measure.RECURRING),
        Plan(Measure.GAPS),
        Plan(Measure.QUERIES),
        Plan(Measure.LEDGER_ERRORS),
    ],
    ids=lambda plan: plan.measure.value,
)
def test_what_cannot_be_said_is_not_said(plan: Plan, small: Ledger) -> None:
    assert gather(plan, small.index, dt.date(2023, 1, 1)).bql == ""


def test_metadata_and_each_side(small: Ledger) -> None:
    account = Plan(Measure.METADATA, Filters(accounts=("Assets:Bank:Checking",)), key="number")
    first, second = gather(account, small.index, dt.date(2023, 1, 1)).bql.split("\n")
    assert small.oracle.rows(first) == [(dt.date(2022, 1, 1), "Assets:Bank:Checking", "DE 12")]
    assert small.oracle.rows(second) == []
    entry = Plan(Measure.METADATA, Filters(tags=("trip",)), key="receipt")
    assert [row[2] for row in small.oracle.rows(gather(entry, small.index, dt.date(2023, 1, 1)).bql)] == ["r-17"]
    sides = tuple(
        Variant(str(year), Filters(), Period(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))) for year in (2022, 2023)
    )
    compared = gather(
        Plan(Measure.NET_INCOME, compare=sides, valuation=Valuation.COST), small.index, dt.date(2024, 1, 1)
    )
    assert compared.bql.count("\n") == 1
