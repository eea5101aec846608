"""Ledgers to choose from when none was named: those of the configuration, those that lie nearby, the sample."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledgerqa.samples import sample_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.settings import Settings

SUFFIXES: Final = ("*.beancount", "*.bean")
MOST: Final = 12
HEAD: Final = 20_000  # characters of a file that are looked at
INCLUDE: Final = re.compile(r'^include\s+"([^"]+)"', re.MULTILINE)


def ledgers_nearby(settings: Settings, folder: Path | None = None) -> list[tuple[str, Path]]:
    """Labels and main files; those of the folder you are in and of the folders in it, less what another includes."""
    named = [(f"{name}  {path}", path) for name, path in settings.ledgers.items()]
    here = folder or Path.cwd()
    found = list(_files(here))
    included = {each for path in found for each in _included(path)}
    near = [(str(path.relative_to(here)), path) for path in found if path.resolve() not in included]
    return [*named, *near[:MOST], ("the sample ledger, to try it out", sample_ledger())]


def _files(here: Path) -> Iterator[Path]:
    for pattern in (*SUFFIXES, *(f"*/{suffix}" for suffix in SUFFIXES)):
        yield from sorted(path.absolute() for path in here.glob(pattern) if path.is_file())


def _included(path: Path) -> Iterator[Path]:
    """The files that this one includes."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(HEAD)
    except OSError:
        return
    for pattern in INCLUDE.findall(text):
        try:
            yield from (each.resolve() for each in path.parent.glob(pattern))
        except (ValueError, NotImplementedError):  # an absolute path: `glob` takes none
            yield Path(pattern).resolve()
