"""How a chat begins: from the command line's settings to the application or the plain loop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.settings import Settings


@dataclass(frozen=True)
class Manner:
    """What the command line says of a chat: `resume` is a kept one's number or a part of its title."""

    plain: bool = False
    history: bool = True
    resume: str | None = None
    color: bool = True
    today: dt.date | None = None


def chat(settings: Settings, manner: Manner) -> None:
    """Chat until the user ends it."""
    from ledgerqa.terminal.chat.desk import Desk

    desk = Desk(settings, manner.today)
    manner = replace(manner, history=manner.history and settings.history)
    if manner.plain:
        from ledgerqa.terminal.chat.plain_loop import converse

        converse(desk, manner)
        return
    from ledgerqa.terminal.chat.app import ChatApp

    ChatApp(desk, manner).run()
