from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index, reindex
from ledgerqa.corpus.freshness import INPUTS
from ledgerqa.corpus.generations import DATABASE, MANIFEST, index_folder, locked
from ledgerqa.corpus.schema import SCHEMA_VERSION
from ledgerqa.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError

if TYPE_CHECKING:
    from tests.conftest import MakeLedger

LEDGER = '2024-01-01 open Assets:A\n2024-01-02 note Assets:A "one"\n'

BUILDER = """
    import sys
    from pathlib import Path
    from ledgerqa.corpus import build
    build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def comments(ledger: Path, data_dir: Path) -> list[str]:
    with open_index(ledger, data_dir) as index:
        return [comment for (comment,) in index.query("SELECT comment FROM notes ORDER BY entry_id")]


def start_builder(ledger: Path, data_dir: Path, before: str = "") -> subprocess.Popen[str]:
    script = textwrap.dedent(before) + textwrap.dedent(BUILDER)
    command = [sys.executable, "-c", script, str(ledger), str(data_dir)]
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=root)


def test_the_index_is_for_the_user_alone(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    folder = index_folder(ledger, data_dir)
    for path in (folder.parent, folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_generations_follow_each_other_and_those_that_nobody_reads_go(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    with pytest.raises(IndexMissingError):
        open_index(ledger, data_dir)
    assert [build(ledger, data_dir).generation for _ in range(4)] == [1, 2, 3, 4]
    generations = index_folder(ledger, data_dir) / "generations"
    assert [entry.name for entry in generations.iterdir()] == ["4"]
    assert sorted(entry.name for entry in (generations / "4").iterdir()) == sorted([DATABASE, INPUTS, MANIFEST])
    with open_index(ledger, data_dir):
        build(ledger, data_dir)
        build(ledger, data_dir)
        assert sorted(entry.name for entry in generations.iterdir()) == ["4", "6"]
    assert not reindex(ledger, data_dir).loaded
    assert [entry.name for entry in generations.iterdir()] == ["6"]


def test_an_open_index_outlives_those_that_follow(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        for text in ("two", "three", "four"):
            ledger.write_text(LEDGER.replace("one", text))
            build(ledger, data_dir)
        assert index.query("SELECT comment FROM notes") == [("one",)]
    assert comments(ledger, data_dir) == ["four"]


def test_a_ledger_that_fails_to_load_leaves_the_old_generation(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    ledger.write_text("")
    with pytest.raises(Exception, match="no directive"):
        build(ledger, data_dir)
    assert comments(ledger, data_dir) == ["one"]


def test_two_builders_do_not_collide(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    with locked(index_folder(ledger, data_dir), ledger):
        began = time.monotonic()
        with pytest.raises(IndexBusyError), locked(index_folder(ledger, data_dir), ledger, wait=0.3):
            pass
        assert time.monotonic() - began >= 0.3
    builders = [start_builder(ledger, data_dir) for _ in range(3)]
    for builder in builders:
        _, complaint = builder.communicate(timeout=60)
        assert builder.returncode == 0, complaint
    assert comments(ledger, data_dir) == ["one"]
    assert len(list((index_folder(ledger, data_dir) / "generations").iterdir())) == 1


# Where to stop a builder: before its n-th fsync or rename.  The hook is Python's own, the build is the real one.
STOPPED = """
    import os, signal, sys
    steps = {step}
    def stop(event, arguments):
        global steps
        if event == "os.rename" or (event == "open" and str(arguments[0]).startswith({folder!r})):
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(stop)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_generation_or_the_new_one(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    folder = index_folder(ledger, data_dir)
    seen = set()
    for step in range(40):
        ledger.write_text(LEDGER.replace("one", f"step {step}"))
        before = comments(ledger, data_dir)
        builder = start_builder(ledger, data_dir, STOPPED.format(step=step, folder=str(folder)))
        builder.communicate(timeout=60)
        after = comments(ledger, data_dir)
        assert after in (before, [f"step {step}"])
        if builder.returncode == 0:
            assert after == [f"step {step}"]
            break
        assert builder.returncode == -signal.SIGKILL
        seen.add((after == before, len(list((folder / "generations").iterdir()))))
    else:
        pytest.fail("the builder was killed at each of 40 steps: the hook does not count them")
    assert (True, 2) in seen, "no kill fell into the building"
    build(ledger, data_dir)
    assert len(list((folder / "generations").iterdir())) == 1, "what killed builds left is still there"


def test_a_full_disk_is_told_and_leaves_the_old_generation(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    full = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
    builder = start_builder(ledger, data_dir, full)
    _, complaint = builder.communicate(timeout=60)
    assert "IndexWriteError" in complaint
    assert "Free some space" in complaint
    assert comments(ledger, data_dir) == ["one"]
    assert sorted(entry.name for entry in (index_folder(ledger, data_dir) / "generations").iterdir()) == ["1"]


def test_a_data_folder_that_cannot_be_written_is_told(make_ledger: MakeLedger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexWriteError):
        build(make_ledger(LEDGER), tmp_path / "file")
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises(IndexWriteError):
            build(make_ledger(LEDGER), tmp_path / "locked")


def test_damage_is_told_and_another_version_of_the_tables_is_no_damage(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    folder = index_folder(ledger, data_dir)
    generation = folder / "generations" / "1"
    manifest = (generation / MANIFEST).read_text()
    (generation / MANIFEST).write_text(manifest.replace(f'"schema": {SCHEMA_VERSION}', '"schema": 0'))
    with pytest.raises(IndexMissingError):
        open_index(ledger, data_dir)
    for broken in (manifest[:50], "[]", '{"schema": 3}', manifest.replace('"entries": 2', '"entries": 3')):
        (generation / MANIFEST).write_text(broken)
        with pytest.raises(IndexDamagedError):
            open_index(ledger, data_dir)
    (generation / MANIFEST).write_text(manifest)
    database = (generation / DATABASE).read_bytes()
    for content in (b"", database[: len(database) // 2], b"x" * len(database)):
        (generation / DATABASE).write_bytes(content)
        with pytest.raises(IndexDamagedError):
            open_index(ledger, data_dir)
    (generation / DATABASE).unlink()
    with pytest.raises(IndexDamagedError):
        open_index(ledger, data_dir)
    (generation / MANIFEST).unlink()
    with pytest.raises(IndexDamagedError):
        open_index(ledger, data_dir)
    (folder / "CURRENT").write_text("../../..")
    with pytest.raises(IndexDamagedError):
        open_index(ledger, data_dir)
    assert build(ledger, data_dir).generation == 2
    assert comments(ledger, data_dir) == ["one"]
