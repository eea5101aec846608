"""`chat --plain`: the conversation as lines, for screen readers, scripts and terminals that can nothing else."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import click

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner


def converse(desk: Desk, manner: Manner) -> None:
    """Answer line after line, until the end of input."""
    del manner
    history: list[str] = []
    for line in _lines():
        if desk.is_stale():
            remark("indexing")
            Reindexer(desk.settings).run()
            desk.open()
        try:
            _answer(desk, line, history)
        except LedgerqaError as error:
            remark(str(error))
        history.append(line)


def _lines() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]


def _answer(desk: Desk, question: str, history: list[str]) -> None:
    from ledgerqa.agent import Done
    from ledgerqa.terminal.plain import answer_text

    for event, index in desk.ask(question, history, threading.Event()):
        if isinstance(event, Done):
            click.echo(answer_text(event.answer, index))
