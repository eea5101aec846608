"""`ledgerqa bench --planning`: how long questions about a ledger's own names take to become plans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ledgerqa.samples import SAMPLE
from ledgerqa.terminal.bench_planning import LIMIT_MS
from ledgerqa.terminal.cli import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("LEDGERQA_DATA_DIR", str(data_dir))


def test_each_way_is_measured_beside_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGERQA_PLANNER", "rules")
    ran = CliRunner().invoke(cli, ["bench", "--planning", "--ledger", SAMPLE, "--runs", "1", "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert told["questions"] > 20
    (rules,) = told["ways"].values()
    assert 0 < rules["median_ms"] <= rules["p90_ms"]
    assert rules["ratio"] == pytest.approx(rules["median_ms"] / LIMIT_MS)


def test_it_goes_with_one_ledger() -> None:
    ran = CliRunner().invoke(cli, ["bench", "--planning", "--transactions", "10"])
    assert ran.exit_code == 2
    assert "--planning goes with a ledger" in ran.output


def test_a_ledger_named_before_the_command_is_measured() -> None:
    ran = CliRunner().invoke(cli, ["--ledger", "nowhere.beancount", "bench", "--planning"])
    assert ran.exit_code == 3
    assert "nowhere.beancount" in ran.output
