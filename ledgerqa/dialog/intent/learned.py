"""What a trained model says of a question, joined with what the rules say.

The model knows how people ask, the rules know their words for certain: of each field the class is taken that the
model finds likeliest once the rules' own class has been given a bonus (in log odds, measured on an author whom the
model had not seen, and on questions).  Spans say which words are names, periods or to be left out; what they mean in
this ledger stays the work of `linking` and `periods`.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.forms import GROUP, NO, fields_of, intent_of
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.backends.protocols import Labelled, Understanding
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.forms import Classes
    from ledgerqa.dialog.intent.intents import Intent

# What the rules' word counts for beside the model's, by field: added to the log odds of the class that they say.
BONUS: Final[Mapping[str, float]] = MappingProxyType({"measure": 2.0, "flow": 3.0, "convert": 0.0})
# The same where the rules say nothing, for "not said".
SILENCE: Final[Mapping[str, float]] = MappingProxyType({"group": 0.5})
USUAL_BONUS: Final = 1.0
LEAST: Final = 1e-6
SURE: Final = 0.8
CERTAIN: Final = 0.9  # of a measure, from which no single word of the rules stands against it
CERTAIN_OF_ROWS: Final = 0.95  # the same of a list, where words ask for a row for each account: "item by item"
EVEN: Final = 0.5  # below it a model that differs from the rules is wrong more often than they are
TOLD: Final = 0.55  # how sure of a measure that no rule hears
PLAIN: Final = 0.97  # how sure the model must be of an ordinary word
BESIDE: Final = 0.93  # and of one in what is told before the question
_UNITS: Final = compiled(
    r"^(?:(?:each|every|per|by|an?|the) )?(?:day|week|month|quarter|year)s?$"
    r"|^(?:at )?(?:the )?(?:start|beginning|opening|end|close)(?: of)?$"
    r"|\b(?:now|today|currently|so far|ever|total)\b",
    re.IGNORECASE,
)
_NOBODY: Final = compiled(  # months that nobody is called after, and two digits
    r"\d\d|(?:in |for )?(?:feb(?:ruary)?|july?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?",
    re.IGNORECASE,
)
NAMING: Final = frozenset({"NAME", "EXCLUDE", "TARGET", "KEY", "VALUE"})


def joined(rules: Intent, understood: Understanding) -> Intent:
    """The intent that rules and model come to together."""
    said = fields_of(_less_implied(rules))
    fields: dict[str, tuple[str, ...]] = {}
    for name, shares in understood.fields.items():
        if name == GROUP:
            fields[name] = _groups(shares, said.get(name, ()))
        elif found := _likeliest(name, shares, next(iter(said.get(name, ())), NO)):
            fields[name] = (found,)
    if "measure" in fields and not said.get("measure") and understood.fields["measure"][fields["measure"][0]] < TOLD:
        del fields["measure"]  # what nobody says for certain is left to what the names are: accounts, keys, currencies
    if _is_dated(rules) and _sureness(fields, understood) < PLAIN:
        return rules  # "when did the gym end": one day is asked for, whatever it is that ended
    owing = understood.fields.get("key", {}).get("shared", 0.0)
    if fields.get("key") == ("shared",) and not said.get("measure") and owing < SURE:
        del fields["key"]
        fields.pop("measure", None)
    intent = completed(intent_of(fields))
    if intent.measure is None and said.get("measure"):
        intent = replace(intent, measure=rules.measure)  # to hear nothing is no reason against what a rule heard
    if _counts_or_adds(rules, intent):
        return rules
    if rules.key == "shared" and intent.measure is rules.measure:
        intent = replace(intent, key=rules.key)
    intent = _by_its_unit(intent, rules) if rules.per else intent
    if intent.single and any(each in TIME_GROUPINGS for each in rules.group_by):
        intent = replace(intent, group_by=rules.group_by)  # "which month was the dearest" asks for one month
    several = rules.limit is not None or (rules.order is not None and not rules.single)  # "the largest payments"
    return replace(intent, limit=rules.limit, single=intent.single and not several)


def _less_implied(rules: Intent) -> Intent:
    """What the rules heard in words for it: no measure that they guessed, nor accounts that shared money stands on."""
    shared = rules.key == "shared" and rules.group_by == (Grouping.ACCOUNT,)
    measure = None if rules.guessed or rules.vague else rules.measure
    return replace(rules, measure=measure, group_by=() if shared else rules.group_by)


def _sureness(fields: Classes, understood: Understanding) -> float:
    """How sure a model is of its measure; wholly so where it hears well that the books are asked of, and no booking.

    As in "the latest note on the till", "most recently closed account".
    """
    name = next(iter(fields.get("measure", ())), NO)
    share = understood.fields["measure"].get(name, 0.0) if name else 0.0
    return 1.0 if name in _OF_THE_BOOKS and share > SURE else share


_OF_THE_BOOKS: Final = frozenset(
    each.value for each in (Measure.NOTES, Measure.DOCUMENTS, Measure.EVENTS, Measure.ACCOUNTS, Measure.QUERIES)
)


def _by_its_unit(intent: Intent, rules: Intent) -> Intent:
    """With the unit that was named for certain: "groceries a month" are what is usual, and no row for each of them."""
    averaged = intent.measure is Measure.AVERAGE
    if averaged and rules.measure is Measure.AVERAGE and not intent.per:
        kept = tuple(each for each in intent.group_by if each.value != rules.per or each in rules.group_by)
        intent = replace(intent, group_by=kept)
    added = intent.measure is Measure.SUM or (averaged and intent.per in {None, "booking"})
    if not added or any(each in TIME_GROUPINGS for each in intent.group_by):
        return intent
    return replace(intent, measure=Measure.AVERAGE, per=rules.per)


def held_to(intent: Intent, understood: Understanding) -> Intent:
    """The intent with the measure that a model is certain of, whatever single words make of it.

    On 1,510 phrasings by hands that it never learned from, the measures of which it is so certain are right in 99.8%
    (600 plain ones) and 96.8% (910 roundabout ones); of nine questions kept away from all mending that the rules took
    otherwise, they took eight wrongly.
    """
    name, share = max(understood.fields["measure"].items(), key=lambda each: each[1])
    if share <= CERTAIN or name == NO or intent.measure is None or intent.measure.value == name:
        return intent
    heard = completed(intent_of({field: _surest(field, shares) for field, shares in understood.fields.items()}))
    if heard.measure is None or not {heard.measure, intent.measure} <= _EVERYDAY:
        return intent
    listed = heard.measure is Measure.LIST
    if listed and intent.group_by and share <= CERTAIN_OF_ROWS:
        return intent
    return replace(
        heard,
        flow=intent.flow or heard.flow,
        sign=intent.sign or heard.sign,
        group_by=heard.group_by if listed else intent.group_by or heard.group_by,
        order=heard.order or intent.order,
        limit=intent.limit,
        single=heard.single and intent.limit is None,
        convert=intent.convert,
    )


def surely_asks(understood: Understanding | None) -> bool:
    """Whether a model is certain of a measure, and of no reason to decline or to ask back.

    As in "how much should I tell them that rent averages", "set pets in 2022 beside 2023".  Of 130 lines by hands that
    it never learned from, which ask for advice, for changes, or for nothing in particular, it takes one so.
    """
    if understood is None:
        return False
    name, share = max(understood.fields["measure"].items(), key=lambda each: each[1])
    return name != NO and share > CERTAIN and understood.fields["outcome"].get(NO, 0.0) > CERTAIN


def stands_alone(understood: Understanding | None) -> bool:
    """The same of a question that leans on none before it: of 79 held-out lines that do, it takes none so."""
    return surely_asks(understood) and probability(understood, "follow_up", "yes") < 1 - CERTAIN


def _surest(field: str, shares: Mapping[str, float]) -> tuple[str, ...]:
    """The classes that a model takes by itself."""
    if field == GROUP:
        return tuple(each for each, share in shares.items() if share > EVEN)
    best = max(shares, key=lambda each: shares[each])
    return () if best == NO else (best,)


# Measures of which each is another answer; a balance of what is held, or a sum by account, is told either way.
_EVERYDAY: Final = frozenset(
    {Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_INCOME, Measure.PRICE}
)


def _counts_or_adds(rules: Intent, intent: Intent) -> bool:
    """Whether the rules know better if it is counted or added up.

    As in "how often and for how much", whose sum says over how many entries; "which shop did we go to the most".
    """
    if rules.measure is Measure.SUM and rules.count_of:
        return intent.measure is Measure.COUNT
    most_often = rules.measure is Measure.COUNT and rules.single and rules.group_by
    return bool(most_often) and intent.measure is Measure.SUM


def _is_dated(rules: Intent) -> bool:
    """Whether the rules hear a look-up of the one first or last time."""
    by_date = rules.order is not None and rules.order.by == "date"
    return rules.measure is Measure.LIST and by_date and rules.single and not rules.group_by


def completed(intent: Intent) -> Intent:
    """The intent with what its measure implies for the makers of plans, whether the words say it or not."""
    if intent.measure is Measure.AVERAGE and intent.per in {each.value for each in intent.group_by}:
        kept = tuple(each for each in intent.group_by if each.value != intent.per)
        intent = replace(intent, group_by=kept)  # "what do we lay out a month": one figure, and none for each month
    timed = any(each in TIME_GROUPINGS or each is Grouping.WEEKDAY for each in intent.group_by)
    if intent.measure is Measure.COUNT and intent.count_of == "payees" and intent.group_by == (Grouping.PAYEE,):
        return replace(intent, group_by=())  # "number of separate places we got paint from"
    if intent.measure is Measure.BALANCE and intent.key == "shared" and not intent.group_by:
        return replace(intent, group_by=(Grouping.ACCOUNT,))
    if intent.measure is Measure.GAPS and not intent.group_by:
        return replace(intent, group_by=(Grouping.MONTH,))
    if intent.measure is Measure.SUM and intent.order and intent.single and not intent.group_by and not intent.compare:
        return replace(intent, measure=Measure.LIST)
    if intent.measure is Measure.LIST and intent.group_by and not intent.single:
        return replace(intent, measure=Measure.SUM)
    if intent.account_depth and Grouping.ACCOUNT not in intent.group_by:
        return replace(intent, group_by=(*intent.group_by, Grouping.ACCOUNT))
    by_date = intent.order is not None and intent.order.by == "date"
    if intent.measure is Measure.SUM and by_date and intent.single and not timed:
        return replace(intent, measure=Measure.LIST, group_by=())
    return intent


def _likeliest(name: str, shares: Mapping[str, float], said: str) -> str:
    if said and max(shares.values()) < EVEN:
        return said
    bonus = BONUS.get(name, USUAL_BONUS) if said else SILENCE.get(name, 0.0)

    def score(each: str) -> float:
        return math.log(max(shares[each], LEAST)) + (bonus if each == said else 0.0)

    return max(shares, key=score)


def _groups(shares: Mapping[str, float], said: Sequence[str]) -> tuple[str, ...]:
    """The groupings of the rules, which explicit words named, in their order; then what else is likelier than not."""
    silence = SILENCE.get(GROUP, 0.0)

    def stands(each: str) -> bool:
        share = min(max(shares[each], LEAST), 1 - LEAST)
        return each in said or math.log(share / (1 - share)) - silence > 0

    return tuple(
        sorted((each for each in shares if stands(each)), key=lambda each: (each not in said, list(shares).index(each)))
    )


def probability(understood: Understanding | None, name: str, *classes: str) -> float:
    """How likely the model finds it that a field is one of `classes`; 0 without a model."""
    return sum(understood.fields[name].get(each, 0.0) for each in classes) if understood else 0.0


def spans_of(understood: Understanding | None, *labels: str, least: float = 0.0) -> tuple[Labelled, ...]:
    """The spans with one of these labels that are at least so sure; none without a model."""
    spans = understood.spans if understood else ()
    return tuple(each for each in spans if each.label in labels and each.probability >= least)


def surely_plain(start: int, end: int, understood: Understanding, least: float = PLAIN) -> bool:
    """Whether the model is sure that all words between two characters are ordinary ones."""
    words = [each for each in understood.plain if each.start < end and start < each.end]
    return bool(words) and all(each.probability > least for each in words)


def really_periods(periods: Sequence[FoundPeriod], understood: Understanding | None) -> tuple[FoundPeriod, ...]:
    """The periods but for those inside what is surely a name ("March of Dimes", "First Quarter Cafe")."""
    names = [each for each in spans_of(understood, "NAME", "EXCLUDE") if each.probability > SURE]
    return tuple(
        each for each in periods if _NOBODY.fullmatch(each.text) or not any(_lies_in(each, name) for name in names)
    )


def _lies_in(period: FoundPeriod, name: Labelled) -> bool:
    """Whether the period is part of the name ("the Easter dues"), which may begin after the article.

    A year alone is no name, whatever a model hears: "a 2024 purchase".
    """
    whole = (name.start, name.end) == (period.start, period.end)
    article = len("the ") if period.text.lower().startswith("the ") and period.end < name.end else 0
    return name.start <= period.start + article and period.end <= name.end and not (whole and period.text.isdigit())


_ITS_UNITS: Final = compiled(
    r"(?:(?:over|across|for|in|through|by) )?(?:all )?(?:the|those|these|its) (?:\d+|ten|eleven|twelve|\w+teen)"
    r"(?: (?:months?|weeks?|quarters?|days?))?\W*|(?:the )?(?:month|quarter|year)[ -]ends?\W*",
    re.IGNORECASE,
)


def unread_periods(
    text: str,
    periods: Sequence[FoundPeriod],
    understood: Understanding | None,
    stated: Sequence[tuple[int, int]] = (),
) -> tuple[str, ...]:
    """Words that surely say when, but not to anybody who has only the calendar: "since the baby came".

    Not what is `stated` of fiscal years, nor the units of a period that is read: "in 2024, over the 12 months".
    """
    read = [(each.start, each.end) for each in periods] + [*stated]
    return tuple(
        text[each.start : each.end]
        for each in spans_of(understood, "PERIOD")
        if each.probability > SURE
        and not any(start < each.end and each.start < end for start, end in read)
        and not _UNITS.search(text[each.start : each.end])
        and not (periods and _ITS_UNITS.fullmatch(text[each.start : each.end]))
    )
