"""The whole flow: a question becomes a plan, evidence, citations, a sentence, and an answer."""

from __future__ import annotations

import logging
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.agent.clock import Clock, Noting
from ledgerqa.agent.events import Done, Event, Headline, Planned
from ledgerqa.agent.reading import read_on
from ledgerqa.agent.searching import considered, searched
from ledgerqa.backends.opening import NO_MODELS
from ledgerqa.errors import LedgerqaError
from ledgerqa.records import Answer, Choice, Clarify, Evidence, Fact, Model, Plan, Refusal, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.records import Outcome

log = logging.getLogger(__name__)


def ask(
    question: str,
    index: Index,
    today: dt.date,
    history: Sequence[str] = (),
    models: Models = NO_MODELS,
    fiscal_start: int | None = None,
) -> Iterator[Event]:
    """Answer one question over an open index, step by step.

    `history` are the earlier questions of the conversation, oldest first; `today` is what "last month" counts
    from; `models` may add sentences to the exact one; `fiscal_start` is the month (1 to 12) in which fiscal years
    begin.  The last event is `Done`.
    """
    from ledgerqa.dialog import searcher

    clock = Clock()
    meaning = Noting(searcher(index, models.encoder, models.encoder_sha256, models.complete))
    outcome, planner = _planned(question, history, today, index, fiscal_start, meaning, models)
    clock.lap("plan")
    clock.move("plan", "dense", meaning.milliseconds)
    yield Planned(outcome)
    if isinstance(outcome, Plan):
        answered = _answered(question, outcome, index, today, clock)
        yield Headline(answered)
        if models.any:
            answered = searched(answered, outcome, index, models, follows=bool(history))
            answered = considered(answered, meaning.asked, index, models)
            clock.lap("dense")
        answered = yield from read_on(answered, outcome, index, models)
        clock.lap("read")
    else:
        answered = _asked_back(question, outcome, today, index)
        if meaning.asked:
            answered = considered(answered, meaning.asked, index, models)
            clock.lap("dense")
    yield Done(replace(answered, planner=planner, timings=clock.timings()))


def _planned(
    question: str,
    history: Sequence[str],
    today: dt.date,
    index: Index,
    fiscal_start: int | None,
    meaning: Meaning,
    models: Models,
) -> tuple[Outcome, Model | None]:
    """The plan, and whose: a language model's, where one is to plan, unless it fails."""
    from ledgerqa.dialog import plan_question

    if models.writer:
        from ledgerqa.dialog.llm_planner import plan_by_model

        try:
            writer = models.writer()
            if write := getattr(writer, "write", None):
                outcome = plan_by_model(question, history, today, index, fiscal_start, meaning, write)
                return outcome, Model(getattr(writer, "name", ""), getattr(writer, "sha256", ""))
            models.remark("there is no language model to plan by (--reader): the question was read without one")
        except LedgerqaError as error:
            models.remark(f"the question was read without the language model: {error}")
    return plan_question(question, history, today, index, fiscal_start, meaning, models.planner()), None


def answer_plan(question: str, plan: Plan, index: Index, today: dt.date) -> Answer:
    """The exact answer to a plan that is there already, such as one that a user narrowed by hand; no reader."""
    clock = Clock()
    return replace(_answered(question, plan, index, today, clock), timings=clock.timings())


def _answered(question: str, plan: Plan, index: Index, today: dt.date, clock: Clock) -> Answer:
    """Plan → exact rows → citations → the plain sentence, through the gate."""
    from ledgerqa.evidence import gather
    from ledgerqa.grounding import bearers, cite, gate, sentences, warnings, with_elsewhen, with_span

    evidence = with_span(plan, with_elsewhen(plan, gather(plan, index, today), index, today))
    clock.lap("structured")
    citations = cite(plan, evidence, index)
    drafted = sentences(plan, evidence, index, citations, question)
    shown, verification = gate(drafted, bearers(plan, evidence, citations, today))
    return Answer(
        question=question,
        today=today,
        status="answered",
        answer=" ".join(shown),
        plan=plan,
        evidence=evidence,
        citations=citations,
        warnings=warnings(plan, evidence, index),
        verification=verification,
        index=index.info,
        timings=clock.timings(),
    )


def _asked_back(question: str, outcome: Clarify | Refusal, today: dt.date, index: Index) -> Answer:
    """A question back with its readings, or a refusal with the nearest questions that can be answered."""
    from ledgerqa.grounding import staleness, unplaced_errors

    clarify, choices = isinstance(outcome, Clarify), _choices(outcome)
    return Answer(
        question=question,
        today=today,
        status="clarify" if clarify else "unanswerable",
        answer=outcome.sentence,
        evidence=_offered(choices),
        choices=choices,
        warnings=(*([] if clarify else unplaced_errors(index)), *staleness(index.info)),
        index=index.info,
    )


def _choices(outcome: Clarify | Refusal) -> tuple[Choice, ...]:
    if isinstance(outcome, Clarify):
        return outcome.choices
    return tuple(Choice(suggestion, suggestion) for suggestion in outcome.suggestions)


def _offered(choices: Sequence[Choice]) -> Evidence | None:
    """The readings offered as facts, so that what the sentence names of the ledger stands in the answer's evidence."""
    facts = [Fact("choice", Decimal(place), note=choice.label) for place, choice in enumerate(choices, start=1)]
    return Evidence(Table(), facts=tuple(facts)) if facts else None


def answer(
    question: str,
    index: Index,
    today: dt.date,
    history: Sequence[str] = (),
    models: Models = NO_MODELS,
    fiscal_start: int | None = None,
) -> Answer:
    """The whole answer at once."""
    *_, last = ask(question, index, today, history, models, fiscal_start)
    if not isinstance(last, Done):
        raise TypeError(f"the last event is {type(last).__name__}, not Done")
    return last.answer


def attempt(
    question: str,
    index: Index,
    today: dt.date,
    history: Sequence[str] = (),
    models: Models = NO_MODELS,
    fiscal_start: int | None = None,
) -> Answer:
    """The answer, or what went wrong as an answer: for one question of many.  Never raises an Exception."""
    try:
        return answer(question, index, today, history, models, fiscal_start)
    except LedgerqaError as error:
        sentence = str(error)
    except Exception as error:
        log.debug("question %r failed", question, exc_info=True)
        sentence = f"ledgerqa itself failed on this question ({type(error).__name__}): please report it."
    return Answer(question=question, today=today, status="error", answer=sentence, index=index.info)
