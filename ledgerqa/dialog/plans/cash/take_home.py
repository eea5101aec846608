"""Pay as it arrives: what is left of it after tax and deductions, and on which account it lands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, asks_of_deductions
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Mention, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_AFTER_ALL: Final = (  # what is left then is no pay
    r"(?:after|less|minus) (?:all )?(?:the |my |our )?(?:bills|expenses|costs|spending|outgoings)\b"
)
TAKE_HOME: Final = (
    rf"\btake-? ?home\b(?! (?:pay )?{_AFTER_ALL})"
    r"|\bhit (?:my |our |the )?(?:checking|bank|account)\b"
    r"|\b(?:net|after[- ]tax) (?:pay\w*|salar(?:y|ies)|wages?|earnings)\b"
    r"|(?<!\bi )(?<!\bwe )(?<!\bto )(?<!\bthey )"
    r"\b(?:salar(?:y|ies)|wages?|earnings|pay(?:cheques?|checks?|slips?)?)(?: was| is| were)? (?:net|after)\b"
    r"|\b(?:earn\w*|made|make|get|got|receiv\w+|income|br(?:ing|ought) in)\b.*"
    r"\b(?:after|net of|less|minus) (?:my |our |the |all )?(?:income )?(?:tax(?:es)?|deductions)\b"
    r"(?! (?:refunds?|returns?|day|season))"
    r"|\bafter[- ]tax (?:income|money)\b|\b(?:income|money) after[- ]tax\b"
    r"|\b(?:brought|bring|bringing|took|taken|taking) home\b"
    r"|\b(?:arrived?|came(?: in)?|got|received?|earn(?:ed)?) net\b(?! (?:of|worth)\b)"
)
_BROUGHT_HOME: Final = r"\b(?:take|took|taken|taking|bring|brought|bringing)[- ]?home\b"
LANDED: Final = (
    r"\b(?:landed|arrived?|ended up|turned up|showed up|came|cleared|reached|dropped) (?:in|into|on|to)?"
    r"(?: my| our| the)?(?: \w+)? ?(?:bank|checking|account)\b"
    r"|\b(?:really|actually|truly) (?:arrived?|landed|came (?:in|through)|got through|reached (?:me|us))\b"
    r"|\bpaid into (?:my|our|the)(?: \w+)? ?(?:bank|checking|account)\b"
)
_PAID_BY: Final = compiled(r"\b(?:from|by|at|of)(?: the| my| our)? $")


_SAYS_PAY: Final = frozenset("take home take-home takehome pay net after salary wage wages paycheck payslip".split())


def asks_of_pay(text: str) -> bool:
    """Whether a question is for sure about pay as it arrives, or what is kept back of it."""
    return asks_of_deductions(text) or re.search(TAKE_HOME, fold(text)) is not None


def says_pay(asked: Asked, words: str) -> bool:
    """As in "my take-home pay", where the accounts of pay are called otherwise: words that name no account."""
    return asked.has(TAKE_HOME) and _SAYS_PAY.issuperset(fold(words).split()) and pays(asked)


def take_home(asked: Asked) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """Pay after deductions: what the entries that book pay put on the bank account, whatever else they book."""
    names = asked.names
    pay = accounts_of_group(asked, Root.INCOME, "salary", each_one=True)
    named = {name for name in asked.scope.filters.accounts if names.by_name[name].root is Root.INCOME}
    pay = tuple(name for name in pay if any(name == one or name.startswith(f"{one}:") for one in named)) or pay
    if not pay and asked.has(_BROUGHT_HOME) and (drawn := accounts_of_group(asked, Root.EQUITY, "drawings")):
        return Filters(accounts=drawn), "posting", (f"taken home = {', '.join(drawn)}: no account of pay is known",)
    if not pay:
        note = "no account of pay is known"
        return replace(asked.scope.filters, accounts=(), roots=(Root.INCOME,)), "posting", (note,)
    bank = [name for name in asked.scope.filters.accounts if names.by_name[name].root is Root.ASSETS]
    bank = bank or _paid_into(asked, pay)
    payers = () if named else next((kept for each in asked.said.phrases if (kept := _payers(asked, each, pay))), ())
    mentions = (Mention("payer", payees=payers),) if payers else ()
    booked = names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) ORDER BY 1", [list(pay)]
    )
    filters = Filters(accounts=tuple(bank), mentions=mentions, alongside=tuple(row[0] for row in booked))
    return filters, "posting", ("take-home pay = what entries of pay put on " + ", ".join(bank),)


def _payers(asked: Asked, phrase: Phrase, pay: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a phrase names of those that pay; no tax office of "after tax", no bank of "what landed in the bank"."""
    payee = phrase.of_kind("payee")
    if payee is None:
        return ()
    rows = asked.names.index.query(
        "SELECT DISTINCT payee FROM postings WHERE account IN (SELECT unnest(?)) AND payee IN (SELECT unnest(?))"
        " ORDER BY 1",
        [list(pay), list(payee.values)],
    )
    return tuple(row[0] for row in rows) or (payee.values if _PAID_BY.search(phrase.lead) else ())


def named_pay(asked: Asked) -> bool:
    """Whether all that is named is an account of pay ("from Acme", who pays a salary)."""
    pay = accounts_of_group(asked, Root.INCOME, "salary", each_one=True)
    named = [name for name in asked.scope.filters.accounts if asked.names.by_name[name].root is Root.INCOME]
    return bool(named) and set(named) <= set(pay) and not asked.scope.filters.mentions


def pays(asked: Asked) -> bool:
    """Whether the ledger has accounts of pay."""
    return bool(accounts_of_group(asked, Root.INCOME, "salary"))


def _paid_into(asked: Asked, pay: tuple[str, ...]) -> list[str]:
    """Of each account of pay the account that most of its money arrives on: what goes to a pension is not in hand."""
    rows = asked.names.index.query(
        "SELECT arg_max(account, came) FROM (SELECT i.account AS source, p.account AS account, sum(p.number) AS came"
        " FROM postings p JOIN postings i ON i.entry_id = p.entry_id"
        " WHERE p.root = 'assets' AND p.number > 0 AND i.account IN (SELECT unnest(?))"
        " AND p.currency IN (SELECT currency FROM currencies WHERE NOT held_at_cost) GROUP BY 1, 2) GROUP BY source",
        [list(pay)],
    )
    return sorted({row[0] for row in rows})
