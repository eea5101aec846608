"""What "in dollars" means for a plan: amounts kept to a currency, or converted into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import stems
from ledgerqa.dialog.plans.asked import target_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Plan, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked


# "How much do we have in pounds" asks for the pounds; with "worth", "in total" and the like, for all, turned into them.
_HELD_IN = (
    r"^(?!.*\b(?:worth|value|valued|total|everything|all|altogether|convert\w*|turn\w*|equivalent|rates?)\b)"
    r".*\b(?:have|had|hold|held|keep|got|is there|there is|are there)\b[\w ]{0,24}\bin (?:the )?\w+[?.! ]*$"
)
# "How much rent did I pay in kroner": what was paid in them.
_PAID_IN: Final = (
    r"^(?!.*\b(?:worth|value|valued|convert\w*|turn\w*|equivalent|rates?)\b)"
    r".*\b(?:pay|paid|paying|charged|billed|booked) in (?:the )?[a-z]+(?: [a-z]+)?\b"
)
# "How many pounds have we got, all accounts together": the pounds, wherever they lie, and nothing turned into them.
_HOW_MANY: Final = compiled(r"\bhow many (?:of (?:my|our|the) )?(?:\w+ )?$")
_HAD: Final = (
    r"^(?!.*\b(?:worth|value|valued|convert\w*|turn\w*|equivalent|rates?|make|makes|come to|would)\b)"
    r".*\b(?:have|had|hold|held|keep|got|own|is there|there is|are there|lie|lying)\b"
)


def in_currency(plan: Plan, currency: str, asked: Asked) -> Plan:
    """As in "In dollars": a valuation at market is converted; of amounts as booked, those in dollars are kept."""
    if plan.valuation is Valuation.COST:
        return plan
    currency = _as_booked(plan.filters, currency, asked)
    held = plan.measure is Measure.BALANCE and _is_held(currency, asked) and moved_in(plan.filters, currency, asked)
    if held and not plan.filters.accounts:
        return _kept_to(plan, currency, asked)
    converts = asked.intent.convert and not held and not asked.has(_PAID_IN)
    if plan.measure is Measure.NET_WORTH or plan.valuation is Valuation.MARKET or converts:
        return replace(plan, convert_to=currency)
    if plan.measure is Measure.BALANCE and len(asked.names.money()) > 1 and not moved_in(plan.filters, currency, asked):
        return replace(plan, convert_to=currency)
    if moved_in(plan.filters, currency, asked):
        return _kept_to(plan, currency, asked)
    return replace(
        plan, convert_to=currency, reading=(*plan.reading, f"converted to {currency}: nothing was booked in it")
    )


def _is_held(currency: str, asked: Asked) -> bool:
    """Whether that money itself is asked for, and not what all comes to in it."""
    named = [each for each in asked.said.phrases if (money := each.of_kind("currency")) and currency in money.values]
    counted = any(_HOW_MANY.search(each.lead) for each in named) and asked.has(_HAD)
    return counted or asked.has(_HELD_IN)


def _kept_to(plan: Plan, currency: str, asked: Asked) -> Plan:
    """The amounts in that money alone; where others were booked there as well, the reading says so."""
    kept = replace(plan, filters=replace(plan.filters, currencies=(currency,)))
    money = asked.names.money()
    others = [code for code in asked.names.booked.currencies(plan.filters) if code in money and code != currency]
    if not others or plan.measure not in _ADDED:
        return kept
    note = f"amounts in {currency} alone, none in {' or '.join(others)} converted"
    return replace(kept, reading=(*plan.reading, note))


_ADDED: Final = frozenset({Measure.SUM, Measure.AVERAGE})
_APART: Final = (
    r"\b(?:not? convert\w*|unconverted|without (?:conver\w+|exchang\w+)|conversions?|apart|separately"
    r"|(?:by|per|each|every|own) currenc(?:y|ies))\b"
)


def in_home_money(plan: Plan, asked: Asked) -> Plan:
    """All one is worth as one figure, in the one currency that the books are kept in, where a rate turns the rest so.

    What is told apart, or at cost, stays as it is.
    """
    if plan.measure is not Measure.NET_WORTH or plan.valuation is not Valuation.MARKET or plan.convert_to:
        return plan
    home = asked.names.index.ledger.operating_currencies
    if len(home) != 1 or plan.filters.currencies or Grouping.CURRENCY in plan.group_by or asked.has(_APART):
        return plan
    rows = asked.names.index.query(
        "SELECT 1 FROM postings p JOIN prices r ON r.currency = coalesce(p.cost_currency, p.currency) AND r.quote = ?"
        " WHERE p.root IN ('assets', 'liabilities') AND coalesce(p.cost_currency, p.currency) <> ? LIMIT 1",
        [home[0], home[0]],
    )
    return replace(plan, convert_to=home[0]) if rows else plan


def _as_booked(filters: Filters, currency: str, asked: Asked) -> str:
    """Of monies that are called alike ("dollars") the one in which these accounts book, if it is but one."""
    words = {
        phrase.words
        for phrase in asked.said.phrases
        if (option := phrase.of_kind("currency")) and currency in option.values
    }
    alike = [
        code for word in words for code in lexicon().currencies.get(stems(word), ()) if code in asked.names.commodities
    ]
    booked = [code for code in dict.fromkeys(alike) if moved_in(filters, code, asked)]
    return booked[0] if len(booked) == 1 else currency


def moved_in(filters: Filters, currency: str, asked: Asked) -> bool:
    """Whether anything on these accounts was booked in the currency."""
    clauses, parameters = ["currency = ?"], [currency]
    if filters.accounts:
        clauses.append("(" + " OR ".join(["account = ? OR starts_with(account, ?)"] * len(filters.accounts)) + ")")
        parameters += [part for account in filters.accounts for part in (account, f"{account}:")]
    if filters.roots:
        clauses.append(f"root IN ({', '.join('?' * len(filters.roots))})")
        parameters += [root.value for root in filters.roots]
    return bool(asked.names.index.query(f"SELECT 1 FROM postings WHERE {' AND '.join(clauses)} LIMIT 1", parameters))


def named_commodity(asked: Asked) -> str | None:
    """The currency or commodity that the question names: of several the one to turn amounts into, else the first."""
    return target_of(asked, asked.scope.currencies)
