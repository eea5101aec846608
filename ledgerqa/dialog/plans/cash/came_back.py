"""Money of one's own that others hold for a time, and whether it is back: a deposit, what a friend owes for a trip.

One account may serve for several: "has the Leeds deposit come back" is of the entries that say so, and of all that
bears their link, or their payee's name, on that account.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems, stems, tokenize
from ledgerqa.dialog.linking.links import narrowed, of_roots
from ledgerqa.dialog.plans.asked import accounts_said, as_of
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.plan_keys import OWED
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_DEPOSIT: Final = r"\b(?:deposits?|bonds?|key money|down payments?)\b"
_DEPOSITS: Final = frozenset({"deposit", "bond", "caution", "kaution", "borg", "waarborg"})
_BACK: Final = (
    r"^(?:so |and |but |ok )*(?:has|have|had|did|do|is|are|was|were)\b.*"
    r"\b(?:(?:come|came|got|get|gotten|been|is|was|sent|given|gave|paid|pay) (?:\w+ ){0,4}?back"
    r"|back (?:yet|now|already)|back$|return(?:ed)?|refund(?:ed)?|repaid|released?)\b"
)
_STILL_OUT: Final = (
    r"^(?:so |and |but |ok )*(?:is|are|was|were|does|do|has|have)\b.*"
    r"\bstill (?:out|held|with|outstanding|there|have|has|hold)\b"
    r"|\b(?:outstanding|not (?:yet )?(?:come )?back|n't (?:come |got |had )?(?:it )?back)\b"
)
# Words that say that it came back, and of which deposit nothing.
_SAYING_SO: Final = frozenset(
    "back come came return refund paid pay repaid release still out got get settle square share half part bit"
    " landlord landlady".split()
)
_PAID_FOR: Final = (
    r"^(?:so |and |but |ok )*(?:has|have|did)\b(?! (?:i|we)\b).*"
    r"\b(?:pa(?:y|id)|settled?|squared?|repa(?:y|id)|cough(?:ed)? up)"
    r"(?: (?:me|us|up|back|off|his|her|their|its|share|half|part|bit|yet))* (?:for|of|on) \w+"
)


def came_back(asked: Asked) -> Plan | None:
    """What still stands of the one affair that is named; None where no entries tell one."""
    if TIME_GROUPINGS.intersection(asked.intent.group_by) or asked.said.excluded or asked.said.bounds.spans:
        return None
    deposit = asked.has(_DEPOSIT) and (asked.has(_BACK) or asked.has(_STILL_OUT))
    paid = not deposit and asked.has(_PAID_FOR)
    if not (deposit or paid):
        return None
    owing = people(asked, Root.ASSETS)
    accounts = _of_deposits(asked) if deposit else tuple(each for each in owing if each in accounts_said(asked))
    told = _told(asked, accounts) if accounts and not _named_beside(asked, accounts) else None
    if told is None:
        return None
    filters, words = told
    if paid and not filters.links and asked.names.booked.tallies().issuperset(accounts):
        return None  # of a payee's bills nobody sends back just that part
    still = asked.has(_STILL_OUT)
    note = f"what stands on {', '.join(accounts)} of {words}"
    return Plan(Measure.BALANCE, filters, as_of(asked), key=None if still else OWED, reading=(note,))


def _named_beside(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """As in "outstanding on the deposits and the bond fund": what else is held, and called just so."""
    phrases = asked.said.phrases
    added = any(re.search(r"(?:\b(?:and|plus)|[,&])(?: (?:the|my|our))* $", each.lead) for each in phrases)
    called = [name for each in phrases if added and each.best.how == "exact" for name in each.best.values]
    held = of_roots(asked.names, called, (Root.ASSETS, Root.LIABILITIES))
    return any(not narrowed(asked.names, (name,), accounts) for name in held)


def _of_deposits(asked: Asked) -> tuple[str, ...]:
    """The accounts of what was given to others as a deposit: those called so to which more than one's own banks pay."""
    leaves = asked.names.leaf_accounts((Root.ASSETS,))
    called = tuple(each.name for each in leaves if _DEPOSITS & {*each.leaf, *each.path})
    rows = asked.names.index.query(
        "SELECT account FROM postings WHERE account IN (SELECT unnest(?)) AND payee <> '' GROUP BY 1", [list(called)]
    )
    return tuple(sorted(name for (name,) in rows))


def _told(asked: Asked, accounts: tuple[str, ...]) -> tuple[Filters, str] | None:
    """The one link, or payee, of the entries that bear most of the question's words; None where none, or several do."""
    own = {part for name in accounts for part in name_stems(name.rpartition(":")[2])} if len(accounts) == 1 else set()
    known = lexicon()
    idle = known.grammar | _DEPOSITS | _SAYING_SO | own
    spoken = {token.stem for token in tokenize(asked.said.text) if token.fold not in idle and token.stem not in idle}
    if not spoken and asked.has(_DEPOSIT):
        return Filters(accounts=accounts), "all that was put there"
    rows = asked.names.index.query(
        "SELECT coalesce(e.payee, ''), coalesce(e.narration, ''),"
        " (SELECT list(link ORDER BY link) FROM links l WHERE l.entry_id = e.entry_id),"
        " (SELECT list(tag ORDER BY tag) FROM tags t WHERE t.entry_id = e.entry_id)"
        " FROM entries e WHERE entry_id IN (SELECT entry_id FROM postings WHERE account IN (SELECT unnest(?)))"
        " ORDER BY e.entry_id",
        [list(accounts)],
    )
    scored: dict[tuple[str, str], int] = {}
    for payee, narration, links, tags in rows:
        words = {*stems(payee), *stems(narration)}
        words |= {part for each in (*(links or ()), *(tags or ())) for part in stems(re.sub(r"[^A-Za-z]+", " ", each))}
        shared = len((words - own) & spoken)
        for link in links or [""]:
            key = (link, "" if link else payee)
            scored[key] = max(scored.get(key, 0), shared)
    most = max(scored.values(), default=0)
    best = [key for key, score in scored.items() if score == most]
    if not most or len(best) != 1:
        return None
    link, payee = best[0]
    if link:
        return Filters(accounts=accounts, links=(link,)), f"all that is linked ^{link}"
    return (
        (Filters(accounts=accounts, mentions=(Mention(payee, payees=(payee,)),)), f"entries of {payee}")
        if payee
        else None
    )
