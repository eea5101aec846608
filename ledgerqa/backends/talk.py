"""Which words of a question are talk around it: the head that `training.talk_head` trained, in NumPy."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledgerqa.backends.bert import gelu
from ledgerqa.backends.protocols import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Vectors

LAYERS: Final = (1, 3, 5)  # whose states it sees, from 0
KERNEL: Final = 7  # words that a convolution sees
DILATIONS: Final = (1, 2, 4)  # how far apart these are, a convolution each
PREFIX: Final = "talk."
TALK: Final = "TALK"
EVEN: Final = 0.5
MAY_BE: Final = 0.2  # share of the last words of a clause that go with the talk before them
LAST_WORDS: Final = 4  # so many at the most, the mark among them
MARKS: Final = frozenset(",.;:?!()–—…")


class TalkHead:
    """Residual convolutions over words; see `training.talk_head`."""

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        """`tensors` by the names that training gave them, after PREFIX."""
        self._tensors = {
            name.removeprefix(PREFIX): array.astype(np.float32)
            for name, array in tensors.items()
            if name.startswith(PREFIX)
        }

    def shares(self, layers: Sequence[Vectors], words: Sequence[int]) -> list[float]:
        """How likely each word is talk; `layers` are all states, (tokens, width) each, `words` where words begin."""
        if not words:
            return []
        tensors = self._tensors
        states = np.concatenate([layers[at][words] for at in LAYERS], axis=1)
        x = gelu(states @ tensors["enter.weight"].T + tensors["enter.bias"])
        for at, by in enumerate(DILATIONS):
            x = x + gelu(_convolved(x, tensors[f"convolutions.{at}.weight"], tensors[f"convolutions.{at}.bias"], by))
        logits = x @ tensors["leave.weight"][0] + tensors["leave.bias"][0]
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
            found.append(Labelled(TALK, places[words[0]][0], places[words[-1]][1], sure))
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


def _convolved(x: Vectors, weight: npt.NDArray[Any], bias: npt.NDArray[Any], by: int) -> Vectors:
    """Words with those beside them: `x` (words, in), `weight` (out, in, KERNEL) to (words, out); zeros at the ends."""
    reach = KERNEL // 2 * by
    padded = np.pad(x, ((reach, reach), (0, 0)))
    beside = np.concatenate([padded[at * by : at * by + len(x)] for at in range(KERNEL)], axis=1)
    out: Vectors = beside @ weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]) + bias
    return out
