"""Everything that can bear a reader's sentence to one question: each cited entry, each result row, each fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from ledgerqa.grounding.claim_dates import find_dates
from ledgerqa.grounding.claim_reading import Names
from ledgerqa.grounding.claim_words import Role
from ledgerqa.grounding.entry_claims import EntryWitness, Leg
from ledgerqa.grounding.result_facts import facts
from ledgerqa.grounding.result_rows import calendar, rows, scope_for
from ledgerqa.grounding.scene import Scene, text
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.grounding.result_claims import ResultWitness
    from ledgerqa.grounding.scene import LedgerNames
    from ledgerqa.grounding.scopes import Scope
    from ledgerqa.records import Citation, Entry, Evidence, Plan

LEGS = """
SELECT p.entry_id, p.account, p.root, coalesce(p.number_text, p.number::VARCHAR), p.currency,
    p.cost_currency IS NOT NULL OR p.price_currency IS NOT NULL
FROM postings p WHERE p.entry_id IN (SELECT unnest(?::INTEGER[])) ORDER BY p.posting_id
"""
LABELS = """
SELECT entry_id, tag FROM tags WHERE entry_id IN (SELECT unnest(?::INTEGER[]))
UNION ALL SELECT entry_id, link FROM links WHERE entry_id IN (SELECT unnest(?::INTEGER[]))
"""


class Books(Protocol):
    """What is asked of `corpus.Index`."""

    @property
    def ledger(self) -> LedgerNames:
        """Facts about the ledger."""

    def digits(self, currency: str) -> int:
        """The decimals with which a currency is displayed."""

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """These entries, in the order asked."""

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement."""


@dataclass(frozen=True)
class Witnesses:
    """What bears a sentence, and every name that one may bear."""

    entries: tuple[EntryWitness, ...]
    results: tuple[ResultWitness, ...]
    names: Names


def witnesses(plan: Plan, evidence: Evidence, citations: Sequence[Citation], books: Books) -> Witnesses:
    """All that may bear a sentence; asks the index only for the cited entries' postings, tags and links."""
    scene = Scene(plan, evidence, books, tuple(citations))
    ids = [citation.entry.entry_id for citation in citations]
    legs, labels = _legs(books, ids), _labels(books, ids)
    scope = replace(scope_for(scene), standing=False)
    entries = tuple(_entry(scene, citation, legs, labels, scope) for citation in citations)
    return Witnesses(entries, (*rows(scene), *facts(scene)), _names(scene, entries))


# ------------------------------------------------------------------------------------------------------ entries


def _legs(books: Books, ids: Sequence[int]) -> dict[int, list[Leg]]:
    found: dict[int, list[Leg]] = {}
    for entry, account, root, number, currency, traded in books.query(LEGS, [list(ids)]) if ids else ():
        if number is not None:
            leg = Leg(account, Root(root) if root else None, Decimal(number), currency, traded)
            found.setdefault(entry, []).append(leg)
    return found


def _labels(books: Books, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry, label in books.query(LABELS, [list(ids), list(ids)]) if ids else ():
        found.setdefault(entry, []).append(label)
    return found


def _entry(
    scene: Scene, citation: Citation, legs: Mapping[int, list[Leg]], labels: Mapping[int, list[str]], scope: Scope
) -> EntryWitness:
    entry = citation.entry
    texts = [entry.payee, entry.narration, *labels.get(entry.entry_id, [])]
    return EntryWitness(
        mark=citation.id,
        date=entry.date,
        payee=entry.payee or entry.narration,
        texts=tuple(one for one in texts if one),
        legs=tuple(legs.get(entry.entry_id, ())),
        listed=scene.plan.measure is Measure.LIST and scene.evidence.table.row_count == 1 and not scene.plan.limit,
        ranks=_ranks(scene, entry.entry_id),
        scope=scope,
    )


def _ranks(scene: Scene, entry_id: int) -> frozenset[Role]:
    """What the order of a list says of its first entry."""
    order, rows = scene.plan.order, scene.evidence.row_entries
    if scene.plan.measure is not Measure.LIST or order is None or not rows or rows[0] != entry_id:
        return frozenset()
    ranks = {("amount", True): Role.LARGEST, ("amount", False): Role.SMALLEST}
    ranks |= {("date", True): Role.LATEST, ("date", False): Role.EARLIEST}
    rank = ranks.get((order.by, order.descending))
    return frozenset({rank}) if rank else frozenset()


# -------------------------------------------------------------------------------------------------------- names


def _names(scene: Scene, entries: Sequence[EntryWitness]) -> Names:
    """Every name of the evidence, in the parts by which people call an account too."""
    texts: list[str] = []
    currencies: set[str] = set()
    for witness in entries:
        texts += witness.texts
        currencies |= {leg.currency for leg in witness.legs}
        for leg in witness.legs:
            texts += _account_parts(leg.account)
    for row in scene.evidence.table.rows:
        for column, cell in zip(scene.evidence.table.columns, row, strict=True):
            if column.type == "currency" and cell:
                currencies.add(text(cell))
            elif isinstance(cell, str) and not calendar(cell):
                texts += _account_parts(cell) if scene.root(cell) else [cell]
    for filters in (scene.plan.filters, *(side.filters for side in scene.plan.compare)):
        texts += [part for account in filters.accounts for part in _account_parts(account)]
        texts += [one for mention in filters.mentions for one in (mention.words, *mention.payees, *mention.narrations)]
        texts += filters.tags
    currencies |= {fact.currency for fact in scene.evidence.facts} - {"", "%"}
    periods = [scene.plan.period, *(side.period for side in scene.plan.compare)]
    labels = [period.label for period in periods if period.label and not any(find_dates(f"in {period.label}"))]
    return Names.of([*texts, *currencies], currencies, labels)


def _account_parts(account: str) -> list[str]:
    """The account, everything below each of its components, and every component that is not the root."""
    parts = account.split(":")
    ends = range(1, len(parts) + 1)
    return [":".join(parts[first:last]) for last in ends for first in range(last) if first or last > 1]
