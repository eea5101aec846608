"""What the reader adds to an exact answer: sentences, each shown only where the gate admits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ledgerqa.agent.events import Sentence
from ledgerqa.errors import LedgerqaError
from ledgerqa.records import Answer, Citation, Evidence, Model, Plan, Table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from ledgerqa.backends.opening import AnyReader, Models
    from ledgerqa.corpus import Index
    from ledgerqa.fusion import Reading, States
    from ledgerqa.grounding.claims import Verdict
    from ledgerqa.grounding.witnesses import Witnesses
    from ledgerqa.records import Draft


def read_on(answered: Answer, plan: Plan, index: Index, models: Models) -> Generator[Sentence, None, Answer]:
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
