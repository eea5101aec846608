"""BERT in NumPy against its formulas written out in double precision; `tests/training/test_parity.py` has torch's."""

from __future__ import annotations

from math import erf, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from ledgerqa.backends.bert import Bert, arranged, gelu

Array = npt.NDArray[Any]
WIDTH, HEADS, INNER, LAYERS, WORDS, LONGEST = 12, 3, 20, 2, 30, 16
EPSILON = 1e-6


@pytest.fixture(scope="module")
def published() -> dict[str, Array]:
    """A small encoder's tensors by the published names."""
    random = np.random.default_rng(3)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (WORDS, WIDTH),
        "embeddings.position_embeddings.weight": (LONGEST, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
        "pooler.dense.weight": (WIDTH, WIDTH),
    }
    for layer in range(LAYERS):
        sizes = {
            "attention.self.query": (WIDTH, WIDTH),
            "attention.self.key": (WIDTH, WIDTH),
            "attention.self.value": (WIDTH, WIDTH),
            "attention.output.dense": (WIDTH, WIDTH),
            "attention.output.LayerNorm": (WIDTH,),
            "intermediate.dense": (INNER, WIDTH),
            "output.dense": (WIDTH, INNER),
            "output.LayerNorm": (WIDTH,),
        }
        for name, shape in sizes.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
    return {name: random.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}


def written_out(published: dict[str, Array], tokens: list[int]) -> Array:
    """The states, a token and a head at a time."""
    weights = {name: each.astype(np.float64) for name, each in published.items()}

    def mapped(name: str, x: Array) -> Array:
        return np.array([weights[f"{name}.weight"] @ row + weights[f"{name}.bias"] for row in x])

    def norm(name: str, x: Array) -> Array:
        rows = [(row - row.mean()) / sqrt(row.var() + EPSILON) for row in x]
        return np.array([row * weights[f"{name}.weight"] + weights[f"{name}.bias"] for row in rows])

    x = np.array(
        [
            weights["embeddings.word_embeddings.weight"][token]
            + weights["embeddings.position_embeddings.weight"][at]
            + weights["embeddings.token_type_embeddings.weight"][0]
            for at, token in enumerate(tokens)
        ]
    )
    x = norm("embeddings.LayerNorm", x)
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}."
        query, key, value = (mapped(f"{prefix}attention.self.{name}", x) for name in ("query", "key", "value"))
        seen = np.zeros_like(x)
        for head in range(HEADS):
            part = slice(head * WIDTH // HEADS, (head + 1) * WIDTH // HEADS)
            for at in range(len(tokens)):
                shares = np.exp([query[at, part] @ each / sqrt(WIDTH // HEADS) for each in key[:, part]])
                seen[at, part] = (shares / shares.sum()) @ value[:, part]
        x = norm(f"{prefix}attention.output.LayerNorm", x + mapped(f"{prefix}attention.output.dense", seen))
        inner = mapped(f"{prefix}intermediate.dense", x)
        inner = np.vectorize(lambda each: each * (1 + erf(each / sqrt(2))) / 2)(inner)
        x = norm(f"{prefix}output.LayerNorm", x + mapped(f"{prefix}output.dense", inner))
    return x


@pytest.mark.parametrize("tokens", [[1], [4, 4], [2, 9, 29, 0, 7], list(range(LONGEST))])
def test_states_are_those_of_the_formulas(published: dict[str, Array], tokens: list[int]) -> None:
    states = Bert(arranged(published), HEADS, EPSILON).states(tokens)
    assert states.dtype == np.float32
    assert states.shape == (len(tokens), WIDTH)
    assert np.abs(states - written_out(published, tokens)).max() < 1e-4


def test_a_pass_changes_no_weight(published: dict[str, Array]) -> None:
    tensors = arranged(published)
    before = {name: each.copy() for name, each in tensors.items()}
    for each in tensors.values():
        each.flags.writeable = False  # as those that are mapped from a file
    bert = Bert(tensors, HEADS, EPSILON)
    assert np.array_equal(bert.states([3, 1, 4]), bert.states([3, 1, 4]))
    assert all(np.array_equal(each, before[name]) for name, each in tensors.items())


def test_gelu_is_the_exact_one() -> None:
    x = np.linspace(-12, 12, 20_001, dtype=np.float32)
    exact = np.array([each * (1 + erf(each / sqrt(2))) / 2 for each in x.tolist()])
    assert np.abs(gelu(x) - exact).max() < 2e-6
    assert gelu(np.array([[0, -300, 300]], np.float32)).tolist() == [[0, 0, 300]]
