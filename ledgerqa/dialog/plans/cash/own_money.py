"""Plans for money on its way between own accounts: from one named to another, out of a cash machine, spent from one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.linking.purses import purses
from ledgerqa.dialog.plans.cash.at_hand import at_hand
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.plans.cash.one_way import refunds_on
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.transfers import other_money, without_openings
from ledgerqa.dialog.plans.wealth.loans import is_loan
from ledgerqa.dialog.understanding.moving import INTO, OUT_OF, OWN, moved_by
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_OUT_OF_THE_WALL: Final = (
    r"\b(?:drew|draw[ns]?|got|get|pulled?|taken?|took|had|came)\b.*\b(?:from|out of|at) (?:the |an? )?"
    r"(?:machines?|wall|hole in the wall|dispensers?|atms?|cash (?:machine|point)s?)\b"
    r"|\bcash (?:from|out of) (?:the |an? )?(?:machines?|wall|hole in the wall|atms?)\b"
)
_DRAWN: Final = (
    r"\bwithdr[ae]w\w*|\bt(?:ook|ake[ns]?|aking) (?:(?:any|some|the|much|more) )?(?:(?:cash|money) )?out\b"
    r"|\b(?:got|get|getting|pull(?:ed)?|drew|draw[ns]?) (?:\w+ )?(?:cash|money) (?:out|from)\b|\bcash(?:ed)? out\b"
    rf"|{_OUT_OF_THE_WALL}"
)
_DREW: Final = r"\bdr(?:ew|aw(?:n|s|ing)?)\b"
_BETWEEN: Final = compiled(r"\b(?:between|and)(?: the| my| our)? $")
_AND: Final = compiled(r"(?:\band|,|&)(?: the| my| our| to)? $")
_PAIR: Final = 2
_MACHINE: Final = compiled(r"(?:the |an? )?(?:atms?|cash (?:machine|point|dispenser)s?|cashpoints?|[bg]\w+automat)")
_PAID_FROM: Final = compiled(
    r"\b(?:with|by|from|out of|off|using|via|through|in)(?: the| my| our| a)?(?: \w+)? $"
    r"|\b(?:spen[dt]|spending|bought|buy|put|expenses|charged|went|was|were) (?:\w+ )?on(?: (?:the|my|our|a))?"
    r"(?: \w+)? $"
    r"|\b(?:much|any|some|all|half|part|share) (?:money )?of(?: the| my| our)? $"
    r"|\b(?:spen[dt]|spending) (?:the|my|our|that)(?: \w+)? $"
)
_PAID_TO: Final = compiled(
    r"\bpa(?:y|id|ying)(?: off| down| back| to| towards?)?(?: the| my| our)? $"
    r"|\b(?:re)?payments? (?:to|on|towards?|for)(?: the| my| our)? $"
)
_TIED_UP: Final = frozenset("deposit receivable debtor owed lent kaution caution fianza cauzione borg".split())
_SPENDS: Final = (
    r"\bspen[dt]\b|\bspending\b|\bof (?:the|my|our) .*\bused\b|\bexpenses\b|\bput\b.*\bon (?:the|my|our) "
    r"|\b(?:what(?:ever)?|how much) (?:went|was|were) on (?:the|my|our) "
)
_SPENDING_AFTER: Final = r"(?: account| card)? (?:spending|spend|expenses|expenditures?|purchases)\b"


_STANDING: Final = frozenset({Measure.BALANCE, Measure.HOLDINGS})
# "Cost of what's in the pension", "between the two, what have I got": what stands there, and nothing that was paid.
_WHAT_IS_THERE: Final = (
    r"\b(?:what'?s|what is|that'?s|that is|stuff|things|everything|all|shares|units) (?:held |kept |still |lying )?in\b"
    r"|\b(?:have|has) (?:i|we|he|she) (?:still )?got\b|\b(?:do|does) (?:i|we|he|she) (?:still )?have\b"
    r"|^(?:so |and )?(?:could|can) (?:i|we) "
)


def own_money(asked: Asked) -> Outcome | None:
    """What went between own accounts, or was spent from one; None where the words say nothing of the kind."""
    if asked.intent.measure is Measure.BALANCE and asked.has(_OUT_OF_THE_WALL):  # "how much cash have I drawn from ..."
        asked = replace(asked, said=replace(asked.said, intent=replace(asked.intent, measure=Measure.SUM)))
    rules = asked.said.by_rules
    added = asked.intent.measure in _ADDED or (rules is not None and rules.measure in _ADDED and rules.measure)
    stands = asked.intent.measure in _STANDING and asked.has(_WHAT_IS_THERE)
    if not added or stands or refunds_on(asked.scope.filters.accounts, asked):
        return None
    return _between(asked) or _drawn(asked) or _card_paid(asked) or _paid_from(asked)


def _between(asked: Asked) -> Outcome | None:
    """As in "transfers from current to savings": what came to the one in entries that take it from the other."""
    places = [_place(asked, each) for each in asked.said.phrases]
    to = [each for each in places if INTO.search(each.lead) and _own(asked, each)]
    out_of = [each for each in places if OUT_OF.search(each.lead) and _own(asked, each)]
    both = [each for each in places if _BETWEEN.search(each.lead) and _own(asked, each)]
    one_way = len(to) == len(out_of) == 1 and not both
    if not (one_way or (len(both) == _PAIR and asked.has(r"\bbetween\b"))):
        return None
    target, source = (_own(asked, each) for each in ((to[0], out_of[0]) if one_way else both))
    if any(_related(one, two) for one in target for two in source):
        return None
    filters = Filters(accounts=target, sign=1 if one_way else 0, alongside=_leaves(asked, source))
    return _flow(asked, without_openings(asked, filters))


def _place(asked: Asked, phrase: Phrase) -> Phrase:
    """The phrase, with an account in the place of entries that say no more than the move ("to savings")."""
    moved, option = moved_by(phrase, phrase.best, asked.names)
    return replace(moved, options=(option, *moved.options)) if option.kind == "account" else moved


def _drawn(asked: Asked) -> Outcome | None:
    """As in "cash withdrawals", "at the cash machine": what came into the purse from other own accounts."""
    machine = any(_MACHINE.fullmatch(fold(each.words)) for each in asked.said.phrases)
    named = [each for each in asked.said.phrases if _own(asked, each)]
    cash = [each for each in named if "cash" in lexicon().groups_of_name(each.words)[0]]
    if not (machine or asked.has(_DRAWN) or (cash and asked.has(_DREW))) or (named and not cash):
        return None
    if not (machine or cash) and (asked.said.phrases or not asked.has(r"\bcash\b|\bout\b|\bwithdrawals?\b")):
        return None
    if not machine and any(OUT_OF.search(each.lead) for each in cash):
        return None  # "how much did we take out of the till"
    hands = purses(asked.names, {name for each in cash for name in _own(asked, each)})
    owing = people(asked, Root.ASSETS)
    banks = tuple(name for name in other_money(asked, hands, 1) if name not in owing) if hands else ()
    if not banks:
        return None
    sources = [name for each in named if each not in cash and OUT_OF.search(each.lead) for name in _own(asked, each)]
    drawn = _leaves(asked, tuple(sources)) if sources else banks  # "cash drawn from savings"
    filters = replace(asked.scope.filters, accounts=hands, roots=(), sign=1, alongside=drawn)
    return _flow(asked, without_openings(asked, filters))


def _card_paid(asked: Asked) -> Outcome | None:
    """As in "card payments", "how much did we pay off the card": what own accounts put on it, without refunds."""
    for phrase in asked.said.phrases:
        cards = tuple(name for name in _own(asked, phrase) if asked.names.by_name[name].root is Root.LIABILITIES)
        if not cards or any(is_loan(name) for name in cards):
            continue
        name = re.escape(fold(phrase.words))
        paid = re.search(rf"\b{name} (?:card )?(?:re)?payments?\b", asked.said.folded)
        if not (paid or _PAID_TO.search(phrase.lead)) or asked.has(r"\b(?:vs|versus|against|purchases|charges)\b"):
            continue
        also = [each for each in asked.said.phrases if each.start > phrase.start and _AND.search(each.lead)]
        also = [each for each in also if _own(asked, each)]
        if not also and (gone := _gone_to(asked, phrase, cards)):
            return gone
        named = [name for each in also for name in _own(asked, each)]
        cards = tuple(dict.fromkeys((*cards, *of_roots(asked.names, named, (Root.LIABILITIES,)))))
        if banks := other_money(asked, cards, 1):
            meant = {fold(each.words) for each in (phrase, *also)}
            told = (each for each in asked.scope.filters.mentions if each.words != phrase.words)
            others = tuple(each for each in told if not also or not {fold(one) for one in each.payees} <= meant)
            filters = replace(asked.scope.filters, accounts=cards, roots=(), mentions=others, sign=1, alongside=banks)
            return _flow(asked, without_openings(asked, filters))
    return None


def _gone_to(asked: Asked, phrase: Phrase, debts: tuple[str, ...]) -> Outcome | None:
    """As in "how much have we paid HMRC": what went there, where some of it settles no debt (a penalty, interest)."""
    payee = phrase.of_kind("payee")
    if payee is None or payee.how != "exact":
        return None
    hands = at_hand(asked)
    rows = asked.names.index.query(
        "SELECT DISTINCT o.account FROM postings i JOIN postings o USING (entry_id) WHERE i.payee IN (SELECT unnest(?))"
        " AND i.root = 'assets' AND i.number < 0 AND o.number > 0",
        [list(payee.values)],
    )
    inside = tuple(f"{name}:" for name in debts)
    beside = [name for (name,) in rows if name not in debts and not name.startswith(inside)]
    if not hands or not beside:
        return None
    mention = Mention(phrase.words, payees=payee.values)
    others = [option for each in asked.said.phrases if each is not phrase for option in each.options]
    called = {name for each in others if each.kind == "account" and each.how == "exact" for name in each.values}
    what_for = tuple(name for name in beside if name in called)  # "what did we pay HMRC for PAYE"
    filters = replace(asked.scope.filters, accounts=tuple(hands), roots=(), mentions=(mention,), sign=-1)
    return _flow(asked, replace(filters, alongside=what_for) if what_for else filters)


def _paid_from(asked: Asked) -> Outcome | None:
    """As in "what did I pay in cash", "how much of the grant is spent": expenses in entries that this account pays."""
    flowing = (asked.said.by_rules or asked.intent).flow
    told_by_kind = _by_kind(asked)
    if flowing != "spend" and not (asked.has(_SPENDS) or _kinds_left_out(asked) or told_by_kind):
        return None
    payers = [each for each in asked.said.phrases if _pays(asked, each) or (told_by_kind and _is_own(asked, each))]
    if len(payers) != 1:
        return None
    also = [each for each in asked.said.phrases if each.start > payers[0].start and _OR_ALSO.search(each.lead)]
    accounts = tuple(dict.fromkeys(name for each in (*payers, *also) for name in _own(asked, each)))
    filters = asked.scope.filters
    if fold(payers[0].words) in map(fold, filters.tags):
        return None  # "spent on hacienda", where entries are tagged so, whoever is owed
    called_so = {name for option in payers[0].options if option.kind == "account" for name in option.values}
    roots_of = {name: asked.names.by_name[name].root for name in filters.accounts}
    kept = tuple(name for name, root in roots_of.items() if root is Root.EXPENSES and name not in called_so)
    others = tuple(each for each in filters.mentions if each.words != payers[0].words)
    roots = () if kept else (Root.EXPENSES,)
    filters = replace(filters, accounts=kept, roots=roots, mentions=others, alongside=_leaves(asked, accounts))
    return _flow(asked, filters) if _bought(asked, filters.alongside) else None


def _by_kind(asked: Asked) -> bool:
    """As in "the card by category", "what is most of it spent on": its own postings are of one account, it itself."""
    rows = asked.intent.measure in {Measure.SUM, None} and asked.intent.group_by == (Grouping.ACCOUNT,)
    return rows and asked.intent.flow != "income" and not asked.has(r"\baccounts\b|\b(?:by|per|each|which) account\b")


def _is_own(asked: Asked, phrase: Phrase) -> bool:
    """Whether a card is named, or where it is said to be spent a single account of money."""
    best = phrase.best
    spends = asked.intent.flow == "spend" or asked.has(r"\bwhat (?:on|for)\b|\buse[ds]?\b")
    owed = of_roots(asked.names, best.values, (Root.LIABILITIES,)) if best.kind == "account" else ()
    if not (spends or owed):
        return False  # "savings by category"
    if best.kind != "account" or of_roots(asked.names, best.values, OWN) != best.values:
        return False
    return len(_leaves(asked, best.values)) == 1 and not any(_tied_up(name) for name in best.values)


def _kinds_left_out(asked: Asked) -> bool:
    """As in "what came out of the jar that wasn't groceries": kinds of expenses are left out, so these are meant."""
    names = asked.scope.filters.exclude_accounts
    return bool(names) and all(asked.names.by_name[name].root is Root.EXPENSES for name in names)


def _pays(asked: Asked, phrase: Phrase) -> bool:
    """Whether the phrase names an own account that something is said to be paid from."""
    option = phrase.of_kind("account")
    if option is None or not _own(asked, phrase) or (phrase.of_kind("payee") or option).score > option.score:
        return False
    if phrase.best.kind == "account" and not of_roots(asked.names, phrase.best.values, OWN):
        return False
    if re.search(rf"\b{re.escape(fold(phrase.words))}{_SPENDING_AFTER}", asked.said.folded):
        return not of_roots(
            asked.names, phrase.best.values, (Root.EXPENSES,)
        )  # "van spending", with a loan for it, too
    payers = tuple(name for name in _own(asked, phrase) if not _tied_up(name))
    if not payers:
        return False  # "spent on the flat", for which a deposit lies somewhere
    if costs := of_roots(asked.names, option.values, (Root.EXPENSES,)):
        if _spelt(costs, phrase) and not _spelt(payers, phrase) and _ON_OR_FOR.search(phrase.lead):
            return False  # "spent on cards", where what they cost is called so, and what pays is a Card
        payers = tuple(name for name in payers if not is_loan(name))
        if _bought(asked, payers) <= sum(asked.names.by_name[name].postings for name in costs):
            return False  # "spent on the car", which is an asset, or has a loan, too
    in_cash = fold(phrase.words) == "cash" and re.search(r"\bpa(?:y|id|ying) $", phrase.lead)
    owed = all(asked.names.by_name[name].root is Root.LIABILITIES for name in _own(asked, phrase))
    money = phrase.of_kind("currency")
    counted_in = money is not None and set(money.values) <= set(asked.scope.currencies)
    if (owed or counted_in) and re.search(r"\bin $", phrase.lead):
        return False  # "what did we pay in VAT" is paid off, "what was each in CHF" converted: neither pays for it
    if _kinds_left_out(asked) and re.search(r"\bon (?:the |my |our )?$", phrase.lead):
        return True  # "everything on the card that isn't groceries"
    return bool(in_cash or _PAID_FROM.search(phrase.lead))


_OR_ALSO = compiled(r"\b(?:or|and|plus)(?: (?:from|the|my|our))* $")
_ON_OR_FOR = compiled(r"\b(?:on|for) $")


def _spelt(names: tuple[str, ...], phrase: Phrase) -> bool:
    """Whether one of the accounts is called by these words letter by letter, in the same number."""
    return any(fold(name.rpartition(":")[2]) == fold(phrase.words) for name in names)


def _tied_up(name: str) -> bool:
    """Whether it is a deposit, or what others owe: nothing is paid from there."""
    return any(_TIED_UP & set(name_stems(part)) for part in name.split(":")[1:-1])


def _bought(asked: Asked, accounts: tuple[str, ...]) -> int:
    """How many postings of expenses are paid from these accounts."""
    ((count,),) = asked.names.index.query(
        "SELECT count(*) FROM postings WHERE root = 'expenses' AND entry_id IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))",
        [list(accounts)],
    )
    return int(count)


def _flow(asked: Asked, filters: Filters) -> Outcome:
    """The sum, list or count that was asked for, over these filters."""
    if asked.intent.measure not in _ADDED and asked.said.by_rules is not None:
        asked = replace(asked, said=replace(asked.said, intent=asked.said.by_rules))
    measure = asked.intent.measure
    notes = tuple(note for note in asked.scope.reading if "left aside" not in note)
    scope = replace(asked.scope, filters=filters, subjects=(), reading=notes)
    return flow(replace(asked, scope=scope), measure if measure in _ADDED and measure else Measure.SUM)


def _own(asked: Asked, phrase: Phrase) -> tuple[str, ...]:
    """The own accounts that a phrase names."""
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(asked.names, option.values, OWN)):
            return kept
    return ()


def _related(one: str, two: str) -> bool:
    return one == two or one.startswith(f"{two}:") or two.startswith(f"{one}:")


def _leaves(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """These accounts and those below them, as far as anything is booked to them."""
    below, within = at_or_below(accounts)
    rows = asked.names.index.query(f"SELECT DISTINCT account FROM postings WHERE {below} ORDER BY 1", within)
    return tuple(row[0] for row in rows)
