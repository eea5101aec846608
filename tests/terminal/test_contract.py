"""The JSON contract, field by field; `tests/terminal/test_ask.py` holds that the command prints it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.evidence import gather
from ledgerqa.grounding import cite, headline, warnings
from ledgerqa.records import (
    Answer,
    Choice,
    Fact,
    Filters,
    Grouping,
    Measure,
    Mention,
    Model,
    Order,
    Period,
    Plan,
    Root,
    Statement,
    Timings,
    Verification,
)
from ledgerqa.terminal.contract import answer_json, answer_object, error_object, exact, plain, statement_text

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 1, 15)
FIELDS = [
    "question", "today", "status", "answer", "plan", "sql", "bql", "result", "facts", "citations", "contributing",
    "verification", "index", "timings_ms", "models",
]  # fmt: skip


def answered(plan: Plan, index: Index) -> Answer:
    evidence = gather(plan, index, TODAY)
    citations = cite(plan, evidence, index)
    return Answer(
        question="how much?",
        today=TODAY,
        status="answered",
        answer=headline(plan, evidence, index, citations),
        plan=plan,
        evidence=evidence,
        citations=citations,
        warnings=warnings(plan, evidence, index),
        verification=Verification(numbers=2, drafted=1, shown=1),
        index=index.info,
        timings=Timings(plan=1.234, total=5.0),
        reader=Model("a reader", "ab12"),
    )


@pytest.fixture
def groceries(books_index: Index) -> dict[str, Any]:
    year = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")
    plan = Plan(Measure.SUM, Filters(accounts=("Expenses:Food:Groceries",)), year, group_by=(Grouping.MONTH,))
    fields: dict[str, Any] = json.loads(answer_json(answered(plan, books_index), books_index.digits, question_id=7))
    return fields


def test_the_fields_and_their_order(groceries: dict[str, Any]) -> None:
    assert [name for name in groceries if name not in {"choices", "warnings"}] == ["id", *FIELDS]
    assert groceries["id"] == 7
    assert groceries["question"] == "how much?"
    assert groceries["today"] == "2024-01-15"
    assert groceries["status"] == "answered"


def test_the_result_has_exact_strings(groceries: dict[str, Any]) -> None:
    assert groceries["result"] == {
        "columns": [
            {"name": "month", "type": "text"},
            {"name": "amount", "type": "number"},
            {"name": "currency", "type": "currency"},
        ],
        "rows": [["2023-02", "12.50", "EUR"], ["2023-03", "7.50", "EUR"]],
        "row_count": 2,
        "truncated": False,
    }


def test_the_plan_has_no_empty_fields(groceries: dict[str, Any]) -> None:
    assert groceries["plan"] == {
        "measure": "sum",
        "filters": {"accounts": ["Expenses:Food:Groceries"]},
        "period": {"start": "2023-01-01", "end": "2024-01-01", "label": "2023"},
        "group_by": ["month"],
        "count_of": "entries",
        "per": "booking",
        "unit": "posting",
        "valuation": "units",
    }


def test_the_statements_show_their_parameters(groceries: dict[str, Any]) -> None:
    assert "SELECT" in groceries["sql"]
    assert "-- parameters: [" in groceries["sql"]
    assert "Expenses:Food:Groceries" in groceries["sql"]
    assert isinstance(groceries["bql"], str)


def test_the_citations_are_the_entries(groceries: dict[str, Any]) -> None:
    assert groceries["contributing"] == 2
    lines = {citation["line"]: citation for citation in groceries["citations"]}
    assert sorted(lines) == [17, 25]
    fruit = lines[25]
    assert fruit == {
        "id": fruit["id"],
        "file": "main.beancount",
        "line": 25,
        "end_line": 27,
        "date": "2023-03-04",
        "payee": "Green Grocer",
        "narration": "fruit",
        "found_by": ["structured"],
        "text": fruit["text"],
    }
    assert fruit["text"].startswith('2023-03-04 * "Green Grocer" "fruit" #picnic\n')
    assert "; half of it was ripe" in fruit["text"]


def test_the_other_objects(groceries: dict[str, Any]) -> None:
    assert groceries["verification"] == {"numbers": 2, "drafted": 1, "shown": 1, "dropped": 0, "unsupported": []}
    assert groceries["timings_ms"] == {"plan": 1.23, "structured": 0.0, "dense": 0.0, "read": 0.0, "total": 5.0}
    assert groceries["models"] == {"reader": {"name": "a reader", "sha256": "ab12"}, "embedder": None}
    index = groceries["index"]
    assert set(index) == {"generation", "built_at", "stale", "entries", "ledger_errors"}
    assert (index["generation"], index["stale"], index["ledger_errors"] > 0) == (1, False, True)
    assert dt.datetime.fromisoformat(index["built_at"]).utcoffset() == dt.timedelta(0)


def test_eighteen_decimals_survive(books_index: Index) -> None:
    plan = Plan(Measure.BALANCE, Filters(accounts=("Assets:Wallet",)))
    fields = answer_object(answered(plan, books_index), books_index.digits)
    assert fields["result"]["rows"] == [["0.123456789012345678", "BTC"]]


def test_income_keeps_the_sign_of_the_ledger(books_index: Index) -> None:
    plan = Plan(Measure.SUM, Filters(roots=(Root.INCOME,)))
    fields = answer_object(answered(plan, books_index), books_index.digits)
    assert fields["result"]["rows"] == [["-6100.00", "EUR"]]
    assert "6,100.00 EUR" in fields["answer"]


def test_counts_are_strings_too(books_index: Index) -> None:
    fields = answer_object(answered(Plan(Measure.COUNT), books_index), books_index.digits)
    ((number,),) = fields["result"]["rows"]
    assert number == str(int(number))


def test_lists_and_nothing(books_index: Index) -> None:
    plan = Plan(Measure.LIST, Filters(accounts=("Expenses",)), order=Order("amount", descending=True), limit=1)
    fields = answer_object(answered(plan, books_index), books_index.digits)
    assert fields["result"]["rows"][0][:2] == ["2023-03-05", "Café 漢字"]
    empty = Plan(Measure.SUM, Filters(accounts=("Expenses:Food",)), Period(dt.date(2021, 1, 1), dt.date(2022, 1, 1)))
    fields = answer_object(answered(empty, books_index), books_index.digits)
    assert (fields["status"], fields["result"]["rows"], fields["contributing"]) == ("answered", [], 0)


def test_one_line_of_utf8(books_index: Index) -> None:
    text = answer_json(answered(Plan(Measure.LIST, Filters(tags=())), books_index), books_index.digits)
    assert "\n" not in text
    assert "Café 漢字" in text


def test_a_question_back_has_choices_and_no_result() -> None:
    answer = Answer("coffee?", TODAY, "clarify", "Which one?", choices=(Choice("Café", "how much at Café?"),))
    fields = answer_object(answer, lambda _: 2)
    assert list(fields) == [*FIELDS, "choices"]
    assert fields["plan"] is None
    assert fields["result"] == {"columns": [], "rows": [], "row_count": 0, "truncated": False}
    assert fields["index"] is None
    assert fields["choices"] == [{"label": "Café", "question": "how much at Café?"}]


def test_an_error_has_all_fields() -> None:
    fields = error_object("why?", TODAY, "it failed", question_id="q")
    assert list(fields) == ["id", *FIELDS]
    assert (fields["id"], fields["status"], fields["answer"]) == ("q", "error", "it failed")


def test_facts_have_rows(books_index: Index) -> None:
    answer = answered(Plan(Measure.SUM), books_index)
    assert answer.evidence
    fact = Fact("share", Decimal("12.5"), "EUR", rows=(0, 1), note="of all")
    from dataclasses import replace

    fields = answer_object(replace(answer, evidence=replace(answer.evidence, facts=(fact,))), books_index.digits)
    assert fields["facts"] == [
        {"name": "share", "number": "12.50", "currency": "EUR", "rows": [0, 1], "note": "of all"}
    ]


@pytest.mark.parametrize(
    ("number", "least", "text"),
    [
        ("1E+3", 0, "1000"),
        ("1E+3", 2, "1000.00"),
        ("5.000000000000000000", 2, "5.00"),
        ("5.120000000000000001", 2, "5.120000000000000001"),
        ("-0.00", 2, "0.00"),
        ("-0.5", 0, "-0.5"),
        ("1E-20", 2, "0.00000000000000000001"),
    ],
)
def test_plain_notation(number: str, least: int, text: str) -> None:
    assert exact(Decimal(number), least) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None), st.integers(0, 8))
def test_no_digit_is_lost(number: Decimal, least: int) -> None:
    text = exact(number, least)
    assert Decimal(text) == number
    assert "E" not in text.upper()
    decimals = text.partition(".")[2]
    assert len(decimals) >= least
    assert len(decimals) == least or not decimals.endswith("0")


def test_what_is_empty_is_left_out_at_every_depth() -> None:
    plan = Plan(
        Measure.SUM,
        Filters(mentions=(Mention("shop", payees=("Shop",)),), minimum=Decimal(0), weekdays=(0,)),
        at=dt.date(2024, 1, 1),
    )
    shown = plain(plan)
    assert shown["filters"] == {"mentions": [{"words": "shop", "payees": ["Shop"]}], "minimum": "0", "weekdays": [0]}
    assert shown["at"] == "2024-01-01"
    assert "period" not in shown


def test_parameters_of_any_type_can_be_shown() -> None:
    statement = Statement("SELECT ?", (dt.date(2024, 1, 1), Decimal("1.50"), ["é"], None, 3))
    assert statement_text(statement) == 'SELECT ?\n-- parameters: ["2024-01-01", "1.5", ["é"], null, 3]'
