"""What the reader made of a passage, kept: in memory between turns, and on disk for passages that come up again.

Reading a passage of 40 tokens takes the 135M model a sixth of a second; putting its state back takes a fifth of a
millisecond.  A state holds only for the weights, the prefix and the build of llama.cpp that made it, which the
reader's fingerprint stands for.  llama.cpp does not check what it restores, so every file carries the hash of its
content: a damaged one is deleted, and the passage is read afresh.

A state says what the ledger says, if not in letters: its folder and files are the user's alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledgerqa.backends.protocols import PassageState

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY_BYTES = 128 << 20
DISK_BYTES = 256 << 20
USES_ON_DISK = 2  # a passage is written to disk when it was used so often: most come up only once
MOST_COUNTED = 20_000
FOLDER = "states"
COUNTS = "uses.json"
SUFFIX = ".kv"
MAGIC = b"ledgerqa-kv 1\n"
LONGEST_HEADER = 4096


@dataclass(frozen=True)
class Held:
    """How much is kept now."""

    memory_states: int
    memory_bytes: int
    disk_states: int
    disk_bytes: int


class States:
    """The kept states of one ledger's passages.  Not for two threads at once; processes may share the folder."""

    def __init__(self, data_dir: Path | None, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES) -> None:
        """Keep files under `data_dir`/states; None keeps nothing on disk."""
        self._folder = data_dir / FOLDER if data_dir else None
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._kept: OrderedDict[str, PassageState] = OrderedDict()
        self._bytes = 0
        self._uses: dict[str, int] | None = None

    def get(self, fingerprint: str, tokens: Sequence[int]) -> PassageState | None:
        """The state of these tokens for a reader of this fingerprint, or None."""
        key = _key(fingerprint, tokens)
        self._count(key)
        state = self._kept.get(key)
        if state is not None:
            self._kept.move_to_end(key)
            return state
        state = self._read(key, fingerprint, tokens)
        if state is not None:
            self._keep(key, state)
        return state

    def put(self, tokens: Sequence[int], state: PassageState) -> None:
        """Keep a state that was just made."""
        self._keep(_key(state.fingerprint, tokens), state)

    def drop(self, fingerprint: str, tokens: Sequence[int]) -> None:
        """Forget a state that the reader could not use."""
        key = _key(fingerprint, tokens)
        if (state := self._kept.pop(key, None)) is not None:
            self._bytes -= len(state.data)
        self._delete(key)

    def flush(self) -> None:
        """Write to disk what was used often enough, and keep the folder within its bound.

        A disk that cannot be written costs time at the next question, nothing else.
        """
        if self._folder is None or self._disk_bytes <= 0:
            return
        uses = self._counts()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for key, state in self._kept.items():
                path = self._path(key)
                if uses.get(key, 0) >= USES_ON_DISK and len(state.data) <= self._disk_bytes and not path.exists():
                    _write(path, _packed(key, state))
            kept = self._prune()
            ranked = sorted(uses, key=lambda key: (key in kept, uses[key]), reverse=True)
            _write(self._folder / COUNTS, json.dumps({key: uses[key] for key in ranked[:MOST_COUNTED]}).encode())

    def held(self) -> Held:
        """How much is kept now, for `doctor`."""
        files = list(self._files())
        return Held(len(self._kept), self._bytes, len(files), sum(size for _, size, _ in files))

    # ---------------------------------------------------------------------------------------------- memory

    def _keep(self, key: str, state: PassageState) -> None:
        if len(state.data) > self._memory_bytes:
            return
        if (old := self._kept.pop(key, None)) is not None:
            self._bytes -= len(old.data)
        self._kept[key] = state
        self._bytes += len(state.data)
        while self._bytes > self._memory_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.data)

    def _count(self, key: str) -> None:
        uses = self._counts()
        uses[key] = uses.get(key, 0) + 1

    def _counts(self) -> dict[str, int]:
        if self._uses is None:
            self._uses = {}
            if self._folder is not None:
                with contextlib.suppress(OSError, ValueError):
                    content = json.loads((self._folder / COUNTS).read_bytes())
                    if isinstance(content, dict):
                        self._uses = {str(key): uses for key, uses in content.items() if isinstance(uses, int)}
        return self._uses

    # ------------------------------------------------------------------------------------------------ disk

    def _path(self, key: str) -> Path:
        return (self._folder or Path()) / f"{key}{SUFFIX}"

    def _read(self, key: str, fingerprint: str, tokens: Sequence[int]) -> PassageState | None:
        if self._folder is None:
            return None
        try:
            state = _unpacked(self._path(key).read_bytes(), key, fingerprint)
        except OSError:
            return None
        except ValueError:
            state = None
        if state is None or state.length != len(tokens):
            self._delete(key)
            return None
        with contextlib.suppress(OSError):
            os.utime(self._path(key))
        return state

    def _delete(self, key: str) -> None:
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._path(key).unlink(missing_ok=True)

    def _files(self) -> list[tuple[str, int, int]]:
        """Each file's key, size in bytes and time of last use."""
        found = []
        for path in self._folder.glob(f"*{SUFFIX}") if self._folder else ():
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((path.stem, status.st_size, status.st_mtime_ns))
        return found

    def _prune(self) -> set[str]:
        """Delete the least used files, the longest unused first, until the rest fits; the keys of the rest."""
        uses, room, kept = self._counts(), self._disk_bytes, set()
        for key, size, _ in sorted(self._files(), key=lambda file: (uses.get(file[0], 0), file[2]), reverse=True):
            room -= size
            if room < 0:
                self._delete(key)
            else:
                kept.add(key)
        return kept


def _key(fingerprint: str, tokens: Sequence[int]) -> str:
    """A hash over the reader's fingerprint and the passage's tokens: the name of the state's file."""
    return hashlib.sha256(f"{fingerprint} {' '.join(map(str, tokens))}".encode()).hexdigest()


def _packed(key: str, state: PassageState) -> bytes:
    header = {
        "passage": key,
        "fingerprint": state.fingerprint,
        "length": state.length,
        "bytes": len(state.data),
        "sha256": hashlib.sha256(state.data).hexdigest(),
    }
    line = json.dumps(header).encode()
    return b"".join((MAGIC, hashlib.sha256(line).hexdigest().encode(), b" ", line, b"\n", state.data))


def _unpacked(content: bytes, key: str, fingerprint: str) -> PassageState:
    """The state in a file; ValueError where anything in it is not as it was written."""
    end = content.find(b"\n", len(MAGIC), LONGEST_HEADER)
    if not content.startswith(MAGIC) or end < 0:
        raise ValueError(key)
    digest, _, line = content[len(MAGIC) : end].partition(b" ")
    data = content[end + 1 :]
    if hashlib.sha256(line).hexdigest().encode() != digest:
        raise ValueError(key)
    header = json.loads(line)
    expected = {"passage": key, "fingerprint": fingerprint, "length": header["length"], "bytes": len(data)}
    if header != {**expected, "sha256": hashlib.sha256(data).hexdigest()}:
        raise ValueError(key)
    return PassageState(data, int(header["length"]), fingerprint)


def _write(path: Path, content: bytes) -> None:
    """Write a file of the user's alone, so that a reader sees all of it or none."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
