"""Plans told broker by broker: "fees by broker", "which broker costs me most", "what do I have with each broker".

A broker is an account that securities lie on, or the one above where each of them has an account of its own; what one
charged is told by the account of fees that is called so, else by who was paid.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.plans.asked import as_of, happened, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.trips import in_main_money
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Period, Plan, Root, Valuation, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_BROKERS: Final = (
    r"\b(?:by|per|for each|with each|at each|each|every|across|between)(?: of)?(?: my| our| the)? "
    r"(?:brokers?|brokerages?|platforms?)\b|\b(?:which|what) (?:of (?:my|our|the) )?(?:brokers?|brokerage|platform)\b"
)
_CHARGED: Final = (
    r"\b(?:fees?|commissions?|charg\w+|costs? (?:me|us)|cost(?:ing)?|expensive|dear(?:est|er)?|pric(?:iest|ey)"
    r"|cheapest)\b"
)
_STANDS: Final = (
    r"\b(?:have|has|hold|held|holdings?|worth|values?|money|portfolio|lies|sits?|stands?|invest\w*|how much is)\b"
)
_NOT_STANDING: Final = (
    r"\b(?:dividends?|interest|earn\w*|tax(?:es)?|bought|buy|sold|sell|gain\w*|profits?|loss(?:es)?|lost|made|make|paid"
    r"|pay|put|contribut\w+|transfer\w*|moved|spen[dt]|uninvested|cash|when|how many|income)\b"
)
_DEAREST: Final = r"\b(?:most|dearest|priciest|highest|biggest)\b"
_CHEAPEST: Final = r"\b(?:least|cheapest|lowest|smallest)\b"
_A_YEAR: Final = r"\b(?:a|per|each|every) year\b|\b(?:yearly|annual(?:ly)?)\b"
_TWO: Final = 2


def by_broker(asked: Asked) -> Plan | None:
    """The plan told broker by broker; None where none is asked for, or the books know fewer than two."""
    if asked.key is not None or not asked.has(_BROKERS) or asked.said.bounds.spans:
        return None
    houses = _houses(asked)
    if len(houses) < _TWO:
        return None
    if asked.has(_CHARGED):
        return _charged(asked, houses)
    if not asked.has(_STANDS) or asked.has(_NOT_STANDING):
        return None
    day, home = as_of(asked), asked.names.index.ledger.operating_currencies
    sides = (Variant(name.rpartition(":")[2], Filters(accounts=(name,)), Period()) for name in houses)
    return Plan(
        Measure.BALANCE,
        Filters(),
        day,
        compare=tuple(sides),
        valuation=Valuation.MARKET,
        convert_to=spoken_currency(asked) or (home[0] if len(home) == 1 else None),
        reading=("valued at market prices",),
    )


def _charged(asked: Asked, houses: tuple[str, ...]) -> Plan | None:
    """What each of them charged: on accounts of fees that are called so, else by who was paid on those of brokers."""
    fees = accounts_of_group(asked, Root.EXPENSES, "fees", "commissions", each_one=True)
    called = {part for name in houses for part in name.split(":")[1:]}
    own = tuple(name for name in fees if name.rpartition(":")[2] in called)
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    groups = groups or ((Grouping.YEAR,) if asked.has(_A_YEAR) and not asked.said.periods else ())
    if len(own) >= _TWO:
        by, accounts = Grouping.ACCOUNT, own
    else:
        rows = asked.names.index.query(
            "SELECT DISTINCT f.account, f.payee FROM postings f WHERE f.account IN (SELECT unnest(?)) AND f.payee <> ''"
            " ORDER BY ALL",
            [list(fees)],
        )
        stems = [set(name_stems(part)) for part in called]
        paid = {
            account: [payee for name, payee in rows if name == account and set(name_stems(fold(payee))) in stems]
            for account, _ in rows
        }
        by, accounts = Grouping.PAYEE, tuple(name for name, payees in paid.items() if len(payees) >= _TWO)
    if not accounts:
        return None
    plan = Plan(
        Measure.SUM,
        Filters(accounts=accounts),
        happened(asked),
        group_by=(by, *groups),
        reading=(f"what brokers charged = {', '.join(accounts)}",),
    )
    dear, cheap = asked.has(_DEAREST), asked.has(_CHEAPEST)
    one = (dear or cheap) and not asked.intent.limit
    plan = replace(plan, order=Order("amount", descending=dear), limit=1) if one else ordered(plan, asked)
    return in_main_money(plan, asked) if plan.limit else plan


def _houses(asked: Asked) -> tuple[str, ...]:
    """The accounts of assets that securities lie on; of one that is called after its security the account above."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account, currency FROM postings"
        " WHERE root = 'assets' AND cost_currency IS NOT NULL ORDER BY ALL"
    )
    found: dict[str, None] = {}
    for account, code in rows:
        above, _, leaf = account.rpartition(":")
        own = re.sub(r"\W", "", fold(leaf)) == re.sub(r"\W", "", fold(code)) and above.count(":") > 0
        found[above if own else account] = None
    return tuple(name for name in found if not any(name.startswith(f"{other}:") for other in found))
