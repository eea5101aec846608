"""The reader's turn: a question, its exact result and the cited entries become draft sentences, streamed.

Fusion-in-Decoder: entries are read as passages, each by itself behind the same prefix, so that what was made of
them can be kept; the facts and the question follow, and the answer attends to all.  It is decoded greedily under
a mask.  A reader on a server gives no logits: there the same prompt goes as text, and its sentences come unmasked.

Either way these are drafts: the gate in `grounding` decides which sentence is shown.
"""

from __future__ import annotations

import contextlib
import weakref
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeGuard, cast

from ledgerqa.backends.protocols import Message
from ledgerqa.fusion.facts import ROW_TOKENS, SOURCE_TOKENS, Facts, facts_of
from ledgerqa.fusion.items import Kind, currencies_of, items_of
from ledgerqa.fusion.masking import Mask, Pieces
from ledgerqa.fusion.passages import Chosen, choose
from ledgerqa.fusion.sentences import Sentences, marks
from ledgerqa.fusion.topics import sentences_about
from ledgerqa.records import Draft
from ledgerqa.samples import prompts
from ledgerqa.settings import PASSAGE_TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from ledgerqa.backends.protocols import ChatReader, Logits, Reader, Slot
    from ledgerqa.fusion.items import Item
    from ledgerqa.fusion.states import States
    from ledgerqa.fusion.topics import Topic
    from ledgerqa.records import Citation, Entry, Evidence, Plan

Fusion = Literal["fid", "concat"]
SYSTEM_PROMPT = "reader.txt"
QUESTION_PROMPT = "reader_question.txt"
CHARACTERS_A_TOKEN = 4  # of a server's model, whose tokens are not known here
USUAL_DIGITS = 2


@dataclass(frozen=True)
class Budget:
    """Bounds of one answer: tokens of what is read, tokens and sentences of what is written."""

    passages: int = PASSAGE_TOKENS
    rows: int = ROW_TOKENS
    sources: int = SOURCE_TOKENS
    question: int = 100
    answer: int = 56
    sentences: int = 2


@dataclass(frozen=True)
class Reading:
    """What the reader is given for one question; `notes` say what was left out of it."""

    question: str
    chosen: Chosen
    facts: Facts
    items: tuple[Item, ...] = ()
    currencies: frozenset[str] = frozenset()
    citations: tuple[Citation, ...] = ()
    budget: Budget = field(default_factory=Budget)
    topics: tuple[Topic, ...] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was cut, each in a sentence."""
        return tuple(note for note in (self.chosen.note, *self.facts.notes) if note)


def read(
    question: str,
    plan: Plan,
    evidence: Evidence,
    citations: Sequence[Citation],
    reader: Reader | ChatReader,
    budget: Budget | None = None,
    *,
    fusion: Fusion = "fid",
    states: States | None = None,
    digits: Callable[[str], int] = lambda _: USUAL_DIGITS,
    passages: Sequence[Entry] | None = None,
    topics: Sequence[Topic] | None = None,
) -> Iterator[Draft]:
    """Draft sentences, each as soon as it stands; `digits` gives a currency's display decimals (`Index.digits`).

    For `passages` and `topics` see `prepare`.  Close the iterator to stop the reader.  Raises ContextFullError, and
    what a server's reader raises.
    """
    reading = prepare(
        question, plan, evidence, citations, reader, budget, digits=digits, passages=passages, topics=topics
    )
    yield from drafts(reading, reader, fusion=fusion, states=states)


def prepare(
    question: str,
    plan: Plan,
    evidence: Evidence,
    citations: Sequence[Citation],
    reader: Reader | ChatReader,
    budget: Budget | None = None,
    *,
    digits: Callable[[str], int] = lambda _: USUAL_DIGITS,
    passages: Sequence[Entry] | None = None,
    topics: Sequence[Topic] | None = None,
) -> Reading:
    """Choose passages and facts within the budget, and what may be said of them.

    `passages` are the entries to read, the most telling first (None: the cited ones).  A reader in this process may
    be bound to write of nothing but the `topics` of which it has the passage; one on a server cannot.
    """
    budget = budget or Budget()
    tokenize = _guessed_tokens if is_chat(reader) else cast("Reader", reader).tokenize
    entries = [citation.entry for citation in citations] if passages is None else passages
    chosen = choose(entries, tokenize, budget.passages)
    facts = facts_of(plan, evidence, citations, tokenize, digits, budget.rows, budget.sources)
    items = items_of(plan, evidence, citations, digits)
    currencies = currencies_of(evidence, citations)
    if topics is not None:
        given = {passage.entry_id for passage in chosen.passages}
        topics = tuple(topic for topic in topics if topic.entry_id in given)
    return Reading(_cut(question, budget), chosen, facts, items, currencies, tuple(citations), budget, topics)


def drafts(
    reading: Reading, reader: Reader | ChatReader, *, fusion: Fusion = "fid", states: States | None = None
) -> Iterator[Draft]:
    """The sentences that the reader makes of `reading`: none twice, at most `budget.sentences`."""
    written = _written(reading, reader, fusion, states)
    seen: set[str] = set()
    with contextlib.closing(written):  # states are kept, a connection is closed
        for sentence in written:
            if sentence in seen:
                return  # a small model has begun to go in circles
            seen.add(sentence)
            yield Draft(sentence, marks(sentence))
            if len(seen) >= reading.budget.sentences:
                return


def _written(reading: Reading, reader: Reader | ChatReader, fusion: Fusion, states: States | None) -> Generator[str]:
    if is_chat(reader):
        return _chatted(reading, reader)
    return _masked(reading, cast("Reader", reader), fusion, states)


@cache
def system_prompt() -> str:
    """What the model is told, from the prompts that travel with the program."""
    return (prompts() / SYSTEM_PROMPT).read_text(encoding="utf-8").strip()


@cache
def question_prompt() -> str:
    """How facts and question follow the entries: {facts} and {question} stand for them."""
    return (prompts() / QUESTION_PROMPT).read_text(encoding="utf-8").strip()


# ------------------------------------------------------------------------------------------ a model of our own


def _masked(reading: Reading, reader: Reader, fusion: Fusion, states: States | None) -> Generator[str]:
    """Sentences of a reader in this process, decoded under the mask."""
    before, after = reader.frame(system_prompt())
    reader.start(reader.tokenize(f"{before}Entries:\n", control=True, start=True))
    reader.reset()
    question = [*reader.tokenize(_question(reading)), *reader.tokenize(after, control=True)]
    passages = [list(passage.tokens) for passage in reading.chosen.passages]
    made: list[tuple[list[int], Slot]] = []
    if fusion == "concat" or not reader.fusable:
        tokens = [token for passage in passages for token in passage]
        logits = reader.read([*tokens, *question])
    else:
        slots, made = _slots(reader, passages, states)
        logits = reader.fuse(slots, question)
    try:
        if reading.topics is None:
            yield from _decoded(reading, reader, logits)
        else:
            most, known = reading.budget.sentences, reading.currencies
            yield from sentences_about(reading.topics, reader, _pieces(reader), logits, known, most)
    finally:
        if states is not None and made:
            for tokens, slot in made:
                states.put(tokens, reader.save(slot))
            states.flush()


def _slots(
    reader: Reader, passages: Sequence[list[int]], states: States | None
) -> tuple[list[Slot], list[tuple[list[int], Slot]]]:
    """A slot for each passage, in any order, and those that were read afresh with their tokens."""
    slots: list[Slot] = []
    fresh: list[list[int]] = []
    fingerprint = reader.fingerprint
    for tokens in passages:
        state = states.get(fingerprint, tokens) if states is not None else None
        slot = reader.restore(state) if state is not None else None
        if slot is not None:
            slots.append(slot)
            continue
        if states is not None and state is not None:
            states.drop(fingerprint, tokens)
        fresh.append(tokens)
    made = list(zip(fresh, reader.encode_passages(fresh), strict=True)) if fresh else []
    return [*slots, *(slot for _, slot in made)], made


def _decoded(reading: Reading, reader: Reader, logits: Logits) -> Iterator[str]:
    """Greedy decoding under the mask, sentence by sentence; one that did not come to its end is left out."""
    mask = Mask(_pieces(reader), reading.items, reading.currencies)
    cutter = _cutter(reading)
    for _ in range(reading.budget.answer):
        token = mask.choose(logits)
        if token is None:
            break
        yield from cutter.ended(mask.text)
        logits = reader.step(token)
    if mask.complete:  # at its last token the text may stand inside an item: "15,328." of "15,328.74 EUR"
        yield from cutter.ended(f"{mask.text} ")
    rest = cutter.rest(mask.text)
    if mask.ended and rest:
        yield f"{rest}."


_known: weakref.WeakKeyDictionary[Reader, Pieces] = weakref.WeakKeyDictionary()


def _pieces(reader: Reader) -> Pieces:
    """The tokens' bytes, kept as long as the reader."""
    found = _known.get(reader)
    if found is None:
        found = _known[reader] = Pieces(weakref.proxy(reader))
    return found


# ---------------------------------------------------------------------------------------------- a server's model


def is_chat(reader: Reader | ChatReader) -> TypeGuard[ChatReader]:
    """Whether it is a model elsewhere, which nothing can mask."""
    return hasattr(reader, "complete")


def _chatted(reading: Reading, reader: ChatReader) -> Generator[str]:
    """Sentences of a reader elsewhere: nothing masks them."""
    entries = "".join(passage.text for passage in reading.chosen.passages)
    messages = [Message("system", system_prompt()), Message("user", f"Entries:\n{entries}{_question(reading)}")]
    cutter, text = _cutter(reading), ""
    for piece in reader.complete(messages, reading.budget.answer):
        text += piece
        yield from cutter.ended(text)
    yield from cutter.ended(f"{text}\n")


def _guessed_tokens(text: str) -> list[int]:
    return [0] * (len(text) // CHARACTERS_A_TOKEN + 1)


# ------------------------------------------------------------------------------------------------------ the text


def _question(reading: Reading) -> str:
    return question_prompt().format(facts=reading.facts.text, question=reading.question)


def _cut(question: str, budget: Budget) -> str:
    """The question on one line; one longer than the budget is cut (bytes bound tokens from above)."""
    line = " ".join(question.split())
    return line[: budget.question * CHARACTERS_A_TOKEN]


def _cutter(reading: Reading) -> Sentences:
    return Sentences(item.text for item in reading.items if item.kind is Kind.NAME)
