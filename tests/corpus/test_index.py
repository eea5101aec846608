from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.generations import DATABASE
from ledgerqa.corpus.schema import TABLES
from ledgerqa.errors import IndexDamagedError
from ledgerqa.records import Root

if TYPE_CHECKING:
    from tests.conftest import MakeLedger

LEDGER = """\
option "title" "Home"
option "operating_currency" "EUR"
include "more/*.beancount"
2024-01-01 open Assets:A
2024-01-01 open Expenses:B
2024-01-02 * "Shop" "Bread"
  Assets:A  -2.50 EUR
  Expenses:B
"""
MORE = {"more/a.beancount": '2024-02-01 note Assets:A "more"\n'}


def test_what_an_index_tells(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER, MORE)
    built = build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert index.info == built
        assert index.ledger.main_file == ledger
        assert index.ledger.title == "Home"
        assert index.ledger.operating_currencies == ("EUR",)
        assert index.ledger.root_names[Root.EXPENSES] == "Expenses"
        assert (index.ledger.first_date, index.ledger.last_date) == (dt.date(2024, 1, 2), dt.date(2024, 1, 2))
        assert (index.digits("EUR"), index.digits("???")) == (2, 2)
        bread, opened = index.entries([2, 0])
        assert (bread.entry_id, bread.type, bread.payee, bread.line, bread.end_line) == (2, "transaction", "Shop", 6, 8)
        assert bread.text == "\n".join(LEDGER.split("\n")[5:8])
        assert (opened.type, opened.payee, opened.narration) == ("open", "", "")
        assert index.entries([]) == []
        assert index.query("SELECT sum(number) FROM postings WHERE root = ?", ["expenses"]) == [(Decimal("2.5"),)]


def test_an_index_is_stale_once_a_source_changed(make_ledger: MakeLedger, data_dir: Path, tmp_path: Path) -> None:
    ledger = make_ledger(LEDGER, MORE)

    def stale() -> bool:
        with open_index(ledger, data_dir) as index:
            return index.info.stale

    build(ledger, data_dir)
    assert not stale()
    more = tmp_path / "more" / "a.beancount"
    os.utime(more, ns=(0, more.stat().st_mtime_ns + 1000))
    assert not stale()

    def rewrite_unseen() -> None:
        before = more.stat()
        more.write_text(more.read_text().replace("more", "less"))
        os.utime(more, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert more.stat().st_size == before.st_size

    for change in (
        lambda: more.write_text(more.read_text() + "\n"),
        rewrite_unseen,
        lambda: (tmp_path / "more" / "b.beancount").write_text("\n"),
        (tmp_path / "more" / "b.beancount").unlink,
    ):
        change()
        assert stale()
        build(ledger, data_dir)
        assert not stale()


def test_a_missing_include_makes_the_index_stale_when_it_comes(
    make_ledger: MakeLedger, data_dir: Path, tmp_path: Path
) -> None:
    ledger = make_ledger('include "later.beancount"\n2024-01-01 open Assets:A\n')
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert not index.info.stale
        (tmp_path / "later.beancount").write_text("2024-01-01 open Assets:B\n")
        assert index.is_stale()


def test_a_question_can_neither_write_nor_reach_outside(
    make_ledger: MakeLedger, data_dir: Path, tmp_path: Path
) -> None:
    ledger = make_ledger(LEDGER, MORE)
    build(ledger, data_dir)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with open_index(ledger, data_dir) as index:
        for sql in (
            "DELETE FROM postings",
            "CREATE TABLE x (y INTEGER)",
            f"SELECT * FROM read_csv('{secret}')",
            f"SELECT * FROM '{secret}'",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            f"COPY postings TO '{tmp_path / 'out.csv'}'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                index.query(sql)
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()


def test_threads_may_share_an_index(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER, MORE)
    build(ledger, data_dir)
    found: list[object] = []
    with open_index(ledger, data_dir) as index:

        def ask() -> None:
            counts = [index.query("SELECT ? + count(*) FROM entries", [number]) for number in range(50)]
            found.append(counts == [[(number + 4,)] for number in range(50)])

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [True] * 4


DUMP = """
import sys
from pathlib import Path
from ledgerqa.corpus import open_index
from ledgerqa.errors import IndexDamagedError
try:
    with open_index(Path(sys.argv[1]), Path(sys.argv[2])) as index:
        for table in sys.argv[3:]:
            print(index.query(f"SELECT * FROM {table}"))
except IndexDamagedError as error:
    print("damaged:", error)
"""


def test_a_flipped_bit_is_told_and_never_read(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER, MORE)
    build(ledger, data_dir)
    database = next(data_dir.rglob(DATABASE))
    good = database.read_bytes()

    def dump() -> str:
        command = [sys.executable, "-c", DUMP, str(ledger), str(data_dir), *TABLES]
        root = str(Path(__file__).parents[2])
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout

    whole = dump()
    assert "Bread" in whole
    chance = random.Random(5)
    told = 0
    for position in [20, 4096 + 30, 8192 + 8, *(chance.randrange(len(good)) for _ in range(9))]:
        database.write_bytes(
            good[:position] + bytes([good[position] ^ 1 << chance.randrange(8)]) + good[position + 1 :]
        )
        found = dump()
        assert found == whole or "damaged: " in found
        told += found != whole
    assert told >= 3


def test_a_block_damaged_after_opening_is_told(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER, MORE)
    build(ledger, data_dir)
    database = next(data_dir.rglob(DATABASE))
    with open_index(ledger, data_dir) as index:
        content = bytearray(database.read_bytes())
        content[12288:] = bytes(len(content) - 12288)
        with database.open("r+b") as file:
            file.write(content)
        everything = " UNION ALL ".join(f"SELECT count(*), CAST(list(t) AS VARCHAR) FROM {table} t" for table in TABLES)
        with pytest.raises(IndexDamagedError):
            index.query(everything)


def test_opening_imports_neither_beancount_nor_numpy() -> None:
    script = (
        "import sys, ledgerqa.corpus, ledgerqa.beans\n"
        "heavy = {'beancount', 'numpy', 'pandas', 'hnswlib'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    root = str(Path(__file__).parents[2])
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=False)
    assert ran.returncode == 0, ran.stderr
