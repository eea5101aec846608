"""The panel beside the conversation: how an answer came about, and every entry it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TabbedContent, TabPane

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat import shown
from ledgerqa.terminal.chat.grids import Grid
from ledgerqa.terminal.chat.slices import slice_of
from ledgerqa.terminal.chat.unticking import Unticked, without
from ledgerqa.terminal.chat.widgets.grid import GridView
from ledgerqa.terminal.chat.widgets.slices import SliceLines, SliceView, drawn
from ledgerqa.terminal.chat.widgets.soon import soon

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from ledgerqa.records import Answer, Entry, Plan
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.grids import Line
    from ledgerqa.terminal.chat.slices import Slice
    from ledgerqa.terminal.chat.widgets.turn import Turn

TABS: Final = {"sources": "Sources", "plan": "Plan", "rows": "Rows", "entries": "Entries"}
HEADED: Final = r"(?m)^(?:plan|sql|bql|retrieved|note|timings_ms)\b[^\n:]*:"
WITH_ENTRY: Final = frozenset({"sources", "entries"})
HINTS: Final = {
    "sources": "enter show · e edit · y copy · s sort",
    "ticked": "space untick · p its payee · enter show · e edit · y copy",
    "plan": "q copy SQL · b copy BQL",
    "rows": "s sort · w write CSV",
    "entries": "enter show · e edit · y copy · s sort · w write CSV",
}


class PlanView(VerticalScroll, can_focus=True):
    """How the question was understood, and the queries that ran."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "copy('sql')", "Copy SQL"),
        Binding("b", "copy('bql')", "Copy BQL"),
    ]

    @dataclass
    class Copy(Message):
        """A query is wanted on the clipboard."""

        text: str
        what: str

    def __init__(self) -> None:
        super().__init__()
        self._queries = {"sql": "", "bql": ""}

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(classes="text")

    def show(self, answer: Answer, sql: str, explained: Content) -> None:
        """Show an answer's plan."""
        self._queries = {"sql": sql, "bql": answer.evidence.bql if answer.evidence else ""}
        self.query_one(Static).update(explained)
        self.scroll_to(0, 0, animate=False)

    def action_copy(self, what: str) -> None:
        """Copy a query."""
        self.post_message(self.Copy(self._queries[what], what.upper()))


class Inside(Vertical):
    """What the panel holds, made when it is opened for the first time: the first paint need not wait for it."""

    def compose(self) -> ComposeResult:
        """The answer's question, the tabs, the entry, the keys."""
        yield Static(classes="about")
        with TabbedContent(initial="sources"):
            for name, title in TABS.items():
                with TabPane(title, id=name):
                    yield PlanView() if name == "plan" else GridView(id=f"{name}-grid")
        yield SliceView(id="slice")
        yield Static(classes="hint")


class EvidencePanel(Vertical):
    """Tabs over one answer; below those that list entries, the entry under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "CSV"),
        Binding("e", "act('edit')", "Edit", show=False),
        Binding("y", "act('copy')", "Copy", show=False),
    ]

    @dataclass
    class Write(Message):
        """The lines of a tab are to be written as CSV."""

        tab: str
        grid: Grid

    @dataclass
    class Act(Message):
        """Something is to be done with an entry."""

        what: str
        entry: Entry

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="evidence")
        self.desk = desk
        self.turn: Turn | None = None
        self.history: tuple[str, ...] = ()
        self.entry: Entry | None = None
        self._filled: dict[str, object] = {}

    @property
    def tab(self) -> str:
        """The tab in front."""
        return self.query_one(TabbedContent).active

    def grid(self, tab: str) -> GridView:
        """The lines of a tab."""
        return self.query_one(f"#{tab}-grid", GridView)

    # --------------------------------------------------------------------------------------------------- opening

    async def open(self, turn: Turn, tab: str, entry: Entry | None = None, history: tuple[str, ...] = ()) -> None:
        """Bring a tab over a turn to the front, and one of its entries into sight."""
        if not self.query(Inside):
            await self.mount(Inside())
        if turn is not self.turn or turn.answer is None:
            self._filled.clear()
        self.turn, self.entry, self.history = turn, entry, history
        self.query_one(".about", Static).update(Content(" ".join(turn.question.split())))
        if entry:
            self._slice(entry, self.size.width)
        elif tab in WITH_ENTRY:
            self.query_one(SliceView).clear()
        tabs = self.query_one(TabbedContent)
        if tabs.active == tab:
            self._front(tab)
        else:
            tabs.active = tab
        self.call_after_refresh(self.enter)

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        """Fill what is seen."""
        self._front(event.pane.id or "sources")

    def _front(self, tab: str) -> None:
        self._hint(tab)
        self.query_one(SliceView).display = tab in WITH_ENTRY
        if self.turn is None or not self.display:
            return
        if self._filled.get(tab) is not self.turn.answer or self.turn.answer is None or self._outdated(tab):
            self._fill(self.turn, tab, self.history, self.turn.room)
        elif tab in WITH_ENTRY:
            self._mark(self.grid(tab))

    def _outdated(self, tab: str) -> bool:
        """Whether the lines number their entries as an index did that is in force no more."""
        info = self.desk.info
        return tab in WITH_ENTRY and info is not None and self.grid(tab).grid.generation not in {None, info.generation}

    def _hint(self, tab: str) -> None:
        """The keys of a tab; those that untick where there is something to."""
        ticked = tab == "sources" and any(line.ticked is not None for line in self.grid(tab).grid.lines[:1])
        self.query_one(".hint", Static).update(f"{HINTS['ticked' if ticked else tab]} · esc close")

    def enter(self) -> None:
        """Put the keys to the tab in front."""
        self.screen.set_focus(self.query_one(PlanView) if self.tab == "plan" else self.grid(self.tab))

    # --------------------------------------------------------------------------------------------------- filling

    @work(thread=True, exclusive=True, group="evidence")
    def _fill(self, turn: Turn, tab: str, history: tuple[str, ...], room: int) -> None:
        """Gather what a tab shows."""
        try:
            answer = turn.answer
            if answer is None:
                answer, index = self.desk.ask_again(turn.question, history)
                figure = shown.figure_of(answer, index)
                drawn = shown.laid_out(figure, room) if figure else None
                soon(self, turn.recite, answer, figure, drawn)
            if tab == "plan":
                soon(self, self._show_plan, turn, answer, *_explained(answer))
                return
            soon(self, self._show_grid, turn, answer, tab, self._gathered(turn, answer, tab))
        except LedgerqaError as error:
            soon(self, self._show_grid, turn, turn.answer, tab, Grid(note=str(error)))

    def _gathered(self, turn: Turn, answer: Answer, tab: str) -> Grid:
        from ledgerqa.terminal.chat import gathering

        if tab == "rows":
            return gathering.rows_grid(turn.figure.table if turn.figure else None)
        with self.desk.reading() as index:
            unticked = turn.unticked.over(index)
            if unticked != turn.unticked:
                soon(self, turn.take_unticked, unticked)
            if tab == "entries":
                return gathering.entries_grid(answer, index, unticked)
            return gathering.sources_grid(answer, index, self.desk.models().encoder(), unticked)

    def _show_plan(self, turn: Turn, answer: Answer, sql: str, explained: Content) -> None:
        if turn is self.turn:
            self._filled["plan"] = answer
            self.query_one(PlanView).show(answer, sql, explained)

    def _show_grid(self, turn: Turn, answer: Answer | None, tab: str, grid: Grid) -> None:
        if turn is not self.turn:
            return
        again = self._filled.get(f"{tab} of") is turn
        self._filled |= {tab: answer, f"{tab} of": turn}
        view = self.grid(tab)
        view.show(grid, keep=again)
        if tab == self.tab:
            self._hint(tab)
        if tab in WITH_ENTRY and tab == self.tab:
            self.call_after_refresh(self._mark, view)  # it must know its lines first

    def _mark(self, view: GridView) -> None:
        """Move the cursor to the entry that is shown; where none is, show the one under the cursor."""
        ids = [line.entry for line in view.grid.lines]
        if self.entry is not None and self.entry.entry_id in ids:
            view.cursor = ids.index(self.entry.entry_id)
        elif self.entry is None and view.line:
            self._look_up(view.line)

    # ------------------------------------------------------------------------------------------------- one entry

    def on_grid_view_highlighted(self, event: GridView.Highlighted) -> None:
        """Show the entry under the cursor."""
        event.stop()
        if self.tab in WITH_ENTRY and event.view is self.grid(self.tab):
            self._look_up(event.line)

    def on_grid_view_chosen(self, event: GridView.Chosen) -> None:
        """Put the keys to the entry, to scroll its surroundings."""
        event.stop()
        if self.tab in WITH_ENTRY:
            self.query_one(SliceLines).focus()

    def _look_up(self, line: Line) -> None:
        if line.entry is not None and (self.entry is None or self.entry.entry_id != line.entry):
            self._numbered(line.entry, self.grid(self.tab).grid.generation, self.size.width)

    @work(thread=True, exclusive=True, group="slice")
    def _numbered(self, number: int, generation: int | None, room: int) -> None:
        """Show an entry by its number; where the index is another one by now, the lines are gathered anew."""
        with self.desk.reading() as index:
            entry = index.entries([number])[0] if index.info.generation == generation else None
            source = slice_of(entry, index.ledger.main_file.parent) if entry else None
        if entry is None or source is None:
            soon(self, self._renew)
        else:
            soon(self, self._show_slice, entry, source, drawn(source, room))

    def _renew(self) -> None:
        self._filled.clear()
        self.entry = None
        self._front(self.tab)

    @work(thread=True, exclusive=True, group="slice")
    def _slice(self, entry: Entry, room: int) -> None:
        """Read the entry's file; a thread must not ask for the panel's size itself, as that may lay out anew."""
        with self.desk.reading() as index:
            source = slice_of(entry, index.ledger.main_file.parent)
        soon(self, self._show_slice, entry, source, drawn(source, room))

    def _show_slice(self, entry: Entry, source: Slice, parts: tuple[Content, Content, Content]) -> None:
        from ledgerqa.terminal import captions

        self.entry = entry
        self.query_one(SliceView).show(source, captions.place(entry), parts)

    def on_slice_view_act(self, event: SliceView.Act) -> None:
        """From a key in the lines."""
        event.stop()
        self.action_act(event.what)

    def action_act(self, what: str) -> None:
        """On the entry shown."""
        if self.entry and self.tab in WITH_ENTRY:
            self.post_message(self.Act(what, self.entry))

    def action_write(self) -> None:
        """Write the lines in front as CSV."""
        if self.tab != "plan":
            self.post_message(self.Write(self.tab, self.grid(self.tab).grid))

    # -------------------------------------------------------------------------------------------------- unticking

    def on_grid_view_ticked(self, event: GridView.Ticked) -> None:
        """What was matched by meaning is taken out of the sum, or into it again."""
        event.stop()
        if self.turn and self.turn.answer and self.turn.answer.plan and event.line.unticks:
            self.turn.unticked = self.turn.unticked.turned(event.line.unticks, with_name=event.with_name)
            self._again(self.turn, self.turn.answer.plan, self.turn.unticked, self.turn.room)

    @work(thread=True, exclusive=True, group="evidence")
    def _again(self, turn: Turn, plan: Plan, unticked: Unticked, room: int) -> None:
        """Answer without what is unticked."""
        try:
            answer, index = self.desk.ask_plan(turn.question, lambda index: without(plan, unticked.over(index)))
            figure = shown.figure_of(answer, index)
            drawn_figure = shown.laid_out(figure, room) if figure else None
            soon(self, turn.recite, answer, figure, drawn_figure)
            soon(self, self._show_grid, turn, answer, "sources", self._gathered(turn, answer, "sources"))
        except LedgerqaError as error:
            soon(self, self._show_grid, turn, turn.answer, "sources", Grid(note=str(error)))


def _explained(answer: Answer) -> tuple[str, Content]:
    """The SQL that ran, and how the answer came about."""
    from ledgerqa.terminal.contract import statements_text
    from ledgerqa.terminal.explain import explanation

    headed = Content(explanation(answer)).highlight_regex(HEADED, style="bold $text-accent")
    return statements_text(answer.evidence.statements) if answer.evidence else "", headed
