"""`ask --continue`: the questions kept of a ledger's last conversation, how long, for whom, and what is said of it."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.settings import Settings
from ledgerqa.terminal.memory import CONTINUED, KEPT, MOST_EARLIER, Asked, recall, remember

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.conftest import CommandLine

DAY = dt.date(2024, 1, 1)


def kept_file(data_dir: Path) -> Path:
    [file] = (data_dir / "questions").iterdir()
    return file


@pytest.fixture
def settings(tmp_path: Path, data_dir: Path) -> Settings:
    return Settings(config=tmp_path / "none", data_dir=data_dir, ledger=str(tmp_path / "main.beancount"))


def changed(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    values = json.loads(file.read_text(encoding="utf-8"))
    change(values)
    file.write_text(json.dumps(values), encoding="utf-8")


# ------------------------------------------------------------------------------------------------ conversation


def test_a_conversation_goes_on(ledgerqa: CommandLine, books: Path) -> None:
    ask = ("ask", "--ledger", books, "--json")
    ledgerqa(*ask, "--today", "2023-12-31", "groceries in February 2023")
    second = ledgerqa(*ask, "--continue", "and in March?")
    assert 'going on from "groceries in February 2023" (as of 2023-12-31)' in second.err
    told = json.loads(second.out)
    assert (told["today"], told["result"]["rows"]) == ("2023-12-31", [["7.50", "EUR"]])
    third = ledgerqa(*ask, "-c", "only restaurants")
    assert '"groceries in February 2023" → "and in March?"' in third.err
    assert json.loads(third.out)["plan"]["period"]["start"] == "2023-03-01"
    new = ledgerqa(*ask, "--today", "2023-12-31", "groceries in 2023")  # without: a new conversation
    assert "going on" not in new.err
    assert 'going on from "groceries in 2023"' in ledgerqa(*ask, "-c", "per month").err


def test_it_needs_no_command_name_and_shows_its_sources(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("--ledger", books, "--today", "2023-12-31", "groceries in 2023")
    ran = ledgerqa("--ledger", books, "--continue", "and restaurants?")
    assert ran.code == 0, ran.err
    assert "1,250.00 EUR" in ran.out
    assert "Café 漢字" in ledgerqa("--ledger", books, "sources").out


def test_each_ledger_has_a_conversation_of_its_own(ledgerqa: CommandLine, books: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.beancount"
    other.write_text(books.read_text(encoding="utf-8"), encoding="utf-8")
    ledgerqa("ask", "--ledger", books, "groceries in 2023")
    ran = ledgerqa("ask", "--ledger", other, "--continue", "and in March?")
    assert ran.code == 2
    assert "no conversation of this ledger" in ran.err


def test_what_is_long_ago_is_not_continued(ledgerqa: CommandLine, books: Path, data_dir: Path) -> None:
    ledgerqa("ask", "--ledger", books, "groceries in 2023")
    long_ago = dt.datetime.now(dt.UTC) - CONTINUED - dt.timedelta(minutes=1)
    changed(kept_file(data_dir), lambda kept: kept.update(at=long_ago.isoformat()))
    ran = ledgerqa("ask", "--ledger", books, "--continue", "and in March?")
    assert ran.code == 2
    assert 'The last question was "groceries in 2023"' in ran.err
    assert "goes on for 12 hours" in ran.err
    assert ledgerqa("sources", "--ledger", books).code == 0  # which need no conversation


def test_a_batch_has_histories_of_its_own(ledgerqa: CommandLine, books: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"question": "groceries"}', encoding="utf-8")
    ran = ledgerqa("ask", "--ledger", books, "--continue", "--batch", batch)
    assert (ran.code, "--continue or --batch" in ran.err) == (2, True)


# ------------------------------------------------------------------------------------------------------ keeping


def test_nothing_is_kept_where_nothing_shall_be(ledgerqa: CommandLine, books: Path, data_dir: Path) -> None:
    ledgerqa("ask", "--ledger", books, "--no-history", "groceries in 2023")
    assert not (data_dir / "questions").exists()
    assert ledgerqa("ask", "--ledger", books, "--continue", "and in March?").code == 2
    ledgerqa("ask", "--ledger", books, "groceries in 2023")
    config = books.parent / "config.toml"
    config.write_text("history = false\n", encoding="utf-8")
    ledgerqa("ask", "--ledger", books, "--config", config, "restaurants in 2023")
    assert list((data_dir / "questions").iterdir()) == []


def test_the_setting_must_be_a_truth(ledgerqa: CommandLine, books: Path) -> None:
    config = books.parent / "config.toml"
    config.write_text('history = "no"\n', encoding="utf-8")
    ran = ledgerqa("ask", "--ledger", books, "--config", config, "groceries")
    assert (ran.code, "history must be true or false, not a text" in ran.err) == (2, True)


def test_it_is_private_and_bounded(settings: Settings, data_dir: Path) -> None:
    remember(settings, Asked("last", DAY, tuple(str(number) for number in range(100))))
    file = kept_file(data_dir)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    found = recall(settings)
    assert found == Asked("last", DAY, tuple(str(number) for number in range(100 - MOST_EARLIER, 100)))


def test_old_questions_are_deleted(settings: Settings, data_dir: Path) -> None:
    remember(settings, Asked("last", DAY))
    old = data_dir / "questions" / "old.json"
    old.write_text("{}", encoding="utf-8")
    past = time.time() - KEPT.total_seconds() - 60
    os.utime(old, (past, past))
    remember(settings, Asked("later", DAY))
    assert not old.exists()
    assert recall(settings) == Asked("later", DAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept.update(at="yesterday"),
        lambda kept: kept.update(at="2024-01-01T00:00:00"),
        lambda kept: kept.update(history=[1]),
        lambda kept: kept.update(question=None),
        lambda kept: kept.pop("today"),
    ],
)
def test_what_cannot_be_read_is_nothing(
    settings: Settings, data_dir: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    remember(settings, Asked("last", DAY))
    changed(kept_file(data_dir), change)
    assert recall(settings) is None
