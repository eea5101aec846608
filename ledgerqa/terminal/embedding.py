"""Vectors for search by meaning: made after indexing, with a bar on stderr, never a condition of exact answers."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.backends.opening import encoder_of, known_encoder
from ledgerqa.errors import IndexBusyError, LedgerqaError
from ledgerqa.terminal.streams import interruptible, progress_bar, remark

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.backends.opening import Models
    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.settings import Settings

FEW: Final = 300
"""Texts that are embedded before any question is answered: some two seconds."""
SOME: Final = 5_000
"""Texts that are embedded for a question whose words stand nowhere in the ledger, and which only their meaning can
answer: some 30 seconds, once.  More are left to `ledgerqa reindex`."""


@dataclass(frozen=True)
class Embedded:
    """What was made, by which encoder ("": there is none), in how many seconds."""

    encoder: str = ""
    made: int = 0
    seconds: float = 0.0


def embed_pending(settings: Settings, *, quiet: bool = False) -> Embedded:
    """Make every vector that the newest generation lacks; without an encoder, nothing."""
    encoder = encoder_of(settings, remark)
    return _embed(settings, encoder, quiet=quiet) if encoder else Embedded()


def embed_lacking(settings: Settings) -> Embedded:
    """The same, without a word; the encoder is opened only where something is lacking."""
    known = known_encoder(settings.encoder, settings.data_dir)
    return embed_pending(settings, quiet=True) if known and _lacking(settings, known[1]) else Embedded()


def embed_few(settings: Settings) -> None:
    """After `ask` has reindexed: make the vectors that lack where they are few; where they are many, say who does.

    What lies between waits for a question that needs them (see `completing`).
    Vectors of texts that stay were carried over.  The encoder is opened only where something is lacking.
    """
    known = known_encoder(settings.encoder, settings.data_dir)
    if known is None:
        return  # where one was named and is missing, `models_of` says so
    lacking = _lacking(settings, known[1])
    if lacking > SOME:
        remark(f"{lacking:,} texts and names are not embedded yet: `ledgerqa reindex` completes the search by meaning")
    elif 0 < lacking <= FEW and (encoder := encoder_of(settings, remark)):
        _embed(settings, encoder)


def completing(models: Models, settings: Settings) -> Models:
    """The models, with vectors made where a question needs some that lack, and they are not too many."""

    def complete() -> None:
        try:
            if 0 < _lacking(settings, models.encoder_sha256) <= SOME and (encoder := models.encoder()):
                _embed(settings, encoder)
        except LedgerqaError as error:
            remark(f"going on without new vectors: {error}")

    return replace(models, complete=complete)


def _lacking(settings: Settings, sha256: str) -> int:
    from ledgerqa.corpus import open_index
    from ledgerqa.corpus.coverage import embedded, to_embed

    with open_index(settings.ledger_file(), settings.data_dir) as index:
        return to_embed(index) - embedded(index, sha256)


def _embed(settings: Settings, encoder: Encoder, *, quiet: bool = False) -> Embedded:
    """Embed with a bar; where another process does it already, it is left to that one."""
    from ledgerqa.corpus import open_index
    from ledgerqa.corpus.embedding import embed, pending

    ledger: Path = settings.ledger_file()
    with open_index(ledger, settings.data_dir) as index:
        if not pending(index, encoder.sha256):
            return Embedded(encoder.name)
    began = time.monotonic()
    made = 0
    try:
        with progress_bar(f"embedding {ledger.name}", quiet=quiet) as bar, interruptible(bar) as progress:
            made = embed(ledger, settings.data_dir, encoder, progress)
    except IndexBusyError:
        remark("another ledgerqa is embedding this ledger, leaving it to that one")
    return Embedded(encoder.name, made, time.monotonic() - began)
