"""Regular expressions whose compiled form is kept from run to run, as Python keeps that of modules.

A question is read by some two thousand patterns; on the command line, compiling them took longer than all else that a
question does.  `re` cannot keep what it compiled, so that this goes around it by the parts that `re` itself is made of.
Where these are not as they are known here, as in another implementation of Python, it is `re.compile` and no more.

What is kept belongs to one version of the code that `re` compiles to, and has a checksum; `re` checks the code besides.
"""

# ruff: noqa: SLF001 - the parts of `re` are private, which is why all of this may fail and change nothing

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from array import array
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    # Flags, the code itself, how many groups there are, and those that have a name.
    Code = tuple[int, memoryview | array[int], int, dict[str, int]]

_RE: Any = re  # with the parts that it shows nobody
UNIT: Final = "I"  # of code: 32 bits
MOST_KEPT: Final = 10_000  # patterns, of all versions of ledgerqa that were run; then those of this run alone
FEWEST_NEW: Final = 25  # for fewer it is not written anew


class CompiledPatterns:
    """The patterns of this process, and the code of earlier ones.  Threads may compile the same at once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], re.Pattern[str]] = {}
        self._new: dict[str, Code] = {}
        self._places: dict[str, tuple[int, int, int, int, dict[str, int]]] = {}
        self._code: memoryview | array[int] = array(UNIT)

    def compiled(self, pattern: str, flags: int) -> re.Pattern[str]:
        """As `re.compile`."""
        found = self._made.get((pattern, flags))
        if found is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            found = self._made[pattern, flags] = self._compile(pattern, flags)
        return found

    def _compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        key = f"{flags} {pattern}"
        try:
            code = self._kept(key)
            if code is None:
                code = self._new[key] = _code_of(pattern, flags)
            return _pattern_of(pattern, code)
        except re.error:
            raise
        except Exception:  # noqa: BLE001  # whatever it is that `re` does otherwise
            return re.compile(pattern, flags)

    def _kept(self, key: str) -> Code | None:
        if key not in self._places:
            return None
        start, length, flags, groups, names = self._places[key]
        return flags, self._code[start : start + length], groups, names

    def load(self, path: Path) -> None:
        """Take the code that an earlier process left there; none where there is no such file, or a damaged one."""
        with suppress(OSError, ValueError, LookupError):
            data = path.read_bytes()
            head, rest = data[:8], memoryview(data)[8:]
            length = int.from_bytes(head[4:])
            if int.from_bytes(head[:4]) == zlib.crc32(rest):
                self._places = json.loads(bytes(rest[:length]))
                self._code = rest[length:].cast(UNIT)

    def save(self, path: Path) -> None:
        """Leave the code of this process there, with that which was loaded; where it cannot be written, none."""
        new = {key: each for key, each in dict(self._new).items() if key not in self._places}
        if len(new) < FEWEST_NEW:
            return
        places, code = {}, array(UNIT)
        if len(self._places) + len(new) <= MOST_KEPT:
            places, code = dict(self._places), array(UNIT, self._code)
        for key, (flags, own, groups, names) in new.items():
            places[key] = (len(code), len(own), flags, groups, names)
            code.extend(own)
        index = json.dumps(places).encode()
        index += b" " * (-len(index) % code.itemsize)
        rest = index + code.tobytes()
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.{os.getpid()}")
            beside.touch(0o600)
            beside.write_bytes(zlib.crc32(rest).to_bytes(4) + len(index).to_bytes(4) + rest)
            beside.replace(path)


def _code_of(pattern: str, flags: int) -> Code:
    """What `re` compiles a pattern to; see `re._compiler.compile`."""
    parsed = _RE._parser.parse(pattern, flags)
    code, state = array(UNIT, _RE._compiler._code(parsed, flags)), parsed.state
    return flags | state.flags, code, state.groups - 1, dict(state.groupdict)


def _pattern_of(pattern: str, code: Code) -> re.Pattern[str]:
    flags, own, groups, names = code
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    found: re.Pattern[str] = _RE._compiler._sre.compile(pattern, flags, own.tolist(), groups, names, tuple(by_number))
    return found


_PATTERNS: Final = CompiledPatterns()


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """As `re.compile`, for a pattern that is written in the program; those made of a ledger's names are not kept."""
    return _PATTERNS.compiled(pattern, flags.value)


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """While it lasts, patterns compiled by earlier processes are found in the folder; at its end new ones go there."""
    version = getattr(getattr(_RE, "_compiler", None), "MAGIC", 0)
    path = folder / f"patterns-{sys.implementation.cache_tag}-{version}.bin"
    _PATTERNS.load(path)
    try:
        yield
    finally:
        _PATTERNS.save(path)
