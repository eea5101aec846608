"""`ledgerqa watch`: reindex whenever a file of a ledger is saved.

Events (watchfiles) only say when to look; whether anything has changed is told as ever, from sizes, times and
hashes, and looked at every few seconds besides, for file systems that send no events.  Each load runs in a process
of its own: its memory is given back, and a plugin can neither end nor clog up the watch.

A ledger that is being typed in has faults of its syntax: then the last sound generation stays in force, and that the
ledger has errors now is said once.  Vectors are made by a process beside, so that saving never waits for them.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.backends.opening import known_encoder
from ledgerqa.errors import ExitCode
from ledgerqa.grounding.figures import count
from ledgerqa.terminal.reindexing import reindex_command
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledgerqa.settings import Settings

SETTLED_MS: Final = 300
"""Milliseconds without another event after which a burst of them is over."""
LONGEST_MS: Final = 3_000
LOOK_EVERY_MS: Final = 5_000
"""Between two looks without any event."""


@dataclass
class Watched:
    """One ledger: what was last tried of it, and the process that embeds its texts."""

    name: str
    settings: Settings
    failed: tuple[object, ...] | None = None
    said: str = ""
    embedding: subprocess.Popen[str] | None = None
    lacking: bool = True
    reindexed: bool = field(default=False)

    @property
    def ledger(self) -> Path:
        """The main file."""
        return self.settings.ledger_file()

    def tell(self, text: str) -> None:
        """A line on stdout."""
        name = f"{self.name}: " if self.name else ""
        click.echo(f"{time.strftime('%H:%M:%S')} {name}{text}")
        sys.stdout.flush()

    def look(self, *, event: bool) -> None:
        """Reindex where something has changed, and since it was last tried in vain."""
        from ledgerqa.beans.inputs import Inputs, signature
        from ledgerqa.corpus.freshness import freshness, read_inputs

        standing = freshness(self.ledger, self.settings.data_dir)
        if standing.state == "fresh":
            if self.said:
                self.tell("as it was indexed again")
            self.failed, self.said = None, ""
            return
        inputs = (read_inputs(standing.generation) if standing.generation else None) or Inputs()
        stands = signature(inputs)
        if self.failed == stands and not event:
            return
        self.failed = None if self._reindex() else stands

    def _reindex(self) -> bool:
        """Whether there is a new generation; else why not is said, once."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*self._command(), "--keep-sound", "--no-embed", "--json"], capture_output=True, text=True, check=False
        )
        if done.returncode == ExitCode.OK and done.stdout.strip():
            told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            if told["loaded"]:
                self.tell(_line(told))
            self.said, self.lacking = "", True
            return True
        why = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1].removeprefix("ledgerqa: ")
        if why != self.said:
            self.tell(why)
        self.said = why
        return False

    def embed(self) -> None:
        """Begin to embed what lacks, or say what was embedded."""
        if self.embedding is not None:
            if self.embedding.poll() is None:
                return
            out, _ = self.embedding.communicate()
            self.embedding = None
            with contextlib.suppress(ValueError, IndexError, KeyError):
                if made := json.loads(out.splitlines()[-1])["embedded"]:
                    self.tell(f"{count(made, 'text')} embedded")
        if self.lacking:
            self.lacking = False
            if known_encoder(self.settings.encoder, self.settings.data_dir):
                self.embedding = subprocess.Popen(  # noqa: S603
                    [*self._command(), "--keep-sound", "--json"],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )

    def end(self) -> None:
        """End the process that embeds; what it has made stays."""
        if self.embedding is not None:
            self.embedding.terminate()
            self.embedding.wait()

    def _command(self) -> list[str]:
        return reindex_command(self.settings, "--ledger", str(self.ledger))

    def places(self) -> set[str]:
        """The folders whose events count."""
        from ledgerqa.beans.inputs import places
        from ledgerqa.corpus.freshness import freshness, read_inputs

        generation = freshness(self.ledger, self.settings.data_dir).generation
        inputs = read_inputs(generation) if generation else None
        return {str(self.ledger.parent), *(places(inputs) if inputs else ())}


def _line(told: dict[str, Any]) -> str:
    from ledgerqa.corpus.differences import Differences

    fields = ("added", "changed", "moved", "removed", "stayed", "options")
    line = f"{Differences(**{name: told[name] for name in fields})}, {told['seconds']:.1f} s"
    errors = told["ledger_errors"]
    return f"{line}; {count(errors, 'error')} in the ledger" if errors else line


def watch_and_tell(ledgers: Sequence[tuple[str, Settings]]) -> ExitCode:
    """Watch these ledgers until the process is interrupted or terminated."""
    watched = [Watched(name, settings) for name, settings in ledgers]
    terminated = False

    def terminate(_signal: int, _frame: object) -> None:
        nonlocal terminated
        terminated = True
        raise KeyboardInterrupt  # the one that watchfiles lets through

    signal.signal(signal.SIGTERM, terminate)
    try:
        for each in watched:
            each.look(event=True)
            each.tell(f"watching {each.ledger}")
        for event in _ticks(watched):
            for each in watched:
                each.look(event=event)
                each.embed()
    except KeyboardInterrupt:
        if not terminated:
            raise
    finally:
        for each in watched:
            each.end()
    return ExitCode.OK


def _ticks(watched: Sequence[Watched]) -> Iterator[bool]:
    """Whenever to look: True after events, False every few seconds."""
    yield True
    while True:
        folders = set().union(*(each.places() for each in watched))
        try:
            for event in _events(folders):
                yield event
                if set().union(*(each.places() for each in watched)) != folders:
                    break
        except (OSError, RuntimeError) as error:  # too many folders for the system, or one that went away
            remark(f"without events of files, looking every {LOOK_EVERY_MS // 1000} s ({error})")
            time.sleep(LOOK_EVERY_MS / 1000)
            yield False


def _events(folders: set[str]) -> Iterator[bool]:
    from watchfiles import watch

    changes = watch(
        *sorted(folders),
        debounce=LONGEST_MS,
        step=SETTLED_MS,
        rust_timeout=LOOK_EVERY_MS,
        yield_on_timeout=True,
        recursive=False,
    )
    for change in changes:
        yield bool(change)
