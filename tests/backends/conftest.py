"""Models for the tests of backends; a test skips, with the reason, where a package or its weights are absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.backends.gguf_encoder import GgufEncoder
    from ledgerqa.backends.llama_reader import LlamaReader


def packaged_or_skip(model: files.PackagedModel) -> files.ModelFile:
    if files.packaged_path(model) is None:
        pytest.skip(f"{model.distribution} is not installed (extra: offline)")
    return files.packaged(model)


@pytest.fixture(scope="session")
def models_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose converted encoder and hashes serve the whole run."""
    return tmp_path_factory.mktemp("models-data")


@pytest.fixture(scope="session")
def encoder(models_data: Path) -> GgufEncoder:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed (extra: offline)")
    pytest.importorskip("gguf", reason="gguf is not installed (extra: offline)")
    packaged_or_skip(files.MINILM)
    from ledgerqa.backends.gguf_encoder import default_encoder

    return default_encoder(models_data)


@pytest.fixture(scope="session")
def smollm2(models_data: Path) -> files.ModelFile:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed (extra: offline)")
    return files.verify(packaged_or_skip(files.SMOLLM2), models_data)


@pytest.fixture(scope="session")
def stock_reader(smollm2: files.ModelFile) -> Iterator[LlamaReader]:
    """The packaged 135M model, as users have it."""
    from ledgerqa.backends.llama_reader import LlamaReader

    reader = LlamaReader(smollm2, capacity=1024)
    yield reader
    reader.close()
