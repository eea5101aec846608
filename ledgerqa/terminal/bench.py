"""`ledgerqa bench`: how fast this machine loads, indexes and asks, beside Beancount's loader and beanquery.

All parts run on the same ledger in one run, so that their ratios mean something on a machine shared with others.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.errors import LedgerMissingError
from ledgerqa.terminal import bench_parts
from ledgerqa.terminal.bench_ledger import write_ledger
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

QUESTION: Final = "how much did I spend in total?"
MISSING: Final = "beanquery is not installed, so there is no comparison: pip install 'ledgerqa[bench]'"
STEPS: Final = 6


def bench_and_tell(ledger: Path | None, transactions: int, runs: int, *, as_json: bool) -> None:
    """Measure a ledger, or one of so many transactions that is made for it, and print what was measured."""
    if ledger is not None and not ledger.is_file():
        raise LedgerMissingError(ledger)
    with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder, progress_bar("measuring") as progress:
        measured = _measure(ledger, transactions, runs, Path(folder), progress)
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


def _measure(
    ledger: Path | None, transactions: int, runs: int, folder: Path, progress: Callable[[str, int, int], None]
) -> dict[str, Any]:
    if ledger is None:
        progress("making a ledger", 0, STEPS)
        ledger = folder / f"{transactions}-transactions.beancount"
        write_ledger(ledger, transactions)
    on, data = machine(), folder / "data"
    progress("Beancount's loader", 1, STEPS)
    load = [bench_parts.run_part(bench_parts.LOAD, ledger) for _ in range(runs)]
    progress("indexing", 2, STEPS)
    index = [bench_parts.run_part(bench_parts.INDEX, ledger, data) for _ in range(runs)]
    progress("queries", 3, STEPS)
    ours = bench_parts.run_part(bench_parts.QUERIES, ledger, data, str(max(runs, 3)))
    progress("beanquery", 4, STEPS)
    theirs = _beanquery(ledger, [query["bql"] for query in ours["queries"]], runs)
    progress("asking", 5, STEPS)
    asked = [bench_parts.run_command(["ask", "--ledger", str(ledger), "--json", QUESTION], data) for _ in range(runs)]
    helped = [bench_parts.run_command(["--help"], data) for _ in range(runs)]
    loaded, indexed = _median(load), _median(index)
    return {
        "machine": on,
        "ledger": {
            "name": ledger.name,
            "bytes": ledger.stat().st_size,
            "transactions": ours["transactions"],
            "entries": load[0]["entries"],
            "errors": load[0]["errors"],
        },
        "runs": runs,
        "versions": {"beancount": load[0]["version"], "beanquery": theirs["version"] if theirs else None},
        "load": loaded,
        "index": indexed,
        "index_to_load": {key: round(indexed[key] / loaded[key], 3) for key in loaded},
        "queries": _compared(ours["queries"], theirs["queries"] if theirs else None),
        "beanquery_load": {"seconds": round(theirs["seconds"], 4)} if theirs else None,
        "ask": _median(asked),
        "help": _median(helped),
    }


def machine() -> dict[str, Any]:
    """What was measured on: cores that this process may use, processor, system, Python, and what else it did."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {
        "cores": usable,
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def machine_line(on: dict[str, Any]) -> str:
    """The machine and how busy it is, in one line."""
    return f"{on['cores']} cores, {on['processor']}, Python {on['python']}, {on['system']}{_load(on['load'])}"


def _load(load: float | None) -> str:
    return "" if load is None else f"; load before: {load:.1f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _median(parts: Sequence[dict[str, Any]]) -> dict[str, float]:
    return {key: round(statistics.median(part[key] for part in parts), 4) for key in ("seconds", "memory_mb")}


def _beanquery(ledger: Path, queries: Sequence[str], runs: int) -> dict[str, Any] | None:
    """What beanquery needs for the same queries; None where it is not installed."""
    if importlib.util.find_spec("beanquery") is None:
        return None
    asked = [bql for bql in queries if bql]
    found = bench_parts.run_part(bench_parts.BEANQUERY, ledger, str(runs), given=json.dumps(asked))
    answered = iter(found["queries"])
    found["queries"] = [next(answered) if bql else None for bql in queries]
    return found


def _compared(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any] | None] | None) -> list[dict[str, Any]]:
    """Median milliseconds of each plan, beside beanquery's where BQL can say the plan; `ratio` is theirs by ours."""
    rows: list[dict[str, Any]] = []
    for own, other in zip(ours, theirs or [None] * len(ours), strict=True):
        mine = statistics.median(own["laps"]) * 1000
        its = statistics.median(other["laps"]) * 1000 if other else None
        rows.append(
            {
                "plan": own["plan"],
                "rows": own["rows"],
                "ledgerqa_ms": round(mine, 2),
                "beanquery_ms": None if its is None else round(its, 2),
                "ratio": None if its is None else round(its / mine, 2),
                "bql": own["bql"],
            }
        )
    return rows


# ------------------------------------------------------------------------------------------------------- output


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    ledger = measured["ledger"]
    yield machine_line(measured["machine"])
    yield (
        f"{ledger['name']}: {ledger['transactions']:,} transactions, {ledger['entries']:,} entries; "
        f"medians of {measured['runs']} runs, each in a process of its own"
    )
    yield ""
    yield from _part_lines(measured)
    yield ""
    yield from _query_lines(measured)


def _part_lines(measured: dict[str, Any]) -> Iterator[str]:
    columns = [
        ShownColumn("part", "", "text"),
        ShownColumn("seconds", "seconds", "number"),
        ShownColumn("memory", "peak MB", "number"),
    ]
    names = {
        "load": f"load alone (beancount {measured['versions']['beancount']})",
        "index": "index (load and ingest)",
        "ask": "ask, from process start",
        "help": "--help, from process start",
    }
    rows = [
        [name, f"{measured[part]['seconds']:.3f}", f"{measured[part]['memory_mb']:.0f}"] for part, name in names.items()
    ]
    ratio = measured["index_to_load"]
    rows.insert(2, ["index / load", f"× {ratio['seconds']:.2f}", f"× {ratio['memory_mb']:.2f}"])
    yield from aligned(columns, rows)


def _query_lines(measured: dict[str, Any]) -> Iterator[str]:
    columns = [
        ShownColumn("plan", "structured query", "text"),
        ShownColumn("rows", "rows", "integer"),
        ShownColumn("ours", "ledgerqa ms", "number"),
        ShownColumn("theirs", "beanquery ms", "number"),
        ShownColumn("ratio", "ratio", "number"),
    ]
    rows = [
        [
            query["plan"],
            f"{query['rows']:,}",
            f"{query['ledgerqa_ms']:.1f}",
            "–" if query["beanquery_ms"] is None else f"{query['beanquery_ms']:.1f}",
            "–" if query["ratio"] is None else f"× {query['ratio']:.1f}",
        ]
        for query in measured["queries"]
    ]
    yield from aligned(columns, rows)
    if measured["versions"]["beanquery"] is None:
        yield MISSING
    else:
        loading = measured["beanquery_load"]["seconds"]
        yield "Ours include finding the entries to cite. Ratio: beanquery's time by ledgerqa's."
        yield f"beanquery {measured['versions']['beanquery']} loads the ledger first: {loading:.2f} s more."
