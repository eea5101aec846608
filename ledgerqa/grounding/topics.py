"""Which of the cited entries a reader may write a sentence about, and in what words: what the gate could admit.

The gate stays what it is, and judges each sentence; this keeps a small model from spending its few words on what could
never pass, or on what the answer has said already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.fusion.items import items_of_entry
from ledgerqa.fusion.passages import postings
from ledgerqa.fusion.topics import Topic
from ledgerqa.grounding.claim_dates import DateClaim
from ledgerqa.grounding.claim_reading import read
from ledgerqa.grounding.claim_words import Role, denied, tokens
from ledgerqa.grounding.entry_claims import HOLDING
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledgerqa.grounding.entry_claims import EntryWitness, Leg
    from ledgerqa.grounding.witnesses import Witnesses
    from ledgerqa.records import Citation, Plan

MOST = 8
"""Topics to choose from."""
MEASURES = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.NET_INCOME, Measure.LIST, Measure.METADATA})
"""Measures of which single entries tell something; one of the hundreds behind a balance tells nothing."""
OPENING = "you"
VERBS = {
    Role.OUT: ("paid", "spent"),
    Role.IN: ("received", "earned"),
    Role.REFUND: ("received", "got"),
    Role.MOVE: ("moved", "transferred"),
    Role.BUY: ("bought",),
    Role.SELL: ("sold",),
}
"""What is done with money, by the way it went."""
PARTIES = {Role.OUT: ("to", "at", "for"), Role.IN: ("from", "for"), Role.REFUND: ("from", "for")}
"""What may stand before a payee or what was bought."""


def topics_of(
    plan: Plan, witnesses: Witnesses, citations: Sequence[Citation], said: str, digits: Callable[[str], int]
) -> tuple[Topic, ...]:
    """Of entries that the answer `said` leaves out; where there is none, of what it leaves out of them.

    Empty where all is said, and for measures of which no single entry tells anything.
    """
    if plan.measure not in MEASURES:
        return ()
    claims = read(said, witnesses.names).claims
    pairs = [(citation, entry) for citation, entry in zip(citations, witnesses.entries, strict=True) if entry.legs]
    fresh = [(citation, entry) for citation, entry in pairs if not _is_said(entry, claims)]
    if not fresh:
        return tuple(_rest(pairs[:MOST], claims, digits))
    return tuple(
        _topic(citation, entry, _parties(entry), [citation.entry.payee, citation.entry.narration], digits)
        for citation, entry in fresh[:MOST]
    )


def _is_said(entry: EntryWitness, claims: frozenset[object]) -> bool:
    """Whether the date and an amount of the entry have been said, and thereby all that tells it from others."""
    dated = any(isinstance(claim, DateClaim) and claim.is_day and claim.covers(entry.date) for claim in claims)
    amounts = {(abs(leg.number), leg.currency) for leg in entry.legs}
    return dated and any(isinstance(claim, tuple) and claim[:2] in amounts for claim in claims)


def _rest(
    pairs: Sequence[tuple[Citation, EntryWitness]], claims: frozenset[object], digits: Callable[[str], int]
) -> Iterator[Topic]:
    """Topics about entries whose date and amount are said: through which account the money went, if that is not."""
    for citation, entry in pairs:
        left = [leg for leg in entry.legs if leg.root in HOLDING and tokens(leg.account) not in claims]
        words = {"from" if leg.number < 0 else "into" for leg in left}
        if left:
            yield _topic(citation, entry, words, [leg.account for leg in left], digits)


def _parties(entry: EntryWitness) -> set[str]:
    """The prepositions that go with the way of the money; between accounts of one's own, both."""
    ways = _ways(entry)
    return {word for way in ways for word in PARTIES.get(way, ())} or {"from", "to"}


def _topic(
    citation: Citation,
    entry: EntryWitness,
    prepositions: Iterable[str],
    texts: Sequence[str],
    digits: Callable[[str], int],
) -> Topic:
    """Amounts are those that stand in the entry: what Beancount fills in can be checked by no one who reads it."""
    verbs = {verb for way in _ways(entry) for verb in VERBS.get(way, ())}
    if _ways(entry) == {Role.MOVE}:
        texts = [*texts, *(leg.account for leg in entry.legs)]
    sayable = [text for text in texts if not any(denied(word) for word in tokens(text))]
    written = {(abs(one.number), one.currency) for one in postings(citation.entry.text) if one.number is not None}
    amounts = [(leg.number, leg.currency) for leg in _whole(entry) if (abs(leg.number), leg.currency) in written]
    items = items_of_entry(amounts, sayable, digits)
    opening = f"On {entry.date.isoformat()} {OPENING}"
    return Topic(citation.entry.entry_id, opening, items, frozenset({OPENING, *verbs, *prepositions}))


def _ways(entry: EntryWitness) -> set[Role]:
    return {way for leg in _whole(entry) for way in entry.ways(leg)}


def _whole(entry: EntryWitness) -> list[Leg]:
    """The postings that are not one of several parts, which could be said only with its account."""
    return [leg for leg in entry.legs if not entry.is_part(leg)]
