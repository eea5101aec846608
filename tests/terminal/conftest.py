"""A small ledger with something of everything that an answer shows, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import Index, build, open_index

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKS = """
    option "title" "Bücher"
    option "operating_currency" "EUR"

    2020-01-01 open Assets:Bank                EUR
    2020-01-01 open Assets:Wallet              BTC
    2020-01-01 open Income:Salary              EUR
    2020-01-01 open Expenses:Food:Groceries    EUR
    2020-01-01 open Expenses:Food:Restaurants  EUR
    2020-01-01 open Expenses:Books             EUR
    2020-01-01 open Equity:Opening

    2023-01-31 * "Orchard Works" "salary"
      Assets:Bank      3000.00 EUR
      Income:Salary

    2023-02-03 * "Green Grocer" "vegetables"
      Expenses:Food:Groceries  12.50 EUR
      Assets:Bank

    2023-02-28 * "Orchard Works" "salary"
      Assets:Bank      3100.00 EUR
      Income:Salary

    2023-03-04 * "Green Grocer" "fruit" #picnic
      Expenses:Food:Groceries  7.5 EUR  ; half of it was ripe
      Assets:Bank

    2023-03-05 * "Café 漢字" "お茶 and cake"
      Expenses:Food:Restaurants  1250.00 EUR
      Assets:Bank

    2023-04-01 * "Paper Moon" "a book" ^inv-7
      Expenses:Books  20.00 EUR
      Assets:Bank

    2023-04-02 * "Exchange" "coins"
      Assets:Wallet  0.123456789012345678 BTC
      Equity:Opening
"""
BROKEN = """
    2023-05-01 balance Assets:Bank  1.00 EUR
    2023-05-02 * "Nobody" "does not balance"
      Expenses:Books  1.00 EUR
      Assets:Bank    -2.00 EUR

    2023-05-03 balance Assets:Nowhere  0.00 EUR
"""


@dataclass(frozen=True)
class Ran:
    """What a process gave."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class CommandLine:
    """Runs `python -m ledgerqa` over a ledger, with a data folder of its own."""

    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, given: str = "", **more: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "ledgerqa", *map(str, arguments)],
            input=given.encode(), capture_output=True, env=self.environment | more, check=False, timeout=120,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def started(self, *arguments: str | Path, **popen: Any) -> subprocess.Popen[bytes]:
        """The same, still running."""
        return subprocess.Popen(
            [sys.executable, "-m", "ledgerqa", *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment, **popen,
        )  # fmt: skip


def write(path: Path, text: str) -> Path:
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The ledger above, in a file of this test."""
    return write(tmp_path / "main.beancount", BOOKS)


@pytest.fixture
def ledgerqa(books: Path, data_dir: Path) -> CommandLine:
    """The command line over `books`."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    root = str(Path(__file__).resolve().parents[2])
    own = {"PYTHONPATH": root, "LEDGERQA_LEDGER": str(books), "LEDGERQA_DATA_DIR": str(data_dir), "LANG": "C.UTF-8"}
    own |= {
        "LEDGERQA_ENCODER": "none",
        "LEDGERQA_READER": "none",
    }  # as without the extra `offline`; tests of models set them
    return CommandLine(keep | own)


@pytest.fixture(scope="session")
def books_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the ledger above, with some errors in it."""
    folder = tmp_path_factory.mktemp("books")
    ledger = write(folder / "main.beancount", textwrap.dedent(BOOKS) + textwrap.dedent(BROKEN))
    build(ledger, folder / "data")
    with open_index(ledger, folder / "data") as index:
        yield index
