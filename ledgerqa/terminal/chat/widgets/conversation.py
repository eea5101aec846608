"""The turns of a conversation: questions put to the desk in threads, their answers shown as they come.

Only the newest turns stay on the screen, so that a chat that is open all day stays quick; earlier ones come back on
demand.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat import shown
from ledgerqa.terminal.chat.desk import CancelledError, Desk
from ledgerqa.terminal.chat.store import Talk, failed_turn
from ledgerqa.terminal.chat.widgets.forgetting import forget_drawn
from ledgerqa.terminal.chat.widgets.soon import soon
from ledgerqa.terminal.chat.widgets.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from ledgerqa.agent import Event
    from ledgerqa.corpus import Index
    from ledgerqa.terminal.chat.store import KeptTurn

log = logging.getLogger(__name__)

MOST_TURNS: Final = 8  # on the screen: each repaint lays all of them out
MOST_EARLIER: Final = 300  # kept at hand
AT_ONCE: Final = 6  # earlier turns that come back at once
HISTORY: Final = 20  # earlier questions that a follow-up may lean on

AwaitFresh = Callable[[threading.Event, Callable[[str], None]], None]
"""Waits, in a thread, until the index can answer; gives way when the event is set, and says what it waits for."""


class Conversation(VerticalScroll, can_focus=False):
    """The turns so far."""

    BLANK = True  # nothing of its own to draw: its lines need no laying out

    @dataclass
    class Answered(Message):
        """A turn of a talk is complete."""

        turn: KeptTurn
        talk: Talk

    def __init__(self, desk: Desk, await_fresh: AwaitFresh) -> None:
        super().__init__(id="conversation")
        self.desk = desk
        self.await_fresh = await_fresh
        self.turns: list[Turn] = []
        self.earlier: deque[KeptTurn] = deque(maxlen=MOST_EARLIER)
        self.asked: deque[str] = deque(maxlen=HISTORY)
        self.talk = Talk()
        self.room = shown.NARROWEST
        self._cancelled = threading.Event()
        self._number = 0

    def compose(self) -> ComposeResult:
        """The way back to earlier turns."""
        yield Static(id="earlier")

    def on_mount(self) -> None:
        """There are none yet."""
        self._tell_earlier()

    @property
    def current(self) -> Turn | None:
        """The newest turn."""
        return self.turns[-1] if self.turns else None

    @property
    def busy(self) -> bool:
        """Whether a question is being answered."""
        return self.current is not None and self.current.has_class("waiting")

    # ---------------------------------------------------------------------------------------------------- asking

    async def ask(self, question: str) -> Turn:
        """Put a question; one that is still being answered is taken back."""
        self.cancel()
        self._cancelled = threading.Event()
        turn = self._turn(question)
        await self.mount(turn)
        self._trim()
        self.call_after_refresh(self.scroll_end, animate=False)
        self._answer(turn, tuple(self.asked), self._cancelled)
        return turn

    def _turn(self, question: str, kept: KeptTurn | None = None) -> Turn:
        self._number += 1
        turn = Turn(question, self._number, kept)
        self.turns.append(turn)
        return turn

    def cancel(self) -> bool:
        """Take back the question that is being answered, at once; whether there was one."""
        turn = self.current
        if turn is None or not self.busy:
            return False
        self._cancelled.set()
        turn.fail("cancelled", cancelled=True)
        if turn.answer is None:
            turn.kept = failed_turn(turn.question, "cancelled")
        elif turn.kept:  # what stood when the rest was taken back can be leaned on, and is kept
            self.asked.append(turn.question)
            self.post_message(self.Answered(turn.kept, self.talk))
        return True

    @work(thread=True, group="asking")
    def _answer(self, turn: Turn, history: Sequence[str], cancelled: threading.Event) -> None:
        try:
            self.await_fresh(cancelled, lambda why: soon(self, turn.wait, why))
            for event, index in self.desk.ask(turn.question, history, cancelled):
                self._show(turn, event, index, cancelled)
        except CancelledError:
            return
        except LedgerqaError as error:
            soon(self, self._fail, turn, str(error), cancelled)
        except Exception as error:
            log.exception("question %r failed", turn.question)
            sentence = f"ledgerqa itself failed on this question ({type(error).__name__}): please report it."
            soon(self, self._fail, turn, sentence, cancelled)

    def _show(self, turn: Turn, event: Event, index: Index, cancelled: threading.Event) -> None:
        """Lay out, in the worker's thread, what came, and hand it over."""
        from ledgerqa.agent import Done, Headline, Sentence
        from ledgerqa.terminal.chat.keeping import kept_turn

        if isinstance(event, Headline) or (isinstance(event, Done) and turn.answer is None):
            figure = shown.figure_of(event.answer, index)
            width = self.room
            drawn = shown.laid_out(figure, width) if figure else None
            kept = kept_turn(turn.question, event.answer, figure.table if figure else None)
            soon(self, self._head, cancelled, turn, kept, event.answer, figure, drawn, width)
        if isinstance(event, Sentence):
            soon(self, self._say, cancelled, turn, event.text)
        elif isinstance(event, Done):
            figure = shown.figure_of(event.answer, index)
            kept = kept_turn(turn.question, event.answer, figure.table if figure else None)
            soon(self, self._done, cancelled, turn, event.answer, kept)

    def on_resize(self) -> None:
        """Note the cells for an answer: a thread must not ask for a size itself, as that may lay out anew."""
        self.room = max(shown.NARROWEST, self.scrollable_content_region.width)

    # -------------------------------------------------------------------------------------- on the event loop again

    def _head(self, cancelled: threading.Event, turn: Turn, kept: KeptTurn, *parts: object) -> None:
        if cancelled.is_set():
            return
        turn.kept = kept
        turn.head(*parts)  # type: ignore[arg-type]
        self.call_after_refresh(self._into_sight, turn)

    @on(Turn.Grown)
    def _grown(self, event: Turn.Grown) -> None:
        event.stop()
        self.call_after_refresh(self._into_sight, event.turn)

    def _into_sight(self, turn: Turn) -> None:
        """The whole answer, or where it is taller than the screen, its beginning."""
        if turn is not self.current:
            return
        if turn.outer_size.height > self.size.height:
            self.scroll_to_widget(turn, top=True, animate=False)
        else:
            self.scroll_end(animate=False)

    def _say(self, cancelled: threading.Event, turn: Turn, text: str) -> None:
        if not cancelled.is_set():
            turn.say(text)

    def _done(self, cancelled: threading.Event, turn: Turn, answer: object, kept: KeptTurn) -> None:
        if cancelled.is_set():
            return
        turn.done(answer)  # type: ignore[arg-type]
        turn.kept = kept
        self.asked.append(turn.question)
        self.post_message(self.Answered(kept, self.talk))
        self.call_after_refresh(self._into_sight, turn)

    def _fail(self, turn: Turn, why: str, cancelled: threading.Event) -> None:
        if not cancelled.is_set():
            turn.fail(why)
            turn.kept = failed_turn(turn.question, why)

    # --------------------------------------------------------------------------------------------- earlier turns

    def _trim(self) -> None:
        """Take the oldest turns off the screen."""
        while len(self.turns) > MOST_TURNS:
            oldest = self.turns.pop(0)
            if oldest.kept:
                self.earlier.append(oldest.kept)
            oldest.remove()
        forget_drawn()
        self._tell_earlier()

    def _tell_earlier(self) -> None:
        marker = self.query_one("#earlier", Static)
        marker.display = bool(self.earlier)
        count = len(self.earlier)
        link = Style.from_meta({"@click": "app.earlier"})
        said = f"… {count:,} earlier {'question' if count == 1 else 'questions'}: Ctrl+Up or a click shows them"
        marker.update(Content(said).stylize(link))

    def show_earlier(self) -> None:
        """Bring some earlier turns back."""
        back = [self.earlier.pop() for _ in range(min(AT_ONCE, len(self.earlier)))][::-1]
        turns = []
        for kept in back:
            self._number += 1
            turns.append(Turn(kept.question, self._number, kept))
        self.turns[:0] = turns
        if turns:
            self.mount_all(turns, after=self.query_one("#earlier"))
            self._tell_earlier()
            self.call_after_refresh(self.scroll_home, animate=False)

    def restore(self, chat: int, kept: Iterable[KeptTurn]) -> None:
        """Show a kept conversation instead of this one."""
        self.clear()
        self.talk = Talk(chat)
        self.earlier.extend(kept)
        self.asked.extend(turn.question for turn in self.earlier if turn.status != "error")
        self.show_earlier()
        self.call_after_refresh(self.scroll_end, animate=False)

    def clear(self) -> None:
        """Begin anew."""
        self.cancel()
        self.talk = Talk()
        for turn in self.turns:
            turn.remove()
        self.turns.clear()
        self.earlier.clear()
        self.asked.clear()
        self._tell_earlier()

    def turn(self, name: str) -> Turn | None:
        """The turn called so, as long as it is on the screen."""
        return next((turn for turn in self.turns if turn.id == name), None)
