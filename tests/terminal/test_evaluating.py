"""`ledgerqa eval --retrieval`: golds by beanquery become entries, and scores are what their definition says."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.errors import BatchError, ConfigError
from ledgerqa.terminal.evaluating import Measured, Question, gold_finder, read_questions, summarised
from ledgerqa.terminal.evaluation.questions import read_ledgers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import CommandLine

PLACES_BQL = "SELECT entry.meta['filename'] AS f, entry.meta['lineno'] AS l WHERE "
QUESTIONS: list[dict[str, Any]] = [
    {"id": "a", "question": "groceries in 2023", "gold_entries_bql": PLACES_BQL + "account ~ 'Groceries'"},
    {"id": "b", "question": "the book called dinosaurs", "gold_entries_bql": PLACES_BQL + "account ~ 'Books'"},
    {"id": "c", "question": "nothing there", "gold_entries_bql": PLACES_BQL + "account ~ 'Nowhere'"},
    {"id": "d", "question": "no gold"},
]


@pytest.fixture
def asked(tmp_path: Path, books: Path) -> tuple[Path, Path]:
    """A set of questions over `books`, and the file that says where that is."""
    questions, ledgers = tmp_path / "questions.jsonl", tmp_path / "ledgers.json"
    lines = [json.dumps({"ledger": "books", "today": "2023-12-31", "family": "x", **each}) for each in QUESTIONS]
    questions.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    ledgers.write_text(json.dumps({"books": {"main": books.name}}), encoding="utf-8")
    return questions, ledgers


def test_it_measures_each_retriever(ledgerqa: CommandLine, asked: tuple[Path, Path]) -> None:
    ran = ledgerqa("eval", asked[0], "--ledgers", asked[1], "--retrieval", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["questions"], told["at_most_20"]) == (2, 2)  # one finds nothing, one has no gold
    assert told["retrievers"]["structured"]["all"] >= 0.5
    assert told["retrievers"]["sparse, without the plan"] == {"all": 1.0, "recall": 1.0, "precision": None}
    assert told["retrievers"]["dense"]["all"] == 0.0  # no encoder
    assert told["retrievers"]["merged"]["all"] >= told["retrievers"]["structured"]["all"]


def test_it_prints_a_table_that_says_what_it_measures(ledgerqa: CommandLine, asked: tuple[Path, Path]) -> None:
    ran = ledgerqa("eval", asked[0], "--ledgers", asked[1], "--retrieval")
    assert ran.code == 0, ran.err
    assert "gold entries among the first 20 / min(20, gold entries)" in ran.out
    for name in ("structured", "dense", "sparse", "merged", "both, without the plan"):
        assert name in ran.out


@pytest.mark.parametrize(
    ("questions", "ledgers", "code", "words"),
    [
        (
            '{"ledger": "elsewhere", "question": "?", "today": "2023-01-01", "gold_entries_bql": "x"}',
            None,
            2,
            "elsewhere",
        ),
        ('{"question": "?", "gold_entries_bql": "x"}', None, 2, "questions.jsonl:1"),
        ("[1]", None, 2, "questions.jsonl:1"),
        ('{"question": "?"}', None, 2, "no question whose gold"),
        (None, "[]", 2, "ledgers.json"),
        (None, '{"books": 1}', 2, "ledgers.json"),
    ],
)
def test_what_is_wrong_is_said(
    ledgerqa: CommandLine, asked: tuple[Path, Path], questions: str | None, ledgers: str | None, code: int, words: str
) -> None:
    for file, text in zip(asked, (questions, ledgers), strict=True):
        if text is not None:
            file.write_text(text, encoding="utf-8")
    ran = ledgerqa("eval", asked[0], "--ledgers", asked[1], "--retrieval")
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_retrieval_needs_to_know_the_ledgers(ledgerqa: CommandLine, asked: tuple[Path, Path]) -> None:
    ran = ledgerqa("eval", asked[0], "--retrieval")
    assert (ran.code, "--ledgers" in ran.err) == (2, True)


def test_golds_are_the_entries_that_hold_the_line(books: Path, data_dir: Path) -> None:
    build(books, data_dir)
    with open_index(books, data_dir) as index:
        gold_of = gold_finder(index, books)
        by_entry = gold_of(PLACES_BQL + "account ~ 'Groceries'")
        by_posting = gold_of("SELECT filename, lineno WHERE account ~ 'Groceries'")
        assert by_entry == by_posting
        assert {entry.payee for entry in index.entries(sorted(by_entry))} == {"Green Grocer"}
        assert len(by_entry) == 2


def test_files_are_read_or_named(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"x\.json"):
        read_ledgers(file)
    with pytest.raises(BatchError, match=r"x\.json:1"):
        read_questions(file)


def test_means_are_over_questions() -> None:
    def measured(name: str, gold: int, score: float) -> Measured:
        question = Question(name, "books", name, "?", dt.date(2024, 1, 1), (), "")
        scores = dict.fromkeys(("structured", "dense", "sparse", "merged"), score)
        scores |= {f"{way}, without the plan": 0.0 for way in ("dense", "sparse", "both")}
        return Measured(question, gold, planned=True, scores=scores)

    told = summarised([measured("few", 2, 0.5), measured("just", 20, 1.0), measured("many", 21, 0.0)])
    assert told["retrievers"]["merged"] == {"all": 0.5, "recall": 0.75, "precision": 0.0}
    assert told["merged_by_family"] == {"few": 0.5, "just": 1.0, "many": 0.0}
    assert told["missed"] == ["few", "many"]
