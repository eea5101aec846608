"""Books of a couple that moved abroad: what held and when it ended, premises that do not hold, what is not filed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import cite, sentences
from ledgerqa.records import Clarify, Measure, Plan, Refusal

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 10, 20)
RENT = "\n".join(
    f'{year}-{month:02}-01 * "Krone" "Miete"\n  Expenses:Wohnung:Miete  {amount}.00 EUR\n  Assets:Bank:Giro\n'
    for year, last, amount in ((2024, 12, 800), (2025, 10, 820))
    for month in range(1, last + 1)
)
LEDGER = f"""
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank:Giro
2023-01-01 open Assets:Bank:Francs
2023-01-01 open Expenses:Wohnung:Miete
2023-01-01 open Expenses:Umzug
2023-01-01 open Expenses:Gesundheit
2023-01-01 open Expenses:Reisen
2023-01-01 open Expenses:Lohnsteuer
2023-01-01 open Income:Arbeitgeber:Brauer
2023-01-01 event "wohnort" "Leipzig"
2024-06-01 event "wohnort" "Lisbon"
2024-06-08 event "wohnort" "Leipzig"
2025-02-01 event "wohnort" "Cottage at Lyon"
2023-01-01 event "arbeitgeber" "Brauer Druck"
2024-11-01 event "arbeitgeber" "keiner"
2025-02-01 event "arbeitgeber" "Tessier"
2023-11-06 event "health" "broken wrist, not working"
2023-12-04 event "health" "back at work"
2025-01-04 price CHF 1.06 EUR
2025-10-04 price CHF 1.07 EUR
2023-01-01 custom "budget" Expenses:Reisen "monthly" 50.00 EUR
2025-01-01 custom "budget" Expenses:Reisen "monthly" 70.00 EUR
2025-09-29 pad Assets:Bank:Giro Expenses:Umzug
2025-09-30 balance Assets:Bank:Giro  900.00 EUR
2025-10-02 balance Assets:Bank:Francs  7.00 CHF
2025-02-03 document Expenses:Umzug "belege/2025-02-03.rechnung-moeller.pdf"
2024-02-10 document Expenses:Gesundheit "belege/2024-02-10.brille.pdf"

2023-02-01 * "Brauer Druck" "Gehalt"
  Assets:Bank:Giro     2400.00 EUR
  Expenses:Lohnsteuer   600.00 EUR
  Income:Arbeitgeber:Brauer
2023-11-09 * "Apotheke" "wrist splint"
  Expenses:Gesundheit    31.00 EUR
  Assets:Bank:Giro
2025-02-03 * "Moeller" "Umzug nach Lyon" #umzug
  Expenses:Umzug       1300.00 EUR
  Assets:Bank:Giro
2025-03-03 * "Bains" "Genf" #genf
  Expenses:Reisen        20.00 CHF
  Assets:Bank:Francs
{RENT}
"""


def rows(index: Index, question: str, history: tuple[str, ...] = ()) -> list[str]:
    """The day and the text of each event that answers."""
    plan = plan_question(question, history, TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.measure is Measure.EVENTS
    return [f"{row[0]} {row[2]}" for row in gather(plan, index, TODAY).table.rows]


def told_of(index: Index, question: str, plan: Plan) -> str:
    evidence = gather(plan, index, TODAY)
    return " ".join(sentences(plan, evidence, index, cite(plan, evidence, index), question))


@pytest.mark.parametrize(
    ("question", "events"),
    [
        ("when did I get back from Lisbon?", ["2024-06-08 Leipzig"]),
        ("what day did we come home from Lisbon", ["2024-06-08 Leipzig"]),
        ("when did I leave Brauer", ["2024-11-01 keiner"]),
        ("when did we move away from Leipzig", ["2025-02-01 Cottage at Lyon"]),
        ("when did we leave Lyon", ["2025-02-01 Cottage at Lyon"]),
        ("how long was I in Lisbon", ["2024-06-01 Lisbon", "2024-06-08 Leipzig"]),
        ("how long was I at Brauer?", ["2023-01-01 Brauer Druck", "2024-11-01 keiner"]),
        ("how long was I without a job", ["2024-11-01 keiner", "2025-02-01 Tessier"]),
        ("who was my employer in december 2024", ["2024-11-01 keiner"]),
        ("who did I work for before Tessier", ["2024-11-01 keiner"]),
        ("where do I work", ["2025-02-01 Tessier"]),
        ("where did we live before the cottage", ["2024-06-08 Leipzig"]),
        ("when was I off work with the wrist", ["2023-11-06 broken wrist, not working", "2023-12-04 back at work"]),
        ("when did we move to Lyon", ["2025-02-01 Cottage at Lyon"]),
    ],
)
def test_what_held(question: str, events: list[str], index: Index) -> None:
    assert rows(index, question) == events


def test_back_from_there(index: Index) -> None:
    asked = ("when did I go to Lisbon?",)
    assert rows(index, "and when did I get home", asked) == ["2024-06-08 Leipzig"]


def test_no_event_says_it(index: Index) -> None:
    outcome = plan_question("when was I off colour at work", (), TODAY, index)
    assert not isinstance(outcome, Plan)
    assert not isinstance(outcome, Clarify) or "arbeitgeber" in outcome.sentence


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("why did the rent double in 2025", "It did not double. "),
        ("why did the rent go down in 2025", "It did not go down. "),
        ("why did the rent go up in 2025", ""),
    ],
)
def test_what_is_not_so(question: str, told: str, index: Index) -> None:
    """Ten months are set against ten months."""
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    answer = told_of(index, question, plan)
    assert answer.startswith(f"{told}Spending on Miete"), answer
    assert "8,200.00 EUR: 200.00 EUR more than the year before (up to the same day), 8,000.00 EUR" in answer


def test_the_rate_of_money_that_is_held(index: Index) -> None:
    plan = plan_question("what is the franc worth now", (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.commodity) == (Measure.PRICE, "CHF")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what was the travel budget in 2024", "was 50.00 EUR a month at the end of 2024"),
        ("whats the travel budget", "is 70.00 EUR a month ["),
        ("when did the travel budget change", "50.00 EUR a month from 2023-01-01"),
        ("how many times was the travel budget raised", "70.00 EUR a month from 2025-01-01"),
        ("how are we doing on the travel budget in october", "of a budget of 70.00 EUR"),
    ],
)
def test_budgets_in_their_time(question: str, told: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert told in told_of(index, question, plan)


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("show me the documents for the move", ["belege/2025-02-03.rechnung-moeller.pdf"]),
        ("any documents on file?", ["belege/2024-02-10.brille.pdf", "belege/2025-02-03.rechnung-moeller.pdf"]),
    ],
)
def test_what_is_filed(question: str, files: list[str], index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert sorted(str(row[2]) for row in gather(plan, index, TODAY).table.rows) == files


def test_what_was_padded(index: Index) -> None:
    plan = plan_question("how much was padded into giro?", (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert [str(row[0]) for row in gather(plan, index, TODAY).table.rows] == ["2025-09-29"]


def test_by_how_much_a_check_fails(index: Index) -> None:
    plan = plan_question("by how much is it off", ("do any balance checks fail?",), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert (plan.measure, plan.failing) == (Measure.BALANCE_CHECKS, True)


@pytest.mark.parametrize(
    "question",
    [
        "documents about the boat",
        "notes on swimming",
        "was it raining in Geneva when we were there",
        "did it snow in Lyon in march",
        "how far is Geneva",
    ],
)
def test_nobody_wrote_that(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


def test_what_is_kept_back_from_pay_is_not_spent_there(index: Index) -> None:
    plan = plan_question("how much did I spend at Brauer Druck", (), TODAY, index)
    assert isinstance(plan, Plan), plan
    assert any("not paid to them" in note for note in plan.reading)
