"""Any sequence of edits, with reindexing now and then: each time it comes to what an index made anew holds."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledgerqa.corpus import building, open_index, reindex
from ledgerqa.corpus.embedding import embed, pending
from ledgerqa.corpus.freshness import freshness
from tests.corpus.hashing import HashingEncoder
from tests.corpus.test_reindexing import MAIN, YEAR, assert_as_anew

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
