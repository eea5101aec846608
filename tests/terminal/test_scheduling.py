"""`ledgerqa schedule`: what it prints, and what it tells systemd and cron, which here are scripts that write it down."""

from __future__ import annotations

import configparser
import datetime as dt
import json
import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from ledgerqa.settings import load_settings
from ledgerqa.terminal.scheduling import Schedule, schedule_of
from tests.terminal.conftest import CommandLine

if TYPE_CHECKING:
    from pathlib import Path

SYSTEMCTL = '#!/bin/sh\necho "$@" >> "$TOLD/systemctl"\n[ "$3" = refuse ] && exit 1\nexit ${SYSTEMD:-0}\n'
CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then
    if [ -f "$TOLD/crontab" ]; then cat "$TOLD/crontab"; else echo "no crontab for you" >&2; exit 1; fi
else
    cat > "$TOLD/crontab"
fi
"""
AT = dt.time(6, 5)


@pytest.fixture
def machine(ledgerqa: CommandLine, tmp_path: Path) -> CommandLine:
    """A machine whose systemctl and crontab only write down what they are told."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in {"systemctl": SYSTEMCTL, "crontab": CRONTAB}.items():
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    told = tmp_path / "told"
    told.mkdir()
    path = f"{programs}:{os.environ['PATH']}"
    own = {"PATH": path, "TOLD": str(told), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return CommandLine(ledgerqa.environment | own)


def told(tmp_path: Path, program: str) -> list[str]:
    path = tmp_path / "told" / program
    return path.read_text().splitlines() if path.exists() else []


def units(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "config" / "systemd" / "user").glob("*"))


def test_without_consent_nothing_is_installed(machine: CommandLine, tmp_path: Path, books: Path) -> None:
    ran = machine("schedule")
    assert ran.code == 0
    assert "OnCalendar=*-*-* 06:00:00" in ran.out
    assert str(books) in ran.out
    assert "Nothing was installed" in ran.out
    assert (units(tmp_path), told(tmp_path, "crontab")) == ([], [])


def test_a_timer_is_installed_and_removed(machine: CommandLine, tmp_path: Path) -> None:
    assert machine("schedule", "--install", "--at", "07:30").code == 0
    service, timer = units(tmp_path)
    assert told(tmp_path, "systemctl")[-2:] == ["--user daemon-reload", f"--user enable --now {timer}"]
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read([tmp_path / "config" / "systemd" / "user" / name for name in (service, timer)])
    assert parsed["Timer"]["OnCalendar"] == "*-*-* 07:30:00"
    command = shlex.split(parsed["Service"]["ExecStart"])
    ran = subprocess.run(command, env=machine.environment, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("+14 entries")
    assert machine("schedule", "--remove").out == f"removed the timer {timer.removesuffix('.timer')}\n"
    assert units(tmp_path) == []
    assert f"--user disable --now {timer}" in told(tmp_path, "systemctl")
    assert "nothing is scheduled" in machine("schedule", "--remove").out


def test_a_line_of_cron_is_installed_once_and_removed_alone(machine: CommandLine, tmp_path: Path) -> None:
    theirs = ["# mine", "@daily backup --all # all", ""]
    (tmp_path / "told" / "crontab").write_text("\n".join(theirs) + "\n")
    for at in ("05:10", "05:20"):
        assert machine("schedule", "--by", "cron", "--install", "--at", at).code == 0
    *others, line = told(tmp_path, "crontab")
    assert others == theirs
    assert line.startswith("20 5 * * * ")
    ran = subprocess.run(
        ["/bin/sh", "-c", line.split(" ", 5)[5].replace("\\%", "%").replace("> /dev/null", "")],
        env=machine.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.startswith("+14 entries")
    assert machine("schedule", "--install").code == 0, "by systemd from now on"
    assert told(tmp_path, "crontab") == theirs
    assert machine("schedule", "--by", "cron", "--install").code == 0
    assert units(tmp_path) == []
    assert "from the crontab" in machine("schedule", "--remove").out
    assert told(tmp_path, "crontab") == theirs


def test_cron_serves_where_systemd_does_not_answer(machine: CommandLine, tmp_path: Path) -> None:
    ran = machine("schedule", "--install", SYSTEMD="1")
    assert ran.code == 0
    assert len(told(tmp_path, "crontab")) == 1
    ran = machine("schedule", "--install", "--by", "systemd", SYSTEMD="1")
    assert ran.code == 1
    assert "systemctl daemon-reload" in ran.err
    assert units(tmp_path) == []


def test_all_ledgers_of_a_configuration(machine: CommandLine, tmp_path: Path, books: Path) -> None:
    assert machine("schedule", "--all").code == 2
    config = tmp_path / "config.toml"
    config.write_text(f'[ledgers]\nhome = "{books}"\n')
    ran = machine("--config", config, "schedule", "--all")
    assert '"--all"' in ran.out
    assert f'"{config}"' in ran.out
    assert machine("--config", config, "schedule", "home", "--all").code == 2
    assert machine("schedule", "--at", "25:00").code == 2


def test_models_that_no_file_names_stand_on_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, weights = tmp_path / "config.toml", tmp_path / "own.gguf"
    weights.touch()
    config.write_text(f'ledger = "{tmp_path / "a.beancount"}"\nencoder = "none"\n')
    monkeypatch.chdir(tmp_path)

    def words(encoder: str | None = None, device: str | None = None) -> list[str]:
        settings = load_settings(config=config, environment={}, encoder=encoder, device=device)
        found = schedule_of(settings, AT, everything=False)
        command = list(found.command)
        return command[command.index("reindex") + 3 :]

    assert words() == []
    assert words(encoder="none", device="auto") == []
    assert words(encoder="own.gguf") == ["--encoder", str(weights)]
    assert words(encoder="default", device="cpu") == ["--encoder", "default", "--device", "cpu"]


def test_the_models_named_are_those_that_are_scheduled(machine: CommandLine) -> None:
    ran = machine("schedule", "--by", "cron", "--device", "cpu", "--encoder", "all-of-mine")
    line = next(line for line in ran.out.splitlines() if "reindex" in line)
    assert "--encoder all-of-mine --device cpu" in line
    ran = machine("schedule", "--by", "cron", LEDGERQA_DEVICE="cpu")
    assert "--device cpu" in ran.out


@pytest.mark.parametrize("folder", ["my books", "100%", 'a"b', "$HOME", "back\\slash", "it's", "bücher; rm -rf", "a#b"])
def test_any_path_survives_the_quoting(folder: str, tmp_path: Path) -> None:
    place = tmp_path / folder
    place.mkdir()
    schedule = Schedule("ledgerqa-reindex-x", ("printf", "%s|", str(place), "--all"), str(place), AT)
    line = schedule.cron_line()
    command = line.split(" ", 5)[5].replace("\\%", "%").replace(" > /dev/null", "")
    assert subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout == (
        f"{place}|--all|"
    )
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    unit = tmp_path / "ledgerqa-reindex-x.service"
    unit.write_text(schedule.service().replace('"printf"', "/usr/bin/printf"))
    checked = subprocess.run([analyze, "--user", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert str(unit.name) not in checked.stderr, json.dumps(checked.stderr)
