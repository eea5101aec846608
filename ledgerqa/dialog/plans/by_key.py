"""The plan for what is asked of each value of a metadata key, made as if it were asked of each payee."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.plans.cash.customers import customers_key
from ledgerqa.dialog.understanding.by_key import AND_PAYEE, HOW_MANY
from ledgerqa.plan_keys import ENDS
from ledgerqa.records import Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_NUMBER: Final = r"(?:number|no|nr|num|ref|reference|code|id)"
_MEAN: Final = r"\b(?:averages?|averaged|avg|mean|typical(?:ly)?|usual(?:ly)?)\b"
_SPENT: Final = r"\b(?:spen[dt]\w*|purchases?|bought|buy|paid|pay|payments?|bills?|expenses?|costs?)\b"


def told_by_key(plan: Plan, said: Said, names: Vocabulary) -> Plan | Refusal:
    """The plan by the values of the key that is meant, for which payees stand in; why not, where nothing bears both."""
    told = _told(_with_its_number(plan, said, names), said, names)
    if told.group_by[:1] != (Grouping.METADATA,) or told.by_key is None:
        return told
    if told.measure is Measure.METADATA and told.key and not _meets(told.key, told.by_key, names):
        return Refusal(f"No entry that says its {told.key} says a {told.by_key}, too.", (f"Total {told.key}",))
    return _where_it_is_borne(told, names)


def _with_its_number(plan: Plan, said: Said, names: Vocabulary) -> Plan:
    """As in "which invoice was the last one to Bolt": the entry, with what stands under the key that is asked for."""
    if plan.measure is not Measure.LIST or plan.limit != 1 or plan.key is not None or plan.pick:
        return plan
    for key in sorted(names.keys, key=len, reverse=True):
        word = r"[\s_-]?".join(map(re.escape, name_stems(key)))
        asked_for = rf"\b{word}s? {_NUMBER}\b|^(?:and |so |ok )*(?:which|what) {word}\b|\b{_NUMBER}\b.*\b{word}\b"
        if re.search(asked_for, said.folded) and names.booked.bears(key, plan.filters):
            return replace(plan, key=key)
    return plan


def _meets(one: str, other: str, names: Vocabulary) -> bool:
    sql = "SELECT 1 FROM metadata m JOIN metadata o USING (entry_id) WHERE m.key = ? AND o.key = ? LIMIT 1"
    return bool(names.index.query(sql, [one, other]))


def _where_it_is_borne(plan: Plan, names: Vocabulary) -> Plan:
    """As in "spending by card", which stands on the posting that paid: what those postings come to."""
    if plan.measure is not Measure.SUM or plan.filters != Filters(roots=(Root.EXPENSES,)) or plan.compare:
        return plan
    rows = names.index.query(
        "SELECT p.root, count(*) FILTER (p.number < 0) FROM postings p JOIN metadata m ON m.entry_id = p.entry_id"
        " WHERE m.key = ? AND coalesce(m.posting_id, p.posting_id) = p.posting_id GROUP BY 1 ORDER BY 2 DESC",
        [plan.by_key],
    )
    roots = [Root(root) for root, _ in rows]
    if not roots or Root.EXPENSES in roots or roots[0] not in {Root.ASSETS, Root.LIABILITIES}:
        return plan
    note = f"{plan.by_key} is noted on what paid: what went out there is told"
    return replace(plan, filters=Filters(roots=(roots[0],), sign=-1), reading=(*plan.reading, note))


def _told(plan: Plan, said: Said, names: Vocabulary) -> Plan:
    key = said.intent.by_key
    if said.by_key and plan.measure is Measure.COUNT and not said.phrases and not re.search(_SPENT, said.folded):
        plan = plan if said.intent.flow else replace(plan, filters=replace(plan.filters, roots=()))
    if said.by_key and plan.measure is Measure.COUNT and re.search(HOW_MANY, said.folded):
        return replace(plan, count_of="values", by_key=said.by_key)
    groups = plan.group_by
    if said.by_key and not plan.pick and not (Grouping.METADATA in groups and re.search(AND_PAYEE, said.folded)):
        groups = tuple(Grouping.METADATA if each is Grouping.PAYEE else each for each in groups)
    if Grouping.METADATA not in groups:
        listed = plan.measure is Measure.LIST and plan.key is None and said.by_key
        return replace(plan, key=said.by_key) if listed else plan
    key = key or plan.by_key or customers_key(names, plan.filters.accounts)
    plan = replace(plan, group_by=tuple(dict.fromkeys(groups)), by_key=key)
    if plan.measure is Measure.SUM and said.by_key and re.search(_MEAN, said.folded):
        note = f"the total of each {key} is told, no average of them"
        plan = replace(plan, reading=(*plan.reading, note))
    two = plan.limit == 1 and plan.key is None and len(names.labels.get(key or "", ())) == len(("one", "other"))
    return replace(plan, key=ENDS) if two and not plan.skip and not plan.compare else plan
