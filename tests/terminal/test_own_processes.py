"""Processes that ledgerqa starts of itself: none imports from the folder that somebody works in."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from ledgerqa.terminal.chat.reindexing import COMMAND

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_beside_the_ledger_is_not_taken_for_one_of_pythons_own(tmp_path: Path) -> None:
    (tmp_path / "dataclasses.py").write_text('raise SystemExit("imported")\n')
    done = subprocess.run(COMMAND, cwd=tmp_path, input="", capture_output=True, text=True, check=False, timeout=60)
    assert "imported" not in done.stderr
