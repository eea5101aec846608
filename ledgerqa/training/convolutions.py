"""Residual convolutions over states of several layers, in torch; see `backends.convolutions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.backends.convolutions import Shape


def joined(layers: Sequence[torch.Tensor], shape: Shape) -> torch.Tensor:
    """The states of the layers that are seen, side by side: (texts, places, width) each to (texts, places, all)."""
    return torch.cat([layers[at] for at in shape.layers], dim=-1)


class Convolutions(nn.Module):
    """What stands at each place, with what stands beside it.  `inputs` is the length of all states at a place."""

    def __init__(self, inputs: int, width: int, shape: Shape) -> None:
        super().__init__()
        self.enter = nn.Linear(inputs, width)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(width, width, shape.kernel, padding=shape.kernel // 2 * by, dilation=by) for by in shape.dilations
        )

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`states` (texts, places, inputs), `mask` (texts, places: true for one that is) to (texts, places, width)."""
        there = mask.unsqueeze(1)
        x = F.gelu(self.enter(states)).transpose(1, 2) * there
        for convolution in self.convolutions:
            x = x + F.gelu(convolution(x)) * there
        return x.transpose(1, 2)
