"""Invoices: past their due day, paid in several pieces, given up as lost, and the money that came for one of them.

What belongs together is told by links; the day that one is due stands under a metadata key.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import name_stems, squash
from ledgerqa.dialog.linking.metadata_keys import key_words
from ledgerqa.dialog.plans.asked import (
    PERIOD_UNITS,
    Asked,
    accounts_said,
    as_of,
    bounded,
    happened,
    one_period,
    ordered,
)
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.due_days import due_keys, open_bills, told
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, left_to_pay, open_invoices, people
from ledgerqa.records import Filters, Grouping, Measure, MetadataFilter, Order, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Outcome

# "What do we still have to pay": all that is owed, whoever to.
_ALL_TO_PAY: Final = (
    r"^(?:(?:so|and|ok|now),? )*(?:what|how much)(?:'s| is| are|)(?: money| all)? (?:(?:do|have|are|am) )?"
    r"(?:(?:i|we)(?:'ve)? )?"
    r"(?:(?:still|yet|got|need|have|left|there|now) )*to (?:pay|be paid)"
    r"(?: (?:now|in all|in total|altogether|out|off|to)"
    r"| (?:to )?(?:people|any(?:one|body)|every(?:one|body)|others))*[ ?.!]*$"
)
_PAID: Final = r"\b(?:pa(?:y|ys|id|yment)|settled?|cleared?)\b"
_UNPAID: Final = (
    r"\b(?:oldest|biggest|largest) (?:open|unpaid|outstanding) invoices?\b|\b(?:billed|invoiced) but (?:not|un)"
)
_CALLED: Final = r"\b(?:invoices?|bills?|fra|facturas?|factures?|rechnung(?:en)?|nr|no|number)\b|\d[/-]\d"
_HOW_MUCH: Final = r"\b(?:how much|total|sum|altogether)\b"
_EACH_ONE: Final = r"\b(?:when|dates?)\b"
_ONE_INVOICE: Final = r"\binvoices?\b"
_WHOM: Final = r"\b(?:(?:do|did|have|had) (?:i|we)|(?:i|we)'?ve) (?:\w+ )?(?:invoiced?|bill(?:ed)?)\b"
_COUNTED: Final = r"\bhow many invoices\b"
_LISTED: Final = r"\binvoices\b"
_NONE_SENT: Final = (
    r"\b(?P<stretch>month|week|quarter|year)s?\b.*\b(?:without|with no|no|had no|not|never|n['’]?t|zero)\b"
    r"(?: (?:an?|any|one|single|new|i|we|sen[dt]|issued?|wr[io]te|written|raised?|billed?|made?|make))* invoices?\b"
)
_WHEN_PAID: Final = (
    r"^(?:and |so )?(?:when|(?:on )?(?:what|which) (?:day|date)) (?:did|has|have)\b.*"
    r"\bpa(?:y|id) (?:me|us|(?:an?|the|their|his|her|its|our|my)(?: last| latest)? (?:invoices?|bills?))\b"
    r"|\b(?:last|latest|most recent|newest|first) (?:payment|transfer|cheque|check)s? (?:\w+ )?from\b"
)
_STATUS: Final = r"\bstatus\b|^(?:and |so )?how(?:['’]?s| is| are)\b|\bwhere (?:do (?:we|i)|does it|are we) stand\b"
_ITS_MONEY: Final = (
    r"^(?:and |so )?(?:how much|what)\b(?!.*\b(?:left|still|open|unpaid|n['’]?t|not)\b)"
    r".*\b(?:c[ao]me in|received?|(?:been|was|they) paid|pa(?:y|id) (?:us|me)|got)\b"
)
_ITS_SIZE: Final = (
    r"^(?:and |so )?(?:how (?:much|big|large) (?:was|is|were)|what (?:was|is) the (?:amount|total|sum) (?:of|on)"
    r"|amount of|total of|total on)\b(?!.*\b(?:left|still|open|unpaid|outstanding|paid|owed|due)\b)"
)
_SINCE_PAID: Final = (
    r"^(?:and |so )?(?:it(?:['’]?s| is| has been) )?how long(?: ago| since|['’]?s it| is it| has it| have| was it)\b"
    r".*(?:\bpa(?:y|id)\b|\bpayments? from\b)"
)
_SIZE: Final = r"\binvoices? (?:sizes?|amounts?|values?)\b|\b(?:average|avg|mean|typical|median) invoices?\b"
_SETTLED: Final = r"\b(?:paid|unpaid|settled|open|outstanding|overdue|due|owe[ds]?|owing|late|days)\b"
_WHOSE: Final = r"\b(?:who|whose|which|whom|when)\b"
_ADDED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})
_FEW: Final = 4  # accounts that a note names
_SHORTEST_NUMBER: Final = 4  # letters and digits of an invoice's number that a link ends with


def invoices(asked: Asked) -> Outcome | None:
    """The plan for what became of invoices; None where nothing of the kind is asked for."""
    words, text = cues("cues"), asked.said.folded
    if not asked.said.phrases and asked.has(_ALL_TO_PAY):
        groups = () if asked.has(_HOW_MUCH) else (Grouping.ACCOUNT,)
        return Plan(Measure.BALANCE, Filters(roots=(Root.LIABILITIES,)), as_of(asked), group_by=groups)
    if words.found("past_due", text):
        return _past_due(asked)
    if (asked.has(_UNPAID) or left_to_pay(asked)) and (still_open := open_invoices(asked)):
        return still_open
    if words.found("in_pieces", text):
        return _in_pieces(asked)
    if words.found("written_off", text):
        return _written_off(asked)
    if _are_issued(asked) and (sent := _sent(asked)):
        return sent
    if paid := _customers_payment(asked) or _left_of(asked) or _of_one(asked):
        return paid
    by_link = asked.scope.filters.links and asked.has(_PAID)  # `settlements` knows both sides of it
    if words.found("money_came", text) and not by_link and (links := _numbered(asked)):
        return _money_for(asked, links, "what came in for")
    return None


def _past_due(asked: Asked) -> Plan | Refusal | None:
    """As in "invoices past their due date and not paid": what stands under each link whose day of payment is over."""
    side = Root.LIABILITIES if left_to_pay(asked) else Root.ASSETS
    due = _named_ones(asked, people(asked, side))
    keys = due_keys(asked)
    rows = asked.names.index.query(
        "SELECT l.link FROM links l JOIN postings p ON p.entry_id = l.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.date <= ? AND l.link IN"
        " (SELECT o.link FROM links o JOIN metadata m ON m.entry_id = o.entry_id"
        "  WHERE m.key IN (SELECT unnest(?)) AND TRY_CAST(m.value AS DATE) < ?)"
        " GROUP BY l.link, p.currency HAVING sum(p.number) < 0 OR (sum(p.number) > 0 AND ?) ORDER BY 1",
        [list(due), asked.today, keys, asked.today, side is Root.ASSETS],
    )
    links = tuple(dict.fromkeys(row[0] for row in rows))
    if not links:
        keyed = side is Root.LIABILITIES and any(_bear(asked, due, key) for key in keys)
        return Refusal("No invoice of a supplier that is still open is past its due day.") if keyed else None
    accounts = _of_links(asked, due, links)
    period = replace(as_of(asked), start=None)
    note = f"past due = {', '.join(keys)} before {asked.today.isoformat()}, and still open under its link"
    filters = Filters(accounts=accounts, links=links)
    groups = () if asked.has(r"\bhow much\b|\btotal\b|\bsum\b") else (Grouping.LINK,)
    late = [each for each in open_bills(asked, (side,)) if each.link in links] if groups else []
    return Plan(Measure.BALANCE, filters, period, group_by=groups, reading=(note, *told(late)))


def _bear(asked: Asked, accounts: tuple[str, ...], key: str) -> bool:
    """Whether entries on these accounts have something under the key."""
    return asked.names.booked.bears(key, Filters(accounts=accounts))


def _in_pieces(asked: Asked) -> Outcome | None:
    """As in "they paid one invoice in two pieces": the payments under links that several of them bear."""
    due = _named_ones(asked, people(asked, Root.ASSETS))
    payees = [name for each in asked.scope.filters.mentions for name in each.payees]
    period = one_period(asked)
    rows = asked.names.index.query(
        "SELECT l.link FROM links l JOIN postings p ON p.entry_id = l.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.number < 0"
        " AND (len(?::VARCHAR[]) = 0 OR p.payee IN (SELECT unnest(?::VARCHAR[])))"
        " GROUP BY 1 HAVING count(DISTINCT p.entry_id) > 1 AND bool_or(p.date >= coalesce(?, p.date)"
        " AND p.date < coalesce(?, p.date + 1)) ORDER BY 1",
        [list(due), payees, payees, period.start, period.end],
    )
    links = tuple(row[0] for row in rows)
    return replace(_money_for(asked, links, "paid in several pieces:"), period=period) if links else None


def _sent(asked: Asked) -> Plan | None:
    """As in "how many invoices did I send": the entries that put something on receivables, numbered if any is."""
    due = _billed(asked, _named_ones(asked, people(asked, Root.ASSETS, "clients")))
    keys = [key for key in asked.names.keys if "invoice" in key_words(" ".join(name_stems(key))).called]
    rows = asked.names.index.query(
        "SELECT DISTINCT m.key FROM metadata m JOIN postings p ON p.entry_id = m.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.number > 0 AND m.key IN (SELECT unnest(?)) ORDER BY 1",
        [list(due), keys],
    )
    if not due:
        return _numbered_income(asked, keys)
    numbered = tuple(MetadataFilter(row[0]) for row in rows[:1])
    named = asked.scope.filters
    mentions, left = (tuple(each for each in some if each.payees) for some in (named.mentions, named.exclude_mentions))
    if mentions and not of_those(asked, mentions, due):
        return None  # of a supplier's invoices nothing stands on receivables
    filters = Filters(
        accounts=due, metadata=numbered, tags=named.tags, mentions=mentions, exclude_mentions=left, sign=1
    )
    note = f"invoices = what is put on {', '.join(due[:4])}{' and others' if len(due) > _FEW else ''}"
    if none := re.search(_NONE_SENT, asked.said.folded):
        stretch = Grouping(none["stretch"])
        return Plan(Measure.GAPS, filters, one_period(asked), group_by=(stretch,), reading=(note,))
    intent, summed = asked.intent, asked.has(_HOW_MUCH)
    measure = intent.measure if intent.measure in _ADDED else Measure.SUM if summed else Measure.LIST
    if asked.has(_EACH_ONE) or (measure is Measure.SUM and not (intent.group_by or summed)):
        measure = Measure.LIST
    groups, per = intent.group_by if measure is not Measure.LIST else (), intent.per or "booking"
    if measure is Measure.AVERAGE and per != "booking" and asked.has(_SIZE):
        groups, per = (*groups, PERIOD_UNITS[per]), "booking"  # "average invoice size per quarter": each quarter's
    plan = Plan(measure, bounded(filters, asked), happened(asked), group_by=groups, per=per, reading=(note,))
    return ordered(plan, asked)


def _numbered_income(asked: Asked, keys: Sequence[str]) -> Plan | None:
    """The same in books that put nothing on receivables: what came in under an invoice's number."""
    named = replace(asked.scope.filters, roots=(Root.INCOME,))
    if named.mentions and Root.INCOME not in asked.names.booked.roots_touched(named):
        return None  # of a supplier's invoices none is income
    key = next((each for each in keys if asked.names.booked.bears(each, named)), None)
    if key is None or asked.intent.measure not in {*_ADDED, None}:
        return None
    filters = bounded(replace(named, metadata=(MetadataFilter(key),)), asked)
    measure = asked.intent.measure or Measure.LIST
    return ordered(Plan(measure, filters, happened(asked), group_by=asked.intent.group_by), asked)


def _billed(asked: Asked, accounts: tuple[str, ...], *, sure: bool = False) -> tuple[str, ...]:
    """Those of the accounts that income is put on; all where it is on none, unless they are to be `sure`.

    A flatmate's half is no invoice.
    """
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account FROM postings p JOIN postings i ON i.entry_id = p.entry_id"
        " WHERE p.account IN (SELECT unnest(?)) AND p.number > 0 AND i.root = 'income' ORDER BY 1",
        [list(accounts)],
    )
    return tuple(row[0] for row in rows) or (() if sure else accounts)


def _are_issued(asked: Asked) -> bool:
    """Whether the question is of invoices that went out, as they were written: their number, their size, with VAT.

    What they come to without VAT is income, and what suppliers send is no such invoice.
    """
    words, text = cues("cues"), asked.said.folded
    if words.found("invoices_sent", text) or asked.has(_NONE_SENT):
        return True
    if asked.said.vat == "net" or not words.found("invoices_issued", text) or asked.has(_SETTLED):
        return False
    intent = asked.intent
    by_size = intent.measure in {Measure.COUNT, Measure.AVERAGE} or bool(asked.said.bounds.spans)
    ranked = intent.order is not None and (asked.has(_ONE_INVOICE) or asked.has(_WHOM))
    listed = intent.measure is Measure.LIST and asked.has(_LISTED)
    counted = asked.has(_COUNTED)  # and then added up: "what did they come to?"
    return by_size or ranked or listed or counted or asked.said.vat == "gross"


def _left_of(asked: Asked) -> Plan | None:
    """As in "what is left to pay on invoice 44": what stands under its link on the accounts of what is owed."""
    links, measure = asked.scope.filters.links, asked.intent.measure
    stands = measure is Measure.BALANCE or (measure is Measure.HOLDINGS and not asked.has(_PAID)) or asked.has(_STATUS)
    if not links or not stands:
        return None
    owing = _of_links(asked, (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES)), links)
    if not owing:
        return None
    return Plan(Measure.BALANCE, Filters(accounts=owing, links=links), as_of(asked), reading=asked.scope.reading)


def _of_one(asked: Asked) -> Plan | None:
    """As in "how much was INV-7", "how much came in for INV-7": what it bills, or the money that came, and no income.

    Income has no VAT in it, and stands there whether anything was paid or not.
    """
    links = asked.scope.filters.links
    if not links or asked.intent.measure not in {*_ADDED, None} or asked.intent.group_by:
        return None
    due = _of_links(asked, _billed(asked, people(asked, Root.ASSETS), sure=True), links)
    if due and asked.has(_ITS_MONEY):
        return replace(_money_for(asked, links, "what came in for"), measure=Measure.SUM, order=None)
    net = asked.said.vat == "net" or (asked.has(r"\b(?:vat|tax|net)\b") and asked.said.vat != "gross")
    if due and asked.has(_ITS_SIZE) and not net:
        note = f"invoiced = what is put on {', '.join(due)}"
        return Plan(Measure.SUM, Filters(accounts=due, links=links, sign=1), happened(asked), reading=(note,))
    return None


def _customers_payment(asked: Asked) -> Plan | None:
    """As in "when did X last pay us": what went off the account on which X's invoices stand."""
    filters = asked.scope.filters
    mentions = tuple(each for each in filters.mentions if each.payees)
    anybody = not filters.mentions and cues("cues").found("of_customers", asked.said.folded)
    since = asked.has(_SINCE_PAID) and not asked.has(r"\b(?:i|we) (?:\w+ )?pa(?:y|id)\b")
    if not (since or asked.has(_WHEN_PAID)) or not (mentions or anybody) or filters.accounts or filters.links:
        return None
    due = _billed(asked, people(asked, Root.ASSETS, "clients"), sure=True)
    due = of_those(asked, mentions, due) if mentions else due
    if not due:
        return None
    note = f"paid = what went off {', '.join(due)}"
    plan = Plan(Measure.LIST, Filters(accounts=due, mentions=mentions, sign=-1), happened(asked), reading=(note,))
    if since:
        return replace(plan, order=Order("date", descending=True), limit=1)
    return ordered(plan, asked)


def _named_ones(asked: Asked, accounts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts that the question names; all where it names none."""
    named = accounts_said(asked)
    return tuple(name for name in accounts if name in named) or accounts


def _written_off(asked: Asked) -> Plan | Refusal | None:
    """As in "which client did I give up on": what went to the account of debts that are lost."""
    lost = accounts_of_group(asked, Root.EXPENSES, "bad_debts", each_one=True)
    if not lost:
        listed = asked.scope.filters.mentions or asked.scope.filters.accounts
        return None if listed else Refusal("Nothing is booked as lost: this ledger has no account of bad debts.")
    note = f"given up as lost = {', '.join(lost)}"
    whole = asked.has(r"^how much\b|\btotal\b") and not asked.has(_WHOSE)
    measure = Measure.SUM if whole else Measure.LIST
    return Plan(measure, Filters(accounts=lost), happened(asked), reading=(note,))


def _money_for(asked: Asked, links: tuple[str, ...], what: str) -> Plan:
    """What came to own accounts under the links, receivables apart."""
    due = people(asked, Root.ASSETS)
    filters = Filters(roots=(Root.ASSETS,), exclude_accounts=_of_links(asked, due, links), links=links, sign=1)
    note = f"{what} {', '.join(f'^{link}' for link in links)}"
    return Plan(Measure.LIST, filters, order=Order("date"), reading=(note,))


def _numbered(asked: Asked) -> tuple[str, ...]:
    """The links of the invoice whose number stands in the question: as metadata, as a link, or at a link's end."""
    if asked.scope.filters.links:
        return asked.scope.filters.links
    if asked.key and asked.key.value is not None:
        rows = asked.names.index.query(
            "SELECT DISTINCT link FROM links WHERE entry_id IN"
            " (SELECT entry_id FROM metadata WHERE key = ? AND value = ?) ORDER BY 1",
            [asked.key.name, asked.key.value],
        )
        if rows:
            return tuple(row[0] for row in rows)
    dated = {squash(word) for each in asked.said.periods for word in each.text.split()}  # "in 2024" numbers no invoice
    written = {squash(word) for word in asked.said.text.split() if any(letter.isdigit() for letter in word)} - dated
    called = asked.has(_CALLED)
    numbers = [each for each in written if len(each) >= _SHORTEST_NUMBER and (called or not each.isdigit())]
    every = asked.names.index.query("SELECT DISTINCT link FROM links ORDER BY 1") if numbers else []
    return tuple(link for (link,) in every if any(_ends_with(squash(link), number) for number in numbers))


def _ends_with(link: str, number: str) -> bool:
    """Whether a link is the number, with nothing but letters before it."""
    return link.endswith(number) and link.removesuffix(number).isalpha()


def _of_links(asked: Asked, accounts: tuple[str, ...], links: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accounts that have postings under the links."""
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?))"
        " AND entry_id IN (SELECT entry_id FROM links WHERE link IN (SELECT unnest(?))) ORDER BY 1",
        [list(accounts), list(links)],
    )
    return tuple(row[0] for row in rows)
