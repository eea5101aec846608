"""Every cause of failure that a user can meet: one class each, whose constructor writes the sentence.

Faults *in* a ledger are no errors of the program: they are collected as values (`beans`) and shown.  What is
raised here ends a command; `terminal` alone turns it into a message on stderr and an exit code.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class ExitCode(enum.IntEnum):
    """What the process returns; `ledgerqa --help` documents them."""

    OK = 0
    FAILURE = 1  # an error of ledgerqa itself
    USAGE = 2  # the command line or the configuration is wrong
    LEDGER = 3  # the ledger cannot be read at all
    INDEX = 4  # the index cannot be built, read or written
    NOT_ANSWERED = 5  # `ask`: the ledger cannot answer, or the question must be made clearer
    INTERRUPTED = 130  # Ctrl-C


class LedgerqaError(Exception):
    """Base of all: `str()` is one plain sentence that says what happened, where, and what to do."""

    exit_code = ExitCode.FAILURE


class LedgerMissingError(LedgerqaError):
    """The path names nothing."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: there is no such file. Check the path given by --ledger or LEDGERQA_LEDGER.")


class LedgerIsFolderError(LedgerqaError):
    """The path names a folder."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: this is a folder. Name the ledger's main file inside it.")


class LedgerUnreadableError(LedgerqaError):
    """The file cannot be opened."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: cannot be read ({reason}). Check its permissions.")


class LedgerNotTextError(LedgerqaError):
    """The file holds bytes that no Beancount ledger holds."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: this is not a text file. Name a Beancount ledger (plain text, UTF-8).")


class LedgerEmptyError(LedgerqaError):
    """Nothing was found: no directive at all."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path, errors: int) -> None:
        why = f"Beancount reported {errors} error{'s' * (errors != 1)}; `bean-check` shows them" if errors else "it is empty"
        super().__init__(f"{path}: no directive was found in this ledger: {why}.")


class LedgerCrashError(LedgerqaError):
    """Beancount's own loader raised instead of reporting."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path, where: str, reason: str) -> None:
        super().__init__(
            f"{path}: Beancount's loader crashed ({reason}) {where}. `bean-check` will crash on it too: "
            "look for an unfinished amount, cost or price near there."
        )


class NoLedgerError(LedgerqaError):
    """No ledger was named anywhere."""

    exit_code = ExitCode.USAGE

    def __init__(self, config: Path) -> None:
        super().__init__(f'No ledger named. Give --ledger FILE, set LEDGERQA_LEDGER, or put ledger = "FILE" into {config}.')


class ConfigError(LedgerqaError):
    """The configuration file cannot be understood."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Mend the file, or move it away to use the defaults.")


class BatchError(LedgerqaError):
    """A line of a --batch file is no question."""

    exit_code = ExitCode.USAGE

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f'{path}:{line}: {reason}. Each line must be a JSON object with at least a "question".')


class IndexMissingError(LedgerqaError):
    """No index was built yet for this ledger."""

    exit_code = ExitCode.INDEX

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: this ledger has no index yet. Run `ledgerqa index {path}`.")


class IndexDamagedError(LedgerqaError):
    """A file of the index is missing, or is not what was written."""

    exit_code = ExitCode.INDEX

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: the index is damaged ({reason}). Run `ledgerqa index` again to rebuild it.")


class IndexWriteError(LedgerqaError):
    """The index cannot be written."""

    exit_code = ExitCode.INDEX

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: the index cannot be written ({reason}). Free some space or check the folder's permissions.")


class IndexBusyError(LedgerqaError):
    """Another process builds this ledger's index."""

    exit_code = ExitCode.INDEX

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: another ledgerqa is indexing this ledger. Wait for it to end, then ask again.")
