"""`chat --plain`: the conversation as lines, for screen readers, scripts and terminals that can nothing else.

Answers go to stdout, everything else to stderr; a line that begins with "/" is a command.  A script's stdin is
answered line by line.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from ledgerqa.errors import ChatUnknownError, LedgerqaError
from ledgerqa.terminal.chat.completion import Names, names_of
from ledgerqa.terminal.chat.freshness import Keeper
from ledgerqa.terminal.chat.keeping import kept_turn
from ledgerqa.terminal.chat.plain_commands import COMMANDS
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.chat.store import Store
from ledgerqa.terminal.chat.unticking import NOTHING, Unticked
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Answer
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner
    from ledgerqa.terminal.chat.store import KeptTurn

PROMPT = "> "
KEPT_AT_HAND = 300


@dataclass
class PlainChat:
    """What a conversation in lines knows: the last answer, the turns so far, the names to complete."""

    desk: Desk
    store: Store
    keeper: Keeper
    chat: int | None = None
    answer: Answer | None = None
    turns: list[KeptTurn] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    unticked: Unticked = NOTHING

    @property
    def history(self) -> list[str]:
        """The questions so far."""
        return [turn.question for turn in self.turns]

    def take(self, line: str) -> bool:
        """Answer one line; False when it ends the chat."""
        try:
            if line.startswith("/"):
                return self._command(line[1:])
            self._ask(line)
        except LedgerqaError as error:
            remark(str(error))
        except KeyboardInterrupt:
            remark("cancelled")
        return True

    def _command(self, line: str) -> bool:
        name, _, rest = line.partition(" ")
        found = [command for each, command in COMMANDS.items() if each == name] or [
            command for each, command in COMMANDS.items() if name and each.startswith(name)
        ]
        if name in {"quit", "q", "exit"}:
            return False
        if not found:
            remark(f"there is no command /{name}; /help lists them")
        else:
            found[0](self, rest.strip())
        return True

    def _ask(self, question: str) -> None:
        if self.answer and self.answer.choices and question.isdecimal():
            place = int(question) - 1
            question = self.answer.choices[place].question if place in range(len(self.answer.choices)) else question
        cancelled = threading.Event()
        self.keeper.wait(cancelled, lambda _why: None)
        self._told(question, cancelled)

    def _told(self, question: str, cancelled: threading.Event) -> None:
        """The headline at once, the sentences as they come, then the rest."""
        from ledgerqa.agent import Done, Headline, Sentence
        from ledgerqa.terminal.plain import answer_text
        from ledgerqa.terminal.tables import shown_table

        self.unticked = NOTHING
        headed = False
        for event, index in self.desk.ask(question, self.history, cancelled):
            if isinstance(event, Headline) or (isinstance(event, Done) and not headed):
                say(answer_text(event.answer, index))
                if event.answer.choices:
                    remark("a number picks one")
                self.answer, headed = event.answer, True
            elif isinstance(event, Sentence):
                say(event.text)
            if isinstance(event, Done):
                for warning in event.answer.warnings[len(self.answer.warnings) if self.answer else 0 :]:
                    remark(warning)
                self.answer = event.answer
                self.keep(kept_turn(question, event.answer, shown_table(event.answer, index)))
        say("")

    def keep(self, turn: KeptTurn) -> None:
        """Put a turn to the conversation."""
        self.turns = [*self.turns, turn][-KEPT_AT_HAND:]
        if self.chat is None:
            self.chat = self.store.begin(turn.question)
        if self.chat is not None:
            self.store.add(self.chat, turn)

    def resume(self, named: str) -> None:
        """Go on with a kept conversation; raises `ChatUnknownError`."""
        found = self.store.find(named)
        if found is None:
            raise ChatUnknownError(named)
        self.chat, self.turns, self.answer = found.chat, self.store.turns(found.chat), None
        remark(f"going on with “{found.title}”, {found.turns} questions so far")

    def learn(self) -> None:
        """The names of the index in force."""
        with self.desk.reading() as index:
            self.names = names_of(index)


def say(text: str) -> None:
    """A part of an answer."""
    click.echo(text)
    sys.stdout.flush()


def converse(desk: Desk, manner: Manner) -> None:
    """Answer line after line, until the end of input or /quit."""
    chats = desk.settings.data_dir / "chats.sqlite3" if manner.history else None
    with ExitStack() as ended:
        reindexer = Reindexer(desk.settings)
        ended.callback(desk.close)
        ended.callback(reindexer.end)
        chat = _opened(desk, Store(chats, str(desk.ledger)), reindexer)
        if manner.resume:
            chat.resume(manner.resume)
        if sys.stdin.isatty():
            remark(f"{desk.ledger.name}: ask in plain words; /help lists the commands, Ctrl-D ends")
        for line in _lines(chat):
            if not chat.take(line):
                return
            chat.keeper.look_behind()


def _opened(desk: Desk, store: Store, reindexer: Reindexer) -> PlainChat:
    """The conversation over an index that is there and fresh."""
    waiting: list[PlainChat] = []

    def told(new: dict[str, object]) -> None:
        if new.get("doing") in {"indexing", "the ledger has changed"}:
            remark(str(new["doing"]))
        if new.get("fault"):
            remark(str(new["fault"]))

    def opened() -> None:
        for chat in waiting:
            chat.learn()

    keeper = Keeper(desk, reindexer, told, opened)
    chat = PlainChat(desk, store, keeper)
    waiting.append(chat)
    keeper.begin()
    if desk.info is None:
        raise LedgerqaError(keeper.fault or "the ledger could not be indexed")
    desk.heed(remark)
    return chat


def _lines(chat: PlainChat) -> Iterator[str]:
    """The lines of a person, with the line editor's history and completion; or those of a script."""
    person = sys.stdin.isatty()
    if person:
        _edit_lines(chat)
    while True:
        try:
            line = input(PROMPT) if person and sys.stdout.isatty() else sys.stdin.readline()
        except EOFError:
            click.echo("", err=True)
            return
        except KeyboardInterrupt:
            click.echo("", err=True)
            continue
        if not person and not line:
            return
        if line.strip():
            yield line.strip()


def _edit_lines(chat: PlainChat) -> None:
    """Arrow keys for earlier questions, Tab for accounts, payees and tags; nothing of it goes to a file."""
    try:
        import readline
    except ImportError:
        return
    for question in chat.store.questions():
        readline.add_history(question)
    found: list[str] = []

    def complete(text: str, state: int) -> str | None:
        if state == 0:
            words = [f"/{name}" for name in COMMANDS if f"/{name}".startswith(text)] if text.startswith("/") else []
            found[:] = words or chat.names.matching(text, 20)
        return found[state] if state < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n")
    readline.parse_and_bind("tab: complete")
