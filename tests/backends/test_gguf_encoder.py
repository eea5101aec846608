"""The encoder by llama.cpp: what holds for its vectors, and that the conversion mends itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.backends import files
from ledgerqa.errors import ModelDamagedError, ModelUnusableError

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.backends.gguf_encoder import GgufEncoder

TEXTS = [
    "Dr. Molar, dental clinic: root canal",
    "Whole Foods Market: weekly groceries",
    "Acme Corp: salary for March",
    "Stadtwerke: Strom und Gas",
    "",
    "Εισιτήριο τρένου",
]


def test_vectors_are_float32_rows_of_unit_length(encoder: GgufEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: GgufEncoder) -> None:
    many = [f"{text} {i}" for i in range(30) for text in TEXTS]
    together = encoder.encode(many)
    alone = np.concatenate([encoder.encode([text]) for text in many])
    assert (together * alone).sum(axis=1).min() > 0.99999


def test_meaning_is_near(encoder: GgufEncoder) -> None:
    vectors = encoder.encode(TEXTS)  # the empty text is near to everything short
    for question, answer in (("what did I pay the dentist", 0), ("food shopping", 1), ("my wages", 2)):
        assert int((vectors[:4] @ encoder.encode([question])[0]).argmax()) == answer


def test_long_texts_are_cut_at_256_tokens(encoder: GgufEncoder) -> None:
    first = "groceries " * 254
    assert len(encoder.tokens(first * 3)) == 256
    assert np.array_equal(encoder.encode([first + "dentist " * 90]), encoder.encode([first + "salary " * 90]))


def test_progress_counts_every_text_once(encoder: GgufEncoder) -> None:
    seen: list[tuple[str, int, int]] = []
    encoder.encode(["coffee shop " * (i % 40) for i in range(150)], lambda *event: seen.append(event))
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})
    assert seen[-1] == ("embed", 150, 150)
    assert len(seen) > 3


def test_a_damaged_conversion_is_made_again(encoder: GgufEncoder, data_dir: Path) -> None:
    from ledgerqa.backends.gguf_convert import default_encoder_file

    path = default_encoder_file(data_dir).path
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    assert default_encoder_file(data_dir).path.read_bytes() == whole
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, files.manifest_path(path).name]


def test_damaged_packaged_weights_are_not_converted(
    encoder: GgufEncoder, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledgerqa.backends import gguf_convert

    path = tmp_path / "model.safetensors"
    path.write_bytes(b"damaged")
    damaged = files.ModelFile(files.MINILM.name, "encoder", path, files.MINILM.sha256, "package")
    monkeypatch.setattr(gguf_convert, "packaged", lambda _: damaged)
    with pytest.raises(ModelDamagedError, match="expected 53aa51172d14"):
        gguf_convert.default_encoder_file(data_dir)


def test_a_file_that_is_no_model_says_so(encoder: GgufEncoder, tmp_path: Path) -> None:
    from ledgerqa.backends.gguf_encoder import GgufEncoder as Encoder

    path = tmp_path / "noise.gguf"
    path.write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ModelUnusableError, match=r"noise\.gguf"):
        Encoder(files.ModelFile("noise", None, path, "", "path"))
