"""Hand-written lists of words, cues and frames, kept apart from the code that reads them: TOML files, one a concern."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def read_list(name: str) -> dict[str, Any]:
    """The tables of a file of this folder, by its name without the ending: "cues", "tongue_de", ..."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
