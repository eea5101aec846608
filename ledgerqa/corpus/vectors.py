"""The vectors of the distinct texts: built once a text, searched exactly or through HNSW, whichever is cheaper.

hnswlib (Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
Small World graphs", 2016) is quick over many vectors but cannot filter cheaply; a matrix product over what a
filter lets through is exact, and faster up to tens of thousands of vectors.  So the scan is the rule and the graph
serves large, unfiltered searches.

A folder of vectors holds `matrix.npy` (float32, a row a text, unit length), `text_ids.npy`, for large ones
`graph.hnsw`, and `manifest.json`, which names the encoder and bears a checksum of each file: hnswlib loads a
damaged file without a word, or crashes on it.  The texts may be entries' texts or names; both go by number.
"""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledgerqa.corpus.generations import checksum, sync, writing
from ledgerqa.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int32]

GRAPH_FROM = 40_000
"""Vectors from which on an unfiltered search goes through the graph; `ledgerqa bench` prints both sides."""
SCAN_SHARE = 0.25
"""A filter that lets through less than this share is scanned, however many vectors there are."""
LINKS = 32
EF_CONSTRUCTION = 200
EF_SEARCH = 400
"""hnswlib's M, ef_construction and ef.  `load_index` forgets ef, so it is set after every load."""
GRAPH = "graph.hnsw"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Hit:
    """A text found by meaning: `score` is the cosine, from -1 to 1."""

    text_id: int
    score: float


def vector_folder(generation: Path, kind: str, encoder_sha256: str) -> Path:
    """Where a generation keeps the vectors of its "texts" or "names" by one encoder."""
    return generation / f"{kind}-{encoder_sha256[:12]}"


class Vectors:
    """The vectors of one index, open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open a folder that `write` made; `IndexDamagedError` if a file in it is not as written."""
        import numpy as np

        manifest = _checked_manifest(folder)
        self.encoder: str = manifest["encoder"]
        self.encoder_sha256: str = manifest["encoder_sha256"]
        self.text_ids: Ids = np.load(folder / "text_ids.npy")
        self._matrix: Matrix = np.load(folder / "matrix.npy", mmap_mode="r")
        self._graph_file = folder / GRAPH if GRAPH in manifest["files"] else None
        self._graph: Any = None

    def __len__(self) -> int:
        return len(self.text_ids)

    def rows(self, rows: Sequence[int]) -> Matrix:
        """The vectors in these rows, in this order."""
        return self._matrix[list(rows)]

    def search(self, query: Matrix, limit: int, allowed: Sequence[int] | None = None) -> list[Hit]:
        """The `limit` texts nearest to `query` (shape (dimension,), unit length), nearest first.

        `allowed` restricts the search to these text_ids.
        """
        if allowed is None and self._graph_file is not None:
            return self._search_graph(query, limit)
        if allowed is not None and self._graph_file is not None and len(allowed) > SCAN_SHARE * len(self):
            passing = set(allowed)
            found = [hit for hit in self._search_graph(query, limit * 8) if hit.text_id in passing]
            if len(found) >= limit:
                return found[:limit]
        return self.scan(query, limit, allowed)

    def scan(self, query: Matrix, limit: int, allowed: Sequence[int] | None = None) -> list[Hit]:
        """The exact search: a product with every vector that the filter lets through."""
        import numpy as np

        if allowed is None:
            rows = np.arange(len(self))
            scores = self._matrix @ query
        else:
            rows = np.flatnonzero(np.isin(self.text_ids, np.asarray(allowed, dtype=np.int32)))
            scores = self._matrix[rows] @ query
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(int(self.text_ids[rows[i]]), float(scores[i])) for i in best]

    def _search_graph(self, query: Matrix, limit: int) -> list[Hit]:
        graph = self._open_graph()
        graph.set_ef(max(EF_SEARCH, limit))  # below the number asked for, hnswlib raises
        labels, distances = graph.knn_query(query, k=min(limit, len(self)))
        return [Hit(int(i), 1.0 - float(d)) for i, d in zip(labels[0], distances[0], strict=True)]

    def _open_graph(self) -> Any:
        if self._graph is None:
            import hnswlib

            self._graph = hnswlib.Index(space="ip", dim=self._matrix.shape[1])
            self._graph.load_index(str(self._graph_file), max_elements=len(self))
        return self._graph


def write(folder: Path, text_ids: Sequence[int], matrix: Matrix, encoder: str, encoder_sha256: str) -> None:
    """Write `folder` aside and move it into place: row i of `matrix` is the vector of `text_ids[i]`."""
    import numpy as np

    aside = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}")
    with writing(folder):
        aside.mkdir(mode=0o700)
        try:
            ids = np.array(text_ids, dtype=np.int32)
            np.save(aside / "text_ids.npy", ids)
            np.save(aside / "matrix.npy", matrix)
            if len(ids) >= GRAPH_FROM:
                _graph_of(ids, matrix).save_index(str(aside / GRAPH))
            files = {path.name: checksum(path) for path in sorted(aside.iterdir())}
            manifest = {"encoder": encoder, "encoder_sha256": encoder_sha256, "files": files}
            (aside / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
            for path in aside.iterdir():
                path.chmod(0o600)
                sync(path)
            sync(aside)
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
            sync(folder.parent)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise


def _graph_of(text_ids: Ids, matrix: Matrix) -> Any:
    import hnswlib

    # The vectors have unit length, so the inner product is the cosine, and is cheaper than hnswlib's own.
    graph = hnswlib.Index(space="ip", dim=matrix.shape[1])
    graph.init_index(max_elements=len(text_ids), M=LINKS, ef_construction=EF_CONSTRUCTION, random_seed=1)
    graph.add_items(matrix, text_ids)
    return graph


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for name, expected in manifest["files"].items():
            if checksum(folder / name) != expected:
                raise IndexDamagedError(folder / name, "its checksum is not the one that was written")
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamagedError(folder, f"{type(error).__name__}: {error}") from error
    return manifest
