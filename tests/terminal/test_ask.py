"""`ask` from end to end, as a process on a small ledger: answers, JSON, batches, exit codes, what it imports."""

from __future__ import annotations

import json
import os
import pty
import re
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal.conftest import BOOKS, BROKEN, CommandLine, write
from tests.terminal.test_commands import imported

if TYPE_CHECKING:
    from pathlib import Path

GROCERIES = "how much did I spend on groceries in 2023?"
UNKNOWN = "how much did I spend at Zyxwvut Qqqq Industries?"
DAY = ("--today", "2024-01-15")
FIELDS = [
    "question", "today", "status", "answer", "plan", "sql", "bql", "result", "facts", "citations", "contributing",
    "verification", "index", "timings_ms", "models",
]  # fmt: skip


def answers(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# ------------------------------------------------------------------------------------------------- one question


def test_the_first_question_indexes_and_says_so_on_stderr(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", *DAY, GROCERIES)
    assert ran.code == 0
    assert "no index yet, indexing first" in ran.err
    assert "20.00 EUR" in ran.out.splitlines()[0]
    assert re.search(r"^\[1\] main\.beancount:\d+ ", ran.out, re.MULTILINE)
    assert "Period: 2023-01-01 to 2023-12-31" in ran.out
    assert "\x1b" not in ran.out
    assert ledgerqa("ask", *DAY, GROCERIES).err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [*DAY, GROCERIES],
        ["--json", *DAY, GROCERIES],
        [*DAY, *GROCERIES.split()],
        [*GROCERIES.split(), *DAY],
        ["ask", *GROCERIES.split(), "--json", *DAY],
    ],
    ids=["quoted", "option first", "bare words", "options last", "with its name"],
)
def test_a_question_needs_no_command(ledgerqa: CommandLine, arguments: list[str]) -> None:
    ran = ledgerqa(*arguments)
    assert (ran.code, "20.00" in ran.out) == (0, True)


def test_a_changed_ledger_is_read_anew(ledgerqa: CommandLine, books: Path) -> None:
    ledgerqa("index")
    with books.open("a") as file:
        file.write('\n2023-06-01 * "Green Grocer" "beans"\n  Expenses:Food:Groceries  5.00 EUR\n  Assets:Bank\n')
    ran = ledgerqa("ask", "--json", *DAY, GROCERIES)
    assert "the ledger has changed, indexing first" in ran.err
    (answer,) = answers(ran.out)
    assert answer["result"]["rows"] == [["25.00", "EUR"]]
    assert answer["index"]["generation"] == 2
    assert answer["index"]["stale"] is False


def test_a_damaged_index_is_built_anew(ledgerqa: CommandLine, data_dir: Path) -> None:
    ledgerqa("index")
    (database,) = data_dir.glob("indexes/*/generations/1/*.duckdb")
    database.write_bytes(b"no database")
    ran = ledgerqa("ask", *DAY, GROCERIES)
    assert ran.code == 0
    assert "damaged" in ran.err
    assert "20.00 EUR" in ran.out


def test_json_is_the_contract_on_one_line(ledgerqa: CommandLine, books: Path) -> None:
    ran = ledgerqa("ask", "--json", *DAY, GROCERIES)
    (answer,) = answers(ran.out)
    assert [name for name in answer if name != "warnings"] == FIELDS
    assert answer["question"] == GROCERIES
    assert answer["today"] == "2024-01-15"
    assert answer["status"] == "answered"
    assert answer["result"]["rows"] == [["20.00", "EUR"]]
    assert answer["contributing"] == 2
    lines = books.read_text(encoding="utf-8").splitlines()
    for citation in answer["citations"]:
        assert citation["file"] == "main.beancount"
        first, last = citation["line"], citation["end_line"]
        assert citation["text"].strip() == "\n".join(lines[first - 1 : last]).strip()
        assert lines[first - 1].startswith(citation["date"])
    assert answer["timings_ms"]["total"] >= answer["timings_ms"]["structured"] > 0


def test_what_the_ledger_does_not_have(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", "--json", *DAY, UNKNOWN)
    assert ran.code == 5
    (answer,) = answers(ran.out)
    assert answer["status"] in {"unanswerable", "clarify"}
    assert (answer["plan"], answer["result"]["rows"], answer["citations"]) == (None, [], [])
    piped = ledgerqa("ask", *DAY, UNKNOWN)
    assert (piped.code, piped.out.splitlines()[0]) == (5, answer["answer"])


def test_explain_shows_how(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", "--explain", *DAY, GROCERIES)
    for word in ("plan:", "  measure: sum", "sql:", "-- parameters: [", "bql:", "timings_ms:"):
        assert word in ran.out.splitlines() or word in ran.out
    ran = ledgerqa("ask", "--explain", "--json", *DAY, GROCERIES)
    assert len(answers(ran.out)) == 1
    assert "plan:" in ran.err


def test_ledger_errors_are_told_but_stop_nothing(ledgerqa: CommandLine, books: Path) -> None:
    write(books, BOOKS + BROKEN)
    ran = ledgerqa("ask", *DAY, "how much did I spend on books in 2023?")
    assert ran.code == 0
    assert "21.00 EUR" in ran.out
    assert "errors in the ledger" in ran.out


def test_utf8_whatever_the_locale(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", "--json", *DAY, "how much did I spend at Café 漢字 in 2023?", LC_ALL="C")
    (answer,) = answers(ran.out)
    assert answer["status"] == "answered"
    assert "Café 漢字" in ran.out
    assert answer["result"]["rows"] == [["1250.00", "EUR"]]


def test_a_wrong_date_is_a_wrong_command_line(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", "--today", "yesterday", GROCERIES)
    assert (ran.code, ran.out) == (2, "")
    assert "2024-12-31" in ran.err


# ------------------------------------------------------------------------------------------------------ batches


def batch(*questions: object) -> str:
    return "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)


def test_a_batch_is_answered_in_order(ledgerqa: CommandLine, tmp_path: Path) -> None:
    questions: list[dict[str, Any]] = [
        {"id": "b", "question": GROCERIES, "today": "2024-01-15"},
        {"id": 2, "question": UNKNOWN},
        {"question": "and in 2022?", "history": [GROCERIES], "more": "is ignored"},
        {"id": "é", "question": ""},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text(f"\ufeff{batch(*questions)}\n\n", encoding="utf-8")
    ran = ledgerqa("ask", "--batch", file, *DAY, "--json")
    assert ran.code == 0
    told = answers(ran.out)
    assert [answer.get("id") for answer in told] == ["b", 2, None, "é"]
    assert [answer["question"] for answer in told] == [question["question"] for question in questions]
    assert told[0]["result"]["rows"] == [["20.00", "EUR"]]
    assert all(set(FIELDS) <= set(answer) for answer in told)


def test_a_batch_from_standard_input(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("ask", "--batch", "-", given=batch({"id": 1, "question": GROCERIES, "today": "2024-01-15"}))
    (answer,) = answers(ran.out)
    assert (answer["id"], answer["result"]["rows"]) == (1, [["20.00", "EUR"]])


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("no json", "this is not JSON"),
        ("[1]", "no object"),
        ('{"id": 1}', 'no "question"'),
        ('{"question": 3}', 'no "question"'),
        ('{"question": "x", "history": "y"}', '"history" must be a list'),
        ('{"question": "x", "today": "soon"}', '"today" must be a date'),
        ('{"question": "x", "today": 5}', '"today" must be a date'),
    ],
)
def test_a_line_that_is_no_question_is_named(ledgerqa: CommandLine, tmp_path: Path, line: str, word: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(batch({"question": GROCERIES}) + line + "\n")
    ran = ledgerqa("ask", "--batch", file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"ledgerqa: {file}:2: ")
    assert word in ran.err


def test_a_question_and_a_batch_are_too_much(ledgerqa: CommandLine, tmp_path: Path) -> None:
    file = write(tmp_path / "q.jsonl", "")
    assert ledgerqa("ask", "--batch", file, "why?").code == 2
    assert ledgerqa("ask", "--batch", tmp_path / "none.jsonl").code == 2
    assert ledgerqa("ask", "--batch", file).out == ""


def test_a_question_that_fails_stops_none(ledgerqa: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "site"
    broken.mkdir()
    write(
        broken / "sitecustomize.py",
        """
        import ledgerqa.dialog.planner as planner
        import ledgerqa.dialog as dialog
        real = planner.plan_question
        def plan_question(question, *more):
            if question == "fail":
                raise ZeroDivisionError("planned")
            return real(question, *more)
        dialog.plan_question = plan_question
        """,
    )
    path = os.pathsep.join([str(broken), ledgerqa.environment["PYTHONPATH"]])
    given = batch({"id": 1, "question": "fail"}, {"id": 2, "question": GROCERIES})
    ran = ledgerqa("ask", "--batch", "-", *DAY, given=given, PYTHONPATH=path)
    told = answers(ran.out)
    assert ran.code == 0
    assert [(answer["id"], answer["status"]) for answer in told] == [(1, "error"), (2, "answered")]
    assert "ZeroDivisionError" in told[0]["answer"]
    assert "Traceback" not in ran.err
    single = ledgerqa("ask", "fail", PYTHONPATH=path)
    assert (single.code, single.out) == (1, "")
    assert "LEDGERQA_DEBUG" in single.err
    assert "Traceback" in ledgerqa("ask", "fail", PYTHONPATH=path, LEDGERQA_DEBUG="1").err


# ------------------------------------------------------------------------------------------------------ sources


def test_sources_of_the_last_question(ledgerqa: CommandLine, data_dir: Path) -> None:
    before = ledgerqa("sources")
    assert before.code == 2
    assert "No question was asked" in before.err
    ledgerqa("ask", *DAY, GROCERIES)
    (kept,) = (data_dir / "questions").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    ran = ledgerqa("sources", "--all", "--text")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == GROCERIES
    assert len(re.findall(r"^main\.beancount:\d+ ", ran.out, re.MULTILINE)) == 2
    assert "; half of it was ripe" in ran.out


def test_sources_of_a_question_given(ledgerqa: CommandLine) -> None:
    ran = ledgerqa("sources", "--all", "--json", *DAY, "how much did I spend in 2023?")
    found = json.loads(ran.out)
    assert found["contributing"] == len(found["entries"]) == 4
    assert [entry["date"] for entry in found["entries"]] == ["2023-02-03", "2023-03-04", "2023-03-05", "2023-04-01"]


# ------------------------------------------------------------------------------------------------- the terminal


def on_a_terminal(ledgerqa: CommandLine, *arguments: str, **more: str) -> str:
    """What a person sees: stdout is a terminal of 80 columns."""
    primary, secondary = pty.openpty()
    environment = ledgerqa.environment | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"} | more
    with subprocess.Popen(
        [sys.executable, "-m", "ledgerqa", *arguments], stdout=secondary, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        os.close(secondary)
        seen = b""
        while True:
            try:
                piece = os.read(primary, 4096)
            except OSError:  # Linux says so when the other side is closed
                break
            if not piece:
                break
            seen += piece
    os.close(primary)
    assert process.returncode == 0
    return seen.decode()


def test_a_terminal_gets_styles_links_and_bars(ledgerqa: CommandLine) -> None:
    shown = on_a_terminal(ledgerqa, "ask", *DAY, "spending by account in 2023")
    assert "\x1b[1m" in shown
    assert "\x1b]8;" in shown
    assert "█" in shown


@pytest.mark.parametrize(("arguments", "more"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"})])
def test_no_color(ledgerqa: CommandLine, arguments: list[str], more: dict[str, str]) -> None:
    shown = on_a_terminal(ledgerqa, "ask", *arguments, *DAY, "spending by account in 2023", **more)
    assert "█" in shown
    assert not re.search(r"\x1b\[[0-9;]*\b3[0-7]m", shown)


# ----------------------------------------------------------------------------------------------- speed and size


def test_asking_imports_nothing_heavy(ledgerqa: CommandLine) -> None:
    ledgerqa("index")
    heavy = {"beancount", "numpy", "textual", "torch", "plotext", "beanquery", "pandas", "llama_cpp"}
    for arguments in (["ask", *DAY, GROCERIES], ["ask", "--json", *DAY, GROCERIES]):
        assert heavy & imported(arguments, ledgerqa.environment) == set()
    assert "rich" not in imported(["ask", "--json", *DAY, GROCERIES], ledgerqa.environment)


def test_two_that_ask_at_once_while_there_is_no_index(ledgerqa: CommandLine) -> None:
    processes = [ledgerqa.started("ask", "--json", *DAY, GROCERIES) for _ in range(3)]
    results = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], results
    assert all(json.loads(out)["result"]["rows"] == [["20.00", "EUR"]] for out, _ in results)
