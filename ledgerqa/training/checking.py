"""Authored phrasings as a test of the whole planner: asked of ledgers that bear their names, held against their labels.

What a label says and a plan does not is a difference: another measure or grouping, a name or a period that was lost, a
question back or a refusal.  Some are the ledger's doing (two accounts called alike), most are misreadings.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Measure, Plan
from ledgerqa.training.agreement import with_periods
from ledgerqa.training.fills import read_vocabularies
from ledgerqa.training.invented import TODAY, invented, is_fillable
from ledgerqa.training.phrasings import PHRASINGS, VOCABULARIES, read_phrasings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.backends.protocols import Understander
    from ledgerqa.records import Filters, Outcome
    from ledgerqa.training.invented import Name, Question

_LAID_OUT = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE})


@dataclass
class Checked:
    """How many lines were asked, how many plans differ from their labels, in what, and which lines these are."""

    asked: int = 0
    differing: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def add(self, question: Question, found: list[str]) -> None:
        """One line with its differences."""
        self.asked += 1
        self.differing += bool(found)
        self.kinds.update(found)
        if found:
            self.lines.append(f"{question.where}: {question.text} [{'; '.join(found)}]")


def check_phrasings(count: int, seed: int, model: Understander | None, tell: Callable[[str], None]) -> Checked:
    """Ask `count` phrasings, drawn by `seed`, each of a ledger made of one of the invented vocabularies."""
    random, checked = Random(seed), Checked()
    lines = random.sample([each for each in read_phrasings(PHRASINGS) if is_fillable(each)], count)
    vocabularies = read_vocabularies(VOCABULARIES)
    for number, vocabulary in enumerate(vocabularies):
        own = [with_periods(each) for each in lines[number :: len(vocabularies)]]
        ledger, questions = invented(own, vocabulary, seed + number)
        with tempfile.TemporaryDirectory() as folder:
            main = Path(folder) / "main.beancount"
            main.write_text(ledger, encoding="utf-8")
            build(main, Path(folder) / "data")
            with open_index(main, Path(folder) / "data") as index:
                for each in questions:
                    outcome = plan_question(each.text, (), TODAY, index, understander=model)
                    checked.add(each, list(differences(each, outcome)))
        tell(f"{checked.asked} asked, {checked.differing} read otherwise than labelled")
    return checked


def differences(question: Question, outcome: Outcome) -> Iterator[str]:
    """What the label says and the outcome does not, each by its kind."""
    if not isinstance(outcome, Plan):
        yield "asked back" if isinstance(outcome, Clarify) else "refused"
        return
    measure = next(iter(question.fields.get("measure", ())), "")
    if measure and outcome.measure.value != measure:
        yield f"{measure} read as {outcome.measure.value}"
    kept, left_out = _filters(outcome)
    for name in question.names:
        if not _bears(kept, name) and not _bears(left_out, name):
            yield f"{name.kind} lost"
        elif name.left_out and not _bears(left_out, name):
            yield f"{name.kind} to leave out kept in"
    told = {
        each for one in (outcome.period, *(side.period for side in outcome.compare)) for each in (one.start, one.end)
    }
    told |= {each for one in outcome.filters.exclude_periods for each in (one.start, one.end)} | {outcome.at}
    if any(told.isdisjoint(span) for span in question.days):
        yield "period lost"
    groups = set(question.fields.get("group", ()))
    if measure == outcome.measure.value and outcome.measure in _LAID_OUT:
        shown = {each.value for each in outcome.group_by}
        if shown != groups:
            yield f"by {','.join(sorted(groups)) or 'nothing'} read as by {','.join(sorted(shown)) or 'nothing'}"
    if bool(question.fields.get("compare")) != bool(outcome.compare):
        yield "comparison lost" if question.fields.get("compare") else "comparison added"


def _filters(plan: Plan) -> tuple[str, str]:
    """What the plan keeps to and what it leaves out, each as one text to look for names in."""
    each = [plan.filters, *(side.filters for side in plan.compare)]
    kept = [(one.accounts, one.alongside, one.mentions, one.tags) for one in each]
    return repr(kept).lower(), repr([_left_out(one) for one in each]).lower()


def _left_out(filters: Filters) -> tuple[object, ...]:
    return (
        filters.exclude_accounts,
        filters.exclude_alongside,
        filters.exclude_mentions,
        filters.exclude_tags,
        filters.exclude_entries,
    )


def _bears(text: str, name: Name) -> bool:
    return name.borne.lower() in text
