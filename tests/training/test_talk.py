"""Texts with talk around a question, as the talk head is trained on them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.errors import PhrasingError
from ledgerqa.training.fills import read_vocabularies
from ledgerqa.training.phrasings import PHRASINGS, VOCABULARIES, read_phrasings
from ledgerqa.training.talk import TALK, joined, read_pieces, spoken

SOME = read_phrasings(PHRASINGS)[::60]
NAMES = read_vocabularies(VOCABULARIES)
PIECES = read_pieces(TALK)


def test_the_same_seed_gives_the_same_texts() -> None:
    first, again = ([spoken(each, NAMES[0], PIECES, Random(5)) for each in SOME[:20]] for _ in range(2))
    assert first == again


@given(st.sampled_from(SOME), st.integers(0, 10_000))
def test_talk_lies_inside_the_text_and_is_never_all_of_it(phrasing: object, seed: int) -> None:
    random = Random(seed)
    made = spoken(phrasing, random.choice(NAMES), PIECES, random)  # type: ignore[arg-type]
    assert all(0 <= start < end <= len(made.text) for start, end in made.talk)
    assert sum(end - start for start, end in made.talk) < len(made.text)
    assert all(before[1] <= after[0] for before, after in zip(made.talk, made.talk[1:], strict=False))


def test_marks_stand_close_and_what_runs_on_is_small() -> None:
    made = joined([("the dog's at the post,", True), ("How much was rent?", False), (", for my sister", True)])
    assert made.text == "the dog's at the post, how much was rent, for my sister"
    assert [made.text[start:end] for start, end in made.talk] == ["the dog's at the post,", ", for my sister"]


def test_without_talk_there_is_none() -> None:
    assert all(not spoken(each, NAMES[0], PIECES, Random(1), plain=1.0).talk for each in SOME[:50])


def test_two_hands_are_held_out() -> None:
    held_out = read_pieces(Path(__file__).parents[1] / "phrasings" / "talk")
    theirs, trained = ({str(each.parts) for each in (*hands.before, *hands.after)} for hands in (held_out, PIECES))
    assert len(theirs) > 200
    assert not theirs & trained


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text('sideways = ["hm"]', encoding="utf-8")
    with pytest.raises(PhrasingError, match=r"wrong\.toml"):
        read_pieces(tmp_path)
