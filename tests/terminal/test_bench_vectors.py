"""`ledgerqa bench --vectors`: what it measures and prints, over few vectors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ledgerqa.terminal import bench_vectors
from ledgerqa.terminal.cli import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setattr(bench_vectors, "SIZES", (300, 2_000))
    monkeypatch.setenv("LEDGERQA_DATA_DIR", str(data_dir))
    monkeypatch.setenv("LEDGERQA_ENCODER", "none")


def test_it_measures_both_searches(books: Path) -> None:
    ran = CliRunner().invoke(cli, ["bench", "--vectors", str(books), "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert [each["vectors"] for each in told["made_up"]] == [300, 2_000]
    for each in told["made_up"]:
        assert each["recall_at_10"] >= 0.98
        assert 0 < each["scan_ms"] < 1000
        assert 0 < each["graph_ms"] < 1000
    assert told["own"]["encoder"] is None


def test_it_prints_a_table(books: Path) -> None:
    ran = CliRunner().invoke(cli, ["bench", "--vectors", str(books)])
    assert ran.exit_code == 0, ran.output
    for words in ("recall@10", "HNSW ms", "2,000 made up", "No encoder"):
        assert words in ran.stdout


def test_a_made_ledger_has_no_texts_to_embed() -> None:
    ran = CliRunner().invoke(cli, ["bench", "--vectors", "--transactions", "5"])
    assert ran.exit_code == 2
    assert "--vectors" in ran.output
