"""What a giver gave, where books hold a grant among the liabilities until it is spent: the money that came in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import as_of, happened, ordered
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

# Accounts of money that is owed to nobody, and not earned yet: "Grants:Pontoon", "DeferredIncome", "GrantInHand".
_HELD: Final = compiled(r":[\w-]*(?:Grant|Deferred|Restricted|Unspent)[\w-]*(?::|$)", re.IGNORECASE)
_GAVE_US: Final = (
    r"\b(?:gave|give[ns]?|granted|awarded|paid|sent|contributed?) (?:to )?(?:us|me)\b"
    r"|\b(?:received?|got|get|had|came|come)\b(?: [\w-]+){0,3} from\b|\bgrants?\b.* from\b|\bfrom\b.*\bgrants?\b"
)
_SPENT_OF: Final = (
    r"\bhow much of\b.*\b(?:spen[dt]|used|drawn)\b|\b(?:spen[dt]|used|drawn) (?:of|out of|from) (?:the|our)\b.*\bgrant"
)
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, None})


def grant(asked: Asked) -> Plan | None:
    """The plan for what was given, or for what of a grant was spent; None where no grant is held so."""
    return _given(asked) or _spent(asked)


def _spent(asked: Asked) -> Plan | None:
    """As in "how much of the pontoon grant have we spent": what went off the account on which it is held."""
    filters = asked.scope.filters
    if (
        asked.intent.measure not in _ADDED | {Measure.BUDGET, Measure.BALANCE}
        or asked.intent.compare
        or not asked.has(_SPENT_OF)
    ):
        return None
    held = _held(asked)
    named = tuple(name for name in held if any(f"{name}:".startswith(f"{top}:") for top in filters.accounts))
    theirs = of_those(asked, filters.mentions, held) if filters.mentions and held else ()
    of_it = tuple(name for name in named if name in theirs) if theirs and named else named or theirs
    if not of_it or _spends(asked, of_it) or asked.has(r"\b(?:left|remain\w*|unspent)\b"):
        return None
    if asked.has(r"\b(?:not|never|still to|yet to)\b|n['’]t\b"):
        return Plan(Measure.BALANCE, Filters(accounts=of_it), as_of(asked))
    note = f"spent of it = what went off {', '.join(of_it)}"
    return Plan(Measure.SUM, Filters(accounts=of_it, sign=1), happened(asked), reading=(note,))


def _spends(asked: Asked, held: tuple[str, ...]) -> bool:
    """Whether the entries that take something off the grant spend it themselves, and tell on what."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings g JOIN postings e USING (entry_id) WHERE g.account IN (SELECT unnest(?))"
        " AND g.number > 0 AND e.root = 'expenses' LIMIT 1",
        [list(held)],
    )
    return bool(rows)


def _held(asked: Asked) -> tuple[str, ...]:
    return tuple(each.name for each in asked.names.leaf_accounts((Root.LIABILITIES,)) if _HELD.search(each.name))


def _given(asked: Asked) -> Plan | None:
    """As in "total grants received from Sport England": what their entries put on own money."""
    filters = asked.scope.filters
    payees = len(filters.mentions) == 1 and filters.mentions[0].payees
    if not payees or asked.intent.measure not in _ADDED or asked.intent.compare or not asked.has(_GAVE_US):
        return None
    timed = all(each in TIME_GROUPINGS for each in asked.intent.group_by)
    held = _held(asked)
    mine = held and of_those(asked, filters.mentions, held)
    if not mine or not timed or filters.tags or asked.has(r"\b(?:left|spen[dt]|used|still|remain\w*)\b"):
        return None
    arrived = Filters(roots=(Root.ASSETS,), mentions=filters.mentions, sign=1)
    note = f"given = what came in with their entries, which stands on {', '.join(mine)} until it is spent"
    measure = asked.intent.measure or Measure.SUM
    return ordered(Plan(measure, arrived, happened(asked), group_by=asked.intent.group_by, reading=(note,)), asked)
