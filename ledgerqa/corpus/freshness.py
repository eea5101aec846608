"""Whether an index is as fresh as its ledger, told from the files' sizes and times: no DuckDB, no Beancount.

What a generation was made from stands in its `inputs.json`.  The file is sealed by a hash of itself, and it is the
one thing in a generation that is ever replaced: with newer times of files whose content is the same, so that they
need not be read again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ledgerqa.beans.inputs import Inputs, Verdict, compare
from ledgerqa.corpus.generations import CURRENT, current, hold, index_folder, sync, verify
from ledgerqa.corpus.schema import SCHEMA_VERSION
from ledgerqa.errors import IndexDamagedError, IndexMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus.generations import Manifest
    from ledgerqa.corpus.index import Index

INPUTS = "inputs.json"

State = Literal["fresh", "stale", "missing", "damaged"]


@dataclass(frozen=True)
class Freshness:
    """How an index stands.  `why` says what has changed, or what is damaged; `manifest` is None where there is none."""

    state: State
    why: str = ""
    generation: Path | None = None
    manifest: Manifest | None = None

    @property
    def built_at(self) -> dt.datetime | None:
        """When the generation in force was made (UTC)."""
        return dt.datetime.fromisoformat(self.manifest.built_at) if self.manifest else None


def freshness(ledger: Path, data_dir: Path) -> Freshness:
    """How the index of `ledger` stands; raises nothing.  Newer times of the ledger's files are kept."""
    folder = index_folder(ledger, data_dir)
    while True:
        try:
            generation, manifest = current(folder, ledger)
            if manifest.schema != SCHEMA_VERSION:
                return Freshness("missing", "the index is of another version of ledgerqa")
            if (held := hold(generation)) is None:
                if current(folder, ledger)[0] == generation:
                    return Freshness("damaged", f"{generation} is gone")
                continue
        except IndexMissingError:
            return Freshness("missing", "there is no index yet")
        except IndexDamagedError as error:
            return Freshness("damaged", str(error))
        try:
            verify(generation, manifest)
            verdict = compare_generation(generation)
        except IndexDamagedError as error:
            return Freshness("damaged", str(error), generation, manifest)
        finally:
            held.release()
        return Freshness("stale" if verdict.changed else "fresh", verdict.changed, generation, manifest)


def superseded(index: Index) -> bool:
    """Whether a newer generation than this open one is in force: for chats and batches, between two questions.

    One small file is read.  Where it is so, open the index anew, close this one, and say so.
    """
    try:
        number = (index.folder.parent.parent / CURRENT).read_text("ascii").partition(" ")[0]
    except (OSError, UnicodeDecodeError):
        return False
    return number.isdecimal() and int(number) != index.info.generation


def compare_generation(generation: Path) -> Verdict:
    """What has changed since this generation was made; newer times are kept where they can be."""
    inputs = read_inputs(generation)
    if inputs is None:
        return Verdict("what the index was made from cannot be told", Inputs())
    verdict = compare(inputs)
    if not verdict.changed and verdict.inputs != inputs:
        with contextlib.suppress(OSError):
            write_inputs(generation, verdict.inputs)
    return verdict


def read_inputs(generation: Path) -> Inputs | None:
    """What this generation was made from; None where the file is not what was written."""
    try:
        fields: dict[str, Any] = json.loads((generation / INPUTS).read_bytes())
        if fields.pop("seal") != _seal(fields):
            return None
        return Inputs.from_json(fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_inputs(generation: Path, inputs: Inputs) -> None:
    """Write what a generation is made from; one that is there is replaced whole.  Raises OSError."""
    fields = json.loads(json.dumps(inputs.to_json()))
    aside = generation / f".{INPUTS}.{os.getpid()}"
    try:
        aside.write_text(json.dumps(fields | {"seal": _seal(fields)}), "ascii")
        aside.chmod(0o600)
        sync(aside)
        aside.replace(generation / INPUTS)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def _seal(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode("ascii")).hexdigest()
