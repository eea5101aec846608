"""Sales, where only the tax on them is called so: as in "shop sales in 2024" they are no name, but what was earned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.patterns import compiled
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_SALES: Final = compiled(r"\bsales?\b(?! (?:tax\w*|vat)\b)", re.IGNORECASE)
_FLOWS: Final = {Root.INCOME, Root.EXPENSES}


def only_sales(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The places of the word where nothing but a tax, or what is put by for it, is called so; else none."""
    found = [match.span() for match in _SALES.finditer(text)]
    if not found:
        return []
    (word,) = stems("sales")
    accounts = vocabulary.by_stem.get(word, ())
    if not accounts or any("tax" not in each.path or each.root in _FLOWS for each in accounts):
        return []
    named = any("tax" not in each.stems for each in vocabulary.texts([r"\bsales?\b"]))
    return [] if named or any(word in name_stems(tag) for tag in vocabulary.tags) else found
