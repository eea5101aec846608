"""Entries as passages, results as facts, and what may be said of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.fusion.facts import facts_of
from ledgerqa.fusion.items import Item, Kind, figure, items_of, names
from ledgerqa.fusion.passages import Posting, choose, passage_text, postings
from ledgerqa.fusion.sentences import Sentences, marks
from ledgerqa.records import Citation, Column, Entry, Evidence, Fact, Measure, Period, Plan, Table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeLedger


def words(text: str) -> list[int]:
    return [0] * len(text.split())


def entry(text: str, number: int = 1, payee: str = "Rosa", narration: str = "bread") -> Entry:
    return Entry(number, "transaction", dt.date(2021, 3, 4), "main.beancount", 1, 4, payee, narration, text)


BREAD = '2021-03-04 * "Rosa" "bread"\n  Expenses:Food   4.50 EUR ; rye\n  Assets:Cash\n'


def test_a_passage_says_all_of_an_entry(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2020-01-01 open Assets:Cash
    2020-01-01 open Expenses:Food
    2021-03-04 * "Rosa" "bread" #market
      shop: "the one at the corner"
      Expenses:Food   1,004.50 EUR ; rye
      ! Assets:Cash
    2021-03-05 note Assets:Cash "counted twice"
    """
    ledger = make_ledger()
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        ids = [
            row[0]
            for row in index.query("SELECT entry_id FROM entries WHERE type IN ('transaction', 'note') ORDER BY date")
        ]
        bread, note = index.entries(ids)
    assert passage_text(bread) == (
        "2021-03-04 Rosa, bread; Expenses:Food 1004.50 EUR; Assets:Cash; shop: the one at the corner; rye\n"
    )
    assert passage_text(note) == '2021-03-05 note Assets:Cash "counted twice"\n'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  Assets:Cash  -4.50 EUR", Posting("Assets:Cash", Decimal("-4.50"), "EUR")),
        ("  Assets:Broker  10 VT {91.20 USD} @ 95 USD", Posting("Assets:Broker", Decimal(10), "VT")),
        ("  ! Assets:Cash", Posting("Assets:Cash")),
        ("  Expenses:Food  40.00/3 EUR", Posting("Expenses:Food")),
        ("  Expenses:Food  40.00 / 3 EUR", Posting("Expenses:Food")),
        ("  Ausgaben:Käse  1.234,50 EUR", Posting("Ausgaben:Käse")),
    ],
)
def test_postings_are_read_where_they_are_plain(line: str, expected: Posting) -> None:
    assert postings(f'2021-03-04 * "x"\n{line}\n  ; Assets:Comment 3 EUR\n') == (expected,)


def test_passages_are_cut_as_a_whole_and_it_is_said() -> None:
    entries = [entry(BREAD), entry(BREAD, 2), entry(BREAD, 3, narration="word " * 19), entry(BREAD, 4, "Li", "tea")]
    chosen = choose(entries, words, budget=20)
    assert [passage.entry_id for passage in chosen.passages] == [1, 4]
    assert chosen.note == "The reader was given 2 of 3 entries found."
    assert choose(entries[:1], words).note == ""


def result() -> tuple[Plan, Evidence, tuple[Citation, ...]]:
    columns = (Column("month", "text"), Column("amount", "number"), Column("currency", "currency"))
    rows = (("2021-03", Decimal("-1234.5"), "EUR"), ("2021-04", Decimal(7), "HOURS"))
    share = Fact("share", Decimal("12.345"), "%", (0,), "2021-03")
    evidence = Evidence(Table(columns, rows, 2), facts=(share,), contributing=14)
    plan = Plan(Measure.SUM, period=Period(dt.date(2021, 1, 1), dt.date(2022, 1, 1), "2021"))
    return plan, evidence, (Citation(1, entry(BREAD)), Citation(2, entry(BREAD, 2, "CAFÉ 22", "")))


def test_facts_say_rows_figures_and_sources() -> None:
    facts = facts_of(*result(), words, lambda _: 2)
    assert facts.text.splitlines() == [
        "Result (sum, 2021):",
        "2021-03, amount 1,234.50 EUR",
        "2021-04, amount 7.00 HOURS",
        "share (2021-03): 12.3%",
        "Sources:",
        "[1] 2021-03-04 Rosa",
        "[2] 2021-03-04 CAFÉ 22",
    ]
    assert facts.notes == ()


def test_facts_are_cut_as_a_whole_and_it_is_said() -> None:
    facts = facts_of(*result(), words, lambda _: 2, row_tokens=4, source_tokens=3)
    assert "(1 of 2 rows)" in facts.text
    assert facts.notes == ("The reader was given 1 of 2 rows.", "The reader was given the marks of 1 of 2 sources.")


def test_items_are_what_the_result_bears() -> None:
    items = items_of(*result(), lambda _: 2)
    assert {(item.text, item.kind.value) for item in items} == {
        ("1,234.50 EUR", "money"),
        ("7.00 HOURS", "money"),
        ("4.50 EUR", "money"),
        ("12.3%", "percent"),
        ("14", "count"),
        ("2021", "date"),
        ("2021-03", "date"),
        ("2021-04", "date"),
        ("2021-01-01", "date"),
        ("2021-12-31", "date"),
        ("2021-03-04", "date"),
        ("[1]", "mark"),
        ("[2]", "mark"),
        ("Rosa", "name"),
        ("CAFÉ 22", "name"),
        ("Expenses:Food", "name"),
        ("Assets:Cash", "name"),
    }


@pytest.mark.parametrize(
    ("number", "currency", "said"),
    [
        ("-1234567.891", "EUR", "1,234,567.891 EUR"),
        ("0", "EUR", "0.00 EUR"),
        ("1E+3", "JPY", "1,000.00 JPY"),
        ("0.3333333333333333333333333333", "EUR", "0.33 EUR"),
        ("50", "%", "50%"),
    ],
)
def test_figures_are_exact_unless_endless(number: str, currency: str, said: str) -> None:
    assert figure(Decimal(number), currency, 2) == said


def test_a_standing_figure_may_keep_its_sign() -> None:
    table = Table((Column("amount", "number"), Column("currency", "currency")), ((Decimal(-5), "EUR"),), 1)
    items = items_of(Plan(Measure.NET_WORTH), Evidence(table), (), lambda _: 2)
    assert [item.text for item in items] == ["5.00 EUR", "-5.00 EUR"]


@pytest.mark.parametrize(
    "name",
    [
        "Pay 500 USD",
        "Ticket 12 GLD",
        "50% off",
        "[3]",
        "-20",
        "5",
        "$ave",
        "Twenty",
        "May",
        "x" * 99,
        "a\tb\x00",
        "Sale 9.99",
        "7-Eleven",
        "",
    ],
)
def test_a_name_that_reads_like_a_figure_is_not_offered(name: str) -> None:
    assert list(names([name], {"GLD"})) == []


@pytest.mark.parametrize("name", ["Studio 54", "Half Moon", "五味", "Assets:US:ETrade:GLD", "Marks & Sons (2)"])
def test_other_names_are(name: str) -> None:
    assert list(names([name], {"GLD"})) == [Item(name, Kind.NAME)]


def test_sentences_end_where_they_end() -> None:
    cutter = Sentences(["Dr. Molar", "Q. E. Dee", "Rosa"])
    text = "You paid Dr. "
    assert cutter.ended(text) == []
    text += "Molar 5.00 EUR [1]. Then Rosa"
    assert cutter.ended(text) == ["You paid Dr. Molar 5.00 EUR [1]."]
    text += "!\n\n- Q. E. Dee was vs. it? Yes"
    assert cutter.ended(text) == ["Then Rosa!", "Q. E. Dee was vs. it?"]
    assert cutter.rest(text) == "Yes"
    assert Sentences().ended("1. Paid (on 2023-05-12) in cash. ") == ["Paid (on 2023-05-12) in cash."]
    assert marks("[2] and [1], [2]") == (2, 1)
