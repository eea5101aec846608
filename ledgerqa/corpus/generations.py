"""Where an index lies, and how a new generation of it takes the place of the old one whole.

    DATA/indexes/<name>-<hash of the main file's path>/      0700
        CURRENT                    the number of the generation in force
        LOCK, EMBEDDING            held while one is built, while vectors are made
        generations/<number>/      ledger.duckdb, manifest.json; texts-<encoder>.<version>/, names-…: see `vectors`

A generation is built in a folder whose name ends in ".building", every file and folder is fsynced, it is renamed
to its number, and CURRENT is replaced: a kill at any moment leaves the old generation in force.  What a killed
build left is removed by the next.  The generation before the newest is kept for those who have it open; older
ones are removed, which on Linux and macOS does not disturb a process that still has their files open.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledgerqa.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "ledger.duckdb"
MANIFEST = "manifest.json"
BUILDING = ".building"
WAIT_SECONDS = 10.0
"""How long a builder waits for another one to end."""

_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Manifest:
    """What a generation says about itself.  `checksums` are SHA-256 by file name; `built_at` is ISO 8601, UTC."""

    schema: int
    generation: int
    ledger: str
    built_at: str
    counts: dict[str, int]
    checksums: dict[str, str]


def index_folder(ledger: Path, data_dir: Path) -> Path:
    """The folder of the index of the ledger whose main file is `ledger`."""
    main = os.path.abspath(ledger.expanduser())  # noqa: PTH100  # as beans: symlinks stay
    stem = re.sub(r"[^\w.-]+", "_", Path(main).stem)[:40] or "ledger"
    return data_dir / "indexes" / f"{stem}-{hashlib.sha256(os.fsencode(main)).hexdigest()[:16]}"


def current(folder: Path, ledger: Path) -> tuple[Path, Manifest]:
    """The generation in force and its manifest; `IndexMissingError` or `IndexDamagedError`."""
    try:
        number = (folder / "CURRENT").read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(ledger) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(folder, str(error)) from error
    if not number.isdecimal():
        raise IndexDamagedError(folder, "its file CURRENT holds no number")
    generation = folder / "generations" / number
    return generation, read_manifest(generation)


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation; `IndexDamagedError` where it is not there or not one."""
    path = generation / MANIFEST
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise IndexDamagedError(generation, f"its {MANIFEST} is missing") from None
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamagedError(generation, f"its {MANIFEST} cannot be read") from error


@contextlib.contextmanager
def locked(folder: Path, ledger: Path, wait: float = WAIT_SECONDS, name: str = "LOCK") -> Iterator[None]:
    """Hold the builder's lock of this index; `IndexBusyError` when another holds it for longer than `wait` seconds.

    `name` is another lock's: "EMBEDDING" is held by the one process that makes vectors.
    """
    with writing(folder):
        make_private(folder)
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in {errno.EAGAIN, errno.EACCES}:
                    raise IndexWriteError(folder, error.strerror or str(error)) from error
            if time.monotonic() >= deadline:
                raise IndexBusyError(ledger)
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into `IndexWriteError`."""
    try:
        yield
    except OSError as error:
        where = Path(error.filename) if isinstance(error.filename, str) else path
        raise IndexWriteError(where, error.strerror or str(error)) from error


def make_private(folder: Path) -> None:
    """Make the folder and those above it; it and the one that holds all indexes are for the user alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for each in (folder.parent, folder):
        if each.stat().st_mode & 0o077:
            each.chmod(0o700)


def begin(folder: Path) -> tuple[int, Path]:
    """Number of the next generation and the empty folder to build it in.  The lock must be held."""
    generations = folder / "generations"
    with writing(folder):
        generations.mkdir(mode=0o700, exist_ok=True)
        taken = [0]
        for entry in generations.iterdir():
            if entry.name.endswith(BUILDING):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.isdecimal():
                taken.append(int(entry.name))
        number = max(taken) + 1
        building = generations / f"{number}{BUILDING}"
        building.mkdir(mode=0o700)
    return number, building


def finish(folder: Path, building: Path, manifest: Manifest) -> Path:
    """Make what stands in `building` durable, and the generation in force."""
    with writing(folder):
        _write(building / MANIFEST, json.dumps(asdict(manifest), indent=1))
        for file in building.iterdir():
            sync(file)
        sync(building)
        generation = building.with_name(str(manifest.generation))
        building.rename(generation)
        sync(generation.parent)
        before = _pointed(folder)
        pointer = folder / "CURRENT.new"
        _write(pointer, f"{manifest.generation}\n")
        sync(pointer)
        pointer.replace(folder / "CURRENT")
        sync(folder)
    for entry in generation.parent.iterdir():
        if entry.name not in {generation.name, before}:
            shutil.rmtree(entry, ignore_errors=True)
    return generation


def _pointed(folder: Path) -> str:
    """The name of the generation in force; "" where there is none."""
    try:
        return (folder / "CURRENT").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def sync(path: Path) -> None:
    """Make a file or folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
