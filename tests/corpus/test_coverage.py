"""What is told of vectors from their headers equals what the vectors are."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.coverage import coverage, embedded, to_embed
from ledgerqa.corpus.embedding import embed, pending
from ledgerqa.corpus.vectors import IDS, MATRIX
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeLedger

LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Food
2024-01-02 * "Molar" "filling"
  Expenses:Food   1 EUR
  Assets:Bank
2024-01-03 balance Assets:Bank  -1 EUR
"""


def test_the_counts_are_those_of_the_vectors(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder, other = make_ledger(LEDGER), HashingEncoder(), HashingEncoder("other")
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert coverage(index) == ()
        assert to_embed(index) == pending(index, encoder.sha256) > 0
    embed(ledger, data_dir, encoder)
    with ledger.open("a") as file:
        file.write('2024-02-01 * "Baker" "rye"\n  Expenses:Food   3 EUR\n  Assets:Bank\n')
    build(ledger, data_dir)
    embed(ledger, data_dir, other)
    with open_index(ledger, data_dir) as index:
        total = to_embed(index)
        assert [(each.encoder, each.embedded, each.total) for each in coverage(index)] == [
            ("other", total, total),
            ("hashing", total - pending(index, encoder.sha256), total),
        ]
        assert 0 < embedded(index, encoder.sha256) < total


def test_no_numbers_where_the_file_is_none(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    for path in data_dir.rglob(IDS):
        path.write_bytes(b"short")
    with open_index(ledger, data_dir) as index:
        assert embedded(index, encoder.sha256) == 0


def test_vectors_in_damaged_files_do_not_count_and_are_made_anew(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    made = embed(ledger, data_dir, encoder)
    for path in data_dir.rglob(MATRIX):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    with open_index(ledger, data_dir) as index:
        assert embedded(index, encoder.sha256) == 0
    assert embed(ledger, data_dir, encoder) == made
    with open_index(ledger, data_dir) as index:
        assert embedded(index, encoder.sha256) == to_embed(index)
    for path in data_dir.rglob(MATRIX):
        path.touch()  # other times, the same content
    with open_index(ledger, data_dir) as index:
        assert embedded(index, encoder.sha256) == to_embed(index)


def test_it_needs_no_numpy(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    embed(ledger, data_dir, HashingEncoder())
    code = (
        "import sys; from pathlib import Path; from ledgerqa.corpus import open_index; "
        "from ledgerqa.corpus.coverage import coverage\n"
        "with open_index(Path(sys.argv[1]), Path(sys.argv[2])) as index: print(len(coverage(index)))\n"
        "print('numpy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(ledger), str(data_dir)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["1", "False"]
