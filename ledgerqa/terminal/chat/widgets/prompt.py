"""The line in which questions are typed: several lines where need be, earlier questions by the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

NEWLINE_KEYS = frozenset({"shift+enter", "alt+enter", "ctrl+j"})


class Prompt(TextArea):
    """A text area in which Enter sends, Shift+Enter or Ctrl+J begins a line, and the arrows recall at its edges."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Ask", show=False),
        Binding("ctrl+j", "newline", "New line", show=False),
    ]

    @dataclass
    class Sent(Message):
        """A question was sent."""

        text: str

    @dataclass
    class Completing(Message):
        """The word at the cursor changed; `word` begins with @ or #, or is "" where nothing is to be completed."""

        word: str

    @dataclass
    class Chosen(Message):
        """A key for the open list of completions: up, down, enter or escape."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)
        self.placeholder = "Ask about this ledger"
        self.earlier: list[str] = []
        self.completing = False
        self._recalled: int | None = None
        self._draft = ""

    def remember(self, questions: Sequence[str]) -> None:
        """Questions of earlier chats, oldest first, before those of this one: it may have gone on meanwhile."""
        self.earlier[:0] = questions
        if self._recalled is not None:
            self._recalled += len(questions)

    async def _on_key(self, event: events.Key) -> None:
        if self.completing and event.key in {"up", "down", "enter", "escape"}:
            self.post_message(self.Chosen(event.key))
        elif event.key == "enter":
            self._send()
        elif event.key in NEWLINE_KEYS:
            self.insert("\n")
        elif event.key == "up" and self.cursor_location[0] == 0 and self.earlier:
            self._recall(-1)
        elif event.key == "down" and self._recalled is not None and self.cursor_at_last_line:
            self._recall(1)
        else:
            await super()._on_key(event)
            return
        event.prevent_default()
        event.stop()

    def action_send(self) -> None:
        """Ask what is typed."""
        self._send()

    def action_newline(self) -> None:
        """Begin a line."""
        self.insert("\n")

    def _send(self) -> None:
        text = self.text.strip()
        if not text:
            return
        if not self.earlier or self.earlier[-1] != text:
            self.earlier.append(text)
        self._recalled = None
        self.clear()
        self.history.clear()  # what was sent is recalled by the arrows; each keystroke of it need not be kept
        self.post_message(self.Sent(text))

    def _recall(self, step: int) -> None:
        """Go through the earlier questions; past the newest stands what was being typed."""
        if self._recalled is None:
            self._draft = self.text
            self._recalled = len(self.earlier)
        place = max(0, self._recalled + step)
        if place >= len(self.earlier):
            self._recalled = None
            self._put(self._draft)
        else:
            self._recalled = place
            self._put(self.earlier[place])

    def _put(self, text: str) -> None:
        self.text = text
        self.move_cursor(self.document.end)

    # ------------------------------------------------------------------------------------------------ completion

    def on_text_area_changed(self) -> None:
        """Say what stands before the cursor, for the list of completions."""
        self.post_message(self.Completing(self.word()))

    def word(self) -> str:
        """The word before the cursor where it begins with @ or #."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        word = before.rpartition(" ")[2]
        return word if word[:1] in {"@", "#"} else ""

    def complete(self, name: str) -> None:
        """Put a name in the place of the word before the cursor."""
        row, column = self.cursor_location
        begin = (row, column - len(self.word()))
        self.replace(f"{name} ", begin, (row, column))
