"""The last question of each ledger, kept for `ledgerqa sources`: only what is needed to ask it again.

It lies beside the ledger's index, readable by the user alone; an answer is made anew from the index, so that its
sources are those of the ledger as it stands.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

PRIVATE_FOLDER = 0o700


@dataclass(frozen=True)
class Asked:
    """One question as it was put: `today` is what "last month" counted from, `history` what was asked before."""

    question: str
    today: dt.date
    history: tuple[str, ...] = ()


def remember(settings: Settings, asked: Asked) -> None:
    """Keep the last question; that it cannot be kept (a full disk) is no reason to fail an answer."""
    import tempfile

    text = json.dumps(
        {"question": asked.question, "today": asked.today.isoformat(), "history": asked.history}, ensure_ascii=False
    )
    path = _path(settings)
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        Path(temporary).replace(path)
    except OSError:
        return


def recall(settings: Settings) -> Asked | None:
    """The last question asked of this ledger; None where there is none, or it cannot be read."""
    try:
        kept = json.loads(_path(settings).read_text(encoding="utf-8"))
        return Asked(kept["question"], dt.date.fromisoformat(kept["today"]), tuple(kept["history"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(settings: Settings) -> Path:
    import hashlib

    name = hashlib.sha256(os.fsencode(settings.ledger_file())).hexdigest()[:16]
    return settings.data_dir / "questions" / f"{name}.json"
