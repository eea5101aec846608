"""`ledgerqa index`: build the index and say what was read."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import click

from ledgerqa.grounding.figures import count
from ledgerqa.terminal.contract import index_object
from ledgerqa.terminal.opening import build_patiently

if TYPE_CHECKING:
    from ledgerqa.settings import Settings


def build_and_tell(settings: Settings, *, as_json: bool) -> None:
    """Build, then one line on stdout: how many entries, from how long, with how many errors in the ledger."""
    ledger = settings.ledger_file()
    began = time.monotonic()
    info = build_patiently(ledger, settings.data_dir)
    if as_json:
        click.echo(json.dumps({"ledger": str(ledger), **(index_object(info) or {})}, ensure_ascii=False))
        return
    click.echo(f"{ledger}: {count(info.entries, 'entry')} indexed in {time.monotonic() - began:.1f} s.")
    if info.ledger_errors:
        click.echo(f"{count(info.ledger_errors, 'error')} in the ledger: `ledgerqa status` lists them.")
