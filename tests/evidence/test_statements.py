"""What runs is what is shown: parameterised SQL of fixed pieces, and no money in floating point."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.evidence import bql, gather
from ledgerqa.records import (
    Filters,
    Grouping,
    Measure,
    Mention,
    MetadataFilter,
    Order,
    Period,
    Plan,
    Valuation,
)
from tests.evidence.plans import plan as any_plan

if TYPE_CHECKING:
    from ledgerqa.records import Statement
    from tests.evidence.conftest import Ledger

TODAY = dt.date(2023, 6, 15)
SPAN = Period(dt.date(2022, 1, 1), dt.date(2023, 1, 1))
FLOATS = {"DOUBLE", "FLOAT", "REAL"}


def every_measure() -> list[Plan]:
    plans = [Plan(measure) for measure in Measure]
    plans += [Plan(measure, period=SPAN, valuation=Valuation.MARKET, convert_to="USD") for measure in Measure]
    plans += [Plan(measure, valuation=Valuation.COST, group_by=(Grouping.MONTH,)) for measure in Measure]
    return plans


def kinds(ledger: Ledger, statement: Statement) -> dict[str, str]:
    rows = ledger.index.query(f"DESCRIBE {statement.sql}", statement.parameters)
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("plan", every_measure(), ids=lambda plan: plan.measure.value)
def test_no_money_is_a_double(plan: Plan, small: Ledger) -> None:
    evidence = gather(plan, small.index, TODAY)
    assert evidence.statements
    for statement in evidence.statements:
        assert not FLOATS & set(kinds(small, statement).values()), statement.sql
    for row in evidence.table.rows:
        for column, cell in zip(evidence.table.columns, row, strict=True):
            wanted = {"number": Decimal, "integer": int, "date": dt.date, "text": str, "currency": str}[column.type]
            assert cell is None or isinstance(cell, wanted), column


def test_no_money_is_a_double_in_any_plan(small: Ledger) -> None:
    chance, seen = random.Random(3), set()
    for _ in range(150):
        for statement in gather(any_plan(chance, small.material), small.index, TODAY).statements:
            if statement.sql not in seen:
                seen.add(statement.sql)
                assert not FLOATS & set(kinds(small, statement).values()), statement.sql
    assert len(seen) > 100


@pytest.mark.parametrize("plan", every_measure(), ids=lambda plan: plan.measure.value)
def test_money_is_followed_by_its_currency(plan: Plan, small: Ledger) -> None:
    columns = gather(plan, small.index, TODAY).table.columns
    for column, after in zip(columns, (*columns[1:], None), strict=True):
        if column.type == "number":
            assert after is not None
            assert after.type == "currency"


NASTY = "x'; DROP TABLE postings; --\" ?"


@pytest.mark.parametrize("measure", list(Measure))
def test_what_users_say_is_never_part_of_a_statement(measure: Measure, small: Ledger) -> None:
    filters = Filters(
        accounts=(NASTY,),
        exclude_accounts=(NASTY,),
        mentions=(Mention(NASTY, (NASTY,), (NASTY,), "x'; drop"),),
        exclude_mentions=(Mention(NASTY, (NASTY,)),),
        tags=(NASTY,),
        links=(NASTY,),
        metadata=(MetadataFilter(NASTY, NASTY),),
        currencies=(NASTY,),
        flags=(NASTY,),
    )
    plan = Plan(measure, filters, SPAN, key=NASTY, commodity=NASTY, quote=NASTY, convert_to=NASTY)
    for plan_of in (plan, Plan(measure, filters), Plan(measure, key=NASTY, order=Order("amount"))):
        evidence = gather(plan_of, small.index, TODAY)
        assert all("DROP" not in statement.sql for statement in evidence.statements)
    assert small.index.query("SELECT count(*) FROM postings") != [(0,)]


def test_bql_reads_any_text_as_it_stands(small: Ledger) -> None:
    for text in ("O'Brien", 'Joe\'s "Diner"', "a -- b", "'", '"', "'\"'", "it''s", "", "%s", "\\"):
        query = bql(
            Plan(Measure.COUNT, Filters(mentions=(Mention("x", payees=(text, "O'Brien")),))), small.index.ledger, TODAY
        )
        more = 1 if "Joe" in text else 2 if not text else 0  # no text: entries that name no payee
        assert small.oracle.rows(query) == [(2 + more,)], query


def test_the_whole_is_counted_where_rows_are_few(small: Ledger) -> None:
    for plan in every_measure():
        everything = gather(plan, small.index, TODAY)
        few = gather(plan, small.index, TODAY, row_limit=2)
        if plan.measure is not Measure.HOLDINGS:  # whose columns are those that the rows shown have a use for
            assert few.table.rows == everything.table.rows[:2]
        assert few.table.row_count == everything.table.row_count == len(everything.table.rows)
        assert few.table.truncated == (len(everything.table.rows) > 2)
        assert len(few.row_entries) == len(few.table.rows)
        assert all(max(fact.rows, default=0) < max(len(few.table.rows), 1) for fact in few.facts), plan


def test_the_entries_are_the_largest_then_the_newest(small: Ledger) -> None:
    rent = gather(Plan(Measure.SUM, Filters(accounts=("Expenses:Home:Rent",))), small.index, TODAY)
    assert [entry.date.month for entry in small.index.entries(rent.entry_ids)] == [5, 3, 2, 1]
    assert rent.contributing == 4
