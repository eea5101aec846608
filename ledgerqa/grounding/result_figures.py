"""The figures of results with the words that may say them: what moved, what stands, and the columns of directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.grounding.claim_words import Role
from ledgerqa.grounding.figures import CENTS, endless
from ledgerqa.grounding.result_claims import Figure
from ledgerqa.grounding.scene import text
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from ledgerqa.grounding.scene import Line, Scene

NOTHING = frozenset[Role]()
NOUNS = {
    "entries": {"entry", "entries", "transaction", "transactions"},
    "postings": {"posting", "postings"},
    "days": {"day", "days"},
    "months": {"month", "months"},
    "years": {"year", "years"},
    "payees": {"payee", "payees"},
    "accounts": {"account", "accounts"},
    "tags": {"tag", "tags"},
}
BALANCED = (frozenset({Role.BALANCE}), frozenset({Role.TOTAL}))
STANDING_AT = {
    Measure.BALANCE: BALANCED,
    Measure.BALANCE_SHEET: BALANCED,
    Measure.NET_WORTH: (frozenset({Role.WORTH}), frozenset({Role.NET, Role.TOTAL})),
}

# Of the measures whose rows have several figures: what each column is called.
COLUMNS: dict[Measure, dict[str, tuple[frozenset[Role], frozenset[Role]]]] = {
    Measure.HOLDINGS: {
        "units": (frozenset({Role.BALANCE}), frozenset({Role.BUY})),
        "cost": (frozenset({Role.COST}), NOTHING),
        "value": (frozenset({Role.VALUE}), frozenset({Role.BALANCE})),
        "gain": (frozenset({Role.GAIN}), NOTHING),
        "price": (frozenset({Role.PRICE}), NOTHING),
        "unit_cost": (frozenset({Role.COST}), frozenset({Role.PRICE})),
    },
    Measure.PRICE: {"price": (frozenset({Role.PRICE}), NOTHING)},
    Measure.BUDGET: {
        "budget": (frozenset({Role.BUDGET}), frozenset({Role.PER})),
        "spent": (frozenset({Role.OUT}), NOTHING),
        "received": (frozenset({Role.IN}), NOTHING),
        "left": (frozenset({Role.LEFT}), NOTHING),
    },
    Measure.BALANCE_CHECKS: {
        "amount": (frozenset({Role.CHECK, Role.BALANCE}), NOTHING),
        "difference": (frozenset({Role.DIFFERENCE}), NOTHING),
    },
    Measure.RECURRING: {"amount": (frozenset({Role.OUT}), frozenset({Role.ONE, Role.MANY}))},
}


def moved(number: Decimal, currency: str, root: Root | None) -> Figure:
    """A figure of what moved, in the sign people mean, with the words of its account type."""
    needs = moving(root, number)
    down = needs if number < 0 and root is Root.EXPENSES else NOTHING
    allows = {Role.TOTAL, Role.MANY} | ({Role.NET} if number < 0 else set())
    return shortable(Figure(number, currency, needs, frozenset(allows), down))


def moving(root: Root | None, number: Decimal) -> frozenset[Role]:
    """What people call money that moved on accounts of this type."""
    if root is Root.EXPENSES:
        return frozenset({Role.OUT if number >= 0 else Role.REFUND})
    return frozenset({Role.IN if root is Root.INCOME and number >= 0 else Role.CHANGE})


def in_part(figure: Figure) -> Figure:
    """A figure beside which there are others in other currencies: it is no total."""
    return figure._replace(allows=figure.allows - {Role.TOTAL})


def net(number: Decimal, currency: str) -> Figure:
    """Income less expenses, from the ledger's sign: a surplus is positive."""
    if number <= 0:
        return Figure(-number, currency, frozenset({Role.SURPLUS, Role.NET}), frozenset({Role.INCOME}))
    deficit = frozenset({Role.DEFICIT})
    return Figure(-number, currency, deficit | {Role.NET}, frozenset({Role.INCOME}), deficit)


def counted(number: Decimal, nouns: Iterable[str]) -> Figure:
    """How many there are of what the nouns say."""
    roles = frozenset({Role.COUNT}), frozenset({Role.MANY, Role.ONE})
    return Figure(number, "", *roles, nouns=frozenset(nouns))


def shortable(figure: Figure) -> Figure:
    """Of a conversion without an end, the decimals to which it may be shortened."""
    return figure._replace(decimals=CENTS) if endless(figure.number) else figure


def line_figure(scene: Scene, line: Line) -> Figure:
    """The figure of a row in the sign people mean, with the words of its measure."""
    measure, root, number = scene.plan.measure, scene.root_of(line), scene.turned(line)
    if measure is Measure.COUNT and scene.plan.averaged:
        return Figure(number, "", frozenset({Role.AVERAGE}), frozenset({Role.MANY, Role.ONE}), decimals=CENTS)
    if measure is Measure.COUNT:
        return counted(line.number, NOUNS.get(scene.plan.count_of, {scene.plan.by_key or "value"}))
    if measure is Measure.NET_INCOME:
        return net(line.number, line.currency)
    if measure is Measure.AVERAGE:
        allows = moving(root, number) | ({Role.ONE} if scene.plan.per == "booking" else set())
        decimals = max(scene.books.digits(line.currency), CENTS)
        return Figure(number, line.currency, frozenset({Role.AVERAGE}), allows, decimals=decimals)
    if measure in STANDING_AT:
        down = {Role.OWE} if number < 0 and root in (Root.LIABILITIES, Root.ASSETS) else NOTHING
        return shortable(Figure(number, line.currency, *STANDING_AT[measure], frozenset(down)))
    figure = moved(number, line.currency, root)
    same = [one for one in scene.lines if (one.side, one.keys) == (line.side, line.keys)]
    return in_part(figure) if len(same) > 1 else figure


def column_figures(scene: Scene, row: int) -> Iterator[Figure]:
    """The figures of a row of named columns, each said by its column's word."""
    for name, (needs, allows) in COLUMNS.get(scene.plan.measure, {}).items():
        if (found := scene.amount(row, name)) is None:
            continue
        number, currency = found
        if name == "units":
            currency = currency or text(scene.cell(row, "commodity"))
        lost = frozenset({Role.LOSS}) if name == "gain" and number < 0 else NOTHING
        if scene.plan.measure is Measure.RECURRING and scene.root(text(scene.cell(row, "account"))) is Root.EXPENSES:
            number = abs(number)
        yield shortable(Figure(number, currency, lost or needs, allows, lost))
