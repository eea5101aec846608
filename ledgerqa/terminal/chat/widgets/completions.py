"""The list of names above the prompt while a word that begins with @ or # is typed; it never takes the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList

if TYPE_CHECKING:
    from collections.abc import Sequence


class Completions(OptionList, can_focus=False):
    """Names to choose from; hidden where there are none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False, compact=True)
        self.names: tuple[str, ...] = ()

    def offer(self, names: Sequence[str]) -> None:
        """Show these; none hides the list."""
        self.names = tuple(names)
        self.clear_options()
        self.add_options(self.names)
        self.display = bool(names)
        if names:
            self.highlighted = 0

    @property
    def chosen(self) -> str:
        """The marked name; "" where there is none."""
        return self.names[self.highlighted] if self.names and self.highlighted is not None else ""
