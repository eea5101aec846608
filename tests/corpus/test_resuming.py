"""Loading what an edit can have changed gives the tables of a whole load, or is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ledgerqa.beans import load
from ledgerqa.beans.edits import BLOCK, blocks, edit_of
from ledgerqa.beans.placing import relative, source_of
from ledgerqa.beans.resuming import NotResumableError
from ledgerqa.beans.slices import split_lines
from ledgerqa.corpus.building import write_tables
from ledgerqa.corpus.generations import DATABASE, Manifest
from ledgerqa.corpus.index import open_generation
from ledgerqa.corpus.patching import patch
from ledgerqa.corpus.resuming import change_of
from ledgerqa.corpus.schema import SCHEMA_VERSION, TABLES
from ledgerqa.errors import LedgerqaError
from ledgerqa.samples import sample_ledger

LEDGER = """
option "operating_currency" "EUR"

2020-01-01 open Assets:Bank           EUR
2020-01-01 open Assets:Broker
2020-01-01 open Expenses:Food
2020-01-01 open Income:Gains
2020-01-01 open Equity:Opening

2020-01-02 * "Opening"
  Assets:Bank       1000.00 EUR
  Equity:Opening

2020-02-01 * "Buy"
  Assets:Broker     10 STK {10.00 EUR}
  Assets:Bank      -100.00 EUR

2020-02-01 * "Buy more"
  Assets:Broker     10 STK {12.00 EUR}
  Assets:Bank      -120.00 EUR

2020-03-01 balance Assets:Bank  780.00 EUR

2020-03-05 * "Shop" "Bread"
  Expenses:Food      3.50 EUR
  Assets:Bank

2020-04-01 price STK 15.00 EUR
"""


def test_units_are_booked_against_the_lots_from_before(tmp_path: Path) -> None:
    tables = Tables(tmp_path, LEDGER)
    tables.append(
        '2020-05-01 * "Sell"\n  Assets:Broker  -5 STK {12.00 EUR}\n  Assets:Bank  75.00 EUR\n  Income:Gains\n'
    )
    assert tables.resumed() == tables.whole()
    rows = tables.query("SELECT cost::VARCHAR, cost_date::VARCHAR FROM postings WHERE number = -5")
    assert rows == [("12.000000000000000000", "2020-02-01")]


@pytest.mark.parametrize(
    ("appended", "why"),
    [
        ('2020-05-01 * "Typo"\n  Expenses:Fod  1 EUR\n  Assets:Bank\n', "unknown account"),
        ("2020-05-01 balance Assets:Bank  1.00 EUR\n", "Balance failed"),
        ("2020-05-01 pad Assets:Bank Equity:Opening\n2020-05-02 balance Assets:Bank  5 EUR\n", "pad"),
        ("2020-05-01 open Assets:Bank\n", "opened otherwise"),
        ('2020-05-01 * "half', "fault"),
        ('option "title" "Mine"\n', "options"),
        ('include "more.beancount"\n', "includes"),
        ("pushtag #trip\n", "pushtag"),
        ('plugin "beancount.plugins.auto_accounts"\n', "plugins"),
    ],
)
def test_what_may_change_more_is_refused(tmp_path: Path, appended: str, why: str) -> None:
    tables = Tables(tmp_path, LEDGER)
    tables.append(appended)
    with pytest.raises(NotResumableError, match=why):
        tables.resumed()


def test_a_waiting_pad_is_refused(tmp_path: Path) -> None:
    tables = Tables(tmp_path, LEDGER + "2020-05-01 pad Assets:Broker Equity:Opening\n")
    tables.append("2020-06-01 balance Assets:Broker  3 EUR\n")
    with pytest.raises(NotResumableError):
        tables.resumed()


def test_lines_that_come_to_stand_beside_those_of_another_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other.beancount").write_text('\n\n2020-05-01 event "place" "Oslo"\n')
    tables = Tables(tmp_path, 'include "other.beancount"\n; a comment\n; another\n2020-05-01 event "place" "Rome"\n')
    tables.main.write_text(tables.main.read_text().replace("; another\n", ""))
    with pytest.raises(NotResumableError, match="files"):
        tables.resumed()


def test_an_edit_is_found_by_whole_blocks() -> None:
    before = [f"line {number}" for number in range(5 * BLOCK + 7)]
    after = [*before[: BLOCK + 3], "new", "lines", *before[BLOCK + 4 :]]
    edit = edit_of("f", after, blocks(before), len(before))
    assert (edit.first, edit.end, edit.shift) == (BLOCK, 2 * BLOCK, 1)
    assert before[edit.end :] == after[edit.new_end :]
    assert edit_of("f", before, blocks(before), len(before)).text == []


@pytest.mark.parametrize("seed", range(2))
def test_any_edits_of_the_sample_come_to_what_a_whole_load_gives(tmp_path: Path, seed: int) -> None:
    resumed = edits(tmp_path, sample_ledger(), seed, 8)
    assert sum(resumed.values()) >= 2, resumed  # of such edits some are rightly refused


@pytest.mark.parametrize(
    ("name", "main"),
    [
        ("bean_example_10y", "main.beancount"),
        ("portfolio_returns", "stock_split.beancount"),
        ("ethertw_accounting", "main.bean"),
        ("sshchicago_hackerspace", "main.beancount"),
        ("beancount_examples/vesting", "vesting.beancount"),
    ],
)
def test_any_edits_of_real_ledgers_do_too(tmp_path: Path, shared_ledgers: Path, name: str, main: str) -> None:
    edits(tmp_path, shared_ledgers / name / main, 7, 3)


# ------------------------------------------------------------------------------------------------ whole and resumed


class Tables:
    """A ledger's tables as a whole load gave them, and, after edits, as either way gives them."""

    def __init__(self, folder: Path, text: str = "", main: Path | None = None) -> None:
        self.folder = folder
        self.main = folder / "main.beancount" if main is None else main
        if main is None:
            self.main.write_text(text)
        self.counts = self._load("before")
        self.contents = {path: Path(path).read_bytes() for (path,) in self.query("SELECT path FROM sources", "before")}

    def append(self, text: str) -> None:
        self.main.write_text(self.main.read_text() + text)

    def resumed(self) -> dict[str, list[Any]]:
        """The tables of before with the edits put in."""
        manifest = Manifest(SCHEMA_VERSION, 1, str(self.main), "2026-01-01T00:00:00+00:00", 1.0, self.counts, {}, {})
        now = {path: Path(path).read_bytes() for path in self.contents}
        changed = {path: content for path, content in now.items() if content != self.contents[path]}
        (self.folder / "resumed").mkdir(exist_ok=True)
        with open_generation(self.folder / "before", manifest) as before:
            sources = [
                source_of(
                    path,
                    relative(path, self.main),
                    len(content),
                    hashlib.sha256(content).hexdigest(),
                    split_lines(content),
                )
                for path, content in changed.items()
            ]
            change = change_of(before, changed)
            patch(self.folder / "before" / DATABASE, self.folder / "resumed" / DATABASE, change, sources)
        return self.rows("resumed")

    def whole(self) -> dict[str, list[Any]]:
        """The tables of a whole load."""
        self._load("whole")
        return self.rows("whole")

    def _load(self, name: str) -> dict[str, int]:
        shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / name).mkdir()
        return write_tables(self.folder / name / DATABASE, load(self.main).batches())

    def rows(self, name: str) -> dict[str, list[Any]]:
        """All rows of all tables, in an order of their own; without what tells how they were made."""
        with duckdb.connect(str(self.folder / name / DATABASE), read_only=True) as connection:
            found = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES}
        found["ledger"] = [row for row in found["ledger"] if row[0] not in {"loaded_at", "resumed"}]
        return {table: sorted(rows, key=repr) for table, rows in found.items()}

    def query(self, sql: str, name: str = "resumed") -> list[Any]:
        with duckdb.connect(str(self.folder / name / DATABASE), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def edits(folder: Path, ledger: Path, seed: int, count: int) -> Counter[str]:
    """Make random edits; each comes to the tables of a whole load, or is refused.  Counts those that were not."""
    rng = random.Random(seed)
    shutil.copytree(ledger.parent, folder / "ledger", ignore=shutil.ignore_patterns(".*"))
    main = folder / "ledger" / ledger.name
    resumed: Counter[str] = Counter()
    tables = Tables(folder, main=main)
    for _ in range(count):
        kind = rng.choice(sorted(EDITS))
        path, text = EDITS[kind](rng, tables)
        before = path.read_text()
        path.write_text(text)
        try:
            whole = tables.whole()
            assert tables.resumed() == whole, (kind, path, seed)
            resumed[kind] += 1
        except (NotResumableError, LedgerqaError):
            path.write_text(before)
            continue
        if whole["ledger_errors"]:
            path.write_text(before)
        else:
            tables = Tables(folder, main=main)
    return resumed


def _entry(rng: random.Random, tables: Tables) -> tuple[Path, list[str], int, int]:
    """A written entry of late, its file's lines, and which of them are its own."""
    sql = "SELECT path, line, end_line FROM entries JOIN sources ON name = file WHERE NOT made ORDER BY entry_id DESC"
    path, line, end_line = rng.choice(tables.query(f"{sql} LIMIT {rng.choice([5, 40, 400])}", "before"))
    return Path(path), Path(path).read_text().split("\n"), line - 1, end_line


def _new(rng: random.Random, tables: Tables) -> list[str]:
    ((last,),) = tables.query("SELECT max(date) FROM entries WHERE type = 'transaction'", "before")
    accounts = [
        account
        for (account,) in tables.query(
            "SELECT account FROM accounts WHERE open_entry IS NOT NULL AND close_entry IS NULL", "before"
        )
    ]
    date = last + dt.timedelta(days=rng.choice([-400, -30, -3, 0, 0, 1, 2]))
    ((currency,),) = tables.query("SELECT currency FROM currencies ORDER BY postings DESC LIMIT 1", "before")
    one, other = (rng.choice(accounts or ["Expenses:Unknown"]) for _ in range(2))
    number = rng.randint(1, 9999)
    directives = [
        [
            f'{date} * "Shop {number % 9}" "Thing {number}" #t{number % 3}',
            f"  {one}  {number / 100} {currency}",
            f"  {other}",
        ],
        [f"{date} price {currency} {number / 7:.4f} XYZ"],
        [f"{date} open Assets:New{number % 99}"],
        [f"{date} close {one}"],
        [f"{date} balance {one}  {rng.choice([0, number])} {currency}"],
        [f'{date} note {one} "n{number}"', f'{date} event "place" "P{number}"', f"{date} commodity C{number}"],
    ]
    return ["", *rng.choice(directives), ""]


def _append(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path = Path(rng.choice(tables.query("SELECT path FROM sources ORDER BY path", "before"))[0])
    return path, "\n".join([path.read_text(), *_new(rng, tables), *_new(rng, tables)])


def _insert(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, _ = _entry(rng, tables)
    lines[first:first] = [*_new(rng, tables)[1:], "; a comment"]
    return path, "\n".join(lines)


def _blank(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, _ = _entry(rng, tables)
    lines[first:first] = [""] * rng.randint(1, 200)
    return path, "\n".join(lines)


def _delete(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, end = _entry(rng, tables)
    del lines[first:end]
    return path, "\n".join(lines)


def _twin(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, end = _entry(rng, tables)
    lines[end:end] = ["", *lines[first:end], ""]
    return path, "\n".join(lines)


def _move(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, end = _entry(rng, tables)
    return path, "\n".join([*lines[:first], *lines[end:], "", *lines[first:end], ""])


def _figures(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, end = _entry(rng, tables)
    lines[first:end] = [re.sub(r"\d\.", f"{rng.randint(0, 9)}.", line) for line in lines[first:end]]
    return path, "\n".join(lines)


def _words(rng: random.Random, tables: Tables) -> tuple[Path, str]:
    path, lines, first, _ = _entry(rng, tables)
    lines[first] = re.sub(r'"([^"]*)"', r'"\1 again"', lines[first], count=1)
    return path, "\n".join(lines)


EDITS = {
    "append": _append,
    "insert": _insert,
    "blank lines": _blank,
    "delete": _delete,
    "twin": _twin,
    "move": _move,
    "figures": _figures,
    "words": _words,
}
