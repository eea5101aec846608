"""From an answer to its evidence: the panel, the clipboard, the editor, CSV."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SuspendNotSupported

from ledgerqa.errors import LedgerqaError
from ledgerqa.terminal.chat.grids import write_csv
from ledgerqa.terminal.chat.widgets.evidence import EvidencePanel, PlanView
from ledgerqa.terminal.chat.widgets.soon import soon
from ledgerqa.terminal.chat.widgets.turn import Citations, Turn
from ledgerqa.terminal.chat.with_completion import WithCompletion

if TYPE_CHECKING:
    from ledgerqa.records import Entry


class WithEvidence(WithCompletion):
    """What can be done with the entries that an answer rests on."""

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
        self._show_panel(self.size.width, shown=True)
        self.call_after_refresh(self.panel.open, turn, tab, entry, history)  # it must have its size first

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

    @work(thread=True, group="editing")
    def _edit(self, entry: Entry) -> None:
        """Open the editor at the entry's line, as the file is now."""
        from ledgerqa.terminal.chat import editor
        from ledgerqa.terminal.chat.slices import slice_of

        if not entry.file:
            soon(self, self._told, "This entry was made by a plugin: it stands in no file.")
            return
        source = slice_of(entry, self.desk.ledger.parent, around=0)
        try:
            command = editor.editing(source.path or self.desk.ledger, source.begin)
            if command.windowed:
                self.windows.open(command.arguments)
            else:
                soon(self, self._hand_over, command.arguments, f"{source.path}:{source.begin}")
        except (LedgerqaError, OSError) as error:
            soon(self, self._told, str(error))

    def _hand_over(self, arguments: tuple[str, ...], place: str) -> None:
        """A terminal's editor gets the terminal until it ends."""
        try:
            with self.suspend():
                subprocess.run(arguments, check=False)  # noqa: S603 - the user's own editor
            self._look()
        except SuspendNotSupported:
            self._told(f"This terminal cannot be handed over. The entry is {place}")
        except OSError as error:
            self._told(str(error))

    @on(EvidencePanel.Write)
    def _write(self, event: EvidencePanel.Write) -> None:
        from ledgerqa.terminal.chat.screens import Asking

        def named(name: str | None) -> None:
            if name:
                self._write_file(Path(name).expanduser().absolute(), lambda path: write_csv(event.grid, path))

        self.push_screen(Asking("Write these lines as CSV to", f"ledgerqa-{event.tab}.csv"), named)
