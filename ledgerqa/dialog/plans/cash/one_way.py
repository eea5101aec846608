"""Which direction of what moved is meant: bought and not sent back, put in and not taken out, paid off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.language.booked import at_or_below, bearing, naming
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.linking.purses import booked
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


def signed(filters: Filters, asked: Asked, measure: Measure) -> Filters:
    """Refunds are credits on expenses; the biggest bill is a debit."""
    intent, rules = asked.intent, asked.said.by_rules or asked.intent
    if filters.sign:
        return filters
    costs = bool(asked.has(r"\bexpense accounts?\b") and intent.sign)
    if costs or refunds_on(filters.accounts, asked):
        alongside = filters.alongside if costs else tuple(booked(filters.accounts, asked.names))
        return replace(filters, accounts=(), roots=(Root.EXPENSES,), sign=-1, alongside=alongside)
    roots = set(filters.roots) | {
        asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name
    }
    listed = measure is Measure.LIST and roots == {Root.EXPENSES} and not intent.sign
    bought = bool(asked.said.bounds.spans) and asked.has(_ACQUIRED) and not intent.sign
    counted = measure is Measure.COUNT and bought and _are_bought(filters, roots, asked)
    if counted or (listed and (bought or _last_paid(filters, asked))):
        rooted = filters if roots else replace(filters, roots=(Root.EXPENSES,))
        return replace(rooted, sign=1)  # what was bought for more than that, and not what was sent back
    if asked.said.apart.refunds and roots in ({Root.EXPENSES}, {Root.INCOME}):
        return replace(filters, sign=1 if roots == {Root.EXPENSES} else -1)  # before what came back
    lent = asked.has(_LENT_US)  # what was borrowed, and not what went back
    back = intent.flow == "repay" or (intent.sign < 0 and asked.has(_PAID_OFF))
    if (back or lent) and roots == {Root.LIABILITIES}:
        said = lent or rules.flow == "repay" or asked.has(_PAID_OFF)
        kept = said or _any_paid_off(filters, asked)  # not "loan instalments" that only came in
        return replace(filters, sign=-1 if lent else 1) if kept else filters
    if roots and roots <= {Root.ASSETS, Root.LIABILITIES} and not intent.sign and (one_way := _one_way(asked, roots)):
        return replace(filters, sign=one_way)
    if roots == {Root.ASSETS} and intent.sign and asked.has(_CAME_BACK) and _are_laid_out(filters, asked):
        return replace(filters, sign=-1)  # "did I get any of it back": what went off what they owe
    if (
        intent.sign
        and roots == {Root.EXPENSES}
        and (measure in {Measure.LIST, Measure.COUNT} or rules.sign or asked.has(_CAME_BACK))
        and not (asked.has(r"\bnet of\b") or find_netted(asked.said.text))
    ):
        return replace(filters, sign=-1)
    if (
        measure is Measure.LIST
        and intent.order
        and intent.order.by == "amount"
        and roots in ({Root.EXPENSES}, {Root.INCOME})
    ):
        return replace(filters, sign=1 if roots == {Root.EXPENSES} else -1)
    return filters


def _any_paid_off(filters: Filters, asked: Asked) -> bool:
    """Whether any entry of these names takes something off a debt."""
    clause, parameters = bearing(filters)
    below, within = at_or_below(filters.accounts)
    rows = asked.names.index.query(
        f"SELECT 1 FROM postings WHERE root = 'liabilities' AND number > 0 AND {clause} AND {below} LIMIT 1",
        [*parameters, *within],
    )
    return bool(rows)


def refunds_on(accounts: tuple[str, ...], asked: Asked) -> bool:
    """As in "refunds on the card": what came back of what was spent, and not all that the card books."""
    own = of_roots(asked.names, accounts, (Root.ASSETS, Root.LIABILITIES))
    if not own or own != accounts or asked.intent.sign >= 0 or not asked.has(_REFUNDED):
        return False
    held = {*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES)}
    if held & {*own} or any("deposit" in name_stems(part) for name in own for part in name.split(":")):
        return False  # what a tenant got back
    paying = "entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))"
    return Root.EXPENSES in asked.names.booked.roots_of(paying, [booked(own, asked.names)])


def _are_bought(filters: Filters, roots: set[Root], asked: Asked) -> bool:
    """Whether it is all expenses that is named, or a payee who was paid any."""
    if roots or asked.intent.flow == "income":
        return roots == {Root.EXPENSES}
    return Root.EXPENSES in asked.names.booked.roots_touched(filters)


def _last_paid(filters: Filters, asked: Asked) -> bool:
    """As in "when did we last renew the cover": what came back since is no renewal."""
    intent = asked.intent
    dated = intent.single and intent.order is not None and intent.order.by == "date"
    return dated and asked.has(_PAID_FOR) and asked.names.booked.came_back(filters)


def returned(filters: Filters, asked: Asked) -> Filters:
    """As in "that winter coat, when did the money come back": what came back says other words, under the same link."""
    if filters.sign >= 0 or not filters.mentions or filters.links:
        return filters
    clause, parameters = naming(filters.mentions)
    query = asked.names.index.query
    if query(f"SELECT 1 FROM postings WHERE {clause} AND root = 'expenses' AND number < 0 LIMIT 1", parameters):
        return filters
    rows = query(
        "SELECT DISTINCT l.link FROM links l JOIN postings p ON p.entry_id = l.entry_id"
        f" WHERE p.root = 'expenses' AND p.number < 0 AND l.link IN (SELECT link FROM links WHERE entry_id IN"
        f" (SELECT entry_id FROM postings WHERE {clause})) ORDER BY 1",
        parameters,
    )
    return replace(filters, mentions=(), links=tuple(link for (link,) in rows)) if rows else filters


_ACQUIRED = (
    r"\b(?:bought|buy|purchase[ds]?|ordered|acquired|acquisitions?)\b"
    r"|\bcosts? (?:(?:us|me) )?(?:more than|over|at least|above|upwards of)\b"
)
_PAID_FOR = (
    r"\b(?:pa(?:y|id|ying|yments?)|renew(?:al|ed|ing|s)?|bought|buy|buying|purchase[sd]?|spen[dt]|spending|order(?:ed|s)?"
    r"|fill(?:ed)? up|refuel(?:l?ed)?|top(?:ped)? up|bills?|charged?|shop(?:ped)?|subscri(?:be|bed|ption)|donated?"
    r"|g[eo]t (?!(?:any(?:thing)?|some(?:thing)?|money|it|that)\b)(?!.*\bback\b))\b"
)
_REFUNDED = r"\b(?:refund(?:s|ed)?|cash ?backs?|charge ?backs?|reversals?|c[ao]me back on(?:to)?)\b"
_CAME_BACK = (
    r"\b(?:get|gets|got|gotten|came|come|comes|given|(?<!\bi )(?<!\bwe )(?:give|gave)|sent|pay|pays"
    r"|paid(?= (?:me|us)\b))(?: \w+){0,4} back\b"
    r"(?! to\b)"
)
_LENT_US = r"\b(?:(?:lend|lent|loan|loaned) (?:me|us)|(?:i|we) (?:\w+ )?borrow(?:ed)?)\b(?!.*\bback\b)"
_INTO = r"\b(?:deposits|deposited|inflows?|credits|top-?ups|(?:paid|put|went|goes|going|coming|came|money) in(?:to)?)\b"
_OUT_OF = (
    r"\b(?:withdrawals?|withdrew|withdrawn|outflows?|debits"
    r"|(?:took|taken|take|taking|went|goes|going|came|come|money|payments?|cash|transfers?) out"
    r"|(?:left|leaves?|leaving) (?:the|my|our))\b"
)
_BILLED = r"\b(?:sen[dt]|issued?|wr[io]te|written|raised?|billed|invoiced)\b"
_BOUGHT = r"\b(?:purchases?|purchased|bought|charges|new charges|spen[dt]s?|spendings?)\b"
_PAID_OFF = r"\b(?:payments|repayments|(?:paid|given|handed|sent) (?:off|down|back|out)|payoffs?|returned|refunded)\b"


def _one_way(asked: Asked, roots: set[Root]) -> Literal[-1, 0, 1]:
    """As in "deposits into savings", "withdrawals only", "purchases on the card": one direction of what moved there."""
    if roots == {Root.ASSETS} and asked.has(_BILLED) and _are_due(asked):
        return 1
    into, out = asked.has(_INTO), asked.has(_OUT_OF)
    if into != out:
        return 1 if into else -1
    if roots == {Root.LIABILITIES} and not into:
        bought, paid = asked.has(_BOUGHT), asked.has(_PAID_OFF)
        return 0 if bought == paid else -1 if bought else 1
    return 0


def _are_laid_out(filters: Filters, asked: Asked) -> bool:
    """Whether only what comes back one day is named: what others owe, and deposits that were paid."""
    deposits = {*accounts_of_group(asked, Root.ASSETS, "deposit", each_one=True)}
    deposits |= {name for name in filters.accounts if any("deposit" in name_stems(part) for part in name.split(":"))}
    return set(filters.accounts) <= {*people(asked, Root.ASSETS), *deposits}


def _are_due(asked: Asked) -> bool:
    """Whether only receivables are named: an invoice that is sent is booked there, and goes off it when it is paid."""
    due = accounts_of_group(asked, Root.ASSETS, "receivable", each_one=True)
    return all(any(name == one or name.startswith(f"{one}:") for one in due) for name in asked.scope.filters.accounts)
