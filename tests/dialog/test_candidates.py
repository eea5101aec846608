"""What a phrase that stands in no entry may mean: candidates, when one of them is clear, and how often that is right."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import embed
from ledgerqa.dialog.linking.candidates import THRESHOLD, by_meaning, meant, near_names
from ledgerqa.records import Root
from ledgerqa.samples import sample_ledger
from tests.corpus.hashing import HashingEncoder, installed_encoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from tests.conftest import MakeLedger

PHRASES = tomllib.loads((Path(__file__).parent / "meanings.toml").read_text(encoding="utf-8"))
LEDGERS = {
    "household": sample_ledger(),
    "club": Path(__file__).parents[1] / "ledgers" / "club.beancount",
    "chor": Path(__file__).parents[1] / "ledgers" / "chor.beancount",
}
ENCODER = HashingEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("candidates")
    build(sample_ledger(), folder)
    embed(sample_ledger(), folder, ENCODER)
    with open_index(sample_ledger(), folder) as opened:
        yield opened


def test_vectors_of_another_encoder_are_not_compared(index: Index) -> None:
    other = HashingEncoder("another")
    assert near_names("weekly shop", index, other) == ()
    assert by_meaning("weekly shop", index, other) == ()


def test_names_are_near_by_their_words(index: Index) -> None:
    first, *_ = near_names("Pets Vet", index, ENCODER)
    assert (first.kind, first.name) == ("account", "Expenses:Pets:Vet")
    assert first.cosine == pytest.approx(1.0, abs=1e-5)


def test_candidates_are_flows_above_the_threshold(index: Index) -> None:
    candidates = by_meaning("yearly vaccination", index, ENCODER)
    assert candidates[0].account == "Expenses:Pets:Vet"
    assert candidates[0].names[0].name == "yearly vaccination"
    assert candidates[0].payees[0] == "Dierenkliniek Zonneweide"
    assert all(each.score >= THRESHOLD for each in candidates)
    assert all(each.account.startswith(("Expenses", "Income")) for each in candidates)
    assert [each.lead > 0 for each in candidates] == [True] + [False] * (len(candidates) - 1)
    assert meant(candidates) == candidates[0]
    assert meant(()) is None
    held = by_meaning("yearly vaccination", index, ENCODER, roots=(Root.ASSETS,), threshold=-1.0)
    assert all(each.account.startswith("Assets") for each in held)


def test_two_accounts_as_near_are_not_one_that_is_meant(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2024-01-01 open Assets:Bank
    2024-01-01 open Expenses:Town
    2024-01-01 open Expenses:Country
    2024-01-02 * "house repairs"
      Expenses:Town   1 EUR
      Expenses:Country   1 EUR
      Assets:Bank
    """
    ledger = make_ledger()
    build(ledger, data_dir)
    embed(ledger, data_dir, ENCODER)
    with open_index(ledger, data_dir) as opened:
        candidates = by_meaning("house repairs", opened, ENCODER)
        assert [each.account for each in candidates] == ["Expenses:Country", "Expenses:Town"]
        assert meant(candidates) is None


# ------------------------------------------------------------------------------------------- the real encoder


@pytest.fixture(scope="module")
def by_encoder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Encoder, dict[str, Index]]]:
    """The default encoder, and three ledgers embedded by it."""
    folder = tmp_path_factory.mktemp("meaning")
    encoder = installed_encoder(folder)
    opened = {}
    for name, ledger in LEDGERS.items():
        build(ledger, folder)
        embed(ledger, folder, encoder)
        opened[name] = open_index(ledger, folder)
    yield encoder, opened
    for each in opened.values():
        each.close()


def test_phrases_mean_accounts_or_nothing(by_encoder: tuple[Encoder, dict[str, Index]]) -> None:
    """Not all of them: what is reached is held, so that it is not lost unseen."""
    encoder, opened = by_encoder
    spoken, right, idle = 0, 0, 0
    for name, phrases in PHRASES.items():
        for phrase, accounts in phrases["present"].items():
            candidate = meant(by_meaning(phrase, opened[name], encoder))
            spoken += candidate is not None
            right += candidate is not None and candidate.account.startswith(tuple(accounts))
        idle += sum(meant(by_meaning(phrase, opened[name], encoder)) is not None for phrase in phrases["absent"])
    total = sum(len(phrases["present"]) for phrases in PHRASES.values())
    absent = sum(len(phrases["absent"]) for phrases in PHRASES.values())
    assert right / total >= 0.60
    assert right / spoken >= 0.94
    assert idle / absent <= 0.15


def test_a_phrase_leads_to_its_payee(by_encoder: tuple[Encoder, dict[str, Index]]) -> None:
    encoder, opened = by_encoder
    for phrase, payee in (("plumber", "Loodgieter Pijpers"), ("back pain treatment", "Rugwijs")):
        best, *_ = by_meaning(phrase, opened["household"], encoder)
        assert best.names[0].kind != "account"
        assert best.payees[0] == payee
