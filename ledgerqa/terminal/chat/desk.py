"""What a conversation works at: one ledger's open index, the models, and questions answered over them.

Nothing here knows how it is shown.  A desk may be used by several threads: an index is closed when nobody reads it
any more, one question is answered at a time, and a question that was cancelled gives way at its next step.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from ledgerqa.errors import IndexDamagedError, IndexMissingError, LedgerqaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ledgerqa.agent import Event
    from ledgerqa.backends.opening import AnyReader, Models
    from ledgerqa.corpus import Index
    from ledgerqa.records import Answer, IndexInfo, Plan
    from ledgerqa.settings import Settings


class CancelledError(Exception):
    """The question was taken back."""


@dataclass
class _Held:
    """An open index, how many read it, and whether it is to be closed after the last of them."""

    index: Index
    readers: int = 0
    retired: bool = False


@dataclass(frozen=True)
class ModelNames:
    """What took its place behind the desk: "" where there is none."""

    encoder: str = ""
    reader: str = ""
    device: str = ""


@dataclass
class Desk:
    """One ledger with its index and models; `today` None is the day on which each question is put.

    `remarks` is what models said of themselves before anybody heeded it.
    """

    settings: Settings
    today: dt.date | None = None
    remarks: list[str] = field(default_factory=list)
    _heeding: Callable[[str], None] | None = None
    _held: _Held | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _asking: threading.Lock = field(default_factory=threading.Lock)
    _models: Models | None = None
    _interruptible: _Interruptible | None = None
    _cancelled: threading.Event = field(default_factory=threading.Event)

    # ------------------------------------------------------------------------------------------------ the index

    @property
    def ledger(self) -> Path:
        """The main file."""
        return self.settings.ledger_file()

    def take(self, ledger: Path) -> None:
        """The ledger, where none was named before."""
        self.settings = replace(self.settings, ledger=str(ledger))

    @property
    def info(self) -> IndexInfo | None:
        """The index that answers; None before there is one."""
        with self._lock:
            return self._held.index.info if self._held else None

    def open(self) -> bool:
        """Open the newest generation, unless it is open already; whether there is one that can be read."""
        from ledgerqa.corpus import open_index

        try:
            opened = open_index(self.ledger, self.settings.data_dir)
        except (IndexMissingError, IndexDamagedError):
            return False
        with self._lock:
            before = self._held
            if before and before.index.info.generation == opened.info.generation:
                opened.close()
                return True
            self._held = _Held(opened)
            if before:
                self._retire(before)
        return True

    def is_stale(self) -> bool:
        """Whether there is no index, or the ledger has changed since it was built."""
        with self._lock:
            if self._held is None:
                return True
        with self.reading() as index:
            return index.is_stale()

    def superseded(self) -> bool:
        """Whether another process has put a newer generation in force."""
        from ledgerqa.corpus.freshness import superseded

        with self.reading() as index:
            return superseded(index)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Index]:
        """The index in force, kept open while it is read; raises `IndexMissingError` before there is one."""
        with self._lock:
            held = self._held
            if held is None:
                raise IndexMissingError(self.ledger)
            held.readers += 1
        try:
            yield held.index
        finally:
            with self._lock:
                held.readers -= 1
                if held.retired and not held.readers:
                    held.index.close()

    def close(self) -> None:
        """Close the index as soon as nobody reads it."""
        with self._lock:
            held, self._held = self._held, None
            if held:
                self._retire(held)

    @staticmethod
    def _retire(held: _Held) -> None:
        held.retired = True
        if not held.readers:
            held.index.close()

    # --------------------------------------------------------------------------------------------------- models

    def models(self) -> Models:
        """The models of the settings, none opened yet."""
        from ledgerqa.backends.opening import models_of

        with self._lock:
            if self._models is None:
                self._models = models_of(self.settings, self._remark)
            return self._models

    def _remark(self, text: str) -> None:
        with self._lock:
            if self._heeding is None:
                self.remarks.append(text)
                return
        self._heeding(text)

    def heed(self, heeding: Callable[[str], None]) -> None:
        """Hand over what was remarked so far, and from now on each remark as it is made, in whatever thread it is."""
        with self._lock:
            self._heeding, gathered = heeding, self.remarks[:]
            self.remarks.clear()
        for text in gathered:
            heeding(text)

    def warm(self) -> ModelNames:
        """Load the modules and models that questions need, so that the first need not wait for them."""
        import ledgerqa.agent
        import ledgerqa.dialog
        import ledgerqa.evidence
        import ledgerqa.grounding  # noqa: F401 - loaded for those that come

        models = self.models()
        models.planner()
        encoder, reader = models.encoder(), models.reader()
        device = self.settings.device if self.settings.device != "auto" else self._device()
        return ModelNames(encoder.name if encoder else "", reader.name if reader else "", device)

    @staticmethod
    def _device() -> str:
        """Where "auto" puts the models."""
        try:
            from ledgerqa.backends.device import use_gpu
            from ledgerqa.backends.llama_runtime import describe

            _, offload, _ = describe()
        except (LedgerqaError, ImportError):
            return ""
        return "gpu" if use_gpu("auto", gpu_offload=offload) else "cpu"

    # ---------------------------------------------------------------------------------------------------- asking

    def day(self) -> dt.date:
        """What "last month" counts from."""
        return self.today or dt.datetime.now().astimezone().date()

    def ask(self, question: str, history: Sequence[str], cancelled: threading.Event) -> Iterator[tuple[Event, Index]]:
        """The events of an answer with the index they rest on; raises `CancelledError` soon after it is set."""
        from ledgerqa.agent import ask

        models = replace(self.models(), reader=self._reader)
        with self._asking, self.reading() as index:
            _check(cancelled)
            self._cancelled = cancelled
            for event in ask(question, index, self.day(), history, models, self.settings.fiscal_start_month):
                _check(cancelled)
                yield event, index

    def _reader(self) -> AnyReader | None:
        """The reader behind something that can be interrupted: one for all questions, as caches go by it."""
        reader = self.models().reader()
        if reader is None:
            return None
        if self._interruptible is None:
            self._interruptible = _Interruptible(reader)
        self._interruptible.cancelled = self._cancelled
        return cast("AnyReader", self._interruptible)

    def ask_again(self, question: str, history: Sequence[str]) -> tuple[Answer, Index]:
        """The exact answer to a question of a conversation that was kept, over the ledger as it is now."""
        from ledgerqa.agent import answer
        from ledgerqa.backends.opening import NO_MODELS

        models = replace(self.models(), reader=NO_MODELS.reader)
        with self._asking, self.reading() as index:
            return answer(question, index, self.day(), history, models, self.settings.fiscal_start_month), index

    def ask_plan(self, question: str, plan_over: Callable[[Index], Plan]) -> tuple[Answer, Index]:
        """The exact answer to a plan that was changed by hand, for the index in force; the reader is left out."""
        from ledgerqa.agent import answer_plan

        with self._asking, self.reading() as index:
            return answer_plan(question, plan_over(index), index, self.day()), index


def _check(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise CancelledError


class _Interruptible:
    """Stands before a reader of either protocol, and asks before each step whether anybody still listens."""

    _STEPS = frozenset({"start", "encode_passages", "restore", "fuse", "step"})

    def __init__(self, reader: AnyReader) -> None:
        self._reader = reader
        self.cancelled = threading.Event()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._reader, name)  # what a reader has not, this has not either
        if name in self._STEPS:
            _check(self.cancelled)
        return self._heard(found) if name == "complete" else found

    def _heard(self, complete: Callable[..., Iterator[str]]) -> Callable[..., Iterator[str]]:
        """A server's text, as far as anybody listens."""

        def heard(*arguments: Any) -> Iterator[str]:
            for piece in complete(*arguments):
                _check(self.cancelled)
                yield piece

        return heard
