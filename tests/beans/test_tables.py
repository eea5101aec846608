from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.beans import load
from ledgerqa.beans.values import INTERVALS
from ledgerqa.corpus.schema import EXACT, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.beans import Book
    from tests.conftest import MakeLedger


def rows_of(book: Book) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for batch in book.batches():
        tables[batch.table].extend(dict(zip(batch.columns, row, strict=True)) for row in batch.rows)
    return tables


LEDGER = """\
option "title" "Everything"
option "operating_currency" "EUR"
option "name_assets" "Vermögen"
plugin "beancount.plugins.implicit_prices"
include "sub/more.beancount"
include "sub/later-*.beancount"
2024-01-01 open Vermögen:Bank EUR
  bank: "Sparkasse"  ; opened in person
2024-01-01 open Vermögen:Depot "FIFO"
2024-01-01 open Expenses:Food:Coffee
2024-01-01 open Equity:Opening
2024-01-02 pad Vermögen:Bank Equity:Opening
2024-01-03 balance Vermögen:Bank 1000.00 EUR
2024-01-04 * "Café Luna" "Flat white" #fun ^trip-1
  rated: 5
  when: 2024-01-01
  friend: TRUE
  paid-from: Vermögen:Bank
  nothing:
  code: "2024-01-04"
  Vermögen:Bank  -4.50 EUR ; with a tip
    receipt: "lost"
  ! Expenses:Food:Coffee
2024-01-04 * "Café Luna" "Flat white" #fun ^trip-1
  Vermögen:Bank  -4.50 EUR
  Expenses:Food:Coffee
2024-02-01 * "Broker" "Buy"
  Vermögen:Depot  3 ACME {33.333333 EUR, "lot-a"}
  Vermögen:Bank
2024-02-02 * "Exchange"
  Vermögen:Bank  10 USD @ 0.913 EUR
  Vermögen:Bank  -9.13 EUR
2024-03-01 balance Vermögen:Bank 7 EUR
2024-03-02 close Expenses:Food:Coffee
2024-03-03 custom "budget" Expenses:Food "weekly" 25 EUR
2024-03-03 custom "note-to-self" "buy milk" TRUE 3
2024-03-04 query "cash" "SELECT 1"
2024-03-05 commodity ACME
  name: "Acme Corporation"
2024-03-06 price ACME 40 EUR
"""
MORE = """\
2024-01-05 event "location" "Lisbon"
2024-01-06 note Vermögen:Bank "called the bank"
"""


@pytest.fixture
def tables(make_ledger: MakeLedger) -> dict[str, list[dict[str, Any]]]:
    return rows_of(load(make_ledger(LEDGER, {"sub/more.beancount": MORE})))


def test_columns_are_those_of_the_schema(make_ledger: MakeLedger) -> None:
    for batch in load(make_ledger(LEDGER, {"sub/more.beancount": MORE})).batches():
        expected = {
            name for name in TABLES[batch.table] if TABLES[batch.table].get(name.removesuffix("_text")) != EXACT
        }
        exact = {name for name, kind in TABLES[batch.table].items() if kind == EXACT}
        counted = {"length"} if batch.table == "texts" else set()  # corpus counts the words
        assert set(batch.columns) == (expected | exact) - counted, batch.table


def test_entries_stand_in_beancounts_order_with_their_lines(
    make_ledger: MakeLedger, tables: dict[str, list[dict[str, Any]]]
) -> None:
    book = load(make_ledger(LEDGER, {"sub/more.beancount": MORE}))
    entries = tables["entries"]
    assert [entry["entry_id"] for entry in entries] == list(range(len(book.directives)))
    assert [entry["date"] for entry in entries] == [entry.date for entry in book.directives]
    note = next(entry for entry in entries if entry["type"] == "note")
    assert (note["file"], note["line"], note["end_line"]) == ("sub/more.beancount", 2, 2)
    coffee = next(entry for entry in entries if entry["payee"] == "Café Luna")
    assert (coffee["line"], coffee["end_line"]) == (14, 23)
    assert coffee["slice"] == "\n".join(LEDGER.split("\n")[13:23])


def test_what_a_plugin_made_has_no_slice_but_keeps_its_place(tables: dict[str, list[dict[str, Any]]]) -> None:
    made = {(entry["type"], entry["line"]): entry for entry in tables["entries"] if entry["made"]}
    assert set(made) == {("transaction", 12), ("price", 27), ("price", 30)}
    assert all(entry["slice"] == "" for entry in made.values())
    assert (made["transaction", 12]["flag"], made["transaction", 12]["end_line"]) == ("P", 12)
    pads = [row for row in tables["postings"] if row["entry_id"] == made["transaction", 12]["entry_id"]]
    assert [(row["number"], row["line"]) for row in pads] == [(Decimal("1000.00"), 13), (Decimal("-1000.00"), 13)]


def test_equal_entries_are_two_facts_with_one_slice_hash_where_their_source_is_equal(make_ledger: MakeLedger) -> None:
    """
    2024-01-01 open Assets:Cash
    2024-01-01 open Expenses:Coffee

    2024-01-02 * "Coffee"
      Assets:Cash  -3 EUR
      Expenses:Coffee

    2024-01-02 * "Coffee"
      Assets:Cash  -3 EUR
      Expenses:Coffee
    """
    coffees = [entry for entry in rows_of(load(make_ledger()))["entries"] if entry["type"] == "transaction"]
    assert len(coffees) == 2
    assert coffees[0]["line"] != coffees[1]["line"]
    assert coffees[0]["slice_hash"] == coffees[1]["slice_hash"]
    assert coffees[0]["text_id"] == coffees[1]["text_id"]


def test_a_line_put_in_above_changes_no_slice_hash(make_ledger: MakeLedger) -> None:
    before = rows_of(load(make_ledger(LEDGER, {"sub/more.beancount": MORE})))["entries"]
    after = rows_of(load(make_ledger("; a new first line\n" + LEDGER, {"sub/more.beancount": MORE})))["entries"]
    assert [entry["slice_hash"] for entry in before] == [entry["slice_hash"] for entry in after]
    hashes = {entry["slice_hash"] for entry in before}
    assert len(hashes) == len(before)


def test_texts_hold_words_and_neither_dates_nor_amounts(tables: dict[str, list[dict[str, Any]]]) -> None:
    texts = {row["text_id"]: row["text"] for row in tables["texts"]}
    said = {
        (entry["type"], entry["line"]): texts[entry["text_id"]]
        for entry in tables["entries"]
        if entry["text_id"] is not None
    }
    assert said == {
        ("open", 7): "Sparkasse | opened in person | Bank",
        (
            "transaction",
            12,
        ): "(Padding inserted for Balance of 1000.00 EUR for difference 1000.00 EUR) | Bank | Opening",
        ("transaction", 14): "Café Luna | Flat white | Bank | Coffee | #fun | ^trip-1 | lost | with a tip",
        ("transaction", 24): "Café Luna | Flat white | Bank | Coffee | #fun | ^trip-1",
        ("transaction", 27): "Broker | Buy | Depot | Bank",
        ("transaction", 30): "Exchange | Bank",
        ("event", 1): "location | Lisbon",
        ("note", 2): "called the bank | Bank",
        ("custom", 36): "note-to-self | buy milk",
        ("query", 37): "cash",
        ("commodity", 38): "Acme Corporation | ACME",
    }
    assert len(set(texts.values())) == len(texts)


def test_metadata_is_what_the_user_wrote_with_its_types(tables: dict[str, list[dict[str, Any]]]) -> None:
    first = next(row["entry_id"] for row in tables["entries"] if row["payee"] == "Café Luna")
    found = [
        (row["key"], row["value"], row["type"], row["posting_id"] is None)
        for row in tables["metadata"]
        if row["entry_id"] == first
    ]
    assert found == [
        ("rated", "5", "number", True),
        ("when", "2024-01-01", "date", True),
        ("friend", "TRUE", "boolean", True),
        ("paid-from", "Vermögen:Bank", "account", True),
        ("nothing", None, "none", True),
        ("code", "2024-01-04", "text", True),
        ("receipt", "lost", "text", False),
    ]
    assert {row["key"] for row in tables["metadata"]} == {key for key, *_ in found} | {"bank", "name"}


def test_tables_of_the_other_directives(tables: dict[str, list[dict[str, Any]]]) -> None:
    def only(table: str, *columns: str) -> list[tuple[Any, ...]]:
        return [tuple(row[column] for column in columns) for row in tables[table]]

    assert only("tags", "tag") == [("fun",), ("fun",)]
    assert only("links", "link") == [("trip-1",), ("trip-1",)]
    assert only("pads", "account", "source_account") == [("Vermögen:Bank", "Equity:Opening")]
    assert only("balances", "number", "difference") == [(Decimal("1000.00"), None), (7, Decimal("874.870001"))]
    assert only("events", "type", "description") == [("location", "Lisbon")]
    assert only("notes", "account", "comment") == [("Vermögen:Bank", "called the bank")]
    assert only("commodities", "currency") == [("ACME",)]
    assert only("queries", "name", "query") == [("cash", "SELECT 1")]
    assert only("budgets", "account", "interval", "number", "currency") == [("Expenses:Food", "weekly", 25, "EUR")]
    assert only("customs", "values") == [(["Expenses:Food", "weekly", "25 EUR"],), (["buy milk", "TRUE", "3"],)]
    assert only("prices", "currency", "number", "quote") == [
        ("ACME", Decimal("33.333333"), "EUR"),
        ("USD", Decimal("0.913"), "EUR"),
        ("ACME", 40, "EUR"),
    ]
    assert {(row["base"], row["quote"]) for row in tables["rates"]} == {
        ("ACME", "EUR"),
        ("EUR", "ACME"),
        ("USD", "EUR"),
        ("EUR", "USD"),
    }


def test_accounts_currencies_and_the_ledgers_own_facts(tables: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    accounts = {row["account"]: row for row in tables["accounts"]}
    assert accounts["Vermögen:Bank"]["root"] == "assets"
    assert accounts["Vermögen:Bank"]["currencies"] == ["EUR"]
    assert accounts["Vermögen:Depot"]["booking"] == "FIFO"
    coffee = accounts["Expenses:Food:Coffee"]
    assert (coffee["close_date"], coffee["postings"], coffee["depth"], coffee["leaf"]) == (
        dt.date(2024, 3, 2),
        2,
        3,
        "Coffee",
    )
    currencies = {
        row["currency"]: (row["digits"], row["operating"], row["held_at_cost"]) for row in tables["currencies"]
    }
    assert currencies == {"ACME": (0, False, True), "EUR": (2, True, False), "USD": (0, False, False)}
    facts = {row["key"]: row["value"] for row in tables["ledger"]}
    assert facts["title"] == "Everything"
    assert facts["name_assets"] == "Vermögen"
    assert (facts["first_date"], facts["last_date"]) == ("2024-01-02", "2024-02-02")
    assert str(tmp_path / "sub" / "later-*.beancount") in facts["include_globs"]
    assert [row["name"] for row in tables["sources"]] == ["main.beancount", "sub/more.beancount"]


def test_roots_follow_the_options(tables: dict[str, list[dict[str, Any]]]) -> None:
    roots = {row["account"].partition(":")[0]: row["root"] for row in tables["postings"]}
    assert roots == {"Vermögen": "assets", "Expenses": "expenses", "Equity": "equity"}


@pytest.mark.parametrize(
    "name",
    [
        "beancount_examples/vesting/vesting.beancount",
        "ethertw_accounting/main.bean",
        "fava_tests/long-example.beancount",
        "lazy_beancount/main.bean",
    ],
)
def test_basis_and_weight_are_beancounts(shared_ledgers: Path, name: str) -> None:
    from beancount.core import convert

    book = load(shared_ledgers / name)
    postings = [posting for entry in book.directives for posting in getattr(entry, "postings", ())]
    rows = rows_of(book)["postings"]
    assert len(rows) == len(postings)
    for row, posting in zip(rows, postings, strict=True):
        assert (row["number"], row["currency"]) == tuple(posting.units)
        assert (row["basis"], row["basis_currency"]) == tuple(convert.get_cost(posting))
        assert (row["weight"], row["weight_currency"]) == tuple(convert.get_weight(posting))


def test_budgets_are_those_that_fava_takes(shared_ledgers: Path, make_ledger: MakeLedger) -> None:
    from fava.core.budgets import parse_budgets
    from fava.util.date import INTERVALS as FAVAS

    odd = """\
    2024-01-01 open Expenses:A
    2024-01-01 custom "budget" Expenses:A "fortnightly" 1 EUR
    2024-01-01 custom "budget" Expenses:A "Monthly" 2 EUR
    2024-01-01 custom "budget" Expenses:A "monthly"
    2024-01-01 custom "budget" Expenses:A "monthly" 3
    2024-01-01 custom "budget" Expenses:A "year" 4 EUR
    """
    for path in (shared_ledgers / "fava_examples" / "budgets-example.beancount", make_ledger(odd)):
        book = load(path)
        customs = [entry for entry in book.directives if type(entry).__name__ == "Custom"]
        favas, _ = parse_budgets([entry for entry in customs if not _without_amount(entry)])
        ours = {(row["account"], row["date"], row["number"], row["currency"]) for row in rows_of(book)["budgets"]}
        assert ours == {(b.account, b.date_start, b.number, b.currency) for found in favas.values() for b in found}
        assert ours
    assert set(INTERVALS) == set(FAVAS)


def _without_amount(entry: Any) -> bool:
    """Fava raises on a budget whose third value is a bare number; here it is no budget."""
    return len(entry.values) > 2 and not hasattr(entry.values[2].value, "currency")


@pytest.mark.parametrize(
    ("written", "meant"), [("Jahr", "yearly"), ("monatlich", "monthly"), ("trimestre", "quarterly")]
)
def test_budgets_of_intervals_in_other_languages(written: str, meant: str, make_ledger: MakeLedger) -> None:
    ledger = f'2024-01-01 open Expenses:A\n2024-01-01 custom "budget" Expenses:A "{written}" 4 EUR\n'
    assert [row["interval"] for row in rows_of(load(make_ledger(ledger)))["budgets"]] == [meant]
