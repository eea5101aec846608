"""`ledgerqa bench --planning`: how long a question takes to become a plan, beside the limit that is set for it.

The questions are those of `ledgerqa eval --own`, about the ledger's own names.  The rules alone and the trained planner
take turns, so that other work meets both, each with questions of its own: what was planned before is quicker.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal.bench import machine, machine_line
from ledgerqa.terminal.evaluation.golds import Golds, beanquery_installed
from ledgerqa.terminal.evaluation.own import own_questions
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar, remark
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.backends.protocols import Understander
    from ledgerqa.settings import Settings
    from ledgerqa.terminal.evaluation.questions import GoldQuestion

LIMIT_MS: Final = 50.0
QUESTIONS: Final = 60  # for each way, in each run
WARMING: Final = 5  # before them: what is worked out once for a ledger is no part of a question


def bench_planning_and_tell(settings: Settings, runs: int, *, as_json: bool) -> None:
    """Measure planning over a ledger, and print it."""
    if not beanquery_installed():
        raise click.UsageError("The questions are made with beanquery, which is missing: pip install 'ledgerqa[bench]'")
    from ledgerqa.backends.opening import planner_of

    on, ledger = machine(), settings.ledger_file()
    ways = {"rules": None, "learned": planner_of(settings, remark)}
    present = {name: model for name, model in ways.items() if name == "rules" or model is not None}
    asked = own_questions(Golds(ledger), len(present) * (runs * QUESTIONS + WARMING), seed=1)
    if len(asked) <= len(present) * WARMING:
        raise click.UsageError(f"{ledger.name} has too few names to ask about.")
    with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder, progress_bar("measuring planning"):
        laps = planning(ledger, Path(folder), asked, present)
    measured = {
        "machine": on,
        "ledger": ledger.name,
        "questions": min(map(len, laps.values())),
        "limit_ms": LIMIT_MS,
        "ways": {name: _summary(each) for name, each in laps.items()},
    }
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


def planning(
    ledger: Path, folder: Path, asked: Sequence[GoldQuestion], ways: Mapping[str, Understander | None]
) -> dict[str, list[float]]:
    """Milliseconds that each way took for its share of the questions; the first few are left out."""
    from ledgerqa.corpus import build, open_index
    from ledgerqa.dialog import plan_question

    laps: dict[str, list[float]] = {name: [] for name in ways}
    build(ledger, folder)
    with ExitStack() as opened:
        indexes = {name: opened.enter_context(open_index(ledger, folder)) for name in ways}
        for each, name in zip(asked, cycle(ways)):
            start = time.perf_counter()
            plan_question(each.question, each.history, each.today, indexes[name], understander=ways[name])
            laps[name].append((time.perf_counter() - start) * 1000)
    return {name: each[WARMING:] for name, each in laps.items()}


def _summary(laps: Sequence[float]) -> dict[str, float]:
    ordered = sorted(laps)
    median, late = statistics.median(ordered), ordered[int(0.9 * (len(ordered) - 1))]
    return {"median_ms": median, "p90_ms": late, "ratio": median / LIMIT_MS}


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    yield machine_line(measured["machine"])
    yield f"{measured['questions']} questions about the names of {measured['ledger']} for each, planned once"
    yield ""
    columns = [
        ShownColumn("planner", "planner", "text"),
        ShownColumn("median", "median ms", "number"),
        ShownColumn("p90", "90% below ms", "number"),
        ShownColumn("ratio", "of the limit", "number"),
    ]
    yield from aligned(
        columns,
        [
            [name, f"{each['median_ms']:.1f}", f"{each['p90_ms']:.1f}", f"× {each['ratio']:.2f}"]
            for name, each in measured["ways"].items()
        ],
    )
    yield f"Limit: {measured['limit_ms']:.0f} ms for the median."
