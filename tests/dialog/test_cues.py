"""Cue files: every pattern in them compiles, though the program compiles each at its first use alone."""

from __future__ import annotations

import pytest

from ledgerqa.dialog.language.cues import cues


@pytest.mark.parametrize("file", ["cues", "refusals"])
def test_every_pattern_compiles(file: str) -> None:
    words = cues(file)
    rules = [rule.pattern for kind in words.rules.values() for rule in kind]
    assert len(rules) + len(words.single) > 10
    for cue in (*words.single.values(), *rules):
        cue.search("how much?")


def test_a_cue_is_found_by_any_of_its_lines() -> None:
    words = cues("cues")
    assert words.found("compare", "groceries in 2023 compared to 2024")
    assert not words.found("compare", "groceries")
