"""The soak of forty questions: no keystroke lost, no worker stuck, little memory growing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_forty_questions_and_changes_of_the_ledger_leave_the_chat_sound() -> None:
    command = [sys.executable, "-m", "ledgerqa.terminal.chat.soak", "--questions", "40", "--reindexes", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert (told["questions"], told["reindexed"], told["lost"], told["stuck"]) == (40, 4, 0, 0), told
    # after twenty questions caches still fill; the run of 500 asks for 10% after the first fifty
    assert told["growth"] <= 0.15, told
