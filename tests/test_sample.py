"""The sample ledger: made by its script, without an error, and found wherever the program runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import beancount.loader
from beancount.core import data

from ledgerqa.samples import prompts, sample_ledger

ROOT = Path(__file__).resolve().parents[1]


def test_the_script_makes_the_sample_again_to_the_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, ROOT / "ledgers" / "make_sample.py", "--seed", "1", "--folder", tmp_path], check=True
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = sample_ledger().parent
    assert made == {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()}


def test_the_sample_has_no_error_and_is_of_a_persons_size() -> None:
    entries, errors, _ = beancount.loader._load([(str(sample_ledger()), True)], None, None, None)
    assert errors == []
    assert 1_500 < sum(isinstance(entry, data.Transaction) for entry in entries) < 3_000


def test_what_travels_with_the_program_is_found_in_a_checkout() -> None:
    assert sample_ledger().is_file()
    assert prompts().is_dir()
