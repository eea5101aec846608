"""`python -m ledgerqa.terminal.chat.behind`: what a chat lets a process of its own do: index, then embed.

Settings come as JSON on stdin; what happens goes to stdout as JSON lines: {"stage", "done", "total"} on the way,
{"built": …} when questions can be asked of the new index, {"embedded": …} at the end, {"fault": …} instead.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.errors import IndexBusyError, LedgerqaError
from ledgerqa.settings import Settings

if TYPE_CHECKING:
    from ledgerqa.records import IndexInfo

NICE: Final = 5  # typing and answers go first
PAUSE: Final = 0.2
TOLD_EVERY: Final = 0.2  # seconds between two lines about how far it is


def settings_json(settings: Settings) -> str:
    """What the process must know, for its stdin."""
    fields = {
        "config": str(settings.config),
        "data_dir": str(settings.data_dir),
        "ledger": str(settings.ledger_file()),
        "encoder": settings.encoder,
        "device": settings.device,
    }
    return json.dumps(fields)


def settings_from(text: str) -> Settings:
    """The same, read."""
    fields: dict[str, Any] = json.loads(text)
    config, data_dir = Path(fields.pop("config")), Path(fields.pop("data_dir"))
    return Settings(config, data_dir, **fields)


class Teller:
    """Says how far the work is, not too often."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Called by whatever works."""
        if time.monotonic() - self._last >= TOLD_EVERY:
            self._last = time.monotonic()
            tell(stage=stage, done=done, total=total)


def tell(**fields: object) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def index(settings: Settings) -> IndexInfo:
    """Bring the index up to date; while another process is at it, wait for that one, and take what it made."""
    from ledgerqa.corpus import reindex

    while True:
        try:
            return reindex(settings.ledger_file(), settings.data_dir, Teller()).info
        except IndexBusyError:
            time.sleep(PAUSE)


def main() -> int:
    """Index, tell, embed, tell."""
    from ledgerqa.terminal.embedding import embed_pending

    os.nice(NICE)
    try:
        settings = settings_from(sys.stdin.read())
        info = index(settings)
        tell(built=info.generation, entries=info.entries, errors=info.ledger_errors)
        tell(embedded=embed_pending(settings).made)
    except LedgerqaError as error:
        tell(fault=str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
