"""`ledgerqa watch`, running: saves of every kind are taken in, and what is half typed is not."""

from __future__ import annotations

import os
import queue
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.beans import load
from ledgerqa.beans.inputs import places
from ledgerqa.corpus import open_index
from ledgerqa.settings import Settings
from ledgerqa.terminal import watching

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.conftest import MakeLedger
    from tests.terminal.conftest import CommandLine

MORE = '\n2023-05-05 * "Paper Moon" "another book"\n  Expenses:Books  5.00 EUR\n  Assets:Bank\n'
PATIENCE = 60.0


class Watch:
    """A running watch, and the lines it prints."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: queue.Queue[str] = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.decode().partition(" ")[2].rstrip())

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.thread.join()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    def line(self) -> str:
        return self.lines.get(timeout=PATIENCE)


@pytest.fixture
def watch(ledgerqa: CommandLine, books: Path) -> Iterator[Watch]:
    watch = Watch(ledgerqa.started("watch"))
    assert watch.line().startswith("+14 entries, ")
    assert watch.line() == f"watching {books}"
    yield watch
    watch.end()


def save(path: Path, text: str) -> None:
    """As editors do: aside, then in its place."""
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(text)
    aside.replace(path)


def test_saves_are_taken_in_and_half_typed_ones_are_not(watch: Watch, books: Path, data_dir: Path) -> None:
    save(books, books.read_text() + MORE)
    assert watch.line().startswith("+1 entries, ")
    save(books, books.read_text() + '\n2023-05-06 * "Paper Mo')
    assert "the ledger has errors now" in watch.line()
    with open_index(books, data_dir) as index:
        assert (index.info.generation, index.info.ledger_errors) == (2, 0)
    save(books, books.read_text() + 'on" "third"\n  Expenses:Books  6.00 EUR\n  Assets:Bank\n')
    assert watch.line().startswith("+1 entries, ")
    for number in range(20):  # a burst
        with books.open("a") as file:
            file.write(f'2023-06-{number + 1:02d} note Assets:Bank "{number}"\n')
    told = 0
    while told < 20:
        added = watch.line()
        assert added.startswith("+"), added
        told += int(added[1:].partition(" ")[0])
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(PATIENCE) == 0


def test_new_includes_are_watched_too(watch: Watch, books: Path) -> None:
    (books.parent / "more").mkdir()
    save(books, books.read_text() + 'include "more/*.beancount"\n')
    (books.parent / "more" / "may.beancount").write_text(MORE)
    seen = [watch.line()]
    while not seen[-1].startswith("+1 "):
        seen.append(watch.line())
    (books.parent / "more" / "june.beancount").write_text(MORE.replace("05-05", "06-05"))
    assert watch.line().startswith("+1 entries")


def test_without_events_it_looks_now_and_then(
    books: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: set[str]) -> Iterator[bool]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watching, "_events", refuse)
    monkeypatch.setattr(watching, "LOOK_EVERY_MS", 10)
    watched = watching.Watched("", Settings(books.parent / "none.toml", data_dir, str(books), encoder="none"))
    ticks = watching._ticks([watched])
    assert [next(ticks) for _ in range(3)] == [True, False, False]
    assert "watch limit reached" in capsys.readouterr().err


def test_what_failed_is_tried_again_only_after_a_change(
    books: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    watched = watching.Watched("", Settings(books.parent / "none.toml", data_dir, str(books), encoder="none"))
    watched.look(event=True)
    books.write_text(books.read_text() + '\n2023-05-06 * "Paper Mo')
    tried: list[int] = []

    def fail() -> bool:
        tried.append(1)
        return False

    monkeypatch.setattr(watched, "_reindex", fail)
    for event in (True, False, False, True, False):
        watched.look(event=event)
    assert len(tried) == 2
    books.write_text(books.read_text() + "on")
    watched.look(event=False)
    assert len(tried) == 3


def test_the_folders_of_all_that_counts_are_watched(make_ledger: MakeLedger) -> None:
    main = make_ledger(
        'option "documents" "papers"\ninclude "years/*.beancount"\ninclude "deep/**/x.beancount"\n'
        '2024-01-01 open Assets:Bank\n2024-01-02 document Assets:Bank "lost/slip.txt"\n',
        {"years/a.beancount": "", "deep/er/still/x.beancount": "", "papers/Assets/Bank/2024-01-01.x.txt": ""},
    )
    folder = main.parent
    expected = {".", "years", "deep", "deep/er", "deep/er/still", "papers", "papers/Assets", "papers/Assets/Bank"}
    assert places(load(main).inputs()) == {os.path.normpath(folder / name) for name in expected}


def test_each_reindex_is_told_the_models(books: Path, data_dir: Path) -> None:
    settings = Settings(books.with_name("none.toml"), data_dir, str(books), encoder="none", device="cpu")
    command = watching.Watched("", settings)._command()
    assert command[command.index("reindex") :] == [
        *("reindex", "--ledger", str(books)),
        *("--encoder", "none", "--device", "cpu"),
    ]
