"""Plans for what is kept under metadata keys: the values of a key, or the entries that bear one of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, is_plural, name_stems, squash, stem, stems
from ledgerqa.dialog.linking.metadata_keys import NUMBERS, keys_of_account, values_said, words_for
from ledgerqa.dialog.linking.naming_keys import counted_key
from ledgerqa.dialog.plans.asked import Asked, bounded, by_date, happened, one_period
from ledgerqa.dialog.plans.book.counters import is_counter
from ledgerqa.dialog.plans.book.dated_values import of_its_days, says_it_holds
from ledgerqa.dialog.plans.book.filed import limit_of
from ledgerqa.dialog.plans.book.labels_without import paid_apart
from ledgerqa.dialog.plans.wealth.described import described_commodity
from ledgerqa.dialog.plans.wealth.securities import bears_key, of_a_security
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import (
    TIME_GROUPINGS,
    Filters,
    Measure,
    MetadataFilter,
    Order,
    Period,
    Plan,
    Refusal,
    Root,
    Variant,
)

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.metadata_keys import Key
    from ledgerqa.records import Outcome


def metadata(asked: Asked) -> Outcome:
    """The values of a key, or the entries that bear a value of it."""
    key = asked.key
    found = asked.scope.filters
    name = key.name if key else None
    if asked.scope.currencies and not found.accounts and not found.mentions:
        return Plan(Measure.METADATA, Filters(), key=name, commodity=asked.scope.currencies[0])
    if commodity := commodity_bearing(name, asked):
        return Plan(Measure.METADATA, Filters(), key=name, commodity=commodity)
    period = one_period(asked)
    if (
        found.accounts
        and not period
        and not found.mentions
        and (own := keys_of_account(found.accounts, asked.said, asked.names))
    ):
        return Plan(Measure.METADATA, Filters(accounts=found.accounts), key=own, reading=asked.scope.reading)
    filters = bounded(without_key(thing_named(found, key.name, asked) if key else found, asked), asked)
    if key and key.of is not None:
        return Plan(Measure.METADATA, Filters(metadata=(key.of,)), key=name, reading=asked.scope.reading)
    if key and key.value is None and not asked.names.booked.bears(key.name, filters):
        filters = other_subject(filters, key.name, asked)
        if for_a_reason(filters, key.name, asked):
            note = "the rest says what it is for"
            return Plan(Measure.METADATA, Filters(), period, key=name, reading=(note,))
    if key and key.value is not None:
        return _of_a_value(key, filters, asked)
    if key is None and _says_nothing(filters, asked):
        return Refusal("Nothing else is noted with the entries of what is named.", ())
    if key is not None and key.name == counted_key(asked.said, asked.names):
        return _each_once(key.name, filters, asked)
    numbered = key is not None and bool(set(name_stems(key.name)) & NUMBERS)
    heard = (asked.said.by_rules or asked.intent).order is not None
    summed = asked.has(_ADDED_UP) and asked.intent.order is None and not numbered
    summed = summed and (key is None or not is_counter(key.name, asked.names))
    plan = Plan(
        Measure.METADATA,
        filters,
        period,
        group_by=tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)[:1] if summed else (),
        key=name,
        summed=summed,
        order=by_date(asked) if heard else None,  # a model takes "until when" for a ranking
        limit=limit_of(asked) if heard else asked.intent.limit,
        reading=asked.scope.reading,
    )
    if _in_force(plan, asked) or _of_the_last(plan, asked):
        last = replace(plan, order=Order("date", descending=True), limit=1)
        return replace(last, measure=Measure.LIST, unit="entry") if _last_has_none(last, asked) else last
    return of_its_days(plan, asked)


def _of_a_value(key: Key, filters: Filters, asked: Asked) -> Plan | Refusal:
    """What bears one value of a key: added up where its cost or profit is asked for, else listed."""
    period, reading = one_period(asked), asked.scope.reading
    value = replace(filters, metadata=(key.filter,))
    if why_not := paid_apart(value.metadata, value.accounts, asked):
        return why_not
    if flows := _flows_of_it(key.name, asked):
        aloud = {each.words for each in asked.scope.filters.mentions} - {each.words for each in value.mentions}
        notes = tuple(each for each in reading if each.partition(" = ")[0] not in aloud)
        return _added_up(Plan(flows[0], value, period, reading=notes), flows[1], key.name, asked)
    return Plan(Measure.LIST, value, period, unit="entry", key=key.name, reading=reading)


_COST = (
    r"\b(?:cost|spen[dt]|spending|outlay|lay out|laid out|set (?:me|us) back)\b"
    r"|\b(?:costs|expenses|expenditure|outgoings)\b(?! (?:for|of|on)? ?\w+ (?:list|each))"
)
_EARNED = r"\b(?:earn(?:ed|t)?|income|revenue|br(?:ing|ought) in|t(?:ake|ook) in|charged?|billed?|invoiced)\b"
_LEFT_OVER = r"\b(?:profit|margin|ma[dk]e|lose|lost|net)\b"
_TOGETHER = r"\b(?:together|combined|altogether|in total|between them|both)\b"
_PAIR = 2
_SUMMED = frozenset({Measure.SUM, Measure.NET_INCOME, None})
_AS_THEY_ARE = (
    r"\b(?:list|show|which(?! (?:one |job )?(?:of|cost|made))|each|when|where|who|entries|transactions|bookings)\b"
    r"|\bwhat (?:is|was|were|are)\b"
)


def _flows_of_it(key: str, asked: Asked) -> tuple[Measure, tuple[Root, ...]] | None:
    """As in "what did job J71 cost us": what was spent on all that bears it, or earned; None where rows are wanted.

    Not of a number of one entry ("what did invoice 2041 cost"): that entry tells.
    """
    heard = {asked.intent.measure, *([asked.said.by_rules.measure] if asked.said.by_rules else [])}
    if set(name_stems(key)) & NUMBERS or not heard & _SUMMED or asked.has(_AS_THEY_ARE) or asked.intent.group_by:
        return None
    cost, earned = asked.has(_COST), asked.has(_EARNED)
    if asked.has(_LEFT_OVER) or (cost and earned):
        return None if cost or earned else (Measure.NET_INCOME, ())
    return (Measure.SUM, (Root.EXPENSES if cost else Root.INCOME,)) if cost or earned else None


def _added_up(plan: Plan, roots: tuple[Root, ...], key: str, asked: Asked) -> Plan:
    """The sum over what bears the value, with a side for each where several of the key are said."""
    filters = plan.filters if plan.filters.accounts else replace(plan.filters, roots=roots)
    values = values_said(key, asked.said, asked.names)
    if len(values) < _PAIR:
        return replace(plan, filters=filters)
    if asked.has(_TOGETHER):
        return replace(plan, filters=replace(filters, metadata=tuple(MetadataFilter(key, each) for each in values)))
    sides = (Variant(each, replace(filters, metadata=(MetadataFilter(key, each),)), Period()) for each in values)
    return replace(plan, filters=replace(filters, metadata=()), compare=tuple(sides))


def _each_once(key: str, filters: Filters, asked: Asked) -> Plan:
    """As in "how many plots do we have", "which berths does she have": the values that name them, each once.

    Of those that there are now, where no time is said, the ones that stand on entries of the last twelve months.
    """
    period = happened(asked)
    if period.start is None and period.end is None and asked.has(_NOW) and not asked.has(_EVER):
        period = Period(asked.today - _A_YEAR, asked.today + dt.timedelta(days=1), "in the twelve months to today")
    spoken = {fold(each.words) for each in asked.said.phrases if stem(each.words) in name_stems(key)}
    reading = tuple(note for note in asked.scope.reading if fold(note.partition(" = ")[0]) not in spoken)
    return Plan(Measure.METADATA, filters, period, key=key, pick="values", reading=reading)


def _says_nothing(filters: Filters, asked: Asked) -> bool:
    """As in "what was the drummer's fee", where a model alone hears a key and no entry of what is named bears any."""
    ruled = asked.said.by_rules is None or asked.said.by_rules.measure is Measure.METADATA
    named = filters.accounts or filters.mentions
    return bool(named) and not ruled and not any(asked.names.booked.bears(key, filters) for key in asked.names.keys)


def _in_force(plan: Plan, asked: Asked) -> bool:
    """As in "the policy number of the van insurance we have now": the value that was noted last."""
    named = bool(plan.filters.accounts or plan.filters.mentions)
    now = any(each.kind == "now" for each in asked.said.periods) or asked.has(r"\bcurrent (?!account)|\bin force\b")
    several = plan.key is None or any(is_plural(word) for word in words_for(plan.key, asked.said))
    if plan.key and is_counter(plan.key, asked.names):  # "current odometer reading", "what's the odometer at"
        named = True
        now = now or asked.has(
            r"\b(?:what(?:['’]?s| is)|where(?:['’]?s| is)) (?:the |our |my )?(?:\w+ )?\w+ (?:at|on)\W*$"
        )
    return bool(named and now) and not (several or plan.summed or plan.order or plan.limit)


_LAST: Final = compiled(
    r"\b(?:the|our|my|their|his|her) (?:very )?(?:last|latest|most recent|newest)\b"
    r"(?! (?:\w+ )?(?:days?|weeks?|months?|quarters?|years?|\d+|two|three|four|five|few)\b)"
)


def _of_the_last(plan: Plan, asked: Asked) -> bool:
    """As in "the receipt number of the last order from Bolt": of one entry, and no list of all."""
    named = plan.filters.accounts or plan.filters.mentions
    return bool(named and _LAST.search(asked.said.folded)) and not (plan.summed or plan.order or plan.limit)


_OFTEN: Final = 3  # of so many days with entries of what is named one bears the key, for the last to be asked of it


def _last_has_none(plan: Plan, asked: Asked) -> bool:
    """Whether nothing of the last day of what is named bears the key, as entries of other days do."""
    days = [day for day in asked.names.booked.days(plan.filters) if day <= asked.today]
    rows = asked.names.index.query(
        "SELECT DISTINCT e.date FROM metadata m JOIN entries e USING (entry_id)"
        " WHERE m.key = ? AND e.date IN (SELECT unnest(?::DATE[]))",
        [plan.key, days],
    )
    bearing = {day for (day,) in rows}
    return not plan.period and bool(days) and max(days) not in bearing and len(bearing) * _OFTEN >= len(set(days))


def commodity_bearing(key: str | None, asked: Asked) -> str | None:
    """The commodity meant, named or described, on whose own directive the key stands ("the ISIN of the world fund")."""
    options = (phrase.of_kind("currency") for phrase in asked.said.phrases)
    named = (option.values[0] for option in options if option and bears_key(asked, key, option.values[0]))
    if commodity := next(named, None) or of_a_security(asked, key):
        return commodity
    return described_commodity(asked, key) if key and not asked.scope.filters.mentions else None


_NOW = r"\b(?:do|does|have|has|are|is|'s|'ve)\b"
_EVER = r"\b(?:did|had|was|were|ever|so far|over the years|since|altogether|until now|to date|all[- ]time)\b"
_A_YEAR = dt.timedelta(days=365)
_ADDED_UP = (
    r"\bhow (?:many|much)\b|\btotal\b|\bsum\b|\baltogether\b|\bin all\b|\badd(?:ed)? up\b"
    r"|\b(?:by|per|each|every|a) (?:month|quarter|year)\b|\b(?:monthly|quarterly|yearly)\b"
)


def thing_named(filters: Filters, key: str, asked: Asked) -> Filters:
    """As in "the laptop": entries that say so and bear the key, where else a whole category of the like was meant."""
    for phrase in asked.said.phrases:
        said = phrase.of_kind("narration")
        if phrase.best.kind == "account" and phrase.best.how in {"synonym", "covers"} and said is not None:
            other = Filters(mentions=(mention_of(phrase, said),))
            if set(phrase.best.values) & set(filters.accounts) and asked.names.booked.bears(key, other):
                rest = tuple(name for name in filters.accounts if name not in phrase.best.values)
                return replace(filters, accounts=rest, mentions=(*filters.mentions, *other.mentions))
    return filters


def other_subject(filters: Filters, key: str, asked: Asked) -> Filters:
    """The entries that a phrase also names, where what it was read as bears no such key ("phone": the one bought)."""
    for phrase in asked.said.phrases:
        for option in phrase.options:
            if option.kind in {"payee", "narration"}:
                other = replace(filters, accounts=(), roots=(), mentions=(mention_of(phrase, option),))
                if asked.names.booked.bears(key, other):
                    return other
    return filters


_REASON = (
    r"\b(?:for when|because|since (?:i|we|they|he|she)\b"
    r"|(?:to|for|in|on|into) (?:the |my |our |an? |this |that )?(?=(?:[\w-]+ ){1,3}"
    r"(?:app|form|site|website|portal|page|account|claim|register|registration|machine|people|lot|office)\b)"
    r"|to (?:fill|put|give|send|show|pay|park|log|claim|enter|type|register|renew)\b)"
)


def for_a_reason(filters: Filters, key: str, asked: Asked) -> bool:
    """As in "the number plate for the parking app": names that say what the value of the key is wanted for.

    Only where no entry of theirs bears the key and all that do bear the one value.
    """
    told = re.search(_REASON, asked.said.folded)
    if told is None or asked.names.booked.bears(key, filters):
        return False
    own = set(name_stems(key))
    names = [fold(phrase.words) for phrase in asked.said.phrases if not set(stems(phrase.words)) <= own]
    ((values,),) = asked.names.index.query("SELECT count(DISTINCT value) FROM metadata WHERE key = ?", [key])
    return values == 1 and bool(names) and all(asked.said.folded.rfind(name) >= told.end() for name in names)


def without_key(filters: Filters, asked: Asked) -> Filters:
    """The filters less names that are only the key said aloud."""
    if asked.key is None:
        return filters
    own = {*name_stems(asked.key.name), *stems(asked.key.value or ""), *re.findall(r"\d+$", asked.key.value or "")}
    joined = squash(asked.key.name)
    spoken = {
        phrase.words
        for phrase in asked.said.phrases
        if set(stems(phrase.words)) <= own or squash(phrase.words) in joined or says_it_holds(phrase)
    }
    mentions = tuple(each for each in filters.mentions if each.words not in spoken)
    kept = {
        name
        for phrase in asked.said.phrases
        if phrase.words not in spoken
        for option in phrase.options
        if option.kind == "account"
        for name in option.values
    }
    return replace(filters, mentions=mentions, accounts=tuple(name for name in filters.accounts if name in kept))
