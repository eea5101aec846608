"""The plain sentence of every measure: deterministic, made from the result alone, and exact without any model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.grounding import changes, figures, listings, phrases, positions, recurrences, totals
from ledgerqa.grounding.existence import opening
from ledgerqa.grounding.limits import against_its_limit
from ledgerqa.grounding.nothing import nothing
from ledgerqa.grounding.scene import Scene
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.grounding.scene import Books
    from ledgerqa.records import Citation, Evidence, Plan

SENTENCES: dict[Measure, Callable[[Scene], list[str]]] = {
    Measure.SUM: totals.sums,
    Measure.COUNT: totals.counts,
    Measure.AVERAGE: totals.averages,
    Measure.LIST: listings.entries,
    Measure.BALANCE: positions.balances,
    Measure.NET_WORTH: positions.net_worth,
    Measure.HOLDINGS: positions.holdings,
    Measure.NET_INCOME: totals.net_income,
    Measure.INCOME_STATEMENT: positions.income_statement,
    Measure.BALANCE_SHEET: positions.balance_sheet,
    Measure.PRICE: listings.prices,
    Measure.BUDGET: recurrences.budgets,
    Measure.METADATA: listings.metadata,
    Measure.ACCOUNTS: listings.accounts,
    Measure.COMMODITIES: listings.commodities,
    Measure.EVENTS: listings.events,
    Measure.NOTES: listings.notes,
    Measure.DOCUMENTS: listings.documents,
    Measure.BALANCE_CHECKS: listings.balance_checks,
    Measure.QUERIES: listings.queries,
    Measure.LEDGER_ERRORS: listings.ledger_errors,
    Measure.RECURRING: recurrences.recurring,
    Measure.GAPS: recurrences.gaps,
}
UNREAD = "not read:"  # how a note begins that names words of the question which nothing was made of
READINGS = 4  # notes on the reading taken that a sentence holds


def headline(
    plan: Plan, evidence: Evidence, index: Books, citations: tuple[Citation, ...] = (), question: str = ""
) -> str:
    """The plain answer as one paragraph, with citation marks; `question` only decides on a leading yes or no."""
    return " ".join(sentences(plan, evidence, index, citations, question))


def sentences(
    plan: Plan, evidence: Evidence, index: Books, citations: tuple[Citation, ...] = (), question: str = ""
) -> tuple[str, ...]:
    """The plain answer, sentence by sentence: what was asked first, then what must be known beside it."""
    scene = Scene(plan, evidence, index, citations)
    main = SENTENCES[plan.measure](scene) if _anything(scene) else nothing(scene)
    first = [opening(question, plan, evidence) or changes.verdict(scene, question)]
    return tuple(sentence for sentence in (*first, *main, against_its_limit(scene), *_beside(scene)) if sentence)


def _anything(scene: Scene) -> bool:
    """Whether there is a row to speak of: a row whose figure is None (an average of nothing) is none."""
    if not scene.evidence.table.rows:
        return False
    return any(cell is not None for row in scene.evidence.table.rows for cell in row)


def _beside(scene: Scene) -> list[str]:
    """What could not be converted, evidence's notes, and the reading taken."""
    said = []
    if left := scene.evidence.unconverted:
        what, verb = ("it is", "its own unit") if len(left) == 1 else ("they are", "their own units")
        said.append(f"No rate was found for {figures.listed(left)}: {what} shown in {verb}.")
    said += [_sentence(note) for note in scene.evidence.notes]
    return [*said, *_reading(scene.plan.reading)]


def _reading(notes: Sequence[str]) -> list[str]:
    """How the question was understood, and which of its words were not."""
    taken = [note.removeprefix("read as ") for note in notes if not note.startswith(UNREAD)]
    unread = [note.removeprefix(UNREAD).strip() for note in notes if note.startswith(UNREAD)]
    said = [_sentence(f"Read as: {'; '.join(taken[:READINGS])}")] if taken else []
    return [*said, _sentence(f"Not understood: {'; '.join(unread)}")] if unread else said


def _sentence(text: str) -> str:
    """A note as a sentence: with a capital and a full stop."""
    text = text.strip()
    return f"{phrases.capitalised(text)}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""
