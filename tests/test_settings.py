from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledgerqa.errors import ConfigError, LedgerUnknownError, NoLedgerError
from ledgerqa.samples import sample_ledger
from ledgerqa.settings import load_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(
        """
        ledger = "home"
        data_dir = "kept"
        fiscal_start_month = 4
        [ledgers]
        home = "books/home.beancount"
        club = "/srv/club.bean"
        """
    )
    return file


def test_the_file_counts_its_paths_from_its_own_folder(config: Path) -> None:
    settings = load_settings(config=config, environment={})
    assert settings.ledger_file() == config.parent / "books" / "home.beancount"
    assert settings.data_dir == config.parent / "kept"
    assert settings.fiscal_start_month == 4


def test_later_sources_win(config: Path) -> None:
    environment = {"LEDGERQA_LEDGER": "club", "LEDGERQA_DATA_DIR": "/env", "LEDGERQA_CONFIG": str(config)}
    settings = load_settings(environment=environment)
    assert settings.ledger_file() == Path("/srv/club.bean")
    assert settings.data_dir == Path("/env")
    settings = load_settings(ledger="/given.beancount", data_dir=Path("/given"), environment=environment)
    assert settings.ledger_file() == Path("/given.beancount")
    assert settings.data_dir == Path("/given")


def test_a_ledger_in_the_file_may_be_a_relative_path(config: Path) -> None:
    config.write_text('ledger = "main.beancount"\n')
    assert load_settings(config=config, environment={}).ledger_file() == config.parent / "main.beancount"


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    settings = load_settings(environment={})
    assert settings.ledger is None
    assert settings.data_dir.name == "ledgerqa"
    with pytest.raises(NoLedgerError, match="--ledger"):
        settings.ledger_file()


def test_the_sample_has_a_name() -> None:
    assert load_settings(ledger="sample", environment={}).ledger_file() == sample_ledger()


def test_an_unknown_name_lists_the_known_ones(config: Path) -> None:
    with pytest.raises(LedgerUnknownError, match="club, home"):
        load_settings(ledger="hom", config=config, environment={}).ledger_file()


def test_a_file_wins_over_no_name(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extensionless").touch()
    assert (
        load_settings(ledger="extensionless", config=config, environment={}).ledger_file() == tmp_path / "extensionless"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("leger = 'x'", 'unknown key "leger"'),
        ("ledger = 3", "ledger must be a text, not a number"),
        ("ledger = ''", "ledger must be a text, not an empty text"),
        ("data_dir = ['x']", "data_dir must be a text, not an array"),
        ("ledgers = 'x'", "ledgers must be a table of names and files, not a text"),
        ("[ledgers]\nhome = true", "ledgers.home must be a text, not a boolean"),
        ("fiscal_start_month = 13", "fiscal_start_month must be a month from 1 to 12, not 13"),
        ("fiscal_start_month = true", "fiscal_start_month must be a month from 1 to 12, not True"),
        ("ledger = ", "this is not TOML"),
    ],
)
def test_what_cannot_be_understood_names_file_and_key(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=re.escape(reason)) as raised:
        load_settings(config=file, environment={})
    assert str(file) in str(raised.value)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_settings(environment={"LEDGERQA_CONFIG": str(tmp_path / "none.toml")})


# ------------------------------------------------------------------------------------------------------ models


def test_models_have_defaults() -> None:
    settings = load_settings(environment={})
    assert (settings.encoder, settings.reader, settings.device, settings.fusion) == (
        "default",
        "default",
        "auto",
        "fid",
    )


def test_models_from_file_environment_and_command_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    (tmp_path / "minilm").mkdir()
    file.write_text(
        'encoder = "minilm"\nreader = "org/repo/model.gguf"\nreader_model = "m"\ndevice = "cpu"\nfusion = "concat"'
    )
    settings = load_settings(config=file, environment={})
    assert settings.encoder == str(tmp_path / "minilm")
    assert (settings.reader, settings.reader_model, settings.device) == ("org/repo/model.gguf", "m", "cpu")
    assert (settings.fusion, settings.reader_configured) == ("concat", True)
    environment = {"LEDGERQA_READER": "none", "LEDGERQA_ENCODER": "none", "LEDGERQA_DEVICE": "gpu"}
    settings = load_settings(config=file, environment=environment)
    assert (settings.encoder, settings.reader, settings.device) == ("none", "none", "gpu")
    settings = load_settings(config=file, environment=environment, reader="default", device="auto", fusion="fid")
    assert (settings.reader, settings.device, settings.fusion) == ("default", "auto", "fid")


def test_only_the_file_makes_a_reader_configured(tmp_path: Path) -> None:
    file, url = tmp_path / "config.toml", "https://models.example/v1"
    file.write_text("")
    assert not load_settings(config=file, environment={}, reader=url).reader_configured
    assert not load_settings(config=file, environment={"LEDGERQA_READER": url}).reader_configured
    file.write_text(f'reader = "{url}"')
    assert load_settings(config=file, environment={}, reader=url).reader_configured
    assert not load_settings(config=file, environment={}, reader="https://other.example/v1").reader_configured


def test_a_key_is_not_shown() -> None:
    settings = load_settings(environment={"LEDGERQA_READER_KEY": "secret"})
    assert settings.reader_key == "secret"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("device = 'tpu'", "device must be auto, cpu or gpu, not 'tpu'"),
        ("fusion = 'rag'", "fusion must be fid or concat, not 'rag'"),
        ("reader = 'ftp://x'", "reader must be a file or an address"),
        ("encoder = 'http://x'", "encoder must be a name or a file"),
        ("encoder = 3", "encoder must be a text, not a number"),
        ("reader_model = ''", "reader_model must be a text, not an empty text"),
    ],
)
def test_wrong_models_name_file_and_key(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=re.escape(reason)) as raised:
        load_settings(config=file, environment={})
    assert str(file) in str(raised.value)


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigError, match="LEDGERQA_DEVICE: device must be auto, cpu or gpu") as raised:
        load_settings(environment={"LEDGERQA_DEVICE": "tpu"})
    assert "Mend the file" not in str(raised.value)


def test_the_passages_budget_is_a_setting(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    assert load_settings(environment={}).passage_tokens == 400
    config.write_text("passage_tokens = 900\n", encoding="utf-8")
    assert load_settings(config=config, environment={}).passage_tokens == 900
    for wrong in ("-1", "3001", "true", '"many"'):
        config.write_text(f"passage_tokens = {wrong}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match="from 0 to 3000"):
            load_settings(config=config, environment={})
