"""llama.cpp by its C interface: quiet, with errors as exceptions, tokens as lists and batches as arrays.

`llama_cpp.Llama`, the high-level class, cannot do what the reader needs (several sequences in one unified
cache), so both the encoder and the reader stand on this module.
"""

from __future__ import annotations

import collections
import contextlib
import ctypes
import os
import weakref
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ledgerqa.backends.device import threads, use_gpu
from ledgerqa.errors import BackendMissingError, ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Device

ERROR_LEVEL = 4  # GGML_LOG_LEVEL_ERROR
ALL_LAYERS = 9999
MAX_SEQUENCES = 256  # LLAMA_MAX_SEQ

# llama.cpp's threads meet many hundred times a token, and by default spin for milliseconds while they wait: on a
# machine whose cores are busy with other work, decoding fell from 60 to 1 token/s.  With so short a spin before
# they sleep it fell to 10 to 30.  Read by GNU OpenMP when it is loaded, so set before llama_cpp is imported.
SPIN = ("GOMP_SPINCOUNT", "1000")
SPIN_CHOSEN = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")

_last_errors: collections.deque[str] = collections.deque(maxlen=4)
_keep_alive: list[object] = []  # C holds pointers to these callbacks for as long as the process lives


@cache
def api() -> Any:
    """The module `llama_cpp`, imported once, its chatter on stderr turned into `last_error`."""
    if not any(name in os.environ for name in SPIN_CHOSEN):
        os.environ[SPIN[0]] = SPIN[1]
    try:
        import llama_cpp
    except ImportError as error:
        raise BackendMissingError("llama-cpp-python", "offline") from error

    def log(level: int, text: bytes, _: object) -> None:
        if level == ERROR_LEVEL and text.strip():
            _last_errors.append(text.decode("utf-8", "replace").strip())

    callback = llama_cpp.llama_log_callback(log)
    _keep_alive.append(callback)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


def last_error() -> str:
    """What llama.cpp complained of, for the reason of an exception: the first complaint is nearest to the cause."""
    text = _last_errors[0] if _last_errors else "llama.cpp gave no reason"
    _last_errors.clear()
    return text


def describe() -> tuple[str, bool, tuple[str, ...]]:
    """llama.cpp's own description of its build, whether it can offload to a GPU, and the names of its devices."""
    llama = api()
    system = llama.llama_print_system_info().decode("utf-8", "replace").strip(" |")
    return system, bool(llama.llama_supports_gpu_offload()), _devices()


def _devices() -> tuple[str, ...]:
    """Descriptions of ggml's devices; none where this release of the package does not expose its libggml."""
    try:
        from llama_cpp._ggml import libggml
    except (ImportError, OSError):
        return ()
    with contextlib.suppress(AttributeError):
        get, describe_device = libggml.ggml_backend_dev_get, libggml.ggml_backend_dev_description
        get.restype, get.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        describe_device.restype, describe_device.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
        libggml.ggml_backend_dev_count.restype = ctypes.c_size_t
        found = [describe_device(get(index)) for index in range(libggml.ggml_backend_dev_count())]
        return tuple(name.decode("utf-8", "replace") for name in found)
    return ()


class Model:
    """Weights loaded from a GGUF file, with their tokeniser; freed by `close`, or when nothing refers to them."""

    def __init__(self, path: Path, device: Device) -> None:
        """Load `path`, all layers on a GPU where `device` says so.  ModelUnusableError says why it cannot."""
        llama = api()
        self.path = path
        self.gpu = use_gpu(device, gpu_offload=bool(llama.llama_supports_gpu_offload()))
        params = llama.llama_model_default_params()
        params.n_gpu_layers = ALL_LAYERS if self.gpu else 0
        no_devices = (ctypes.c_void_p * 1)(None)
        if not self.gpu:  # an empty list: a GPU build would otherwise still send large products to the GPU
            params.devices = ctypes.addressof(no_devices)
        _last_errors.clear()
        self.pointer = llama.llama_model_load_from_file(str(path).encode(), params)
        if not self.pointer:
            raise ModelUnusableError(path, last_error())
        self.close = weakref.finalize(self, llama.llama_model_free, self.pointer)
        self.vocab = llama.llama_model_get_vocab(self.pointer)
        self.dimension = int(llama.llama_model_n_embd(self.pointer))
        self.vocabulary_size = int(llama.llama_vocab_n_tokens(self.vocab))
        self.trained_context = int(llama.llama_model_n_ctx_train(self.pointer))

    def metadata(self, key: str) -> str:
        """A scalar of the file's metadata as text, or ""."""
        buffer = ctypes.create_string_buffer(4096)
        size = api().llama_model_meta_val_str(self.pointer, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""

    def tokenize(self, text: str, *, control: bool = False, special: bool = False) -> list[int]:
        """Tokens of `text`; `special` adds what the model begins (and ends) with, `control` lets markup act."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        while True:
            buffer = (ctypes.c_int32 * room)()
            count = api().llama_tokenize(self.vocab, data, len(data), buffer, room, special, control)
            if count >= 0:
                return list(buffer[:count])
            room = -count


class Context:
    """A computation over a model's weights, with a memory of its own; freed like `Model`, and always before it."""

    def __init__(self, model: Model, **settings: object) -> None:
        """llama.cpp's defaults but for `settings`, which are named as in `llama_context_params`."""
        llama = api()
        params = llama.llama_context_default_params()
        params.n_threads = params.n_threads_batch = threads()
        params.no_perf = True
        params.offload_kqv = params.op_offload = model.gpu
        for name, value in settings.items():
            setattr(params, name, value)
        _last_errors.clear()
        self.model = model
        self.pointer = llama.llama_init_from_model(model.pointer, params)
        if not self.pointer:
            raise ModelUnusableError(model.path, last_error())
        self.close = weakref.finalize(self, llama.llama_free, self.pointer)
        self.memory = llama.llama_get_memory(self.pointer)

    def encode(self, batch: Batch) -> None:
        """Run a batch without touching the memory (encoders)."""
        self._check(api().llama_encode(self.pointer, batch.struct()))

    def decode(self, batch: Batch) -> None:
        """Run a batch and append it to its sequences."""
        self._check(api().llama_decode(self.pointer, batch.struct()))

    def _check(self, status: int) -> None:
        if status != 0:
            raise ModelUnusableError(self.model.path, f"llama.cpp failed with status {status}: {last_error()}")


class Batch:
    """Tokens of one or several sequences, ready for llama_decode or llama_encode.

    All arrays have shape (tokens,).  The C struct points into them, so the batch must outlive the call.
    """

    def __init__(
        self,
        tokens: Sequence[int],
        positions: Sequence[int],
        sequences: Sequence[int],
        outputs: Sequence[bool],
    ) -> None:
        """`outputs` says for each token whether its logits or its embedding are wanted."""
        count = len(tokens)
        self.tokens = np.asarray(tokens, dtype=np.int32)
        self.positions = np.asarray(positions, dtype=np.int32)
        self.sequences = np.asarray(sequences, dtype=np.int32)
        self.counts = np.ones(count, dtype=np.int32)
        self.pointers = self.sequences.ctypes.data + np.arange(count, dtype=np.uintp) * self.sequences.itemsize
        self.outputs = np.empty(count, dtype=np.int8)
        self.outputs[:] = outputs

    def struct(self) -> Any:
        """The C struct over these arrays."""
        llama = api()
        batch = llama.llama_batch()
        batch.n_tokens = len(self.tokens)
        arrays: dict[str, npt.NDArray[Any]] = {
            "token": self.tokens,
            "pos": self.positions,
            "n_seq_id": self.counts,
            "seq_id": self.pointers,
            "logits": self.outputs,
        }
        kinds = dict(llama.llama_batch._fields_)
        for name, array in arrays.items():
            setattr(batch, name, ctypes.cast(array.ctypes.data, kinds[name]))
        return batch
