"""What a load depended on, so that the next one can be left out where nothing of it has changed.

Files go by size and times, and where only these differ, by content.  Beside the files that Beancount read there are
names that it looked for in vain, folders that it searched (include patterns, documents), the code of plugins, and the
programs themselves.  A plugin that is not Beancount's own may count from the day it runs, so such a load holds for a
day.  Not noticed: what a plugin reads beside its own code, and new includes inside encrypted files.

Whether a file is as it was is told without Beancount, and without reading it in the usual case.  A file's times are
trusted only where they are older than the load by `YOUNG_NS`: one written twice within the same tick of a file
system's clock would look unchanged (the "racy" problem of git's index).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import glob
import hashlib
import importlib.machinery
import importlib.metadata
import os
import re
import sys
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ledgerqa import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

YOUNG_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT's) ticks every two seconds."""
_DATED = re.compile(r"\d{4}-\d\d-\d\d.")
"""The names of files that Beancount takes from a documents folder."""


@dataclass(frozen=True)
class FileStamp:
    """A file as it was loaded.  The times are 0 where they cannot be trusted; `sha256` is "" where nothing can."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str


@dataclass(frozen=True)
class Inputs:
    """All that a load depended on.

    Of `present` and `absent` only that they are there, or not, matters; `missing` are modules that could not be
    imported; `patterns` may match more files one day; `folders` are documents folders, each with a hash of the names
    in it; `day` is that of the load where it may matter ("": it cannot); `programs` are the versions of ledgerqa and
    Beancount.
    """

    files: tuple[FileStamp, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    folders: tuple[tuple[str, str], ...] = ()
    day: str = ""
    programs: str = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Inputs:
        """What `to_json` gave; raises KeyError, TypeError or ValueError where it is something else."""
        return cls(
            tuple(FileStamp(**stamp) for stamp in fields["files"]),
            tuple(fields["present"]),
            tuple(fields["absent"]),
            tuple(fields["missing"]),
            tuple(fields["patterns"]),
            tuple((path, digest) for path, digest in fields["folders"]),
            str(fields["day"]),
            str(fields["programs"]),
        )


class Found(NamedTuple):
    """What a load met beside its ledger files: imported plugins' `modules`, the files of their `code`, `documents`."""

    started_ns: int
    day: str
    modules: frozenset[str]
    code: frozenset[str]
    documents: frozenset[str]
    patterns: tuple[str, ...]


class Verdict(NamedTuple):
    """`changed` says what has changed since the load ("": nothing); `inputs` are the same with newer times."""

    changed: str
    inputs: Inputs


def programs() -> str:
    """The versions that an index depends on."""
    return f"ledgerqa {__version__}, beancount {importlib.metadata.version('beancount')}"


def today() -> str:
    """The local day."""
    return dt.datetime.now().astimezone().date().isoformat()


def read(path: str, started_ns: int) -> tuple[FileStamp, bytes]:
    """A file of a load that began at `started_ns`, and its content; raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123 - a name may hold bytes that are no text
        before = os.fstat(file.fileno())
        content = file.read()
        after = os.fstat(file.fileno())
    return _stamp(path, before, after, hashlib.sha256(content).hexdigest(), started_ns), content


def stamp(path: str, started_ns: int = 0) -> FileStamp | None:
    """The same without the content; None where it cannot be read.  Without a load, as it is now."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            before = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            after = os.fstat(file.fileno())
    except OSError:
        return None
    return _stamp(path, before, after, digest, started_ns)


def _stamp(path: str, before: os.stat_result, after: os.stat_result, digest: str, started_ns: int) -> FileStamp:
    now = time.time_ns()
    newest = max(_times(after))
    written = bool(started_ns) and started_ns <= newest <= now
    if written or _times(before) != _times(after):
        return FileStamp(path, after.st_size, 0, 0, "")
    young = newest > (started_ns or now) - YOUNG_NS
    mtime_ns, ctime_ns = (0, 0) if young else _times(after)
    return FileStamp(path, after.st_size, mtime_ns, ctime_ns, digest)


def _times(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_ctime_ns


def dated_names(folder: str) -> str:
    """A hash of the names of all files below a documents folder that Beancount would make directives of."""
    found = sorted(
        os.path.join(root, name)  # noqa: PTH118
        for root, _, names in os.walk(folder)
        for name in names
        if _DATED.match(name)
    )
    return hashlib.sha256(os.fsencode("\0".join(found))).hexdigest() if os.path.isdir(folder) else ""  # noqa: PTH112


def compare(inputs: Inputs) -> Verdict:
    """What has changed since the load, as far as the first difference; the quick tests come first."""
    if inputs.programs != programs():
        return Verdict(f"it was loaded by {inputs.programs}", inputs)
    if inputs.day and inputs.day != today():
        return Verdict("it has plugins that may depend on the day", inputs)
    stamps: list[FileStamp] = []
    doubtful: list[int] = []
    for known in inputs.files:
        try:
            status = os.stat(known.path)  # noqa: PTH116
        except OSError:
            return Verdict(f"{known.path} is gone", inputs)
        if status.st_size != known.size or not known.sha256:
            return Verdict(f"{known.path} has changed", inputs)
        if (known.mtime_ns, known.ctime_ns) != _times(status):
            doubtful.append(len(stamps))
        stamps.append(known)
    if changed := _appeared(inputs):
        return Verdict(changed, inputs)
    for place in doubtful:
        newer = stamp(stamps[place].path)
        if newer is None or newer.sha256 != stamps[place].sha256:
            return Verdict(f"{stamps[place].path} has changed", inputs)
        stamps[place] = newer
    return Verdict("", replace(inputs, files=tuple(stamps)) if doubtful else inputs)


def _appeared(inputs: Inputs) -> str:
    """What is there now and was not, or is there no more; "" where all is as it was."""
    for path in inputs.present:
        if not os.path.exists(path):  # noqa: PTH110
            return f"{path} is gone"
    for path in inputs.absent:
        if os.path.exists(path):  # noqa: PTH110
            return f"{path} is there now"
    known = {each.path for each in inputs.files}
    for pattern in inputs.patterns:
        for found in glob.iglob(pattern, recursive=True):  # noqa: PTH207
            if os.path.normpath(found) not in known:
                return f"{found} is new"
    for folder, digest in inputs.folders:
        if dated_names(folder) != digest:
            return f"the documents in {folder} have changed"
    for module in inputs.missing:
        if _importable(module):
            return f"the plugin {module} is installed now"
    return ""


def _importable(module: str) -> bool:
    """Whether the package that `module` belongs to is installed, told without importing anything."""
    installed = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    with contextlib.suppress(ImportError, ValueError):
        return importlib.machinery.PathFinder.find_spec(module.partition(".")[0], installed) is not None
    return False


def recorded(main: str, options: Mapping[str, Any], files: tuple[FileStamp, ...], found: Found) -> Inputs:
    """The inputs of a load of `main`, whose ledger files are `files`."""
    plugins = [str(name) for name, _ in options["plugin"]]
    folder = os.path.dirname(main)  # noqa: PTH120
    missing = [name for name in plugins if name not in found.modules]
    absent = {
        os.path.join(base, *name.split("."), *end)  # noqa: PTH118
        for base in {folder, *options.get("pythonpath", ())}
        for name in missing
        for end in ((), ("__init__.py",))
    }
    absent = {path if path.endswith(".py") else f"{path}.py" for path in absent}
    code = [stamp(path, found.started_ns) for path in sorted(found.code)]
    documents = sorted({os.path.normpath(os.path.join(folder, name)) for name in options.get("documents", ())})  # noqa: PTH118
    there = {path: os.path.exists(path) for path in found.documents}  # noqa: PTH110
    foreign = any(name.partition(".")[0] != "beancount" for name in plugins)
    return Inputs(
        files=(*files, *(each for each in code if each is not None)),
        present=tuple(sorted(path for path in there if there[path])),
        absent=tuple(sorted({*(path for path in there if not there[path]), *absent})),
        missing=tuple(sorted(name for name in missing if not _importable(name))),
        patterns=tuple(sorted(set(found.patterns))),
        folders=tuple((path, dated_names(path)) for path in documents),
        day=found.day if foreign else "",
        programs=programs(),
    )


def signature(inputs: Inputs) -> tuple[object, ...]:
    """How the files stand now, so that a ledger that could not be taken in is tried again when they stand otherwise."""
    found: list[object] = []
    paths = {each.path for each in inputs.files}
    for pattern in inputs.patterns:
        paths.update(glob.iglob(pattern, recursive=True))  # noqa: PTH207
    for path in sorted(paths | {*inputs.absent, *inputs.present}):
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            found.append((path, None))
        else:
            found.append((path, status.st_size, *_times(status)))
    return (*found, *((folder, dated_names(folder)) for folder, _ in inputs.folders))


def places(inputs: Inputs) -> set[str]:
    """The folders in which something may happen that `compare` would notice; those of documents with all below."""
    files = {*(each.path for each in inputs.files), *inputs.absent, *inputs.present}
    found = {os.path.dirname(path) for path in files}  # noqa: PTH120
    for pattern in inputs.patterns:
        base = os.path.dirname(pattern)  # noqa: PTH120
        while glob.has_magic(base):
            base = os.path.dirname(base)  # noqa: PTH120
        found.add(base)
        if "**" in pattern or glob.has_magic(os.path.dirname(pattern)):  # noqa: PTH120
            found.update(root for root, _, _ in os.walk(base))
    for folder, _ in inputs.folders:
        found.add(os.path.dirname(folder))  # noqa: PTH120
        found.update(root for root, _, _ in os.walk(folder))
    return {_there(folder) for folder in found}


def _there(folder: str) -> str:
    """The folder, or the nearest above it that is there."""
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):  # noqa: PTH112, PTH120
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder
