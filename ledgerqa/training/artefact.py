"""What training made, as files: adapters and heads in half precision, and a card that says what they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import torch

from ledgerqa.backends.files import MINILM
from ledgerqa.backends.safetensors import read_safetensors
from ledgerqa.backends.talk import PREFIX
from ledgerqa.backends.trained_planner import CARD, DOWN, TENSORS, UP, read_card
from ledgerqa.training.fills import TAGS
from ledgerqa.training.heads import SHARPNESS, classes_of
from ledgerqa.training.phrasings import FIELDS, SEVERAL
from ledgerqa.training.planner import Planner, Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.training.talk_head import TalkHead

COMMAND = "ledgerqa train planner"


def write(planner: Planner, recipe: Recipe, data_sha256: str, folder: Path, facts: dict[str, Any]) -> str:
    """Write the planner's files into `folder`; gives their sha256.  `facts` are put into the card as they are."""
    card = {
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
    return _written(tensors_of(planner), card, folder)


def add_talk(head: TalkHead, facts: dict[str, Any], folder: Path) -> str:
    """Put the head that tells talk beside the planner in `folder`, for the one before it; gives the files' sha256."""
    tensors = {
        name: torch.from_numpy(array.copy())
        for name, array in read_safetensors(folder / TENSORS).items()
        if not name.startswith(PREFIX)
    }
    tensors |= {f"{PREFIX}{name}": each.detach().half().contiguous() for name, each in head.named_parameters()}
    card = {name: value for name, value in read_card(folder).items() if name != "sha256"}
    return _written(dict(sorted(tensors.items())), card | {"talk": facts}, folder)


def read_planner(folder: Path, weights: Path) -> Planner:
    """The planner in `folder` as it was trained, over the base's `weights`."""
    recipe = Recipe(**read_card(folder)["recipe"])
    tensors = {name: torch.from_numpy(array.copy()) for name, array in read_safetensors(folder / TENSORS).items()}
    planner = Planner(weights, recipe)
    with torch.no_grad():
        for name, each in _trained(planner).items():
            each.copy_(tensors[name])
    return planner.eval()


def _written(tensors: dict[str, torch.Tensor], card: dict[str, Any], folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    data = _safetensors(tensors)
    (folder / TENSORS).write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    told = json.dumps({"sha256": sha256} | card, indent=1, ensure_ascii=False)
    (folder / CARD).write_text(told + "\n", encoding="utf-8")
    return sha256


def tensors_of(planner: Planner) -> dict[str, torch.Tensor]:
    """The trained tensors: adapters by the base's own names, heads by theirs."""
    return {name: each.detach().half().contiguous() for name, each in sorted(_trained(planner).items())}


def _trained(planner: Planner) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = {}
    for at, layer in enumerate(planner.encoder.layers):
        for name, each in layer.maps.items():  # type: ignore[union-attr, operator]
            if each.rank:
                base = f"encoder.layer.{at}.{name.replace('/', '.')}.weight"
                found |= {base + DOWN: each.down, base + UP: each.up}
    return found | {f"heads.{name}": each for name, each in planner.heads.named_parameters()}


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
