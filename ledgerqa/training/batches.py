"""Examples as tensors: tokens of the base's own vocabulary, words' first pieces, and the classes to be learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from ledgerqa.backends.gguf_convert import MAX_TOKENS
from ledgerqa.training.fills import TAGS, labels_of
from ledgerqa.training.phrasings import FIELDS, NO, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from ledgerqa.backends.wordpiece import WordPiece
    from ledgerqa.training.fills import Example


@dataclass(frozen=True)
class Item:
    """One text: its tokens with begin and end marks, where each word begins, and what is to be learned of it."""

    tokens: tuple[int, ...]
    words: tuple[int, ...]
    tags: tuple[int, ...]
    fields: tuple[int, ...]  # one class for each field, 0 for the one that has several
    groups: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]  # characters of each word


@dataclass(frozen=True)
class Batch:
    """Items side by side.  `row` and `place` say where each word's first piece stands; `tags` what it is."""

    tokens: torch.Tensor
    mask: torch.Tensor
    row: torch.Tensor
    place: torch.Tensor
    tags: torch.Tensor
    fields: torch.Tensor
    groups: torch.Tensor


def pieces_of(text: str, wordpiece: WordPiece) -> list[tuple[int, int, int]]:
    """(token, start, end) of each token that is read, without the marks at the ends."""
    return wordpiece.spans(text)[: MAX_TOKENS - 2]


def first_pieces(located: Sequence[tuple[int, int, int]]) -> list[int]:
    """Where among the tokens words begin: the pieces of a word have its place, all of them."""
    return [at for at, piece in enumerate(located) if at == 0 or piece[1:] != located[at - 1][1:]]


def item_of(example: Example, wordpiece: WordPiece, begin: int, end: int) -> Item:
    """An example in tokens."""
    pieces = pieces_of(example.text, wordpiece)
    tokens = (begin, *(token for token, _, _ in pieces), end)
    firsts = first_pieces(pieces)
    spans = tuple((pieces[at][1], pieces[at][2]) for at in firsts)
    tags = tuple(TAGS.index(label) for label in labels_of(spans, example))
    fields = tuple(_class(name, example) for name in FIELDS)
    groups = tuple(int(each in example.fields.get(SEVERAL, ())) for each in FIELDS[SEVERAL])
    return Item(tokens, tuple(at + 1 for at in firsts), tags, fields, groups, spans)


def _class(name: str, example: Example) -> int:
    if name == SEVERAL:
        return 0
    return (NO, *FIELDS[name]).index(example.fields.get(name, (NO,))[0])


def batch_of(items: Sequence[Item]) -> Batch:
    """Items side by side, the shorter ones padded."""
    longest = max(len(item.tokens) for item in items)
    tokens = torch.zeros(len(items), longest, dtype=torch.long)
    mask = torch.zeros(len(items), longest, dtype=torch.bool)
    for at, item in enumerate(items):
        tokens[at, : len(item.tokens)] = torch.tensor(item.tokens)
        mask[at, : len(item.tokens)] = True
    return Batch(
        tokens,
        mask,
        torch.tensor([at for at, item in enumerate(items) for _ in item.words], dtype=torch.long),
        torch.tensor([place for item in items for place in item.words], dtype=torch.long),
        torch.tensor([tag for item in items for tag in item.tags], dtype=torch.long),
        torch.tensor([item.fields for item in items], dtype=torch.long),
        torch.tensor([item.groups for item in items], dtype=torch.float32),
    )


def by_length(items: Sequence[Item], size: int, random: Random) -> list[list[int]]:
    """Indices of items in batches of texts about equally long, in a random order."""
    order = sorted(range(len(items)), key=lambda at: (len(items[at].tokens), random.random()))
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    random.shuffle(batches)
    return batches
