"""The reader's turn, with the small model where it is installed: streamed, masked, and the same from kept states."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.errors import ContextFullError
from ledgerqa.evidence import gather
from ledgerqa.fusion import Budget, States, prepare, read
from ledgerqa.fusion.items import Kind
from ledgerqa.fusion.reader import drafts, question_prompt, system_prompt
from ledgerqa.records import Citation, Draft, Filters, Measure, Period, Plan
from tests.fusion.test_masking import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.backends.protocols import Message, Slot
    from ledgerqa.corpus import Index
    from ledgerqa.records import Evidence

TODAY = dt.date(2025, 12, 31)
QUESTION = "how much did I spend on groceries in 2023?"
SMALL = Budget(passages=70, rows=20, sources=12, answer=3)


@pytest.fixture(scope="module")
def asked(sample_index: Index) -> tuple[str, Plan, Evidence, tuple[Citation, ...]]:
    year = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")
    plan = Plan(Measure.SUM, Filters(accounts=("Expenses:Food:Groceries",)), year)
    evidence = gather(plan, sample_index, TODAY)
    entries = sample_index.entries(evidence.entry_ids[:10])
    return QUESTION, plan, evidence, tuple(Citation(number, entry) for number, entry in enumerate(entries, start=1))


Asked = tuple[str, Plan, "Evidence", tuple[Citation, ...]]


class Scripted:
    """A server's model that says what it is told to, in pieces."""

    name = "scripted"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.asked: list[Message] = []
        self.closed = False

    def complete(self, messages: Sequence[Message], max_tokens: int) -> Iterator[str]:
        assert max_tokens > 0
        self.asked = list(messages)
        try:
            yield from self.pieces
        finally:
            self.closed = True


def test_a_servers_sentences_stream_as_drafts(asked: Asked) -> None:
    server = Scripted("You spent 2,952.28 EUR [1", "]. Most at Alba", " Markt [2]! And", " more.")
    assert list(read(*asked, server)) == [
        Draft("You spent 2,952.28 EUR [1].", (1,)),
        Draft("Most at Alba Markt [2]!", (2,)),
    ]
    assert server.closed
    system, user = server.asked
    assert system.content == system_prompt()
    assert "2,952.28 EUR" in user.content
    assert QUESTION in user.content
    assert user.content.startswith("Entries:\n20")


def test_a_model_that_goes_in_circles_is_stopped(asked: Asked) -> None:
    server = Scripted("You spent it. " * 50)
    assert [draft.text for draft in read(*asked, server, Budget(sentences=9))] == ["You spent it."]


def test_what_was_cut_is_said(asked: Asked) -> None:
    notes = prepare(*asked, Scripted(), replace(SMALL, passages=60, sources=20)).notes
    assert any(note.startswith(("The reader was given 1 of", "The reader was given 2 of")) for note in notes)
    assert any("sources" in note for note in notes)
    unasked = prepare(*asked, Scripted(), replace(SMALL, passages=60, sources=0)).notes
    assert not any("sources" in note for note in unasked)


def test_braces_in_a_question_are_text(asked: Asked) -> None:
    server = Scripted("Yes.")
    list(read("what of {facts} {0}?", *asked[1:], server))
    assert "Question: what of {facts} {0}?" in server.asked[1].content


def test_prompts_name_their_parts() -> None:
    assert question_prompt().format(facts="F", question="Q").startswith("FQuestion: Q")


# ---------------------------------------------------------------------------------------- with the real model


def test_drafts_bear_nothing_but_items(asked: Asked, reader: LlamaReader) -> None:
    reading = prepare(*asked, reader, SMALL)
    found = list(drafts(replace(reading, budget=replace(SMALL, answer=24)), reader))
    marks = {item.text for item in reading.items if item.kind is Kind.MARK}
    for draft in found:
        assert faults(draft.text, reading.items) == [], draft.text
        assert {f"[{mark}]" for mark in draft.citations} <= marks


@pytest.fixture
def encoded(reader: LlamaReader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages the reader has read afresh, a call at a time."""
    counts: list[int] = []
    encode = reader.encode_passages

    def counting(passages: Sequence[Sequence[int]]) -> list[Slot]:
        counts.append(len(passages))
        return encode(passages)

    monkeypatch.setattr(reader, "encode_passages", counting)
    return counts


def test_states_are_kept_between_turns_and_on_disk(
    asked: Asked, reader: LlamaReader, encoded: list[int], data_dir: Path
) -> None:
    states = States(data_dir)
    first = list(read(*asked, reader, SMALL, states=states))
    [afresh] = encoded
    held = states.held()
    assert (held.memory_states, held.disk_states) == (afresh, 0)
    assert list(read(*asked, reader, SMALL, states=states)) == first
    assert states.held().disk_states == 0
    list(read(*asked, reader, SMALL, states=States(data_dir)))
    assert encoded == [afresh, afresh]  # the second turn read none, the new process all


def test_a_damaged_state_is_read_afresh(asked: Asked, reader: LlamaReader, encoded: list[int], data_dir: Path) -> None:
    for _ in range(3):
        list(read(*asked, reader, SMALL, states=States(data_dir)))
    afresh = encoded[0]
    assert encoded == [afresh, afresh]
    damaged, *_ = (data_dir / "states").glob("*.kv")
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    list(read(*asked, reader, SMALL, states=States(data_dir)))
    assert encoded == [afresh, afresh, 1]


def test_a_state_of_another_prefix_is_not_used(
    asked: Asked, reader: LlamaReader, encoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    states = States(None)
    list(read(*asked, reader, SMALL, states=states))
    monkeypatch.setattr("ledgerqa.fusion.reader.system_prompt", lambda: "Say something else.")
    list(read(*asked, reader, SMALL, states=states))
    assert encoded[0] == encoded[1]


def test_concatenation_reads_all_in_one_piece(asked: Asked, reader: LlamaReader, encoded: list[int]) -> None:
    reading = prepare(*asked, reader, SMALL)
    for draft in drafts(reading, reader, fusion="concat"):
        assert faults(draft.text, reading.items) == []
    assert encoded == []


def test_more_than_the_model_holds_is_an_error(asked: Asked, reader: LlamaReader) -> None:
    reading = prepare(*asked, reader, SMALL)
    long = replace(reading.chosen.passages[0], tokens=(7,) * reader.capacity)
    with pytest.raises(ContextFullError):
        list(drafts(replace(reading, chosen=replace(reading.chosen, passages=(long,))), reader))
    assert isinstance(list(drafts(reading, reader)), list)
