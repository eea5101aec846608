"""What goes to stdout and what to stderr: the answer on one, progress and remarks on the other."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    Progress = Callable[[str, int, int], None]


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
def progress_bar(doing: str) -> Iterator[Progress]:
    """A bar on stderr while something long runs, one line in its place where stderr is no terminal."""
    if not sys.stderr.isatty():
        remark(f"{doing} …")
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=f"{doing}: {stage}", completed=done, total=total or None)

        yield advance
