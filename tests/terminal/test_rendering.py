"""Answers on a terminal and in a pipe: the same figures, never cut, with the signs that people mean."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from ledgerqa.evidence import gather
from ledgerqa.grounding import cite, headline, warnings
from ledgerqa.records import Answer, Choice, Filters, Grouping, Measure, Order, Period, Plan, Root, Timings, Valuation
from ledgerqa.terminal.charts import moment, nice_ticks, series_chart
from ledgerqa.terminal.explain import explanation
from ledgerqa.terminal.plain import answer_text
from ledgerqa.terminal.render import print_answer
from ledgerqa.terminal.tables import ShownColumn, ShownTable, shown_table

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 1, 15)
YEAR = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")
SPENDING = Filters(roots=(Root.EXPENSES,))
EVERY_DAY = Plan(Measure.SUM, SPENDING, group_by=(Grouping.DAY,))
PLANS = {
    "total": Plan(Measure.SUM, SPENDING, YEAR),
    "by account": Plan(Measure.SUM, SPENDING, YEAR, group_by=(Grouping.ACCOUNT,)),
    "by day": EVERY_DAY,
    "income by month": Plan(Measure.SUM, Filters(roots=(Root.INCOME,)), YEAR, group_by=(Grouping.MONTH,)),
    "list": Plan(Measure.LIST, SPENDING, YEAR, order=Order("date")),
    "holdings": Plan(Measure.HOLDINGS, valuation=Valuation.MARKET),
    "statement": Plan(Measure.INCOME_STATEMENT, period=YEAR),
    "nothing": Plan(Measure.SUM, SPENDING, Period(dt.date(2021, 1, 1), dt.date(2022, 1, 1), "2021")),
}


def answered(plan: Plan, index: Index) -> Answer:
    evidence = gather(plan, index, TODAY)
    citations = cite(plan, evidence, index)
    sentence = headline(plan, evidence, index, citations)
    told = warnings(plan, evidence, index)
    return Answer("?", TODAY, "answered", sentence, plan, evidence, citations, warnings=told, index=index.info)


def on_terminal(answer: Answer, index: Index, width: int = 80, height: int = 60, *, color: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, height=height, force_terminal=True, no_color=not color, highlight=False
    )
    with console.capture() as capture:
        print_answer(answer, index, console, Path("/books"))
    return capture.get()


def bare(text: str) -> str:
    """Without styles and links."""
    return re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_wider_than_the_terminal_and_no_figure_is_cut(books_index: Index, name: str, width: int) -> None:
    answer = answered(PLANS[name], books_index)
    shown = bare(on_terminal(answer, books_index, width))
    assert all(cell_len(line) <= width for line in shown.splitlines())
    table = shown_table(answer, books_index)
    rows = table.rows if table else ()
    figures = [
        text for row in rows for column, text in zip(table.columns if table else (), row, strict=True) if column.right
    ]
    assert [figure for figure in figures if figure not in shown] == []


def test_a_single_figure_needs_no_table(books_index: Index) -> None:
    answer = answered(PLANS["total"], books_index)
    assert shown_table(answer, books_index) is None
    assert on_terminal(answer, books_index).count("1,291.00 EUR") == 1


def test_a_breakdown_has_bars_and_a_total(books_index: Index) -> None:
    shown = bare(on_terminal(answered(PLANS["by account"], books_index), books_index))
    (longest,) = [line for line in shown.splitlines() if line.startswith("Expenses:Food:Restaurants")]
    assert re.fullmatch(r"Expenses:Food:Restaurants +1,250\.00  EUR  █+", longest.rstrip())
    assert "Period: 2023-01-01 to 2023-12-31" in shown


def test_income_is_positive_and_that_is_said(books_index: Index) -> None:
    answer = answered(PLANS["income by month"], books_index)
    for shown in (bare(on_terminal(answer, books_index)), answer_text(answer, books_index)):
        assert "3,100.00" in shown
        assert "-3,100.00" not in shown
        assert "Income and gains are shown as positive" in shown


def test_expenses_are_not_turned(books_index: Index) -> None:
    shown = answer_text(answered(PLANS["by account"], books_index), books_index)
    assert "shown as positive" not in shown


def test_rows_of_entries_carry_their_marks(books_index: Index) -> None:
    answer = answered(PLANS["list"], books_index)
    shown = bare(on_terminal(answer, books_index, 120))
    for citation in answer.citations:
        assert re.search(rf"^\[{citation.id}\] +{citation.entry.date}", shown, re.MULTILINE)
        assert f"[{citation.id}] main.beancount:{citation.entry.line}" in shown
    piped = answer_text(answer, books_index).splitlines()
    (cake,) = [line for line in piped if "お茶 and cake" in line and line.startswith("[")]
    assert cake.endswith("main.beancount:29")


def test_citations_are_links(books_index: Index) -> None:
    assert "file:///books/main.beancount" in on_terminal(answered(PLANS["total"], books_index), books_index, color=True)


def test_east_asian_text_keeps_columns_aligned(books_index: Index) -> None:
    lines = answer_text(answered(PLANS["list"], books_index), books_index).splitlines()
    start = next(at for at, line in enumerate(lines) if "account" in line)
    ends = {cell_len(line[: line.index("  EUR")]) for line in lines[start + 1 :] if line.startswith("[")}
    assert len(ends) == 1


def test_plain_text_has_no_markup_and_no_trailing_space(books_index: Index) -> None:
    for plan in PLANS.values():
        text = answer_text(answered(plan, books_index), books_index)
        assert "\x1b" not in text
        assert all(line == line.rstrip() for line in text.splitlines())


def test_twenty_rows_are_enough_on_a_terminal(books_index: Index) -> None:
    plan = Plan(Measure.SUM, SPENDING, group_by=(Grouping.PAYEE,))
    answer = answered(plan, books_index)
    assert answer.evidence
    table = replace(answer.evidence.table, rows=answer.evidence.table.rows * 10, row_count=40)
    answer = replace(answer, evidence=replace(answer.evidence, table=table))
    rows = len(table.rows)
    assert f"… {rows - 20} more rows; --json has all" in bare(on_terminal(answer, books_index))
    assert "more rows" not in answer_text(answer, books_index)


def test_the_sentence_stays_in_sight(books_index: Index) -> None:
    plan = Plan(Measure.SUM, SPENDING, group_by=(Grouping.ACCOUNT, Grouping.DAY))
    answer = answered(plan, books_index)
    assert answer.evidence
    table = replace(answer.evidence.table, rows=answer.evidence.table.rows * 10)
    answer = replace(answer, evidence=replace(answer.evidence, table=table))
    assert len(on_terminal(answer, books_index, 100, 24).splitlines()) <= 24


def test_warnings_and_errors_are_told(books_index: Index) -> None:
    answer = answered(PLANS["by account"], books_index)
    for shown in (bare(on_terminal(answer, books_index)), answer_text(answer, books_index)):
        assert "errors in the ledger" in shown
        assert "Beancount reports" in shown


def test_choices_of_a_question_back(books_index: Index) -> None:
    answer = Answer("coffee?", TODAY, "clarify", "Which one?", choices=(Choice("Café", "how much at Café?"),))
    assert "how much at Café?" in bare(on_terminal(answer, books_index))
    assert answer_text(answer, books_index).splitlines() == ["Which one?", "- Café: how much at Café?"]


def test_nothing_found_is_said(books_index: Index) -> None:
    assert "2021" in answer_text(answered(PLANS["nothing"], books_index), books_index).splitlines()[0]


def test_explanations_show_plan_sql_and_timings(books_index: Index) -> None:
    answer = replace(answered(PLANS["by account"], books_index), timings=Timings(plan=1.25, total=3.5))
    lines = explanation(answer).splitlines()
    assert lines[:4] == ["plan:", "  measure: sum", "  filters:", "    roots:"]
    assert "      - expenses" in lines
    assert any(line.startswith("  -- parameters: [") for line in lines)
    assert "  total: 3.5" in lines
    assert explanation(Answer("?", TODAY, "clarify", "Which?")).splitlines()[1].startswith("  none")


# ------------------------------------------------------------------------------------------------------- charts


def series(labels: list[str], values: list[int], currencies: list[str] | None = None) -> ShownTable:
    return ShownTable(
        (ShownColumn("month", "month", "text"), ShownColumn("amount", "amount", "number")),
        tuple((label, str(value)) for label, value in zip(labels, values, strict=True)),
        tuple(map(Decimal, values)),
        tuple(currencies or ["EUR"] * len(labels)),
    )


def test_a_series_is_drawn_within_its_width() -> None:
    chart = series_chart(series(["2024-01", "2024-02", "2024-03"], [1, 5, -2]), 50)
    assert max(map(len, chart.splitlines())) <= 50
    assert "2024-01" in chart
    assert "2024-03" in chart


@pytest.mark.parametrize(
    "table",
    [
        series(["2024-01", "2024-02"], [1, 2]),
        series(["2024-01", "2024-02", "2024-03"], [0, 0, 0]),
        series(["a", "a", "b"], [1, 2, 3]),
        series([], []),
    ],
    ids=["two points", "all nought", "two series", "empty"],
)
def test_what_is_no_line_is_not_drawn(table: ShownTable) -> None:
    assert series_chart(table, 80) == ""


def test_the_currency_with_most_points_is_drawn() -> None:
    table = series(["2024-01", "2024-01", "2024-02", "2024-03"], [1, 9, 2, 3], ["EUR", "USD", "EUR", "EUR"])
    assert series_chart(table, 60)


@pytest.mark.parametrize(("low", "high"), [("0", "1"), ("-3336.41", "4005.65"), ("0", "0.0003"), ("5", "1234567890")])
def test_ticks_are_round_and_cover(low: str, high: str) -> None:
    ticks = nice_ticks(Decimal(low), Decimal(high))
    assert ticks[0] <= Decimal(low)
    assert ticks[-1] >= Decimal(high)
    assert 3 <= len(ticks) <= 8
    assert all(len(tick.normalize().as_tuple().digits) <= 4 for tick in ticks)


def test_labels_of_time_are_moments() -> None:
    labels = ["2023", "2023-W05", "2023-Q2", "2023-05", "2023-05-02"]
    assert [moment(label) for label in labels] == sorted(moment(label) for label in labels)
