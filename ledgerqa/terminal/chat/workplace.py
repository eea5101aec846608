"""What all parts of the application share: the desk, the places on the screen, words to the user, files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import App
from textual.worker import WorkerFailed

from ledgerqa.terminal.chat.editor import Windows
from ledgerqa.terminal.chat.store import Store
from ledgerqa.terminal.chat.widgets.conversation import Conversation
from ledgerqa.terminal.chat.widgets.evidence import EvidencePanel
from ledgerqa.terminal.chat.widgets.prompt import Prompt
from ledgerqa.terminal.chat.widgets.soon import Soon, soon
from ledgerqa.terminal.chat.widgets.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner
    from ledgerqa.terminal.chat.widgets.turn import Turn


log = logging.getLogger(__name__)
WIDE: Final = 110  # columns from which evidence and conversation stand side by side


class Workplace(App[None]):
    """An application over one desk; `with_completion`, `with_evidence` and `with_chats` add what can be done."""

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__()
        self.desk = desk
        self.manner = manner
        self.store = Store(None, "")
        self.windows = Windows()

    @property
    def conversation(self) -> Conversation:
        """The turns."""
        return self.screen_stack[0].query_one(Conversation)

    @property
    def turns(self) -> list[Turn]:
        """Those on the screen."""
        return self.conversation.turns

    @property
    def prompt(self) -> Prompt:
        """Where questions are typed."""
        return self.screen_stack[0].query_one(Prompt)

    @property
    def panel(self) -> EvidencePanel:
        """The evidence."""
        return self.screen_stack[0].query_one(EvidencePanel)

    @property
    def status(self) -> StatusLine:
        """The line at the bottom."""
        return self.screen_stack[0].query_one(StatusLine)

    def on_soon(self, message: Soon) -> None:
        """What a thread wants done."""
        message.call()

    def _told(self, text: str) -> None:
        self.notify(text, severity="warning", timeout=8, markup=False)

    def _to_prompt(self) -> None:
        """The keys go to the prompt at once: the next one may be here already."""
        self.prompt.screen.set_focus(self.prompt)

    def _show_panel(self, width: int, *, shown: bool) -> None:
        """The evidence beside the conversation, or, where the terminal is narrow, instead of it.

        Not by a class: that would work out the style of every widget in both anew, which can be felt.
        """
        self.panel.display = shown
        self.conversation.display = not shown or width >= WIDE

    def _handle_exception(self, error: Exception) -> None:
        """A worker that fails ends no conversation: it is told and logged; without a terminal, in tests, it ends it."""
        if not isinstance(error, WorkerFailed) or self.is_headless:
            super()._handle_exception(error)
            return
        log.error("a worker failed", exc_info=error.error)
        self._told(f"ledgerqa itself failed at something ({type(error.error).__name__}): please report it.")

    def _look(self) -> object:
        """At the ledger's files, behind what goes on."""
        raise NotImplementedError

    @work(thread=True, group="writing")
    def _write_file(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write a file that is not there yet."""
        try:
            write(path)
        except FileExistsError:
            soon(self, self._told, f"{path} is there already: give another name.")
        except OSError as error:
            soon(self, self._told, f"{path} cannot be written ({error.strerror}).")
        else:
            soon(self, self._told, f"Written: {path}")
