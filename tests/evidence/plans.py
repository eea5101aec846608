"""Plans drawn at random from what a ledger really contains, for the comparison with beanquery."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ledgerqa.records import (
    Filters,
    Grouping,
    Measure,
    Mention,
    MetadataFilter,
    Order,
    Period,
    Plan,
    Root,
    Valuation,
    Variant,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from ledgerqa.corpus import Index

T = TypeVar("T")

GROUPINGS = (
    Grouping.ACCOUNT,
    Grouping.PAYEE,
    Grouping.NARRATION,
    Grouping.CURRENCY,
    Grouping.DAY,
    Grouping.WEEK,
    Grouping.MONTH,
    Grouping.QUARTER,
    Grouping.YEAR,
    Grouping.WEEKDAY,
)
MEASURES = (
    Measure.SUM,
    Measure.SUM,
    Measure.SUM,
    Measure.COUNT,
    Measure.AVERAGE,
    Measure.LIST,
    Measure.BALANCE,
    Measure.BALANCE,
    Measure.NET_WORTH,
    Measure.NET_INCOME,
    Measure.INCOME_STATEMENT,
    Measure.BALANCE_SHEET,
)
COUNTED = ("postings", "entries", "days", "months", "years", "payees", "accounts")
PERS = ("booking", "booking", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Material:
    """The names, dates and amounts of one ledger."""

    accounts: tuple[str, ...]
    leaves: tuple[str, ...]
    payees: tuple[str, ...]
    narrations: tuple[str, ...]
    tags: tuple[str, ...]
    links: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]
    measured: tuple[tuple[str, Decimal], ...]
    currencies: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    first: dt.date
    last: dt.date


def material(index: Index) -> Material:
    def column(sql: str) -> tuple[str, ...]:
        return tuple(row[0] for row in index.query(sql))

    leaves = column("SELECT account FROM accounts ORDER BY account")
    every_level = {":".join(leaf.split(":")[:depth]) for leaf in leaves for depth in range(1, leaf.count(":") + 2)}
    pairs = (
        "SELECT DISTINCT key, value FROM metadata WHERE value IS NOT NULL AND type = '{}' ORDER BY key, value LIMIT 50"
    )
    return Material(
        tuple(sorted(every_level)),
        leaves,
        column("SELECT DISTINCT payee FROM postings WHERE payee IS NOT NULL ORDER BY payee LIMIT 200"),
        column("SELECT DISTINCT narration FROM postings WHERE narration IS NOT NULL ORDER BY narration LIMIT 200"),
        column("SELECT DISTINCT tag FROM tags ORDER BY tag LIMIT 50"),
        column("SELECT DISTINCT link FROM links ORDER BY link LIMIT 50"),
        tuple((key, value) for key, value in index.query(pairs.format("text"))),
        tuple((key, Decimal(value)) for key, value in index.query(pairs.format("number"))),
        column("SELECT currency FROM currencies WHERE postings > 0 ORDER BY currency"),
        tuple(
            Decimal(row[0])
            for row in index.query("SELECT DISTINCT abs(number) FROM postings WHERE number <> 0 ORDER BY 1 LIMIT 500")
        ),
        index.ledger.first_date,
        index.ledger.last_date,
    )


def _some(chance: random.Random, values: Sequence[T], most: int = 3) -> tuple[T, ...]:
    return tuple(chance.sample(list(values), min(len(values), chance.randint(1, most)))) if values else ()


def _mention(chance: random.Random, of: Material) -> Mention:
    payees = _some(chance, of.payees) if chance.random() < 0.6 else ()
    narrations = _some(chance, of.narrations) if chance.random() < 0.4 else ()
    pattern = ""
    if not (payees or narrations) or chance.random() < 0.2:
        source = chance.choice(of.payees or of.narrations or ("x",))
        letters = [letter for letter in source if letter.isalnum()]
        pattern = "".join(letters[:2]).lower() or "a"
    return Mention("something", payees, narrations, pattern)


def _metadata(chance: random.Random, of: Material) -> tuple[MetadataFilter, ...]:
    """One condition on metadata, if there is any: a value, any value, none, or a number within bounds."""
    if of.measured and (chance.random() < 0.5 or not of.metadata):
        key, number = chance.choice(of.measured)
        bounds = chance.choice([(number, None), (None, number), (number - 5, number + 5)])
        return (MetadataFilter(key, minimum=bounds[0], maximum=bounds[1], inclusive=chance.random() < 0.5),)
    if not of.metadata:
        return ()
    key, value = chance.choice(of.metadata)
    drawn = [MetadataFilter(key), MetadataFilter(key, value), MetadataFilter(key, absent=True)]
    return (chance.choice(drawn),)


def filters(chance: random.Random, of: Material) -> Filters:
    """A few conditions at once: enough to combine, not so many that nothing is left."""
    likely: dict[str, tuple[float, Callable[[], object]]] = {
        "accounts": (0.5, lambda: _some(chance, of.accounts)),
        "roots": (0.3, lambda: _some(chance, list(Root), 2)),
        "exclude_accounts": (0.15, lambda: _some(chance, of.accounts, 2)),
        "mentions": (0.2, lambda: tuple(_mention(chance, of) for _ in range(chance.randint(1, 2)))),
        "exclude_mentions": (0.1, lambda: (_mention(chance, of),)),
        "tags": (0.08, lambda: _some(chance, of.tags)),
        "exclude_tags": (0.05, lambda: _some(chance, of.tags)),
        "exclude_periods": (0.06, lambda: (period(chance, of),)),
        "links": (0.08, lambda: _some(chance, of.links)),
        "metadata": (0.1, lambda: _metadata(chance, of)),
        "currencies": (0.25, lambda: _some(chance, of.currencies, 2)),
        "flags": (0.1, lambda: (chance.choice(["*", "!", "P"]),)),
        "weekdays": (0.1, lambda: tuple(sorted(_some(chance, range(7))))),
        "minimum": (0.1, lambda: chance.choice(of.numbers)),
        "maximum": (0.1, lambda: chance.choice(of.numbers)),
        "inclusive": (0.5, lambda: True),
        "sign": (0.15, lambda: chance.choice([-1, 1])),
        "alongside": (0.1, lambda: _some(chance, of.leaves)),
    }
    changes = {name: make() for name, (chances, make) in likely.items() if chance.random() < chances}
    return Filters(**changes)  # type: ignore[arg-type]


def period(chance: random.Random, of: Material) -> Period:
    days = max((of.last - of.first).days, 1)
    one, other = sorted(of.first + dt.timedelta(days=chance.randint(0, days)) for _ in range(2))
    kind = chance.random()
    if kind < 0.3:
        return Period()
    if kind < 0.5:
        return Period(dt.date(one.year, 1, 1), dt.date(one.year + 1, 1, 1))
    if kind < 0.6:
        return Period(start=one)
    if kind < 0.75:
        return Period(end=other)
    return Period(one, other + dt.timedelta(days=1))


def plan(chance: random.Random, of: Material) -> Plan:
    """A plan of any measure that adds up, counts or lists postings."""
    measure = chance.choice(MEASURES)
    common = filters(chance, of)
    compare: tuple[Variant, ...] = ()
    if measure in {Measure.SUM, Measure.COUNT, Measure.BALANCE} and chance.random() < 0.15:
        compare = tuple(Variant(f"side {side}", filters(chance, of), period(chance, of)) for side in "ab")
        common = Filters()
    group_by: tuple[Grouping, ...] = ()
    if chance.random() < 0.6:
        group_by = _some(chance, GROUPINGS, 2)
    return Plan(
        measure,
        common,
        period(chance, of),
        compare,
        group_by,
        chance.choice([None, None, 1, 2, 3]),
        _order(chance, measure),
        chance.choice([None, None, 1, 3, 10]) if measure in {Measure.LIST, Measure.SUM} else None,
        count_of=chance.choice(COUNTED),  # type: ignore[arg-type]
        per=chance.choice(PERS),  # type: ignore[arg-type]
        valuation=chance.choice([Valuation.UNITS, Valuation.UNITS, Valuation.COST, Valuation.MARKET]),
        at=_day(chance, of) if chance.random() < 0.4 else None,
        convert_to=chance.choice(of.currencies) if chance.random() < 0.25 else None,
        key=chance.choice(of.metadata)[0] if of.metadata and chance.random() < 0.2 else None,
    )


def _order(chance: random.Random, measure: Measure) -> Order | None:
    if chance.random() < 0.5:
        return None
    by = chance.choice(["date", "amount", "key"] if measure is Measure.LIST else ["amount", "key"])
    return Order(by, chance.random() < 0.5)  # type: ignore[arg-type]


def _day(chance: random.Random, of: Material) -> dt.date:
    return of.first + dt.timedelta(days=chance.randint(-30, (of.last - of.first).days + 30))
