"""The layering of pyproject.toml holds: each stage imports only what stands above it in the flow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from importlinter import cli, configuration

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_a_stage_imports_only_what_stands_above_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    configuration.configure()
    broken = cli.lint_imports(no_cache=True)
    assert broken == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out
