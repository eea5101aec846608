"""How the sample ledger's entries are held and printed; the words of the household's books."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import sample_life as life

if TYPE_CHECKING:
    from random import Random

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2025, 12, 31)
CENT = Decimal("0.01")
BANK, SAVINGS, CARD = (life.SOURCES[name] for name in ("bank", "savings", "card"))
CASH, POUNDS, BROKER = (life.SOURCES[name] for name in ("cash", "pounds", "broker"))


@dataclass(frozen=True)
class Leg:
    """A posting; `rest` is its cost and price, `elided` leaves the amount for Beancount to fill in."""

    account: str
    number: Decimal
    currency: str = "EUR"
    rest: str = ""
    elided: bool = False
    meta: tuple[str, ...] = ()

    def __str__(self) -> str:
        amount = "" if self.elided else f"{self.number} {self.currency} {self.rest}".rstrip()
        integer = len(amount.split(".", maxsplit=1)[0].split(" ")[0])
        lines = [f"  {self.account:<{max(1, 52 - integer)}} {amount}".rstrip()]
        return "\n".join([*lines, *(f"    {item}" for item in self.meta)])


@dataclass(frozen=True)
class Transaction:
    """One transaction; `marks` are its tags and links, `meta` its metadata lines."""

    date: dt.date
    payee: str
    narration: str
    legs: tuple[Leg, ...]
    marks: str = ""
    meta: tuple[str, ...] = ()
    flag: str = "*"

    def __str__(self) -> str:
        payee = f'"{self.payee}" ' if self.payee else ""
        head = f'{self.date} {self.flag} {payee}"{self.narration}" {self.marks}'.rstrip()
        return "\n".join([head, *(f"  {item}" for item in self.meta), *map(str, self.legs)])


@dataclass
class Household:
    """All that is written down, in any order; `others` are dated directives that move no money."""

    random: Random
    transactions: list[Transaction] = field(default_factory=list)
    others: list[tuple[dt.date, str]] = field(default_factory=list)
    prices: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def book(
        self, date: dt.date, payee: str, narration: str, *legs: Leg, marks: str = "", meta: tuple[str, ...] = ()
    ) -> None:
        self.transactions.append(Transaction(date, payee, narration, legs, marks, meta))

    def move(
        self, date: dt.date, payee: str, narration: str, into: str, amount: Decimal, out_of: str, *, marks: str = ""
    ) -> None:
        """Two legs in euros, the second of which is left to Beancount."""
        self.book(date, payee, narration, Leg(into, amount), Leg(out_of, -amount, elided=True), marks=marks)

    def balance(self, account: str, currency: str, before: dt.date) -> Decimal:
        """What an account holds when `before` begins."""
        legs = (leg for t in self.transactions if t.date < before for leg in t.legs)
        return sum((leg.number for leg in legs if (leg.account, leg.currency) == (account, currency)), Decimal(0))

    def price(self, commodity: str, date: dt.date) -> Decimal:
        """A dealing price near that month's quotation."""
        quoted = self.prices[commodity][f"{date:%Y-%m}"]
        return (quoted * Decimal(self.random.randint(9950, 10050)) / 10000).quantize(CENT)


def months() -> list[dt.date]:
    """The first day of each month."""
    return [dt.date(year, month, 1) for year in range(FIRST.year, LAST.year + 1) for month in range(1, 13)]


def rows(table: str) -> list[list[str]]:
    """The cells of the non-empty lines of a table of sample_life.py."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def money(text: str) -> Decimal:
    return Decimal(text).quantize(CENT)


def metadata(text: str) -> tuple[str, ...]:
    """`key="two words"` and `key=word` as metadata lines; what looks like a date stays one."""
    lines = []
    for key, value in re.findall(r'([a-z-]+)=("[^"]*"|\S+)', text):
        bare = value.startswith('"') or re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        lines.append(f"{key}: {value}" if bare else f'{key}: "{value}"')
    return tuple(lines)
