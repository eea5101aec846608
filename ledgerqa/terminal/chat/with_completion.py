"""Completing names of the ledger while a question is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from ledgerqa.terminal.chat.completion import Names
from ledgerqa.terminal.chat.widgets.completions import Completions
from ledgerqa.terminal.chat.widgets.prompt import Prompt
from ledgerqa.terminal.chat.widgets.soon import soon
from ledgerqa.terminal.chat.workplace import Workplace

if TYPE_CHECKING:
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner


class WithCompletion(Workplace):
    """The list above the prompt, and where Tab leads."""

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__(desk, manner)
        self.names = Names()

    @on(Prompt.Completing)
    def _completing(self, event: Prompt.Completing) -> None:
        if event.word:
            self._match(event.word)
        else:
            self._offer("", ())

    @work(thread=True, exclusive=True, group="completing")
    def _match(self, word: str) -> None:
        soon(self, self._offer, word, self.names.matching(word))

    def _offer(self, word: str, names: tuple[str, ...]) -> None:
        if word != self.prompt.word() or names == (word,):
            names = ()
        self.query_one(Completions).offer(names)
        self.prompt.completing = bool(names)

    @on(Prompt.Chosen)
    def _chosen_by_key(self, event: Prompt.Chosen) -> None:
        completions = self.query_one(Completions)
        if event.key == "up":
            completions.action_cursor_up()
        elif event.key == "down":
            completions.action_cursor_down()
        elif event.key == "escape":
            self._offer("", ())
        else:
            self._accept()

    @on(Completions.OptionSelected, "#completions")
    def _chosen_by_mouse(self) -> None:
        self._accept()
        self._to_prompt()

    def action_tab(self) -> None:
        """Accept a completion; from the prompt to the newest turn's choices or citations; else the next place.

        A binding with priority, so that the keys after it go where it leads however quickly they come.
        """
        if self.focused is not self.prompt:
            self.screen.focus_next()
        elif self.prompt.completing:
            self._accept()
        elif listed := self.conversation.current.listed() if self.conversation.current else None:
            self.screen.set_focus(listed)
        elif self.panel.display:
            self.panel.enter()
        else:
            self.screen.focus_next()

    def _accept(self) -> None:
        """Take the marked completion."""
        chosen = self.query_one(Completions).chosen
        if chosen:
            self.prompt.complete(chosen)
        self._offer("", ())
