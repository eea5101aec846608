"""Times told by what was booked: "gas since my last haircut", "what have I spent since the party".

The day of the latest such booking (or the first, where that is said) stands for the words, which then name nothing to
be added up.  Where it is not said which, all bookings must lie close together: of a weekly shop no one day is meant.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.linking.unlinked import characters
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_SINCE: Final = compiled(
    r"\b(?P<side>(?:ever )?since|before and after|before|after) (?:the|my|our|that)"
    r" (?:(?P<latest>last|latest|most recent)|(?P<first>first|very first))? ?"
    r"(?:visit to |trip to |time (?:at|in) |payment (?:of|to|for) )?(?:the |my |our )?$"
)
# What may follow; a verb tells more of the time than the name does: "since the oven broke".
_ENDS: Final = compiled(r"\s*(?:$|[?.!,;:]|(?:by|per|in|on|at|for|how|what|which|please|was|were|did|have|i|we)\b)")
# The time itself is asked for; "since the flat's purchase price" asks for none.
_HOW_LONG: Final = compiled(r"\bhow (?:long|many (?:days|weeks|months|years))\b|\bsince when\b|\bwhen\b")
_CLOSE: Final = dt.timedelta(days=31)
_WITHOUT_DAY: Final = compiled(
    r"\b(?:since|before|after) (?:i|we|he|she|they)(?:'ve| have|'d)? (?:last |just )?(?:moved(?: house| home| in| out)?"
    r"|got married|married|retired|graduated|divorced)\b"
    r"|\b(?:since|before|after) (?:the|our|my)(?: last)? move\b(?! (?:to|into|from|out)\b)"
)
_MOVED: Final = compiled(r"(?:i|we)(?:'ve| have|'d)? (?:last |just )?moved(?: house| home| in| out)?$", re.IGNORECASE)


def since_then(said: Said, today: dt.date, names: Vocabulary, again: Callable[[str], Said]) -> Said:
    """The question with the day in place of the entry that tells it; else as it is, and what was not read."""
    for phrase in said.phrases:
        if found := _clause(phrase, said):
            start, end, led = found
            words, day = said.text[start:end], _day(phrase, led, today, names)
            if day is None:  # of a weekly shop no one day is meant, nor is it to be added up
                left = tuple(each for each in said.phrases if each is not phrase)
                return replace(said, phrases=left, unread_periods=(words,))
            read = again(f"{said.text[:start]}{_told(led, day)}{said.text[end:]}")
            periods = tuple(
                replace(each, note=f"{words}: {day.isoformat()}") if each.period.start == day else each
                for each in read.periods
            )
            return replace(read, periods=periods)
    unread = _WITHOUT_DAY.search(said.folded)
    if unread is None or said.periods or len(said.folded) != len(said.text):
        return said
    words = said.text[unread.start() : unread.end()]
    if any(each != words for each in said.unread_periods):
        return said
    if (noun := _MOVED.sub("the move", words)) != words:  # as a tag may be called
        read = since_then(again(f"{said.text[: unread.start()]}{noun}{said.text[unread.end() :]}"), today, names, again)
        if read.periods and not read.unread_periods:
            return read
    return replace(said, unread_periods=(words,))


def _told(led: re.Match[str], day: dt.date) -> str:
    """The day in place of what was booked on it; for "after" it is the last one that is not meant."""
    side = led["side"]
    if side == "before and after":
        return f"before {day.isoformat()} vs since {day.isoformat()}"
    return f"{'since' if side.endswith('since') else side} {day.isoformat()}"


def _clause(phrase: Phrase, said: Said) -> tuple[int, int, re.Match[str]] | None:
    """From where to where the words for a time stand that end with this name, and what leads it; None without such."""
    start, end = characters(phrase, tokenize(said.text))
    led = _SINCE.search(said.text[:start].lower())
    others = [each for each in said.phrases if each is not phrase and not each.weak]
    if led and not led["side"].endswith("since") and not (led["latest"] or led["first"] or phrase.best.kind == "tag"):
        return None  # "what is left after the rent", "the glasses after the rebate": no time
    if led is None or _HOW_LONG.search(said.folded) or not (others or (said.by_rules or said.intent).measure):
        return None
    return (led.start(), end, led) if _ENDS.match(fold(said.text[end:])) else None


def _day(phrase: Phrase, led: re.Match[str], today: dt.date, names: Vocabulary) -> dt.date | None:
    """The day of the latest or the first booking, as is said; else of the first of several close together."""
    days = [each for each in _days(phrase, names) if each <= today]
    if not days or not (led["latest"] or led["first"] or days[-1] - days[0] <= _CLOSE):
        return None
    return days[-1] if led["latest"] or (led["side"] == "after" and not led["first"]) else days[0]


def _days(phrase: Phrase, names: Vocabulary) -> list[dt.date]:
    """The days on which anything was booked under the name, in order."""
    option = phrase.best
    if option.kind in {"payee", "narration"}:
        return names.booked.days(Filters(mentions=(mention_of(phrase, option),)))
    kept = {"account": Filters(accounts=option.values), "tag": Filters(tags=option.values)}.get(option.kind)
    return names.booked.days(kept) if kept else []
