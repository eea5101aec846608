"""The encoder and the reader that the settings name, opened when first needed and not before.

"default" is what the extra `offline` brings: where it is not installed there is no model, and nobody is told.  Where
a model that the user named is missing, that is told, and exact answers go on without it.  Importing this module brings
neither NumPy nor llama.cpp.
"""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Generic, TypeVar

from ledgerqa.backends.files import MINILM, SMOLLM2, find, packaged, packaged_path, sha256_of, verify
from ledgerqa.errors import (
    BackendMissingError,
    GpuMissingError,
    LedgerqaError,
    ModelDamagedError,
    ModelMissingError,
    ModelUnusableError,
    PlannerDamagedError,
)
from ledgerqa.settings import DEFAULT, NONE, PASSAGE_TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledgerqa.backends.files import ModelFile
    from ledgerqa.backends.protocols import ChatReader, Device, Encoder, Reader, Understander
    from ledgerqa.settings import Fusion, Settings

    AnyReader = Reader | ChatReader

Opened = TypeVar("Opened")

GGUF = ".gguf"
# How many threads NumPy's matrix products take, as OpenBLAS reads it when NumPy is imported: the first that is set.
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
# What a default model may fail by without failing the question: exact answers need none.
FAULTS = (
    ModelDamagedError,
    ModelUnusableError,
    BackendMissingError,
    ModelMissingError,
    PlannerDamagedError,
    ImportError,
    OSError,
    RuntimeError,
)


# ------------------------------------------------------------------------------------------- opening by name


def open_encoder(encoder: str, device: Device, data_dir: Path) -> Encoder | None:
    """The encoder called so; None for "none", and for "default" where the extra is not installed.

    Raises ModelMissingError, ModelDamagedError, ModelUnusableError, BackendMissingError or GpuMissingError.
    """
    if encoder == NONE or (encoder == DEFAULT and not default_encoder_installed()):
        return None
    if encoder == DEFAULT:
        from ledgerqa.backends.gguf_encoder import default_encoder

        return default_encoder(data_dir, device)
    if encoder.casefold().endswith(GGUF):
        from ledgerqa.backends.gguf_encoder import GgufEncoder

        return GgufEncoder(verify(find(encoder, data_dir), data_dir), device)
    from ledgerqa.backends.sentence_encoder import SentenceEncoder

    return SentenceEncoder(encoder, data_dir, device)


def open_reader(
    reader: str, model: str, device: Device, data_dir: Path, *, configured: bool = False, key: str = ""
) -> AnyReader | None:
    """The reader called so; None for "none", and for "default" where the extra is not installed.

    `model` and `key` are for a server, which is not asked anything yet; `configured` says that the user's own
    configuration names it (else another machine's raises RemoteReaderError).  Raises as `open_encoder`.
    """
    if reader == NONE or (reader == DEFAULT and not default_reader_installed()):
        return None
    if is_server(reader):
        from ledgerqa.backends.openai_reader import OpenAIReader

        return OpenAIReader(reader, model, key, configured=configured)
    file = packaged(SMOLLM2) if reader == DEFAULT else find(reader, data_dir)
    from ledgerqa.backends.llama_reader import LlamaReader

    return LlamaReader(verify(file, data_dir), device)


def is_server(reader: str) -> bool:
    """Whether a reader is named by a server's address."""
    return reader.startswith(("http://", "https://"))


def default_encoder_installed() -> bool:
    """Whether the default encoder can be opened, as far as can be told without importing anything."""
    return packaged_path(MINILM) is not None and find_spec("llama_cpp") is not None


def default_planner_installed() -> bool:
    """The same of the trained planner: the encoder's weights are enough, for NumPy runs it."""
    return packaged_path(MINILM) is not None


def default_reader_installed() -> bool:
    """The same of the default reader."""
    return packaged_path(SMOLLM2) is not None and find_spec("llama_cpp") is not None


def known_encoder(encoder: str, data_dir: Path) -> tuple[str, str] | None:
    """Name and sha256 of the encoder, where they can be told without loading it (None: no encoder, or not there).

    Vectors go by them.
    """
    try:
        return _identified(encoder, data_dir)
    except (LedgerqaError, ImportError):
        return None


def _identified(encoder: str, data_dir: Path) -> tuple[str, str] | None:
    """The same; raises ModelMissingError, BackendMissingError or ImportError for a named one that is not there."""
    if encoder == DEFAULT:
        return (MINILM.name, MINILM.sha256) if default_encoder_installed() else None
    if encoder == NONE:
        return None
    if encoder.casefold().endswith(GGUF):
        file = _runnable(find(encoder, data_dir))
        return file.name, sha256_of(file.path, data_dir)
    if find_spec("numpy") is None or find_spec("sentence_transformers") is None:
        raise ModelMissingError(encoder, "Install ledgerqa[encoders] for it, or leave it out for the default encoder.")
    from ledgerqa.backends.sentence_encoder import identity

    return identity(encoder, data_dir)


# -------------------------------------------------------------------------------------- for a whole process


class Once(Generic[Opened]):
    """Opens at the first call and gives the same at each later one; threads that come meanwhile wait."""

    def __init__(self, opening: Callable[[], Opened]) -> None:
        self._opening = opening
        self._opened: list[Opened] = []
        self._lock = threading.Lock()

    def __call__(self) -> Opened:
        """What was opened."""
        with self._lock:
            if not self._opened:
                self._opened.append(self._opening())
            return self._opened[0]


def _none() -> None:
    """No model."""


def _unsaid(_remark: str) -> None:
    """Nobody to tell."""


@dataclass(frozen=True)
class Models:
    """What a flow may use of models.  Each is opened by its first call; None where there is none.

    `encoder_sha256` is known before the encoder is opened ("": not known, or no encoder), so that nobody opens one
    where the index holds no vectors of it.  `complete` makes vectors that an index lacks, for a question that only
    they can answer; without it, such a question makes do with those that are there.
    """

    encoder: Callable[[], Encoder | None] = _none
    reader: Callable[[], AnyReader | None] = _none
    planner: Callable[[], Understander | None] = _none
    fusion: Fusion = "fid"
    encoder_sha256: str = ""
    data_dir: Path | None = None
    passage_tokens: int = PASSAGE_TOKENS
    writer: Callable[[], AnyReader | None] | None = None  # the model that plans; None where none is to
    remark: Callable[[str], None] = _unsaid
    complete: Callable[[], None] | None = None

    def plan_ahead(self, question: str) -> None:
        """Let the planner be opened and read `question` beside whatever is done next.  Faults are met later.

        What it understood it still knows when it is asked again.
        """

        def opening() -> None:
            with contextlib.suppress(Exception):
                if planner := self.planner():
                    planner.understand(question)

        if self.planner is not _none and self.writer is None:
            threading.Thread(target=opening, name="planner").start()

    @property
    def reads(self) -> bool:
        """Whether there may be a reader: it is opened by its first call, and may yet turn out to be none."""
        return self.reader is not _none

    @property
    def any(self) -> bool:
        """Whether there may be a model at all."""
        return self.reads or bool(self.encoder_sha256)


NO_MODELS = Models()


def models_of(settings: Settings, remark: Callable[[str], None]) -> Models:
    """The models that the settings name, none of them open yet.

    A default model that is there but cannot be used is told by `remark`, once, and left out.  So is a model
    that the user named and that is not on this machine, at once: exact answers need none.  Any other fault of a model
    that the user named raises, when it is opened.
    """
    _one_blas_thread()
    known = _known_or_said(settings, remark)
    reader: Callable[[], AnyReader | None] = NO_MODELS.reader
    if _reader_there(settings, remark):
        reader = Once(lambda: reader_of(settings, remark))
    return Models(
        encoder=Once(lambda: encoder_of(settings, remark)),
        reader=reader,
        planner=Once(lambda: planner_of(settings, remark)),
        fusion=settings.fusion,
        encoder_sha256=known[1] if known else "",
        data_dir=settings.data_dir,
        passage_tokens=settings.passage_tokens,
        writer=reader if settings.planner == "llm" else None,
        remark=remark,
    )


def _one_blas_thread() -> None:
    """Let NumPy, where it is not imported yet, multiply on one thread, unless the user's environment says otherwise.

    What is multiplied at a question is small, and OpenBLAS's threads spin while they wait for one another: on two
    busy cores they made the import of NumPy 70 ms longer, a product with 6,555 vectors 13 ms instead of 0.4, and one
    with 100,000 no shorter.
    """
    if not any(name in os.environ for name in BLAS_THREADS):
        os.environ[BLAS_THREADS[0]] = "1"


def _known_or_said(settings: Settings, remark: Callable[[str], None]) -> tuple[str, str] | None:
    """Name and sha256 of the encoder of the settings; where it was named and is not there, a remark and None."""
    try:
        return _identified(settings.encoder, settings.data_dir)
    except (LedgerqaError, ImportError, OSError) as error:
        remark(f"going on without search by meaning: {error}")
        return None


def _runnable(file: ModelFile) -> ModelFile:
    """The model's file; ModelUnusableError where llama.cpp, which runs it, is not installed."""
    if find_spec("llama_cpp") is None:
        raise ModelUnusableError(file.path, "llama-cpp-python, which runs it, is not installed")
    return file


def _reader_there(settings: Settings, remark: Callable[[str], None]) -> bool:
    """Whether there is a reader to open, as far as can be told without; a named one that is missing is told."""
    if settings.reader == NONE:
        return False
    if settings.reader == DEFAULT:
        return default_reader_installed()
    if is_server(settings.reader):
        return True
    try:
        _runnable(find(settings.reader, settings.data_dir))
    except LedgerqaError as error:
        remark(f"going on without a reader: {error}")
        return False
    return True


def encoder_of(settings: Settings, remark: Callable[[str], None]) -> Encoder | None:
    """The encoder of the settings, opened; see `models_of`."""
    return _forgiving(
        lambda: open_encoder(settings.encoder, settings.device, settings.data_dir),
        settings.encoder,
        MINILM.name,
        remark,
    )


def planner_of(settings: Settings, remark: Callable[[str], None], *, forgiving: bool = True) -> Understander | None:
    """The trained planner; None where the rules alone are wanted, or another encoder than it was trained on is used.

    Where a language model plans, this one stands behind it.  It needs the default encoder's weights, and no llama.cpp.
    What fails is told by `remark` and left out, or, not `forgiving`, raised.
    """
    if settings.planner == "rules" or settings.encoder != DEFAULT or not default_planner_installed():
        return None

    def opening() -> Understander | None:
        from ledgerqa.backends.trained_planner import TrainedPlanner

        return TrainedPlanner(settings.data_dir)

    return _forgiving(opening, DEFAULT, "the trained planner", remark) if forgiving else opening()


def reader_of(settings: Settings, remark: Callable[[str], None]) -> AnyReader | None:
    """The reader of the settings, opened; see `models_of`."""

    def opening() -> AnyReader | None:
        configured, key = settings.reader_configured, settings.reader_key
        place = settings.device, settings.data_dir
        return open_reader(settings.reader, settings.reader_model, *place, configured=configured, key=key)

    return _forgiving(opening, settings.reader, SMOLLM2.name, remark)


def _forgiving(opening: Callable[[], Opened], setting: str, name: str, remark: Callable[[str], None]) -> Opened | None:
    """What `opening` gives; where it fails and nobody named the model, a remark and None."""
    try:
        return opening()
    except GpuMissingError:
        raise  # a GPU was asked for
    except FAULTS as error:
        if setting != DEFAULT:
            raise
        why = str(error) if isinstance(error, LedgerqaError) else f"{type(error).__name__}: {error}"
        remark(f"going on without {name}: {why}")
        return None
