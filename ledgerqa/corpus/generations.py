"""Where an index lies, and how a new generation of it takes the place of the old one whole.

    DATA/indexes/<name>-<hash of the main file's path>/      0700
        CURRENT                    the number of the generation in force, and a hash of its manifest
        LOCK, EMBEDDING            held while one is built, while vectors are made
        generations/<number>/      ledger.duckdb, manifest.json, inputs.json (see `freshness`);
                                   texts-<encoder>.<version>/, names-… (see `vectors`)

A generation is built in a folder whose name ends in ".building", every file and folder is fsynced, it is renamed
to its number, and CURRENT is replaced: a kill at any moment leaves the old generation in force.  What a killed
build left is removed by the next.

Whoever reads a generation holds a shared `flock` on its folder, and so long it stays; others that are not in force
are removed.  Where a file system knows no locks they are removed as well, which on Linux and macOS does not disturb a
process that has their files open.

CURRENT bears out the manifest, and the manifest the tables: a file that is not what was written is named.  The tables
are not read anew for that at each opening, but where their size or times are not as they were left; each of their
blocks has a checksum of DuckDB's besides.
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
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledgerqa.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "ledger.duckdb"
MANIFEST = "manifest.json"
CURRENT = "CURRENT"
OLDEST_SCHEMA = 3
"""Generations of older ones have manifests of another form: there is then no index, rather than a damaged one."""
BUILDING = ".building"
WAIT_SECONDS = 10.0
"""How long a builder waits for another one to end."""

_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Manifest:
    """What a generation says about itself.  `built_at` is ISO 8601, UTC; `seconds` is how long it took to make.

    Of each file in `checksums` (SHA-256 by name), `stamps` has the size and the times in nanoseconds.
    """

    schema: int
    generation: int
    ledger: str
    built_at: str
    seconds: float
    counts: dict[str, int]
    checksums: dict[str, str]
    stamps: dict[str, list[int]]


def index_folder(ledger: Path, data_dir: Path) -> Path:
    """The folder of the index of the ledger whose main file is `ledger`."""
    main = os.path.abspath(ledger.expanduser())  # noqa: PTH100  # as beans: symlinks stay
    stem = re.sub(r"[^\w.-]+", "_", Path(main).stem)[:40] or "ledger"
    return data_dir / "indexes" / f"{stem}-{hashlib.sha256(os.fsencode(main)).hexdigest()[:16]}"


def current(folder: Path, ledger: Path) -> tuple[Path, Manifest]:
    """The generation in force and its manifest; `IndexMissingError` or `IndexDamagedError`."""
    pointer = _pointer(folder, ledger)
    while True:
        try:
            return _pointed_at(folder, pointer, ledger)
        except IndexDamagedError:
            before, pointer = pointer, _pointer(folder, ledger)
            if pointer == before:  # no builder moved it meanwhile
                raise


def _pointer(folder: Path, ledger: Path) -> str:
    try:
        return (folder / CURRENT).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(ledger) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(folder, str(error)) from error


def _pointed_at(folder: Path, pointer: str, ledger: Path) -> tuple[Path, Manifest]:
    number, _, digest = pointer.partition(" ")
    if not number.isdecimal():
        raise IndexDamagedError(folder, f"its file {CURRENT} holds no number")
    generation = folder / "generations" / number
    path = generation / MANIFEST
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise IndexDamagedError(generation, f"its {MANIFEST} is missing") from None
    except OSError as error:
        raise IndexDamagedError(generation, f"its {MANIFEST} cannot be read") from error
    if _is_older(content):
        raise IndexMissingError(ledger)
    if manifest_digest(content) != digest:
        raise IndexDamagedError(generation, f"its {MANIFEST} is not the one that was written")
    try:
        return generation, Manifest(**json.loads(content))
    except (ValueError, TypeError):  # of a newer version
        raise IndexDamagedError(generation, f"its {MANIFEST} cannot be read") from None


def _is_older(content: bytes) -> bool:
    """Whether this is a manifest of an older version of ledgerqa."""
    try:
        schema = json.loads(content)["schema"]
    except (ValueError, TypeError, KeyError):
        return False
    return isinstance(schema, int) and schema < OLDEST_SCHEMA


def manifest_digest(content: bytes) -> str:
    """What CURRENT holds of a manifest."""
    return hashlib.sha256(content).hexdigest()[:32]


def verify(generation: Path, manifest: Manifest) -> None:
    """`IndexDamagedError` where a file that the manifest names is not the one that was written."""
    for name, expected in manifest.checksums.items():
        path = generation / name
        try:
            if stamp_of(path) != manifest.stamps[name] and checksum(path) != expected:
                raise IndexDamagedError(path, "its checksum is not the one that was written")
        except FileNotFoundError:
            raise IndexDamagedError(generation, f"its {name} is missing") from None
        except (OSError, KeyError) as error:
            raise IndexDamagedError(path, f"it cannot be read: {error}") from error


def stamp_of(path: Path) -> list[int]:
    """Size and times of a file: it is not read again while they stay."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


class Hold:
    """A reader's hold on a generation, which is not removed so long.  Ends with `release`, or with the object."""

    def __init__(self, handle: int) -> None:
        self._release = weakref.finalize(self, os.close, handle)

    def release(self) -> None:
        """Let go; again does nothing."""
        self._release()


def hold(generation: Path) -> Hold | None:
    """Hold this generation; None where it is gone, or is being removed."""
    try:
        handle = os.open(generation, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    held = Hold(handle)
    with contextlib.suppress(OSError):  # a file system without locks
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            held.release()
            return None
    try:
        if os.path.samestat(os.fstat(handle), generation.stat()):
            return held
    except OSError:
        pass
    held.release()
    return None


def prune(folder: Path) -> None:
    """Remove what is neither in force nor read by anybody.  The lock must be held."""
    in_force = _pointed(folder)
    if not in_force:
        return
    with contextlib.suppress(OSError):
        for entry in (folder / "generations").iterdir():
            if entry.name == in_force:
                continue
            if not entry.name.isdecimal():
                shutil.rmtree(entry, ignore_errors=True)  # left by somebody who was killed
            elif (removed := _taken_away(entry)) is not None:
                shutil.rmtree(removed, ignore_errors=True)


def _taken_away(generation: Path) -> Path | None:
    """The generation under another name, where nobody reads it; None where somebody does."""
    handle = os.open(generation, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return None
        return generation.rename(generation.with_name(f"{generation.name}.removed"))
    finally:
        os.close(handle)


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
        content = json.dumps(asdict(manifest), indent=1)
        _write(building / MANIFEST, content)
        for file in building.iterdir():
            sync(file)
        sync(building)
        generation = building.with_name(str(manifest.generation))
        building.rename(generation)
        sync(generation.parent)
        pointer = folder / f"{CURRENT}.new"
        _write(pointer, f"{manifest.generation} {manifest_digest(content.encode())}\n")
        sync(pointer)
        pointer.replace(folder / CURRENT)
        sync(folder)
    prune(folder)
    return generation


def _pointed(folder: Path) -> str:
    """The name of the generation in force; "" where there is none."""
    try:
        return (folder / CURRENT).read_text("ascii").strip().partition(" ")[0]
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
