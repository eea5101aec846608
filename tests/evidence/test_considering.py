"""What words that stand nowhere were compared with: as `candidates` decides, with the threshold that decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import embed
from ledgerqa.dialog.linking.candidates import LEAD, THRESHOLD, by_meaning, meant
from ledgerqa.evidence.considering import MOST, consider
from ledgerqa.samples import sample_ledger
from ledgerqa.terminal.sourcing import considered_lines
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

ENCODER = HashingEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("considering")
    build(sample_ledger(), folder)
    embed(sample_ledger(), folder, ENCODER)
    with open_index(sample_ledger(), folder) as opened:
        yield opened


@pytest.mark.parametrize("words", ["gym membership", "pottery evenings at the wheel", "bread", "helicopter", "the"])
def test_each_is_kept_or_dropped_as_was_decided(index: Index, words: str) -> None:
    taken = meant(by_meaning(words, index, ENCODER))
    found = consider(words, index, ENCODER)
    assert 0 < len(found) <= MOST
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    kept = [each for each in found if each.kept]
    assert len(kept) == (taken is not None)
    if taken is not None:
        assert kept[0].name.startswith(taken.account)
        assert kept == [found[0]]
        assert kept[0].score - found[1].score >= LEAD - 1e-4
    for each in found:
        below = f"below the threshold of {THRESHOLD:.2f}" in each.reason
        assert below == (each.score < THRESHOLD) or each.score == pytest.approx(THRESHOLD, abs=1e-4)


def test_they_are_listed_with_their_number(index: Index) -> None:
    found = consider("gym membership", index, ENCODER)
    blank, head, *lines = considered_lines(found)
    assert blank == ""
    assert head.startswith("“gym membership” stands nowhere in the ledger; by meaning, ")
    assert head.endswith(f" kept of {len(found)} candidates:")
    assert len(lines) == len(found)
    for line, each in zip(lines, found, strict=True):
        assert line.split()[:2] == ["kept" if each.kept else "dropped", f"{each.score:.2f}"]
        assert each.name in line
        assert each.reason in line
