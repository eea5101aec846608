"""Weights are found without importing anything, and are hashed before they are believed."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files
from ledgerqa.errors import ModelDamagedError, ModelMissingError, ModelUnusableError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_users_file_is_found_by_its_path_and_its_hash_taken(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"weights")
    model = files.verify(files.find(str(path), data_dir), data_dir)
    assert (model.name, model.source) == ("mine", "path")
    assert model.sha256 == hashlib.sha256(b"weights").hexdigest()


def test_a_changed_file_is_hashed_anew(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"weights")
    first = files.sha256_of(path, data_dir)
    path.write_bytes(b"changed")  # of the same length
    os.utime(path, ns=(1, 1))
    assert files.sha256_of(path, data_dir) != first


def test_the_stamp_saves_reading_and_verify_afresh_does_not_trust_it(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"weights")
    before = path.stat()
    digest = files.sha256_of(path, data_dir)
    path.write_bytes(b"rotten!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    model = files.ModelFile("mine", "reader", path, digest, "pulled")
    assert files.verify(model, data_dir).sha256 == digest  # as the module says: rot without a write is not seen here
    with pytest.raises(ModelDamagedError, match="damaged"):
        files.verify(model, data_dir, afresh=True)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', '{"x": [1, 2, 3]}'])
def test_illegible_stamps_only_cost_time(tmp_path: Path, data_dir: Path, content: str) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"weights")
    stamps = files.models_dir(data_dir) / files.STAMPS
    stamps.parent.mkdir(parents=True)
    stamps.write_text(content)
    assert files.sha256_of(path, data_dir) == hashlib.sha256(b"weights").hexdigest()


def test_flipping_any_bit_is_noticed(tmp_path: Path, data_dir: Path) -> None:
    good = bytes(range(64))
    expected = hashlib.sha256(good).hexdigest()
    for bit in range(0, 512, 37):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        path = tmp_path / f"{bit}.gguf"
        path.write_bytes(bad)
        with pytest.raises(ModelDamagedError):
            files.verify(files.ModelFile("m", None, path, expected, "pulled"), data_dir)


def test_what_is_not_here_says_what_to_do(data_dir: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"ledgerqa models pull org/repository/model\.gguf"):
        files.find("org/repository/model.gguf", data_dir)
    with pytest.raises(ModelMissingError, match="Check the path"):
        files.find("nowhere.gguf", data_dir)


def test_a_file_that_cannot_be_read_says_why(data_dir: Path) -> None:
    with pytest.raises(ModelUnusableError, match="No such file"):
        files.sha256_of(data_dir / "gone.gguf", data_dir)


def test_the_inventory_names_pulled_files_with_their_hash(data_dir: Path) -> None:
    path = files.models_dir(data_dir) / "org" / "repository" / "model.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"weights")
    files.write_json(files.manifest_path(path), {"sha256": "ab" * 32})
    pulled = [model for model in files.inventory(data_dir) if model.source == "pulled"]
    assert [(model.name, model.sha256) for model in pulled] == [("org/repository/model.gguf", "ab" * 32)]
    assert files.find("org/repository/model.gguf", data_dir) == pulled[0]


def test_names_do_not_lead_out_of_the_models_folder(data_dir: Path) -> None:
    (files.models_dir(data_dir) / "org").mkdir(parents=True)
    (data_dir / "secret").write_bytes(b"not yours")
    with pytest.raises(ModelMissingError):
        files.find("org/../../secret", data_dir)


@pytest.mark.parametrize("model", files.PACKAGED, ids=lambda model: model.name)
def test_packaged_weights_are_the_published_ones_and_need_no_import(
    model: files.PackagedModel, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if files.packaged_path(model) is None:
        pytest.skip(f"{model.distribution} is not installed (extra: offline)")
    monkeypatch.delitem(sys.modules, model.package, raising=False)  # another test may have imported it
    found = files.verify(files.find(model.name, data_dir), data_dir)
    assert found.sha256 == model.sha256
    assert model.package not in sys.modules
