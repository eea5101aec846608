"""From the authored files to the planner's own files: what `ledgerqa train planner` does."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.backends.trained_planner import FOLDER
from ledgerqa.training.artefact import add_talk, read_planner, write
from ledgerqa.training.fills import filled, read_vocabularies
from ledgerqa.training.held_out import apart, scored
from ledgerqa.training.phrasings import PHRASINGS, VOCABULARIES, hash_of, read_phrasings
from ledgerqa.training.planner import Planner, Recipe, Tokeniser, base_weights, train
from ledgerqa.training.predicting import predict
from ledgerqa.training.talk import TALK, Pieces, read_pieces
from ledgerqa.training.talk_head import TalkRecipe, scored_talk, train_talk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledgerqa.training.phrasings import Phrasing
    from ledgerqa.training.scoring import Score

HELD_OUT_SEED: Final = 99
HELD_OUT_TALK: Final = "talk"  # the folder of a hand's talk, beside its phrasings


@dataclass(frozen=True)
class Made:
    """What training came to; `scores`, and those of the talk in words, are empty where nothing was held out."""

    folder: Path
    sha256: str
    seconds: float
    scores: dict[str, Score]
    talk: dict[str, str]


def make_planner(
    data_dir: Path,
    tell: Callable[[str], None],
    *,
    recipe: Recipe | None = None,
    talk_recipe: TalkRecipe | None = None,
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
    write(planner, recipe, hash_of(PHRASINGS, VOCABULARIES), out, facts)
    made = make_talk(data_dir, tell, recipe=talk_recipe, out=out, held_out=held_out)
    return Made(out, made.sha256, time.monotonic() - begun, scores, made.talk)


def make_talk(
    data_dir: Path,
    tell: Callable[[str], None],
    *,
    recipe: TalkRecipe | None = None,
    out: Path = FOLDER,
    held_out: Path | None = None,
) -> Made:
    """Train the head that tells talk from the question, over the planner in `out`, and put it beside it there.

    Raises what `make_planner` does, and PlannerDamagedError where there is no planner.
    """
    begun = time.monotonic()
    recipe = recipe or TalkRecipe()
    phrasings, vocabularies, pieces = read_phrasings(PHRASINGS), read_vocabularies(VOCABULARIES), read_pieces(TALK)
    weights = base_weights(data_dir)
    planner, tokeniser = read_planner(out, weights), Tokeniser.beside(weights)
    head = train_talk(planner, tokeniser, phrasings, vocabularies, pieces, recipe, tell)
    talk = {}
    if held_out and (held_out / HELD_OUT_TALK).is_dir():
        parts = head, planner, tokeniser, read_phrasings(held_out), read_vocabularies(held_out)
        others = read_pieces(held_out / HELD_OUT_TALK)
        talk = {
            "with talk": scored_talk(*parts, others, HELD_OUT_SEED, plain=0.0).line,
            "without": scored_talk(*parts, Pieces(), HELD_OUT_SEED, plain=1.0).line,
        }
    facts = {"recipe": asdict(recipe), "data_sha256": hash_of(TALK)} | ({"held_out": talk} if talk else {})
    return Made(out, add_talk(head, facts, out), time.monotonic() - begun, {}, talk)


def score_held_out(planner: Planner, weights: Path, training: Sequence[Phrasing], folder: Path) -> dict[str, Score]:
    """How well the phrasings of another hand are understood, filled from that hand's own vocabularies."""
    kept = apart(read_phrasings(folder), training)
    examples = filled([each for each, _ in kept], read_vocabularies(folder), 1, HELD_OUT_SEED)
    return scored(examples, [like for _, like in kept], predict(planner, Tokeniser.beside(weights), examples))
