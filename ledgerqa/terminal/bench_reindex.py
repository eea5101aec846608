"""`ledgerqa bench --reindex`: what a day more costs, what no change costs, and how both grow with the ledger.

Beancount's loader and the reindexes take turns on the same files, each in a process of its own, so that their ratios
are of one moment of one machine.  Processor seconds stand beside the clock's: on a machine that others use as well
they say more.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import re
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal import bench_parts
from ledgerqa.terminal.bench import machine, machine_line
from ledgerqa.terminal.bench_ledger import DAYS, FIRST_DAY, write_ledger
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES: Final = (10_000, 100_000)
A_DAY: Final = 20
"""Transactions that a day adds."""
QUIET_SECONDS: Final = 2.5
"""After which the times of a file are trusted; a person waits longer between saving and reindexing twice."""
PARTS: Final = {
    "load": "load alone (Beancount's loader)",
    "index": "index for the first time",
    "day": "reindex after a day's append",
    "whole": "the same, all loaded anew",
    "middle": "reindex after an edit in the middle",
    "unchanged": "reindex, nothing changed",
    "command": "the same, from process start",
    "bare": "what it imports alone, from process start",
}

_LOAD: Final = """
from beancount import loader
start, cpu = time.perf_counter(), time.process_time()
loader.load_file(sys.argv[1])
told(time.perf_counter() - start, cpu=time.process_time() - cpu)
"""
_REINDEX: Final = """
from pathlib import Path
from ledgerqa.corpus.reindexing import reindex
start, cpu = time.perf_counter(), time.process_time()
done = reindex(Path(sys.argv[1]), Path(sys.argv[2]), anew=sys.argv[3] == "anew")
told(time.perf_counter() - start, cpu=time.process_time() - cpu, loaded=done.loaded, found=str(done.differences))
"""
_IMPORTS: Final = (
    "import ledgerqa.terminal.cli, ledgerqa.terminal.reindexing, ledgerqa.corpus.reindexing, ledgerqa.corpus.freshness"
)
_CITIES: Final = ("AUSTIN TX", "PORTO PT", "BERLIN DE", "LYON FR", "LEEDS GB", "OSAKA JP", "GDANSK PL")


def bench_reindex_and_tell(sizes: Sequence[int], runs: int, *, noisy: bool, as_json: bool) -> None:
    """Measure ledgers of these sizes, made for it, and print what was measured."""
    with progress_bar("measuring") as progress:
        ledgers = [_measure(size, runs, progress, noisy=noisy) for size in sizes]
    measured = {"machine": machine(), "runs": runs, "noisy": noisy, "ledgers": ledgers, "growth": _growth(ledgers)}
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


def _measure(size: int, runs: int, progress: Callable[[str, int, int], None], *, noisy: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as name:
        folder = Path(name)
        ledger = folder / f"{size}-transactions.beancount"
        write_ledger(ledger, size)
        if noisy:
            _make_noisy(ledger)
        laps: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}
        progress(f"{size:,}: indexing", 0, runs)
        laps["index"].append(bench_parts.run_part(_REINDEX, ledger, folder / "data", "anew"))
        bench_parts.run_part(_REINDEX, ledger, folder / "other", "anew")
        disk = sum(path.stat().st_size for path in (folder / "data").rglob("*") if path.is_file())
        for number in range(runs):
            progress(f"{size:,}: days", number, runs)
            _one_day(ledger, folder, number, laps, noisy=noisy)
        found = {part: _median(laps[part]) for part in PARTS}
        return {
            "transactions": size,
            "bytes": ledger.stat().st_size,
            "index_bytes": disk,
            "parts": found,
            "to_load": {
                part: {key: round(found[part][key] / found["load"][key], 4) for key in ("seconds", "cpu")}
                for part in ("index", "day", "whole", "middle", "unchanged")
            },
            "over_start_up": {key: round(found["command"][key] - found["bare"][key], 4) for key in ("seconds", "cpu")},
        }


def _one_day(ledger: Path, folder: Path, number: int, laps: dict[str, list[dict[str, Any]]], *, noisy: bool) -> None:
    """Append a day, then let the loader and each kind of reindex take their turns."""
    data, other = folder / "data", folder / "other"
    _append_day(ledger, number, noisy=noisy)
    laps["load"].append(bench_parts.run_part(_LOAD, ledger))
    laps["day"].append(bench_parts.run_part(_REINDEX, ledger, data, "changed"))
    laps["whole"].append(bench_parts.run_part(_REINDEX, ledger, other, "anew"))
    bench_parts.run_part("import pathlib; time.sleep(float(sys.argv[1])); told(0)", str(QUIET_SECONDS))
    bench_parts.run_part(_REINDEX, ledger, data, "changed")  # from here on the file's times are trusted
    laps["unchanged"].append(bench_parts.run_part(_REINDEX, ledger, data, "changed"))
    laps["command"].append(bench_parts.run_command(["reindex", "--ledger", str(ledger), "--no-embed"], data))
    laps["bare"].append(bench_parts.run_python(["-c", _IMPORTS]))
    _edit_in_the_middle(ledger)
    laps["middle"].append(bench_parts.run_part(_REINDEX, ledger, data, "changed"))


def _append_day(ledger: Path, number: int, *, noisy: bool) -> None:
    day = FIRST_DAY + dt.timedelta(days=DAYS + number)
    bank, food = "Liabilities:P000:Card", "Expenses:P000:Food:Groceries"
    with ledger.open("a", encoding="utf-8") as file:
        for place in range(A_DAY):
            text = _as_banks_write(random.Random(1000 * number + place)) if noisy else "weekly shop"  # noqa: S311
            file.write(f'{day} * "New Market {place % 3}" "{text}"\n  {food}  {10 + place}.50 EUR\n  {bank}\n')


def _edit_in_the_middle(ledger: Path) -> None:
    """Change one amount halfway down."""
    text = ledger.read_text(encoding="utf-8")
    place = re.compile(r"\d EUR\n").search(text, len(text) // 2)
    if place is not None:
        digit = (int(text[place.start()]) + 1) % 10
        ledger.write_text(f"{text[: place.start()]}{digit}{text[place.start() + 1 :]}", encoding="utf-8")


def _make_noisy(ledger: Path) -> None:
    """Write narrations as banks do, so that nearly all are different."""
    chance = random.Random(11)  # noqa: S311 - repeatable, not secret
    text = ledger.read_text(encoding="utf-8")
    noisy = re.sub(r'(?m)^(\S+ \* "[^"]*") "[^"]*"', lambda m: f'{m.group(1)} "{_as_banks_write(chance)}"', text)
    ledger.write_text(noisy, encoding="utf-8")


def _as_banks_write(chance: random.Random) -> str:
    place, city = chance.randint(10_000, 99_999_999), chance.choice(_CITIES)
    return chance.choice((f"POS PURCHASE #{place} {city}", f"SEPA {city} REF {place}-{place % 977}", f"CARD {place}"))


def _median(laps: Sequence[dict[str, Any]]) -> dict[str, float]:
    keys = [key for key in ("seconds", "cpu", "memory_mb") if all(key in lap for lap in laps)]
    return {key: round(statistics.median(lap[key] for lap in laps), 4) for key in keys}


def _growth(ledgers: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The exponent of each part's time from the smallest ledger to the largest: 1 is in step with the ledger."""
    if len(ledgers) < 2:
        return {}
    first, last = ledgers[0], ledgers[-1]
    times = math.log(last["transactions"] / first["transactions"])
    found = {}
    for part in PARTS:
        key = "cpu" if "cpu" in first["parts"][part] else "seconds"
        found[part] = round(math.log(last["parts"][part][key] / first["parts"][part][key]) / times, 2)
    return found


# ------------------------------------------------------------------------------------------------------- output


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    yield machine_line(measured["machine"])
    kind = "with narrations as banks write them" if measured["noisy"] else "with few different texts"
    yield f"A day is {A_DAY} transactions; ledgers {kind}; medians of {measured['runs']} runs."
    for ledger in measured["ledgers"]:
        size = f"{ledger['bytes'] / 1e6:.1f} MB, its index {ledger['index_bytes'] / 1e6:.1f} MB"
        yield ""
        yield f"{ledger['transactions']:,} transactions, {size}"
        yield from aligned(_COLUMNS, [_row(ledger, part, measured["growth"]) for part in PARTS])
        over = ledger["over_start_up"]
        yield f"Nothing changed: {over['seconds']:.3f} s ({over['cpu']:.3f} processor s) over Python and the imports."
    if measured["growth"]:
        yield ""
        yield "Growth: the exponent of time over transactions; 1 is in step with the ledger, 0 does not grow."


_COLUMNS: Final = [
    ShownColumn("part", "", "text"),
    ShownColumn("seconds", "seconds", "number"),
    ShownColumn("ratio", "by load", "number"),
    ShownColumn("cpu", "processor s", "number"),
    ShownColumn("cpu_ratio", "by load", "number"),
    ShownColumn("memory", "peak MB", "number"),
    ShownColumn("growth", "growth", "number"),
]


def _row(ledger: dict[str, Any], part: str, growth: dict[str, float]) -> list[str]:
    found, ratios = ledger["parts"][part], ledger["to_load"].get(part, {})
    return [
        PARTS[part],
        f"{found['seconds']:.3f}",
        f"× {ratios['seconds']:.3f}" if ratios else "",
        f"{found['cpu']:.3f}" if "cpu" in found else "",
        f"× {ratios['cpu']:.3f}" if ratios else "",
        f"{found['memory_mb']:.0f}",
        f"{growth[part]:.2f}" if growth else "",
    ]
