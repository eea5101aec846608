"""The whole flow: a question in, events out, the last of which holds the answer."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa import agent, dialog
from ledgerqa.backends.openai_reader import OpenAIReader
from ledgerqa.backends.opening import Models
from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import embed
from ledgerqa.errors import IndexMissingError
from ledgerqa.records import Choice, Clarify, Plan, Refusal
from tests.backends.stand_in import stand_in
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 7, 1)

LEDGER = """
    option "operating_currency" "EUR"
    2023-01-01 open Assets:Cash
    2023-01-01 open Expenses:Groceries
    2023-01-01 open Expenses:Rent
    2023-02-03 * "Corner Shop" "Bread"
      Expenses:Groceries   12.50 EUR
      Assets:Cash
    2023-04-05 * "Corner Shop" "Cheese"
      Expenses:Groceries   20.00 EUR
      Assets:Cash
    2024-04-05 * "Corner Shop" "Olives"
      Expenses:Groceries    7.25 EUR
      Assets:Cash
"""


@pytest.fixture
def index(make_ledger: Any, data_dir: Path) -> Iterator[Index]:
    main = make_ledger(LEDGER)
    build(main, data_dir)
    with open_index(main, data_dir) as opened:
        yield opened


def test_events_come_in_order_and_the_last_holds_the_answer(index: Index) -> None:
    events = list(agent.ask("how much did I spend on groceries in 2023?", index, TODAY))
    assert [type(event) for event in events] == [agent.Planned, agent.Headline, agent.Done]
    planned, headline, done = events
    assert isinstance(planned, agent.Planned)
    assert isinstance(headline, agent.Headline)
    assert isinstance(done, agent.Done)
    answer = done.answer
    assert planned.outcome == answer.plan
    assert headline.answer.answer == answer.answer
    assert answer.status == "answered"
    assert "You spent 32.50 EUR on Groceries (Expenses:Groceries) in 2023, over 2 entries [1, 2]." in answer.answer
    assert answer.evidence
    assert answer.evidence.contributing == 2
    assert sorted(one.entry.narration for one in answer.citations) == ["Bread", "Cheese"]
    assert answer.verification.numbers >= 3
    assert answer.verification.unsupported == ()
    assert answer.index == index.info
    assert answer.timings.total >= answer.timings.plan + answer.timings.structured > 0


def test_history_is_part_of_the_question(index: Index) -> None:
    answer = agent.answer("and in 2024?", index, TODAY, ["how much did I spend on groceries in 2023?"])
    assert "7.25 EUR" in answer.answer
    assert answer.question == "and in 2024?"


def test_what_the_ledger_does_not_know_is_unanswerable(index: Index) -> None:
    answer = agent.answer("what is my credit score?", index, TODAY)
    assert answer.status == "unanswerable"
    assert answer.answer
    assert answer.plan is None
    assert not (answer.evidence and answer.evidence.table.rows)
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("outcome", "status", "choices"),
    [
        (
            Clarify("Which one?", (Choice("rent", "rent in 2023"),)),
            "clarify",
            (Choice("rent", "rent in 2023"),),
        ),
        (Refusal("Not here.", ("rent in 2023",)), "unanswerable", (Choice("rent in 2023", "rent in 2023"),)),
    ],
)
def test_questions_back_and_refusals_carry_their_choices(
    index: Index, monkeypatch: pytest.MonkeyPatch, outcome: Clarify | Refusal, status: str, choices: tuple[Choice, ...]
) -> None:
    monkeypatch.setattr(dialog, "plan_question", lambda *_: outcome)  # its choices are not what is tested here
    events = list(agent.ask("rent", index, TODAY))
    assert [type(event) for event in events] == [agent.Planned, agent.Done]
    answer = agent.answer("rent", index, TODAY)
    assert (answer.status, answer.answer, answer.choices) == (status, outcome.sentence, choices)
    assert answer.evidence
    assert [fact.note for fact in answer.evidence.facts] == [choice.label for choice in choices]


def test_an_attempt_turns_failures_into_answers(index: Index, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(*_: object) -> Plan:
        raise IndexMissingError(tmp_path)

    def broken(*_: object) -> Plan:
        raise KeyError("no such thing")

    monkeypatch.setattr(dialog, "plan_question", missing)
    with pytest.raises(IndexMissingError):
        agent.answer("rent", index, TODAY)
    assert agent.attempt("rent", index, TODAY).status == "error"
    assert "has no index yet" in agent.attempt("rent", index, TODAY).answer
    monkeypatch.setattr(dialog, "plan_question", broken)
    with pytest.raises(KeyError):
        agent.answer("rent", index, TODAY)
    failed = agent.attempt("rent", index, TODAY)
    assert failed.status == "error"
    assert "KeyError" in failed.answer
    assert "Traceback" not in failed.answer


def test_asking_stays_light(index: Index) -> None:
    """No Beancount, numpy, torch or terminal library is imported to answer a question."""
    code = (
        "import sys, datetime as dt; from pathlib import Path\n"
        "from ledgerqa import agent; from ledgerqa.corpus import open_index\n"
        "ledger, data = Path(sys.argv[1]), Path(sys.argv[2])\n"
        "with open_index(ledger, data) as index:\n"
        "    agent.answer('how much did I spend on groceries in 2023?', index, dt.date(2024, 7, 1))\n"
        "assert not {name for name in sys.modules if name.startswith('ledgerqa.fusion.m')}, 'a reader was prepared'\n"
        "heavy = {'beancount', 'numpy', 'torch', 'textual', 'rich', 'pandas', 'sentence_transformers', 'llama_cpp'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    data = index.ledger.main_file.parent / "data"
    result = subprocess.run(
        [sys.executable, "-c", code, str(index.ledger.main_file), str(data)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip() == "[]", result.stderr


# ------------------------------------------------------------------------------------------------ with a reader


def served(*sentences: str) -> bytes:
    """A chat completion, streamed a sentence at a time."""
    chunks = [{"choices": [{"delta": {"content": f"{sentence} "}}]} for sentence in sentences]
    return b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"


def test_only_what_a_row_bears_of_the_readers_sentences_is_added(index: Index) -> None:
    text = served("The bread on 2023-02-03 cost 12.50 EUR [2].", "The olives cost 20.00 EUR [1].")
    with stand_in(lambda handler: handler.send(200, {"Content-Type": "text/event-stream"}, text)) as server:
        models = Models(reader=lambda: OpenAIReader(f"{server.url}/v1", "scripted"))
        events = list(agent.ask("how much did I spend on groceries in 2023?", index, TODAY, models=models))
    *_, headline, sentence, done = events
    assert isinstance(headline, agent.Headline)
    assert isinstance(sentence, agent.Sentence)
    assert isinstance(done, agent.Done)
    checked = done.answer.verification
    assert (checked.drafted, checked.shown, checked.dropped) == (2, 1, 1)
    assert "12.50 EUR" in sentence.text
    assert done.answer.answer == f"{headline.answer.answer} {sentence.text}"
    assert "olives" not in done.answer.answer
    assert "olives" in checked.unsupported[0]


def test_an_exact_answer_does_not_fall_with_the_reader(index: Index) -> None:
    question = "how much did I spend on groceries in 2023?"
    alone = agent.answer(question, index, TODAY)
    models = Models(reader=lambda: OpenAIReader("http://127.0.0.1:9/v1", "absent"))
    with_reader = agent.answer(question, index, TODAY, models=models)
    assert with_reader.answer == alone.answer
    assert [warning for warning in with_reader.warnings if "cannot be reached" in warning]


def test_without_models_nothing_is_searched(index: Index) -> None:
    answer = agent.answer("how much did I spend on groceries in 2023?", index, TODAY)
    assert (answer.retrieved, answer.considered, answer.notes) == ((), (), ())
    assert {citation.found_by for citation in answer.citations} == {("structured",)}
    assert answer.timings.dense < 1


def embedded(index: Index) -> Models:
    encoder = HashingEncoder()
    embed(index.ledger.main_file, index.ledger.main_file.parent / "data", encoder)
    return Models(encoder=lambda: encoder, encoder_sha256=encoder.sha256)


def test_a_citation_says_how_it_was_found(index: Index) -> None:
    question = "how much did I spend on groceries in 2023?"
    alone = agent.answer(question, index, TODAY)
    answer = agent.answer(question, index, TODAY, models=embedded(index))
    assert answer.answer == alone.answer
    assert [citation.entry for citation in answer.citations] == [citation.entry for citation in alone.citations]
    ways = {citation.entry.narration: citation.found_by for citation in answer.citations}
    assert ways == dict.fromkeys(["Bread", "Cheese"], ("structured", "dense", "sparse"))
    assert {found.entry.narration for found in answer.retrieved} == {"Bread", "Cheese"}  # inside the plan's filters
    assert all(found.contributes for found in answer.retrieved)
    assert answer.timings.dense > 0
    assert answer.timings.total >= answer.timings.plan + answer.timings.structured + answer.timings.dense
    assert answer.embedder
    assert answer.embedder.name == "hashing"


def test_what_lies_near_is_no_source(index: Index) -> None:
    answer = agent.answer("what was my latest grocery purchase?", index, TODAY, models=embedded(index))
    assert [citation.entry.narration for citation in answer.citations] == ["Olives"]
    near = [found for found in answer.retrieved if not found.contributes]
    assert {found.entry.narration for found in near} == {"Bread", "Cheese"}
    assert all("structured" not in found.found_by for found in near)


def test_what_else_a_sentence_rests_on_becomes_the_next_citation(make_ledger: Any, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:Cash
    2024-01-01 open Expenses:Tools
    """
    days = "".join(
        f'2024-02-{day:02d} * "Shop {day}" "spanner"\n  Expenses:Tools  {100 + day}.00 EUR\n  Assets:Cash\n'
        for day in range(1, 15)
    )
    main = make_ledger()
    main.write_text(f"{main.read_text()}\n{days}")
    build(main, data_dir)
    text = served("On 2024-02-01 you paid 101.00 EUR to Shop 1.", "On 2024-02-14 you paid 114.00 EUR to Shop 14.")
    with (
        open_index(main, data_dir) as opened,
        stand_in(lambda handler: handler.send(200, {"Content-Type": "text/event-stream"}, text)) as server,
    ):
        models = Models(reader=lambda: OpenAIReader(f"{server.url}/v1", "scripted"))
        answer = agent.answer("how much did I spend on tools in 2024 for a spanner?", opened, TODAY, models=models)
    assert answer.verification.shown == 2
    assert "to Shop 1 [11]." in answer.answer
    assert "to Shop 14 [1]." in answer.answer
    assert [citation.id for citation in answer.citations] == list(range(1, 12))
    assert answer.citations[-1].entry.payee == "Shop 1"
    assert answer.citations[-1].found_by == ("structured", "sparse")
    assert {found.read for found in answer.retrieved} == {True, False} or all(f.read for f in answer.retrieved)


def test_what_was_cut_is_said_and_the_budget_is_a_setting(index: Index) -> None:
    text = served("The bread on 2023-02-03 cost 12.50 EUR [2].")
    with stand_in(lambda handler: handler.send(200, {"Content-Type": "text/event-stream"}, text)) as server:
        reader = OpenAIReader(f"{server.url}/v1", "scripted")
        few = agent.answer("groceries in 2023", index, TODAY, models=Models(reader=lambda: reader, passage_tokens=25))
        all_ = agent.answer("groceries in 2023", index, TODAY, models=Models(reader=lambda: reader))
    assert "The reader was given 1 of 2 entries found." in few.notes
    assert [found.read for found in few.retrieved].count(True) == 1
    assert all_.notes == ()
    assert all(found.read for found in all_.retrieved)


def test_a_figure_that_only_beancount_fills_in_is_not_shown(make_ledger: Any, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:Cash
    2024-01-01 open Expenses:Photos
    2024-02-01 * "Studio" "portraits"
      Assets:Cash  -100.00 USD @ 0.90 EUR
      Expenses:Photos
    2024-02-02 * "Studio" "frames"
      Assets:Cash  -50.00 EUR
      Expenses:Photos
    """
    main = make_ledger()
    build(main, data_dir)
    text = served("On 2024-02-01 you paid 90.00 EUR to Studio.", "On 2024-02-02 you paid 50.00 EUR to Studio.")
    with (
        open_index(main, data_dir) as opened,
        stand_in(lambda handler: handler.send(200, {"Content-Type": "text/event-stream"}, text)) as server,
    ):
        models = Models(reader=lambda: OpenAIReader(f"{server.url}/v1", "scripted"))
        answer = agent.answer("how much did I spend on photos in 2024?", opened, TODAY, models=models)
    assert "140.00 EUR" in answer.answer
    assert "90.00 EUR stands in no row and no entry cited" in " ".join(answer.verification.unsupported) or (
        "90.00 stands in no row and no entry cited" in " ".join(answer.verification.unsupported)
    )
    assert "On 2024-02-02 you paid 50.00 EUR to Studio [" in answer.answer
