"""Plans for what stands on accounts: balances, and debts between people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import bearing
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.linking.purses import purses
from ledgerqa.dialog.plans.asked import Asked, as_of, happened, less_flagged, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.at_hand import at_hand
from ledgerqa.dialog.plans.cash.customers import by_customer, of_customers, of_those, owing_for, still_owing
from ledgerqa.dialog.plans.cash.debtors import of_a_sort
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.dialog.plans.cash.take_home import TAKE_HOME, pays
from ledgerqa.dialog.plans.cash.transfers import beside_units, holds_units
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.conversion import in_currency, moved_in, named_commodity
from ledgerqa.dialog.plans.wealth.counted_things import are_worked
from ledgerqa.dialog.plans.wealth.holdings import holdings_of
from ledgerqa.dialog.plans.wealth.in_credit import without_those_in_credit
from ledgerqa.dialog.plans.wealth.meant_accounts import meant_accounts
from ledgerqa.dialog.plans.wealth.owed_to_whom import is_billed, moved_by, paid_off_to, settled_by, within_reach
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Plan, Refusal, Root, Valuation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Outcome

_IN_ALL = r"\b(?:total|altogether|in all|all in all|combined|overall|together|sum|summed|added up)\b"
_OF_A_DEBT = r"\bhow much (?:out )?of (?:that|it|this|the (?:total|sum|amount|balance|money|debt))\b"


def balance(asked: Asked) -> Outcome:
    """What stands on the accounts named, or on those that the words of the question mean."""
    owing = not asked.scope.filters.accounts and asked.has(r"\bow(?:e[ds]?|ing)\b")
    who = owing and asked.scope.filters.mentions
    suppliers = owing and not who and cues("cues").found("of_suppliers", asked.said.folded)
    of_somebody = (who and (_named_after(asked) or is_billed(asked))) or _owed_by_person(asked)
    if asked.intent.key == "shared" or suppliers or of_somebody:
        return _shared(asked)
    if asked.intent.key == "units" and not _holds_units(asked):
        return flow(asked, Measure.COUNT)
    if not asked.scope.filters.accounts and (held := held_commodities(asked)):
        return holdings_of(asked, *held)
    if _was_bought(asked) or _only_tagged(asked):
        return flow(asked, Measure.SUM)
    filters, notes = asked.scope.filters, list(asked.scope.reading)
    groups = list(asked.intent.group_by)
    if filters.mentions and not filters.accounts and (moved := moved_by(asked) or (who and paid_off_to(asked))):
        filters = replace(filters, mentions=(), accounts=moved)
        notes = [f"{asked.scope.filters.mentions[0].words} = {', '.join(moved)}, which such entries move"]
        groups += [Grouping.ACCOUNT] if len(moved) > 1 and not groups else []
    filters, notes = _uninvested(*_wherever_it_lies(filters, notes, asked), asked)
    if not filters.accounts and not filters.roots:
        at_hand = money_had(asked)
        meant = at_hand or meant_accounts(asked)
        filters = replace(filters, accounts=tuple(meant), roots=() if meant else _balance_roots(asked))
        if meant:
            notes.append(f"{'money = ' if at_hand else 'read as '}{', '.join(meant)}")
        elif not groups and not asked.has(_IN_ALL):
            groups.append(Grouping.ACCOUNT)
        if len(meant) > 1 and not groups and not at_hand and not asked.has(_IN_ALL):
            groups.append(Grouping.ACCOUNT)
    if not _holds(filters, asked):
        return flow(asked)
    filters, notes = _less_flows(filters, notes, asked)
    valuation = asked.intent.valuation or (asked.said.by_rules or asked.intent).valuation or Valuation.UNITS
    standing = _held(filters, asked)
    lost = {each.words for each in filters.mentions} - {each.words for each in standing.mentions}
    notes = [note for note in notes if note.partition(" = ")[0] not in lost]
    worked = are_worked(standing, asked)
    groups += [Grouping.ACCOUNT] if worked and len(standing.accounts) > 1 and not groups else []
    plan = Plan(
        Measure.SUM if worked else Measure.BALANCE,
        less_flagged(standing, asked) or standing,
        happened(asked) if worked else as_of(asked),
        group_by=tuple(groups),
        account_depth=asked.intent.account_depth,
        valuation=valuation,
        reading=tuple(notes),
    )
    return compared(ordered(_in_monies_said(plan, asked), asked), asked)


def _owed_by_person(asked: Asked) -> bool:
    """As in "how much money do I owe Ana": each side of what stands with her by itself."""
    owing = {name for root in _STANDING for name in people(asked, root)}
    named = asked.scope.filters.accounts
    several = len(asked.said.phrases) == 1 and len(named) > 1 and not owing.isdisjoint(named)
    return several and asked.has(r"\bow(?:e|es|ed|ing)\b") and not cues("cues").found("set_off", asked.said.folded)


def _in_monies_said(plan: Plan, asked: Asked) -> Plan:
    """The plan in the currency that was said; in all of them where several were."""
    named = named_commodity(asked)
    into = named and (asked.intent.convert or any(_IN.search(each.lead) for each in asked.said.phrases))
    currency = spoken_currency(asked) or (named if into else None)  # "bonds, coins and cash" turns nothing into bonds
    if monies := _several_monies(plan, asked):
        return replace(plan, filters=replace(plan.filters, currencies=monies))
    return in_currency(plan, currency, asked) if currency else plan


_IN: Final = compiled(r"\b(?:in|to|into)(?: the)? $")


def _several_monies(plan: Plan, asked: Asked) -> tuple[str, ...]:
    """As in "what do we owe, pounds and euros apart": the monies to be told each by itself, as they were booked."""
    known = asked.names.commodities
    monies = tuple(code for code in asked.scope.currencies if code in known and not known[code].held_at_cost)
    if len(monies) < 2 or asked.intent.convert or plan.valuation is not Valuation.UNITS:
        return ()
    return monies if all(moved_in(plan.filters, code, asked) for code in monies) else ()


_IN_A_PLACE = compiled(r"\b(?:in|over in|out in|back in|over there in)(?: the)? $")


def _wherever_it_lies(filters: Filters, notes: list[str], asked: Asked) -> tuple[Filters, list[str]]:
    """As in "the dollars over in Canada": beside a currency, a place that is part of some payee's name says nothing.

    Unless somebody's debt is asked about: what stands is on accounts, and a payee's entries are no part of it.
    """
    places = [each for each in asked.said.phrases if _IN_A_PLACE.search(each.lead) and each.best.kind != "account"]
    words = {each.words for each in places if each.best.how != "exact"}
    named = {each.words for each in filters.mentions}
    if filters.accounts or not named or not named <= words or not spoken_currency(asked):
        return filters, notes
    kept = [note for note in notes if not any(note.startswith(f"{each} = ") for each in named)]
    kept += [f"{each} left aside: no account is called so" for each in sorted(named)]
    return replace(filters, mentions=()), kept


_IN_THE_BANK: Final = (
    r"\b(?:how much|what|how many [a-z]+)\b(?!.*\b(?:spen[dt]|pa(?:y|id)|put|moved?|came|went|deposit\w*|fees?|charg\w+"
    r"|interest|earn\w*|transfer\w*|ow(?:e[ds]?|ing)|saved?|add(?:ed)?)\b).*\b(?:in|at) (?:the|my|our) banks?\b"
    r"(?! (?:fees?|charges?|accounts?|loan|statement)\b)"
    r"|^(?:(?:our|my|the|total|current|all) )*(?:money|cash|funds) (?:(?:we|i) have )?(?:in|at) (?:the|my|our) banks?\b"
    r"(?! (?:fees?|charges?|accounts?|loan|statement)\b)"
)
# The same, where only what banks charge is called so.
_BANK_BALANCE: Final = (
    r"^(?!.*\b(?:average|mean|lowest|highest|most|least|when|who|which)\b).*(?:\bbank balances?\b"
    r"|\bbalances? (?:of|at|in|with) (?:the|my|our) banks?\b(?! (?:fees?|charges?|accounts?|loan|statement)\b))"
)
_BANKED: Final = frozenset({"bank", "banks", "money", "cash", "funds", "balance"})


def in_the_bank(asked: Asked) -> Outcome | None:
    """As in "how much have we in the bank", where no account of money is called so: what banks hold."""
    named = [each for each in asked.said.phrases if each.best.kind != "currency"]
    if asked.has(TAKE_HOME) and pays(asked):
        return None
    charged = any(of_roots(asked.names, each.best.values, (Root.EXPENSES,)) for each in named)
    in_bank = asked.has(_IN_THE_BANK) or (charged and asked.has(_BANK_BALANCE))
    if not in_bank or any(fold(each.words) not in _BANKED for each in named) or asked.said.excluded:
        return None
    spoken = [each for each in named if fold(each.words).startswith("bank")]
    called = (each for phrase in spoken for each in phrase.options if each.kind == "account" and each.how == "exact")
    banks = tuple(name for each in called for name in of_roots(asked.names, each.values, (Root.ASSETS,)))
    if banks and len(named) == len(spoken):
        return None
    money = at_hand(asked)
    banks = banks or tuple(name for name in money if name not in purses(asked.names, money))
    if not banks:
        return Refusal("No account of this ledger is one at a bank.", ("How much money do I have?",))
    note = f"in the bank = {', '.join(banks)}"
    filters = Filters(accounts=banks)
    scope = replace(asked.scope, filters=filters, subjects=(), reading=(note,))
    times = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    intent = replace(asked.intent, measure=Measure.BALANCE, flow=None, group_by=times)
    return balance(replace(asked, scope=scope, said=replace(asked.said, intent=intent)))


_AT_BROKERS: Final = (
    r"\b(?:cash|money|euros?|dollars?|pounds?|francs?|funds)\b.*\b(?:at|with|in|by)"
    r" (?:(?:the|my|our|both|all|any|of) )*(?:stock)?(?:brokers?|brokerages?)\b(?! fees?\b)"
    r"|\b(?:uninvested|un-invested|not (?:yet )?(?:been )?invested|waiting to be invested|yet to be invested)\b"
)


def _uninvested(filters: Filters, notes: list[str], asked: Asked) -> tuple[Filters, list[str]]:
    """As in "cash with the brokers", "uninvested cash": what lies beside securities, and not the purse at home."""
    if not asked.has(_AT_BROKERS):
        return filters, notes
    every = [each.name for each in asked.names.leaf_accounts((Root.ASSETS,)) if each.postings]
    beside = [name for name in every if beside_units(asked, name) and not holds_units(asked, (name,))]
    within = [name for name in beside if any(f"{name}:".startswith(f"{one}:") for one in filters.accounts)]
    said = [fold(each.words) for each in asked.said.phrases if each.best.kind == "account"]
    found = tuple(within or (beside if all(each in {"cash", "money", "funds"} for each in said) else ()))
    if not found or found == filters.accounts:
        return filters, notes
    kept = [note for note in notes if not note.endswith(f" = {', '.join(filters.accounts)}")]
    return replace(filters, accounts=found, mentions=()), [*kept, f"not invested = {', '.join(found)}"]


def _was_bought(asked: Asked) -> bool:
    """As in "how much was the laptop": only entries of spending bear the name, and nothing stands under it."""
    filters = asked.scope.filters
    named = filters.mentions and not (filters.accounts or filters.roots or asked.intent.group_by)
    if not named or not asked.has(r"^(?:and |so )?(?:how much|what) (?:was|were|is|are|did|for)\b"):
        return False
    if asked.has(r"\b(?:ow(?:e[ds]?|ing)|balance|balances|hold|holds|left|still|outstanding|due|worth|have)\b"):
        return False
    return Root.EXPENSES in asked.names.booked.roots_touched(filters)


def _only_tagged(asked: Asked) -> bool:
    """As in "the holiday, all in": under a tag nothing stands, unless a rule's own words ask for what does."""
    filters = asked.scope.filters
    tagged = filters.tags and not (filters.accounts or filters.roots)
    rules = asked.said.by_rules or asked.intent
    return bool(tagged) and rules.measure is not Measure.BALANCE


def _holds_units(asked: Asked) -> bool:
    """As in "How many X do I have": whether X is something that accounts hold."""
    return bool(
        asked.scope.currencies
        or asked.scope.filters.currencies
        or (asked.scope.filters.accounts and _holds(asked.scope.filters, asked))
    )


def held_commodities(asked: Asked) -> tuple[str, ...]:
    """The commodities asked for that are no money: "the bonds" may be several."""
    return tuple(
        code
        for code in asked.scope.currencies
        if not asked.names.commodities[code].operating and asked.names.commodities[code].held_at_cost
    )


def _held(filters: Filters, asked: Asked) -> Filters:
    return replace(
        filters,
        weekdays=(),
        minimum=None,
        maximum=None,
        mentions=filters.mentions if not filters.accounts or _says_what_for(filters, asked) else (),
    )


def _says_what_for(filters: Filters, asked: Asked) -> bool:
    """As in "how much of what Ann owes us is for the boiler": of a debt the part that entries say is for that."""
    if asked.intent.key == "shared":
        return True
    owing = {name for root in _STANDING for name in people(asked, root)}
    worded = not any(each.payees for each in filters.mentions) and asked.names.booked.meets(filters)
    return worded and set(filters.accounts) <= owing and asked.has(_OF_A_DEBT)


def _holds(filters: Filters, asked: Asked) -> bool:
    """Whether these are accounts that hold something; a "balance" of expenses is what was spent."""
    if not filters.accounts:
        return True
    roots = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    return bool(roots & {Root.ASSETS, Root.LIABILITIES, Root.EQUITY})


def _less_flows(filters: Filters, notes: list[str], asked: Asked) -> tuple[Filters, list[str]]:
    """The filters without accounts of income and expenses beside those that hold something: nothing stands there."""
    flows = tuple(name for name in filters.accounts if asked.names.by_name[name].root in {Root.INCOME, Root.EXPENSES})
    if not flows:
        return filters, notes
    kept = tuple(name for name in filters.accounts if name not in flows)
    return replace(filters, accounts=kept), [*notes, f"{', '.join(flows)} left aside: nothing stands there"]


def _balance_roots(asked: Asked) -> tuple[Root, ...]:
    if asked.has(r"\b(?:owe|owes|owed|owing|debts?|outstanding|liabilit\w+|loans?|indebted)\b"):
        return (Root.LIABILITIES,)
    if asked.has(r"\bequity\b"):
        return (Root.EQUITY,)
    if asked.has(r"\b(?:money|cash|have|assets?|savings|bank|funds|own)\b"):
        return (Root.ASSETS,)
    return (Root.ASSETS, Root.LIABILITIES)


_MONEY_HAD = (
    r"\b(?:how much|what) (?:money|cash|funds)\b.*\b(?:have|had|got|there|left|available)\b"
    r"|\bhow much (?:do|did) (?:i|we) (?:\w+ )?have"
    r"(?: (?:left|available|in total|altogether|in all|now|today|right now))*\b(?! (?:in|on|of|at|with|to|from)\b)"
    r"|\b(?:money|cash|funds) (?:available|in hand|on hand|(?:do|did) (?:i|we) (?:\w+ )?have)\b"
    r"|^what(?:'?s| is| was)? (?:my|our) (?:current |bank |total )?balance\b(?! (?:sheet|on|of|in|at|with)\b)"
    r"|\bliquid(?:ity)?\b|\bcash position\b|\bhow much\b.*\bin all (?:of )?(?:my|our|the) accounts\b"
)


def money_had(asked: Asked, *, sure: bool = False) -> list[str]:
    """As in "how much money do I have": what lies in banks and purses, not what is owed to us, tied up or a house."""
    named = [each for each in asked.said.phrases if fold(each.words) not in {"liquid", "liquid assets", "liquidity"}]
    if not sure and (named or not asked.has(_MONEY_HAD)):
        return []
    if asked.has(r"\b(?:owe\w*|(?<!liquid )assets|worth|invest\w*)\b"):
        return []
    return at_hand(asked)


_OWED_TO_US = (
    r"\b(?:fees?|dues|subs|hire|rents?) (?:still )?(?:outstanding|unpaid|overdue|not (?:yet )?paid)\b"
    r"|\b(?:outstanding|unpaid) (?:fees|dues|subs|hire|rents?)\b"
    r"|\bwho (?:still )?(?:(?:has|have|did|do) ?n.?t|(?:has|have|did) not|has yet|still (?:has|needs|owes))\b"
    r"|\b(?:has|have|did)(?: ?n.?t| not)(?: yet)? pa(?:id|y) (?:me|us)\b|\bow(?:es?|ing) (?:me|us)\b"
    r"|\bwhat (?:does|do) (?:each|every|everyone|everybody|all|the)\b.*\bowe\b"
    r"|\b(?:am i|are we|is) (?:still )?owed\b|\bowed to (?:me|us)\b"
    r"|\b(?:not|n't|never) (?:yet |been )*paid to (?:me|us)\b|\b(?:still|yet) (?:\w+ ){0,2}?to come in\b"
)


_OWED_WORDS: Final = compiled(r"(?:money |still )?(?:owe[ds]?|owing|due)(?: to| from)?")  # an account is called so
_WHOM = r"\b(?:whos?|whose|which|each|every|by|per|suppliers?|creditors?)\b"


def _flows(asked: Asked) -> bool:
    """Whether all accounts that are named are of income and expenses, which nobody owes."""
    return all(asked.names.by_name[name].root not in _STANDING for name in asked.scope.filters.accounts)


def _shared(asked: Asked) -> Outcome:
    """Who owes whom: the balances of the people's accounts, or of all receivables and payables."""
    filters = _whoever_they_are(asked)
    said = [fold(each.words) for each in asked.said.phrases]
    if filters.accounts and all(each in lexicon().owners or _OWED_WORDS.fullmatch(each) for each in said):
        filters = replace(filters, accounts=())  # "who owes the house": whoever keeps the books, not its bank account
    if people(asked, Root.ASSETS) and cues("cues").found("owed_for", asked.said.folded) and _flows(asked):
        filters = replace(filters, accounts=())  # "who owes us for the hall", "fees outstanding": what is owed for it
    filters, reading = owing_for(asked, filters, people(asked, Root.ASSETS))
    if not filters.accounts and not filters.mentions:
        roots = (
            (Root.ASSETS,)
            if asked.has(_OWED_TO_US)
            else (Root.LIABILITIES,)
            if cues("cues").found("we_owe", asked.said.folded)
            else (Root.LIABILITIES, Root.ASSETS)
        )
        loans = ("loan",) if asked.has(r"\bborrow\w*\b|\bloan") else ()
        owing = tuple(name for root in _STANDING if root in roots for name in people(asked, root, *loans))
        if not owing and roots == (Root.ASSETS,):
            return Refusal("This ledger has no account of what others owe.", ("What do I owe?",))
        filters = replace(filters, accounts=owing, roots=() if owing else (Root.LIABILITIES,))
    elif filters.mentions and not filters.accounts:  # what a customer or supplier still owes, or is owed
        every = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES))
        own = _named_after(asked) or settled_by(asked, filters.mentions, every)
        due = own or (
            *accounts_of_group(asked, Root.ASSETS, "receivable", "clients"),
            *accounts_of_group(asked, Root.LIABILITIES, "payable"),
        )
        booked = of_those(asked, filters.mentions, every)
        if not (own or booked) and (moved := moved_by(asked) or paid_off_to(asked)):
            own, reading = moved, (f"{filters.mentions[0].words} = {', '.join(moved)}, which such entries move",)
        due = own or (within_reach(due, booked) if booked else due) or every
        anywhere = () if due else (Root.ASSETS, Root.LIABILITIES)
        filters = replace(filters, accounts=due, roots=anywhere, mentions=() if own else filters.mentions)
    elif known := [name for root in _STANDING for name in people(asked, root) if name in filters.accounts]:
        filters, reading = replace(filters, accounts=tuple(known)), _without_others(reading, known, filters.accounts)
    filters, reading = still_owing(asked, filters, reading)
    filters, reading = _less_what_came_back(asked, filters, reading)
    filters = replace(filters, accounts=of_a_sort(asked, of_customers(asked, filters.accounts)))
    period = as_of(asked)
    whom = asked.has(_WHOM) and not filters.mentions
    by_key = Grouping.METADATA in asked.intent.group_by
    groups = by_customer(asked, filters.accounts, (Grouping.ACCOUNT,)) if whom or by_key else (Grouping.ACCOUNT,)
    if not asked.names.booked.tallies().isdisjoint(filters.accounts):
        reading = (*reading, _EITHER_WAY)
    filters = replace(_held(filters, asked), mentions=filters.mentions)
    return without_those_in_credit(Plan(Measure.BALANCE, filters, period, group_by=groups, reading=reading), asked)


_EITHER_WAY: Final = "what stands above zero is owed by that person, below zero to them"


def _without_others(reading: tuple[str, ...], known: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """The notes less those that name an account of the person's that is not told: a share of the deposit."""
    others = [name for name in named if name not in known]
    return tuple(note for note in reading if not any(name in note for name in others))


def _less_what_came_back(asked: Asked, filters: Filters, reading: tuple[str, ...]) -> tuple[Filters, tuple[str, ...]]:
    """As in "what does Ana still owe from Ireland", where all that she owes bears the tag, and what she paid does not.

    The tag tells what it is for, and all that stands there is owed for it.
    """
    named = filters.tags or filters.links
    if not (named and filters.accounts) or filters.mentions:
        return filters, reading
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        "SELECT sum(number) FILTER (WHERE number > 0), sum(number) FILTER (WHERE number < 0) FROM postings"
        f" WHERE account IN (SELECT unnest(?)) AND root = 'assets' AND NOT ({clause})",
        [list(filters.accounts), *parameters],
    )
    lent, paid = rows[0]
    if lent or not paid:
        return filters, reading
    note = f"{', '.join(named)}: all that was put on {', '.join(filters.accounts)}, less what came back"
    return replace(filters, tags=(), links=()), (*reading, note)


def _whoever_they_are(asked: Asked) -> Filters:
    """As in "which volunteers do we owe": people of a sort are asked for, and no entry that happens to say so."""
    filters = asked.scope.filters
    sort = [
        each.words
        for each in asked.said.phrases
        if each.best.kind == "narration" and each.best.how != "exact" and _OF_A_SORT.search(each.lead)
    ]
    return replace(filters, mentions=tuple(each for each in filters.mentions if each.words not in sort))


_OF_A_SORT: Final = compiled(r"\b(?:which|what|any)(?: of)?(?: (?:the|my|our))? $")


_STANDING = (Root.ASSETS, Root.LIABILITIES)


def owed_for_sure(asked: Asked) -> Outcome | None:
    """Who owes whom, or what is in an account, where a rule's own words ask for it and a model hears a list."""
    rules = asked.said.by_rules
    accounts = asked.scope.filters.accounts
    own = accounts and all(asked.names.by_name[name].root in _STANDING for name in accounts)
    listed = asked.intent.measure is Measure.LIST and asked.has(r"\bwhat(?:'?s| is| was) (?:still )?(?:in|on)\b")
    if rules is not None and rules.measure is Measure.BALANCE and own and listed:
        return balance(replace(asked, said=replace(asked.said, intent=rules)))
    heard = asked.intent.measure in {Measure.HOLDINGS, Measure.ACCOUNTS, Measure.RECURRING, Measure.METADATA}
    return _shared(asked) if rules is not None and rules.key == "shared" and heard else None


def _named_after(asked: Asked) -> tuple[str, ...]:
    """The own accounts that bear the name of who is asked about ("Ada": WithAda), though it is a payee's too.

    Or a part of it: "Ada Pell" is Receivable:Pell.
    """
    for phrase in asked.said.phrases:
        for option in phrase.options:
            if option.kind == "account" and (kept := of_roots(asked.names, option.values, _STANDING)):
                return kept
    names = asked.names.by_name
    every = [name for root in _STANDING for name in people(asked, root)]
    whom = [set(stems(each.words)) for each in asked.said.phrases if each.best.kind == "payee"]
    return tuple(name for name in every if any(set(names[name].leaf) < own for own in whom))
