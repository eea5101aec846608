"""When garbage is collected: between frames what is young, and all of it while nobody types, so that no key waits.

A full collection looks through all that is not frozen, for 50 to 100 ms in a chat that has gone on for a while, and
what is young takes a few, which a frame that is just being drawn can ill spare.  Reference counts free nearly
everything at once; what is left is taken when the user reads or is away: who has rested for half a minute hardly goes
on in that very tenth of a second.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from typing import Final

EVERY: Final = 10.0  # seconds between two looks
STILL: Final = 30.0  # seconds without a key that count as reading or being away
OVERDUE: Final = 600.0  # seconds without a collection, after which a shorter pause will do
PAUSE: Final = 3.0
YOUNG: Final = 1  # the generation up to which is collected between frames
OFTEN: Final = 0.1  # seconds between two such collections: what came in half a second took up to 30 ms
FEW: Final = 700  # new objects that can wait for more


@dataclass
class Tidier:
    """Collects for one application; `touched` at each key, `tidy` now and then."""

    _begun: bool = False
    _touched: float = 0.0
    _tidied: float = 0.0

    def begin(self) -> None:
        """All is loaded: what is there for good is not looked through again."""
        gc.freeze()
        gc.disable()
        self._begun, self._tidied = True, time.monotonic()

    def between_frames(self) -> None:
        """Collect what is young, where it is worth it."""
        if self._begun and gc.get_count()[0] > FEW:
            gc.collect(YOUNG)

    def touched(self) -> None:
        """A key came."""
        self._touched = time.monotonic()

    def tidy(self) -> None:
        """Collect, where nobody types; once for each time that somebody did."""
        now = time.monotonic()
        still = PAUSE if now - self._tidied > OVERDUE else STILL
        if self._begun and self._touched > self._tidied and now - self._touched > still:
            self._tidied = now
            gc.collect()

    def end(self) -> None:
        """Leave the collector as it was found."""
        if self._begun:
            gc.unfreeze()
            gc.enable()
        self._begun = False
