"""The plan of each measure, from what was said and the names that it was linked to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED, LESS_FLAGGED
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, as_of, one_period, ordered, spoken_currency
from ledgerqa.dialog.plans.book.affairs import affair
from ledgerqa.dialog.plans.book.directive_plans import DIRECTIVES
from ledgerqa.dialog.plans.book.idle import unused
from ledgerqa.dialog.plans.book.invoices import invoices
from ledgerqa.dialog.plans.book.kept_values import metadata, other_subject
from ledgerqa.dialog.plans.book.measured import measured, never_kept
from ledgerqa.dialog.plans.book.oddities import looks_doubled
from ledgerqa.dialog.plans.book.unsorted import unsorted
from ledgerqa.dialog.plans.cash.both_ways import statement_in_time
from ledgerqa.dialog.plans.cash.customers import naming_somebody
from ledgerqa.dialog.plans.cash.due_days import due_days
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.cash.kept import kept, time_that_ended
from ledgerqa.dialog.plans.cash.lent_out import lent_out
from ledgerqa.dialog.plans.cash.never_moved import never_billed, never_lent, never_moved
from ledgerqa.dialog.plans.cash.nights import per_night
from ledgerqa.dialog.plans.cash.not_paid import payers
from ledgerqa.dialog.plans.cash.of_that import share_of_that
from ledgerqa.dialog.plans.cash.one_side import one_side
from ledgerqa.dialog.plans.cash.own_keep import both_sides
from ledgerqa.dialog.plans.cash.own_money import own_money
from ledgerqa.dialog.plans.cash.paid_out import paid_out
from ledgerqa.dialog.plans.cash.parts_of import part_of
from ledgerqa.dialog.plans.cash.pay import pay
from ledgerqa.dialog.plans.cash.ratios import ratio
from ledgerqa.dialog.plans.cash.sent_back import sent_back
from ledgerqa.dialog.plans.cash.settlements import asks_of_deductions, settlement
from ledgerqa.dialog.plans.cash.since_when import told_since
from ledgerqa.dialog.plans.cash.take_home import TAKE_HOME, pays
from ledgerqa.dialog.plans.cash.transfers import moved
from ledgerqa.dialog.plans.cash.two_employers import two_employers
from ledgerqa.dialog.plans.cash.vat import told_with_vat
from ledgerqa.dialog.plans.comparing import by_periods, compared
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.dialog.plans.courses.limits import against_a_limit
from ledgerqa.dialog.plans.courses.mean_counts import mean_count
from ledgerqa.dialog.plans.courses.regular import at_present, changed, regular
from ledgerqa.dialog.plans.courses.rounds import as_it_comes_round
from ledgerqa.dialog.plans.courses.subscriptions import subscriptions
from ledgerqa.dialog.plans.having import having
from ledgerqa.dialog.plans.ranked import ranked_by_worth, sides_by_worth
from ledgerqa.dialog.plans.wealth.between_people import between_people
from ledgerqa.dialog.plans.wealth.counted_things import never_sold
from ledgerqa.dialog.plans.wealth.debts_left_out import debts_left_out
from ledgerqa.dialog.plans.wealth.equity import capital, equity, margin
from ledgerqa.dialog.plans.wealth.held_in import held_in
from ledgerqa.dialog.plans.wealth.holdings import (
    at_two_times,
    average_cost,
    count_of_units,
    holdings,
    holdings_of,
    never_held,
    pieces_of_each,
    pieces_used,
)
from ledgerqa.dialog.plans.wealth.loans import loan_costs, owed_on
from ledgerqa.dialog.plans.wealth.lowest import course_of_balance
from ledgerqa.dialog.plans.wealth.never_owed import never_owed
from ledgerqa.dialog.plans.wealth.our_debts import we_owe
from ledgerqa.dialog.plans.wealth.passing import passing
from ledgerqa.dialog.plans.wealth.persons import persons
from ledgerqa.dialog.plans.wealth.realised import gain_of_sale
from ledgerqa.dialog.plans.wealth.standing import balance, held_commodities, in_the_bank, owed_for_sure
from ledgerqa.dialog.understanding.moving import moves_money
from ledgerqa.dialog.understanding.refusals import EXAMPLES
from ledgerqa.patterns import compiled
from ledgerqa.records import (
    TIME_GROUPINGS,
    Choice,
    Clarify,
    Filters,
    Grouping,
    Measure,
    Mention,
    Order,
    Plan,
    Refusal,
    Root,
    Valuation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.records import Outcome

_NO_METADATA = frozenset(
    {
        Measure.PRICE,
        Measure.BUDGET,
        Measure.NET_WORTH,
        Measure.HOLDINGS,
        Measure.AVERAGE,
        Measure.EVENTS,
        Measure.ACCOUNTS,
        Measure.GAPS,
        Measure.COMMODITIES,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
        Measure.BALANCE_CHECKS,
        Measure.NOTES,
        Measure.RECURRING,
    }
)
_STANDING = frozenset({Measure.NET_WORTH, Measure.BALANCE_SHEET})
_PARTS = frozenset({Grouping.METADATA, Grouping.TAG})  # of what is left: "profit per job"
# What bears no flag, nor stands twice: of "which bookings still have the exclamation mark" the bookings are asked for.
_NEVER_FLAGGED = frozenset({Measure.HOLDINGS, Measure.ACCOUNTS, Measure.BALANCE, Measure.COMMODITIES})
_BESIDE = frozenset({Measure.QUERIES, Measure.EVENTS, Measure.NOTES, Measure.BALANCE_CHECKS})


def plan_of(asked: Asked) -> Outcome:
    """The plan for what was asked."""
    outcome = _of_whom(as_it_comes_round(told_with_vat(_plan_of(asked), asked), asked), asked)
    if not isinstance(outcome, Plan):
        return outcome
    return (
        never_kept(outcome, asked)
        or never_sold(outcome, asked)
        or never_lent(outcome, asked)
        or never_billed(outcome, asked)
        or never_moved(outcome, asked)
        or payers(outcome, asked)
        or _finished(outcome, asked)
    )


def _finished(plan: Plan, asked: Asked) -> Plan:
    """The plan with what is said of its rows: which groups are kept, who is no payee, what is the biggest."""
    plan = mean_count(told_since(per_night(at_two_times(plan, asked), asked), asked), asked)
    plan = naming_somebody(having(one_side(plan, asked), asked), asked)
    return sides_by_worth(ranked_by_worth(plan, asked), asked)


_A_FIGURE: Final = r"\bhow (?:much|many)\b|\b(?:total|sum|spen[dt]|most|more|least|less|cost)\b"
_HOW_LONG: Final = r"^(?:and |so )?how long (?:was|were|is|are|has|have|had|did|does|do)\b"
_WHO_DID: Final = r"^(?:and |so )?who (?!much |many |owe|is |are |was |were |has |have )\w+"


def _of_whom(outcome: Outcome, asked: Asked) -> Outcome:
    """As in "who broke the window", "who insures us", "whose idea was the party": entries may tell, and no sum."""
    if not isinstance(outcome, Plan):
        unheld = asked.intent.measure in {Measure.EVENTS, Measure.METADATA} and bool(asked.said.phrases)
        return flow(asked, Measure.LIST) if unheld and asked.has(_WHO_DID) else outcome
    if outcome.measure in {Measure.BALANCE, Measure.AVERAGE} and asked.has(_HOW_LONG):
        return Refusal("The ledger does not say: how long that was cannot be told from its entries.", EXAMPLES)
    if outcome.measure is not Measure.SUM or outcome.group_by or outcome.compare or asked.has(_A_FIGURE):
        return outcome
    if asked.has(r"^(?:and |so )?whose\b") and not outcome.filters.metadata:
        return Refusal("The ledger does not say: it holds what was booked, and no entry answers that.", EXAMPLES)
    if asked.has(_WHO_DID):
        if outcome.filters.mentions:
            return ordered(replace(outcome, measure=Measure.LIST), asked)
        return ordered(replace(outcome, group_by=(Grouping.PAYEE,)), asked)
    return outcome


def _plan_of(asked: Asked) -> Outcome:
    flagged = asked.has(FLAGGED) and not asked.has(LESS_FLAGGED)
    if asked.intent.measure in _NEVER_FLAGGED and (flagged or looks_doubled(asked.said.text)):
        listed = replace(asked.intent, measure=Measure.LIST, group_by=(), order=None)
        asked = replace(asked, said=replace(asked.said, intent=listed))
    measure = asked.intent.measure
    if measure not in _BESIDE and (first := next((plan for make in _FIRST if (plan := make(asked))), None)):
        return first
    makers = () if measure in _BESIDE else _SPECIAL
    if special := next((plan for make in makers if (plan := make(asked))), None):
        special = by_periods(special, asked) if isinstance(special, Plan) else special
        return changed(at_present(special, asked), asked)
    if measure in DIRECTIVES:
        return DIRECTIVES[measure](asked)
    if measure in {Measure.NET_WORTH, Measure.BALANCE_SHEET, Measure.INCOME_STATEMENT, Measure.NET_INCOME}:
        return _of_one_holding(asked) or statement_in_time(asked, _narrowing(asked, measure)) or _whole(asked)
    if held := _holding(asked):
        return held
    if measure is Measure.BALANCE or (
        measure in {Measure.SUM, None} and asked.intent.flow is None and _only_holds(asked)
    ):
        return balance(asked)
    if measure in {Measure.SUM, None} and not _says_what(asked):
        return _of_what(asked)
    if _is_held(asked):
        codes = held_commodities(asked)
        return (
            holdings_of(asked, *codes)
            if codes and not asked.scope.filters.currencies
            else never_held(asked) or holdings(asked)
        )
    if measure is Measure.COUNT and (standing := count_of_units(asked)):
        return standing
    return flow(asked)


def _of_a_key(asked: Asked) -> Outcome | None:
    """The values of a metadata key, where one is asked for and no measure of its own knows better."""
    measure = asked.intent.measure
    filed = measure is not Measure.DOCUMENTS or not asked.names.counts["documents"] or _keyed(asked)
    deducted = asks_of_deductions(asked.said.text)  # "what was taken off my payslips"
    if asked.key is None or measure in _NO_METADATA or not filed or deducted or _counted(asked):
        return None
    return metadata(asked)


def _counted(asked: Asked) -> bool:
    """As in "how many tubes are on the shelf": pieces that are held are counted, wherever it says that they lie."""
    held = [code for code in asked.scope.currencies if asked.names.commodities[code].held_at_cost]
    key = asked.key.name.lower() if asked.key else ""
    return bool(held) and asked.has(r"\bhow many\b") and not asked.has(rf"\bhow many {re.escape(key)}")


def _in_hand(asked: Asked) -> Outcome | None:
    """As in "what did I earn after tax": pay as it arrived, where the ledger has accounts of pay."""
    wanted = asked.intent.measure in {Measure.SUM, Measure.NET_INCOME, None}
    return flow(asked, Measure.SUM) if wanted and asked.has(TAKE_HOME) and pays(asked) else None


# What words ask for whatever the measure is said to be.
_FIRST: Final[tuple[Callable[[Asked], Outcome | None], ...]] = (
    measured,
    due_days,
    invoices,
    subscriptions,
    affair,
    paid_out,
    sent_back,
    against_a_limit,
    regular,
    _of_a_key,
)

# What words ask for beside the measures, the first that knows them.
_SPECIAL: Final[tuple[Callable[[Asked], Outcome | None], ...]] = (
    capital,
    held_in,
    lent_out,
    passing,
    we_owe,
    between_people,
    persons,
    pieces_of_each,
    pieces_used,
    unused,
    unsorted,
    owed_on,
    never_owed,
    owed_for_sure,
    in_the_bank,
    share_of_that,
    ratio,
    two_employers,
    pay,
    part_of,
    gain_of_sale,
    settlement,
    course_of_balance,
    kept,
    loan_costs,
    _in_hand,
    equity,
    margin,
    own_money,
)


def _keyed(asked: Asked) -> bool:
    """Whether the entries named have the key that is asked for ("the receipt for the glasses": a link on the entry)."""
    filters = asked.scope.filters
    if asked.key is None or (filters == Filters() and asked.key.value is None):
        return False
    if asked.key.value is not None:
        return True
    if filters.mentions and asked.names.booked.bears(asked.key.name, filters):
        return True
    return other_subject(filters, asked.key.name, asked) != filters


def _only_holds(asked: Asked) -> bool:
    """Whether nothing but accounts that hold something is named: "visa?" asks for its balance."""
    accounts = [asked.names.by_name[name] for name in asked.scope.filters.accounts if name in asked.names.by_name]
    moving = (
        r"\b(?:transfer\w*|deposit(?:s|ed)?|withdr\w+|moved?|went|(?:re)?paid|(?:re)?pay|put|added|sav(?:e|ed)|came|changed?"
        r"|inflows?|outflows?|len[dt] (?:me|us)|net (?:flow|movement)s?|postings|turnover)\b"
    )
    if moves_money(asked.said) and moved(asked, asked.scope.filters) != asked.scope.filters:
        return False
    held = bool(accounts) and all(each.root in {Root.ASSETS, Root.LIABILITIES} for each in accounts)
    arrived = r"\b(?:ha(?:s|ve|d)|did|what|how much)\b.*\b(?:arrived?|landed|credited|(?:come|came) in(?:to)?)\b"
    if asked.said.bounds.spans or asked.has(arrived):
        return False  # "payments over 300 that left the account", "what has arrived in it"
    if asked.intent.measure is Measure.SUM:
        return held and not asked.has(moving)
    return held and not asked.has(
        r"\b(?:deposits|deposited|withdrawals?|withdrew|transfers|inflows?|outflows?|(?:re)?payments|instal?lments"
        r"|net (?:flow|movement)s?)\b"
    )


def _holding(asked: Asked) -> Outcome | None:
    """Holdings, or what a unit cost on average; None where neither is asked for."""
    if asked.intent.measure is Measure.HOLDINGS:
        if _of_entries(asked):
            return flow(asked, Measure.SUM)
        if not _only_owed(asked):
            return never_held(asked) or holdings(asked)
        owed = balance(asked)
        return replace(owed, group_by=(Grouping.ACCOUNT,)) if isinstance(owed, Plan) else owed
    units = [code for code in asked.scope.filters.currencies if asked.names.commodities[code].held_at_cost]
    if asked.intent.measure is Measure.AVERAGE and units:
        return average_cost(asked)
    return None


def _of_entries(asked: Asked) -> bool:
    """As in "what has losing my keys cost me", where a model hears a cost of holdings: what only entries say."""
    filters, rules = asked.scope.filters, asked.said.by_rules
    named = filters.mentions and not (filters.accounts or filters.currencies or asked.scope.currencies)
    heard = rules is not None and rules.measure in {Measure.SUM, None}
    return bool(heard and named and not any(each.payees for each in filters.mentions))


def _only_owed(asked: Asked) -> bool:
    """As in "whose deposits do we hold": what is held for others stands on liabilities."""
    accounts = asked.scope.filters.accounts
    return bool(accounts) and all(asked.names.by_name[name].root is Root.LIABILITIES for name in accounts)


def _says_what(asked: Asked) -> bool:
    """Whether there is anything to add up: a name, a word for spending or income, a grouping."""
    return bool(
        asked.said.phrases
        or asked.has(r"\binvest")
        or asked.has(TAKE_HOME)
        or asked.said.excluded
        or asked.intent.flow
        or asked.intent.group_by
        or asked.said.weekdays
        or asked.intent.sign
        or asked.said.bounds.spans
        or asked.has(FLAGGED)
    )


def _of_what(asked: Asked) -> Clarify:
    when = f" {asked.said.periods[0].text.strip()}" if asked.said.periods else ""
    choices = (Choice("spent", f"How much did I spend{when}?"), Choice("earned", f"How much did I earn{when}?"))
    return Clarify("How much of what? Name an account, a payee, spending or income.", choices)


def _is_held(asked: Asked) -> bool:
    """As in "How much ether have I got left, and what did it cost": a commodity that is held, not a flow."""
    codes = [*asked.scope.filters.currencies, *asked.scope.currencies]
    held = [code for code in codes if asked.names.commodities[code].held_at_cost]
    return (
        bool(held)
        and asked.has(r"\b(?:have|own|hold|left|got|still|holding)\b")
        and not asked.has(r"\b(?:buy|bought|purchase\w*|sold|sell|when)\b")
    )


def _of_one_holding(asked: Asked) -> Plan | None:
    """As in "worth of the Acme shares", which asks for no net worth, though it may be heard as if it did."""
    if asked.intent.measure is not Measure.NET_WORTH or asked.intent.compare or _told_by_the_way(asked):
        return None
    codes = held_commodities(asked)
    return holdings_of(asked, *codes) if codes and not asked.has(r"\bnet worth\b") else None


def _whole(asked: Asked) -> Plan:
    """Net worth, net income and the statements; a named account or tag narrows them."""
    intent, measure = asked.intent, asked.intent.measure
    assert measure is not None  # noqa: S101 - chosen by measure
    period = as_of(asked) if measure in _STANDING else time_that_ended(one_period(asked), asked)
    groups = tuple(
        group
        for group in intent.group_by
        if group in TIME_GROUPINGS | {Grouping.CURRENCY}
        or (group is Grouping.ACCOUNT and measure is Measure.NET_WORTH)
        or (group in _PARTS and measure is Measure.NET_INCOME)
    )
    valuation, notes = _whole_valuation(asked)
    aside = () if measure not in _STANDING else asked.scope.filters.mentions
    notes = (*notes, *(f"{each.words} left aside: what stands is on accounts" for each in aside))
    plan = Plan(
        measure,
        _narrowing(asked, measure),
        period,
        group_by=groups if measure in {Measure.NET_WORTH, Measure.NET_INCOME} else (),
        account_depth=intent.account_depth,
        valuation=valuation,
        reading=(*_less_aside(asked.scope.reading, (*aside, *_told_by_the_way(asked))), *notes),
    )
    currency = spoken_currency(asked)
    if currency and measure is not Measure.BALANCE_SHEET:
        plan = in_currency(plan, currency, asked)
    elif currency and valuation is Valuation.MARKET:
        plan = replace(plan, convert_to=currency)
    plan = ordered(plan, asked)
    ranked = measure is Measure.NET_INCOME and plan.order is None and {*plan.group_by} & _PARTS
    return compared(replace(plan, order=Order("amount", descending=True)) if ranked else plan, asked)


def _less_aside(reading: tuple[str, ...], aside: tuple[Mention | Phrase, ...]) -> tuple[str, ...]:
    return tuple(note for note in reading if not any(note.startswith(f"{each.words} = ") for each in aside))


def _narrowing(asked: Asked, measure: Measure) -> Filters:
    """The filters of a statement: accounts of the roots that it is about."""
    about = {Root.ASSETS, Root.LIABILITIES} if measure in _STANDING else {Root.INCOME, Root.EXPENSES}
    filters = asked.scope.filters
    manner = {
        name
        for phrase in _told_by_the_way(asked)
        for option in phrase.options
        if option.kind == "account"
        for name in option.values
    }
    accounts = tuple(
        name for name in filters.accounts if asked.names.by_name[name].root in about and name not in manner
    )
    accounts = accounts if measure in _STANDING else both_sides(accounts, asked)
    mentions = () if measure in _STANDING else filters.mentions  # what stands is on accounts, whoever is named
    if measure is Measure.NET_INCOME and (before := _said_before(asked)):
        options = [each for phrase in before for each in phrase.options if each.kind == "account"]
        costs = of_roots(asked.names, dict.fromkeys(name for each in options for name in each.values), (Root.EXPENSES,))
        accounts = tuple(name for name in accounts if not any(name in each.values for each in options))
        filters = replace(filters, exclude_accounts=tuple(dict.fromkeys((*filters.exclude_accounts, *costs))))
    if measure is Measure.NET_WORTH and (debts := debts_left_out(asked)):
        filters = replace(filters, exclude_accounts=(*filters.exclude_accounts, *debts))
    if measure is Measure.NET_WORTH and asked.has(_LESS_DEBTS):
        filters = replace(filters, exclude_accounts=())  # as it is anyway
    return replace(filters, accounts=() if measure is Measure.BALANCE_SHEET else accounts, mentions=mentions)


_MANNER: Final = r"(?:[,;(:]\s*|\bwith )(?:with |the |my |our |all |\w+'s )*"
_LESS_DEBTS: Final = (
    r"\b(?:net of|after|less|minus) (?:(?:deducting|paying off|all|the|our|my|any|outstanding) )*(?:\w+ )?"
    r"(?:loans?|mortgages?|debts?|liabilit(?:y|ies)|borrowings?)\b"
)
_TAKEN_OFF: Final = compiled(r"\b(?:after|net of|less|minus)(?: (?:all|the|my|our))* $")
_COUNTED_IN: Final = r"\b(?:including|incl|counting(?: in)?|together with)\b[^.;:?!]*"


def _is_taken_off(phrase: Phrase, asked: Asked) -> bool:
    """As in "net income after taxes": all expenses are taken off anyway, where nothing that was earned is named."""
    others = [each for each in asked.said.phrases if each is not phrase]
    spent = phrase.best.kind == "account" and bool(of_roots(asked.names, phrase.best.values, (Root.EXPENSES,)))
    return spent and not others and bool(_TAKEN_OFF.search(phrase.lead))


_BEFORE: Final = compiled(r"\bbefore(?: (?:all|the|any|my|our|and))* $|(?:,|\band)(?: (?:the|any|my|our))* $")


def _said_before(asked: Asked) -> tuple[Phrase, ...]:
    """As in "profit before depreciation and interest": the costs that are not taken off yet."""
    found: list[Phrase] = []
    for phrase in asked.said.phrases:
        named = (name for each in phrase.options if each.kind == "account" for name in each.values)
        costs = of_roots(asked.names, tuple(named), (Root.EXPENSES,))
        if costs and _BEFORE.search(phrase.lead) and (found or "before" in phrase.lead):
            found.append(phrase)
    return tuple(found)


def _told_by_the_way(asked: Asked) -> tuple[Phrase, ...]:
    """Names said only to tell how they are valued ("net worth, investments at market", "with the fund at cost").

    Or that they count as well ("including the gold"), or as a word for whose all is ("our household net worth").
    """
    return tuple(
        phrase
        for phrase in asked.said.phrases
        if asked.has(rf"{_MANNER}{re.escape(fold(phrase.words))} (?:\w+ ){{0,2}}at\b")
        or (asked.intent.measure is Measure.NET_INCOME and _is_taken_off(phrase, asked))
        or asked.has(rf"{_COUNTED_IN}\b{re.escape(fold(phrase.words))}\b")
        or (phrase.best.how != "exact" and fold(phrase.words) in lexicon().owners)
    )


def _whole_valuation(asked: Asked) -> tuple[Valuation, tuple[str, ...]]:
    said, measure = asked.intent.valuation, asked.intent.measure
    if measure is Measure.NET_WORTH:
        return (said, ()) if said else (Valuation.MARKET, ("valued at market prices",))
    if measure is Measure.BALANCE_SHEET:
        return (said, ()) if said else (Valuation.COST, ("valued at cost",))
    return said or Valuation.UNITS, ()
