"""Conversations that are kept: a new one, listed, resumed, renamed, exported, deleted."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.store import markdown, title_of
from ledgerqa.terminal.chat.widgets.conversation import Conversation
from ledgerqa.terminal.chat.widgets.soon import soon
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from ledgerqa.terminal.chat.with_evidence import WithEvidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.screens import Opened
    from ledgerqa.terminal.chat.starting import Manner
    from ledgerqa.terminal.chat.store import KeptTurn, Talk


class WithChats(WithEvidence):
    """What is kept of the conversation, and which others are."""

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__(desk, manner)
        self._keeping = threading.Lock()

    def _offer_examples(self) -> object:
        """On an empty screen."""
        raise NotImplementedError

    @on(Conversation.Answered)
    def _answered(self, event: Conversation.Answered) -> None:
        self._keep(event.talk, event.turn)

    @work(thread=True, group="keeping")
    def _keep(self, talk: Talk, turn: KeptTurn) -> None:
        with self._telling(), self._keeping:
            if talk.chat is None:
                talk.chat = self.store.begin(turn.question)
            if talk.chat is not None:
                self.store.add(talk.chat, turn)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """In a thread: what goes wrong is told."""
        try:
            yield
        except LedgerqaError as error:
            soon(self, self._told, str(error))

    def action_new(self) -> None:
        """A new chat."""
        self.conversation.clear()
        self._show_panel(self.size.width, shown=False)
        if not self.query(Welcome):
            self.conversation.mount(Welcome(self.desk.ledger.name))
            self._offer_examples()
        self._to_prompt()

    def action_chats(self) -> None:
        """The kept chats."""
        from ledgerqa.terminal.chat.screens import ChatsScreen

        if not self.manner.history:
            self._told("This chat runs with --no-history: nothing is kept.")
            return
        self.push_screen(ChatsScreen(self.store), self._with_chat)

    def _with_chat(self, opened: Opened | None) -> None:
        from ledgerqa.terminal.chat.screens import Asking

        if opened is None:
            return
        chat = opened.chat
        if opened.what == "resume":
            self._resume(chat.chat)
        elif opened.what == "rename":

            def named(title: str | None) -> None:
                self._rename(chat.chat, title or "")

            self.push_screen(Asking("Another title", chat.title), named)
        elif opened.what == "export":
            self._ask_where(lambda: markdown(chat.title, self.store.turns(chat.chat)))
        else:
            self._delete(chat.chat)

    @work(thread=True, group="keeping")
    def _delete(self, chat: int) -> None:
        with self._telling(), self._keeping:
            self.store.delete(chat)
            soon(self, self._deleted, chat)

    def _deleted(self, chat: int) -> None:
        if chat == self.conversation.talk.chat:
            self.action_new()
        self.notify("Deleted.", timeout=3)

    @work(thread=True, group="keeping")
    def _rename(self, chat: int, title: str) -> None:
        with self._telling():
            self.store.rename(chat, title)

    @work(thread=True, group="resuming")
    def _resume_named(self, named: str) -> None:
        with self._telling():
            found = self.store.find(named)
            if found:
                soon(self, self._resumed, found.chat, self.store.turns(found.chat))
            else:
                soon(self, self._told, f"No kept chat of this ledger is called “{named}”. Ctrl+O lists them.")

    @work(thread=True, exclusive=True, group="resuming")
    def _resume(self, chat: int) -> None:
        with self._telling():
            soon(self, self._resumed, chat, self.store.turns(chat))

    def _resumed(self, chat: int, turns: Sequence[KeptTurn]) -> None:
        """Show what was said."""
        self.query(Welcome).remove()
        self._show_panel(self.size.width, shown=False)
        self.conversation.restore(chat, turns)
        self._to_prompt()

    def action_export(self) -> None:
        """This chat as Markdown."""
        turns = [*self.conversation.earlier, *(turn.kept for turn in self.turns if turn.kept)]
        if turns:
            self._ask_where(lambda: markdown(title_of(turns[0].question), turns))
        else:
            self._told("Nothing was asked yet.")

    def _ask_where(self, text: Callable[[], str]) -> None:
        from ledgerqa.terminal.chat.screens import Asking

        def write(path: Path) -> None:
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text())

        def named(name: str | None) -> None:
            if name:
                self._write_file(Path(name).expanduser().absolute(), write)

        day = dt.datetime.now().astimezone().date().isoformat()
        self.push_screen(Asking("Write this chat as Markdown to", f"ledgerqa-chat-{day}.md"), named)
