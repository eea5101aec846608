"""Names are read as they are written: a payee in two words, an account in full, a tag with its mark, a pastime."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Measure
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

LEDGER = """
2024-01-01 open Assets:Bank EUR
2024-01-01 open Assets:Till EUR
2024-01-01 open Assets:Stock NORDEN
2024-01-01 open Gastos:Casa:Mercado
2024-01-01 open Gastos:Oficina:Supplies
2024-01-01 open Gastos:Ocio:Climbing
2024-01-01 open Gastos:Bikes
2024-01-01 open Ingresos:Tienda:Parts
2024-01-01 open Ingresos:Tienda:Repairs
option "name_expenses" "Gastos"
option "name_income" "Ingresos"
2024-01-02 commodity NORDEN
  name: "Norden bikes"

2024-02-01 * "Consolat Market" "lamp"
  Gastos:Oficina:Supplies  12.00 EUR
  Assets:Bank
2024-02-03 * "Puestos" "fruta"
  Gastos:Casa:Mercado  30.00 EUR
  Assets:Bank
2024-03-01 * "Veritas Lane Supplies" "chairs"
  Gastos:Casa:Mercado  40.00 EUR
  Assets:Bank
2024-03-02 * "Paper Shop" "paper"
  Gastos:Oficina:Supplies  5.00 EUR
  Assets:Bank
2024-04-28 * "Ferry" "crossing" #oslo-2024
  Gastos:Ocio:Climbing  90.00 EUR
  Assets:Bank
2024-05-02 * "Hut" "two nights" #oslo-2024
  Gastos:Ocio:Climbing  60.00 EUR
  Assets:Bank
2024-05-03 * "Norden" "two for the shop"
  Assets:Stock  2 NORDEN {500.00 EUR}
  Assets:Bank
2024-05-04 * "Norden" "carriage"
  Gastos:Bikes  45.00 EUR
  Assets:Bank
2024-06-01 * "till"
  Assets:Till  150.00 EUR
  Assets:Bank
2024-06-02 * "Kundin" "chain"
  Assets:Bank  20.00 EUR
  Ingresos:Tienda:Parts
2024-06-03 * "Kundin" "wheel"
  Assets:Bank  35.00 EUR
  Ingresos:Tienda:Repairs
2025-01-02 * "Ferry" "damage" #oslo-2024
  Gastos:Ocio:Climbing  7.00 EUR
  Assets:Bank
2025-01-05 * "Hall" "month"
  Gastos:Ocio:Climbing  25.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=dt.date(2025, 6, 30))
rows_of = partial(asking.rows_of, today=dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how much did we pay Consolat Market in 2024?", [["12", "EUR"]]),  # and no Mercado
        ("how much at the market in 2024", [["70", "EUR"]]),
        ("what was the total of the Veritas Lane Supplies bill in 2024", [["40", "EUR"]]),  # and no supplies bill
        ("how much did we spend on Gastos:Bikes in 2024", [["45", "EUR"]]),  # and not what stands in stock
        ("spending on supplies and climbing together in 2024", [["167", "EUR"]]),  # which asks of nothing that climbs
        ("how much did we spend on supplies and climbing together in 2024", [["167", "EUR"]]),
        ("how much did we spend on #oslo-2024 in May 2024", [["60", "EUR"]]),
        ("how much did we spend on #oslo-2024 in the second quarter of 2024", [["150", "EUR"]]),
        ("how much did we spend on #oslo-2024 since May 2024", [["67", "EUR"]]),
        ("how much did we spend on #oslo-2024 in 2024", [["150", "EUR"]]),
        ("how much did we spend on oslo-2024 in 2024", [["157", "EUR"]]),  # the journey of that year, paid when it was
    ],
)
def test_what_was_spent(index: Index, question: str, rows: list[list[str]]) -> None:
    assert rows_of(question, index, Measure.SUM) == rows


@pytest.mark.parametrize("question", ["what was the balance of till on 2024-12-31", "how much was in till in 2024"])
def test_a_till_is_an_account_where_only_a_noun_can_stand(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Assets:Till",)


def test_till_goes_up_to_a_time_elsewhere(index: Index) -> None:
    plan, _ = asked(index, "what did we spend till May 2024")
    assert (plan.filters.accounts, plan.period.end) == ((), dt.date(2024, 6, 1))


@pytest.mark.parametrize(
    "first", ["earnings from parts in 2024", "how much came in from Ingresos:Tienda:Parts in 2024"]
)
def test_the_whole_that_a_part_belongs_to_takes_its_place(index: Index, first: str) -> None:
    plan, _ = asked(index, "and tienda?", None, first)
    assert plan.filters.accounts == ("Ingresos:Tienda",)


def test_a_course_is_still_asked_for(index: Index) -> None:
    plan, _ = asked(index, "is climbing going up")
    assert plan.group_by or plan.key


@pytest.mark.parametrize(
    "turns", [("supplies in 2024 without the crossing",), ("supplies in 2024 without fruta", "and in 2025?")]
)
def test_what_is_left_out_is_never_counted_in(index: Index, turns: tuple[str, ...]) -> None:
    *first, last = turns
    plan, _ = asked(index, last, None, *first)
    assert plan.filters.accounts == ("Gastos:Oficina:Supplies",)
    assert plan.filters.mentions == ()
