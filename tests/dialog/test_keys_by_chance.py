"""Words that are a metadata key by chance, keys asked for by their name, and what a value is wanted for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan, Refusal

from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:VATToReclaim
2023-01-01 open Equity:Start
2023-01-01 open Income:Repairs:Clocks
2023-01-01 open Income:Fair
2023-01-01 open Expenses:Taxes:Council
2023-01-01 open Expenses:Taxes:Road
2023-01-01 open Expenses:Tools
2023-01-01 open Expenses:Parking
2023-01-01 open Expenses:Heating:Oil
2023-01-01 open Expenses:Van
2023-01-01 open Expenses:Van:Insurance
2023-01-01 open Expenses:Thefts

2023-01-02 * "start"
  Assets:Bank               9000 GBP
  Equity:Start
2023-02-01 * "Lindholt" "van, second hand"
  plate: "KD19 YMB"
  Expenses:Van              2400 GBP
  Assets:Bank
2023-03-01 * "Torrance" "lathe"
  vat: "20"
  doc: "lathe.pdf"
  Expenses:Tools             500 GBP
  Assets:VATToReclaim        100 GBP
  Assets:Bank
2023-04-01 * "Priory Council" "council tax"
  Expenses:Taxes:Council     900 GBP
  Assets:Bank
2023-05-01 * "DVLA" "road tax"
  Expenses:Taxes:Road        320 GBP
  Assets:Bank
2023-06-01 * "Ottaker" "mantel clock"
  clock: "Vienna regulator"
  Assets:Bank                150 GBP
  Income:Repairs:Clocks
2023-06-20 * "Ferring" "wall clock"
  clock: "Black Forest cuckoo"
  Assets:Bank                 90 GBP
  Income:Repairs:Clocks
2023-07-01 * "City parking" "parking at the market"
  Expenses:Parking             6 GBP
  Assets:Bank
2023-08-01 * "cash tin stolen at the fair"
  crime-ref: "PK/88/23"
  Expenses:Thefts             75 GBP
  Assets:Bank
2023-09-01 * "fair" "takings"
  ref: "F1"
  Assets:Bank                210 GBP
  Income:Fair
2023-10-01 * "Tarn Fuels" "oil"
  litres: 500
  Expenses:Heating:Oil       450 GBP
  Assets:Bank
2023-05-20 * "Marlow Mutual" "van insurance"
  policy: "MM-1"
  Expenses:Van:Insurance     300 GBP
  Assets:Bank
2024-05-20 * "Harbour Cover" "van insurance"
  policy: "HC-7"
  Expenses:Van:Insurance     280 GBP
  Assets:Bank
2023-11-01 * "Tarn Fuels" "oil"
  litres: 300
  Expenses:Heating:Oil       290 GBP
  Assets:Bank
"""


@pytest.mark.parametrize(
    ("question", "planned"),
    [
        (
            "break down our taxes in 2023 and leave the VAT out of it",
            "sum Expenses:Taxes -Assets:VATToReclaim 2023 by account",
        ),
        ("what did we spend on taxes without VAT in 2023", "sum Expenses:Taxes 2023"),
        ("what is the vat number of the council", "metadata Expenses:Taxes:Council key vat"),
        ("which tools were booked without a vat", "list Expenses:Tools vat=None"),
        ("number plate for the parking app", "metadata key plate"),
        ("the number plate please, it's for the parking people", "metadata key plate"),
        ("what's the number plate of the van", "metadata Expenses:Van key plate"),
        ("crime reference for when they robbed us at the fair", "metadata <cash tin stolen at the fair> key crime-ref"),
        (
            "who paid us more in 2023 without VAT, Ottaker or Ferring?",
            "sum income 2023 [Ottaker: income <Ottaker>] [Ferring: income <Ferring>]",
        ),
        (
            "what did we spend in 2023 without VAT, tools or oil",
            "sum expenses -Expenses:Tools -Expenses:Heating:Oil 2023",
        ),
    ],
)
def test_a_key_is_meant_where_what_is_named_bears_it_or_it_is_asked_for(
    question: str, planned: str, index: Index
) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert not isinstance(plan, Refusal)
    assert digest(plan) == planned


def test_how_many_of_what_a_key_only_calls_by_name_are_not_added_up(index: Index) -> None:
    assert isinstance(plan_question("how many clocks are on the bench", (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "summed"),
    [
        ("litres of oil we took in in 2023, total", True),
        ("litres for the heating altogether", True),
        ("litres of oil we took in in 2023", False),
    ],
)
def test_what_is_kept_under_a_key_of_numbers_in_total(question: str, *, summed: bool, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.key, plan.summed) == (Measure.METADATA, "litres", summed)


@pytest.mark.parametrize(
    ("question", "limit"),
    [
        ("policy number of the van insurance we have now", 1),
        ("what's our current policy number for the van insurance", 1),
        ("policy number of the van insurance", None),
        ("policy numbers of the van insurance up to now", None),
    ],
)
def test_the_value_in_force_is_the_one_noted_last(question: str, limit: int | None, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.key, plan.limit) == (Measure.METADATA, "policy", limit)


def test_a_key_that_a_model_alone_hears_where_nothing_is_noted_is_refused(index: Index) -> None:
    model = Scripted({"measure": ("metadata", 0.99)})
    outcome = plan_question("what was it for the council tax", (), TODAY, index, understander=model)
    assert isinstance(outcome, Refusal)
