"""An entry's source lines with their surroundings, in colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ledgerqa.terminal.chat.slices import Slice, tokens

if TYPE_CHECKING:
    from textual.app import ComposeResult

LEAD: Final = 6  # lines above the entry, where there is room
GAPS: Final = re.compile(r"(?<=\S) {3,}(?=\S)")
COLOURS: Final = {
    "comment": "$foreground-muted italic",
    "text": "$text-success",
    "date": "$text-accent",
    "account": "$text-primary",
    "tag": "$text-warning",
    "number": "$text-secondary",
    "currency": "$text-secondary",
    "key": "$foreground-muted",
    "directive": "bold",
    "flag": "bold",
}


def coloured(line: str) -> Content:
    """A line of a ledger in Beancount's colours."""
    content = Content(line)
    for kind, begin, end in tokens(line):
        content = content.stylize(COLOURS[kind], begin, end)
    return content


def drawn(source: Slice, room: int) -> tuple[Content, Content, Content]:
    """The lines before the entry, the entry, the lines after it; each with its number, within `room` cells."""
    width = len(str(source.first + len(source.lines)))
    room -= width + 2
    numbered = [
        Content.assemble((f"{number:>{width}} ", "$foreground-muted"), coloured(drawn_in(line.expandtabs(4), room)))
        for number, line in enumerate(source.lines, start=source.first)
    ]
    begin, end = source.begin - source.first, source.end - source.first + 1
    join = Content("\n").join
    return join(numbered[:begin]), join(numbered[begin:end]), join(numbered[end:])


def drawn_in(line: str, room: int) -> str:
    """A line whose widest gap gives way where it is too long, so that the amount at its end can be seen."""
    excess = cell_len(line) - room
    gaps = list(GAPS.finditer(line))
    if excess <= 0 or not gaps:
        return line
    gap = max(gaps, key=lambda match: len(match.group()))
    left = max(2, len(gap.group()) - excess)
    return f"{line[: gap.start()]}{' ' * left}{line[gap.end() :]}"


class SliceLines(VerticalScroll, can_focus=True):
    """The lines, to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "act('edit')", "Edit"),
        Binding("y", "act('copy')", "Copy"),
    ]


class SliceView(Vertical):
    """File and line, and the lines; `e` and `y` act on the entry."""

    class Act(Message):
        """Something is to be done with the entry shown."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.source: Slice | None = None

    def compose(self) -> ComposeResult:
        """Place, and three parts: before, the entry, after."""
        yield Static(classes="place")
        with SliceLines():
            yield Static(classes="around before")
            yield Static(classes="entry")
            yield Static(classes="around after")

    def show(self, source: Slice, place: str, parts: tuple[Content, Content, Content]) -> None:
        """Show a slice that was `drawn` in a thread."""
        self.source = source
        note = f"  {source.note}" if source.note else ""
        self.query_one(".place", Static).update(Content.assemble((place, "bold"), (note, "$text-warning")))
        for name, part in zip((".before", ".entry", ".after"), parts, strict=True):
            static = self.query_one(name, Static)
            static.update(part)
            static.display = bool(part)
        self.call_after_refresh(self._into_sight)

    def clear(self) -> None:
        """Show nothing."""
        self.source = None
        for static in self.query(Static):
            static.update("")

    def _into_sight(self) -> None:
        """The entry with a few lines above it."""
        if self.source is None:
            return
        lines = self.query_one(SliceLines)
        above, entry = self.source.begin - self.source.first, self.source.end - self.source.begin + 1
        spare = max(0, lines.size.height - entry)
        lines.scroll_to(y=max(0, above - min(spare // 2, LEAD)), animate=False)

    def action_act(self, what: str) -> None:
        """From a key in the lines."""
        self.post_message(self.Act(what))
