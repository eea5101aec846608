"""Lets go of what Textual remembers of widgets that have left the screen.

Its `StylesCache.get_inner_outer` is an `lru_cache` on a method, so the last 1,024 of these caches live on with every
line that they have drawn, long after their widgets: some 30 kB each.
"""

from __future__ import annotations

from textual._styles_cache import StylesCache


def forget_drawn() -> None:
    """Cheap: what it held is two styles a widget, made again when that is drawn next."""
    clear = getattr(StylesCache.get_inner_outer, "cache_clear", None)  # another Textual may have mended it
    if clear is not None:
        clear()
