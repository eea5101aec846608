from __future__ import annotations

import decimal
import os
import pickle
import sys
from typing import TYPE_CHECKING

import pytest

from ledgerqa.beans import load
from ledgerqa.errors import (
    LedgerCrashError,
    LedgerEmptyError,
    LedgerIsFolderError,
    LedgerMissingError,
    LedgerNotTextError,
    LedgerUnreadableError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeLedger


def test_what_is_no_ledger_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError):
        load(tmp_path / "none.beancount")
    with pytest.raises(LedgerIsFolderError):
        load(tmp_path)
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0")
    with pytest.raises(LedgerMissingError):
        load(tmp_path / "binary" / "below-a-file")
    with pytest.raises(LedgerNotTextError):
        load(tmp_path / "binary")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(LedgerEmptyError, match="it is empty"):
        load(tmp_path / "empty")
    (tmp_path / "prose").write_text("once upon a time\n  there was a line\n")
    with pytest.raises(LedgerEmptyError, match="Beancount reported"):
        load(tmp_path / "prose")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_refused(make_ledger: MakeLedger) -> None:
    path = make_ledger("2024-01-01 open Assets:A\n")
    path.chmod(0)
    with pytest.raises(LedgerUnreadableError):
        load(path)


def test_an_include_that_is_a_folder_is_refused(make_ledger: MakeLedger, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(LedgerUnreadableError, match="sub: cannot be read"):
        load(make_ledger('include "sub"\n2024-01-01 open Assets:A\n'))


def test_a_plugin_that_leaves_is_a_crash_with_its_name(make_ledger: MakeLedger) -> None:
    plugin = "import sys\n__plugins__ = ['leave']\ndef leave(entries, options):\n    sys.exit(3)\n"
    path = make_ledger(
        'option "insert_pythonpath" "TRUE"\nplugin "leaves_the_process"\n2024-01-01 open Assets:A\n',
        {"leaves_the_process.py": plugin},
    )
    with pytest.raises(LedgerCrashError, match=r"SystemExit: 3\) in the Python module leaves_the_process"):
        load(path)


def test_the_snippets_known_to_crash_the_loader_are_placed(shared_ledgers: Path) -> None:
    for name, line in (("incomplete_price", 6), ("incomplete_units", 17)):
        path = shared_ledgers / "parser_docs" / f"booking_full_test.TestInterpolateCurrencyGroup.test_{name}.beancount"
        with pytest.raises(LedgerCrashError, match=f"near .*{name}.beancount:{line}"):
            load(path)


def test_faults_are_collected_and_the_rest_loads(make_ledger: MakeLedger) -> None:
    """
    plugin "no.such.plugin"
    include "missing.beancount"
    include "main.beancount"
    2024-01-01 open Assets:A
    2024-01-02 nonsense
    2024-01-03 balance Assets:A 1 USD
    2024-01-04 note Assets:B "not opened"
    """
    path = make_ledger()
    book = load(path)
    faults = {fault.message.split(" ", 1)[0]: fault for fault in book.faults}
    assert len(book.directives) == 3
    assert len(book.faults) == 6
    assert faults["Error"].message.endswith("ModuleNotFoundError: No module named 'no'")
    assert "Traceback" not in faults["Error"].message
    assert faults["Duplicate"].file == ""
    assert (faults["Balance"].file, faults["Balance"].line) == (str(path), 7)
    assert faults["Invalid"].kind == "ValidationError"
    rows = next(batch.rows for batch in book.batches() if batch.table == "ledger_errors")
    named = {message.split(" ", 1)[0]: (file, line, entry) for _, _, message, file, line, entry in rows}
    assert named["Balance"] == ("main.beancount", 7, 1)
    assert named["Invalid"] == ("main.beancount", 8, 2)
    assert named["Duplicate"] == ("", 0, None)


def test_bytes_that_are_not_utf8_are_a_fault_on_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.beancount"
    path.write_bytes(b'2024-01-01 open Assets:A\n2024-01-02 note Assets:A "caf\xe9"\n2024-01-03 note Assets:A "tea"\n')
    book = load(path)
    assert [fault.line for fault in book.faults if "not UTF-8" in fault.message] == [2]
    assert [entry.date.day for entry in book.directives] == [1, 3]


def test_the_pickle_cache_is_neither_read_nor_written_nor_deleted(
    make_ledger: MakeLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from beancount import loader

    path = make_ledger("2024-01-01 open Assets:A\n")
    cache = tmp_path / ".main.beancount.picklecache"
    options = {"include": [str(path)], "input_hash": loader.compute_input_hash([str(path)])}
    cache.write_bytes(pickle.dumps(([], ["from the cache"], options)))
    before = cache.read_bytes()
    monkeypatch.setattr(loader, "PICKLE_CACHE_THRESHOLD", 0.0)
    loader.initialize(use_cache=True)
    try:
        assert not load(path).faults
        assert len(load(path).directives) == 1
        assert cache.read_bytes() == before
        cache.unlink()
        load(path)
        assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == ["main.beancount"]
    finally:
        monkeypatch.undo()
        loader.initialize(use_cache=os.getenv("BEANCOUNT_DISABLE_LOAD_CACHE") is None)


def test_what_a_plugin_does_to_the_process_stays_inside(
    make_ledger: MakeLedger, capfd: pytest.CaptureFixture[str]
) -> None:
    plugin = """
        import decimal
        import os
        import warnings

        from beancount.core.data import Note

        __plugins__ = ["chat"]

        def chat(entries, options):
            print("hello from the plugin")
            os.system("echo hello from its child")
            warnings.warn("a warning")
            decimal.getcontext().prec = 3
            return [*entries, Note({"lineno": 9}, entries[0].date, "Assets:A", "without a place", None, None)], ["no error type"]
    """
    path = make_ledger(
        'option "insert_pythonpath" "TRUE"\nplugin "chatty_plugin"\n2024-01-01 open Assets:A\n',
        {"chatty_plugin.py": plugin},
    )
    book = load(path)
    sys.stdout.write("the answer\n")
    assert capfd.readouterr().out == "the answer\n"
    assert decimal.getcontext().prec == 28
    assert [fault.message for fault in book.faults if fault.kind == "str"] == ["no error type"]
    notes = [batch.rows for batch in book.batches() if batch.table == "notes"]
    assert notes[0][0][3] == "without a place"
