"""Plans for the whole of something that stands, said in everyday words.

All that is owned less all that is owed, one side of the balance sheet, all that lies with one bank or broker, the
money that is ready at hand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.linking.wholes import ONE_FIGURE
from ledgerqa.dialog.plans.asked import as_of, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.transfers import beside_units, holds_units
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.dialog.plans.wealth.standing import money_had
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_LESS: Final = r"(?:minus|less|after|net of|tak(?:e|es|ing) (?:away|off)|subtract(?:ing)?|deduct(?:ing)?|without)"
_ALL_LESS_OWED: Final = (
    r"\b(?:everything|all|whatever|what)\b[\w ]{0,24}"
    r"\b(?:has|have|had|owns?|owned|got|holds?|pots?|accounts?|assets|savings|money)\b[\w ]{0,16},? "
    rf"{_LESS} (?:(?:everything|all|whatever|what|the|our|my|any|of) )*(?:\w+ ){{0,2}}"
    r"(?:owes?|owed|owing|debts?|liabilit(?:y|ies)|loans?)\b"
)
_SUMMED: Final = (
    r"(?:in total|altogether|all in all|in all|all together|combined|together|overall"
    r"|(?:added|summed|totted) up|totalled|all told)"
)
_SIDE: Final = compiled(
    rf"\b(?P<side>assets|liabilities|debts?)(?: side)?,?(?: \w+){{0,2}} {_SUMMED}\b"
    rf"|\b(?:total|sum|{ONE_FIGURE}) (?:of |for )?(?:(?:all|the|our|my|of) )*(?P<of>assets|liabilities|debts)\b"
    r"|\b(?:everything|all)(?: that)? (?:i|we|the \w+) (?P<verb>owns?|owes?|ha(?:ve|s) got|ha(?:ve|s))"
    r"(?=\s*(?:$|[,.?!]|\b(?:in|now|today|together|altogether|right|at|worth|on|as|combined|is|was)\b))"
)
_OWED: Final = compiled(r"liabilities|debts?|owes?")
_OTHER_SIDE: Final = (
    r"\b(?:am i|are we) worth\b|\bnet worth\b"
    r"|\b(?:vs|versus|and (?:our |my |the )?(?:assets|liabilities|debts)|minus|less|net|against|compare\w*)\b"
)
_NAMED_BY_THE_WAY: Final = compiled(r",[^,]*\b(?:and all|and everything|and the rest|included|including)\b.*$")
_ALL_AT: Final = compiled(
    r"\b(?:everything|all|whatever|the lot)(?: of it| that)?"
    r"(?: (?:i|we)(?: still)?(?:'ve| have)? (?:keep|kept|have|hold|held|own|got|put|stash(?:ed)?|park(?:ed)?))?"
    r"(?: money| cash)? (?:at|with|in|on|inside) (?:the |my |our )?$"
)
_WORTH: Final = compiled(r"\b(?:how much|what)(?:'?s| is| are| was| were) (?:the |my |our )?$")
_AS_A_WHOLE: Final = (
    r"\b(?:worth|values?|valued|total|altogether|together|combined|market|in all|keep|have|hold|own|got)\b"
)
_SPENT: Final = r"\b(?:spen[dt]|spending|bought|paid|pay|cost|list|show|transactions?|entries|postings?|purchases?)\b"
_UNITS: Final = r"(?:units?|funds?|shares?|stocks?|etfs?|securities|investments?|participaciones)"
_CASH: Final = r"(?:(?:spare|uninvested|leftover|idle|remaining) )?(?:cash|money)"
_AND: Final = r",? ?(?:and|plus|&|\+|with) (?:the |my |our |its )?"
_ITS_PARTS: Final = compiled(rf"\b(?:{_UNITS}{_AND}{_CASH}|{_CASH}{_AND}{_UNITS})\b")
_EVERYWHERE: Final = (
    r"\bcash\b(?: (?!(?:spen[dt]|paid|went|came)\b)\w+){0,6} "
    r"(?:across|in|on|over) (?:all|every(?: one)?)(?: of)? (?:my |our |the )?(?:bank )?accounts?\b"
)
_READY: Final = (
    r"\b(?:ready (?:money|cash)|money (?:ready|to hand|in hand|at hand)|spendable (?:money|cash))\b"
    r"|\b(?:money|cash)\b.*\b(?:get at|lay (?:my|our) hands on|get (?:my|our) hands on|access)\b"
    r".*\b(?:quickly|fast|at once|right away|now|today|tomorrow)\b"
    rf"|\ball (?:of )?(?:the |our |my )?pots,? {_SUMMED}\b"
    rf"|{_EVERYWHERE}"
)
_BY_LINE: Final = (
    r"\b(?:per|by|each|every|for each) (?:\w+ )?(?:pot|account|place|purse)s?\b"
    r"|\b(?:one|a) line (?:per|each|for each)\b|\b(?:line by line|one by one|separately|each|split|broken down)\b"
)


def whole(asked: Asked) -> Plan | None:
    """The plan for a whole; None where the words ask for none."""
    if asked.key is not None:
        return None
    for make in (_pending, _all_less_owed, _of_the_owner, _side, _ready_money, _all_at, _with_its_parts):
        if plan := make(asked):
            return plan
    return None


_PENDING: Final = r"\b(?:pending|open|outstanding|due|unpaid|owing|left to pay)\b(?: \w+){0,2} on (?:the |my |our )"


def _pending(asked: Asked) -> Plan | None:
    """As in "is something pending on the credit card": what is owed on it, no entries that are flagged so."""
    if not asked.has(_PENDING) or asked.has(_SPENT):
        return None
    for phrase in asked.said.phrases:
        for option in phrase.options:
            if option.kind == "account" and (owed := of_roots(asked.names, option.values, (Root.LIABILITIES,))):
                return Plan(
                    Measure.BALANCE, Filters(accounts=owed), as_of(asked), reading=(f"owed on {', '.join(owed)}",)
                )
    return None


def _all_less_owed(asked: Asked) -> Plan | None:
    """As in "everything we have minus everything we owe", "all pots less all debts": net worth."""
    return _net_worth(asked) if asked.has(_ALL_LESS_OWED) else None


_OWNER_WORTH: Final = compiled(
    r"\b(?:is|are|was|were|would|what'?s|whats)(?: the| our| my)?(?P<all> whole| entire)? (?P<who>\w+)"
    r"(?: as a whole| altogether| be)? worth\b"
    r"|\b(?:value|worth) of (?:the|our|my)(?: whole| entire)? (?P<of>\w+)"
    r"(?=\W*$| (?:now|today|at|on|in|as|right|currently)\b)"
)
_LOT: Final = frozenset({"thing", "lot"})
_DWELLINGS: Final = frozenset({"house", "home", "flat", "estate", "farm", "shop", "store"})


def _of_the_owner(asked: Asked) -> Plan | None:
    """As in "what is the club worth today": net worth, where whoever keeps the books is called so, and no account."""
    said = _OWNER_WORTH.search(asked.said.folded)
    who = (said["who"] or said["of"]) if said else ""
    if said is None or who not in (lexicon().owners | _LOT if said["all"] else lexicon().owners):
        return None
    titled = who in fold(asked.names.index.ledger.title).split()
    named = any(each.of_kind("account") and fold(each.words) == who for each in asked.said.phrases)
    return None if named or (who in _DWELLINGS and not titled) else _net_worth(asked)


def _net_worth(asked: Asked) -> Plan:
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    at_cost = asked.intent.valuation is Valuation.COST
    valuation = Valuation.COST if at_cost else Valuation.MARKET
    plan = Plan(Measure.NET_WORTH, Filters(), as_of(asked), group_by=groups, valuation=valuation)
    plan = replace(plan, convert_to=spoken_currency(asked), reading=() if at_cost else ("valued at market prices",))
    return compared(ordered(plan, asked), asked)


def _side(asked: Asked) -> Plan | None:
    """As in "the liabilities side in total", "everything we own, in pounds": one side, and no net worth."""
    said = _SIDE.search(asked.said.folded)
    if not said or asked.has(_OTHER_SIDE) or any(not _by_the_way(asked, each) for each in asked.said.phrases):
        return None
    root = Root.LIABILITIES if _OWED.fullmatch(next(each for each in said.groups() if each)) else Root.ASSETS
    rules = asked.said.by_rules or asked.intent
    if not said["verb"] and not rules.group_by:  # "our debts added up, every last one of them": no row for each
        asked = replace(asked, said=replace(asked.said, intent=replace(asked.intent, group_by=())))
    return _standing(asked, Filters(roots=(root,)))


def _by_the_way(asked: Asked, phrase: Phrase) -> bool:
    """Whether a name narrows nothing: money to count in, whoever keeps the books, an example of what is included."""
    if phrase.of_kind("currency") or fold(phrase.words) in lexicon().owners:
        return True
    aside = _NAMED_BY_THE_WAY.search(asked.said.folded)
    return bool(aside and fold(phrase.words) in aside.group())


def _all_at(asked: Asked) -> Plan | None:
    """As in "what is all I keep at the broker worth in dollars": everything below that name, at market."""
    if asked.has(_SPENT) or not (asked.has(_AS_A_WHOLE) or spoken_currency(asked)):
        return None
    for phrase in asked.said.phrases:
        place = asked.said.folded.find(fold(phrase.words))
        accounts = _assets(asked, phrase)
        before, after = asked.said.folded[:place], asked.said.folded[place + len(phrase.words) :]
        counted = _WORTH.search(before) and re.match(r"(?: account| fund| pot)? worth in\b", after)
        if accounts and (_ALL_AT.search(before) or (counted and phrase.best.kind == "account")):
            return _standing(asked, Filters(accounts=accounts))
    return None


def _with_its_parts(asked: Asked) -> Plan | None:
    """As in "the pension at market, units plus the spare cash": all of it, not the parts that are told off."""
    parts = _ITS_PARTS.search(asked.said.folded)
    if not parts or asked.has(_SPENT):
        return None
    for phrase in asked.said.phrases:
        place = asked.said.folded.find(fold(phrase.words))
        accounts = _assets(asked, phrase)
        if accounts and not parts.start() <= place < parts.end() and holds_units(asked, accounts):
            return _standing(asked, Filters(accounts=accounts))
    return None


def _assets(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(asked.names, option.values, (Root.ASSETS,))):
            return kept
    return ()


def _standing(asked: Asked, filters: Filters) -> Plan:
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS or group is Grouping.ACCOUNT)
    valuation = asked.intent.valuation or Valuation.MARKET
    plan = Plan(Measure.BALANCE, filters, as_of(asked), group_by=groups, valuation=valuation)
    currency = spoken_currency(asked)
    return ordered(in_currency(plan, currency, asked) if currency else plan, asked)


_MY_CASH: Final = (
    r"\bhow much cash (?:(?:do|did|have|had) (?:i|we) (?:\w+ )?(?:have|hold|own|got|keep|left)|(?:is|was) there)\b"
    r"|(?:\btotal|^(?:what(?:'?s| is| was) )?(?:all )?(?:my|our)) cash\b"
    r"(?! (?:flow|machine|with|spen|paid|pay|back|dividend|gift|book|from|at (?!the (?:end|start)\b))\w*)"
)


def _waits_with_brokers(asked: Asked) -> bool:
    """As in "how much cash do I have", where all that is called so waits with brokers: banks hold cash too."""
    cash = [each for each in asked.said.phrases if each.of_kind("account")]
    if len(cash) != 1 or fold(cash[0].words) != "cash" or len(asked.said.phrases) != 1 or not asked.has(_MY_CASH):
        return False
    names = _assets(asked, cash[0])
    return bool(names) and all(_with_a_broker(asked, name) for name in names) and not asked.has(_SPENT)


def _with_a_broker(asked: Asked, name: str) -> bool:
    """Whether the account lies beside what is held in units, or with whom some of that is held."""
    house = ":".join(name.split(":")[:2])
    return beside_units(asked, name) or (house != name and holds_units(asked, (house,)))


def _ready_money(asked: Asked) -> Plan | None:
    """As in "ready money, one line per pot": what lies in banks and purses, whatever examples are given."""
    named = any(each.best.how == "exact" and fold(each.words) == "pots" for each in asked.said.phrases)
    everywhere = asked.has(_EVERYWHERE) or _waits_with_brokers(asked)
    if not (asked.has(_READY) or everywhere) or named:  # an account may be called Pots
        return None
    found = money_had(replace(asked, said=replace(asked.said, phrases=())), sure=True)
    if everywhere:  # that of a broker as well
        found = [*found, *(each for each in accounts_of_group(asked, Root.ASSETS, "cash") if each not in found)]
    if not found:
        return None
    listed = asked.has(_BY_LINE) or (everywhere and Grouping.ACCOUNT in asked.intent.group_by)
    leaves = [
        each.name
        for each in asked.names.leaf_accounts((Root.ASSETS,))
        if each.postings and any(each.name == name or each.name.startswith(f"{name}:") for name in found)
    ]
    plan = Plan(
        Measure.BALANCE,
        Filters(accounts=tuple(leaves if listed else found)),
        as_of(asked),
        group_by=(Grouping.ACCOUNT,) if listed else (),
        reading=(f"ready money = {', '.join(found)}",),
    )
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency and not listed else plan
