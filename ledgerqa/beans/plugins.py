"""The Python code that a ledger brings along: told from what is installed, and read anew at each load.

A process that stays (a chat, `ledgerqa watch`) would otherwise run a plugin as it was when it was first imported.  No
bytecode is written either: it would stand in the ledger's folder, and Python takes it for fresh by whole seconds.
"""

from __future__ import annotations

import contextlib
import sys
import sysconfig
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_INSTALLED = ("site-packages", "dist-packages")
_PROGRAMS = ("ledgerqa", "beancount", "__main__")


@contextlib.contextmanager
def own_modules() -> Iterator[Callable[[], list[str]]]:
    """While a ledger is loaded: gives a function that names the modules imported since, and not installed.

    They are forgotten afterwards.
    """
    before, writes = set(sys.modules), sys.dont_write_bytecode
    standard = tuple(sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))

    def own() -> list[str]:
        found = []
        for name in sys.modules.keys() - before:
            file = file_of(name)
            installed = not file or file.startswith(standard) or any(f"/{part}/" in file for part in _INSTALLED)
            if not installed and name.partition(".")[0] not in _PROGRAMS:
                found.append(name)
        return found

    sys.dont_write_bytecode = True
    try:
        yield own
    finally:
        sys.dont_write_bytecode = writes
        for name in own():
            sys.modules.pop(name, None)


def file_of(module: str) -> str:
    """The file of an imported module; "" where it has none."""
    file = getattr(sys.modules.get(module), "__file__", None)
    return file if isinstance(file, str) else ""


def imported(plugins: Iterable[str], own: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Of these plugins those that are imported, and the files of their code and of the modules `own`.

    Of a plugin that is installed, its module and those below it count, not what it imports from elsewhere.
    """
    there = frozenset(name for name in plugins if name in sys.modules)
    below = {name for name in sys.modules if any(name == each or name.startswith(f"{each}.") for each in there)}
    return there, frozenset(file for name in below | {*own} if (file := file_of(name)))
