"""The last conversation of each ledger, kept for `ledgerqa sources` and `ask --continue`: its questions, no answers.

It lies beside the ledger's index, readable by the user alone; an answer is made anew from the index, so that its
sources are those of the ledger as it stands.  At most `MOST_EARLIER` questions are kept, of one conversation a ledger;
it can be continued for `CONTINUED` and is deleted after `KEPT`.  Where the settings keep no history there is nothing,
and what was there before is deleted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

PRIVATE_FOLDER: Final = 0o700
MOST_EARLIER: Final = 12
"""Questions of a conversation that are kept besides its last: what a follow-up leans on is seldom further back."""
CONTINUED: Final = dt.timedelta(hours=12)
"""How long after its last question a conversation goes on; a day later "and in May?" is seldom meant so."""
KEPT: Final = dt.timedelta(days=30)
SHOWN: Final = 3
SHOWN_LENGTH: Final = 60


@dataclass(frozen=True)
class Asked:
    """One question as it was put: `today` is what "last month" counted from, `history` what was asked before.

    `planner` and `reader` are the models that planned, where a language model did ("": what the settings say).
    """

    question: str
    today: dt.date
    history: tuple[str, ...] = ()
    planner: str = ""
    reader: str = ""

    def planned_by(self, settings: Settings) -> Settings:
        """The settings with what planned this question, so that it comes to the same plan again."""
        return replace(settings, planner="llm", reader=self.reader) if self.planner == "llm" else settings


def remember(settings: Settings, asked: Asked) -> None:
    """Keep the last question; that it cannot be kept (a full disk) is no reason to fail an answer."""
    import tempfile

    path = _path(settings)
    if not settings.history:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return
    fields = {
        "question": asked.question,
        "today": asked.today.isoformat(),
        "history": asked.history[-MOST_EARLIER:],
        "at": _now().isoformat(),
    }
    if settings.planner == "llm":
        fields |= {"planner": settings.planner, "reader": settings.reader}
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            json.dump(fields, stream, ensure_ascii=False)
        Path(temporary).replace(path)
        _forget_old(path.parent)
    except OSError:
        return


def recall(settings: Settings) -> Asked | None:
    """The last question asked of this ledger; None where there is none, or it cannot be read."""
    kept = _read(settings)
    return kept[0] if kept else None


def continued(settings: Settings, question: str, today: dt.date | None) -> Asked:
    """The question as the next of the ledger's last conversation; says on stderr what it goes on from.

    `today` None: the day the conversation was pinned to, where one was, else this day.  Raises `click.UsageError`
    where there is no conversation, or it is too long ago.
    """
    kept = _read(settings)
    if kept is None:
        raise click.UsageError("There is no conversation of this ledger to go on with. Ask without --continue first.")
    last, at = kept
    if _now() - at > CONTINUED:
        hours = int(CONTINUED.total_seconds() // 3600)
        raise click.UsageError(
            f'The last question was "{_short(last.question)}" on {at.astimezone():%Y-%m-%d at %H:%M}, and a'
            f" conversation goes on for {hours} hours. Ask in full, without --continue."
        )
    pinned = last.today != at.astimezone().date()
    day = today or (last.today if pinned else dt.datetime.now().astimezone().date())
    history = (*last.history, last.question)[-MOST_EARLIER:]
    remark(f"going on from {_told(history)}{f' (as of {day.isoformat()})' if pinned and today is None else ''}")
    return Asked(question, day, history)


def _told(history: tuple[str, ...]) -> str:
    """The last questions on one line."""
    shown = " → ".join(f'"{_short(question)}"' for question in history[-SHOWN:])
    more = len(history) - SHOWN
    return f"{more} earlier and {shown}" if more > 0 else shown


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= SHOWN_LENGTH else f"{line[: SHOWN_LENGTH - 1].rstrip()}…"


def _read(settings: Settings) -> tuple[Asked, dt.datetime] | None:
    """What is kept, and when it was asked."""
    try:
        kept: dict[str, Any] = json.loads(_path(settings).read_text(encoding="utf-8"))
        models = kept.get("planner", ""), kept.get("reader", "")
        asked = Asked(kept["question"], dt.date.fromisoformat(kept["today"]), tuple(kept["history"]), *models)
        at = dt.datetime.fromisoformat(kept["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    texts = (asked.question, asked.planner, asked.reader, *asked.history)
    if not all(isinstance(text, str) for text in texts) or at.tzinfo is None or _now() - at > KEPT:
        return None
    return replace(asked, history=asked.history[-MOST_EARLIER:]), at


def _forget_old(folder: Path) -> None:
    """Delete the questions of ledgers that were asked nothing for long."""
    oldest = (_now() - KEPT).timestamp()
    for file in folder.iterdir():
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < oldest:
                file.unlink()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _path(settings: Settings) -> Path:
    import hashlib

    name = hashlib.sha256(os.fsencode(settings.ledger_file())).hexdigest()[:16]
    return settings.data_dir / "questions" / f"{name}.json"
