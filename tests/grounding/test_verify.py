"""The gate: no number or date is shown that the result does not bear, whatever the evidence is."""

from __future__ import annotations

import datetime as dt
import importlib.util
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgerqa.grounding import bearers, cite, gate, headline, sentences, with_span
from ledgerqa.grounding.verify import SAFE, unsupported
from ledgerqa.records import (
    Answer,
    Column,
    Evidence,
    Fact,
    Filters,
    Grouping,
    Measure,
    Order,
    Period,
    Plan,
    Root,
    Table,
    Valuation,
    Variant,
)

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 7, 1)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
NUMBERS = (
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2)
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=18)
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=26)
)
TEXTS = st.sampled_from(
    [
        "Green Grocer",
        "7-Eleven",
        "CHECK 128",
        "1password 12.99",
        "",
        "Ünïcode 家賃",
        "v1.2.3",
        "2021-04 rent",
        "A 1,234.50 B",
        "long " * 40,
    ]
) | st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)
CURRENCIES = st.sampled_from(["EUR", "USD", "ORCH", "ETH"])
ACCOUNTS = st.sampled_from(
    [
        "Expenses:Food:Market",
        "Revenue:Salary",
        "Assets:Bank:Giro",
        "Liabilities:Card:Blue",
        "Equity:Opening",
        "Expenses:Fix3DPrinter2",
    ]
)
CELLS = {"text": TEXTS, "date": DATES, "number": NUMBERS, "currency": CURRENCIES, "integer": st.integers(0, 10**6)}

# The columns of each measure, as evidence lays them out.
LAYOUTS: dict[Measure, str] = {
    Measure.LIST: "date:date payee:text narration:text account:account amount:number currency:currency",
    Measure.HOLDINGS: (
        "account:account units:number commodity:currency cost:number currency:currency value:number currency:currency "
        "gain:number currency:currency"
    ),
    Measure.PRICE: "date:date commodity:text price:number currency:currency",
    Measure.BUDGET: (
        "account:account interval:text budget:number currency:currency spent:number currency:currency left:number currency:currency"
    ),
    Measure.METADATA: "date:date subject:text receipt:text",
    Measure.ACCOUNTS: "account:account opened:date closed:date currencies:text",
    Measure.COMMODITIES: "commodity:text name:text declared:date",
    Measure.EVENTS: "date:date type:text description:text",
    Measure.NOTES: "date:date account:account comment:text",
    Measure.DOCUMENTS: "date:date account:account path:text",
    Measure.BALANCE_CHECKS: "date:date account:account amount:number currency:currency difference:number currency:currency",
    Measure.QUERIES: "name:text query:text",
    Measure.LEDGER_ERRORS: "file:text line:integer kind:text message:text",
    Measure.RECURRING: (
        "payee:text account:account cadence:text amount:number currency:currency times:integer first:date last:date"
    ),
    Measure.INCOME_STATEMENT: "account:account amount:number currency:currency",
    Measure.BALANCE_SHEET: "account:account amount:number currency:currency",
}
FIGURES = {Measure.COUNT: "count:integer", Measure.AVERAGE: "average:number currency:currency"}
GROUPED = frozenset(
    {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME}
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    measure = draw(st.sampled_from(list(Measure)))
    start, end = sorted([draw(DATES), draw(DATES)])
    period = draw(
        st.sampled_from(
            [
                Period(),
                Period(start, end + dt.timedelta(days=1)),
                Period(None, end),
                Period(start, None, f"since {start}"),
            ]
        )
    )
    group_by = draw(st.lists(st.sampled_from(list(Grouping)), max_size=2, unique=True)) if measure in GROUPED else []
    if measure is Measure.GAPS:
        group_by = [draw(st.sampled_from([Grouping.MONTH, Grouping.YEAR, Grouping.WEEK]))]
    sides = (
        Variant("in 2023", Filters(), Period(start, end)),
        Variant("Rent", Filters(roots=(Root.INCOME,)), Period()),
    )
    return Plan(
        measure,
        Filters(
            roots=tuple(draw(st.lists(st.sampled_from(list(Root)), max_size=2, unique=True))),
            accounts=tuple(draw(st.lists(ACCOUNTS, max_size=2, unique=True))),
            minimum=draw(st.none() | st.decimals(0, 10**6, places=3)),
            tags=draw(st.sampled_from([(), ("trip-2017",)])),
        ),
        period,
        compare=draw(st.sampled_from([(), sides])) if measure in GROUPED else (),
        group_by=tuple(group_by),
        order=draw(st.sampled_from([None, Order("amount", descending=True), Order("date"), Order("key")])),
        limit=draw(st.sampled_from([None, 1, 5])),
        valuation=draw(st.sampled_from(list(Valuation))),
        at=draw(st.none() | DATES),
        convert_to=draw(st.none() | CURRENCIES),
        per=draw(st.sampled_from(["booking", "month"])),
        key=draw(st.sampled_from([None, "receipt"])),
        reading=draw(st.sampled_from([(), ("last year = 2023", "food = Expenses:Food")])),
    )


def layout(plan: Plan) -> list[tuple[str, str]]:
    if plan.measure is Measure.GAPS:
        return [(plan.group_by[0].value, "text")]
    fields = LAYOUTS.get(plan.measure)
    if fields is None:
        keys = ["side:text"] if plan.compare else []
        keys += [f"{one.value}:{'account' if one is Grouping.ACCOUNT else 'text'}" for one in plan.group_by]
        fields = " ".join([*keys, FIGURES.get(plan.measure, "amount:number currency:currency")])
    return [(name, kind) for name, _, kind in (field.partition(":") for field in fields.split())]


@st.composite
def evidence_of(draw: st.DrawFn, plan: Plan, entries: int) -> Evidence:
    fields = layout(plan)
    row = st.tuples(
        *(
            st.sampled_from(["in 2023", "Rent"])
            if name == "side"
            else ACCOUNTS
            if kind == "account"
            else CELLS[kind]
            if kind in ("currency", "text", "integer") or name in ("amount", "average", "units")
            else st.none() | CELLS[kind]
            for name, kind in fields
        )
    )
    rows = draw(st.lists(row, max_size=12))
    more = draw(st.integers(0, 40))
    ids = st.integers(0, entries - 1)
    facts = [
        Fact(name, draw(NUMBERS), currency, (0,), note)
        for name, currency, note in draw(
            st.lists(
                st.sampled_from(
                    [
                        ("total", "EUR", ""),
                        ("divisor", "", "months"),
                        ("share", "%", "x"),
                        ("difference", "EUR", "Rent less in 2023"),
                        ("change", "%", "from in 2023 to Rent"),
                        ("income", "EUR", ""),
                        ("net", "EUR", ""),
                        ("total_cost", "EUR", ""),
                    ]
                ),
                max_size=4,
            )
        )
    ]
    first, last = sorted([draw(DATES), draw(DATES)])
    return Evidence(
        Table(
            tuple(Column(name, "text" if kind == "account" else kind) for name, kind in fields),  # type: ignore[arg-type]
            tuple(rows),
            len(rows) + (more if rows else 0),
            truncated=bool(rows and more),
        ),
        facts=tuple(facts),
        entry_ids=tuple(draw(st.lists(ids, max_size=12, unique=True))),
        contributing=draw(st.integers(0, 5000)),
        row_entries=tuple(draw(st.none() | ids) for _ in rows),
        first_date=draw(st.sampled_from([None, first])),
        last_date=last,
        unconverted=draw(st.sampled_from([(), ("ETH",), ("ETH", "ORCH")])),
        notes=draw(st.sampled_from([(), ("3 more ended by 2024-12-30",)])),
    )


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_number_of_every_sentence_is_borne(orchard: Index, data: st.DataObject) -> None:
    plan = data.draw(plans())
    evidence = with_span(plan, data.draw(evidence_of(plan, orchard.info.entries)))
    citations = cite(plan, evidence, orchard)
    drafted = sentences(plan, evidence, orchard, citations)
    assert drafted
    assert all(drafted)
    shown, verification = gate(drafted, bearers(plan, evidence, citations, TODAY))
    assert verification.unsupported == ()
    assert shown == drafted
    assert headline(plan, evidence, orchard, citations) == " ".join(drafted)


@pytest.fixture(scope="session")
def scorer(shared_ledgers: Path) -> ModuleType:
    path = shared_ledgers.parent / "eval" / "score.py"
    if not path.is_file():
        pytest.skip("the scorer (../shared/eval/score.py) does not lie beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_passes_the_gate_is_grounded_for_the_scorer(orchard: Index, scorer: Any, data: st.DataObject) -> None:
    from ledgerqa.terminal.contract import answer_object

    plan = data.draw(plans())
    evidence = with_span(plan, data.draw(evidence_of(plan, orchard.info.entries)))
    citations = cite(plan, evidence, orchard)
    text = headline(plan, evidence, orchard, citations)
    answer = Answer("", TODAY, "answered", text, plan, evidence, citations)
    assert scorer.grounded(answer_object(answer, orchard.digits)), text


# ------------------------------------------------------------------------------------------------ what is caught

EVIDENCE = Evidence(
    Table((Column("amount", "number"), Column("currency", "currency")), ((Decimal("1234.50"), "EUR"),), 1),
    facts=(Fact("share", Decimal("12.3456"), "%"),),
    contributing=52,
)
PLAN = Plan(Measure.SUM, period=Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "in 2023"))


@pytest.mark.parametrize(
    "sentence",
    [
        "It was 1,234.50 EUR.",
        "It was -1234.5 EUR in 2023, over 52 entries [1–10].",
        "A share of 12.3% or 12.35% or 12%.",
        "From 2023-01-01 in 2023-01, as of 2024-07-01.",
        "Nothing at all [3].",
    ],
)
def test_borne(sentence: str) -> None:
    assert unsupported(sentence, bearers(PLAN, EVIDENCE, (), TODAY))[1] == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It was 1,234.51 EUR.", ["1,234.51"]),
        ("It was 1,234 EUR.", ["1,234"]),
        ("It was 1,234.5k EUR, 51 entries.", ["51"]),
        ("A share of 12.4%.", ["12.4"]),
        ("On 2023-01-02.", ["2023-01-02"]),
        ("In 2022 and 2023-02.", ["2023-02", "2022"]),
        ("A million: 1,000,000 EUR.", ["1,000,000"]),
    ],
)
def test_not_borne(sentence: str, missing: list[str]) -> None:
    assert unsupported(sentence, bearers(PLAN, EVIDENCE, (), TODAY))[1] == missing


def test_a_row_is_never_rounded_but_an_average_may_be_shortened() -> None:
    average = replace(PLAN, measure=Measure.AVERAGE)
    assert unsupported("It was 1,234 EUR.", bearers(average, EVIDENCE, (), TODAY))[1] == []


def test_an_unborne_sentence_is_left_out_and_named() -> None:
    shown, verification = gate(["It was 1,234.50 EUR.", "That is 99 a day."], bearers(PLAN, EVIDENCE, (), TODAY))
    assert shown == ("It was 1,234.50 EUR.",)
    assert verification.numbers == 2
    assert verification.unsupported == ("That is 99 a day. (not borne by the result: 99)",)


def test_an_answer_is_never_empty() -> None:
    shown, verification = gate(["It was 99 EUR."], bearers(PLAN, EVIDENCE, (), TODAY))
    assert shown == (SAFE,)
    assert len(verification.unsupported) == 1


def test_the_question_bears_nothing_but_the_plan_does() -> None:
    bound = replace(PLAN, filters=Filters(minimum=Decimal(125)), limit=7)
    assert unsupported("The first 7 of more than 125.", bearers(bound, EVIDENCE, (), TODAY))[1] == []
    assert unsupported("The first 7 of more than 125.", bearers(PLAN, EVIDENCE, (), TODAY))[1] == ["7", "125"]
