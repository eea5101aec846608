"""Which model a setting opens, what is forgiven, and that nothing is opened before it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.backends import files, opening
from ledgerqa.backends.openai_reader import OpenAIReader
from ledgerqa.errors import GpuMissingError, ModelDamagedError, ModelMissingError, RemoteReaderError
from ledgerqa.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.backends.gguf_encoder import GgufEncoder
    from ledgerqa.settings import Settings

SERVER = "http://127.0.0.1:9/v1"


def settings(data_dir: Path, **environment: str) -> Settings:
    return load_settings(
        data_dir=data_dir, environment={f"LEDGERQA_{key}": value for key, value in environment.items()}
    )


def test_none_is_none(data_dir: Path) -> None:
    assert opening.open_encoder("none", "auto", data_dir) is None
    assert opening.open_reader("none", "", "auto", data_dir) is None
    assert opening.known_encoder("none", data_dir) is None
    assert not data_dir.exists()


def test_a_default_that_is_not_installed_is_none(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "packaged_path", lambda _: None)
    assert opening.open_encoder("default", "auto", data_dir) is None
    assert opening.open_reader("default", "", "auto", data_dir) is None
    remarks: list[str] = []
    models = opening.models_of(settings(data_dir), remarks.append)
    assert (models.encoder(), models.reader(), models.encoder_sha256, remarks) == (None, None, "", [])


def test_a_model_that_was_named_must_be_there(data_dir: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"nowhere\.gguf"):
        opening.open_encoder("/nowhere.gguf", "auto", data_dir)
    with pytest.raises(ModelMissingError, match="models pull org/repo/nowhere"):
        opening.open_reader("org/repo/nowhere.gguf", "", "auto", data_dir)


@pytest.mark.parametrize("setting", ["ENCODER", "READER"])
@pytest.mark.parametrize("name", ["/nowhere", "/nowhere.gguf", "org/repo/nowhere.gguf"])
def test_a_named_model_that_is_missing_is_told_in_one_line_and_left_out(
    data_dir: Path, setting: str, name: str
) -> None:
    remarks: list[str] = []
    models = opening.models_of(settings(data_dir, **{setting: name, "READER": name}), remarks.append)
    others = [remark for remark in remarks if "without a reader" in remark]
    assert len(others) == 1
    assert len(remarks) == 1 + (setting == "ENCODER")
    for remark in remarks:
        assert remark.startswith("going on without ")
        assert name in remark
        assert "\n" not in remark
    assert (models.reader(), models.reads) == (None, False)
    if setting == "ENCODER":
        assert models.encoder_sha256 == ""


def test_a_server_is_not_asked_anything_when_it_is_opened(data_dir: Path) -> None:
    reader = opening.open_reader(SERVER, "small", "auto", data_dir)
    assert isinstance(reader, OpenAIReader)
    assert reader.name == "small at 127.0.0.1:9"


def test_another_machine_must_stand_in_the_configuration(data_dir: Path) -> None:
    with pytest.raises(RemoteReaderError):
        opening.open_reader("http://192.0.2.1/v1", "", "auto", data_dir)
    assert opening.open_reader("http://192.0.2.1/v1", "", "auto", data_dir, configured=True) is not None


def test_a_default_that_cannot_be_used_is_left_out_with_a_remark(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise ModelDamagedError(data_dir, "0" * 64, "1" * 64)

    monkeypatch.setattr(opening, "open_encoder", damaged)
    remarks: list[str] = []
    models = opening.models_of(settings(data_dir), remarks.append)
    assert (models.encoder(), models.encoder()) == (None, None)
    assert len(remarks) == 1
    assert "going on without all-MiniLM-L6-v2: " in remarks[0]
    with pytest.raises(ModelDamagedError):
        opening.models_of(settings(data_dir, ENCODER="all-MiniLM-L6-v2"), remarks.append).encoder()


def test_a_gpu_that_was_asked_for_is_not_forgiven(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_gpu(*_: object) -> None:
        raise GpuMissingError("none")

    monkeypatch.setattr(opening, "open_encoder", no_gpu)
    with pytest.raises(GpuMissingError):
        opening.models_of(replace(settings(data_dir), device="gpu"), lambda _: None).encoder()


def test_threads_open_one_model_once() -> None:
    opened: list[object] = []

    def slowly() -> object:
        time.sleep(0.05)
        opened.append(object())
        return opened[-1]

    once, got = opening.Once(slowly), list[object]()
    threads = [threading.Thread(target=lambda: got.append(once())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), len(got), len(set(map(id, got)))) == (1, 4, 1)


def test_naming_models_imports_nothing_heavy(data_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ledgerqa.backends.opening import models_of, known_encoder\n"
        "from ledgerqa.settings import load_settings\n"
        "models_of(load_settings(data_dir=Path(sys.argv[1]), environment={}), print)\n"
        "print({'numpy', 'llama_cpp', 'gguf', 'torch', 'http'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(data_dir)], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("chosen", "taken"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3"), ({"OMP_NUM_THREADS": "2"}, "None")]
)
def test_numpy_takes_one_thread_where_nobody_chose(data_dir: Path, chosen: dict[str, str], taken: str) -> None:
    code = (
        "import os, sys; from pathlib import Path; from ledgerqa.backends.opening import models_of\n"
        "from ledgerqa.settings import load_settings\n"
        "models_of(load_settings(data_dir=Path(sys.argv[1]), environment={}), print)\n"
        "print(os.environ.get('OPENBLAS_NUM_THREADS'))"
    )
    environment = {name: value for name, value in os.environ.items() if name not in opening.BLAS_THREADS} | chosen
    command = [sys.executable, "-c", code, str(data_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == f"{taken}\n"


# ------------------------------------------------------------------------------------------------- real weights


def test_the_default_encoder_is_known_before_it_is_opened(encoder: GgufEncoder, models_data: Path) -> None:
    models = opening.models_of(settings(models_data), pytest.fail)
    opened = models.encoder()
    assert opened is not None
    assert models.encoder() is opened
    assert (models.encoder_sha256, opened.name) == (opened.sha256, files.MINILM.name)


def test_an_encoder_by_its_file(encoder: GgufEncoder, models_data: Path) -> None:
    from ledgerqa.backends.gguf_convert import default_encoder_file

    path = default_encoder_file(models_data).path
    opened = opening.open_encoder(str(path), "cpu", models_data)
    assert opened is not None
    assert opening.known_encoder(str(path), models_data) == (opened.name, opened.sha256)
    texts = ["rent for March", "the dentist"]
    assert np.allclose(opened.encode(texts), encoder.encode(texts), atol=1e-6)


@pytest.mark.slow
def test_an_encoder_by_its_folder(encoder: GgufEncoder, models_data: Path) -> None:
    if find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed (extra: encoders)")
    folder = files.packaged(files.MINILM).path.parent
    opened = opening.open_encoder(str(folder), "cpu", models_data)
    assert opened is not None
    assert opening.known_encoder(str(folder), models_data) == (opened.name, files.MINILM.sha256)
    assert opened.sha256 == files.MINILM.sha256
    assert float(opened.encode(["rent"])[0] @ encoder.encode(["rent"])[0]) > 0.9999


def test_a_reader_by_its_file_and_by_default(smollm2: files.ModelFile, models_data: Path) -> None:
    from ledgerqa.backends.llama_reader import LlamaReader

    for name in ("default", str(smollm2.path), "SmolLM2-135M-Instruct"):
        reader = opening.open_reader(name, "", "cpu", models_data)
        assert isinstance(reader, LlamaReader)
        assert reader.sha256 == files.SMOLLM2.sha256
        reader.close()
