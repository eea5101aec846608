"""How many nights entries are for, where their narrations say so: "three nights, breakfast", "resto, 7 noites"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ledgerqa.dialog.language.nights import SAID_NIGHTS

_WORDS: Final = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
_SAID: Final = re.compile(SAID_NIGHTS, re.IGNORECASE)


def nights_said(narration: str) -> Decimal:
    """The nights of a narration; nought where it says none.

    >>> nights_said("two nights in Leith"), nights_said("sinal")
    (Decimal('2'), Decimal('0'))
    """
    found = _SAID.search(narration)
    if found is None:
        return Decimal(0)
    word = found.group().split()[0].lower()
    return Decimal(word) if word.isdigit() else Decimal(_WORDS.index(word) + 1)
