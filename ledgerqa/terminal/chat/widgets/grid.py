"""A table of any number of rows of which only those in sight are drawn: sorted by a click or a key, ticked or not.

Textual's own table lays out each row when it is added, on the event loop; thousands would stop the typing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events, work
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ledgerqa.terminal.chat.grids import GAP, Grid, Line, sized, total_width
from ledgerqa.terminal.chat.widgets.soon import soon

if TYPE_CHECKING:
    from rich.style import Style


class GridView(ScrollView, can_focus=True):
    """Shows a `Grid`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--heading", "grid--cursor", "grid--unticked"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "choose", "Show", show=False),
        Binding("s", "sort", "Sort"),
        Binding("S,shift+s", "turn", "Reverse", show=False),
        Binding("space", "tick", "Tick", show=False),
        Binding("p", "tick(True)", "Tick payee", show=False),
    ]
    cursor: var[int] = var(0)

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another line."""

        view: GridView
        line: Line

    @dataclass
    class Chosen(Message):
        """Enter, or a click on the line under the cursor."""

        view: GridView
        line: Line

    @dataclass
    class Ticked(Message):
        """A tick was set or taken away, `with_name` for all of the payee; `line` is as it was."""

        view: GridView
        line: Line
        with_name: bool = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.grid = Grid()
        self.order: tuple[int, bool] | None = None
        self._widths: list[int] = []

    def show(self, grid: Grid, *, keep: bool = False) -> None:
        """Show these lines (measured); `keep` leaves the cursor where it is."""
        self.grid = grid
        self.order = self.order if keep else None
        self._fit()
        self.cursor = min(self.cursor, max(0, len(grid.lines) - 1)) if keep else 0
        if not keep:
            self.scroll_to(0, 0, animate=False)
        self.refresh()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.grid.lines[self.cursor] if self.cursor < len(self.grid.lines) else None

    def _fit(self) -> None:
        if self.grid.natural:
            self._widths = self.grid.widths(max(1, self.size.width - self.styles.scrollbar_size_vertical))
        self.virtual_size = Size(total_width(self._widths), len(self.grid.lines) + 1)

    def on_resize(self, _event: events.Resize) -> None:
        """The columns shrink or grow."""
        self._fit()
        self.refresh()

    # --------------------------------------------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        """One line in sight: the headings stay at the top."""
        width = self.size.width
        if not self.grid.lines:
            text = self.grid.note if y == 0 else ""
            return Strip([Segment(text, self.rich_style)]).adjust_cell_length(width, self.rich_style)
        scroll_x, scroll_y = self.scroll_offset
        if y == 0:
            return self._strip(self._heading(), self.get_component_rich_style("grid--heading"), scroll_x, width)
        place = y - 1 + scroll_y
        if place >= len(self.grid.lines):
            return Strip.blank(width, self.rich_style)
        line = self.grid.lines[place]
        style = self.rich_style
        if line.ticked is False:
            style += self.get_component_rich_style("grid--unticked", partial=True)
        if place == self.cursor:
            style += self.get_component_rich_style("grid--cursor", partial=not self.has_focus)
        return self._strip(self._texts(line), style, scroll_x, width)

    def _strip(self, text: str, style: Style, scroll_x: int, width: int) -> Strip:
        strip = Strip([Segment(text, style)])
        return strip.extend_cell_length(width + scroll_x, style).crop(scroll_x, scroll_x + width)

    def _heading(self) -> str:
        cells = []
        for place, heading in enumerate(self.grid.headings):
            if not self._widths[place]:
                continue
            arrow = ("▼" if self.order[1] else "▲") if self.order and self.order[0] == place else ""
            cells.append(sized(f"{heading.name} {arrow}".rstrip(), self._widths[place], heading))
        return (" " * GAP).join(cells)

    def _texts(self, line: Line) -> str:
        cells = [
            sized(text, width, heading)
            for text, width, heading in zip(line.cells, self._widths, self.grid.headings, strict=True)
            if width
        ]
        return (" " * GAP).join(cells)

    # ---------------------------------------------------------------------------------------------------- moving

    def watch_cursor(self, before: int, after: int) -> None:
        """Keep the cursor in sight, below the headings."""
        if before == after:
            return
        height = max(1, self.scrollable_content_region.height - 1)
        top = int(self.scroll_offset.y)
        if after < top:
            self.scroll_to(y=after, animate=False)
        elif after >= top + height:
            self.scroll_to(y=after - height + 1, animate=False)
        self.refresh()
        if self.line:
            self.post_message(self.Highlighted(self, self.line))

    def action_move(self, step: int) -> None:
        """A line up or down."""
        self.cursor = max(0, min(len(self.grid.lines) - 1, self.cursor + step))

    def action_page(self, step: int) -> None:
        """A page up or down."""
        self.action_move(step * max(1, self.scrollable_content_region.height - 2))

    def action_edge(self, last: int) -> None:
        """The first or the last line."""
        self.cursor = max(0, len(self.grid.lines) - 1) if last else 0

    def action_choose(self) -> None:
        """What is to be shown."""
        if self.line:
            self.post_message(self.Chosen(self, self.line))

    def action_tick(self, with_name: bool = False) -> None:
        """Tick or untick an entry, or all of its payee."""
        if self.line and self.line.ticked is not None:
            self.post_message(self.Ticked(self, self.line, with_name))

    def on_focus(self) -> None:
        """The cursor shows where the keys go."""
        self.refresh()
        if self.line:
            self.post_message(self.Highlighted(self, self.line))

    def on_blur(self) -> None:
        """The same."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A heading sorts; a line is marked, and chosen when it was already."""
        y = event.y - self.content_region.y + self.region.y
        if not self.grid.lines:
            return
        if y == 0:
            self._sort_at(event.x + int(self.scroll_offset.x))
            return
        place = y - 1 + int(self.scroll_offset.y)
        if place >= len(self.grid.lines):
            return
        again = place == self.cursor
        self.cursor = place
        if self.grid.lines[place].ticked is not None and event.x < 4:  # the tick box
            self.action_tick()
        elif again:
            self.action_choose()

    # ---------------------------------------------------------------------------------------------------- sorting

    def _sort_at(self, x: int) -> None:
        edge = 0
        for place, width in enumerate(self._widths):
            edge += width + GAP if width else 0
            if width and x < edge:
                self._order(place)
                return

    def action_sort(self) -> None:
        """By the next column."""
        if self.grid.headings:
            self._order(0 if self.order is None else (self.order[0] + 1) % len(self.grid.headings))

    def action_turn(self) -> None:
        """The other way round."""
        if self.order:
            self._order(self.order[0])

    def _order(self, place: int) -> None:
        descending = not self.order[1] if self.order and self.order[0] == place else False
        self.order = (place, descending)
        self._sort(self.grid, place, descending=descending)

    @work(thread=True, exclusive=True, group="sorting")
    def _sort(self, grid: Grid, place: int, *, descending: bool) -> None:
        ordered = grid.sorted_by(place, descending=descending)
        soon(self, self._sorted, grid, ordered)

    def _sorted(self, before: Grid, ordered: Grid) -> None:
        if self.grid is before:  # else something else is shown by now
            self.show(ordered, keep=True)
