"""Amounts in words."""

from __future__ import annotations

import pytest

from ledgerqa.dialog.language.number_words import in_figures


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("only the ones above a hundred", "only the ones above 100"),
        ("payments over two hundred pounds in 2024", "payments over 200 pounds in 2024"),
        ("anything over a grand", "anything over 1000"),
        ("more than 2 grand?", "more than 2000?"),
        ("what cost more than a fiver", "what cost more than 5"),
        ("any purchase between fifty and a hundred in June", "any purchase between 50 and 100 in June"),
        ("at least one thousand two hundred and fifty", "at least 1250"),
        ("under twenty-five euros", "under 25 euros"),
        ("about a couple of hundred", "about 200"),
        ("more than half a million", "more than 500000"),
        ("more than three times", "more than 3 times"),
    ],
)
def test_a_limit_in_words_is_put_into_figures(said: str, figures: str) -> None:
    assert in_figures(said) == figures


@pytest.mark.parametrize(
    "said",
    [
        "spending at Fifty Fifty Café",
        "over two years",
        "two hundred entries",
        "from one to the other",
        "between 20 and 30 euros",
        "the five biggest over 100",
    ],
)
def test_names_and_counts_keep_their_words(said: str) -> None:
    assert in_figures(said) == said
