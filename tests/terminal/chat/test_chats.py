"""Conversations that are kept: found again, resumed, renamed, exported, deleted."""

from __future__ import annotations

import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Input

from ledgerqa.terminal.chat.screens import Asking, ChatsScreen
from ledgerqa.terminal.chat.store import Store
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from tests.terminal.chat.driving import Driver, copied, drive

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.settings import Settings

GROCERIES = "how much did I spend on groceries in 2024?"


def test_a_chat_is_kept_found_again_resumed_and_leaned_on(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def first(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.press("ctrl+n")
        await user.ask("spending by category in 2023")
        await user.until(lambda: len(user.app.store.chats()) == 2)

    async def second(user: Driver) -> None:
        await user.settled()
        await user.press("up")
        assert user.app.prompt.text == "spending by category in 2023"
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen))
        await user.type("grocer")
        await user.press("enter")  # perhaps before the list is there
        await user.until(lambda: user.app.turns)
        await user.until(lambda: "3,362.35 EUR" in user.part("headline"))
        await user.press("escape")
        user.app.prompt.clear()
        await user.ask("and in 2023?")
        assert "Groceries" in user.part("headline")
        await user.until(lambda: [chat.turns for chat in user.app.store.chats("grocer")] == [2])

    drive(kept, first, history=True)
    drive(kept, second, history=True)
    assert stat.S_IMODE((kept.data_dir / "chats.sqlite3").stat().st_mode) == 0o600


def test_a_resumed_turn_shows_its_evidence_over_the_ledger_as_it_is(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def first(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)

    async def second(user: Driver) -> None:
        await user.until(lambda: user.app.turns)
        await user.press("f5")
        await user.until(lambda: user.app.panel.query("#entries-grid"))
        await user.until(lambda: len(user.app.panel.grid("entries").grid.lines) == 115)

    drive(kept, first, history=True)
    drive(kept, second, history=True, resume="last")


def test_chats_are_renamed_exported_and_deleted(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))
    written = tmp_path / "chat.md"

    async def steps(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)
        await user.press("ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, Asking))
        user.app.screen.query_one(Input).value = str(written)
        await user.press("enter")
        await user.until(written.exists)
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen))
        await user.press("ctrl+r")
        await user.until(lambda: isinstance(user.app.screen, Asking))
        user.app.screen.query_one(Input).value = "Food"
        await user.press("enter")
        await user.until(lambda: [chat.title for chat in user.app.store.chats()] == ["Food"])
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen) and user.app.screen.found)
        await user.press("ctrl+d")
        assert user.app.store.chats()
        await user.press("ctrl+d")
        await user.until(lambda: not user.app.store.chats())
        await user.until(lambda: user.app.query(Welcome))

    drive(kept, steps, history=True)
    text = written.read_text(encoding="utf-8")
    assert "## groceries in 2024" in text
    assert "3,362.35 EUR" in text
    assert "```beancount" in text


def test_no_history_keeps_nothing(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        assert "not kept" in user.status()
        await user.press("ctrl+o")
        assert not isinstance(user.app.screen, ChatsScreen)

    drive(kept, steps)
    assert not (kept.data_dir / "chats.sqlite3").exists()


def test_two_chats_at_once_do_not_disturb_each_other(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))
    other = Store(kept.data_dir / "chats.sqlite3", str(kept.ledger))

    async def steps(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)
        theirs = other.begin("another chat")
        await user.ask("and in 2023?")
        await user.until(lambda: sorted(chat.turns for chat in other.chats()) == [0, 2])
        assert theirs is not None
        other.delete(theirs)

    drive(kept, steps, history=True)
