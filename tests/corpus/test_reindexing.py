"""Reindexing after edits of every kind: what it reports, and that it comes to what an index made anew holds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import attic, build, open_index, reindex
from ledgerqa.corpus.embedding import embed
from ledgerqa.corpus.freshness import freshness
from ledgerqa.corpus.schema import TABLES
from ledgerqa.errors import LedgerBrokenError
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.corpus import Index
    from ledgerqa.corpus.reindexing import Reindexed
    from tests.conftest import MakeLedger

MAIN = """\
option "title" "Two of us"
option "operating_currency" "EUR"
include "prices.beancount"
include "years/*.beancount"
2024-01-01 open Assets:Bank  EUR
2024-01-01 open Assets:Broker
2024-01-01 open Expenses:Food
2024-01-01 open Expenses:Rent
2024-01-01 open Equity:Opening
"""
YEAR = """\
2024-02-01 * "Baker" "rye bread"
  Expenses:Food   3.20 EUR
  Assets:Bank

2024-02-02 * "Baker" "rye bread"
  Expenses:Food   3.20 EUR
  Assets:Bank

2024-02-02 * "Baker" "rye bread"
  Expenses:Food   3.20 EUR
  Assets:Bank

2024-03-01 * "Landlord" "rent"
  Expenses:Rent   800 EUR  ; in advance
  Assets:Bank

2024-03-05 * "Broker" "shares"
  Assets:Broker   2 FUND {50.00 EUR}
  Assets:Bank
"""
PRICES = "2024-03-31 price FUND 51.00 EUR\n"
FILES = {"prices.beancount": PRICES, "years/2024.beancount": YEAR}

Told = tuple[int, int, int, int]


def told(done: Reindexed) -> Told:
    """Added, changed, moved, removed."""
    d = done.differences
    return d.added, d.changed, d.moved, d.removed


def tables(index: Index) -> dict[str, list[tuple[Any, ...]]]:
    """All tables, their rows in an order of their own, without when and how they were loaded."""
    found = {name: sorted(index.query(f"SELECT * FROM {name}"), key=repr) for name in TABLES}
    found["ledger"] = [row for row in found["ledger"] if row[0] not in {"loaded_at", "resumed"}]
    return found


def assert_as_anew(ledger: Path, data_dir: Path) -> None:
    """The index in force answers as one that is made anew, word searches included."""
    with tempfile.TemporaryDirectory() as folder:
        build(ledger, Path(folder))
        with open_index(ledger, Path(folder)) as anew, open_index(ledger, data_dir) as index:
            assert not index.info.stale
            assert tables(index) == tables(anew)
            for words in ("rye bread", "baker food", "rent", "fund", "trip"):
                assert index.rank(words, 5) == anew.rank(words, 5)


@pytest.fixture
def ledger(make_ledger: MakeLedger, data_dir: Path) -> Path:
    main = make_ledger(MAIN, FILES)
    reindex(main, data_dir)
    return main


def year(ledger: Path) -> Path:
    return ledger.parent / "years" / "2024.beancount"


def rewrite(path: Path, old: str, new: str, count: int = -1) -> int:
    text = path.read_text()
    assert old in text
    return path.write_text(text.replace(old, new, count))


EDITS: dict[str, tuple[Callable[[Path], object], Told]] = {
    "appended": (lambda m: year(m).write_text(YEAR + '\n2024-04-01 note Assets:Bank "new card"\n'), (1, 0, 0, 0)),
    "inserted above all": (lambda m: year(m).write_text("; begin\n" + YEAR), (0, 0, 5, 0)),
    "removed": (lambda m: rewrite(year(m), YEAR[YEAR.index("2024-03-01") : YEAR.index("2024-03-05")], ""), (0, 0, 1, 1)),
    "amount": (lambda m: rewrite(year(m), "800 EUR", "810 EUR"), (0, 1, 0, 0)),
    "metadata alone": (lambda m: rewrite(year(m), '"rent"\n', '"rent"\n  contract: "A-1"\n'), (0, 1, 1, 0)),
    "comment alone": (lambda m: rewrite(year(m), "; in advance", "; in arrears"), (0, 1, 0, 0)),
    "comment between": (lambda m: rewrite(year(m), "\n\n2024-03-05", "\n\n; a purchase\n2024-03-05"), (0, 0, 1, 0)),
    "a third twin": (lambda m: year(m).write_text(YEAR[: YEAR.index("\n\n2024-02-02") + 2] + YEAR), (1, 0, 3, 0)),
    "a twin fewer": (lambda m: year(m).write_text(YEAR[YEAR.index("2024-02-02") :].partition("\n\n")[2]), (0, 0, 3, 2)),
    "a twin edited": (lambda m: rewrite(year(m), "rye bread", "white bread", 1), (0, 1, 0, 0)),
    "prices": (lambda m: (m.parent / "prices.beancount").write_text(PRICES + PRICES.replace("03-31", "04-30")), (1, 0, 0, 0)),
    "include added": (lambda m: (m.parent / "years" / "2025.beancount").write_text(YEAR.replace("2024", "2025")), (5, 0, 0, 0)),
    "include renamed": (lambda m: year(m).rename(year(m).with_name("old.beancount")), (0, 0, 5, 0)),
    "include emptied": (lambda m: year(m).write_text("\n"), (0, 0, 0, 5)),
    "include taken out": (lambda m: rewrite(m, 'include "prices.beancount"\n', ""), (0, 0, 5, 1)),
    "account renamed": (lambda m: [rewrite(p, "Expenses:Food", "Expenses:Eating") for p in (m, year(m))], (0, 4, 0, 0)),
    "moved between files": (
        lambda m: (rewrite(year(m), YEAR[YEAR.index("2024-03-05") :], ""), m.write_text(MAIN + YEAR[YEAR.index("2024-03-05") :])),
        (0, 0, 1, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_edits_are_reported_and_taken_in(ledger: Path, data_dir: Path, edit: str) -> None:
    change, expected = EDITS[edit]
    change(ledger)
    done = reindex(ledger, data_dir)
    assert done.loaded
    assert told(done) == expected
    assert not done.differences.options
    assert_as_anew(ledger, data_dir)
    assert not reindex(ledger, data_dir).loaded


@pytest.mark.parametrize(
    "change",
    [
        lambda m: rewrite(m, '"operating_currency" "EUR"', '"operating_currency" "USD"'),
        lambda m: rewrite(m, 'option "title"', 'option "name_expenses" "Kosten"\noption "title"'),
        lambda m: rewrite(m, 'option "title"', 'plugin "beancount.plugins.implicit_prices"\noption "title"'),
        lambda m: rewrite(m, 'option "title"', 'plugin "nowhere.to_be_found"\noption "title"'),
    ],
)
def test_options_and_plugins_are_told(ledger: Path, data_dir: Path, change: Callable[[Path], object]) -> None:
    change(ledger)
    done = reindex(ledger, data_dir)
    assert done.differences.options
    assert "options or plugins changed" in str(done.differences)
    assert_as_anew(ledger, data_dir)


def test_the_report_reads_well(ledger: Path, data_dir: Path) -> None:
    year(ledger).write_text("; all moves\n" + YEAR.replace("800", "900") + '\n2024-04-01 note Assets:Bank "new card"\n')
    assert str(reindex(ledger, data_dir).differences) == "+1 ~1 →4 entries"
    assert str(reindex(ledger, data_dir, anew=True).differences) == "no entry changed"


# ------------------------------------------------------------------------------------------- nothing has changed


def test_touched_files_are_read_once(ledger: Path, data_dir: Path) -> None:
    old = dt.datetime(2024, 5, 1, tzinfo=dt.UTC).timestamp()
    for path in (ledger, year(ledger)):
        os.utime(path, (old, old))
    assert not reindex(ledger, data_dir).loaded
    with open_index(ledger, data_dir) as index:
        assert not index.is_stale()


@pytest.mark.parametrize("name", ["main.beancount", "years/2024.beancount", "prices.beancount"])
def test_a_file_rewritten_with_the_same_size_and_time_is_noticed(ledger: Path, data_dir: Path, name: str) -> None:
    path = ledger.parent / name
    before = path.stat()
    path.write_text(path.read_text().replace("2024-0", "2023-0"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert freshness(ledger, data_dir).why == f"{path} has changed"
    assert reindex(ledger, data_dir).loaded
    assert_as_anew(ledger, data_dir)


def test_a_file_that_changes_while_it_is_loaded_is_loaded_again(
    ledger: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledgerqa.beans import loading

    load = loading._call_loader

    def load_and_write(main: Path) -> Any:
        loaded = load(main)
        rewrite(year(ledger), "800 EUR", "801 EUR")
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(loading, "_call_loader", load_and_write)
        build(ledger, data_dir)
    assert freshness(ledger, data_dir).state == "stale"
    assert reindex(ledger, data_dir).loaded
    assert_as_anew(ledger, data_dir)


def test_documents_folders_and_missing_documents_are_watched(make_ledger: MakeLedger, data_dir: Path) -> None:
    main = make_ledger(
        'option "documents" "papers"\n2024-01-01 open Assets:Bank\n2024-01-02 document Assets:Bank "slip.txt"\n'
    )
    papers = main.parent / "papers" / "Assets" / "Bank"
    reindex(main, data_dir)
    assert not reindex(main, data_dir).loaded
    for change, added, why in (
        (lambda: papers.mkdir(parents=True), 0, ""),
        (lambda: (papers / "readme.txt").write_text("none"), 0, ""),
        (lambda: (papers / "2024-02-01.statement.txt").write_text("one"), 1, "the documents in"),
        (lambda: (papers / "2024-02-01.statement.txt").write_text("other"), 0, ""),
        (lambda: (main.parent / "slip.txt").write_text("here"), 0, "slip.txt is there now"),
        ((main.parent / "slip.txt").unlink, 0, "slip.txt is gone"),
    ):
        change()
        done = reindex(main, data_dir)
        assert why in done.why if why else not done.loaded or "papers" in done.why
        assert done.differences.added == added
        assert_as_anew(main, data_dir)


PLUGIN = """
from beancount.core import data
__plugins__ = ("mark",)

def mark(entries, options):
    note = data.Note({{"filename": "<marks>", "lineno": 1}}, entries[0].date, "Assets:Bank", "{comment}", None, None)
    return [*entries, note], []
"""


def comments(index_of: Path, data_dir: Path) -> list[str]:
    with open_index(index_of, data_dir) as index:
        return [comment for (comment,) in index.query("SELECT comment FROM notes ORDER BY comment")]


def test_a_plugin_beside_the_ledger_is_read_anew_in_the_same_process(make_ledger: MakeLedger, data_dir: Path) -> None:
    main = make_ledger('option "insert_pythonpath" "True"\nplugin "marks"\n2024-01-01 open Assets:Bank\n')
    reindex(main, data_dir)
    assert comments(main, data_dir) == []
    assert not reindex(main, data_dir).loaded
    for comment in ("first", "later"):
        (main.parent / "marks.py").write_text(PLUGIN.format(comment=comment))
        assert reindex(main, data_dir).loaded
        assert comments(main, data_dir) == [comment]
        assert not reindex(main, data_dir).loaded
    assert "marks" not in sys.modules
    assert not list(main.parent.rglob("*.pyc")), "nothing is written beside a ledger"


def test_what_a_plugin_imports_beside_the_ledger_counts_as_its_code(make_ledger: MakeLedger, data_dir: Path) -> None:
    text = 'option "insert_pythonpath" "True"\nplugin "own.marks"\n2024-01-01 open Assets:Bank\n'
    package = {
        "own/__init__.py": "",
        "own/marks.py": PLUGIN.format(comment="{words.WORD}")
        .replace('"{words.WORD}"', "words.WORD")
        .replace("from beancount", "from own import words\nfrom beancount"),
        "own/words.py": 'WORD = "first"\n',
    }
    main = make_ledger(text, package)
    reindex(main, data_dir)
    (main.parent / "own" / "words.py").write_text('WORD = "later"\n')
    assert reindex(main, data_dir).why == f"{main.parent / 'own' / 'words.py'} has changed"
    assert comments(main, data_dir) == ["later"]


def test_plugins_that_are_not_beancounts_hold_for_a_day(
    make_ledger: MakeLedger, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledgerqa.beans import inputs

    ours = make_ledger('plugin "beancount.plugins.implicit_prices"\n2024-01-01 open Assets:Bank\n')
    reindex(ours, data_dir)
    foreign = ours.with_name("foreign.beancount")
    foreign.write_text('option "insert_pythonpath" "True"\nplugin "marks"\n2024-01-01 open Assets:Bank\n')
    (ours.parent / "marks.py").write_text(PLUGIN.format(comment="now"))
    reindex(foreign, data_dir)
    monkeypatch.setattr(inputs, "today", lambda: "2100-01-01")
    assert freshness(ours, data_dir).state == "fresh"
    assert freshness(foreign, data_dir).why == "it has plugins that may depend on the day"


def test_another_version_of_a_program_loads_anew(ledger: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ledgerqa.beans import inputs

    monkeypatch.setattr(inputs, "__version__", "99")
    assert "it was loaded by" in freshness(ledger, data_dir).why
    reindex(ledger, data_dir)
    assert freshness(ledger, data_dir).state == "fresh"


# ------------------------------------------------------------------------------------------------------ vectors


def test_only_new_texts_are_embedded_and_another_encoder_embeds_all(ledger: Path, data_dir: Path) -> None:
    encoder = HashingEncoder()
    everything = embed(ledger, data_dir, encoder)
    assert everything > 5
    rewrite(year(ledger), "800 EUR", "900 EUR")  # no text has an amount
    reindex(ledger, data_dir)
    assert embed(ledger, data_dir, encoder) == 0
    rewrite(year(ledger), '"Landlord" "rent"', '"Landlord" "rent and heating"')
    reindex(ledger, data_dir)
    encoder.asked.clear()
    embed(ledger, data_dir, encoder)
    assert sorted(encoder.asked) == ["Landlord | rent and heating | Rent | Bank | in advance", "rent and heating"]
    assert embed(ledger, data_dir, HashingEncoder("another")) == everything


def test_texts_that_come_again_are_not_embedded_again(
    ledger: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = HashingEncoder()
    embed(ledger, data_dir, encoder)
    aside = ledger.parent / "2024.txt"
    year(ledger).rename(aside)
    for number in range(3):  # through generations that know nothing of them
        ledger.write_text(MAIN + f'2024-01-05 * "Shop {number}" "{"abc"[number]}"\n')
        reindex(ledger, data_dir)
        embed(ledger, data_dir, encoder)
    encoder.asked.clear()
    aside.rename(year(ledger))
    reindex(ledger, data_dir)
    assert embed(ledger, data_dir, encoder) == 0
    assert encoder.asked == []
    with open_index(ledger, data_dir) as index:
        vectors = index.vectors("texts", encoder.sha256)
        assert vectors is not None
        query = encoder.encode(["Landlord | rent | Rent | Bank | in advance"])[0]
        (best,) = vectors.search(query, 1)
        assert best.score == pytest.approx(1, abs=1e-5)
        assert index.query("SELECT payee FROM entries WHERE text_id = ?", [best.text_id]) == [("Landlord",)]
    monkeypatch.setattr(attic, "LEAST", 2)
    monkeypatch.setattr(attic, "SHARE", 0.0)
    year(ledger).rename(aside)
    reindex(ledger, data_dir)
    aside.rename(year(ledger))
    reindex(ledger, data_dir)
    assert embed(ledger, data_dir, encoder) > 0, "no more are kept than are worth it"


def test_a_half_typed_ledger_keeps_the_sound_generation(ledger: Path, data_dir: Path) -> None:
    year(ledger).write_text(YEAR + '\n2024-04-01 * "Baker" "half a lo')
    with pytest.raises(LedgerBrokenError, match=r"2024.beancount:\d+: "):
        reindex(ledger, data_dir, keep_sound=True)
    with open_index(ledger, data_dir) as index:
        assert (index.info.generation, index.info.stale) == (1, True)
    assert reindex(ledger, data_dir).info.ledger_errors > 0
    year(ledger).write_text(YEAR + "\n; no worse\n" + '\n2024-04-01 * "Baker" "half a lo')
    assert reindex(ledger, data_dir, keep_sound=True).loaded


def test_asking_whether_it_is_fresh_needs_neither_beancount_nor_duckdb_tables(ledger: Path, data_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ledgerqa.corpus import reindex\n"
        "print(reindex(Path(sys.argv[1]), Path(sys.argv[2])).loaded, 'beancount' in sys.modules, 'numpy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(ledger), str(data_dir)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["False"] * 3
