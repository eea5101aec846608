"""Ten screens at three sizes, as compressed SVG in `snapshots/`: what is drawn today is what was looked at and kept.

UPDATE_SNAPSHOTS=1 writes them anew (`rsvg-convert NAME.svgz -o NAME.png` shows one).  Another version of
Textual may draw them otherwise, so they are compared with the one of constraints.txt only.
"""

from __future__ import annotations

import datetime as dt
import difflib
import gzip
import html
import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import textual
from textual.widgets import Input

from ledgerqa.records import Timings
from ledgerqa.terminal.chat.screens import ChatsScreen, KeysScreen
from ledgerqa.terminal.chat.store import KeptTurn, Talk
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from tests.terminal.chat.driving import Driver, copied, drive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.settings import Settings

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = "UPDATE_SNAPSHOTS" in os.environ
LOOKED_AT = "8.2.8"
THEN = dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)
SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def normalised(svg: str) -> str:
    """Without what differs from run to run, and without fonts that nobody needs."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+-", "t-", svg).replace("Fira Code", "DejaVu Sans Mono")


def words(svg: str) -> list[str]:
    """The texts of an SVG, for the message of a failure."""
    return [html.unescape(text).replace("\xa0", " ").rstrip() for text in re.findall(r"<text [^>]*>([^<]*)", svg)]


class Album:
    """Takes the pictures of one size and compares them."""

    def __init__(self, user: Driver, size: tuple[int, int], failed: Path) -> None:
        self.user = user
        self.size = size
        self.failed = failed
        self.different: list[str] = []

    async def take(self, name: str) -> None:
        """One picture, when nothing moves any more."""
        user = self.user
        user.app.prompt.cursor_blink = False
        for line in user.app.screen.query(Input):
            line.cursor_blink = False
        info = user.app.desk.info
        assert info is not None
        user.app.status.change(info=replace(info, built_at=THEN))
        await user.pilot.pause(0.3)
        drawn = normalised(user.app.export_screenshot(title="ledgerqa"))
        path = SNAPSHOTS / f"{name}-{self.size[0]}x{self.size[1]}.svgz"
        if UPDATE:
            SNAPSHOTS.mkdir(exist_ok=True)
            path.write_bytes(gzip.compress(drawn.encode(), mtime=0))
            return
        kept = gzip.decompress(path.read_bytes()).decode()
        if kept != drawn:
            (self.failed / f"{path.stem}.svg").write_text(drawn, encoding="utf-8")
            lines = difflib.unified_diff(words(kept), words(drawn), "kept", "drawn", lineterm="", n=1)
            self.different.append("\n".join([path.name, *list(lines)[:20]]))


@pytest.mark.skipif(textual.__version__ != LOOKED_AT, reason=f"the pictures were drawn by Textual {LOOKED_AT}")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_ten_screens(settings: Settings, size: tuple[int, int], tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))
    different: list[str] = []

    async def steps(user: Driver) -> None:
        album = Album(user, size, tmp_path)
        await user.settled()
        await user.until(lambda: user.app.query(Welcome) and len(user.app.query_one(Welcome).questions) == 6)
        await album.take("welcome")
        await user.type("what about @coff")
        await user.until(lambda: user.app.query_one("#completions").display)
        await album.take("completion")
        await user.press("escape")
        user.app.prompt.clear()
        await user.ask("how much did I spend on groceries in 2024?")
        await album.take("answer")
        await user.press("tab", "down", "enter")
        await user.until(lambda: user.app.panel.query("#sources-grid") and user.slice)
        await user.until(lambda: user.app.panel.grid("sources").grid.lines)
        await album.take("sources")
        turn = user.turn
        assert turn.answer is not None
        turn.answer = replace(turn.answer, timings=Timings())
        await user.press("f3")
        await user.until(lambda: "sql:" in str(user.app.panel.query_one("PlanView .text").render()))
        await album.take("plan")
        await user.press("f5")
        await user.until(lambda: len(user.app.panel.grid("entries").grid.lines) == 115)
        await album.take("entries")
        await user.press("escape", "escape")
        await user.ask("groceries by month in 2024")
        await album.take("series")
        await user.ask("spending by category in 2024")
        await album.take("breakdown")
        await _chats(user)
        await album.take("chats")
        await user.press("escape", "f1")
        await user.until(lambda: isinstance(user.app.screen, KeysScreen))
        await album.take("keys")
        different.extend(album.different)

    drive(kept, steps, size=size, history=True)
    assert not different, "\n".join([f"the pictures drawn are in {tmp_path}", *different])


async def _chats(user: Driver) -> None:
    """Kept chats of a certain day, and none of this one."""
    store = user.app.store
    await user.until(lambda: [chat.turns for chat in store.chats()] == [3])
    for chat in store.chats():
        store.delete(chat.chat)
    for number, title in enumerate(("rent and insurance", "what the trip cost", "coffee by month")):
        begun = store.begin(title)
        assert begun is not None
        store.add(begun, KeptTurn(title, THEN + dt.timedelta(hours=number)))
    user.app.conversation.talk = Talk()
    await user.press("ctrl+o")
    await user.until(lambda: isinstance(user.app.screen, ChatsScreen) and user.app.screen.found)
