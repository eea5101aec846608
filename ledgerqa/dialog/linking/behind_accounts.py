"""Who stands behind an account, as its open directive tells: `contact: "Joost"` of what is owed to a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.vocabulary import LONGEST_NAME
from ledgerqa.dialog.linking.links import ACCOUNT_PART, Link, Phrase, everyday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

_SHORTEST: Final = 3  # letters


def behind_accounts(text: str, tokens: Sequence[Token], rest: Sequence[int], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "what do we owe joost": words that name nothing else, for the accounts opened with that name."""
    found: list[Phrase] = []
    places = set(rest)
    for index in rest:
        if found and found[-1].end > index:
            continue
        for length in range(LONGEST_NAME, 0, -1):
            run = tokens[index : index + length]
            inside = len(run) == length and all(index + at in places for at in range(length))
            accounts = vocabulary.known_as.get(tuple(token.stem for token in run), ()) if inside else ()
            if accounts and _is_name([token.fold for token in run]):
                link = Link("account", accounts, ACCOUNT_PART, "words")
                found.append(Phrase(index, index + length, text[run[0].start : run[-1].end], (link,)))
                break
    return found


def _is_name(words: Sequence[str]) -> bool:
    """Whether the words are no everyday ones, nor a word for some kind of thing."""
    known = lexicon()
    return not all(word in everyday() or word in known.words or len(word) < _SHORTEST for word in words)
