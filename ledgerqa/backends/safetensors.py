"""Weights as safetensors files: 8 bytes of header length, a JSON header that names each tensor, then the raw data.

Published weights are read; weights of ours are mapped into memory instead: a question touches a few rows of the
largest table, and processes share them.
"""

from __future__ import annotations

import json
import mmap
import os
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    Tensors = dict[str, npt.NDArray[Any]]

KINDS: Final[dict[str, np.dtype[Any]]] = {
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "I64": np.dtype("<i8"),
    "I32": np.dtype("<i4"),
    "U8": np.dtype("u1"),
}
METADATA: Final = "__metadata__"
ALIGNMENT: Final = 64


def read_safetensors(path: Path) -> Tensors:
    """The tensors of a file, read whole."""
    return _tensors(path.read_bytes())


def map_safetensors(path: Path) -> Tensors:
    """The tensors of a file, not to be written to, and read from the disk as they are used."""
    with path.open("rb") as file:
        return _tensors(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def write_safetensors(path: Path, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write `tensors`, of kinds in KINDS, so that whoever reads sees the old file or the new one, never a part.

    The format allows no gaps: tensors of whole multiples of 64 bytes come first, so that they begin at such; the
    others follow by the size of their items, so that each item of theirs is aligned.
    """
    tensors = dict(sorted(tensors.items(), key=lambda each: (each[1].nbytes % ALIGNMENT > 0, -each[1].itemsize)))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with aside.open("wb") as out:
            out.write(_header(tensors))
            for tensor in tensors.values():
                out.write(np.ascontiguousarray(tensor).data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _header(tensors: Mapping[str, npt.NDArray[Any]]) -> bytes:
    kinds = {dtype: kind for kind, dtype in KINDS.items()}
    header: dict[str, Any] = {}
    at = 0
    for name, tensor in tensors.items():
        end = at + tensor.nbytes
        header[name] = {"dtype": kinds[tensor.dtype], "shape": tensor.shape, "data_offsets": [at, end]}
        at = end
    written = json.dumps(header, separators=(",", ":")).encode()
    written += b" " * (-(8 + len(written)) % ALIGNMENT)
    return len(written).to_bytes(8, "little") + written


def _tensors(data: bytes | mmap.mmap) -> Tensors:
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop(METADATA, None)
    return {name: _tensor(data, start, item) for name, item in header.items()}


def _tensor(data: bytes | mmap.mmap, start: int, item: Mapping[str, Any]) -> npt.NDArray[Any]:
    begin, end = item["data_offsets"]
    kind = KINDS[item["dtype"]]
    return np.frombuffer(data, kind, (end - begin) // kind.itemsize, start + begin).reshape(item["shape"])
