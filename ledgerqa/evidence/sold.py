"""What sales gained: the price of each unit sold, less what that unit had cost."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import difference, joined, product, total
from ledgerqa.evidence.filters import EXCHANGED, Clause, negated
from ledgerqa.records import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from ledgerqa.evidence.run import Run

SOLD = Clause("p.root = 'assets' AND p.cost_currency IS NOT NULL AND (p.number < 0 OR starts_with(p.number_text, '-'))")
"""A posting that takes units at cost out of assets: a sale, or one side of a split or a move (`EXCHANGED`)."""


def gains_in_all(run: Run, clause: Clause, held: Iterable[Fact]) -> tuple[Fact, ...]:
    """What was gained by selling, and with the gains of what is `held`, in each currency; none where nothing was sold.

    Sales stand at the price written beside them: fees and the like are booked for themselves.
    """
    sales = clause & SOLD & negated(EXCHANGED)
    rows = run.query(
        "SELECT p.number, p.number_text, p.price, p.price_text, p.basis, p.basis_text, p.basis_currency"
        f" FROM postings p WHERE {sales.sql}",
        sales.parameters,
    )
    gained: defaultdict[str, list[Decimal]] = defaultdict(list)
    for number, number_text, price, price_text, basis, basis_text, currency in rows:
        paid = product(joined(number, number_text), joined(price, price_text))
        gained[currency].append(difference(joined(basis, basis_text), paid))
    if not gained:
        return ()
    realised = {currency: total(numbers) for currency, numbers in gained.items()}
    open_gains = {fact.currency: fact.number for fact in held if fact.name == "total_gain"}
    both = {each: total([realised[each], open_gains[each]]) for each in realised if each in open_gains}
    return (
        *(Fact("realised", number, currency) for currency, number in realised.items()),
        *(Fact("gain_in_all", number, currency) for currency, number in both.items()),
    )
