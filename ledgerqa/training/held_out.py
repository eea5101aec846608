"""Phrasings by a hand that never saw the training ones: how well they are understood, by how far off they are.

Distance is measured between delexicalised lines (names and periods replaced by their labels): the likeness to the
nearest training line, 100 for the same words in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from ledgerqa.training.predicting import likeliest
from ledgerqa.training.scoring import Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.training.fills import Example
    from ledgerqa.training.phrasings import Phrasing

NEAR_DUPLICATE: Final = 92.0
BANDS: Final = ((80.0, "near (80-92)"), (70.0, "middling (70-80)"), (0.0, "far (below 70)"))


def likeness(phrasing: Phrasing, training: Sequence[str]) -> float:
    """To the nearest of the training skeletons: 0 to 100."""
    best = process.extractOne(phrasing.skeleton, training, scorer=fuzz.ratio)
    return float(best[1])


def apart(held_out: Sequence[Phrasing], training: Sequence[Phrasing]) -> list[tuple[Phrasing, float]]:
    """The held-out phrasings with their likeness to the training ones, near-duplicates left out."""
    skeletons = sorted({each.skeleton for each in training})
    measured = [(each, likeness(each, skeletons)) for each in held_out]
    return [(each, like) for each, like in measured if like < NEAR_DUPLICATE]


def scored(
    examples: Sequence[Example], likenesses: Sequence[float], understood: Sequence[Understanding]
) -> dict[str, Score]:
    """A score for all, and one for each band of distance."""
    found = {"all": Score(), **{name: Score() for _, name in BANDS}}
    for example, like, each in zip(examples, likenesses, understood, strict=True):
        said = likeliest(each)
        band = next(name for least, name in BANDS if like >= least)
        for name in ("all", band):
            found[name].add(example, said.fields, said.spans)
    return found
