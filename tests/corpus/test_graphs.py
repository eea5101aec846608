"""A graph goes on while vectors come and go: what it finds then, and when it is drawn anew."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.corpus import graphs, open_index, reindex, vectors
from ledgerqa.corpus.embedding import embed
from ledgerqa.corpus.vectors import DRAWN, GRAPH, Vectors, graph_of, newest, open_newest, write
from tests.corpus.hashing import HashingEncoder
from tests.corpus.test_vectors import ENCODER, clustered, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeLedger
    from tests.corpus.test_vectors import Floats

VECTORS = 8_000
EXCHANGED = 1_000
QUERIES = 200


def next_version(folder: Path, before: Vectors, gone: set[int], come: Floats) -> Vectors:
    """As a reindex does it, and the embedding after it: some texts go, others come."""
    places = [place for place in range(len(before)) if place not in gone]
    matrix, rows = before.part(places)
    kept = before.graph if matrix is before.matrix else None
    joined = np.concatenate([matrix, come])
    places_of = [*rows.tolist(), *range(len(matrix), len(joined))]
    write(folder, "texts", range(1000, 1000 + len(places_of)), places_of, joined, ENCODER, kept)
    return reopened(folder)


def reopened(folder: Path) -> Vectors:
    opened = open_newest(folder, "texts", ENCODER.sha256)
    assert opened is not None
    return opened


def mend(folder: Path, opened: Vectors) -> Vectors:
    graph = opened.mended()
    assert graph is not None
    write(folder, "texts", opened.text_ids.tolist(), opened.rows, opened.matrix, ENCODER, graph)
    return reopened(folder)


def recall(opened: Vectors, queries: Floats) -> float:
    """recall@10 by the graph, at the default ef."""
    standing = opened.matrix[opened.rows]
    found = [len({h.text_id for h in opened.search_graph(q, 10)} & {*nearest(standing, q, 10)}) for q in queries]
    return sum(found) / (10 * len(queries))


def first(folder: Path, matrix: Floats) -> Vectors:
    folder.mkdir(exist_ok=True)
    write(folder, "texts", range(1000, 1000 + len(matrix)), range(len(matrix)), matrix, ENCODER, graph_of(matrix))
    return reopened(folder)


def test_recall_after_a_thousand_deletions_and_insertions_is_that_of_a_rebuild(tmp_path: Path) -> None:
    points = clustered(VECTORS + EXCHANGED + QUERIES, seed=21)
    queries, standing, come = np.split(points, [QUERIES, QUERIES + VECTORS])
    opened = first(tmp_path / "mended", standing)
    gone = set(random.Random(1).sample(range(VECTORS), EXCHANGED))
    opened = next_version(tmp_path / "mended", opened, gone, come)
    assert (len(opened), len(opened.matrix)) == (VECTORS, VECTORS + EXCHANGED)
    unmended = recall(opened, queries)
    opened = mend(tmp_path / "mended", opened)
    assert opened.mended() is None
    rebuilt = recall(first(tmp_path / "rebuilt", opened.matrix[opened.rows]), queries)
    assert recall(opened, queries) >= rebuilt - 0.005
    assert unmended >= rebuilt - 0.005


def test_what_came_is_found_before_and_after_mending_and_what_went_is_not(tmp_path: Path) -> None:
    points = clustered(600, seed=22)
    opened = first(tmp_path, points[:500])
    opened = next_version(tmp_path, opened, set(range(40)), points[500:])
    for _ in range(2):
        for place in (0, 459, 460, 559):
            (hit,) = opened.search_graph(opened.matrix[opened.rows[place]], 1)
            assert hit.text_id == 1000 + place
        for query in points[:40]:
            hits = opened.search_graph(query, 10)
            assert [hit.text_id for hit in hits] == [hit.text_id for hit in opened.scan(query, 10)]
        opened = mend(tmp_path, opened) if opened.mended() else opened


def test_a_graph_is_mended_again_and_again(tmp_path: Path) -> None:
    chance, points = random.Random(2), clustered(1500, seed=23)
    opened = first(tmp_path, points[:1000])
    for number in range(5):
        gone = set(chance.sample(range(len(opened)), 30))
        opened = mend(tmp_path, next_version(tmp_path, opened, gone, points[1000 + 40 * number : 1040 + 40 * number]))
        assert len(opened.live) == len(opened) == 1010 + 10 * number
    assert recall(opened, points[1300:1400]) >= 0.98


def test_where_deletions_pile_up_rows_are_left_out_and_the_graph_with_them(tmp_path: Path) -> None:
    opened = first(tmp_path, clustered(500, seed=24))
    few, many = round(500 * graphs.MOST_GONE), round(500 * graphs.MOST_GONE) + 1
    assert opened.part(range(few, 500))[0] is opened.matrix
    matrix, rows = opened.part(range(many, 500))
    assert len(matrix) == len(rows) == 500 - many
    np.testing.assert_array_equal(matrix[rows], opened.matrix[many:])


@pytest.mark.parametrize("name", [GRAPH, DRAWN])
def test_a_damaged_graph_does_not_go_on(tmp_path: Path, name: str) -> None:
    opened = first(tmp_path, clustered(300, seed=25))
    path = opened.folder / name
    data = bytearray(path.read_bytes())
    data[-3] ^= 4
    path.write_bytes(data)
    after = next_version(tmp_path, Vectors(opened.folder), {3}, clustered(5, seed=26))
    assert not after.has_graph
    assert newest(tmp_path, "texts", ENCODER.sha256) == after.folder
    assert len(after.scan(after.matrix[0], 10)) == 10


HEAD = "2024-01-01 open Assets:Bank\n2024-01-01 open Expenses:Food\n"
WORDS = ("rye", "bread", "milk", "tea", "soap", "lamp", "rent", "shoes", "paint", "seeds", "glue", "wool")


def books(numbers: range) -> str:
    """A ledger with a text of its own for each number."""
    entry = '2024-01-02 * "{} {}"\n  Expenses:Food  1 EUR\n  Assets:Bank\n'
    return HEAD + "".join(entry.format(WORDS[n % 12], WORDS[n // 12]) for n in numbers)


def test_a_reindex_takes_the_graph_along_and_mends_it(
    make_ledger: MakeLedger, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "GRAPH_FROM", 50)
    ledger, encoder = make_ledger(books(range(100))), HashingEncoder()
    reindex(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    draws: list[int] = []
    monkeypatch.setattr(graphs, "drawn", lambda matrix: draws.append(len(matrix)))
    for first, last in ((10, 110), (5, 115), (5, 130)):
        ledger.write_text(books(range(first, last)))
        reindex(ledger, data_dir)
        with open_index(ledger, data_dir) as index:
            unmended = index.vectors("texts", encoder.sha256)
            assert unmended is not None
            assert unmended.has_graph
            assert (unmended.mended() is not None) == (first == 10)  # then alone some have gone
        embed(ledger, data_dir, encoder)
        with open_index(ledger, data_dir) as index:
            opened = index.vectors("texts", encoder.sha256)
            assert opened is not None
            assert (opened.has_graph, opened.mended(), len(opened)) == (True, None, last - first)
            for query in encoder.encode(["rye bread", "soap", "wool and paint"]):
                hits = opened.search_graph(query, 10)
                assert [hit.score for hit in hits] == pytest.approx([h.score for h in opened.scan(query, 10)], abs=1e-5)
    assert not draws
