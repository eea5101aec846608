"""Commands about models and what they need: `models` and `doctor`."""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledgerqa.terminal.options import (
    EXIT_CODES,
    model_options,
    settings_of,
    settings_options,
)

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.errors import ExitCode


@click.group(epilog=EXIT_CODES)
def models() -> None:
    """List, fetch and check the models that search by meaning and read.

    Exact answers need none. The extra `offline` brings an encoder and a reader inside Python packages, and nothing is
    downloaded unless `models pull` is asked to.

    \b
    Examples:
      ledgerqa models list
      ledgerqa models pull OWNER/REPOSITORY/FILE.gguf
      ledgerqa models verify
    """


@models.command("list", epilog=EXIT_CODES)
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON array on one line.")
@click.pass_context
def models_list(
    ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None, as_json: bool
) -> None:
    """List the models on this machine, and which are in use.

    \b
    Examples:
      ledgerqa models list
      ledgerqa models list --json
    """
    from ledgerqa.terminal.models import list_and_tell

    list_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), as_json=as_json)


@models.command("pull", epilog=EXIT_CODES)
@click.argument("name", metavar="OWNER/REPOSITORY/FILE")
@settings_options
@click.option("--revision", default="main", show_default=True, help="The branch, tag or commit to take it from.")
@click.pass_context
def models_pull(
    ctx: click.Context, name: str, ledger: str | None, data_dir: Path | None, config: Path | None, revision: str
) -> None:
    """Fetch one model file from the Hugging Face hub into the data folder.

    This is the only command that goes to the network for itself. A pull that broke off goes on where it broke; the
    file's hash is compared with the hub's and shown. HF_TOKEN is sent along where it is set, and HF_ENDPOINT names
    another hub.

    \b
    Examples:
      ledgerqa models pull OWNER/REPOSITORY-GGUF/model-q4_k_m.gguf
      ledgerqa models pull --revision v1.0 OWNER/REPOSITORY/model.gguf
    """
    from ledgerqa.terminal.models import pull_and_tell

    pull_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), name, revision)


@models.command("verify", epilog=EXIT_CODES)
@click.argument("names", metavar="[MODEL]...", nargs=-1)
@settings_options
@click.pass_context
def models_verify(
    ctx: click.Context, names: tuple[str, ...], ledger: str | None, data_dir: Path | None, config: Path | None
) -> ExitCode:
    """Read the weights again, all of them by default, and compare their hashes with those that were published.

    The exit code is 1 where one is not what it should be.

    \b
    Examples:
      ledgerqa models verify
      ledgerqa models verify all-MiniLM-L6-v2
    """
    from ledgerqa.terminal.models import verify_and_tell

    return verify_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), names)


@click.command(epilog=EXIT_CODES)
@settings_options
@model_options("reader", "device")
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON array on one line.")
@click.pass_context
def doctor(
    ctx: click.Context,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    reader: str | None,
    device: str | None,
    as_json: bool,
) -> ExitCode:
    """Check configuration, permissions, index, llama.cpp, GPU and models, and say what to do about each.

    Models are loaded to see that they work; a reader on a server is asked for its list of models. The exit code is 1
    where something that is asked for does not work; what is merely not installed is a note.

    \b
    Examples:
      ledgerqa doctor
      ledgerqa --ledger home doctor --json
      ledgerqa doctor --reader http://127.0.0.1:11434/v1
    """
    from ledgerqa.terminal.doctor import doctor_and_tell

    options = {"ledger": ledger, "reader": reader, "device": device}
    return doctor_and_tell(lambda: settings_of(ctx, data_dir=data_dir, config=config, **options), as_json=as_json)
