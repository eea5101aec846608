"""Labels in a conversation: what entries must bear, as a question or one before it says.

As in "how much did Bo spend on food" and then "and Ann?", "the year before?", "show me those": another label takes the
place of one under the same key, whatever else is called so; the rest of them stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import stems, tokenize
from ledgerqa.dialog.plans.asked import Asked
from ledgerqa.dialog.plans.book.labels import Labels, labels_in, says_label, without_labels
from ledgerqa.dialog.understanding.by_key import alike, key_asked_for
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import MetadataFilter


def with_labels(said: Said, before: Said | None, today: dt.date, names: Vocabulary) -> Said:
    """The question with the labels that it names; their words name nothing else."""
    rare = names.keys and said.unknown
    if not (names.labels or names.for_whom or rare or (before and before.intent.by_key)):
        return said
    found = labels_in(Asked(said, scope(said, said.intent, names), None, today, names))
    taken = {labels.key for labels in found}
    found = (*found, *(each for each in _in_their_place(said, before, names) if each.key not in taken))
    if not found:
        return said
    said = _of_another_key(said, {labels.key for labels in found if not labels.without}, names)
    tokens = tokenize(said.text)
    words = {tokens[at].fold for labels in found for at in labels.said}
    words |= {each for labels in found for each in alike(labels.key)}  # "the lantern job", of a `project`
    return replace(
        said,
        intent=_of_figures(_without_rows(said.intent, said), said),
        by_rules=_without_rows(said.by_rules, said) if said.by_rules else None,
        phrases=without_labels(said.phrases, found),
        excluded=_less(said.excluded, found),
        unknown=tuple(each for each in said.unknown if not words.issuperset(_words(each))),
        unread=tuple(each for each in said.unread if not words.issuperset(_words(each))),
        labels=tuple(each for labels in found for each in labels.filters),
    )


def _words(text: str) -> set[str]:
    return {each.fold for each in tokenize(text)}


def _less(excluded: Sequence[Phrase], found: Sequence[Labels]) -> tuple[Phrase, ...]:
    """What is left out beside the labels that are."""
    places = {at for labels in found if labels.without for at in labels.said}
    return tuple(each for each in excluded if places.isdisjoint(range(each.start, each.end)))


_MONEY: Final = compiled(
    r"\b(?:spen[dt]\w*|costs?|how (?:much|many|long|often)|most|least|bill\w*|invoic\w*|ow\w+|pa(?:y|id|ys)"
    r"|average|top|made?|earn\w*|hours|total|sum)\b"
)


def _of_another_key(said: Said, taken: set[str], names: Vocabulary) -> Said:
    """As in "which client is the atrium for", of a `project: "atrium"`: the clients that its entries name."""
    key = None if _MONEY.search(said.folded) else key_asked_for(said.folded, names)
    if key is None or key in taken:
        return said
    form = Intent(Measure.COUNT, count_of="entries", group_by=(Grouping.METADATA,), by_key=key)
    return replace(said, intent=form, by_rules=form if said.by_rules else None, by_key=key)


def _of_figures(intent: Intent, said: Said) -> Intent:
    """The form that the rules know, where a model hears a question for metadata in what only names a label."""
    heard = said.by_rules is not None and intent.measure is Measure.METADATA
    return replace(intent, measure=said.by_rules.measure) if said.by_rules and heard else intent


def _without_rows(intent: Intent, said: Said) -> Intent:
    """The form without rows where only the label says them: "the Rome trip" asks for no row a tag."""
    told = said.by_rules.group_by if said.by_rules else intent.group_by
    tagged = re.search(r"\btags?\b", said.folded)
    groups = (each for each in intent.group_by if each in told and (tagged or each is not Grouping.TAG))
    return replace(intent, group_by=tuple(groups))


def _in_their_place(said: Said, before: Said | None, names: Vocabulary) -> tuple[Labels, ...]:
    """As in "and Skye?" after the trip to Lisbon: a label beside that of the question before, of a trip as well."""
    tokens = tokenize(said.text)
    named = {at for each in said.excluded for at in range(each.start, each.end)}
    found: list[Labels] = []
    keys = dict.fromkeys(each.key for each in before.labels) if before else {}
    if before and before.intent.by_key and Grouping.METADATA in before.intent.group_by:
        keys[before.intent.by_key] = None  # "only Alder", after what was told by project
    for key in keys:
        values = names.labels.get(key) or names.for_whom.get(key) or _values_of(key, names)
        pairs = [(at, value) for value in values for at in _places(value, values, tokens) if at not in named]
        if pairs:
            told = tuple(dict.fromkeys(value for _, value in pairs))
            found.append(Labels(key, told, frozenset(at for at, _ in pairs)))
    return tuple(found)


def _values_of(key: str, names: Vocabulary) -> tuple[str, ...]:
    rows = names.index.query("SELECT DISTINCT value FROM metadata WHERE key = ? AND value IS NOT NULL LIMIT 500", [key])
    return tuple(value for (value,) in rows)


def _places(value: str, values: Sequence[str], tokens: Sequence[Token]) -> list[int]:
    """Where the question says the value: all its words, or one that no other value has ("Meridian" of its Homes)."""
    words = stems(value)
    if len(words) < 2:
        return [at for at, token in enumerate(tokens) if says_label(token, value)]
    spoken = [token.stem for token in tokens]
    for at in range(len(spoken) - len(words) + 1):
        if tuple(spoken[at : at + len(words)]) == words:
            return list(range(at, at + len(words)))
    others = {word for other in values if other != value for word in stems(other)}
    known = lexicon()
    own = {word for word in words if word not in others and word not in known.grammar | known.weak | known.ordinary}
    return [at for at, word in enumerate(spoken) if word in own]


def _of_one_label(said: Said) -> Said:
    """The question without rows by a key of which it keeps to one value: "only Alder" after "by project"."""
    key, kept = (
        said.intent.by_key,
        {each.value for each in said.labels if each.key == said.intent.by_key and not each.absent},
    )
    if Grouping.METADATA not in said.intent.group_by or said.by_key == key or len(kept) != 1:
        return said

    def alone(intent: Intent) -> Intent:
        groups = tuple(each for each in intent.group_by if each is not Grouping.METADATA)
        return (
            intent
            if groups == intent.group_by
            else replace(intent, group_by=groups, order=None, single=False, limit=None)
        )

    return replace(said, intent=alone(said.intent), by_rules=alone(said.by_rules) if said.by_rules else None)


def with_earlier_labels(said: Said, names: Vocabulary) -> Said:
    """The question without the labels of earlier ones that no entry of what it names bears."""
    said = _of_one_label(
        replace(said, labels=tuple(each for each in said.labels if each.absent or each.key != said.by_key))
    )
    accounts = tuple(name for each in said.phrases if each.best.kind == "account" for name in each.best.values)
    texts = (each for each in said.phrases if each.best.kind in {"payee", "narration"})
    about = Filters(accounts=accounts, mentions=tuple(mention_of(each, each.best) for each in texts))
    if not said.labels or not (about.accounts or about.mentions):
        return said
    kept = tuple(each for each in said.labels if _is_borne(each, about, names))
    return replace(said, labels=kept)


def _is_borne(label: MetadataFilter, about: Filters, names: Vocabulary) -> bool:
    return names.booked.bears(label.key, about, (label.value,) if label.value else ())
