"""How long each stage of an answer took, and what was searched for by meaning meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ledgerqa.records import Timings

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.candidates import Candidate
    from ledgerqa.dialog.linking.meaning import Meaning


class Noting:
    """A search by meaning that remembers for which words it found something, and how long it took."""

    def __init__(self, search: Meaning) -> None:
        self._search = search
        self.asked: list[str] = []
        self.milliseconds = 0.0

    def __call__(self, words: str) -> tuple[Candidate, ...]:
        """Search."""
        began = time.perf_counter()
        found = self._search(words)
        self.milliseconds += (time.perf_counter() - began) * 1000
        if found and words not in self.asked:
            self.asked.append(words)
        return found


class Clock:
    """Milliseconds of each stage since the question was put."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """The stage that ran since the last lap, or since the start, is over."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def move(self, stage: str, to: str, milliseconds: float) -> None:
        """So much of what was counted to one stage was the work of another."""
        self._laps[stage] = self._laps.get(stage, 0.0) - milliseconds
        self._laps[to] = self._laps.get(to, 0.0) + milliseconds

    def timings(self) -> Timings:
        """The laps so far and the time in all."""
        return Timings(
            plan=self._laps.get("plan", 0.0),
            structured=self._laps.get("structured", 0.0),
            dense=self._laps.get("dense", 0.0),
            read=self._laps.get("read", 0.0),
            total=(time.perf_counter() - self._start) * 1000,
        )
