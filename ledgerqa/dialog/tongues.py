"""Questions in German, French and Spanish: their frame put into English, their names left as they are.

How a question is put ("wie viel habe ich für … ausgegeben") comes in few words; what it is about is named as the
ledger names it, or by a word that the synonyms know in several languages.  So only the frame is turned, by the
lines of `tongues.toml`, and the rest of the planner reads one language.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

from ledgerqa.dialog.words import fold

_ENGLISH = re.compile(
    r"\b(?:how|what|what's|whats|much|many|did|does|the|my|our|spen[dt]|spending|show|which|where|when|who|for|with|of|is"
    r"|are|were|from|and|between|since|last|this|much)\b"
)
_ENOUGH = 2  # different small words of a language, from which a text without an English one is in it
_SURE = 1000
_TURNED = "\ue000"  # stands for a piece that is English already, so that later lines leave it alone


@dataclass(frozen=True)
class Tongue:
    """One language: the words by which it is known, and its lines."""

    sure: str
    likely: frozenset[str]
    lines: tuple[tuple[str, str], ...]

    @cached_property
    def known_by(self) -> re.Pattern[str]:
        """A word that no other language would say so."""
        return re.compile(rf"\b(?:{'|'.join(self.sure.split(chr(10)))})(?!\w)")

    def likeness(self, level: str) -> int:
        """How many different signs of this language a folded text bears; a sure word counts for all."""
        return _SURE if self.known_by.search(level) else len(self.likely.intersection(re.findall(r"\w+", level)))

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The lines, compiled at their first use."""
        return tuple(
            (re.compile(rf"(?<![\w:-])(?:{pattern})(?:(?<=\s)|(?![\w:]))"), english) for pattern, english in self.lines
        )


def in_english(text: str) -> str:
    """The question with its frame in English; as it is where it is English, or in no language that is known.

    >>> in_english("¿Cuánto gasté en comida en marzo de 2023?")
    'how much did i spend on comida in march in 2023?'
    """
    level = _level(text)
    if _ENGLISH.search(level):
        return text
    tongue = max(_tongues(), key=lambda each: each.likeness(level))
    return _turned(text, level, tongue) if tongue.likeness(level) >= _ENOUGH else text


def _level(text: str) -> str:
    """The text folded character by character, so that places in it are places in the text."""
    return "".join(folded if len(folded := fold(each)) == 1 else each for each in text.replace("’", "'"))


def _turned(text: str, level: str, tongue: Tongue) -> str:
    pieces: list[str] = []

    def keep(piece: str) -> str:
        pieces.append(piece)
        return f"{_TURNED}{chr(0xE100 + len(pieces) - 1)}"

    for pattern, english in tongue.patterns:
        while (match := pattern.search(level)) and len(pieces) < _MOST_PIECES:
            mark = keep(f"{english} " if match.group()[-1].isspace() else english)
            text = text[: match.start()] + mark + text[match.end() :]
            level = level[: match.start()] + mark + level[match.end() :]
    for at, piece in enumerate(pieces):
        text = text.replace(f"{_TURNED}{chr(0xE100 + at)}", piece)
    return _dated(re.sub(r"\s+", " ", text).replace("¿", "").replace("¡", "").strip())


_MONTH = r"january|february|march|april|may|june|july|august|september|october|november|december"


def _dated(text: str) -> str:
    """Months without the prepositions that their pieces bring: "from in june", "31 of in december in 2024"."""
    text = re.sub(rf"\b(from|to|since|until|between|and) in (?={_MONTH})", r"\1 ", text)
    text = re.sub(rf"(?<=\d) of in (?={_MONTH})", " ", text)
    return re.sub(rf"(?<=\d )({_MONTH}) in (?=\d{{4}}\b)", r"\1 ", text)


_MOST_PIECES = 200


@lru_cache(maxsize=1)
def _tongues() -> tuple[Tongue, ...]:
    tables = tomllib.loads(resources.files(__package__).joinpath("tongues.toml").read_text(encoding="utf-8"))
    return tuple(
        Tongue(table["sure"].strip(), frozenset(table["likely"].split()), _lines(table["words"]))
        for table in tables.values()
    )


def _lines(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (pattern.strip(), english.strip())
        for pattern, _, english in (line.partition("=>") for line in text.splitlines() if "=>" in line)
    )
