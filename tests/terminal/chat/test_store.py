"""Conversations in SQLite: kept, found, renamed, deleted for good, and private."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
import threading
from typing import TYPE_CHECKING

import hypothesis
import hypothesis.strategies as st
import pytest

from ledgerqa.errors import ChatsUnusableError
from ledgerqa.terminal.chat.store import KeptCitation, KeptTurn, Store, failed_turn, markdown, title_of

if TYPE_CHECKING:
    from pathlib import Path

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)
CITED = KeptCitation(1, "2024.beancount", 12, 14, "2024-02-01", "Green Grocer", "vegetables", '2024-02-01 * "Gr"\n')


def turn(question: str, answer: str = "You spent 12.50 EUR [1].", minutes: int = 0) -> KeptTurn:
    return KeptTurn(
        question, NOON + dt.timedelta(minutes=minutes), "answered", answer, "a  1", "Period: 2024", (CITED,)
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "own" / "chats.sqlite3", "/books/main.beancount")


def begun(store: Store, title: str) -> int:
    chat = store.begin(title)
    assert chat is not None
    return chat


def test_turns_come_back_as_they_were(store: Store) -> None:
    chat = begun(store, "food")
    turns = [turn("food?"), failed_turn("and then?", "it failed"), turn("日本 'quoted' \"too\"\nand more")]
    for each in turns:
        store.add(chat, each)
    assert store.turns(chat) == turns


def test_the_file_is_the_users_alone(store: Store) -> None:
    begun(store, "food")
    assert store.path is not None
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_chats_are_listed_by_use_and_found_by_all_words_of_title_question_or_answer(store: Store) -> None:
    first, second = begun(store, "food in 2024"), begun(store, "books")
    store.add(second, turn("how much on books?", "You spent 20.00 EUR at Paper Moon.", minutes=1))
    store.add(first, turn("100% of food_stuff?", minutes=2))
    assert [chat.chat for chat in store.chats()] == [first, second]
    assert [chat.turns for chat in store.chats()] == [1, 1]
    assert [chat.chat for chat in store.chats("moon BOOKS")] == [second]
    assert [chat.chat for chat in store.chats("100%")] == [first]
    assert [chat.chat for chat in store.chats("d_s")] == [first]
    assert store.chats("d%s") == []


def test_chats_of_other_ledgers_are_not_seen(store: Store) -> None:
    begun(store, "food")
    other = Store(store.path, "/books/other.beancount")
    assert other.chats() == []
    assert other.questions() == []


def test_a_chat_is_found_by_number_title_or_as_the_last(store: Store) -> None:
    first, second = begun(store, "food"), begun(store, "books")
    store.add(first, turn("food?", minutes=60 * 24 * 365 * 50))
    assert [found.chat for found in map(store.find, (str(second), "FOO", "last")) if found] == [second, first, first]
    assert store.find("nothing of the kind") is None


def test_renaming_keeps_to_one_line_and_an_empty_title_changes_nothing(store: Store) -> None:
    chat = begun(store, "food")
    store.rename(chat, " all\n food ")
    store.rename(chat, "  ")
    assert [each.title for each in store.chats()] == ["all food"]


def test_what_is_deleted_is_gone_from_the_file_too(store: Store) -> None:
    chat = begun(store, "a very secret title")
    store.add(chat, turn("what did the hush money cost?"))
    assert store.path is not None
    assert b"hush money" in store.path.read_bytes()
    store.delete(chat)
    assert store.chats() == []
    assert store.turns(chat) == []
    assert b"hush money" not in store.path.read_bytes()
    assert b"secret title" not in store.path.read_bytes()
    store.add(chat, turn("a turn of a chat that another window has deleted"))
    assert store.turns(chat) == []


def test_questions_are_recalled_each_once_the_newest_last(store: Store) -> None:
    chat = begun(store, "food")
    for minute, question in enumerate(("a", "b", "a", "c")):
        store.add(chat, turn(question, minutes=minute))
    assert store.questions() == ["b", "a", "c"]


def test_without_a_path_nothing_is_kept(tmp_path: Path) -> None:
    store = Store(None, "/books/main.beancount")
    assert store.begin("food") is None
    store.add(1, turn("food?"))
    store.prefer("theme", "light")
    assert (store.chats(), store.questions(), store.preference("theme")) == ([], [], "")
    assert list(tmp_path.iterdir()) == []


def test_preferences_stay(store: Store) -> None:
    assert store.preference("theme") == ""
    store.prefer("theme", "dark")
    store.prefer("theme", "light")
    assert Store(store.path, "/books/other.beancount").preference("theme") == "light"


def test_writers_wait_for_each_other(store: Store) -> None:
    chats = [begun(store, str(number)) for number in range(4)]

    def write(chat: int) -> None:
        own = Store(store.path, store.ledger)
        for number in range(20):
            own.add(chat, turn(str(number)))

    threads = [threading.Thread(target=write, args=(chat,)) for chat in chats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[each.question for each in store.turns(chat)] for chat in chats] == [list(map(str, range(20)))] * 4


def test_a_file_that_is_none_of_ours_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite3"
    path.write_text("no database at all, but long enough to be read as one" * 30)
    with pytest.raises(ChatsUnusableError, match=r"chats\.sqlite3: chats cannot be kept"):
        Store(path, "x").chats()


def test_a_newer_form_is_left_alone(store: Store) -> None:
    begun(store, "food")
    assert store.path is not None
    db = sqlite3.connect(store.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ChatsUnusableError, match="newer"):
        Store(store.path, store.ledger).chats()


def test_markdown_has_questions_answers_and_entries_behind_fences_that_hold() -> None:
    tricky = KeptCitation(2, "", 0, 0, "2024-02-01", "", "", "```\nnot the end\n```\n")
    text = markdown("food", [turn("food?"), KeptTurn("and?", NOON, cited=(tricky,))])
    assert text.startswith("# food\n")
    assert "## food?\n" in text
    assert "[1] `2024.beancount:12`" in text
    assert "````beancount\n```\nnot the end\n```\n````" in text
    assert "[2] made by a plugin" in text


@hypothesis.given(st.text())
def test_a_title_is_one_short_line(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 60
    assert "\n" not in title
