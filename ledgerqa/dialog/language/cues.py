"""Cue phrases: regular expressions kept in TOML files, one on a line, each compiled at its first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Cue:
    """A pattern that is compiled when it is first searched for: many a question needs half of them."""

    def __init__(self, expression: str) -> None:
        """Take a regular expression as it is; `re.error` comes at its first use."""
        self.expression = expression

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return compiled(self.expression)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text where it matches."""
        return self._pattern.search(text)

    def covers(self, text: str) -> bool:
        """Whether it matches the whole text."""
        return bool(self._pattern.fullmatch(text))

    def begins(self, text: str) -> int:
        """How much of the text it matches from its beginning on; 0 where it does not begin so."""
        match = self._pattern.match(text)
        return match.end() if match else 0

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places, from left to right."""
        return self._pattern.finditer(text)


@dataclass(frozen=True)
class Rule:
    """A named pattern, and what else its table says."""

    name: str
    pattern: Cue
    extra: str = ""


@dataclass(frozen=True)
class Cues:
    """The patterns of one file: single ones by name, and lists of rules whose order decides."""

    single: dict[str, Cue]
    rules: dict[str, tuple[Rule, ...]]

    def found(self, name: str, text: str) -> bool:
        """Whether the cue stands in the text."""
        return bool(self.single[name].search(text))

    def first(self, kind: str, text: str) -> Rule | None:
        """The first rule of a list that matches."""
        return next((rule for rule in self.rules[kind] if rule.pattern.search(text)), None)


@lru_cache(maxsize=8)
def cues(name: str) -> Cues:
    """The cues of a file of `lists`."""
    tables = read_list(name)
    single = {key: _cue(lines) for key, lines in tables.pop("cues").items()}
    return Cues(single, {kind: tuple(_rule(each) for each in each_rule) for kind, each_rule in tables.items()})


def _rule(table: dict[str, Any]) -> Rule:
    return Rule(table["name"], _cue(table["patterns"]), table.get("extra", ""))


def _cue(lines: str) -> Cue:
    return Cue("|".join(f"(?:{line})" for line in lines.splitlines() if line))
