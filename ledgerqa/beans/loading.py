"""Calling Beancount's loader, with every way it can end turned into a `Book` or one clear error.

Beancount keeps a pickle of what it loaded beside the ledger and unpickles it the next time.  That cache is
neither read nor written nor deleted here: its decorators are put around `loader.load_file` when the module is
imported (and `initialize(use_cache=False)` *deletes* the file), so the function underneath them is called.
"""

from __future__ import annotations

import contextlib
import decimal
import gc
import io
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledgerqa.beans.book import Book, LedgerFault, Progress
from ledgerqa.beans.inputs import today
from ledgerqa.beans.placing import printable
from ledgerqa.beans.plugins import imported, own_modules
from ledgerqa.errors import (
    LedgerCrashError,
    LedgerEmptyError,
    LedgerIsFolderError,
    LedgerMissingError,
    LedgerNotTextError,
    LedgerqaError,
    LedgerUnreadableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_LOG = logging.getLogger(__name__)


def load(path: Path, progress: Progress | None = None) -> Book:
    """Load the ledger whose main file is `path`.

    Raises `LedgerMissingError`, `LedgerIsFolderError`, `LedgerUnreadableError`, `LedgerNotTextError`,
    `LedgerEmptyError` or `LedgerCrashError`.  Faults in the ledger are in `Book.faults`.
    """
    main = check(path)
    if progress is not None:
        progress("Loading", 0, 0)
    started, day = time.time_ns(), today()
    with _quiet(), _no_collection(), own_modules() as own, decimal.localcontext(decimal.Context(prec=28)):
        directives, errors, options = _call_loader(main)
        modules, code = imported((name for name, _ in options["plugin"]), own())
    if not directives:
        raise LedgerEmptyError(main, len(errors))
    directives = [directive if _placed(directive.meta) else _place(directive) for directive in directives]
    places = {id(directive): number for number, directive in enumerate(directives)} if errors else {}
    faults = tuple(_fault(error, places) for error in errors)
    return Book(main, directives, options, faults, started, day, modules, code)


def check(path: Path) -> Path:
    """The absolute path of a ledger's main file, if it is one that can be read as text; raises as `load` does."""
    main = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - as Beancount: symlinks stay, ".." goes
    if main.is_dir():
        raise LedgerIsFolderError(main)
    try:
        content = main.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise LedgerMissingError(main) from None
    except OSError as error:
        raise LedgerUnreadableError(main, error.strerror or type(error).__name__) from error
    if b"\0" in content and not _encrypted(main):
        raise LedgerNotTextError(main)
    return main


def _encrypted(main: Path) -> bool:
    from beancount.utils import encryption

    return bool(encryption.is_encrypted_file(str(main)))


def _call_loader(main: Path) -> tuple[list[Any], list[Any], dict[str, Any]]:
    from beancount import loader

    try:
        # The uncached loader; it also decrypts, and unlike `load_file` then keeps the name of the file.
        return loader._load([(str(main), True)], None, None, None)  # noqa: SLF001
    except (KeyboardInterrupt, MemoryError):
        raise
    except OSError as error:  # of an included file, or of gpg
        raise _unreadable(main, error) from error
    except BaseException as error:  # a plugin may call sys.exit
        raise _crash(main, error) from error


def _unreadable(main: Path, error: OSError) -> LedgerqaError:
    if error.filename == "gpg":
        return LedgerUnreadableError(main, "it is encrypted, and gpg is not installed")
    if isinstance(error.filename, str):
        return LedgerUnreadableError(Path(error.filename), error.strerror or type(error).__name__)
    return LedgerUnreadableError(main, " ".join(str(error).split()))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what plugins print away from stdout, which is the answer's.

    What Python prints goes to the log; what a process that a plugin starts prints, to stderr.
    """
    printed = io.StringIO()
    try:
        with _stdout_to_stderr(), contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if text := printed.getvalue().strip():
            _LOG.info("printed while the ledger was loaded: %s", text)


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    """Let the process's standard output lead to its standard error, also for its children."""
    try:
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:  # one of them is closed: nothing can be printed there
        yield
        return
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """No cyclic garbage collection while millions of objects are made that all stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _crash(main: Path, error: BaseException) -> LedgerqaError:
    reason = f"{type(error).__name__}: {error}".rstrip(": ").split("\n", 1)[0]
    return LedgerCrashError(main, _crash_place(error.__traceback__), reason)


def _crash_place(traceback: TracebackType | None) -> str:
    """The place in the ledger nearest to the crash: that of the innermost frame that knows a file, or a line too."""
    file = place = module = ""
    while traceback is not None:
        variables = traceback.tb_frame.f_locals
        module = str(traceback.tb_frame.f_globals.get("__name__"))
        traceback = traceback.tb_next
        metas = (_meta_of(variables.get(name)) for name in ("posting", "entry", "meta"))
        known = next((meta for meta in metas if meta), variables)
        name, line = known.get("filename"), known.get("lineno")
        if isinstance(name, str) and not name.startswith("<"):
            file = name
            if isinstance(line, int):
                place = f"near {name}:{line}"
    return place or (f"while it read {file}" if file else f"in the Python module {module}")


def _meta_of(value: Any) -> dict[str, Any] | None:
    meta = value if isinstance(value, dict) else getattr(value, "meta", None)
    return meta if isinstance(meta, dict) and "filename" in meta and "lineno" in meta else None


def _placed(meta: Any) -> bool:
    return isinstance(meta, dict) and isinstance(meta.get("filename"), str) and isinstance(meta.get("lineno"), int)


def _place(directive: Any) -> Any:
    """A directive of a plugin that gave it no place, with one that is none."""
    meta = directive.meta if isinstance(directive.meta, dict) else {}
    return directive._replace(meta={**meta, "filename": "<plugin>", "lineno": 0})


def _fault(error: Any, places: dict[int, int]) -> LedgerFault:
    """A reported error as a value.  Plugins make their own error types: trust none of the fields."""
    source = getattr(error, "source", None)
    source = source if isinstance(source, dict) else {}
    file, line = source.get("filename"), source.get("lineno")
    if not isinstance(file, str) or file.startswith("<"):
        file, line = "", 0
    entry = getattr(error, "entry", None)
    if isinstance(entry, list) and entry:
        entry = entry[0]
    message = _short(printable(str(getattr(error, "message", error))))
    return LedgerFault(type(error).__name__, message, file, line if isinstance(line, int) else 0, places.get(id(entry)))


def _short(message: str) -> str:
    """A message without the Python traceback that Beancount puts into those of plugins, or Python's words."""
    if message.startswith("UnicodeDecodeError"):
        return "This is not UTF-8, and was left out. Save the file as UTF-8."
    head, mark, trace = message.partition("Traceback (most recent call last):")
    if not mark:
        return message.strip()
    last = next((line.strip() for line in reversed(trace.splitlines()) if line.strip()), "")
    return f"{head.strip()} {last}".strip()
