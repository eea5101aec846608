"""Driving the application without a terminal: questions, waiting for workers, looking at what is shown."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from ledgerqa.terminal.chat.app import ChatApp
from ledgerqa.terminal.chat.desk import Desk
from ledgerqa.terminal.chat.starting import Manner
from tests.terminal.chat.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from ledgerqa.settings import Settings
    from ledgerqa.terminal.chat.widgets.turn import Turn

PATIENCE = 20.0
STEP = 0.02
KEYS = {" ": "space", "?": "question_mark", "@": "at", "#": "number_sign", ".": "full_stop", "/": "slash", "-": "minus"}


class Driver:
    """An application and its pilot."""

    def __init__(self, app: ChatApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds; too long a wait fails the test."""
        for _ in range(int(PATIENCE / STEP)):
            await self.pilot.pause(STEP)
            if holds():
                return
        shown = [str(static.render()) for static in self.app.screen.query(Static)]
        raise AssertionError(f"never held; on the screen: {shown}")

    async def press(self, *keys: str) -> None:
        """Press keys, and let them take effect."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, a key a character."""
        await self.pilot.press(*(KEYS.get(each, each) for each in text))
        await self.pilot.pause()

    async def settled(self) -> None:
        """Until the index is open and the models were looked for."""
        await self.until(lambda: self.app.status.standing.models not in {"", "loading models"})

    async def ask(self, question: str) -> Turn:
        """Put a question into the prompt, send it, and wait for the end of its answer."""
        before = self.app.conversation.current
        self.app.screen.set_focus(self.app.prompt)
        self.app.prompt.text = question
        await self.pilot.press("enter")
        await self.until(lambda: self.app.conversation.current is not before and not self.app.conversation.busy)
        turn = self.app.conversation.current
        assert turn is not None
        return turn

    @property
    def turn(self) -> Turn:
        """The newest turn."""
        turn = self.app.conversation.current
        assert turn is not None
        return turn

    def part(self, name: str, turn: Turn | None = None) -> str:
        """The text of a part of a turn."""
        return str((turn or self.turn).parts.get(name, ""))

    def status(self) -> str:
        """The status line."""
        return str(self.app.status.content)

    @property
    def slice(self) -> str:
        """The entry that the panel shows."""
        return str(self.app.panel.query_one("#slice .entry", Static).content)


def drive(
    settings: Settings, steps: Callable[[Driver], Awaitable[Any]], size: tuple[int, int] = (130, 40), **manner: Any
) -> None:
    """Run the application and drive it; what a worker raised fails the test."""

    async def run() -> None:
        app = ChatApp(Desk(settings, TODAY), Manner(**{"history": False, **manner}))
        async with app.run_test(size=size) as pilot:
            await steps(Driver(app, pilot))
            await app.action_quit()

    asyncio.run(run())


def append(settings: Settings, text: str) -> None:
    with Path(str(settings.ledger)).open("a", encoding="utf-8") as ledger:
        ledger.write(text)


def copied(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own with the index that is there already."""
    shutil.copytree(settings.data_dir, tmp_path / "own")
    return tmp_path / "own"
