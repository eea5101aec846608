"""`python -m ledgerqa.terminal.chat.paint`: how long the first paint takes, from the process's start; for developers.

The chat runs in a terminal of its own, and the clock stops when the line in which questions are typed has been drawn.
Beside it stands, run by turns with it, a Python that does nothing and one that imports Textual's application alone: a
machine that is busy is so for all three.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledgerqa.samples import sample_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE: Final = (24, 80)
DRAWN: Final = b"sk about this ledger"  # the cursor stands on the A
PATIENCE: Final = 30.0
NOTHING: Final = ("-c", "")
TEXTUAL: Final = ("-c", "import textual.app")
CHAT: Final = ("-m", "ledgerqa", "chat")


def first_paint(arguments: Sequence[str], environment: Mapping[str, str], drawn: bytes = DRAWN) -> float:
    """Seconds until a program has drawn this, in a terminal of its own; without any, until it ends.

    Raises `TimeoutError` where it never does.
    """
    began = time.perf_counter()
    process, terminal = pty.fork()
    if not process:
        os.execve(sys.executable, (sys.executable, *arguments), dict(environment))  # noqa: S606 - our own program
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        return _until(terminal, drawn, began)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _until(terminal: int, drawn: bytes, began: float) -> float:
    seen = b""
    while time.perf_counter() - began < PATIENCE:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # the program has ended
            seen += b""
            if drawn:
                raise TimeoutError("the chat ended without a paint: " + seen.decode("utf-8", "replace")) from None
            return time.perf_counter() - began
        if drawn and drawn in seen:
            return time.perf_counter() - began
    raise TimeoutError("the chat painted nothing")


def measure(runs: int, folder: Path) -> dict[str, float]:
    """Medians in milliseconds, and the chat's as a multiple of Textual's import."""
    from ledgerqa.corpus import reindex

    ledger = folder / "books" / "main.beancount"
    shutil.copytree(sample_ledger().parent, ledger.parent)
    reindex(ledger, folder / "data", lambda *_: None)
    own = {"LEDGERQA_LEDGER": str(ledger), "LEDGERQA_DATA_DIR": str(folder / "data"), "TERM": "xterm-256color"}
    environment = {**os.environ, **own}
    taken: dict[str, list[float]] = {"python": [], "textual": [], "chat": []}
    for _ in range(runs + 1):  # the first fills the disk's cache, and does not count
        taken["python"].append(first_paint(NOTHING, environment, b""))
        taken["textual"].append(first_paint(TEXTUAL, environment, b""))
        taken["chat"].append(first_paint(CHAT, environment))
    told = {name: round(statistics.median(times[1:]) * 1000, 1) for name, times in taken.items()}
    least = {f"{name}_least": round(min(times[1:]) * 1000, 1) for name, times in taken.items()}
    return {**told, **least, "ratio": round(told["chat"] / told["textual"], 2)}


def main() -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(measure(options.runs, Path(folder)), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
