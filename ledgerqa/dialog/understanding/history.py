"""Follow-ups: what a question leaves unsaid is taken from the questions before it.

A fragment ("insurance?", "and in 2023?", "per month") changes one part of what came before.  A pointing question
("which of those was the largest?") keeps all of it and asks something else.  A complete question stands alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.calendar.periods import told_once
from ledgerqa.dialog.intent.learned import probability
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.choosing import OF_A_TAG
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.understanding.anything_else import anything_else
from ledgerqa.dialog.understanding.brought_back import as_spoken_of, brought_back, told_again
from ledgerqa.dialog.understanding.called_as_before import called_as_before
from ledgerqa.dialog.understanding.earlier import STANDING
from ledgerqa.dialog.understanding.in_their_place import in_their_place
from ledgerqa.dialog.understanding.of_that_place import of_that_place
from ledgerqa.dialog.understanding.one_further import one_further
from ledgerqa.dialog.understanding.one_of_the_rows import row_before
from ledgerqa.dialog.understanding.openings import NOW
from ledgerqa.dialog.understanding.own_form import counts_the_same, own_form
from ledgerqa.dialog.understanding.same_way import are_paid_with, at_another_time, is_own, same_way
from ledgerqa.dialog.understanding.stands_now import asks_what_stands, is_of_all
from ledgerqa.dialog.understanding.times_carried import at_that_time, carried_periods, unread_periods
from ledgerqa.dialog.understanding.two_sides import against_that, of_both
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Root

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.calendar.calendar_units import FiscalStart
    from ledgerqa.dialog.intent.intents import Flow, Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import MetadataFilter

_OPENING = cues("cues").single["follow_up_opening"]
_CONTINUING = cues("cues").single["follow_up_continuing"]
_POINTING = cues("cues").single["follow_up_pointing"]
_WHOLE = frozenset(
    {
        Measure.NET_WORTH,
        Measure.NET_INCOME,
        Measure.INCOME_STATEMENT,
        Measure.BALANCE_SHEET,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
        Measure.COMMODITIES,
        Measure.RECURRING,
        Measure.PRICE,
        Measure.HOLDINGS,
    }
)
_FEW_WORDS = 5
LEANING = 0.8  # how likely a model must find a follow-up that the rules do not see
_SUMMED = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_ENTRIES = compiled(
    r"\b(?:entries|transactions|postings|bookings|details|individual|as a list|one by one|itemi[sz]ed)\b"
)
_WHICH_ONE = compiled(
    r"^(?:and |so )?(?:(?:which|what) (?:one |of (?:them|those|these) )?(?:was|were|is|are)|what'?s)\b|\bwhich one\b"
    r"|^(?:and |so |the )*(?:single )?(?:biggest|largest|highest|smallest|cheapest|dearest|priciest|most expensive"
    r"|latest|last|first|earliest)(?: single)?(?: one| thing| item| of (?:them|those|these))?\W*$"
)


def carried(
    said: Said, before: Said | None, today: dt.date, names: Vocabulary, fiscal_start: FiscalStart = None
) -> Said:
    """The question with what it lacks taken from what was said before (None: nothing was)."""
    if before is None:
        return said
    said = called_as_before(said, before, names)
    return replace(_carried(said, before, today, names, fiscal_start), earlier=before)


def _carried(said: Said, before: Said, today: dt.date, names: Vocabulary, fiscal_start: FiscalStart) -> Said:
    if told := told_again(said, before) or row_before(said.folded, before):
        return told
    if before.intent.measure in STANDING and not said.phrases and _IN_ALL.fullmatch(said.folded):
        return before  # the sum of what was told stands with it
    if back := brought_back(said, before):
        return back
    said = as_spoken_of(said, before)
    if is_of_all(said, before):
        return said
    if further := of_both(said, before, today) or one_further(said, before) or anything_else(said, before):
        return further
    before, said = _as_then(before), _without_opening(said)
    if before.intent.measure in STANDING and said.intent.measure is None:
        said = replace(said, periods=told_once(said.periods, standing=True))  # "and a year ago?", of a balance
    alone = said
    if said.by_rules is not None:
        said = replace(said, intent=_of_a_fragment(said))
    periods = carried_periods(said, before, today, fiscal_start)
    if sides := against_that(said, before, periods, today):
        return sides
    if counts_the_same(said, before):
        said = replace(said, phrases=before.phrases)
    elif (
        not _leans(said)
        and not of_that_place(said, before, names)
        and probability(said.understood, "follow_up", "yes") < LEANING
    ):
        return at_that_time(alone, before, today, fiscal_start)
    pointing = bool(_POINTING.search(_without_clauses(said.folded)))
    going_on = replace(
        said,
        intent=_intent(said, before, names, pointing=pointing),
        phrases=_less_left_out(_phrases(said, before, names), said),
        excluded=_excluded(said, before, pointing=pointing),
        apart=said.apart or (before.apart if not said.phrases or pointing else said.apart),
        periods=periods,
        weekdays=said.weekdays or before.weekdays,
        labels=(*said.labels, *(each for each in before.labels if _stays(each, said))),
        bounds=said.bounds if said.bounds.spans else before.bounds if not said.phrases or pointing else said.bounds,
        unknown=said.unknown or (before.unknown if _keeps_unknown(said) else ()),
        unread=said.unread if said.phrases else (),
        unread_periods=unread_periods(said, before, today),
        text=said.text,
    )
    if going_on.by_rules is not None:
        going_on = replace(going_on, by_rules=replace(going_on.by_rules, sign=going_on.intent.sign))
    return at_another_time(same_way(going_on, said, before, names), said, before)


def _stays(label: MetadataFilter, said: Said) -> bool:
    """Whether a label of the question before holds beside those of this one: "and without the attic, too"."""
    own = [each for each in said.labels if each.key == label.key]
    also = re.search(r"\b(?:too|also|as well|either|nor)\b", said.folded)
    return not own or bool(also and label.absent and all(each.absent for each in own))


def _less_left_out(phrases: tuple[Phrase, ...], said: Said) -> tuple[Phrase, ...]:
    """As in "what did we pay in cash", "and not in cash": what was asked for is what is left out now."""
    now = {fold(each.words) for each in said.excluded}
    return tuple(each for each in phrases if fold(each.words) not in now)


_AS_WELL: Final = compiled(r"^(?:ok(?:ay)?,? )?(?:and|or|nor|plus)\b|\b(?:also|too|as well|either|additionally)\b")


def _excluded(said: Said, before: Said, *, pointing: bool) -> tuple[Phrase, ...]:
    """What is left out: after "without rent", "and without the car as well" leaves out both."""
    if said.excluded and not said.phrases and _AS_WELL.search(said.folded):
        return (*before.excluded, *said.excluded)
    return said.excluded or (before.excluded if not said.phrases or pointing else ())


def _keeps_unknown(said: Said) -> bool:
    """As in "per month" after a name that stands nowhere: it is still what is asked about."""
    return not said.phrases and not said.labels


def _as_then(before: Said) -> Said:
    """What was said with names read as they were there: after "what did the trip cost, Lisbon" Lisbon stays the tag."""
    if not OF_A_TAG.search(before.folded):
        return before
    phrases = (
        replace(each, options=tuple(sorted(each.options, key=lambda option: option.kind != "tag")))
        for each in before.phrases
    )
    return replace(before, phrases=tuple(phrases))


_PRONOUN = compiled(r"\b(?:it|its|they|them|their|he|him|his|she|her|that|those)\b")


def spoken_of(said: Said, aside: Said) -> Said:
    """The question with what an order beside it named, where a pronoun is all that it names itself.

    As in "Say that Ruth owes nothing. Now, how much does she owe?"
    """
    points = not said.phrases and said.intent.measure not in _WHOLE and _PRONOUN.search(said.folded)
    return replace(said, phrases=aside.phrases) if points else said


def _without_opening(said: Said) -> Said:
    """As in "now only those of X": a word that goes on from what was said, and no day."""
    opening = NOW.match(said.folded)
    rest = tuple(each for each in said.periods if each.kind != "now" or not opening or each.start >= opening.end())
    return replace(said, periods=rest)


def _of_a_fragment(said: Said) -> Intent:
    """The rules' form of the question, which reads no more into a fragment than it says, with what the model adds."""
    rules, both = said.by_rules or said.intent, said.intent
    return replace(
        rules,
        flow=rules.flow or (both.flow if rules.measure else None),
        group_by=rules.group_by or both.group_by,
        order=rules.order or both.order,
        per=rules.per or both.per,
        compare=rules.compare or both.compare,
    )


def _leans(said: Said) -> bool:
    """Whether the question is a fragment, or points back."""
    if said.intent.measure in _WHOLE and not said.intent.guessed and not _CONTINUING.search(said.folded):
        return False
    words = said.folded.split()
    if _CONTINUING.search(said.folded):
        return True
    if not said.phrases and (_POINTING.search(_without_clauses(said.folded)) or _OPENING.search(said.folded)):
        return True
    lacking = said.intent.measure is None or said.intent.guessed or said.intent.vague
    if lacking and (len(words) <= _FEW_WORDS or not said.phrases or _OPENING.search(said.folded)):
        return True
    if said.phrases and _POINTING.search(_without_clauses(said.folded)) and _OPENING.search(said.folded):
        return True
    if said.phrases and _VERBLESS.match(said.folded):
        return not _VERBLESS.sub("", said.folded).removeprefix(fold(said.phrases[0].words)).strip(" ?.!")
    return not said.phrases and not said.periods and len(words) <= _FEW_WORDS


_VERBLESS: Final = compiled(
    r"(?:(?:and|so|ok|then),? )*how (?:much|many)(?: at| on| with| by| using| from| for)(?: the| my| our)? "
)


def _without_clauses(folded: str) -> str:
    """As in "that I bought" points at nothing."""
    return re.sub(
        r"\bthat (?:i|we|my|our|the|was|were|is|are|did|has|have|month|year|week|quarter|day|same)\b"
        r"|\bthis (?:month|year|week|quarter|day)\b|\bsame (?:month|year|week|quarter|day|period|time)\b"
        r"|\bis (?:it|there)\b|\bthere (?:is|was|were|are|any)\b",
        " ",
        folded,
    )


def _has_rows(intent: Intent) -> bool:
    """Whether it was answered by a row each of whatever but times."""
    return bool(intent.group_by) and not any(each in TIME_GROUPINGS for each in intent.group_by)


_PART_OF_IT: Final = compiled(r"\bhow much (?:out )?of (?:it|that|this) (?:is|was)\b")


_IN_ALL: Final = compiled(
    r"(?:(?:and|so|ok),? )*(?:(?:how much|what)(?:'?s| is| are| does| do)? )?"
    r"(?:(?:that|it|they|those|this|them)(?: all)? )?"
    r"(?:(?:come|add up|amount) to )?(?:altogether|in all|in total|all told|together|the total)\W*"
)
_WHO: Final = compiled(
    r"^(?:(?:and|so|but|ok|then)\W+)*(?:who|which|what)(?: one)? (?:got|had|has|was|took|received)\b"
)


def _intent(said: Said, before: Said, names: Vocabulary, *, pointing: bool) -> Intent:
    """The old form with what the new question changes of it."""
    new, old = said.intent, before.intent
    if (own := own_form(said, old, names)) is not None:
        return own
    if (
        (new.single or new.limit == 1)
        and new.group_by == (Grouping.PAYEE,)
        and _has_rows(old)
        and _WHO.match(said.folded)
    ):
        new = replace(
            new, group_by=old.group_by, by_key=old.by_key, account_depth=old.account_depth
        )  # "who got the most?" of those told
    added = old.measure in {Measure.SUM, None}
    if new.measure in {Measure.SUM, Measure.BALANCE} and added and _PART_OF_IT.search(said.folded):
        new = replace(new, measure=Measure.SUM)  # "how much of that was on the card": of a sum, a sum
    if new.measure is Measure.SUM and old.measure is Measure.BALANCE and _PART_OF_IT.search(said.folded):
        return replace(old, flow=None)  # "and how much of that is the boiler?", of what somebody owes
    if new.measure is Measure.LIST and not said.phrases and _ENTRIES.search(said.folded) and old.measure in _SUMMED:
        return replace(new, flow=old.flow or new.flow, sign=old.sign or new.sign)
    one_of = new.guessed and new.order and not said.phrases and not old.group_by and old.measure in _SUMMED
    if one_of and _WHICH_ONE.search(said.folded):
        return replace(new, measure=Measure.LIST, flow=old.flow, sign=old.sign, guessed=False)
    if new.measure is None or (new.guessed and (not pointing or new.limit is not None)):
        return _merged(new, old)
    if (
        pointing
        and new.measure in {Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE}
        and old.measure in {Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE}
    ):
        regrouped = bool(new.group_by and old.group_by and old.limit)
        earned = (said.by_rules or new).flow == "income"  # "what did the plot cost", "what did it bring in"
        return replace(
            new,
            flow="income" if earned else old.flow or new.flow,
            sign=_sign(said, old),
            valuation=new.valuation or old.valuation,
            order=new.order or (old.order if regrouped else None),
            limit=new.limit or (old.limit if regrouped else None),
        )
    if new.measure is Measure.SUM and old.measure is Measure.SUM:
        return replace(_merged(new, old), measure=Measure.SUM, flow=_flow(said, old, names))
    if asks_what_stands(said) and old.measure not in STANDING:
        return new  # "and what do we owe on the house", after what was spent
    return replace(new, flow=_flow(said, old, names), sign=_sign(said, old))


# "And what about her school pay", which is no school's fees.
_OF_PAY: Final = compiled(
    r"\b(?:salar(?:y|ies)|wages?|earnings|income|paychecks?)\b|^(?!.*\b(?:did|does|do)\b).* pay\W*$"
)
_SIDES: Final = {"income": Root.EXPENSES, "spend": Root.INCOME}


def _flow(said: Said, old: Intent, names: Vocabulary) -> Flow | None:
    """The flow said, or the old one: not where what is named is of the other side ("and how much tax did he pay")."""
    other = _SIDES.get(old.flow or "")
    accounts = (each.best.values for each in said.phrases if each.best.kind == "account")
    other = None if _OF_PAY.search(said.folded) else other
    against = other and any(of_roots(names, values, (other,)) == values for values in accounts)
    return said.intent.flow or (None if against else old.flow)


def _sign(said: Said, old: Intent) -> Literal[-1, 0, 1]:
    """As in "did they refund me?" and then "when was that?": of the money that came back, unless a flow is said."""
    flow = (said.by_rules or said.intent).flow
    return said.intent.sign or (0 if said.phrases or flow else old.sign)


def _merged(new: Intent, old: Intent) -> Intent:
    if old.of_each in TIME_GROUPINGS and len(new.group_by) == 1 and new.group_by[0] in TIME_GROUPINGS:
        (unit,) = new.group_by  # "and of each quarter?", after the biggest of each year
        rows = tuple(unit if each is old.of_each else each for each in old.group_by)
        return replace(old, of_each=unit, group_by=rows, limit=new.limit or old.limit)
    grouped = bool(new.group_by) and (new.group_by[0] in TIME_GROUPINGS or not old.group_by)
    return replace(
        old,
        flow=new.flow or old.flow,
        group_by=new.group_by or old.group_by,
        by_key=new.by_key or old.by_key,
        account_depth=new.account_depth or (None if grouped else old.account_depth),
        order=new.order or (None if grouped else old.order),
        limit=new.limit or (None if grouped else old.limit),
        single=new.single or (old.single and not new.limit and not grouped),
        per=new.per or old.per,
        valuation=new.valuation or old.valuation,
        convert=new.convert or old.convert,
        compare=new.compare or old.compare,
        sign=new.sign or old.sign,
        skip=new.skip,
        of_each=new.of_each or (None if grouped else old.of_each),
        measure=Measure.AVERAGE if new.measure is Measure.AVERAGE else old.measure,
    )


def _phrases(said: Said, before: Said, names: Vocabulary) -> tuple[Phrase, ...]:
    """The new names in place of the old ones of their kind; beside them where the question narrows."""
    if not said.phrases:
        return before.phrases
    if there := of_that_place(said, before, names):
        return there
    if (said.intent.measure is None or said.intent.guessed) and (put := in_their_place(said, before, names)):
        return put
    if are_paid_with(said, before, names):
        return (*(each for each in before.phrases if not is_own(each, names)), *said.phrases)
    if _narrows(said, before):
        return (*(each for each in before.phrases if not _instead(each, said, before)), *said.phrases)
    kinds = {_class(phrase) for phrase in said.phrases}
    if kinds == {"currency"}:
        swapped = all(_is_held(each, names) for each in said.phrases)
        others = (each for each in before.phrases if _class(each) != "currency")
        return (*(each for each in others if not (swapped and _is_held(each, names))), *said.phrases)
    if _another_occasion(said, before, kinds):
        (new,) = said.phrases
        return tuple(_in_its_place(new, each) if _class(each) == "tag" else each for each in before.phrases)
    kept = tuple(
        phrase
        for phrase in before.phrases
        if _class(phrase) not in kinds and _class(phrase) == "tag" and re.match(r"^(?:and|only|just)\b", said.folded)
    )
    return (*kept, *(_beside(phrase, before) for phrase in said.phrases))


_ALTOGETHER: Final = compiled(r"\b(?:total|altogether|overall|whole|entire|complete|everything|all)\b")


def _is_held(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether it names what is held at cost, be it by its account: "and of ether?" stands in its place."""
    option = phrase.of_kind("currency")
    known = names.commodities.get(option.values[0]) if option else None
    return known is not None and known.held_at_cost and not known.operating


def _another_occasion(said: Said, before: Said, kinds: set[str]) -> bool:
    """As in "and Portugal?" after eating out in Spain: the same accounts on another journey, and not all that it cost.

    "And Portugal in total?" is all of it.
    """
    fragment = said.intent.measure is None or said.intent.guessed or said.intent.vague
    if kinds != {"tag"} or not fragment or _ALTOGETHER.search(said.folded):
        return False
    classes = [phrase.best.kind for phrase in before.phrases]
    return set(classes) == {"tag", "account"} and classes.count("tag") == len(said.phrases) == 1


def _in_its_place(new: Phrase, old: Phrase) -> Phrase:
    """The new tag as surely meant as the old one: "and Rome?" after "on the Lisbon trip" is the trip to Rome."""
    best = replace(new.best, score=old.best.score, how=old.best.how)
    return replace(old, words=new.words, options=(best, *new.options[1:]))


def _instead(phrase: Phrase, said: Said, before: Said) -> bool:
    """As in "tithes" and then "only the offering": an account beside the old one, or one of several, stands alone."""
    new = [each.best.values for each in said.phrases if each.best.kind == "account"]
    if phrase.best.kind != "account" or len(new) != len(said.phrases):
        return False
    several = sum(each.best.kind == "account" for each in before.phrases) > 1
    wide = {name for option in phrase.options if option.kind == "account" for name in option.values}
    met = any(_within(one, two) or _within(two, one) for values in new for one in values for two in wide)
    return not met or (several and not any(set(values) == set(phrase.best.values) for values in new))


def _within(name: str, whole: str) -> bool:
    return name == whole or name.startswith(f"{whole}:")


def _beside(phrase: Phrase, before: Said) -> Phrase:
    """As in "and the insurance?" after the van's tax: of several accounts the one beside what was asked about.

    Nothing else is meant by an exact name of one: "same for Bo" after Ann's pay is Bo's pay, and not a payee.
    """
    parents = {
        name.rpartition(":")[0]
        for each in before.phrases
        if each.best.kind == "account"
        for name in each.best.values
        if name.count(":") > 1
    }
    best = phrase.best
    near = tuple(name for name in best.values if name.rpartition(":")[0] in parents) if best.kind == "account" else ()
    if near and len(near) == len(best.values) and best.how == "exact":
        return replace(phrase, options=tuple(each for each in phrase.options if each.kind != "payee"))
    if not near or len(near) == len(best.values):
        return phrase
    return replace(phrase, options=(replace(best, values=near), *phrase.options[1:]))


def _narrows(said: Said, before: Said) -> bool:
    """As in "Only X", "just at X"; or "at X?" where X is a payee and an account was asked about."""
    if re.search(
        r"\b(?:only|just|limit(?:ed)? to|restrict(?:ed)? to|of (?:it|that|this|those|them|these))\b", said.folded
    ):
        return True
    if not re.match(r"^(?:at|from|with|to)\b", said.folded):
        return False
    return not any(phrase.of_kind("payee") is phrase.best for phrase in before.phrases) and all(
        phrase.best.kind in {"payee", "narration"} for phrase in said.phrases
    )


def _class(phrase: Phrase) -> str:
    return phrase.best.kind if phrase.best.kind in {"tag", "currency"} else "name"
