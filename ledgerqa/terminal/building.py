"""`ledgerqa index`: build the index, embed what is new in it, and say what was read."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import click

from ledgerqa.grounding.figures import count
from ledgerqa.terminal.contract import index_object
from ledgerqa.terminal.embedding import Embedded, embed_pending
from ledgerqa.terminal.opening import build_patiently

if TYPE_CHECKING:
    from ledgerqa.settings import Settings


def build_and_tell(settings: Settings, *, as_json: bool, embedding: bool = True) -> None:
    """Build, then a line on stdout for each: entries, errors in the ledger, texts that were embedded."""
    ledger = settings.ledger_file()
    began = time.monotonic()
    info = build_patiently(ledger, settings.data_dir)
    if not as_json:
        click.echo(f"{ledger}: {count(info.entries, 'entry')} indexed in {time.monotonic() - began:.1f} s.")
        if info.ledger_errors:
            click.echo(f"{count(info.ledger_errors, 'error')} in the ledger: `ledgerqa status` lists them.")
        sys.stdout.flush()  # questions can be asked from here on
    embedded = embed_pending(settings) if embedding else Embedded()
    if as_json:
        fields = {"ledger": str(ledger), **(index_object(info) or {}), "embedded": embedded.made}
        click.echo(json.dumps(fields, ensure_ascii=False))
    elif embedded.made:
        by = f"by {embedded.encoder} in {embedded.seconds:.1f} s"
        click.echo(f"{count(embedded.made, 'text')} embedded {by}.")
