"""Tags become spans; no span goes on that has not begun."""

from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.backends.tagging import best_tags, spans_of

TAGS = ("O", "B-NAME", "I-NAME", "B-PERIOD", "I-PERIOD")


def allowed(path: tuple[int, ...]) -> bool:
    before = 0
    for at in path:
        if TAGS[at].startswith("I-") and TAGS[before][2:] != TAGS[at][2:]:
            return False
        before = at
    return True


@given(st.lists(st.lists(st.floats(-9, 0), min_size=5, max_size=5), max_size=4))
def test_the_best_of_all_allowed_sequences_is_found(scores: list[list[float]]) -> None:
    found = tuple(best_tags(scores, TAGS))
    assert allowed(found)
    paths = (path for path in itertools.product(range(5), repeat=len(scores)) if allowed(path))
    best = max((sum(row[at] for row, at in zip(scores, path, strict=True)) for path in paths), default=0.0)
    assert math.isclose(sum(row[at] for row, at in zip(scores, found, strict=True)), best, abs_tol=1e-9)


def test_spans_join_what_goes_on_and_keep_the_least_sure() -> None:
    places = [(0, 3), (4, 8), (9, 11)]
    scores = [[math.log(0.9)] * 5, [math.log(0.6)] * 5, [math.log(0.8)] * 5]
    one, two = spans_of([1, 2, 3], TAGS, places, scores)
    assert (one.label, one.start, one.end, round(one.probability, 6)) == ("NAME", 0, 8, 0.6)
    assert (two.label, two.start, two.end, round(two.probability, 6)) == ("PERIOD", 9, 11, 0.8)


def test_no_words_no_tags() -> None:
    assert best_tags([], TAGS) == []
