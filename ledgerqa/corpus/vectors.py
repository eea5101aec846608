"""The vectors of the distinct texts: built once a text, searched exactly or through HNSW, whichever is cheaper.

hnswlib (Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
Small World graphs", 2016) is quick over many vectors but cannot filter cheaply; a matrix product over what a
filter lets through is exact, and nearly as fast up to tens of thousands of vectors.  So the scan is the rule and the
graph serves large, unfiltered searches.

A folder of vectors is written once and never changed: more vectors make the next version of it, a folder of its
own, and the older one is removed.  It holds `matrix.npy` (float32, distinct vectors of unit length), `text_ids.npy`
and, beside it, `rows.npy` (which row of the matrix each text has: texts that differ in a reference number alone share
one), for large ones `graph.hnsw` with `drawn.npy` (the rows that the graph has), and `manifest.json`, which names the
encoder and bears a checksum of each file, because hnswlib loads a damaged file without a word, or crashes on it.  The
texts may be entries' texts or names; both go by number.

A graph goes on from version to version, and into the next generation: rows keep their places, those that no text has
any more stay, and new ones follow.  Until it is mended, rows that it lacks are scanned.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from ledgerqa.corpus import graphs
from ledgerqa.corpus.generations import checksum, stamp_of, sync, writing
from ledgerqa.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int32]

GRAPH_FROM = 100_000
"""Distinct vectors from which on a graph is drawn: where loading it is made up for within a hundred searches of a
process.  By `ledgerqa bench --vectors`, on two quiet cores: over 10,000 vectors an exact search takes 0.4 ms and the
graph as long; over 100,000 it takes 4.4 ms, the graph 1.0 ms and 0.3 s to check and load, besides 30 s for drawing it
once."""
SCANS_FIRST = 90
"""Searches of a process that are exact although there is a graph: as many as make up for loading it, so that a single
question, or a short chat, does without."""
SCAN_SHARE = 0.25
"""A filter that lets through less than this share is scanned, however many vectors there are."""
EF_SEARCH = 400
"""hnswlib's ef.  `load_index` forgets it, so it is set after every load."""
COPY_SHARE = 0.2
"""A scan copies the passing rows out where they are fewer than this share; else it multiplies all."""
OVERSAMPLE = 8
"""How many times the number asked for is taken from the graph where a wide filter then drops some."""
IDS = "text_ids.npy"
ROWS = "rows.npy"
MATRIX = "matrix.npy"
GRAPH = "graph.hnsw"
DRAWN = "drawn.npy"
SHORT = 12  # of an encoder's hash, in a folder's name
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class MadeBy:
    """The encoder that made vectors: vectors of different ones cannot be compared."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Hit:
    """A text found by meaning: `score` is the cosine, from -1 to 1."""

    text_id: int
    score: float


@dataclass(frozen=True)
class Graph:
    """A graph to be written: an hnswlib index, or the file of one with its checksum; `rows` are those it has."""

    index: Any
    rows: Ids
    sha256: str = ""


def newest(generation: Path, kind: str, encoder_sha256: str) -> Path | None:
    """The newest folder with a generation's vectors of "texts" or "names" by one encoder; None where there is none."""
    return max(generation.glob(f"{kind}-{encoder_sha256[:SHORT]}.*"), key=_version, default=None)


def _version(folder: Path) -> int:
    return int(folder.suffix[1:])


def open_newest(generation: Path, kind: str, encoder_sha256: str) -> Vectors | None:
    """Those vectors, open for reading; None where there are none, `IndexDamagedError` where they are not as written."""
    folder = newest(generation, kind, encoder_sha256)
    while folder is not None:
        try:
            return Vectors(folder)
        except IndexDamagedError:
            damaged, folder = folder, newest(generation, kind, encoder_sha256)
            if folder == damaged:  # no writer took it away under us
                raise
    return None


class Vectors:
    """The vectors of one index, open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open a folder that `write` made; `IndexDamagedError` if a file in it is not as written."""
        import numpy as np

        self.folder = folder
        self.made_by, self._files, self._stamps = _manifest(folder)
        for name in (IDS, ROWS, MATRIX):
            self._check(name)
        self.text_ids: Ids = np.load(folder / IDS)
        self.rows: Ids = np.load(folder / ROWS)
        self.matrix: Matrix = np.load(folder / MATRIX, mmap_mode="r")
        self._graph: Any = None
        self._by_row: tuple[Ids, npt.NDArray[np.intp]] | None = None
        self._searches = 0
        self._graph_usable = self.has_graph and graphs.usable()

    def __len__(self) -> int:
        """Texts, of which several may share a vector."""
        return len(self.text_ids)

    @property
    def has_graph(self) -> bool:
        """Whether a graph was built over these vectors."""
        return GRAPH in self._files

    @property
    def live(self) -> Ids:
        """The rows of the matrix that some text has."""
        import numpy as np

        return np.unique(self.rows)

    @property
    def graph(self) -> Graph | None:
        """The graph for the next version of these vectors, whose matrix must begin with all rows of this one."""
        if not self.has_graph:
            return None
        try:
            return Graph(self.folder / GRAPH, self._drawn(), self._files[GRAPH])
        except IndexDamagedError:
            return None  # it is drawn anew

    def mended(self) -> Graph | None:
        """The graph over the rows that are live now; None where it is that already, or where there is none."""
        import numpy as np

        if not self.has_graph or np.array_equal(before := self._drawn(), now := self.live):
            return None
        self._check(GRAPH)
        return Graph(graphs.mended(self.folder / GRAPH, self.matrix, before, now), now)

    def _drawn(self) -> Ids:
        """The rows that the graph has, without those marked as deleted."""
        import numpy as np

        self._check(DRAWN)
        found: Ids = np.load(self.folder / DRAWN)
        return found

    def _check(self, name: str) -> None:
        """`IndexDamagedError` unless the file is what was written."""
        _check(self.folder / name, self._files, self._stamps)

    def part(self, places: Sequence[int]) -> tuple[Matrix, Ids]:
        """What `write` takes of the texts in these places: their distinct vectors, and the row of each.

        Where there is a graph, the rows keep their places, unless too many of them would be without a text.
        """
        import numpy as np

        rows, row_of = np.unique(self.rows[list(places)], return_inverse=True)
        if self.has_graph and len(rows) >= (1 - graphs.MOST_GONE) * len(self.matrix):
            return self.matrix, self.rows[list(places)]
        return self.matrix[rows], row_of.astype(np.int32)

    def search(self, query: Matrix, limit: int, allowed: Sequence[int] | None = None) -> list[Hit]:
        """The `limit` texts nearest to `query` (shape (dimension,), unit length), nearest first.

        `allowed` restricts the search to these text_ids.
        """
        self._searches += 1
        if not self._graph_usable or self._searches <= SCANS_FIRST or limit > EF_SEARCH:
            return self.scan(query, limit, allowed)
        if allowed is None:
            return self.search_graph(query, limit)
        if len(allowed) > SCAN_SHARE * len(self):
            passing = set(allowed)
            found = [hit for hit in self.search_graph(query, limit * OVERSAMPLE) if hit.text_id in passing]
            if len(found) >= limit:
                return found[:limit]
        return self.scan(query, limit, allowed)

    def scan(self, query: Matrix, limit: int, allowed: Sequence[int] | None = None) -> list[Hit]:
        """The exact search: a product with every vector that the filter lets through.  Equals keep their order."""
        import numpy as np

        if allowed is None:
            ids, scores = self.text_ids, _cosines(self.matrix, query)[self.rows]
        else:
            passing = np.flatnonzero(np.isin(self.text_ids, np.asarray(allowed, dtype=np.int32)))
            ids = self.text_ids[passing]
            rows, row_of = np.unique(self.rows[passing], return_inverse=True)
            few = len(rows) < COPY_SHARE * len(self.matrix)
            if few:
                scores = _cosines(self.matrix[rows], query)[row_of]
            else:
                scores = _cosines(self.matrix, query)[self.rows[passing]]
        if 0 < limit < len(ids):
            kept = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
            ids, scores = ids[kept], scores[kept]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(int(ids[i]), float(scores[i])) for i in best]

    def search_graph(self, query: Matrix, limit: int) -> list[Hit]:
        """The search through the graph, which must be there; by scan of what it lacks, and where it finds too few."""
        import numpy as np

        drawn = self._open_graph().get_current_count()
        near = self._nearest_drawn(query, min(limit, drawn))
        if near is None:
            return self.scan(query, limit)
        if drawn < len(self.matrix):
            scores = _cosines(self.matrix[drawn:], query)
            lacking = [(float(scores[row]), drawn + int(row)) for row in np.argsort(-scores, kind="stable")[:limit]]
            near = sorted([*near, *lacking], key=_falling)
        hits = (Hit(number, score) for score, row in near for number in self._sharing(row))
        found = list(islice(hits, limit))
        return found if len(found) == min(limit, len(self)) else self.scan(query, limit)

    def _nearest_drawn(self, query: Matrix, wanted: int) -> list[tuple[float, int]] | None:
        """Score and number of the nearest rows of the graph that have a text; None where it does not find so many.

        Until the graph is mended, rows that have lost their texts stand in the way of others.
        """
        k = wanted
        while k <= max(EF_SEARCH, wanted):
            self._graph.set_ef(max(EF_SEARCH, k))  # below the number asked for, hnswlib raises
            try:
                labels, distances = self._graph.knn_query(query, k=k)
            except RuntimeError:  # too few are left, or a part is cut off from where the search begins
                return None
            pairs = zip(labels[0], distances[0], strict=True)
            near = [(1.0 - float(distance), int(row)) for row, distance in pairs if self._sharing(int(row))]
            if len(near) >= wanted:
                return near[:wanted]
            k *= 2
        return None

    def _sharing(self, row: int) -> list[int]:
        """The texts that have this row of the matrix."""
        import numpy as np

        if self._by_row is None:
            order = np.argsort(self.rows, kind="stable")
            self._by_row = self.text_ids[order], np.searchsorted(self.rows[order], np.arange(len(self.matrix) + 1))
        numbers, starts = self._by_row
        found: list[int] = numbers[starts[row] : starts[row + 1]].tolist()
        return found

    def _open_graph(self) -> Any:
        if self._graph is None:
            self._check(GRAPH)
            self._graph = graphs.opened(self.folder / GRAPH, self.matrix)
        return self._graph


def _falling(scored: tuple[float, int]) -> float:
    return -scored[0]


def _cosines(matrix: Matrix, query: Matrix) -> Matrix:
    """The product of each row with the query, each by itself: a text's score does not depend on what is beside it.

    As one product BLAS would share it among threads, which wait for one another where the cores have other work:
    over 10,000 vectors, beside ten busy processes, 29 ms instead of 0.6 ms.
    """
    import numpy as np

    found: Matrix = np.vecdot(matrix, query)
    return found


def write(
    generation: Path,
    kind: str,
    text_ids: Sequence[int],
    rows: Sequence[int] | Ids,
    matrix: Matrix,
    made_by: MadeBy,
    graph: Graph | None = None,
) -> None:
    """Write the next version of a generation's vectors: row `rows[i]` of `matrix` is the vector of `text_ids[i]`.

    It is written aside and moved into place, then older versions go: a kill leaves one or the other.  The index's
    lock must be held.  `graph` is over rows of the same matrix; one whose file is damaged is left out.
    """
    import numpy as np

    before = newest(generation, kind, made_by.sha256)
    prefix = f"{kind}-{made_by.sha256[:SHORT]}"
    folder = generation / f"{prefix}.{_version(before) + 1 if before else 1}"
    aside = generation / f".{prefix}.{uuid.uuid4().hex}"
    with writing(folder):
        for stray in generation.glob(f".{prefix}.*"):  # of a writer that was killed
            shutil.rmtree(stray, ignore_errors=True)
        aside.mkdir(mode=0o700)
        try:
            np.save(aside / IDS, np.array(text_ids, dtype=np.int32))
            np.save(aside / ROWS, np.array(rows, dtype=np.int32))
            np.save(aside / MATRIX, matrix)
            if graph is not None:
                _write_graph(aside, graph)
            seal(aside, made_by)
            aside.rename(folder)
            sync(generation)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    if before:
        shutil.rmtree(before, ignore_errors=True)


def _write_graph(folder: Path, graph: Graph) -> None:
    import numpy as np

    if graph.sha256:
        shutil.copyfile(graph.index, folder / GRAPH)
        if checksum(folder / GRAPH) != graph.sha256:
            (folder / GRAPH).unlink()
            return
    else:
        graph.index.save_index(str(folder / GRAPH))
    np.save(folder / DRAWN, graph.rows)


def seal(folder: Path, made_by: MadeBy) -> None:
    """Write the manifest with a checksum of each file, and make all durable."""
    written = sorted(folder.iterdir())
    for path in written:
        path.chmod(0o600)
        sync(path)
    manifest = {
        "encoder": made_by.name,
        "encoder_sha256": made_by.sha256,
        "files": {path.name: checksum(path) for path in written},
        "stamps": {path.name: stamp_of(path) for path in written},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest | {"seal": _digest(manifest)}), encoding="utf-8")
    (folder / MANIFEST).chmod(0o600)
    sync(folder / MANIFEST)
    sync(folder)


def intact(folder: Path) -> bool:
    """Whether every file of these vectors is what was written; told without NumPy."""
    try:
        _, files, stamps = _manifest(folder)
        for name in files:
            _check(folder / name, files, stamps)
    except IndexDamagedError:
        return False
    return True


def _check(path: Path, files: dict[str, str], stamps: dict[str, list[int]]) -> None:
    """`IndexDamagedError` unless the file is what was written: read again where its size or times are not."""
    try:
        if stamp_of(path) == stamps.get(path.name) and path.name in files:
            return
        as_written = checksum(path) == files[path.name]
    except (OSError, KeyError) as error:
        raise IndexDamagedError(path, f"{type(error).__name__}: {error}") from error
    if not as_written:
        raise IndexDamagedError(path, "its checksum is not the one that was written")


def wants_graph(count: int) -> bool:
    """Whether so many vectors should have a graph; not where hnswlib is missing, since the scan is exact."""
    return count >= GRAPH_FROM and graphs.usable()


def graph_of(matrix: Matrix) -> Graph:
    """A new graph over all rows of the matrix."""
    import numpy as np

    return Graph(graphs.drawn(matrix), np.arange(len(matrix), dtype=np.int32))


def _manifest(folder: Path) -> tuple[MadeBy, dict[str, str], dict[str, list[int]]]:
    """Who made the vectors, the checksum of each file, and its size and times."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest.pop("seal") != _digest(manifest):
            raise IndexDamagedError(folder / MANIFEST, "its checksum is not the one that was written")
        made_by = MadeBy(manifest["encoder"], manifest["encoder_sha256"])
        return made_by, manifest["files"], manifest.get("stamps", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(folder / MANIFEST, f"{type(error).__name__}: {error}") from error


def _digest(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
