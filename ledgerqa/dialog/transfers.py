"""Money moved to or from an account of one's own: which account is meant, which way, and which entries move it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.account_links import account_links
from ledgerqa.dialog.links import EXACT_ACCOUNT, of_roots
from ledgerqa.dialog.words import stems
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.asked import Asked
    from ledgerqa.dialog.links import Link, Phrase
    from ledgerqa.dialog.reading import Said
    from ledgerqa.dialog.vocabulary import Vocabulary

OWN = (Root.ASSETS, Root.LIABILITIES)
_SUMMED = frozenset({Measure.SUM, Measure.AVERAGE, None})
_MOVED = (
    r"\b(?:put|puts|putting|mov(?:e|es|ed|ing)|transfer(?:s|red|ring)?|s[ae]n[dt]|sending|deposit(?:ed)?"
    r"|sav(?:e|es|ed|ing)|contribut\w+|(?:set|put|lay|laid) aside|squirrel\w* away|stash\w*|g(?:o|oes|one|oing)|went"
    r"|pa(?:id|y|ys|ying) in(?:to)?|top(?:ped)? up|add(?:s|ed)?|withdr[ae]w\w*"
    r"|pull(?:ed)?|taken?|took|came)\b"
)
_SIDES = r"\b(?:deposits|withdrawals|transfers|inflows?|outflows?|contributions)\b"
_INTO = re.compile(r"\b(?:in|into|to|onto|towards?)(?: the| my| our| a)? $")
_OUT_OF = re.compile(r"\b(?:from|out of|off)(?: the| my| our)? $")
_TAIL = re.compile(r"^(?P<before>.*\b(?:to|into|towards?|from|out of))(?: the| my| our)? (?P<name>.+)$", re.IGNORECASE)


def moves_money(said: Said) -> bool:
    """As in "how much went to savings": a sum of what was moved, which no rule's word makes spending or income."""
    flow = (said.by_rules or said.intent).flow
    moves = re.search(_MOVED, said.folded) or re.search(_SIDES, said.folded)
    return said.intent.measure in _SUMMED and flow in {None, "repay"} and bool(moves)


def moved_by(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> tuple[Phrase, Link]:
    """The reading of a phrase in a question of what was moved: an own account before all else."""
    return _of_text(phrase, _own_account(phrase, vocabulary) or option, vocabulary)


def _own_account(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """The accounts of one's own that a phrase names by a word led by "to", "into", "from" and the like."""
    if not (_INTO.search(phrase.lead) or _OUT_OF.search(phrase.lead)):
        return None
    for option in phrase.options:
        if option.kind == "account" and (kept := _in_use(of_roots(vocabulary, option.values, OWN), vocabulary)):
            return replace(option, values=kept)
    return None


def _of_text(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> tuple[Phrase, Link]:
    """An own account rather than entries that say no more than the move ("to savings", "transfer to savings")."""
    found = _TAIL.search(phrase.words) if option.kind == "narration" else None
    if found is None:
        return phrase, option
    for link in account_links(vocabulary, stems(found["name"]), found["name"]):
        kept = _in_use(of_roots(vocabulary, link.values, OWN), vocabulary)
        if link.kind == "account" and kept and link.score >= EXACT_ACCOUNT:
            lead = f"{phrase.lead}{found['before'].lower()} "
            return replace(phrase, words=found["name"], lead=lead), replace(link, values=kept)
    return phrase, option


def _in_use(names: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Those that anything is booked to, or all where none is."""
    return tuple(name for name in names if vocabulary.by_name[name].postings) or names


def moved(asked: Asked, filters: Filters) -> Filters:
    """The filters with the way the money went, and kept to entries that move it between own accounts if any do."""
    way = _way(asked)
    own = {asked.names.by_name[name].root for name in filters.accounts if name in asked.names.by_name}
    if not (way and own and own <= set(OWN) and moves_money(asked.said)) or filters.mentions:
        return filters
    if not asked.has(_MOVED):
        return filters  # "deposits into savings" are all that came there
    filters = replace(filters, sign=way)
    others = _other_money(asked, filters.accounts, way)
    return replace(filters, alongside=others) if others else filters


def _way(asked: Asked) -> Literal[-1, 0, 1]:
    """Whether money went to the account named (1) or away from it (-1); 0 where the words say neither."""
    for phrase in asked.said.phrases:
        lead = phrase.lead
        if tail := _TAIL.search(phrase.words):
            lead = f"{lead}{tail['before'].lower()} "
        if _INTO.search(lead):
            return 1
        if _OUT_OF.search(lead):
            return -1
    return 0


def _other_money(asked: Asked, accounts: tuple[str, ...], way: int) -> tuple[str, ...]:
    """The other own accounts of money in the entries that move it so: no purchases of shares, no interest, no pay."""
    below = " OR ".join(["(i.account = ? OR starts_with(i.account, ?))"] * len(accounts))
    rows = asked.names.index.query(
        "SELECT DISTINCT o.account FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        f" WHERE ({below}) AND i.number * ? > 0 AND o.number * ? < 0 AND o.root IN ('assets', 'liabilities')"
        " AND o.currency IN (SELECT currency FROM currencies WHERE NOT held_at_cost) ORDER BY 1",
        [*(part for name in accounts for part in (name, f"{name}:")), way, way],
    )
    inside = tuple(f"{name}:" for name in accounts)
    return tuple(row[0] for row in rows if row[0] not in accounts and not row[0].startswith(inside))
