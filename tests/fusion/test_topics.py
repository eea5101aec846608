"""A reader bound to topics writes of one entry a sentence, in its words and items alone, whatever its logits are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgerqa.fusion.automaton import PREPOSITIONS
from ledgerqa.fusion.items import Item, Kind, items_of_entry
from ledgerqa.fusion.masking import Pieces
from ledgerqa.fusion.topics import Topic, sentences_about
from tests.fusion.test_masking import BYTES, CUTS, PIECES, Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.backends.protocols import Logits

WORDS = frozenset({"you", "paid", "spent", "to", "at", "for", "from"})
BAKERY = Topic(
    1,
    "On 2023-05-12 you",
    (Item("45.20 USD", Kind.MONEY), Item("7-Eleven", Kind.NAME), Item("bread", Kind.NAME)),
    WORDS,
)
DENTIST = Topic(2, "On 2023-05-13 you", (Item("1,200.00 USD", Kind.MONEY), Item("Dr. Molar", Kind.NAME)), WORDS)
CARD = Topic(3, "On 2024-01-02 you", (Item("3.00 USD", Kind.MONEY),), WORDS)
TOPICS = (BAKERY, DENTIST, CARD)
NAMED = tuple(
    f" {word}".encode() for word in (*WORDS, *(item.text for topic in TOPICS for item in topic.items), "and", "not")
)


class Rolling(Made):
    """A reader whose logits are random, leaning to some tokens; it keeps what it was told to append."""

    def __init__(self, tokens: Sequence[bytes], seed: int, wanted: Sequence[int]) -> None:
        super().__init__(tokens)
        self._random = np.random.default_rng(seed)
        self._wanted = list(wanted)
        self.text = b""

    def logits(self) -> Logits:
        made = self._random.normal(size=self.vocabulary_size).astype(np.float32)
        made[self._random.choice(self._wanted, size=min(8, len(self._wanted)))] += 4
        return made

    def tokenize(self, text: str) -> list[int]:
        return [self._tokens.index(bytes((byte,))) for byte in text.encode()]

    def step(self, token: int) -> Logits:
        return self.extend([token])

    def extend(self, tokens: Sequence[int]) -> Logits:
        self.text += b"".join(self.piece(token) for token in tokens)
        return self.logits()


def written(reader: Rolling, topics: Sequence[Topic], most: int) -> list[str]:
    pieces = Pieces(reader)
    return list(sentences_about(topics, reader, pieces, reader.logits(), frozenset({"USD"}), most))  # type: ignore[arg-type]


def parts(sentence: str, topic: Topic) -> list[str]:
    """The sentence after its opening, as words and items, its items named by their place."""
    rest = sentence.removeprefix(topic.opening).removesuffix(".")
    for place, item in enumerate(sorted(topic.items, key=lambda item: -len(item.text))):
        rest = rest.replace(f" {item.text}", f" <{place}{item.kind.name}>")
    return rest.split()


@given(
    seed=st.integers(0, 2**32),
    wanted=st.lists(st.integers(0, len(PIECES) + len(CUTS) + len(NAMED) - 1), min_size=1, max_size=60),
    most=st.integers(1, 4),
)
@settings(max_examples=120)
def test_a_sentence_is_of_one_entry(seed: int, wanted: list[int], most: int) -> None:
    reader = Rolling((*PIECES, *CUTS, *NAMED, *BYTES), seed, wanted)
    found = written(reader, TOPICS, most)
    assert len(found) <= most
    openings = [topic.opening for sentence in found for topic in TOPICS if sentence.startswith(topic.opening)]
    assert len(openings) == len(set(openings)) == len(found)
    for sentence in found:
        topic = next(topic for topic in TOPICS if sentence.startswith(topic.opening))
        assert sentence.endswith(".")
        said = parts(sentence, topic)
        items = [part for part in said if part.startswith("<")]
        assert set(said) - set(items) <= WORDS, sentence
        assert items
        assert topic is CARD or any(item.endswith("NAME>") for item in items), sentence
        assert len(items) == len(set(items)), sentence  # nothing is said twice
        for before, after in zip(said, [*said[1:], "."], strict=True):
            assert before not in PREPOSITIONS or after.endswith("NAME>"), sentence


def test_each_topic_can_be_spoken_of() -> None:
    tokens = (*NAMED, *BYTES)
    found = {
        sentence.split(" you")[0]
        for seed in range(60)
        for sentence in written(Rolling(tokens, seed, range(len(NAMED))), TOPICS, 2)
    }
    assert len(found) == len(TOPICS)


def test_one_topic_and_none() -> None:
    reader = Rolling((*NAMED, *BYTES), 1, range(len(NAMED)))
    assert written(reader, (), 2) == []
    assert len(written(reader, (BAKERY,), 2)) <= 1
    assert reader.text.startswith(b"On 2023-05-12 you")


def test_the_items_of_an_entry() -> None:
    from decimal import Decimal

    found = items_of_entry([(Decimal("-45.2"), "USD")], ["Corner Shop 7", "bread", "50% off", ""], lambda _: 2)
    assert found == (Item("45.20 USD", Kind.MONEY), Item("Corner Shop 7", Kind.NAME), Item("bread", Kind.NAME))


def test_the_real_reader_says_whole_sentences(reader: LlamaReader) -> None:
    reader.start(reader.tokenize("Entries:\n", control=True, start=True))
    reader.reset()
    [slot] = reader.encode_passages([reader.tokenize("2023-05-12 7-Eleven, bread; Expenses:Food 45.20 USD\n")])
    logits = reader.fuse([slot], reader.tokenize("What did the bread cost?\n"))
    found = list(sentences_about(TOPICS, reader, Pieces(reader), logits, frozenset({"USD"}), 2))
    assert found
    for sentence in found:
        assert any(sentence.startswith(topic.opening) and sentence.endswith(".") for topic in TOPICS)


@pytest.mark.parametrize("word", sorted(PREPOSITIONS))
def test_no_preposition_is_left_hanging(word: str) -> None:
    """Nor is one begun where no name is left to follow it."""
    from ledgerqa.fusion.masking import Mask

    vocabulary = frozenset({"you", "paid", word})
    tokens = (f" paid 3.00 USD {word}".encode(), f" paid {word}".encode(), b" paid", b" 3.00 USD", b".")
    for items in (CARD.items, BAKERY.items):
        mask = Mask(Pieces(Made(tokens)), items, {"USD"}, vocabulary, begun="On 2024-01-02 you")
        assert not mask.take(0)
        if mask.take(1):
            assert not mask.take(4)
            assert items is BAKERY.items
