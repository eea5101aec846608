"""What a result is of: the names and the period that a sentence must say with its figure, and may say at all.

A total of groceries in 2023 is false as "you spent 120.00 USD": without its limits a figure is another one.  Only
"the total", "the balance" and the like, in a sentence that names nothing itself, stand for what was asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledgerqa.grounding.claim_dates import PeriodClaim, period_claims
from ledgerqa.grounding.claim_reading import Kind
from ledgerqa.grounding.claim_words import Role, forms, tokens
from ledgerqa.records import Period, Valuation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ledgerqa.grounding.claim_dates import Said
    from ledgerqa.grounding.claim_reading import Part, Reading
    from ledgerqa.records import Filters, Mention, Plan

FOR_WHAT_WAS_ASKED = frozenset({Role.TOTAL, Role.BALANCE, Role.AVERAGE, Role.NET, Role.DIFFERENCE, Role.COUNT})
Ways = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Name:
    """One thing that must be named, and the ways to name it."""

    text: str
    ways: Ways


@dataclass(frozen=True)
class Scope:
    """The limits of a figure.  `hidden` says which limit no sentence of the reader's can say."""

    must: tuple[Name, ...] = ()
    period: Period = field(default_factory=Period)
    standing: bool = False  # its figures stand at the period's last day
    periods: tuple[tuple[Period, bool], ...] = ()  # others that may be named beside it, and whether as a last day
    hidden: str = ""
    needs_period: bool = True
    asked: bool = True  # it is all that was asked, so that "the total" is its figure

    def names(self, part: Part) -> bool:
        """Whether the name is one of the scope's."""
        return any(part.words in name.ways for name in self.must) or part.words == tokens(self.period.label)

    def knows(self, words: tuple[str, ...]) -> bool:
        """Whether a run of words is a name of the scope's."""
        return any(words in name.ways for name in self.must)

    def is_period(self, reading: Reading, said: Said) -> bool:
        """Whether a date is said as (part of) one of the scope's periods."""
        return any(said in (claim.first, claim.last) and self._fits(claim) for claim in period_claims(reading.dates))

    def _fits(self, claim: PeriodClaim) -> bool:
        here = [(self.period, self.standing), *self.periods]
        return any(claim.is_of(period, standing=standing) for period, standing in here if period)

    def missing(self, reading: Reading) -> str:
        """Which of the limits the sentence leaves out, as a reason; "" where it says all of them."""
        if self.asked and pointed(reading):
            return ""
        if self.hidden:
            return f"the figure is limited by {self.hidden}, which the sentence cannot say"
        runs = _runs(reading)
        for name in self.must:
            if not any(way in runs for way in name.ways):
                return f"the figure is of {name.text}, which the sentence does not name"
        named = any(claim.is_of(self.period, standing=self.standing) for claim in period_claims(reading.dates))
        if self.needs_period and self.period and not named:
            label = tokens(self.period.label)
            if not (label and label in runs and not reading.dates):
                return f"the figure is of {self.period.label or 'a period'}, which the sentence does not name"
        return ""


def pointed(reading: Reading) -> bool:
    """Whether the sentence names nothing, and speaks of "the total" (balance, average ...) of what was asked."""
    first = [part for part in reading.parts if part.kind is not Kind.MARK][:2]
    if reading.of(Kind.NAME) or reading.dates or len(first) < 2 or first[0].word != "the":
        return False
    return bool((first[1].roles or frozenset()) & FOR_WHAT_WAS_ASKED)


def _runs(reading: Reading) -> set[tuple[str, ...]]:
    """Names and every run of neighbouring words: a label such as "last month" is words."""
    words = [part.words for part in reading.parts if part.kind in (Kind.NAME, Kind.WORD)]
    found = set(words)
    for length in range(2, 6):
        found.update(sum(words[at : at + length], ()) for at in range(len(words) - length + 1))
    return found


# ----------------------------------------------------------------------------------------------- of a plan


def scope_of(
    plan: Plan, filters: Iterable[Filters], period: Period, roots: Collection[str], *, standing: bool
) -> Scope:
    """The scope of the plan's figures under these filters (of the plan, and of a side where there are sides)."""
    must: list[Name] = []
    hidden = ""
    for one in filters:
        must += [named_account(account) for account in one.accounts if account not in roots]
        must += [_mentioned(mention) for mention in one.mentions]
        must += [Name(f"#{tag}", forms(tag)) for tag in one.tags]
        hidden = hidden or _hidden(one)
    if plan.meaning:
        hidden = hidden or "a search by meaning"
    if plan.convert_to or plan.valuation is not Valuation.UNITS:
        hidden = hidden or "a valuation"
    return Scope(tuple(dict.fromkeys(must)), period, standing, hidden=hidden)


def named_account(account: str) -> Name:
    """An account by its full name or by its last components, never by a wider one."""
    parts = account.split(":")
    return Name(account, frozenset().union(*(forms(":".join(parts[at:])) for at in range(len(parts)))))


def _mentioned(mention: Mention) -> Name:
    text = mention.words or mention.pattern
    ways = forms(mention.words)
    if len(mention.payees) == 1 and not mention.narrations:
        ways |= forms(mention.payees[0])
    if len(mention.narrations) == 1 and not mention.payees:
        ways |= forms(mention.narrations[0])
    return Name(text or ", ".join((*mention.payees, *mention.narrations)), ways)


def _hidden(filters: Filters) -> str:
    found = {
        "what it leaves out": filters.exclude_accounts
        or filters.exclude_mentions
        or filters.exclude_tags
        or filters.exclude_alongside
        or filters.exclude_entries
        or filters.exclude_periods
        or filters.outgoing
        or filters.traded
        or filters.moving
        or filters.unfiled,
        "tags": filters.every_tag,
        "links": filters.links,
        "metadata": filters.metadata,
        "the other side of its entries": filters.alongside,
        "flags": filters.flags,
        "weekdays": filters.weekdays,
        "amounts": filters.minimum is not None or filters.maximum is not None,
        "the sign of its postings": filters.sign,
    }
    return next((name for name, is_set in found.items() if is_set), "")
