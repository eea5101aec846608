"""The desk without a screen: indexes replaced and let go, questions taken back, reindexing in a process of its own."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.agent import Done
from ledgerqa.errors import IndexMissingError
from ledgerqa.terminal.chat.desk import CancelledError, Desk
from ledgerqa.terminal.chat.reindexing import Progress, Reindexer
from tests.terminal.chat.conftest import TODAY

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

QUESTION = "how much did I spend on food?"


def answered(desk: Desk) -> str:
    *_, (last, _) = desk.ask(QUESTION, (), threading.Event())
    assert isinstance(last, Done)
    return last.answer.answer


def test_an_index_that_was_replaced_is_let_go(room: Settings) -> None:
    desk, told, built = Desk(room, TODAY), list[Progress](), list[bool]()
    reindexer = Reindexer(room)
    assert reindexer.run(told.append, lambda: built.append(desk.open())).fault == ""
    assert built == [True]
    assert "12.50 EUR" in answered(desk)
    with desk.reading() as index:
        before = weakref.ref(index)
    del index
    with Path(str(room.ledger)).open("a", encoding="utf-8") as ledger:
        ledger.write('\n2024-04-01 * "Green Grocer" "fruit"\n  Expenses:Food  7.50 EUR\n  Assets:Bank\n')
    assert desk.is_stale()
    reindexer.run(built=lambda: built.append(desk.open()))
    assert "20.00 EUR" in answered(desk)
    gc.collect()
    assert before() is None
    desk.close()
    with pytest.raises(IndexMissingError), desk.reading():
        pass


def test_an_index_that_is_read_stays_open_until_the_reader_has_done(room: Settings) -> None:
    desk = Desk(room, TODAY)
    Reindexer(room).run()
    assert desk.open()
    with desk.reading() as index:
        desk.close()
        assert index.query("SELECT 1") == [(1,)]


def test_a_question_that_was_taken_back_ends_at_its_next_step(room: Settings) -> None:
    desk, cancelled = Desk(room, TODAY), threading.Event()
    Reindexer(room).run()
    desk.open()
    events = desk.ask(QUESTION, (), cancelled)
    next(events)
    cancelled.set()
    with pytest.raises(CancelledError):
        next(events)
    assert "12.50 EUR" in answered(desk)
    desk.close()


def test_a_reindex_says_why_it_failed_and_none_runs_after_the_end(room: Settings) -> None:
    Path(str(room.ledger)).write_text("", encoding="utf-8")
    reindexer = Reindexer(room)
    assert "no directive was found" in reindexer.run().fault
    reindexer.end()
    assert reindexer.run().fault == "the chat ends"
