"""What is told of rows by the values of a metadata key: the key as the noun, and what bears none apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.plan_keys import ENDS
from ledgerqa.records import Filters, Grouping, Having, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index
    from tests.grounding.conftest import Say

from decimal import Decimal

BOOKS = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Bank
2023-01-01 open Income:Work
2023-01-01 open Expenses:Wood

2023-02-01 * "Sawmill" "oak"
  cost-centre: "yard"
  hours: 4
  Expenses:Wood  60.00 EUR
  Assets:Bank
2023-03-01 * "Sawmill" "ash"
  cost-centre: "shop"
  hours: 2.5
  Expenses:Wood  20.00 EUR
  Assets:Bank
2023-04-01 * "Sawmill" "elm"
  hours: 1
  Expenses:Wood  20.00 EUR
  Assets:Bank
2023-05-01 * "Ann" "bench"
  cost-centre: "yard"
  Income:Work   -90.00 EUR
  Assets:Bank
"""
WOOD, BY = Filters(accounts=("Expenses:Wood",)), (Grouping.METADATA,)
MOST = Order("amount", descending=True)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("by_key")
    path = folder / "books.beancount"
    path.write_text(BOOKS, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (
            Plan(Measure.SUM, WOOD, group_by=BY, by_key="cost-centre"),
            (
                "Spending on Wood (Expenses:Wood) by cost-centre (2023-02-01 to 2023-04-01), over 3 entries [1–3]: yard "
                "60.00 EUR (60%); shop 20.00 EUR (20%). Together: 100.00 EUR. With no cost-centre: 20.00 EUR."
            ),
        ),
        (
            Plan(Measure.SUM, WOOD, group_by=BY, by_key="cost-centre", order=MOST, limit=1),
            (
                "The highest cost-centre is yard: 60.00 EUR (spending on Wood (Expenses:Wood)) (2023-02-01), over 1 entry "
                "[1]. All of them together: 80.00 EUR. With no cost-centre: 20.00 EUR."
            ),
        ),
        (
            Plan(Measure.SUM, WOOD, group_by=BY, by_key="cost-centre", order=MOST, limit=1, key=ENDS),
            (
                "The highest cost-centre is yard: 60.00 EUR; the lowest cost-centre is shop: 20.00 EUR (spending on Wood "
                "(Expenses:Wood)) (2023-02-01 to 2023-03-01), over 2 entries [1, 2]. Together: 80.00 EUR. With no "
                "cost-centre: 20.00 EUR."
            ),
        ),
        (
            Plan(Measure.SUM, WOOD, group_by=BY, by_key="cost-centre", having=Having(Decimal(50))),
            (
                "Spending on Wood (Expenses:Wood) was more than 50 for 1 cost-centre (2023-02-01), over 1 entry [1]: yard "
                "60.00 EUR. With no cost-centre: 20.00 EUR."
            ),
        ),
        (
            Plan(Measure.COUNT, WOOD, group_by=BY, by_key="cost-centre"),
            (
                "Number of entries for Wood (Expenses:Wood) by cost-centre (2023-02-01 to 2023-04-01), over 3 entries "
                "[1–3]: shop: 1 entry; yard: 1 entry. With no cost-centre: 1 entry."
            ),
        ),
        (
            Plan(Measure.NET_INCOME, group_by=BY, by_key="cost-centre"),
            (
                "Net income by cost-centre (2023-02-01 to 2023-05-01), over 4 entries [1–4]: yard 30.00 EUR; shop -20.00 "
                "EUR. With no cost-centre: -20.00 EUR."
            ),
        ),
        (
            Plan(Measure.METADATA, WOOD, key="hours", summed=True, group_by=BY, by_key="cost-centre"),
            (
                "hours by cost-centre for Wood (Expenses:Wood), over 3 entries [1–3]: yard 4; shop 2.5. Together: 7.5 "
                "hours. With no cost-centre: 1 hours."
            ),
        ),
        (
            Plan(Measure.SUM, WOOD, group_by=BY, by_key="site"),
            (
                "No site is noted (2023-02-01 to 2023-04-01), over 3 entries [1–3]. Together: 100.00 EUR. With no site: "
                "100.00 EUR."
            ),
        ),
        (
            Plan(Measure.COUNT, Filters(roots=(Root.EXPENSES,)), count_of="values", by_key="cost-centre"),
            "There are 2 different cost-centres (2023-02-01 to 2023-04-01), over 3 entries [1–3].",
        ),
    ],
)
def test_rows_by_a_key_are_told_with_what_bears_none(books: Index, say: Say, plan: Plan, sentence: str) -> None:
    assert say(plan, index=books).text == sentence
