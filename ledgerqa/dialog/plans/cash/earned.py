"""Plans for what was earned, by how it came: invoiced to customers, paid out on shares, gained by selling them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.dialog.plans.wealth.securities import commodities_named, noting
from ledgerqa.dialog.understanding.earners import earners
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_INVOICED: Final = (
    r"\b(?:i|we)(?:'ve| have| had)? (?:\w+ly )?(?:invoiced?|billed)\b(?! (?:by|for)\b)"
    r"|\bhave (?:i|we) (?:invoiced|billed)\b"
)
_INVOICED_BY: Final = compiled(
    r"\b(?:did|has|have|had) (?P<who>\w+) (?:\w+ly )?(?:invoiced?|bill(?:ed)?)\b(?! (?:me|us|by|for)\b)"
    r"|\b(?P<whose>\w+) (?:has |have |had )?(?:invoiced|billed)\b(?! (?:me|us|by|for)\b)"
    r"|\binvoices (?:that |which )?(?P<sender>(?!i\b|we\b|you\b)\w+) (?:has |have |had )?"
    r"(?:sent|issued|wrote|written|raised|made out)\b(?! (?:me|us)\b)"
    r"|\b(?P<of>\w+?)['’]s invoices\b"
)
# What "I" and "we" are paid is all pay, whoever it is called by.
_GOT_PAID: Final = compiled(
    r"\b(?:(?:did|does|has|have|had) (?P<who>(?!i\b|we\b|you\b)\w+) (?:get|got|gotten|been)"
    r"|(?:was|is|were) (?P<whom>(?!i\b|we\b|you\b|it\b|that\b)\w+)(?: being)?"
    r"|(?P<one>(?!i\b|we\b|you\b)\w+) (?:got|gets)) paid\b"
    r"(?! (?:by (?!(?:year|quarter|month|week)\b)|for\b|back\b|to\b))"
)
# "What did Ann make last year", of whom the books keep the pay.
_MADE: Final = compiled(
    r"\b(?:what|how much)(?: money)? (?:did|does|has|have|had) (?P<who>\w+) (?:make|made|get|got|earn(?:ed)?)\b"
    r"(?=\W*$| (?:in|last|this|so far|altogether|before tax|since|per|a|each|every)\b)"
)
_NO_SUM: Final = (
    r"\bhow (?:many|often)\b|\bnumber of\b|^when\b|\blist\b|\bwhich\b|\blast\b|\bfirst\b|\baverage\b|\bmost\b"
)
_PAID_OUT: Final = r"\b(?:dividends?|payouts?|pay-outs?|distributions?|coupons?)\b"
_ARRIVED: Final = (
    r"\b(?:after|net of|less|minus|without)(?: the| any| all)? (?:\w+ )?(?:withh[eo]ld\w*|tax(?:es)?|deductions?)\b"
    r"|\b(?:arrived?|landed|credited|hit (?:my|our|the)|came (?:in|through)|net)\b"
)
_VESTED: Final = r"\bvest(?:s|ed|ing|ings)?\b"
_NOT_YET: Final = (
    r"\b(?:not yet|still|will|to|left to|going to|next) vest|\bunvested\b"
    r"|\bhow many (?:\w+ )?(?:shares?|units?|rsus?)\b"
)
_KEPT_BACK: Final = r"\btax(?:es|ed)?\b|\bwithh[eo]ld\w*|\bdeduct\w*|\bfees?\b"
_TIMES: Final = r"\bhow (?:many times|often)\b|\bnumber of (?:vests|vestings|times)\b"
_VALUED: Final = r"\b(?:values?|valued|worth|how much|total|sum|income|in \w+|(?:by|per) (?:year|month|quarter))\b"
_MOST_TEXTS: Final = 40


def earned(asked: Asked) -> Plan | None:
    """The plan for what was invoiced, paid out or vested; None where none of it is asked for."""
    return _invoiced(asked) or _paid_out(asked) or _vested(asked) or _paid_to_one_of_us(asked)


def _invoiced(asked: Asked) -> Plan | None:
    """As in "what I invoiced in pounds, by year": the income that is booked against what customers owe."""
    own = _of_the_one_who(asked)
    if not (own or asked.has(_INVOICED)) or asked.has(_NO_SUM):
        return None
    owing = people(asked, Root.ASSETS)
    if asked.said.vat == "gross" and owing:
        return None  # with VAT it is what customers are to pay
    rows = asked.names.index.query(
        "SELECT DISTINCT i.account FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        " WHERE i.root = 'income' AND o.account IN (SELECT unnest(?)) AND o.number > 0 ORDER BY 1",
        [list(owing)],
    )
    named = of_roots(asked.names, asked.scope.filters.accounts, (Root.INCOME,))
    booked = tuple(row[0] for row in rows)
    income = (_inside(booked, own) or own) if own else named or booked
    mentions = _customers(asked, own)
    if mentions is None:
        return None
    filters = replace(
        asked.scope.filters, accounts=income, roots=() if income else (Root.INCOME,), mentions=mentions, sign=0
    )
    groups = tuple(Grouping.PAYEE if group is Grouping.ACCOUNT else group for group in asked.intent.group_by)
    if not groups and mentions and len(mentions[0].payees) > 1:
        groups = (Grouping.PAYEE,)
    note = f"invoiced = {', '.join(income)}" if income else "invoiced = all income"
    plan = Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=(note,))
    if currency := spoken_currency(asked):
        plan = in_currency(plan, currency, asked)
    return ordered(plan, asked)


def _of_the_one_who(asked: Asked) -> tuple[str, ...]:
    """The accounts of what the one earns who "did Ana invoice" names, where some are called by that name."""
    said = _INVOICED_BY.search(asked.said.folded)
    who = (said["who"] or said["whose"] or said["sender"] or said["of"]) if said else ""
    return tuple(
        each.name
        for each in asked.names.accounts
        if who and each.root is Root.INCOME and who in (fold(part) for part in each.name.split(":")[1:])
    )


def _paid_to_one_of_us(asked: Asked) -> Plan | None:
    """As in "what did Ana get paid", whose pay is income of these books; None for whoever is paid out of them."""
    made = _MADE.search(asked.said.folded)
    said = _GOT_PAID.search(asked.said.folded) or (made if made and made["who"] in earners(asked.names) else None)
    if not said or asked.has(_NO_SUM) or asked.has(_KEPT_BACK):
        return None
    who = next(word for word in said.groups() if word)
    phrases = [phrase for phrase in asked.said.phrases if re.sub(r"['’]s$", "", fold(phrase.words)) == who]
    if len(phrases) != len(asked.said.phrases) or any(phrase.of_kind("payee") for phrase in phrases):
        return None
    own = tuple(
        each.name
        for each in asked.names.accounts
        if each.root is Root.INCOME and who in (fold(part) for part in each.name.split(":")[1:])
    )
    pay = _inside(own, accounts_of_group(asked, Root.INCOME, "salary", each_one=True))
    if made and pay:  # whatever else came to her, too: a bonus, what she made beside
        pay = tuple(name for name in own if not any(name.startswith(f"{other}:") for other in own))
    if not pay:
        return None
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    verb = "earned" if made else "was paid"
    note = f"what {phrases[0].words if phrases else who} {verb} = {', '.join(pay)}"
    plan = Plan(Measure.SUM, Filters(accounts=pay), happened(asked), group_by=groups, reading=(note,))
    return replace(plan, measure=Measure.AVERAGE, group_by=(), per=asked.intent.per) if asked.intent.per else plan


def _inside(accounts: tuple[str, ...], tops: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in accounts if any(each == top or each.startswith(f"{top}:") for top in tops))


def _customers(asked: Asked, own: tuple[str, ...] = ()) -> tuple[Mention, ...] | None:
    """Those whom the names mean; () where none is named, None where one is named who is nobody's customer.

    Whoever `own` are the earnings of is no customer.
    """
    parts = {fold(part) for name in own for part in name.split(":")}
    found: list[Mention] = []
    for phrase in asked.said.phrases:
        if re.sub(r"['’]s$", "", fold(phrase.words)) in parts:
            continue
        if re.match(r"invoic|bill", fold(phrase.words)) or phrase.of_kind("currency"):
            continue
        payee = phrase.of_kind("payee")
        if payee is None:
            return None
        found.append(Mention(phrase.words, payees=payee.values))
    if len(found) < 2:
        return tuple(found)
    payees = tuple(name for each in found for name in each.payees)
    return (Mention(" or ".join(each.words for each in found), payees=payees),)


def _paid_out(asked: Asked) -> Plan | None:
    """As in "dividends of X, how much arrived after withholding": what their entries put on own accounts.

    Without a word for what is kept back, what the account of that security's dividends itself books.
    """
    if not asked.has(_PAID_OUT) or asked.has(_NO_SUM) or asked.intent.compare or asked.intent.group_by[1:]:
        return None
    arrived = asked.has(_ARRIVED)
    codes = commodities_named(asked)
    accounts = accounts_of_group(asked, Root.INCOME, "dividends", each_one=True)
    own = tuple(name for name in accounts if any(part in codes for part in name.split(":")))
    texts = () if own or not codes else _texts(asked, accounts, codes)
    if not accounts or (codes and not own and not texts) or not (arrived or own):
        return None
    groups, note = asked.intent.group_by, ""
    filters = Filters(accounts=own)
    if arrived:
        mentions = (Mention(", ".join(codes), narrations=texts),) if texts else ()
        filters = Filters(
            roots=(Root.ASSETS,), currencies=asked.names.money(), alongside=own or accounts, mentions=mentions
        )
        note = f"what entries of {', '.join(own or accounts)} put on own accounts"
    notes = tuple(each for each in (note, *noting(asked, codes)) if each and (codes or each == note))
    plan = Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=notes)
    if currency := spoken_currency(asked):
        plan = in_currency(plan, currency, asked)
    return ordered(plan, asked)


def _vested(asked: Asked) -> Plan | None:
    """As in "vest value of my shares by year", "how many times have shares vested": the income that vesting books."""
    if not asked.has(_VESTED) or asked.has(_NOT_YET) or asked.has(_KEPT_BACK):
        return None
    accounts = accounts_of_group(asked, Root.INCOME, "unvested")
    counted = asked.has(_TIMES)
    if not accounts or not (counted or asked.has(_VALUED)):
        return None
    groups = asked.intent.group_by
    measure = Measure.COUNT if counted else Measure.SUM
    plan = Plan(
        measure,
        Filters(accounts=accounts),
        happened(asked),
        group_by=groups,
        reading=(f"vested = {', '.join(accounts)}",),
    )
    currency = spoken_currency(asked)
    return ordered(in_currency(plan, currency, asked) if currency else plan, asked)


def _texts(asked: Asked, accounts: tuple[str, ...], codes: tuple[str, ...]) -> tuple[str, ...]:
    """What the entries of these accounts that name a commodity say."""
    rows = asked.names.index.query(
        "SELECT DISTINCT narration FROM postings WHERE account IN (SELECT unnest(?)) AND narration <> '' ORDER BY 1",
        [list(accounts)],
    )
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, codes))})\b")
    found = tuple(row[0] for row in rows if named.search(row[0]))
    return found if len(found) <= _MOST_TEXTS else ()
