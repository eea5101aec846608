"""The chat with the models of the extra `offline`, where they are installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.opening import default_encoder_installed, default_reader_installed
from ledgerqa.settings import DEFAULT
from tests.terminal.chat.driving import Driver, drive

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

INSTALLED = default_encoder_installed() and default_reader_installed()


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED, reason="the extra `offline` is not installed")
def test_models_load_behind_read_give_way_to_escape_and_search_by_meaning(room: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.until(lambda: "all-MiniLM-L6-v2 + SmolLM2" in user.status())
        turn = await user.ask("what did I buy at Green Grocer?")
        assert turn.answer is not None
        assert turn.answer.reader is not None
        assert "12.50 EUR" in f"{user.part('headline')} {user.part('figure')}"
        user.app.prompt.text = "what did I buy at Paper Moon?"
        await user.pilot.press("enter")
        await user.until(lambda: user.turn is not turn and user.turn.answer is not None)
        if user.app.conversation.cancel():  # the headline stands, what the reader would add is taken back
            assert "cancelled" in user.part("warnings")
        assert "20.00 EUR" in f"{user.part('headline')} {user.part('figure')}"
        await user.ask("and at Green Grocer?")
        assert "12.50 EUR" in f"{user.part('headline')} {user.part('figure')}"
        await user.press("f2")
        await user.until(lambda: user.app.panel.query("#sources-grid"))
        await user.until(lambda: user.app.panel.grid("sources").grid.lines)
        assert any("meaning" in line.cells[0] for line in user.app.panel.grid("sources").grid.lines)

    drive(replace(room, encoder=DEFAULT, reader=DEFAULT), steps)
