"""From a worker's thread to the event loop without waiting for it: a thread that waits might wait for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump


@dataclass
class Soon(Message):
    """Something to be called on the event loop."""

    callback: Callable[..., Any]
    arguments: tuple[Any, ...]

    def call(self) -> None:
        """Call it, unless the widget that it belongs to has gone."""
        owner = getattr(self.callback, "__self__", None)
        if not isinstance(owner, Widget) or owner.is_attached:
            self.callback(*self.arguments)


def soon(pump: MessagePump, callback: Callable[..., Any], *arguments: Any) -> None:
    """Have the application call it, in the order in which this is called."""
    pump.app.post_message(Soon(callback, arguments))
