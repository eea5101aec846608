"""Weekdays as a recurring filter: "on Fridays", "weekends", "Monday to Friday"; 0 is Monday."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ledgerqa.dialog.calendar.time_tokens import WEEKDAYS, Tok
from ledgerqa.dialog.calendar.time_words import Words

_NO_DAY: Final = dt.date(2000, 1, 1)  # weekdays are the same on any day
_WHOSE: Final = frozenset({"the", "my", "our", "their", "these", "those", "both"})
_GROUPS: Final = {"weekend": (5, 6), "weekends": (5, 6), "weekday": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4)}
_GROUPING: Final = frozenset(
    {"per", "by", "each", "which", "what", "this", "last", "next", "past", "previous", "of", "every"}
)
_BEFORE_WEEKEND: Final = frozenset(
    {"the", "a", "at", "on", "over", "during", "in", "weekday", "vs", "versus", "and", "or", "than", ""}
)
_NOT: Final = frozenset(
    "not never no except excepting excluding exclude without minus bar barring but outside ignoring ignore omitting"
    " omit skipping skip don't don’t dont".split()
)
_NOT_BEFORE: Final = {  # "other than", "apart from", "leaving out"
    "than": frozenset({"other"}),
    "from": frozenset({"apart", "aside"}),
    "out": frozenset({"leave", "leaving", "left", "take", "taking", "keep", "keeping"}),
}
_NOT_AFTER: Final = frozenset({"excluded", "excepted", "aside", "omitted"})  # "weekends aside"
_LIGHT: Final = frozenset("the on at any for of my our those during in all a counting count including include".split())
_RANKS: Final = frozenset(
    "most least highest lowest busiest quietest dearest costliest priciest cheapest biggest best worst top".split()
)
_TO: Final = frozenset({"to", "through", "till", "until", "-", "–"})


def find_weekdays(text: str) -> tuple[int, ...]:
    """The weekdays, in order from Monday, that the question keeps to; empty where it keeps to none.

    Those that it leaves out ("but not at weekends") are taken from the others said, or from all.
    """
    words = Words.of(text, _NO_DAY, {})
    kept: set[int] = set()
    left_out: set[int] = set()
    listed: set[int] | None = None  # where the last ones went: "and" and "or" go on with them
    at = 0
    while at < len(words):
        after = weekday_range(words, at)
        days = set(_range(words, after)) if after else set(_at(words, at))
        if days:
            goes_on = listed is not None and words.word(at - 1) in {"and", "or", "nor", "&", ","}
            listed = listed if goes_on and listed is not None else left_out if _without(words, at) else kept
            listed.update(days)
        at = after or at + 1
    return tuple(sorted((kept or set(range(7))) - left_out if left_out else kept))


def _range(words: Words, after: int) -> set[int]:
    return _between(_weekday(words, after - 3), _weekday(words, after - 1))


def _without(words: Words, at: int) -> bool:
    """Whether the days at `at` are left out: "not at weekends", "other than Fridays", "weekends aside"."""
    if words.word(at + 1) in _NOT_AFTER:
        return True
    before = at - 1
    while words.word(before) in _LIGHT:
        before -= 1
    return words.word(before) in _NOT or words.word(before - 1) in _NOT_BEFORE.get(words.word(before), ())


def weekday_range(words: Words, at: int) -> int | None:
    """The place after "Monday to Friday", "mon-fri", "Monday through Thursday"."""
    if words.word(at - 1) in {"last", "this", "next", "since"} or words.word(at + 1) not in _TO:
        return None
    dated = words.kind(at + 3) in {Tok.NUM, Tok.ORD, Tok.DATE}
    return at + 3 if _weekday(words, at) >= 0 and _weekday(words, at + 2) >= 0 and not dated else None


def _between(first: int, last: int) -> set[int]:
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _weekday(words: Words, at: int) -> int:
    """The weekday, singular or plural, at `at`; -1 where none stands there."""
    word = words.word(at)
    if words.kind(at) is not Tok.WORD:
        return -1
    return WEEKDAYS.get(word, WEEKDAYS.get(word.removesuffix("s"), -1))


def _at(words: Words, at: int) -> tuple[int, ...]:
    word, before = words.word(at), words.word(at - 1)
    if words.kind(at) is not Tok.WORD:
        return ()
    if word in {"working", "work", "business"} and words.word(at + 1) == "days" and before not in _GROUPING:
        return _GROUPS["weekdays"]
    return _group(words, at) if word in _GROUPS else _recurring(words, at)


def _group(words: Words, at: int) -> tuple[int, ...]:
    """Reads "weekends", "on weekdays"; "by weekday" and "last weekend" are no filters."""
    word, before = words.word(at), words.word(at - 1)
    if word == "weekend" and ((before == "the" and words.word(at - 2) == "over") or words.word(at + 1) == "of"):
        return ()
    if word == "weekday" and before != "a" and _ranks(words):
        return ()  # "the busiest weekday", "the weekday with the most": which of them it is
    every = before == "every" or (before == "each" and word != "weekday")
    if word == "weekend" and not every and before not in _BEFORE_WEEKEND:
        return ()  # "the rehearsal weekend" is an occasion
    if word == "weekends" and words.word(at - 2) in _WHOSE and before not in {*_BEFORE_WEEKEND, "last", "past", "few"}:
        return ()  # so are "our rehearsal weekends"
    return _GROUPS[word] if every or before not in _GROUPING else ()


def _ranks(words: Words) -> bool:
    said = {words.word(at) for at in range(len(words))}
    return bool(said & _RANKS) and said.isdisjoint({"weekend", "weekends"})


def _recurring(words: Words, at: int) -> tuple[int, ...]:
    """Reads "Fridays", "every Friday", "on a Friday"; but not the name "TGI Fridays"."""
    word, before = words.word(at), words.word(at - 1)
    number = _weekday(words, at)
    if number < 0:
        return ()
    plural = word.endswith("s") and word.removesuffix("s") in WEEKDAYS and len(word) > 4
    every = before in {"every", "each"} or (before == "a" and words.word(at - 2) == "on")
    every = every or (before in {"but", "except"} and words.word(at - 2) == "day")  # "any day but Sunday"
    named = (
        words.raw(at - 1)[:1].isupper() and at > 1 and before not in {"on", "and", "or"} and words.raw(at)[:1].isupper()
    )
    possessive = words.raw(at).lower().endswith(("'s", "’s"))
    if every or (plural and not possessive and not named and before != "tgi"):
        return (number,)
    return ()
