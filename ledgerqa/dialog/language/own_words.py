"""Names of the ledger that have small words in them ("Boulangerie du Coin", `CartaDiCredito`): where they stand.

A question in another language has its small words put into English; those inside a name are the name's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.tongues import in_english, level
from ledgerqa.dialog.language.words import squash, tokenize
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary

LONGEST: Final = 6  # words of an account's last component


def put_in_english(text: str, vocabulary: Vocabulary) -> str:
    """The question with its frame in English and the names of this ledger as they are written."""
    return in_english(text, lambda asked: own_words(asked, vocabulary))


def own_words(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """From where to where payees and accounts of several words stand, the longest of those that overlap."""
    spans: list[tuple[int, int]] = []
    found = [*_payees(text, vocabulary), *_accounts(text, vocabulary)]
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        if not any(start < other_end and other_start < end for other_start, other_end in spans):
            spans.append((start, end))
    return tuple(spans)


def _payees(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    asked = level(text)
    for name in vocabulary.once("payees of several words", lambda: _of_several_words(vocabulary)):
        if name not in asked:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", asked):
            yield match.span()


def _of_several_words(vocabulary: Vocabulary) -> tuple[str, ...]:
    rows = vocabulary.index.query(
        "SELECT DISTINCT strip_accents(lower(payee)) FROM entries WHERE type = 'transaction' AND contains(payee, ' ')"
    )
    return tuple(name for (name,) in rows)


def _accounts(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    tokens = tokenize(text)
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + LONGEST, len(tokens))):
            span = tokens[first].start, tokens[last].end
            named = vocabulary.by_squashed.get(squash(text[slice(*span)]), ())
            if any(account.root is not Root.EQUITY for account in named):  # "patrimonio netto" is asked for as a whole
                yield span
