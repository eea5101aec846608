"""Money that is said to have gone one way where it only ever went the other: "how much did Mum send me"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_CAME_IN: Final = (
    r"\b(?:receiv\w+|earn\w*)\b.*\bfrom\b"
    r"|\b(?:c[ao]me|comes|coming) (?:in )?from\b|\bincome from\b"
    r"|\bhow much\b.*\b(?:did|do|have) (?:i|we) (?:\w+ )?(?:receive|earn)(?:e?d)?\b"
    r"|^(?:(?:the|all|any|total) )*[a-z][a-z' -]{1,24} (?:that )?(?:(?:i|we) )?received\b"
    r"|\bg[eo]t(?:ting)? (?:any )?(?:money|cash|paid) (?:from|by)\b|\bpaid by\b.* to (?:me|us)\b"
    r"|\b(?:sent|sends|gives|gave|given|pays|paid|wired|transferred) (?:me|us)\b"
    r"|\b(?:did|do|have|has) (?:i|we) (?:get|got|make|made|receive|received) for (?:the|my|our|that)\b"
    r"|\b(?:did|does|do|has|have) (?:[\w'&.-]+ ){1,4}?(?:bring|brought) in\b"
    r"|\b(?:did|does|do) (?:[\w'&.-]+ ){1,4}?(?:send|give|pay|wire|transfer) (?:me|us)\b"
    r"|\brents? (?:do|did|have) (?:i|we) (?:get|got|receive|received|take|collect)\b|\brents? (?:comes?|came) in\b"
)
_WENT_OUT: Final = (
    r"^(?:so |and )?where\b|\b(?:goods|deliver\w*|orders?|parcels?)\b"
    r"|\b(?:spen[dt]|spending|costs?|bought|buy|expenses?|bills?|fees?|refund\w*|back|owe[sd]?"
    r"|(?:i|we) (?:\w+ )?(?:pay|paid|give|gave|sen[dt]))\b"
)
# "What tax do we pay", and not "when did we get paid", "was I paid", "what did they pay us", "what do I pay myself".
_PAID: Final = (
    r"(?<!\bwas )(?<!\bwere )(?<!\bam )(?<!\bare )\b"
    r"(?:(?:i|we) (?:\w+ )?(?:pay|paid|spen[dt])|(?:i|we)'ve (?:paid|spent))\b(?! (?:in(?:to)?|back|myself)\b)"
)
_NOT_PAID: Final = (
    r"\b(?:receiv\w*|earn\w*|income|g[eo]t|made|make|back|me|us|refund\w*|less|minus|net|gross|salary|wages?|pay"
    r"(?:check|slip|roll)s?|by|dividends?|interest|invoic\w*)\b"
)
_NEVER_CAME: Final = ("No money came in from {}: what is booked there was spent.", "How much did I spend on {}?")
_NEVER_PAID: Final = ("Nothing was paid for {}: what is booked there came in.", "How much did I receive from {}?")
_REPAID: Final = (
    r"\b(?:i|we) (?:\w+ )?(?:(?:pay|paid|give|gave) (?!(?:me|us|in|it|off)\b)[\w'&. -]{1,40}? back|repay|repaid)\b"
)
_BORROWED: Final = (
    r"\b(?:lend|lent|loan|loaned)(?: (?:me|us)|.* to (?:me|us))\b|\b(?:i|we) (?:\w+ )?borrow(?:ed)?\b.* (?:from|off)\b"
)
_LENT: Final = compiled(r"\b(?:back|repa\w+|len[td]|loan\w*|ow(?:e|es|ed|ing)|borrow\w*|debt|advance\w*)\b")
_SUMMED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})


def never_moved(plan: Plan, asked: Asked) -> Plan | Refusal | None:
    """Why there is no figure where what is named only earns or only spends, or what came back of it.

    None where it goes the way that the question says, or none is said.
    """
    if plan.measure not in _SUMMED or plan.compare or not (plan.filters.mentions or plan.filters.accounts):
        return None
    if asked.has(_CAME_IN) and not asked.has(_WENT_OUT) and _is_only(Root.EXPENSES, plan.filters, asked):
        if asked.names.booked.came_back(plan.filters):
            note = "what came back: all else under that name was spent"
            return replace(plan, filters=replace(plan.filters, sign=-1), reading=(*plan.reading, note))
        return _refused(plan, *_NEVER_CAME)
    if asked.has(_PAID) and not asked.has(_NOT_PAID) and _is_only(Root.INCOME, plan.filters, asked):
        return _refused(plan, *_NEVER_PAID)
    return None


def never_lent(plan: Plan, asked: Asked) -> Refusal | None:
    """Why nothing can be told of what was lent by, or paid back to, somebody from whom nothing was ever borrowed.

    None where an entry of theirs is booked to a debt or says so itself, or where they are no one's payee.
    """
    payees = tuple(name for each in plan.filters.mentions for name in each.payees)
    to_them = asked.has(_REPAID)
    if plan.measure not in _SUMMED or plan.compare or not payees or not (to_them or asked.has(_BORROWED)):
        return None
    if any(each.narrations for each in plan.filters.mentions):
        return None
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account, p.narration FROM postings p WHERE p.entry_id IN"
        " (SELECT entry_id FROM postings WHERE payee IN (SELECT unnest(?)))",
        [list(payees)],
    )
    owing = people(asked, Root.ASSETS)
    cards = accounts_of_group(asked, Root.LIABILITIES, "credit_card", each_one=True)
    debts = [name for name, _ in rows if name not in cards and asked.names.by_name[name].root is Root.LIABILITIES]
    between = any(name in owing for name, _ in rows)
    if debts or (to_them and between) or any(_LENT.search(fold(says or "")) for _, says in rows):
        return None
    name = ", ".join(payees[:3])
    sentence = f"Nothing is booked as borrowed from {name}: no entry with that name is booked to a debt or says so."
    return Refusal(sentence, (f"List the entries with {payees[0]}",))


def _refused(plan: Plan, sentence: str, offered: str) -> Refusal:
    mentioned = [f"“{each.words}”" for each in plan.filters.mentions]
    names = " and ".join(mentioned or plan.filters.accounts)
    one = plan.filters.mentions[0].words if mentioned else plan.filters.accounts[0]
    return Refusal(sentence.format(names), (offered.format(one),))


def _is_only(root: Root, filters: Filters, asked: Asked) -> bool:
    """Whether all that bears the names, tags and accounts is of this root, beside assets and debts."""
    if filters.accounts:
        return all(asked.names.by_name[name].root is root for name in filters.accounts)
    other = Root.INCOME if root is Root.EXPENSES else Root.EXPENSES
    touched = asked.names.booked.roots_touched(filters)
    return filters.roots == (root,) and root in touched and other not in touched


_OPEN_INVOICES: Final = (
    r"\b(?:open|unpaid|outstanding|overdue|unsettled|pending) (?:\w+ )?(?:invoices|bills)\b"
    r"|\b(?:invoices|bills)\b.*\b(?:open|unpaid|outstanding|overdue|unsettled|pending"
    r"|(?:not|n.?t|never)(?: yet)?(?: been)? (?:paid|settled))\b"
)


def never_billed(plan: Plan, asked: Asked) -> Refusal | None:
    """Why nothing is told of "unpaid invoices", where what is billed is on no account: all there is is no answer."""
    narrowed = replace(plan.filters, roots=(), outgoing=False, sign=0) != Filters()
    everything = plan.measure in {Measure.LIST, Measure.BALANCE, Measure.ACCOUNTS} and not (narrowed or plan.key)
    if not everything or not asked.has(_OPEN_INVOICES):
        return None
    sentence = "The ledger does not say: no account in it is of invoices that wait to be paid."
    return Refusal(sentence, ("Who owes me money?", "What do I owe?"))
