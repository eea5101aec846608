"""What may happen to an index: killed writers, damaged files, a full disk, a folder that cannot be written.

Whatever happens, what is then read is the generation before or the one after, or the damage is named; and the next
reindex mends it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index, reindex
from ledgerqa.corpus.embedding import embed
from ledgerqa.corpus.freshness import INPUTS, freshness, superseded
from ledgerqa.corpus.generations import CURRENT, DATABASE, MANIFEST, index_folder, locked
from ledgerqa.errors import IndexBusyError, IndexDamagedError, IndexMissingError
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeLedger

KILLS = int(os.environ.get("LEDGERQA_KILLS", "15"))
FLIPS = int(os.environ.get("LEDGERQA_FLIPS", "1"))
ROOT = str(Path(__file__).parents[2])
ENTRY = '2024-01-{day:02d} * "Shop {day}" "ware {day}"\n  Expenses:B   {amount}.00 EUR\n  Assets:A\n'
HEAD = "2024-01-01 open Assets:A\n2024-01-01 open Expenses:B\n"


def books(step: int) -> str:
    """A ledger whose every figure tells its step."""
    return HEAD + "".join(ENTRY.format(day=day, amount=100 * day + step) for day in range(1, 29))


def read(ledger: Path, data_dir: Path) -> tuple[int, list[str]]:
    """The step that the index is of, and the nearest texts; all of it must be of one step."""
    encoder = HashingEncoder(dimension=64)
    with open_index(ledger, data_dir) as index:
        rows = index.query("SELECT day(date), number FROM postings WHERE account = 'Expenses:B' ORDER BY posting_id")
        assert len(rows) == 28
        (step,) = {int(number) - 100 * day for day, number in rows}
        vectors = index.vectors("texts", encoder.sha256)
        hits = vectors.search(encoder.encode(["ware 7"])[0], 3) if vectors else []
        texts = dict(index.query("SELECT text_id, text FROM texts"))
        assert index.rank("ware", 3)
        return step, [texts[hit.text_id] for hit in hits]


# A process that is ready: it forks for each line that it reads, and the child works and may be killed.
WORKER = """
    import os, sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    import duckdb, numpy, beancount.loader
    import ledgerqa.corpus.building, ledgerqa.beans.loading, ledgerqa.beans.tables
    from ledgerqa.corpus import reindex
    from ledgerqa.corpus.embedding import embed
    from tests.corpus.hashing import HashingEncoder
    ledger, data_dir = Path(sys.argv[2]), Path(sys.argv[3])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                reindex(ledger, data_dir)
                embed(ledger, data_dir, HashingEncoder(dimension=64))
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(9)
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)
"""


class Worker:
    """Reindexes in a child that can be killed after some seconds."""

    def __init__(self, ledger: Path, data_dir: Path) -> None:
        command = [sys.executable, "-c", textwrap.dedent(WORKER), ROOT, str(ledger), str(data_dir)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def run(self, killed_after: float | None = None) -> tuple[int, float]:
        """The child's wait status, and how many seconds it ran."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        began = time.monotonic()
        if killed_after is not None and not select.select([self.process.stdout], [], [], killed_after)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline()), time.monotonic() - began


@pytest.fixture
def ledger(make_ledger: MakeLedger, data_dir: Path) -> Path:
    main = make_ledger(books(0))
    reindex(main, data_dir)
    embed(main, data_dir, HashingEncoder(dimension=64))
    return main


@pytest.fixture
def worker(ledger: Path, data_dir: Path) -> Iterator[Worker]:
    worker = Worker(ledger, data_dir)
    yield worker
    worker.process.communicate(timeout=60)


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_generation(ledger: Path, data_dir: Path, worker: Worker) -> None:
    chance = random.Random(5)
    ledger.write_text(books(99))
    status, takes = worker.run()
    assert status == 0
    before, killed, last = 99, 0, 0
    for step in range(KILLS):
        ledger.write_text(books(step))
        status, ran = worker.run(killed_after=chance.uniform(0, takes))
        assert status in {0, signal.SIGKILL}
        killed += status == signal.SIGKILL
        takes = ran if status == 0 else takes  # the machine may have other work now than then
        found, nearest = read(ledger, data_dir)
        assert found in {before, step}, "a generation of no ledger that there was"
        assert nearest in ([], ["Shop 7 | ware 7 | B | A", *nearest[1:]])
        before, last = found, step
    assert killed > KILLS / 5
    assert worker.run()[0] == 0
    assert read(ledger, data_dir)[0] == last
    (generation,) = (index_folder(ledger, data_dir) / "generations").iterdir()
    assert [path.name for path in generation.iterdir() if path.name.startswith(".")] == []


# ------------------------------------------------------------------------------------------------------- damage


def files(ledger: Path, data_dir: Path) -> list[Path]:
    """Every file that is read."""
    folder = index_folder(ledger, data_dir)
    return [folder / CURRENT, *sorted(path for path in (folder / "generations").rglob("*") if path.is_file())]


def hurt(path: Path, how: str, chance: random.Random) -> None:
    """Damage a file, its times as they were."""
    status, content = path.stat(), bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
        return
    if how == "flipped":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    if how != "flipped":
        del content[len(content) * 2 // 3 if how == "short" else 0 :]
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


# Reads in a process of its own, as a crash would take this one with it.
READER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from ledgerqa.errors import IndexDamagedError, IndexMissingError
    from ledgerqa.corpus.freshness import freshness
    from tests.corpus.test_faults import read
    try:
        print(freshness(Path(sys.argv[2]), Path(sys.argv[3])).state)
        print("step", read(Path(sys.argv[2]), Path(sys.argv[3]))[0])
    except (IndexDamagedError, IndexMissingError) as error:
        print("named", error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["flipped", "short", "empty", "gone"])
def test_damage_to_any_file_is_named_or_harmless_and_mended(ledger: Path, data_dir: Path, how: str) -> None:
    chance = random.Random(7)
    whole = data_dir.with_name("whole")
    shutil.copytree(data_dir, whole)
    names = {path.relative_to(data_dir) for path in files(ledger, data_dir)}
    assert {path.name for path in names} >= {CURRENT, DATABASE, MANIFEST, INPUTS, "matrix.npy", "text_ids.npy"}
    for name in sorted(names):
        for _ in range(FLIPS if how == "flipped" else 1):
            hurt(data_dir / name, how, chance)
            command = [sys.executable, "-c", textwrap.dedent(READER), ROOT, str(ledger), str(data_dir)]
            ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
            assert ran.returncode == 0, (name, how, ran.stderr)
            state, said = ran.stdout.split("\n")[:2]
            assert said == "step 0" or said.startswith("named "), (name, how, ran.stdout)
            if name.name in {CURRENT, DATABASE, MANIFEST} and not name.parent.name.startswith(("texts-", "names-")):
                assert (state, said[:5]) in {("damaged", "named"), ("missing", "named")}, (name, how, ran.stdout)
            if name.name == INPUTS:
                assert state == "stale", "what cannot be told is not taken for fresh"
            reindex(ledger, data_dir)
            embed(ledger, data_dir, HashingEncoder(dimension=64))
            assert read(ledger, data_dir) == (0, read(ledger, data_dir)[1])
            assert freshness(ledger, data_dir).state == "fresh"
            shutil.rmtree(data_dir)
            shutil.copytree(whole, data_dir)


def test_an_older_generation_is_never_taken_for_the_newest(ledger: Path, data_dir: Path) -> None:
    with open_index(ledger, data_dir):
        ledger.write_text(books(1))
        build(ledger, data_dir)
        pointer = index_folder(ledger, data_dir) / CURRENT
        pointer.write_text(pointer.read_text().replace("2 ", "1 ", 1))
        with pytest.raises(IndexDamagedError):
            open_index(ledger, data_dir)
        assert reindex(ledger, data_dir).loaded
        assert read(ledger, data_dir)[0] == 1


def test_a_generation_of_a_later_version_is_no_damage_to_report(ledger: Path, data_dir: Path) -> None:
    folder = index_folder(ledger, data_dir)
    manifest = folder / "generations" / "1" / MANIFEST
    manifest.write_text(json.dumps({"schema": 2, "generation": 1}))
    with pytest.raises(IndexMissingError):
        open_index(ledger, data_dir)
    assert reindex(ledger, data_dir).loaded


# ------------------------------------------------------------------------------------------- readers and writers


def test_a_reader_knows_when_there_is_a_newer_generation(ledger: Path, data_dir: Path) -> None:
    with open_index(ledger, data_dir) as index:
        assert not superseded(index)
        reindex(ledger, data_dir)
        assert not superseded(index)
        ledger.write_text(books(1))
        assert not superseded(index)
        assert index.is_stale()
        assert index.info.stale
        reindex(ledger, data_dir)
        assert superseded(index)
        assert index.query("SELECT count(*) FROM entries") == [(30,)]
        (index_folder(ledger, data_dir) / CURRENT).write_text("no number")
        assert not superseded(index)


def test_an_index_that_nobody_closed_holds_nothing_once_it_is_forgotten(ledger: Path, data_dir: Path) -> None:
    generations = index_folder(ledger, data_dir) / "generations"
    forgotten = open_index(ledger, data_dir)
    build(ledger, data_dir)
    assert len(list(generations.iterdir())) == 2
    del forgotten
    build(ledger, data_dir)
    assert len(list(generations.iterdir())) == 1


def test_while_another_reindexes_it_waits_or_says_so(ledger: Path, data_dir: Path, worker: Worker) -> None:
    ledger.write_text(books(1))
    with locked(index_folder(ledger, data_dir), ledger):
        from ledgerqa.corpus.reindexing import reindex as patient

        with pytest.raises(IndexBusyError, match="another ledgerqa is indexing"):
            patient(ledger, data_dir, wait=0.2)
        assert read(ledger, data_dir)[0] == 0
    assert worker.run()[0] == 0
    assert not reindex(ledger, data_dir).loaded, "what the other did is taken"


def test_a_full_disk_leaves_the_old_generation(ledger: Path, data_dir: Path) -> None:
    ledger.write_text(books(1))
    for limit in (1_000, 100_000, 400_000):
        code = (
            f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
            "import sys; from pathlib import Path; from ledgerqa.corpus import reindex\n"
            "reindex(Path(sys.argv[1]), Path(sys.argv[2]))"
        )
        command = [sys.executable, "-c", code, str(ledger), str(data_dir)]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert "IndexWriteError" in ran.stderr, ran.stderr
        assert "Free some space" in ran.stderr
        assert read(ledger, data_dir)[0] == 0
        assert freshness(ledger, data_dir).state == "stale"
    assert len(list((index_folder(ledger, data_dir) / "generations").iterdir())) == 1
