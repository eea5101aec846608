"""The first of each: so many bills of each month, payees of each year, purchases in each category, and not of all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 3, 1)
D = Decimal
BOOKED = (
    ("2023-02-03", "Miller", "flour", "Expenses:Shop:Flour", "40.00"),
    ("2023-05-09", "Coldstore", "fridge", "Expenses:Kit", "310.00"),
    ("2023-05-20", "Miller", "flour", "Expenses:Shop:Flour", "45.00"),
    ("2023-11-02", "Hartley", "oven repair", "Expenses:Kit", "120.00"),
    ("2024-01-15", "Miller", "flour", "Expenses:Shop:Flour", "50.00"),
    ("2024-01-28", "Dairyman", "butter", "Expenses:Shop:Butter", "61.00"),
    ("2024-02-11", "Miller", "flour", "Expenses:Shop:Flour", "52.00"),
    ("2024-02-12", "Dairyman", "butter", "Expenses:Shop:Butter", "20.00"),
    ("2024-06-30", "Hartley", "mixer", "Expenses:Kit", "99.00"),
)
LEDGER = """
option "operating_currency" "GBP"
2023-01-01 open Assets:Bank
2023-01-01 open Income:Stall
2023-01-01 open Expenses:Kit
2023-01-01 open Expenses:Shop:Flour
2023-01-01 open Expenses:Shop:Butter
2023-04-01 * "Fair" "stall"
  Assets:Bank  500.00 GBP
  Income:Stall
2024-04-01 * "Fair" "stall"
  Assets:Bank  400.00 GBP
  Income:Stall
""" + "".join(
    f"""
{day} * "{payee}" "{what}"
  {account}  {amount} GBP
  Assets:Bank
"""
    for day, payee, what, account, amount in BOOKED
)


asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "by", "amounts"),
    [
        ("the biggest purchase of each year", Grouping.YEAR, ["310.00", "99.00"]),
        ("what was our largest single bill in each month of 2024?", Grouping.MONTH, ["61.00", "52.00", "99.00"]),
        ("for each year, the two largest payments", Grouping.YEAR, ["310.00", "120.00", "99.00", "61.00"]),
        ("top 2 expenses per quarter in 2024", Grouping.QUARTER, ["61.00", "52.00", "99.00"]),
        ("cheapest purchase each year", Grouping.YEAR, ["40.00", "20.00"]),
        ("highest flour bill per year", Grouping.YEAR, ["45.00", "52.00"]),
        ("the last payment of each year", Grouping.YEAR, ["120.00", "99.00"]),
        ("the first purchase each year", Grouping.YEAR, ["40.00", "50.00"]),
        ("the latest payment to each supplier", Grouping.PAYEE, ["310.00", "20.00", "99.00", "52.00"]),
        ("the biggest purchase in each category", Grouping.ACCOUNT, ["310.00", "61.00"]),
    ],
)
def test_so_many_entries_of_each_are_told(index: Index, question: str, by: Grouping, amounts: list[str]) -> None:
    plan, evidence = asked(index, question)
    assert (plan.measure, plan.limit_by) == (Measure.LIST, by)
    assert [row[-2] for row in evidence.table.rows] == [D(each) for each in amounts]
    assert len(evidence.entry_ids) == len(amounts), "the entries cited are those told"


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("top payee each year", [("2023", "Coldstore", "310.00"), ("2024", "Miller", "102.00")]),
        ("who did we pay most in each year?", [("2023", "Coldstore", "310.00"), ("2024", "Miller", "102.00")]),
        (
            "which category was the biggest in every year?",
            [("2023", "Expenses:Kit", "430.00"), ("2024", "Expenses:Shop", "183.00")],
        ),
        (
            "per year, the category with the highest spending",
            [("2023", "Expenses:Kit", "430.00"), ("2024", "Expenses:Shop", "183.00")],
        ),
        (
            "biggest supplier in each category",
            [
                ("Expenses:Kit", "Coldstore", "310.00"),
                ("Expenses:Shop", "Miller", "187.00"),
            ],
        ),
    ],
)
def test_so_many_groups_of_each_are_told(index: Index, question: str, rows: list[tuple[str, str, str]]) -> None:
    _, evidence = asked(index, question)
    assert [(*row[:2], row[2]) for row in evidence.table.rows] == [(one, two, D(three)) for one, two, three in rows]


def test_months_of_each_year(index: Index) -> None:
    _, evidence = asked(index, "the priciest month of each year")
    assert [row[:2] for row in evidence.table.rows] == [("2023-05", D("355.00")), ("2024-01", D("111.00"))]
    _, evidence = asked(index, "our best month each year")
    assert [row[:2] for row in evidence.table.rows] == [("2023-04", D("-500.00")), ("2024-04", D("-400.00"))]


def test_the_sentence_says_of_what(index: Index) -> None:
    plan, evidence = asked(index, "top payee each year")
    said = headline(plan, evidence, index)
    assert "the highest of each year" in said
    assert "2023, Coldstore 310.00 GBP; 2024, Miller 102.00 GBP" in said
    plan, evidence = asked(index, "the two biggest purchases of each year")
    assert "The 2 largest of each year" in headline(plan, evidence, index)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("which year was the dearest?", ("2023", "515.00")),
        ("highest spending each year", ("2023", "515.00")),
    ],
)
def test_a_time_that_is_itself_the_highest_is_one_row(index: Index, question: str, wanted: tuple[str, str]) -> None:
    plan, evidence = asked(index, question)
    assert plan.limit_by is None
    assert evidence.table.rows[0][:2] == (wanted[0], D(wanted[1]))


@pytest.mark.parametrize("question", ["spending in the first half of each year", "how much did we spend each month"])
def test_a_part_of_each_year_and_rows_by_month_are_no_first_ones(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.limit, plan.limit_by) == (None, None)


def test_what_each_category_cost_names_nothing(index: Index) -> None:
    plan, evidence = asked(index, "what did each category cost in 2024?")
    assert plan.group_by == (Grouping.ACCOUNT,)
    assert sum(D(str(row[1])) for row in evidence.table.rows) == D("282.00")


def test_a_follow_up_changes_the_time_or_the_subject(index: Index) -> None:
    plan, evidence = asked(index, "and of each quarter in 2024?", None, "the biggest purchase of each year")
    assert plan.limit_by is Grouping.QUARTER
    assert [row[-2] for row in evidence.table.rows] == [D("61.00"), D("99.00")]
    plan, evidence = asked(index, "and flour?", None, "the biggest purchase of each year")
    assert [row[-2] for row in evidence.table.rows] == [D("45.00"), D("52.00")]
    plan, _ = asked(index, "how much did we spend on flour in 2024?", None, "the biggest purchase of each year")
    assert (plan.measure, plan.limit_by) == (Measure.SUM, None)
