"""What bears a metadata key that says yes or no: "which bills are not claimed", "unclaimed", over `claimed: FALSE`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.records import Measure, MetadataFilter, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

_NO: Final = (
    r"(?:\b(?:not|never|n't|yet to be|still to be|to be|left to be|without being)|n't)"
    r"(?: (?:yet|been|being|still|ever|be|get))*"
    r" {0}\b|\b(?:un|non-?|not-){0}\b"
)
_OF_ONE: Final = (
    r"(?:and |so )?(?:is|was|are|were|has|have|had|did|do|does|when|who|why|where|how(?! (?:much|many)\b))\b"
)
_ADDED_UP: Final = r"\bhow much\b|\btotal\b|\bsum\b|\badd(?:ed)? up\b|\baltogether\b"
_ROOTS: Final = (Root.EXPENSES, Root.INCOME, Root.ASSETS, Root.LIABILITIES)


def yes_or_no(asked: Asked) -> Plan | None:
    """The entries under such a key with the value that is asked for; None where none is, or of one entry its value."""
    if re.match(_OF_ONE, asked.said.folded) or (asked.key and (asked.key.value or asked.key.of)):
        return None
    for key in _keys(asked.names):
        word = re.escape(fold(key)).replace(r"\-", "[- ]").replace("_", "[_ ]")
        if asked.has(rf"\b(?:by|per|each|every|whether|if) (?:it (?:is|was) )?{word}\b|\b{word} or not\b"):
            return None
        denied = asked.has(_NO.format(word))
        if denied or (asked.key is not None and asked.key.name == key and asked.has(rf"\b{word}\b")):
            return _plan(asked, key, "FALSE" if denied else "TRUE", word)
    return None


def _plan(asked: Asked, key: str, value: str, word: str) -> Plan:
    filters = asked.scope.filters
    spoken = {each.words for each in asked.said.phrases if re.search(rf"(?:^|\W|un|non){word}$", fold(each.words))}
    own = {name for each in asked.said.phrases if each.words in spoken for name in _accounts(each)}
    filters = replace(
        filters,
        accounts=tuple(name for name in filters.accounts if name not in own),
        mentions=tuple(each for each in filters.mentions if each.words not in spoken),
        exclude_accounts=(),
        exclude_mentions=(),
        metadata=(MetadataFilter(key, value),),
    )
    if not filters.accounts:
        filters = replace(filters, roots=_borne_by(key, asked.names))
    measure = Measure.COUNT if asked.has(r"\bhow many\b") else Measure.SUM if asked.has(_ADDED_UP) else Measure.LIST
    note = f"{key} = {value}; what bears no such key is left out"
    return ordered(Plan(measure, bounded(filters, asked), happened(asked), reading=(*asked.scope.reading, note)), asked)


def _accounts(phrase: Phrase) -> tuple[str, ...]:
    return tuple(name for each in phrase.options if each.kind == "account" for name in each.values)


def _keys(names: Vocabulary) -> tuple[str, ...]:
    """The keys of entries whose values are all TRUE or FALSE."""
    rows = names.once(
        "keys of yes and no",
        lambda: names.index.query(
            "SELECT m.key FROM metadata m JOIN entries e USING (entry_id) WHERE e.type = 'transaction'"
            " GROUP BY 1 HAVING bool_and(m.type = 'boolean') ORDER BY 1"
        ),
    )
    return tuple(key for (key,) in rows)


def _borne_by(key: str, names: Vocabulary) -> tuple[Root, ...]:
    """The first kind of account that entries under the key book: what was spent, else what came in."""
    rows = names.index.query(
        "SELECT DISTINCT p.root FROM postings p JOIN metadata m ON m.entry_id = p.entry_id"
        " WHERE m.key = ? AND (m.posting_id IS NULL OR m.posting_id = p.posting_id)",
        [key],
    )
    roots = {Root(root) for (root,) in rows}
    return next(((root,) for root in _ROOTS if root in roots), ())
