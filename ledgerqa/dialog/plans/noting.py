"""What a plan says beside its answer: days assumed, rates taken, words passed over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.linking.dwellings import DWELLINGS
from ledgerqa.dialog.plans.conversion import in_home_money
from ledgerqa.dialog.plans.wealth.eves import unread_days
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure, Plan, Refusal

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

# What a sum would have to be divided by: "per child", "a head"; no percentage, and not as the books say.
_PER: Final = compiled(
    r"\b(?<!as )(?:per (?!cents?\b|centages?\b|annum\b|se\b|the\b|my\b|our\b|your\b|its?\b|this\b|that\b|[\d<])[\w'-]+"
    r"|(?<=[a-z] )a head)\b"
)
# "15% of it", "a third of the rent": as much as is said of what is told.
_SO_MUCH_OF: Final = compiled(
    r"(?<!than )(?<!over )(?<!under )(?<!least )(?<!most )(?<!exceed )(?<!above )(?<!below )"
    r"\b\d[\d.,]* ?(?:%|per ?cent) of (?:it|that|them|this|the|my|our|all)\b"
    r"|\b(?:half|a (?:third|quarter|fifth|tenth)) of (?:it|that|the total)\b"
)
_AS_TAG: Final = compiled(r"#|\btag(?:s|ged)?\b")
_A_ROW: Final = r"accounts?$|categor(?:y|ies)$|lines?$|headings?$|types?$|kinds?$|items?$"
_READ_IN_FULL = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, Measure.BALANCE})


def _at_the_rate(plan: Plan, said: Said) -> Plan:
    """The plan valued at the rates of the day that was said for them."""
    if said.rate_day is None or plan.measure is Measure.PRICE:
        return plan
    return replace(plan, at=said.rate_day, reading=(*plan.reading, f"at the rates of {said.rate_day.isoformat()}"))


def _beyond_the_first(plan: Plan, said: Said) -> Plan:
    """As in "and the time before?": the row after as many as were told."""
    return replace(plan, skip=plan.skip + said.intent.skip) if plan.limit == 1 and said.intent.skip else plan


def told_for_certain(outcome: Plan | Refusal, asked: Asked, said: Said) -> Outcome:
    """What the question's own words say for certain; of a plan, with the days that could not be read."""
    if isinstance(outcome, Refusal):
        return outcome
    days = tuple(each for each in unread_days(said) if each.upper() not in asked.names.commodities)
    return noted(in_home_money(outcome, asked), replace(said, unread=(), unread_periods=days))


def noted(plan: Plan, said: Said) -> Plan:
    """The plan with what was assumed of the periods, and which words were passed over."""
    plan = _beyond_the_first(_at_the_rate(plan, said), said)
    notes = [each.note for each in said.periods if each.note]
    notes += [f'no day is known for "{words}"' for words in said.unread_periods]
    unread = [each for each in said.unread if not (plan.key and set(stems(each)) <= set(name_stems(plan.key)))]
    if unread and said.phrases and plan.measure in _READ_IN_FULL:
        notes.append(f"not read: {', '.join(unread[:4])}")
    if undivided := _undivided(plan, said):
        notes.append(f'not divided "{undivided}": the entries do not tell by how many')
    if (part := _SO_MUCH_OF.search(said.folded)) and plan.measure in _READ_IN_FULL and not plan.compare:
        notes.append(f'not worked out: "{part.group()}"; the whole of it is told')
    if (accounts := _beside_tags(plan, said)) and plan.measure in _READ_IN_FULL:
        notes.append(f"only what is tagged: {', '.join(accounts)} may hold more")
    idle = _idle_words(plan, said)
    kept = (note for note in plan.reading if note.partition(" = ")[0] not in idle)
    return replace(plan, reading=tuple(dict.fromkeys((*kept, *notes))))


def _beside_tags(plan: Plan, said: Said) -> tuple[str, ...]:
    """As in "what did the cats cost", where a tag is called so: the accounts that the same word names less plainly."""
    if plan.filters.accounts or _AS_TAG.search(said.folded):
        return ()
    tagged = (each for each in said.phrases if each.best.kind == "tag" and {*each.best.values} <= {*plan.filters.tags})
    others = (option.values for each in tagged for option in each.options if option.kind == "account")
    return tuple(dict.fromkeys(name for values in others for name in values))


def _undivided(plan: Plan, said: Said) -> str:
    """As in "what did camp cost per child", where the whole is told: the words for what it is not divided by."""
    whole = plan.measure in {Measure.SUM, Measure.NET_INCOME} and not (plan.compare or plan.key or plan.commodity)
    if not whole or plan.filters.metadata or plan.group_by not in {(), (Grouping.ACCOUNT,)}:
        return ""
    names = (fold(words) for words in (*(each.words for each in said.phrases), *(each.text for each in said.periods)))
    text = said.folded
    for name in names:
        text = text.replace(name, "") if _PER.search(name) else text  # "pay per view"
    found = _PER.search(text)
    kinds = {
        word for each in said.phrases if each.best.kind == "account" for word in stems(each.words)
    }  # a row a child
    grouped = (
        plan.group_by
        and found
        and (re.search(_A_ROW, found.group()) or (DWELLINGS | kinds) & set(stems(found.group())))
    )
    return "" if found is None or grouped else found.group()


def _idle_words(plan: Plan, said: Said) -> set[str]:
    """As in "how many hours", where a key tells them: of entries that say so the values are not, whatever they say."""
    if plan.filters.metadata:  # "check 1010" is a key's value, and no account called Checking
        kept = set(plan.filters.accounts)
        return {each.words for each in said.phrases if each.best.kind == "account" and not kept & {*each.best.values}}
    if plan.measure is not Measure.METADATA and plan.key is None:
        return set()
    named = {each.words for each in (*plan.filters.mentions, *plan.filters.exclude_mentions)}
    return {each.words for each in said.phrases if each.best.kind in {"payee", "narration"}} - named
