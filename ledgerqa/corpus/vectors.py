"""The vectors of the distinct texts: built once a text, searched exactly or through HNSW, whichever is cheaper.

hnswlib (Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
Small World graphs", 2016) is quick over many vectors but cannot filter cheaply; a matrix product over what a
filter lets through is exact, and nearly as fast up to tens of thousands of vectors.  So the scan is the rule and the
graph serves large, unfiltered searches.

A folder of vectors is written once and never changed: more vectors make the next version of it, a folder of its
own, and the older one is removed.  It holds `matrix.npy` (float32, distinct vectors of unit length), `text_ids.npy`
and, beside it, `rows.npy` (which row of the matrix each text has: texts that differ in a reference number alone share
one), for large ones `graph.hnsw`, and `manifest.json`, which names the encoder and bears a checksum of each file,
because hnswlib loads a damaged file without a word, or crashes on it.  The texts may be entries' texts or names; both
go by number.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

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
in each generation."""
SCANS_FIRST = 90
"""Searches of a process that are exact although there is a graph: as many as make up for loading it, so that a single
question, or a short chat, does without."""
SCAN_SHARE = 0.25
"""A filter that lets through less than this share is scanned, however many vectors there are."""
LINKS = 32
EF_CONSTRUCTION = 200
EF_SEARCH = 400
"""hnswlib's M, ef_construction and ef.  `load_index` forgets ef, so it is set after every load."""
COPY_SHARE = 0.2
"""A scan copies the passing rows out where they are fewer than this share; else it multiplies all."""
OVERSAMPLE = 8
"""How many times the number asked for is taken from the graph where a wide filter then drops some."""
IDS = "text_ids.npy"
ROWS = "rows.npy"
MATRIX = "matrix.npy"
GRAPH = "graph.hnsw"
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
        self._graph_usable = self.has_graph and find_spec("hnswlib") is not None

    def __len__(self) -> int:
        """Texts, of which several may share a vector."""
        return len(self.text_ids)

    @property
    def has_graph(self) -> bool:
        """Whether a graph was built over these vectors."""
        return GRAPH in self._files

    def _check(self, name: str) -> None:
        """`IndexDamagedError` unless the file is what was written."""
        _check(self.folder / name, self._files, self._stamps)

    def part(self, places: Sequence[int]) -> tuple[Matrix, Ids]:
        """What `write` takes of the texts in these places: their distinct vectors, and the row of each."""
        import numpy as np

        rows, row_of = np.unique(self.rows[list(places)], return_inverse=True)
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
        """The search through the graph, which must be there; by scan where it finds too few."""
        graph = self._open_graph()
        k = min(limit, len(self.matrix))
        graph.set_ef(max(EF_SEARCH, k))  # below the number asked for, hnswlib raises
        try:
            labels, distances = graph.knn_query(query, k=k)
        except RuntimeError:  # a part of the graph is cut off from where the search begins
            return self.scan(query, limit)
        near = zip(labels[0], distances[0], strict=True)
        hits = (Hit(number, 1.0 - float(distance)) for row, distance in near for number in self._sharing(int(row)))
        return list(islice(hits, limit))

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
            import hnswlib

            self._check(GRAPH)
            graph = hnswlib.Index(space="ip", dim=self.matrix.shape[1])
            graph.load_index(str(self.folder / GRAPH), max_elements=len(self.matrix))
            self._graph = graph
        return self._graph


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
    graph: Any = None,
) -> None:
    """Write the next version of a generation's vectors: row `rows[i]` of `matrix` is the vector of `text_ids[i]`.

    It is written aside and moved into place, then older versions go: a kill leaves one or the other.  The index's
    lock must be held.  `graph` is what `graph_of` drew over the same matrix.
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
                graph.save_index(str(aside / GRAPH))
            seal(aside, made_by)
            aside.rename(folder)
            sync(generation)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    if before:
        shutil.rmtree(before, ignore_errors=True)


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
    return count >= GRAPH_FROM and find_spec("hnswlib") is not None


def graph_of(matrix: Matrix) -> Any:
    """An hnswlib index of these vectors under the numbers of their rows."""
    import hnswlib

    # The vectors have unit length, so the inner product is the cosine, and is cheaper than hnswlib's own.
    graph = hnswlib.Index(space="ip", dim=matrix.shape[1])
    graph.init_index(max_elements=len(matrix), M=LINKS, ef_construction=EF_CONSTRUCTION, random_seed=1)
    graph.add_items(matrix)
    return graph


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
