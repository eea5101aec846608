"""A stale index: taken in first, only said, or passed over; and one that is renewed between two questions."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build
from ledgerqa.terminal import opening

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import CommandLine

QUESTION = "how much did I spend on books?"
MORE = '\n2023-05-05 * "Paper Moon" "another book"\n  Expenses:Books  5.00 EUR\n  Assets:Bank\n'


def add(books: Path, text: str = MORE) -> None:
    with books.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(("how", "remark"), [("warn", "`ledgerqa reindex` takes in the changes"), ("never", "")])
def test_a_stale_index_answers_and_says_so(ledgerqa: CommandLine, books: Path, how: str, remark: str) -> None:
    ledgerqa("index")
    add(books)
    ran = ledgerqa("ask", "--freshness", how, QUESTION)
    assert "20.00 EUR" in ran.out
    assert "The ledger changed since it was indexed" in ran.out
    assert remark in ran.err
    assert "indexing" not in ran.err
    assert json.loads(ledgerqa("ask", "--json", QUESTION, LEDGERQA_FRESHNESS=how).out)["index"]["stale"] is True
    assert "25.00 EUR" in ledgerqa("ask", QUESTION).out


@pytest.mark.parametrize(("content", "cause"), [("", "it is empty"), ("2024-01-01 * \x00", "not a text file")])
def test_a_ledger_that_cannot_be_loaded_now_is_answered_for_as_it_was(
    ledgerqa: CommandLine, books: Path, content: str, cause: str
) -> None:
    ledgerqa("index")
    books.write_text(content)
    ran = ledgerqa("ask", QUESTION)
    assert "20.00 EUR" in ran.out
    assert cause in ran.err
    assert "Answering from the index of" in ran.err
    assert ledgerqa("reindex").code == 3


def test_a_ledger_that_is_gone_is_not_answered_for(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("index")
    books.unlink()
    assert ledgerqa("ask", QUESTION).code == 3


def test_what_takes_long_is_not_waited_for(
    books: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ledgerqa.settings import Settings

    build(books, data_dir)
    add(books)
    monkeypatch.setattr(opening, "QUICK", 0.0)
    settings = Settings(books.parent / "config.toml", data_dir, str(books), encoder="none")
    with opening.open_fresh(settings) as index:
        assert (index.info.generation, index.info.stale) == (1, True)
    assert "answering from the index of" in capsys.readouterr().err
    monkeypatch.setattr(opening, "QUICK", 30.0)
    with opening.open_fresh(settings) as index:
        assert (index.info.generation, index.info.stale) == (2, False)


def test_a_batch_takes_a_new_index_between_two_questions(ledgerqa: CommandLine, books: Path, data_dir: Path) -> None:
    ledgerqa("index")
    line = json.dumps({"question": QUESTION, "today": "2023-12-31"}) + "\n"
    batch = ledgerqa.started("ask", "--batch", "-", stdin=-1)
    assert batch.stdin is not None
    assert batch.stdout is not None
    answers = []
    for _ in range(3):
        batch.stdin.write(line.encode())
        batch.stdin.flush()
        answers.append(json.loads(batch.stdout.readline()))
        if len(answers) == 1:
            add(books)
            build(books, data_dir)  # another process
        else:
            add(books)  # nobody, so that the batch does it
    out, err = batch.communicate(timeout=60)
    assert batch.returncode == 0
    assert not out
    assert [("20.00" in a["answer"], "25.00" in a["answer"], "30.00" in a["answer"]) for a in answers] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert [a["index"]["generation"] for a in answers] == [1, 2, 3]
    assert err.decode().count("the index was renewed") == 2


def test_a_warning_is_said_once_in_a_batch(ledgerqa: CommandLine, books: Path, tmp_path: Path) -> None:
    ledgerqa("index")
    add(books)
    file = tmp_path / "questions.jsonl"
    file.write_text((json.dumps({"question": QUESTION}) + "\n") * 4)
    ran = ledgerqa("ask", "--batch", file, "--freshness", "warn")
    assert ran.err.count("the ledger has changed") == 1
    assert all(json.loads(line)["index"]["stale"] for line in ran.out.splitlines())


def test_reindex_says_what_it_found(ledgerqa: CommandLine, books: Path) -> None:
    assert ledgerqa("reindex").out.startswith("+14 entries, ")
    assert ledgerqa("reindex").out.startswith("unchanged, ")
    books.write_text("; a line above all\n" + books.read_text().replace("a book", "a novel"))
    add(books)
    ran = ledgerqa("reindex")
    assert ran.out.startswith("+1 ~1 →13 entries, "), ran.out
    told = json.loads(ledgerqa("reindex", "--json").out)
    assert (told["loaded"], told["why"], told["stayed"], told["added"]) == (False, "", 15, 0)
    books.write_text(books.read_text().replace('option "title"', 'option "name_equity" "Equity"\noption "title"'))
    assert json.loads(ledgerqa("reindex", "--json").out)["moved"] == 15
    os.utime(books)
    assert ledgerqa("reindex").out.startswith("unchanged, ")


def test_nothing_is_loaded_where_nothing_has_changed(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("reindex")
    began = time.monotonic()
    assert ledgerqa("--help").code == 0
    started = time.monotonic() - began
    began = time.monotonic()
    assert ledgerqa("reindex", PYTHONPROFILEIMPORTTIME="1").err.count("| beancount") == 0
    assert time.monotonic() - began < started + 5  # that it is quick is for `bench` to say; that it loads nothing, here


def test_a_half_typed_ledger_keeps_the_sound_index(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("reindex")
    add(books, '\n2023-05-05 * "Paper Moon" "ano\n  Expenses:Bo')
    ran = ledgerqa("reindex", "--keep-sound")
    assert ran.code == 3
    assert "the ledger has errors now" in ran.err
    assert f"{books}:" in ran.err
    assert "Traceback" not in ran.err
    assert json.loads(ledgerqa("ask", "--json", "--freshness", "never", QUESTION).out)["index"]["generation"] == 1
    assert ledgerqa("reindex").code == 0
    assert ledgerqa("reindex", "--keep-sound").code == 0
    add(books, "\n\n2023-06-01 price\n")
    assert ledgerqa("reindex", "--keep-sound").code == 3


def test_all_named_ledgers_are_reindexed_and_shown(ledgerqa: CommandLine, books: Path, tmp_path: Path) -> None:
    (tmp_path / "club").mkdir()
    club = tmp_path / "club" / "main.beancount"
    club.write_text("2024-01-01 open Assets:Till\n")
    config = tmp_path / "config.toml"
    config.write_text(
        f'ledger = "home"\n[ledgers]\nhome = "{books}"\nclub = "club/main.beancount"\ngone = "gone.beancount"\n'
    )
    ran = ledgerqa("--config", config, "reindex", "--all")
    assert ran.code == 3
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["home", "club"]
    assert "gone: " in ran.err
    shown = ledgerqa("--config", config, "status", "--all", "--json", LEDGERQA_LEDGER="")
    assert [(each["name"], each["state"], each["entries"], each["chosen"]) for each in json.loads(shown.out)] == [
        ("home", "fresh", 14, True), ("club", "fresh", 1, False), ("gone", "missing", None, False),
    ]  # fmt: skip
    club.write_text("2024-01-01 open Assets:Purse\n")
    shown = ledgerqa("--config", config, "status", LEDGERQA_LEDGER="")
    assert "generation 1" in shown.out
    assert f"club: {club} has changed" in shown.out
    assert ledgerqa("--config", config, "reindex", "club").out.startswith("~1 entries, ")
    assert ledgerqa("--config", config, "reindex", "club", "--all").code == 2
    assert "no ledger" in ledgerqa("status", "--all", LEDGERQA_LEDGER="").err.casefold()
