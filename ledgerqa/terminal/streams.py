"""What goes to stdout and what to stderr: the answer on one, progress and remarks on the other."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    Progress = Callable[[str, int, int], None]

GRACE: Final = 0.5  # seconds for a KeyboardInterrupt to come through
SHOW_CURSOR: Final = b"\r\x1b[K\x1b[?25h"


def speak_utf8() -> None:
    """Make stdout and stderr UTF-8 whatever the locale says; what UTF-8 cannot hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def remark(text: str) -> None:
    """A line to the user that is not the answer."""
    print(f"ledgerqa: {text}", file=sys.stderr, flush=True)  # noqa: T201 - stderr is where remarks go


def answer_console(*, color: bool = True) -> Console | None:
    """A rich console on stdout when a person looks at it; None when it is a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    from rich.console import Console

    return Console(no_color=None if color else True, highlight=False)


@contextlib.contextmanager
def interruptible(progress: Progress) -> Iterator[Progress]:
    """Make Ctrl-C end long work for sure, and soon; the work must report to the `Progress` that this gives.

    Beancount's parser takes any exception raised while it runs, KeyboardInterrupt too, for a fault of the ledger, and
    goes on without the entry that it was at.  So the exception comes again at the next report, before an index of such
    a ledger is taken; and where none comes for a moment the process ends at once, which an index bears at any time.
    """
    if threading.current_thread() is not threading.main_thread():
        yield progress
        return
    pressed = False

    def press(_signal: int, _frame: object) -> None:
        nonlocal pressed
        pressed = True
        signal.setitimer(signal.ITIMER_REAL, GRACE)
        raise KeyboardInterrupt

    def report(stage: str, done: int, total: int) -> None:
        if pressed:
            raise KeyboardInterrupt
        progress(stage, done, total)

    before = {signal.SIGINT: signal.signal(signal.SIGINT, press), signal.SIGALRM: signal.signal(signal.SIGALRM, _end)}
    try:
        yield report
    except Exception:
        if pressed:  # what the work made of the interrupt
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_signal: int, _frame: object) -> None:
    """End the process without unwinding, and leave a terminal as it was."""
    if sys.stderr.isatty():
        os.write(sys.stderr.fileno(), SHOW_CURSOR)
    os._exit(ExitCode.INTERRUPTED)


def end_quietly_with(code: int) -> None:
    """From here a Ctrl-C only ends the process sooner: all is said, and Python waits for threads and tidies up.

    Once its threads have ended Python would set the signal back to what kills: it is ignored by then.
    """
    signal.signal(signal.SIGINT, lambda _signal, _frame: os._exit(code))
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def progress_bar(doing: str, *, of_bytes: bool = False, quiet: bool = False) -> Iterator[Progress]:
    """A bar on stderr while something long runs, one line in its place where stderr is no terminal (`quiet`: none).

    `of_bytes` shows what is done as megabytes and their speed.
    """
    if not sys.stderr.isatty():
        if not quiet:
            remark(f"{doing} …")
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TransferSpeedColumn,
    )

    done_of_all = (DownloadColumn(), TransferSpeedColumn()) if of_bytes else (MofNCompleteColumn(),)
    columns = (TextColumn("{task.description}"), BarColumn(), *done_of_all, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=f"{doing}: {stage}", completed=done, total=total or None)

        yield advance
