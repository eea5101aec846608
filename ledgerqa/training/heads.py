"""Joint intent detection and slot filling over token states, as in JointBERT (Chen et al., arXiv:1902.10909).

Each field of the intent looks at the text through an attention of its own (one learned query), beside the mean of
all states.  Slots are tagged at the first piece of each word, by convolutions over the states of three layers: all of
them were so right in 82 of a hundred texts by other hands, and in 78 by one map of the last states.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional as F

from ledgerqa.backends.convolutions import SLOTS
from ledgerqa.training.convolutions import Convolutions, joined
from ledgerqa.training.fills import TAGS
from ledgerqa.training.phrasings import FIELDS, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.training.batches import Batch


def classes_of(name: str) -> tuple[str, ...]:
    """The classes of a field's head: "" (not said) first, but for the one that may have several."""
    return FIELDS[name] if name == SEVERAL else ("", *FIELDS[name])


class Heads(nn.Module):
    """All heads.  `width` is the length of a state, `slots` that of what the tags are told by."""

    def __init__(self, width: int, slots: int, dropout: float) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(len(FIELDS), width) / math.sqrt(width))
        self.fields = nn.ModuleDict({name: nn.Linear(2 * width, len(classes_of(name))) for name in FIELDS})
        self.beside = Convolutions(width * len(SLOTS.layers), slots, SLOTS)
        self.tags = nn.Linear(slots, len(TAGS))
        self.dropout = dropout
        self.random = torch.Generator()  # its own, so that what is dropped does not depend on other threads

    def forward(
        self, layers: Sequence[torch.Tensor], mask: torch.Tensor
    ) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """Logits of each field, (texts, classes), and of each token's tag, (texts, tokens, tags).

        `layers` are the states of each layer, (texts, tokens, width), `mask` (texts, tokens).
        """
        states = self._dropped(layers[-1])
        there = mask.unsqueeze(-1)
        mean = (states * there).sum(1) / there.sum(1)
        scores = torch.einsum("btw,fw->bft", states, self.queries) * math.sqrt(1 / states.shape[-1]) * SHARPNESS
        looks = scores.masked_fill(~mask[:, None, :], -torch.inf).softmax(-1)
        seen = torch.einsum("bft,btw->bfw", looks, states)
        fields = {
            name: head(torch.cat([seen[:, at], mean], dim=-1)) for at, (name, head) in enumerate(self.fields.items())
        }
        seen = self.beside(self._dropped(joined(layers, SLOTS)), mask)
        return fields, self.tags(self._dropped(seen))

    def _dropped(self, states: torch.Tensor) -> torch.Tensor:
        """Some values set to zero and the others raised accordingly (dropout), in training only."""
        if not self.training:
            return states
        kept = torch.empty_like(states).bernoulli_(1 - self.dropout, generator=self.random)
        return states * kept / (1 - self.dropout)


SHARPNESS = 4.0  # states of MiniLM are short (norm about 5): without it each attention stays near the mean


def loss(fields: dict[str, torch.Tensor], tags: torch.Tensor, batch: Batch, smoothing: float) -> torch.Tensor:
    """The sum over fields and tags of the mean cross entropy."""
    total = F.cross_entropy(tags[batch.row, batch.place], batch.tags, label_smoothing=smoothing / 2) * 2.0
    for at, (name, logits) in enumerate(fields.items()):
        if name == SEVERAL:
            total = total + F.binary_cross_entropy_with_logits(logits, batch.groups) * len(FIELDS[SEVERAL]) / 2
        else:
            total = total + F.cross_entropy(logits, batch.fields[:, at], label_smoothing=smoothing)
    return total
