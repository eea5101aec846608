"""Rows by the values of a metadata key: a posting's own before its entry's, and what has none told apart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.evidence import gather
from ledgerqa.records import Filters, Grouping, Having, Measure, MetadataFilter, Order, Period, Plan, Root
from tests.evidence.asking import TODAY, Y2023, ask, facts, names, rows
from tests.evidence.test_differential import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.evidence.conftest import Ledger

D = Decimal
BY = (Grouping.METADATA,)
SPENT = Filters(roots=(Root.EXPENSES,))

BOOKS = """
option "operating_currency" "EUR"
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Hours
2022-01-01 open Equity:Hours
2022-01-01 open Expenses:Wood
2022-01-01 open Expenses:Fuel
2022-01-01 open Income:Work
  project: "never on an entry"

2022-03-01 * "Sawmill" "oak"
  project: "boat"
  litres: 3
  Expenses:Wood  100.00 EUR
  Expenses:Wood   40.00 EUR
    project: "shed"
  Expenses:Wood    7.00 EUR
    project:
  Assets:Bank
2022-04-01 * "Pump" "diesel"
  van: "white"
  litres: 20.5
  Expenses:Fuel   30.00 EUR
  Assets:Bank
2023-03-01 * "Sawmill" "ash"
  project: "boat"
  Expenses:Wood   60.00 EUR
  Assets:Bank
2023-04-01 * "Pump" "diesel"
  van: "blue"
  litres: 10
  Expenses:Fuel   15.00 USD
  Assets:Bank
2023-05-01 * "Pump" "diesel"
  van: 12
  litres: 4
  Expenses:Fuel    6.00 EUR
  Assets:Bank
2023-06-01 * "Yard" "launch"
  project: "boat"
  Income:Work   -500.00 EUR
  Assets:Bank
2023-06-02 * "timesheet"
  Assets:Hours     8 HOUR
    project: "boat"
  Assets:Hours     3 HOUR
    project: "shed"
  Equity:Hours
"""


@pytest.fixture(scope="session")
def books(indexed: Callable[[Path], Ledger], tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    path = tmp_path_factory.mktemp("by_key") / "books.beancount"
    path.write_text(BOOKS, encoding="utf-8")
    return indexed(path)


def test_a_postings_own_value_comes_before_its_entrys_and_none_is_told_apart(books: Ledger) -> None:
    found = ask(books, Measure.SUM, filters=SPENT, group_by=BY, by_key="project")
    assert names(found) == ["project", "amount", "currency"]
    assert rows(found) == [("boat", D(160), "EUR"), ("shed", D(40), "EUR"), ("", D(43), "EUR"), ("", D(15), "USD")]
    assert facts(found, "unlabelled") == [(D(43), "EUR"), (D(15), "USD")]
    assert facts(found, "total") == [(D(243), "EUR"), (D(15), "USD")]


def test_what_has_no_value_takes_no_place_among_the_first(books: Ledger) -> None:
    order = Order("amount", descending=True)
    plan = Plan(Measure.SUM, SPENT, group_by=BY, by_key="van", order=order, limit=1)
    found = gather(plan, books.index, TODAY, 1000)
    assert rows(found) == [("white", D(30), "EUR")]
    assert (found.table.row_count, facts(found, "unlabelled")) == (3, [(D(207), "EUR")])
    assert found.contributing == 1


def test_limits_are_of_what_has_a_value(books: Ledger) -> None:
    found = ask(books, Measure.SUM, filters=SPENT, group_by=BY, by_key="project", having=Having(D(41)))
    assert rows(found) == [("boat", D(160), "EUR")]
    assert facts(found, "groups") == [(D(1), "")]
    assert facts(found, "unlabelled") == [(D(43), "EUR"), (D(15), "USD")]


def test_a_filter_and_its_row_come_to_the_same(books: Ledger) -> None:
    for value, figure in (("boat", D(160)), ("shed", D(40))):
        kept = Filters(roots=(Root.EXPENSES,), metadata=(MetadataFilter("project", value),))
        assert rows(ask(books, Measure.SUM, filters=kept)) == [(figure, "EUR")]
    lacking = Filters(roots=(Root.EXPENSES,), metadata=(MetadataFilter("project", absent=True),))
    assert rows(ask(books, Measure.SUM, filters=lacking)) == [(D(43), "EUR"), (D(15), "USD")]


def test_counts_averages_and_values(books: Ledger) -> None:
    counted = ask(books, Measure.COUNT, filters=SPENT, group_by=BY, by_key="project")
    assert rows(counted) == [("boat", 2), ("shed", 1), ("", 4)]
    assert facts(counted, "unlabelled") == [(D(4), "")]
    averaged = ask(books, Measure.AVERAGE, filters=SPENT, group_by=BY, by_key="project")
    assert rows(averaged)[:2] == [("boat", D(80), "EUR"), ("shed", D(40), "EUR")]
    assert rows(ask(books, Measure.COUNT, count_of="values", by_key="project")) == [(2,)]
    assert rows(ask(books, Measure.COUNT, count_of="values", by_key="van", period=Y2023)) == [(2,)]


def test_numbers_under_one_key_by_another(books: Ledger) -> None:
    found = ask(books, Measure.METADATA, key="litres", summed=True, group_by=BY, by_key="van")
    assert names(found) == ["van", "litres"]
    assert rows(found) == [("white", D("20.5")), ("blue", D(10)), ("12", D(4)), ("", D(3))]
    assert facts(found, "unlabelled") == [(D(3), "")]
    fuel = Filters(accounts=("Expenses:Fuel",))
    priced = ask(books, Measure.AVERAGE, filters=fuel, key="litres", group_by=BY, by_key="van", period=Y2023)
    assert rows(priced) == [("12", D("1.5"), "EUR"), ("blue", D("1.5"), "USD")]


PLANS: tuple[tuple[Measure, dict[str, Any]], ...] = (
    (Measure.SUM, {"filters": SPENT, "by_key": "project"}),
    (Measure.SUM, {"filters": SPENT, "by_key": "van"}),
    (Measure.SUM, {"filters": SPENT, "by_key": "project", "limit": 1, "order": Order("amount", descending=True)}),
    (Measure.SUM, {"by_key": "project", "filters": Filters(accounts=("Assets:Hours",))}),
    (Measure.SUM, {"filters": SPENT, "by_key": "van", "group_by": (Grouping.METADATA, Grouping.YEAR)}),
    (Measure.SUM, {"filters": SPENT, "by_key": "project", "group_by": (Grouping.PAYEE, Grouping.METADATA)}),
    (Measure.SUM, {"filters": Filters(metadata=(MetadataFilter("project", "boat"),)), "by_key": "project"}),
    (Measure.NET_INCOME, {"by_key": "project"}),
    (Measure.COUNT, {"filters": SPENT, "by_key": "project"}),
    (Measure.COUNT, {"filters": SPENT, "by_key": "project", "count_of": "postings"}),
    (Measure.COUNT, {"by_key": "project", "count_of": "payees"}),
    (Measure.COUNT, {"by_key": "project", "count_of": "values", "group_by": ()}),
    (Measure.AVERAGE, {"filters": SPENT, "by_key": "project"}),
    (
        Measure.BALANCE,
        {"filters": Filters(accounts=("Assets",)), "by_key": "project", "period": Period(None, Y2023.end)},
    ),
)


@pytest.mark.parametrize(("measure", "changes"), PLANS)
def test_the_same_as_beanquery(books: Ledger, measure: Measure, changes: dict[str, Any]) -> None:
    plan = Plan(measure, **{"group_by": BY, **changes})
    found = gather(plan, books.index, TODAY, 1000)
    assert "any_meta('" in found.bql
    assert rows(found)
    check(books, plan, found)
