"""What comes in front of the conversation for a moment: kept chats, keys, a ledger to choose, a text to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.moments import moment
from ledgerqa.terminal.chat.widgets.soon import soon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from ledgerqa.terminal.chat.store import Chat, Store

CLOSE: Final = Binding("escape", "close", "Close", show=False)


class Asking(ModalScreen[str | None]):
    """Asks for one text; None when it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [CLOSE]

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._title, self._value = title, value

    def compose(self) -> ComposeResult:
        """A title and a line."""
        with Vertical(classes="box"):
            yield Static(self._title, classes="title", markup=False)
            yield Input(self._value, select_on_focus=False)
            yield Static("enter accept · esc leave it", classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """It was given."""
        self.dismiss(event.value.strip() or None)

    def action_close(self) -> None:
        """It was not."""
        self.dismiss(None)


@dataclass(frozen=True)
class Opened:
    """What was chosen of the kept chats."""

    what: str  # resume, rename, delete or export
    chat: Chat


class ChatsScreen(ModalScreen[Opened | None]):
    """The kept chats: search by typing, resume, rename, export, delete."""

    BINDINGS: ClassVar[list[BindingType]] = [
        CLOSE,
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("ctrl+r", "leave('rename')", "Rename", priority=True),
        Binding("ctrl+s", "leave('export')", "Export", priority=True),
        Binding("ctrl+d", "delete", "Delete", priority=True),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.found: list[Chat] = []
        self._to_delete: int | None = None
        self._sought: str | None = None
        self._afterwards = ""

    def compose(self) -> ComposeResult:
        """A line to search by, the chats, the keys."""
        with Vertical(classes="box wide"):
            yield Static("Kept chats", classes="title")
            yield Input(placeholder="words to search for")
            yield OptionList(markup=False, compact=True)
            yield Static("enter resume · ^r rename · ^s export · ^d delete · esc close", classes="hint")

    def on_mount(self) -> None:
        """All of them."""
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    def _search(self, words: str) -> None:
        self._sought = words
        self._find(words)

    @work(thread=True, exclusive=True, group="searching")
    def _find(self, words: str) -> None:
        try:
            soon(self, self._list, words, self.store.chats(words))
        except LedgerqaError as error:
            soon(self, self._list, words, [], str(error))

    def _list(self, words: str, found: Sequence[Chat], fault: str = "") -> None:
        """Show what was found; what was asked of it meanwhile is done now."""
        if words != self._sought:
            return
        self._sought, self.found = None, list(found)
        self._to_delete = None
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_chat_line(chat)) for chat in self.found])
        if self.found:
            options.highlighted = 0
        else:
            nothing = fault or ("Nothing found." if words else "Nothing was kept yet.")
            options.add_option(Option(nothing, disabled=True))
        what, self._afterwards = self._afterwards, ""
        if what:
            self.action_leave(what)

    @property
    def chosen(self) -> Chat | None:
        """The marked chat."""
        place = self.query_one(OptionList).highlighted
        return self.found[place] if place is not None and place < len(self.found) else None

    def action_move(self, step: int) -> None:
        """Move while the line keeps the keys."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _resume(self) -> None:
        self.action_leave("resume")

    def action_leave(self, what: str) -> None:
        """Do it with the marked chat: with the first of those sought, where they are not there yet."""
        if self._sought is not None:
            self._afterwards = what
        elif self.chosen:
            self.dismiss(Opened(what, self.chosen))

    def action_delete(self) -> None:
        """The second time it is meant."""
        if self.chosen is None:
            return
        if self._to_delete == self.chosen.chat:
            self.dismiss(Opened("delete", self.chosen))
            return
        self._to_delete = self.chosen.chat
        sure = f"ctrl+d again deletes “{self.chosen.title}” for good"
        self.query_one(".hint", Static).update(Content.styled(sure, "$text-error"))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _chat_line(chat: Chat) -> Content:
    turns = f"{chat.turns} {'question' if chat.turns == 1 else 'questions'}"
    return Content.assemble(
        (f"{moment(chat.last):>16}  ", "$foreground-muted"),
        chat.title,
        (f"  {turns} · no. {chat.chat}", "$foreground-muted"),
    )


KEYS: Final = (
    ("Asking", ""),
    ("Enter", "ask"),
    ("Ctrl+J, Shift+Enter", "a new line"),
    ("@ and #", "complete an account, a payee, a tag"),
    ("Up, Down", "earlier questions"),
    ("Esc", "cancel the answer; close what is open"),
    ("Tab", "to the citations or choices, and back"),
    ("PageUp, PageDown", "scroll the conversation"),
    ("Ctrl+Up", "bring earlier turns back"),
    ("Evidence", ""),
    ("Enter, a click on [2]", "show the entry"),
    ("e", "open it in your editor"),
    ("y", "copy it"),
    ("F2", "sources: how entries were found"),
    ("F3", "plan: SQL and BQL, to copy with q and b"),
    ("F4", "all rows of the result"),
    ("F5", "all contributing entries"),
    ("s, Shift+S, a click", "sort by a column, turn the order"),
    ("Space", "untick an entry that was matched by meaning; p all of its payee"),
    ("w", "write the lines as CSV"),
    ("Chats", ""),
    ("Ctrl+N", "a new chat"),
    ("Ctrl+O", "kept chats: search, resume, rename, delete"),
    ("Ctrl+S", "write this chat as Markdown"),
    ("Ctrl+T", "theme: dark, light, no colour"),
    ("Ctrl+P", "all commands"),
    ("Ctrl+Q", "quit"),
)


class KeysScreen(ModalScreen[None]):
    """The keys."""

    BINDINGS: ClassVar[list[BindingType]] = [CLOSE, Binding("f1", "close", show=False)]

    def compose(self) -> ComposeResult:
        """A line a key."""
        lines = [
            Content.assemble((f"  {key:<22}", "$text-accent"), what) if what else Content.styled(key, "bold")
            for key, what in KEYS
        ]
        with VerticalScroll(classes="box keys"):
            yield Static(Content("\n").join(lines))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


class LedgerScreen(ModalScreen["Path | None"]):
    """Which ledger: what was found nearby, the sample, or a path that is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Quit", show=False)]

    def __init__(self, found: Sequence[tuple[str, Path]]) -> None:
        super().__init__()
        self.found = list(found)

    def compose(self) -> ComposeResult:
        """The choices, and a line for another."""
        with Vertical(classes="box wide"):
            yield Static("Which ledger?", classes="title")
            yield OptionList(*(Option(Content(label)) for label, _ in self.found), markup=False, compact=True)
            yield Input(placeholder="or the path of another main file")
            yield Static("enter choose · tab to the line · esc quit", classes="hint")

    def on_mount(self) -> None:
        """The first is marked."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One of those."""
        self.dismiss(self.found[event.option_index][1])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A path."""
        from pathlib import Path

        path = Path(event.value.strip()).expanduser().absolute()
        if path.is_file():
            self.dismiss(path)
        else:
            self.query_one(".hint", Static).update(Content.styled(f"{path}: there is no such file", "$text-error"))

    def action_close(self) -> None:
        """None."""
        self.dismiss(None)
