"""What is measured of exact search and HNSW."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ledgerqa.corpus import crossover
from ledgerqa.corpus.crossover import Comparison

if TYPE_CHECKING:
    from pathlib import Path


def test_made_up_vectors_are_the_same_each_time_and_of_unit_length() -> None:
    points = crossover.made_up(200, 16)
    np.testing.assert_array_equal(points, crossover.made_up(200, 16))
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1.0, atol=1e-5)


def test_both_searches_are_measured(tmp_path: Path) -> None:
    points = crossover.made_up(1_020, 32)
    found = crossover.compare(points[20:], points[:20], tmp_path)
    assert found.vectors == 1_000
    assert 0.98 <= found.recall <= 1.0
    for milliseconds in (found.exact_ms, found.filtered_ms, found.graph_ms, found.opening_ms, found.loading_ms):
        assert 0 < milliseconds < 10_000


def test_a_graph_pays_when_what_it_saves_comes_to_its_loading() -> None:
    found = Comparison(1, 4.0, 0.1, 1.0, 1.0, 30.0, 1.0, 300.0)
    assert found.pays_after == 101
    assert replace(found, graph_ms=4.0).pays_after is None
