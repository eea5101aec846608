"""Reindexing behind a conversation, in a process of its own, so that typing never waits for it.

Loading and booking are Python through and through: in a thread they would hold the interpreter's lock, and what they
leave behind in memory would stay.  An index is a generation, so the process may be ended at any moment.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.terminal.chat.behind import settings_json

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

COMMAND: Final = (sys.executable, "-P", "-m", "ledgerqa.terminal.chat.behind")  # -P: never the folder of a ledger
GRACE: Final = 2.0  # seconds that an ended process gets to go by itself


@dataclass(frozen=True)
class Progress:
    """How far a reindex is: "" and zeros before it says so."""

    stage: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Reindexed:
    """What a reindex gave: a generation with so many entries, or why it failed."""

    fault: str = ""
    entries: int = 0
    errors: int = 0


Told = Callable[[Progress], None]
Built = Callable[[], None]


@dataclass
class Reindexer:
    """Runs one reindex at a time."""

    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[str] | None = None
    _ended: bool = False
    _built: bool = False

    @property
    def building(self) -> bool:
        """Whether an index is being built; embedding, which may follow, does not count."""
        return self._lock.locked() and not self._built

    def run(self, told: Told = lambda _progress: None, built: Built = lambda: None) -> Reindexed:
        """Build the index anew and embed what lacks; `built` is called when questions can be asked of it.

        A reindex that is only embedding is ended for this one: what it has embedded stays.
        """
        if self._built:
            self._stop()
        with self._lock:
            if self._ended:
                return Reindexed("the chat ends")
            self._built = False
            self._process = process = subprocess.Popen(  # noqa: S603 - our own program
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C in the terminal is the chat's
            )
            try:
                return self._follow(process, told, built)
            finally:
                self._process, self._built = None, False
                _finish(process)

    def _follow(self, process: subprocess.Popen[str], told: Told, built: Built) -> Reindexed:
        if process.stdin is None or process.stdout is None:
            raise TypeError("the process has no pipes")
        with contextlib.suppress(BrokenPipeError), process.stdin as stdin:
            stdin.write(settings_json(self.settings))
        gave = Reindexed("indexing ended without a result")
        for line in process.stdout:
            said = _read(line)
            if "fault" in said:
                gave = Reindexed(str(said["fault"]))
            elif "built" in said:
                self._built = True
                gave = Reindexed("", int(said["entries"]), int(said["errors"]))
                built()
            elif "stage" in said:
                told(Progress(str(said["stage"]), int(said["done"]), int(said["total"])))
        return gave

    def end(self) -> None:
        """End what runs, for good."""
        self._ended = True
        self._stop()

    def _stop(self) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()


def _finish(process: subprocess.Popen[str]) -> None:
    """Leave neither a process nor a pipe behind."""
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _read(line: str) -> dict[str, Any]:
    """A line of the process; {} for what a plugin of the ledger may print."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
