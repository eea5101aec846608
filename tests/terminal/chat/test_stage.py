"""Frames that are drawn a few lines at a time: nothing stays on the terminal that is no longer on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import chop_cells
from textual._compositor import ChopsUpdate, LayoutUpdate

from ledgerqa.terminal.chat.widgets.stage import MOST_CELLS
from tests.terminal.chat.driving import Driver, drive

if TYPE_CHECKING:
    import pytest
    from textual.strip import Strip

    from ledgerqa.settings import Settings


class Terminal:
    """The cells that a terminal shows, from what it is sent; and the most that it was sent at once."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.most = 0

    def shows(self, update: Any) -> None:
        if isinstance(update, LayoutUpdate):
            region = update.region
            self.most = max(self.most, region.area)
            for y, line in enumerate(update.strips, region.y):
                self._put(y, region.x, line, region.x, region.right)
        elif isinstance(update, ChopsUpdate):
            self.most = max(self.most, sum(right - left for _, left, right in update.spans))
            for y, left, right in update.spans:
                for x, strip in update.chops[y].items():
                    if strip is not None:
                        self._put(y, x, [strip], left, right)

    def _put(self, y: int, x: int, strips: Any, left: int, right: int) -> None:
        for strip in strips:
            for cell in _cells(strip):
                if left <= x < right:
                    self.cells[x, y] = cell
                x += 1

    def lines(self, width: int, height: int) -> list[str]:
        return ["".join(self.cells.get((x, y), "?") for x in range(width)) for y in range(height)]


def _cells(strip: Strip) -> list[str]:
    return chop_cells(strip.text, 1)


def test_what_is_drawn_in_pieces_is_the_whole_screen(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(user: Driver) -> None:
        terminal = Terminal()
        monkeypatch.setattr(user.app, "_display", lambda _, update: terminal.shows(update))
        await user.ask("how much on groceries by month in 2024")
        for keys, size in (
            (("f5",), (120, 40)),
            (("f3",), (200, 50)),
            (("escape",), (80, 24)),
            (("f2",), (80, 24)),
            (("f4", "down"), (150, 45)),
            (("escape",), (120, 40)),
        ):
            await user.press(*keys)
            await user.pilot.resize_terminal(*size)
            await user.pilot.pause(0.5)
            whole = ["".join(_cells(strip)) for strip in user.app.screen._compositor.render_strips()]
            drawn = terminal.lines(*size)
            assert [line for line in zip(drawn, whole, strict=True) if line[0] != line[1]] == []
        assert terminal.most <= MOST_CELLS + 200, "no more than some lines at once"

    drive(settings, steps)
