"""Two questions in one sentence: the one that a plan leaves open is named, for asking it by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.records import Measure, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.records import Outcome

_ASKS: Final = r"(?:how (?:much|many|often)|who|whom|which|what|where)\b"
_PARTS: Final = re.compile(rf"^\W*(?P<first>(?:{_ASKS}|when\b).*?),?\s+and\s+(?P<second>{_ASKS}.*)$", re.IGNORECASE)
# What the sentence of a plan tells besides: a sum over how many entries, a list its days, payees and amounts.
_TELLS: Final = {
    Measure.SUM: {Measure.SUM, Measure.COUNT},
    Measure.LIST: {Measure.LIST, Measure.SUM, Measure.COUNT},
    Measure.AVERAGE: {Measure.AVERAGE, Measure.SUM, Measure.COUNT},
}


def with_the_other(outcome: Outcome, asked: str, plan: Callable[[str, Sequence[str]], Outcome]) -> Outcome:
    """The outcome with a note of the half that it leaves open, where two things were asked; else as it is."""
    parts = _PARTS.match(asked)
    if parts is None or not isinstance(outcome, Plan) or outcome.compare:
        return outcome
    first, second = parts["first"].strip(), parts["second"].strip(" ?.!")
    halves = ((first, plan(first, ())), (second, plan(second, (first,))))
    if not all(isinstance(each, Plan) for _, each in halves):
        return outcome
    missed = [words for words, each in halves if isinstance(each, Plan) and not _told(outcome, each)]
    if len(missed) != 1:
        return outcome  # both are told, or neither is: then the halves were no questions of their own
    told = next(each for words, each in halves if words != missed[0])
    if isinstance(told, Plan) and (missed[0] == first or told.period == outcome.period):
        outcome = told  # without the names and periods of the other half
    note = f"two things were asked; ask by itself: “{missed[0]}?”"
    return replace(outcome, reading=(*outcome.reading, note))


def _told(whole: Plan, half: Plan) -> bool:
    """Whether the answer to the whole says what the half asks."""
    if half.measure not in _TELLS.get(whole.measure, {whole.measure}):
        return False
    return half.group_by in {(), whole.group_by} and _names(half) <= _names(whole)


def _names(plan: Plan) -> set[str]:
    filters = plan.filters
    return {*filters.accounts, *filters.tags, *filters.links, *(fold(each.words) for each in filters.mentions)}
