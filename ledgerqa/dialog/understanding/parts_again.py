"""Parts of an account told again after the question: "what do we owe for payroll? tax, NI, student loan as one figure".

The parts are all that there is of it, in whatever words, so they name nothing more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.linking.wholes import ONE_FIGURE
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_PARTS: Final = compiled(
    r"\?\s*(?P<parts>(?:[\w'’& -]{2,40},\s*)+(?:and |or |plus )?[\w'’& -]{2,60}?),?"
    rf"\s+(?:all )?(?:as|in|into) {ONE_FIGURE}\W*$",
    re.IGNORECASE,
)
_BETWEEN: Final = compiled(r"\s*,\s*(?:(?:and|or|plus) )?|\s+(?:and|or|plus)\s+")


def parts_again(said: Said, names: Vocabulary) -> Said:
    """The question without the names of parts, where these are as many as the account has and one is known."""
    listed = _PARTS.search(said.text)
    if listed is None:
        return said
    tokens = tokenize(said.text)
    first = tuple(each for each in said.phrases if tokens[each.start].start < listed.start())
    later = tuple(each for each in said.phrases if each not in first)
    whole = max((name for each in first for name in _accounts(each)), key=len, default="")
    leaves = [each.name for each in names.accounts if each.name.startswith(f"{whole}:") and each.postings]
    known = any(name in leaves for each in later for name in _accounts(each))
    parts = _BETWEEN.split(listed["parts"])
    if not whole or not known or len(parts) != len(leaves):
        return said
    told = fold(listed["parts"])
    unknown, unread = (tuple(each for each in lost if fold(each) not in told) for lost in (said.unknown, said.unread))
    return replace(said, phrases=first, intent=said.by_rules or said.intent, unknown=unknown, unread=unread)


def _accounts(phrase: Phrase) -> tuple[str, ...]:
    return tuple(name for each in phrase.options if each.kind == "account" for name in each.values)
