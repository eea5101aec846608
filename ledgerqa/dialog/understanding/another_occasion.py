"""Another of the occasions that tags tell apart: "and the 2024 one - we did rockets that time" after a bonfire's cost.

Which tag is meant is told by its likeness to the one before, by the year, and by the names that its entries bear;
these then narrow nothing, as they say which one it was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.asking_back import tag_in
from ledgerqa.dialog.linking.links import EXACT_TAG, Link
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.records import Filters

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_ONE: Final = re.compile(
    r"^\W*(?:(?:ok|okay|right|thanks|thank you|so|and|then|now|what about|how about|same (?:again )?for)\b[,. ]*)+"
    r"(?:(?:the|that|this|last|our|my|next)\b )+(?:[\w'’-]+ ){0,3}?one\b"
)
_NARROWED: Final = re.compile(r"\b(?:only|just|without|except|excluding|how much|which|what)\b")
_MOST_ENTRIES: Final = 60  # what more entries bear is a kind of cost


def another_occasion(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """The question with the tag it means in place of the words that say which one it is, where there is just one."""
    old = [each for each in before.phrases if each.best.kind == "tag"] if before else []
    fragment = _ONE.match(said.folded)
    if before is None or len(old) != 1 or not fragment or _NARROWED.search(said.folded[fragment.end() :]):
        return said
    asked = _tags_of(old[0], before, names)
    kin = {part for tag in old[0].best.values for part in name_stems(tag) if not part.isdigit()}
    then = [tag for tag in asked if any(tag_in(tag, each.period, names) for each in said.periods)]
    if len(asked) > 1 and len(then) == 1:  # of several that may be meant, the one of that time
        return _naming(said, old[0], then[0])
    told = [_told(tag, said, kin, names) for tag in names.tags if tag not in asked]
    most = max(told, key=lambda each: each[0], default=None)
    if most is None or not any(most[0]) or sum(score == most[0] for score, _ in told) > 1:
        return said
    return _naming(said, old[0], most[1])


def _naming(said: Said, old: Phrase, tag: str) -> Said:
    link = Link("tag", (tag,), EXACT_TAG, "exact")
    phrase = replace(old, words=tag, options=(link,), start=0, end=0)
    return replace(said, phrases=(phrase,), unknown=(), unread=())


def _tags_of(phrase: Phrase, said: Said, names: Vocabulary) -> tuple[str, ...]:
    """The tags that were meant, of several those of the time that was said."""
    values = phrase.best.values
    then = tuple(tag for tag in values if any(tag_in(tag, each.period, names) for each in said.periods))
    return then or values


def _told(tag: str, said: Said, kin: set[str], names: Vocabulary) -> tuple[tuple[int, int], str]:
    """How much of the words tell the tag: names that it or its entries bear, and its likeness; none in another year."""
    if names.tags[tag] > _MOST_ENTRIES or (
        said.periods and not any(tag_in(tag, each.period, names) for each in said.periods)
    ):
        return (0, 0), tag
    named = sum(_bears(tag, each, names) for each in said.phrases)
    alike = len(kin.intersection(name_stems(tag)))  # another trip there is more alike than any other trip
    return (named, alike) if named or (alike and said.periods) else (0, 0), tag


def _bears(tag: str, phrase: Phrase, names: Vocabulary) -> bool:
    options = [each for each in phrase.options if each.kind in {"payee", "narration"}]
    called = any(each.kind == "tag" and each.values == (tag,) for each in phrase.options)
    return called or any(
        names.booked.meets(Filters(tags=(tag,), mentions=(mention_of(phrase, each),))) for each in options
    )
