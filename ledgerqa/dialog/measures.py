"""The plan of each measure over postings, from what was said and the names that it was linked to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.asked import Asked, as_of, bounded, one_period, ordered, spoken_currency
from ledgerqa.dialog.comparing import compared
from ledgerqa.dialog.directive_plans import DIRECTIVES, metadata
from ledgerqa.dialog.lexicon import lexicon
from ledgerqa.dialog.words import is_plural
from ledgerqa.records import TIME_GROUPINGS, Choice, Clarify, Filters, Grouping, Measure, Mention, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.vocabulary import Account
    from ledgerqa.records import Outcome

_NO_CARD = frozenset({"payable", "loan", "mortgage", "student_loan", "taxes", "receivable"})
_NO_METADATA = frozenset(
    {
        Measure.PRICE,
        Measure.BUDGET,
        Measure.NET_WORTH,
        Measure.HOLDINGS,
        Measure.AVERAGE,
        Measure.EVENTS,
        Measure.ACCOUNTS,
    }
    | {
        Measure.COMMODITIES,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
        Measure.BALANCE_CHECKS,
        Measure.NOTES,
        Measure.RECURRING,
    }
)
_UNMONEY = re.compile(r"\b(?:transactions?|entries|entry|postings?)\b")


def plan_of(asked: Asked) -> Outcome:
    """The plan for what was asked."""
    measure = asked.intent.measure
    if (
        asked.key is not None
        and measure not in _NO_METADATA
        and (measure is not Measure.DOCUMENTS or not asked.names.counts["documents"])
    ):
        return metadata(asked)
    if measure in DIRECTIVES:
        return DIRECTIVES[measure](asked)
    if measure in {Measure.NET_WORTH, Measure.BALANCE_SHEET, Measure.INCOME_STATEMENT, Measure.NET_INCOME}:
        return _whole(asked)
    if measure is Measure.HOLDINGS:
        return _holdings(asked)
    if measure is Measure.AVERAGE and asked.scope.filters.currencies:
        return _average_cost(asked)
    if measure is Measure.BALANCE or (measure is None and _only_holds(asked)):
        return _balance(asked)
    if measure in {Measure.SUM, None} and not _says_what(asked):
        return _of_what(asked)
    if _is_held(asked):
        held = _held_commodity(asked)
        return _holdings_of(asked, held) if held and not asked.scope.filters.currencies else _holdings(asked)
    return _flow(asked)


def _only_holds(asked: Asked) -> bool:
    """Whether nothing but accounts that hold something is named: "visa?" asks for its balance."""
    accounts = [asked.names.by_name[name] for name in asked.scope.filters.accounts if name in asked.names.by_name]
    return bool(accounts) and all(each.root in {Root.ASSETS, Root.LIABILITIES} for each in accounts)


def _says_what(asked: Asked) -> bool:
    """Whether there is anything to add up: a name, a word for spending or income, a grouping."""
    return bool(
        asked.said.phrases
        or asked.has(r"\binvest")
        or asked.said.excluded
        or asked.intent.flow
        or asked.intent.group_by
        or asked.intent.sign
        or asked.said.bounds.spans
    )


def _of_what(asked: Asked) -> Clarify:
    when = f" {asked.said.periods[0].text.strip()}" if asked.said.periods else ""
    choices = (Choice("spent", f"How much did I spend{when}?"), Choice("earned", f"How much did I earn{when}?"))
    return Clarify("How much of what? Name an account, a payee, spending or income.", choices)


def _is_held(asked: Asked) -> bool:
    """ "How much ether have I got left, and what did it cost": a commodity that is held, not a flow."""
    codes = [*asked.scope.filters.currencies, *asked.scope.currencies]
    held = [code for code in codes if asked.names.commodities[code].held_at_cost]
    return (
        bool(held)
        and asked.has(r"\b(?:have|own|hold|left|got|still|holding)\b")
        and not asked.has(r"\b(?:buy|bought|purchase\w*|sold|sell|when)\b")
    )


# ----------------------------------------------------------------------------------------- the ledger as a whole


def _whole(asked: Asked) -> Plan:
    """Net worth, net income and the statements; a named account or tag narrows them."""
    intent, measure = asked.intent, asked.intent.measure
    assert measure is not None  # noqa: S101 - chosen by measure
    standing = measure in {Measure.NET_WORTH, Measure.BALANCE_SHEET}
    period = as_of(asked) if standing else one_period(asked)
    groups = tuple(
        group
        for group in intent.group_by
        if group in TIME_GROUPINGS
        or (group is Grouping.ACCOUNT and measure is Measure.NET_WORTH)
        or group is Grouping.CURRENCY
    )
    valuation, notes = _whole_valuation(asked)
    plan = Plan(
        measure,
        replace(
            asked.scope.filters,
            accounts=asked.scope.filters.accounts if not standing or measure is Measure.NET_WORTH else (),
        ),
        period,
        group_by=groups if measure in {Measure.NET_WORTH, Measure.NET_INCOME} else (),
        account_depth=intent.account_depth,
        valuation=valuation,
        reading=(*asked.scope.reading, *notes),
    )
    currency = spoken_currency(asked)
    if currency and measure is not Measure.BALANCE_SHEET:
        plan = _in_currency(plan, currency, asked)
    elif currency and valuation is Valuation.MARKET:
        plan = replace(plan, convert_to=currency)
    if measure is Measure.NET_WORTH and groups and not any(group in TIME_GROUPINGS for group in groups):
        plan = replace(plan, account_depth=intent.account_depth)
    return compared(ordered(plan, asked), asked)


def _whole_valuation(asked: Asked) -> tuple[Valuation, tuple[str, ...]]:
    said, measure = asked.intent.valuation, asked.intent.measure
    if measure is Measure.NET_WORTH:
        return (said, ()) if said else (Valuation.MARKET, ("valued at market prices",))
    if measure is Measure.BALANCE_SHEET:
        return (said, ()) if said else (Valuation.COST, ("valued at cost",))
    return said or Valuation.UNITS, ()


def _in_currency(plan: Plan, currency: str, asked: Asked) -> Plan:
    """ "In dollars": a valuation at market is converted; of amounts as booked, those in dollars are kept."""
    if plan.valuation is Valuation.COST:
        return plan
    if plan.measure is Measure.NET_WORTH or plan.valuation is Valuation.MARKET or asked.intent.convert:
        return replace(plan, convert_to=currency)
    if (
        plan.measure is Measure.BALANCE
        and len(asked.names.money()) > 1
        and not _moved_in(plan.filters, currency, asked)
    ):
        return replace(plan, convert_to=currency)
    if _moved_in(plan.filters, currency, asked):
        return replace(plan, filters=replace(plan.filters, currencies=(currency,)))
    return replace(
        plan, convert_to=currency, reading=(*plan.reading, f"converted to {currency}: nothing was booked in it")
    )


def _moved_in(filters: Filters, currency: str, asked: Asked) -> bool:
    """Whether anything on these accounts was booked in the currency."""
    clauses, parameters = ["currency = ?"], [currency]
    if filters.accounts:
        clauses.append("(" + " OR ".join(["account = ? OR starts_with(account, ?)"] * len(filters.accounts)) + ")")
        parameters += [part for account in filters.accounts for part in (account, f"{account}:")]
    if filters.roots:
        clauses.append(f"root IN ({', '.join('?' * len(filters.roots))})")
        parameters += [root.value for root in filters.roots]
    return bool(asked.names.index.query(f"SELECT 1 FROM postings WHERE {' AND '.join(clauses)} LIMIT 1", parameters))


# ------------------------------------------------------------------------------------------ what accounts hold


def _balance(asked: Asked) -> Outcome:
    """What stands on the accounts named, or on those that the words of the question mean."""
    if asked.intent.key == "shared":
        return _shared(asked)
    if asked.intent.key == "units" and not _holds_units(asked):
        return _flow(asked, Measure.COUNT)
    if not asked.scope.filters.accounts and (held := _held_commodity(asked)):
        return _holdings_of(asked, held)
    filters, notes = asked.scope.filters, list(asked.scope.reading)
    groups = list(asked.intent.group_by)
    if not filters.accounts and not filters.roots:
        meant = _meant_accounts(asked)
        filters = replace(filters, accounts=tuple(meant), roots=() if meant else _balance_roots(asked))
        if meant:
            notes.append(f"read as {', '.join(meant)}")
        elif Grouping.ACCOUNT not in groups and not groups:
            groups.append(Grouping.ACCOUNT)
        if len(meant) > 1 and not groups:
            groups.append(Grouping.ACCOUNT)
    if not _holds(filters, asked):
        return _flow(asked)
    valuation = asked.intent.valuation or Valuation.UNITS
    plan = Plan(
        Measure.BALANCE,
        _held(filters, asked),
        as_of(asked),
        group_by=tuple(groups),
        account_depth=asked.intent.account_depth,
        valuation=valuation,
        reading=tuple(notes),
    )
    currency = spoken_currency(asked) or _named_commodity(asked)
    if currency:
        plan = _in_currency(plan, currency, asked)
    return compared(ordered(plan, asked), asked)


def _holds_units(asked: Asked) -> bool:
    """ "How many X do I have": whether X is something that accounts hold."""
    return bool(
        asked.scope.currencies
        or asked.scope.filters.currencies
        or (asked.scope.filters.accounts and _holds(asked.scope.filters, asked))
    )


def _held_commodity(asked: Asked) -> str | None:
    """The one commodity asked for, if it is no money."""
    codes = [
        code
        for code in asked.scope.currencies
        if not asked.names.commodities[code].operating and asked.names.commodities[code].held_at_cost
    ]
    return codes[0] if codes else None


def _holdings_of(asked: Asked, code: str) -> Plan:
    filters = Filters(currencies=(code,), roots=(Root.ASSETS,))
    return Plan(
        Measure.HOLDINGS,
        filters,
        as_of(asked),
        group_by=(Grouping.ACCOUNT,),
        valuation=asked.intent.valuation or Valuation.UNITS,
        reading=asked.scope.reading,
    )


def _held(filters: Filters, asked: Asked) -> Filters:
    return replace(
        filters,
        weekdays=(),
        minimum=None,
        maximum=None,
        mentions=filters.mentions if not filters.accounts or asked.intent.key == "shared" else (),
    )


def _named_commodity(asked: Asked) -> str | None:
    return asked.scope.currencies[0] if asked.scope.currencies else None


def _holds(filters: Filters, asked: Asked) -> bool:
    """Whether these are accounts that hold something; a "balance" of expenses is what was spent."""
    if not filters.accounts:
        return True
    roots = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    return bool(roots & {Root.ASSETS, Root.LIABILITIES, Root.EQUITY})


def _balance_roots(asked: Asked) -> tuple[Root, ...]:
    if asked.has(r"\b(?:owe|owes|owed|owing|debts?|outstanding|liabilit\w+|loans?|indebted)\b"):
        return (Root.LIABILITIES,)
    if asked.has(r"\bequity\b"):
        return (Root.EQUITY,)
    if asked.has(r"\b(?:money|cash|have|assets?|savings|bank|funds|own)\b"):
        return (Root.ASSETS,)
    return (Root.ASSETS, Root.LIABILITIES)


def _meant_accounts(asked: Asked) -> list[str]:
    """ "The credit card", "the bank": accounts of that kind, where no name says which."""
    words = lexicon()
    kinds = (
        (r"\b(?:credit )?cards?\b", Root.LIABILITIES, "credit_card"),
        (r"\bloans?\b", Root.LIABILITIES, "loan"),
        (r"\bmortgage\b", Root.LIABILITIES, "mortgage"),
        (r"\bsavings\b", Root.ASSETS, "savings"),
        (r"\bcash\b", Root.ASSETS, "cash"),
        (r"\b(?:bank|checking|current account|(?:the|my|our) accounts?)\b", Root.ASSETS, "checking"),
        (r"\b(?:broker\w*|investments?)\b", Root.ASSETS, "brokerage"),
    )
    for pattern, root, group in kinds:
        if not asked.has(pattern):
            continue
        leaves = asked.names.leaf_accounts((root,))
        named = [
            each.name
            for each in leaves
            if group in words.groups_of_name(each.component)[0] | words.groups_of_name(each.component)[1]
        ]
        if named:
            return named
        if group == "credit_card":
            return [each.name for each in leaves if not _groups(each) & _NO_CARD]
    return []


def _groups(account: Account) -> frozenset[str]:
    whole, partly = lexicon().groups_of_name(account.component)
    return whole | partly


def _shared(asked: Asked) -> Plan:
    """Who owes whom: the balances of the people's accounts, or of all receivables and payables."""
    filters = asked.scope.filters
    if not filters.accounts and not filters.mentions:
        words = {"receivable", "payable"} | ({"loan"} if asked.has(r"\bborrow\w*\b|\bloan") else set())
        roots = (
            (Root.ASSETS,)
            if asked.has(r"\bowes? (?:me|us)\b")
            else (Root.LIABILITIES,)
            if asked.has(r"\bborrow\w*\b|\b(?:do|did) (?:i|we) owe\b")
            else (Root.LIABILITIES, Root.ASSETS)
        )
        leaves = asked.names.leaf_accounts(roots)
        people = [
            each.name
            for each in leaves
            if _groups(each) & words
            or re.search(
                r":(?:Shared|Owe\w*|Friends?|People|IOU|Members?\b|Receivables?|Payables?|Debtors|Creditors|Flatmates?|Roommates?)(?::|-|$)|:Member",
                each.name,
            )
        ]
        filters = replace(filters, accounts=tuple(people), roots=() if people else (Root.LIABILITIES,))
    period = as_of(asked)
    return Plan(
        Measure.BALANCE, _held(filters, asked), period, group_by=(Grouping.ACCOUNT,), reading=asked.scope.reading
    )


def _holdings(asked: Asked) -> Plan:
    """Units, cost and value of what is held."""
    filters = asked.scope.filters
    accounts = tuple(
        name for name in filters.accounts if asked.names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES}
    )
    kept = replace(
        filters, accounts=accounts, mentions=(), roots=(Root.ASSETS,) if filters.currencies and not accounts else ()
    )
    if asked.has(r"\b(?:average|avg|mean)\b") and len(filters.currencies) == 1:
        return _average_cost(asked)
    currency = spoken_currency(asked)
    groups = (
        (Grouping.CURRENCY,)
        if Grouping.CURRENCY in asked.intent.group_by
        or asked.has(r"\bin total\b|\baltogether\b|\bper (?:stock|commodity|ticker)\b")
        else (Grouping.ACCOUNT,)
    )
    valuation = asked.intent.valuation or (
        Valuation.COST if asked.has(r"\b(?:pay|paid|cost|costs)\b") else Valuation.UNITS
    )
    plan = Plan(
        Measure.HOLDINGS,
        kept,
        as_of(asked),
        group_by=groups,
        valuation=valuation,
        convert_to=currency,
        reading=asked.scope.reading,
    )
    return ordered(plan, asked)


def _average_cost(asked: Asked) -> Plan:
    """What a unit cost on average, of the lots still held."""
    filters = asked.scope.filters
    accounts = tuple(name for name in filters.accounts if asked.names.by_name[name].root is Root.ASSETS)
    return Plan(
        Measure.AVERAGE,
        Filters(accounts=accounts),
        as_of(asked),
        valuation=Valuation.COST,
        commodity=filters.currencies[0],
        reading=asked.scope.reading,
    )


# --------------------------------------------------------------------------------------------------- what moved


def _flow(asked: Asked, measure: Measure | None = None) -> Outcome:
    """Sums, counts, averages and lists of postings."""
    intent = asked.intent
    if measure is None and intent.measure is None and asked.said.bounds.spans:
        measure = Measure.LIST
    if measure is None:
        measure = (
            intent.measure
            if intent.measure in {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST}
            else Measure.SUM
        )
    if measure is Measure.COUNT and (standing := _count_of_units(asked)):
        return standing
    filters, unit, notes = _flow_filters(asked, measure)
    if unit == "entry" and measure in {Measure.SUM, Measure.AVERAGE}:
        measure = Measure.LIST  # what moves between own accounts sums up to nothing
    filters = bounded(_signed(filters, asked, measure), asked)
    period = one_period(asked)
    if filters.sign < 0 and filters.minimum is not None and filters.minimum == filters.maximum:
        # "that 3130 in June: did any of it come back?" names what was paid, not what came back
        period = replace(period, end=None, label=f"since {period.start}") if period.start else period
        own = asked.names.accounts_of(filters.mentions, filters.minimum)
        filters = replace(filters, minimum=None, maximum=None, inclusive=False)
        if own and not filters.accounts:
            filters = replace(filters, accounts=own, roots=(), mentions=())
    plan = Plan(
        measure,
        filters,
        period,
        group_by=_groupings(asked, filters, measure),
        account_depth=intent.account_depth,
        unit=unit,
        count_of=intent.count_of or "entries",
        per=intent.per or "booking",
        valuation=intent.valuation or Valuation.UNITS,
        reading=(*asked.scope.reading, *notes),
    )
    if measure is Measure.SUM and filters.roots == (Root.ASSETS,) and filters.currencies and not asked.scope.currencies:
        plan = replace(plan, valuation=Valuation.COST)
    if plan.valuation is Valuation.MARKET and not intent.convert:
        plan = replace(plan, valuation=Valuation.UNITS)
    currency = _named_commodity(asked)
    if currency and asked.names.commodities[currency].held_at_cost and not asked.names.commodities[currency].operating:
        plan = _traded(plan, currency, asked)
    elif currency:
        plan = _in_currency(plan, currency, asked)
    plan = _share(_grouped_lists(plan), asked)
    return compared(ordered(plan, asked), asked)


def _traded(plan: Plan, commodity: str, asked: Asked) -> Plan:
    """What was bought or sold of a commodity: postings in it to asset accounts."""
    sold = asked.has(r"\bs(?:old|ell|elling|ale|ales)\b")
    bought = asked.has(r"\b(?:buy|bought|purchas\w+|buying|invest\w*)\b")
    sign: Literal[-1, 0, 1] = -1 if sold else 1 if bought else 0
    accounts = tuple(name for name in plan.filters.accounts if asked.names.by_name[name].root is Root.ASSETS)
    filters = replace(
        plan.filters, accounts=accounts, roots=() if accounts else (Root.ASSETS,), currencies=(commodity,), sign=sign
    )
    at_cost = plan.measure is Measure.SUM and asked.has(r"\b(?:cost|paid|pay|spen[dt]|spending|invested|money)\b")
    return replace(plan, filters=filters, valuation=Valuation.COST if at_cost else plan.valuation)


def _grouped_lists(plan: Plan) -> Plan:
    """A list by payee or month is a sum by it."""
    if plan.measure is Measure.LIST and plan.group_by:
        return replace(plan, measure=Measure.SUM, unit="posting")
    return plan


def _count_of_units(asked: Asked) -> Outcome | None:
    """ "How many X do I have": what stands on an account, or is held of a commodity."""
    if asked.scope.filters.currencies:
        return _holdings(asked)
    codes = [code for code in asked.scope.currencies if code in asked.names.commodities]
    accounts = [asked.names.by_name[name] for name in asked.scope.filters.accounts if name in asked.names.by_name]
    standing = asked.has(r"\b(?:have|own|hold|holding|held|left|remain\w*|still|unvested|got|there (?:in|on))\b")
    if (
        codes
        and not asked.scope.filters.mentions
        and (asked.names.commodities[codes[0]].held_at_cost or standing)
        and not asked.has(r"\btimes\b")
    ):
        filters = Filters(
            accounts=tuple(each.name for each in accounts if each.root is Root.ASSETS),
            currencies=(codes[0],),
            roots=() if accounts else (Root.ASSETS,),
        )
        return Plan(Measure.HOLDINGS, filters, as_of(asked), group_by=(Grouping.ACCOUNT,), reading=asked.scope.reading)
    if accounts and standing and all(each.root in {Root.ASSETS, Root.LIABILITIES} for each in accounts):
        return Plan(Measure.BALANCE, asked.scope.filters, as_of(asked), reading=asked.scope.reading)
    return None


def _flow_filters(asked: Asked, measure: Measure) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """The filters with the roots in which the flow lies, and whether rows are postings or entries."""
    filters, intent = asked.scope.filters, asked.intent
    if asked.has(r"\btake-? ?home\b|\bhit (?:my |our |the )?(?:checking|bank|account)\b|\bnet (?:pay|salary|wages?)\b"):
        return _take_home(asked)
    if filters.accounts or filters.roots:
        return filters, "posting", ()
    if not filters.mentions and asked.has(
        r"\binvest(?:ed|ing)?\b|\b(?:shares?|stocks?|funds?|securities|etfs?|coins?)\b.*\b(?:bought|buy|sold|sell|purchased?)\b|\b(?:bought|buy|sold|sell|purchased?)\b.*\b(?:shares?|stocks?|funds?|securities|etfs?|coins?)\b"
    ):
        return _investing(filters, asked), "posting", ("investing = postings to assets of what is held at cost",)
    through = asked.has(r"\b(?:through|out of|into|hit) (?:my |our |the )?(?:bank )?accounts?\b")
    if through and (own := _main_account(asked)):
        return replace(filters, accounts=(own,)), "posting", (f"the account = {own}",)
    if not (filters.mentions or filters.tags or filters.links):
        if measure is Measure.LIST and intent.flow is None and _UNMONEY.search(asked.said.folded):
            return filters, "entry", ()
        root = Root.INCOME if intent.flow == "income" else Root.EXPENSES
        return replace(filters, roots=(root,)), "posting", ()
    return _rooted(filters, asked, measure)


def _investing(filters: Filters, asked: Asked) -> Filters:
    """Purchases (or sales) of everything that is held at cost."""
    codes = tuple(each.code for each in asked.names.commodities.values() if each.held_at_cost)
    sold = asked.has(r"\b(?:sold|sell|selling|sales?)\b")
    return replace(filters, roots=(Root.ASSETS,), currencies=codes, sign=-1 if sold else 1)


def _rooted(
    filters: Filters, asked: Asked, measure: Measure
) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """Entries found by payee, tag or link: the side of them that the question means."""
    intent = asked.intent
    listing_entries = measure is Measure.LIST and (intent.key == "entry" or filters.links) and intent.flow is None
    if listing_entries or (measure is Measure.COUNT and intent.flow != "spend"):
        return filters, "entry", ()
    there = asked.names.roots_touched(filters)
    wanted = [Root.INCOME, Root.EXPENSES] if intent.flow == "income" else [Root.EXPENSES, Root.INCOME]
    if intent.flow is None and there.get(Root.INCOME, 0) > 2 * there.get(Root.EXPENSES, 0):
        wanted.reverse()
    if intent.flow == "income" and there.get(Root.INCOME, 0) * 10 < there.get(Root.EXPENSES, 0):
        wanted.reverse()
    for root in wanted:
        if there.get(root):
            note = (
                ()
                if root is wanted[0] and intent.flow is not None
                else (f"{root.value} only",)
                if len(there) > 2 and root is Root.INCOME
                else ()
            )
            return replace(filters, roots=(root,)), "posting", note
    if there:
        if measure is Measure.LIST or Root.LIABILITIES not in there:
            return filters, "entry", ("these entries touch neither income nor expenses",)
        return (
            replace(filters, roots=(Root.LIABILITIES,)),
            "posting",
            ("these entries touch no expenses: what moved on liabilities is shown",),
        )
    return filters, "posting", ()


def _take_home(asked: Asked) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """Pay after deductions: what the salary's entries put on the bank account."""
    names = asked.names
    income = {
        name
        for account in names.accounts
        if account.root is Root.INCOME and "salary" in _groups(account)
        for name in (account.name,)
    }
    bank = [name for name in asked.scope.filters.accounts if names.by_name[name].root is Root.ASSETS]
    if not bank:
        rows = names.index.query(
            "SELECT p.account, count(*) FROM postings p WHERE p.root = 'assets' AND p.number > 0 AND p.entry_id IN"
            " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?))) AND p.currency IN (SELECT currency FROM currencies WHERE NOT held_at_cost)"
            " GROUP BY 1 ORDER BY sum(p.number) DESC",
            [sorted(income)],
        )
        bank = [row[0] for row in rows[:1]]
    texts = names.index.query(
        "SELECT narration, payee, count(*) FROM entries WHERE entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))"
        " AND type = 'transaction' GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1",
        [sorted(income)],
    )
    mentions = (Mention("payroll", payees=(), narrations=(texts[0][0],)),) if texts and texts[0][0] else ()
    filters = Filters(accounts=tuple(bank), mentions=mentions)
    return filters, "posting", ("take-home pay = what payroll entries put on " + ", ".join(bank),)


def _main_account(asked: Asked) -> str | None:
    """The bank account, where the question says just "the account"."""
    assets = asked.names.leaf_accounts((Root.ASSETS,))
    banks = [each for each in assets if "checking" in _groups(each)] or assets
    return max(banks, key=lambda each: each.postings).name if banks else None


def _signed(filters: Filters, asked: Asked, measure: Measure) -> Filters:
    """Refunds are credits on expenses; the biggest bill is a debit."""
    intent = asked.intent
    if asked.has(r"\bexpense accounts?\b") and intent.sign:
        return replace(filters, accounts=(), roots=(Root.EXPENSES,), sign=-1)
    roots = set(filters.roots) | {
        asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name
    }
    if (
        intent.sign
        and roots == {Root.EXPENSES}
        and (measure in {Measure.LIST, Measure.COUNT} or asked.has(r"\brefund\w*\b"))
        and not asked.has(r"\bnet of\b")
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


def _share(plan: Plan, asked: Asked) -> Plan:
    """ "What part of spending is food?": all accounts of that depth, each with its share."""
    if (
        not asked.has(r"\b(?:share|part|portion|percent|percentage|proportion|fraction|ratio) of\b|%")
        or len(plan.filters.accounts) != 1
        or plan.group_by
    ):
        return plan
    account = asked.names.by_name[plan.filters.accounts[0]]
    filters = replace(plan.filters, accounts=(), roots=(account.root,))
    note = f"shares of all {account.root.value}; {account.name} is one of the rows"
    return replace(
        plan, filters=filters, group_by=(Grouping.ACCOUNT,), account_depth=account.depth, reading=(*plan.reading, note)
    )


def _groupings(asked: Asked, filters: Filters, measure: Measure) -> tuple[Grouping, ...]:
    """The groupings said; and those that "which restaurants" and "top five shops" imply."""
    groups = list(asked.intent.group_by)
    if not groups and measure in {Measure.SUM, Measure.LIST, Measure.COUNT} and (implied := _implied(asked, filters)):
        groups.append(implied)
    if Grouping.PAYEE in groups and not asked.names.has_payees:
        groups[groups.index(Grouping.PAYEE)] = Grouping.NARRATION
    if Grouping.TAG in groups and not asked.names.tags:
        groups.remove(Grouping.TAG)
    if (
        Grouping.ACCOUNT in groups
        and _is_leaf(filters, asked)
        and asked.has(r"\b(?:who|where|which|what|breaks?|split|broken|top|biggest|itemi\w+)\b")
        and not asked.has(r"\baccounts?\b")
    ):
        groups[groups.index(Grouping.ACCOUNT)] = Grouping.PAYEE if asked.names.has_payees else Grouping.NARRATION
    return tuple(dict.fromkeys(groups))


def _is_leaf(filters: Filters, asked: Asked) -> bool:
    """Whether one account is meant that has none below it."""
    if len(filters.accounts) != 1:
        return False
    inside = [each for each in asked.names.accounts if each.name.startswith(filters.accounts[0] + ":")]
    return not inside


def _implied(asked: Asked, filters: Filters) -> Grouping | None:
    for phrase in asked.said.phrases:
        plural = is_plural(phrase.words)
        asks = re.search(
            r"\b(?:which|what)(?: (?:other|different|kind of|of my|of our|of the))? $|\btop(?: \w+)? $|\b(?:biggest|favou?rite|main)(?: \w+)? $",
            phrase.lead,
        )
        each = re.search(r"\b(?:each|every|per|by)(?: (?:piece|kind|type|sort|item|bit) of)? $", phrase.lead)
        if phrase.best.kind == "account" and each and asked.intent.measure is Measure.SUM:
            return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
        if (
            phrase.best.kind == "account"
            and plural
            and (asks or (asked.intent.limit and asked.intent.measure is Measure.SUM))
        ):
            return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
    if asked.intent.limit and asked.intent.measure is Measure.SUM:
        return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
    return None
