"""When garbage is collected: while nobody types, so that no keystroke waits for it.

A full collection looks through all that is not frozen, for 50 to 100 ms in a chat that has gone on for a while.
Reference counts free nearly everything at once; what is left is taken when the user reads or is away: who has rested
for half a minute hardly goes on in that very tenth of a second.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from typing import Final

EVERY: Final = 10.0  # seconds between two looks
STILL: Final = 30.0  # seconds without a key that count as reading or being away
OVERDUE: Final = 600.0  # seconds without a collection, after which a shorter pause will do
PAUSE: Final = 3.0
NEVER: Final = 1_000_000
YOUNG: Final = (700, 4, NEVER)  # what is young is collected in passing, in a millisecond; the rest never so


@dataclass
class Tidier:
    """Collects for one application; `touched` at each key, `tidy` now and then."""

    _thresholds: tuple[int, int, int] = field(default_factory=gc.get_threshold)
    _touched: float = 0.0
    _tidied: float = 0.0

    def begin(self) -> None:
        """All is loaded: what is there for good is not looked through again."""
        gc.freeze()
        gc.set_threshold(*YOUNG)
        self._tidied = time.monotonic()

    def touched(self) -> None:
        """A key came."""
        self._touched = time.monotonic()

    def tidy(self) -> None:
        """Collect, where nobody types; once for each time that somebody did."""
        now = time.monotonic()
        still = PAUSE if now - self._tidied > OVERDUE else STILL
        if gc.get_threshold() == YOUNG and self._touched > self._tidied and now - self._touched > still:
            self._tidied = now
            gc.collect()

    def end(self) -> None:
        """Leave the collector as it was found."""
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)
