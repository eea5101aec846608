"""The Textual application: the conversation, the evidence beside it, the prompt, and what connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.theme import Theme
from textual.widgets import Input, Label

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat import tidying
from ledgerqa.terminal.chat.freshness import Keeper
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.chat.store import Store
from ledgerqa.terminal.chat.tidying import Tidier
from ledgerqa.terminal.chat.widgets.completions import Completions
from ledgerqa.terminal.chat.widgets.conversation import Conversation
from ledgerqa.terminal.chat.widgets.evidence import EvidencePanel
from ledgerqa.terminal.chat.widgets.prompt import Prompt
from ledgerqa.terminal.chat.widgets.soon import soon
from ledgerqa.terminal.chat.widgets.stage import Stage
from ledgerqa.terminal.chat.widgets.status import Standing, StatusLine
from ledgerqa.terminal.chat.widgets.turn import Turn
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from ledgerqa.terminal.chat.with_chats import WithChats
from ledgerqa.terminal.chat.workplace import WIDE

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.screen import Screen

    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner

LOOK: Final = 2.0  # seconds between two looks at the ledger's files
NO_COLOUR: Final = Theme(
    "no-colour",
    *("#ffffff", "#dddddd", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#000000", "#000000", "#262626"),
    dark=True,
)
THEMES: Final = ("textual-dark", "textual-light", NO_COLOUR.name)
THEME: Final = "theme"
ERRORS: Final = "Which errors are in the ledger?"


class ChatApp(WithChats):
    """`ledgerqa chat`."""

    CSS_PATH = "chat.tcss"
    TITLE = "ledgerqa"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012 - the same
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", show=False),
        Binding("f1", "keys", "Keys"),
        *(
            Binding(f"f{number}", f"evidence('{tab}')", tab.capitalize())
            for number, tab in enumerate(("sources", "plan", "rows", "entries"), start=2)
        ),
        Binding("ctrl+n", "new", "New chat"),
        Binding("ctrl+o", "chats", "Chats"),
        Binding("ctrl+s", "export", "Export"),
        Binding("ctrl+t", "theme", "Theme"),
        Binding("ctrl+up", "earlier", "Earlier turns", show=False, priority=True),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("tab", "tab", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__(desk, manner)
        self.keeper = self._keeper()
        self.tidier = Tidier()
        self._begun = False

    def _keeper(self) -> Keeper:
        return Keeper(self.desk, Reindexer(self.desk.settings), lambda new: soon(self, self._show, new), self._opened)

    def get_default_screen(self) -> Stage:
        """One that is laid out in one step and drawn in the next."""
        return Stage(id="_default")

    def compose(self) -> ComposeResult:
        """The conversation and the evidence, the prompt, the status line."""
        with Horizontal(id="body"):
            yield Conversation(self.desk, self._wait)
            yield EvidencePanel(self.desk)
        yield Completions(id="completions")
        with Horizontal(id="prompt-row"):
            yield Label(">")
            yield Prompt(id="prompt")
        yield StatusLine(Standing("", kept=self.manner.history))

    def _wait(self, cancelled: threading.Event, say: Callable[[str], None]) -> None:
        """Until the ledger is open and fresh; the keeper may be another one by then."""
        self.keeper.wait(cancelled, say)

    # -------------------------------------------------------------------------------------------------- beginning

    def on_mount(self) -> None:
        """Paint first, open the ledger behind it."""
        self.register_theme(NO_COLOUR)
        self.panel.display = self.query_one(Completions).display = False
        self._to_prompt()
        begin = self._choose_ledger if self.desk.settings.ledger is None else self._begin
        self.call_after_refresh(begin)

    @work(thread=True, group="finding")
    def _choose_ledger(self) -> None:
        """Look around in a thread: the folder may be large."""
        from ledgerqa.terminal.chat.finding import ledgers_nearby

        soon(self, self._offer_ledgers, ledgers_nearby(self.desk.settings))

    def _offer_ledgers(self, found: list[tuple[str, Path]]) -> None:
        from ledgerqa.terminal.chat.screens import LedgerScreen

        def chosen(path: Path | None) -> None:
            if path is None:
                self.exit()
                return
            self.desk.take(path)
            self.keeper = self._keeper()
            self._begin()

        self.push_screen(LedgerScreen(found), chosen)

    def _begin(self) -> None:
        ledger = self.desk.ledger
        chats = self.desk.settings.data_dir / "chats.sqlite3" if self.manner.history else None
        self.store = Store(chats, str(ledger))
        self.status.change(ledger=ledger.name, doing="opening")
        self.conversation.mount(Welcome(ledger.name))
        self._open()
        self.set_interval(LOOK, self._look)
        self.set_interval(tidying.EVERY, self.tidier.tidy)
        self.set_interval(tidying.OFTEN, self.tidier.between_frames)

    @work(thread=True, group="opening")
    def _open(self) -> None:
        """Take how the user wants it, and what was asked before; then open the ledger."""
        try:
            soon(self, self._take_theme, self.store.preference(THEME))
            soon(self, self.prompt.remember, self.store.questions())
        except LedgerqaError as error:
            soon(self, self._told, str(error))
        self.keeper.begin()

    def _opened(self) -> None:
        """In a thread: there is an index, or a newer one; the first time, make the first question quick."""
        first, self._begun = not self._begun, True
        soon(self, self._settle, first)

    @work(thread=True, group="settling")
    def _settle(self, first: bool) -> None:
        from ledgerqa.terminal.chat.completion import names_of

        with self.desk.reading() as index:
            self.names = names_of(index)
        if first:
            if self.manner.resume:
                soon(self, self._resume_named, self.manner.resume)
            self._examples()
            self._warm()
            self.tidier.begin()

    def _examples(self) -> None:
        from ledgerqa.terminal.chat.examples import examples

        welcome = self.query_one(Welcome) if self.query(Welcome) else None
        if welcome is None:
            return
        with self.desk.reading() as index:
            for question in examples(index, self.desk.day(), self.desk.settings.fiscal_start_month):
                soon(self, welcome.offer, question)

    def _warm(self) -> None:
        """Load the models; that one cannot be used is said, and no reason to end."""
        soon(self, self._show, {"models": "loading models"})
        try:
            names = self.desk.warm()
        except LedgerqaError as error:
            soon(self, self._show, {"models": "", "fault": str(error)})
            return
        models = " + ".join(name for name in (names.encoder, names.reader) if name)
        soon(self, self._show, {"models": models or "no models", "device": names.device if models else ""})
        self.desk.heed(lambda remark: soon(self, self._told, remark))

    def _show(self, changes: dict[str, Any]) -> None:
        self.status.change(**changes)
        if changes.get("fault") and not self.keeper.ready:
            for welcome in self.query(Welcome):
                welcome.state(changes["fault"])

    @work(thread=True, group="looking")
    def _look(self) -> None:
        """At the ledger's files."""
        self.keeper.look()

    def action_reindex(self) -> None:
        """Index now, whether a change was noticed or not."""
        self._renew()

    @work(thread=True, group="looking")
    def _renew(self) -> None:
        self.keeper.renew()

    # ------------------------------------------------------------------------------------------------------ asking

    @on(Prompt.Sent)
    async def _sent(self, event: Prompt.Sent) -> None:
        await self.ask(event.text)

    @on(Welcome.Picked)
    async def _picked(self, event: Welcome.Picked) -> None:
        self.prompt.earlier.append(event.question)
        await self.ask(event.question)

    @on(Turn.Choose)
    async def _chose(self, event: Turn.Choose) -> None:
        await self.ask(event.question)

    async def ask(self, question: str) -> None:
        """Put a question; the keys go back to the prompt."""
        await self.query(Welcome).remove()
        self._to_prompt()
        await self.conversation.ask(question)

    def action_leave(self) -> None:
        """Take back the question that is being answered; else close the evidence; else go back to the prompt."""
        if self.conversation.cancel():
            return
        if self.panel.display:
            self._show_panel(self.size.width, shown=False)
        self._to_prompt()

    async def action_ledger_errors(self) -> None:
        """What Beancount found wrong."""
        await self.ask(ERRORS)

    def action_earlier(self) -> None:
        """Bring turns back that are not on the screen any more."""
        self.conversation.show_earlier()

    def action_scroll(self, pages: int) -> None:
        """Scroll the conversation from the prompt."""
        self.conversation.scroll_relative(y=pages * max(1, self.conversation.size.height - 2), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """What was side by side may have no room for that any more."""
        self._show_panel(event.size.width, shown=self.panel.display)

    async def on_event(self, event: events.Event) -> None:
        """Whatever comes from the user is noted."""
        if isinstance(event, events.InputEvent):
            self.tidier.touched()
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Whoever types beside the prompt means the prompt."""
        if event.is_printable and event.character and not isinstance(self.focused, (Prompt, Input)):
            if len(self.screen_stack) > 1 or event.key in self.screen.active_bindings:
                return
            self._to_prompt()
            self.prompt.insert(event.character)
            event.stop()

    # ------------------------------------------------------------------------------------------------------- comfort

    @work(thread=True, exclusive=True, group="examples")
    def _offer_examples(self) -> None:
        if self.keeper.ready:
            self._examples()

    def action_keys(self) -> None:
        """The keys."""
        from ledgerqa.terminal.chat.screens import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen())

    def action_theme(self) -> None:
        """The next theme."""
        place = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(place + 1) % len(THEMES)]
        self._keep_theme(self.theme)

    @work(thread=True, exclusive=True, group="theme")
    def _keep_theme(self, theme: str) -> None:
        try:
            self.store.prefer(THEME, theme)
        except LedgerqaError as error:
            soon(self, self._told, str(error))

    def _take_theme(self, theme: str) -> None:
        if theme in self.available_themes:
            self.theme = theme

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's signature
        """What the palette offers."""
        yield SystemCommand("New chat", "Begin anew", self.action_new)
        yield SystemCommand("Kept chats", "Search, resume, rename, export, delete", self.action_chats)
        yield SystemCommand("Export this chat", "As Markdown", self.action_export)
        for tab, what in (
            ("sources", "How entries were found"),
            ("plan", "SQL and BQL"),
            ("rows", "All rows of the result"),
            ("entries", "All contributing entries"),
        ):
            yield SystemCommand(f"Evidence: {tab}", what, lambda tab=tab: self.action_evidence(tab))
        yield SystemCommand("Errors of the ledger", "What Beancount found wrong", self.action_ledger_errors)
        yield SystemCommand("Index now", "Take in all changes", self.action_reindex)
        yield SystemCommand("Theme", "Dark, light, no colour, and more", self.action_change_theme)
        yield SystemCommand("Keys", "What each key does", self.action_keys)
        yield SystemCommand("Quit", "End the chat", self.action_quit)

    async def action_quit(self) -> None:
        """End: nothing that still runs is waited for."""
        self.conversation.cancel()
        self.keeper.reindexer.end()
        self.exit()

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self.tidier.end()
        self.keeper.reindexer.end()
        self.windows.leave()
        self.desk.close()
