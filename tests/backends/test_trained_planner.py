"""The trained planner at work: light, of one file that mends itself, and saying what llama.cpp's pass would say."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ledgerqa.backends import files
from ledgerqa.backends.gguf_convert import minilm_vocabulary
from ledgerqa.backends.safetensors import read_safetensors, write_safetensors
from ledgerqa.backends.wordpiece import WordPiece, marked
from ledgerqa.training.fills import filled, read_vocabularies
from ledgerqa.training.phrasings import PHRASINGS, VOCABULARIES, read_phrasings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledgerqa.backends.gguf_encoder import GgufEncoder
    from ledgerqa.backends.protocols import Understanding, Vectors
    from ledgerqa.backends.trained_planner import TrainedPlanner

SAMPLE = 80
SLOWEST_MS = 50


@pytest.fixture(scope="module")
def planner(models_data: Path) -> TrainedPlanner:
    if files.packaged_path(files.MINILM) is None:
        pytest.skip(f"{files.MINILM.distribution} is not installed (extra: offline)")
    from ledgerqa.backends.trained_planner import TrainedPlanner

    return TrainedPlanner(models_data)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Authored phrasings, filled."""
    chosen = Random(8).sample(read_phrasings(PHRASINGS), SAMPLE)
    return [each.text for each in filled(chosen, read_vocabularies(VOCABULARIES), 1, 8)]


@pytest.fixture(scope="module")
def by_llama(planner: TrainedPlanner, tmp_path_factory: pytest.TempPathFactory) -> GgufEncoder:
    """The same merged weights, run by llama.cpp in half precision."""
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed (extra: offline)")
    pytest.importorskip("gguf", reason="gguf is not installed (extra: offline)")
    from ledgerqa.backends import trained_planner
    from ledgerqa.backends.gguf_convert import MAX_TOKENS, convert_bert
    from ledgerqa.backends.gguf_encoder import GgufEncoder

    source, folder = files.packaged(files.MINILM).path, tmp_path_factory.mktemp("merged")
    for name in ("config.json", "vocab.txt"):
        shutil.copy(source.with_name(name), folder)
    adapters = read_safetensors(trained_planner.FOLDER / trained_planner.TENSORS)
    changes: dict[str, Any] = trained_planner.merged_changes(adapters, planner.card["scale"])
    base = read_safetensors(source)
    write_safetensors(folder / source.name, base | {name: base[name] + each for name, each in changes.items()})
    convert_bert(folder / source.name, folder / "merged.gguf", "merged")
    return GgufEncoder(files.ModelFile("merged", "encoder", folder / "merged.gguf", "", "path"), "cpu", MAX_TOKENS)


def token_states(encoder: GgufEncoder, texts: Sequence[str]) -> dict[str, Vectors]:
    """The last state of each token of each text, by llama.cpp: float32 of shape (tokens, width)."""
    from ledgerqa.backends.llama_runtime import Batch, api

    llama, found = api(), {}
    context = encoder.context(llama.LLAMA_POOLING_TYPE_NONE, n_threads=1, n_threads_batch=1)
    for text in texts:
        tokens = encoder.tokens(text)
        context.encode(Batch(tokens, range(len(tokens)), [0] * len(tokens), [True] * len(tokens)))
        states = [llama.llama_get_embeddings_ith(context.pointer, at) for at in range(len(tokens))]
        found[text] = np.stack([np.ctypeslib.as_array(each, (encoder.dimension,)).copy() for each in states])
    return found


def likeliest(understood: Understanding) -> tuple[object, ...]:
    best = {name: max(shares, key=lambda each: shares[each]) for name, shares in understood.fields.items()}
    groups = {name for name, share in understood.fields["group"].items() if share > 0.5}
    return best | {"group": ""}, groups, [(each.label, each.start, each.end) for each in understood.spans]


def test_states_and_labels_are_those_of_llama(
    planner: TrainedPlanner, by_llama: GgufEncoder, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [likeliest(planner.understand(text)) for text in texts]
    theirs = token_states(by_llama, texts)
    for text, states in theirs.items():
        assert planner.states(text).shape == states.shape
        assert np.abs(planner.states(text) - states).max() < 0.05, text  # half precision, and gelu by tanh
    monkeypatch.setattr(planner, "states", theirs.__getitem__)
    differing = [text for text, label in zip(texts, ours, strict=True) if likeliest(planner._understand(text)) != label]
    assert len(differing) <= 1, differing  # what is on the edge may fall to either side


def test_a_question_is_read_within_its_time_and_once(planner: TrainedPlanner, texts: list[str]) -> None:
    spent = []
    for text in texts[:30]:
        begun = time.thread_time()
        planner.understand(f"{text} again")
        spent.append(1000 * (time.thread_time() - begun))
    assert statistics.median(spent) < SLOWEST_MS
    assert planner.understand(texts[0]) is planner.understand(texts[0])


def test_reading_a_question_imports_neither_llama_nor_torch(planner: TrainedPlanner, models_data: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from ledgerqa.backends.opening import models_of; from ledgerqa.settings import load_settings\n"
        "models = models_of(load_settings(data_dir=Path(sys.argv[1]), environment={}), print)\n"
        "assert models.planner().understand('how much did I spend on tea?').fields\n"
        "print(sorted({'llama_cpp', 'gguf', 'torch', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(models_data)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_it_needs_the_encoders_package_alone(
    planner: TrainedPlanner, models_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledgerqa.backends import opening
    from ledgerqa.settings import load_settings

    monkeypatch.setattr(opening, "find_spec", lambda name: None if name == "llama_cpp" else find_spec(name))
    models = opening.models_of(load_settings(data_dir=models_data, environment={}), pytest.fail)
    assert (models.encoder(), models.reader(), models.any) == (None, None, False)
    opened = models.planner()
    assert opened is not None
    assert opened.sha256 == planner.sha256


def test_what_is_planned_ahead_is_known_when_it_is_asked(planner: TrainedPlanner) -> None:
    from dataclasses import replace
    from threading import enumerate as threads

    from ledgerqa.backends.opening import NO_MODELS

    text = "what did we pay for the lighthouse?"
    replace(NO_MODELS, planner=lambda: planner).plan_ahead(text)
    for each in threads():
        if each.name == "planner":
            each.join()
    hits = planner._understood.cache_info().hits
    planner.understand(text)
    assert planner._understood.cache_info().hits == hits + 1


def test_its_tokens_are_those_of_the_vocabulary(planner: TrainedPlanner, texts: list[str]) -> None:
    words = minilm_vocabulary(files.packaged(files.MINILM).path).split("\n")
    oracle = WordPiece(marked(words), words.index("[UNK]"))
    odd = ["電気代 先月", "Überweisung № 5 ###", "x" * 120, "[SEP] [CLS]", "zzzzqqqq\u2603", "\x00\ud800a", "한국 요금"]
    for text in [*texts, *odd]:
        assert planner._located(text) == oracle.spans(text)[:254], text
    assert planner._located("rent " * 300) == oracle.spans("rent " * 300)[:254]


def test_what_was_merged_before_makes_room(planner: TrainedPlanner, tmp_path: Path) -> None:
    from ledgerqa.backends.trained_planner import TrainedPlanner

    folder = tmp_path / "models" / "converted"
    folder.mkdir(parents=True)
    for name in ("planner-0123456789ab.f16.gguf", "planner-0123456789ab.f16.gguf.manifest.json", "other.gguf"):
        (folder / name).touch()
    made = TrainedPlanner(tmp_path)
    assert sorted(each.name.partition("-")[0] for each in folder.iterdir()) == ["other.gguf", "planner", "planner"]
    assert made.understand("rent?").fields["measure"] == pytest.approx(planner.understand("rent?").fields["measure"])
