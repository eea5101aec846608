"""A question, and those before it, as a typed plan; or a question back; or why there is no answer.

The stages stand below one another: what is no question to a ledger (`refusals`), the parts of the question
(`reading`), what it leaves unsaid and earlier ones said (`history`), the names as filters (`scope`), and the plan
of each measure (`measures`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ledgerqa.dialog.calendar.periods import said_of_years
from ledgerqa.dialog.intent.exclusions import leaves_out
from ledgerqa.dialog.intent.intents import asks_of_a_raise
from ledgerqa.dialog.intent.learned import SURE, probability, surely_asks
from ledgerqa.dialog.intent.slots import Bounds
from ledgerqa.dialog.language.function_words import word_list
from ledgerqa.dialog.language.spoken_dates import dates_in_figures
from ledgerqa.dialog.language.tongues import language
from ledgerqa.dialog.language.two_questions import with_the_other
from ledgerqa.dialog.language.vocabulary import vocabulary as vocabulary_of
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.meaning import (
    adds_another,
    asking_whom,
    going,
    heeded,
    is_called,
    is_somebody,
    lost_words,
    meant,
    offered,
)
from ledgerqa.dialog.linking.metadata_keys import Key, asks_for_value, find_key, names_key
from ledgerqa.dialog.linking.naming_keys import says_key_of_things
from ledgerqa.dialog.linking.other_words import in_other_words, is_for
from ledgerqa.dialog.linking.purses import with_payers
from ledgerqa.dialog.linking.trades import is_of_somebody, of_a_trade, of_their_bills
from ledgerqa.dialog.plans.asked import Asked
from ledgerqa.dialog.plans.book.beside import beside, heard_beside
from ledgerqa.dialog.plans.book.by_labels import told_by_labels
from ledgerqa.dialog.plans.book.event_plans import is_of_an_event, tells_of
from ledgerqa.dialog.plans.book.filed import noted_words
from ledgerqa.dialog.plans.book.kept_under import kept_under
from ledgerqa.dialog.plans.book.keys_by_chance import is_by_chance
from ledgerqa.dialog.plans.book.labels_again import with_earlier_labels, with_labels
from ledgerqa.dialog.plans.book.measured import measured_again, measured_key, with_subject
from ledgerqa.dialog.plans.book.oddities import looks_odd, without_gaps
from ledgerqa.dialog.plans.by_key import told_by_key
from ledgerqa.dialog.plans.cash.settling_time import asks_of_settling
from ledgerqa.dialog.plans.cash.shares import asks_of_a_share
from ledgerqa.dialog.plans.cash.take_home import asks_of_pay, says_pay
from ledgerqa.dialog.plans.certain import for_certain
from ledgerqa.dialog.plans.comparing import each_time_apart
from ledgerqa.dialog.plans.conversion import in_home_money
from ledgerqa.dialog.plans.courses.developments import asks_of_change, developing, told_by_change
from ledgerqa.dialog.plans.courses.regular import asks_of_the_regular
from ledgerqa.dialog.plans.courses.rounds import says_what_recurs
from ledgerqa.dialog.plans.courses.weekday_sides import by_weekdays
from ledgerqa.dialog.plans.measures import plan_of
from ledgerqa.dialog.plans.missing_names import missing, of_a_longer_name
from ledgerqa.dialog.plans.noting import noted, told_for_certain
from ledgerqa.dialog.plans.pointed_at import pointed_at
from ledgerqa.dialog.plans.pointing import EVERYDAY, points_nowhere, than_before, to_whom, too_vague
from ledgerqa.dialog.plans.wealth.by_stock import by_stock, names_securities, without_the_word
from ledgerqa.dialog.plans.which_one import which_one
from ledgerqa.dialog.understanding.another_occasion import another_occasion
from ledgerqa.dialog.understanding.asides import to_the_point
from ledgerqa.dialog.understanding.beyond import beyond, to_come
from ledgerqa.dialog.understanding.by_how_much import by_how_much, of_another
from ledgerqa.dialog.understanding.by_key import read_by_key, values_without
from ledgerqa.dialog.understanding.corrections import as_corrected
from ledgerqa.dialog.understanding.counted_in import without_counted_in
from ledgerqa.dialog.understanding.each_time import last_of_it, whats_my
from ledgerqa.dialog.understanding.each_year import at_each_end, in_each_year
from ledgerqa.dialog.understanding.earlier import against_now, taken_off_that
from ledgerqa.dialog.understanding.earners import asks_of_their_pay
from ledgerqa.dialog.understanding.foreign_accounts import foreign_accounts
from ledgerqa.dialog.understanding.held_there import held_there
from ledgerqa.dialog.understanding.history import carried, spoken_of
from ledgerqa.dialog.understanding.illustrating import without_examples
from ledgerqa.dialog.understanding.in_two_turns import in_two_turns
from ledgerqa.dialog.understanding.less_a_clause import read_again
from ledgerqa.dialog.understanding.lost_apart import each_meant, is_only_a_verb, of_this_alone
from ledgerqa.dialog.understanding.named_again import named_again
from ledgerqa.dialog.understanding.net_or_gross import net_or_gross
from ledgerqa.dialog.understanding.offers import fitting
from ledgerqa.dialog.understanding.openings import SHOW, going_on
from ledgerqa.dialog.understanding.own_tongue import in_own_tongue, of_any_tongue
from ledgerqa.dialog.understanding.paid_off import paid_off
from ledgerqa.dialog.understanding.parts_again import parts_again
from ledgerqa.dialog.understanding.plain_words import LONGEST, in_plain_words
from ledgerqa.dialog.understanding.rates import is_pair, is_worth
from ledgerqa.dialog.understanding.reading import read
from ledgerqa.dialog.understanding.refusals import (
    OF_MANNER,
    elsewhere,
    instructions,
    only_names,
    rate_refusal,
    refused,
    refused_by,
    without_instructions,
)
from ledgerqa.dialog.understanding.said_in_full import in_full
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.dialog.understanding.settled_affairs import settled_affair
from ledgerqa.dialog.understanding.share_of_it import share_of_it
from ledgerqa.dialog.understanding.share_of_that import share_of_that
from ledgerqa.dialog.understanding.since_then import since_then
from ledgerqa.dialog.understanding.spelt_out import spelt_out
from ledgerqa.dialog.understanding.takings import taking
from ledgerqa.dialog.understanding.talk import Heard, without_talk
from ledgerqa.dialog.understanding.the_other import the_other, which_other
from ledgerqa.dialog.understanding.told_by_kind import told_by_kind
from ledgerqa.records import Clarify, Measure, Plan, Refusal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ledgerqa.backends.protocols import Understander
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.calendar.calendar_units import FiscalStart
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.meaning import Meaning
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.records import Outcome


def plan_question(
    question: str,
    history: Sequence[str],
    today: dt.date,
    index: Index,
    fiscal_start: FiscalStart = None,
    meaning: Meaning | None = None,
    understander: Understander | None = None,
) -> Outcome:
    """What `question` asks of the ledger behind `index`, after the earlier questions of the same conversation.

    `today` is what "last month" counts from; `fiscal_start` is the month (1 to 12) in which fiscal years begin, where
    that is known, else the ledger's own option tells; `meaning` finds names near to words that stand nowhere;
    `understander` is a model that is heard beside the rules.  Never raises on account of what a question says.
    """
    names = vocabulary_of(index)
    ordinary = word_list(understander)
    fiscal_start = said_of_years((*history, question)) or fiscal_start or names.fiscal_start
    heard = _heard_in(question, today, names, fiscal_start, understander)
    asked, counted_in = _made_ready(heard.text, today, names, fiscal_start, ordinary)
    meaning = None if language(question) else meaning  # what is near to foreign words tells nothing

    def alone(part: str, earlier: Sequence[str] = ()) -> Outcome:
        hearing = in_own_tongue(understander, heard.text) if part == asked else understander
        return _planned(part, (*history, *earlier), today, names, fiscal_start, meaning, hearing, ordinary)

    def parts(words: str) -> Said:
        return read(words, today, names, fiscal_start, None, ordinary)

    outcome, clause = read_again(alone(asked), asked, parts, alone, names)
    if isinstance(outcome, Refusal):
        return fitting(outcome, asked, today, names)
    outcome = with_the_other(outcome, asked, alone)
    left_off = (*heard.left_off, clause) if clause else heard.left_off
    if isinstance(outcome, Plan) and left_off:
        note = f"taken for talk: {', '.join(f'“{words}”' for words in left_off)}"
        outcome = replace(outcome, reading=(*outcome.reading, note))
    if isinstance(outcome, Plan) and counted_in:
        held = outcome.measure is Measure.HOLDINGS  # what it paid out stands elsewhere
        outcome = replace(outcome, reading=(*outcome.reading, f"{'not ' if held else ''}counted in: {counted_in}"))
    return outcome


def _heard_in(
    question: str,
    today: dt.date,
    names: Vocabulary,
    fiscal_start: FiscalStart,
    understander: Understander | None,
) -> Heard:
    """The question as it is meant after all and without the talk around it, as a model hears it."""
    ordinary = word_list(understander)

    @cache
    def parts(words: str) -> Said:
        return read(words, today, names, fiscal_start, None, ordinary)

    said = as_corrected(dates_in_figures(question[:LONGEST], names), parts, names)
    return without_talk(said, understander, parts)


def _made_ready(
    question: str,
    today: dt.date,
    names: Vocabulary,
    fiscal_start: FiscalStart,
    ordinary: Callable[[str], bool] | None,
) -> tuple[str, str]:
    """The question in plain words, without what is said around it; and what it says is counted in."""
    text = in_plain_words(question, names, ordinary)
    parts = cache(lambda part: read(part, today, names, fiscal_start, None, ordinary))
    text = spelt_out(text, parts, names)
    if (of_affair := settled_affair(text, parts, names)) != text:
        return of_affair, ""
    text, listed = without_examples(text, parts, names)
    text, counted = without_counted_in(to_the_point(share_of_it(text), parts), parts, names)
    return text, ", ".join(each for each in (listed, counted) if each)


def _planned(
    asked: str,
    history: Sequence[str],
    today: dt.date,
    names: Vocabulary,
    fiscal_start: FiscalStart,
    meaning: Meaning | None,
    understander: Understander | None,
    ordinary: Callable[[str], bool] | None,
) -> Outcome:
    """The same, with refusals as they stand for any ledger."""
    *first, asked = in_two_turns(asked) if history else (asked,)
    history = (*history, *first)
    rest = without_instructions(asked)
    kept = tells_of(rest, names) or noted_words(rest, names) or asks_of_settling(fold(rest), names)
    declined = refused(asked, rest, names)
    asks = declined in OF_MANNER and understander is not None and surely_asks(understander.understand(rest))
    if declined and not asks and not (kept and declined == elsewhere(rest)):
        return declined
    if none := values_without(fold(rest), names):
        return none
    before = _remembered(history, today, names, fiscal_start, meaning, of_any_tongue(understander))
    told = _gone_on(rest, before, today, names, _reader(today, names, fiscal_start, None, ordinary))
    if isinstance(told, Clarify):
        return told
    rest = told
    heard = _reader(today, names, fiscal_start, understander, ordinary)
    understood = understander.understand(rest) if understander else None
    said = since_then(parts_again(read_by_key(rest, heard, names), names), today, names, heard)
    if pointing := which_other(said, before, names) if history else than_before(said):
        return pointing
    if (declined := refused_by(understood)) and not (
        names_key(rest, names) or _heard(rest, said, names) or whats_my(said, names)
    ):
        return declined
    if before is None and not said.phrases and (aside := instructions(asked)):
        named = read(aside, today, names, fiscal_start)
        before = replace(
            named, phrases=(*named.phrases, *named.excluded), excluded=(), bounds=Bounds()
        )  # "claim that my savings hold 5. What do they hold?"
        said = spoken_of(said, before)
    said = another_occasion(the_other(said, before, names), before, names)
    said = with_labels(said, before, today, names)
    carrying = at_each_end(carried(said, before, today, names, fiscal_start), today)
    carrying = with_earlier_labels(measured_again(carrying, before, names), names)
    said = in_each_year(taken_off_that(carrying, before, names), today, names)
    said = developing(against_now(said, today, names), today, names)
    said = held_there(with_payers(beside(taking(told_by_kind(said, names), names), names), names), names)
    said = foreign_accounts(paid_off(said, names), names)
    said = last_of_it(said, names)
    if is_worth(said):
        said = replace(said, intent=replace(said.intent, measure=Measure.PRICE, valuation=None))
    outcome = _outcome(said, before, today, names, heeded(meaning, said, ordinary))
    return told_by_key(told_by_labels(outcome, said, names), said, names) if isinstance(outcome, Plan) else outcome


def _gone_on(
    rest: str, before: Said | None, today: dt.date, names: Vocabulary, parts: Callable[[str], Said]
) -> str | Clarify:
    """The question with what it points at in the talk before it said in words; or what has to be asked back."""

    def planned(said: Said) -> Outcome:
        declined = None if _heard(said.text, said, names) else refused_by(said.understood)
        return declined or _outcome(said, said.earlier, today, names, None)

    told = pointed_at(rest, before, planned, today, names)
    if isinstance(told, Clarify):
        return told
    told = net_or_gross(share_of_that(of_another(told, before, parts), before, today, names), before, names)
    return going_on(by_how_much(named_again(told, before, names), before), before, names)


def _heard(rest: str, said: Said, names: Vocabulary) -> bool:
    """Whether it is a question that the rules know for certain, whatever a model makes of it."""
    rules = said.by_rules
    of_art = rules is not None and rules.measure not in EVERYDAY and not rules.guessed and not rules.vague
    lessened = said.excluded and any(each.best.how == "exact" for each in said.phrases)  # "music without concerts"
    plain = (asks_of_pay, looks_odd, asks_of_a_raise, asks_of_change, asks_of_the_regular)
    return (
        bool(of_art or lessened)
        or any(each(rest) for each in plain)
        or asks_of_their_pay(said.folded, names)
        or heard_beside(said, names)
        or asks_of_settling(said.folded, names)
        or asks_of_a_share(said)
        or only_names(said)
        or told_by_kind(said, names) is not said
    )


def _reader(
    today: dt.date,
    names: Vocabulary,
    fiscal_start: FiscalStart,
    understander: Understander | None,
    ordinary: Callable[[str], bool] | None,
) -> Callable[[str], Said]:
    """What reads a text by itself, with what the model hears in it."""

    def parts(text: str) -> Said:
        understood = understander.understand(text) if understander else None
        return read(text, today, names, fiscal_start, understood, ordinary)

    return parts


def _remembered(
    history: Sequence[str],
    today: dt.date,
    names: Vocabulary,
    fiscal_start: FiscalStart,
    meaning: Meaning | None,
    understander: Understander | None,
) -> Said | None:
    """What the earlier questions came to, each leaning on those before it."""
    before: Said | None = None
    ordinary = word_list(understander)
    parts = _reader(today, names, fiscal_start, None, ordinary)
    for each in (turn for question in history for turn in in_two_turns(question)):
        heard = _heard_in(each, today, names, fiscal_start, understander)
        earlier, _ = _made_ready(heard.text, today, names, fiscal_start, ordinary)
        reader = _reader(today, names, fiscal_start, in_own_tongue(understander, heard.text), ordinary)
        rest = without_instructions(earlier)
        if rest and not SHOW.fullmatch(rest) and not refused(earlier, rest, names):
            told = _gone_on(rest, before, today, names, parts)
            rest = rest if isinstance(told, Clarify) else told
            said = the_other(read_by_key(rest, reader, names), before, names)
            said = with_labels(another_occasion(said, before, names), before, today, names)
            said = measured_again(carried(said, before, today, names, fiscal_start), before, names)
            said = developing(with_earlier_labels(said, names), today, names)
            before = replace(_as_meant(said, before, names, heeded(meaning, said, ordinary)), put=each)
    return before


def _as_meant(said: Said, before: Said | None, names: Vocabulary, meaning: Meaning | None) -> Said:
    """The question with what its words that stand nowhere were taken for: "dining out" of what is called Meals."""
    if not missing(said, names) or is_called(said) or meaning is None or find_key(said, names):
        return said
    lost, told = lost_words(said), each_meant(said, names, meaning)
    if told:
        return said if isinstance(told, Refusal | Clarify) else told[0]
    billed, worded = of_a_trade(lost, names), in_other_words(lost, names)
    if known := (billed[0],) if billed else worded[0] if worded else ():
        if leaves_out(said.text, lost):
            return replace(said, excluded=(*said.excluded, *known), unknown=(), unread=())
        said = of_this_alone(said, known, before, names)
        return replace(said, phrases=(*said.phrases, *known), unknown=(), unread=())
    candidates = going(meaning(lost), said, names)
    matched = meant(lost, candidates, names) if candidates else None
    if matched is None or (matched[0].best.kind == "account" and is_somebody(lost, said.text)):
        return said
    said = of_this_alone(said, matched[:1], before, names)
    return replace(said, phrases=(*said.phrases, matched[0]), unknown=(), unread=())


def _outcome(said: Said, before: Said | None, today: dt.date, names: Vocabulary, meaning: Meaning | None) -> Outcome:
    ruled = said if said.by_rules is None else replace(said, intent=said.by_rules)
    key = None if asks_of_pay(said.text) else measured_key(said, names) or find_key(ruled, names)
    key = None if key and key.name in {said.by_key, *(each.key for each in said.labels if each.absent)} else key
    if key is not None and is_by_chance(Asked(said, scope(said, said.intent, names), key, today, names)):
        key = None
    if key is None and (declined := _no_entry_says(said, names)):
        return declined
    if key is not None and (_leaves_measure_open(said) or asks_for_value(key, said)):
        said = replace(said, intent=replace(said.intent, measure=Measure.METADATA))
    said = of_their_bills(with_subject(without_the_word(said), key, names), names)
    found = scope(said, said.intent, names)
    certain = Asked(in_full(said, before), found, key, today, names)
    if told := for_certain(certain):
        return told_for_certain(told, certain, said)
    whole = Asked(said, found, key, today, names)
    lost = (each for each in said.unknown if not (says_what_recurs(said, each) or says_pay(whole, each)))
    said = replace(said, unknown=tuple(each for each in lost if not names_securities(whole, each)))
    event = said.intent.measure is Measure.EVENTS
    if which := (None if event else found.clarify) or which_one(whole, alone=before is None):
        return which
    if found.filters.links:  # "invoice 2021-07" names an invoice, no month
        inside = [
            each for each in said.periods if not any(fold(each.text) in fold(name) for name in found.filters.links)
        ]
        said = replace(said, periods=tuple(inside))
    if before is None and key is None and (unsaid := beyond(said, names)):
        return unsaid
    if not event and (pointing := to_whom(said, before) or points_nowhere(said, before) or too_vague(said, before)):
        return pointing
    if other := _called_otherwise(said, key, before, today, names, meaning):
        return other
    if is_pair(said, names):
        said = replace(said, intent=replace(said.intent, measure=Measure.PRICE))
    asked = Asked(without_gaps(said), found, key, today, names)
    outcome = each_time_apart(plan_of(asked), asked)
    if isinstance(outcome, Plan):
        return noted(in_home_money(by_stock(told_by_change(by_weekdays(outcome, asked), asked), asked), asked), said)
    return outcome


def _called_otherwise(
    said: Said, key: Key | None, before: Said | None, today: dt.date, names: Vocabulary, meaning: Meaning | None
) -> Outcome | None:
    """The outcome where words of the question stand nowhere in the ledger; else None.

    Those of what a value is kept of may be passed over, unless they are called otherwise here: "the fridge's
    guarantee", of `garanti` on a "kylskåp".
    """
    filed = said.intent.measure in {Measure.DOCUMENTS, Measure.NOTES}  # of those no entry keeps a value
    if unknown := missing(said, names) if key is None or filed else of_a_longer_name(said, names):
        if kept := kept_under(Asked(said, scope(said, said.intent, names), key, today, names)):
            return kept
        return _by_meaning(said, before, today, names, None if key else meaning) or unknown
    worded = in_other_words(" ".join(said.unknown), names) if key and said.unknown and not said.phrases else None
    return _taken_for(worded, said, before, today, names) if worded else None


def _no_entry_says(said: Said, names: Vocabulary) -> Refusal | None:
    """Why no entry can say it: the terms of a contract, what is to come; None where a note is asked for."""
    if said.intent.measure is Measure.NOTES or is_of_an_event(said, names):
        return None
    counts = (said.by_rules or said.intent).measure is Measure.COUNT
    if counts and says_key_of_things(said, names) and (uncounted := elsewhere(said.text)):
        return uncounted  # "how many members came to the supper", where something else bears a member's number
    declined = rate_refusal(said.text)
    if declined and not any("rate" in phrase.words for phrase in said.phrases):
        return declined
    return to_come(said, names)


def _by_meaning(
    said: Said, before: Said | None, today: dt.date, names: Vocabulary, meaning: Meaning | None
) -> Outcome | None:
    """The plan with the words that stand nowhere taken for a trade's bills, else for the nearest names; else None."""
    lost = lost_words(said)
    if is_called(said):
        return None
    if told := each_meant(said, names, meaning):
        return told if isinstance(told, Refusal | Clarify) else _read_so(*told, before, today, names)
    billed, worded = of_a_trade(lost, names), in_other_words(lost, names)
    taken = [((billed[0],), billed[1]) if billed else None, worded]
    if worded and names.tongues_told and not is_of_somebody(lost):
        taken.reverse()  # a fridge is called "lodówka" before it is one of the appliances
    for each in taken:
        if each and (outcome := _taken_for(each, said, before, today, names)):
            return outcome
    candidates = going(meaning(lost), said, names) if meaning is not None and lost else ()
    if not candidates:
        return None
    if which := asking_whom(said.text, lost, candidates):
        return which
    matched = meant(lost, candidates, names)
    of_account = matched is not None and matched[0].best.kind == "account"
    if matched is None or (of_account and is_somebody(lost, said.text)) or adds_another(lost, matched[0], said, names):
        return Refusal(f'Nothing in this ledger is called "{lost}"; nearest by meaning is:', offered(candidates), lost)
    return _taken_for(((matched[0],), matched[1]), said, before, today, names)


def _read_so(said: Said, notes: tuple[str, ...], before: Said | None, today: dt.date, names: Vocabulary) -> Outcome:
    outcome = _outcome(said, before, today, names, None)
    return replace(outcome, reading=(*outcome.reading, *notes)) if isinstance(outcome, Plan) else outcome


def _taken_for(
    matched: tuple[tuple[Phrase, ...], str], said: Said, before: Said | None, today: dt.date, names: Vocabulary
) -> Outcome | None:
    """The plan with the words that stand nowhere read as phrases that name something.

    None where no entry has that together with what else is named.
    """
    phrases, note = matched
    said = of_this_alone(said, phrases, before, names)
    stands = said.intent.measure in {Measure.BALANCE, Measure.NET_WORTH, Measure.HOLDINGS}
    kept = tuple(each for each in said.phrases if stands or not is_for(each, names))
    kept = tuple(each for each in kept if not is_only_a_verb(each, phrases, names))
    out = phrases if leaves_out(said.text, lost_words(said)) else ()
    asked_for = kept if out else (*kept, *phrases)
    read_so = replace(said, phrases=asked_for, excluded=(*said.excluded, *out), unknown=(), unread=())
    outcome = _outcome(read_so, before, today, names, None)
    if isinstance(outcome, Plan):
        if kept and not names.booked.meets(outcome.filters):
            return None
        return replace(outcome, meaning=" ".join(each.words for each in phrases), reading=(*outcome.reading, note))
    return outcome


def _leaves_measure_open(said: Said) -> bool:
    """Whether no rule says what is asked for, and no model is sure of it."""
    if said.by_rules is None:
        return said.intent.measure is None
    measure = said.intent.measure.value if said.intent.measure else ""
    return said.by_rules.measure is None and probability(said.understood, "measure", measure) < SURE
