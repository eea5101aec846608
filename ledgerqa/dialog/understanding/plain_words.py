"""A question as typed, made ready to be read: in English as far as its frame goes, numbers in figures, slips mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.chat_words import written_out
from ledgerqa.dialog.language.function_words import put_right
from ledgerqa.dialog.language.number_words import in_figures
from ledgerqa.dialog.language.own_words import put_in_english
from ledgerqa.dialog.language.tongues import language, says_english
from ledgerqa.dialog.linking.compounds import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_ABBREVIATED: Final = re.compile(r"^(?:no|nr|num)\.? of (?=[a-z])", re.IGNORECASE)
# "Since April, when the rent went up": what else happened then is no part of the question.
_ASIDE: Final = re.compile(
    r"(\b(?:since|from|until|till|before|after)\b[^,?]{3,30}), (?:which (?:is|was) )?when"
    r" (?:the|our|my|his|her|we|i|it|they|he|she)\b[^,;?]*(?=[?.! ]*$)",
    re.IGNORECASE,
)
LONGEST: Final = 2000  # characters of a question that are read


def in_plain_words(question: str, names: Vocabulary, ordinary: Callable[[str], bool] | None) -> str:
    """The question as the rules read it; `ordinary` says whether a word is one of the language."""
    text = _ASIDE.sub(r"\1", _ABBREVIATED.sub("number of ", question[:LONGEST]))
    text = text if language(text) else written_out(text, names)
    turned = in_figures(put_in_english(text, names))
    return put_right(told_apart(turned, names, german=_is_german(text, names)), names, ordinary)


# What the roots of a ledger are called that is kept in German.
_ROOTS: Final = frozenset(
    "vermogen vermoegen aktiva verbindlichkeiten schulden passiva ertrag ertrage ertraege einnahmen einkommen einkunfte"
    " einkuenfte aufwand aufwendungen ausgaben kosten eigenkapital".split()
)


def _is_german(text: str, names: Vocabulary) -> bool:
    """Whether a question is put in German; or, in words that tell no language, over a ledger that is kept in it."""
    spoken = language(text)
    return spoken == "de" or (spoken is None and not says_english(text) and bool(_ROOTS & names.root_words.keys()))
