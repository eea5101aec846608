"""The whole flow on one screen: a question becomes a plan, evidence, citations, a sentence, and an answer.

Errors.  What a user can meet (`LedgerqaError`: no index, a damaged one, ...) leaves `ask` and `answer` as it is, for
`terminal` to say and exit by.  `attempt` is for batches, where one question must not stop the rest: it makes an
answer with status "error" of any failure; a programming error is named by its class, never shown as a traceback,
and is logged with one.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ledgerqa.backends.opening import NO_MODELS
from ledgerqa.errors import LedgerqaError
from ledgerqa.records import Answer, Choice, Citation, Clarify, Evidence, Fact, Model, Plan, Refusal, Table, Timings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from ledgerqa.backends.opening import AnyReader, Models
    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.candidates import Candidate
    from ledgerqa.dialog.meaning import Meaning
    from ledgerqa.fusion import Reading, States
    from ledgerqa.grounding.claims import Verdict
    from ledgerqa.grounding.witnesses import Witnesses
    from ledgerqa.records import Draft, IndexInfo, Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planned:
    """The question was understood, or is asked back, or is refused."""

    outcome: Outcome


@dataclass(frozen=True)
class Headline:
    """The exact sentence stands, with evidence and citations; more may follow."""

    answer: Answer


@dataclass(frozen=True)
class Sentence:
    """One more sentence, the reader's, that a cited row or a fact bears out."""

    text: str


@dataclass(frozen=True)
class Done:
    """The whole answer; always the last event."""

    answer: Answer


Event = Planned | Headline | Sentence | Done


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
    meaning = Noting(searcher(index, models.encoder, models.encoder_sha256))
    outcome, planner = _planned(question, history, today, index, fiscal_start, meaning, models)
    clock.lap("plan")
    clock.move("plan", "dense", meaning.milliseconds)
    yield Planned(outcome)
    if isinstance(outcome, Plan):
        answered = _answered(question, outcome, index, today, clock)
        yield Headline(answered)
        if models.any:
            answered = _searched(answered, outcome, index, models, follows=bool(history))
            answered = _considered(answered, meaning.asked, index, models)
            clock.lap("dense")
        answered = yield from _read_on(answered, outcome, index, models)
        clock.lap("read")
    else:
        answered = _asked_back(question, outcome, today, index.info)
        if meaning.asked:
            answered = _considered(answered, meaning.asked, index, models)
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
    """The plan, and whose: a language model's, where one is to plan; by the rules where none is, or it fails."""
    from ledgerqa.dialog import plan_question

    if models.writer:
        from ledgerqa.dialog.llm_planner import plan_by_model

        try:
            writer = models.writer()
            if write := getattr(writer, "write", None):
                outcome = plan_by_model(question, history, today, index, fiscal_start, meaning, write)
                return outcome, Model(getattr(writer, "name", ""), getattr(writer, "sha256", ""))
            models.remark("there is no language model to plan by (--reader): the rules read the question")
        except LedgerqaError as error:
            models.remark(f"the rules read the question: {error}")
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


def _searched(answered: Answer, plan: Plan, index: Index, models: Models, *, follows: bool) -> Answer:
    """The answer with what meaning and words find beside its exact rows, and each citation with how it was found.

    Without any model nothing is searched: there is no one to read it.  Nor does a search that fails fail the answer.
    """
    encoder = _encoder(index, models)
    if encoder is None and not models.reads:
        return answered
    from ledgerqa.evidence.retrieval import retrieve

    cited = [citation.entry.entry_id for citation in answered.citations]
    evidence = answered.evidence or Evidence(Table())
    try:
        found = retrieve(answered.question, plan, evidence, cited, index, answered.today, encoder, follows=follows)
    except LedgerqaError as error:
        return replace(answered, warnings=(*answered.warnings, f"Nothing was searched for by meaning: {error}"))
    ways = {each.entry.entry_id: each.found_by for each in found}
    citations = [replace(one, found_by=ways.get(one.entry.entry_id, one.found_by)) for one in answered.citations]
    embedder = Model(encoder.name, encoder.sha256) if encoder else None
    return replace(answered, citations=tuple(citations), retrieved=found, embedder=embedder)


def _encoder(index: Index, models: Models) -> Encoder | None:
    """The encoder, opened only where the index holds vectors of it."""
    if not models.encoder_sha256 or index.vectors("texts", models.encoder_sha256) is None:
        return None
    return models.encoder()


def _considered(answered: Answer, asked: Iterable[str], index: Index, models: Models) -> Answer:
    """The answer with all that words which stand nowhere were compared with; without such words, as it is."""
    encoder = models.encoder() if asked else None
    if encoder is None:
        return answered
    from ledgerqa.evidence.considering import consider

    considered = tuple(each for words in asked for each in consider(words, index, encoder))
    return replace(answered, considered=considered, embedder=Model(encoder.name, encoder.sha256))


def _read_on(answered: Answer, plan: Plan, index: Index, models: Models) -> Generator[Sentence, None, Answer]:
    """Let the reader add to the headline, a sentence at a time; only what the gate admits is shown or kept.

    The exact answer does not fall with the reader: what fails there becomes a warning.
    """
    shown: list[str] = []
    dropped: list[str] = []
    turn, warning = None, ""
    try:
        turn = _turn(answered, plan, index, models) if answered.citations else None
        if turn is None:
            return answered
        for draft, verdict in _admitted(answered, turn, models):
            if verdict.shown:
                shown.append(turn.cited(verdict.text))
                yield Sentence(shown[-1])
            else:
                dropped.append(f"{draft.text} ({verdict.reason})")
    except LedgerqaError as error:
        warning = f"The reader added nothing more: {error}"
    checked = replace(
        answered.verification,
        drafted=len(shown) + len(dropped),
        shown=len(shown),
        dropped=len(dropped),
        unsupported=(*answered.verification.unsupported, *dropped),
    )
    answered = replace(
        answered,
        answer=" ".join([answered.answer, *shown]),
        verification=checked,
        warnings=(*answered.warnings, warning) if warning else answered.warnings,
    )
    return turn.told(answered) if turn else answered


@dataclass
class Turn:
    """What the reader is given at one question; `citations` grow by what its sentences rest on besides.

    `offered` are the cited entries and after them those that contribute too and were searched for.
    """

    reader: AnyReader
    reading: Reading
    witnesses: Witnesses
    offered: tuple[Citation, ...]
    citations: list[Citation]

    def cited(self, sentence: str) -> str:
        """An admitted sentence; what it cites that is no citation yet becomes one, under the next number."""
        from ledgerqa.fusion.sentences import marks

        for mark in marks(sentence):
            if mark <= len(self.citations):
                continue
            entry = self.offered[mark - 1]
            known = next((one for one in self.citations if one.entry == entry.entry), None)
            if known is None:
                known = replace(entry, id=len(self.citations) + 1)
                self.citations.append(known)
            sentence = sentence.replace(f"[{mark}]", f"[{known.id}]")
        return sentence

    def told(self, answered: Answer) -> Answer:
        """The answer with the reader named, its citations, what it was given, and what was cut of that."""
        given = {passage.entry_id for passage in self.reading.chosen.passages}
        return replace(
            answered,
            citations=tuple(self.citations),
            reader=Model(self.reader.name, getattr(self.reader, "sha256", "")),
            retrieved=tuple(replace(each, read=each.entry.entry_id in given) for each in answered.retrieved),
            notes=self.reading.notes,
        )


def _turn(answered: Answer, plan: Plan, index: Index, models: Models) -> Turn | None:
    """What the reader may read and write; None without a reader, and where nothing is left to say."""
    reader = models.reader()
    if reader is None:
        return None
    from ledgerqa.fusion import Budget, is_chat, prepare
    from ledgerqa.grounding.topics import topics_of
    from ledgerqa.grounding.witnesses import witnesses

    evidence = answered.evidence or Evidence(Table())
    cited = {citation.entry.entry_id for citation in answered.citations}
    beside = [each for each in answered.retrieved if each.contributes and each.entry.entry_id not in cited]
    numbered = enumerate(beside, start=len(answered.citations) + 1)
    offered = (*answered.citations, *(Citation(number, each.entry, each.found_by) for number, each in numbered))
    borne = witnesses(plan, evidence, offered, index)
    topics = None if is_chat(reader) else topics_of(plan, borne, offered, answered.answer, index.digits)
    if topics == ():
        return None
    reading = prepare(
        answered.question,
        plan,
        evidence,
        offered,
        reader,
        Budget(passages=models.passage_tokens) if topics is None else Budget(models.passage_tokens, rows=60, sources=0),
        digits=index.digits,
        passages=[each.entry for each in answered.retrieved] or None,
        topics=topics,
    )
    return Turn(reader, reading, borne, offered, list(answered.citations))


def _admitted(answered: Answer, turn: Turn, models: Models) -> Iterator[tuple[Draft, Verdict]]:
    """The reader's drafts, each with the gate's verdict: borne by one row, and by what the answer shows of it."""
    from ledgerqa.fusion import drafts
    from ledgerqa.grounding.claims import Verdict, admitted

    written = drafts(turn.reading, turn.reader, fusion=models.fusion, states=_states(models.data_dir))
    for draft, verdict in admitted(written, turn.witnesses, [answered.answer]):
        missing = _unshown(verdict.text, answered, turn) if verdict.shown else []
        if missing:
            yield draft, Verdict(shown=False, reason=f"{', '.join(missing)} stands in no row and no entry cited")
        else:
            yield draft, verdict


def _unshown(sentence: str, answered: Answer, turn: Turn) -> list[str]:
    """Figures of an admitted sentence that the answer does not show: what Beancount fills in stands in no text."""
    from ledgerqa.fusion.sentences import marks
    from ledgerqa.grounding import bearers
    from ledgerqa.grounding.verify import unsupported

    if answered.plan is None or answered.evidence is None:
        return []
    marked = {turn.offered[mark - 1] for mark in marks(sentence)}
    cited = [*answered.citations, *(marked - set(answered.citations))]
    return unsupported(sentence, bearers(answered.plan, answered.evidence, cited, answered.today))[1]


@cache
def _states(data_dir: Path | None) -> States:
    """What readers made of passages, kept between questions and, where there is a folder, between processes."""
    from ledgerqa.fusion import States

    return States(data_dir)


def _asked_back(question: str, outcome: Clarify | Refusal, today: dt.date, info: IndexInfo) -> Answer:
    """A question back with its readings, or a refusal with the nearest questions that can be answered."""
    from ledgerqa.grounding import staleness

    clarify, choices = isinstance(outcome, Clarify), _choices(outcome)
    return Answer(
        question=question,
        today=today,
        status="clarify" if clarify else "unanswerable",
        answer=outcome.sentence,
        evidence=_offered(choices),
        choices=choices,
        warnings=tuple(staleness(info)),
        index=info,
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


class Noting:
    """A search by meaning that remembers for which words it found something, and how long it took."""

    def __init__(self, search: Meaning) -> None:
        self._search = search
        self.asked: list[str] = []
        self.milliseconds = 0.0

    def __call__(self, words: str) -> tuple[Candidate, ...]:
        """Search."""
        began = time.perf_counter()
        found = self._search(words)
        self.milliseconds += (time.perf_counter() - began) * 1000
        if found and words not in self.asked:
            self.asked.append(words)
        return found


class Clock:
    """Milliseconds of each stage since the question was put."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """The stage that ran since the last lap, or since the start, is over."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def move(self, stage: str, to: str, milliseconds: float) -> None:
        """So much of what was counted to one stage was the work of another."""
        self._laps[stage] = self._laps.get(stage, 0.0) - milliseconds
        self._laps[to] = self._laps.get(to, 0.0) + milliseconds

    def timings(self) -> Timings:
        """The laps so far and the time in all."""
        return Timings(
            plan=self._laps.get("plan", 0.0),
            structured=self._laps.get("structured", 0.0),
            dense=self._laps.get("dense", 0.0),
            read=self._laps.get("read", 0.0),
            total=(time.perf_counter() - self._start) * 1000,
        )
