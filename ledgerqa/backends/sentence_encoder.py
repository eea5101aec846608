"""Any sentence-transformers model as the encoder; brings torch, so it costs seconds to load.

It never downloads: the model is a folder, or lies in the Hugging Face cache already.
"""

from __future__ import annotations

import hashlib
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ledgerqa.backends.files import sha256_of
from ledgerqa.errors import BackendMissingError, ModelMissingError, ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.backends.protocols import Device, Progress, Vectors

BATCH_TEXTS = 32
CHUNK_TEXTS = 512  # between two calls of `progress`
OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
WEIGHTS = ("*.safetensors", "*.bin")


class SentenceEncoder:
    """A model by folder or by its name on the hub, as far as it is on this machine."""

    def __init__(self, name: str, data_dir: Path, device: Device = "auto") -> None:
        """Load `name` without asking any network; ModelMissingError where it is not here."""
        os.environ.update(dict.fromkeys(OFFLINE, "1"))  # read by huggingface_hub when it is imported
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise BackendMissingError("sentence-transformers", "encoders") from error
        folder = _folder(name)
        place = {"auto": None, "cpu": "cpu", "gpu": "cuda"}[device]
        try:
            self._model: Any = SentenceTransformer(str(folder), device=place, local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelUnusableError(folder, str(error).splitlines()[0]) from error
        self._name, self._sha256 = identity(name, data_dir)

    @property
    def name(self) -> str:
        """The folder's name, or the name on the hub."""
        return self._name

    @property
    def sha256(self) -> str:
        """Hash over the hashes of the weights' files (of the one file, where there is one)."""
        return self._sha256

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.encode([""]).shape[1])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed `texts`: float32 of shape (len(texts), dimension), rows of unit length, in the order of `texts`."""
        parts = []
        for cut in range(0, len(texts), CHUNK_TEXTS):
            chunk = list(texts[cut : cut + CHUNK_TEXTS])
            options = {"batch_size": BATCH_TEXTS, "normalize_embeddings": True, "show_progress_bar": False}
            parts.append(np.asarray(self._model.encode(chunk, **options), dtype=np.float32))
            if progress is not None:
                progress("embed", cut + len(chunk), len(texts))
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), dtype=np.float32)


def identity(name: str, data_dir: Path) -> tuple[str, str]:
    """The `name` and the `sha256` that a SentenceEncoder has, without loading it (nor torch); ModelMissingError."""
    os.environ.update(dict.fromkeys(OFFLINE, "1"))  # read by huggingface_hub when it is imported
    folder = _folder(name)
    return folder.name if Path(name).expanduser().is_dir() else name, _weights_sha256(folder, data_dir)


def _folder(name: str) -> Path:
    """The model's folder, or its snapshot in the hub's cache.

    A name is never handed to sentence-transformers itself: with `local_files_only` and all, it was seen to ask the
    hub for it where something had imported huggingface_hub before HF_HUB_OFFLINE was set.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    hub: Any = import_module("huggingface_hub")  # it comes with sentence-transformers
    errors: Any = import_module("huggingface_hub.errors")
    try:
        return Path(hub.snapshot_download(name, local_files_only=True))
    except (errors.LocalEntryNotFoundError, errors.HFValidationError) as error:
        raise ModelMissingError(name, "Name the folder of a sentence-transformers model.") from error


def _weights_sha256(folder: Path, data_dir: Path) -> str:
    files = sorted(path for pattern in WEIGHTS for path in folder.rglob(pattern))
    hashes = [sha256_of(path, data_dir) for path in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
