"""What a planner in training says of examples, by torch; at question time `backends` does the same without."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import torch

from ledgerqa.backends.protocols import Understanding
from ledgerqa.backends.tagging import best_tags, spans_of
from ledgerqa.training.batches import batch_of, by_length
from ledgerqa.training.fills import TAGS
from ledgerqa.training.heads import classes_of
from ledgerqa.training.phrasings import FIELDS, NO, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.training.fills import Example
    from ledgerqa.training.planner import Planner, Tokeniser

HALF = 0.5


@dataclass(frozen=True)
class Said:
    """What was understood: each field's classes, and the spans."""

    fields: dict[str, tuple[str, ...]]
    spans: tuple[tuple[str, int, int], ...]


@torch.no_grad()
def predict(planner: Planner, tokeniser: Tokeniser, examples: Sequence[Example]) -> list[Understanding]:
    """What the planner makes of each example."""
    items = [tokeniser.item(each) for each in examples]
    found: dict[int, Understanding] = {}
    for chosen in by_length(items, 64, Random(0)):
        batch = batch_of([items[at] for at in chosen])
        logits, tags = planner(batch.tokens, batch.mask)
        shares = {name: each.sigmoid() if name == SEVERAL else each.softmax(-1) for name, each in logits.items()}
        for row, at in enumerate(chosen):
            fields = {
                name: dict(zip(classes_of(name), each[row].tolist(), strict=True)) for name, each in shares.items()
            }
            scores = tags[row, torch.tensor(items[at].words, dtype=torch.long)].log_softmax(-1).tolist()
            found[at] = Understanding(fields, spans_of(best_tags(scores, TAGS), TAGS, items[at].spans, scores))
    return [found[at] for at in range(len(examples))]


def likeliest(understood: Understanding) -> Said:
    """Of each field the likeliest class; of the one that has several all that are likelier than not."""
    fields = {}
    for name in FIELDS:
        shares = understood.fields[name]
        if name == SEVERAL:
            fields[name] = tuple(each for each, share in shares.items() if share > HALF)
        else:
            best = max(shares, key=lambda each: shares[each])
            fields[name] = () if best == NO else (best,)
    return Said(fields, tuple((each.label, each.start, each.end) for each in understood.spans))
