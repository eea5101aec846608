"""The base encoder in torch, with low-rank adapters in every layer (LoRA, Hu et al., arXiv:2106.09685).

A plain BERT (Devlin et al., arXiv:1810.04805) from the same safetensors that `backends` converts, so that training
needs torch and nothing else.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import torch
from torch import nn
from torch.nn import functional as F

from ledgerqa.backends.safetensors import read_safetensors

if TYPE_CHECKING:
    from pathlib import Path

HEADS: Final = 12
EPSILON: Final = 1e-12
# Of each layer, the matrices that get an adapter, as the published file names them.
ADAPTED: Final = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Adapted(nn.Module):
    """A frozen linear map plus a trained one of low rank: W x + b + (scale) B A x."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rank: int, scale: float) -> None:
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        self.scale = scale
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
            self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`x` of shape (..., inputs) to (..., outputs)."""
        out = F.linear(x, self.weight, self.bias)
        if not self.rank:
            return out
        return out + self.scale * F.linear(F.linear(x, self.down), self.up)

    def change(self) -> torch.Tensor:
        """What is to be added to the frozen weight: shape (outputs, inputs)."""
        return self.scale * (self.up @ self.down)


class Layer(nn.Module):
    """One transformer layer of BERT: attention and feed-forward, each followed by its norm."""

    def __init__(self, tensors: dict[str, torch.Tensor], prefix: str, rank: int, scale: float) -> None:
        super().__init__()
        maps = {
            name: Adapted(tensors[f"{prefix}{name}.weight"], tensors[f"{prefix}{name}.bias"], rank, scale)
            for name in ADAPTED
        }
        self.maps = nn.ModuleDict({name.replace(".", "/"): each for name, each in maps.items()})
        for name in ("attention.output", "output"):
            for part in ("weight", "bias"):
                self.register_buffer(
                    f"{name.replace('.', '_')}_{part}", tensors[f"{prefix}{name}.LayerNorm.{part}"], persistent=False
                )

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`x` (texts, tokens, width), `mask` (texts, 1, 1, tokens): true where there is a token."""
        query, key, value = (self._split(self._map(f"attention.self.{name}", x)) for name in ("query", "key", "value"))
        attended = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        merged = attended.transpose(1, 2).reshape(x.shape)
        x = self._norm("attention_output", x + self._map("attention.output.dense", merged))
        inner = F.gelu(self._map("intermediate.dense", x))
        return self._norm("output", x + self._map("output.dense", inner))

    def _map(self, name: str, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.maps[name.replace(".", "/")](x)
        return out

    def _norm(self, name: str, x: torch.Tensor) -> torch.Tensor:
        weight, bias = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return F.layer_norm(x, weight.shape, weight, bias, EPSILON)

    @staticmethod
    def _split(x: torch.Tensor) -> torch.Tensor:
        texts, tokens, width = x.shape
        return x.view(texts, tokens, HEADS, width // HEADS).transpose(1, 2)


class Encoder(nn.Module):
    """Embeddings and layers with adapters of `rank` (0: without)."""

    def __init__(self, weights: Path, rank: int, scale: float) -> None:
        super().__init__()
        tensors = {name: torch.from_numpy(array.copy()).float() for name, array in read_safetensors(weights).items()}
        count = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
        self.layers = nn.ModuleList(Layer(tensors, f"encoder.layer.{at}.", rank, scale) for at in range(count))
        for name in ("word_embeddings", "position_embeddings", "token_type_embeddings"):
            self.register_buffer(name, tensors[f"embeddings.{name}.weight"], persistent=False)
        for part in ("weight", "bias"):
            self.register_buffer(f"norm_{part}", tensors[f"embeddings.LayerNorm.{part}"], persistent=False)

    @property
    def width(self) -> int:
        """Length of a state."""
        return int(self.word_embeddings.shape[1])

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The last states: `tokens` and `mask` (texts, tokens) to (texts, tokens, width)."""
        return self.layers_of(tokens, mask)[-1]

    def layers_of(self, tokens: torch.Tensor, mask: torch.Tensor) -> list[torch.Tensor]:
        """The states of each layer, (texts, tokens, width) each."""
        x = self.word_embeddings[tokens] + self.position_embeddings[: tokens.shape[1]] + self.token_type_embeddings[0]
        x = F.layer_norm(x, (self.width,), self.norm_weight, self.norm_bias, EPSILON)
        where = mask[:, None, None, :]
        found = []
        for layer in self.layers:
            x = layer(x, where)
            found.append(x)
        return found
