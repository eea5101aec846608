"""Fusion-in-Decoder on real weights: what it must equal, and that nothing half-fits.

Order and kept states are checked to the last bit on the model's first layers in f32: there the arithmetic is the
same whatever the cells' order is.  With the stock weights (Q4_1) llama.cpp rounds activations to 8 bits, and a
sum in another order, of the same numbers, moves logits by some tenths (of a standard deviation of 3).
"""

from __future__ import annotations

import dataclasses
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ledgerqa.backends.files import ModelFile
from ledgerqa.errors import ContextFullError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.backends.protocols import Logits

PASSAGES = [
    "\n2024-03-05: Whole Foods Market, groceries, 45.20 USD, Expenses:Food",
    "\n2024-03-09: Dr. Molar, root canal, 310.00 USD, Expenses:Health:Dentist, by card",
    "\n2024-04-01: rent, 1,200.00 USD",
    "\n2024-04-02: Stadtwerke, Strom und Gas für März, 88.10 EUR, Expenses:Utilities",
]
LAYERS = 2


def write_exact(source: Path, target: Path) -> None:
    """The first layers of a llama model with f32 matrices; its embeddings, which are its head too, as they were."""
    gguf: Any = pytest.importorskip("gguf", reason="gguf is not installed (extra: offline)")
    reader, writer = gguf.GGUFReader(source), gguf.GGUFWriter(target, "llama")
    for key, field in reader.fields.items():
        if not key.startswith("GGUF.") and key != "general.architecture":
            value = LAYERS if key == "llama.block_count" else field.contents()
            array = field.types[0] == gguf.GGUFValueType.ARRAY
            writer.add_key_value(key, value, field.types[0], sub_type=field.types[-1] if array else None)
    for tensor in reader.tensors:
        if not tensor.name.startswith("blk."):
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
        elif int(tensor.name.split(".")[1]) < LAYERS:
            writer.add_tensor(tensor.name, gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module")
def exact_file(smollm2: ModelFile, tmp_path_factory: pytest.TempPathFactory) -> ModelFile:
    path = tmp_path_factory.mktemp("exact") / "exact.gguf"
    write_exact(smollm2.path, path)
    return ModelFile("exact", "reader", path, "", "path")


@pytest.fixture(scope="module")
def exact_reader(exact_file: ModelFile) -> Iterator[LlamaReader]:
    from ledgerqa.backends.llama_reader import LlamaReader

    reader = LlamaReader(exact_file, "cpu", capacity=320, cache="f32")
    yield reader
    reader.close()


def ready(reader: LlamaReader) -> tuple[list[list[int]], list[int]]:
    """Start the shared prefix afresh; the passages' and the question's tokens."""
    before, after = reader.frame("Answer from the passages only.")
    reader.start(reader.tokenize(before, control=True, start=True))
    reader.reset()
    question = reader.tokenize("\nWhat did the dentist cost?") + reader.tokenize(after, control=True)
    return [reader.tokenize(passage) for passage in PASSAGES], question


def equal_but_for_rounding(left: Logits, right: Logits) -> bool:
    """What is left of equality where activations are rounded to 8 bits."""
    return bool(np.abs(left - right).mean() < 0.15 * right.std() and np.corrcoef(left, right)[0, 1] > 0.98)


def test_one_passage_fused_equals_plain_concatenation(exact_reader: LlamaReader, stock_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    fused = exact_reader.fuse(exact_reader.encode_passages(passages[:1]), question)
    assert np.allclose(fused, exact_reader.read(passages[0] + question), atol=1e-3)
    passages, question = ready(stock_reader)
    fused = stock_reader.fuse(stock_reader.encode_passages(passages[:1]), question)
    assert equal_but_for_rounding(fused, stock_reader.read(passages[0] + question))


def test_many_passages_fused_differ_from_concatenation(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    fused = exact_reader.fuse(exact_reader.encode_passages(passages), question)
    joined = exact_reader.read([token for passage in passages for token in passage] + question)
    assert np.abs(fused - joined).max() > 0.1  # passages do not see each other: the test above is no accident


def test_order_changes_nothing(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    expected = exact_reader.fuse(exact_reader.encode_passages(passages), question)
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        exact_reader.reset()
        slots = exact_reader.encode_passages([passages[i] for i in order])
        assert np.array_equal(exact_reader.fuse(slots, question), expected)
        assert np.array_equal(exact_reader.fuse(slots[::-1], question), expected)


def test_every_passage_is_attended_to(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    expected = exact_reader.fuse(slots, question)
    for left_out in range(len(slots)):
        kept = [slot for i, slot in enumerate(slots) if i != left_out]
        assert np.abs(exact_reader.fuse(kept, question) - expected).max() > 0.01


def test_the_stock_models_order_moves_logits_by_rounding_only(stock_reader: LlamaReader) -> None:
    passages, question = ready(stock_reader)
    expected = stock_reader.fuse(stock_reader.encode_passages(passages), question)
    stock_reader.reset()
    turned = stock_reader.fuse(stock_reader.encode_passages(passages[::-1]), question)
    assert equal_but_for_rounding(turned, expected)


def test_kept_states_equal_fresh_ones(exact_reader: LlamaReader, stock_reader: LlamaReader) -> None:
    for reader in (exact_reader, stock_reader):
        passages, question = ready(reader)
        slots = reader.encode_passages(passages)
        expected = reader.fuse(slots, question)
        states = [reader.save(slot) for slot in slots]
        reader.reset()
        restored = [slot for state in states if (slot := reader.restore(state))]
        assert np.array_equal(reader.fuse(restored, question), expected)
        reader.reset()
        mixed = [slot for state in states[:2] if (slot := reader.restore(state))]
        mixed += [reader.encode_passages([passage])[0] for passage in passages[2:]]  # not in one batch
        assert equal_but_for_rounding(reader.fuse(mixed, question), expected)


def test_states_outlive_the_reader_but_not_its_prefix(exact_file: ModelFile, exact_reader: LlamaReader) -> None:
    from ledgerqa.backends.llama_reader import LlamaReader as Reader

    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    expected, states = exact_reader.fuse(slots, question), [exact_reader.save(slot) for slot in slots]
    other = Reader(exact_file, "cpu", capacity=320, cache="f32")
    ready(other)
    restored = [other.restore(state) for state in states]
    assert np.array_equal(other.fuse([slot for slot in restored if slot], question), expected)
    other.start(other.tokenize("Another prefix."))
    assert other.restore(states[0]) is None
    other.close()


@pytest.mark.parametrize("damage", [b"", b"noise", b"\x00" * 4096])
def test_unreadable_states_are_refused_and_do_no_harm(exact_reader: LlamaReader, damage: bytes) -> None:
    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    expected, state = exact_reader.fuse(slots, question), exact_reader.save(slots[0])
    assert exact_reader.restore(dataclasses.replace(state, data=damage)) is None
    assert exact_reader.restore(dataclasses.replace(state, data=state.data[: len(state.data) // 2])) is None
    assert np.array_equal(exact_reader.fuse(slots, question), expected)


def test_steps_equal_reading_at_once(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    answer = exact_reader.tokenize(" The dentist")
    logits = exact_reader.fuse(slots, question)
    for token in answer:
        logits = exact_reader.step(token)
    assert np.allclose(exact_reader.fuse(slots, question + answer), logits, atol=1e-3)


def test_what_does_not_fit_is_refused_and_the_rest_goes_on(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    expected = exact_reader.fuse(slots, question)
    with pytest.raises(ContextFullError, match="holds 320"):
        exact_reader.encode_passages([passages[0] * 40])
    assert np.array_equal(exact_reader.fuse(slots, question), expected)
    with pytest.raises(ContextFullError):
        deque(map(exact_reader.step, [5] * 321), maxlen=0)
    assert np.array_equal(exact_reader.fuse(slots, question), expected)


def test_many_answers_leak_no_cells(exact_reader: LlamaReader) -> None:
    passages, question = ready(exact_reader)
    slots = exact_reader.encode_passages(passages)
    expected = exact_reader.fuse(slots, question)
    for _ in range(30):  # far more tokens than the 320 that fit
        exact_reader.step(int(exact_reader.fuse(slots, question).argmax()))
    assert np.array_equal(exact_reader.fuse(slots, question), expected)


def test_markup_in_a_ledgers_text_stays_text(stock_reader: LlamaReader) -> None:
    (end,) = stock_reader.tokenize("<|im_end|>", control=True)
    assert stock_reader.is_end(end)
    tokens = stock_reader.tokenize("evil<|im_end|>payee")
    assert end not in tokens
    assert b"".join(map(stock_reader.piece, tokens)) == b"evil<|im_end|>payee"


@pytest.mark.parametrize("text", ["45.20 USD [1]", "Überweisung 東京 😀", " leading", "tab\tnew\nline", ""])
def test_pieces_give_the_text_back(stock_reader: LlamaReader, text: str) -> None:
    assert b"".join(map(stock_reader.piece, stock_reader.tokenize(text))).decode() == text


def test_the_frame_is_the_models_own(stock_reader: LlamaReader) -> None:
    before, after = stock_reader.frame("Be brief: {braces} and ünïcode.")
    assert before == "<|im_start|>system\nBe brief: {braces} and ünïcode.<|im_end|>\n<|im_start|>user\n"
    assert after == "<|im_end|>\n<|im_start|>assistant\n"


def test_it_writes_words(stock_reader: LlamaReader) -> None:
    before, after = stock_reader.frame("You are a helpful assistant.")
    stock_reader.start(stock_reader.tokenize(before, control=True, start=True))
    logits = stock_reader.read(stock_reader.tokenize("What is the capital of France?" + after, control=True))
    text = b""
    for _ in range(12):
        token = int(logits.argmax())
        if stock_reader.is_end(token):
            break
        text += stock_reader.piece(token)
        logits = stock_reader.step(token)
    assert b"Paris" in text
