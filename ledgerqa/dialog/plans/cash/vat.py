"""Value added tax: what was charged to customers, what was paid on purchases, what was handed over, and what is due.

Ledgers book all of it to one account of liabilities, or what is to be reclaimed to an account of assets beside it;
which is which stands in the other postings of an entry: income, expenses, or the bank.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import as_of, happened, ordered
from ledgerqa.dialog.plans.cash.at_hand import BOUGHT
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.dialog.plans.cash.transfers import other_money
from ledgerqa.plan_keys import BOTH_WAYS
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Mention, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_SET_OFF: Final = (
    r"\b(?:net of|less|minus|after|once|taking off|offset|set off|deducting)\b.*"
    r"\b(?:claim\w*|reclaim\w*|input|recover\w*|get back|paid)\b|\bnet (?:vat|tax|position|amount|figure)\b"
    r"|\b(?:vat|tax) position\b"
)
_PROFIT: Final = r"\bprofits?\b|\bsurplus\b"  # "net profit after VAT" is no VAT
_CHARGED: Final = "VAT collected"
_ON_PURCHASES: Final = "VAT on purchases"
_TAXES: Final = frozenset({"tax", "taxes"})
_PUBLIC: Final = ("taxes", "income_tax", "trade_tax", "vat")
_FLOWS: Final = (Root.EXPENSES, Root.INCOME)
_DEBTS: Final = (Root.EQUITY, Root.LIABILITIES)
_FIGURE: Final = frozenset({Measure.SUM, Measure.BALANCE, Measure.NET_INCOME, Measure.METADATA, Measure.HOLDINGS, None})


def value_added_tax(asked: Asked) -> Plan | None:
    """The plan for a part of the VAT, both parts, or what is due; None where none of it is asked for."""
    words, text = cues("cues"), asked.said.folded
    named = sum(1 for _ in words.single["vat"].finditer(text))
    rules = asked.said.by_rules or asked.intent
    heard_alone = asked.intent.measure is Measure.LIST and rules.measure in _FIGURE  # by a model, of "VAT on purchases"
    if named <= bool(asked.said.vat) or not (asked.intent.measure in _FIGURE or heard_alone) or asked.has(_PROFIT):
        return None  # no VAT at all, or only "labour, net of VAT"
    owed, claimed = (accounts_of_group(asked, root, "vat", "input_vat") for root in (Root.LIABILITIES, Root.ASSETS))
    if not owed:
        return None
    claimed = _without_purses(asked, claimed)
    collected, paid = words.found("vat_collected", text), words.found("vat_on_purchases", text)
    if words.found("vat_both", text):
        return _both(asked, owed, claimed)
    if words.found("vat_still_due", text):
        declared = _declared(asked, owed) if words.found("vat_declared", text) else ()
        return _due(asked, declared or owed, () if declared else claimed)
    if words.found("vat_handed_over", text):
        return _handed_over(asked, owed, claimed)
    if collected and not paid:
        return _flow(asked, _charged(asked, owed), f"{_CHARGED} = what entries of income book to {', '.join(owed)}")
    if asked.has(_SET_OFF) and words.found("vat_due", text):
        return _due(asked, owed, claimed)
    if paid and not collected:
        filters = _on_purchases(asked, owed, claimed)
        return _flow(asked, filters, f"{_ON_PURCHASES} = what is put on {', '.join(filters.accounts)}")
    return _due(asked, owed, claimed) if words.found("vat_due", text) else None


def _without_purses(asked: Asked, claimed: tuple[str, ...]) -> tuple[str, ...]:
    """Less what is but put by to pay it (Bank:SalesTaxHold): filled from other accounts of assets, one by one."""
    rows = asked.names.index.query(
        "SELECT p.account, bool_and(p.entry_id IN (SELECT entry_id FROM postings GROUP BY 1 HAVING count(*) = 2"
        " AND bool_and(root = 'assets'))) FROM postings p WHERE p.account IN (SELECT unnest(?)) AND p.number > 0"
        " GROUP BY 1",
        [_leaves(asked, claimed)],
    )
    purses = {account for account, filled in rows if filled}
    return tuple(name for name in claimed if not purses.issuperset(_leaves(asked, (name,))))


def _charged(asked: Asked, owed: tuple[str, ...]) -> Filters:
    return Filters(accounts=owed, alongside=_booking(asked, owed, Root.INCOME))


def _on_purchases(asked: Asked, owed: tuple[str, ...], claimed: tuple[str, ...]) -> Filters:
    """What is put on the account to be reclaimed; without one, what entries of expenses book to that of the tax."""
    if claimed:
        return Filters(accounts=claimed, sign=1)
    public = accounts_of_group(asked, Root.EXPENSES, "taxes", "fines", each_one=True)
    bought = tuple(name for name in _booking(asked, owed, Root.EXPENSES) if name not in public)
    return Filters(accounts=owed, alongside=bought)


def _both(asked: Asked, owed: tuple[str, ...], claimed: tuple[str, ...]) -> Plan:
    """As in "VAT collected against VAT paid": each by itself, and how much more the one is."""
    filters = (_charged(asked, owed), _on_purchases(asked, owed, claimed))
    sides = zip((_CHARGED, _ON_PURCHASES), filters, strict=True)
    compare = tuple(Variant(label, each, Period()) for label, each in sides)
    note = f"VAT = {', '.join((*owed, *claimed))}"
    return Plan(Measure.SUM, Filters(), happened(asked), compare=compare, key=BOTH_WAYS, reading=(note,))


def _due(asked: Asked, owed: tuple[str, ...], claimed: tuple[str, ...]) -> Plan:
    """What stands on the accounts; for a span of time, what it adds to them without what was handed over."""
    accounts = (*owed, *claimed)
    period = happened(asked)
    tax = "sales tax" if asked.has(r"\bsales tax\b") else "VAT"
    if period.start is None:
        below = "; below zero it is owed" if owed and claimed else ""
        note = f"{tax} due = what stands on {', '.join(accounts)}{below}"
        return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), reading=(note,))
    booking = (*_booking(asked, accounts, Root.INCOME), *_booking(asked, accounts, Root.EXPENSES))
    note = f"{tax} due = what sales and purchases book to {', '.join(accounts)}"
    return Plan(Measure.SUM, Filters(accounts=accounts, alongside=booking), period, reading=(note,))


def told_with_vat(outcome: Outcome, asked: Asked) -> Outcome:
    """As in "spent on tools, before VAT": amounts as booked, and what that means where it is not what was said."""
    if not asked.said.vat or not isinstance(outcome, Plan):
        return outcome
    accounts = tuple(
        name for root in (Root.LIABILITIES, Root.ASSETS) for name in accounts_of_group(asked, root, "vat", "input_vat")
    )
    flows = {asked.names.by_name[name].root for name in outcome.filters.accounts} or set(outcome.filters.roots)
    note = ""
    if not accounts:
        note = "" if asked.said.vat == "gross" else "as booked: this ledger has no account of VAT"
    elif asked.said.vat == "gross" and (paid := _as_paid(outcome, asked, accounts)):
        return paid
    elif flows & set(_FLOWS) or _are_bought(outcome):
        note = f"as booked, without the VAT that is booked apart to {', '.join(accounts)}"
    return replace(outcome, reading=(*outcome.reading, note)) if note else outcome


def _are_bought(plan: Plan) -> bool:
    """Whether it adds up what was bought to be kept, which is booked without the tax as expenses are."""
    return any(note.startswith(BOUGHT) for note in plan.reading)


def _as_paid(plan: Plan, asked: Asked, taxes: tuple[str, ...]) -> Plan | None:
    """As in "when did they put the price up, VAT included": each charge as money paid it, where one account did."""
    payees = [payee for each in plan.filters.mentions for payee in each.payees]
    alone = replace(plan.filters, roots=(), mentions=(), sign=0) == Filters() and plan.filters.roots == (Root.EXPENSES,)
    if plan.measure is not Measure.LIST or not payees or not alone or any(m.narrations for m in plan.filters.mentions):
        return None
    rows = asked.names.index.query(
        "SELECT entry_id, account, number < 0 FROM postings WHERE root IN ('assets', 'liabilities') AND entry_id IN"
        " (SELECT entry_id FROM postings WHERE root = 'expenses' AND payee IN (SELECT unnest(?)))",
        [payees],
    )
    own = tuple(f"{name}:" for name in taxes)
    taxed = {entry for entry, name, _ in rows if f"{name}:".startswith(own)}
    paid = [(entry, name) for entry, name, out in rows if out and not f"{name}:".startswith(own)]
    entries = {entry for entry, _, _ in rows}
    if not taxed or len(paid) != len(entries):
        return None
    accounts = tuple(sorted({name for _, name in paid}))
    filters = replace(plan.filters, roots=(), accounts=accounts, sign=-1)
    return replace(plan, filters=filters, reading=(*plan.reading, f"with VAT: what {', '.join(accounts)} paid"))


def taxes_paid(asked: Asked) -> Plan | None:
    """As in "tax paid in 2023" over books that have taxes among debts and equity alone: what was paid off there.

    The tax that customers paid is then no tax of one's own, and what is to be reclaimed is none at all.
    """
    taxes = [each for each in asked.said.phrases if fold(each.words) in _TAXES]
    if len(taxes) != 1 or len(asked.said.phrases) != 1 or asked.intent.measure not in {Measure.SUM, Measure.LIST, None}:
        return None
    if asked.has(r"\bow(?:e|ing)|\bdue\b") or any(accounts_of_group(asked, each, *_PUBLIC) for each in _FLOWS):
        return None
    accounts = tuple(name for root in _DEBTS for name in accounts_of_group(asked, root, *_PUBLIC))
    others = other_money(asked, accounts, 1) if accounts else ()
    if not others:
        return None
    filters = Filters(accounts=accounts, sign=1, alongside=others)
    return _flow(asked, filters, f"taxes paid = what own accounts pay to {', '.join(accounts)}")


def _handed_over(asked: Asked, owed: tuple[str, ...], claimed: tuple[str, ...]) -> Plan | None:
    """What the tax office got: what its entries move on the accounts of the tax, which a return sets off to nothing.

    Where no payee tells which entries those are, what other accounts of money pay off.
    """
    taxes = (*owed, *claimed)
    if offices := _offices(asked, owed, claimed):
        filters = Filters(accounts=taxes, mentions=(Mention("the tax office", payees=offices),))
        return _flow(
            asked, filters, f"VAT handed over = what entries of {', '.join(offices)} move on {', '.join(taxes)}"
        )
    others, due = other_money(asked, owed, 1), people(asked, Root.ASSETS)
    own = tuple(f"{name}:" for name in taxes)
    others = tuple(name for name in others if name not in due and not f"{name}:".startswith(own))
    filters = Filters(accounts=owed, sign=1, alongside=others)
    return _flow(asked, filters, f"VAT handed over = what own accounts pay off {', '.join(owed)}") if others else None


def _leaves(asked: Asked, tops: tuple[str, ...]) -> list[str]:
    below = asked.names.leaf_accounts((Root.LIABILITIES, Root.ASSETS))
    return [each.name for each in below if any(f"{each.name}:".startswith(f"{name}:") for name in tops)]


def _offices(asked: Asked, owed: tuple[str, ...], claimed: tuple[str, ...]) -> tuple[str, ...]:
    """The payees whose entries take off what sales put on the accounts, and never book income or expenses there.

    Whoever sells what is kept (stock, a machine) books neither, but something is had for the tax on it.
    """
    rows = asked.names.index.query(
        "WITH tax AS (SELECT unnest(?) AS account), flows AS (SELECT entry_id, bool_or(root = 'income') AS earns"
        " FROM postings WHERE root IN ('income', 'expenses') GROUP BY 1),"
        " charged AS (SELECT DISTINCT p.account FROM postings p JOIN flows f USING (entry_id)"
        " WHERE p.account IN (FROM tax) AND p.root = 'liabilities' AND f.earns),"
        " bought AS (SELECT t.entry_id FROM postings t JOIN postings a USING (entry_id) WHERE t.account IN (FROM tax)"
        " AND t.number > 0 AND a.root = 'assets' AND a.number > 0 AND a.account NOT IN (FROM tax))"
        " SELECT payee FROM postings WHERE account IN (FROM tax) AND coalesce(payee, '') <> '' GROUP BY 1"
        " HAVING NOT bool_or(entry_id IN (SELECT entry_id FROM flows) OR entry_id IN (FROM bought))"
        " AND bool_or(account IN (FROM charged) AND number > 0) ORDER BY 1",
        [_leaves(asked, (*owed, *claimed))],
    )
    return tuple(row[0] for row in rows)


def _declared(asked: Asked, owed: tuple[str, ...]) -> tuple[str, ...]:
    """As in "on the returns filed": the accounts that a return moves the tax to from those that gather it."""
    leaves = _leaves(asked, owed)
    rows = asked.names.index.query(
        "SELECT p.account FROM postings p WHERE p.account IN (SELECT unnest(?)) GROUP BY 1"
        " HAVING bool_or(p.number < 0 AND p.entry_id IN (SELECT o.entry_id FROM postings o"
        "  WHERE o.account IN (SELECT unnest(?)) AND o.account <> p.account AND o.number > 0))"
        " AND NOT bool_or(p.entry_id IN (SELECT entry_id FROM postings WHERE root IN ('income', 'expenses')))"
        " ORDER BY 1",
        [leaves, leaves],
    )
    return tuple(row[0] for row in rows)


def _flow(asked: Asked, filters: Filters, note: str) -> Plan:
    groups = tuple(each for each in asked.intent.group_by if each in {*TIME_GROUPINGS, Grouping.PAYEE})
    plan = ordered(Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=(note,)), asked)
    return plan if groups else replace(plan, order=None, limit=None)


def _booking(asked: Asked, accounts: tuple[str, ...], root: Root) -> tuple[str, ...]:
    """The accounts of a root in the entries of these accounts."""
    rows = asked.names.index.query(
        "SELECT DISTINCT o.account FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        " WHERE i.account IN (SELECT unnest(?)) AND o.root = ? ORDER BY 1",
        [[*accounts, *_leaves(asked, accounts)], root.value],
    )
    return tuple(row[0] for row in rows)
