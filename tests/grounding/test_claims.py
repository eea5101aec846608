"""The gate for the reader's sentences: authored swaps are caught, faithful sentences pass, substitutions do not slip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.fusion.sentences import marks
from ledgerqa.grounding.claims import admit, judge
from ledgerqa.records import Draft
from tests.grounding.claims_ledgers import PLANS, cases

if TYPE_CHECKING:
    from tests.grounding.claims_ledgers import Case

FOLDER = Path(__file__).with_name("claims")


def lines(name: str) -> list[tuple[str, str, str]]:
    """Kind, plan and sentence of each line; a kind is the comment above."""
    found, kind = [], ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = line[1:].strip()
        elif line.strip():
            plan, _, sentence = line.partition(" | ")
            found.append((kind, plan, sentence.strip()))
    return found


FAITHFUL, SWAPPED = lines("faithful.txt"), lines("swapped.txt")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    return cases(tmp_path_factory.mktemp("claims"))


def draft(sentence: str) -> Draft:
    return Draft(sentence, marks(sentence))


@pytest.mark.parametrize(("kind", "plan", "sentence"), FAITHFUL)
def test_a_faithful_sentence_passes(ran: dict[str, Case], kind: str, plan: str, sentence: str) -> None:
    verdict = judge(draft(sentence), ran[plan].witnesses)
    assert verdict.shown, verdict.reason


@pytest.mark.parametrize(("kind", "plan", "sentence"), SWAPPED)
def test_a_swap_is_caught(ran: dict[str, Case], kind: str, plan: str, sentence: str) -> None:
    verdict = judge(draft(sentence), ran[plan].witnesses)
    assert not verdict.shown, verdict.text
    assert verdict.reason
