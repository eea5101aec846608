"""The Textual application: a conversation over one ledger, the evidence beside it, and what runs behind them."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label, Static

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.desk import CancelledError, Desk
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.chat.widgets.prompt import Prompt
from ledgerqa.terminal.chat.widgets.turn import Turn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from ledgerqa.agent import Event
    from ledgerqa.corpus import Index
    from ledgerqa.terminal.chat.starting import Manner

PAUSE: Final = 0.05  # seconds between two looks at whether a question was taken back

log = logging.getLogger(__name__)


class ChatApp(App[None]):
    """`ledgerqa chat`."""

    CSS_PATH = "chat.tcss"
    TITLE = "ledgerqa"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("ctrl+q", "quit", "Quit"),
    ]

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__()
        self.desk = desk
        self.manner = manner
        self.reindexer = Reindexer(desk.settings)
        self.turns: list[Turn] = []
        self.ready = threading.Event()
        self._cancelled = threading.Event()
        self._number = 0

    def compose(self) -> ComposeResult:
        """The conversation, the prompt, the status line."""
        with Horizontal(id="body"):
            yield VerticalScroll(id="conversation")
        with Horizontal(id="prompt-row"):
            yield Label(">")
            yield Prompt(id="prompt")
        yield Static(id="status")

    def on_mount(self) -> None:
        """Open the ledger behind the first paint."""
        self.query_one("#conversation").can_focus = False
        self.query_one(Prompt).focus()
        self._open()

    @work(thread=True, group="opening")
    def _open(self) -> None:
        if not self.desk.open() or self.desk.is_stale():
            self.reindexer.run()
            self.desk.open()
        self.ready.set()
        self.desk.warm()

    # ---------------------------------------------------------------------------------------------------- asking

    def on_prompt_sent(self, event: Prompt.Sent) -> None:
        """A question."""
        self.ask(event.text)

    def on_turn_choose(self, event: Turn.Choose) -> None:
        """A reading was picked: it is the next question."""
        self.ask(event.question)
        self.query_one(Prompt).focus()

    def ask(self, question: str) -> None:
        """Put a question; one that is still being answered is cancelled."""
        self._cancelled.set()
        self._cancelled = threading.Event()
        self._number += 1
        turn = Turn(question, self._number)
        history = [turn.question for turn in self.turns]
        self.turns.append(turn)
        conversation = self.query_one("#conversation", VerticalScroll)
        conversation.mount(turn)
        conversation.scroll_end(animate=False)
        self._answer(turn, history, self._cancelled)

    @work(thread=True, group="asking")
    def _answer(self, turn: Turn, history: list[str], cancelled: threading.Event) -> None:
        width = self.query_one("#conversation").scrollable_content_region.width
        try:
            self._await_index(cancelled)
            for event, index in self.desk.ask(turn.question, history, cancelled):
                self._show(turn, event, index, width)
        except CancelledError:
            self.call_from_thread(turn.fail, "cancelled", cancelled=True)
        except LedgerqaError as error:
            self.call_from_thread(turn.fail, str(error))
        except Exception as error:
            log.exception("question %r failed", turn.question)
            self.call_from_thread(turn.fail, f"ledgerqa itself failed on this question ({type(error).__name__}).")

    def _await_index(self, cancelled: threading.Event) -> None:
        """Wait for the ledger to be open."""
        while not self.ready.wait(PAUSE):
            if cancelled.is_set():
                raise CancelledError

    def _show(self, turn: Turn, event: Event, index: Index, width: int) -> None:
        """Lay out, in the worker's thread, what came, and hand it to the turn."""
        from ledgerqa.agent import Done, Headline, Sentence
        from ledgerqa.terminal.chat import shown

        if isinstance(event, Headline) or (isinstance(event, Done) and turn.answer is None):
            figure = shown.figure_of(event.answer, index)
            drawn = shown.laid_out(figure, width) if figure else None
            self.call_from_thread(turn.head, event.answer, figure, drawn, width)
        elif isinstance(event, Sentence):
            self.call_from_thread(turn.say, event.text)
        elif isinstance(event, Done):
            self.call_from_thread(turn.done, event.answer)

    def action_cancel(self) -> None:
        """Take back the question that is being answered."""
        self._cancelled.set()

    async def action_quit(self) -> None:
        """End: nothing that still runs is waited for."""
        self._cancelled.set()
        self.reindexer.end()
        self.exit()
