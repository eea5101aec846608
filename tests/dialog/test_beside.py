"""What stands beside the entries: notes, events, flags and counts, asked for in words that name nothing booked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Till
2022-01-01 open Equity:Start
2022-01-01 open Expenses:Heating
2022-01-01 open Expenses:Donkey:Feed
2022-01-01 open Expenses:Permits
2022-01-01 open Expenses:Roof
2022-01-01 open Income:Work
2022-01-01 open Expenses:Doctor
2022-01-01 open Liabilities:Mortgage

2022-01-01 event "lodgers" "Anneke, Tobiah"
2024-05-01 event "lodgers" "Anneke"
2022-01-01 event "pump" "running"
2024-02-03 event "pump" "broken"
2024-02-09 event "pump" "running"
2022-02-01 event "gewicht-esel" "151 kg"
2024-02-01 event "gewicht-esel" "163 kg"
2022-03-01 event "licence" "B"
2023-07-01 event "licence" "C"
2022-01-01 event "wohnort" "Kiln Yard 3"
2024-01-15 event "wohnort" "Weir House"
2022-01-01 event "chair" "Sunniva Holm"
2024-03-01 event "chair" "Ottar Vik"
2023-09-01 event "school" "Ida form 1"
2024-09-01 event "school" "Ida form 2"

2023-03-04 note Expenses:Roof "Slater comes back in May, gutter still loose"
2024-08-05 note Expenses:Heating "Meter was read wrong, see letter"
2024-09-01 note Assets:Bank "new card has a limit of 2000"

2023-12-09 note Liabilities:Mortgage "Fixed rate runs out in January, new one 3.4 percent until end of 2029"
2024-11-02 note Income:Work "unpaid leave, nursing Tobiah"

2024-05-07 * "Dr. Falk" "Ida fever"
  Expenses:Doctor   5.00 EUR
  Equity:Start
2024-01-01 * "Opening"
  Assets:Bank   500.00 EUR
  Assets:Till    40.00 EUR
  Equity:Start

2024-01-05 * "Office" "licence fee"
  Expenses:Permits   30.00 EUR
  Assets:Bank
2024-02-04 * "Pumpenhaus" "pump repair"
  Expenses:Heating   90.00 EUR
  Assets:Bank
2024-03-05 ! "Feedhall" "hay for the donkey"
  Expenses:Donkey:Feed   60.00 EUR
  Assets:Bank
2024-04-05 * "Feedhall" "oats"
  Expenses:Donkey:Feed   20.00 EUR
  Assets:Bank
2024-05-06 * "Dachwerk" "slates"
  Expenses:Roof   80.00 EUR
  Assets:Bank
2024-06-01 balance Assets:Till   37.50 EUR
2024-07-01 balance Assets:Bank   220.00 EUR
"""


def rows(index: Index, question: str, model: Scripted | None = None) -> tuple[Measure, list[tuple[object, ...]]]:
    plan = plan_question(question, (), TODAY, index, understander=model)
    assert isinstance(plan, Plan), plan
    return plan.measure, list(gather(plan, index, TODAY).table.rows)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("how heavy was the donkey the last time we weighed it", ["2024-02-01"]),
        ("what does the donkey weigh now", ["2024-02-01"]),
        ("how has the donkey's weight gone over the years", ["2022-02-01", "2024-02-01"]),
        ("who lived here in march 2024", ["2022-01-01"]),
        ("who's living with us these days", ["2024-05-01"]),
        ("from when to when was the pump dead", ["2024-02-03", "2024-02-09"]),
        ("how long was the pump out", ["2024-02-03", "2024-02-09"]),
        ("when was the pump mended", ["2024-02-09"]),
        ("date of the C licence", ["2023-07-01"]),
        ("where did I live in march 2023", ["2022-01-01"]),
        ("Wo habe ich im März 2023 gewohnt?", ["2022-01-01"]),
        ("what address did we have in June 2024", ["2024-01-15"]),
        ("when did we move", ["2022-01-01", "2024-01-15"]),
    ],
)
def test_events_are_heard_in_the_words_of_their_kind(index: Index, question: str, days: list[str]) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.EVENTS
    assert [str(row[0]) for row in found] == days


@pytest.mark.parametrize(
    "question",
    ["how much did the pump repair cost", "when did we pay for the licence", "what did we spend on the donkey"],
)
def test_money_spent_on_what_events_tell_of_is_no_event(index: Index, question: str) -> None:
    assert rows(index, question)[0] in {Measure.SUM, Measure.LIST}


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("what did I jot down about the roof", "Expenses:Roof"),
        ("didn't we write down a reason for that huge heating bill?", "Expenses:Heating"),
        ("did I leave a note about the gutter", "Expenses:Roof"),
        ("what did we note about the card limit", "Assets:Bank"),
        ("any remarks on the bank", "Assets:Bank"),
        ("what did I write down about the slater problem", "Expenses:Roof"),
        ("¿qué apunté sobre el roof?", "Expenses:Roof"),
    ],
)
def test_notes_are_what_was_written_down(index: Index, question: str, account: str) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.NOTES
    assert [row[1] for row in found] == [account]


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("Until when is the new mortgage rate fixed? There is a note of a talk with the bank.", "Liabilities:Mortgage"),
        ("until when is our mortgage rate fixed", "Liabilities:Mortgage"),
        ("is there a note about the mortgage rate", "Liabilities:Mortgage"),
        ("why is there no work income in Nov and Dec 2024?", "Income:Work"),
        ("how come nothing came in from work in November 2024", "Income:Work"),
    ],
)
def test_a_note_tells_what_no_entry_can(index: Index, question: str, account: str) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.NOTES
    assert [row[1] for row in found] == [account]


@pytest.mark.parametrize(
    "question",
    ["what are mortgage rates nowadays", "will mortgage rates go down", "why is there no feed on 3 March 2024"],
)
def test_no_note_tells_that(index: Index, question: str) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert not isinstance(plan, Plan) or plan.measure is not Measure.NOTES


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("who is chairing the committee at present, and from what date?", ["2024-03-01"]),
        ("who is chairing now", ["2024-03-01"]),
        ("who chairs the committee at present", ["2024-03-01"]),
        ("who chaired the committee in 2023", ["2022-01-01"]),
        ("which form is Ida in now, what have we noted?", ["2024-09-01"]),
        ("what have we noted about Ida", ["2023-09-01", "2024-09-01"]),
    ],
)
def test_events_by_who_does_it_or_is_named(index: Index, question: str, days: list[str]) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.EVENTS
    assert [str(row[0]) for row in found] == days


def test_a_model_does_not_talk_a_note_away(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"roof": "NAME"})
    measure, found = rows(index, "what did I jot down about the roof", model)
    assert measure is Measure.NOTES
    assert len(found) == 1


@pytest.mark.parametrize(
    "question",
    [
        "which payments have I still got flagged as dubious (the ! ones)",
        "show me what I marked as doubtful with the exclamation sign",
        "is there anything booked as not sure",
        "the doubtful entries",
        "zeig mir alle Buchungen mit Ausrufezeichen",
    ],
)
def test_flags_in_any_words(index: Index, question: str) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.LIST
    assert [str(row[0]) for row in found] == ["2024-03-05"]


@pytest.mark.parametrize(
    "question",
    [
        "which count in the book doesn't agree and how far out is it",
        "did the till come out right at every count",
        "is there anything in the books that does not add up",
        "which cash count was off",
        "do all the counts tally",
        "the May 2024 till count won't tie out. How far off are the books?",
    ],
)
def test_counts_that_do_not_agree(index: Index, question: str) -> None:
    measure, found = rows(index, question)
    assert measure is Measure.BALANCE_CHECKS
    assert [(str(row[0]), row[4]) for row in found] == [("2024-06-01", Decimal("2.50"))]


def test_what_will_not_balance_is_past(index: Index) -> None:
    plan = plan_question("my May till reconciliation won't tie out, how far off are the books", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.period.start) == (Measure.BALANCE_CHECKS, dt.date(2025, 5, 1))
