"""From scores of BIO tags to labelled spans of a text; plain Python, shared by training and by the planner at work."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from ledgerqa.backends.protocols import Labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTSIDE = "O"


def best_tags(scores: Sequence[Sequence[float]], tags: Sequence[str]) -> list[int]:
    """The likeliest sequence of tags in which no span goes on that has not begun (Viterbi, 1967).

    `scores` are log probabilities, one row a word, in the order of `tags` ("O", "B-NAME", "I-NAME", ...).
    """
    if not scores:
        return []
    going_on = [tag.startswith("I-") for tag in tags]
    same = [[at for at, before in enumerate(tags) if before[2:] == tag[2:] and before != OUTSIDE] for tag in tags]
    total = [float("-inf") if inside else score for inside, score in zip(going_on, scores[0], strict=True)]
    back: list[list[int]] = []
    for word in scores[1:]:
        top = max(range(len(tags)), key=total.__getitem__)
        came = [max(same[at], key=total.__getitem__) if inside else top for at, inside in enumerate(going_on)]
        total = [total[before] + score for before, score in zip(came, word, strict=True)]
        back.append(came)
    at = max(range(len(tags)), key=total.__getitem__)
    chosen = [at]
    for came in reversed(back):
        at = came[at]
        chosen.append(at)
    return chosen[::-1]


def spans_of(
    chosen: Sequence[int], tags: Sequence[str], places: Sequence[tuple[int, int]], scores: Sequence[Sequence[float]]
) -> tuple[Labelled, ...]:
    """The spans that tags come to; `places` are the characters of each word, `scores` as in `best_tags`."""
    found: list[Labelled] = []
    for word, (tag, (start, end)) in enumerate(zip(chosen, places, strict=True)):
        name, sure = tags[tag], exp(scores[word][tag])
        if name == "B-PERIOD" and found and found[-1].label == "PERIOD" and start - found[-1].end <= 1:
            name = "I-PERIOD"  # two periods side by side are one: "March" "last year"
        if name.startswith("B-"):
            found.append(Labelled(name[2:], start, end, sure))
        elif name.startswith("I-"):
            last = found[-1]
            found[-1] = Labelled(last.label, last.start, end, min(last.probability, sure))
    return tuple(found)
