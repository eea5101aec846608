"""Labels in a conversation: what entries must bear, as a question or one before it says.

As in "how much did Bo spend on food" and then "and Ann?", "the year before?", "show me those": another label takes the
place of one under the same key, whatever else is called so; the rest of them stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.plans.asked import Asked
from ledgerqa.dialog.plans.book.labels import Labels, labels_in, says_label, without_labels
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Filters, Grouping

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import MetadataFilter


def with_labels(said: Said, before: Said | None, today: dt.date, names: Vocabulary) -> Said:
    """The question with the labels that it names; their words name nothing else."""
    if not (names.labels or names.for_whom):
        return said
    found = labels_in(Asked(said, scope(said, said.intent, names), None, today, names))
    taken = {labels.key for labels in found}
    found = (*found, *(each for each in _in_their_place(said, before, names) if each.key not in taken))
    if not found:
        return said
    tokens = tokenize(said.text)
    words = {tokens[at].fold for labels in found for at in labels.said}
    return replace(
        said,
        intent=_without_rows(said.intent, said),
        by_rules=_without_rows(said.by_rules, said) if said.by_rules else None,
        phrases=without_labels(said.phrases, found),
        unknown=tuple(each for each in said.unknown if fold(each) not in words),
        unread=tuple(each for each in said.unread if fold(each) not in words),
        labels=tuple(each for labels in found for each in labels.filters),
    )


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
    for key in dict.fromkeys(each.key for each in before.labels) if before else ():
        values = names.labels.get(key) or names.for_whom.get(key) or ()
        pairs = [
            (at, value)
            for value in values
            for at, token in enumerate(tokens)
            if at not in named and says_label(token, value)
        ]
        if pairs:
            told = tuple(dict.fromkeys(value for _, value in pairs))
            found.append(Labels(key, told, frozenset(at for at, _ in pairs)))
    return tuple(found)


def with_earlier_labels(said: Said, names: Vocabulary) -> Said:
    """The question without the labels of earlier ones that no entry of what it names bears."""
    accounts = tuple(name for each in said.phrases if each.best.kind == "account" for name in each.best.values)
    texts = (each for each in said.phrases if each.best.kind in {"payee", "narration"})
    about = Filters(accounts=accounts, mentions=tuple(mention_of(each, each.best) for each in texts))
    if not said.labels or not (about.accounts or about.mentions):
        return said
    kept = tuple(each for each in said.labels if _is_borne(each, about, names))
    return replace(said, labels=kept)


def _is_borne(label: MetadataFilter, about: Filters, names: Vocabulary) -> bool:
    return names.booked.bears(label.key, about, (label.value,) if label.value else ())
