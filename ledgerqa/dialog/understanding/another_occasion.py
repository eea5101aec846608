"""Another of the occasions that tags tell apart: "and the 2024 one - we did rockets that time" after a bonfire's cost.

Which tag is meant is told by its likeness to the one before, by the year, and by the names that its entries bear;
these then narrow nothing, as they say which one it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.asking_back import tag_in
from ledgerqa.dialog.linking.links import EXACT_TAG, Link
from ledgerqa.dialog.linking.trip_tags import trip_tags
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_ONE: Final = compiled(
    r"^\W*(?:(?:ok|okay|right|thanks|thank you|so|and|then|now|what about|how about|same (?:again )?for)\b[,. ]*)+"
    r"(?:(?:the|that|this|last|our|my|next)\b )+(?:[\w'’-]+ ){0,3}?one\b"
)
_OCCASION: Final = r"(?:one|trip|holiday|vacation|journey|time|event|fair|show|tour|concert)"
# "And the trip before that?", of trips: the one whose first entry lies next before.
_BESIDE: Final = compiled(
    r"\W*(?:(?:ok|okay|so|and|then|now|what about|how about|what (?:did|was)|how much (?:did|was)|same for)\b[,. ]*)*"
    rf"(?:(?:the|our|my)\b )?(?:{_OCCASION} (?:before|(?P<after>after))(?: (?:that|it|this)(?: one)?)?"
    rf"|previous {_OCCASION}|earlier {_OCCASION})(?: cost| come to)?(?: (?:us|me))?\W*"
)
_NARROWED: Final = compiled(r"\b(?:only|just|without|except|excluding|how much|which|what)\b")
_MOST_ENTRIES: Final = 60  # what more entries bear is a kind of cost


def another_occasion(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """The question with the tag it means in place of the words that say which one it is, where there is just one."""
    old = [each for each in before.phrases if each.best.kind == "tag"] if before else []
    fragment = _ONE.match(said.folded)
    if before is not None and len(old) == 1 and (way := _BESIDE.fullmatch(said.folded)):
        next_to = _next_to(_tags_of(old[0], before, names), names, later=bool(way["after"]))
        return _naming(said, old[0], next_to) if next_to else said
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


def is_beyond_all(said: Said, before: Said, names: Vocabulary) -> bool:
    """As in "and the one before?" of the first trip: none is told again in its place."""
    tagged = len(before.phrases) == 1 and before.phrases[0].best.kind == "tag"
    return tagged and bool(_BESIDE.fullmatch(said.folded)) and another_occasion(said, before, names) is said


def _next_to(tags: tuple[str, ...], names: Vocabulary, *, later: bool) -> str:
    """The tag of a trip next before these, or next after them, by its first day; of others that of the same kind."""
    kin = {part for tag in tags for part in name_stems(tag) if not part.isdigit()}
    trips = trip_tags(names)
    alike = trips if set(tags) <= set(trips) else [tag for tag in names.tags if kin.intersection(name_stems(tag))]
    days = sorted((names.tag_days[tag], tag) for tag in {*alike, *tags} if tag in names.tag_days)
    own = [at for at, (_, tag) in enumerate(days) if tag in tags]
    at = (own[-1] + 1 if later else own[0] - 1) if own else -1
    return days[at][1] if 0 <= at < len(days) else ""


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
