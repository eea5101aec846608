"""Who put a mark on entries ("any that Maeve left marked as uncertain") is no name to look for in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase

_MARKED: Final = compiled(
    r"\s*(?:(?:has|have|had|'s|’s|'ve|’ve|apparently|still|once)\s+)*(?:left|marked|flagged|put|set|noted|entered|leave|mark|flag)\b"
)


def less_marker(phrases: tuple[Phrase, ...], tokens: Sequence[Token], text: str) -> tuple[Phrase, ...]:
    """The phrases but for whoever did the marking."""
    lowered = text.lower()
    if not (found := re.search(FLAGGED, lowered)):
        return phrases
    return tuple(
        each
        for each in phrases
        if not (_MARKED.match(lowered, tokens[each.end - 1].end) and tokens[each.start].start < found.end())
    )
