"""The application, driven through what it can do, over the sample ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.terminal.chat.conftest import ask, drive
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ledgerqa.settings import Settings
    from ledgerqa.terminal.chat.app import ChatApp


def said(app: ChatApp, part: str = "headline") -> str:
    return str(app.turns[-1].query_one(f".{part}", Static).content)


def test_a_question_gets_a_headline_and_a_follow_up_leans_on_it(settings: Settings) -> None:
    async def steps(pilot: Pilot[None], app: ChatApp) -> None:
        await ask(pilot, app, "how much did I spend on groceries in 2024?")
        assert "3,362.35 EUR" in said(app)
        await ask(pilot, app, "and in 2023?")
        assert "Groceries" in said(app)
        assert "2023-01-01 to 2023-12-31" in said(app, "understood")

    drive(settings, steps)
