"""What travels with the program: the sample ledger and the prompts, found in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

SAMPLE = "sample"  # the name that stands for the sample ledger: `--ledger sample`


def sample_ledger() -> Path:
    """The main file of the sample ledger, a made-up household's books of four years."""
    return _shipped("ledgers") / "household" / "main.beancount"


def prompts() -> Path:
    """The folder of the texts that are given to models."""
    return _shipped("prompts")


def _shipped(folder: str) -> Path:
    """Inside the package in a wheel; beside it in a checkout and in an editable install of one."""
    package = Path(__file__).resolve().parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder
