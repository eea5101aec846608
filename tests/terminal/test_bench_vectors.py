"""`ledgerqa bench --vectors`: what it measures and prints, over few vectors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ledgerqa.terminal import bench_vectors
from ledgerqa.terminal.cli import cli
from tests.corpus.hashing import installed_encoder

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
        assert each["recall"] >= bench_vectors.LEAST_RECALL
        assert 0 < each["exact_ms"] < 1000
        assert 0 < each["graph_ms"] < 1000
    assert told["own"] == {"seconds": 0, "memory_mb": told["own"]["memory_mb"], "encoder": None}


def test_it_prints_a_table(books: Path) -> None:
    ran = CliRunner().invoke(cli, ["bench", "--vectors", str(books)])
    assert ran.exit_code == 0, ran.output
    for words in ("recall@10", "HNSW ms", "2,000 made up", "pays after", "No encoder"):
        assert words in ran.stdout


def test_a_ledgers_texts_are_embedded_and_searched(books: Path, tmp_path: Path) -> None:
    installed_encoder(tmp_path)
    found = bench_vectors.own_texts(str(books), str(tmp_path / "bench"), "default", str(tmp_path), most=100)
    assert found["texts"] >= found["different"] > 5
    assert found["texts_per_second"] > 0
    assert found["search"]["recall"] >= bench_vectors.LEAST_RECALL
    assert found["ratio"] is None or found["ratio"] > 0


@pytest.mark.parametrize("options", [["--vectors", "--transactions", "5"], ["--vectors", "--reading"]])
def test_one_thing_is_measured_at_a_time(options: list[str]) -> None:
    ran = CliRunner().invoke(cli, ["bench", *options])
    assert ran.exit_code == 2
    assert "--vectors" in ran.output
