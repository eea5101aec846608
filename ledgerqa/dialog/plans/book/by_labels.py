"""Names that are labels, too: a client who is a payee where they pay, and stands under a key of each invoice.

What such a name is meant for is all that bears the label, where every entry of the payee bears it and others do, too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.plans.cash.customers import CUSTOMERS
from ledgerqa.records import Filters, Measure, MetadataFilter, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Mention

_BEYOND: Final = "these entries touch neither income nor expenses"
_ENTRIES: Final = r"\b(?:pa(?:y|id|ys|yments?)|entries|transactions|invoices)\b"
_FIGURES: Final = frozenset(
    {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST, Measure.BALANCE, Measure.NET_INCOME}
)


def told_by_labels(plan: Plan, said: Said, names: Vocabulary) -> Plan:
    """The plan with all that bears a label where a payee is called so, and kept to the labels that were said."""
    if plan.measure not in _FIGURES or not names.keys:
        return plan
    taken: dict[str, MetadataFilter] = {}

    def labelled(filters: Filters) -> Filters:
        kept: list[Mention] = []
        metadata = list(filters.metadata)
        for each in filters.mentions:
            label = label_of_payee(each, names)
            if label is None:
                kept.append(each)
                continue
            taken[each.words] = label
            metadata.append(label)
        return replace(filters, mentions=tuple(kept), metadata=tuple(dict.fromkeys(metadata)))

    plan = replace(
        plan,
        filters=labelled(plan.filters),
        compare=tuple(replace(side, filters=labelled(side.filters)) for side in plan.compare),
    )
    told = {each for one in (plan.filters, *(side.filters for side in plan.compare)) for each in one.metadata}
    missing = tuple(each for each in said.labels if each not in told and each.key not in {one.key for one in told})
    standing = plan.measure is Measure.BALANCE and plan.filters.accounts  # what is paid in part bears no label
    if missing and not standing:
        plan = replace(plan, filters=replace(plan.filters, metadata=(*plan.filters.metadata, *missing)))
    if taken and any(note.endswith(_BEYOND) for note in plan.reading):
        plan = _of_its_flow(plan, said, tuple(taken.values()), names)
    notes = [f"{words} = {label.key} {label.value}" for words, label in taken.items() if label.value]
    other = tuple(note for note in plan.reading if not note.startswith(tuple(f"{words} = payee" for words in taken)))
    return replace(plan, reading=(*other, *notes)) if notes else plan


def _of_its_flow(plan: Plan, said: Said, labels: tuple[MetadataFilter, ...], names: Vocabulary) -> Plan:
    """As in "what have we earned from Meridian", who only ever pays invoices: what the entries of the label earn."""
    rows = names.index.query(
        "SELECT root, count(*) FROM postings WHERE root IN ('income', 'expenses') AND entry_id IN"
        " (SELECT entry_id FROM metadata WHERE key = ? AND value = ?) GROUP BY 1 ORDER BY 2 DESC",
        [labels[0].key, labels[0].value],
    )
    rules = said.by_rules or said.intent
    found = [Root(root) for root, _ in rows]
    wanted = {"income": Root.INCOME, "spend": Root.EXPENSES}.get(rules.flow or said.intent.flow or "")
    root = wanted if wanted in found else found[0] if found else None
    if root is None or rules.measure not in {Measure.SUM, None} or re.search(_ENTRIES, said.folded):
        return plan
    kept = replace(plan.filters, roots=(root,), accounts=())
    reading = tuple(note for note in plan.reading if not note.endswith(_BEYOND))
    return replace(plan, measure=Measure.SUM, filters=kept, unit="posting", order=None, limit=None, reading=reading)


def label_of_payee(mention: Mention, names: Vocabulary) -> MetadataFilter | None:
    """The label that all entries of the one payee bear, and others, too; None where there is none of its name."""
    if len(mention.payees) != 1 or not mention.payees[0] or mention.narrations or mention.pattern:
        return None
    payee = mention.payees[0]
    return names.once(("label of", payee), lambda: _label_of(payee, names))


def _label_of(payee: str, names: Vocabulary) -> MetadataFilter | None:
    rows = names.index.query(
        "WITH own AS (SELECT entry_id FROM entries WHERE type = 'transaction' AND payee = ?),"
        " bearing AS (SELECT DISTINCT m.key, m.value, m.entry_id FROM metadata m JOIN entries e USING (entry_id)"
        " WHERE e.type = 'transaction' AND m.value IS NOT NULL)"
        " SELECT key, value, count(*) FROM bearing GROUP BY 1, 2"
        " HAVING count(*) FILTER (entry_id IN (FROM own)) = (SELECT count(*) FROM own)"
        " AND count(*) > (SELECT count(*) FROM own) ORDER BY 3 DESC, 1",
        [payee],
    )
    own = set(stems(payee))
    called = [
        (key, value)
        for key, value, _ in rows
        if own <= set(stems(value)) or (set(stems(value)) <= own and CUSTOMERS.intersection(name_stems(key)))
    ]  # "Kingston Roofing", who only ever works at the unit kingston, is that unit for none of it
    return MetadataFilter(*called[0]) if called else None
