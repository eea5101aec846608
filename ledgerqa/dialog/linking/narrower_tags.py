"""Two tags said in one name, of which one is of a kind: "the Berlin fair", where all of #berlin bears #fair, too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import Link
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

Chosen = list[tuple["Phrase", Link]]

_BETWEEN: Final = compiled(r" (?:(?:in|at|of|to|for) )?(?:the )?", re.IGNORECASE)
_APART: Final = (
    r"\b(?:each|apiece|separately|side by side|one by one|individually|compare[ds]?|comparison|versus|vs"
    r"|both (?!together))\b"
)


def narrower_tags(chosen: Chosen, text: str, folded: str, vocabulary: Vocabulary) -> Chosen:
    """The names without a tag of a kind beside one of that kind; several of one name apart, where each is asked for."""
    kept = list(chosen)
    for phrase, option in chosen:
        for other, wide in chosen:
            if phrase is other or option.kind != "tag" or wide.kind != "tag" or not _side_by_side(phrase, other, text):
                continue
            if _all_bear(option.values, wide.values, vocabulary):
                words = f"{phrase.words} {other.words}" if phrase.start < other.start else other.words
                whole = replace(phrase, words=words)
                kept = [(whole, link) if each is phrase else (each, link) for each, link in kept if each is not other]
    several = len(kept) < len(chosen) or re.search(r"\b(?:both|two|three)\b", folded)
    if not (several and re.search(_APART, folded)):
        return kept
    return [each for pair in kept for each in _each_tag(*pair)]


def _side_by_side(one: Phrase, other: Phrase, text: str) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return first.end == second.start or (second.start - first.end <= 2 and _near(first.words, second.words, text))


def _near(first: str, second: str, text: str) -> bool:
    between = rf"{re.escape(first)}{_BETWEEN.pattern}{re.escape(second)}"
    return re.search(between, text, re.IGNORECASE) is not None


def _all_bear(tags: Sequence[str], kinds: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether every entry of the tags bears one of the others, and more entries do."""
    ((without, own, every),) = vocabulary.index.query(
        "WITH own AS (SELECT DISTINCT entry_id FROM tags WHERE tag IN (SELECT unnest(?))),"
        " wide AS (SELECT DISTINCT entry_id FROM tags WHERE tag IN (SELECT unnest(?)))"
        " SELECT (SELECT count(*) FROM own WHERE entry_id NOT IN (FROM wide)),"
        " (SELECT count(*) FROM own), (SELECT count(*) FROM wide)",
        [list(tags), list(kinds)],
    )
    return bool(own and not without and every > own)


def _each_tag(phrase: Phrase, option: Link) -> Chosen:
    if option.kind != "tag" or len(option.values) < 2:
        return [(phrase, option)]
    return [(replace(phrase, words=f"#{tag}"), replace(option, values=(tag,))) for tag in option.values]
