"""`ledgerqa eval --retrieval`: how many of the entries that an answer rests on are found, by each way of finding.

For developers.  The gold entries of a question are what its `gold_entries_bql` gives in beanquery: file and line, which
name an entry of the index.  A question's score at 20 is

    gold entries among the first 20 found, divided by 20 or by the number of gold entries, whichever is less

that is: recall@20 where there are at most 20 gold entries; where there are more, which nothing can put into 20 places,
the share of the 20 places that hold one.  The figures are means over questions, of both kinds together and apart.

Structured are the exact rows of the question's plan, the most telling first; dense and sparse search inside the
plan's filters and period, as they do when a question is answered; merged is the fusion of the three.  A question
without a plan has no exact rows and no filters.  What follows "without the plan" is found by the question alone.
"""

from __future__ import annotations

import bisect
import datetime as dt
import json
import os
import statistics
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.errors import BatchError
from ledgerqa.records import Plan
from ledgerqa.terminal.evaluation.golds import beanquery_installed
from ledgerqa.terminal.evaluation.questions import read_ledgers
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar, remark
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.evidence.nearest import Found, How
    from ledgerqa.settings import Settings

PLACES: Final = 20
RETRIEVERS: Final[dict[str, tuple[How, ...]]] = {
    "structured": ("structured",),
    "dense": ("dense",),
    "sparse": ("sparse",),
    "merged": ("structured", "dense", "sparse"),
}
WITHOUT: Final[dict[str, tuple[How, ...]]] = {
    "dense, without the plan": ("dense",),
    "sparse, without the plan": ("sparse",),
    "both, without the plan": ("dense", "sparse"),
}


@dataclass(frozen=True)
class Question:
    """A question of a set, as far as retrieval is measured by it."""

    id: str
    ledger: str
    family: str
    question: str
    today: dt.date
    history: tuple[str, ...]
    gold_entries_bql: str


@dataclass(frozen=True)
class Measured:
    """One question: how many gold entries it has, and its score by each retriever."""

    question: Question
    gold: int
    planned: bool
    scores: Mapping[str, float]


def evaluate_and_tell(settings: Settings, questions: Path, ledgers: Path, *, as_json: bool) -> None:
    """Measure retrieval over a set of questions and print it; indexes and embeds the ledgers where that lacks."""
    if not beanquery_installed():
        raise click.UsageError(
            "beanquery, which says what the gold entries are, is missing: pip install 'ledgerqa[bench]'"
        )
    asked = read_questions(questions)
    mains = read_ledgers(ledgers)
    if unknown := sorted(set(asked) - set(mains)):
        raise click.UsageError(f"{ledgers} does not name these ledgers: {', '.join(unknown)}.")
    measured: list[Measured] = []
    for name, group in asked.items():
        measured += _measure_ledger(replace(settings, ledger=str(mains[name])), mains[name], group)
    if not measured:
        raise click.UsageError(f"{questions} holds no question whose gold entries are known.")
    summary = summarised(measured)
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else "\n".join(_lines(summary)))


# --------------------------------------------------------------------------------------------------- reading


def read_questions(file: Path) -> dict[str, list[Question]]:
    """The questions with gold entries, by ledger; raises `BatchError`."""
    by_ledger: dict[str, list[Question]] = defaultdict(list)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values: dict[str, Any] = json.loads(line)
            if not values.get("gold_entries_bql"):
                continue
            question = Question(
                str(values.get("id", number)),
                values["ledger"],
                values.get("family", ""),
                values["question"],
                dt.date.fromisoformat(values["today"]),
                tuple(values.get("history", ())),
                values["gold_entries_bql"],
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BatchError(file, number, f"this is no question of a set ({type(error).__name__}: {error})") from error
        by_ledger[question.ledger].append(question)
    return by_ledger


def gold_finder(index: Index, ledger: Path) -> Callable[[str], set[int]]:
    """A function from BQL that gives (filename, line) to the entries at these places."""
    from ledgerqa.terminal.evaluation.golds import Golds

    connection = Golds(ledger).connection
    starts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for file, *place in index.query("SELECT file, line, end_line, entry_id FROM entries ORDER BY file, line"):
        starts[file].append((place[0], place[1], place[2]))

    def find(bql: str) -> set[int]:
        found = set()
        for filename, line in connection.execute(bql).fetchall():
            entries = starts.get(os.path.relpath(filename, index.ledger.main_file.parent), [])
            at = bisect.bisect_right(entries, (int(line), PAST_ALL, PAST_ALL)) - 1
            if at >= 0 and entries[at][1] >= int(line):
                found.add(entries[at][2])
        return found

    return find


PAST_ALL: Final = 1 << 60


# ------------------------------------------------------------------------------------------------- measuring


def _measure_ledger(settings: Settings, ledger: Path, questions: Sequence[Question]) -> Iterator[Measured]:
    from ledgerqa.backends.opening import models_of
    from ledgerqa.terminal.embedding import embed_pending
    from ledgerqa.terminal.opening import open_fresh

    open_fresh(settings).close()
    embed_pending(settings)
    models = models_of(settings, remark)
    with open_fresh(settings) as index, progress_bar(f"asking {ledger.name}") as progress:
        gold_of = gold_finder(index, ledger)
        for number, question in enumerate(questions):
            progress("retrieval", number, len(questions))
            if gold := gold_of(question.gold_entries_bql):
                yield _measure(question, gold, index, models, settings.fiscal_start_month)


def _measure(question: Question, gold: set[int], index: Index, models: Models, fiscal_start: int | None) -> Measured:
    from ledgerqa.dialog import plan_question, searcher
    from ledgerqa.evidence import gather
    from ledgerqa.evidence.nearest import nearest, nearest_of_plan
    from ledgerqa.evidence.retrieval import searched_for

    meaning = searcher(index, models.encoder, models.encoder_sha256)
    plan = plan_question(
        question.question, question.history, question.today, index, fiscal_start, meaning, models.planner()
    )
    encoder = models.encoder()

    def score(found: tuple[Found, ...]) -> float:
        return len(gold & {each.entry_id for each in found}) / min(PLACES, len(gold))

    def alone(by: tuple[How, ...]) -> float:
        return score(nearest(question.question, index, encoder, limit=PLACES, by=by))

    scores = {name: alone(by) for name, by in WITHOUT.items()}
    if not isinstance(plan, Plan):
        scores |= {name: alone(by) for name, by in RETRIEVERS.items()}
        return Measured(question, len(gold), planned=False, scores=scores)
    exact = gather(plan, index, question.today).entry_ids
    text = searched_for(question.question, plan, follows=bool(question.history))
    for name, by in RETRIEVERS.items():
        scores[name] = score(nearest_of_plan(text, plan, index, encoder, PLACES, exact, by))
    return Measured(question, len(gold), planned=True, scores=scores)


# ---------------------------------------------------------------------------------------------------- telling


def summarised(measured: Sequence[Measured]) -> dict[str, Any]:
    """Means over all questions and over those with at most, and more than, as many gold entries as places."""
    few = [each for each in measured if each.gold <= PLACES]
    many = [each for each in measured if each.gold > PLACES]
    return {
        "measure": f"gold entries among the first {PLACES} / min({PLACES}, gold entries), mean over questions",
        "questions": len(measured),
        "with_plan": sum(each.planned for each in measured),
        f"at_most_{PLACES}": len(few),
        "retrievers": {
            name: {"all": _mean(measured, name), "recall": _mean(few, name), "precision": _mean(many, name)}
            for name in (*RETRIEVERS, *WITHOUT)
        },
        "merged_by_family": {
            family: _mean([each for each in measured if each.question.family == family], "merged")
            for family in sorted({each.question.family for each in measured})
        },
        "missed": [each.question.id for each in measured if each.scores["merged"] < 1.0],
    }


def _mean(measured: Sequence[Measured], retriever: str) -> float | None:
    return round(statistics.fmean(each.scores[retriever] for each in measured), 4) if measured else None


def _lines(summary: dict[str, Any]) -> Iterator[str]:
    few = summary[f"at_most_{PLACES}"]
    yield f"{summary['questions']} questions with gold entries, {summary['with_plan']} of them planned"
    yield f"all: {summary['measure']}"
    yield f"recall@{PLACES}: the {few} questions with at most {PLACES} gold entries; share of places: the others"
    yield ""
    columns = [
        ShownColumn("retriever", "retrieval", "text"),
        ShownColumn("all", "all", "number"),
        ShownColumn("recall", f"recall@{PLACES}", "number"),
        ShownColumn("precision", "share", "number"),
    ]
    rows = [
        [name, *(_shown(means[key]) for key in ("all", "recall", "precision"))]
        for name, means in summary["retrievers"].items()
    ]
    yield from aligned(columns, rows)
    yield ""
    families = [ShownColumn("family", "family", "text"), ShownColumn("merged", "merged", "number")]
    yield from aligned(families, [[name, _shown(mean)] for name, mean in summary["merged_by_family"].items()])


def _shown(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.3f}"
