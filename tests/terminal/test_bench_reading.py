"""`ledgerqa bench --reading`: fusion beside concatenation, over the entries of a small ledger."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ledgerqa.backends.opening import default_reader_installed
from ledgerqa.terminal.cli import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("LEDGERQA_DATA_DIR", str(data_dir))


def test_without_a_reader_it_says_so(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGERQA_READER", "none")
    ran = CliRunner().invoke(cli, ["bench", "--reading", str(books)])
    assert ran.exit_code == 0, ran.output
    assert "No reader that can fuse" in ran.stdout


@pytest.mark.skipif(
    find_spec("llama_cpp") is None or not default_reader_installed(), reason="no default reader (extra: offline)"
)
def test_fusion_is_measured_beside_concatenation(books: Path) -> None:
    ran = CliRunner().invoke(cli, ["bench", "--reading", str(books), "--runs", "1", "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    (first, *_) = told["compared"]
    assert first["passages"] > 1
    assert first["tokens"] > 20
    for way in ("concat", "fid_cold", "fid_kept"):
        assert first[f"{way}_seconds"] > 0
    assert first["fid_kept_seconds"] < first["fid_cold_seconds"]
    assert first["state_mb"] > 0.1
