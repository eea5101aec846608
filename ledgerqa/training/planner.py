"""Training of the planner: adapters on the frozen encoder and heads, from phrasings, in minutes on two cores."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import torch
from torch import nn

from ledgerqa.backends.files import MINILM, packaged, verify
from ledgerqa.backends.wordpiece import WordPiece, marked
from ledgerqa.training.batches import Item, by_length, item_of, pieces_of
from ledgerqa.training.encoder import Encoder
from ledgerqa.training.fills import filled
from ledgerqa.training.halves import Halves
from ledgerqa.training.heads import Heads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledgerqa.training.fills import Example, Vocabulary
    from ledgerqa.training.phrasings import Phrasing

    Told = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out, beside the data."""

    seed: int = 20
    fills: int = 1  # of each phrasing, others in each epoch
    epochs: int = 7
    batch: int = 48
    rank: int = 16
    scale: float = 2.0
    slots: int = 192  # width of what the slots are told by
    rate: float = 1e-3
    warmup: float = 0.06  # of all steps
    dropout: float = 0.1
    smoothing: float = 0.05


class Planner(nn.Module):
    """The encoder with adapters, and the heads."""

    def __init__(self, weights: Path, recipe: Recipe) -> None:
        super().__init__()
        self.encoder = Encoder(weights, recipe.rank, recipe.scale)
        self.heads = Heads(self.encoder.width, recipe.slots, recipe.dropout)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """Logits; see `Heads`."""
        out: tuple[dict[str, torch.Tensor], torch.Tensor] = self.heads(self.encoder.layers_of(tokens, mask), mask)
        return out


@dataclass(frozen=True)
class Tokeniser:
    """The base's vocabulary with its marks."""

    wordpiece: WordPiece
    begin: int
    end: int

    @classmethod
    def beside(cls, weights: Path) -> Tokeniser:
        """From the vocabulary file beside the weights."""
        words = weights.with_name("vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        pieces = WordPiece(marked(words), words.index("[UNK]"))
        return cls(pieces, words.index("[CLS]"), words.index("[SEP]"))

    def item(self, example: Example) -> Item:
        """An example in tokens."""
        return item_of(example, self.wordpiece, self.begin, self.end)

    def located(self, text: str) -> list[tuple[int, int, int]]:
        """(token, start, end) of each token between the marks."""
        return pieces_of(text, self.wordpiece)

    def marked(self, located: Sequence[tuple[int, int, int]]) -> list[int]:
        """The tokens with the marks around them."""
        return [self.begin, *(token for token, _, _ in located), self.end]


def base_weights(data_dir: Path) -> Path:
    """The published weights of the default encoder, their hash checked."""
    return verify(packaged(MINILM), data_dir, afresh=True).path


def train(
    phrasings: Sequence[Phrasing], vocabularies: Sequence[Vocabulary], weights: Path, recipe: Recipe, tell: Told
) -> Planner:
    """A planner trained on fills of `phrasings`; `tell` is told how it goes."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    random = Random(recipe.seed)
    tokeniser = Tokeniser.beside(weights)
    tell(f"{len(phrasings)} phrasings, {recipe.fills} texts of each in each of {recipe.epochs} epochs")
    steps = recipe.epochs * math.ceil(len(phrasings) * recipe.fills / recipe.batch)
    begun = time.monotonic()
    with Halves(lambda: Planner(weights, recipe).train(), recipe.seed) as halves:
        trained = [each for each in halves.planner.parameters() if each.requires_grad]
        optimiser = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps, recipe.warmup))
        for epoch in range(recipe.epochs):
            items = [
                tokeniser.item(each) for each in filled(phrasings, vocabularies, recipe.fills, recipe.seed + epoch)
            ]
            total, count = 0.0, 0
            for chosen in by_length(items, recipe.batch, random):
                total, count = total + halves.step([items[at] for at in chosen], recipe.smoothing), count + 1
                nn.utils.clip_grad_norm_(trained, 1.0)
                optimiser.step()
                schedule.step()
            tell(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / count:.3f} ({time.monotonic() - begun:.0f} s)")
        return halves.planner.eval()


def _rate(step: int, steps: int, warmup: float) -> float:
    """Up linearly, then down linearly to nothing."""
    first = max(1, int(steps * warmup))
    return (step + 1) / first if step < first else max(0.0, (steps - step) / max(1, steps - first))
