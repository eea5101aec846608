"""What is said around a question, as a model hears it, left off before the rules read what is asked.

The model marks runs of words ("I've got the accountant on the other line and ...").  What it is sure of goes; but what
names something stays where the question without it would point to nothing ("the nursery is dear, what have we paid
them?"), and nothing goes from a text that gives orders, which are refused as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.asides import named_in, points_back, speaks_of_somebody
from ledgerqa.dialog.understanding.idle_times import without_idle_times
from ledgerqa.dialog.understanding.refusals import orders
from ledgerqa.dialog.understanding.statements import without_remarks, without_statements
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ledgerqa.backends.protocols import Labelled, Understander
    from ledgerqa.dialog.linking.said import Said

SURE: Final = 0.8  # how likely a run of words must be talk to go
SURER: Final = 0.9  # where it names something and the rest does not, or says what was noted
_OF_SOMETHING: Final = frozenset(
    {None, Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, Measure.PRICE, Measure.METADATA, Measure.HOLDINGS}
)
SHORT: Final = 3  # words in which a name is no talk: "(Reisen)", "Ishbel here"
_MARKED: Final = compiled(r"\b(?:flag(?:s|ged)?|tag(?:s|ged)?|link(?:s|ed)?|exclamation)\b")  # what entries bear
_NOTED: Final = compiled(r"\b(?:noted|recorded|booked|marked|logged|entered|linked|targets?|goals?)\b")
# "Taken the same money off us twice on one day": how often, in the middle of what is asked.
_HOW_OFTEN: Final = compiled(r"\b(?:twice|thrice|doubl(?:e|y|ed)|(?:two|three|several) times|more than once)\b")
_LED_TO: Final = compiled(r"\b(?:with|by|as) $", re.IGNORECASE)  # "still marked with ! that I need to look at"
_LAST_WORDS: Final = compiled(r"[,;.!?–—-]\s+(?P<words>[\w']+(?: [\w']+)?)$")
# "When did the monthly bill last go up": some bill that was spoken of.
_KNOWN: Final = compiled(
    r"\b(?:the|this|that) (?:\w+ )?(?:bill|price|fee|charge|payment|contract|subscription|membership|premium)\b"
)
# "What do we pay a month now": for what was spoken of.
_PAID_FOR: Final = compiled(
    r"\b(?:what|how much) (?:do|did|does|are|were|have|has) (?:i|we|they) (?:\w+ )?"
    r"(?:pay|paid|paying|charged?|charging)(?! (?:in total|altogether|out|off|back|all in))\b"
)
# "How much rent have I paid him for it": what it is for stands in the talk, though the rest names something.
_FOR_IT: Final = compiled(
    r"\b(?:for|of|on|from|with|about) (?:it|him|her|them)\b|\b(?:paid|pay|owe|gave|give|sent|send) (?:him|her|them)\b"
)
_JOINING: Final = compiled(
    r"(?:(?:and|so|but|or|now|well|right|ok|okay|anyway|then|just|please|thanks|cheers|ta|sorry|hi|hey) ?)+",
    re.IGNORECASE,
)
_ENDS: Final = compiled(r"^[\s,;:.!?–—-]+|[\s,;:–—-]+$")
_DOUBLED: Final = compiled(r"\s*[,;:]\s*(?=[,.;:?!])|\s+(?=[,.;?!])")

Span = tuple[int, int]


@dataclass(frozen=True)
class Heard:
    """A question without the talk around it, and of that talk what could have been meant for a part of it."""

    text: str
    left_off: tuple[str, ...] = ()


def without_talk(text: str, understander: Understander | None, read: Callable[[str], Said]) -> Heard:
    """The question less what is only stated before it, and as far as a model does not take it for talk.

    `read` tells the parts of what is left.
    """
    text, remarks = without_remarks(text)
    text, stated = without_statements(text, read)
    text, told = without_idle_times(text, read)
    heard = _without_runs(text, understander, read)
    off = (_ENDS.sub("", words) for words in (stated, told, remarks) if words and _may_be_meant(read(words)))
    return replace(heard, left_off=(*off, *heard.left_off))


def _without_runs(text: str, understander: Understander | None, read: Callable[[str], Said]) -> Heard:
    """The question without the runs of words that a model is sure to be talk."""
    talk = understander.understand(text).talk if understander else ()
    sure = {_to_the_mark(text, each): each.probability for each in talk if each.probability >= SURE}
    sure = {run: share for run, share in sure.items() if not _is_within(text, run)}
    if not sure or orders(fold(text)):
        return Heard(text)
    told = {run: read(text[run[0] : run[1]]) for run in sure}
    runs = [run for run in sure if not _may_say(text[run[0] : run[1]], told[run], sure[run])]
    rest = _less(text, runs)
    if not named_in(asked := read(rest)):
        enough = _is_enough(asked)
        runs = [run for run in runs if (enough and sure[run] >= SURER) or not named_in(told[run])]
        rest = _less(text, runs)
    if not re.search(r"\w", rest):
        return Heard(text)
    if _leans(rest, read(rest), text, [told[run] for run in runs]):
        runs = [run for run in runs if not named_in(told[run])]
        rest = _less(text, runs)
    meant = (text[run[0] : run[1]] for run in runs if _may_be_meant(told[run]))
    return Heard(rest, tuple(_ENDS.sub("", words) for words in meant))


def _is_enough(asked: Said) -> bool:
    """Whether a question that names nothing asks something by itself: "what did we spend", and not "show me"."""
    intent = asked.intent
    bound = intent.flow or intent.sign or asked.bounds.spans or _MARKED.search(asked.folded)
    return not (_KNOWN.search(asked.folded) or _PAID_FOR.search(asked.folded)) and (
        bool(bound) or intent.measure not in _OF_SOMETHING
    )


def _is_within(text: str, run: Span) -> bool:
    """Whether a run of talk belongs to the words around it: a short one that says how often, or what "with" is with."""
    words = text[run[0] : run[1]]
    counts = len(words.split()) <= SHORT and _HOW_OFTEN.search(fold(words))
    marked = any(found.start() < run[0] < found.end() for found in re.finditer(FLAGGED, text.lower()))
    return bool(counts or marked or _LED_TO.search(text[: run[0]]))  # "marked as uncertain"


def _may_say(words: str, told: Said, sure: float) -> bool:
    """Whether a run of talk says something of the question: a bare name, a mark, or where something was noted."""
    bare = bool(named_in(told)) and len(words.split()) <= SHORT
    folded = fold(words)
    return bare or bool(_MARKED.search(folded)) or (sure < SURER and bool(_NOTED.search(folded)))


def _to_the_mark(text: str, run: Labelled) -> Span:
    """Where a run of talk ends: a word or two of a new clause at its end ("..., can") belong to what follows."""
    last = _LAST_WORDS.search(text[run.start : run.end])
    if last is None or _JOINING.fullmatch(last["words"]) or run.end == len(text):
        return run.start, run.end
    return run.start, run.start + last.start("words")


def _leans(rest: str, asked: Said, text: str, told: Iterable[Said]) -> bool:
    """Whether what is left points to a name that stands in the talk, or names what the ledger does not know."""
    if asked.unknown or points_back(rest, asked) or _FOR_IT.search(asked.folded):
        return True
    persons = any(_is_proper(each.words, text) for said in told for each in named_in(said))
    return persons and speaks_of_somebody(rest) and not any(_is_proper(each.words, text) for each in named_in(asked))


def _is_proper(words: str, text: str) -> bool:
    """Whether a name is written with a capital that no beginning of a sentence asks for."""
    return words[:1].isupper() and not re.search(rf"(?:^|[.!?]\s+){re.escape(words)}", text)


def _less(text: str, runs: Iterable[Span]) -> str:
    """The text without some runs of words, and without the marks that only parted them from the rest."""
    left, at = "", 0
    for run in runs:
        left += text[at : run[0]] + " "
        at = run[1]
    return _ENDS.sub("", _DOUBLED.sub("", re.sub(r"\s+", " ", left + text[at:])))


def _may_be_meant(said: Said) -> bool:
    """Whether these words could narrow a question: they tell a time, a bound, or a name that the ledger bears."""
    return bool(said.periods or said.bounds.spans or said.weekdays or named_in(said))
