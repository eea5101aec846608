"""The parts of `ledgerqa bench` that run in processes of their own: code as text, and how it is run.

Each prints one JSON object.  A process of its own gives each part a cold start and a peak memory of its own, and
keeps Beancount out of the program that asks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.errors import BenchError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MEASURE: Final = """
import json, resource, sys, time

def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20

def told(seconds, **more):
    print(json.dumps({"seconds": seconds, "memory_mb": peak(), **more}))
"""

LOAD: Final = """
from beancount import loader
import beancount
start = time.perf_counter()
entries, errors, _ = loader.load_file(sys.argv[1])
told(time.perf_counter() - start, entries=len(entries), errors=len(errors), version=beancount.__version__)
"""

INDEX: Final = """
from pathlib import Path
from ledgerqa.corpus import build
start = time.perf_counter()
info = build(Path(sys.argv[1]), Path(sys.argv[2]))
told(time.perf_counter() - start, entries=info.entries, errors=info.ledger_errors)
"""

QUERIES: Final = """
import datetime
from pathlib import Path
from ledgerqa.corpus import open_index
from ledgerqa.evidence import gather
from ledgerqa.terminal.bench_plans import bench_plans
with open_index(Path(sys.argv[1]), Path(sys.argv[2])) as index:
    ((transactions,),) = index.query("SELECT count(*) FROM entries WHERE type = 'transaction'")
    today = index.ledger.last_date
    measured = []
    for name, plan in bench_plans().items():
        laps = []
        for _ in range(int(sys.argv[3])):
            start = time.perf_counter()
            evidence = gather(plan, index, today)
            laps.append(time.perf_counter() - start)
        measured.append({"plan": name, "laps": laps, "rows": len(evidence.table.rows), "bql": evidence.bql})
    told(0, queries=measured, transactions=transactions)
"""

BEANQUERY: Final = """
import beanquery
start = time.perf_counter()
connection = beanquery.connect("beancount:" + sys.argv[1])
connected = time.perf_counter() - start
measured = []
for bql in json.loads(sys.stdin.read()):
    laps = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        rows = connection.execute(bql).fetchall()
        laps.append(time.perf_counter() - start)
    measured.append({"laps": laps, "rows": len(rows)})
told(connected, queries=measured, version=beanquery.__version__)
"""


def run_part(code: str, *arguments: str | Path, given: str = "") -> dict[str, Any]:
    """Run one part and read what it printed; raises `BenchError` with the last line of its complaint."""
    # Beancount's loader would otherwise read or write a pickle cache beside the ledger, and measure that.
    environment = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - our own code, with paths as arguments
        [sys.executable, "-P", "-c", _MEASURE + code, *map(str, arguments)],
        input=given, capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BenchError((done.stderr.strip().splitlines() or ["no message"])[-1])
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def run_command(arguments: Sequence[str], data_dir: Path) -> dict[str, float]:
    """What `python -m ledgerqa` with these arguments takes from process start to its end; see `run_python`."""
    return run_python(["-m", "ledgerqa", "--data-dir", str(data_dir), *arguments])


def run_python(arguments: Sequence[str]) -> dict[str, float]:
    """Seconds from process start to its end, processor seconds, and peak memory, of Python with these arguments."""
    measuring = (
        "import subprocess\nstart = time.perf_counter()\n"
        "subprocess.run([sys.executable, '-P', *sys.argv[1:]], stdout=subprocess.DEVNULL, check=False)\n"
        "seconds = time.perf_counter() - start\nunit = 1 if sys.platform == 'darwin' else 1024\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "told = {'seconds': seconds, 'cpu': child.ru_utime + child.ru_stime}\n"
        "print(json.dumps({**told, 'memory_mb': child.ru_maxrss * unit / 2**20}))"
    )
    return run_part(measuring, *arguments)
