"""`ledgerqa bench --reindex`, over small ledgers: what is measured is what it says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ledgerqa.corpus import reindex
from ledgerqa.terminal import bench_reindex
from ledgerqa.terminal.bench_ledger import write_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import CommandLine


def test_a_day_and_no_change_are_measured(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("bench", "--reindex", "--transactions", "60", "--runs", "1", "--noisy", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    (ledger,) = told["ledgers"]
    assert set(ledger["parts"]) == set(bench_reindex.PARTS)
    assert ledger["parts"]["unchanged"]["seconds"] < ledger["parts"]["whole"]["seconds"]
    assert ledger["to_load"]["day"]["cpu"] > 0
    assert ledger["parts"]["bare"]["seconds"] > 0
    assert ledger["over_start_up"]["cpu"] < ledger["parts"]["bare"]["cpu"] / 2  # nothing changed: nearly free
    assert (told["noisy"], told["growth"]) == (True, {})
    assert ledgerqa("bench", "--noisy").code == 2
    assert ledgerqa("bench", "--reindex", "--vectors").code == 2


def test_the_edits_are_those_that_it_names(tmp_path: Path, data_dir: Path) -> None:
    ledger = tmp_path / "made.beancount"
    write_ledger(ledger, 100)
    reindex(ledger, data_dir)
    bench_reindex._append_day(ledger, 0, noisy=False)
    found = reindex(ledger, data_dir)
    assert (found.info.ledger_errors, str(found.differences)) == (0, f"+{bench_reindex.A_DAY} entries")
    bench_reindex._edit_in_the_middle(ledger)
    assert str(reindex(ledger, data_dir).differences) == "~1 entries"
    bench_reindex._make_noisy(ledger)
    narrations = re.findall(r'(?m)^\S+ \* "[^"]*" "([^"]*)"', ledger.read_text())
    assert len(narrations) == 120
    assert len(set(narrations)) > 100


def test_growth_is_an_exponent() -> None:
    ledgers = [
        {
            "transactions": size,
            "bytes": 1,
            "index_bytes": 1,
            "parts": {part: {"seconds": size**1.5, "memory_mb": 1.0} for part in bench_reindex.PARTS},
            "to_load": {},
        }
        for size in (1_000, 100_000)
    ]
    assert set(bench_reindex._growth(ledgers).values()) == {1.5}
    assert bench_reindex._growth(ledgers[:1]) == {}
