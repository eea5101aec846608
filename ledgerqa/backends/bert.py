"""BERT's encoder (Devlin et al., arXiv:1810.04805) in NumPy, for one short text at a time.

A question has some twenty tokens.  Six layers of width 384 take 10 ms then, most of it for fetching the weights from
memory, and importing NumPy takes less than half as long as importing llama.cpp and opening a context of it.  Many
texts, or long ones, are llama.cpp's.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Vectors

    Tensors = Mapping[str, npt.NDArray[Any]]

LAYER: Final = "encoder.layer."
# Each map of a layer, and the published tensors that it is made of.
MAPS: Final = {
    "looks": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attended": ("attention.output.dense",),
    "inner": ("intermediate.dense",),
    "outer": ("output.dense",),
}
NORMS: Final = {"attended_norm": "attention.output.LayerNorm", "outer_norm": "output.LayerNorm"}

# erf(x) = 1 - (a1 t + ... + a5 t^5) exp(-x^2) with t = 1 / (1 + p x), to 1.5e-7, for x >= 0
# (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26).
_P: Final = 0.3275911
_A: Final = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def arranged(tensors: Tensors) -> dict[str, npt.NDArray[np.float32]]:
    """Published tensors of a BERT as `Bert` takes them.

    Matrices are turned to (inputs, outputs), by which few rows are multiplied a third faster; queries, keys and values
    are one matrix; the positions have the type of the first sentence in them.
    """
    types, positions = tensors["embeddings.token_type_embeddings.weight"], "embeddings.position_embeddings.weight"
    found = {
        "words": tensors["embeddings.word_embeddings.weight"],
        "positions": tensors[positions] + types[0],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    for layer in range(_layers(tensors)):
        prefix = f"{LAYER}{layer}."
        for ours, theirs in MAPS.items():
            found[f"{layer}.{ours}.weight"] = np.concatenate([tensors[f"{prefix}{name}.weight"] for name in theirs]).T
            found[f"{layer}.{ours}.bias"] = np.concatenate([tensors[f"{prefix}{name}.bias"] for name in theirs])
        for ours, name in NORMS.items():
            found[f"{layer}.{ours}.weight"] = tensors[f"{prefix}{name}.weight"]
            found[f"{layer}.{ours}.bias"] = tensors[f"{prefix}{name}.bias"]
    return {name: np.ascontiguousarray(each, np.float32) for name, each in found.items()}


def _layers(tensors: Tensors) -> int:
    return 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith(LAYER))


class Bert:
    """Layers over tokens.  Nothing is kept between calls, so that threads need not wait for one another."""

    def __init__(self, tensors: Tensors, heads: int, epsilon: float) -> None:
        """`tensors` as `arranged` gives them; `heads` of attention, `epsilon` of the norms."""
        self._tensors = tensors
        self._layers = sum(name.endswith(".looks.weight") for name in tensors)
        self._heads = heads
        self._epsilon = np.float32(epsilon)

    def states(self, tokens: Sequence[int]) -> Vectors:
        """The last layer's state of each token: float32 of shape (tokens, width)."""
        return self.layers(tokens)[-1]

    def layers(self, tokens: Sequence[int]) -> list[Vectors]:
        """Each layer's states, (tokens, width) each."""
        x: Vectors = self._tensors["words"][tokens] + self._tensors["positions"][: len(tokens)]
        x = self._norm("norm", x)
        found = []
        for layer in range(self._layers):
            x = self._norm(f"{layer}.attended_norm", x + self._map(f"{layer}.attended", self._attended(layer, x)))
            x = self._norm(f"{layer}.outer_norm", x + self._map(f"{layer}.outer", gelu(self._map(f"{layer}.inner", x))))
            found.append(x)
        return found

    def _attended(self, layer: int, x: Vectors) -> Vectors:
        """What each token takes from the others: softmax(Q K^T / sqrt(d)) V a head (Vaswani et al., 1706.03762)."""
        tokens, width = x.shape
        looks = self._map(f"{layer}.looks", x).reshape(tokens, 3, self._heads, width // self._heads)
        looks = looks.transpose(1, 2, 0, 3)  # queries, keys and values: (heads, tokens, width of a head) each
        scores: Vectors = looks[0] @ looks[1].transpose(0, 2, 1)
        scores *= np.float32(1 / sqrt(width // self._heads))
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        attended: Vectors = (scores @ looks[2]).transpose(1, 0, 2).reshape(tokens, width)
        return attended

    def _map(self, name: str, x: Vectors) -> Vectors:
        out: Vectors = x @ self._tensors[f"{name}.weight"]
        out += self._tensors[f"{name}.bias"]
        return out

    def _norm(self, name: str, x: Vectors) -> Vectors:
        """Layer normalisation (Ba et al., arXiv:1607.06450) of each row of `x`, in place."""
        x -= x.mean(axis=-1, keepdims=True)
        variance = np.square(x).mean(axis=-1, keepdims=True)
        x /= np.sqrt(variance + self._epsilon)
        x *= self._tensors[f"{name}.weight"]
        x += self._tensors[f"{name}.bias"]
        return x


def gelu(x: Vectors) -> Vectors:
    """The Gaussian error linear unit x Phi(x) (Hendrycks & Gimpel, arXiv:1606.08415), as BERT has it: not by tanh."""
    size = np.abs(x)
    size *= np.float32(sqrt(0.5))
    t = 1 / (1 + np.float32(_P) * size)
    tail = np.full_like(t, _A[-1])
    for each in reversed(_A[:-1]):
        tail *= t
        tail += np.float32(each)
    tail *= t
    np.square(size, out=size)
    tail *= np.exp(-size)
    tail *= np.float32(0.5)
    tail *= x  # x Phi(x) is this where x < 0, and x less this elsewhere: 1 - erf loses nothing far from zero
    out: Vectors = np.where(x < 0, tail, x - tail)
    return out
