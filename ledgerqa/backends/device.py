"""What this machine and this build of llama.cpp can do: facts for `doctor`, and the number of threads to use."""

from __future__ import annotations

import importlib.metadata
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledgerqa.errors import BackendMissingError, GpuMissingError

if TYPE_CHECKING:
    from ledgerqa.backends.protocols import Device

DISTRIBUTIONS = ("llama-cpp-python", "gguf", "numpy", "sentence-transformers", "torch")


@dataclass(frozen=True)
class DeviceFacts:
    """What `doctor` shows: installed versions ("" where absent), llama.cpp's own words, GPUs, and threads."""

    versions: dict[str, str]
    llama_system: str
    gpu_offload: bool
    devices: tuple[str, ...]
    threads: int


def facts() -> DeviceFacts:
    """Look at the machine; imports llama_cpp, but loads no model."""
    versions = {name: _version(name) for name in DISTRIBUTIONS}
    try:
        from ledgerqa.backends.llama_runtime import describe

        system, offload, devices = describe()
    except (BackendMissingError, ImportError):
        system, offload, devices = "", False, ()
    return DeviceFacts(versions, system, offload, devices, threads())


def use_gpu(device: Device, *, gpu_offload: bool) -> bool:
    """Whether layers go to a GPU: `auto` takes one where llama.cpp can; `gpu` insists (GpuMissingError)."""
    if device == "gpu" and not gpu_offload:
        raise GpuMissingError("this llama.cpp was built without GPU support, or finds no GPU")
    return gpu_offload and device != "cpu"


def threads() -> int:
    """Physical cores that this process may use: two threads on one core slow llama.cpp's matrix products down."""
    try:
        cpus = os.sched_getaffinity(0)
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
    cores = {_siblings(cpu) for cpu in cpus}
    return max(1, len(cores))


def _siblings(cpu: int) -> str:
    try:
        return Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text(encoding="ascii")
    except OSError:
        return str(cpu)


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""
