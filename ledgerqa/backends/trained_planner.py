"""The trained planner at question time: an adapted copy of the encoder and its heads, in NumPy alone.

What training made lies in `trained/`: `planner.safetensors` (low-rank adapters and heads, half precision) and
`planner.json` (labels, the base's hash, the file's own hash, and how it was made).  At the first use the adapters
are merged into the base's weights (W + B A; Hu et al., arXiv:2106.09685, section 4.1) and written to a file of its
own in the data folder, which later uses map into memory.  A question so waits for neither torch nor llama.cpp; the
base beside it, which gives the query vectors, stays as it is, and llama.cpp's.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from math import exp
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledgerqa.backends.bert import Bert, arranged
from ledgerqa.backends.convolutions import SLOTS, Convolutions, below
from ledgerqa.backends.files import (
    MINILM,
    manifest_path,
    models_dir,
    packaged,
    read_manifest,
    sha256_of,
    verify,
    write_json,
)
from ledgerqa.backends.gguf_convert import MAX_TOKENS, minilm_vocabulary
from ledgerqa.backends.protocols import Labelled, Understanding
from ledgerqa.backends.safetensors import map_safetensors, read_safetensors, write_safetensors
from ledgerqa.backends.tagging import OUTSIDE, best_tags, spans_of
from ledgerqa.backends.talk import TalkHead, runs_of
from ledgerqa.backends.wordpiece import SortedPieces, WordPiece
from ledgerqa.errors import PlannerDamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Vectors

    Tensors = Mapping[str, npt.NDArray[Any]]

FOLDER: Final = Path(__file__).with_name("trained")
TENSORS: Final = "planner.safetensors"
CARD: Final = "planner.json"
DOWN, UP = ".down", ".up"
LAYOUT: Final = "2"  # raise it when the merged file changes
PIECES, TOKENS = "pieces", "tokens"  # of the vocabulary, as `SortedPieces` takes them
ATTENTION_HEADS: Final = 12  # config.json of all-MiniLM-L6-v2
EPSILON: Final = 1e-12  # the same
KEPT: Final = 64  # texts: a conversation's questions are read again at each follow-up


class TrainedPlanner:
    """Intent detection and slot filling; see `protocols.Understander`."""

    def __init__(self, data_dir: Path, folder: Path = FOLDER) -> None:
        """Load and check what was trained; merges at the first use.

        Raises PlannerDamagedError, ModelMissingError or ModelDamagedError.
        """
        self.card = read_card(folder)
        tensors = _checked(folder, self.card)
        merged = map_safetensors(_merged(self.card, tensors, data_dir))
        padded = merged[PIECES]
        pieces = SortedPieces(padded.reshape(-1).data, padded.shape[1], merged[TOKENS].data)
        self._wordpiece = WordPiece.published(pieces, padded.shape[1])
        self._begin, self._end = pieces.get("[CLS]") or 0, pieces.get("[SEP]") or 0
        self._bert = Bert(merged, ATTENTION_HEADS, EPSILON)
        self._heads = Heads(tensors, self.card)
        self._talk = TalkHead(tensors) if "talk" in self.card else None
        self._understood = lru_cache(KEPT)(self._understand)
        self._lock = Lock()

    @property
    def name(self) -> str:
        """Name to show."""
        return f"{MINILM.name} planner"

    @property
    def sha256(self) -> str:
        """Hash of the adapters and heads."""
        return str(self.card["sha256"])

    def understand(self, text: str) -> Understanding:
        """What `text` asks for.  Who asks while it is being read in another thread waits for what that one gets."""
        with self._lock:
            return self._understood(text)

    def knows(self, word: str) -> bool:
        """Whether a word is whole in the encoder's vocabulary, which holds the commonest words of English."""
        return len(self._wordpiece.tokens(word)) == 1

    def _understand(self, text: str) -> Understanding:
        pieces = self._located(text)
        firsts = [at for at, piece in enumerate(pieces) if at == 0 or piece[1:] != pieces[at - 1][1:]]
        layers = self._bert.layers([self._begin, *(token for token, _, _ in pieces), self._end])
        states = layers[-1]
        scores = self._heads.tags(layers, [at + 1 for at in firsts]) if firsts else []
        places = [(pieces[at][1], pieces[at][2]) for at in firsts]
        chosen = best_tags(scores, self._heads.labels)
        spans = spans_of(chosen, self._heads.labels, places, scores)
        outside = self._heads.labels.index(OUTSIDE)
        plain = tuple(
            Labelled(OUTSIDE, *place, exp(score[outside])) for place, score in zip(places, scores, strict=True)
        )
        shares = self._talk.shares(layers, [at + 1 for at in firsts]) if self._talk else []
        talk = runs_of(shares, places, text) if shares else ()
        return Understanding(self._heads.fields(states), spans, plain, talk)

    def states(self, text: str) -> Vectors:
        """The adapted encoder's last states: float32 of shape (tokens, width), begin and end marks included."""
        return self._bert.states([self._begin, *(token for token, _, _ in self._located(text)), self._end])

    def _located(self, text: str) -> list[tuple[int, int, int]]:
        """(token, start, end) for each token between the marks; what is beyond MAX_TOKENS is not read."""
        return self._wordpiece.spans(text)[: MAX_TOKENS - 2]


class Heads:
    """The heads over token states, as `training.heads` trained them."""

    def __init__(self, tensors: Tensors, card: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(card["tags"])
        self._classes: dict[str, list[str]] = card["fields"]
        self._several: str = card["several"]
        self._sharpness = float(card["sharpness"])
        self._tensors = below("heads.", tensors)
        self._beside = Convolutions(below("beside.", self._tensors), SLOTS)

    def fields(self, states: Vectors) -> dict[str, dict[str, float]]:
        """For each field its classes' probabilities; `states` of shape (tokens, width)."""
        scores = (self._tensors["queries"] @ states.T) * (self._sharpness / np.sqrt(states.shape[1]))
        looks = np.exp(_log_softmax(scores))
        seen, mean = looks @ states, states.mean(axis=0)
        found = {}
        for at, (name, classes) in enumerate(self._classes.items()):
            weight, bias = self._tensors[f"fields.{name}.weight"], self._tensors[f"fields.{name}.bias"]
            logits = weight @ np.concatenate([seen[at], mean]) + bias
            shares = 1 / (1 + np.exp(-logits)) if name == self._several else np.exp(_log_softmax(logits))
            found[name] = dict(zip(classes, map(float, shares), strict=True))
        return found

    def tags(self, layers: Sequence[Vectors], words: Sequence[int]) -> list[list[float]]:
        """Log probabilities of the tags where words begin, (words, tags); `layers` are all states, (tokens, width)."""
        seen = self._beside.over(layers)[words]
        logits = seen @ self._tensors["tags.weight"].T + self._tensors["tags.bias"]
        scores: list[list[float]] = _log_softmax(logits).tolist()
        return scores


def _log_softmax(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    x = x - x.max(axis=-1, keepdims=True)
    out: npt.NDArray[Any] = x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
    return out


def read_card(folder: Path = FOLDER) -> dict[str, Any]:
    """What is known of the trained planner; PlannerDamagedError where it cannot be read."""
    path = folder / CARD
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlannerDamagedError(path, "it is missing, or cannot be read") from error
    if card.get("base") != MINILM.sha256:
        raise PlannerDamagedError(path, f"it was trained for an encoder with sha256 {card.get('base')}")
    return card


def _checked(folder: Path, card: Mapping[str, Any]) -> Tensors:
    path = folder / TENSORS
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PlannerDamagedError(path, "it is missing, or cannot be read") from error
    if found != card["sha256"]:
        raise PlannerDamagedError(path, f"its sha256 is {found}, and should be {card['sha256']}")
    return read_safetensors(path)


def _merged(card: Mapping[str, Any], tensors: Tensors, data_dir: Path) -> Path:
    """The base with the adapters merged, as `Bert` takes it; made where it is not there yet or damaged."""
    sha256 = str(card["sha256"])
    target = models_dir(data_dir) / "converted" / f"planner-{sha256[:12]}.safetensors"
    manifest = {"source": MINILM.sha256, "adapter": sha256, "layout": LAYOUT}
    known = read_manifest(target)
    fits = target.is_file() and manifest.items() <= known.items()
    if not (fits and sha256_of(target, data_dir) == known.get("sha256")):
        source = verify(packaged(MINILM), data_dir, afresh=True).path
        changes = merged_changes(tensors, float(card["scale"]))
        base = {name: each + changes.get(name, 0) for name, each in read_safetensors(source).items()}
        write_safetensors(target, arranged(base) | _sorted_pieces(minilm_vocabulary(source)))
        write_json(manifest_path(target), manifest | {"sha256": sha256_of(target, data_dir, afresh=True)})
        _remove_others(target)
    return target


def _sorted_pieces(vocabulary: str) -> dict[str, npt.NDArray[Any]]:
    """A vocabulary as tensors, for `SortedPieces`: (pieces, bytes of the longest), and the token of each."""
    words = np.array([word.encode() for word in vocabulary.split("\n")])
    order = np.argsort(words)
    padded = words[order].view(np.uint8).reshape(len(words), words.dtype.itemsize)
    return {PIECES: padded, TOKENS: order.astype(np.int32)}


def _remove_others(target: Path) -> None:
    """Remove what earlier planners were merged into; who has one open keeps it until then."""
    for path in target.parent.glob("planner-*"):
        if not path.name.startswith(target.name):
            path.unlink(missing_ok=True)


def merged_changes(tensors: Tensors, scale: float) -> dict[str, npt.NDArray[np.float32]]:
    """What the adapters add to each weight of the base, by the base's names: float32, shapes as there."""
    names = [name.removesuffix(DOWN) for name in tensors if name.endswith(DOWN)]
    return {
        name: scale * (tensors[name + UP].astype(np.float32) @ tensors[name + DOWN].astype(np.float32))
        for name in names
    }
