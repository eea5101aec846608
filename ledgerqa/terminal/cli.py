"""The command `ledgerqa`: its commands, joined, and its own help.

Nothing heavy is imported here: `ledgerqa --help` loads neither DuckDB nor Beancount, and asking no Beancount.
"""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

import click

from ledgerqa import __version__
from ledgerqa.errors import ExitCode
from ledgerqa.terminal.commands.asking import ask, chat, sources
from ledgerqa.terminal.commands.indexing import index, reindex, schedule, status, watch
from ledgerqa.terminal.commands.measuring import bench, evaluate, train
from ledgerqa.terminal.commands.models import doctor, models
from ledgerqa.terminal.options import CONTEXT, EXIT_CODES, QuestionGroup, settings_options
from ledgerqa.terminal.streams import end_quietly_with, speak_utf8

if TYPE_CHECKING:
    from pathlib import Path


@click.group(
    cls=QuestionGroup, context_settings=CONTEXT, epilog=EXIT_CODES, subcommand_metavar="[QUESTION | COMMAND] ..."
)
@settings_options
@click.version_option(__version__, "-V", "--version", prog_name="ledgerqa")
@click.pass_context
def cli(ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None) -> None:
    """Ask a Beancount ledger a question in plain words.

    The answer is an exact figure or the right entries, each traced to the lines of the ledger that it rests on.
    Nothing leaves this machine, unless the configuration names a reader on another one; the ledger is never written.

    \b
    Examples:
      ledgerqa "how much did I spend on groceries in 2023?"
      ledgerqa --ledger home net worth at the end of last year
      ledgerqa ask --json "rent by month in 2024"
      ledgerqa index ~/books/main.beancount
      ledgerqa status

    A question needs no command; one that begins with a command's name may need `ask` before it. The ledger comes from
    --ledger, from the environment variable LEDGERQA_LEDGER, or from the configuration file. The name "sample" stands
    for the sample ledger that comes with the program.
    """
    ctx.obj = {"ledger": ledger, "data_dir": data_dir, "config": config}


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes ledgerqa's commands and options in a shell.

    \b
    Examples:
      ledgerqa completion bash > ~/.local/share/bash-completion/completions/ledgerqa
      ledgerqa completion zsh > ~/.zfunc/_ledgerqa
      ledgerqa completion fish > ~/.config/fish/completions/ledgerqa.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click knows no completion for {shell}.")
    click.echo(kind(cli, {}, "ledgerqa", "_LEDGERQA_COMPLETE").source())


for command in (ask, chat, index, reindex, watch, schedule, status, sources, bench, models, doctor, evaluate, train):
    cli.add_command(command)


_YOUNG: Final = 100_000
"""Objects made until it is looked for those that hold each other alone.

A question makes few such and many of others; by Python's own 700 one in ten seconds of `ask` went into looking.
"""


def main() -> None:
    """Run the command line; ends the process."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    speak_utf8()
    try:
        cli(prog_name="ledgerqa")
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    end_quietly_with(code)
    sys.exit(code)
