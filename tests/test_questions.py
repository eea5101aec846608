"""The questions in tests/questions are well formed, and beanquery can say what their answers are."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import beanquery
import pytest

FOLDER = Path(__file__).parent / "questions"
MAINS = {name: FOLDER / where["main"] for name, where in json.loads((FOLDER / "index.json").read_text()).items()}


def _questions() -> dict[str, list[dict[str, Any]]]:
    by_ledger: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in sorted(FOLDER.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            question = json.loads(line)
            by_ledger[question["ledger"]].append(question)
    return by_ledger


QUESTIONS = _questions()
LARGE = frozenset(
    "almazora brandvold brightwater castellan fernhollow greywater hartnell lindqvist norrgate okonjo ostrander pellworm"
    " quillon tidewell tollgate"
)
PART = 5  # of large ledgers every so manieth is run: together they would take minutes


def test_ids_are_unique_and_every_ledger_is_known() -> None:
    ids = [question["id"] for asked in QUESTIONS.values() for question in asked]
    assert len(ids) == len(set(ids)) > 200
    assert set(QUESTIONS) == set(MAINS)


@pytest.mark.parametrize("ledger", sorted(MAINS))
def test_every_gold_query_runs_and_finds_something(ledger: str) -> None:
    connection = beanquery.connect(f"beancount:{MAINS[ledger].resolve()}")
    unanswered = []
    for question in QUESTIONS[ledger][:: PART if ledger in LARGE else 1]:
        rows = question.get("gold_rows") or (
            connection.execute(question["gold_bql"]).fetchall() if "gold_bql" in question else []
        )
        if question.get("gold_entries_bql"):
            connection.execute(question["gold_entries_bql"]).fetchall()
        expects_rows = question.get("expect", "answer") == "answer" and not question.get("empty_ok")
        if expects_rows and not rows:
            unanswered.append(question["id"])
    assert unanswered == []


def test_what_was_reworded_has_the_golds_of_its_original() -> None:
    originals = {question["id"]: question for asked in QUESTIONS.values() for question in asked}
    files = sorted((FOLDER / "reworded").glob("*.jsonl"))
    assert len(files) > 5
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            question = json.loads(line)
            original = originals[question["id"].removeprefix(f"{file.stem}-")]
            assert question["question"] != original["question"]
            assert question | {"id": "", "question": ""} == original | {"id": "", "question": ""}
