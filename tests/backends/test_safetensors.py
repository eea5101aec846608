"""Weights of our own come back as they were written, and published ones as their own library reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ledgerqa.backends import files
from ledgerqa.backends.safetensors import ALIGNMENT, KINDS, map_safetensors, read_safetensors, write_safetensors

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

KIND = st.sampled_from(list(KINDS.values()))
ARRAY = KIND.flatmap(lambda kind: arrays(kind, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(st.text(max_size=12).filter(lambda name: name != "__metadata__"), ARRAY, max_size=5))
def test_tensors_come_back_as_they_were_written(tmp_path: Path, tensors: dict[str, npt.NDArray[Any]]) -> None:
    path = tmp_path / "each.safetensors"
    write_safetensors(path, tensors)
    for found in (read_safetensors(path), map_safetensors(path)):
        assert set(found) == set(tensors)
        for name, tensor in tensors.items():
            assert (found[name].dtype, found[name].shape) == (tensor.dtype, tensor.shape)
            assert found[name].tobytes() == tensor.tobytes()


def test_mapped_tensors_are_aligned_and_not_to_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "odd.safetensors"
    odd: dict[str, npt.NDArray[Any]] = {
        "one": np.arange(3, dtype=np.uint8),
        "two": np.arange(3, dtype=np.int32),
        "three": np.ones(5, np.float16),
    }
    write_safetensors(path, odd | {"four": np.ones((4, 8), np.float32).T, "five": np.ones(32, np.float16)})
    mapped = map_safetensors(path)
    assert all(mapped[name].ctypes.data % ALIGNMENT == 0 for name in ("four", "five"))
    assert all(tensor.flags.aligned for tensor in mapped.values())
    with pytest.raises(ValueError, match="read-only"):
        mapped["four"][0, 0] = 2
    write_safetensors(path, {"four": np.zeros(1, np.float32)})
    assert mapped["four"].sum() == 32  # who has the old file open keeps it


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "kept.safetensors"
    write_safetensors(path, {"one": np.ones(2, np.float32)})
    with pytest.raises(KeyError):
        write_safetensors(path, {"one": np.ones(2, np.complex64)})
    assert read_safetensors(path)["one"].tolist() == [1, 1]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_published_weights_are_read_as_by_the_library(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors.numpy", reason="safetensors is not installed (extra: offline)")
    if files.packaged_path(files.MINILM) is None:
        pytest.skip(f"{files.MINILM.distribution} is not installed (extra: offline)")
    path = files.packaged(files.MINILM).path
    theirs, ours = library.load_file(path), map_safetensors(path)
    assert set(theirs) == set(ours)
    assert all(np.array_equal(theirs[name], ours[name]) for name in theirs)
    write_safetensors(tmp_path / "ours.safetensors", {"a": np.eye(3, dtype=np.float16)})
    assert np.array_equal(library.load_file(tmp_path / "ours.safetensors")["a"], np.eye(3))
