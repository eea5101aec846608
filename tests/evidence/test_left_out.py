"""Entries that are left out one by one: of sums, counts and lists, in SQL as in BQL, and said in the sentence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.evidence import bql, gather
from ledgerqa.grounding.phrases import subject
from ledgerqa.records import Filters, LeftOut, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.records import Evidence
    from tests.evidence.conftest import Ledger

TODAY = dt.date(2023, 6, 15)
EXPENSES = Filters(roots=(Root.EXPENSES,))


def left_out(ledger: Ledger, *entry_ids: int) -> tuple[LeftOut, ...]:
    entries = ledger.index.entries(list(entry_ids))
    return tuple(LeftOut(entry.entry_id, entry.file, entry.line, entry.end_line) for entry in entries)


def total(evidence: Evidence, currency: str = "EUR") -> Decimal:
    number = next(row[0] for row in evidence.table.rows if row[1] == currency)
    assert isinstance(number, Decimal)
    return number


def test_what_is_left_out_is_missing_from_the_sum_the_count_and_the_entries(small: Ledger) -> None:
    whole = gather(Plan(Measure.SUM, EXPENSES), small.index, TODAY, entry_limit=None)
    listed = gather(Plan(Measure.LIST, EXPENSES), small.index, TODAY)
    row, entry = next(
        (row, entry)
        for row, entry in zip(listed.table.rows, listed.row_entries, strict=True)
        if "EUR" in row and entry is not None and listed.row_entries.count(entry) == 1
    )
    amount = next(cell for cell in row if isinstance(cell, Decimal))
    filters = Filters(roots=(Root.EXPENSES,), exclude_entries=left_out(small, entry))
    less = gather(Plan(Measure.SUM, filters), small.index, TODAY, entry_limit=None)
    assert total(less) == total(whole) - amount
    assert set(less.entry_ids) == set(whole.entry_ids) - {entry}
    assert less.contributing == whole.contributing - 1
    count = gather(Plan(Measure.COUNT, filters), small.index, TODAY)
    assert count.table.rows == ((whole.contributing - 1,),)


@pytest.mark.parametrize("measure", [Measure.SUM, Measure.COUNT, Measure.NET_INCOME, Measure.BALANCE])
def test_bql_leaves_out_the_same(measure: Measure, small: Ledger) -> None:
    whole = gather(Plan(measure, EXPENSES), small.index, TODAY, entry_limit=None)
    for entry in whole.entry_ids:
        plan = Plan(measure, Filters(roots=(Root.EXPENSES,), exclude_entries=left_out(small, entry)))
        exact = gather(plan, small.index, TODAY).table.rows
        (said,) = small.oracle.rows(bql(plan, small.index.ledger, TODAY))
        if measure is Measure.COUNT:
            assert said == exact[0]
            continue
        inventory = said[-1]
        assert {position.units.currency: position.units.number for position in inventory} == {
            currency: number for number, currency in exact if number
        }


def test_what_a_plugin_made_cannot_be_left_out_in_bql(small: Ledger) -> None:
    made = Filters(exclude_entries=(LeftOut(0, "", 0, 0),))
    assert bql(Plan(Measure.SUM, EXPENSES), small.index.ledger, TODAY)
    assert not bql(Plan(Measure.SUM, made), small.index.ledger, TODAY)
    sides = (Variant("one", made, Period()), Variant("other", EXPENSES, Period()))
    assert not bql(Plan(Measure.SUM, compare=sides), small.index.ledger, TODAY)


def test_a_sentence_says_how_many_are_left_out() -> None:
    out = tuple(LeftOut(number, "main.beancount", number, number) for number in range(2))
    assert subject(Filters(accounts=("Expenses:Food",), exclude_entries=out[:1])).endswith("leaving out 1 entry")
    assert subject(Filters(accounts=("Expenses:Food",), exclude_entries=out)).endswith("leaving out 2 entries")
