"""What can be asked about a ledger: its accounts, payees and tags, each called so that it means one thing.

All is read by beanquery, so that nothing that answers questions has a part in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from ledgerqa.corpus.words import camel_parts, tokenize
from ledgerqa.dialog.language.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from ledgerqa.terminal.evaluation.golds import Golds

    Uses = defaultdict[str, set[tuple[str, str]]]

POSTINGS: Final = "SELECT date, account, payee, narration, tags, number, currency, cost_number, id"
MONTHS: Final = tuple(dt.date(2000, month, 1).strftime("%B") for month in range(1, 13))
KINDS: Final = {"expenses": "spending", "income": "income", "assets": "holding", "liabilities": "holding"}
QUOTES: Final = "'\""  # in BQL they end a text
SPELT_ALIKE: Final = 80  # of 100: one payee's two spellings, maybe
SHORTEST: Final = 3  # letters of a word that is a name
IDLE: Final = frozenset(
    "average balance bill biggest booking cost day entry expense income last month net other payment price quarter tag"
    " total week year".split()
) | {month.lower() for month in MONTHS}


@dataclass(frozen=True)
class Booking:
    """One posting, as beanquery gives it."""

    date: dt.date
    account: str
    payee: str
    narration: str
    tags: frozenset[str]
    number: Decimal
    currency: str
    at_cost: bool
    entry: str


@dataclass(frozen=True)
class Name:
    """What can be asked about: how it is called in words, the condition in BQL that selects its postings, and these."""

    kind: str
    spoken: str
    where: str
    bookings: tuple[Booking, ...]

    def within(self, condition: str, chosen: Callable[[Booking], bool]) -> Name:
        """The same with fewer postings: those of `condition`, which are those that `chosen` picks."""
        kept = tuple(each for each in self.bookings if chosen(each))
        return Name(self.kind, self.spoken, f"{self.where} AND {condition}", kept)

    def of(self, year: int) -> Name:
        """The same in one year."""
        return self.within(f"year = {year}", lambda each: each.date.year == year)

    @property
    def plain(self) -> bool:
        """Whether each posting is an entry of its own, all are in one currency, and none is money back."""
        entries, currencies = ({each.entry for each in self.bookings}, {each.currency for each in self.bookings})
        outgoing = {each.number > 0 for each in self.bookings}
        return len(entries) == len(self.bookings) and len(currencies) == len(outgoing) == 1


def names_of(golds: Golds) -> list[Name]:
    """All that can be asked about, each called so that nothing else of the ledger is called alike."""
    bookings = [
        Booking(date, account, payee or "", narration or "", frozenset(tags or ()), number, currency, bool(cost), entry)
        for date, account, payee, narration, tags, number, currency, cost, entry in golds.run(POSTINGS)
        if number is not None
    ]
    roots = {kind: golds.options[f"name_{kind}"] for kind in KINDS}
    uses = _uses(bookings)
    return [*_accounts(bookings, roots, uses), *_payees(bookings, roots, uses), *_tags(bookings, roots["expenses"])]


def _accounts(bookings: Sequence[Booking], roots: Mapping[str, str], uses: Uses) -> Iterator[Name]:
    """Accounts at every level, those with accounts of their own too: by their last part, where that is clear."""
    accounts = {each.account for each in bookings}
    for root, kind in KINDS.items():
        below_it = [each for each in accounts if each.startswith(f"{roots[root]}:")]
        levels = {":".join(each.split(":")[:depth]) for each in below_it for depth in range(2, each.count(":") + 2)}
        for account in sorted(levels):
            below = tuple(each for each in bookings if f"{each.account}:".startswith(f"{account}:"))
            leaf = account.rsplit(":", 1)[1]
            elsewhere = any(leaf in each.split(":") and not f"{each}:".startswith(f"{account}:") for each in accounts)
            called = account if elsewhere or not _clear(leaf, "account", uses) else spoken(leaf)
            if kind != "holding" or _one_currency(below):
                yield Name(kind, called, f"account ~ '^{account}(:|$)'", below)


def _payees(bookings: Sequence[Booking], roots: Mapping[str, str], uses: Uses) -> Iterator[Name]:
    """Those who are only paid, and only for expenses."""
    by_payee: dict[str, list[Booking]] = defaultdict(list)
    for each in bookings:
        by_payee[each.payee].append(each)
    for payee, there in sorted(by_payee.items()):
        spent = tuple(each for each in there if each.account.startswith(f"{roots['expenses']}:"))
        only = {each.entry for each in there} == {each.entry for each in spent}
        earned = any(each.account.startswith(f"{roots['income']}:") for each in there)
        near = process.extract(payee, by_payee.keys() - {payee}, scorer=fuzz.ratio, score_cutoff=SPELT_ALIKE, limit=1)
        clear = _clear(payee, "payee", uses) and not near and not set(payee) & set(QUOTES)
        if payee and clear and only and not earned:
            yield Name("payee", payee, f"payee = '{payee}' AND account ~ '^{roots['expenses']}:'", spent)


def _tags(bookings: Sequence[Booking], expenses: str) -> Iterator[Name]:
    for tag in sorted({tag for each in bookings for tag in each.tags}):
        spent = tuple(each for each in bookings if tag in each.tags and each.account.startswith(f"{expenses}:"))
        yield Name("tag", f"#{tag}", f"'{tag}' IN tags AND account ~ '^{expenses}:'", spent)


def spoken(part: str) -> str:
    """A part of an account's name as it is said: "HomeInsurance" is "home insurance"."""
    return " ".join(word for run in re.split(r"[\W_]+", part) for word in camel_parts(run)).lower()


def _uses(bookings: Iterable[Booking]) -> Uses:
    """For each word what is called by it: parts of accounts, payees, entries without a payee, and currencies."""
    names = {
        *(("account", part) for each in bookings for part in each.account.split(":")[1:]),
        *(("payee", each.payee) if each.payee else ("entry", each.narration) for each in bookings),
        *(("currency", each.currency) for each in bookings),
    }
    uses: Uses = defaultdict(set)
    for kind, name in names:
        for word in tokenize(name):
            uses[word].add((kind, name))
    return uses


def _clear(name: str, kind: str, uses: Uses) -> bool:
    """Whether each word of a name says something, and nothing else than this name; entries may be for an account."""
    words = set(tokenize(name))
    idle = lexicon().grammar | IDLE
    others = {use for word in words for use in uses[word] if kind == "payee" or use[0] != "entry"} - {(kind, name)}
    return bool(words) and not others and all(len(word) >= SHORTEST and word not in idle for word in words)


def _one_currency(bookings: Sequence[Booking]) -> bool:
    return len({each.currency for each in bookings}) == 1 and not any(each.at_cost for each in bookings)
