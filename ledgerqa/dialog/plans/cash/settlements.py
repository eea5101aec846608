"""Plans for how things were settled: when an invoice was paid, what a person sent.

Each of these asks for one side of an entry that the names alone do not give: the posting to the
receivables, or to the bank.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.intent.intents import asks_of_a_raise
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, accounts_said, as_of, happened, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.both_ways import both_ways
from ledgerqa.dialog.plans.cash.customers import by_customer, of_those
from ledgerqa.dialog.plans.cash.invoice_ages import AGED, with_ages
from ledgerqa.dialog.plans.cash.pay_rises import pay_rise
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import OWED
from ledgerqa.records import Filters, Grouping, Measure, Mention, Period, Plan, Refusal, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.records import Outcome

_PAID = r"\b(?:pa(?:y|ys|id|yment)|settled?|cleared?)\b"
_TO_ME = compiled(
    r"\b(?:transfer\w*|sen[dt]|wired?|g[ia]ven?|pa(?:y|id)|repa(?:y|id)) (?:(?!for\b)\w+ )?(?:back )?(?:to )?"
    r"(?:me|us)\b(?! (?:(?:any|more|most|less|the|much|so|so much) )*(?:work|jobs?|orders?|business|commissions?)\b)"
    r"|(?<!\bi )(?<!\bwe )\bpaid (?:\w+ )?back\b|\breimbursed? (?:me|us|by)\b"
)
_DEDUCTED = (
    r"(?<!\bafter )(?<!\bnet of )(?<!\bafter tax and )(?<!\bnet of tax and )\bdeductions?\b"
    r"|\b(?:employer|boss|company)\b.*\b(?:deduct(?:s|ed)?|withh[oe]ld|keep|kept|take|took) ?(?:back|off|out)?\b"
    r"|\b(?:deduct(?:s|ed)?|withheld) (?:by|from) (?:my |our |the )?(?:employer|boss|company|me|us)\b"
    r"|\b(?:deducted|withheld|stopped"
    r"|(?:taken|take|takes|came|come|comes|go|goes|went|docked|held) (?:off|out|back)(?: of)?)\b.*"
    r"\b(?:pay(?:checks?|cheques?|slips?)?|salar(?:y|ies)|wages?)\b"
)
_ADDED = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE})


def asks_of_deductions(text: str) -> bool:
    """Whether a question is for sure about what is kept back of pay."""
    folded = fold(text)
    return bool(re.search(_DEDUCTED, folded) and not re.search(r"\bworth\b", folded))


def settlement(asked: Asked) -> Outcome | None:
    """The plan for an invoice's payment or a person's transfer; None where none is asked for."""
    return (
        both_ways(asked)
        or _raised(asked)
        or _payment_of_invoice(asked)
        or open_invoices(asked)
        or _squared(asked)
        or _sent_by_person(asked)
        or _deductions(asked)
    )


def accounts_of_group(asked: Asked, root: Root, *groups: str, each_one: bool = False) -> tuple[str, ...]:
    """The accounts of a root of whose names below it some part stands in one of the synonym groups.

    Those inside others of them are left out unless `each_one` is wanted: filters take whole subtrees.
    """
    names = asked.names
    found = names.once(("accounts of", root, groups), lambda: _of_group(names, root, groups))
    return (
        found if each_one else tuple(name for name in found if not any(name.startswith(f"{other}:") for other in found))
    )


def _of_group(names: Vocabulary, root: Root, groups: tuple[str, ...]) -> tuple[str, ...]:
    words = lexicon()
    return tuple(
        account.name
        for account in names.accounts
        if account.root is root
        and any(
            set(groups) & (words.groups_of_name(part)[0] | words.groups_of_name(part)[1])
            for part in account.name.split(":")[1:]
        )
    )


_OWING = compiled(
    r":(?:Shared|Ow(?:e|ing)\w*|Arrears|Unpaid|Lent|Loaned|Borrowers?|Friends?|People|IOUs?|Members?\b|Receivables?|Payables?|Debtors|Creditors"
    r"|Claims?|Flatmates?|Roommates?|Housemates?|Mates?|Pals|Buddies|Out-?Of-?Pocket)"
    r"(?::|-|$)|:Member"
)
_LENT: Final = compiled(r"Assets:(?:.+:)?Loans?(?:-(?:To|Out|Given|Made))?:")


def people(asked: Asked, root: Root, *groups: str) -> tuple[str, ...]:
    """The accounts of what others owe (assets) or are owed (liabilities): receivables, clients, friends, tallies.

    `Liabilities:Hamish` is one of them where `Assets:Receivable:Hamish` is: nothing else says what it is for.
    """
    return asked.names.once(("people", root, groups), lambda: _people(asked, root, groups))


def _people(asked: Asked, root: Root, groups: tuple[str, ...]) -> tuple[str, ...]:
    owing = _owing(asked, root, *groups)
    other = Root.LIABILITIES if root is Root.ASSETS else Root.ASSETS
    called = {name.rpartition(":")[2] for name in _owing(asked, other)}
    leaves = asked.names.leaf_accounts((root,))
    return tuple(each.name for each in leaves if each.name in owing or _is_bare(each.name, called))


def _owing(asked: Asked, root: Root, *groups: str) -> frozenset[str]:
    """The accounts of a root whose names, or what is booked to them, say that they are of what is owed."""
    kinds = ("receivable", "clients") if root is Root.ASSETS else ("payable", "reimbursements")
    booked = asked.names.booked
    named = {*accounts_of_group(asked, root, *kinds, *groups, each_one=True), *booked.tallies(), *booked.awaited()}
    leaves = asked.names.leaf_accounts((root,))
    return frozenset(
        each.name for each in leaves if each.name in named or _OWING.search(each.name) or _LENT.match(each.name)
    )


def _is_bare(account: str, called: Collection[str]) -> bool:
    """Whether it stands right below its root and is called after one of these people."""
    _, *parts = account.split(":")
    return len(parts) == 1 and parts[0] in called


def _raised(asked: Asked) -> Plan | None:
    if not asks_of_a_raise(asked.said.text):
        return None
    return pay_rise(asked, accounts_of_group(asked, Root.INCOME, "salary", each_one=True))


_PAYMENTS: Final = frozenset({Measure.LIST, Measure.SUM, Measure.HOLDINGS, None})
_WHETHER: Final = r"^(?!.*\b(?:when|dates?|how long|what day)\b)"


def _is_open(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether something still stands on these accounts under the links."""
    ((still,),) = asked.names.index.query(
        "SELECT sum(number) <> 0 FROM postings WHERE account IN (SELECT unnest(?)) AND date <= ?"
        " AND entry_id IN (SELECT entry_id FROM links WHERE link IN (SELECT unnest(?)))",
        [list(accounts), asked.today, list(asked.scope.filters.links)],
    )
    return bool(still)


def _payment_of_invoice(asked: Asked) -> Plan | None:
    """As in "When did X pay invoice 7": what went off the receivables under the invoice's link."""
    filters = asked.scope.filters
    if not filters.links or not asked.has(_PAID) or asked.intent.measure not in _PAYMENTS:
        return None
    due = people(asked, Root.ASSETS)
    owed = accounts_of_group(asked, Root.LIABILITIES, "payable", each_one=True)
    moved: tuple[tuple[tuple[str, ...], Literal[-1, 1]], ...] = ((due, -1), (owed, 1))
    for accounts, sign in moved:
        touched = _touched(asked, Filters(accounts=accounts, links=filters.links, sign=sign))
        if touched and not (sign < 0 and asked.has(_WHETHER) and _is_open(asked, touched)):
            kept = Filters(accounts=touched, links=filters.links, sign=sign)
            return Plan(Measure.LIST, kept, happened(asked), reading=asked.scope.reading)
    if owing := _touched(asked, Filters(accounts=due, links=filters.links, sign=1)):
        come_in = _touched(asked, Filters(accounts=due, links=filters.links, sign=-1))
        note = f"{'only a part' if come_in else 'nothing'} has come in for it: what is still to be paid"
        return Plan(
            Measure.BALANCE,
            Filters(accounts=owing, links=filters.links),
            as_of(asked),
            reading=(*asked.scope.reading, note),
        )
    return None


_OPEN = (
    r"(?:\b|(?=n.?t ))(?:open|unpaid|outstanding|overdue|unsettled|pending|owed|due"
    r"|not (?:yet )?(?:been )?(?:paid|settled)"
    r"|n.?t (?:yet )?(?:been )?(?:paid|settled)(?: yet)?|(?:billed|invoiced) but (?:not|un)[ -]?(?:yet )?(?:been )?"
    r"(?:paid|received|collected|settled))\b"
)
_INVOICES = r"\b(?:invoices?|bills|claims|(?:billed|invoiced) but)\b"
_BARE = (
    r"(?:(?:suppliers?|vendors?|creditors?|open|unpaid|our|the) )*(?:invoices?|bills?|suppliers?|vendors?|creditors?)"
)
_BILLS = r"\b(?:invoices?|bills?)\b"
_CUSTOMERS = r"\b(?:clients?|customers?|of ours|(?:sent|issued|wrote|raised|billed)\b(?! by))\b"
_EACH = r"\b(?:each|every|apiece|individually|one by one|itemi[sz]ed|per (?:invoice|bill))\b"


def left_to_pay(asked: Asked) -> bool:
    """As in "which supplier invoices have we not paid": what suppliers still wait for, and no customer of ours."""
    words, text = cues("cues"), asked.said.folded
    if not asked.has(_BILLS) or asked.has(_CUSTOMERS) or not _are_suppliers(asked):
        return False
    return words.found("unpaid_by_us", text) or (words.found("of_suppliers", text) and asked.has(_OPEN))


def _are_suppliers(asked: Asked) -> bool:
    """Whether all that is named is owed something at times: of "the phone bill" what was spent is told."""
    filters = asked.scope.filters
    bare = [each for each in asked.said.phrases if re.fullmatch(_BARE, fold(each.words))]  # an account may be called so
    aside = {name for each in bare for option in each.options if option.kind == "account" for name in option.values}
    accounts = [name for name in filters.accounts if name not in aside]
    mentions = tuple(each for each in filters.mentions if not re.fullmatch(_BARE, fold(each.words)))
    if filters.tags or any(asked.names.by_name[name].root is not Root.LIABILITIES for name in accounts):
        return False
    if not all(each.payees for each in mentions):
        return False
    return not mentions or bool(of_those(asked, mentions, people(asked, Root.LIABILITIES)))


def open_invoices(asked: Asked) -> Plan | Refusal | None:
    """As in "which invoices are still open": what stands on receivables (bills: on payables) under each link."""
    by_us = left_to_pay(asked)
    if not (by_us or ((asked.has(_OPEN) or asked.has(AGED)) and asked.has(_INVOICES))) or asked.scope.filters.links:
        return None
    if (
        not (by_us or asked.has(AGED))
        and asked.has(r"\binvoice\b")
        and not asked.has(r"\b(?:which|what|any|oldest|newest|latest|biggest|largest)\b")
    ):
        return None  # "when is the invoice due"
    named = accounts_said(asked)
    bills = asked.has(r"\bbills\b") and not asked.has(_CUSTOMERS)
    ours = by_us or bills or any(asked.names.by_name[name].root is Root.LIABILITIES for name in named)
    accounts = people(asked, Root.LIABILITIES if ours else Root.ASSETS)
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account FROM postings p JOIN links l ON l.entry_id = p.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) ORDER BY 1",
        [list(accounts)],
    )
    linked = tuple(row[0] for row in rows)
    linked = tuple(name for name in linked if name in named) or linked
    if not linked:
        return _unlinked_bills(asked, accounts) if by_us else None
    mentions = asked.scope.filters.mentions
    filters = Filters(accounts=linked, mentions=mentions if any(each.payees for each in mentions) else ())
    filters = replace(filters, links=_still_owed(asked, linked) if ours else ())
    note = f"open = what still stands on {', '.join(linked)} under its link"
    summed = asked.has(r"\b(?:how much|total|sum|value|amount|altogether)\b") and not asked.has(_EACH)
    groups: tuple[Grouping, ...] = () if summed else (Grouping.LINK,)
    if not summed and cues("cues").found("by_customer", asked.said.folded):
        groups = by_customer(asked, linked, groups)
    return with_ages(asked, Plan(Measure.BALANCE, filters, as_of(asked), group_by=groups, reading=(note,)))


def _unlinked_bills(asked: Asked, accounts: tuple[str, ...]) -> Plan | Refusal:
    """What is owed to suppliers, where no links tell which invoice is which; a refusal where none is booked so."""
    if accounts:
        groups = (Grouping.ACCOUNT,)
        return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), group_by=groups)
    sentence = "This ledger has no account of what is owed to suppliers: bills are booked when they are paid."
    return Refusal(sentence, ("What do I owe?",))


def _still_owed(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """The links under which something is owed, where others were paid too much; else none: all are shown."""
    rows = asked.names.index.query(
        "SELECT l.link, sum(p.number) FROM postings p LEFT JOIN links l ON l.entry_id = p.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.date < coalesce(?, p.date + 1)"
        " GROUP BY l.link, p.currency HAVING sum(p.number) <> 0 ORDER BY 1",
        [list(accounts), as_of(asked).end],
    )
    told_apart = all(link for link, _ in rows) and any(total > 0 for _, total in rows)
    return tuple(dict.fromkeys(link for link, total in rows if total < 0)) if told_apart else ()


def _deductions(asked: Asked) -> Plan | None:
    """As in "what was deducted from my pay": the expenses of the entries that book the pay, each account by itself."""
    if not asks_of_deductions(asked.said.text) or asked.scope.filters.mentions:
        return None
    pay = accounts_of_group(asked, Root.INCOME, "salary", "bonus", "thirteenth_salary", each_one=True)
    rows = asked.names.index.query(
        "SELECT DISTINCT i.account FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        " WHERE i.account IN (SELECT unnest(?)) AND o.root = 'expenses' ORDER BY 1",
        [list(pay)],
    )
    if not rows:
        return None
    named = [
        name for name in asked.scope.filters.accounts if asked.names.by_name[name].root is Root.EXPENSES
    ]  # "tax withheld from my pay"
    filters = Filters(
        roots=() if named else (Root.EXPENSES,), accounts=tuple(named), alongside=tuple(row[0] for row in rows)
    )
    groups = asked.intent.group_by or (() if named else (Grouping.ACCOUNT,))
    note = "deductions = the expenses in the entries that book pay"
    plan = Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=(note,))
    currency = spoken_currency(asked)
    return ordered(in_currency(plan, currency, asked) if currency else plan, asked)


def _touched(asked: Asked, filters: Filters) -> tuple[str, ...]:
    """Those of the accounts that have such postings."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?)) AND number * ? > 0"
        " AND entry_id IN (SELECT entry_id FROM links WHERE link IN (SELECT unnest(?))) ORDER BY 1",
        [list(filters.accounts), filters.sign, list(filters.links)],
    )
    return tuple(row[0] for row in rows)


_SQUARED = compiled(
    r"^(?:so |and |but )?(?:has|have|did|is|are|does|do)\b"
    r"(?!.*\b(?:how much|when|what|dates?|(?:final|last|latest) (?:re)?payment)\b).*"
    r"\b(?:pa(?:y|id) (?:\w+ )?(?:back|everything|in full|up|all|off)|repa(?:y|id)|reimburs\w+"
    r"|settled?|square|even|quits)\b"
)


_STILL_OUT = compiled(
    r"\b(?:has ?n.?t|have ?n.?t|did ?n.?t|not yet|yet to|still (?:has|have|needs?|missing) to|still missing to)"
    r" (?:yet )?(?:pa(?:id|y)|repa(?:id|y)|give[n]?|reimburse[d]?)(?: me| us)?(?: back)?\b"
)


# "Is the mortgage paid off": of a loan or a card, and not what was paid at some time.
_DEBT_IS_GONE = (
    r"^(?:so |and |but )?(?:(?:is|are) .*|(?:has|have) .* been )\b(?:(?:paid|cleared|settled)(?: (?:off|in full|up))?)"
    r"(?: (?:yet|now|already|completely|entirely))*\W*$"
)
# "Have we reimbursed Y", "has Y been paid back": what we owe.
_BY_US = (
    r"^(?:so |and |but )?(?:have|did|do) (?:i|we)\b"
    r"|^(?:so |and |but )?(?:has|have|was|were|is|did) .*\b(?:been|get|got|was|were)"
    r" (?:\w+ )?(?:paid|repaid|reimbursed|refunded)\b"
)


# "Has Orford paid", "did the Abels pay for the trip": of whom an invoice stands until it is paid.
_HAVE_PAID: Final = compiled(
    r"^(?:so |and |but )?(?:has|have|did) (?!i\b|we\b|any|every|who|all\b)(?:[\w'.&-]+ ){1,5}?(?:\w+ )?pa(?:id|y)"
    r"(?: (?:us|me|yet|now|already|up|for (?:[\w'-]+ ?){1,4}|(?:their|his|her|its|the) (?:[\w'-]+ ?){1,3}))*\W*$"
)


def is_whether_square(folded: str) -> bool:
    """Whether a yes or no is asked for: has somebody paid back all that was owed."""
    return bool(_SQUARED.search(folded))


def _squared(asked: Asked) -> Plan | None:
    """As in "has X paid everything back", "have we reimbursed Y": what still stands between us."""
    gone = asked.has(_DEBT_IS_GONE)
    if left := paid_what_was_billed(asked):
        return left
    whether = gone or is_whether_square(asked.said.folded)
    if not whether and not _STILL_OUT.search(asked.said.folded):
        return None
    ours = bool(re.search(_BY_US, asked.said.folded))
    sides = (Root.LIABILITIES, Root.ASSETS) if ours else (Root.ASSETS, Root.LIABILITIES)
    for phrase in asked.said.phrases:
        names = [name for each in phrase.options if each.kind == "account" for name in each.values]
        for root in sides:
            owing = tuple(dict.fromkeys(name for name in people(asked, root) if name in names))
            if owing and phrase.best.kind in {"account", "payee"}:
                return _standing_on(asked, Filters(accounts=owing), whether=whether)
        named = (Mention(phrase.words, payees=phrase.best.values),) if phrase.best.kind == "payee" else ()
        billed = (of_those(asked, named, people(asked, root)) for root in sides) if named else ()
        if owing := next((each for each in billed if each), ()):  # "has Orford paid up"
            return _standing_on(asked, Filters(accounts=owing, mentions=named), whether=whether)
        debts = of_roots(asked.names, phrase.best.values, (Root.LIABILITIES,)) if gone else ()
        if debts and not asked.said.periods:
            return Plan(Measure.BALANCE, Filters(accounts=debts), as_of(asked), key=OWED)
    return None


def _standing_on(asked: Asked, filters: Filters, *, whether: bool) -> Plan:
    """What still stands there; a row each of "which schools have not paid"."""
    each = by_customer(asked, filters.accounts, ()) if asked.has(r"^(?:and |so )?(?:which|who)\b") else ()
    return Plan(Measure.BALANCE, filters, as_of(asked), group_by=each, key=OWED if whether else None)


def paid_what_was_billed(asked: Asked) -> Plan | None:
    """As in "has Orford paid", where what is billed stands on an account until then: what is left of it there."""
    if not _HAVE_PAID.search(asked.said.folded) or asked.said.periods or asked.scope.filters.links:
        return None
    awaited = tuple(sorted({*asked.names.booked.awaited(), *people(asked, Root.ASSETS)}))
    for phrase in asked.said.phrases:
        if payee := phrase.of_kind("payee"):
            named = (Mention(phrase.words, payees=payee.values),)
            theirs = {name for each in phrase.options if each.kind == "account" for name in each.values}
            if own := tuple(name for name in awaited if name in theirs):
                return Plan(Measure.BALANCE, Filters(accounts=own), as_of(asked), key=OWED)
            if owing := of_those(asked, named, awaited):
                return Plan(Measure.BALANCE, Filters(accounts=owing, mentions=named), as_of(asked), key=OWED)
    return None


OF_PAY = r"\bbefore (?:any |the |all )?(?:tax(?:es)?|deductions)\b|\bgross\b"  # which is more than what arrived
_BACK = r"\bback\b|\breimburse\w*"


def _touching(asked: Asked, phrase: Phrase, payee: Link) -> dict[Root, int]:
    return asked.names.booked.roots_touched(Filters(mentions=(Mention(phrase.words, payees=payee.values),)))


def earned_of(asked: Asked, person: Phrase) -> bool:
    """As in "how much interest has X paid me": what X brings in, on an account that another word names the kind of."""
    options = [each for phrase in asked.said.phrases if phrase is not person for each in phrase.options]
    kinds = {name for each in options if each.kind == "account" for name in each.values}
    theirs = {name for each in person.options if each.kind == "account" for name in each.values}
    earned = of_roots(asked.names, theirs, (Root.INCOME,))
    return any(name.startswith(f"{kind}:") for name in earned for kind in kinds)


def arrived_from(asked: Asked, payees: Sequence[str], owing: Sequence[str]) -> bool:
    """Whether any money came in under a person's own name: banks may write another, that of a transfer."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings WHERE root = 'assets' AND number > 0 AND payee IN (SELECT unnest(?))"
        " AND account NOT IN (SELECT unnest(?)) LIMIT 1",
        [list(payees), list(owing)],
    )
    return bool(rows)


def _sent_by_person(asked: Asked) -> Plan | None:
    """As in "what did X transfer to me": what came to assets under that payee, not what X owes."""
    if not _TO_ME.search(asked.said.folded) or asked.intent.measure not in {*_ADDED, None}:
        return None
    if asked.has(OF_PAY):
        return None
    owing = {*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES)}
    if asked.intent.compare and len(asked.scope.subjects) > 1:
        return _sent_by_each(asked, owing)
    for phrase in asked.said.phrases:
        payee = phrase.of_kind("payee")
        own = [name for each in phrase.options if each.kind == "account" for name in each.values if name in owing]
        if own and earned_of(asked, phrase):
            return None
        if own and asked.has(_BACK) and (not payee or Root.INCOME in _touching(asked, phrase, payee)):
            # an employer pays wages too: what was paid back went off what it owed
            measure = asked.intent.measure or Measure.SUM
            note = f"what went off {', '.join(own)}"
            owed = all(asked.names.by_name[name].root is Root.LIABILITIES for name in own)
            filters = Filters(accounts=tuple(own), sign=1 if owed else -1)
            plan = Plan(measure, filters, happened(asked), reading=(note,))
            return ordered(replace(plan, group_by=asked.intent.group_by), asked)
        if payee and own:
            filters = Filters(roots=(Root.ASSETS,), exclude_accounts=tuple(own), sign=1)
            if arrived_from(asked, payee.values, own):
                filters = replace(filters, mentions=(Mention(phrase.words, payees=payee.values),))
                note = f"what came from {', '.join(payee.values[:3])}"
            else:
                others = tuple(sorted(owing - set(own)))
                filters = replace(filters, exclude_accounts=(*own, *others), alongside=tuple(own))
                note = f"what came in of what stood on {', '.join(own)}"
            measure = asked.intent.measure or Measure.SUM
            plan = Plan(measure, filters, happened(asked), group_by=asked.intent.group_by, reading=(note,))
            return ordered(plan, asked)
    return None


def _sent_by_each(asked: Asked, owing: set[str]) -> Plan | None:
    """As in "who paid me more, X or Y": what came in under each name; None where that is not known of all of them."""
    sides: list[Variant] = []
    for phrase in asked.said.phrases:
        payee = phrase.of_kind("payee")
        own = tuple(name for each in phrase.options for name in each.values if each.kind == "account" and name in owing)
        if not payee or not own or not arrived_from(asked, payee.values, own):
            return None
        named = (Mention(phrase.words, payees=payee.values),)
        kept = Filters(roots=(Root.ASSETS,), exclude_accounts=own, mentions=named, sign=1)
        sides.append(Variant(phrase.words, kept, Period()))
    note = f"what came from {' and from '.join(each.label for each in sides)}"
    whole = Filters(roots=(Root.ASSETS,), sign=1)
    return Plan(asked.intent.measure or Measure.SUM, whole, happened(asked), compare=tuple(sides), reading=(note,))
