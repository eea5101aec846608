"""The commands beside `ask`, each as a process: what they print, where, and with which exit code."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from ledgerqa import __version__
from ledgerqa.terminal.bench_ledger import write_ledger
from ledgerqa.terminal.cli import cli
from ledgerqa.terminal.streams import interruptible
from tests.terminal.conftest import BOOKS, BROKEN, CommandLine, write

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ["ask", "bench", "completion", "doctor", "eval", "index", "models", "sources", "status"]


# --------------------------------------------------------------------------------------------------------- help


def test_the_help_names_all_commands_and_exit_codes() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    for word in [*COMMANDS, "--ledger", "LEDGERQA_LEDGER", "Examples:", "130", "the ledger cannot be read at all"]:
        assert word in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_full_help(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.output
    for parameter in cli.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in result.output
            assert parameter.help
    if command != "completion":
        assert "Exit codes:" in result.output


def test_the_version() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == f"ledgerqa, version {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    result = CliRunner().invoke(cli, ["completion", shell])
    assert result.exit_code == 0
    assert "_LEDGERQA_COMPLETE" in result.output


def test_completion_offers_commands_and_configured_ledgers(ledgerqa: CommandLine, tmp_path: Path) -> None:
    config = write(tmp_path / "config.toml", '[ledgers]\nhome = "a.beancount"\nhobby = "b.beancount"\n')
    own = {"LEDGERQA_CONFIG": str(config), "_LEDGERQA_COMPLETE": "bash_complete"}
    assert "plain,status" in ledgerqa(COMP_WORDS="ledgerqa st", COMP_CWORD="1", **own).out
    offered = ledgerqa(COMP_WORDS="ledgerqa status --ledger ho", COMP_CWORD="3", **own).out
    assert {"plain,home", "plain,hobby"} <= set(offered.split())


def test_a_mistyped_command_is_no_question(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("statsu")
    assert ran.code == 2
    assert "Did you mean 'status'?" in ran.err


@pytest.mark.parametrize("command", ["list", "pull", "verify"])
def test_each_command_of_models_has_a_full_help(command: str) -> None:
    shown = CliRunner().invoke(cli, ["models", command, "--help"]).output
    assert "Examples:" in shown
    assert "Exit codes:" in shown


def test_a_command_that_takes_no_words_is_a_question_before_some(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("doctor", "visits", "in", "2023?")
    assert "unexpected extra argument" not in ran.err
    assert ran.code in {0, 5}
    assert ledgerqa("status", "--json").code == 0


def test_no_question_is_a_wrong_command_line(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask")
    assert (ran.code, ran.out) == (2, "")
    assert "What is the question?" in ran.err


# ------------------------------------------------------------------------------------------------ index, status


def test_index_then_status(ledgerqa: CommandLine, books: Path, data_dir: Path) -> None:
    missing = ledgerqa("status")
    assert missing.code == 4
    assert missing.err.startswith("ledgerqa: ")
    assert missing.err.count("\n") == 1
    indexed = ledgerqa("index")
    assert indexed.code == 0
    assert indexed.out.startswith(f"{books}: 14 entries indexed in ")
    assert "indexing" in indexed.err
    shown = ledgerqa("status")
    assert shown.code == 0
    assert "up to date" in shown.out
    assert "7 transaction" in shown.out
    assert "Bücher" in shown.out
    with books.open("a") as file:
        file.write("\n2023-05-01 close Expenses:Books\n")
    assert "has changed" in ledgerqa("status").out
    told = json.loads(ledgerqa("status", "--json").out)
    assert told["index"]["stale"] is True
    assert told["counts"]["transaction"] == 7
    for folder in (data_dir / "indexes", *(data_dir / "indexes").iterdir()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_status_lists_errors_with_file_and_line(ledgerqa: CommandLine, books: Path) -> None:
    write(books, BOOKS + BROKEN)
    indexed = ledgerqa("index")
    assert indexed.code == 0
    assert "in the ledger: `ledgerqa status` lists them" in indexed.out
    lines = books.read_text(encoding="utf-8").splitlines()
    shown = ledgerqa("status").out.splitlines()
    place = next(line for line in shown if "Balance failed" in line).split(": ")[0].strip()
    name, number = place.split(":")
    assert name == "main.beancount"
    assert "2023-05-01 balance" in lines[int(number) - 1]


def test_index_as_json(ledgerqa: CommandLine, books: Path) -> None:
    told = json.loads(ledgerqa("index", "--json", str(books)).out)
    assert (told["ledger"], told["generation"], told["entries"]) == (str(books), 1, 14)


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "no such file"), (b"", "no directive"), (b"\x00\x01\xff" * 9, "not a text file"), ("folder", "folder")],
    ids=["missing", "empty", "binary", "folder"],
)
def test_what_is_no_ledger(ledgerqa: CommandLine, tmp_path: Path, content: bytes | str | None, word: str) -> None:
    path = tmp_path / "other.beancount"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    for command in (["index", str(path)], ["--ledger", str(path), "status"], ["--ledger", str(path), "how", "much?"]):
        ran = ledgerqa(*command)
        assert ran.out == ""
        assert "Traceback" not in ran.err
        if "status" not in command:
            assert ran.code == 3
            assert word in ran.err


def test_an_unknown_name(ledgerqa: CommandLine, tmp_path: Path) -> None:
    config = write(tmp_path / "config.toml", '[ledgers]\nhome = "a.beancount"\n')
    ran = ledgerqa("--config", config, "--ledger", "hme", "status")
    assert (ran.code, ran.out) == (3, "")
    assert 'no ledger or file called "hme"' in ran.err
    assert "home" in ran.err


def test_a_configured_name_may_stand_before_or_after_the_command(ledgerqa: CommandLine, tmp_path: Path) -> None:
    config = write(tmp_path / "config.toml", '[ledgers]\nhome = "main.beancount"\n')
    ledgerqa("index", "home", "--config", config)
    for arguments in (["-l", "home", "status"], ["status", "--ledger", "home"], ["--ledger=home", "status"]):
        ran = ledgerqa("--config", config, *arguments, LEDGERQA_LEDGER="/elsewhere")
        assert (ran.code, "Bücher" in ran.out) == (0, True)


def test_a_wrong_configuration(ledgerqa: CommandLine, tmp_path: Path) -> None:
    config = write(tmp_path / "config.toml", "colour = true\n")
    ran = ledgerqa("status", "--config", config)
    assert ran.code == 2
    assert f'{config}: unknown key "colour"' in ran.err


def test_a_folder_that_cannot_be_written(ledgerqa: CommandLine, tmp_path: Path) -> None:
    write(tmp_path / "file", "")
    ran = ledgerqa("index", "--data-dir", tmp_path / "file")
    assert ran.code in {2, 4}
    assert "Traceback" not in ran.err


def test_no_ledger_at_all(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("status", LEDGERQA_LEDGER="")
    assert ran.code == 2
    assert "--ledger" in ran.err


def test_an_error_of_our_own_is_one_line(ledgerqa: CommandLine, data_dir: Path, books: Path) -> None:
    """A manifest that lies about its counts is nothing that a user can mend: exit 1, and how to see more."""
    ledgerqa("index")
    (manifest,) = data_dir.glob("indexes/*/generations/1/manifest.json")
    fields = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(fields | {"counts": {}}))
    ran = ledgerqa("status")
    assert ran.code in {1, 4}
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


# -------------------------------------------------------------------------------------------- signals and pipes


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A ledger that takes some seconds to index."""
    path = tmp_path / "big.beancount"
    write_ledger(path, 15_000)
    return path


@pytest.mark.parametrize("delay", [0.2, 0.8, 2.0], ids=["parsing", "later", "still later"])
def test_ctrl_c_while_indexing_is_quiet_and_leaves_nothing_by_halves(
    ledgerqa: CommandLine, big: Path, data_dir: Path, delay: float
) -> None:
    with ledgerqa.started("index", big) as process:
        assert process.stderr
        assert b"indexing" in process.stderr.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, err = process.communicate(timeout=60)
    if process.returncode == 0:  # a quick machine was done before: then it said so, and the index is whole
        assert delay > 0.2
        assert (b"entries indexed" in out, err) == (True, b"")
    else:
        assert (process.returncode, out, err) == (130, b"", b"")
        assert time.monotonic() - began < 3
    if process.returncode == 0 or list(data_dir.glob("indexes/*/CURRENT")):  # or it came after the pointer had moved
        assert ledgerqa("status", "--ledger", big).code == 0


def test_an_interrupt_that_the_loader_swallowed_comes_again() -> None:
    reports: list[tuple[str, int, int]] = []
    before = signal.getsignal(signal.SIGINT)
    with interruptible(lambda *report: reports.append(report)) as progress:
        progress("loading", 0, 1)
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
        with pytest.raises(KeyboardInterrupt):
            progress("writing", 1, 1)
    assert reports == [("loading", 0, 1)]
    assert signal.getsignal(signal.SIGINT) is before


def test_two_that_index_at_once_both_end_well(ledgerqa: CommandLine, tmp_path: Path) -> None:
    big = tmp_path / "big.beancount"
    write_ledger(big, 3_000)
    processes = [ledgerqa.started("index", big) for _ in range(2)]
    results = [process.communicate(timeout=120) for process in processes]  # which closes the pipes
    assert [process.returncode for process in processes] == [0, 0], results
    assert ledgerqa("status", "--ledger", big).code == 0


def test_a_reader_that_goes_away_is_no_error(ledgerqa: CommandLine) -> None:
    ledgerqa("index")
    with ledgerqa.started("status") as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        err = process.stderr.read()
    assert (process.returncode, err) == (0, b"")


def test_utf8_whatever_the_locale(ledgerqa: CommandLine) -> None:
    ledgerqa("index")
    for locale in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        assert "Bücher" in ledgerqa("status", **locale).out


# ------------------------------------------------------------------------------------------- modules imported


def imported(arguments: list[str], environment: dict[str, str]) -> set[str]:
    """The top packages that a command has imported by its end."""
    code = (
        "import sys\nfrom ledgerqa.terminal.cli import cli\n"
        "code = cli(sys.argv[1:], prog_name='ledgerqa', standalone_mode=False)\n"
        "print({name.partition('.')[0] for name in sys.modules} | {f'exit-{code or 0}'}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=True
    )
    modules: set[str] = set(eval(done.stderr.splitlines()[-1]))
    return modules


def test_help_is_light(ledgerqa: CommandLine) -> None:
    heavy = {"duckdb", "beancount", "numpy", "rich", "textual", "plotext", "rapidfuzz", "torch"}
    for arguments in (["--help"], ["ask", "--help"], ["completion", "fish"]):
        assert heavy & imported(arguments, ledgerqa.environment) == set()


def test_status_reads_only_the_index(ledgerqa: CommandLine) -> None:
    ledgerqa("index")
    modules = imported(["status"], ledgerqa.environment)
    assert {"beancount", "numpy", "textual", "plotext"} & modules == set()
    assert {"duckdb", "exit-0"} <= modules


# -------------------------------------------------------------------------------------------------------- bench


def test_a_made_up_ledger_has_so_many_transactions_and_no_errors(tmp_path: Path, ledgerqa: CommandLine) -> None:
    write_ledger(tmp_path / "made.beancount", 123)
    again = tmp_path / "again.beancount"
    write_ledger(again, 123)
    assert again.read_bytes() == (tmp_path / "made.beancount").read_bytes()
    ledgerqa("index", again)
    told = json.loads(ledgerqa("status", "--ledger", again, "--json").out)
    assert told["counts"]["transaction"] == 123
    assert told["errors"] == []


def test_bench_measures_all_parts(ledgerqa: CommandLine, data_dir: Path) -> None:
    ran = ledgerqa("bench", "--transactions", "50", "--runs", "1", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["ledger"]["transactions"] == 50
    assert told["machine"]["cores"] == len(os.sched_getaffinity(0))
    for part in ("load", "index", "ask", "help"):
        assert told[part]["seconds"] > 0
        assert told[part]["memory_mb"] > 5
    assert told["index_to_load"]["seconds"] == pytest.approx(
        told["index"]["seconds"] / told["load"]["seconds"], rel=0.01
    )
    assert len(told["queries"]) >= 8
    assert any(query["beanquery_ms"] for query in told["queries"])
    assert not data_dir.exists()


def test_bench_says_what_it_cannot_compare(ledgerqa: CommandLine, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    write(
        hidden / "sitecustomize.py",
        """
        import importlib.util
        find = importlib.util.find_spec
        importlib.util.find_spec = lambda name, *more: None if name == "beanquery" else find(name, *more)
        """,
    )
    path = os.pathsep.join([str(hidden), ledgerqa.environment["PYTHONPATH"]])
    ran = ledgerqa("bench", "--transactions", "20", "--runs", "1", PYTHONPATH=path)
    assert ran.code == 0, ran.err
    assert "beanquery is not installed" in ran.out
    assert f"{len(os.sched_getaffinity(0))} cores" in ran.out


def test_bench_of_what_is_not_there(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("bench", "/nowhere.beancount")
    assert (ran.code, ran.out) == (3, "")
