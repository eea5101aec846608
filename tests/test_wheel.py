"""The wheel holds all that the program needs, and runs away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling import build

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own, as pip lays it into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    # Built by the backend itself, in this process' environment: nothing is installed or downloaded.
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = folder / build.build_wheel(str(folder))
    finally:
        os.chdir(here)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def test_the_wheel_holds_the_sample_the_prompts_and_the_command(unpacked: Path) -> None:
    assert (unpacked / "ledgerqa" / "ledgers" / "household" / "main.beancount").is_file()
    assert (unpacked / "ledgerqa" / "ledgers" / "household" / "years" / "2025.beancount").is_file()
    assert list((unpacked / "ledgerqa" / "prompts").iterdir())
    [entry_points] = unpacked.glob("*.dist-info/entry_points.txt")
    assert "ledgerqa = ledgerqa.terminal.cli:main" in entry_points.read_text()


def test_the_wheel_holds_nothing_else(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir()}
    assert {name.partition("-")[0] for name in tops} == {"ledgerqa"}
    assert not list(unpacked.rglob("make_sample.py"))


def test_the_sample_answers_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    question = "how much did I spend on groceries in 2023?"
    program = "import ledgerqa.terminal.cli, sys; sys.exit(ledgerqa.terminal.cli.main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", "--ledger", "sample", question],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked), "LEDGERQA_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "2,952.28 EUR" in done.stdout
    where = [sys.executable, "-c", "import ledgerqa.samples as s; print(s.sample_ledger())"]
    found = subprocess.run(
        where, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(unpacked)}, capture_output=True, check=True
    )
    assert found.stdout.decode().startswith(str(unpacked))
