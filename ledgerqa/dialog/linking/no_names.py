"""Words that ask or count and name nothing there: the shop of "which shop got the most", the three of "all three"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Link

_SHOPS: Final = frozenset({"shop", "shops", "store", "stores"})
_WHICH: Final = frozenset({"which", "what"})
_VERBS: Final = frozenset(
    "did do does have has had got get gets was is were are took take takes charged charges cost".split()
)
_AT_LARGE: Final = frozenset({"stuff", "things"})
_COUNTS: Final = frozenset("two three four five six".split())
_ALL: Final = frozenset({"the", "all", "those", "these"})
_AFTER: Final = frozenset("of together combined altogether please in then".split())


def asks_or_counts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the one word from `start` to `end` is of that kind, whatever an account or an entry is called.

    "Which shop expenses" are those of a shop; "the three nights" are told in some entry.
    """
    if end - start != 1 or start == 0:
        return False
    word, before = tokens[start].fold, tokens[start - 1].fold
    after = tokens[end].fold if end < len(tokens) else ""
    if word in _SHOPS and before in _WHICH:
        return not after or after in _VERBS
    return word in _COUNTS and before in _ALL and (not after or after in _AFTER)


def told_at_large(tokens: Sequence[Token], options: Sequence[Link]) -> list[Link]:
    """The options; of a bare "stuff" only what is called just so: "household stuff" is no "cleaning stuff" alone."""
    at_large = len(tokens) == 1 and tokens[0].fold in _AT_LARGE
    return [each for each in options if not at_large or each.how == "exact"]
