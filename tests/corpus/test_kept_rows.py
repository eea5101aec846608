from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

import ledgerqa.corpus.index as opened
from ledgerqa.corpus import build, open_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledgerqa.corpus.index import Index
    from tests.conftest import MakeLedger

LEDGER = """\
2024-01-01 open Assets:A
2024-01-01 open Expenses:B
2024-01-02 * "Shop" "Bread"
  Assets:A  -2.50 EUR
  Expenses:B
"""
ACCOUNT = "SELECT account FROM postings WHERE root = ? ORDER BY 1"


@pytest.fixture(name="index")
def _index(make_ledger: MakeLedger, data_dir: Path) -> Iterator[Index]:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        yield index


@pytest.fixture(name="ran")
def _ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that reached the database."""
    ran: list[str] = []
    run = opened.Index._run

    def watched(index: Index, sql: str, parameters: Sequence[object]) -> list[tuple[object, ...]]:
        ran.append(sql)
        return run(index, sql, parameters)

    monkeypatch.setattr(opened.Index, "_run", watched)
    return ran


def test_a_statement_asked_again_runs_once(ran: list[str], index: Index) -> None:
    ran.clear()
    assert index.query(ACCOUNT, ["assets"]) == index.query(ACCOUNT, ["assets"]) == [("Assets:A",)]
    assert index.query(ACCOUNT, ["expenses"]) == [("Expenses:B",)]
    assert ran == [ACCOUNT, ACCOUNT]


def test_what_an_answer_rests_on_is_read_afresh(ran: list[str], index: Index) -> None:
    index.query(ACCOUNT, ["assets"])
    ran.clear()
    assert index.query(ACCOUNT, ["assets"], afresh=True) == [("Assets:A",)]
    assert ran == [ACCOUNT]


def test_whoever_changes_the_rows_changes_their_own(index: Index) -> None:
    index.query(ACCOUNT, ["assets"]).clear()
    assert index.query(ACCOUNT, ["assets"]) == [("Assets:A",)]


def test_many_rows_are_not_kept(ran: list[str], index: Index) -> None:
    long = f"SELECT range FROM range({opened.MOST_ROWS + 1})"
    ran.clear()
    assert len(index.query(long)) == len(index.query(long)) == opened.MOST_ROWS + 1
    assert ran == [long, long]


def test_few_statements_are_kept(index: Index) -> None:
    for each in range(2 * opened.MOST_KEPT):
        index.query("SELECT ?", [each])
    assert len(index._kept) <= opened.MOST_KEPT


def test_small_tables_are_read_by_one_thread(index: Index) -> None:
    assert index.query("SELECT current_setting('threads')") == [(1,)]


def test_large_tables_are_read_by_all(make_ledger: MakeLedger, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "ROW_GROUP", 1)
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index, duckdb.connect() as usual:
        threads = "SELECT current_setting('threads')"
        assert index.query(threads) == usual.execute(threads).fetchall()
