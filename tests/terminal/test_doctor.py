"""`ledgerqa doctor`: what it finds, what it advises, and when it fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ledgerqa.terminal.doctor import Check, line
from tests.backends.stand_in import Handler, stand_in
from tests.terminal.conftest import write
from tests.terminal.test_models import DEFAULTS, needs_models, without_models

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import CommandLine, Ran

NAMES = [
    "ledgerqa",
    "configuration",
    "data folder",
    "permissions",
    "ledger",
    "index",
    "llama.cpp",
    "GPU",
    "encoder",
    "planner",
    "reader",
]


def found(ran: Ran) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in json.loads(ran.out)}


def test_all_is_looked_at_and_a_missing_index_is_no_failure(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("doctor", "--json")
    told = found(ran)
    assert (ran.code, list(told)) == (0, NAMES)
    assert told["index"]["state"] == "note"
    assert "ledgerqa index" in told["index"]["remedy"]
    ledgerqa("index")
    assert found(ledgerqa("doctor", "--json"))["index"]["state"] == "ok"


def test_lines_for_people() -> None:
    assert line(Check("index", "ok", "up to date")) == "ok    index          up to date"
    assert line(Check("index", "bad", "gone", "mend it")).splitlines()[1].strip() == "→ mend it"


def test_a_changed_ledger_is_a_note(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("index")
    with books.open("a") as file:
        file.write("\n2023-05-01 close Expenses:Books\n")
    told = found(ledgerqa("doctor", "--json"))
    assert (told["index"]["state"], "has changed" in told["index"]["found"]) == ("note", True)


def test_a_damaged_index_fails(ledgerqa: CommandLine, data_dir: Path) -> None:
    ledgerqa("index")
    (database,) = data_dir.glob("indexes/*/generations/1/*.duckdb")
    database.write_bytes(b"no database")
    ran = ledgerqa("doctor", "--json")
    assert (ran.code, found(ran)["index"]["state"]) == (1, "bad")


def test_an_index_that_others_can_read_fails(ledgerqa: CommandLine, data_dir: Path) -> None:
    ledgerqa("index")
    (folder,) = (data_dir / "indexes").iterdir()
    folder.chmod(0o755)
    ran = ledgerqa("doctor", "--json")
    told = found(ran)["permissions"]
    assert (ran.code, told["state"]) == (1, "bad")
    assert told["remedy"] == f"chmod go-rwx {folder}"


def test_a_data_folder_that_is_a_file_fails(ledgerqa: CommandLine, tmp_path: Path) -> None:
    ran = ledgerqa("doctor", "--json", "--data-dir", write(tmp_path / "file", "") / "inner")
    assert (ran.code, found(ran)["data folder"]["state"]) == (1, "bad")


def test_a_ledger_that_is_not_there_fails(ledgerqa: CommandLine, tmp_path: Path) -> None:
    ran = ledgerqa("--ledger", tmp_path / "none.beancount", "doctor", "--json")
    assert (ran.code, found(ran)["ledger"]["state"]) == (1, "bad")
    ran = ledgerqa("doctor", "--json", LEDGERQA_LEDGER="")
    assert (ran.code, found(ran)["ledger"]["state"]) == (0, "note")


def test_a_broken_configuration_is_told_and_ends_it(ledgerqa: CommandLine, tmp_path: Path) -> None:
    ran = ledgerqa("doctor", "--json", "--config", write(tmp_path / "config.toml", "colour = true\n"))
    assert (ran.code, list(found(ran))) == (1, NAMES[:2])
    assert 'unknown key "colour"' in found(ran)["configuration"]["found"]


@without_models
def test_models_that_are_not_installed_are_notes(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("doctor", "--json", **DEFAULTS)
    assert ran.code == 0
    for name in ("encoder", "reader"):
        assert found(ran)[name]["state"] == "note"
        assert "ledgerqa[offline]" in found(ran)[name]["remedy"]


@needs_models
def test_default_models_are_opened(ledgerqa: CommandLine) -> None:
    told = found(ledgerqa("doctor", "--json", **DEFAULTS))
    assert "all-MiniLM-L6-v2, 384 dimensions" in told["encoder"]["found"]
    assert "SmolLM2-135M-Instruct" in told["reader"]["found"]
    assert {told[name]["state"] for name in ("llama.cpp", "encoder", "reader")} == {"ok"}


def test_a_model_that_was_named_and_is_nowhere_fails(ledgerqa: CommandLine) -> None:
    for setting, name in (("LEDGERQA_READER", "reader"), ("LEDGERQA_ENCODER", "encoder")):
        ran = ledgerqa("doctor", "--json", **{setting: "/nowhere/model.gguf"})
        assert (ran.code, found(ran)[name]["state"]) == (1, "bad")
        assert "/nowhere/model.gguf" in found(ran)[name]["found"]


def offering(handler: Handler) -> None:
    assert handler.path == "/v1/models"
    handler.send(200, {}, b'{"data": [{"id": "small"}, {"id": "large"}]}')


def test_a_server_is_asked_for_its_models(ledgerqa: CommandLine, tmp_path: Path) -> None:
    with stand_in(offering) as server:
        told = found(ledgerqa("doctor", "--json", "--reader", f"{server.url}/v1"))["reader"]
        assert (told["state"], "offers small, large" in told["found"]) == ("ok", True)
        config = write(tmp_path / "config.toml", f'reader = "{server.url}/v1"\nreader_model = "medium"\n')
        ran = ledgerqa("doctor", "--json", "--config", config, LEDGERQA_READER="")
        assert (ran.code, found(ran)["reader"]["state"]) == (1, "bad")
        assert "reader_model" in found(ran)["reader"]["remedy"]
        gone = f"{server.url}/v1"
    assert found(ledgerqa("doctor", "--json", "--reader", gone))["reader"]["state"] == "bad"


@pytest.mark.parametrize("given", ["https://models.invalid/v1", "http://192.0.2.1:8080/v1"])
def test_another_machine_is_not_asked_on_the_word_of_a_command_line(ledgerqa: CommandLine, given: str) -> None:
    told = found(ledgerqa("doctor", "--json", "--reader", given))["reader"]
    assert (told["state"], "nothing was sent" in told["found"]) == ("bad", True)
