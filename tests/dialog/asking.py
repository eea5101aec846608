"""Questions put to a ledger in tests: by rules alone, or beside a model that says what it is told to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.backends.protocols import Labelled, Understanding
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Plan
from ledgerqa.training.phrasings import FIELDS, SEVERAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledgerqa.corpus import Index
    from ledgerqa.records import Cell, Evidence, Measure


def understanding(
    text: str, fields: Mapping[str, tuple[str, float]], spans: Mapping[str, str], ordinary: float = 0.99
) -> Understanding:
    """Probabilities that rest on one class each; spans by their words; how likely all other words are ordinary ones."""
    shares: dict[str, dict[str, float]] = {}
    for name, classes in FIELDS.items():
        shares[name] = dict.fromkeys(classes, 0.001) if name == SEVERAL else {"": 0.98, **dict.fromkeys(classes, 0.001)}
        if name in fields:
            said, sure = fields[name]
            shares[name] |= {"": 1 - sure, said: sure} if name != SEVERAL else {said: sure}
    found = [Labelled(label, text.index(words), text.index(words) + len(words), 0.95) for words, label in spans.items()]
    words = (match.span() for match in re.finditer(r"\w+", text))
    plain = tuple(
        Labelled("O", start, end, 0.02 if any(each.start < end and start < each.end for each in found) else ordinary)
        for start, end in words
    )
    return Understanding(shares, tuple(sorted(found, key=lambda each: each.start)), plain)


@dataclass
class Scripted:
    """A model that says what it is told to."""

    fields: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    spans: Mapping[str, str] = field(default_factory=dict)
    talk: Sequence[str] = ()
    sure: float = 0.95  # of the talk
    ordinary: float = 0.99  # how likely words outside the spans are ordinary ones
    name: str = "scripted"
    sha256: str = "0"

    def understand(self, text: str) -> Understanding:
        spans = {words: label for words, label in self.spans.items() if words in text}
        heard = understanding(text, self.fields, spans, self.ordinary)
        talk = [(text.index(words), len(words)) for words in self.talk if words in text]
        return replace(heard, talk=tuple(Labelled("TALK", start, start + count, self.sure) for start, count in talk))


def asked(
    index: Index, question: str, model: Scripted | None = None, *history: str, today: dt.date
) -> tuple[Plan, Evidence]:
    """The plan of a question that has one, and what it gathers."""
    plan = plan_question(question, history, today, index, understander=model)
    assert isinstance(plan, Plan), plan
    return plan, gather(plan, index, today)


def rows_of(question: str, index: Index, measure: Measure, *history: str, today: dt.date) -> list[list[str]]:
    """The rows as they are written, once the measure is the one expected."""
    plan, evidence = asked(index, question, None, *history, today=today)
    assert plan.measure is measure, plan
    return [[_written(cell) for cell in row] for row in evidence.table.rows]


def _written(cell: Cell) -> str:
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell)
