"""Vectors on disk: exact search, the graph beside it, filters, and damage."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.corpus import graphs
from ledgerqa.corpus import vectors as module
from ledgerqa.corpus.vectors import (
    GRAPH,
    IDS,
    MANIFEST,
    MATRIX,
    ROWS,
    MadeBy,
    Vectors,
    graph_of,
    newest,
    open_newest,
    write,
)
from ledgerqa.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

ENCODER = MadeBy("test", "ab" * 32)
DIMENSION = 48


def clustered(count: int, seed: int = 7, dimension: int = DIMENSION) -> Floats:
    """Unit vectors around a hundred centres, as texts of a ledger lie."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((100, dimension))
    points = centres[random.integers(0, 100, count)] + 0.6 * random.standard_normal((count, dimension))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float32)


def stored(folder: Path, matrix: Floats, *, graph: bool = False) -> Vectors:
    """Vectors under the numbers 1000, 1001, …; written and opened again."""
    ids = np.arange(1000, 1000 + len(matrix), dtype=np.int32)
    write(folder, "texts", ids.tolist(), range(len(ids)), matrix, ENCODER, graph_of(matrix) if graph else None)
    opened = open_newest(folder, "texts", ENCODER.sha256)
    assert opened is not None
    return opened


@pytest.fixture(scope="module")
def matrix() -> Floats:
    return clustered(5000)


@pytest.fixture(scope="module")
def with_graph(tmp_path_factory: pytest.TempPathFactory, matrix: Floats) -> Vectors:
    opened = stored(tmp_path_factory.mktemp("graph"), matrix, graph=True)
    for _ in range(module.SCANS_FIRST):
        opened.search(matrix[0], 1)
    return opened


def nearest(matrix: Floats, query: Floats, limit: int) -> list[int]:
    return [1000 + int(i) for i in np.argsort(-np.vecdot(matrix, query), kind="stable")[:limit]]


# ----------------------------------------------------------------------------------------------------- search


@pytest.mark.parametrize("limit", [1, 10, 4999, 5000, 9000])
def test_scan_is_the_sorted_product(with_graph: Vectors, matrix: Floats, limit: int) -> None:
    for query in clustered(5, seed=1):
        hits = with_graph.scan(query, limit)
        assert [hit.text_id for hit in hits] == nearest(matrix, query, limit)
        assert [hit.score for hit in hits] == pytest.approx(sorted(matrix @ query, reverse=True)[:limit], abs=1e-6)


def test_the_graph_finds_what_the_scan_finds(with_graph: Vectors, matrix: Floats) -> None:
    queries = clustered(200, seed=2)
    found = [len({h.text_id for h in with_graph.search_graph(q, 10)} & set(nearest(matrix, q, 10))) for q in queries]
    assert sum(found) / (10 * len(queries)) >= 0.98


def test_scores_of_the_graph_are_cosines(with_graph: Vectors, matrix: Floats) -> None:
    query = clustered(1, seed=3)[0]
    for hit in with_graph.search(query, 10):
        assert hit.score == pytest.approx(float(matrix[hit.text_id - 1000] @ query), abs=1e-5)


@pytest.mark.parametrize("limit", [5000, 20_000])
def test_more_may_be_asked_for_than_there_are(with_graph: Vectors, limit: int) -> None:
    hits = with_graph.search(clustered(1, seed=4)[0], limit)
    assert sorted(hit.text_id for hit in hits) == list(range(1000, 6000))


@given(st.sets(st.integers(900, 6100), max_size=60), st.integers(1, 30))
def test_a_narrow_filter_is_searched_exactly(
    with_graph: Vectors, matrix: Floats, passing: set[int], limit: int
) -> None:
    query = clustered(1, seed=5)[0]
    expected = [number for number in nearest(matrix, query, 5000) if number in passing][:limit]
    assert [hit.text_id for hit in with_graph.search(query, limit, sorted(passing))] == expected


@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_a_filter_holds_however_wide_it_is(with_graph: Vectors, matrix: Floats, share: float) -> None:
    random = np.random.default_rng(6)
    passing = {1000 + int(i) for i in np.flatnonzero(random.random(5000) < share)}
    agreed = 0
    for query in clustered(50, seed=8):
        hits = [hit.text_id for hit in with_graph.search(query, 10, sorted(passing))]
        assert set(hits) <= passing
        assert len(hits) == 10
        agreed += len(set(hits) & set([n for n in nearest(matrix, query, 5000) if n in passing][:10]))
    assert agreed / 500 >= 0.98


def test_a_filter_against_the_question_is_searched_exactly(with_graph: Vectors, matrix: Floats) -> None:
    """What passes is far from the question: the graph's nearest are all dropped, and the scan steps in."""
    query = clustered(1, seed=9)[0]
    passing = nearest(matrix, query, 5000)[2500:]
    assert [hit.text_id for hit in with_graph.search(query, 10, passing)] == passing[:10]


@given(st.data())
def test_texts_that_share_a_vector_are_all_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    distinct = clustered(40, seed=13, dimension=8)
    rows = data.draw(st.permutations([*range(40), *data.draw(st.lists(st.integers(0, 39), max_size=40))]))
    allowed = data.draw(st.none() | st.sets(st.integers(0, len(rows) - 1)))
    limit = data.draw(st.integers(1, 90))
    folder = tmp_path_factory.mktemp("sharing")
    write(folder, "texts", range(len(rows)), rows, distinct, ENCODER, graph_of(distinct))
    opened = open_newest(folder, "texts", ENCODER.sha256)
    assert opened is not None
    query = clustered(1, seed=14, dimension=8)[0]
    scores = np.vecdot(distinct, query)[rows]
    order = [int(i) for i in np.argsort(-scores, kind="stable") if allowed is None or int(i) in allowed]
    listed = None if allowed is None else sorted(allowed)
    assert [hit.text_id for hit in opened.scan(query, limit, listed)] == order[:limit]
    if allowed is None:
        assert sorted(hit.score for hit in opened.search_graph(query, limit)) == pytest.approx(
            sorted(scores[order[:limit]]), abs=1e-5
        )


def test_a_part_keeps_each_text_its_vector(tmp_path: Path) -> None:
    distinct = clustered(5, dimension=8)
    write(tmp_path, "texts", [7, 8, 9, 10], [4, 2, 4, 0], distinct, ENCODER)
    opened = open_newest(tmp_path, "texts", ENCODER.sha256)
    assert opened is not None
    matrix, rows = opened.part([2, 0, 3])
    assert len(matrix) == 2
    np.testing.assert_array_equal(matrix[rows], distinct[[4, 4, 0]])


def test_the_graph_is_loaded_for_a_conversation_not_for_a_question(with_graph: Vectors, matrix: Floats) -> None:
    opened = Vectors(with_graph.folder)
    for _ in range(module.SCANS_FIRST):
        opened.search(matrix[0], 10)
    assert opened._graph is None
    opened.search(matrix[0], 10)
    assert opened._graph is not None


def test_without_hnswlib_the_scan_answers(with_graph: Vectors, matrix: Floats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "find_spec", lambda _: None)
    query = clustered(1, seed=10)[0]
    opened = Vectors(with_graph.folder)
    assert [hit.text_id for hit in opened.search(query, 10)] == nearest(matrix, query, 10)
    assert not module.wants_graph(10**9)


# ----------------------------------------------------------------------------------------------------- damage


def test_every_flipped_bit_is_named(with_graph: Vectors, tmp_path: Path) -> None:
    random = np.random.default_rng(11)
    query = clustered(1, seed=12)[0]
    for name in (IDS, ROWS, MATRIX, GRAPH, MANIFEST):
        for _ in range(12):
            folder = tmp_path / "texts-copy.1"
            shutil.copytree(with_graph.folder, folder)
            data = bytearray((folder / name).read_bytes())
            data[random.integers(0, len(data))] ^= 1 << int(random.integers(0, 8))
            (folder / name).write_bytes(data)
            with pytest.raises(IndexDamagedError, match=name):
                Vectors(folder).search_graph(query, 10)
            shutil.rmtree(folder)


@pytest.mark.parametrize("name", [IDS, ROWS, MATRIX, GRAPH, MANIFEST])
def test_a_missing_or_short_file_is_named(with_graph: Vectors, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "texts-copy.1"
    shutil.copytree(with_graph.folder, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:-5])
    with pytest.raises(IndexDamagedError, match=name):
        Vectors(folder).search_graph(clustered(1)[0], 10)
    (folder / name).unlink()
    with pytest.raises(IndexDamagedError, match=name):
        Vectors(folder).search_graph(clustered(1)[0], 10)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {}, "seal": 1}', "\x00\xff"])
def test_a_manifest_that_is_none_is_named(with_graph: Vectors, tmp_path: Path, content: str) -> None:
    folder = tmp_path / "texts-copy.1"
    shutil.copytree(with_graph.folder, folder)
    (folder / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=MANIFEST):
        Vectors(folder)


# ---------------------------------------------------------------------------------------------------- writing


def test_a_new_version_takes_the_place_of_the_old(tmp_path: Path, matrix: Floats) -> None:
    first = stored(tmp_path, matrix[:10])
    second = stored(tmp_path, matrix[:30])
    assert (len(first), len(second)) == (10, 30)
    assert [path.name for path in tmp_path.iterdir()] == [second.folder.name]
    assert len(first.scan(matrix[0], 10)) == 10  # whoever has the old one open goes on reading it
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.rglob("*"))
    assert json.loads((second.folder / MANIFEST).read_text())["encoder"] == "test"


def test_versions_are_numbers(tmp_path: Path, matrix: Floats) -> None:
    for count in range(1, 13):
        assert len(stored(tmp_path, matrix[:count])) == count  # the tenth is newer than the ninth


def test_a_writer_that_fails_leaves_the_old_and_nothing_else(
    tmp_path: Path, matrix: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = stored(tmp_path, matrix[:10])

    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "seal", fail)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "texts", [1], [0], matrix[:1], ENCODER)
    assert [path.name for path in tmp_path.iterdir()] == [kept.folder.name]


def test_what_a_killed_writer_left_is_neither_read_nor_kept(tmp_path: Path, matrix: Floats) -> None:
    kept = stored(tmp_path, matrix[:10])
    left = tmp_path / f".{kept.folder.stem}.0123"
    shutil.copytree(kept.folder, left)
    assert newest(tmp_path, "texts", ENCODER.sha256) == kept.folder
    stored(tmp_path, matrix[:11])
    assert not left.exists()


def test_a_reader_whose_version_goes_away_takes_the_next(
    tmp_path: Path, matrix: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(tmp_path, matrix[:10])
    first = True
    read = module._manifest

    def overtaken(folder: Path) -> Any:
        nonlocal first
        if first:
            first = False
            write(tmp_path, "texts", range(20), range(20), matrix[:20], ENCODER)
        return read(folder)

    monkeypatch.setattr(module, "_manifest", overtaken)
    opened = open_newest(tmp_path, "texts", ENCODER.sha256)
    assert opened is not None
    assert len(opened) == 20


def test_encoders_are_kept_apart(tmp_path: Path, matrix: Floats) -> None:
    stored(tmp_path, matrix[:10])
    write(tmp_path, "texts", [1], [0], matrix[:1], MadeBy("other", "cd" * 32))
    assert [len(open_newest(tmp_path, "texts", sha) or ()) for sha in ("ab" * 32, "cd" * 32, "ef" * 32)] == [10, 1, 0]
