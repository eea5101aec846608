"""What is asked of each thing of a kind: "repairs per flat", "which stall took most", "the two dearest utilities".

The word for the kind names nothing that was paid; it says that what else is named, or its own account, is to be told
by the accounts of its members.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, is_plural, stem, stems, tokenize
from ledgerqa.dialog.linking.dwellings import ALL, DWELLINGS, HOW_MANY, of_places, place_of, places
from ledgerqa.dialog.linking.kinds import FLOWS, below, is_proper, of_member, recurring, split_by
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, EXACT_TAG, Link, Phrase
from ledgerqa.dialog.linking.trip_tags import occasion_tags
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Order, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_TOLD: Final = frozenset({Measure.SUM, Measure.LIST, Measure.AVERAGE, Measure.COUNT, None})
_OF_OCCASION: Final = _TOLD | {Measure.NET_INCOME}
_OF_PLACES: Final = _TOLD | {Measure.BALANCE, Measure.NET_INCOME, Measure.INCOME_STATEMENT}
_RANK: Final = (
    r"(?:dear|cheap|cost(?:li)?|high|low|bigg?|great|larg|small|rich|poor)(?:er|est)"
    r"|(?:most|least|more|less)(?: (?:expensive|costly|profitable|lucrative))?|best|worst|priciest|top"
)
_NUMBER: Final = r"(?:one|two|three|four|five|six|\d+)"
EACH: Final = compiled(
    rf"(?:\b(?:which|whichever|per|by|each|every|for each|of each|either|across)(?: (?:one|of))?(?: (?:the|my|our))?"
    rf"|\b(?:{_RANK})(?: {_NUMBER})?|\b(?:rank|ranking(?: of)?|compare)(?: all)?(?: (?:the|my|our))?) $"
)
_ASKS: Final = compiled(r"\b(?:which|whichever) $")
_RANKED: Final = compiled(rf"\b(?:{_RANK})\b")
_ONE: Final = compiled(r"^(?:\W*(?:and|so) )?(?:which|whichever) \w+(?<!s) .*\b(?:most|least|\w{2,}est|best|worst)\b")
_LEAST: Final = compiled(r"\b(?:least|lowest|smallest|cheapest|worst)\b")
_MANY: Final = compiled(rf"\b(?:{_RANK})(?: {_NUMBER})? $")
_EVERY: Final = compiled(r"\b(?:all|any|the|my|our|these|those|both|other) $")
_SAID_OF_KINDS: Final = compiled(
    r"\b(?:per|by|each|every|which|either)(?: one)?(?: of (?:the|my|our|these|those|them))?"
    r"(?: (?:two|three|four|five|six|\d+|let|rented|rental))? (?P<kind>[a-z]+)\b"
)
_OF_THINGS: Final = frozenset(
    "property properties house flat apartment unit place building home site location address room car vehicle van child"
    " kid pet animal project stall shop store branch boat bike machine".split()
)


_OCCASIONS: Final = compiled(
    r"(?:(?:each|all|both|of|the|our|my) )*(?:trip|holiday|vacation|getaway|event|occasion|outing)s?"
)


# What entries are often tagged with, by its name each: "which show cost the most", "ticket income per production".
_OCCASION: Final = (
    r"(?P<kind>(?P<any>event|project|occasion)|show|production|play|panto|musical|concert|gig|recital|festival|exhibition"
    r"|fete|fair|tournament|regatta)s?"
)
_OF_OCCASIONS: Final = compiled(
    rf"\b(?:(?:which|whichever|per|by|each|every|across)(?: (?:one )?of)?(?: (?:the|my|our))?"
    rf"|(?:{_RANK})(?: {_NUMBER})?|(?:rank|ranking(?: of)?|compare)(?: all)?(?: (?:the|my|our))?"
    rf"|average|an?) {_OCCASION}\b"
)


_HOW_GOOD: Final = compiled(r"\b(?:best|worst|(?:most|least) (?:profitable|lucrative|successful))\b")


def _of_occasions(said: Said, names: Vocabulary) -> Said:
    """The question told by tag, where it asks of each occasion, by a word that nothing in the ledger is called by.

    Where some tags bear both what came in and what it cost, these are the occasions, and others are told apart.
    """
    intent, rules = said.intent, said.by_rules or said.intent
    if intent.measure not in _OF_OCCASION or set(rules.group_by) - {Grouping.TAG, *TIME_GROUPINGS}:
        return said
    told = Grouping.TAG in rules.group_by  # "cost of each trip"
    if intent.measure is None and not intent.flow and not rules.order:
        return said  # "which show?"
    for each in () if told else said.phrases:  # "which fete made most", of #fete-2023 and #fete-2024
        if each.best.kind == "tag" and len(each.best.values) > 1 and EACH.search(each.lead):
            return _by_account(_how_good(said, each.lead), Grouping.TAG)
    found = _OF_OCCASIONS.search(said.folded) if names.tags else None
    if found is None or (found["any"] and told):
        return said
    word, averaged = stem(found["kind"]), intent.measure is Measure.AVERAGE
    known = names.by_stem.get(word) or any(word in stems(key) for key in names.keys)
    named = any(word in stems(each.words) or each.best.kind == "tag" for each in said.phrases)
    if known or named or said.labels or (not averaged and found.group().startswith("a")):
        return said
    tags = occasion_tags(names)
    if not (tags or found["any"]):
        return said
    said = _how_good(said, found.group())
    phrase = Phrase(0, 0, found["kind"], (Link("tag", tags, EXACT_TAG, "words"),)) if tags else None
    said = replace(said, phrases=(*said.phrases, phrase)) if phrase else said
    unknown, unread = (tuple(w for w in words if stem(fold(w)) != word) for words in (said.unknown, said.unread))
    return replace(_by_account(said, Grouping.TAG), unknown=unknown, unread=unread)


def _how_good(said: Said, lead: str) -> Said:
    """As in "our best show", of which neither what it took nor what it cost is asked: what was left of it."""
    if said.intent.measure is Measure.AVERAGE or said.intent.flow or not _HOW_GOOD.search(lead):
        return said
    return replace(said, intent=replace(said.intent, measure=Measure.NET_INCOME), by_rules=None)


def _of_tags(said: Said) -> Said:
    """As in "which of our holidays was dearer, Skye or Arran", where tags are called so: the word for them all."""
    tagged = said.phrases and all(each.best.kind == "tag" for each in said.phrases)
    named = said.unknown and all(_OCCASIONS.fullmatch(fold(words)) for words in said.unknown)
    return replace(said, unknown=()) if tagged and named else said


def told_by_kind(said: Said, names: Vocabulary) -> Said:
    """The question without the word for the kind, to be told a row a member; else as it is."""
    said = _of_occasions(_of_tags(said), names)
    if said.intent.measure in _OF_PLACES and (told := _of_places(said, names)) is not said:
        return told
    if said.intent.measure not in _TOLD or set(said.intent.group_by) & {Grouping.TAG, Grouping.NARRATION}:
        return said
    things = recurring(names)
    for phrase in said.phrases:
        kind = _kind(phrase, names)
        others = tuple(each for each in said.phrases if each is not phrase)
        if kind is None:
            continue
        members = below(kind, names)
        if _are_split(others, members & things, names):
            if EACH.search(phrase.lead):
                return replace(_by_account(said), phrases=others)
            if is_plural(phrase.words) and _EVERY.search(phrase.lead):
                return replace(said, phrases=others)  # "repairs on all the flats but Roath"
        if not others and _is_ranked(phrase, kind, said, names) and not members & things:
            return _by_account(said)
    return _by_account(said) if _of_unnamed_kind(said, things, names) else said


def members_said(said: Said, names: Vocabulary) -> tuple[str, ...]:
    """The things of which each is asked about, where nothing else is named: "which flat made most", "per property"."""
    things = recurring(names)
    if not things or len(said.phrases) > 1:
        return ()
    for phrase in said.phrases:
        kind = _kind(phrase, names) if EACH.search(phrase.lead) else None
        of_things = kind is not None and names.by_name[kind].root not in FLOWS and below(kind, names) <= things
        return tuple(sorted(below(kind, names))) if kind and of_things else ()
    kinds = _kinds_said(said)
    if kinds & DWELLINGS and (there := places(names)):
        return tuple(sorted(there))
    return tuple(sorted(things)) if kinds else ()


def _kind(phrase: Phrase, names: Vocabulary) -> str | None:
    """The account called just so, if it is divided: Assets:Flats of "flat"."""
    said = stems(phrase.words)
    called = (
        name
        for option in phrase.options
        if option.kind == "account" and option.how in {"exact", "stem"}
        for name in option.values
    )
    return next((name for name in called if names.by_name[name].leaf == said and len(below(name, names)) > 1), None)


def _are_split(phrases: tuple[Phrase, ...], members: frozenset[str], names: Vocabulary) -> bool:
    """Whether something named is booked to an account a member."""
    accounts = (
        name for each in phrases for option in each.options if option.kind == "account" for name in option.values
    )
    return bool(split_by(accounts, members, names))


def _is_ranked(phrase: Phrase, kind: str, said: Said, names: Vocabulary) -> bool:
    """Whether one or some of the accounts below are asked for, and no single bookings, and no shop.

    What one thing costs is told by what is spent on it ("Car:Fuel"), which is no car.
    """
    intent, text = said.by_rules or said.intent, said.folded
    if names.by_name[kind].root not in FLOWS or set(intent.group_by) - {Grouping.ACCOUNT} or said.bounds.spans:
        return False
    word = " ".join(stems(phrase.words))
    if word in lexicon().places or cues("cues").found("occasion", fold(phrase.words).removesuffix("s")):
        return False
    things = all(is_proper(each, names) for each in below(kind, names))
    if not is_plural(names.by_name[kind].component) and not things:
        return False
    asks, each = _ASKS.search(phrase.lead), EACH.search(phrase.lead)
    if each and things and not asks and intent.limit is None:
        return intent.measure in _TOLD - {Measure.COUNT}  # "spending per grandchild", "on each of the grandchildren"
    if is_plural(phrase.words):
        return bool(_MANY.search(phrase.lead)) and intent.limit is not None
    averaged = intent.measure is Measure.AVERAGE and bool(each)
    return averaged or bool(asks and _RANKED.search(text))


def _of_unnamed_kind(said: Said, things: frozenset[str], names: Vocabulary) -> bool:
    """As in "rent per property", where no account is called so: it says what the accounts of rent are divided by."""
    rules = said.by_rules or said.intent
    if rules.group_by or not said.phrases or not things:
        return False
    named = {stem(word) for each in said.phrases for word in fold(each.words).split()}
    return bool(_kinds_said(said) - named) and _are_split(said.phrases, things, names)


def _kinds_said(said: Said) -> set[str]:
    """The stems of the words for things of a kind of which each is asked about."""
    return {stem(match["kind"]) for match in _SAID_OF_KINDS.finditer(said.folded)} & _OF_THINGS


def _of_places(said: Said, names: Vocabulary) -> Said:
    """As in "repairs by flat", "insurance on all the flats": what is named of those places, and not of one's home.

    Where no account is named, "the flats" are all accounts that are called after one of them.  What is kept for none
    of them is not told: the word stays one that names nothing.
    """
    each, every = _kinds_said(said) & DWELLINGS, ALL.search(said.folded)
    if not places(names) or not (each or every or HOW_MANY.search(said.folded)):
        return said
    if HOW_MANY.search(said.folded):
        return _lacking(said)
    within = every.group().split() if every else ()
    named = tuple(
        phrase for phrase in said.phrases if not _are_places(phrase, names) and fold(phrase.words) not in within
    )
    booked = [phrase for phrase in named if phrase.best.kind == "account" and _moves(phrase, names)]
    if not booked and each:
        return _without_dwellings(replace(said, phrases=named))
    if not booked:
        return _without_dwellings(replace(said, phrases=(*named, _all_places(every.group() if every else "", names))))
    phrases = tuple(_there(phrase, names) for phrase in named)
    divided = _are_split(named, places(names), names) or any(of_places(each.best.values, names) for each in phrases)
    if not divided and not any(place_of(name, names) for phrase in booked for name in phrase.best.values):
        return _lacking(said)
    said = _without_dwellings(replace(said, phrases=phrases))
    return _by_account(said) if each and divided else said


def _lacking(said: Said) -> Said:
    """The question that lacks what its word for such places names."""
    lost = [each.text for each in tokenize(said.text) if stem(each.fold) in DWELLINGS]
    return replace(said, unknown=tuple(dict.fromkeys((*said.unknown, *lost[:1]))))


def _without_dwellings(said: Said) -> Said:
    """The question whose words for such places are no names that it lacks."""
    every = ALL.search(said.folded)
    idle = set(every.group().split()) if every else set()  # "the three properties"

    def kept(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if stem(fold(word)) not in DWELLINGS and fold(word) not in idle)

    return replace(said, unknown=kept(said.unknown), unread=kept(said.unread))


def _moves(phrase: Phrase, names: Vocabulary) -> bool:
    return any(names.by_name[name].root in FLOWS for name in phrase.best.values)


def _are_places(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "the properties" for Assets:Property, of which no more is booked than what each is worth."""
    kind = _kind(phrase, names) if set(stems(phrase.words)) <= DWELLINGS else None
    return kind is not None and names.by_name[kind].root not in FLOWS and below(kind, names) <= places(names)


def _there(phrase: Phrase, names: Vocabulary) -> Phrase:
    """The phrase with its accounts that are of one of the places each, where it names such."""
    options = [
        replace(option, values=kept)
        for option in phrase.options
        if option.kind == "account" and (kept := of_places(option.values, names))
    ]
    return replace(phrase, options=tuple(options)) if options else phrase


def _all_places(words: str, names: Vocabulary) -> Phrase:
    """All accounts that are called after a place, those of each root apart."""
    called = tuple(name for one in sorted(places(names)) for name in of_member(one, Root, names))
    return Phrase(0, 0, words, (Link("account", called, EXACT_ACCOUNT, "exact"),))


def _by_account(said: Said, group: Grouping = Grouping.ACCOUNT) -> Said:
    """The question with a row an account, or the like, in order of their amounts."""
    intent, rules = said.intent, said.by_rules
    by_amount = next((each for each in (intent, rules) if each and each.order and each.order.by == "amount"), None)
    if by_amount:
        intent = replace(intent, order=by_amount.order, limit=by_amount.limit, single=by_amount.single)
    elif _ONE.search(said.folded):
        least = bool(_LEAST.search(said.folded))
        intent = replace(intent, order=Order("amount", descending=not least), single=True)
    return replace(said, intent=_grouped(intent, group), by_rules=_grouped(rules, group) if rules else None)


def _grouped(intent: Intent, group: Grouping) -> Intent:
    times = tuple(each for each in intent.group_by if each in TIME_GROUPINGS)
    alone = intent.measure is Measure.AVERAGE and group is Grouping.TAG  # of each of them, and no average booking
    measure = Measure.SUM if alone or intent.measure is Measure.LIST else intent.measure
    by_amount = intent.order is not None and intent.order.by == "amount"
    order = intent.order if by_amount else Order("key") if times else Order("amount", descending=True)
    return replace(intent, measure=measure, group_by=(*times, group), order=order, compare=False)
