"""Plans for what moved: sums, counts, averages and lists of postings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.round_amounts import as_rounded
from ledgerqa.dialog.language.words import fold, is_plural, stems
from ledgerqa.dialog.linking.purses import booked
from ledgerqa.dialog.plans.asked import Asked, bounded, groups_of, happened, ordered, with_roots
from ledgerqa.dialog.plans.book.oddities import as_picked, without_doubling
from ledgerqa.dialog.plans.cash.at_hand import BOUGHT, bought
from ledgerqa.dialog.plans.cash.beyond_flows import beyond_flows
from ledgerqa.dialog.plans.cash.marked import as_marked
from ledgerqa.dialog.plans.cash.one_way import returned, signed
from ledgerqa.dialog.plans.cash.own_part import own_part
from ledgerqa.dialog.plans.cash.paid_months import over_months_paid
from ledgerqa.dialog.plans.cash.payments import payments_only
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.take_home import LANDED, TAKE_HOME, named_pay, take_home
from ledgerqa.dialog.plans.cash.transfers import holds_units, moved
from ledgerqa.dialog.plans.cash.trips import of_trips, ranked_in_one_currency, whole_trips
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.conversion import in_currency, named_commodity
from ledgerqa.dialog.plans.missing_names import nothing_to_count
from ledgerqa.dialog.plans.wealth.securities import are_moved
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import CountOf
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.records import Outcome, Refusal

_GOT_PAID = (
    r"\b(?:was|were|am|are) (?:i|we) (?:\w+ )?paid\b"
    r"|\b(?:i|we) (?:\w+ly )?(?:was|were|am|are|been|get|got) paid\b"
)
_UNMONEY = compiled(r"\b(?:transactions?|entries|entry|postings?|bookings)\b")


def _flow_measure(asked: Asked, measure: Measure | None, *, exact: bool) -> Measure:
    """Whether bookings are added up, counted, averaged or listed; `exact`: those of one amount."""
    intent = asked.intent
    if intent.measure is None and (asked.has(FLAGGED) or (measure is None and asked.said.bounds.spans)):
        return Measure.LIST
    back = intent.measure is None and measure is None and intent.sign and not asked.said.phrases
    if back and asked.has(r"\b(?:that|which) (?:has |have )?c[ao]me\b"):
        return Measure.LIST  # "money that came back in May": of whatever it was
    if measure is None:
        everyday = {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST}
        measure = intent.measure if intent.measure in everyday else Measure.SUM
    whose = exact and not intent.order and asked.has(r"^(?:and )?(?:who|whom|when|what|which)\b")
    if measure is Measure.SUM and (whose or _biggest_of_a_kind(asked)):
        return Measure.LIST  # "who did I pay 365 euros?": the entries of that amount
    return measure


def flow(asked: Asked, measure: Measure | None = None) -> Outcome:
    """Sums, counts, averages and lists of postings."""
    intent, bounds = asked.intent, asked.said.bounds
    exact = bounds.minimum is not None and bounds.minimum == bounds.maximum
    measure = _flow_measure(asked, measure, exact=exact)
    if _one_of_a_shop(asked, measure):
        asked = replace(asked, said=replace(asked.said, intent=replace(intent, group_by=())))
        intent, measure = asked.intent, Measure.LIST
    filters, unit, notes = _flow_filters(asked, measure)
    filters, notes = own_part(asked, filters, notes)
    if unit == "entry" and filters.exclude_accounts and filters == replace(asked.scope.filters, roots=()):
        if measure is Measure.COUNT and not bounds.spans and _UNMONEY.search(asked.said.folded):  # on no side of theirs
            filters = replace(filters, exclude_alongside=(*booked(filters.exclude_accounts, asked.names, (*Root,)),))
        else:
            filters, unit = with_roots(filters, Root.EXPENSES), "posting"  # entries but for some kinds of expenses
    if unit == "entry" and measure in {Measure.SUM, Measure.AVERAGE}:
        measure = Measure.LIST  # what moves between own accounts sums up to nothing
    filters = bounded(returned(signed(filters, asked, measure), asked), asked)
    if asked.said.apart.refunds and filters.sign:
        notes = (*notes, "what came back is not taken off")
    if unit == "posting" and not filters.alongside:
        filters = moved(asked, filters)
    period = happened(asked)
    if filters.sign < 0 and filters.minimum is not None and filters.minimum == filters.maximum:
        # "that 3130 in June: did any of it come back?" names what was paid, not what came back
        period = replace(period, end=None, label=f"since {period.start}") if period.start else period
        own = asked.names.booked.accounts_of(filters.mentions, filters.minimum)
        filters = replace(filters, minimum=None, maximum=None, inclusive=False)
        if own and not filters.accounts:
            filters = replace(filters, accounts=own, roots=(), mentions=())
    plan = Plan(
        measure,
        filters,
        period,
        group_by=() if exact and measure is Measure.LIST else _groupings(asked, filters, measure),
        account_depth=intent.account_depth or _category_depth(asked, filters),
        unit=unit,
        count_of="tags" if of_trips(asked, filters, measure) else _counted(asked),
        per=intent.per or "booking",
        valuation=intent.valuation or Valuation.UNITS,
        reading=(*asked.scope.reading, *notes),
    )
    if measure is Measure.SUM and _at_cost(asked, filters):
        plan = replace(plan, valuation=Valuation.COST)
    if plan.valuation is Valuation.MARKET and not intent.convert:
        plan = replace(plan, valuation=Valuation.UNITS)
    plan = payments_only(as_rounded(_in_its_currency(plan, asked), asked.names), asked)
    plan = ranked_in_one_currency(whole_trips(_share(_grouped_lists(plan), asked), asked), asked)
    plan = as_marked(without_doubling(plan), asked)
    return (
        as_picked(plan, asked)
        or _uncounted(plan, asked)
        or over_months_paid(compared(ordered(plan, asked), asked), asked)
    )


def _uncounted(plan: Plan, asked: Asked) -> Refusal | None:
    """Why nothing is counted, where all entries would be for a word that names none of them."""
    entries = plan.measure is Measure.COUNT and plan.count_of == "entries" and not plan.group_by and not plan.compare
    everything = entries and plan.filters == Filters(roots=plan.filters.roots)
    return nothing_to_count(asked.said, asked.names) if everything else None


def _one_of_a_shop(asked: Asked, measure: Measure) -> bool:
    """As in "the biggest Fenwick shop": one entry of the payee that is named, not the payee that is the biggest."""
    filters = asked.scope.filters
    order, groups = asked.intent.order, asked.intent.group_by
    if len(filters.mentions) == 1 and filters.mentions[0].words.isdigit() and groups == (Grouping.PAYEE,):
        return measure is Measure.SUM  # "who was cheque 100418 from"
    ranked = order is not None and order.by == "amount" and asked.intent.single
    known = len(filters.mentions) == 1 and filters.mentions[0].payees and not filters.accounts
    return bool(ranked and known and groups == (Grouping.PAYEE,) and measure in {Measure.SUM, Measure.LIST})


def _counted(asked: Asked) -> CountOf:
    """What is counted; "shops at Fenwick" are the times that one shopped there, where that is one payee."""
    named = asked.scope.filters.mentions
    one = len(named) == 1 and len(named[0].payees) == 1
    return "entries" if one and asked.intent.count_of == "payees" else asked.intent.count_of or "entries"


_UNITS = r"\b(?:shares?|units?|how many)\b"


def _at_cost(asked: Asked, filters: Filters) -> bool:
    """Whether shares were bought, or own accounts paid into that take more than money: that adds up at cost."""
    if filters.roots == (Root.ASSETS,) and filters.currencies and not asked.scope.currencies:
        return True
    put = filters.mentions and filters.sign > 0 and filters.accounts  # "how much was reinvested"
    if not (filters.alongside or put) or asked.has(_UNITS):
        return False
    own = all(asked.names.by_name[name].root is Root.ASSETS for name in filters.accounts)
    return own and holds_units(asked, filters.accounts)


def _in_its_currency(plan: Plan, asked: Asked) -> Plan:
    """The plan kept to the currencies said, or turned into the one said."""
    currency = named_commodity(asked)
    each = asked.intent.compare or asked.has(r"\bhow (much|many)\b.*\band (?:how \1 )?in\b")
    apart = asked.has(_APART) or not any(_TURNED.search(each.lead) for each in _of_money(asked))
    if (apart or (each and not asked.intent.convert)) and len(beside := _currencies_beside(asked)) > 1:
        return replace(plan, filters=replace(plan.filters, currencies=beside))
    if currency and asked.names.commodities[currency].held_at_cost and not asked.names.commodities[currency].operating:
        plan = _traded(plan, currency, asked)
    elif currency:
        plan = in_currency(plan, currency, asked)
    return plan


_APART = (
    r"\b(?:separate(?:ly|d)?|apart|respectively|each (?:by|on) (?:its|their) own|not (?:mixed|converted|added)"
    r"|unconverted|side by side|one by one)\b"
)


_TURNED = compiled(r"\b(?:in|into|to)(?: the)? $")


def _of_money(asked: Asked) -> list[Phrase]:
    return [each for each in asked.said.phrases if each.of_kind("currency")]


def _currencies_beside(asked: Asked) -> tuple[str, ...]:
    """As in "pounds against euros": the monies set side by side, a row each."""
    known = asked.names.commodities
    return tuple(code for code in asked.scope.currencies if code in known and not known[code].held_at_cost)


def _traded(plan: Plan, commodity: str, asked: Asked) -> Plan:
    """What was bought or sold of a commodity: postings in it to asset accounts."""
    sold = asked.has(r"\bs(?:old|ell|elling|ale|ales)\b")
    bought = asked.has(r"\b(?:buy|bought|purchas\w+|buying|invest\w*)\b")
    sign: Literal[-1, 0, 1] = -1 if sold else 1 if bought else 0
    accounts = tuple(name for name in plan.filters.accounts if asked.names.by_name[name].root is Root.ASSETS)
    filters = replace(
        plan.filters,
        accounts=accounts,
        roots=() if accounts else (Root.ASSETS,),
        currencies=(commodity,),
        sign=sign,
        traded=sign != 0 and are_moved(asked, (commodity,)),
    )
    at_cost = plan.measure is Measure.SUM and asked.has(r"\b(?:cost|paid|pay|spen[dt]|spending|invested|money)\b")
    if plan.measure is Measure.AVERAGE and plan.per == "booking" and sign > 0 and not asked.has(_UNITS):
        at_cost = bool(_currencies_beside(asked)) or asked.has(r"\bhow (?:big|large|much)\b|\b(?:cost|size|sum)\b")
    return replace(plan, filters=filters, valuation=Valuation.COST if at_cost else plan.valuation)


def _grouped_lists(plan: Plan) -> Plan:
    """A list by payee or month is a sum by it."""
    if plan.measure is Measure.LIST and plan.group_by:
        return replace(plan, measure=Measure.SUM, unit="posting")
    return plan


def _flow_filters(asked: Asked, measure: Measure) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """The filters with the roots in which the flow lies, and whether rows are postings or entries."""
    filters, intent = asked.scope.filters, asked.intent
    if asked.has(TAKE_HOME) or (asked.has(LANDED) and named_pay(asked)):
        return take_home(asked)
    if filters.accounts or filters.roots:
        return filters, "posting", ()
    if not filters.mentions and asked.has(
        r"\binvest(?:ed|ing)?\b|\b(?:shares?|stocks?|funds?|securities|etfs?|coins?)\b.*\b(?:bought|buy|sold|sell|purchased?)\b|\b(?:bought|buy|sold|sell|purchased?)\b.*\b(?:shares?|stocks?|funds?|securities|etfs?|coins?)\b"
    ):
        return _investing(filters, asked), "posting", ("investing = postings to assets of what is held at cost",)
    through = asked.has(r"\b(?:through|out of|into|hit) (?:my |our |the )?(?:bank )?accounts?\b")
    if through and (own := _main_account(asked)):
        return replace(filters, accounts=(own,)), "posting", (f"the account = {own}",)
    if measure is Measure.COUNT and asked.intent.group_by == (Grouping.TAG,) and not filters.mentions:
        return filters, "entry", ()
    if asked.has(_GOT_PAID) and not (filters.mentions or filters.tags or filters.links):
        pay = accounts_of_group(asked, Root.INCOME, "salary")
        if pay:
            return replace(filters, accounts=pay), "posting", (f"what one is paid = {', '.join(pay)}",)
    if not (filters.mentions or filters.tags or filters.links):
        entries = intent.flow is None and _UNMONEY.search(asked.said.folded)
        if measure in {Measure.LIST, Measure.COUNT} and (entries or (intent.flow is None and asked.has(FLAGGED))):
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
    if listing_entries or (measure is Measure.COUNT and intent.flow is None and not asked.said.apart.refunds):
        return filters, "entry", ()
    there = asked.names.booked.roots_touched(filters)
    if not there and len(asked.scope.subjects) > 1:  # "from Ana and from Ben": no entry is of both
        touched = [asked.names.booked.roots_touched(each.filters) for each in asked.scope.subjects]
        there = {root: sum(each.get(root, 0) for each in touched) for each_of in touched for root in each_of}
    wanted = [Root.INCOME, Root.EXPENSES] if intent.flow == "income" else [Root.EXPENSES, Root.INCOME]
    if intent.flow is None and there.get(Root.INCOME, 0) > 2 * there.get(Root.EXPENSES, 0):
        wanted.reverse()
    if intent.flow == "income" and there.get(Root.INCOME, 0) * 10 < there.get(Root.EXPENSES, 0):
        wanted.reverse()
    if filters.tags and all(there.get(root) for root in wanted) and measure is Measure.SUM and _netted(asked):
        return replace(filters, roots=(Root.EXPENSES, Root.INCOME)), "posting", ("spent, less what came in for it",)
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
    if there and measure is Measure.SUM and (kept := _bought(filters, asked)):
        return replace(filters, accounts=kept), "posting", (f"{BOUGHT} {', '.join(kept)}",)
    if there:
        return beyond_flows(filters, asked, measure, there)
    return filters, "posting", ()


_PAID_OUT: Final = compiled(r"\b(?:insur|claim|compensat|reimburs)", re.IGNORECASE)
_OUT_OF_POCKET: Final = r"\bout of (?:(?:my|our|your|their|own|the) )*pockets?\b"


def _netted(asked: Asked) -> bool:
    """As in "what did the leak cost after the insurers paid": what came in for it is taken off.

    "Refunds taken off" is said of what was spent, from which they are taken off anyway, and of no income beside it.
    """
    text = asked.said.text
    paid_out = any(_PAID_OUT.search(text[start:end]) for start, end in find_netted(text))
    spent = asked.intent.flow != "income" and not asked.intent.sign
    return spent and (paid_out or asked.has(_OUT_OF_POCKET))


_GOT: Final = (
    r"\b(?:spen[dt]|spending|bought|buy|purchase[sd]?|ordered|costs?"
    r"|(?:went|gone|goes|going|go|put|sunk|poured) (?:in|into|on))\b"
)


def _bought(filters: Filters, asked: Asked) -> tuple[str, ...]:
    """As in "what did the new counter cost", that is no expense but an asset: the accounts on which it stands now."""
    spent = asked.intent.flow != "income" and not asked.intent.sign
    return bought(asked, filters) if spent and (asked.has(_GOT) or not filters.mentions) else ()


def _main_account(asked: Asked) -> str | None:
    """The bank account, where the question says just "the account"."""
    assets = asked.names.leaf_accounts((Root.ASSETS,))
    banks = [each for each in assets if "checking" in groups_of(each)] or assets
    return max(banks, key=lambda each: each.postings).name if banks else None


_PART_OF = (
    r"(?<!\bmy )(?<!\bour )(?<!own )\b(?:share|part|portion"
    r"|(?<!\d )percent|percentage|proportion|fraction|ratio) of\b|(?<!\d)(?<!\d )%"
)


def _share(plan: Plan, asked: Asked) -> Plan:
    """As in "What part of spending is food?": all accounts of that depth, each with its share."""
    if not asked.has(_PART_OF) or len(plan.filters.accounts) != 1 or plan.group_by:
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
    if not groups and asked.scope.listed and measure in {Measure.SUM, Measure.LIST}:
        groups.append(Grouping.ACCOUNT)
    if not groups and measure in {Measure.SUM, Measure.LIST, Measure.COUNT} and (implied := _implied(asked, filters)):
        groups.append(implied)
    if Grouping.PAYEE in groups:
        groups[groups.index(Grouping.PAYEE)] = _whoever(asked, filters)
    if Grouping.TAG in groups and not asked.names.tags:
        groups.remove(Grouping.TAG)
    if (
        Grouping.ACCOUNT in groups
        and _is_leaf(filters, asked)
        and asked.has(r"\b(?:who|where|which|what|why|how come|breaks?|split|broken|top|biggest|itemi\w+)\b")
        and not asked.has(r"\baccounts?\b")
    ):
        groups[groups.index(Grouping.ACCOUNT)] = Grouping.PAYEE if asked.names.has_payees else Grouping.NARRATION
    return tuple(dict.fromkeys(groups))


def _whoever(asked: Asked, filters: Filters) -> Grouping:
    """What tells who it was: the payee; where all entries name the same one, accounts of people, or what is said."""
    if filters.accounts and not _is_leaf(filters, asked) and asked.names.booked.distinct_payees(filters.accounts) < 2:
        return Grouping.ACCOUNT
    named = asked.names.has_payees and not asked.names.booked.mostly_unnamed(filters.accounts)
    return Grouping.PAYEE if named else Grouping.NARRATION


def _category_depth(asked: Asked, filters: Filters) -> int | None:
    """As in "By category" of everything means what stands just below the root; "by account" means each account.

    Where most accounts stand just below the root ("Costs:Rent"), or all that is asked about below one head
    ("Relocation:Permits"), the accounts are the categories.
    """
    broad = asked.has(r"\bcategor(?:y|ies|ias?|ien?)\b") and not asked.has(r"\b(?:sub-? ?categor\w+|accounts?)\b")
    if not broad or filters.accounts or Grouping.ACCOUNT not in (*asked.intent.group_by, asked.intent.of_each):
        return None
    leaves = [each.name for each in asked.names.leaf_accounts((Root.EXPENSES,))]
    deep = sum(name.count(":") > 1 for name in leaves)
    return None if 0 < deep * 2 < len(leaves) or asked.names.booked.heads(filters) == 1 else 2


def _is_leaf(filters: Filters, asked: Asked) -> bool:
    """Whether one account is meant that has none below it."""
    if len(filters.accounts) != 1:
        return False
    inside = [each for each in asked.names.accounts if each.name.startswith(filters.accounts[0] + ":")]
    return not inside


def _biggest_of_a_kind(asked: Asked) -> bool:
    """As in "the three biggest repairs": single bookings of accounts that have none below, and are no places."""
    intent = asked.intent
    if not intent.limit or intent.group_by or intent.order is None or intent.order.by != "amount":
        return False
    named = [phrase for phrase in asked.said.phrases if phrase.best.kind == "account"]
    if len(named) != 1 or not is_plural(named[0].words) or lexicon().places.intersection(stems(named[0].words)):
        return False
    accounts = asked.scope.filters.accounts
    below = any(each.name.startswith(f"{name}:") for each in asked.names.accounts for name in accounts)
    moves = all(asked.names.by_name[name].root in {Root.EXPENSES, Root.INCOME} for name in accounts)
    return bool(accounts) and moves and not below


def _of_an_amount(asked: Asked, phrase: Phrase) -> bool:
    """As in "which presents did we pay more than 50 for", "what tools have I got": single bookings, but for a place."""
    got = asked.intent.measure is Measure.LIST and re.search(r"\bwhat $", phrase.lead) and asked.has(_GOT_ANY)
    return bool(asked.said.bounds.spans or got) and not lexicon().places.intersection(stems(phrase.words))


_GOT_ANY: Final = (
    r"\bwhat [\w' -]+? (?:(?:have|has|had) (?:i|we|he|she|they) (?:got|had|bought)"
    r"|did (?:i|we|he|she|they) (?:get|buy|have))\b"
)


# "They ask what repairs to the church came to": what all of them did, and not which ones.
_EACH: Final = compiled(r"\b(?:each|every|per|by)(?: (?:piece|kind|type|sort|item|bit) of)? $")
_AS_A_TOTAL: Final = (
    r"\bwhat {}(?: [\w'-]+){{0,4}}? (?:(?:c[ao]mes?|amount(?:ed|s)?|ran|runs?|add(?:ed|s)? up|work(?:ed|s)? out)"
    r" (?:to|at)|total(?:led|s)?|(?:cost|set)s?"
    r"(?= (?:us|me|them|our|my|the (?!most\b|least\b)|in|last|this|so|over|during|for|back|altogether)\b))\b"
    r"(?! (?:us |me )?(?:the )?(?:most|least|more|less|over|under)\b)"
)


# "Paid by card", "swallowed by late fees": by what it was, and no rows.
_PAID_BY: Final = (
    r"\b(?:pa(?:id|y|ying)|payments?|bought)\b.*\bby $"
    r"|\b(?!(?:split|divided|grouped|sorted|ranked|ordered|listed|itemi[sz]ed|summed|totall?ed|counted|tallied|added)\b)"
    r"(?:\w{3,}ed|eaten|eaten up|swallowed up|used up|taken|taken up|made up) by $"
)
_ONE_BY_ONE: Final = (
    r"\bone (?:by|at a|after) (?:one|time|the other|another)\b|\b(?:each|every)(?: single)? (?:one|entry|time)\W*$"
)


def _implied(asked: Asked, filters: Filters) -> Grouping | None:
    listed = asked.intent.measure is Measure.LIST
    if listed and (asked.said.bounds.spans or asked.intent.sign < 0 or asked.has(_ONE_BY_ONE)):
        return None  # "which repairs cost more than 500", "which shoes did I send back": each by itself
    single = (
        "ranked_bookings",
        "ranked_booking",
        "told_each",
    )  # "the 3 biggest power bills", "which ferries, and what was each"
    if listed and any(cues("cues").found(each, asked.said.folded) for each in single):
        return None
    for phrase in asked.said.phrases:
        plural, own = is_plural(phrase.words), phrase.of_kind("account")  # "each pub", though one is called the Pub
        account = own is not None and bool(set(own.values) & set(filters.accounts))
        asks = re.search(
            r"\b(?:which|what)(?: (?:other|different|kind of|of my|of our|of the))? $"
            r"|\btop(?: \w+)? $|\b(?:biggest|favou?rite|main)(?: \w+)? $",
            phrase.lead,
        )
        total = re.search(_AS_A_TOTAL.format(re.escape(fold(phrase.words))), asked.said.folded)
        if total and not asked.said.bounds.spans:
            asks = None
        how = re.search(_PAID_BY, phrase.lead)
        each = not how and _EACH.search(phrase.lead)
        if account and each and asked.intent.measure is Measure.SUM:
            return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
        if (
            account
            and (plural or len(filters.accounts) > 1)  # "which pension pays most", of two that are called so
            and not _of_an_amount(asked, phrase)
            and (asks or (asked.intent.limit and asked.intent.measure is Measure.SUM))
        ):
            return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
    if asked.intent.limit and asked.intent.measure is Measure.SUM:
        return Grouping.PAYEE if _is_leaf(filters, asked) else Grouping.ACCOUNT
    return None
