"""Exact search against HNSW on this machine: how quick each is, how true HNSW is, and when a graph pays.

For `ledgerqa bench --vectors`; `vectors.GRAPH_FROM` and `vectors.SCANS_FIRST` are set by what it measures.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ledgerqa.corpus.vectors import MadeBy, graph_of, open_newest, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    from ledgerqa.corpus.vectors import Matrix

    Result = TypeVar("Result")

NEAREST = 10
CENTRES = 300
A_PERCENT = 100
EQUAL = 1e-5
"""Cosines that differ by less are the same: HNSW's hit counts as right where it is as near as the tenth exact one."""
BENCH = MadeBy("bench", "0" * 64)


@dataclass(frozen=True)
class Comparison:
    """Both searches for the ten nearest, over so many vectors: medians over queries, in milliseconds.

    `filtered_ms` is the exact search over the hundredth part that a filter let through; `drawing_seconds` what the
    graph takes to be drawn, once for a generation of the index; `loading_ms` what a process takes to check and load
    it, beside `opening_ms` for the vectors themselves.
    """

    vectors: int
    exact_ms: float
    filtered_ms: float
    graph_ms: float
    recall: float
    drawing_seconds: float
    opening_ms: float
    loading_ms: float

    @property
    def pays_after(self) -> int | None:
        """Searches of one process that make up for loading the graph; None where it is no quicker."""
        gain = self.exact_ms - self.graph_ms
        return round(self.loading_ms / gain) + 1 if gain > 0 else None


def made_up(count: int, dimension: int, seed: int = 7) -> Matrix:
    """`count` unit vectors around some hundred centres, as the texts of a ledger lie."""
    import numpy as np

    random = np.random.default_rng(seed)
    centres = random.standard_normal((CENTRES, dimension), dtype=np.float32)
    points = centres[random.integers(0, CENTRES, count)] + random.standard_normal((count, dimension), dtype=np.float32)
    unit: Matrix = points / np.linalg.norm(points, axis=1, keepdims=True)
    return unit


def joined(parts: Sequence[Matrix]) -> Matrix:
    """The vectors of all parts, one after another."""
    import numpy as np

    matrix: Matrix = np.concatenate(parts)
    return matrix


def compare(matrix: Matrix, queries: Matrix, folder: Path) -> Comparison:
    """Measure both searches over the vectors of `matrix`, written to `folder` as an index keeps them."""
    numbers = range(len(matrix))
    drawing, graph = _lap(lambda: graph_of(matrix))
    write(folder, "texts", numbers, numbers, matrix, BENCH, graph)
    opening, vectors = _lap(lambda: open_newest(folder, "texts", BENCH.sha256))
    if vectors is None:
        raise FileNotFoundError(folder)
    loading, _ = _lap(partial(vectors.search_graph, queries[0], NEAREST))
    some = list(numbers[::A_PERCENT])
    exact = [_lap(partial(vectors.scan, query, NEAREST)) for query in queries]
    near = [_lap(partial(vectors.search_graph, query, NEAREST)) for query in queries]
    filtered = [_lap(partial(vectors.scan, query, NEAREST, some))[0] for query in queries]
    right = [
        sum(hit.score >= hits[-1].score - EQUAL for hit in found) / len(hits)
        for (_, hits), (_, found) in zip(exact, near, strict=True)
    ]
    return Comparison(
        vectors=len(matrix),
        exact_ms=statistics.median(seconds for seconds, _ in exact) * 1000,
        filtered_ms=statistics.median(filtered) * 1000,
        graph_ms=statistics.median(seconds for seconds, _ in near) * 1000,
        recall=statistics.fmean(right),
        drawing_seconds=drawing,
        opening_ms=opening * 1000,
        loading_ms=loading * 1000,
    )


def _lap(function: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds that it took, and what it gave."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result
