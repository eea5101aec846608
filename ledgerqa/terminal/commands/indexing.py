"""Commands that keep the index: `index`, `reindex`, `watch`, `schedule` and `status`."""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from ledgerqa.terminal.options import (
    EXIT_CODES,
    LedgerName,
    TimeOfDay,
    model_options,
    settings_of,
    settings_options,
)

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from ledgerqa.errors import ExitCode


@click.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
@click.option("--no-embed", is_flag=True, help="Leave the vectors for the search by meaning to a later time.")
@model_options("encoder", "device")
@click.pass_context
def index(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    as_json: bool,
    no_embed: bool,
    encoder: str | None,
    device: str | None,
) -> None:
    """Read the ledger and build its index anew.

    `ask` does this by itself where it must. The index lies in the user's data folder, readable by the user alone; it
    is built aside and moved into place whole, so that questions can be asked meanwhile. Indexing runs the plugins that
    the ledger names, as bean-check does: index only ledgers that you trust.

    Where the extra `offline` is installed, the texts of entries are then embedded for the search by meaning, the newest
    first. Questions can be asked from the first line on; what is done stays when this is interrupted.

    \b
    Examples:
      ledgerqa index ~/books/main.beancount
      ledgerqa index home
    """
    from ledgerqa.terminal.building import build_and_tell

    if ledger_argument and ledger:
        raise click.UsageError("Name the ledger once: as the argument or by --ledger.")
    named = ledger_argument or ledger
    settings = settings_of(ctx, ledger=named, data_dir=data_dir, config=config, encoder=encoder, device=device)
    build_and_tell(settings, as_json=as_json, embedding=not no_embed)


@click.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@click.option("--keep-sound", is_flag=True, help="Leave the index alone where the syntax has new errors.")
@click.option("--no-embed", is_flag=True, help="Leave the vectors for the search by meaning to a later time.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object a ledger.")
@model_options("encoder", "device")
@click.pass_context
def reindex(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    keep_sound: bool,
    no_embed: bool,
    as_json: bool,
    encoder: str | None,
    device: str | None,
) -> ExitCode:
    """Take in what has changed in the ledger, and say what that was.

    Where nothing has changed in any file that the ledger consists of, nothing is loaded. Else a line tells how many
    entries were added (+), changed (~), moved to other lines (→) and removed (-), and how many texts were embedded:
    only such as never were. Questions can be asked meanwhile, of the index as it was.

    \b
    Examples:
      ledgerqa reindex
      ledgerqa reindex home
      ledgerqa reindex --all --json
    """
    from ledgerqa.terminal.reindexing import reindex_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    named = ledger_argument or ledger
    settings = settings_of(ctx, ledger=named, data_dir=data_dir, config=config, encoder=encoder, device=device)
    chosen = settings.each() if everything else [("", settings)]
    return reindex_and_tell(chosen, as_json=as_json, embedding=not no_embed, keep_sound=keep_sound)


@click.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@model_options("encoder", "device")
@click.pass_context
def watch(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    encoder: str | None,
    device: str | None,
) -> ExitCode:
    """Reindex whenever the ledger is saved, until Ctrl-C.

    A line tells of each reindex. While somebody is typing and the syntax has errors, the last sound index stays in
    force, and a line says that the ledger has errors now. Chats and batches that are open take each new index between
    two questions.

    \b
    Examples:
      ledgerqa watch
      ledgerqa watch ~/books/main.beancount
      ledgerqa watch --all --device cpu
    """
    from ledgerqa.terminal.watching import watch_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    named = ledger_argument or ledger
    settings = settings_of(ctx, ledger=named, data_dir=data_dir, config=config, encoder=encoder, device=device)
    return watch_and_tell(settings.each() if everything else [("", settings)])


@click.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@click.option("--at", type=TimeOfDay(), default="06:00", show_default=True, help="When, on the clock of this machine.")
@click.option(
    "--by", type=click.Choice(["systemd", "cron"]), help="What starts it. Default: systemd where it runs, else cron."
)
@click.option("--install", is_flag=True, help="Install it without asking.")
@click.option("--remove", is_flag=True, help="Take it away again.")
@model_options("encoder", "device")
@click.pass_context
def schedule(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    at: dt.time,
    by: Literal["systemd", "cron"] | None,
    install: bool,
    remove: bool,
    encoder: str | None,
    device: str | None,
) -> ExitCode:
    """Print, and with your consent install, a daily reindex.

    It is a timer of systemd that is yours alone, or a line of your crontab. On a terminal you are asked whether to
    install it; --install does it without asking.

    \b
    Examples:
      ledgerqa schedule
      ledgerqa schedule home --at 07:30 --install
      ledgerqa schedule --all --by cron --encoder none --install
      ledgerqa schedule --remove
    """
    from ledgerqa.terminal.scheduling import schedule_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    if install and remove:
        raise click.UsageError("Give --install or --remove, not both.")
    named = ledger_argument or ledger
    settings = settings_of(ctx, ledger=named, data_dir=data_dir, config=config, encoder=encoder, device=device)
    return schedule_and_tell(settings, at=at, by=by, everything=everything, install=install, remove=remove)


@click.command(epilog=EXIT_CODES)
@settings_options
@click.option(
    "--all", "everything", is_flag=True, help="Only a line for each ledger that the configuration file names."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object on one line (--all: an array).")
@click.pass_context
def status(
    ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None, everything: bool, as_json: bool
) -> None:
    """Show the ledger, its index, how fresh it is, and the errors that Beancount found in it.

    "vectors" is how much of it the search by meaning covers. Errors are listed as file:line with their message; they
    never stop the rest of the ledger from being asked. The index is not built by this command; without one the exit
    code is 4. Where the configuration file names ledgers, all of them follow, each with how fresh its index is.

    \b
    Examples:
      ledgerqa status
      ledgerqa --ledger home status --json
      ledgerqa status --all
    """
    from ledgerqa.terminal.standing import status_and_tell

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    status_and_tell(settings, everything=everything, as_json=as_json)
