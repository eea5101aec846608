"""Beside the exact rows: which entries meaning and words find for a planned question, and which of them contribute.

The reader may read all of them; an answer rests on those alone that contribute to its exact rows, so what merely lies
near is marked as such and is never a source of a figure.  Filters and period of the plan hold inside both searches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledgerqa.evidence.gather import gather
from ledgerqa.evidence.nearest import nearest_of_plan
from ledgerqa.records import Measure, Retrieved

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.evidence.nearest import Found
    from ledgerqa.records import Evidence, Filters, Plan

BESIDE = 20
"""Entries that are kept beside the cited ones, best first."""
WITHOUT_ENTRIES = frozenset({Measure.LEDGER_ERRORS})
"""Measures whose rows are no entries, so that none can lie near them."""


def retrieve(
    question: str,
    plan: Plan,
    evidence: Evidence,
    cited: Sequence[int],
    index: Index,
    today: dt.date,
    encoder: Encoder | None,
    *,
    follows: bool = False,
) -> tuple[Retrieved, ...]:
    """The cited entries and at most `BESIDE` others, by reciprocal rank fusion of exact rows, meaning and words.

    `follows` says that the question leans on earlier ones ("and in 2024?"), so that its plan's names are searched for
    with it.  Without an encoder, or where its vectors are not made yet, words alone are searched.
    """
    if plan.measure in WITHOUT_ENTRIES:
        return ()
    exact = list(dict.fromkeys((*cited, *evidence.entry_ids)))
    text = searched_for(question, plan, follows=follows)
    found = nearest_of_plan(text, plan, index, encoder, len(exact) + BESIDE, exact)
    bearing = _contributing(plan, evidence, exact, index, today)
    kept = list(_kept(found, frozenset(cited)))
    entries = index.entries([each.entry_id for each in kept])
    return tuple(
        Retrieved(entry, _ways(each, contributes=entry.entry_id in bearing), each.cosine, entry.entry_id in bearing)
        for entry, each in zip(entries, kept, strict=True)
    )


def searched_for(question: str, plan: Plan, *, follows: bool) -> str:
    """What meaning and words search for: the question, and with it the plan's names where it leans on earlier ones."""
    return " ".join((question, *_names(plan))) if follows else question


def _kept(found: Sequence[Found], cited: frozenset[int]) -> Iterator[Found]:
    beside = 0
    for each in found:
        if each.entry_id not in cited:
            beside += 1
            if beside > BESIDE:
                continue
        yield each


def _ways(found: Found, *, contributes: bool) -> tuple[Literal["structured", "dense", "sparse"], ...]:
    """How it was found; whatever contributes stands in what the plan's statement selects, shown or not."""
    if contributes and "structured" not in found.found_by:
        return ("structured", *found.found_by)
    return found.found_by


def _contributing(plan: Plan, evidence: Evidence, exact: Sequence[int], index: Index, today: dt.date) -> frozenset[int]:
    """All entries that the figures rest on; asked for again only where the evidence names but some of them."""
    if evidence.contributing <= len(exact):
        return frozenset(exact)
    return frozenset((*exact, *gather(plan, index, today, entry_limit=None).entry_ids))


def _names(plan: Plan) -> Iterator[str]:
    """What the plan is about, in words."""
    for filters in (plan.filters, *(side.filters for side in plan.compare)):
        yield from _named(filters)


def _named(filters: Filters) -> Iterator[str]:
    for account in filters.accounts:
        yield account.rpartition(":")[2]
    for mention in filters.mentions:
        yield mention.words
    yield from filters.tags
