"""Plans for what is held by kind of security: "how much is in funds and how much in bonds", "portfolio by class"."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, spoken_currency
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.wealth.kinds import SAID, kinds_called
from ledgerqa.dialog.plans.wealth.securities import all_at_cost
from ledgerqa.dialog.plans.wealth.standing import money_had
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Period, Plan, Root, Valuation, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_BY_KIND: Final = (
    r"\b(?:portfolio|holdings?|investments?|positions?|assets|securities|everything|all (?:i|we) (?:own|have|hold)"
    r"|what (?:i|we) (?:own|have|hold)|money)\b.*"
    r"\b(?:by|per|for each|across) (?:asset )?(?:class(?:es)?|kinds?|types?)\b|\basset (?:allocation|mix)\b"
)
_APART: Final = (
    r"\bhow (?:much|is|are)\b|\b(?:split|divided|spread|breakdown|broken down|break down|vs\.?|versus|against|compared"
    r"|weight\w*|shares? of|per ?cent\w*|proportion|ratio|allocat\w+)\b"
)
# What is asked of them beside what they are worth: what they paid, what was done with them.
_NOT_WORTH: Final = (
    r"\b(?:dividends?|distributions?|coupons?|interest|fees?|charges?|spen[dt]\w*|income|earn\w*|tax(?:es)?|bought|buy"
    r"|sold|sell|gain\w*|profits?|lost|loss(?:es)?|made|make|paid|pay|put|invested|cost|prices?|best|worst|when|which"
    r"|list|how many|since|last entry|yields?|go(?:es|ing|ne)?|went|c[ao]mes?|coming|rais\w+|brought|received)\b"
)
_BETWEEN: Final = compiled(
    r"^[\W_]*(?:(?:and|or|vs|versus|against|compared|to|with|how|much|what|is|are|in|single|individual|the|my|our"
    r"|cash|money)\b[\W_]*)*$"
)
_CASH: Final = compiled(r"\bcash\b")
_DAY: Final = dt.timedelta(days=1)
_TWO: Final = 2
_MOST_KINDS: Final = 12


def allocation(asked: Asked) -> Plan | None:
    """What each kind is worth that was said, or that the books know; None where no such split is asked for."""
    if asked.has(_NOT_WORTH) or not all_at_cost(asked) or asked.said.bounds.spans:
        return None
    if of_roots(asked.names, asked.scope.filters.accounts, (Root.INCOME, Root.EXPENSES)):
        return None  # "the food money, type by type"
    kinds = _said_side_by_side(asked)
    if not kinds and not asked.has(_BY_KIND):
        return None
    kinds = kinds or _kept_of_each(asked)
    day = as_of(asked)
    if not kinds:
        note = "by commodity: the books do not say of what kind each is"
        by = (Grouping.CURRENCY,)
        return Plan(Measure.HOLDINGS, Filters(), day, group_by=by, valuation=Valuation.MARKET, reading=(note,))
    sides = {kind: Filters(roots=(Root.ASSETS,), currencies=codes) for kind, codes in kinds.items()}
    if _CASH.search(asked.said.folded) and (cash := _cash(asked)):
        sides["cash"] = Filters(accounts=cash, currencies=asked.names.money())
    home = asked.names.index.ledger.operating_currencies
    notes = (f"{kind} = {', '.join(codes)}" for kind, codes in kinds.items())
    return Plan(
        Measure.BALANCE,
        Filters(),
        day,
        compare=tuple(Variant(kind, filters, Period()) for kind, filters in sides.items()),
        valuation=Valuation.MARKET,
        at=day.end - _DAY if day.end else None,
        convert_to=spoken_currency(asked) or (home[0] if len(home) == 1 else None),
        reading=("valued at market prices", *notes),
    )


def _said_side_by_side(asked: Asked) -> dict[str, tuple[str, ...]]:
    """As in "funds and single stocks": each kind with those that the books call so; none unless all are told apart."""
    folded = asked.said.folded
    spans = ((kind, match) for kind, words in SAID.items() if (match := words.search(folded)))
    found = sorted((match.start(), match.end(), kind) for kind, match in spans)
    if len(found) < _TWO or not asked.has(_APART):
        return {}
    gaps = (folded[one[1] : other[0]] for one, other in itertools.pairwise(found))
    if not all(_BETWEEN.match(gap) for gap in gaps):
        return {}
    called = kinds_called(asked)
    kinds = {
        folded[start:end]: tuple(code for code, own in called.items() if kind in own) for start, end, kind in found
    }
    codes = [code for each in kinds.values() for code in each]
    return kinds if all(kinds.values()) and len(codes) == len(set(codes)) else {}


def _kept_of_each(asked: Asked) -> dict[str, tuple[str, ...]]:
    """By the values of that key of the commodities' own directives by which the books tell their kinds apart."""
    rows = asked.names.index.query(
        "SELECT m.key, m.value, c.currency FROM metadata m JOIN commodities c USING (entry_id)"
        " WHERE c.currency IN (SELECT unnest(?)) AND regexp_matches(lower(m.key), ?) ORDER BY ALL",
        [list(all_at_cost(asked)), r"^(?:asset[_-]?)?(?:class|type|kind|category)$"],
    )
    keys = dict.fromkeys(key for key, _, _ in rows)
    for key in keys:
        kinds: dict[str, tuple[str, ...]] = {}
        for _, value, code in (row for row in rows if row[0] == key):
            kinds[str(value)] = (*kinds.get(str(value), ()), code)
        told = {code for codes in kinds.values() for code in codes}
        if _TWO <= len(kinds) <= _MOST_KINDS and told == set(all_at_cost(asked)):
            return kinds
    return {}


def _cash(asked: Asked) -> tuple[str, ...]:
    """Money in banks and purses, and what waits with brokers."""
    found = dict.fromkeys((*money_had(asked, sure=True), *accounts_of_group(asked, Root.ASSETS, "cash")))
    return tuple(found)
