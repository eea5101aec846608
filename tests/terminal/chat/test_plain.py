"""`chat --plain` as a process: lines in, answers on stdout, the rest on stderr."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.terminal.chat.desk import Desk
from ledgerqa.terminal.chat.freshness import Keeper
from ledgerqa.terminal.chat.plain_loop import PlainChat
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.chat.store import Store
from tests.terminal.chat.conftest import ROOM, TODAY
from tests.terminal.conftest import CommandLine

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.settings import Settings
    from tests.conftest import MakeLedger

    Captured = pytest.CaptureFixture[str]


@pytest.fixture
def chat(make_ledger: MakeLedger, tmp_path: Path, ledgerqa: CommandLine) -> CommandLine:
    """The command line over the small ledger."""
    return CommandLine(ledgerqa.environment | {"LEDGERQA_LEDGER": str(make_ledger(ROOM, None))})


def test_questions_follow_ups_evidence_and_files(chat: CommandLine, tmp_path: Path) -> None:
    lines = [
        "how much did I spend on food in 2024?",
        "and on books?",
        "/show 1",
        "/plan",
        "/entries",
        f"/csv entries {tmp_path / 'out.csv'}",
        f"/csv entries {tmp_path / 'out.csv'}",
        f"/export {tmp_path / 'out.md'}",
        "/nonsense",
        "/show 7",
        "/quit",
        "never asked",
    ]
    ran = chat("chat", "--plain", given="\n".join(lines) + "\n")
    assert ran.code == 0, ran.err
    assert "12.50 EUR" in ran.out
    assert "20.00 EUR" in ran.out
    assert '2024-03-01 * "Paper Moon" "a book"' in ran.out
    assert "sql:" in ran.out
    assert (tmp_path / "out.csv").read_text().count("\n") == 2
    assert "## and on books?" in (tmp_path / "out.md").read_text()
    assert "there already" in ran.err
    assert "no command /nonsense" in ran.err
    assert "no citation [7]" in ran.err
    assert "never asked" not in ran.out + ran.err


def test_a_chat_is_resumed_and_deleted_and_no_history_keeps_nothing(chat: CommandLine) -> None:
    chat("chat", "--plain", given="how much did I spend on food in 2024?\n")
    ran = chat("chat", "--plain", "--resume", "last", given="and on books?\n/chats\n")
    assert "20.00 EUR" in ran.out
    assert "(2)" in ran.out
    ran = chat(
        "chat", "--plain", "--no-history", given="how much did I spend on books in 2024?\n/chats\n/delete 1\n/chats\n"
    )
    assert ran.out.count("EUR") >= 1
    assert "how much did I spend on books in 2024?  (" not in ran.out
    ran = chat("chat", "--plain", given="/delete 1\n/chats\n")
    assert "deleted" in ran.err
    assert ran.out == ""
    assert chat("chat", "--plain", "--resume", "last").code == 2


def test_a_ledger_that_is_not_there_ends_it(chat: CommandLine, tmp_path: Path) -> None:
    ran = chat("chat", "--plain", "--ledger", tmp_path / "nowhere.beancount", given="food?\n")
    assert ran.code != 0
    assert "no such file" in ran.err


def test_entries_and_payees_are_unticked_by_number_by_place_and_by_name(room: Settings, capsys: Captured) -> None:
    desk = Desk(room, TODAY)
    reindexer = Reindexer(room)
    keeper = Keeper(desk, reindexer, lambda _new: None, lambda: None)
    chat = PlainChat(desk, Store(None, ""), keeper)
    keeper.begin()
    chat.take("how much did I spend in 2024?")
    assert chat.answer is not None
    assert chat.answer.plan is not None
    chat.answer = replace(chat.answer, plan=replace(chat.answer.plan, meaning="outlays"))  # as a model would find it
    for line, total in (
        ("/untick 1", "12.50 EUR"),
        ("/untick main.beancount:11", "32.50 EUR"),
        ("/untick Paper Moon", "12.50 EUR"),
        ("/untick Paper Moon", "32.50 EUR"),
    ):
        capsys.readouterr()
        chat.take(line)
        assert total in capsys.readouterr().out, line
    chat.take("/untick Zeppelin")
    assert "lists no entry at Zeppelin" in capsys.readouterr().err
    desk.close()


def test_why_a_question_was_read_by_the_rules_is_said_as_ask_says_it(chat: CommandLine) -> None:
    unable = CommandLine(chat.environment | {"LEDGERQA_PLANNER": "llm", "LEDGERQA_READER": "none"})
    asked = unable("ask", "how much did I spend on food in 2024?")
    ran = unable("chat", "--plain", given="how much did I spend on food in 2024?\n")
    (said,) = [line for line in asked.err.splitlines() if "language model" in line]
    assert said in ran.err.splitlines()
    assert "12.50 EUR" in ran.out
