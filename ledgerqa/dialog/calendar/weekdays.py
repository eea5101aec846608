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
_TO: Final = frozenset({"to", "through", "till", "until", "-", "–"})


def find_weekdays(text: str) -> tuple[int, ...]:
    """The weekdays, in order from Monday, that the question keeps to; empty where it keeps to none."""
    words = Words.of(text, _NO_DAY, {})
    days: set[int] = set()
    at = 0
    while at < len(words):
        if after := weekday_range(words, at):
            first, last = _weekday(words, after - 3), _weekday(words, after - 1)
            days.update(_between(first, last))
            at = after
            continue
        days.update(_at(words, at))
        at += 1
    return tuple(sorted(days))


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
    every = before == "every" or (before == "each" and word != "weekday")
    if word == "weekend" and not every and before not in _BEFORE_WEEKEND:
        return ()  # "the rehearsal weekend" is an occasion
    if word == "weekends" and words.word(at - 2) in _WHOSE and before not in {*_BEFORE_WEEKEND, "last", "past", "few"}:
        return ()  # so are "our rehearsal weekends"
    return _GROUPS[word] if every or before not in _GROUPING else ()


def _recurring(words: Words, at: int) -> tuple[int, ...]:
    """Reads "Fridays", "every Friday", "on a Friday"; but not the name "TGI Fridays"."""
    word, before = words.word(at), words.word(at - 1)
    number = _weekday(words, at)
    if number < 0:
        return ()
    plural = word.endswith("s") and word.removesuffix("s") in WEEKDAYS and len(word) > 4
    every = before in {"every", "each"} or (before == "a" and words.word(at - 2) == "on")
    named = (
        words.raw(at - 1)[:1].isupper() and at > 1 and before not in {"on", "and", "or"} and words.raw(at)[:1].isupper()
    )
    possessive = words.raw(at).lower().endswith(("'s", "’s"))
    if every or (plural and not possessive and not named and before != "tgi"):
        return (number,)
    return ()
