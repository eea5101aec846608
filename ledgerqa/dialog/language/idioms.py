"""What people say that money does ("gone up in smoke", "in hock to", "raked in"), by the lines of `idioms.toml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = tuple[str, str, str]
"""The form of a verb that an idiom begins with ("" for other turns), its pattern, and the plain words for it."""


def idioms_in(text: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns of the idioms that `text` may hold, with the plain words, which may hold groups of the pattern.

    Only these are compiled: all of them would take longer than the rest of reading a question.
    """
    said = set(re.findall(r"[a-z]+", text.lower()))
    return ((compiled(pattern, re.IGNORECASE), meant) for verb, pattern, meant in idioms() if not verb or verb in said)


@lru_cache(maxsize=1)
def idioms() -> tuple[Form, ...]:
    """Each idiom in every form of its verb."""
    lists = read_list("idioms")
    turns = (("", *line.split(" => ")) for line in _lines(lists["turns"]))
    verbs = (form for line in _lines(lists["verbs"]) for form in _in_all_forms(line))
    return tuple((verb, _with_words(pattern, lists["words"]), meant) for verb, pattern, meant in (*turns, *verbs))


def _lines(table: dict[str, Any]) -> Iterator[str]:
    return (line for lines in table.values() for line in lines.splitlines() if line)


def _with_words(pattern: str, words: dict[str, str]) -> str:
    """The pattern with the words that it names ("<purse>") put in."""
    for name, instead in words.items():
        pattern = pattern.replace(f"<{name}>", instead)
    return pattern


def _in_all_forms(line: str) -> Iterator[Form]:
    """As in "rake rakes ... + in => earn earns ... +": a pattern for each form of the verb, with the same form."""
    idiom, plain = line.split(" => ")
    verbs, _, rest = idiom.partition(" +")
    meant, _, after = plain.partition(" +")
    found: dict[str, str] = {}
    for verb in verbs.split(" | "):
        for form, instead in zip(verb.split(), meant.split(), strict=True):
            found.setdefault(form, instead)  # "run" is "cost" before it is "have cost"
    for form, instead in found.items():
        yield form, rf"\b{form}\b{rest}(?!(?<=\w)\w)", f"{instead}{after}".rstrip()
