"""The questions of a set asked, graded, counted by family, and told."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal.evaluation.against import change, change_lines, read_summary
from ledgerqa.terminal.evaluation.golds import GoldError, Golds, beanquery_installed
from ledgerqa.terminal.evaluation.grading import Grade, graded, shown_rows
from ledgerqa.terminal.evaluation.naming import DEPTHS, Namer, Rank, recall
from ledgerqa.terminal.evaluation.own import own_questions
from ledgerqa.terminal.evaluation.questions import by_ledger, read_gold_questions, read_ledgers
from ledgerqa.terminal.evaluation.reading import reading, reading_lines
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar, remark
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.settings import Settings
    from ledgerqa.terminal.evaluation.questions import Expected, GoldQuestion

MEASURES: Final = {
    "answer": "answer",
    "status": "status",
    "cite_prec": "cite_precision",
    "cite_rec": "cite_recall",
    "grounded": "grounded",
    "plan": "plan",
}
"""What is reported, by its name, and the field of a `Grade` that holds it."""
SHOWN_PLAN: Final = 280


@dataclass(frozen=True)
class Result:
    """One question, its answer as `--json` gives it, how it fared, and where its names were found."""

    question: GoldQuestion
    answer: dict[str, Any]
    grade: Grade
    expected: str
    ranks: tuple[Rank, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is something to mend."""
        grade = self.grade
        return not (grade.status and grade.grounded) or grade.answer is False or grade.plan is False


def evaluate_questions(
    settings: Settings,
    file: Path,
    ledgers: Path | None,
    today: dt.date,
    earlier: Path | None = None,
    *,
    as_json: bool,
) -> None:
    """Ask all questions of a file, and print how the answers fare; ledgers are indexed where that lacks.

    `earlier` holds what an earlier run printed as JSON: what has changed since is told too.
    """
    before = read_summary(earlier) if earlier else None
    questions = read_gold_questions(file, today)
    if not questions:
        raise click.UsageError(f"{file} holds no question.")
    groups = by_ledger(questions, settings, read_ledgers(ledgers) if ledgers else None)
    if not beanquery_installed() and any(each.expected.bql or each.expected.entries_bql for each in questions):
        remark(
            "beanquery is missing, so gold queries are not run and such answers are graded by their status alone:"
            " pip install 'ledgerqa[bench]'"
        )
    results: list[Result] = []
    for ledger, group in groups.items():
        results += _asked(replace(settings, ledger=str(ledger)), ledger, group)
    _tell(results, before, as_json=as_json)


def evaluate_own(settings: Settings, count: int, seed: int, earlier: Path | None = None, *, as_json: bool) -> None:
    """Make `count` questions about the ledger's own names, ask them, and print how the answers fare (`own`)."""
    before = read_summary(earlier) if earlier else None
    if not beanquery_installed():
        raise click.UsageError("--own holds answers against beanquery, which is missing: pip install 'ledgerqa[bench]'")
    ledger = settings.ledger_file()
    questions = own_questions(Golds(ledger), count, seed)
    if len(questions) < count:
        remark(f"{ledger.name} has names for {len(questions)} questions with one answer each")
    _tell(list(_asked(settings, ledger, questions)), before, as_json=as_json)


def _tell(results: Sequence[Result], before: Mapping[str, Any] | None, *, as_json: bool) -> None:
    summary = summarised(results)
    changed = change(before, summary) if before else None
    if as_json:
        click.echo(json.dumps(summary | ({"against": asdict(changed)} if changed else {}), ensure_ascii=False))
        return
    click.echo("\n".join([*_lines(summary), *(["", *change_lines(changed, summary)] if changed else [])]))


# ----------------------------------------------------------------------------------------------------- asking


def _asked(settings: Settings, ledger: Path, questions: Sequence[GoldQuestion]) -> Iterator[Result]:
    from ledgerqa.backends.opening import models_of
    from ledgerqa.dialog import searcher
    from ledgerqa.terminal.embedding import completing
    from ledgerqa.terminal.opening import open_fresh

    models = completing(models_of(settings, remark), settings)
    with open_fresh(settings) as index, progress_bar(f"asking {ledger.name}") as progress:
        golds = Golds(ledger) if beanquery_installed() else None
        meaning = searcher(index, models.encoder, models.encoder_sha256, models.complete)
        namer = Namer(index, meaning, settings.fiscal_start_month, models.planner())
        for number, question in enumerate(questions):
            progress("questions", number, len(questions))
            yield _result(question, index, models, settings.fiscal_start_month, golds, namer)


def _result(
    question: GoldQuestion, index: Index, models: Models, fiscal_start: int | None, golds: Golds | None, namer: Namer
) -> Result:
    from ledgerqa.agent import attempt
    from ledgerqa.terminal.contract import answer_object

    given = attempt(question.question, index, question.today, question.history, models, fiscal_start)
    answer = json.loads(json.dumps(answer_object(given, index.digits, question_id=question.id)))
    expected = question.expected
    try:
        rows = _rows(expected, golds)
        needed = golds.entries(expected) if golds else None
    except GoldError as error:
        return Result(
            question,
            answer,
            Grade(answer["status"] == expected.status, grounded=True, answer=False, why=str(error)),
            "?",
        )
    grade = graded(expected, answer, rows, needed)
    return Result(question, answer, grade, _told(expected, rows), tuple(namer.ranks(question)))


def _rows(expected: Expected, golds: Golds | None) -> Any:
    """The rows expected; None where the line does not say, or only beanquery could."""
    if expected.rows is not None:
        return expected.rows
    if expected.bql:
        return golds.rows(expected) if golds else None
    return () if expected.empty_ok else None


def _told(expected: Expected, rows: Any) -> str:
    """What was expected, on one line."""
    if expected.status != "answered":
        return expected.status
    parts = [] if rows is None else [f"{len(rows)} row{'s' * (len(rows) != 1)} {shown_rows(rows)}"]
    if expected.plan is not None:
        parts.append(f"plan {json.dumps(dict(expected.plan), ensure_ascii=False)}")
    parts += [f"by {query}" for query in [expected.bql] if query]
    return ", ".join(parts) or "an answer"


# ---------------------------------------------------------------------------------------------------- telling


def summarised(results: Sequence[Result]) -> dict[str, Any]:
    """Counts and means, of each family and of all; and each question that fell short, in the order of the file."""
    families = sorted({result.question.family for result in results})
    ranks = [rank for result in results for rank in result.ranks]
    return {
        "questions": len(results),
        "families": {
            family: _means([each for each in results if each.question.family == family]) for family in families
        },
        "all": _means(results),
        "linking": {
            "names": len(ranks),
            **{f"recall_at_{depth}": recall(ranks, depth) for depth in DEPTHS},
            "missed": [
                {"id": each.question.id, "kind": rank.name.kind, "name": rank.name.written, "place": rank.place}
                for each in results
                for rank in each.ranks
                if rank.place is None or rank.place > max(DEPTHS)
            ],
        },
        "reading": reading([each.answer for each in results]),
        "passed": [each.question.id for each in results if not each.failed],
        "failures": [_failure(each) for each in results if each.failed],
    }


def _means(results: Sequence[Result]) -> dict[str, Any]:
    found: dict[str, Any] = {"n": len(results)}
    for name, field in MEASURES.items():
        values = [float(value) for each in results if (value := getattr(each.grade, field)) is not None]
        found[name] = round(statistics.fmean(values), 4) if values else None
    return found


def _failure(result: Result) -> dict[str, Any]:
    question, answer = result.question, result.answer
    plan = {name: value for name, value in (answer["plan"] or {}).items() if name != "reading"}
    return {
        "id": question.id,
        "family": question.family,
        "question": question.question,
        "history": list(question.history),
        "why": result.grade.why,
        "expected": result.expected,
        "status": answer["status"],
        "plan": plan or None,
        "answer": answer["answer"],
    }


def _lines(summary: dict[str, Any]) -> Iterator[str]:
    for failure in summary["failures"]:
        yield from _failure_lines(failure)
        yield ""
    columns = [ShownColumn("family", "family", "text"), ShownColumn("n", "n", "integer")]
    shown = [name for name in MEASURES if summary["all"][name] is not None]
    columns += [ShownColumn(name, name, "number") for name in shown]
    groups = [*summary["families"].items(), ("ALL", summary["all"])]
    yield from aligned(
        columns, [[name, str(means["n"]), *(_percent(means[each]) for each in shown)] for name, means in groups]
    )
    linking = summary["linking"]
    if linking["names"]:
        yield ""
        at = ", ".join(f"recall@{depth} {_percent(linking[f'recall_at_{depth}'])}%" for depth in DEPTHS)
        yield f"linking: {at}, over {linking['names']} names that the golds ask for"
    if summary["reading"]:
        yield ""
        yield from reading_lines(summary["reading"])


def _failure_lines(failure: dict[str, Any]) -> Iterator[str]:
    """The question, what it was taken for, and what was expected."""
    before = "".join(f"{earlier} → " for earlier in failure["history"])
    yield f"{failure['id']} [{failure['family']}] {before}{failure['question']}"
    plan = (
        json.dumps(failure["plan"], ensure_ascii=False)
        if failure["plan"]
        else f"{failure['status']}: {failure['answer']}"
    )
    yield f"  got       {plan if len(plan) <= SHOWN_PLAN else plan[: SHOWN_PLAN - 1] + '…'}"
    yield f"  expected  {failure['expected']}"
    yield f"  because   {failure['why']}"


def _percent(mean: float | None) -> str:
    return "–" if mean is None else f"{100 * mean:.1f}"
