"""From the authored files to the planner's own files: what `ledgerqa train planner` does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.backends.trained_planner import FOLDER
from ledgerqa.training.artefact import write
from ledgerqa.training.fills import filled, read_vocabularies
from ledgerqa.training.held_out import apart, scored
from ledgerqa.training.phrasings import PHRASINGS, VOCABULARIES, hash_of, read_phrasings
from ledgerqa.training.planner import Planner, Recipe, Tokeniser, base_weights, train
from ledgerqa.training.predicting import predict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledgerqa.training.phrasings import Phrasing
    from ledgerqa.training.scoring import Score

HELD_OUT_SEED: Final = 99


@dataclass(frozen=True)
class Made:
    """What training came to; `scores` are empty where nothing was held out."""

    folder: Path
    sha256: str
    seconds: float
    scores: dict[str, Score]


def make_planner(
    data_dir: Path,
    tell: Callable[[str], None],
    *,
    recipe: Recipe | None = None,
    out: Path = FOLDER,
    held_out: Path | None = None,
) -> Made:
    """Train the planner on all authored phrasings and write it to `out`; score it on the folder `held_out`.

    Raises PhrasingError, or what the base encoder's absence raises.
    """
    begun = time.monotonic()
    recipe = recipe or Recipe()
    phrasings, vocabularies = read_phrasings(PHRASINGS), read_vocabularies(VOCABULARIES)
    weights = base_weights(data_dir)
    planner = train(phrasings, vocabularies, weights, recipe, tell)
    scores = score_held_out(planner, weights, phrasings, held_out) if held_out else {}
    facts: dict[str, Any] = {"phrasings": len(phrasings), "vocabularies": len(vocabularies)}
    facts |= {"held_out": {name: each.lines()[0] for name, each in scores.items()}} if scores else {}
    sha256 = write(planner, recipe, hash_of(PHRASINGS, VOCABULARIES), out, facts)
    return Made(out, sha256, time.monotonic() - begun, scores)


def score_held_out(planner: Planner, weights: Path, training: Sequence[Phrasing], folder: Path) -> dict[str, Score]:
    """How well the phrasings of another hand are understood, filled from that hand's own vocabularies."""
    kept = apart(read_phrasings(folder), training)
    examples = filled([each for each, _ in kept], read_vocabularies(folder), 1, HELD_OUT_SEED)
    return scored(examples, [like for _, like in kept], predict(planner, Tokeniser.beside(weights), examples))
