"""The whole way from logits to drafts, under any logits, wherever the budget ends: only whole items come out."""

# ruff: noqa: ARG002 - a reader's methods, of which these tests need few

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgerqa.backends.protocols import Slot
from ledgerqa.fusion.facts import Facts
from ledgerqa.fusion.passages import Chosen
from ledgerqa.fusion.reader import Budget, Reading, drafts
from tests.fusion.test_masking import BYTES, CURRENCIES, ITEMS, PIECES, Made, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.backends.protocols import Logits, PassageState

NOTHING = Facts("", 0, 0, 0, 0)


class Driven(Made):
    """A reader whose logits are given: no model at all, but all of the decoding."""

    name = sha256 = fingerprint = "driven"
    capacity = 4096
    fusable = True

    def __init__(self, tokens: Sequence[bytes], logits: Callable[[int], Logits]) -> None:
        super().__init__(tokens)
        self._logits = logits
        self._written = 0

    def tokenize(self, text: str, *, control: bool = False, start: bool = False) -> list[int]:
        return [0] * len(text.split())

    def frame(self, system: str) -> tuple[str, str]:
        return system, ""

    def start(self, prefix: Sequence[int]) -> None:
        self._written = 0

    def reset(self) -> None:
        self._written = 0

    def close(self) -> None: ...

    def encode_passages(self, passages: Sequence[Sequence[int]]) -> list[Slot]:
        return [Slot(number, len(passage)) for number, passage in enumerate(passages)]

    def save(self, slot: Slot) -> PassageState:
        raise NotImplementedError

    def restore(self, state: PassageState) -> Slot | None:
        raise NotImplementedError

    def fuse(self, slots: Sequence[Slot], question: Sequence[int]) -> Logits:
        return self._logits(0)

    def read(self, tokens: Sequence[int]) -> Logits:
        return self._logits(0)

    def extend(self, tokens: Sequence[int]) -> Logits:
        self._written += len(tokens)
        return self._logits(self._written)

    def step(self, token: int) -> Logits:
        self._written += 1
        return self._logits(self._written)


def said(reader: Driven, tokens: int) -> list[str]:
    reading = Reading("?", Chosen(()), NOTHING, ITEMS, CURRENCIES, budget=Budget(answer=tokens, sentences=9))
    return [draft.text for draft in drafts(reading, reader)]


def dictated(text: str) -> Driven:
    """A reader that writes `text`, a byte a token, and then ends."""
    size = len(BYTES) + 1

    def logits(place: int) -> Logits:
        found = np.zeros(size, dtype=np.float32)
        data = text.encode()
        found[data[place] if place < len(data) else size - 1] = 9
        return found

    return Driven(BYTES, logits)


SENTENCES = (
    "You spent 1,200.00 USD at Dr. Molar [1]. It was 45.20 USD on 2023-05-12 (12.5%) at 7-Eleven! That is -20.00 EUR"
)


@pytest.mark.parametrize("tokens", range(1, len(SENTENCES) + 2))
def test_the_budget_cuts_no_item(tokens: int) -> None:
    whole = ["You spent 1,200.00 USD at Dr. Molar [1].", "It was 45.20 USD on 2023-05-12 [12] at 7-Eleven!"]
    text = SENTENCES.replace("(12.5%)", "[12]")
    found = said(dictated(text), tokens)
    assert found in ([], whole[:1], whole, [*whole, "That is -20.00 EUR."])
    assert [sentence for sentence in found if faults(sentence)] == []


def test_all_of_it_is_said() -> None:
    assert len(said(dictated(SENTENCES.replace("(12.5%)", "[12]")), 999)) == 3


@given(seed=st.integers(0, 2**32), tokens=st.integers(1, 60))
@settings(max_examples=150)
def test_drafts_under_any_logits_bear_whole_items(seed: int, tokens: int) -> None:
    random = np.random.default_rng(seed)
    vocabulary = (*PIECES, *BYTES, *(b" " + item.text.encode() for item in ITEMS), b".", b". ", b".\n", b"! ")
    reader = Driven(vocabulary, lambda _: random.normal(size=len(vocabulary) + 1).astype(np.float32))
    for text in said(reader, tokens):
        assert faults(text) == [], text
