"""Events: whether a question is for what the ledger notes of its people's lives, and the plan for it.

An event has a type ("boiler") and says what holds from its day on ("broken").  A question names the type, the state,
or asks in the words of its kind: "how heavy was the dog", "who lived here".  The kinds stand in `events.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import Cue
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import are_forms, fold, name_stems, stem, stems, tokenize
from ledgerqa.dialog.lists import read_list
from ledgerqa.dialog.plans.asked import Asked, one_period
from ledgerqa.dialog.plans.book.left import came_to, held_at, kind_said, left_at, told_in_events
from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify, Filters, Measure, Mention, Order, Period, Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome

ONE_DAY: Final = dt.timedelta(days=1)
_MOST_TOLD: Final = 40  # events whose different texts are named in one sentence
_LONG: Final = 5  # letters from which a word may begin a longer form of itself
_AT_HOME: Final = frozenset({"live", "lived", "living", "reside", "resided", "home", "address"})
_MONEY: Final = compiled(
    r"\b(?:costs?|pa(?:y|ys|id|ying|yments?)|spen[dt]|spending|charge[ds]?|bill(?:s|ed)?|balance|owe\w*|fees?|prices?"
    r"|totals?|sums?|average|invoices?|expens\w+|money|earn\w*|worth|budgets?|book(?:ed|ings?)|b[ou]\w*ght|buy|refund\w*)\b"
    r"|\band (?:for )?how much\b(?!.*\bweigh)"
)
_TIMED: Final = compiled(
    r"^(?:and |so )*(?:when|since when|until when|till when|from when|how long|for how long|(?:on |since |until )?"
    r"(?:what|which) (?:day|date)|(?:the |what is the |what was the )?dates? (?:of|when|that)|on what)\b"
    r"|\bsince when\b|\bfrom when\b|\bhow long\b"
)
_NOTED: Final = compiled(
    r"\b(?:(?:have|had|did) (?:we|i|you)|we've|i've) (?:noted?|recorded?|written down|write down)\b"
    r"|\b(?:(?:(?:that|which) )?(?:are|is|was|were|has been|have been|got)|(?:i|we)) (?:all )?"
    r"(?:noted|recorded|logged|registered|written down|wrote down)\b"
)
_WHICH_DAY: Final = r"^(?:and |so )*(?:(?:since )?when|(?:on )?(?:what|which) (?:day|date))\b"
_SPAN: Final = compiled(
    r"\bhow long\b|^(?:and |so )*when (?:was|were|am|are) (?:i|we)\b|\b(?:from|until|till|to) when\b"
    r"|\bfor how many (?:days|weeks|months)\b"
)
_CHANGED: Final = frozenset("change changed changing switch switched happen happened last latest first new".split())
_LATELY: Final = (
    r"\b(?:am|are|is|now|current(?:ly)?|last|latest|today|these days|still)\b|^(?:and |so )*(?:where|who) do (?:i|we)\b"
    r"|^(?:and |so )*(?:what|who|where)['’]?s (?:my|our|the)\b(?!.*\b(?:was|were|been|before|history)\b)"
    r"|^(?:and |so )*who (?!was |has |had )\w+s (?:us|it|(?:the|our) \w+)\W*$"
)
_NOW: Final = r"\b(?:now|at (?:present|the moment)|currently|presently|today|these days|right now)\b"
_SEVERAL: Final = r"\b(?:(?<!since )(?<!from )when|from(?! (?:when|what|which)\b)|all|each|every|list|over)\b"
_MAY_BE: Final = frozenset({None, Measure.LIST, Measure.SUM, Measure.ACCOUNTS, Measure.EVENTS})
_ALL_EVENTS: Final = r"(?<!per the )(?<!per )(?<!to the )(?<!by the )(?<!in the )(?<!from the )\bevents\b(?! of)"
_BEGINNING = compiled(
    r"\b(?:when|since when|(?:what|which) (?:day|date))\b.*"
    r"\b(?:(?:start|begin|began|join|mov|leav|left|quit|sign(?:ed)? (?:on|up))(?:t|s|e|ed|ing)*"
    r"|return(?:ed)? (?:to|home)|arrived? (?:at|in|back)"
    r"|(?:get|got|go|went|come|came|was|were) back (?:to|at|in|from|on))\b"
    r"|^who(?:'s| is| was| were| has been| have been| had| held| has| holds| rented| occupied)\b"
    r"(?!.*\b(?:pa(?:y|id)|owe|spen[dt]|charg\w*|bill\w*|invoic\w*|customers?|clients?)\b)"
)


# "What is my rent" is for the sum; whoever or wherever one is told has a time beside it, or is a person.
_IS_WHAT: Final = compiled(
    r"^(?:and |so )*(?:(?:who|which|where)(?:'s| is| was| were)"
    r"|what (?:was|were)(?=.*\b(?:before|after|previous|then)\b))"
    r" (?:my|our|the) (?:(?:last|previous|former|first|next|old|new) )?(?P<kind>[\w-]+(?: (?!now\b|then\b)[\w-]+)?)"
    r"(?=\W*$| (?:in|on|at|before|after|until|since|then|now|when|by|from|during|back|over|last|this|right now)\b)"
)
# "Who chairs us", "who chaired the society before that".
_WHO_DOES: Final = compiled(
    r"^(?:and |so )*who (?:is |was |has been )?(?P<verb>[\w-]+)(?= (?:us|it|(?:the|our) [\w-]+)\b|\W*$)"
)
_PLACE_DONE: Final = compiled(
    r"^(?:and |so )*(?:where(?: else)?|(?:in |at )?(?:how many|which|what) (?:\w+ )?"
    r"(?:places?|spots?|towns?|cities|city|villages?|sites?))"
    r" (?:was|were|did|do|have|had|has|are|am|is|'ve) (?:i|we|he|she|they)"
    r" (?:been |last |first |ever |all )*(?P<verb>\w+)"
)
_WHO_HAD: Final = compiled(r"^(?:and |so )*who(?:'s| is| was| had| held| has| holds| rented| occupied| got| took)\b")


@dataclass(frozen=True)
class _Kinds:
    """Kinds of events by the stems of what their types are called, each with its cue; and stems of the same state."""

    asked: tuple[tuple[tuple[str, ...], Cue], ...]
    states: dict[str, int]


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    table = read_list("events")
    asked = tuple(
        (
            tuple(stem(word) for word in each["name"].split()),
            Cue("|".join(f"(?:{line})" for line in each["patterns"].splitlines() if line)),
        )
        for each in table["rule"]
    )
    groups = [line for line in table["states"]["groups"].splitlines() if line]
    return _Kinds(asked, {stem(word): place for place, line in enumerate(groups) for word in line.split()})


def is_of_an_event(said: Said, names: Vocabulary) -> bool:
    """Whether the question is for what an event says, whatever its words may be names of besides."""
    if not names.events:
        return False
    return (
        _called_in_full(said, names)
        or (left_at(said, names) or held_at(said, names)) is not None
        or told_in_events(said, names)
        or came_to(said, names)
        or _is_what(said, names)
        or _lost_in_one(said, names)
        or _begins_one(said, names)
        or _of_a_kind(said, names)
        or _when(said, names)
        or (bool(_NOTED.search(said.folded)) and not _MONEY.search(said.folded) and bool(_noted_kind(said, names)))
    )


def tells_of(text: str, names: Vocabulary) -> bool:
    """Whether events are of the kind that is asked for, though no entry tells it: "how much does the dog weigh"."""
    kinds = {part for each in names.event_types for part in name_stems(each)}
    return any(cue.search(fold(text)) and kinds.intersection(called) for called, cue in _kinds().asked)


def _noted_kind(said: Said, names: Vocabulary) -> str | None:
    """The type of what was noted: named in some form ("the membership figures" of members), or all of who is named."""
    content = _content(said)
    named = (
        kind
        for kind in names.event_types
        if all(any(are_forms(part, word) for word in content) for part in name_stems(kind))
    )
    return next(named, None) or _told_of(said, names)


def _told_of(said: Said, names: Vocabulary) -> str | None:
    """As in "which form is Kabir in, what have we noted": the one type whose events all say who or what is named."""
    named = {stem(fold(word)) for each in said.phrases for word in each.words.split()}
    if not named or any(each.best.kind == "account" for each in said.phrases):
        return None
    kinds = [
        kind
        for kind in names.event_types
        if all(named.intersection(stems(text)) for of, text, _ in names.events if of == kind)
    ]
    return kinds[0] if len(kinds) == 1 else None


def _called_in_full(said: Said, names: Vocabulary) -> bool:
    """As in "list the board chairs", where events are of a type of just these words, and nothing else is called so.

    Of "who had the back room before Ada" they tell, though some entry says "room" too.
    """
    spoken = stems(said.text)
    kinds = [own for kind in names.event_types if len(own := name_stems(kind)) > 1]
    said_so = any(own == spoken[at : at + len(own)] for own in kinds for at in range(len(spoken)))
    named = said.phrases and not _WHO_HAD.search(said.folded)
    return said_so and not named and not _MONEY.search(said.folded)


def _is_what(said: Said, names: Vocabulary) -> bool:
    """As in "what was my employer before Acme": what one is said to have been, though money is booked by that name."""
    if (doing := _WHO_DOES.match(said.folded)) is not None:
        return any(
            len(own := name_stems(kind)) == 1 and own[0] in _doing({stem(doing["verb"])}) for kind in names.event_types
        )
    asked = _IS_WHAT.match(said.folded)
    return asked is not None and any(stems(asked["kind"]) == name_stems(kind) for kind in names.event_types)


def _of_a_kind(said: Said, names: Vocabulary) -> bool:
    """As in "how heavy was the dog", where weights are noted as events."""
    if _MONEY.search(said.folded):
        return False
    return bool(_kind_in_other_words(said, names) or kind_of_the_verb(said, names))


def kind_of_the_verb(said: Said, names: Vocabulary) -> str | None:
    """As in "where were we moored", "how many places have we moored at": the type that what was done is a form of."""
    did = _PLACE_DONE.match(said.folded)
    verb = stem(did["verb"]) if did else ""
    return next((kind for kind in names.event_types if verb and _is_form_of(verb, kind)), None)


def _is_form_of(word: str, kind: str) -> bool:
    return any(are_forms(part, word) for part in name_stems(kind))


def _when(said: Said, names: Vocabulary) -> bool:
    """As in "date of the B permit", "how long was the boiler dead": an event's type, and what one of them says."""
    if _MONEY.search(said.folded) or not _TIMED.search(said.folded):
        return False
    spoken, content = set(stems(said.text)), _content(said)
    for kind in names.event_types:
        own = set(name_stems(kind))
        if own <= spoken and (rest := content - own):
            texts = [text for of, text, _ in names.events if of == kind]
            if rest <= _CHANGED or any(_says(text, rest - _CHANGED) or _same_state(rest, text) for text in texts):
                return True
    return False


def _says(text: str, words: set[str]) -> bool:
    """Whether an event's text holds the words, in whatever form: "register" of what says "registered"."""
    said = stems(text)
    return all(any(each == word or (len(word) >= _LONG and each.startswith(word)) for each in said) for word in words)


def _content(said: Said) -> set[str]:
    """The stems of the words that may say what it is about, without those of its periods."""
    text = said.text
    for each in said.periods:
        text = text.replace(each.text, " ")
    known = lexicon()
    idle = known.grammar | known.weak | known.ordinary
    states = _kinds().states
    return {
        token.stem
        for token in tokenize(text)
        if (token.fold not in idle and token.stem not in idle) or token.stem in states or token.stem in _CHANGED
    } - {"when", "date", "day", "long"}


def _same_state(words: set[str], text: str) -> bool:
    """Whether one of the words says the state that the event's text says: "dead" of what is broken."""
    states = _kinds().states
    said = {states[word] for word in words if word in states}
    return bool(said & {states[word] for word in stems(text) if word in states})


def _lost_in_one(said: Said, names: Vocabulary) -> bool:
    """As in "When did we move to Oslo?": nothing is booked under that name, but an event says it."""
    lost = _doing({stem(fold(word)) for word in (*said.unknown, *said.unread)})
    if (
        not lost
        or said.phrases
        or said.intent.flow
        or said.intent.measure not in (_MAY_BE | {Measure.METADATA} if said.folded.startswith("who ") else _MAY_BE)
    ):
        return False
    by_kind = said.intent.measure is None or re.match(
        r"^(?:who|what|which|since|when|where|list|show|name|all)\b", said.folded
    )
    return any(lost & {*stems(text), *(name_stems(kind) if by_kind else ())} for kind, text, _ in names.events)


def _begins_one(said: Said, names: Vocabulary) -> bool:
    """As in "When did I start working at Acme?": the event that says so, though Acme is a payee too."""
    spoken = set(stems(said.text))
    if said.folded.startswith("when ") and any(
        set(name_stems(kind)) <= spoken and stems(text) and set(stems(text)) <= spoken for kind, text, _ in names.events
    ):
        return True  # "when did I get the B permit"
    if not _BEGINNING.search(said.folded) or said.intent.measure is Measure.ACCOUNTS:
        return False
    if re.match(r"^(?:who|what|which)\b", said.folded):
        return any(set(name_stems(kind)) & spoken for kind, _, _ in names.events)
    spoken -= {*lexicon().weak, *lexicon().ordinary, *lexicon().grammar}
    return any(spoken & set(stems(text)) for _, text, _ in names.events)


def _doing(words: set[str]) -> set[str]:
    """The stems with what does it, of who does it: "chairing" and "chaired" are of a chair."""
    return words | {word.removesuffix(end) for word in words for end in ("ing", "ed") if len(word) - len(end) >= _LONG}


# ------------------------------------------------------------------------------------------------------ the plan


def events(asked: Asked) -> Outcome:
    """Events of the type asked for; on a day, the one that then held."""
    if told := left_at(asked.said, asked.names) or held_at(asked.said, asked.names):
        return told
    words = _doing({token.stem for token in tokenize(asked.said.text)})
    kind = _kind(asked, words)
    until = {token.stem for each in asked.said.periods for token in tokenize(each.text)}  # "before Eoin": when
    named = [text for _, text, _ in asked.names.events if stems(text) and set(stems(text)) <= words - until]
    if not named and asked.has(_WHICH_DAY):  # "when did we move to the cottage": Rose Cottage, Ely
        rare = words - {*lexicon().weak, *lexicon().ordinary, *lexicon().grammar}
        named = _most_told([text for _, text, _ in asked.names.events if stems(text)], asked, rare)
    if named and asked.has(_SPAN.pattern):
        kind = next(of for of, text, _ in asked.names.events if text == named[0])
    elif kind is None and not asked.has(_ALL_EVENTS) and not named:
        kind = kind_said(asked.said, asked.names)
    mentions = (Mention(named[0], pattern=_pattern(named[0])),) if named else ()
    period, order, limit = one_period(asked), None, None
    if kind and not period and (lasted := _lasting(asked, kind, words, named)):
        return Plan(Measure.EVENTS, Filters(), lasted, order=Order("date"), key=kind)
    if mentions and not asked.has(r"\bevents?\b.*\b(?:list|all|show)\b"):
        kind = kind if any(each[0] == kind and each[1] == named[0] for each in asked.names.events) else None
    elif _single_day(period) and kind:
        period, order, limit = Period(None, period.end, period.label), Order("date", descending=True), 1
    elif kind and not period and (asked.has(_NOW) or (asked.has(_LATELY) and not asked.has(_SEVERAL))):
        order, limit = Order("date", descending=True), 1
    if asked.intent.order and asked.intent.order.by == "date":
        order, limit = asked.intent.order, asked.intent.limit or 1
    notes = _different(kind, asked, period)
    if kind and period.start and period.end and order is None and not mentions and not asked.has(_ALL_EVENTS):
        period, notes = _from_what_held(kind, period, asked)
    if not (kind or mentions or period or order or asked.has(_ANY_EVENT)):
        return _which_kind(asked)
    return Plan(Measure.EVENTS, Filters(mentions=mentions), period, order=order, limit=limit, key=kind, reading=notes)


_HOW_MANY_OF_THEM: Final = r"^(?:and |so )*(?:in |at )?how many (?!times\b)"


def _different(kind: str | None, asked: Asked, period: Period) -> tuple[str, ...]:
    """As in "how many cities have we lived in", where one stands in several events: how many differ."""
    start, end = period.start or dt.date.min, period.end or dt.date.max
    told = [text for of, text, day in asked.names.events if of == kind and start <= day < end]
    once = {fold(text): text for text in told}
    if not asked.has(_HOW_MANY_OF_THEM) or not 1 < len(once) < len(told) <= _MOST_TOLD:
        return ()
    return (f"{len(once)} different: {', '.join(once.values())}",)


_ANY_EVENT: Final = (
    r"\bevents?\b|\bhappen\w*|\bmilestones?\b|(?<!who )\b(?:noted?|recorded|logged)\b|\bevenements?\b|\beventos?\b"
    r"|\bereignisse?n?\b|\bgebeurtenissen\b|\beventi\b"
)


def _which_kind(asked: Asked) -> Clarify | Refusal:
    """As in "when was I off colour", of which no event says anything: not all of them are what was asked for."""
    kinds = asked.names.event_types
    if not kinds:
        return Refusal("This ledger holds no events.", ())
    choices = tuple(Choice(each, f"List the {each} events") for each in kinds[:6])
    return Clarify(f"Which of the ledger's events? On file are {', '.join(kinds[:6])}.", choices)


_AFTERWARDS: Final = compiled(r"\s(?:after|following)\s(?:the|my|our|that|his|her)\s.*$")


def _most_told(texts: list[str], asked: Asked, rare: set[str]) -> list[str]:
    """The texts that say what happened, that with most of the words first; those of what it came after tell no more."""
    main = {token.stem for token in tokenize(_AFTERWARDS.sub("", asked.said.folded))} - lexicon().grammar
    known = [text for text in texts if rare & set(stems(text))]
    told = [text for text in texts if len(main & set(stems(text))) > 1]
    return sorted(told or known, key=lambda text: -len(main & set(stems(text))))


def _pattern(text: str) -> str:
    """What the event says; one letter as a word by itself, for it stands in many ("B")."""
    return re.escape(text) if len(text) > 1 else rf"(?:^|\W){re.escape(text)}(?:\W|$)"


def _kind(asked: Asked, words: set[str]) -> str | None:
    """The type of events that is meant: named, asked for in the words of its kind, or the one for where one works."""
    kinds = asked.names.event_types
    if named := next((each for each in kinds if set(name_stems(each)) <= words), None):
        return named
    if other := kind_of_the_verb(asked.said, asked.names) or _kind_in_other_words(asked.said, asked.names):
        return other
    if words & {"where", "city", "country", "live", "lived", "town", "place", "state"} and (
        place := _held_first(_of_the_places(words), asked.said, asked.names)
    ):
        return place
    if asked.has(r"\b(?:who|since when|when|how long|dates?)\b") and (
        some := next((each for each in kinds if set(name_stems(each)) & words), None)
    ):
        return some
    at_work = {"employer", "employ", "job", "work", "worked", "start", "started", "company", "joined", "join"}
    called = next(called for called, _ in _kinds().asked if "job" in called)
    if words & at_work and (work := next((each for each in kinds if set(name_stems(each)) & set(called)), None)):
        return work
    return _noted_kind(asked.said, asked.names) if asked.has(_NOTED.pattern) else _told_of(asked.said, asked.names)


def _kind_in_other_words(said: Said, names: Vocabulary) -> str | None:
    """The type whose kind is asked for by no name of it; of several the one with most words of the question."""
    words = {token.stem for token in tokenize(said.text)}
    for called, cue in _kinds().asked:
        if not cue.search(said.folded):
            continue
        if "where" in called:
            return _held_first(_of_the_places(words), said, names)
        there = [each for each in names.event_types if set(name_stems(each)) & set(called)]
        own = {each: len(set(name_stems(each)) & words) for each in there}
        if there:
            return max(there, key=lambda each: own[each])
    return None


def _of_the_places(words: set[str]) -> tuple[str, ...]:
    """What events of places are called; those of a home first where it is asked where one lived."""
    places = next(called for called, _ in _kinds().asked if "where" in called)
    return places[::-1] if words & _AT_HOME else places


def _held_first(called: tuple[str, ...], said: Said, names: Vocabulary) -> str | None:
    """The first of these types that held by the end of the period; failing that, the first there is."""
    end = min((each.period.end for each in said.periods if each.period.end), default=dt.date.max)
    held = {of for of, _, day in names.events if day < end}
    named_so = [each for word in called for each in names.event_types if word in name_stems(each)]
    return next((each for each in named_so if each in held), next(iter(named_so), None))


def _lasting(asked: Asked, kind: str, words: set[str], named: Sequence[str]) -> Period | None:
    """As in "from when to when was the boiler dead": from the state that is said to what came after it."""
    told = [(text, day) for of, text, day in asked.names.events if of == kind]
    own = set(name_stems(kind))
    at = [
        place
        for place, (text, _) in enumerate(told)
        if _same_state(words - own, text) or set(stems(text)) <= words - own
    ]
    outright = [place for place, (text, _) in enumerate(told) if text in named[:1]]
    at = outright or (at[1:] if len(at) > 1 and at[0] == 0 else at)  # what held from the first is no change
    if not at or not (asked.has(_SPAN.pattern) or _same_state(words - own, told[at[0]][0])):
        return None
    after = at[-1] + 1 if asked.has(_SPAN.pattern) else at[-1]
    end = told[after][1] + ONE_DAY if after < len(told) else None
    return Period(told[at[0]][1], end, f"since {told[at[0]][1].isoformat()}")


def _from_what_held(kind: str, period: Period, asked: Asked) -> tuple[Period, tuple[str, ...]]:
    """As in "where did we live in 2023": what held when the period began counts, though it began before."""
    start = period.start or dt.date.min
    held = [day for of, _, day in asked.names.events if of == kind and day <= start]
    if not held or max(held) == start:
        return period, ()
    return replace(period, start=max(held)), (f"what held when the period began did so since {max(held).isoformat()}",)


def _single_day(period: Period) -> bool:
    if period.end is None:
        return False
    return period.start is None or period.end - period.start <= ONE_DAY
