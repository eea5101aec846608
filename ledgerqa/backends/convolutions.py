"""Residual convolutions over states of several layers, in NumPy; `training.convolutions` trains them.

Dilated as by van den Oord et al. (arXiv:1609.03499), so that few of them see far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledgerqa.backends.bert import gelu

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.protocols import Vectors


@dataclass(frozen=True)
class Shape:
    """Which layers' states are seen (from 0), how many neighbours a convolution sees, and how far apart these are."""

    layers: tuple[int, ...]
    kernel: int
    dilations: tuple[int, ...]


SLOTS: Final = Shape((2, 4, 5), 3, (1, 2))
TALK: Final = Shape((1, 3, 5), 7, (1, 2, 4))


class Convolutions:
    """What stands at each place, with what stands beside it."""

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]], shape: Shape) -> None:
        """`tensors` by the names that training gave them, float32; a weight is (out, in, kernel)."""
        self._tensors = tensors
        self._shape = shape
        weights = (tensors[f"convolutions.{at}.weight"] for at in range(len(shape.dilations)))
        self._weights = [np.ascontiguousarray(each.transpose(2, 1, 0)).reshape(-1, each.shape[0]) for each in weights]

    def over(self, layers: Sequence[Vectors], places: Sequence[int] | slice = slice(None)) -> Vectors:
        """`layers` are all states, (tokens, width) each; of those at `places` the new ones, (places, own width)."""
        tensors = self._tensors
        states = np.concatenate([layers[at][places] for at in self._shape.layers], axis=1)
        x: Vectors = gelu(states @ tensors["enter.weight"].T + tensors["enter.bias"])
        for at, by in enumerate(self._shape.dilations):
            x = x + gelu(_beside(x, self._shape.kernel, by) @ self._weights[at] + tensors[f"convolutions.{at}.bias"])
        return x


def below(prefix: str, tensors: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The tensors whose names begin so, by the rest of their names, as float32."""
    return {
        name.removeprefix(prefix): array.astype(np.float32)
        for name, array in tensors.items()
        if name.startswith(prefix)
    }


def _beside(x: Vectors, kernel: int, by: int) -> Vectors:
    """Each place with those beside it: `x` (places, width) to (places, kernel * width); zeros outside."""
    reach = kernel // 2 * by
    padded = np.pad(x, ((reach, reach), (0, 0)))
    return np.concatenate([padded[at * by : at * by + len(x)] for at in range(kernel)], axis=1)
