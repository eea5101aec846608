"""`ledgerqa bench --vectors`: search by meaning on this machine, exact against HNSW, and embedding in bulk.

The vectors are made up, in clusters as texts of a ledger lie, in four sizes, and those of a ledger's own texts where
there is an encoder; embedding is measured beside sentence-transformers where that is installed.
"""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal import bench_parts
from ledgerqa.terminal.bench import machine, machine_line
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.backends.protocols import Encoder

SIZES: Final = (1_000, 10_000, 30_000, 100_000)
DIMENSION: Final = 384
QUERIES: Final = 200
MOST_TEXTS: Final = 10_000
LEAST_RECALL: Final = 0.98
QUESTION: Final = "how much did I pay the dentist last year?"
WARMING: Final = 8  # texts that are embedded before the clock runs
CHUNK: Final = 256  # texts that one encoder embeds before it is the other's turn, so that other work meets both

MADE_UP: Final = """
from ledgerqa.terminal.bench_vectors import made_up
told(0, **made_up(int(sys.argv[1]), sys.argv[2]))
"""
OWN_TEXTS: Final = """
from ledgerqa.terminal.bench_vectors import own_texts
told(0, **own_texts(*sys.argv[1:5], most=int(sys.argv[5])))
"""


def bench_vectors_and_tell(ledger: Path, encoder: str, data_dir: Path, *, as_json: bool) -> None:
    """Measure vectors of each size, then those of a ledger's texts by the encoder called so, and print it."""
    on, searches = machine(), []
    with progress_bar("measuring search by meaning") as progress:
        for number, size in enumerate(SIZES):
            progress(f"{size:,} vectors", number, len(SIZES) + 1)
            with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder:
                searches.append(bench_parts.run_part(MADE_UP, str(size), folder))
        progress("the ledger's texts", len(SIZES), len(SIZES) + 1)
        with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder:
            own = bench_parts.run_part(OWN_TEXTS, ledger, folder, encoder, data_dir, str(MOST_TEXTS))
    measured = {"machine": on, "ledger": ledger.name, "made_up": searches, "own": own, "in_force": in_force()}
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


def in_force() -> dict[str, int]:
    """The numbers that were set by these measurements."""
    from ledgerqa.corpus.vectors import EF_SEARCH, GRAPH_FROM, SCANS_FIRST

    return {"graph_from": GRAPH_FROM, "scans_first": SCANS_FIRST, "ef": EF_SEARCH}


# ----------------------------------------------------------------------------- what runs in a process of its own


def made_up(count: int, folder: str) -> dict[str, Any]:
    """Both searches over `count` vectors that are made up."""
    from ledgerqa.corpus import crossover

    points = crossover.made_up(count + QUERIES, DIMENSION)
    return _told(crossover.compare(points[QUERIES:], points[:QUERIES], Path(folder)))


def own_texts(ledger: str, folder: str, encoder: str, data_dir: str, *, most: int) -> dict[str, Any]:
    """Embedding at most so many of a ledger's texts, beside sentence-transformers, and both searches over them."""
    from ledgerqa.backends.opening import open_encoder
    from ledgerqa.corpus import build, crossover, open_index
    from ledgerqa.corpus.embedding import spoken

    build(Path(ledger), Path(folder) / "data")
    with open_index(Path(ledger), Path(folder) / "data") as index:
        texts = [text for (text,) in index.query("SELECT text FROM texts ORDER BY text_id LIMIT ?", [most])]
    different = list(dict.fromkeys(spoken(text) for text in texts))
    ours = open_encoder(encoder, "auto", Path(data_dir))
    if ours is None:
        return {"encoder": None}
    seconds, peer, matrix = _embedded(different, ours, _sentence_transformers(ours, Path(data_dir)))
    question, _ = _timed(lambda: ours.encode([QUESTION]))
    held = min(QUERIES, len(matrix) // 5)
    return {
        "encoder": ours.name,
        "texts": len(texts),
        "different": len(different),
        "texts_per_second": len(different) / seconds,
        "question_ms": question * 1000,
        "sentence_transformers_per_second": len(different) / peer if peer else None,
        "ratio": peer / seconds if peer else None,
        "search": _told(crossover.compare(matrix[held:], matrix[:held], Path(folder))) if held else None,
    }


def _embedded(texts: Sequence[str], ours: Encoder, theirs: Encoder | None) -> tuple[float, float, Any]:
    """Seconds that each encoder takes for all texts, chunk by chunk in turns; and the vectors of the first."""
    from ledgerqa.corpus.crossover import joined

    encoders = [each for each in (ours, theirs) if each is not None]
    seconds: list[float] = [0.0] * len(encoders)
    parts: list[Any] = []
    for encoder in encoders:
        encoder.encode(texts[:WARMING])
    for start in range(0, len(texts), CHUNK):
        for number, encoder in enumerate(encoders):
            took, part = _timed(partial(encoder.encode, texts[start : start + CHUNK]))
            seconds[number] += took
            parts += [part] if encoder is ours else []
    return seconds[0], seconds[1] if theirs else 0.0, joined(parts)


def _sentence_transformers(ours: Encoder, data_dir: Path) -> Encoder | None:
    """The same weights run by sentence-transformers; None where either is not installed."""
    from ledgerqa.backends.files import MINILM, packaged_path
    from ledgerqa.errors import LedgerqaError

    weights = packaged_path(MINILM) if ours.sha256 == MINILM.sha256 else None
    if weights is None:
        return None
    try:
        from ledgerqa.backends.sentence_encoder import SentenceEncoder

        return SentenceEncoder(str(weights.parent), data_dir)
    except (LedgerqaError, ImportError):
        return None


def _told(comparison: Any) -> dict[str, Any]:
    return asdict(comparison) | {"pays_after": comparison.pays_after}


def _timed(function: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


# ------------------------------------------------------------------------------------------------------- output


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    yield machine_line(measured["machine"])
    yield f"medians of {QUERIES} searches for the nearest ten; recall@10 is to be at least {LEAST_RECALL}"
    yield ""
    searches = [("made up", each) for each in measured["made_up"]]
    if measured["own"].get("search"):
        searches.append((f"of {measured['ledger']}", measured["own"]["search"]))
    yield from aligned(_COLUMNS, [_row(name, each) for name, each in searches])
    yield "Ratio: exact by HNSW. Pays after: searches of one process that make up for loading the graph."
    force = measured["in_force"]
    yield (
        f"In force: a graph from {force['graph_from']:,} vectors on, searched at ef {force['ef']}, "
        f"by a process that has searched {force['scans_first']} times."
    )
    yield ""
    yield from _embedding_lines(measured["own"])


_COLUMNS: Final = [
    ShownColumn("vectors", "vectors", "text"),
    ShownColumn("exact", "exact ms", "number"),
    ShownColumn("filtered", "exact, 1% ms", "number"),
    ShownColumn("graph", "HNSW ms", "number"),
    ShownColumn("ratio", "ratio", "number"),
    ShownColumn("recall", "recall@10", "number"),
    ShownColumn("draw", "draw s", "number"),
    ShownColumn("load", "load ms", "number"),
    ShownColumn("pays", "pays after", "text"),
]


def _row(name: str, each: dict[str, Any]) -> list[str]:
    return [
        f"{each['vectors']:,} {name}",
        f"{each['exact_ms']:.2f}",
        f"{each['filtered_ms']:.2f}",
        f"{each['graph_ms']:.2f}",
        f"× {each['exact_ms'] / each['graph_ms']:.1f}",
        f"{each['recall']:.3f}",
        f"{each['drawing_seconds']:.1f}",
        f"{each['loading_ms']:.0f}",
        "never" if each["pays_after"] is None else f"{each['pays_after']:,}",
    ]


def _embedding_lines(own: dict[str, Any]) -> Iterator[str]:
    if not own["encoder"]:
        yield "No encoder: the extra `offline` brings one."
        return
    yield (
        f"{own['encoder']}: {own['texts']:,} texts, {own['different']:,} of them different without reference numbers: "
        f"{own['texts_per_second']:.0f} a second; a question {own['question_ms']:.1f} ms"
    )
    if own["ratio"] is not None:
        theirs = own["sentence_transformers_per_second"]
        yield f"sentence-transformers, the same texts: {theirs:.0f} a second (ours × {own['ratio']:.2f})"
