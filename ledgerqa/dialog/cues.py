"""Cue phrases: regular expressions kept in TOML files, one on a line, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Rule:
    """A named pattern, and what else its table says."""

    name: str
    pattern: re.Pattern[str]
    extra: str = ""


@dataclass(frozen=True)
class Cues:
    """The patterns of one file: single ones by name, and lists of rules whose order decides."""

    single: dict[str, re.Pattern[str]]
    rules: dict[str, tuple[Rule, ...]]

    def found(self, name: str, text: str) -> bool:
        """Whether the cue stands in the text."""
        return bool(self.single[name].search(text))

    def first(self, kind: str, text: str) -> Rule | None:
        """The first rule of a list that matches."""
        return next((rule for rule in self.rules[kind] if rule.pattern.search(text)), None)


@lru_cache(maxsize=8)
def cues(name: str) -> Cues:
    """The cues of a file of this package."""
    tables = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    single = {key: _compiled(lines) for key, lines in tables.pop("cues").items()}
    return Cues(single, {kind: tuple(_rule(each) for each in each_rule) for kind, each_rule in tables.items()})


def _rule(table: dict[str, Any]) -> Rule:
    return Rule(table["name"], _compiled(table["patterns"]), table.get("extra", ""))


def _compiled(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines.splitlines() if line))
