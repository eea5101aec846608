"""Payees that a bank writes in several ways: the rows stay, what one name comes to is told beside them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.evidence import gather
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 1, 1)
SPENT = [
    ("Plum Hall", 60),
    ("Gorse Market", 40),
    ("GORSE MARKET 0417 LEEDS", 35),
    ("CRD*GORSE MARKET 22", 5),
    ("gorse market", 2),
    ("Gorse Garage", 12),
    ("Gorse Market Cafe", 9),
    ("GORSELAND 3301", 7),
]
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Expenses:Food
""" + "".join(
    f"""
2023-02-{day:02} * "{payee}" "shop"
  Expenses:Food  {amount} GBP
  Assets:Bank
"""
    for day, (payee, amount) in enumerate(SPENT, 1)
)
BY_SHOP = Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,)), group_by=(Grouping.PAYEE,))
TOP, LEAST = (Order("amount", descending=down) for down in (True, False))
NAMES = "Gorse Market, gorse market, GORSE MARKET 0417 LEEDS and CRD*GORSE MARKET 22"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("gorse")
    path = folder / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, folder)
    with open_index(path, folder) as opened:
        yield opened


@pytest.mark.parametrize("order", [None, TOP])
@pytest.mark.parametrize("limit", [None, 1])
def test_one_name_in_several_ways(index: Index, order: Order | None, limit: int | None) -> None:
    plan = Plan(BY_SHOP.measure, BY_SHOP.filters, group_by=BY_SHOP.group_by, order=order, limit=limit)
    evidence = gather(plan, index, TODAY)
    assert evidence.table.rows[0][:2] == ("Plum Hall", 60)
    assert [(one.number, one.note) for one in evidence.facts if one.name == "one_name"] == [(Decimal(82), NAMES)]


def test_how_often_one_name_was_paid(index: Index) -> None:
    plan = Plan(Measure.COUNT, BY_SHOP.filters, group_by=BY_SHOP.group_by, order=TOP, limit=1)
    (fact,) = gather(plan, index, TODAY).facts
    assert fact.number == 4
    assert fact.note.startswith("Gorse Market, gorse market, ")


@pytest.mark.parametrize(
    "plan",
    [
        Plan(Measure.SUM, BY_SHOP.filters, group_by=BY_SHOP.group_by, order=LEAST, limit=1),
        Plan(Measure.SUM, BY_SHOP.filters, group_by=(Grouping.ACCOUNT,)),
    ],
)
def test_where_no_name_is_told_together(index: Index, plan: Plan) -> None:
    assert not [one for one in gather(plan, index, TODAY).facts if one.name == "one_name"]
