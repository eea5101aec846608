"""`ledgerqa reindex`: take in what has changed in a ledger, and say what that was."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledgerqa.errors import ExitCode, LedgerqaError
from ledgerqa.grounding.figures import count
from ledgerqa.settings import DEFAULT, NONE, load_settings
from ledgerqa.terminal.contract import index_object
from ledgerqa.terminal.embedding import Embedded, embed_lacking
from ledgerqa.terminal.opening import reindex_patiently
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.corpus.reindexing import Reindexed
    from ledgerqa.settings import Settings


@dataclass(frozen=True)
class Done:
    """What a reindex did to one ledger, vectors included; `seconds` is what all of it took."""

    reindexed: Reindexed
    embedded: Embedded
    seconds: float

    def line(self) -> str:
        """Such as "+12 ~3 →240 -1 entries, 4 texts embedded, 0.8 s"."""
        told = [str(self.reindexed.differences) if self.reindexed.loaded else "unchanged"]
        if self.embedded.made:
            told.append(f"{count(self.embedded.made, 'text')} embedded")
        return ", ".join([*told, f"{self.seconds:.1f} s"])

    def fields(self, settings: Settings) -> dict[str, Any]:
        """The same for JSON."""
        done = self.reindexed
        return {
            "ledger": str(settings.ledger_file()),
            **(index_object(done.info) or {}),
            "loaded": done.loaded,
            "why": done.why,
            **asdict(done.differences),
            "embedded": self.embedded.made,
            "seconds": round(self.seconds, 3),
        }


def reindex_once(settings: Settings, *, embedding: bool = True, keep_sound: bool = False, quiet: bool = False) -> Done:
    """Bring the index and its vectors up to date."""
    began = time.monotonic()
    done = reindex_patiently(settings.ledger_file(), settings.data_dir, keep_sound=keep_sound, quiet=quiet)
    embedded = embed_lacking(settings) if embedding else Embedded()
    return Done(done, embedded, time.monotonic() - began)


def reindex_command(settings: Settings, *which: str) -> list[str]:
    """The command that reindexes the ledgers that `which` names, as these settings have it, whatever runs it where.

    What is not in the configuration file (it came from the environment or the command line) is said on the command.
    """
    config = ["--config", str(settings.config)] if settings.config.exists() else []
    python = [sys.executable, "-P", "-m", "ledgerqa", *config, "--data-dir", str(settings.data_dir)]
    return [*python, "reindex", *which, *_models(settings)]


def _models(settings: Settings) -> list[str]:
    """Options for the models that the configuration file does not name so.  A reindex reads nothing, so no reader."""
    filed = load_settings(config=settings.config if settings.config.exists() else None, environment={})
    words = []
    if settings.encoder != filed.encoder:
        path = Path(settings.encoder).expanduser()
        named = settings.encoder in {DEFAULT, NONE} or not path.exists()
        words += ["--encoder", settings.encoder if named else str(path.absolute())]
    if settings.device != filed.device:
        words += ["--device", settings.device]
    return words


def reindex_and_tell(
    ledgers: Sequence[tuple[str, Settings]], *, as_json: bool, embedding: bool = True, keep_sound: bool = False
) -> ExitCode:
    """Reindex these ledgers, a line each; what fails of several is told, and stops none of the others.

    The names stand before the lines where there are several.
    """
    worst = ExitCode.OK
    for name, settings in ledgers:
        try:
            done = reindex_once(settings, embedding=embedding, keep_sound=keep_sound, quiet=True)
        except LedgerqaError as error:
            if len(ledgers) == 1:
                raise
            remark(f"{name}: {error}")
            worst = error.exit_code
            continue
        _tell(name if len(ledgers) > 1 else "", settings, done, as_json=as_json)
    return worst


def _tell(name: str, settings: Settings, done: Done, *, as_json: bool) -> None:
    if as_json:
        named = {"name": name} if name else {}
        click.echo(json.dumps(named | done.fields(settings), ensure_ascii=False))
    else:
        click.echo(f"{name}: {done.line()}" if name else done.line())
        if done.reindexed.loaded and (errors := done.reindexed.info.ledger_errors):
            click.echo(f"{count(errors, 'error')} in the ledger: `ledgerqa status` lists them.")
    sys.stdout.flush()
