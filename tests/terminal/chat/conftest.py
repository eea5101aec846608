"""A chat over the sample ledger, driven as a user drives it."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.samples import sample_ledger
from ledgerqa.settings import Settings
from ledgerqa.terminal.chat.desk import Desk
from ledgerqa.terminal.chat.starting import Manner

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from ledgerqa.corpus import Index
    from ledgerqa.terminal.chat.app import ChatApp

TODAY = dt.date(2025, 12, 31)
PATIENCE = 30.0


@pytest.fixture
def settings(sample_index: Index, tmp_path: Path) -> Settings:
    """The sample ledger with the index that the run has built already, and no models."""
    data = sample_index.folder.parents[2]
    return Settings(tmp_path / "config.toml", data, str(sample_ledger()), encoder="none", reader="none")


@pytest.fixture
def own_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The same with a data folder of the test's own."""
    return replace(settings, data_dir=tmp_path / "data")


def drive(
    settings: Settings,
    steps: Callable[[Pilot[None], ChatApp], Awaitable[Any]],
    size: tuple[int, int] = (120, 40),
    **manner: Any,
) -> None:
    """Run the application without a terminal and drive it."""
    from ledgerqa.terminal.chat.app import ChatApp

    async def run() -> None:
        app = ChatApp(Desk(settings, TODAY), Manner(**{"history": False, **manner}))
        async with app.run_test(size=size) as pilot:
            await steps(pilot, app)

    asyncio.run(run())


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until something holds; a test fails that waits too long."""
    for _ in range(int(PATIENCE / 0.02)):
        await pilot.pause(0.02)
        if holds():
            return
    raise AssertionError(f"never held: {holds}")


async def ask(pilot: Pilot[None], app: ChatApp, question: str) -> None:
    """Type a question, send it, and wait for the end of its answer."""
    before = len(app.turns)
    app.query_one("#prompt").focus()
    await pilot.press(*[{" ": "space"}.get(letter, letter) for letter in question], "enter")
    await until(pilot, lambda: len(app.turns) > before and not app.turns[-1].has_class("waiting"))
