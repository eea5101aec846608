"""`ledgerqa bench --vectors`: search by meaning on this machine, exact against HNSW, and embedding in bulk.

The vectors are made up, in clusters as texts of a ledger lie, in three sizes, and those of a ledger's own texts where
there is an encoder.  Recall@10 counts an approximate hit as right where it is as near as the tenth exact one, since
banks write one text in many copies.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal import bench_parts
from ledgerqa.terminal.bench import machine
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = (1_000, 10_000, 100_000)
DIMENSION: Final = 384
QUERIES: Final = 200
MOST_TEXTS: Final = 10_000

_COMPARE: Final = f"""
import statistics
from pathlib import Path
import numpy as np
from ledgerqa.corpus import vectors as module

def lap(function):
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result

def compared(matrix, queries, folder):
    ids = np.arange(len(matrix), dtype=np.int32)
    drawing, graph = lap(lambda: module.graph_of(ids, matrix))
    module.write(folder, "texts", ids.tolist(), matrix, module.MadeBy("bench", "0" * 64), graph)
    opening, opened = lap(lambda: module.open_newest(folder, "texts", "0" * 64))
    loading, _ = lap(lambda: opened.search_graph(queries[0], 10))
    exact = [lap(lambda q=query: opened.scan(q, 10)) for query in queries]
    near = [lap(lambda q=query: opened.search_graph(q, 10)) for query in queries]
    few = ids[:: 100].tolist()
    filtered = [lap(lambda q=query: opened.scan(q, 10, few))[0] for query in queries]
    right = [
        sum(hit.score >= hits[-1].score - 1e-5 for hit in found) / len(hits)
        for (_, hits), (_, found) in zip(exact, near)
    ]
    return {{
        "vectors": len(matrix),
        "scan_ms": statistics.median(seconds for seconds, _ in exact) * 1000,
        "scan_of_1_percent_ms": statistics.median(filtered) * 1000,
        "graph_ms": statistics.median(seconds for seconds, _ in near) * 1000,
        "recall_at_10": statistics.fmean(right),
        "draw_seconds": drawing,
        "open_ms": opening * 1000,
        "load_graph_ms": loading * 1000,
        "ef": module.EF_SEARCH,
        "drawn_from": module.GRAPH_FROM,
    }}

def clustered(count):
    random = np.random.default_rng(7)
    centres = random.standard_normal((300, {DIMENSION}), dtype=np.float32)
    points = centres[random.integers(0, 300, count)] + random.standard_normal((count, {DIMENSION}), dtype=np.float32)
    return points / np.linalg.norm(points, axis=1, keepdims=True)
"""

MADE_UP: Final = (
    _COMPARE
    + f"""
points = clustered(int(sys.argv[1]) + {QUERIES})
told(0, **compared(points[{QUERIES}:], points[:{QUERIES}], Path(sys.argv[2])))
"""
)

OWN_TEXTS: Final = (
    _COMPARE
    + f"""
from ledgerqa.backends.files import MINILM, packaged_path
from ledgerqa.backends.opening import open_encoder
from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import spoken
ledger, folder = Path(sys.argv[1]), Path(sys.argv[2])
build(ledger, folder / "data")
with open_index(ledger, folder / "data") as index:
    texts = [text for text, in index.query("SELECT text FROM texts ORDER BY text_id LIMIT {MOST_TEXTS + QUERIES}")]
different = list(dict.fromkeys(spoken(text) for text in texts))
encoder = open_encoder(sys.argv[3], "auto", Path(sys.argv[4]))
if encoder is None:
    told(0, encoder=None)
else:
    encoder.encode(different[:8])
    seconds, matrix = lap(lambda: encoder.encode(different))
    one, _ = lap(lambda: encoder.encode(["how much did I pay the dentist last year?"]))
    more = {{"encoder": encoder.name, "texts": len(texts), "different": len(different)}}
    more |= {{"texts_per_second": len(different) / seconds, "question_ms": one * 1000}}
    weights = packaged_path(MINILM) if encoder.sha256 == MINILM.sha256 else None
    try:
        from ledgerqa.backends.sentence_encoder import SentenceEncoder
        other = SentenceEncoder(str(weights.parent), Path(sys.argv[4])) if weights else None
    except Exception:
        other = None
    if other is not None:
        other.encode(different[:8])
        more["sentence_transformers_per_second"] = len(different) / lap(lambda: other.encode(different))[0]
    row = {{text: at for at, text in enumerate(different)}}
    every = matrix[[row[spoken(text)] for text in texts]]
    held = min({QUERIES}, len(every) // 5)
    more["search"] = compared(every[held:], every[:held], folder) if held else None
    told(seconds, **more)
"""
)


def bench_vectors_and_tell(ledger: Path, encoder: str, data_dir: Path, *, as_json: bool) -> None:
    """Measure vectors of three sizes, then those of a ledger's texts by the encoder called so, and print it."""
    made_up = []
    with progress_bar("measuring search by meaning") as progress:
        for number, size in enumerate(SIZES):
            progress(f"{size:,} vectors", number, len(SIZES) + 1)
            with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder:
                made_up.append(bench_parts.run_part(MADE_UP, str(size), Path(folder)))
        progress("the ledger's texts", len(SIZES), len(SIZES) + 1)
        with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder:
            own = bench_parts.run_part(OWN_TEXTS, ledger, Path(folder), encoder, data_dir)
    measured = {"machine": machine(), "ledger": ledger.name, "made_up": made_up, "own": own}
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    on, own = measured["machine"], measured["own"]
    yield f"{on['cores']} cores, {on['processor']}, Python {on['python']}, {on['system']}"
    drawn, ef = measured["made_up"][0]["drawn_from"], measured["made_up"][0]["ef"]
    yield f"medians of {QUERIES} queries; graphs are used from {drawn:,} vectors on, at ef {ef}"
    yield ""
    columns = [
        ShownColumn("vectors", "vectors", "text"),
        ShownColumn("scan", "scan ms", "number"),
        ShownColumn("filtered", "scan of 1% ms", "number"),
        ShownColumn("graph", "HNSW ms", "number"),
        ShownColumn("recall", "recall@10", "number"),
        ShownColumn("draw", "draw s", "number"),
        ShownColumn("open", "open ms", "number"),
        ShownColumn("load", "load HNSW ms", "number"),
    ]
    searches = [("made up", each) for each in measured["made_up"]]
    if own.get("search"):
        searches.append((measured["ledger"], own["search"]))
    yield from aligned(columns, [_row(name, each) for name, each in searches])
    yield ""
    if not own["encoder"]:
        yield "No encoder: the extra `offline` brings one."
        return
    yield (
        f"{own['encoder']}: {own['texts']:,} texts, {own['different']:,} of them different without reference numbers: "
        f"{own['texts_per_second']:.0f} a second; a question {own['question_ms']:.1f} ms"
    )
    if "sentence_transformers_per_second" in own:
        yield f"sentence-transformers: {own['sentence_transformers_per_second']:.0f} a second"


def _row(name: str, each: dict[str, Any]) -> list[str]:
    return [
        f"{each['vectors']:,} {name}",
        f"{each['scan_ms']:.2f}",
        f"{each['scan_of_1_percent_ms']:.2f}",
        f"{each['graph_ms']:.2f}",
        f"{each['recall_at_10']:.3f}",
        f"{each['draw_seconds']:.1f}",
        f"{each['open_ms']:.0f}",
        f"{each['load_graph_ms']:.0f}",
    ]
