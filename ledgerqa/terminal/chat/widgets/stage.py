"""The screen that the conversation stands on: what is laid out anew is drawn in a turn of the event loop of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from textual.geometry import Size


class Stage(Screen[None]):
    """A screen whose frames are made in two steps, so that a key waits for the laying out or the drawing, not for both.

    Textual draws where it has laid out, unless updates are batched: then it calls for the drawing later.
    """

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        with self.app.batch_update():
            super()._refresh_layout(size, scroll)
