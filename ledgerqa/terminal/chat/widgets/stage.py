"""The screen that the conversation stands on: a frame is made in several turns of the event loop.

A key waits for the laying out or for the drawing of some lines, never for a whole frame.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.geometry import Region
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.geometry import Size

MOST_CELLS: Final = 1_000
"""Drawn at once: those of 120 by 40 take 10 to 25 ms, and a frame is 16."""


class Stage(Screen[None]):
    """A screen that draws after it has laid out, and not where it does so; a few lines at a time."""

    _laying_out = False
    _to_draw = False

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        self._laying_out = True
        try:
            super()._refresh_layout(size, scroll)
        finally:
            self._laying_out = False

    def _compositor_refresh(self) -> None:
        if self is not self.app.screen or self.app.is_inline:
            super()._compositor_refresh()
        elif self._laying_out or self._to_draw:
            self._draw_soon()
        else:
            below = self._below_the_first_lines()
            super()._compositor_refresh()
            if below:
                self._compositor._dirty_regions.update(below)  # noqa: SLF001 - nothing public tells what is to draw
                self._draw_soon()

    def _below_the_first_lines(self) -> set[Region]:
        """Takes out of what is to be drawn all that goes beyond so many cells, from the top, and returns it."""
        dirty = self._compositor._dirty_regions  # noqa: SLF001
        width, height = self._compositor.size
        seen = [each.intersection(Region(0, 0, width, height)) for each in dirty]
        if sum(each.area for each in seen) <= MOST_CELLS:
            return set()
        bottom = min(each.y for each in seen if each) + max(1, MOST_CELLS // width)
        upper, lower = Region(0, 0, width, bottom), Region(0, bottom, width, max(0, height - bottom))
        dirty.clear()
        dirty.update(part for each in seen if (part := each.intersection(upper)))
        return {part for each in seen if (part := each.intersection(lower))}

    def _draw_soon(self) -> None:
        if not self._to_draw:
            self._to_draw = True
            self.call_later(self._draw)

    async def _draw(self) -> None:
        """Draw in a turn of its own: the messages of a widget are handled in one where several wait."""
        await asyncio.sleep(0)
        self._to_draw = False
        self._compositor.update_widgets(self._dirty_widgets)  # those that have changed meanwhile: drawing forgets them
        self._compositor_refresh()
        await asyncio.sleep(0)
