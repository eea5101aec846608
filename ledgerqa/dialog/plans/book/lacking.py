"""What bears nothing under a key that others bear: "how much went on parts with no project", "who paid is not noted".

Listed, counted or added up as it is asked.  A key of who did something is said by its verb or by a word for the doer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import Context, detect
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.linking.metadata_keys import ANY, Key
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.dialog.plans.book.measured import ends_there, home_of, said_to_lack
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Grouping, Measure, MetadataFilter, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.records import Filters

_NOT: Final = r"(?:\bnot\b|\bnever\b|\b(?:do|does|did|is|are|was|were|have|has|had|ca|could)n['’]?t\b)"
_A: Final = r"(?:(?:the|an?|any|its|their|our|one of|to) )*"
_NUMBER: Final = r"(?: (?:number|no\.?|nr\.?|id|code|ref|reference)s?\b)?"
_NONE: Final = (
    rf"\b(?:without|lack(?:s|ing)?|missing|with no|ha(?:s|ve|d) no|bears? no|there(?:['’]?s| is| are) no) {_A}"
)
_BELONGS: Final = (
    rf"(?:{_NOT}(?: \w+){{0,2}} |\bun)(?:assigned|tied|linked|booked|charged|allocated|attached|attributed|put|belong"
    rf"|connected|matched|filed)(?: down)? (?:to|against|on|under|with) {_A}"
)
_NOBODY: Final = (
    r"(?:\b(?:nobody|no one|no-one|nothing)\b|{not_})(?: \w+){{0,3}} (?:noted|named|given|marked|down|listed|recorded)"
    r" as (?:the |an? )?(?:{words})\b"
)
_WHO: Final = (
    rf"(?:{_NOT}|\b(?:dont|doesnt|isnt|nothing|unclear|unknown)\b)(?: \w+){{{{0,3}}}} who (?:has |had )?{{verb}}\b"
)
_DOER: Final = {"bought": "buyer|purchaser", "paid": "payer", "sold": "seller", "made": "maker", "driven": "driver"}
_ADDED_UP: Final = (
    r"\bhow much\b|\btotal\b|\bsum\b|\badd(?:s|ed)? up\b|\baltogether\b|\bin all\b|\b(?:come|came)s? to\b"
)
_AT_LARGE: Final = r"\b(?:spen[dt]|spending|expenses|costs|outgoings|money)\b"
_SPENT: Final = r"\b(?:spen[dt]|spending)\b"


def lacking(asked: Asked) -> Plan | Refusal | None:
    """The entries of what is named that bear no such key, or what they come to; None where that is not asked."""
    if asked.intent.measure is Measure.GAPS or asked.said.vat or not asked.names.keys:
        return None
    found = _found(asked)
    if found is None:
        return None
    key, start, end = found
    rest = f"{asked.said.folded[:start]} {asked.said.folded[end:]}"
    if any(fold(each) in rest for each in asked.said.unknown):
        return None  # what is named beside it has to be known first
    if not _on_flows(key.name, asked):
        reason = f"“{key.name}” is noted on what paid: what was spent without one is not worked out."
        return Refusal(reason, (f"spending by {key.name}",))
    filters = _others(start, end, asked)
    named = filters.accounts or filters.mentions or filters.tags or filters.links
    if not named and not asked.has(_AT_LARGE):
        filters = replace(filters, accounts=home_of(key.name, asked.names), roots=())
    elif not filters.accounts:
        filters = replace(filters, roots=filters.roots or (Root.EXPENSES,))
    none_there, only = said_to_lack(key.name, asked.names)
    unnoted = () if only else (MetadataFilter(key.name, absent=True),)
    noted = (*filters.metadata, *unnoted, *(MetadataFilter(key.name, value) for value in none_there))
    filters = replace(bounded(filters, asked), metadata=noted)
    rules = detect(asked.said.folded, Context())
    figure = asked.has(_ADDED_UP) or (asked.has(_SPENT) and rules.measure is Measure.SUM)
    measure = Measure.COUNT if asked.has(r"\bhow many\b|\bnumber of\b") else Measure.SUM if figure else Measure.LIST
    aloud = detect(rest, Context()).group_by  # "without a category" asks for no row a category
    groups = tuple(each for each in asked.intent.group_by if each is not Grouping.ACCOUNT or each in aloud)
    groups = () if measure is Measure.LIST else groups
    plan = Plan(measure, filters, happened(asked), group_by=groups, reading=asked.scope.reading)
    return ordered(plan, asked)


def _on_flows(key: str, asked: Asked) -> bool:
    """Whether what is earned or spent bears the key, and not only the posting that paid."""
    sql = (
        "SELECT 1 FROM metadata m JOIN postings p ON p.entry_id = m.entry_id"
        " AND coalesce(m.posting_id, p.posting_id) = p.posting_id"
        " WHERE m.key = ? AND p.root IN ('income', 'expenses') LIMIT 1"
    )
    return bool(asked.names.index.query(sql, [key]))


def _found(asked: Asked) -> tuple[Key, int, int] | None:
    """The key that is said to be missing, and where that is said."""
    text = asked.said.folded
    cue = cues("cues").single["lacking"].expression
    for key, words, verb in _keys(asked.names):
        said = f"(?:{words})"
        patterns = [f"{_NONE}{said}{_NUMBER}", f"{_BELONGS}{said}", cue.replace("<key>", said)]
        if verb:
            patterns += [_NOBODY.format(not_=_NOT, words=words), _WHO.format(verb=verb)]
        for pattern in patterns:
            match = re.search(pattern, text)
            if match and ends_there(text[match.end() :]):
                return Key(key), match.start(), match.end()
    return None


def _keys(names: Vocabulary) -> tuple[tuple[str, str, str], ...]:
    """The keys of transactions, each with a pattern of what it is called and the verb of one that says who did it.

    By the last of its words, too, where no other key is called so: "invoice" for `contractor_invoice`.
    """
    return names.once("keys to lack", lambda: tuple(_called(names)))


def _called(names: Vocabulary) -> Iterator[tuple[str, str, str]]:
    rows = names.index.query(
        "SELECT DISTINCT m.key FROM metadata m JOIN entries e USING (entry_id) WHERE e.type = 'transaction' ORDER BY 1"
    )
    parts = {key: re.findall(r"[^\W_]+", fold(key)) for (key,) in rows}
    telling = {key: [word for word in words if word not in ANY] or words for key, words in parts.items()}
    for key, words in sorted(telling.items(), key=lambda each: -len(each[1])):
        verb = words[0] if len(words) > 1 and words[-1] == "by" else ""
        if not words or (not verb and set(words) <= lexicon().grammar):
            continue
        ways = [r"[ _-]?".join(map(re.escape, words)) + "s?"]
        if verb:
            ways.append(rf"(?:{_DOER.get(verb, re.sub('ed$', 'er', verb))})s?")
        elif len(words) > 1 and sum(words[-1] in others for others in telling.values()) == 1:
            ways.append(f"{re.escape(words[-1])}s?")
        yield key, "|".join(ways), verb


def _others(start: int, end: int, asked: Asked) -> Filters:
    """What else is named: the words that say what is missing name nothing themselves."""
    tokens = tokenize(asked.said.text)
    inside = {at for at, token in enumerate(tokens) if start <= token.start < end}

    def kept(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
        return tuple(each for each in phrases if inside.isdisjoint(range(each.start, each.end)))

    said = replace(asked.said, phrases=kept(asked.said.phrases), excluded=kept(asked.said.excluded))
    return scope(said, asked.intent, asked.names).filters
