"""A question that comes to nothing, read again without a clause that asks nothing: "... - for the hall of shame".

Who asks seldom says words that cannot all be meant.  So where a name stands nowhere in the ledger, or the names never
stand in one entry, a clause beside the question may be what was only said along with it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.understanding.asides import asks, named_in, points_back
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome

_MARK: Final = compiled(
    r"\s*[,;:]\s+|\s+[-–—]+\s+|\s*(?:\.\.+|…)\s+|(?<=\S)[.!?]\s+"
    r"|\s+(?=(?:because|cos|cause|so) (?:i|we|he|she|they|it|that|the|my|our)\b)",
    re.IGNORECASE,
)
# What narrows a question, or says how to tell the answer, however it is put.
_TELLS: Final = compiled(
    r"\b(?:only|just|alone|not|n't|no|without|except|excluding|including|include|count(?:ing|ed|s)?|leav\w+|left|apart|besides?"
    r"|minus|less|plus|also|and|or|but|versus|vs|compared|than|per|each|every|split|by|total|list|mean|meant)\b"
)
_ASKS_BACK: Final = compiled(r"(?:is|are|was|were|do|does|did|has|have|had|am|will|can|could|should)\b")
# "My average invoice, incl VAT": what begins so narrows what stood before it, and is no question by itself.
_NARROWS: Final = compiled(
    r"\W*(?:incl|excl|including|excluding|without|except|only|not|but|net of|gross of|before|after|less|plus)\b"
)
_LEAST: Final = 3  # words: "groceries, sushi" is a list


_OF_ENTRIES: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})


def read_again(
    outcome: Outcome, text: str, read: Callable[[str], Said], plan: Callable[[str], Outcome], names: Vocabulary
) -> tuple[Outcome, str]:
    """The outcome, or where it comes to nothing that of the question less a clause, and this clause.

    `read` tells the parts of a text, `plan` what it asks for.
    """
    if not _comes_to_nothing(outcome, names):
        return outcome, ""
    for rest, clause in _less_a_clause(text, read):
        again = plan(rest)
        if isinstance(again, Plan) and not _comes_to_nothing(again, names):
            return again, clause
    return outcome, ""


def _comes_to_nothing(outcome: Outcome, names: Vocabulary) -> bool:
    """Whether a name stands nowhere, or the names never stand together in an entry, whenever that was."""
    if isinstance(outcome, Refusal):
        return bool(outcome.lacks)
    return isinstance(outcome, Plan) and outcome.measure in _OF_ENTRIES and not names.booked.meets(outcome.filters)


def _less_a_clause(text: str, read: Callable[[str], Said]) -> Iterator[tuple[str, str]]:
    """The question less one of its clauses, the last first, and that clause; `read` tells the parts of what is left."""
    marks = [each.span() for each in _MARK.finditer(text)]
    if not marks:
        return
    for (before, start), (end, after) in reversed([*pairwise([(0, 0), *marks, (len(text), len(text))])]):
        rest = text[:before] + text[end:] if start else text[after:]
        clause = text[start:end]
        tells = _asks_nothing(clause, last=start > 0) and not _only_names(read(clause))
        if tells and _asks_enough(rest, clause, read):
            yield rest, clause


def _asks_nothing(clause: str, *, last: bool) -> bool:
    """Whether a clause may be said along: it tells, or asks back at its end ("are the bees improving")."""
    folded = fold(clause).replace("’", "'").strip(" .,!?")
    narrows = _TELLS.search(folded) or cues("asides").found("restricts", folded)
    if narrows or len(folded.split()) < _LEAST:
        return False
    return not asks(folded) or (last and bool(_ASKS_BACK.match(folded)))


def _only_names(told: Said) -> bool:
    """Whether it names and dates, and tells nothing of anybody: "cheapest lampshade", "Fenwick in 2024"."""
    left = told.folded
    for words in (*(each.words for each in told.phrases), *(each.text for each in told.periods)):
        left = left.replace(fold(words), " ")
    sure = any(each.best.how == "exact" and not each.weak for each in told.phrases)
    return sure and {each.fold for each in tokenize(left)} <= lexicon().grammar - _TELLING


_TELLING: Final = frozenset(
    "i me my myself we us our you your he him his she her it they them their am is are was were be been being has have"
    " had got get went goes go going came comes come did do does done ran made makes make brought if when then"
    " so".split()
)


def _asks_enough(rest: str, clause: str, read: Callable[[str], Said]) -> bool:
    """Whether what is left names something for certain, lacks no name nor time, and points to nothing before it."""
    if _NARROWS.match(fold(rest)):
        return False
    asked, told = read(rest), read(clause)
    timed = any(each.kind in {"range", "since"} for each in told.periods) and named_in(told) and not asked.periods
    return bool(named_in(asked)) and not (timed or asked.unknown or points_back(rest, asked))
