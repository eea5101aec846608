"""Which words of a question are talk around it: the head that `training.talk_head` trained, in NumPy."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledgerqa.backends.convolutions import TALK, Convolutions, below
from ledgerqa.backends.protocols import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Vectors

PREFIX: Final = "talk."
LABEL: Final = "TALK"
EVEN: Final = 0.5
MAY_BE: Final = 0.2  # share of the last words of a clause that go with the talk before them
LAST_WORDS: Final = 4  # so many at the most, the mark among them
MARKS: Final = frozenset(",.;:?!()–—…")


class TalkHead:
    """Residual convolutions over words; see `training.talk_head`."""

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        """`tensors` by the names that training gave them, after PREFIX."""
        self._tensors = below(PREFIX, tensors)
        self._beside = Convolutions(below("beside.", self._tensors), TALK)

    def shares(self, layers: Sequence[Vectors], words: Sequence[int]) -> list[float]:
        """How likely each word is talk; `layers` are all states, (tokens, width) each, `words` where words begin."""
        if not words:
            return []
        seen = self._beside.over(layers, words)
        logits = seen @ self._tensors["leave.weight"][0] + self._tensors["leave.bias"][0]
        shares: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return shares


def runs_of(shares: Sequence[float], places: Sequence[tuple[int, int]], text: str) -> tuple[Labelled, ...]:
    """The runs of words that are rather talk than not, with their mean share; `places` are the words' characters.

    The last words of a clause go with those before them where they may well be talk too, and are not counted in it.
    """
    talks = [share > EVEN for share in shares]
    for clause in _clauses(places, text):
        last = max((at for at in clause if talks[at]), default=clause[-1])
        left = [at for at in clause if at > last]
        if left and len(left) <= LAST_WORDS and left[-1] + 1 < len(places) and _mean(shares, left) > MAY_BE:
            for at in left:
                talks[at] = True
    found = []
    for talk, run in groupby(range(len(places)), lambda at: talks[at]):
        words = list(run)
        if talk:
            sure = _mean(shares, [at for at in words if shares[at] > EVEN])
            found.append(Labelled(LABEL, places[words[0]][0], places[words[-1]][1], sure))
    return tuple(found)


def _mean(shares: Sequence[float], words: Sequence[int]) -> float:
    return sum(shares[at] for at in words) / len(words)


def _clauses(places: Sequence[tuple[int, int]], text: str) -> Iterator[list[int]]:
    """Words from one mark to the next, the mark with those before it."""
    clause: list[int] = []
    for at, (start, end) in enumerate(places):
        clause.append(at)
        if text[start:end] in MARKS:
            yield clause
            clause = []
    if clause:
        yield clause
