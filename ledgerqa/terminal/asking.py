"""`ledgerqa ask`: one question answered for a person or as JSON, or a batch of them as JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.errors import BatchError, ExitCode
from ledgerqa.terminal.embedding import completing
from ledgerqa.terminal.memory import Asked, remember
from ledgerqa.terminal.opening import FreshIndex, open_fresh
from ledgerqa.terminal.streams import answer_console, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledgerqa.agent import Event
    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.records import Answer
    from ledgerqa.settings import Settings

STDIN: Final = "-"


@dataclass(frozen=True)
class Manner:
    """How an answer is to be shown, and whether its question is kept."""

    as_json: bool = False
    explain: bool = False
    color: bool = True
    kept: bool = True


def ask_one(settings: Settings, asked: Asked, manner: Manner) -> ExitCode:
    """Answer one question on stdout: the exact part at once, the reader's sentences as they come."""
    from ledgerqa.backends.opening import models_of

    models = completing(models_of(settings, remark), settings)
    models.plan_ahead(asked.question)
    with open_fresh(settings) as index:
        given = _as_it_comes(asked, index, models, manner, settings.fiscal_start_month)
        if manner.kept:
            remember(settings, asked)
    return ExitCode.OK if given.status == "answered" else ExitCode.NOT_ANSWERED


def _as_it_comes(asked: Asked, index: Index, models: Models, manner: Manner, fiscal_start: int | None) -> Answer:
    from ledgerqa.agent import answer, ask

    if manner.as_json:
        given = answer(asked.question, index, asked.today, asked.history, models, fiscal_start)
        show_answer(given, index, manner)
    else:
        events = ask(asked.question, index, asked.today, asked.history, models, fiscal_start)
        given = _streamed(events, index, manner)
    if manner.explain:
        _explain(given, aside=manner.as_json)
    return given


def _streamed(events: Iterable[Event], index: Index, manner: Manner) -> Answer:
    """Show each part of an answer when it stands; gives the whole."""
    from ledgerqa.agent import Done, Headline, Sentence

    shown: Answer | None = None
    for event in events:
        if isinstance(event, Headline):
            shown = event.answer
            show_answer(shown, index, manner)
        elif isinstance(event, Sentence):
            click.echo(f"\n{event.text}")
            sys.stdout.flush()
        elif isinstance(event, Done):
            if shown is None:
                show_answer(event.answer, index, manner)
            else:
                for warning in event.answer.warnings[len(shown.warnings) :]:
                    remark(warning)
            return event.answer
    raise TypeError("the events of an answer end without Done")


def show_answer(answer: Answer, index: Index, manner: Manner) -> None:
    """Print an answer as JSON, with rich, or as plain text."""
    if manner.as_json:
        from ledgerqa.terminal.contract import answer_json

        click.echo(answer_json(answer, index.digits))
    elif console := answer_console(color=manner.color):
        from ledgerqa.terminal.render import print_answer

        print_answer(answer, index, console, index.ledger.main_file.parent)
    else:
        from ledgerqa.terminal.plain import answer_text

        click.echo(answer_text(answer, index))
    sys.stdout.flush()  # the answer is there before anything is tidied up


def _explain(answer: Answer, *, aside: bool) -> None:
    from ledgerqa.terminal.explain import explanation

    click.echo(f"\n{explanation(answer)}", err=aside)


# ------------------------------------------------------------------------------------------------------ batches


@dataclass(frozen=True)
class BatchQuestion:
    """One line of a batch."""

    id: object
    asked: Asked


def ask_batch(settings: Settings, source: str, today: dt.date) -> ExitCode:
    """Answer each question of a JSONL file, or of stdin, with one line of JSON, in order; one that fails stops none.

    A file is checked as a whole before the first question is asked.  Stdin is answered line by line, so that a
    program can hold a conversation; a line that is no question ends it.
    """
    questions = read_batch(source, today)
    waiting: Iterable[BatchQuestion] = questions if source == STDIN else list(questions)
    from ledgerqa.backends.opening import models_of

    models = completing(models_of(settings, remark), settings)
    with FreshIndex(settings) as fresh:
        for question in waiting:
            click.echo(_batch_line(question, fresh.renewed(), models, settings.fiscal_start_month))
            sys.stdout.flush()
    return ExitCode.OK


def _batch_line(question: BatchQuestion, index: Index, models: Models, fiscal_start: int | None) -> str:
    from ledgerqa.agent import attempt
    from ledgerqa.terminal.contract import answer_json

    asked = question.asked
    given = attempt(asked.question, index, asked.today, asked.history, models, fiscal_start)
    if given.status == "error":
        remark(f"question {question.id!r}: {given.answer}")
    return answer_json(given, index.digits, question_id=question.id)


def read_batch(source: str, today: dt.date) -> Iterator[BatchQuestion]:
    """The questions of a JSONL file (`-`: stdin); raises `BatchError` for a line that is none."""
    name = Path("<stdin>") if source == STDIN else Path(source)
    with click.open_file(source, "rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _batch_question(name, number, line, today)


def _batch_question(source: Path, number: int, line: bytes, today: dt.date) -> BatchQuestion:
    try:
        fields: Any = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise BatchError(source, number, f"this is not JSON ({error})") from None
    if not isinstance(fields, dict):
        raise BatchError(source, number, "this is JSON, but no object")
    question, history, day = fields.get("question"), fields.get("history") or [], fields.get("today")
    if not isinstance(question, str):
        raise BatchError(source, number, 'there is no "question"')
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise BatchError(source, number, '"history" must be a list of questions')
    try:
        asked_on = today if day is None else dt.date.fromisoformat(day)
    except (TypeError, ValueError):
        raise BatchError(source, number, f'"today" must be a date such as 2024-12-31, not {day!r}') from None
    return BatchQuestion(fields.get("id"), Asked(question, asked_on, tuple(history)))
