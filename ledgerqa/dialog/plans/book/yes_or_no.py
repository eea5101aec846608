"""What bears a metadata key that says yes or no: "which bills are not claimed", "unclaimed", over `claimed: FALSE`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, MetadataFilter, Plan, Root

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
# "Reimbursable costs", "marked as a gift", "what was shared"; but "how much was paid to Ana" means no key.
_TELLS: Final = (
    r"\bas (?:an? )?{0}\b|\b(?:that|which|who|what)(?:['’]?s|['’]?re| (?:is|are|was|were))(?: (?:still|all))? {0}\b"
    r"|\b{0} (?:and \w+ )?(?:expenses?|costs?|spending|bills?|purchases?|things?|stuff|items?|entries|entry|receipts?"
    r"|payments?|transactions?|ones?|bits|amounts?)\b"
)
_ABLE: Final = compiled(r"(?:able|ible)$")
_ADDED_UP: Final = r"\bhow much\b|\btotal\b|\bsum\b|\badd(?:ed)? up\b|\baltogether\b"
_DONE: Final = r"(?:\b(?:did|do|have|has|had)|['’]ve)(?: (?:i|we|you|she|he|they|been|be|already|all)){{0,3}} (?:{0})\b"
# Verbs that a question has of its own, whatever is kept under a key of that name.
_EVERYDAY: Final = frozenset(
    "paid spent bought booked received sent made used billed invoiced sold settled cleared".split()
)
_BESIDE: Final = (
    r"(?<!not )(?<!non-)(?<!non )\b{0}\W+(?:and|or|v|vs|versus|against)\b|\b(?:and|or|v|vs|versus|against) {0}\b"
)
_SPENT: Final = r"\b(?:spen[dt]|spending|costs?|come to|worth|pa(?:y|id) for)\b"
_YES: Final = frozenset({"true", "yes", "y"})
_NO_VALUES: Final = frozenset({"false", "no", "n"})
_ROOTS: Final = (Root.EXPENSES, Root.INCOME, Root.ASSETS, Root.LIABILITIES)


def yes_or_no(asked: Asked) -> Plan | None:
    """The entries under such a key with the value that is asked for; None where none is, or of one entry its value."""
    if re.match(_OF_ONE, asked.said.folded) or (asked.key and (asked.key.value or asked.key.of)):
        return None
    for key, (yes, no) in _keys(asked.names).items():
        word = re.escape(fold(key)).replace(r"\-", "[- ]").replace("_", "[_ ]")
        if asked.has(rf"\b(?:by|per|each|every|whether|if) (?:it (?:is|was) )?{word}\b|\b{word} or not\b"):
            return None
        denied = asked.has(_NO.format(_forms(key, word)))
        if denied and asked.has(_BESIDE.format(word)):
            return _each(asked, key, word)
        if denied or _is_told(asked, key, word):
            value = no if denied else yes
            return _plan(asked, key, value, word) if value else None
    return None


def _forms(key: str, word: str) -> str:
    """A pattern of the key's word, where that is a verb's in all its forms: "how much did we claim", of `claimed`."""
    verb = fold(key).endswith("ed") and fold(key) not in _EVERYDAY
    return f"(?:{word}|{word[:-1]}|{word[:-2]})" if verb else word


def _is_told(asked: Asked, key: str, word: str) -> bool:
    """Whether the question keeps to what bears the key, and the word for it names nothing else."""
    if asked.has(_DONE.format(_forms(key, word))) and _forms(key, word) != word:
        return True
    if not asked.has(rf"\b{word}\b"):
        return False
    if asked.key is not None and asked.key.name == key:
        return True
    surely = (each for each in (*asked.said.phrases, *asked.said.excluded) if each.best.how == "exact")
    if any(re.search(rf"\b{word}\b", fold(each.words)) for each in surely):
        return False
    return bool(_ABLE.search(key)) or asked.has(_TELLS.format(word))


def _plan(asked: Asked, key: str, value: str, word: str) -> Plan:
    filters = bounded(asked.scope.filters, asked)
    if asked.has(rf"\bflag(?:ged|s)?(?: \w+){{0,3}} as (?:an? )?{word}\b"):
        filters = replace(filters, flags=())
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
    figure = asked.has(_ADDED_UP) or (
        (asked.said.by_rules or asked.intent).measure is Measure.SUM and asked.has(_SPENT)
    )
    measure = Measure.COUNT if asked.has(r"\bhow many\b") else Measure.SUM if figure else Measure.LIST
    groups = () if measure is Measure.LIST else asked.intent.group_by
    note = f"{key} = {value}; what bears no such key is left out"
    reading = (*asked.scope.reading, note)
    return ordered(Plan(measure, filters, happened(asked), group_by=groups, reading=reading), asked)


def _each(asked: Asked, key: str, word: str) -> Plan | None:
    """As in "deductible or non-deductible costs": what bears either, a row each."""
    plan = _plan(asked, key, "", word)
    if plan.measure is Measure.LIST:
        plan = replace(plan, measure=Measure.SUM, order=None, limit=None)
    return replace(
        plan,
        filters=replace(plan.filters, metadata=()),
        group_by=(Grouping.METADATA, *(each for each in plan.group_by if each in TIME_GROUPINGS)),
        by_key=key,
        reading=asked.scope.reading,
    )


def _accounts(phrase: Phrase) -> tuple[str, ...]:
    return tuple(name for each in phrase.options if each.kind == "account" for name in each.values)


def _keys(names: Vocabulary) -> dict[str, tuple[str | None, str | None]]:
    """The keys of entries whose values all say yes or no, with the value for each; None where none is, or several."""
    rows = names.once(
        "keys of yes and no",
        lambda: names.index.query(
            "SELECT m.key, list(DISTINCT m.value) FROM metadata m JOIN entries e USING (entry_id)"
            " WHERE e.type = 'transaction' GROUP BY 1"
            " HAVING bool_and(m.type = 'boolean' OR lower(m.value) IN (SELECT unnest(?))) ORDER BY 1",
            [sorted(_YES | _NO_VALUES)],
        ),
    )
    return {key: (_one_of(values, _YES), _one_of(values, _NO_VALUES)) for key, values in rows}


def _one_of(values: list[str], said: frozenset[str]) -> str | None:
    found = [each for each in values if each.lower() in said]
    return found[0] if len(found) == 1 else None


def _borne_by(key: str, names: Vocabulary) -> tuple[Root, ...]:
    """The first kind of account that entries under the key book: what was spent, else what came in."""
    rows = names.index.query(
        "SELECT DISTINCT p.root FROM postings p JOIN metadata m ON m.entry_id = p.entry_id"
        " WHERE m.key = ? AND (m.posting_id IS NULL OR m.posting_id = p.posting_id)",
        [key],
    )
    roots = {Root(root) for (root,) in rows}
    return next(((root,) for root in _ROOTS if root in roots), ())
