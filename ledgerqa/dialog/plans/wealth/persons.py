"""What stands between the ledger and a person: who is behind, what they laid out, what went back to them.

A person is told by an account of what is owed either way ("Receivable:Ada", "Payable:Ada", "WithAnna"), whatever
else bears their name: dues, a share of a deposit, a payee.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import bearing
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, squash, stems, tokenize
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, as_of, happened, ordered
from ledgerqa.dialog.plans.cash.customers import by_customer
from ledgerqa.dialog.plans.cash.debtors import of_a_sort, put_with
from ledgerqa.dialog.plans.cash.not_paid import NOT_PAID
from ledgerqa.dialog.plans.cash.settlements import OF_PAY, arrived_from, earned_of, is_whether_square, people
from ledgerqa.dialog.plans.wealth.in_credit import without_those_in_credit
from ledgerqa.dialog.plans.wealth.owed_to_whom import moved_by
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Mention, Order, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Account
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.records import Outcome

# What a component says beside the person's name: "WithAnna", "MitAnna", "AnnaOwes".
_BESIDE: Final = frozenset(
    "with con mit avec com and y und et e for to from shared common joint gemeinsam owe owed owing debt iou".split()
)
_WHICH: Final = r"\b(?:who|which|what|any)\b"
_OWES_US: Final = r"\bstill owes?\b|\bowes? (?:me|us)\b"
_AND_ASKS: Final = r"\band (?:how|what|who|when|which)\b"
_TOTALLED: Final = r"\bhow much\b|\btotals?\b|\bsum\b|\baltogether\b"
_BACK_TO_US: Final = r"\b(?:me|us) (?:\w+ )?back\b|\bback to (?:me|us)\b"
_PAID_US: Final = r"\bpa(?:id|y|ys)\b(?! (?:off|down)\b)"
_IN_ALL: Final = r"\b(?:total|altogether|in all|so far|to date|all (?:of )?(?:his|her|their))\b"


@dataclass(frozen=True)
class Person:
    """Whom a phrase names: the accounts on which they owe, and are owed, and the payees that they are."""

    phrase: Phrase
    owing: tuple[str, ...]
    owed: tuple[str, ...]
    payees: tuple[str, ...]

    @property
    def between(self) -> tuple[str, ...]:
        """All accounts of what stands between."""
        return (*self.owing, *self.owed)


def persons(asked: Asked) -> Outcome | None:
    """The plan for what a person owes, laid out, sent or got back; None where nothing of the kind is asked for."""
    words = cues("cues")
    text = asked.said.folded
    if words.found("behind", text) and not asked.scope.filters.mentions:
        return _behind(asked)
    person = person_of(asked)
    if person is None:
        return _given_to_a_lender(asked)
    if earned_of(asked, person.phrase):
        return None
    if asked.intent.measure is Measure.GAPS and person.owing:
        return _unpaid(asked, person)
    if last := _last_settled(asked, person):
        return last
    if whole := _owes_in_all(asked, person):
        return whole
    if person.owing and words.found("lent_them", text) and not words.found("still_to_come", text):
        note = f"lent to {person.phrase.words} = what was put on {', '.join(person.owing)}"
        return moved_so(asked, Filters(accounts=person.owing, sign=1), note)
    gave = bool(person.owing) and _gave_back(person, text)
    plan = (_given_back(asked, person) if gave else None) or _of_person(asked, person)
    paid = asked.has(r"\bpaid\b(?! (?:off|down)\b)")  # then whatever came from them is looked at
    return plan or (_off_their_account(asked, person) if gave and not paid else None)


def _of_person(asked: Asked, person: Person) -> Outcome | None:
    """The same, of the one person that is named."""
    words, text = cues("cues"), asked.said.folded
    by_them = person.owing and asked.has(_BACK_TO_US)
    paid_off = words.found("gone_back", text) and person.owed and not words.found("not_given_back", text)
    paid_off = paid_off and not by_them
    if paid_off and asked.has(_IN_ALL):
        return moved_so(asked, Filters(accounts=person.owed, sign=1), f"what was paid off {', '.join(person.owed)}")
    one_thing = words.found("still_to_come", text) or words.found("settled_it", text)
    if one_thing and (plan := _of_one_thing(asked, person)):
        return plan
    advanced = words.found("for_them", text) or words.found("own_pocket", text)
    if advanced and not words.found("set_off", text):
        return _laid_out(asked, person)
    if is_whether_square(text):
        return None
    if words.found("set_off", text) or words.found("between", text):
        return _between(asked, person)
    if words.found("claimed", text) and person.owed:
        return moved_so(
            asked, Filters(accounts=person.owed, sign=-1), f"claimed = what went on {', '.join(person.owed)}"
        )
    if paid_off:
        return moved_so(asked, Filters(accounts=person.owed, sign=1), f"what was paid off {', '.join(person.owed)}")
    if (
        words.found("sent_us", text)
        and not asked.has(OF_PAY)
        and (person.payees or person.owing)
        and not _with_others(asked, person)
    ):
        return sent(asked, person)
    return None


_SETTLED_UP: Final = (
    r"\bwhen\b.*\b(?:settled?(?: up)?|square[d]?(?: up)?|pa(?:y|id) up|clear(?:ed)? (?:it|that|the|their|his|her)"
    r"|pa(?:y|id)(?: (?:me|us|him|her|them))? back)\b"
    r"|\blast (?:time|settle(?:d|ment)|repayment)\b.*\b(?:settle[d]?|square[d]?|pa(?:y|id) (?:up|back))\b"
)
_LAST: Final = r"\blast\b|\blatest\b|\bmost recent(?:ly)?\b"


def _last_settled(asked: Asked, person: Person) -> Plan | None:
    """As in "when did Ada last settle up": what went off the account of what she owes, or is owed where we did."""
    if not (asked.has(_SETTLED_UP) and asked.has(_LAST)):
        return None
    ours = person.owed and (not person.owing or asked.has(r"\b(?:i|we) (?:last )?(?:settle|square|pa(?:y|id)|clear)"))
    together = asked.has(r"\band (?:i|we)\b|\b(?:i|we) and\b") and person.owing
    mine = bool(ours) and not together
    filters = Filters(accounts=person.owed, sign=1) if mine else Filters(accounts=person.owing, sign=-1)
    if not asked.names.booked.meets(filters):
        return None
    note = f"settled = what went off {', '.join(filters.accounts)}"
    return Plan(Measure.LIST, filters, happened(asked), order=Order("date", descending=True), limit=1, reading=(note,))


def _owes_in_all(asked: Asked, person: Person) -> Plan | None:
    """As in "does X still owe me anything from the flat", where what was paid bears the tag, and what is owed does not.

    What else is named then narrows nothing, and is left aside.
    """
    filters = asked.scope.filters
    others = [each for each in asked.said.phrases if each is not person.phrase and each.best.kind != "currency"]
    owes = asked.has(_OWES_US) and not asked.has(_AND_ASKS)
    if asked.intent.measure is not Measure.BALANCE or not others or not person.owing or not owes:
        return None
    clause, parameters = bearing(filters)
    rows = asked.names.index.query(
        f"SELECT sum(number) FROM postings WHERE account IN (SELECT unnest(?)) AND {clause}",
        [list(person.owing), *parameters],
    )
    narrowed = filters.mentions or filters.tags or filters.links
    if narrowed and rows[0][0] is not None and rows[0][0] > 0:
        return None
    notes = tuple(f"{each.words} left aside: what stands is on {', '.join(person.owing)}" for each in others)
    return Plan(Measure.BALANCE, Filters(accounts=person.owing), as_of(asked), reading=notes)


def _unpaid(asked: Asked, person: Person) -> Plan:
    """As in "which months did X not pay": those in which nothing went off their account."""
    note = f"what {person.phrase.words} paid = what went off {', '.join(person.owing)}"
    unit = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)[:1] or (Grouping.MONTH,)
    paid = Filters(accounts=person.owing, sign=-1)
    return Plan(Measure.GAPS, paid, happened(asked), group_by=unit, reading=(note,))


def _between(asked: Asked, person: Person) -> Plan:
    """As in "how do we stand with X": what is owed either way, together."""
    note = f"between you and {person.phrase.words} = {', '.join(person.between)}"
    period = replace(as_of(asked), start=None)
    return Plan(Measure.BALANCE, Filters(accounts=person.between), period, reading=(note,))


def _given_back(asked: Asked, person: Person) -> Outcome | None:
    """What went off their account, of the one thing that the question tells, or in all."""
    links = _links_of(asked, person)
    if not links and person.payees and asked.has(_PAID_US):
        return None  # whatever came from them
    return _off_their_account(asked, person, links)


def _off_their_account(asked: Asked, person: Person, links: tuple[str, ...] = ()) -> Outcome:
    note = f"what {person.phrase.words} gave back = what went off {', '.join(person.owing)}"
    linked = f"linked {', '.join(f'^{link}' for link in links)}"
    return moved_so(asked, Filters(accounts=person.owing, links=links, sign=-1), linked if links else note)


def _gave_back(person: Person, text: str) -> bool:
    """As in "how much has X handed back": X does it, in figures, and it is no question whether all is settled."""
    name = re.escape(fold(person.phrase.words))
    said = re.search(rf"\b(?:how much|what(?! for)|total|sum|list|every|all)\b.*\b{name}\b(?P<done>.*)", text)
    due = re.search(r"\b(?:still|ha(?:ve|s|d) to|needs? to|must|should|will|not|yet)\b|n.t\b", text)
    return said is not None and not due and cues("cues").found("given_back", said["done"])


def _with_others(asked: Asked, person: Person) -> bool:
    """As in "from X and from Y": each is a side of its own."""
    others = [each for each in asked.said.phrases if each is not person.phrase and each.best.kind == "payee"]
    return any(re.search(r"\bfrom(?: the| my| our)? $", each.lead) for each in others)


_SEVERAL: Final = compiled(r"\b(?:which|what|each|every)(?: of (?:the|our|my))? $")


def sent(asked: Asked, person: Person) -> Outcome:
    """As in "money in from X": what arrived on other accounts under that payee, or in entries that take it off."""
    arrived = Filters(roots=(Root.ASSETS,), exclude_accounts=person.between, sign=1)
    if person.payees and (not person.owing or arrived_from(asked, person.payees, person.between)):
        mention = Mention(person.phrase.words, payees=person.payees)
        return moved_so(asked, replace(arrived, mentions=(mention,)), f"what came from {', '.join(person.payees[:3])}")
    others = tuple(name for root in (Root.ASSETS, Root.LIABILITIES) for name in people(asked, root))
    elsewhere = tuple(dict.fromkeys((*person.between, *others)))
    off = f"what came in of what stood on {', '.join(person.owing)}"
    filters = replace(arrived, exclude_accounts=elsewhere, alongside=person.owing)
    if _SEVERAL.search(person.phrase.lead) and asked.names.booked.distinct_payees(person.owing) > 1:
        apart = Plan(Measure.SUM, filters, happened(asked), group_by=(Grouping.PAYEE,), reading=(off,))
        return ordered(apart, asked)  # "which insurer paid us the most": they share one account
    return moved_so(asked, filters, off)


def _given_to_a_lender(asked: Asked) -> Outcome | None:
    """As in "how much have we paid Dave back", where his loan is called otherwise: what came off the debt he moves."""
    filters, words = asked.scope.filters, cues("cues")
    named = len(filters.mentions) == 1 and all(each.payees for each in filters.mentions) and not filters.accounts
    gave = words.found("gone_back", asked.said.folded) and not words.found("not_given_back", asked.said.folded)
    if not (named and gave) or asked.has(_BACK_TO_US):
        return None
    owed = of_roots(asked.names, moved_by(asked), (Root.LIABILITIES,))
    if not owed or spent_beside(asked, owed):  # a card, on which things are bought
        return None
    return moved_so(asked, Filters(accounts=owed, sign=1), f"what was paid off {', '.join(owed)}")


def person_of(asked: Asked) -> Person | None:
    """The one person that the question names; None where it names none, or several."""
    found = [each for phrase in asked.said.phrases if (each := _person(asked, phrase))]
    return found[0] if len({each.between for each in found}) == 1 else None


def _person(asked: Asked, phrase: Phrase) -> Person | None:
    own = set(stems(phrase.words))
    named = {name for option in phrase.options if option.kind == "account" for name in option.values}
    owing, owed = (people(asked, root) for root in (Root.ASSETS, Root.LIABILITIES))
    payee = phrase.of_kind("payee")
    shared = {
        each.name
        for each in asked.names.leaf_accounts((Root.ASSETS, Root.LIABILITIES))
        if own <= set(each.leaf) and set(each.leaf) - own and set(each.leaf) - own <= _BESIDE
    }
    receivable = tuple(name for name in owing if name in named or name in shared)
    payable = tuple(name for name in owed if name in named or name in shared)
    receivable += tuple(sorted(of_roots(asked.names, shared - set(receivable), (Root.ASSETS,))))
    payable += tuple(sorted(of_roots(asked.names, shared - set(payable), (Root.LIABILITIES,))))
    if not (receivable or payable):
        return None
    if any(_is_called(own, asked.names.by_name[name]) for name in (*receivable, *payable)):
        return Person(phrase, receivable, payable, payee.values if payee else ())
    return None


def _is_called(words: set[str], account: Account) -> bool:
    """Whether the words are the account's own name, or that with what stands above it: "Ana's claims"."""
    parts = {stem for part in account.name.split(":")[1:] for stem in name_stems(part)}
    return bool(words & set(account.leaf)) and words <= parts


def _behind(asked: Asked) -> Outcome | None:
    """As in "who is behind with their money": what stands on receivables, each by itself."""
    due = people(asked, Root.ASSETS)
    if not due and asked.has(r"^(?:and |so )*who\b"):
        return Refusal("This ledger has no account of what others owe.", ("What do I owe?",))
    if not due:
        return None
    spent = [asked.names.by_name[name].root is Root.EXPENSES for name in asked.scope.filters.accounts]
    shared = put_with(asked, due, asked.scope.filters.accounts) if spent and all(spent) else of_a_sort(asked, due)
    if not shared:
        return None  # "who is behind with the rent" where nobody else pays any of it
    due = shared
    note = f"behind = what stands on {', '.join(due[:4])}{' and others' if len(due) > 4 else ''}"
    period = replace(as_of(asked), start=None)
    groups = by_customer(asked, due, (Grouping.ACCOUNT,))
    plan = Plan(Measure.BALANCE, Filters(accounts=due), period, group_by=groups, reading=(note,))
    return without_those_in_credit(plan, asked)


def _laid_out(asked: Asked, person: Person) -> Outcome | None:
    """As in "what did X buy out of her own pocket": what the books owe X for; of what I laid out, what X owes."""
    if person.owing and cues("cues").found("for_them", asked.said.folded):
        note = f"laid out = what went on {', '.join(person.owing)}"
        return moved_so(asked, Filters(accounts=person.owing, sign=1), note)
    accounts = person.owed or person.owing
    spent = spent_beside(asked, accounts)
    if not spent:
        return None
    filters = Filters(accounts=accounts, sign=-1, alongside=() if person.owed else spent)
    return moved_so(asked, filters, f"out of their own pocket = what went on {', '.join(accounts)}")


def spent_beside(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """What was spent in entries that credit these accounts; of "the rent that X fronted" only the rent."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE root = 'expenses' AND entry_id IN"
        " (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)) AND number < 0) ORDER BY 1",
        [list(accounts)],
    )
    options = (each for phrase in asked.said.phrases for each in phrase.options if each.kind == "account")
    named = of_roots(asked.names, {name for each in options for name in each.values}, (Root.EXPENSES,))
    spent = tuple(row[0] for row in rows)
    return tuple(name for name in spent if any(f"{name}:".startswith(f"{one}:") for one in named)) or spent


def _of_one_thing(asked: Asked, person: Person) -> Outcome | None:
    """As in "did X ever settle the bus lane thing": what came back under the link of that thing, or is still due."""
    links = _links_of(asked, person)
    if not links:
        return None
    accounts = person.owing or person.owed
    note = f"linked {', '.join(f'^{link}' for link in links)}"
    filters = Filters(accounts=accounts, links=links)
    rows = asked.names.index.query(
        "SELECT 1 FROM postings WHERE account IN (SELECT unnest(?)) AND number * ? < 0"
        " AND entry_id IN (SELECT entry_id FROM links WHERE link IN (SELECT unnest(?))) LIMIT 1",
        [list(accounts), 1 if person.owing else -1, list(links)],
    )
    if cues("cues").found("still_to_come", asked.said.folded) or asked.has(NOT_PAID) or not rows:
        groups = by_customer(asked, accounts, ()) if asked.has(_WHICH) else ()  # "which schools haven't paid for it"
        return Plan(Measure.BALANCE, filters, replace(as_of(asked), start=None), group_by=groups, reading=(note,))
    back = replace(filters, sign=-1 if person.owing else 1)
    return Plan(Measure.LIST, back, happened(asked), reading=(note,))


def _links_of(asked: Asked, person: Person) -> tuple[str, ...]:
    """The links of the person's entries that the question tells, by their own words or those of an entry."""
    rows = asked.names.index.query(
        "SELECT DISTINCT l.link, e.narration FROM links l JOIN entries e USING (entry_id)"
        " JOIN postings p ON p.entry_id = l.entry_id WHERE p.account IN (SELECT unnest(?)) ORDER BY 1, 2",
        [list(person.between)],
    )
    tokens, known = tokenize(asked.said.text), lexicon()
    idle = known.grammar | known.weak | known.ordinary
    spoken = {each.stem for each in tokens if each.fold not in idle} - set(stems(person.phrase.words))
    runs = {
        squash("".join(each.text for each in tokens[at : at + length]))
        for at in range(len(tokens))
        for length in (1, 2, 3)
    }
    told: dict[str, int] = {}
    for link, narration in rows:
        spelt = 4 if squash(link) in runs else 0
        words = spoken.intersection(stems(narration))
        mentioned = any(narration in each.narrations for each in asked.scope.filters.mentions)
        told[link] = max(told.get(link, 0), spelt + len(words) + (2 if mentioned else 0))
    most = max(told.values(), default=0)
    return tuple(link for link, count in told.items() if count == most) if most else ()


def moved_so(asked: Asked, filters: Filters, note: str) -> Outcome:
    """What moved so: a figure where one is asked for, else each posting."""
    heard = asked.said.by_rules or asked.intent
    summed = asked.has(_TOTALLED) and heard.measure is not Measure.LIST
    measure = Measure.SUM if summed else Measure.COUNT if heard.measure is Measure.COUNT else Measure.LIST
    over_time = asked.has(r"\b(?:by|per|each|every) (?:year|month|quarter)\b|\b(?:yearly|monthly)\b")
    groups = asked.intent.group_by if summed and over_time else ()
    plan = Plan(measure, filters, happened(asked), group_by=groups, reading=(note,))
    return ordered(plan, asked) if groups or measure is Measure.LIST else plan
