"""The gate: every number and date of a sentence is borne by the result, or the sentence is not shown.

Numbers are tokenised as a reader meets them: separators joined, signs apart (the prose turns signs to what people
mean), marks of citations left out.  Borne means: it stands in a row, a derived fact, a cited entry, the plan, or
is the number of contributing entries or of rows, or today.  A quotient (a fact, an average, a conversion) may be
shortened.  The question itself bears nothing: "claim that I hold 1,000,000" proves no million.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from ledgerqa.grounding.figures import WIDE, endless, span
from ledgerqa.grounding.scene import is_valued
from ledgerqa.patterns import compiled
from ledgerqa.records import Fact, LeftOut, Measure, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledgerqa.records import Citation, Evidence, Plan

NUMBER = compiled(r"(?<![\w.])[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])[-+]?\d+(?:\.\d+)?")
DATE = compiled(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
MARK = compiled(r"\[\d+(?:\s*[,–-]\s*\d+)*\]")
SAFE = "The result is in the table below; its sentence was withheld because a figure in it could not be verified."


@dataclasses.dataclass(frozen=True)
class Bearers:
    """What a sentence may say: numbers without sign, dates as "2024-03-05" and "2024-03", and what may be shortened."""

    numbers: frozenset[Decimal]
    dates: frozenset[str]
    quotients: tuple[Decimal, ...]

    def bears(self, number: Decimal) -> bool:
        """Whether the number, without its sign, is one of these, or a quotient shortened."""
        if number in self.numbers:
            return True
        unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
        return any(number == one.quantize(unit, ROUND_HALF_EVEN, WIDE) for one in self.quotients)


def bearers(plan: Plan, evidence: Evidence, citations: Sequence[Citation], today: dt.date) -> Bearers:
    """What this plan's result bears."""
    texts: list[str] = [today.isoformat(), *(day.isoformat() for day in evidence.rated)]
    numbers: set[Decimal] = {Decimal(evidence.contributing), Decimal(evidence.table.row_count)}
    values = [cell for row in evidence.table.rows for cell in row]
    values += [value for one in evidence.facts for value in (one.number, one.note)]
    cited = [(one.entry.date, one.entry.payee, one.entry.narration, one.entry.text) for one in citations]
    for value in (*values, *_walk(plan), *(value for entry in cited for value in entry)):
        if isinstance(value, (Decimal, int)):
            numbers.add(abs(Decimal(value)))
        elif value is not None:
            texts.append(str(value))
    joined = "\n".join(texts)
    numbers.update(abs(number) for number in _numbers(DATE.sub(" ", joined)))  # a date's parts bear no number
    dates = set(DATE.findall(joined))
    quotients = [abs(one.number) for one in evidence.facts]
    shortened = plan.measure in {Measure.AVERAGE, Measure.HOLDINGS} or is_valued(plan) or plan.averaged
    quotients += [
        abs(cell)
        for row in evidence.table.rows
        for column, cell in zip(evidence.table.columns, row, strict=True)
        if isinstance(cell, Decimal) and ((shortened and column.name != "units") or endless(cell))
    ]
    return Bearers(frozenset(numbers), frozenset(dates | {day[:7] for day in dates}), tuple(quotients))


def unsupported(sentence: str, borne: Bearers) -> tuple[int, list[str]]:
    """How many numbers and dates the sentence says, and those that nothing bears."""
    checked, missing = 0, []
    text = MARK.sub(" ", sentence)
    for day in DATE.findall(text):
        checked += 1
        if day not in borne.dates:
            missing.append(day)
    for found in NUMBER.findall(DATE.sub(" ", text)):
        checked += 1
        if not borne.bears(abs(Decimal(found.replace(",", "")))):
            missing.append(found)
    return checked, missing


def gate(sentences: Iterable[str], borne: Bearers) -> tuple[tuple[str, ...], Verification]:
    """The sentences of a headline that may be shown, and what was checked.

    One that says an unborne number is left out and named in `unsupported`; where it was the first, a sentence
    without any figure stands in its place, so that an answer is never empty.
    """
    shown: list[str] = []
    numbers, dropped = 0, []
    for at, sentence in enumerate(sentences):
        checked, missing = unsupported(sentence, borne)
        numbers += checked
        if not missing:
            shown.append(sentence)
            continue
        dropped.append(f"{sentence} (not borne by the result: {', '.join(missing)})")
        if at == 0:
            shown.append(SAFE)
    return tuple(shown), Verification(numbers=numbers, unsupported=tuple(dropped))


def with_span(plan: Plan, evidence: Evidence) -> Evidence:
    """The evidence with the days that a sentence may name as a fact of their own, so that the answer carries them.

    The fact `entries` is the number of contributing entries; its note says which days they cover, and the first
    and last day of the period asked for (a plan's `end` is the day after), and holds evidence's own notes.
    """
    covered = span(evidence.first_date, evidence.last_date) or evidence.first_date or evidence.last_date
    days = [f"covering {covered}" if covered else ""]
    for period in dict.fromkeys((plan.period, *(variant.period for variant in plan.compare))):
        last = period.end and period.end - dt.timedelta(days=1)
        if period:
            days.append(f"asked for {span(period.start, last) or period.start or f'the day {last}'}")
    if evidence.rated:
        days.append(f"rates of {span(evidence.rated[0], evidence.rated[-1]) or evidence.rated[0]}")
    note = "; ".join(part for part in (*days, *evidence.notes) if part)
    fact = Fact("entries", Decimal(evidence.contributing), note=note)
    return dataclasses.replace(evidence, facts=(*evidence.facts, fact)) if note else evidence


def _numbers(text: str) -> Iterator[Decimal]:
    for found in NUMBER.findall(text):
        yield Decimal(found.replace(",", ""))


def _walk(value: object) -> Iterator[object]:
    """Every leaf of a plan: its texts, dates and numbers; of entries left out how many, not their places."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        if value and isinstance(value[0], LeftOut):
            yield len(value)
            return
        for one in value:
            yield from _walk(one)
    elif not isinstance(value, bool):
        yield value
