"""Who a named person is to us: "my sister Ruth", "Ruth, our neighbour": the word for it looks for no name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase

_OURS = r"(?:my|our|his|her|their)"


def without_kin(lost: tuple[str, ...], phrases: Sequence[Phrase], text: str) -> tuple[str, ...]:
    """The words that found no name, but for those that say who the person named beside them is."""
    return tuple(each for each in lost if not (cues("cues").found("kin", fold(each)) and _beside(each, phrases, text)))


def persons_alone(phrases: tuple[Phrase, ...], text: str) -> tuple[Phrase, ...]:
    """The phrases without words for who a person is that is named beside them, though entries say them as well."""
    return tuple(
        each
        for each in phrases
        if each.best.kind != "narration"
        or not cues("cues").found("kin", re.sub(r"^(?:my|our) ", "", fold(each.words)))
        or not _beside(re.sub(r"^(?:my|our) ", "", fold(each.words)), phrases, text)
    )


def _beside(word: str, phrases: Sequence[Phrase], text: str) -> bool:
    said, kin = fold(text), re.escape(fold(word))
    names = "|".join(re.escape(fold(each.words)) for each in phrases if each.best.kind in {"account", "payee"})
    if not names:
        return False
    return bool(
        re.search(rf"\b{_OURS} (?:\w+ )?{kin},? (?:{names})\b", said)
        or re.search(rf"\b(?:{names})\W{{1,3}}{_OURS} (?:\w+ )?{kin}\b", said)
    )
