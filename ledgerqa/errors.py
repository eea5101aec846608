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
        why = (
            f"Beancount reported {errors} error{'s' * (errors != 1)}; `bean-check` shows them"
            if errors
            else "it is empty"
        )
        super().__init__(f"{path}: no directive was found in this ledger: {why}.")


class LedgerCrashError(LedgerqaError):
    """Beancount's own loader raised instead of reporting."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path, where: str, reason: str) -> None:
        super().__init__(
            f"{path}: Beancount's loader crashed ({reason}) {where}. `bean-check` will crash on it too: "
            "look for an unfinished amount, cost or price near there."
        )


class LedgerBrokenError(LedgerqaError):
    """The syntax has faults that it had not before: somebody is typing in it; `faults` are such as "main:12: …"."""

    exit_code = ExitCode.LEDGER

    def __init__(self, path: Path, faults: list[str]) -> None:
        more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
        super().__init__(
            f"{path}: the ledger has errors now, so its index stays as it was ({faults[0]}{more}). "
            "Mend it, or run `ledgerqa reindex` to index it as it is."
        )


class NoLedgerError(LedgerqaError):
    """No ledger was named anywhere."""

    exit_code = ExitCode.USAGE

    def __init__(self, config: Path) -> None:
        super().__init__(
            f'No ledger named. Give --ledger FILE, set LEDGERQA_LEDGER, or put ledger = "FILE" into {config}.'
        )


class LedgerUnknownError(LedgerqaError):
    """A bare name that is neither a file nor a configured ledger."""

    exit_code = ExitCode.LEDGER

    def __init__(self, name: str, known: list[str], config: Path) -> None:
        super().__init__(f'There is no ledger or file called "{name}". {config} names: {", ".join(known)}.')


class ConfigError(LedgerqaError):
    """The configuration file, or a variable of the environment, cannot be understood."""

    exit_code = ExitCode.USAGE

    def __init__(
        self, path: Path | str, reason: str, remedy: str = "Mend the file, or move it away to use the defaults."
    ) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")


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
        super().__init__(
            f"{path}: the index cannot be written ({reason}). Free some space or check the folder's permissions."
        )


class IndexBusyError(LedgerqaError):
    """Another process builds this ledger's index."""

    exit_code = ExitCode.INDEX

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: another ledgerqa is indexing this ledger. Wait for it to end, then ask again.")


class ScheduleError(LedgerqaError):
    """A daily reindex cannot be installed or taken away."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the schedule stays as it was ({reason}). `ledgerqa schedule` prints what to install by hand."
        )


class BackendMissingError(LedgerqaError):
    """A package that runs models is not installed."""

    exit_code = ExitCode.USAGE

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"{package} is not installed. Run `pip install 'ledgerqa[{extra}]'`, or ask with --reader none."
        )


class ModelMissingError(LedgerqaError):
    """The weights of a model are nowhere on this machine."""

    def __init__(self, model: str, remedy: str) -> None:
        super().__init__(f"{model}: this model is not on this machine. {remedy}")


class ModelDamagedError(LedgerqaError):
    """Weights are not, byte for byte, those that were published or pulled."""

    def __init__(self, path: Path, expected: str, found: str) -> None:
        super().__init__(
            f"{path}: these weights are damaged or not the published ones (sha256 {found[:12]}…, expected "
            f"{expected[:12]}…). Install or pull the model again."
        )


class ModelUnusableError(LedgerqaError):
    """The file is whole, as far as is known, and yet cannot be used as this model."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: this model cannot be used ({reason}). Name another one, or ask with --reader none.")


class GpuMissingError(LedgerqaError):
    """A GPU was asked for and llama.cpp cannot use one."""

    exit_code = ExitCode.USAGE

    def __init__(self, reason: str) -> None:
        super().__init__(f"--device gpu: {reason}. Build llama-cpp-python for your GPU, or use --device auto or cpu.")


class ContextFullError(LedgerqaError):
    """More text was given to the reader than its context holds."""

    def __init__(self, needed: int, capacity: int) -> None:
        super().__init__(
            f"The reader was given {needed:,} tokens and holds {capacity:,}. Lower the passages' budget or raise the context."
        )


class RemoteReaderError(LedgerqaError):
    """A server beyond this machine was named by something else than the user's own configuration."""

    exit_code = ExitCode.USAGE

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: this server is not on this machine, so nothing was sent. Name it in your configuration to use it."
        )


class ReaderUrlError(LedgerqaError):
    """The reader's address is no http(s) URL."""

    exit_code = ExitCode.USAGE

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: this is no server's address. Write it as http://HOST:PORT/v1.")


class ReaderUnreachableError(LedgerqaError):
    """No server answers at the reader's address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: the reader's server cannot be reached ({reason}). Start it, or check the URL.")


class ReaderRefusedError(LedgerqaError):
    """The reader's server answered with an error."""

    def __init__(self, url: str, status: int, reason: str) -> None:
        hints = {401: "Check the API key.", 403: "Check the API key.", 404: "Check the URL and the model's name."}
        hint = hints.get(status, "See that server's log.")
        self.status = status
        super().__init__(f"{url}: the reader's server refused the request (HTTP {status}: {reason}). {hint}")


class ReaderTimeoutError(LedgerqaError):
    """The reader's server fell silent."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(
            f"{url}: the reader's server was silent for {seconds:g} s. Try again, or raise the reader's timeout."
        )


class ReaderStreamError(LedgerqaError):
    """What the reader's server sent is no chat completion, or it broke off."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url}: the reader's answer is broken ({reason}). Check that this is an OpenAI-compatible server."
        )


class ModelNameError(LedgerqaError):
    """What was to be pulled is not named as REPOSITORY/FILE."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r}: name a file on the hub as OWNER/REPOSITORY/FILE, such as org/model-GGUF/model-q4.gguf."
        )


class PullError(LedgerqaError):
    """A model could not be fetched; what has come so far is kept and the next pull goes on from there."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: the model could not be pulled ({reason}). Run the same command again to go on.")


class BenchError(LedgerqaError):
    """A part that `bench` ran in a process of its own failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"a measurement failed: {reason}. Run `ledgerqa index` on the same ledger to see whether it can be read."
        )


class PhrasingError(LedgerqaError):
    """A line of the planner's training data that cannot be read."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}. Mend the line; the format is described in FORMAT.md beside it.")


class PlanUnusableError(LedgerqaError):
    """A language model was asked for a plan, and what it gave is none."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The language model gave no plan that can be used ({reason}). Use --planner rules without it."
        )


class PlannerDamagedError(LedgerqaError):
    """The trained planner is not what was made, or was made for another encoder."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Install ledgerqa again, or use --planner rules.")


class ChatsUnusableError(LedgerqaError):
    """The file that keeps conversations cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: chats cannot be kept ({reason}). Move the file away, or chat with --no-history.")


class ChatUnknownError(LedgerqaError):
    """No kept conversation is called so."""

    exit_code = ExitCode.USAGE

    def __init__(self, named: str) -> None:
        super().__init__(f'No kept chat of this ledger is called "{named}". `ledgerqa chat` and Ctrl+O list them.')


class NoEditorError(LedgerqaError):
    """An entry is to be opened, and there is nothing to open it with."""

    def __init__(self, named: str = "") -> None:
        what = f'The editor "{named}" was not found' if named else "No editor was found"
        super().__init__(f"{what}. Set EDITOR to one that is installed, such as vim, nano or code.")
