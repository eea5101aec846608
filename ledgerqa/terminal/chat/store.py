"""Conversations kept in SQLite: one file in the data folder, readable by the user alone (0600), for all ledgers.

Each operation has a connection of its own and waits for others, so two chats at once do not disturb each other, nor
do threads.  What is deleted is overwritten.  Without a path nothing is kept and nothing is found.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import ChatsUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
PATIENCE: Final = 10.0  # seconds to wait for another chat that writes
TITLE_LENGTH: Final = 60
RECALLED: Final = 500  # questions that the arrow keys reach
FORM: Final = 1  # of the tables, in `user_version`
TABLES: Final = """
    CREATE TABLE chats (
        chat INTEGER PRIMARY KEY, ledger TEXT NOT NULL, title TEXT NOT NULL, begun TEXT NOT NULL, last TEXT NOT NULL
    );
    CREATE TABLE turns (
        chat INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE, place INTEGER NOT NULL, question TEXT NOT NULL,
        asked TEXT NOT NULL, status TEXT NOT NULL, answer TEXT NOT NULL, figure TEXT NOT NULL, notes TEXT NOT NULL,
        cited TEXT NOT NULL, PRIMARY KEY (chat, place)
    );
    CREATE TABLE preferences (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class KeptCitation:
    """An entry as it stood when it was cited."""

    id: int
    file: str
    line: int
    end_line: int
    date: str
    payee: str
    narration: str
    text: str
    type: str = "transaction"


@dataclass(frozen=True)
class KeptTurn:
    """A question and its answer as text: the prose, the table, the days taken and warnings, the entries cited."""

    question: str
    asked: dt.datetime
    status: str = "answered"
    answer: str = ""
    figure: str = ""
    notes: str = ""
    cited: tuple[KeptCitation, ...] = ()


def failed_turn(question: str, why: str) -> KeptTurn:
    """A question that was not answered."""
    return KeptTurn(question, _now(), "error", why)


@dataclass(frozen=True)
class Chat:
    """A kept conversation; `last` is when its last question was asked, in UTC."""

    chat: int
    title: str
    begun: dt.datetime
    last: dt.datetime
    turns: int


@dataclass
class Talk:
    """A conversation as it goes on: its number as soon as something of it is kept."""

    chat: int | None = None


@dataclass
class Store:
    """The conversations of one ledger in the file at `path` (None: nothing is kept)."""

    path: Path | None
    ledger: str
    _ready: bool = field(default=False, repr=False)

    # -------------------------------------------------------------------------------------------------- writing

    def begin(self, title: str) -> int | None:
        """A new conversation; its number."""
        now = _text(_now())
        with self._connected() as db:
            if db is None:
                return None
            added = db.execute(
                "INSERT INTO chats (ledger, title, begun, last) VALUES (?, ?, ?, ?)",
                (self.ledger, title_of(title), now, now),
            )
            return added.lastrowid

    def add(self, chat: int, turn: KeptTurn) -> None:
        """One more turn at the end; of a conversation that another process deleted meanwhile, nothing."""
        cited = json.dumps([asdict(each) for each in turn.cited], ensure_ascii=False)
        with self._connected() as db:
            if db is None or not db.execute("SELECT 1 FROM chats WHERE chat = ?", (chat,)).fetchone():
                return
            db.execute(
                "INSERT INTO turns SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ?, ?, ?"
                " FROM turns WHERE chat = ?",
                (
                    chat,
                    turn.question,
                    _text(turn.asked),
                    turn.status,
                    turn.answer,
                    turn.figure,
                    turn.notes,
                    cited,
                    chat,
                ),
            )
            db.execute("UPDATE chats SET last = ? WHERE chat = ?", (_text(turn.asked), chat))

    def rename(self, chat: int, title: str) -> None:
        """Another title; an empty one changes nothing."""
        with self._connected() as db:
            if db is not None and title.strip():
                db.execute("UPDATE chats SET title = ? WHERE chat = ?", (title_of(title), chat))

    def delete(self, chat: int) -> None:
        """For good."""
        with self._connected() as db:
            if db is not None:
                db.execute("DELETE FROM chats WHERE chat = ?", (chat,))

    def prefer(self, name: str, value: str) -> None:
        """Keep how the user wants it, such as the theme."""
        with self._connected() as db:
            if db is not None:
                db.execute("INSERT OR REPLACE INTO preferences VALUES (?, ?)", (name, value))

    # -------------------------------------------------------------------------------------------------- reading

    def chats(self, search: str = "") -> list[Chat]:
        """The conversations with each of these words in a title, a question or an answer; the last used first."""
        clause = "".join(
            " AND (title LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM turns t WHERE t.chat = chats.chat"
            " AND (t.question LIKE ? ESCAPE '!' OR t.answer LIKE ? ESCAPE '!')))"
            for _ in search.split()
        )
        patterns = [pattern for word in search.split() for pattern in [_like(word)] * 3]
        with self._connected() as db:
            rows = () if db is None else db.execute(
                "SELECT chat, title, begun, last, (SELECT count(*) FROM turns t WHERE t.chat = chats.chat)"
                f" FROM chats WHERE ledger = ?{clause} ORDER BY last DESC, chat DESC",
                (self.ledger, *patterns),
            ).fetchall()  # fmt: skip
        return [Chat(chat, title, _moment(begun), _moment(last), turns) for chat, title, begun, last, turns in rows]

    def turns(self, chat: int) -> list[KeptTurn]:
        """The turns of a conversation, in order."""
        with self._connected() as db:
            rows = () if db is None else db.execute(
                "SELECT question, asked, status, answer, figure, notes, cited FROM turns WHERE chat = ? ORDER BY place",
                (chat,),
            ).fetchall()  # fmt: skip
        return [
            KeptTurn(
                *(question, _moment(asked), status, answer, figure, notes),
                tuple(KeptCitation(**each) for each in json.loads(cited)),
            )
            for question, asked, status, answer, figure, notes, cited in rows
        ]

    def questions(self) -> list[str]:
        """What was asked of this ledger, oldest first, each once: where it was asked last."""
        with self._connected() as db:
            rows = () if db is None else db.execute(
                "SELECT question, max(t.asked) AS newest FROM turns t JOIN chats USING (chat) WHERE ledger = ?"
                f" GROUP BY question ORDER BY newest DESC LIMIT {RECALLED}",
                (self.ledger,),
            ).fetchall()  # fmt: skip
        return [question for question, _ in reversed(rows)]

    def find(self, named: str) -> Chat | None:
        """The conversation of this number, with this in its title, or the "last" one."""
        chats = self.chats()
        if named == "last":
            return chats[0] if chats else None
        for chat in chats:
            if str(chat.chat) == named:
                return chat
        return next((chat for chat in chats if named.casefold() in chat.title.casefold()), None)

    def preference(self, name: str) -> str:
        """What was kept under this name; "" where nothing was."""
        with self._connected() as db:
            row = None if db is None else db.execute("SELECT value FROM preferences WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    # --------------------------------------------------------------------------------------------- the database

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection | None]:
        """A connection with a transaction around what is done; None where nothing is kept."""
        if self.path is None:
            yield None
            return
        try:
            if not self._ready:
                self._prepare(self.path)
            with contextlib.closing(_connect(self.path)) as db, db:
                yield db
        except (sqlite3.Error, OSError) as error:
            raise ChatsUnusableError(self.path, str(error)) from error

    def _prepare(self, path: Path) -> None:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        path.chmod(PRIVATE_FILE)
        with contextlib.closing(_connect(path)) as db, db:
            db.execute("BEGIN IMMEDIATE")
            (form,) = db.execute("PRAGMA user_version").fetchone()
            if form > FORM:
                raise sqlite3.DatabaseError(f"it was written by a newer ledgerqa (form {form})")
            if not form:
                for statement in TABLES.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {FORM}")
        self._ready = True


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=PATIENCE)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    return db


def title_of(question: str) -> str:
    """A title on one line."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1].rstrip()}…"


def markdown(title: str, turns: Sequence[KeptTurn]) -> str:
    """A conversation as Markdown: the questions as headings, the entries cited in full."""
    return "\n".join([f"# {_plain(title)}", "", *(line for turn in turns for line in _markdown_of(turn))])


def _markdown_of(turn: KeptTurn) -> Iterator[str]:
    yield f"## {_plain(turn.question)}"
    yield ""
    yield turn.answer
    yield ""
    if turn.figure:
        yield from _fenced(turn.figure, "text")
    if turn.notes:
        yield from (f"*{note}*  " for note in turn.notes.splitlines())
        yield ""
    for each in turn.cited:
        yield f"[{each.id}] `{each.file}:{each.line}`" if each.file else f"[{each.id}] made by a plugin"
        yield ""
        if each.text:
            yield from _fenced(each.text, "beancount")


def _fenced(text: str, language: str) -> Iterator[str]:
    """A block behind a fence longer than any in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield from (f"{fence}{language}", text.rstrip("\n"), fence, "")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _like(word: str) -> str:
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
