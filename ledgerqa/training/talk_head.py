"""The head that tells talk from the question: convolutions over the states of a planner that stays as it is.

Every word's states in three layers go through residual convolutions over the words, so that a word is judged with some
twenty others on each side.
"""

from __future__ import annotations

import math
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional as F

from ledgerqa.backends.convolutions import TALK
from ledgerqa.training.batches import first_pieces
from ledgerqa.training.convolutions import Convolutions, joined
from ledgerqa.training.halves import THREADS
from ledgerqa.training.talk import PLAIN, Pieces, Spoken, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.training.fills import Vocabulary
    from ledgerqa.training.phrasings import Phrasing
    from ledgerqa.training.planner import Planner, Tokeniser


@dataclass(frozen=True)
class TalkRecipe:
    """All that decides what comes out, beside the data.

    Reading texts with the planner takes nearly all of the time.  So it goes on beside the steps; and each batch is kept
    for a while, and `turns` steps are made for each, one with it and the others with batches that were kept.
    """

    seed: int = 31
    steps: int = 1400
    turns: int = 3
    kept: int = 40
    batch: int = 48
    width: int = 192
    rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.02


class TalkHead(nn.Module):
    """For each word the logit that it is talk; `states` is the length of a word's states in all layers together."""

    def __init__(self, states: int, width: int, dropout: float) -> None:
        super().__init__()
        self.beside = Convolutions(states, width, TALK)
        self.leave = nn.Linear(width, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`states` (texts, words, states), `mask` (texts, words: true where there is a word) to (texts, words)."""
        seen = self.beside(self.dropout(states), mask)
        out: torch.Tensor = self.leave(self.dropout(seen)).squeeze(-1)
        return out


@dataclass(frozen=True)
class Words:
    """Texts as the head sees them: states (texts, words, states), mask and talk (texts, words)."""

    states: torch.Tensor
    mask: torch.Tensor
    talk: torch.Tensor


@torch.no_grad()
def words_of(planner: Planner, tokeniser: Tokeniser, texts: Sequence[Spoken]) -> Words:
    """The words of some texts in the states of a trained planner."""
    located = [tokeniser.located(each.text) for each in texts]
    firsts = [first_pieces(each) for each in located]
    tokens = [tokeniser.marked(each) for each in located]
    padded = nn.utils.rnn.pad_sequence([torch.tensor(each) for each in tokens], batch_first=True)
    mask = nn.utils.rnn.pad_sequence([torch.ones(len(each), dtype=torch.bool) for each in tokens], batch_first=True)
    layers = planner.encoder.layers_of(padded, mask)
    states = joined(layers, TALK)
    places = nn.utils.rnn.pad_sequence([torch.tensor(each) + 1 for each in firsts], batch_first=True)
    there = nn.utils.rnn.pad_sequence([torch.ones(len(each), dtype=torch.bool) for each in firsts], batch_first=True)
    taken = states.gather(1, places.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
    talk = torch.zeros(there.shape)
    for row, (text, pieces, words) in enumerate(zip(texts, located, firsts, strict=True)):
        for place, at in enumerate(words):
            talk[row, place] = any(start <= pieces[at][1] < end for start, end in text.talk)
    return Words(taken * there.unsqueeze(-1), there, talk)


def train_talk(
    planner: Planner,
    tokeniser: Tokeniser,
    phrasings: Sequence[Phrasing],
    vocabularies: Sequence[Vocabulary],
    pieces: Pieces,
    recipe: TalkRecipe,
    tell: Callable[[str], None],
) -> TalkHead:
    """A head trained over the states of `planner`, which is left as it is; `tell` is told how it goes."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    random, choices = Random(recipe.seed), Random(recipe.seed + 1)
    planner.eval()
    head = TalkHead(planner.encoder.width * len(TALK.layers), recipe.width, recipe.dropout)
    optimiser = torch.optim.AdamW(head.parameters(), lr=recipe.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / 50, math.cos(math.pi / 2 * step / recipe.steps))
    )
    kept: deque[Words] = deque(maxlen=recipe.kept)
    begun, total = time.monotonic(), 0.0
    batches = _batches(phrasings, vocabularies, pieces, recipe.batch, random)
    with ThreadPoolExecutor(THREADS, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        reading = deque(pool.submit(words_of, planner, tokeniser, next(batches)) for _ in range(THREADS))
        for step in range(1, recipe.steps + 1):
            reading.append(pool.submit(words_of, planner, tokeniser, next(batches)))
            words = reading.popleft().result()
            kept.append(words)
            total += _stepped(head, optimiser, words, recipe.smoothing)
            for _ in range(recipe.turns - 1):
                _stepped(head, optimiser, choices.choice(kept), recipe.smoothing)
            schedule.step()
            if step % 200 == 0:
                tell(f"talk, step {step} of {recipe.steps}: loss {total / 200:.4f} ({time.monotonic() - begun:.0f} s)")
                total = 0.0
    return head.eval()


def _batches(
    phrasings: Sequence[Phrasing], vocabularies: Sequence[Vocabulary], pieces: Pieces, size: int, random: Random
) -> Iterator[list[Spoken]]:
    """Texts without end; those about equally long go together."""
    while True:
        texts = [
            spoken(random.choice(phrasings), random.choice(vocabularies), pieces, random) for _ in range(size * 20)
        ]
        texts.sort(key=lambda each: len(each.text))
        batches = [texts[at : at + size] for at in range(0, len(texts), size)]
        random.shuffle(batches)
        yield from batches


def _stepped(head: TalkHead, optimiser: torch.optim.Optimizer, words: Words, smoothing: float) -> float:
    """One step down on some words; the loss before it."""
    wanted = words.talk * (1 - 2 * smoothing) + smoothing
    logits = head(words.states, words.mask)
    summed = F.binary_cross_entropy_with_logits(logits, wanted, weight=words.mask.float(), reduction="sum")
    value = summed / words.mask.sum()
    optimiser.zero_grad()
    value.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(head.parameters(), 1.0)
    optimiser.step()
    return value.item()


@dataclass(frozen=True)
class TalkScore:
    """Of words: how many of the question were taken for talk, and how much of the talk was not; in per cent."""

    texts: int
    lost: float
    left: float

    @property
    def line(self) -> str:
        """In one line."""
        return f"{self.texts} texts: {self.lost:.1f}% of the question lost, {self.left:.1f}% of the talk left"


@torch.no_grad()
def scored_talk(
    head: TalkHead,
    planner: Planner,
    tokeniser: Tokeniser,
    phrasings: Sequence[Phrasing],
    vocabularies: Sequence[Vocabulary],
    pieces: Pieces,
    seed: int,
    plain: float = PLAIN,
) -> TalkScore:
    """How well the head does on phrasings with the talk of a hand that it was not trained on."""
    random = Random(seed)
    texts = [spoken(each, random.choice(vocabularies), pieces, random, plain) for each in phrasings]
    texts.sort(key=lambda each: len(each.text))
    counts = torch.zeros(2, 2)
    for at in range(0, len(texts), 48):
        words = words_of(planner, tokeniser, texts[at : at + 48])
        found = head(words.states, words.mask) > 0
        for truth in (0, 1):
            for said in (0, 1):
                counts[truth, said] += ((words.talk == truth) & (found == bool(said)) & words.mask).sum()
    shares = 100 * counts / counts.sum(1, keepdim=True).clamp(min=1)
    return TalkScore(len(texts), shares[0, 1].item(), shares[1, 0].item())
