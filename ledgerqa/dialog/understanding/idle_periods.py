"""Times beside the one that is asked about: "I'm in Berlin now and want what we paid for gas in 2024"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import is_faint
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.earlier import STANDING
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.intents import Intent

# What sets a time beside another, and what asks of it by itself.
_BESIDE: Final = compiled(
    r"^\W*(?:(?:and|or|to|with|plus|vs|versus|against|but|till|until|up|so far)\b\W*)*"
    r"(?:(?:in|on|for|of|at|by|the|as|also|just|again|still|from|since|during)\b\W*)*$"
    r"|\b(?:than|then|versus|vs|against|compar\w+|more|less|same|both)\b"
)
_ASKED: Final = compiled(r"\b(?:and|or|but|what|how|which|when|who)\b")
_JOINED: Final = compiled(r"\b(?:and|or|but)\b")
_SELF: Final = compiled(r"\b(?:i|we|he|she|they|it)(?:'m|'re|'s|’m|’re|’s| am| are| is) (?!(?:the|my|our)\b)[\w ]*$")


def asked_of(periods: tuple[FoundPeriod, ...], intent: Intent, text: str, today: dt.date) -> tuple[FoundPeriod, ...]:
    """The times that the question is of: of the last time ever, none that is but lately.

    Beside a time that is booked, no "now" of who asks, nor when an answer is due or something is planned, unless the
    question sets the two side by side.
    """
    if intent.single and intent.order is not None and intent.order.by == "date":
        return tuple(each for each in periods if not is_faint(each))  # "he says he paid lately: when did he last"
    if len(periods) < 2 or intent.compare:
        return periods
    idle = [each for each in periods if _is_idle(each, intent, text, today) and not _is_beside(each, periods, text)]
    booked = [each for each in periods if each not in idle and not _is_to_come(each, today)]
    return tuple(each for each in periods if each not in idle) if booked else periods


def _is_idle(found: FoundPeriod, intent: Intent, text: str, today: dt.date) -> bool:
    of_now = found.kind == "now" or is_faint(found) or _TODAY.match(fold(found.text))
    if of_now and intent.measure not in STANDING:
        led, follows = fold(text[: found.start]), fold(text[found.end :])
        return bool(_SELF.search(led)) or not (_ASKED.search(follows) or _JOINED.search(led))
    return _is_to_come(found, today) or (found.kind == "until" and bool(_DUE.match(fold(found.text))))


_TODAY: Final = compiled(r"(?:on )?(?:today|tonight|this (?:morning|afternoon|evening))\b")
_DUE: Final = compiled(r"by (?:tonight|tomorrow|today|now|noon|lunch|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")


def _is_to_come(found: FoundPeriod, today: dt.date) -> bool:
    return found.period.start is not None and found.period.start > today


def _is_beside(found: FoundPeriod, periods: Sequence[FoundPeriod], text: str) -> bool:
    """Whether the words between it and another time join the two."""
    between = (text[min(found.end, each.end) : max(found.start, each.start)] for each in periods if each is not found)
    return any(_BESIDE.search(fold(words)) for words in between)
