"""What the commands have in common: the options that name a ledger, and how a bare question finds its command."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ledgerqa.errors import ExitCode, LedgerqaError
from ledgerqa.settings import CHOICES, Settings, load_settings

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_COMMAND: Final = "ask"
CHAT: Final = "chat"
CONTEXT: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES: Final = """
\b
Exit codes:
  0    answered, or done
  1    an error of ledgerqa itself, or of a model; doctor: something does not work
  2    the command line or the configuration is wrong
  3    the ledger cannot be read at all: missing, a folder, not text, empty
  4    the index cannot be built, read or written
  5    ask: the ledger cannot answer, or the question must be made clearer
  130  interrupted (Ctrl-C)
"""


class LedgerName(click.ParamType[str]):
    """A file, or a name from the configuration; both are offered by shell completion."""

    name = "ledger"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002 - click's signature
        """Configured names that begin so, then files."""
        from click.shell_completion import CompletionItem

        try:
            names = [name for name in load_settings().ledgers if name.startswith(incomplete)]
        except LedgerqaError:
            names = []  # a broken configuration file is no reason to print into somebody's command line
        return [*map(CompletionItem, names), CompletionItem(incomplete, type="file")]


class Day(click.ParamType[dt.date]):
    """A day as people and ledgers write it: 2024-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a usage error."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2024-12-31.", param, ctx)


class TimeOfDay(click.ParamType[dt.time]):
    """A time of the day: 06:30."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.time:
        """The time, or a usage error."""
        if isinstance(value, dt.time):
            return value
        try:
            return dt.datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 - a time on whatever clock
        except ValueError:
            self.fail(f"{value!r} is no time; write it as 06:30.", param, ctx)


_SETTINGS_OPTIONS = (
    click.option(
        "-l", "--ledger", type=LedgerName(), help="The ledger's main file, or a name from the configuration file."
    ),
    click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where indexes are kept."),
    click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="The configuration file (TOML)."),
)


def settings_options(command: Command) -> Command:
    """Add the options that name a ledger; they stand before or after the command's name."""
    for option in reversed(_SETTINGS_OPTIONS):
        command = option(command)
    return command


_MODEL_OPTIONS = {
    "encoder": click.option(
        "--encoder",
        metavar="MODEL",
        help='"default", "none", a GGUF file, or a model of sentence-transformers by its name or folder.',
    ),
    "reader": click.option(
        "--reader",
        metavar="MODEL",
        help='"default", "none", a GGUF file, a pulled model, or a server\'s http(s) address.',
    ),
    "device": click.option("--device", type=click.Choice(CHOICES["device"]), help="Where models run. Default: auto."),
    "fusion": click.option(
        "--fusion", type=click.Choice(CHOICES["fusion"]), help="How the reader takes the entries in. Default: fid."
    ),
    "freshness": click.option(
        "--freshness",
        type=click.Choice(CHOICES["freshness"]),
        help="When the ledger has changed: auto reindexes first where that is quick, warn only says so. Default: auto.",
    ),
    "planner": click.option(
        "--planner",
        type=click.Choice(CHOICES["planner"]),
        help="Who reads the question: the rules with a small trained model, alone, or the reader. Default: learned.",
    ),
}


def model_options(*names: str) -> Callable[[Command], Command]:
    """Add options that choose models, or how they run; their defaults are those of the settings."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = _MODEL_OPTIONS[name](command)
        return command

    return add


def settings_of(
    ctx: click.Context,
    *,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    encoder: str | None = None,
    reader: str | None = None,
    device: str | None = None,
    fusion: str | None = None,
    freshness: str | None = None,
    planner: str | None = None,
) -> Settings:
    """Settings for a command: its own options win over those before its name."""
    before = ctx.find_object(dict) or {}
    return load_settings(
        ledger=ledger or before.get("ledger"),
        data_dir=data_dir or before.get("data_dir"),
        config=config or before.get("config"),
        encoder=encoder,
        reader=reader,
        device=device,
        fusion=fusion,
        freshness=freshness,
        planner=planner,
    )


class QuestionGroup(click.Group):
    """A group whose default command is `ask`, and which alone turns errors into messages and exit codes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "ask" before the first word that is neither an option of the group nor a command.

        Nothing but options, on a terminal, is a chat.
        """
        place = self._first_foreign(args)
        if place is None and self._only_settings(args) and sys.stdin.isatty() and sys.stdout.isatty():
            args = [*args, CHAT]
        if place is not None and not self._is_command(args[place:]):
            if args[place] not in self.commands:
                self._check_typing_error(ctx, args[place:])
            args = [*args[:place], DEFAULT_COMMAND, *args[place:]]
        return super().parse_args(ctx, args)

    def _only_settings(self, args: Sequence[str]) -> bool:
        """Whether none of these options asks for something else: help, the version."""
        return not any(word in {"-h", "--help", "-V", "--version"} for word in args)

    def _is_command(self, words: Sequence[str]) -> bool:
        """Whether these words begin with a command: "doctor" does, "doctor visits in 2023" is a question."""
        command = self.commands.get(words[0])
        if command is None:
            return False
        takes_words = isinstance(command, click.Group) or any(isinstance(p, click.Argument) for p in command.params)
        return takes_words or len(words) == 1 or words[1].startswith("-")

    def _first_foreign(self, args: Sequence[str]) -> int | None:
        """The place of the first word that the group's own options do not take up; None when they take all."""
        options = {name: option for option in self.params for name in option.opts}
        flags = {"-h", "--help", *(name for name, option in options.items() if getattr(option, "is_flag", False))}
        place = 0
        while place < len(args):
            word = args[place].partition("=")[0]
            if word in flags:
                place += 1
            elif word in options:
                place += 1 if "=" in args[place] else 2
            else:
                return place
        return None

    def _check_typing_error(self, ctx: click.Context, words: Sequence[str]) -> None:
        """A single word that is nearly a command is no question."""
        near = difflib.get_close_matches(words[0], self.commands, n=1, cutoff=0.75)
        if near and len(words) == 1 and " " not in words[0]:
            ctx.fail(f"No such command: {words[0]!r}. Did you mean {near[0]!r}? To ask it: ledgerqa ask {words[0]}")

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it raises becomes one line on stderr and an exit code, here and nowhere else."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a reader that has gone away is noticed here, not while the interpreter ends
        except LedgerqaError as error:
            _flush_quietly()
            click.echo(f"ledgerqa: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            ctx.exit(ExitCode.INTERRUPTED)
        except BrokenPipeError:
            _drop_stdout()
            ctx.exit(ExitCode.OK)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if "LEDGERQA_DEBUG" in os.environ:
                raise
            click.echo(
                f"ledgerqa: an error of ledgerqa itself, {type(error).__name__}: {error}. "
                "LEDGERQA_DEBUG=1 shows where it happened; please report it.",
                err=True,
            )
            ctx.exit(ExitCode.FAILURE)
        if isinstance(result, ExitCode) and result is not ExitCode.OK:
            ctx.exit(result)
        return result


def _flush_quietly() -> None:
    """What was answered before an error comes before its message."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()


def _drop_stdout() -> None:
    """Let the interpreter's last flush go nowhere, so that it does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
