"""Numbers kept beside the entries under a key (litres, words, miles): averages, the price of one, limits, what lacks.

As in "litres per fill on average", "what did a litre cost", "jobs of over 20000 words", "fill-ups where nobody wrote
down the litres", "somebody mistyped the mileage".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import unit_of
from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, is_plural, name_stems, stem, stems, tokenize
from ledgerqa.dialog.linking.links import SPELLING, Link, Phrase
from ledgerqa.dialog.linking.metadata_keys import NUMBERS, Key, key_words, of_numbers, referred
from ledgerqa.dialog.linking.trades import of_a_trade
from ledgerqa.dialog.plans.asked import Asked, bounded, happened
from ledgerqa.dialog.plans.book.counters import is_counter
from ledgerqa.dialog.plans.book.kept_values import without_key
from ledgerqa.dialog.plans.having import PAYEES, groups_of
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import (
    TIME_GROUPINGS,
    Filters,
    Grouping,
    Having,
    Measure,
    MetadataFilter,
    Order,
    Plan,
    Refusal,
    Root,
)

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

FEWEST: Final = 2  # entries that bear a key, for an account to be what is asked about
_PRICED: Final = (
    r"\b(?:price[ds]?|costs?|costing|pa(?:y|id|ying)|charged?|get|got|earn(?:ed)?|rate|expensive|worth|c[oa]me to"
    r"|sell|sold|br(?:ing|ings|inging|ought)|ma(?:ke|kes|king|de)|yield(?:s|ed)?)\b"
)
_ONE: Final = r"\b(?:per|an?|each|one|every|for (?:an?|one|each)|by the|/) ?"
_MEAN: Final = (
    r"\b(?:average|averages|averaged|avg|(?<!\bi )(?<!\byou )(?<!\bwe )mean"
    r"|typical(?:ly)?|usual(?:ly)?|normal(?:ly)?)\b"
)
_PER_TIME: Final = r"\bper (?:day|week|month|quarter|year)\b|\b(?:a|each|every) (?:day|week|month|quarter|year)\b"
_PAYEES: Final = rf"(?:{PAYEES}|contractors?|tradesm[ae]n|builders?|providers?)"
_PER_PAYEE: Final = rf"\b(?:by|per|each|every|for each|to each|from each) (?:of (?:the|our|my) )?(?:{_PAYEES})\b"
_PER_ONE: Final = r"\b(?:per|each|every|a) (?!day|week|month|quarter|year)\w+"
_MOST: Final = (
    r"\b(?:most|biggest|largest|highest|longest|record|maximum|max"
    r"|least|fewest|smallest|lowest|shortest|minimum)\b"
)
_LEAST: Final = r"\b(?:least|fewest|smallest|lowest|shortest|minimum)\b"

# "50 members", "more than 40 members", of what is counted or told one by one.
_VALUE: Final = (
    r"\b(?:(?P<more>more than|over|above|upwards of)|(?P<less>fewer than|less than|under|below)"
    r"|(?P<least>at least|no (?:fewer|less) than)|(?P<most>at most|up to|no more than)|exactly|just|only)?"
    r" ?(?<![\w.,/-])(?P<number>\d{{1,9}}) {}\b"
)
_BEARING: Final = (
    r"\b(?:how (?:many|often)|which|when|list|show|find)\b.*\b(?:ha[ds]|have|with|of|over|under|were|was)\b"
)
_AT_LARGE: Final = r"\b(?:payments?|expenses?|spending|expenditures?|outgoings|costs|purchases)\b"
_POINTING: Final = r"\b(?:it|they|them|those|these|there)\b"
_WHO: Final = r"^(?:and |so )?who\b"
_LEADING: Final = (
    r"^(?:(?:and|so|ok|the|all|my|our|total|billable|billed|what|were|was|are|is|about|how) )*"  # "what were the hours"
)
_BY_EACH: Final = r"(?:\b(?:per|by the) |\w ?/ ?)"
_MANY: Final = r"\bhow many\b|\bnumber of\b"
_NO_QUANTITIES: Final = frozenset(
    stem(word) for word in "rate price percent percentage temperature level score age size limit target".split()
)
# One reading, and nothing that went up.
_ON_THE_CLOCK: Final = r"\b(?:ha(?:ve|s|d)|was|were|is|did) .*\bon the clock\b|\bon the clock (?:was|were|is|at)\b"
_TOLD_APART: Final = frozenset({"year", "quarter", "month"})
_MONEY: Final = r"\bhow much\b|\b(?:spen[dt]|costs?|paid|earn\w*|total)\b"


def measured_key(said: Said, names: Vocabulary) -> Key | None:
    """The key that such a question is about; None where the question is of another kind."""
    if referred(said, names):
        return None  # "how many words had invoice 2024/023" asks of one entry
    key = next(iter(_named(said, names)), None)
    return Key(key) if key is not None and _how(key, said, names) else None


def measured_again(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """As in "how many dozens in 2023?" and then "and in 2024?": a fragment asks it of its own time in the same words.

    "And what did they bring in?" is of the accounts of which dozens are kept; "what did they pay per dozen?" of the
    same time.
    """
    own, key = said.by_rules or said.intent, measured_key(before, names) if before else None
    if before is None or key is None:
        return said
    if measured_key(said, names) == key and not said.periods and re.search(_POINTING, said.folded):
        return replace(said, periods=before.periods, phrases=said.phrases or before.phrases)
    if measured_key(said, names):
        return said
    if own.measure is Measure.AVERAGE and not (said.phrases or own.group_by or own.per):  # "what's the average?"
        times = said.periods or before.periods
        return replace(said, text=f"what is the average {key.name}", phrases=before.phrases, periods=times)
    fragment = (own.measure is None or own.guessed or own.vague) and not (own.order or own.group_by)
    borne = all(names.booked.bears(key.name, _all_of(each)) for each in said.phrases)
    if fragment and (borne or said.phrases == before.phrases) and said.bounds == before.bounds:
        return replace(said, text=before.text, intent=before.intent, by_rules=before.by_rules, by_key=before.by_key)
    if said.phrases != before.phrases:
        return said
    if not said.phrases and not re.search(_POINTING, said.folded):
        return said
    named = tuple(each for each in said.phrases if not set(stems(each.words)) <= set(name_stems(key.name)))
    home = Link("account", home_of(key.name, names), 1.0, "exact")
    return said if named or not home.values else replace(said, phrases=(Phrase(0, 0, key.name, (home,)),))


def _all_of(phrase: Phrase) -> Filters:
    """What the phrase names first, as filters: an account, or the entries that say it."""
    if phrase.best.kind == "account":
        return Filters(accounts=phrase.best.values)
    return Filters(mentions=(mention_of(phrase, phrase.best),))


def measured(asked: Asked) -> Plan | None:
    """The plan over the values of the key that is named; None where its values are asked for as they are."""
    key = asked.key
    if key is None or key.value is not None or key.of is not None:
        return None
    how = _how(key.name, asked.said, asked.names)
    if how is None or (how == "lacking" and asked.intent.measure is Measure.GAPS):  # "months without an invoice"
        return None
    unbound = replace(asked, said=replace(asked.said, bounds=type(asked.said.bounds)()))
    if how == "strays":  # whatever it is of: a value that is wrong is wrong beside all others
        unbound = replace(unbound, scope=replace(unbound.scope, filters=replace(unbound.scope.filters, mentions=())))
    groups = _grouped(asked) if how in {"bounds", "most", "valued"} else ()
    filters = bounded(_subject(unbound, key, wide=how in {"most", "sum", "mean"} and not groups), unbound)
    if how == "lacking":  # no value is bounded then, but the amounts are
        filters = bounded(_payments(asked) or filters, asked)
        filters = replace(filters, exclude_accounts=(), exclude_mentions=(), exclude_tags=())  # "without" says it
        none_there, only = said_to_lack(key.name, asked.names)
        unnoted = () if only else (MetadataFilter(key.name, absent=True),)
        lacking = replace(filters, metadata=(*unnoted, *(MetadataFilter(key.name, value) for value in none_there)))
        return _plan(asked, Measure.LIST, lacking, order=asked.intent.order)
    limits = _value_said(key.name, asked.said) if how == "valued" else None
    if groups:
        said = asked.said.bounds if how == "bounds" else limits
        kept = Having(said.minimum, said.maximum, said.inclusive) if said else None
        return _by_groups(asked, key, filters, groups, kept)
    if limits:
        return _bearing_value(asked, replace(filters, metadata=(limits,)))
    return _of_all(asked, key, filters, how)


_NONE_THERE: Final = (
    r"(?:missing|lost|none|no|nil|n/?a|not (?:yet|found|there|received)|to ?do|tbd|pending|outstanding|false|-+|\?+)?"
)


def said_to_lack(key: str, names: Vocabulary) -> tuple[tuple[str, ...], bool]:
    """The values that say in words that there is none: `receipt: "missing"`; and whether nothing else is ever noted."""
    rows = names.index.query(
        "SELECT value, bool_or(regexp_full_match(lower(trim(value)), ?)) FROM metadata"
        " WHERE key = ? AND value IS NOT NULL GROUP BY 1 ORDER BY 1",
        [_NONE_THERE, key],
    )
    return tuple(value for value, none in rows if none), bool(rows) and all(none for _, none in rows)


def _of_all(asked: Asked, key: Key, filters: Filters, how: str) -> Plan:
    """The plan over all that is asked about as one, or over its entries one by one."""
    if how == "bounds":
        bounds = asked.said.bounds
        limits = MetadataFilter(key.name, minimum=bounds.minimum, maximum=bounds.maximum, inclusive=bounds.inclusive)
        found = _bearing_value(asked, replace(filters, metadata=(limits,)))
        return replace(found, key=key.name) if found.measure is Measure.LIST else found
    if how == "price":
        priced = replace(filters, metadata=(MetadataFilter(key.name),))
        plan = replace(_plan(asked, Measure.AVERAGE, _one_root(asked, priced)), key=key.name)
        groups = asked.intent.group_by[:1] or _side_by_side(asked)
        return replace(plan, group_by=groups, order=asked.intent.order, limit=asked.intent.limit)
    plan = replace(_plan(asked, Measure.METADATA, filters), key=key.name)
    if how == "mean":
        return replace(plan, summed=True, averaged=True, group_by=_times(asked))
    if how == "sum" and is_counter(key.name, asked.names):  # what it went up by, and no sum of its readings
        return replace(plan, pick="" if _times(asked) else "ends")
    if how == "sum":
        return replace(plan, summed=True, group_by=_times(asked))
    if how == "most":
        order = Order("amount", descending=not asked.has(_LEAST))
        return replace(plan, order=order, limit=asked.intent.limit or 1)
    return replace(plan, pick="unusual")


def _payments(asked: Asked) -> Filters | None:
    """As in "payments over 500 without a receipt": all, where nothing else is named, and not those of one kind."""
    filters = without_key(asked.scope.filters, asked)
    named = filters.accounts or filters.mentions or filters.tags or filters.links
    at_large = asked.said.bounds.spans or asked.has(_AT_LARGE)
    return Filters(roots=(Root.EXPENSES,)) if at_large and not named else None


def never_kept(plan: Plan, asked: Asked) -> Refusal | None:
    """Why no figure is known, as of "how many hours went into her brakes", where hours are only kept of lessons."""
    if plan.measure is Measure.COUNT:
        return _never_counted(plan, asked)
    who = Filters(mentions=plan.filters.mentions)
    if plan.measure is not Measure.METADATA or plan.key is None or not (plan.summed or plan.pick):
        return None
    bare = _never_borne(plan.key, asked)
    if who.mentions and asked.names.booked.bears(plan.key, who):
        return None
    if not who.mentions and not bare:
        return None
    named = " and ".join([each.words for each in who.mentions] or bare)
    homes = home_of(plan.key, asked.names)[:3]
    offered = tuple(f"How many {plan.key} are there for {name}?" for name in homes)
    kept = f"; it is for {', '.join(homes)}" if homes else ""
    return Refusal(f"No entry for {named} says how many {plan.key}{kept}.", offered)


def _never_borne(key: str, asked: Asked) -> list[str]:
    """As in "how many litres did the Yaris drink", where litres are noted of heating oil: the things without any."""
    word = _word_for(key, asked.said)
    named = [
        each
        for each in asked.said.phrases
        if each.best.kind == "account"
        and each.words != word
        and _OF_A_THING.search(each.lead)
        and each.best.how == "exact"
    ]
    bare = [each for each in named if not asked.names.booked.bears(key, Filters(accounts=each.best.values))]
    return [each.words for each in bare] if len(bare) == len(named) else []


_OF_A_THING: Final = compiled(r"\b(?:of|for|on|in|into|with|did|does|has|had|is)(?: (?:the|my|our))? $")
_PIECES: Final = compiled(
    r"\bhow many (?P<what>(?:(?!of\b)\w+ ){0,2}?\w+)(?: of (?:the |our |my )?\w+)?"
    r" (?:did|have|had|do|were) (?:i|we)? ?(?:\w+ )?"
    r"(?:s[eo]ll|sold|buy|bought|make|made|bake[d]?|knit(?:ted)?|get|got|order(?:ed)?|produced?|ship(?:ped)?|serve[d]?"
    r"|issue[d]?|print(?:ed)?)\b"
)
_AT_ALL: Final = compiled(  # "how many jobs did I do", "gigs in 2024": no more of those is said
    r"^(?:(?:and|so|ok)\W+)*how many (?P<what>(?!(?:of|are|were|did|do|have|has|had|is)\b)(?:\w+ ){0,2}?\w+)"
    r"(?: (?:did|do|have|has|had|were|was|are|in|last|this|since|during|per|each|over|so|so far)\b|\W*$)"
)


def _never_counted(plan: Plan, asked: Asked) -> Refusal | None:
    """As in "how many skeins did we sell", where nothing is called so: how many entries there are is no answer."""
    filters, said = plan.filters, asked.said.folded
    found = _PIECES.search(said) or (_AT_ALL.match(said) if filters.roots == (Root.EXPENSES,) else None)
    if found is None or plan.count_of != "entries" or plan != replace(plan, group_by=(), having=None, compare=()):
        return None
    if filters != Filters(roots=filters.roots) or asked.said.bounds.spans or set(stems(found["what"])) & _BOOKINGS:
        return None
    return Refusal(f"No entry says how many {found['what']} that were; the ledger holds amounts of money.", ())


_BOOKINGS: Final = frozenset(
    stem(word)
    for word in "entry transaction posting booking payment purchase sale time thing item bill invoice receipt expense"
    " income deposit withdrawal transfer refund charge cost day week month year quarter account payee shop place"
    " store".split()
)


def _bearing_value(asked: Asked, filters: Filters) -> Plan:
    """As in "how many of the runs had 50 members", "which runs had more than 40": the entries, counted or each."""
    if asked.has(r"\bhow (?:many|often)\b"):
        spans = asked.intent.count_of in {"days", "months", "years"}
        of = asked.intent.count_of if spans and asked.intent.count_of else "entries"
        return replace(_plan(asked, Measure.COUNT, filters), count_of=of)
    return replace(_plan(asked, Measure.LIST, filters, order=asked.intent.order), unit="entry")


def _value_said(key: str, said: Said) -> MetadataFilter | None:
    """The filter for the number that stands before the word for the key; None where there is none."""
    word = _word_for(key, said)
    found = re.search(_VALUE.format(re.escape(word)), said.folded) if word else None
    if found is None:
        return None
    number = Decimal(found["number"])
    if found["more"]:
        return MetadataFilter(key, minimum=number)
    if found["less"]:
        return MetadataFilter(key, maximum=number)
    least = None if found["most"] else number
    return MetadataFilter(key, minimum=least, maximum=None if found["least"] else number, inclusive=True)


def with_subject(said: Said, key: Key | None, names: Vocabulary) -> Said:
    """As in "until when is the washing machine under guarantee": words that name nothing, taken for a trade's bills.

    The said as it is, where no such bill bears the key.
    """
    if key is None or any(each.best.how != "spelling" or each.best.score >= SPELLING for each in said.phrases):
        return said
    own = _word_for(key.name, said)
    known = lexicon()
    idle = known.grammar | known.weak
    lost = " ".join(each.text for each in tokenize(said.text) if each.fold not in idle and each.fold != own)
    billed = of_a_trade(lost, names) if lost else None
    if billed is None:
        return said
    phrase, _ = billed
    found = names.booked.bears(key.name, Filters(mentions=(mention_of(phrase, phrase.best),)))
    return replace(said, phrases=(phrase,), unknown=(), unread=()) if found else said


def _plan(asked: Asked, measure: Measure, filters: Filters, order: Order | None = None) -> Plan:
    return Plan(measure, filters, happened(asked), order=order, reading=asked.scope.reading)


def _by_groups(asked: Asked, key: Key, filters: Filters, groups: tuple[Grouping, ...], kept: Having | None) -> Plan:
    """As in "which months did we sell more than 40 dozen", "who bought the most jars": of each group all together."""
    plan = replace(_plan(asked, Measure.METADATA, filters), key=key.name, summed=True, group_by=groups)
    if kept:
        return replace(plan, having=kept)
    order = Order("amount", descending=not asked.has(_LEAST))
    return replace(plan, order=order, limit=asked.intent.limit or 1)


def _grouped(asked: Asked) -> tuple[Grouping, ...]:
    """The months, years or payees that are asked for; of a day the entries say more."""
    groups = (Grouping.PAYEE,) if asked.has(_WHO) else groups_of(asked.said.folded)
    return tuple(each for each in groups if each is Grouping.PAYEE or each in TIME_GROUPINGS - {Grouping.DAY})


def _times(asked: Asked) -> tuple[Grouping, ...]:
    if asked.has(_PER_PAYEE):
        return (Grouping.PAYEE,)
    return tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)[:1] or _side_by_side(asked)


def _side_by_side(asked: Asked) -> tuple[Grouping, ...]:
    """As in "hours in 2023 vs 2024": several years, quarters or months that are told apart, and not as one."""
    spans = [(each.period.start, each.period.end) for each in asked.said.periods]
    units = {unit_of(start, end) if start and end else None for start, end in spans}
    unit = units.pop() if len(spans) > 1 and len(units) == 1 else None
    return (Grouping(unit),) if unit in _TOLD_APART else ()


def _named(said: Said, names: Vocabulary) -> list[str]:
    """The keys that the question names, those in its own words first."""
    spoken = key_words(said.text)
    keys = [key for key in names.keys if not lexicon().grammar.issuperset(name_stems(key))]  # none called "by"
    own = [key for key in keys if set(name_stems(key)) <= spoken.own]
    other = [key for key in keys if key not in own and set(name_stems(key)) <= spoken.called]
    return sorted(own, key=lambda key: -len(name_stems(key))) + other


def _how(key: str, said: Said, names: Vocabulary) -> str | None:
    """Which of these questions it is, by what is said around the word for the key."""
    word = _word_for(key, said)
    if word is None:
        return None
    text, name = said.folded, re.escape(word)
    lacking = cues("cues").single["lacking"].expression.replace("<key>", name)
    if (match := re.search(lacking, text)) and not said.vat and ends_there(text[match.end() :]):
        return "lacking"
    numbered = set(name_stems(key)) & NUMBERS and not is_plural(key)  # a member's number, but so many members
    if numbered or not of_numbers(key, names) or re.search(_ON_THE_CLOCK, text):
        return None
    by_each = re.search(rf"{_BY_EACH}{name}\b(?!-)", text) and not re.search(_MANY, text)
    if by_each and len(_named(said, names)) == 1:  # "words per hour" is of two
        return "price"
    return _of_figures(name, said) or ("sum" if _is_headed(word, text) and adds_up(key, names) else None)


def ends_there(rest: str) -> bool:
    """Whether no noun goes on with the word for a key: "without the child benefit" lacks no `child`."""
    following = re.match(r"\s+([\w'’]+)", rest)
    if following is None:
        return True
    word = following[1]
    known = lexicon()
    return word not in _GOODS and (word.isdigit() or word in known.grammar | known.weak | _AFTER)


_AFTER: Final = frozenset("noted set given recorded entered written assigned yet total altogether".split())
_GOODS: Final = frozenset("cost costs spending expense expenses money stuff things work purchases fees".split())


def _is_headed(word: str, text: str) -> bool:
    """As in "hours on the kitchen", "and miles driven in 2024": so many of them, and not what each entry says."""
    each_one = r"(?! of\b| (?:per|a|an|each|every|by|for each|for every) (?!day|week|month|quarter|year)\w)"
    return is_plural(word) and bool(re.match(rf"{_LEADING}{re.escape(word)}\b{each_one}", text))


def adds_up(key: str, names: Vocabulary) -> bool:
    """Whether values under the key make a sum: hours do, but not a rate or what is read off a counter that goes up."""
    return _NO_QUANTITIES.isdisjoint(name_stems(key)) and not is_counter(key, names)


def _of_figures(name: str, said: Said) -> str | None:
    """The same for a key of numbers, by the folded word for it as a pattern."""
    text = said.folded
    if any(re.match(rf"\s*(?:\w+ )?{name}\b", fold(said.text[end:])) for _, end in said.bounds.spans):
        return "bounds"
    of_one = rf"\bhow much (?:is|was|were|does|did|do) (?:an?|one|each) {name}\b"
    if re.search(of_one, text) or (re.search(rf"{_ONE}(?:\w+ )?{name}\b", text) and re.search(_PRICED, text)):
        return "price"
    if cues("cues").found("mistyped", text):
        return "strays"
    bearing = re.search(_BEARING, text) or groups_of(text)
    if re.search(_VALUE.format(name), text) and bearing and not re.search(_MONEY, text):
        return "valued"
    counted = re.search(rf"\b(?:how many|most|fewest|least|longest|number of) {name}\b", text)
    if re.search(_MEAN, text) and (counted or re.search(rf"{_MEAN}[\w ]{{0,24}}\b{name}\b|\b{name}\b", text)):
        return None if re.search(_PER_TIME, text) else "mean"
    if counted and re.search(_PER_ONE, text[counted.end() :]):
        return "sum" if re.search(_PER_PAYEE, text) else "mean"
    if re.search(rf"{_MOST} (?:\w+ )?{name}\b", text) and not re.search(r"\bhow much\b|\bspen[dt]\b", text):
        return "most"
    summing = r"total|sum of|total number of|(?:add|tot|sum|count)\w* up|add\w* together|how much\b.*\bin"
    added = rf"\b(?:{summing})(?: the| all| of| my| our)* {name}\b|^{name} \w+(?:ed|t|ld|en|wn)\b"
    added += rf"|^(?:the )?{name} (?:\w+ ){{0,2}}(?:by|per|for each|from each|to each) (?:{PAYEES})\b"
    added += rf"|^{name} (?:of|for|on|in|we|i|they)\b.*\b(?:total|altogether|in all|all told|all together)\b"
    added += rf"|^(?:the )?{name} (?:of|for|on) .*\b(?:by|per) (?:{_PAYEES}|months?|quarters?|years?)\b"
    if counted and re.search(r"\bhow many\b|\bnumber of\b", counted.group()):
        return "sum"
    if re.search(rf"{name} (?:at (?:the|our|my) )?last\b", text):
        return None  # "odometer last time we filled up": one reading
    return "sum" if re.search(added, text) and not re.search(r"\b(?:spen[dt]|cost|paid)\b", text) else None


def _word_for(key: str, said: Said) -> str | None:
    """The folded word of the question that names the key, as it is written."""
    groups = key_words(said.text)
    wanted = set(name_stems(key))
    for written, alike in groups.words.items():
        if stem(written) in wanted or wanted & alike:
            return written
    return None


def _subject(asked: Asked, key: Key, *, wide: bool = False) -> Filters:
    """What is named beside the key; where that is nothing, the accounts whose entries bear the key most of the time."""
    filters = without_key(asked.scope.filters, asked)
    named = filters.accounts or filters.mentions or filters.tags or filters.links
    if named and not filters.accounts:
        return _with_home(asked, key, filters)
    if named and _bearing(key.name, filters.accounts, asked.names) >= FEWEST:
        return filters
    return replace(filters, accounts=()) if wide else _with_home(asked, key, replace(filters, accounts=(), roots=()))


def _bearing(key: str, accounts: tuple[str, ...], names: Vocabulary) -> int:
    """How many entries to these accounts bear the key: one of many may touch an account by the way."""
    below, within = at_or_below(accounts)
    rows = names.index.query(
        f"SELECT count(DISTINCT entry_id) FROM postings WHERE {below}"
        " AND entry_id IN (SELECT entry_id FROM metadata WHERE key = ?)",
        [*within, key],
    )
    return int(rows[0][0])


def _with_home(asked: Asked, key: Key, filters: Filters) -> Filters:
    return replace(filters, accounts=home_of(key.name, asked.names), roots=())


def home_of(key: str, names: Vocabulary) -> tuple[str, ...]:
    """The accounts of income and expenses most of whose entries bear the key; failing that, the one with the most."""
    rows = names.index.query(
        "WITH bearing AS (SELECT DISTINCT entry_id FROM metadata WHERE key = ?)"
        " SELECT account, count(DISTINCT entry_id) FILTER (entry_id IN (SELECT entry_id FROM bearing)) AS kept,"
        " count(DISTINCT entry_id) AS every, any_value(root) AS root FROM postings WHERE root IN ('expenses', 'income')"
        " GROUP BY 1 HAVING kept > 0 ORDER BY kept DESC, account",
        [key],
    )
    mostly = tuple(account for account, kept, every, root in rows if kept * 2 > every and root == rows[0][3])
    return mostly or tuple(row[0] for row in rows[:1])


def _one_root(asked: Asked, filters: Filters) -> Filters:
    """The filters with the accounts of one root: what was sold where income is meant, else what was paid."""
    by_name = asked.names.by_name
    earned = asked.intent.flow == "income" or asked.has(r"\b(?:sell|sold|earn\w*|get|got|charged?)\b")
    wanted = (Root.INCOME, Root.EXPENSES) if earned else (Root.EXPENSES, Root.INCOME)
    for root in wanted:
        kept = tuple(name for name in filters.accounts if name in by_name and by_name[name].root is root)
        if kept:
            return replace(filters, accounts=kept)
    return filters
