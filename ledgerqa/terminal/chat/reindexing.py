"""Reindexing behind a conversation: `ledgerqa index` in a process of its own, so that typing never waits for it.

Loading and booking are Python through and through: in a thread they would hold the interpreter's lock, and what they
leave behind in memory would stay.  An index is a generation, so the process may be ended at any moment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

PREFIX = "ledgerqa: "
GRACE = 2.0  # seconds that an ended process gets to go by itself


@dataclass(frozen=True)
class Reindexed:
    """What a reindex gave: "" and the number of entries, or why it failed."""

    fault: str = ""
    entries: int = 0
    errors: int = 0


@dataclass
class Reindexer:
    """Runs one reindex at a time; whoever asks meanwhile waits for that one and gets its result."""

    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[str] | None = None
    _ended: bool = False

    @property
    def running(self) -> bool:
        """Whether a reindex is under way."""
        return self._lock.locked()

    def run(self, *, embedding: bool = False) -> Reindexed:
        """Build the index anew and wait for it; with `embedding` its vectors too."""
        with self._lock:
            if self._ended:
                return Reindexed("the chat ends")
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command(self.settings, embedding=embedding),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment(self.settings),
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C in the terminal is the chat's
            )
            out, err = self._process.communicate()
            code, self._process = self._process.returncode, None
        return _result(code, out, err)

    def end(self) -> None:
        """End what runs, for good."""
        self._ended = True
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


def command(settings: Settings, *, embedding: bool) -> list[str]:
    """The command line of `ledgerqa index` with these settings."""
    return [
        *(sys.executable, "-m", "ledgerqa", "index", "--json"),
        *("--ledger", str(settings.ledger_file()), "--data-dir", str(settings.data_dir)),
        *(["--config", str(settings.config)] if settings.config.exists() else []),
        *([] if embedding else ["--no-embed"]),
    ]


def environment(settings: Settings) -> dict[str, str]:
    """What the settings say that the command line cannot."""
    return {**os.environ, "LEDGERQA_ENCODER": settings.encoder, "LEDGERQA_DEVICE": settings.device}


def _result(code: int, out: str, err: str) -> Reindexed:
    said = [line.removeprefix(PREFIX) for line in err.splitlines() if line.strip()]
    if code:
        return Reindexed(said[-1] if said else f"indexing ended with code {code}")
    try:
        told: dict[str, Any] = json.loads(out)
    except ValueError:
        return Reindexed("indexing gave no result")
    return Reindexed("", int(told.get("entries", 0)), int(told.get("ledger_errors", 0)))
