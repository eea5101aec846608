"""What a question says, before it becomes a plan: its periods, bounds, intent, and the names in it.

The parts are found one after the other, each on what the earlier ones left: periods, amounts, intent, names.  The
intent is the replaceable part (`intents.detect`); everything else stays when a learned model takes its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.fiscal_years import GROUPED, UNSAID
from ledgerqa.dialog.calendar.periods import (
    FoundPeriod,
    find_periods,
    find_weekdays,
    fiscal_start_of,
    stated_years,
    told_once,
)
from ledgerqa.dialog.calendar.told_again import over_its_months
from ledgerqa.dialog.intent.exclusions import (
    NO_TAG,
    find_exclusions,
    find_kept_in,
    find_netted,
    find_the_first,
    set_apart,
    turned,
    with_heard,
)
from ledgerqa.dialog.intent.intents import Context, Intent, detect
from ledgerqa.dialog.intent.learned import (
    CERTAIN,
    SURE,
    held_to,
    joined,
    probability,
    really_periods,
    spans_of,
    unread_periods,
)
from ledgerqa.dialog.intent.manner import find_at_cost, find_manner, find_means, find_purpose, find_vat
from ledgerqa.dialog.intent.of_each import of_each
from ledgerqa.dialog.intent.part_of_a_year import with_its_year
from ledgerqa.dialog.intent.refunds import find_counted_refunds
from ledgerqa.dialog.intent.slots import find_bounds, find_limit, number_of
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import corrected
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.linking.choosing import BALANCES
from ledgerqa.dialog.linking.kin import persons_alone, without_kin
from ledgerqa.dialog.linking.linker import link
from ledgerqa.dialog.linking.money_only import also_money, as_money, monies_apart, one_money
from ledgerqa.dialog.linking.said import Said
from ledgerqa.dialog.linking.unlinked import (
    LIKELY,
    common_name,
    cost_of_nothing,
    half_found,
    less_covered,
    unlinked,
)
from ledgerqa.dialog.understanding.called_like_times import without_times_in_names
from ledgerqa.dialog.understanding.circumstances import told_beforehand, without_circumstances
from ledgerqa.dialog.understanding.idle_periods import asked_of
from ledgerqa.dialog.understanding.left_out_unnamed import left_out_unnamed
from ledgerqa.dialog.understanding.lived_through import lived_through, with_other_sides
from ledgerqa.dialog.understanding.lost_apart import also_missed
from ledgerqa.dialog.understanding.marked_by import less_marker
from ledgerqa.dialog.understanding.money_back import told_by_the_sign
from ledgerqa.dialog.understanding.naming import parted, put_right
from ledgerqa.dialog.understanding.only_sales import only_sales
from ledgerqa.dialog.understanding.overruling import overruled
from ledgerqa.dialog.understanding.own_names import (
    are_several,
    in_another_tongue,
    is_only_named,
    less_groups_of_names,
    less_what_rows_are,
    without_own_names,
)
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Order, Root

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.dialog.calendar.calendar_units import FiscalStart
    from ledgerqa.dialog.intent.manner import Vat
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Link, Linked, Phrase

Span = tuple[int, int]

# Terms of art whose words are no names, wherever they stand together.
_TERMS = cues("cues").single["terms"]
_OVERDRAWN: Final = cues("cues").single["overdrawn"]


def read(
    text: str,
    today: dt.date,
    vocabulary: Vocabulary,
    fiscal_start: FiscalStart = None,
    understood: Understanding | None = None,
    ordinary: Callable[[str], bool] | None = None,
) -> Said:
    """The parts of one question, without regard to earlier ones; `understood` is what a model makes of its words.

    `ordinary` says whether a word is one of the language, where a word list is at hand.
    """
    lived = lived_through(text, vocabulary.events)
    veiled = without_own_names(text, vocabulary)  # "winter deposits" are of no winter, where an account is called so
    dated = _without(without_times_in_names(_without_tags(veiled, vocabulary), vocabulary), lived)
    periods = find_periods(dated, today, fiscal_start=fiscal_start, events=vocabulary.event_days)
    periods, apart = set_apart(veiled, with_its_year(veiled, really_periods(periods, understood), vocabulary))
    periods, rate = _rate_day(text, with_other_sides((*periods, *lived), text))
    taken = [*((each.start, each.end) for each in periods), *apart.spans, *([rate[1]] if rate else [])]
    bounds = turned(find_bounds(text, [*taken, *over_its_months(text, periods)]), text)
    limit = find_limit(text, taken) or _counted(text, taken, understood)
    fiscal, stated = [match.span() for match in GROUPED.finditer(text)], stated_years(text)
    blank = [*taken, *bounds.spans, *([limit[1]] if limit else []), *_terms(text, vocabulary), *fiscal, *stated]
    taxed, vat = _vat(text, vocabulary)
    manner = (*find_manner(text), *find_purpose(text), *find_means(text), *taxed, *find_counted_refunds(text))
    blank += [*manner, *find_at_cost(text), *find_kept_in(text), *also_money(text, vocabulary)]
    tokens = tokenize(text)
    free = [not any(start < token.end and token.start < end for start, end in blank) for token in tokens]
    linked = vocabulary.lately(
        ("linked", text, tuple(free), ordinary), lambda: link(text, tokens, free, vocabulary, ordinary)
    )
    linked, half = half_found(linked, tokens, understood)
    kept_to = (*one_money(text, vocabulary), *(apiece := monies_apart(text, vocabulary)))
    linked = replace(linked, phrases=as_money(linked.phrases, kept_to, tokens)) if kept_to else linked
    named = [
        (tokens[phrase.start].start, tokens[phrase.end - 1].end) for phrase in linked.phrases if _hides_words(phrase)
    ]
    spelt_out = [_without_in(text, each) for each in periods if each.kind != "all" or _FROM.match(each.text)]
    told = told_beforehand(text)
    plain = _for_rules(
        text,
        [*spelt_out, *([rate[1]] if rate else [])],
        named,
        (*apart.spans, *manner, *find_kept_in(text), *kept_to, *([told] if told else []), *stated),
    )
    intent = detect(GROUPED.sub("by year", plain), _context(vocabulary))
    if limit:
        intent = replace(intent, limit=limit[0], single=False)
    if bounds.reached:
        intent, understood = Intent(Measure.LIST, order=Order("date"), single=True), None
    by_rules, intent = (
        intent,
        _joined_but_of_names(intent, understood, linked, several=(several := are_several(linked, tokens, text))),
    )
    intent = overruled(
        less_groups_of_names(intent, by_rules, linked, fold(text)),
        by_rules,
        text,
        limited=bool(bounds.spans),
        certain=probability(understood, "measure", Measure.LIST)
        > (SURE if in_another_tongue(tokens, free, linked, ordinary) else CERTAIN),
        several=several,
    )
    if is_only_named(tokens, free, linked):
        intent = replace(intent, measure=by_rules.measure, group_by=by_rules.group_by, key=by_rules.key)
    intent = of_each(_valued(intent, by_rules, rated=bool(rate), kept=bool(kept_to), limited=bool(bounds.spans)), plain)
    left_out = [
        *with_heard(find_exclusions(veiled), spans_of(understood, "EXCLUDE", least=LIKELY), veiled),
        *_the_first(veiled, linked, tokens, vocabulary),
    ]
    left_out = [each for each in left_out if not any(start < each[1] and each[0] < end for start, end in kept_to)]
    phrases, excluded = parted(linked, tokens, left_out, text, _unnamed(understood, taxed))
    phrases = less_marker(persons_alone(put_right(phrases, tokens, text), text), tokens, text)
    phrases = less_what_rows_are(phrases, intent, vocabulary)
    phrases, intent = told_by_the_sign(phrases, intent, vocabulary)
    unknown, unread = (
        without_kin(_less_apart(each, apiece), phrases, text)
        for each in unlinked(linked, half, tokens, text, understood, subject=bool(phrases))
    )
    known = None if apart else (*taken, *bounds.spans, *manner, *find_netted(text))
    beside = left_out_unnamed(text, left_out, known, linked, tokens, understood)
    missed = also_missed((unknown, unread), (*phrases, *excluded), linked, tokens, free, text)
    unknown, unread = _also_lost(unknown, (*beside[0], *missed)), (*unread, *beside[1]) if phrases else unread
    unknown = less_covered(
        unknown or _missing(linked, tokens, free, text, understood, intent, (*phrases, *excluded, *unread)), phrases
    )
    weekdays, phrases = _days_or_names(find_weekdays(text), phrases)
    lost = () if weekdays or fiscal or rate else unread_periods(text, (*periods, *apart.periods), understood, stated)
    lost = tuple(each for each in lost if not any(_bare(each) in fold(phrase.words) for phrase in phrases))
    return without_circumstances(
        Said(
            text,
            _less_contrary_flow(intent, by_rules, phrases, vocabulary),
            phrases,
            excluded,
            told_once(asked_of(periods, intent, text, today), standing=intent.measure in BALANCES),
            weekdays,
            bounds,
            unknown,
            unread,
            by_rules,
            understood,
            lost,
            (fiscal_start_of(text, fiscal_start) or UNSAID) if fiscal else None,
            rate[0] if rate else None,
            apart,
            vat,
        )
    )


def _joined_but_of_names(intent: Intent, understood: Understanding | None, linked: Linked, *, several: bool) -> Intent:
    """What rules and a model make of it; of a name that is a word of an order ("Max") only the rules say so."""
    heard = joined(intent, understood) if understood else intent
    if understood and not (heard.group_by and several):
        heard = held_to(heard, understood)  # "one line each: energy, water": a row for each of those
    named = any(fold(each.words) in lexicon().grammar for each in linked.phrases if _hides_words(each))
    if intent.order is not None or heard.order is None or not named:
        return heard
    return replace(heard, measure=intent.measure, order=intent.order, single=intent.single)


def _also_lost(unknown: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, ...]:
    """The words that found no name, those of what is left out as a whole."""
    return (*(each for each in unknown if not any(each in words for words in beside)), *beside)


def _bare(words: str) -> str:
    """Words for a time without what leads to them."""
    return re.sub(r"^(?:from|at|in|on|to|since) ", "", fold(words))


def _valued(intent: Intent, by_rules: Intent, *, rated: bool, kept: bool, limited: bool) -> Intent:
    """With what the day of a rate, money kept to and limits say of the measure and of what is converted."""
    if rated:  # the rate is how to convert, not what is asked for
        intent = replace(intent, convert=True, measure=by_rules.measure if intent.measure in _RATED else intent.measure)
    intent = replace(intent, convert=False) if kept else intent
    checks = Measure.BALANCE_CHECKS
    if intent.measure is checks and limited and by_rules.measure is not checks:
        intent = replace(intent, measure=Measure.LIST)  # "checks over 200": what banks call so
    return intent


_ROOT_OF: Final = {"income": Root.INCOME, "spend": Root.EXPENSES}


def _less_contrary_flow(intent: Intent, by_rules: Intent, phrases: Sequence[Phrase], vocabulary: Vocabulary) -> Intent:
    """Without a flow that only the model hears, where an account of the other is called just so.

    As in "rent of the workshop", which is paid, though the workshop earns, too.
    """
    root = _ROOT_OF.get(intent.flow or "")
    if root is None or by_rules.flow or intent.measure not in {Measure.SUM, Measure.AVERAGE, None}:
        return intent
    exact = (each.best for each in phrases if each.best.kind == "account" and each.best.how == "exact")
    roots = [{vocabulary.by_name[name].root for name in each.values} for each in exact]
    contrary = any(root not in each and each <= set(_ROOT_OF.values()) for each in roots)
    return replace(intent, flow=None) if contrary else intent


def _the_first(text: str, linked: Linked, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Span]:
    """As in "the biggest expense after rent": where all named there cost money, and none is a trip."""

    def costs(option: Link) -> bool:
        roots = (vocabulary.by_name[name].root for name in option.values if option.kind == "account")
        wanted = {Root.INCOME} if "income" in text else {Root.EXPENSES, Root.LIABILITIES}
        debts = all(root in wanted for root in roots)
        return option.kind == "payee" or (option.kind == "account" and debts)

    found: list[Span] = []
    for start, end in find_the_first(text):
        named = [each.best for each in linked.phrases if start <= tokens[each.start].start < end]
        if named and all(map(costs, named)):
            found.append((start, end))
    return found


def _vat(text: str, vocabulary: Vocabulary) -> tuple[tuple[Span, ...], Vat]:
    """Words that say with VAT or without; none where VAT is itself spent or earned, so a name that is left out."""
    spans, side = find_vat(text)
    groups = [vocabulary.by_group.get(name, ((), ())) for name in ("vat", "input_vat")] if spans else []
    booked = (each.root for halves in groups for half in halves for each in half if each.postings)
    flows = {Root.INCOME, Root.EXPENSES}.intersection(booked)
    return ((), "") if flows else (spans, side)


_APART = compiled(r"apart|separate(?:ly)?|seperate(?:ly)?")


def _less_apart(words: tuple[str, ...], apart: Sequence[Span]) -> tuple[str, ...]:
    """As in "pounds and euros apart": the word that tells monies apart is no name."""
    return tuple(word for word in words if not (apart and _APART.fullmatch(fold(word))))


_AT_WEEKENDS = compiled(r"\b(?:at|on|over|during|in|every|each|per)(?: the| a| my| our)? $")


_THE_WEEKEND = compiled(r"\bweekend (?:in|at|to|with) (?:the )?$")


def _days_or_names(
    weekdays: tuple[int, ...], phrases: tuple[Phrase, ...]
) -> tuple[tuple[int, ...], tuple[Phrase, ...]]:
    """As in "weekend classes", where an account is called so: its name, and no days to keep to; else only the days."""
    if any(each.best.kind == "tag" and _THE_WEEKEND.search(each.lead) for each in phrases):
        return (), phrases  # "the weekend in Hamburg": all that bears its tag, be it of a Friday
    named = [each for each in phrases if re.match(r"weekends?\b", fold(each.words))]
    if not named:
        return weekdays, phrases
    if all(
        (each.best.how == "exact" or each.end - each.start > 1) and not _AT_WEEKENDS.search(each.lead) for each in named
    ):
        return (), phrases
    return weekdays, tuple(each for each in phrases if each not in named)


_OCCASION = (
    r"\b(?:for|on|tagged|did|was|were|of)(?: the| my| our)? (?P<name>{})\b(?! (?:eve|day|week|weekend|morning)\b)"
)


def _without_tags(text: str, vocabulary: Vocabulary) -> str:
    """The text with tags blanked out that are called as a time is: "spent on christmas", where entries bear #christmas.

    "At christmas" and the like stay days of the calendar.
    """
    lowered = text.lower()
    for tag in vocabulary.tags:
        parts = [_called(part, lowered) for part in re.split(r"[-_./]", tag.lower()) if part]
        if not all(part in lowered for part in parts):
            continue
        for match in re.finditer(_OCCASION.format(r"[\s-]+".join(map(re.escape, parts))), text, re.IGNORECASE):
            start, end = match.span("name")
            text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _called(part: str, text: str) -> str:
    """As the question calls it: "christmas" for a tag #xmas, and the other way round."""
    other = _CHRISTMAS.get(part, part)
    return other if part not in text and other in text else part


_CHRISTMAS = {"xmas": "christmas", "christmas": "xmas"}


def _without(text: str, periods: Sequence[FoundPeriod]) -> str:
    """The text with the words for these times blanked out."""
    for each in periods:
        text = text[: each.start] + "x" * (each.end - each.start) + text[each.end :]
    return text


_AT_RATE = compiled(
    r"\b(?:at|using|with|by|on)(?: the)? (?:\w+ )?(?:exchange |conversion |market |fx )?(?:rates?|prices?)"
    r"(?: (?:of|on|at|from|as of|for))?(?: the)?\s*$",
    re.IGNORECASE,
)
_RATED = frozenset({Measure.PRICE, None})


def _rate_day(
    text: str, periods: tuple[FoundPeriod, ...]
) -> tuple[tuple[FoundPeriod, ...], tuple[dt.date, Span] | None]:
    """As in "in euros at the rate of 30 June": the day of the rate, and the periods without it."""
    for each in periods:
        words = _AT_RATE.search(text[: each.start] + (_PREPOSITION.match(each.text) or [""])[0])
        if each.at is not None and words:
            rest = tuple(one for one in periods if one is not each)
            return rest, (each.at, (words.start(), each.end))
    return periods, None


_CAME = compiled(r"\b(?:br(?:ing(?:s|ing)?|ought)|com(?:es?|ing)|came)\s+$", re.IGNORECASE)
_TOOK = compiled(r"\b(?:t(?:ake|akes|aking|ook|aken)|pa(?:id|ys?)|put|went|g[eo]t)\s+$", re.IGNORECASE)
_TOLD = compiled(r"in (?:last|this|next)\b", re.IGNORECASE)  # nobody says so of the year


def _without_in(text: str, period: FoundPeriod) -> Span:
    """Where the period stands, without an "in" that is the verb's: "what did it bring in last year"."""
    before, said = text[: period.start], text[period.start : period.end]
    verb = _CAME.search(before) or (_TOOK.search(before) and _TOLD.match(said))
    return period.start + (len("in ") if verb and said.lower().startswith("in ") else 0), period.end


_FROM = compiled(r"(?:from|since|as) ", re.IGNORECASE)  # "from the first entry on", but "first ever" keeps its words
_PREPOSITION = compiled(r"(?:of|on|at|from|as of|for) ")


def _counted(text: str, taken: Sequence[Span], understood: Understanding | None) -> tuple[int, Span] | None:
    """How many rows the model hears asked for, in words that no rule knows."""
    for span in spans_of(understood, "NUMBER"):
        dated = any(start < span.end and span.start < end for start, end in taken)
        said_of_one = _OF_ONE.search(text[: span.end])
        if dated or said_of_one or span.probability <= LIKELY:
            continue
        if count := number_of(text[span.start : span.end]):
            return count, (span.start, span.end)
    return None


_OF_ONE = compiled(r"\ban? \d+$", re.IGNORECASE)  # "an 11 speed chain": what kind of chain, and one of them


def _terms(text: str, vocabulary: Vocabulary) -> list[Span]:
    """Where terms of art stand, whose words are no names ("income statement", "shop sales")."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    always = [match for each in (_TERMS, NO_TAG, _OUT_OF_US, _WRITTEN_ABOUT) for match in each.finditer(lowered)]
    gaps = _GAPS.finditer(lowered) if _CHECKED.search(lowered) else ()
    taken = _TAKEN_OUT.finditer(lowered) if _NOTES.search(lowered) else ()
    spans = [match.span() for match in (*always, *gaps, *taken)]
    return [*spans, *find_netted(text), *only_sales(text, vocabulary)]


_WRITTEN_ABOUT = compiled(
    r"\b(?:wr[io]tten|wrote|jotted|noted|put|taken|took)(?: (?:it|that|this|anything|something))? down"
    r"(?= (?:anywhere )?(?:about|regarding|concerning|as to)\b)"
)  # of what is told in notes: no account of what was written down
_GAPS = compiled(r"\b(?:gaps?|differences?|discrepanc(?:y|ies)|shortfalls?|variances?)\b")
_CHECKED = compiled(r"\bbalance (?:check|assertion|directive)s?\b|\bassertions?\b|\bchecks? (?:that )?(?:fail|do)")
_TAKEN_OUT = compiled(
    r"\b(?:take|takes|took|taken|taking) out\b"
    r"|(?<=from )(?:the |an? )?(?:machines?|wall|hole in the wall)\b|(?<=out of )(?:the |an? )?(?:machines?|wall)\b"
)  # of cash: no takeaway
_OUT_OF_US = compiled(r"\b(?:take|takes|took|taken|taking) out (?=of (?:me|us|my|our)\b)")
_NOTES = compiled(r"\b(?:cash|money|withdrawals?)\b")


def _context(vocabulary: Vocabulary) -> Context:
    counts = vocabulary.counts
    return Context(bool(counts["documents"]), bool(counts["notes"]), bool(counts["events"]))


def _hides_words(phrase: Phrase) -> bool:
    """Whether the phrase is a name so exact that its words say nothing about the intent ("Best Buy").

    So is Fees:Overdraft, the account: "list the overdrafts" asks for no account that is overdrawn.  And what is called
    by a word of grammar: "what did we give Max" asks for no maximum.
    """
    if phrase.best.how != "exact":
        return False
    if phrase.best.kind in {"account", "payee"} and fold(phrase.words) in lexicon().grammar:
        return True
    if phrase.best.kind == "account":
        return _OVERDRAWN.search(fold(phrase.words)) is not None
    return phrase.end - phrase.start > 1 and phrase.best.kind in {"payee", "tag", "link"}


def _for_rules(text: str, periods: Sequence[Span], names: Sequence[Span], passed: Sequence[Span]) -> str:
    """The folded, spelling-corrected text with placeholders for what is no matter of intent, without what is passed."""
    pieces: list[str] = []
    at = 0
    for start, end, mark in sorted(
        [(*span, " <period> ") for span in periods]
        + [(*span, " <name> ") for span in names]
        + [(*span, " ") for span in passed]
    ):
        if start >= at:
            pieces += [text[at:start], mark]
            at = end
    pieces.append(text[at:])
    return re.sub(r"\s+", " ", corrected(fold("".join(pieces)).replace("’", "'"))).strip()


def _missing(
    linked: Linked,
    tokens: Sequence[Token],
    free: Sequence[bool],
    text: str,
    understood: Understanding | None,
    intent: Intent,
    found: Sequence[object],
) -> tuple[str, ...]:
    """Words that nothing is called, though without them all would be told; `found` is what else was."""
    cost = () if found else cost_of_nothing(tokens, free, text)
    return cost or (common_name(linked, tokens, text, understood) if intent.measure in _ADDED_UP else ())


_ADDED_UP = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, None})


def _unnamed(understood: Understanding | None, spans: Sequence[Span]) -> Understanding | None:
    """What the model hears without names where the words are known: "rent, net of VAT" names no VAT."""
    if understood is None or not spans:
        return understood
    heard = tuple(
        each for each in understood.spans if not any(start <= each.start and each.end <= end for start, end in spans)
    )
    return replace(understood, spans=heard)
