"""Words for what to leave out that found no name: without them all would be told as if nothing was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.learned import spans_of
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.linking.links import is_content
from ledgerqa.dialog.linking.unlinked import LIKELY, characters
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Linked

Span = tuple[int, int]

_SURELY: Final = compiled(
    r"\b(?:without|excluding|excl\.?|except(?:ing)?(?: for)?|apart from|aside from|other than|leaving out|not counting"
    r"|not including|minus|besides|(?:every|any)(?:thing|where|one|body) but|all but|barring|save for)"
    r"(?: (?:the|my|our|any|all))?\s*$",
    re.IGNORECASE,
)
_IDLE: Final = frozenset(
    "other others rest usual extra extras thing things stuff everything anything something else so far cents decimals"
    " details detail pennies change looking fail exception doubt".split()
)


def left_out_unnamed(
    text: str,
    left_out: Iterable[Span],
    known: Collection[Span] | None,
    linked: Linked,
    tokens: Sequence[Token],
    understood: Understanding | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As in "food without eating out", where nothing is called so: the words, to be looked for or said not to be there.

    And apart from them everyday words ("minus the market"), which are said to be passed over.  `known` are the spans
    of times, amounts and the like, which leave out something by themselves; None where all that is left out is known.
    """
    words = lexicon()
    named = [characters(each, tokens) for each in linked.phrases]
    heard = [(each.start, each.end) for each in spans_of(understood, "EXCLUDE", least=LIKELY)]
    found: list[str] = []
    passed: list[str] = []
    for start, end in (item for span in left_out if known is not None for item in _items(text, span)):
        if any(_meets((start, end), each) for each in (*named, *(known or ()))):
            continue
        inside = [each for each in tokens if start <= each.start < end]
        telling = [each for each in inside if is_content(each) and each.fold not in _IDLE | words.owners | words.weak]
        sure = any(_meets((start, end), each) for each in heard)
        rare = [each for each in telling if each.fold not in words.ordinary]
        if telling and (sure or (rare and len(inside) <= _FEW and _SURELY.search(text[:start]))):
            found.append(text[telling[0].start : telling[-1].end])
        elif len(inside) <= _FEW and _SURELY.search(text[:start]):
            passed += [each.text for each in inside if each.fold in words.weak - _BESIDE]
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(passed))


def _items(text: str, span: Span) -> list[Span]:
    """What is listed there, each by itself: "the zoo", "fares"."""
    start, found = span[0], []
    for match in (*_JOINED.finditer(text, *span), None):
        found.append((start, match.start() if match else span[1]))
        start = match.end() if match else start
    return found


_JOINED: Final = compiled(r",(?: (?:and|or|nor))?|&|\b(?:and|or|nor|plus)\b", re.IGNORECASE)
# No flow of money holds them, so nothing is passed over.
_BESIDE: Final = frozenset("transfer transfers transaction transactions entry entries money charge charges".split())
_FEW: Final = 2  # words, where no model hears that they are left out


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
