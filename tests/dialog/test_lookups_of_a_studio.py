"""The books of a boat and of a recording studio: what their events, keys, papers and checks tell, and to whom not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank:Joint
2023-01-01 open Liabilities:StoreCard
2023-01-01 open Income:Wages
2023-01-01 open Expenses:Boat:Repairs
2023-01-01 open Expenses:Boat:Diesel
2023-01-01 open Expenses:Boat:Mooring
2023-01-01 open Expenses:Boat:Coal
2023-01-01 open Expenses:Boat:Licence
2023-01-01 open Expenses:Boat:Insurance
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:Electricity
2023-01-01 open Expenses:Art
2023-01-01 event "mooring" "Braunston"
2023-04-09 event "mooring" "Stoke Bruerne"
2023-11-12 event "mooring" "Market Harborough"
2024-10-05 event "mooring" "Nantwich"
2023-01-01 event "callum-job" "part-time"
2024-09-02 event "callum-job" "full-time"
2023-01-01 event "day rate" "280"
2025-03-03 event "day rate" "350"

2023-01-01 event "city" "Oslo"
2023-06-01 event "city" "Bergen"
2024-01-01 event "city" "Oslo"

2023-01-26 * "Severn Joinery" "Callum pay"
  Assets:Bank:Joint  1180.00 GBP
  Income:Wages
2023-05-15 * "Lock Yard" "haul out and blacking"
  fitter: "Mick Dray"
  warranty: 2025-05-15
  Expenses:Boat:Repairs  685.00 GBP
  Assets:Bank:Joint
2023-12-04 * "Onboard Energy" "leisure batteries"
  fitter: "Jo Tran"
  warranty: 2026-12-04
  Expenses:Boat:Repairs  417.00 GBP
  Assets:Bank:Joint
2024-05-21 * "Onboard Energy" "solar panels" #electrics
  fitter: "Jo Tran"
  warranty: 2034-05-21
  Expenses:Boat:Repairs  863.20 GBP
  Assets:Bank:Joint
2024-05-22 * "Onboard Energy" "cable" #electrics
  Expenses:Boat:Repairs  54.85 GBP
  Assets:Bank:Joint
2024-06-02 * "Pale Wardens" "cover art"
  Expenses:Art  60.00 GBP
  Assets:Bank:Joint
2024-09-03 * "Nantwich Marina" "red diesel"
  litres: 83
  Expenses:Boat:Diesel  92.96 GBP
  Assets:Bank:Joint
2024-11-01 * "Kings Marina" "winter mooring"
  Expenses:Boat:Mooring  540.00 GBP
  Assets:Bank:Joint
2024-02-17 * "Electric Ireland" "electricity"
  Expenses:Electricity  293.66 GBP
  Assets:Bank:Joint
2024-11-12 * "Electric Ireland" "catch-up"
  Expenses:Electricity  912.40 GBP
  Assets:Bank:Joint
2025-02-17 * "Electric Ireland" "electricity"
  Expenses:Electricity  298.84 GBP
  Assets:Bank:Joint
2024-04-01 * "Canal & River Trust" "annual licence"
  licence-no: "CRT-2024-5248"
  Expenses:Boat:Licence  1239.96 GBP
  Assets:Bank:Joint
2025-04-01 * "Canal & River Trust" "annual licence"
  licence-no: "CRT-2025-5258"
  Expenses:Boat:Licence  1301.20 GBP
  Assets:Bank:Joint
2024-06-01 * "Quay Property" "unit 4 rent"
  Expenses:Rent  720.00 GBP
  Assets:Bank:Joint
2024-06-25 document Expenses:Rent "lease-2024.pdf"
2024-07-01 pad Assets:Bank:Joint Equity:Adjust
2024-07-02 balance Assets:Bank:Joint  5000.00 GBP
2025-01-02 balance Liabilities:StoreCard  0.00 GBP
2025-04-01 pad Assets:Bank:Joint Equity:Adjust
2025-04-02 balance Assets:Bank:Joint  6000.00 GBP
2023-01-01 open Equity:Adjust
"""
asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("whats still under warranty", ["2026-12-04", "2034-05-21"]),
        ("what's still covered by a guarantee", ["2026-12-04", "2034-05-21"]),
        ("which of our repairs are still under warranty", ["2026-12-04", "2034-05-21"]),
        ("which warranties have run out", ["2025-05-15"]),
        ("what is no longer covered by a warranty", ["2025-05-15"]),
        ("which warranties run out in 2026", ["2026-12-04"]),
        ("which warranties haven't run out yet", ["2026-12-04", "2034-05-21"]),
        ("is the blacking still under warranty", ["2025-05-15"]),
        ("what had a warranty", ["2025-05-15", "2026-12-04", "2034-05-21"]),
        ("which warranties did we get in 2024", ["2034-05-21"]),
    ],
)
def test_what_is_still_in_force_is_told_by_the_days_under_the_key(index: Index, question: str, days: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.METADATA
    assert [row[-1] for row in found.table.rows] == days


def test_what_holds_no_longer_is_said_so_where_nothing_does(index: Index) -> None:
    question = "which warranties run out in 2027"
    plan, found = asked(index, question)
    assert headline(plan, found, index, (), question).startswith("No warranty in 2027 is on file")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("where were we moored on new years eve 2023", ["Market Harborough"]),
        ("where did we moor at christmas 2024", ["Nantwich"]),
        ("where are we moored now", ["Nantwich"]),
        ("when did we get to Nantwich", ["Nantwich"]),
        ("when did we reach Market Harborough", ["Market Harborough"]),
        ("how many places have we moored at", ["Braunston", "Stoke Bruerne", "Market Harborough", "Nantwich"]),
        ("since when has Callum been full time", ["full-time"]),
        ("what's our day rate", ["350"]),
        ("what was the day rate in 2023", ["280"]),
    ],
)
def test_what_is_done_is_told_by_the_events_called_so(index: Index, question: str, rows: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.EVENTS
    assert [row[-1] for row in found.table.rows] == rows


@pytest.mark.parametrize(
    "question",
    ["how much did we spend on mooring in 2024", "what did we pay Nantwich Marina", "where did we pay for mooring"],
)
def test_what_is_paid_is_no_event_though_one_is_called_so(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is not Measure.EVENTS


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("last time I checked the joint account against the bank, what was it", ["6000"]),
        ("when did we last match the joint account to the bank", ["6000"]),
        ("when did we last count the joint account", ["6000"]),
        ("did the joint account balance agree in july 2024", []),
    ],
)
def test_what_was_held_against_the_bank_is_a_balance_check(index: Index, question: str, rows: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.BALANCE_CHECKS
    assert [str(row[2]).partition(".")[0] for row in found.table.rows if not plan.failing] == rows


@pytest.mark.parametrize("question", ["how much do we pay the bank in fees", "what did we count on in 2024"])
def test_other_counts_are_no_balance_checks(index: Index, question: str) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert not isinstance(plan, Plan) or plan.measure is not Measure.BALANCE_CHECKS


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who fitted the solar panels", ["Jo Tran"]),
        ("who fitted the batteries", ["Jo Tran"]),
        ("who was it that fitted the solar panels", ["Jo Tran"]),
    ],
)
def test_who_did_it_stands_under_the_key_called_so(index: Index, question: str, value: list[str]) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.key) == (Measure.METADATA, "fitter")
    assert [row[-1] for row in found.table.rows] == value


@pytest.mark.parametrize("question", ["who got paid the most for repairs", "who did we pay for the solar panels"])
def test_who_was_paid_stands_under_no_key(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is not Measure.METADATA


@pytest.mark.parametrize(
    ("question", "payee"),
    [
        ("what did we pay CRT in 2024", "Canal & River Trust"),
        ("when did we last pay the CRT", "Canal & River Trust"),
    ],
)
def test_a_payee_is_named_by_its_initials(index: Index, question: str, payee: str) -> None:
    plan, _ = asked(index, question)
    assert [each.payees for each in plan.filters.mentions] == [(payee,)]


@pytest.mark.parametrize("question", ["what did we pay CRX in 2024", "what did we pay the RNLI", "how much to CANR"])
def test_initials_of_nobody_are_missed(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    [
        "what was that big electricity bill",
        "when was the massive electricity bill",
        "how much was that huge bill from Electric Ireland",
    ],
)
def test_the_big_one_is_the_largest(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [str(cell) for row in found.table.rows for cell in row if "912.4" in str(cell)]
    assert len(found.table.rows) == 1


@pytest.mark.parametrize("question", ["show me the lease", "where is the lease", "have we got the lease"])
def test_what_a_file_is_called_is_shown_before_what_is_booked_by_another_word(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.DOCUMENTS
    assert len(found.table.rows) == 1


@pytest.mark.parametrize("question", ["what did the lease cost", "show me the rent"])
def test_what_the_lease_cost_is_what_was_paid(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Expenses:Rent",)


@pytest.mark.parametrize(
    "question",
    [
        "what did we spend on electricity in 2024? 2025 I mean",
        "electricity last year, roughly? this year I mean",
        "what did electricity cost last year, roughly, I mean 2025",
    ],
)
def test_what_is_meant_may_be_said_last(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert Decimal("298.84") in found.table.rows[0]


def test_i_mean_asks_for_no_average(index: Index) -> None:
    question = "how many litres did we take on in 2024, you know what I mean"
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.summed, plan.averaged, str(plan.key)) == (True, False, "litres")


@pytest.mark.parametrize(
    "question",
    [
        "how high was the canal at Nantwich in 2024",
        "how deep is the water at Braunston",
        "how many streams did the cover art get",
        "how many views has the cover art had",
    ],
)
def test_what_nobody_measured_is_not_told_by_what_was_paid(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    ["how high was the electricity bill in 2024", "how high were the repairs in 2024", "how deep are we in debt"],
)
def test_how_high_a_bill_was_is_told(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Plan)


@pytest.mark.parametrize("question", ["in how many cities have we lived", "how many different cities have we lived in"])
def test_of_events_that_say_the_same_the_different_ones_are_counted(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.key, len(found.table.rows)) == (Measure.EVENTS, "city", 3)
    assert plan.reading == ("2 different: Oslo, Bergen",)


@pytest.mark.parametrize(
    "question", ["what's the diesel worth if we sold it", "how much are the repairs worth", "what is the rent worth"]
)
def test_what_was_only_paid_for_has_no_worth(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


def test_what_is_held_has_its_worth(index: Index) -> None:
    assert isinstance(plan_question("what's the joint account worth", (), TODAY, index), Plan)
