"""The first paint: what it must not wait for, and how long it takes beside Textual's own import."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ledgerqa.terminal.chat.paint import measure

if TYPE_CHECKING:
    from pathlib import Path

LATER = ("beancount", "duckdb", "numpy", "llama_cpp", "rapidfuzz", "plotext", "ledgerqa.records", "ledgerqa.dialog")


def test_the_application_is_there_before_anything_that_answers() -> None:
    code = "import sys, ledgerqa.terminal.chat.app, ledgerqa.terminal.chat.desk; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "textual.app" in loaded
    assert not set(LATER) & set(loaded)


@pytest.mark.slow
def test_the_first_paint_takes_little_more_than_importing_textual(tmp_path: Path) -> None:
    taken = measure(3, tmp_path)
    # 1.4 to 1.6 times where it was measured: half a second where Textual's import takes 0.3
    assert taken["chat_least"] <= 2.2 * taken["textual_least"], taken
