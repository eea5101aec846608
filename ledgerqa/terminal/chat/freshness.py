"""Keeps a desk's index as new as the ledger: looks at the files, reindexes behind the conversation, lets answers wait.

It works in whatever thread calls it, and tells what it does by two functions that it is given.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.errors import IndexMissingError, LedgerqaError
from ledgerqa.terminal.chat.desk import CancelledError

if TYPE_CHECKING:
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.reindexing import Progress, Reindexer

PAUSE: Final = 0.05  # seconds between two looks at whether a question was taken back
SOON_ENOUGH: Final = 5.0  # seconds that a question waits for changes to be taken in
AGAIN: Final = 10.0  # seconds before a reindex that failed is tried again
CHANGED: Final = "the ledger has changed"

Tell = Callable[[dict[str, Any]], None]
"""Takes what is new: `info`, `doing` ("" when it is over), `fault` ("" when it is mended)."""


@dataclass
class Keeper:
    """Keeps one desk fresh; `opened` is called when another generation is in force."""

    desk: Desk
    reindexer: Reindexer
    tell: Tell
    opened: Callable[[], None]
    fault: str = ""
    _open: threading.Event = field(default_factory=threading.Event)
    _building: threading.Lock = field(default_factory=threading.Lock)
    _tried: float = 0.0

    @property
    def ready(self) -> bool:
        """Whether questions can be answered."""
        return self._open.is_set()

    @property
    def building(self) -> bool:
        """Whether an index is being built."""
        return self._building.locked()

    def begin(self) -> None:
        """Open the index; where there is none, build it."""
        if self.desk.open():
            self._in_force()
        else:
            self.renew()

    def look(self) -> None:
        """Where the ledger has changed take it in, where another process has done so take that."""
        if self.ready and not self.building:
            with contextlib.suppress(IndexMissingError):  # the desk was closed meanwhile
                self._look()

    def look_behind(self) -> None:
        """The same in a thread of its own; no daemon, which the end of the interpreter would stop inside DuckDB."""
        threading.Thread(target=self.look).start()

    def _look(self) -> None:
        if self.desk.superseded() and self.desk.open():
            self._in_force()
        if not self.desk.is_stale():
            return
        if self.desk.settings.freshness != "auto":
            self.tell({"doing": CHANGED})
        elif not self.fault or time.monotonic() - self._tried > AGAIN:
            self.renew()

    def renew(self) -> None:
        """Index now, unless that is being done already; embedding may follow, and does not count."""
        if not self._building.acquire(blocking=False):
            return
        over = threading.Event()

        def built() -> None:
            self.desk.open()
            self.fault = ""
            self._building.release()
            over.set()
            self._in_force()

        self._tried = time.monotonic()
        self.tell({"doing": "indexing", "fault": ""})
        try:
            given = self.reindexer.run(self._progress, built)
        finally:
            if not over.is_set():
                self._building.release()
        self.fault = given.fault
        self.tell({"doing": "", "fault": given.fault})

    def _in_force(self) -> None:
        self._open.set()
        self.tell({"info": self.desk.info, "doing": "", "fault": ""})
        self.opened()

    def _progress(self, progress: Progress) -> None:
        share = f" {100 * progress.done // progress.total}%" if progress.total else ""
        self.tell({"doing": f"{progress.stage}{share}"})

    def wait(self, cancelled: threading.Event, say: Callable[[str], None]) -> None:
        """Until questions can be answered, and a moment for changes; raises `CancelledError` when it is set meanwhile.

        What is being embedded is not waited for.
        """
        if not self.ready:
            say("waiting for the index …")
        while not self._open.wait(PAUSE):
            _check(cancelled)
            if self.fault:
                raise LedgerqaError(self.fault)
        if self.desk.settings.freshness != "auto" or not self._behind():
            return
        say("taking in the changes of the ledger …")
        self.look_behind()
        deadline = time.monotonic() + SOON_ENOUGH
        while time.monotonic() < deadline and self._behind():
            _check(cancelled)
            time.sleep(PAUSE)

    def _behind(self) -> bool:
        """Whether the ledger has changes that may yet be taken in."""
        return not self.fault and self.desk.is_stale()


def _check(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise CancelledError
