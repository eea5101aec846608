"""Vectors of a generation: made where they are lacking, taken over where a text stays, never lost to a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.corpus import build, embedding, open_index
from ledgerqa.corpus.embedding import account_as_words, as_words, embed, pending, spoken
from ledgerqa.corpus.generations import index_folder, locked
from ledgerqa.corpus.vectors import MATRIX
from ledgerqa.errors import IndexBusyError
from tests.corpus.hashing import HashingEncoder, installed_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from ledgerqa.corpus import Index
    from ledgerqa.corpus.embedding import Kind
    from tests.conftest import MakeLedger

LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Pets:Food
2024-01-01 open Expenses:Food
2024-01-01 open Income:MemberDues
2024-01-02 * "Molar" "filling"
  Expenses:Food   1 EUR
  Assets:Bank
2024-01-03 * "Food" "Food"
  Expenses:Pets:Food   2 EUR
  Assets:Bank
"""
MORE = """
2024-02-01 * "Baker" "rye bread"
  Expenses:Food   3 EUR
  Assets:Bank
"""


def texts_by_vector(index: Index, encoder: HashingEncoder, kind: Kind) -> dict[str, npt.NDArray[np.float32]]:
    """Each text with the vector that stands under its number."""
    vectors = index.vectors(kind, encoder.sha256)
    if vectors is None:
        return {}
    texts = dict(embedding._rows(index, kind))
    return {
        texts[number]: vectors.matrix[row] for number, row in zip(vectors.text_ids.tolist(), vectors.rows, strict=True)
    }


def assert_whole(ledger: Path, data_dir: Path, encoder: HashingEncoder) -> None:
    """Every text and name has its own vector, and nothing else has one."""
    with open_index(ledger, data_dir) as index:
        assert pending(index, encoder.sha256) == 0
        for kind in embedding.KINDS:
            rows = embedding._rows(index, kind)
            vectors = index.vectors(kind, encoder.sha256)
            assert vectors is not None
            assert sorted(vectors.text_ids.tolist()) == sorted(number for number, _ in rows)
            for text, vector in texts_by_vector(index, encoder, kind).items():
                np.testing.assert_array_equal(vector, HashingEncoder(encoder.name).encode([text])[0])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MemberDues", "Member Dues"),
        ("USBank", "US Bank"),
        ("Öffi", "Öffi"),
        ("Credit-Card_Fees", "Credit Card Fees"),
        ("Dr. Molar", "Dr. Molar"),
        ("食費", "食費"),
    ],
)
def test_names_are_embedded_as_words(name: str, words: str) -> None:
    assert as_words(name) == words


@pytest.mark.parametrize(
    ("account", "words"),
    [("Expenses:Food", "Food"), ("Expenses:Pets:Food", "Pets Food"), ("Income:US:Club:MemberDues", "Club Member Dues")],
)
def test_accounts_are_embedded_by_two_levels(account: str, words: str) -> None:
    assert account_as_words(account) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("POS PURCHASE #10023 LYON FR | Restaurant", "POS PURCHASE LYON FR | Restaurant"),
        ("ALBA MARKT 1173", "ALBA MARKT"),
        ("laptop, 14 inch", "laptop, 14 inch"),
        ("income tax 2024, refund", "income tax 2024, refund"),
        ("200 GB storage", "200 GB storage"),
        ("glasses | https://receipts.example/kz/20231120", "glasses | https://receipts.example/kz/20231120"),
        ("CARD 20231120 CAFE", "CARD CAFE"),
        ("12345", "12345"),
        ("NL91 0417 1643 00", "NL91 00"),
        ("10023 - 4711", "10023 - 4711"),
    ],
)
def test_texts_are_embedded_without_reference_numbers(text: str, words: str) -> None:
    assert spoken(text) == words


def test_what_banks_write_is_embedded_once(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = (
        make_ledger(LEDGER + MORE.replace("rye bread", "REF 1234") + MORE.replace("rye bread", "REF 5678")),
        HashingEncoder(),
    )
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    assert_whole(ledger, data_dir, encoder)
    assert encoder.asked.count("Baker | REF | Food | Bank") == encoder.asked.count("REF") == 1
    with open_index(ledger, data_dir) as index:
        vectors = index.vectors("texts", encoder.sha256)
        assert vectors is not None
        assert (len(vectors), len(vectors.matrix)) == (4, 3)
    build(ledger, data_dir)
    assert embed(ledger, data_dir, encoder) == 0
    assert_whole(ledger, data_dir, encoder)


def test_everything_is_embedded_once(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert index.vectors("texts", encoder.sha256) is None
        total = pending(index, encoder.sha256)
    told: list[tuple[str, int, int]] = []
    made = embed(ledger, data_dir, encoder, lambda *now: told.append(now))
    assert_whole(ledger, data_dir, encoder)
    assert len(encoder.asked) == made < total  # "Food" is an account, a payee and a narration
    assert encoder.asked.count("Food") == 1
    assert {stage for stage, _, _ in told} == {"embedding names", "embedding texts"}
    assert all(done <= of for _, done, of in told)
    assert embed(ledger, data_dir, encoder) == 0


def test_the_newest_entries_come_first(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER + MORE)
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert [text.split(" | ")[0] for _, text in embedding._rows(index, "texts")] == ["Baker", "Food", "Molar"]


def test_a_new_generation_takes_over_what_stays(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    encoder.asked.clear()
    make_ledger(MORE + LEDGER.replace('"Molar" "filling"', '"Molar" "crown"').replace("Income:Member", "Income:Club"))
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert 0 < pending(index, encoder.sha256) < 12
        assert "Food | Food | Bank" not in texts_by_vector(index, encoder, "texts")  # gone, with nothing in its place
    embed(ledger, data_dir, encoder)
    assert_whole(ledger, data_dir, encoder)
    assert {"Baker", "rye bread", "crown", "Club Dues"} <= set(encoder.asked)
    assert not {"Molar", "Food", "Bank"} & set(encoder.asked)


def test_a_name_that_is_now_of_another_kind_keeps_its_vector(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    encoder.asked.clear()
    make_ledger(LEDGER.replace('"Food" "Food"', '"filling" "Molar"'))
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    assert_whole(ledger, data_dir, encoder)
    assert encoder.asked == ["filling | Molar | Food | Bank"]


def test_two_encoders_stand_side_by_side(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, first, second = make_ledger(LEDGER), HashingEncoder("first"), HashingEncoder("second")
    build(ledger, data_dir)
    embed(ledger, data_dir, first)
    embed(ledger, data_dir, second)
    build(ledger, data_dir)
    for encoder in (first, second):
        assert_whole(ledger, data_dir, encoder)


def test_a_ledger_without_texts_needs_no_vectors(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2024-01-01 commodity EUR
    """
    ledger, encoder = make_ledger(), HashingEncoder()
    build(ledger, data_dir)
    assert embed(ledger, data_dir, encoder) == 0
    with open_index(ledger, data_dir) as index:
        assert pending(index, encoder.sha256) == 0


def test_damaged_vectors_are_made_anew(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    with open_index(ledger, data_dir) as index:
        (matrix,) = index.folder.glob(f"texts-*/{MATRIX}")
        matrix.write_bytes(matrix.read_bytes()[:-4] + b"ouch")
        assert pending(index, encoder.sha256) == 2
    build(ledger, data_dir)  # neither does a new generation take them over
    assert embed(ledger, data_dir, encoder) == 2
    assert_whole(ledger, data_dir, encoder)


def test_an_open_index_sees_what_is_added(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    with open_index(ledger, data_dir) as index:
        assert index.vectors("texts", encoder.sha256) is None
        embed(ledger, data_dir, encoder)
        opened = index.vectors("texts", encoder.sha256)
        assert opened is not None
        assert index.vectors("texts", encoder.sha256) is opened


# -------------------------------------------------------------------------------------------- beside one another


def test_a_ledger_may_change_while_it_is_embedded(
    make_ledger: MakeLedger, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    monkeypatch.setattr(embedding, "KEPT_FROM", 1)
    monkeypatch.setattr(embedding, "KEPT_SHARE", 0.0)

    class Interrupted(HashingEncoder):
        def encode(
            self, texts: Sequence[str], progress: Callable[[str, int, int], None] | None = None
        ) -> npt.NDArray[np.float32]:
            if len(self.asked) == 3:
                make_ledger(LEDGER + MORE)
                build(ledger, data_dir)
            return super().encode(texts, progress)

    encoder = Interrupted()
    embed(ledger, data_dir, encoder)
    assert_whole(ledger, data_dir, encoder)
    assert len(encoder.asked) == len(set(encoder.asked))  # and nothing was made twice


def test_one_process_embeds_at_a_time(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER)
    build(ledger, data_dir)
    with locked(index_folder(ledger, data_dir), ledger, name="EMBEDDING"), pytest.raises(IndexBusyError):
        embed(ledger, data_dir, HashingEncoder())


KILLED = """
    import sys, time
    from pathlib import Path
    from ledgerqa.corpus import embedding
    from tests.corpus.hashing import HashingEncoder

    class Slow(HashingEncoder):
        def encode(self, texts, progress=None):
            if len(self.asked) >= 4:
                print("half-way", flush=True)
                time.sleep(60)
            return super().encode(texts, progress)

    embedding.KEPT_FROM, embedding.KEPT_SHARE = 2, 0.0
    embedding.embed(Path(sys.argv[1]), Path(sys.argv[2]), Slow())
"""


def test_killed_half_way_what_was_made_is_there(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger, encoder = make_ledger(LEDGER), HashingEncoder()
    build(ledger, data_dir)
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(ledger), str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half-way\n"
        os.kill(process.pid, signal.SIGKILL)
    with open_index(ledger, data_dir) as index:
        kept = texts_by_vector(index, encoder, "names")
        assert len(kept) == 4
        for text, vector in kept.items():
            np.testing.assert_array_equal(vector, encoder.encode([text])[0])
    encoder.asked.clear()
    start = time.monotonic()
    embed(ledger, data_dir, encoder)
    assert time.monotonic() - start < 30  # no lock was left behind
    assert_whole(ledger, data_dir, encoder)
    assert not set(kept) & set(encoder.asked)


# ----------------------------------------------------------------------------------------------- the real encoder


def test_the_default_encoder_finds_by_meaning(make_ledger: MakeLedger, data_dir: Path) -> None:
    ledger = make_ledger(LEDGER + MORE)
    encoder = installed_encoder(data_dir)
    build(ledger, data_dir)
    embed(ledger, data_dir, encoder)
    with open_index(ledger, data_dir) as index:
        vectors = index.vectors("names", encoder.sha256)
        assert vectors is not None
        names = dict(embedding._rows(index, "names"))
        for question, name in (("dentist", "Molar"), ("a loaf", "rye bread"), ("subscription fees", "Member Dues")):
            best = vectors.search(encoder.encode([question])[0], 3)
            assert name in [names[hit.text_id] for hit in best]
