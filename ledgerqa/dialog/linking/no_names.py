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
_BOOKED: Final = frozenset("entries transactions postings bookings".split())
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
    if word in _BOOKED and before == "many":
        return True
    if word in _SHOPS and before in _WHICH:
        return not after or after in _VERBS
    return word in _COUNTS and before in _ALL and (not after or after in _AFTER)


def tells_a_balance(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the one word is the bank of a "bank balance", a "balance at the bank": no costs that are called so."""
    if end - start != 1 or tokens[start].fold not in _BANKS:
        return False
    before = [each.fold for each in tokens[max(start - 3, 0) : start]]
    after = tokens[end].fold if end < len(tokens) else ""
    return after in _BALANCES or (len(before) == 3 and before[0] in _BALANCES and before[2] in _OWN)


_BANKS: Final = frozenset({"bank", "banks"})
_BALANCES: Final = frozenset({"balance", "balances"})
_OWN: Final = frozenset({"the", "my", "our"})


def told_at_large(tokens: Sequence[Token], options: Sequence[Link]) -> list[Link]:
    """The options; of a bare "stuff" only what is called just so: "household stuff" is no "cleaning stuff" alone."""
    at_large = len(tokens) == 1 and tokens[0].fold in _AT_LARGE
    return [each for each in options if not at_large or each.how == "exact"]
