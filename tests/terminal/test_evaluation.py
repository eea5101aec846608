"""`ledgerqa eval`: golds by beanquery, grades as their definition says, names among the readings, failures in words."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.terminal.evaluation.golds import GoldError, Golds
from ledgerqa.terminal.evaluation.grading import graded, is_grounded, plan_differences
from ledgerqa.terminal.evaluation.naming import Namer, recall
from ledgerqa.terminal.evaluation.questions import Comparing, Expected, GoldQuestion, read_gold_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.terminal.conftest import CommandLine

PLACES = "SELECT entry.meta['filename'] AS f, entry.meta['lineno'] AS l WHERE "
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "right", "family": "sum", "question": "how much did I spend on groceries in 2023?",
        "gold_bql": "SELECT sum(position) WHERE account ~ 'Groceries' AND year = 2023",
        "gold_entries_bql": PLACES + "account ~ 'Groceries' AND year = 2023",
    },
    {
        "id": "wrong", "family": "sum", "question": "how much did I spend on books?",
        "gold_bql": "SELECT sum(position) WHERE account ~ 'Restaurants'",
        "plan": {"filters": {"accounts": ["Expenses:Food:Restaurants"]}},
    },
    {"id": "refused", "family": "none", "question": "how tall is the president?", "expect": "refuse"},
    {"id": "planned", "family": "sum", "question": "groceries by month in 2023", "plan": {"group_by": ["month"]}},
    {"id": "bad gold", "family": "sum", "question": "groceries", "gold_bql": "SELECT nonsense("},
]  # fmt: skip
SCORE = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score.py"
FOLDER = Path(__file__).resolve().parents[1] / "questions"
MONEY = Comparing()


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    questions = tmp_path / "questions.jsonl"
    lines = [json.dumps({"today": "2023-12-31", **each}) for each in QUESTIONS]
    questions.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return questions


# ------------------------------------------------------------------------------------------------ the command


def test_it_grades_any_questions_over_the_ledger_named(ledgerqa: CommandLine, asked: Path, books: Path) -> None:
    ran = ledgerqa("eval", asked, "--ledger", books, "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["questions"] == 5
    assert told["families"]["none"]["answer"] == 1.0
    assert told["families"]["sum"] == {
        "n": 4, "answer": 0.5, "status": 1.0, "cite_prec": 1.0, "cite_rec": 1.0, "grounded": 1.0, "plan": 0.5,
    }  # fmt: skip
    failures = {each["id"]: each for each in told["failures"]}
    assert set(failures) == {"wrong", "bad gold"}
    assert "plan.filters is" in failures["wrong"]["why"]
    assert failures["wrong"]["plan"]["filters"]["accounts"] == ["Expenses:Books"]
    assert "cannot be run" in failures["bad gold"]["why"]
    assert told["linking"]["names"] == 2  # groceries, and the restaurants that nothing in the question names
    assert told["linking"]["recall_at_1"] == 0.5
    assert [each["id"] for each in told["linking"]["missed"]] == ["wrong"]


def test_a_run_is_compared_with_an_earlier_one(ledgerqa: CommandLine, asked: Path, books: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    earlier = json.loads(ledgerqa("eval", asked, "--ledger", books, "--json").out)
    assert earlier["passed"] == ["right", "refused", "planned"]
    swapped = [{"id": "right"}, {"id": "gone since"}], ["wrong", "refused", "planned", "gone too"]
    before.write_text(json.dumps({"failures": swapped[0], "passed": swapped[1]}), encoding="utf-8")
    told = ledgerqa("eval", asked, "--ledger", books, "--against", before).out.splitlines()[-3:]
    assert told == [
        "since the earlier run 1 more are right and 1 no longer",
        "  gained  right",
        "  lost    wrong how much did I spend on books?",
    ]
    ran = ledgerqa("eval", asked, "--ledger", books, "--against", before, "--json")
    assert json.loads(ran.out)["against"] == {"gained": ["right"], "lost": ["wrong"]}


def test_only_what_eval_printed_can_be_compared_with(ledgerqa: CommandLine, asked: Path, books: Path) -> None:
    ran = ledgerqa("eval", asked, "--ledger", books, "--against", asked)
    assert ran.code == 2
    assert "is not what `ledgerqa eval --json` prints" in ran.err
    assert ledgerqa("eval", asked, "--ledgers", books, "--retrieval", "--against", asked).code == 2


def test_failures_can_be_read(ledgerqa: CommandLine, asked: Path, books: Path) -> None:
    ran = ledgerqa("eval", asked, "--ledger", books)
    assert ran.code == 0, ran.err
    block = ran.out.split("\n\n")[0].splitlines()
    assert block[0] == "wrong [sum] how much did I spend on books?"
    assert block[1].startswith('  got       {"measure": "sum"')
    assert block[2].startswith("  expected  1 row [1250.00 EUR], plan ")
    assert block[3].startswith("  because   lacks [1250.00 EUR], got [20.00 EUR]")
    assert "ALL" in ran.out
    assert "recall@1 50.0%, recall@5 50.0%, over 2 names" in ran.out


def test_ledgers_come_from_a_folder_or_a_file(ledgerqa: CommandLine, tmp_path: Path, books: Path) -> None:
    (tmp_path / "index.json").write_text(json.dumps({"books": {"main": books.name}}), encoding="utf-8")
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"ledger": "books", "question": "groceries in 2023", "gold_rows": [["20.00 EUR"]]}')
    for place in (books.parent if books.parent == tmp_path else tmp_path, tmp_path / "index.json"):
        ran = ledgerqa("eval", questions, "--ledgers", place, "--json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["all"]["answer"] == 1.0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"question": 1}', "q.jsonl:1"),
        ('{"question": "?", "today": "soon"}', "q.jsonl:1"),
        ('{"question": "?", "expect": "wonders"}', "q.jsonl:1"),
        ('{"question": "?", "plan": 1}', "q.jsonl:1"),
        ('{"question": "?", "ledger": "a"}\n{"question": "?", "ledger": "b"}', "does not name these ledgers: a, b"),
        ("", "holds no question"),
    ],
)
def test_what_is_wrong_is_said(ledgerqa: CommandLine, tmp_path: Path, books: Path, line: str, words: str) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(line, encoding="utf-8")
    ran = ledgerqa("eval", questions, "--ledger", books)
    assert (ran.code, words in ran.err) == (2, True), ran.err


@pytest.mark.slow
def test_figures_agree_with_the_independent_scorer(ledgerqa: CommandLine, tmp_path: Path) -> None:
    if not SCORE.is_file():
        pytest.skip("the scorer (../shared/eval) does not lie beside this checkout")
    questions = FOLDER / "club.jsonl"
    ours = json.loads(ledgerqa("eval", questions, "--ledgers", FOLDER, "--json").out)
    batch = ledgerqa("ask", "--ledger", FOLDER.parent / "ledgers" / "club.beancount", "--batch", questions)
    answers, report = tmp_path / "answers.jsonl", tmp_path / "report.json"
    answers.write_text(batch.out, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCORE, questions, "--ledgers", FOLDER, "--answers", answers, "--report", report],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    theirs = json.loads(report.read_text(encoding="utf-8"))
    fell_short = {each["id"] for each in theirs if not (each["answer"] and each["status"] and each["grounded"])}
    assert {each["id"] for each in ours["failures"]} == fell_short
    for name in ("answer", "status", "grounded", "cite_prec", "cite_rec"):
        values = [float(each[name]) for each in theirs if each[name] is not None]
        assert ours["all"][name] == pytest.approx(sum(values) / len(values), abs=1e-4), name


# ----------------------------------------------------------------------------------------------------- grades


def answered(rows: list[list[Any]], prose: str = "It was 12.50 EUR [1].", **more: Any) -> dict[str, Any]:
    return {"status": "answered", "answer": prose, "result": {"rows": rows}, "citations": [], **more}


@pytest.mark.parametrize(
    ("gold", "rows", "prose", "why"),
    [
        ([("12.50 EUR",)], [["12.5", "EUR"]], "12.50 EUR", ""),
        ([("-12.50 EUR",)], [["12.504", "EUR"]], "12.50 EUR", ""),
        ([("12.50 EUR",)], [["12.50", "USD"]], "12.50", "lacks"),
        ([("12.50 EUR",)], [["12.51", "EUR"]], "12.50", "lacks"),
        ([("12.50 EUR",)], [["12.50", "EUR"]], "nothing said", "the figure 12.50"),
        ([("2024-03-05", "x")], [["2024-03-05", "X"]], "on March 5th, 2024", ""),
        ([("2024-03-05", "x")], [["2024-03-05", "X"]], "on March 6th, 2024", "the day 2024-03-05"),
        ([("1",), ("2",)], [["1"], ["2"], ["3"]], "3", ""),
        ([("1",), ("2",)], [["1"], ["2"], ["3"], ["4"]], "4", "2 rows too many"),
        ([], [["0.00", "EUR"]], "nothing", ""),
        ([], [["text"]], "nothing", ""),
        ([], [["3.00", "EUR"]], "nothing", "expected nothing"),
        ([("a",)], [["a", *"bcdefghij"]], "a", "rows of over 9 cells"),
    ],
)
def test_rows_and_prose_are_compared(gold: list[tuple[str, ...]], rows: list[list[Any]], prose: str, why: str) -> None:
    grade = graded(Expected(), answered(rows, prose), tuple(gold), None)
    assert grade.answer is (why == "")
    assert why in grade.why


def test_citations_are_counted() -> None:
    cited = answered([], citations=[{"file": "a", "line": 1}, {"file": "a", "line": 9}])
    needed = frozenset({("a", 1), ("b", 2)})
    some, each = (graded(Expected(cite_all=all_), cited, (), needed) for all_ in (False, True))
    assert (some.cite_precision, some.cite_recall) == (0.5, 1.0)
    assert (each.cite_precision, each.cite_recall) == (0.5, 0.5)


def test_numbers_of_the_prose_must_stand_somewhere() -> None:
    assert is_grounded(answered([["12.504", "EUR"]]))  # rounded
    assert not is_grounded(answered([["12.60", "EUR"]]))
    assert not is_grounded(answered([["1"]], prose=""))


def test_a_plan_is_exact_in_the_fields_that_are_fixed() -> None:
    plan = {"measure": "sum", "period": {"start": "2023-01-01", "label": "2023"}, "group_by": ["month"]}
    assert plan_differences(None, plan) is None
    assert plan_differences({"measure": "sum", "period": {"start": "2023-01-01"}}, plan) == []
    assert plan_differences({"group_by": []}, plan) == ['plan.group_by is ["month"], expected null']
    assert plan_differences({"limit": 3}, None) == ["plan.limit is null, expected 3"]


# ------------------------------------------------------------------------------------------------------ names


@pytest.fixture
def namer(books: Path, data_dir: Path) -> Iterator[Namer]:
    build(books, data_dir)
    with open_index(books, data_dir) as index:
        yield Namer(index, lambda _words: (), None)


def gold(question: str, bql: str) -> GoldQuestion:
    return GoldQuestion("x", "", "f", question, dt.date(2023, 12, 31), (), Expected(bql=bql))


@pytest.mark.parametrize(
    ("question", "bql", "places"),
    [
        ("groceries", "SELECT sum(position) WHERE account = 'Expenses:Food:Groceries'", [1]),
        ("groceries and restaurants", "SELECT 1 WHERE account ~ '^Expenses:Food:(Groceries|Restaurants)'", [1]),
        ("books", "SELECT sum(position) WHERE account ~ 'Restaurants'", [None]),
        ("spending", "SELECT sum(position) WHERE account ~ '^Expenses'", []),
        ("at the green grocer", "SELECT sum(position) WHERE payee ~ 'grocer' AND account ~ 'Food'", [1]),
        ("the picnic", "SELECT sum(position) WHERE 'picnic' IN tags", [1]),
        ("all but books", "SELECT sum(position) WHERE account ~ '^Expenses' AND NOT account ~ 'Books'", [1]),
        ("books", "this is no query", []),
    ],
)
def test_names_of_a_gold_are_looked_for(namer: Namer, question: str, bql: str, places: list[int | None]) -> None:
    assert [rank.place for rank in namer.ranks(gold(question, bql))] == places


def test_recall_counts_places(namer: Namer) -> None:
    ranks = namer.ranks(gold("groceries", "SELECT 1 WHERE account ~ 'Groceries' OR account ~ 'Restaurants'"))
    assert recall(ranks, 1) == 0.5
    assert recall([], 1) is None


# ------------------------------------------------------------------------------------------------------ golds


def test_golds_are_texts_and_places(books: Path) -> None:
    golds = Golds(books)
    rows = golds.rows(Expected(bql="SELECT account, sum(position) WHERE account ~ 'Food' GROUP BY account ORDER BY 1"))
    assert rows == (("Expenses:Food:Groceries", "20.00 EUR"), ("Expenses:Food:Restaurants", "1250.00 EUR"))
    by_posting = golds.entries(Expected(entries_bql="SELECT filename, lineno WHERE account ~ 'Groceries'"))
    assert by_posting == golds.entries(Expected(entries_bql=PLACES + "account ~ 'Groceries'"))
    assert golds.entries(Expected()) is None
    with pytest.raises(GoldError, match="nonsense"):
        golds.rows(Expected(bql="SELECT nonsense("))


def test_every_kept_question_is_read() -> None:
    for file in FOLDER.glob("*.jsonl"):
        assert read_gold_questions(file, dt.date(2024, 1, 1))
