"""When what is still open has to be paid: the day under a key of the bill's entry, such as `due` or `faellig`.

As in "when is the Wren bill due", "which bills are due in December", "what falls due next month".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.metadata_keys import key_words
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Period

_WHEN: Final = (
    r"^(?:and |so |ok )?(?:by )?(?:when(?:'?s)?|(?:what|which) (?:day|date))\b.*"
    r"(?:\b(?:due|deadline)\b"
    r"|\b(?:(?:have|has|had|need|needs|got) to|must|should)\b[\w' ]{0,30}?\b(?:pa(?:y|id)|settled?)\b)"
)
_FALLS: Final = (
    r"\b(?:bills?|invoices?|payments?|what(?:'?s| is| are)?|which|anything)(?: [\w' ]{1,30})?"
    r" (?:due|to be paid|to pay|(?:must|should) (?:be )?(?:paid|pay)|needs? (?:paying|to be paid))\b"
    r"(?! (?:to|from|for)\b)"
)
_OWN: Final = r"\b(?:bills?|(?:we|i)(?: \w+){0,2} (?:owe|pay)|suppliers?|to pay)\b"
_THEIRS: Final = r"\b(?:invoices?|clients?|customers?|to us|to me|receivables?)\b"
_CALLED: Final = "due"
_MOST_TOLD: Final = 8


@dataclass(frozen=True)
class Bill:
    """A link under which something still stands, whose bill says when it has to be paid."""

    link: str
    account: str
    payee: str
    due: dt.date
    key: str


def due_days(asked: Asked) -> Plan | Refusal | None:
    """The plan for when something is due, or for what is due at some time; None where no such thing is asked."""
    filters = asked.scope.filters
    payees = tuple(each for each in filters.mentions if each.payees)
    if filters.links or filters.tags or len(payees) < len(filters.mentions):
        return None
    owing = (*people(asked, Root.LIABILITIES), *people(asked, Root.ASSETS))
    if not set(filters.accounts) <= set(owing):
        return None
    if asked.has(_WHEN) and (payees or filters.accounts):
        return _of_somebody(asked, payees)
    if asked.has(_FALLS) and len(asked.said.periods) == 1 and not asked.said.bounds.spans:
        return _falling(asked, payees)
    return None


def _is_of(bill: Bill, payees: tuple[Mention, ...], asked: Asked) -> bool:
    """Whether it is a bill of those who are named, by a payee or by an account of their own."""
    accounts = asked.scope.filters.accounts
    named = {name for each in payees for name in each.payees}
    return (not named or bill.payee in named) and (not accounts or bill.account in accounts)


def _of_somebody(asked: Asked, payees: tuple[Mention, ...]) -> Plan | None:
    found = [each for each in open_bills(asked, (Root.LIABILITIES, Root.ASSETS)) if _is_of(each, payees, asked)]
    if not found:
        return None
    links = tuple(dict.fromkeys(each.link for each in found))
    kept = Filters(accounts=_accounts(found), mentions=payees, links=links)
    note = "what is still open under its link"
    return Plan(Measure.METADATA, kept, key=found[0].key, reading=(*asked.scope.reading, note))


def _falling(asked: Asked, payees: tuple[Mention, ...]) -> Plan | Refusal | None:
    """What has to be paid within the time that is said: a month without its year is the one to come."""
    ours, theirs = asked.has(_OWN), asked.has(_THEIRS)
    roots = (
        (Root.LIABILITIES,) if ours and not theirs else (Root.ASSETS,) if theirs else (Root.LIABILITIES, Root.ASSETS)
    )
    every = open_bills(asked, roots)
    if not every:
        return None
    period = _to_come(asked)
    found = [each for each in every if _within(each.due, period) and _is_of(each, payees, asked)]
    if not found:
        return Refusal(f"Nothing that is still open is due {period.label}.")
    note = f"due = {found[0].key} {period.label}, and still open under its link"
    kept = Filters(accounts=_accounts(found), mentions=payees, links=tuple(dict.fromkeys(each.link for each in found)))
    return Plan(Measure.BALANCE, kept, group_by=(Grouping.LINK,), reading=(note, *told(found)))


def told(found: list[Bill]) -> tuple[str, ...]:
    """The first of them, each with its day and whose it is."""
    return tuple(f"^{each.link} due {each.due.isoformat()}, {each.payee}" for each in found[:_MOST_TOLD])


def _accounts(found: list[Bill]) -> tuple[str, ...]:
    return tuple(sorted({each.account for each in found}))


def _within(day: dt.date, period: Period) -> bool:
    return (period.start is None or day >= period.start) and (period.end is None or day < period.end)


def _to_come(asked: Asked) -> Period:
    """The period that is said; of a month or a day that is over, and no year beside it, the next one."""
    found = asked.said.periods[0]
    period = found.period
    over = period.end is not None and period.end <= asked.today
    if not over or re.search(r"\d{4}|\b(?:last|past|previous|ago|yesterday)\b", found.text.lower()):
        return period
    label = re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), period.label)
    return replace(period, start=_a_year_on(period.start), end=_a_year_on(period.end), label=label)


def _a_year_on(day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    leap = (day.month, day.day) == (2, 29)
    return dt.date(day.year + 1, day.month, 28 if leap else day.day)


def due_keys(asked: Asked) -> list[str]:
    """The keys of the ledger under which the day of payment stands, in any language."""
    return [key for key in asked.names.keys if _CALLED in key_words(" ".join(name_stems(key))).called]


def open_bills(asked: Asked, roots: tuple[Root, ...]) -> list[Bill]:
    """What still stands under a link today, that which is due first first."""
    accounts = [name for root in roots for name in people(asked, root)]
    rows = asked.names.index.query(
        "WITH standing AS (SELECT l.link, p.account FROM postings p"
        " JOIN links l ON l.entry_id = p.entry_id WHERE p.account IN (SELECT unnest(?)) AND p.date <= ?"
        " GROUP BY 1, 2, p.root, p.currency HAVING sum(p.number) * CASE p.root WHEN 'assets' THEN 1 ELSE -1 END > 0)"
        " SELECT s.link, s.account, coalesce(e.payee, ''), TRY_CAST(m.value AS DATE), m.key FROM standing s"
        " JOIN links l ON l.link = s.link JOIN entries e ON e.entry_id = l.entry_id"
        " JOIN metadata m ON m.entry_id = l.entry_id"
        " WHERE m.key IN (SELECT unnest(?)) AND TRY_CAST(m.value AS DATE) IS NOT NULL ORDER BY 4, 1",
        [accounts, asked.today, due_keys(asked)],
    )
    return [Bill(*row) for row in rows]
