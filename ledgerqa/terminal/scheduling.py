"""`ledgerqa schedule`: a daily reindex by a systemd user timer or a line of cron; printed, and installed with consent.

Nothing is touched but two unit files of this program's own, or the one line of the crontab that bears its mark.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from ledgerqa.errors import ExitCode, ScheduleError
from ledgerqa.terminal.reindexing import reindex_command

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.settings import Settings

By = Literal["systemd", "cron"]

PREFIX: Final = "ledgerqa-reindex"


@dataclass(frozen=True)
class Schedule:
    """A daily reindex: `name` is its mark, `command` what runs, `about` what it is of."""

    name: str
    command: tuple[str, ...]
    about: str
    at: dt.time

    def service(self) -> str:
        """The systemd unit that runs once."""
        return (
            f"[Unit]\nDescription={_unit_text(f'Keep the ledgerqa index of {self.about} fresh')}\n\n"
            f"[Service]\nType=oneshot\nNice=10\nExecStart={' '.join(map(_systemd_word, self.command))}\n"
        )

    def timer(self) -> str:
        """The systemd unit that starts it daily, and later where the machine was off."""
        return (
            f"[Unit]\nDescription={_unit_text(f'Reindex {self.about} daily')}\n\n"
            f"[Timer]\nOnCalendar=*-*-* {self.at:%H:%M}:00\nPersistent=true\n\n"
            "[Install]\nWantedBy=timers.target\n"
        )

    def cron_line(self) -> str:
        """The line of a crontab; what goes wrong is mailed, as cron does."""
        command = shlex.join(self.command).replace("%", r"\%")
        return f"{self.at.minute} {self.at.hour} * * * {command} > /dev/null # {self.name}"


def schedule_of(settings: Settings, at: dt.time, *, everything: bool) -> Schedule:
    """The daily reindex of the chosen ledger, or of all that the configuration names."""
    if everything:
        settings.each()  # there must be some
        which, about, key = ["--all"], "all ledgers", f"all {settings.config}"
        slug = "all"
    else:
        ledger = settings.ledger_file()
        which, about, key = ["--ledger", str(ledger)], str(ledger), str(ledger)
        slug = re.sub(r"[^A-Za-z0-9]+", "-", ledger.stem).strip("-") or "ledger"
    name = f"{PREFIX}-{slug[:30]}-{hashlib.sha256(os.fsencode(key)).hexdigest()[:8]}"
    return Schedule(name, tuple(reindex_command(settings, *which)), about, at)


def _systemd_word(word: str) -> str:
    """A word of ExecStart: quoted, and without meaning to systemd."""
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%").replace("\n", "\\n")
    return f'"{quoted}"'


def _unit_text(text: str) -> str:
    return text.replace("%", "%%").replace("\n", " ")


# ---------------------------------------------------------------------------------------------------- the command


def schedule_and_tell(
    settings: Settings, *, at: dt.time, by: By | None, everything: bool, install: bool, remove: bool
) -> ExitCode:
    """Print the schedule, install it where that is wanted, or take it away."""
    schedule = schedule_of(settings, at, everything=everything)
    if remove:
        removed = [*_remove_units(schedule.name), *_remove_line(schedule.name)]
        click.echo("\n".join(removed) if removed else f"nothing is scheduled for {schedule.about}")
        return ExitCode.OK
    chosen = by or ("systemd" if _has_systemd() else "cron")
    click.echo("\n".join(_shown(schedule, chosen)))
    if not install:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo("\nNothing was installed; --install does it, --remove takes it away again.")
            return ExitCode.OK
        if not click.confirm("\nInstall it?", default=False):
            return ExitCode.OK
    if chosen == "systemd":
        _remove_line(schedule.name)
        _install_units(schedule)
    else:
        _remove_units(schedule.name)
        _install_line(schedule)
    click.echo(f"\n{schedule.about} is reindexed daily at {at:%H:%M}; `ledgerqa schedule --remove` ends that.")
    return ExitCode.OK


def _shown(schedule: Schedule, by: By) -> list[str]:
    if by == "cron":
        return ["A line of your crontab (crontab -e):", "", schedule.cron_line()]
    folder = _units()
    return [
        f"# {folder / f'{schedule.name}.service'}",
        schedule.service(),
        f"# {folder / f'{schedule.name}.timer'}",
        schedule.timer(),
        "# It runs while you are logged in; `loginctl enable-linger` lets it run when you are not.",
    ]


# --------------------------------------------------------------------------------------------------------- systemd


def _units() -> Path:
    """Where a user's own units lie."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _has_systemd() -> bool:
    """Whether a systemd of this user answers."""
    return shutil.which("systemctl") is not None and _run(["systemctl", "--user", "show-environment"]).returncode == 0


def _install_units(schedule: Schedule) -> None:
    folder, name = _units(), schedule.name
    units = {folder / f"{name}.service": schedule.service(), folder / f"{name}.timer": schedule.timer()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in units.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ScheduleError(f"{folder} cannot be written: {error.strerror}") from error
    for command in (["daemon-reload"], ["enable", "--now", f"{name}.timer"]):
        done = _run(["systemctl", "--user", *command])
        if done.returncode:
            for path in units:
                path.unlink(missing_ok=True)
            raise ScheduleError(f"systemctl {command[0]}: {_complaint(done)}")


def _remove_units(name: str) -> list[str]:
    """Take the timer away; gives a line for it where there was one."""
    folder = _units()
    files = [path for path in (folder / f"{name}.timer", folder / f"{name}.service") if path.exists()]
    if not files:
        return []
    if shutil.which("systemctl"):
        _run(["systemctl", "--user", "disable", "--now", f"{name}.timer"])
    for path in files:
        try:
            path.unlink()
        except OSError as error:
            raise ScheduleError(f"{path} cannot be removed: {error.strerror}") from error
    if shutil.which("systemctl"):
        _run(["systemctl", "--user", "daemon-reload"])
    return [f"removed the timer {name}"]


# ------------------------------------------------------------------------------------------------------------ cron


def _crontab() -> list[str]:
    """The lines of the user's crontab; none where there is none."""
    if shutil.which("crontab") is None:
        return []
    done = _run(["crontab", "-l"])
    return done.stdout.splitlines() if done.returncode == 0 else []


def _install_line(schedule: Schedule) -> None:
    if shutil.which("crontab") is None:
        raise ScheduleError("neither systemd nor cron is there")
    others = [line for line in _crontab() if not line.endswith(f"# {schedule.name}")]
    _write_crontab([*others, schedule.cron_line()])


def _remove_line(name: str) -> list[str]:
    lines = _crontab()
    others = [line for line in lines if not line.endswith(f"# {name}")]
    if len(others) == len(lines):
        return []
    _write_crontab(others)
    return [f"removed the line {name} from the crontab"]


def _write_crontab(lines: Sequence[str]) -> None:
    done = _run(["crontab", "-"], given="".join(f"{line}\n" for line in lines))
    if done.returncode:
        raise ScheduleError(f"crontab: {_complaint(done)}")


def _run(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603 - fixed commands


def _complaint(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
