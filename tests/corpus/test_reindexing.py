"""Reindexing after edits of every kind: what it reports, and that it comes to what an index made anew holds."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledgerqa.corpus import attic, build, building, open_index, reindex
from ledgerqa.corpus.embedding import embed, pending
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


# ---------------------------------------------------------------------------------------- any sequence of edits

ENTRY = '{date} * "{payee}" "{narration}"{tag}\n{meta}  Expenses:{account}   {amount} EUR{comment}\n  Assets:Bank\n'
FILES_EDITED = ("years/2024.beancount", "years/2025.beancount", "extra.beancount")
entries = st.builds(
    lambda day, payee, narration, tag, meta, account, amount, comment: ENTRY.format(
        date=f"2024-0{1 + day // 28}-{1 + day % 28:02d}", payee=payee, narration=narration, tag=tag, meta=meta,
        account=account, amount=f"{amount}.50", comment=comment,
    ),
    st.integers(0, 100),
    st.sampled_from(["Baker", "Landlord", "Bäckerei", "市場"]),
    st.sampled_from(["rye bread", "rent", "Brot", "", "trip to the sea"]),
    st.sampled_from(["", " #trip", " ^inv-1"]),
    st.sampled_from(["", '  ref: "A-1"\n', "  paid: TRUE\n"]),
    st.sampled_from(["Food", "Rent", "Nowhere"]),
    st.integers(1, 3),
    st.sampled_from(["", "  ; well spent"]),
)  # fmt: skip
OTHERS = (
    "2024-05-01 balance Assets:Bank  0 EUR\n",
    "2024-01-01 pad Assets:Bank Equity:Opening\n",
    '2024-02-01 note Assets:Bank "a note"\n',
    "2024-06-30 price FUND 52.00 EUR\n",
    '2024-02-15 * "Broker" "sale"\n  Assets:Broker  -1 FUND {}\n  Assets:Bank   50 EUR\n',
    '2024-02-16 * "Baker" "half',
    "pushtag #sea\n",
    "; only a comment\n",
    '2024-02-17 event "place" "sea"\n',
)
HEADS = (
    'option "operating_currency" "USD"\n',
    'option "booking_method" "FIFO"\n',
    'plugin "beancount.plugins.implicit_prices"\n',
    'plugin "beancount.plugins.auto_accounts"\n',
    'option "documents" "papers"\n',
    'option "inferred_tolerance_default" "EUR:0.5"\n',
)


class AnyEdits(RuleBasedStateMachine):
    """Edits of a ledger of several files, with reindexing now and then: each time as an index made anew."""

    least_resumed = building.LEAST_RESUMED

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.main = self.folder / "main.beancount"
        self.data_dir = self.folder / "data"
        self.encoder = HashingEncoder(dimension=8)
        self.dirty = True
        self.steps = 0

    def teardown(self) -> None:
        self.reindex()
        shutil.rmtree(self.folder)

    def blocks(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text().split("\n\n") if path.exists() else []

    def write(self, name: str, blocks: list[str]) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        aside = path.with_suffix(".aside")
        aside.write_text("\n\n".join(blocks))
        aside.replace(path)  # as editors do
        self.dirty = True

    @initialize()
    def begin(self) -> None:
        self.write("main.beancount", [MAIN.replace('include "prices.beancount"\n', 'include "extra.beancount"\n')])
        self.write("years/2024.beancount", YEAR.split("\n\n"))
        self.write("years/2025.beancount", ["; the next year\n"])
        self.write("extra.beancount", ["; more\n"])

    @rule(name=st.sampled_from(FILES_EDITED), entry=entries, place=st.integers(0, 20))
    def insert(self, name: str, entry: str, place: int) -> None:
        blocks = self.blocks(name)
        blocks.insert(min(place, len(blocks)), entry)
        self.write(name, blocks)

    @rule(name=st.sampled_from(FILES_EDITED), other=st.sampled_from(OTHERS), place=st.integers(0, 20))
    def insert_other(self, name: str, other: str, place: int) -> None:
        self.insert(name, other, place)

    @rule(name=st.sampled_from(FILES_EDITED), place=st.integers(0, 20), copies=st.sampled_from([0, 2]))
    def remove_or_repeat(self, name: str, place: int, copies: int) -> None:
        if blocks := self.blocks(name):
            block = blocks.pop(place % len(blocks))
            self.write(name, [*blocks, *[block] * copies])

    @rule(name=st.sampled_from(FILES_EDITED), to=st.sampled_from(FILES_EDITED), place=st.integers(0, 20))
    def move(self, name: str, to: str, place: int) -> None:
        if name != to and (blocks := self.blocks(name)):
            block = blocks.pop(place % len(blocks))
            self.write(name, blocks)
            self.write(to, [block, *self.blocks(to)])

    @rule(
        old_new=st.sampled_from(
            [("3.20", "3.30"), ("Baker", "Bakery"), ("Bakery", "Baker"), ("; in advance", "; late"), ("EUR", "EUR ")]
        ),
        name=st.sampled_from(FILES_EDITED),
        count=st.sampled_from([1, -1]),
    )
    def edit(self, old_new: tuple[str, str], name: str, count: int) -> None:
        if self.blocks(name):
            self.write(name, ["\n\n".join(self.blocks(name)).replace(*old_new, count)])

    @rule(old_new=st.sampled_from([("Expenses:Food", "Expenses:Eating"), ("Expenses:Eating", "Expenses:Food")]))
    def rename(self, old_new: tuple[str, str]) -> None:
        for name in ("main.beancount", *FILES_EDITED):
            if self.blocks(name):
                self.write(name, ["\n\n".join(self.blocks(name)).replace(*old_new)])

    @rule(head=st.sampled_from(HEADS))
    def toggle(self, head: str) -> None:
        text = (self.folder / "main.beancount").read_text()
        self.write("main.beancount", [text.replace(head, "") if head in text else head + text])

    @rule(name=st.sampled_from(FILES_EDITED))
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.dirty = True

    @rule(there=st.sampled_from(["there", "gone"]))
    def document(self, there: str) -> None:
        paper = self.folder / "papers" / "Assets" / "Bank" / "2024-02-01.slip.txt"
        paper.parent.mkdir(parents=True, exist_ok=True)
        if there == "there":
            paper.write_text("")
        else:
            paper.unlink(missing_ok=True)

    @invariant()
    def now_and_then(self) -> None:
        self.steps += 1
        if self.steps % 2 and self.dirty and self.main.exists():
            self.reindex()

    def reindex(self) -> None:
        before = self.rows()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(building, "LEAST_RESUMED", self.least_resumed)
            done = reindex(self.main, self.data_dir)
        d = done.differences
        after = self.rows()
        assert d.stayed + d.changed + d.moved + d.removed == len(before)
        assert d.stayed + d.changed + d.moved + d.added == len(after)
        assert d.stayed == len(before & after)
        assert_as_anew(self.main, self.data_dir)
        self.encoder.asked.clear()
        embed(self.main, self.data_dir, self.encoder)
        with open_index(self.main, self.data_dir) as index:
            assert pending(index, self.encoder.sha256) == 0
        assert not reindex(self.main, self.data_dir).loaded
        self.dirty = False

    def rows(self) -> set[tuple[Any, ...]]:
        if freshness(self.main, self.data_dir).manifest is None:
            return set()
        with open_index(self.main, self.data_dir) as index:
            return set(index.query("SELECT slice_hash, file, line FROM entries"))


class AnyEditsResumed(AnyEdits):
    """The same where each reindex tries to load only what an edit can have changed; without edits that never can."""

    least_resumed = 0
    toggle = document = delete = None  # type: ignore[assignment]


TestAnyEdits = pytest.mark.slow(AnyEdits.TestCase)
TestAnyEditsResumed = pytest.mark.slow(AnyEditsResumed.TestCase)
TestAnyEdits.settings = TestAnyEditsResumed.settings = settings(
    max_examples=int(os.environ.get("LEDGERQA_EDIT_RUNS", "4")), stateful_step_count=10
)
