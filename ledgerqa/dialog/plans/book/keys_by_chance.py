"""Words that are a metadata key by chance: a question that names what never bears the key asks for something else.

As in "leave the VAT out of it", where some bills have a key `vat`, or "pagados en 2025" beside a key `pagado-por`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, squash
from ledgerqa.dialog.linking.metadata_keys import ANY, keys_of_account, keys_set_for, words_for
from ledgerqa.dialog.plans.book.kept_values import (
    commodity_bearing,
    for_a_reason,
    other_subject,
    thing_named,
    without_key,
)
from ledgerqa.dialog.plans.book.measured import measured_key
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters

_FIGURE: Final = r"\bhow (?:much|many|often)\b|\baverage\b|\btotal\b|\b(?:more|less)\b"
_DET: Final = r"(?:(?:the|my|our|your|his|her|its|their|that|this|an?|[\w-]+'s|full|exact|right) )*"
_WRITTEN: Final = r"\b<key>[- ](?:number|num|no|nr|ref|reference|code|id|date|link|url)\b"
_NAMED: Final = (
    rf"\b(?:what|which|whose)(?: (?:is|was|are|were)|'?s)? {_DET}(?:[\w-]+ )?<key>\b"
    rf"|\b(?:tell|give|find|show|need|want|get|got|have|is there|look(?:ing)? for|look up|i'?m after)(?: me| us)?"
    rf" {_DET}(?:[\w-]+ )?<key>\b"
    rf"|^{_DET}(?:[\w-]+ ){{0,2}}<key>s?(?: (?:of|for|on|from|to|please|pls)\b|[,.;:?!])"
    rf"|{_WRITTEN}"
    r"|\b(?:number|num|no\.?|nr|reference|code|id|date|link|url) (?:of|on|for) (?:the |my |our )?<key>\b"
    r"|\b<key>\W*$"
)


def is_by_chance(asked: Asked) -> bool:
    """Whether nothing that is named bears the key, and it is not asked for by its name either."""
    key = asked.key
    if key is not None and key.value is not None:
        return _is_a_cost(key.value, key.name, asked) or _is_a_link(key.value, key.name, asked)
    if key is None or key.of is not None or measured_key(asked.said, asked.names):
        return False
    if _is_spent_on(key.name, asked):
        return True
    filters = without_key(asked.scope.filters, asked)
    if for_a_reason(filters, key.name, asked):
        return False
    if not (filters.accounts or filters.mentions) or _borne(key.name, filters, asked):
        return False
    return asked.has(_FIGURE) or key.name.lower() in ANY or not _is_named(key.name, asked)


def _is_a_cost(value: str, key: str, asked: Asked) -> bool:
    """As in "phone bills in 2024", beside `contact: "phone"`: the value is what an account is called by, and no key."""
    if asked.has(rf"\b{re.escape(fold(key))}\b"):
        return False
    named = (each for each in asked.said.phrases if each.best.kind == "account" and not each.weak)
    flows = {Root.INCOME, Root.EXPENSES}
    costs = (each for each in named if all(asked.names.by_name[name].root in flows for name in each.best.values))
    return any(fold(value) in fold(each.words).split() for each in costs)


def _is_a_link(value: str, key: str, asked: Asked) -> bool:
    """As of an invoice whose number is its link, too: what pays it bears the link, and no number under the key."""
    links = [each for each in asked.scope.filters.links if squash(each) == squash(value)]
    ((more,),) = asked.names.index.query(
        "SELECT count(*) > 0 FROM links WHERE link IN (SELECT unnest(?::VARCHAR[])) AND entry_id NOT IN"
        " (SELECT entry_id FROM metadata WHERE key = ? AND value = ?)",
        [links, key, value],
    )
    return bool(more)


def _is_spent_on(key: str, asked: Asked) -> bool:
    """As in "phone in 2025", where a bank's directive bears a `phone`, too: what is spent is called just so."""
    words = {fold(key), *words_for(key, asked.said)}
    named = [each.best for each in asked.said.phrases if fold(each.words) in words]
    roots = {asked.names.by_name[name].root for each in named if each.kind == "account" for name in each.values}
    exact = bool(named) and all(each.how == "exact" for each in named)
    if not (exact and roots and roots <= {Root.EXPENSES, Root.INCOME}):
        return False
    if fold(asked.said.text).strip(" ?.!") == fold(key):
        return True
    if asked.said.periods or asked.intent.compare or asked.has(r"\bpa(?:y|id)\b|\bspen[dt]\b"):
        return not asked.has(_WRITTEN.replace("<key>", re.escape(fold(key))))
    return bool(asked.intent.group_by) and not _is_named(key, asked)


def _borne(key: str, filters: Filters, asked: Asked) -> bool:
    """Whether an entry, an account or a commodity that the question may mean has something under the key."""
    return bool(
        asked.names.booked.bears(key, filters)
        or keys_set_for((*filters.accounts, *_called(asked)), (key,), asked.names)
        or keys_of_account(filters.accounts, asked.said, asked.names)
        or commodity_bearing(key, asked)
        or thing_named(filters, key, asked) != filters
        or other_subject(filters, key, asked) != filters
    )


def _called(asked: Asked) -> tuple[str, ...]:
    """The accounts that the question may name, whichever of them it means: "account number of our savings"."""
    return tuple(name for each in asked.said.phrases if each.best.kind == "account" for name in each.best.values)


def _is_named(key: str, asked: Asked) -> bool:
    """As in "what is the policy number of the van": the key as what is asked for, whatever bears it."""
    words = "|".join(re.escape(word) for word in words_for(key, asked.said))
    return bool(words) and asked.has(_NAMED.replace("<key>", f"(?:{words})"))
