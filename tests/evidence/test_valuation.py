"""Rates, values and conversions against beancount.core; budgets against fava; series against single balances."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from beancount.core import convert, prices
from beancount.core.amount import Amount
from beancount.core.position import Cost, Position
from fava.core.budgets import calculate_budget, parse_budgets

from ledgerqa.evidence import gather
from ledgerqa.evidence.valuation import Rates
from ledgerqa.records import Filters, Grouping, Measure, Period, Plan, Root, Valuation
from tests.evidence import oracle as theirs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.records import Evidence
    from tests.evidence.conftest import Ledger

SHARED = ("ethertw", "gasti", "lazy", "bean_example_10y")


@pytest.fixture(params=["small", *SHARED])
def ledger(request: pytest.FixtureRequest, indexed: Callable[[Path], Ledger], small: Ledger) -> Ledger:
    if request.param == "small":
        return small
    folder = request.getfixturevalue("shared_ledgers")
    main = json.loads((folder / "index.json").read_text())[request.param]["main"]
    return indexed((folder / main).resolve())


def test_rates_values_and_conversions_are_beancounts(ledger: Ledger) -> None:
    chance, of, price_map = random.Random(5), ledger.material, ledger.oracle.price_map()
    rates = Rates(ledger.index.query)
    for _ in range(600):
        base, quote, via = (chance.choice(of.currencies) for _ in range(3))
        day = chance.choice([None, of.first + dt.timedelta(days=chance.randint(-50, (of.last - of.first).days + 50))])
        number = Decimal(chance.randint(-(10**12), 10**12)).scaleb(-chance.randint(0, 9))
        assert rates.rate(base, quote, day) == prices.get_price(price_map, (base, quote), day)[1]
        cost = Cost(Decimal(1), via, of.first, None) if chance.random() < 0.7 else None
        position = Position(Amount(number, base), cost)
        held_in = None if cost is None else via
        valued = convert.get_value(position, price_map, day)
        assert rates.value(number, base, held_in, day)[:2] == (valued.number, valued.currency)
        converted = convert.convert_position(position, quote, price_map, day)
        assert rates.converted(number, base, quote, held_in, day)[:2] == (converted.number, converted.currency)


def test_a_series_is_the_balance_at_each_end(ledger: Ledger) -> None:
    chance, of = random.Random(7), ledger.material
    for span in (Grouping.YEAR, Grouping.QUARTER):
        filters = Filters(accounts=(chance.choice(of.accounts),), roots=(Root.ASSETS, Root.LIABILITIES))
        for valuation in Valuation:
            plan = Plan(Measure.BALANCE, filters, group_by=(span,), valuation=valuation)
            series = gather(plan, ledger.index, of.last, 10**6)
            for name, end in list(_ends(series, span, of.last).items())[-6:]:
                single = replace(plan, group_by=(), period=Period(end=end))
                wanted = theirs.ours(single, gather(single, ledger.index, of.last))
                got = {((), key[1]): value for key, value in theirs.ours(plan, series).items() if key[0] == (name,)}
                assert got == wanted, (name, valuation, filters)


def _ends(series: Evidence, span: Grouping, last: dt.date) -> dict[str, dt.date]:
    ends: dict[str, dt.date] = {}
    for name in (str(row[0]) for row in series.table.rows):
        year = int(name[:4])
        month = 12 if span is Grouping.YEAR else 3 * int(name[-1])
        end = dt.date(year + month // 12, month % 12 + 1, 1)
        ends[name] = min(end, last + dt.timedelta(days=1))
    return ends


@pytest.mark.parametrize("name", ["small", "budgets_example", "lazy"])
def test_budgets_are_favas(name: str, request: pytest.FixtureRequest, indexed: Callable[[Path], Ledger]) -> None:
    if name == "small":
        ledger: Ledger = request.getfixturevalue("small")
    else:
        folder = request.getfixturevalue("shared_ledgers")
        ledger = indexed((folder / json.loads((folder / "index.json").read_text())[name]["main"]).resolve())
    budgets, errors = parse_budgets([entry for entry in ledger.oracle.entries() if type(entry).__name__ == "Custom"])
    assert not errors
    assert budgets
    chance, compared = random.Random(11), 0
    for _ in range(25):
        start = ledger.material.first + dt.timedelta(days=chance.randint(-60, 900))
        end = start + dt.timedelta(days=chance.randint(1, 500))
        span = Period(start, end + dt.timedelta(days=end.day == start.day))  # no whole months: fava knows days alone
        found = gather(Plan(Measure.BUDGET, period=span), ledger.index, ledger.material.last)
        got = {(row[0], row[3]): row[2] for row in found.table.rows}
        assert span.start is not None
        assert span.end is not None
        wanted = {
            (account, currency): number
            for account in budgets
            for currency, number in calculate_budget(budgets, account, span.start, span.end).items()
        }
        assert got.keys() == wanted.keys()
        for slot, number in got.items():
            assert isinstance(number, Decimal)
            assert theirs.close(number, wanted[str(slot[0]), str(slot[1])])
            compared += 1
        spent = {(row[0], row[5]): row[4] for row in found.table.rows}
        for (account, currency), number in spent.items():
            plan = Plan(Measure.SUM, Filters(accounts=(str(account),), currencies=(str(currency),)), span)
            same = gather(plan, ledger.index, ledger.material.last).table.rows
            assert number == (same[0][0] if same else 0)
    assert compared > 20
