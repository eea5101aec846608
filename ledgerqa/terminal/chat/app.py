"""The Textual application: the conversation, the evidence beside it, the prompt, and what connects them."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on, work
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.theme import Theme
from textual.widgets import Input, Label

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.completion import Names
from ledgerqa.terminal.chat.editor import Windows
from ledgerqa.terminal.chat.freshness import Keeper
from ledgerqa.terminal.chat.grids import write_csv
from ledgerqa.terminal.chat.reindexing import Reindexer
from ledgerqa.terminal.chat.store import Store, markdown, title_of
from ledgerqa.terminal.chat.widgets.completions import Completions
from ledgerqa.terminal.chat.widgets.conversation import Conversation
from ledgerqa.terminal.chat.widgets.evidence import EvidencePanel, PlanView
from ledgerqa.terminal.chat.widgets.prompt import Prompt
from ledgerqa.terminal.chat.widgets.soon import Soon, soon
from ledgerqa.terminal.chat.widgets.status import Standing, StatusLine
from ledgerqa.terminal.chat.widgets.turn import Citations, Turn
from ledgerqa.terminal.chat.widgets.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen

    from ledgerqa.records import Entry
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.screens import Opened
    from ledgerqa.terminal.chat.starting import Manner
    from ledgerqa.terminal.chat.store import KeptTurn

LOOK: Final = 2.0  # seconds between two looks at the ledger's files
NO_COLOUR: Final = Theme(
    "no-colour",
    *("#ffffff", "#dddddd", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#000000", "#000000", "#262626"),
    dark=True,
)
THEMES: Final = ("textual-dark", "textual-light", NO_COLOUR.name)
THEME: Final = "theme"
ERRORS: Final = "Which errors are in the ledger?"


class ChatApp(App[None]):
    """`ledgerqa chat`."""

    CSS_PATH = "chat.tcss"
    TITLE = "ledgerqa"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's own
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
        super().__init__()
        self.desk = desk
        self.manner = manner
        self.names = Names()
        self.chat: int | None = None
        self.store = Store(None, "")
        self.keeper = self._keeper()
        self._begun = False
        self._windows = Windows()
        self._keeping = threading.Lock()

    def _keeper(self) -> Keeper:
        return Keeper(self.desk, Reindexer(self.desk.settings), lambda new: soon(self, self._show, new), self._opened)

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

    # -------------------------------------------------------------------------------------------------- beginning

    def on_mount(self) -> None:
        """Paint first, open the ledger behind it."""
        self.register_theme(NO_COLOUR)
        self.panel.display = self.query_one(Completions).display = False
        self._to_prompt()
        begin = self._choose_ledger if self.desk.settings.ledger is None else self._begin
        self.call_after_refresh(begin)

    def _choose_ledger(self) -> None:
        from ledgerqa.terminal.chat.finding import ledgers_nearby
        from ledgerqa.terminal.chat.screens import LedgerScreen

        def chosen(path: Path | None) -> None:
            if path is None:
                self.exit()
                return
            self.desk.take(path)
            self.keeper = self._keeper()
            self._begin()

        self.push_screen(LedgerScreen(ledgers_nearby(self.desk.settings)), chosen)

    def _begin(self) -> None:
        ledger = self.desk.ledger
        chats = self.desk.settings.data_dir / "chats.sqlite3" if self.manner.history else None
        self.store = Store(chats, str(ledger))
        self.status.change(ledger=ledger.name, doing="opening")
        self.conversation.mount(Welcome(ledger.name))
        self._open()
        self.set_interval(LOOK, self._look)

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
            gc.freeze()  # what is loaded for good is not looked through again while somebody types

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
        for remark in self.desk.remarks:
            soon(self, self._told, remark)

    def _show(self, changes: dict[str, Any]) -> None:
        self.status.change(**changes)
        if changes.get("fault") and not self.keeper.ready:
            for welcome in self.query(Welcome):
                welcome.state(changes["fault"])

    def _told(self, text: str) -> None:
        self.notify(text, severity="warning", timeout=8, markup=False)

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

    @on(Conversation.Answered)
    def _answered(self, event: Conversation.Answered) -> None:
        self._keep(event.turn)

    @work(thread=True, group="keeping")
    def _keep(self, turn: KeptTurn) -> None:
        try:
            with self._keeping:
                if self.chat is None:
                    self.chat = self.store.begin(turn.question)
                if self.chat is not None:
                    self.store.add(self.chat, turn)
        except LedgerqaError as error:
            soon(self, self._told, str(error))

    def _to_prompt(self) -> None:
        """The keys go to the prompt at once: the next one may be here already."""
        self.prompt.screen.set_focus(self.prompt)

    def action_leave(self) -> None:
        """Take back the question that is being answered; else close the evidence; else go back to the prompt."""
        if self.conversation.cancel():
            return
        if self.panel.display:
            self._close_panel()
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

    def on_key(self, event: events.Key) -> None:
        """Whoever types beside the prompt means the prompt."""
        if event.is_printable and event.character and not isinstance(self.focused, (Prompt, Input)):
            if len(self.screen_stack) > 1 or event.key in self.screen.active_bindings:
                return
            self._to_prompt()
            self.prompt.insert(event.character)
            event.stop()

    # ---------------------------------------------------------------------------------------------------- completion

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

    # ------------------------------------------------------------------------------------------------------ evidence

    def action_evidence(self, tab: str) -> None:
        """Open a tab over the newest turn, or over the one whose evidence is open."""
        turn = self.panel.turn if self.panel.display and self.panel.turn in self.turns else self.conversation.current
        if turn:
            self._open_panel(turn, tab)

    def action_cite(self, name: str, number: int) -> None:
        """A citation mark was clicked."""
        turn = self.conversation.turn(name)
        if turn:
            self._cite(turn, number)

    @on(Turn.Cite)
    def _cited(self, event: Turn.Cite) -> None:
        if event.citation is None:
            self._open_panel(event.turn, "entries")
        else:
            self._cite(event.turn, event.citation)

    def _cite(self, turn: Turn, number: int) -> None:
        entry = next((each.entry for each in turn.citations if each.id == number), None)
        if entry:
            self._open_panel(turn, "sources", entry)

    def _open_panel(self, turn: Turn, tab: str, entry: Entry | None = None) -> None:
        place = self.turns.index(turn) if turn in self.turns else 0
        history = tuple(each.question for each in self.turns[:place])
        self.panel.display = True
        self.query_one("#body").add_class("open")
        self.call_after_refresh(self.panel.open, turn, tab, entry, history)  # it must have its size first

    def _close_panel(self) -> None:
        self.panel.display = False
        self.query_one("#body").remove_class("open")

    @on(Citations.Act)
    def _act_on_citation(self, event: Citations.Act) -> None:
        self._act(event.what, event.citation.entry)

    @on(EvidencePanel.Act)
    def _act_on_entry(self, event: EvidencePanel.Act) -> None:
        self._act(event.what, event.entry)

    def _act(self, what: str, entry: Entry) -> None:
        if what == "copy":
            self._copy(entry.text, "the entry")
        else:
            self._edit(entry)

    @on(PlanView.Copy)
    def _copy_query(self, event: PlanView.Copy) -> None:
        self._copy(event.text, event.what)

    def _copy(self, text: str, what: str) -> None:
        if text:
            self.copy_to_clipboard(text)
        self.notify(f"Copied {what}." if text else f"There is no {what} to copy.", timeout=3)

    def _edit(self, entry: Entry) -> None:
        """Open the editor at the entry's line; a terminal's editor gets the terminal."""
        from ledgerqa.terminal.chat import editor
        from ledgerqa.terminal.chat.slices import slice_of

        if not entry.file:
            self._told("This entry was made by a plugin: it stands in no file.")
            return
        source = slice_of(entry, self.desk.ledger.parent, around=0)
        try:
            command = editor.editing(source.path or self.desk.ledger, source.begin)
            if command.windowed:
                self._windows.open(command.arguments)
                return
            with self.suspend():
                subprocess.run(command.arguments, check=False)  # noqa: S603 - the same
            self._look()
        except SuspendNotSupported:
            self._told(f"This terminal cannot be handed over. The entry is {source.path}:{source.begin}")
        except (LedgerqaError, OSError) as error:
            self._told(str(error))

    @on(EvidencePanel.Write)
    def _write(self, event: EvidencePanel.Write) -> None:
        from ledgerqa.terminal.chat.screens import Asking

        def named(name: str | None) -> None:
            if name:
                self._write_file(Path(name).expanduser().absolute(), lambda path: write_csv(event.grid, path))

        self.push_screen(Asking("Write these lines as CSV to", f"ledgerqa-{event.tab}.csv"), named)

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

    # --------------------------------------------------------------------------------------------------------- chats

    def action_new(self) -> None:
        """A new chat."""
        self.chat = None
        self.conversation.clear()
        self._close_panel()
        if not self.query(Welcome):
            self.conversation.mount(Welcome(self.desk.ledger.name))
            self._offer_examples()
        self._to_prompt()

    @work(thread=True, exclusive=True, group="examples")
    def _offer_examples(self) -> None:
        if self.keeper.ready:
            self._examples()

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
            self.push_screen(Asking("Another title", chat.title), lambda title: self._rename(chat.chat, title))
        elif opened.what == "export":
            self._ask_where(lambda: markdown(chat.title, self.store.turns(chat.chat)))
        else:
            self.store.delete(chat.chat)
            if chat.chat == self.chat:
                self.action_new()
            self.notify("Deleted.", timeout=3)

    def _rename(self, chat: int, title: str | None) -> None:
        if title:
            self.store.rename(chat, title)

    def _resume_named(self, named: str) -> None:
        found = self.store.find(named)
        if found:
            self._resume(found.chat)
        else:
            self._told(f"No kept chat of this ledger is called “{named}”. Ctrl+O lists them.")

    def _resume(self, chat: int) -> None:
        self.chat = chat
        self.query(Welcome).remove()
        self._close_panel()
        self.conversation.restore(self.store.turns(chat))
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

    # ------------------------------------------------------------------------------------------------------- comfort

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
        gc.unfreeze()
        self.keeper.reindexer.end()
        self._windows.leave()
        self.desk.close()
