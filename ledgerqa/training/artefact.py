"""What training made, as files: adapters and heads in half precision, and a card that says what they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ledgerqa.backends.files import MINILM
from ledgerqa.backends.trained_planner import CARD, DOWN, TENSORS, UP
from ledgerqa.training.fills import TAGS
from ledgerqa.training.heads import SHARPNESS, classes_of
from ledgerqa.training.phrasings import FIELDS, SEVERAL

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from ledgerqa.training.planner import Planner, Recipe

COMMAND = "ledgerqa train planner"


def write(planner: Planner, recipe: Recipe, data_sha256: str, folder: Path, facts: dict[str, Any]) -> str:
    """Write the planner's files into `folder`; gives their sha256.  `facts` are put into the card as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    data = _safetensors(tensors_of(planner))
    (folder / TENSORS).write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    card = {
        "sha256": sha256,
        "base": MINILM.sha256,
        "command": COMMAND,
        "recipe": asdict(recipe),
        "data_sha256": data_sha256,
        "scale": recipe.scale,
        "sharpness": SHARPNESS,
        "tags": TAGS,
        "several": SEVERAL,
        "fields": {name: classes_of(name) for name in FIELDS},
        **facts,
    }
    (folder / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sha256


def tensors_of(planner: Planner) -> dict[str, torch.Tensor]:
    """The trained tensors: adapters by the base's own names, heads by theirs."""
    found: dict[str, torch.Tensor] = {}
    for at, layer in enumerate(planner.encoder.layers):
        for name, each in layer.maps.items():  # type: ignore[union-attr, operator]
            if each.rank:
                base = f"encoder.layer.{at}.{name.replace('/', '.')}.weight"
                found |= {base + DOWN: each.down, base + UP: each.up}
    found |= {f"heads.{name}": each for name, each in planner.heads.named_parameters()}
    return {name: each.detach().half().contiguous() for name, each in sorted(found.items())}


def _safetensors(tensors: dict[str, torch.Tensor]) -> bytes:
    """The safetensors format: 8 bytes of header length, a JSON header, then the raw data."""
    header, body = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    written = json.dumps(header, separators=(",", ":")).encode()
    written += b" " * (-len(written) % 8)
    return len(written).to_bytes(8, "little") + written + body
