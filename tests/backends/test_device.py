"""What `doctor` is told, and which device is chosen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ledgerqa.backends import device
from ledgerqa.errors import GpuMissingError


@pytest.mark.parametrize(
    ("chosen", "offload", "gpu"),
    [("auto", True, True), ("auto", False, False), ("cpu", True, False), ("cpu", False, False), ("gpu", True, True)],
)
def test_the_gpu_is_used_where_it_can_be_and_may(chosen: str, offload: bool, gpu: bool) -> None:  # noqa: FBT001
    assert device.use_gpu(chosen, gpu_offload=offload) is gpu  # type: ignore[arg-type]


def test_a_gpu_that_is_not_there_cannot_be_insisted_on() -> None:
    with pytest.raises(GpuMissingError, match="--device auto"):
        device.use_gpu("gpu", gpu_offload=False)


def test_threads_are_cores_at_hand() -> None:
    assert 1 <= device.threads() <= (os.cpu_count() or 1)


def test_facts_say_what_is_installed() -> None:
    facts = device.facts()
    assert facts.versions["numpy"]
    assert set(facts.versions) == set(device.DISTRIBUTIONS)
    assert bool(facts.llama_system) == bool(facts.versions["llama-cpp-python"])


def test_light_modules_bring_nothing_heavy() -> None:
    modules = "protocols, files, device, openai_reader, pull, wordpiece"
    heavy = "{'numpy', 'torch', 'llama_cpp', 'sentence_transformers', 'gguf'}"
    script = f"from ledgerqa.backends import {modules}; import sys; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_runtime_brings_no_torch() -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed (extra: offline)")
    script = (
        "from ledgerqa.backends import gguf_encoder, llama_reader, llama_runtime; llama_runtime.api(); import sys;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'gguf'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
