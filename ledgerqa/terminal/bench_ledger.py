"""A ledger of any size to measure with: seeded, so that two machines measure the same books.

Shops, a salary, a rent, card payments, shares bought in lots and their prices, over ten years; more transactions mean
more people, each with accounts of their own, because nobody books a hundred times a day.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_DAY: Final = dt.date(2015, 1, 1)
DAYS: Final = 3650
PER_PERSON: Final = 4000  # what one household books in ten years
HEAD: Final = 'option "title" "A made-up ledger to measure with"\noption "operating_currency" "EUR"\n'
CATEGORIES: Final = (
    "Food:Groceries",
    "Food:Restaurants",
    "Transport:Train",
    "Home:Repairs",
    "Health:Doctor",
    "Leisure:Books",
)
NAMES: Final = (
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elder",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Larch",
    "Maple",
)
TRADES: Final = ("Market", "Bakery", "Kitchen", "Garage", "Clinic", "Books", "Station", "Tools")
WHAT: Final = ("weekly shop", "lunch", "ticket", "two of them", "repair", "present", "", "check-up")
SHARES: Final = (("FUNDA", 40), ("FUNDB", 110))


def write_ledger(path: Path, transactions: int, seed: int = 1) -> None:
    """Write a ledger of exactly so many transactions to `path`."""
    random_ = random.Random(seed)  # noqa: S311 - repeatable, not secret
    people = max(1, round(transactions / PER_PERSON))
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(_opened(people))
        file.writelines(_prices(random_))
        for number in range(transactions):
            day = FIRST_DAY + dt.timedelta(days=number * DAYS // transactions)
            file.write(_transaction(random_, day, f"P{number % people:03d}", number // people))


def _opened(people: int) -> Iterator[str]:
    """Commodities and all accounts."""
    yield from (f"{FIRST_DAY} commodity {share}\n" for share, _ in SHARES)
    leaves = ["Assets:{}:Bank", "Assets:{}:Broker", "Liabilities:{}:Card", "Income:{}:Salary", "Expenses:{}:Home:Rent"]
    leaves += [f"Expenses:{{}}:{category}" for category in CATEGORIES]
    for person in range(people):
        yield from (f"{FIRST_DAY} open {leaf.format(f'P{person:03d}')}\n" for leaf in leaves)


def _prices(random_: random.Random) -> Iterator[str]:
    """A price a month for each share."""
    for share, start in SHARES:
        price = start * 100
        for day in range(0, DAYS, 30):
            price += random_.randint(-200, 230)
            yield f"{FIRST_DAY + dt.timedelta(days=day)} price {share}  {price / 100:.2f} EUR\n"


def _transaction(random_: random.Random, day: dt.date, person: str, number: int) -> str:
    """One of a person's transactions: each thirtieth is a salary, a rent, a card payment or a purchase of shares."""
    bank = f"Assets:{person}:Bank"
    turn = number % 30
    if turn == 0:
        return _entry(day, "Orchard Works", "salary", bank, random_.randint(200000, 400000), f"Income:{person}:Salary")
    if turn == 1:
        return _entry(day, "Housing Association", "rent", f"Expenses:{person}:Home:Rent", 85000, bank)
    if turn == 2:
        return _entry(day, "Bank", "card payment", f"Liabilities:{person}:Card", random_.randint(20000, 90000), bank)
    if turn == 3:
        share, start = SHARES[number % len(SHARES)]
        cost = start * 100 + random_.randint(-900, 900)
        lot = f"  Assets:{person}:Broker  {random_.randint(1, 9)} {share} {{{cost / 100:.2f} EUR}}\n"
        return f'{day} * "Broker" "monthly savings"\n{lot}  {bank}\n'
    category = CATEGORIES[random_.randrange(len(CATEGORIES))]
    payee = f"{random_.choice(NAMES)} {random_.choice(TRADES)}"
    tag = f" #trip-{day.year}" if turn == 4 else ""
    cents = random_.randint(150, 12000)
    return _entry(
        day, payee, random_.choice(WHAT), f"Expenses:{person}:{category}", cents, f"Liabilities:{person}:Card", tag
    )


def _entry(day: dt.date, payee: str, narration: str, to: str, cents: int, source: str, tag: str = "") -> str:
    amount = f"{cents // 100}.{cents % 100:02d} EUR"
    return f'{day} * "{payee}" "{narration}"{tag}\n  {to}  {amount}\n  {source}\n'
