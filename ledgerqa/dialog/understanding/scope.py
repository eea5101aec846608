"""From phrases to filters: which reading of each name is meant, how several go together, and when to ask back."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.intent.exclusions import NO_PAYEE
from ledgerqa.dialog.language.words import fold, squash
from ledgerqa.dialog.linking.asking_back import ambiguous, settled_tags
from ledgerqa.dialog.linking.choosing import BALANCES, choose, names_a_currency, note_of, spent_instead
from ledgerqa.dialog.linking.links import NARRATION_PART, SYNONYM, Link, Phrase, narrowed, text_pattern
from ledgerqa.dialog.linking.meeting import (
    as_accounts,
    that_meet,
    that_meet_each,
    without_billing,
    without_source,
    without_what_is_within,
)
from ledgerqa.dialog.linking.merged import OR, merged
from ledgerqa.dialog.linking.misspelt_payees import other_spellings
from ledgerqa.dialog.linking.purses import booked, however_paid, is_paid_with, taken_however
from ledgerqa.dialog.linking.spelt_tags import told_by_tag
from ledgerqa.dialog.linking.told_closer import without_told_closer
from ledgerqa.dialog.linking.trip_tags import trip_tags
from ledgerqa.dialog.linking.wholes import (
    of_a_whole,
    of_one_sort,
    of_siblings,
    parts_of_first,
    renoted,
    without_included,
)
from ledgerqa.dialog.understanding.moving import moved_by, moves_money
from ledgerqa.records import Clarify, Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

MOST_LISTED = 40  # distinct texts that a mention names one by one; beyond that it is a pattern
_MONEY = frozenset({"cash", "money", "funds"})
_TRIP = frozenset(
    "holiday holidays vacation vacations trip travel travels journey getaway break tour stay reise urlaub voyage"
    " vacances viaje vacaciones viaggio vacanze viagem ferias".split()
)
_JOURNEY = frozenset("trip trips journey journeys tour tours".split())  # "train journeys": how it is counted
_NEXT_TO = 2  # words between a tag and the word for what it is: "the holiday in Trieste"
_BRANCH = (
    r"\W{1,3}(?:the |its |their )?"
    r"(?:(?:store|branch|shop|outlet|station|no|nr|number)\b\W{0,3}|#\s?|(?!(?:19|20)\d\d\b))"
    r"(?P<branch>\d{2,6})\b"
)


@dataclass(frozen=True)
class Subject:
    """One thing asked about, for comparing: what the user calls it, and the filters that keep it."""

    words: str
    filters: Filters


@dataclass(frozen=True)
class Scope:
    """What the names come to: the filters of the whole, each subject by itself, and how they were read."""

    filters: Filters = field(default_factory=Filters)
    subjects: tuple[Subject, ...] = ()
    currencies: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    clarify: Clarify | None = None
    dated_by_tag: bool = False
    listed: bool = False  # the names are parts of one whole, to be told each


def scope(said: Said, intent: Intent, vocabulary: Vocabulary) -> Scope:
    """The filters that the question's names ask for."""
    chosen: list[tuple[Phrase, Link]] = []
    currencies: list[str] = []
    notes: list[str] = []
    moving = moves_money(said)
    for each in _without_home(_without_sort(merged(said.phrases, vocabulary), vocabulary), vocabulary):
        meant = choose(each, intent, vocabulary, said)
        if meant is None:
            continue
        spent = spent_instead(each, intent, vocabulary, said)
        phrase, option = (each, meant) if spent or not moving else moved_by(each, meant, vocabulary)
        if option.kind == "currency" and (
            intent.measure is not Measure.HOLDINGS
            or (names_a_currency(phrase) and not vocabulary.commodities[option.values[0]].held_at_cost)
        ):
            currencies += option.values
            continue
        if asked := ambiguous(said, phrase, option, vocabulary):
            return Scope(clarify=asked)
        option = _of_branch(phrase, option, said)
        if note := note_of(phrase, option):
            notes.append(note)
        if others := other_spellings(option.values, vocabulary) if option.kind == "payee" else ():
            notes.append(f"{phrase.words} is also spelt {', '.join(others)}")
            option = replace(option, values=(*option.values, *others))
        chosen.append((phrase, option))
    chosen, notes = _of_a_trip(told_by_tag(_specific(chosen), said.folded), notes)
    paid = taken_however(chosen, said.folded, vocabulary)
    chosen, notes = paid, renoted(notes, chosen, paid)
    chosen, notes, payers = _of_the_flow(chosen, intent, vocabulary, notes)
    chosen, notes = as_accounts(chosen, notes, vocabulary)
    tags = settled_tags(said, chosen, vocabulary)
    if isinstance(tags, Clarify):
        return Scope(clarify=tags)
    whole = without_told_closer(chosen, vocabulary)
    whole = without_included(of_one_sort(whole, intent), said.folded, vocabulary)
    whole = parts_of_first(of_siblings(whole), vocabulary)
    whole, listed = of_a_whole(whole, said, intent)
    chosen, notes = whole, renoted(notes, chosen, whole)
    chosen, notes = _money_there(chosen, notes, vocabulary)
    chosen, notes = without_source(*without_billing(chosen, notes), vocabulary)

    def filters_of(kept: Sequence[tuple[Phrase, Link]]) -> Filters:
        return _combined(kept, {}, intent, vocabulary)[0]

    met = that_meet_each(chosen, filters_of, vocabulary)
    chosen, notes = met, renoted(notes, chosen, met)
    chosen, notes = without_what_is_within(chosen, notes, filters_of, vocabulary)
    chosen, notes = that_meet(chosen, notes, filters_of, vocabulary)
    filters, subjects = _combined(chosen, tags[0], intent, vocabulary)
    subjects = tuple(replace(each, filters=replace(each.filters, alongside=payers)) for each in subjects)
    filters = _without(replace(filters, alongside=payers), said, intent, vocabulary)
    if intent.measure in {Measure.NET_WORTH, Measure.BALANCE_SHEET} and filters.exclude_mentions:
        words = filters.exclude_mentions[0].words  # what stands is on accounts; a payee's entries are no part of it
        return Scope(clarify=Clarify(f'Which account is "{words}"? Name the account to leave out of what is held.'))
    monies = tuple(dict.fromkeys(currencies))
    return Scope(filters, subjects, monies, tuple(dict.fromkeys(notes)), None, tags[1], listed)


_SECURITY = frozenset("stock stocks share shares fund funds etf bond bonds units holding holdings position".split())


def _without_sort(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "our Timberline stock": after a security the word for what it is names no account of its own."""
    held = {
        phrase.end
        for phrase in phrases
        if phrase.best.kind == "currency" and vocabulary.commodities[phrase.best.values[0]].held_at_cost
    }
    return [each for each in phrases if each.start not in held or fold(each.words) not in _SECURITY]


_HOMES = frozenset({"flat", "house", "home", "apartment", "place"})
_AT_HOME = re.compile(r"\b(?:in|of|at|for)(?: (?:the|my|our)) $")


def _without_home(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "the rent of the flat", where a deposit or a tag is called so and no rent bears it: where it was for."""
    spent = [
        name
        for each in phrases
        if each.best.kind == "account" and fold(each.words) not in _HOMES
        for name in each.best.values
        if vocabulary.by_name[name].root is Root.EXPENSES
    ]

    def narrows(link: Link) -> bool:
        if link.kind == "account":
            return bool(narrowed(vocabulary, spent, link.values)) and not narrowed(vocabulary, link.values, spent)
        if link.kind == "tag":
            return vocabulary.booked.meets(Filters(accounts=tuple(spent), tags=link.values))
        if link.kind not in {"payee", "narration"}:
            return False
        mention = mention_of(Phrase(0, 1, "", (link,)), link)
        return vocabulary.booked.meets(Filters(accounts=tuple(spent), mentions=(mention,)))

    def idle(phrase: Phrase) -> bool:
        home = fold(phrase.words) in _HOMES and phrase.words.islower() and _AT_HOME.search(phrase.lead)
        return bool(home and spent) and not any(narrows(link) for link in phrase.options)

    return [each for each in phrases if not idle(each)]


def _of_branch(phrase: Phrase, option: Link, said: Said) -> Link:
    """As in "Fenwick's store 4411": of a name's spellings those that bear the number said after it."""
    if option.kind not in {"payee", "narration"} or len(option.values) < 2:
        return option
    found = re.search(rf"{re.escape(phrase.words)}{_BRANCH}", said.text, re.IGNORECASE)
    own = re.compile(rf"(?<!\d){found['branch']}(?!\d)") if found else None
    kept = tuple(value for value in option.values if own and own.search(value))
    return replace(option, values=kept) if kept else option


def _specific(chosen: list[tuple[Phrase, Link]]) -> list[tuple[Phrase, Link]]:
    """Without tag phrases that say less than another does ("the LA trip": trips in general, and that one)."""
    tags = [set(option.values) for _, option in chosen if option.kind == "tag"]
    return [
        (phrase, option)
        for phrase, option in chosen
        if option.kind != "tag" or not any(other < set(option.values) for other in tags)
    ]


def _of_a_trip(chosen: list[tuple[Phrase, Link]], notes: list[str]) -> tuple[list[tuple[Phrase, Link]], list[str]]:
    """As in "the Trieste holiday", "train journeys": beside a name the word for what it is narrows nothing."""
    tags = [phrase for phrase, option in chosen if option.kind == "tag"]
    heads = [phrase for phrase, option in chosen if fold(phrase.words) not in _TRIP]
    said = {
        phrase.words
        for phrase, option in chosen
        if fold(phrase.words) in _JOURNEY and any(phrase.start == other.end for other in heads)
    }
    said |= {
        phrase.words
        for phrase, _ in chosen
        if fold(phrase.words) in _JOURNEY and any(_is_gone_to(*each, phrase) for each in chosen)
    }
    said |= {
        phrase.words
        for phrase, option in chosen
        if option.kind != "tag"
        and fold(phrase.words) in _TRIP
        and any(-_NEXT_TO <= phrase.start - tag.end <= 0 or 0 <= tag.start - phrase.end <= _NEXT_TO for tag in tags)
    }
    kept = [each for each in chosen if each[0].words not in said]
    return kept, [note for note in notes if not any(note.startswith(f"{words} = ") for words in said)]


def _is_gone_to(phrase: Phrase, option: Link, trip: Phrase) -> bool:
    """As in "the last trip to Fenwick": a shop right after the word, so a visit to it."""
    called = option.kind == "payee" and all(squash(each).startswith(squash(phrase.words)) for each in option.values)
    return called and phrase.start - trip.end == 1 and phrase.lead.endswith("to ")


def _of_the_flow(
    chosen: list[tuple[Phrase, Link]], intent: Intent, vocabulary: Vocabulary, notes: list[str]
) -> tuple[list[tuple[Phrase, Link]], list[str], tuple[str, ...]]:
    """Beside accounts of income or expenses, the accounts that pay or are paid are no part of the sum.

    Where they are said as what paid ("restaurants on the card"), they come back last: they stand in the same entries.
    """
    if intent.measure is Measure.BALANCE:
        return _standing(chosen, vocabulary), notes, ()
    if intent.measure not in {Measure.SUM, Measure.AVERAGE, Measure.LIST, Measure.COUNT, None}:
        return chosen, notes, ()

    def moves(option: Link, roots: Collection[Root] = (Root.INCOME, Root.EXPENSES)) -> bool:
        return option.kind == "account" and any(vocabulary.by_name[name].root in roots for name in option.values)

    if not any(option.kind == "account" and moves(option) for _, option in chosen):
        return *however_paid(chosen, notes), ()
    payers: list[str] = []
    earned = any(moves(option, (Root.INCOME,)) for _, option in chosen)
    spent = intent.flow == "spend" and any(moves(option, (Root.EXPENSES,)) for _, option in chosen)
    about = (Root.EXPENSES,) if spent else (Root.INCOME, Root.EXPENSES)  # "what we gave Ana's parents": not Ana's pay
    places = [
        place for place, (_, option) in enumerate(chosen) if option.kind == "account" and not moves(option, about)
    ]
    kept: list[tuple[Phrase, Link]] = []
    for place, (phrase, option) in enumerate(chosen):
        text = phrase.of_kind("payee", "narration")
        if place not in places:
            kept.append((phrase, option))
            continue
        notes = [note for note in notes if not note.startswith(f"{phrase.words} = ")]
        if (
            text and text.score >= NARRATION_PART and _bears(chosen, moves, phrase, text, vocabulary)
        ):  # "dividends of WRLD": the entries that say so
            kept.append((phrase, text))
            notes.append(note_of(phrase, text))
        elif not earned and is_paid_with(phrase) and option.score >= SYNONYM:
            payers += booked(option.values, vocabulary)
            notes += [note] if (note := note_of(phrase, option)) else []
        else:
            notes.append(f"{phrase.words} left aside: it pays or is paid")
    return kept, notes, tuple(dict.fromkeys(payers))


def _standing(chosen: list[tuple[Phrase, Link]], vocabulary: Vocabulary) -> list[tuple[Phrase, Link]]:
    """Without accounts of income and expenses, where others are named on which something stands: "both awards"."""

    def stands(option: Link) -> bool:
        held = (Root.ASSETS, Root.LIABILITIES)
        return option.kind == "account" and any(vocabulary.by_name[name].root in held for name in option.values)

    if not any(stands(option) for _, option in chosen):
        return chosen
    return [each for each in chosen if each[1].kind != "account" or stands(each[1])]


def _bears(
    chosen: list[tuple[Phrase, Link]],
    moves: Callable[[Link], bool],
    phrase: Phrase,
    text: Link,
    vocabulary: Vocabulary,
) -> bool:
    """Whether entries that say so touch the kind of accounts that the sum is about."""
    there = vocabulary.booked.roots_touched(Filters(mentions=(mention_of(phrase, text),)))
    accounts = [name for _, option in chosen if option.kind == "account" and moves(option) for name in option.values]
    return any(vocabulary.by_name[name].root in there for name in accounts)


def _money_there(
    chosen: list[tuple[Phrase, Link]], notes: list[str], vocabulary: Vocabulary
) -> tuple[list[tuple[Phrase, Link]], list[str]]:
    """As in "cash in checking": where no cash is below what follows, the word means money and names no account."""
    for place, ((first, money), (second, there)) in enumerate(itertools.pairwise(chosen)):
        if (
            money.kind == there.kind == "account"
            and first.words.lower() in _MONEY
            and re.search(r"\b(?:in|on|at)(?: the| my| our)? $", second.lead)
            and not narrowed(vocabulary, there.values, money.values)
            and not narrowed(vocabulary, money.values, there.values)
        ):
            rest = [each for each in notes if not each.startswith(f"{first.words} = ")]
            return [*chosen[:place], *chosen[place + 1 :]], rest
    return chosen, notes


def _combined(
    chosen: Sequence[tuple[Phrase, Link]], tags: dict[int, tuple[str, ...]], intent: Intent, vocabulary: Vocabulary
) -> tuple[Filters, tuple[Subject, ...]]:
    """Names of one kind side by side are alternatives, or narrow each other; names of different kinds narrow."""
    accounts: list[tuple[str, tuple[str, ...]]] = []
    mentions: list[tuple[str, Mention, bool]] = []
    tag_groups: list[tuple[str, tuple[str, ...]]] = []
    links: list[str] = []
    roots: list[Root] = []
    held: list[str] = []
    for place, (phrase, option) in enumerate(chosen):
        if option.kind == "account":
            earlier = [each for before, link in chosen[:place] if link.kind == "account" for each in before.options]
            wider = [name for each in earlier if each.kind == "account" for name in each.values]
            _add_account(accounts, phrase, option, intent, vocabulary, wider)
        elif option.kind in {"payee", "narration"}:
            mentions.append((phrase.words, mention_of(phrase, option), bool(OR.search(phrase.lead))))
        elif option.kind == "tag":
            tag_groups.append((phrase.words, tags.get(place, option.values)))
        elif option.kind == "link":
            links += option.values
        elif option.kind == "currency":
            held += option.values
        else:
            roots.append(Root(option.values[0]))
    either = any(
        one[1].kind in {"payee", "narration"} and two[1].kind == "account" and OR.search(two[0].lead)
        for one, two in itertools.pairwise(chosen)
    )
    filters = Filters(
        roots=tuple(dict.fromkeys(roots)),
        accounts=_outermost(tuple(dict.fromkeys(name for _, names in accounts for name in names))),
        mentions=_joined(mentions),
        tags=tuple(dict.fromkeys(tag for _, names in tag_groups for tag in names)),
        links=tuple(dict.fromkeys(links)),
        currencies=tuple(dict.fromkeys(held)),
    )
    return filters, _subjects(accounts, mentions, tag_groups, filters, either=either)


def _outermost(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not any(name.startswith(f"{other}:") for other in names))


def _add_account(
    accounts: list[tuple[str, tuple[str, ...]]],
    phrase: Phrase,
    option: Link,
    intent: Intent,
    vocabulary: Vocabulary,
    wider: Sequence[str] = (),
) -> None:
    """Joins an account phrase to those before it: "salary from Acme" narrows, "rent and power" adds."""
    if (
        accounts
        and not OR.search(phrase.lead)
        and not (intent.compare and re.search(r"\b(?:or|vs|than)\b", phrase.lead))
    ):
        words, names = accounts[-1]
        wide = tuple(
            dict.fromkeys(
                [
                    *option.values,
                    *(value for other in phrase.options if other.kind == "account" for value in other.values),
                ]
            )
        )
        inner = narrowed(vocabulary, names, option.values) or narrowed(vocabulary, names, wide)
        if inner:
            accounts[-1] = (f"{words} {phrase.words}", inner)
            return
    if accounts and re.search(r"\b(?:at|in|into|to|with|under|of)(?: the| my| our)? $", phrase.lead):
        words, names = accounts[-1]  # "the cash at the broker": the first name again, as a part of the second
        parts = tuple(name for name in narrowed(vocabulary, option.values, wider) if name not in option.values)
        if parts and not narrowed(vocabulary, option.values, names):
            accounts[-1] = (f"{words} {phrase.words}", parts)
            return
    accounts.append((phrase.words, option.values))


def _joined(mentions: Sequence[tuple[str, Mention, bool]]) -> tuple[Mention, ...]:
    """Names joined by "and", "or" and the like are one mention with alternatives; others must all hold."""
    result: list[Mention] = []
    for words, mention, alternative in mentions:
        if alternative and result:
            last = result[-1]
            pattern = "|".join(part for part in (last.pattern, mention.pattern) if part)
            result[-1] = Mention(
                f"{last.words} or {words}", last.payees + mention.payees, last.narrations + mention.narrations, pattern
            )
        else:
            result.append(mention)
    return tuple(result)


def _subjects(
    accounts: Sequence[tuple[str, tuple[str, ...]]],
    mentions: Sequence[tuple[str, Mention, bool]],
    tags: Sequence[tuple[str, tuple[str, ...]]],
    whole: Filters,
    *,
    either: bool,
) -> tuple[Subject, ...]:
    """The things side by side, if one kind of name has several; the rest of the filters hold for each.

    Or `either` a name or the account after it: "heating oil against power".
    """
    if len(accounts) > 1:
        return tuple(dict.fromkeys(Subject(words, replace(whole, accounts=names)) for words, names in accounts))
    if len(mentions) > 1:
        return tuple(Subject(words, replace(whole, mentions=(mention,))) for words, mention, _ in mentions)
    if len(tags) > 1:
        return tuple(Subject(", ".join(names), replace(whole, tags=names)) for _, names in tags)
    if len(tags) == 1 and len(tags[0][1]) > 1:
        return tuple(Subject(tag, replace(whole, tags=(tag,))) for tag in tags[0][1])
    if accounts and mentions and (mentions[-1][2] or either):
        sides = (
            Subject(accounts[0][0], replace(whole, mentions=())),
            Subject(mentions[-1][0], replace(whole, accounts=())),
        )
        return sides if mentions[-1][2] else sides[::-1]
    return ()


def mention_of(phrase: Phrase, option: Link) -> Mention:
    """The payees or narrations one by one; where they are many, a pattern of the words."""
    if len(option.values) > MOST_LISTED and option.how != "spelling":
        return Mention(phrase.words, pattern=text_pattern(phrase.words))
    if option.kind == "payee":
        return Mention(phrase.words, payees=option.values, narrations=_raw_lines(phrase))
    return Mention(phrase.words, narrations=option.values)


def _raw_lines(phrase: Phrase) -> tuple[str, ...]:
    """What a bank wrote of the same payee in lines that name none: "MIGRELLA 0412 BERN" for Migrella."""
    lines = phrase.of_kind("narration")
    raw = tuple(value for value in lines.values if value.isupper()) if lines and lines.how in {"exact", "words"} else ()
    return raw if len(raw) <= MOST_LISTED else ()


def _less_wide(phrase: Phrase, option: Link | None, filters: Filters) -> Link | None:
    """As in "eating out without the takeaways", where both name one account: the entries that say so."""
    whole = (
        option and option.kind == "account" and option.how != "exact" and set(filters.accounts) <= set(option.values)
    )
    said = (each for each in phrase.options if each.kind in {"payee", "narration"} and each.how in {"exact", "words"})
    return next(said, option) if whole and filters.accounts else option


def _without(filters: Filters, said: Said, intent: Intent, vocabulary: Vocabulary) -> Filters:
    """The filters less what the question leaves out."""
    accounts: list[str] = []
    mentions: list[Mention] = []
    tags: list[str] = []
    monies: set[str] = set()
    spending = replace(intent, flow=intent.flow or "spend") if intent.measure not in BALANCES else intent
    away = trip_tags(vocabulary) if said.apart.trips else ()
    for phrase in said.excluded:
        option = _less_wide(phrase, choose(phrase, spending, vocabulary, said), filters)
        if option is None or (away and fold(phrase.words) in _TRIP and option.kind not in {"account", "tag"}):
            continue
        if option.kind == "account":
            accounts += option.values
        elif option.kind == "tag":
            tags += option.values
        elif option.kind == "currency":
            monies.update(option.values)
        elif option.kind in {"payee", "narration"}:
            others = other_spellings(option.values, vocabulary) if option.kind == "payee" else ()
            mentions.append(mention_of(phrase, replace(option, values=(*option.values, *others))))
    inside = narrowed(vocabulary, filters.accounts, accounts) if filters.accounts else ()
    if filters.accounts and accounts and not inside:  # "all at the broker except cash": the cash there
        wide = [
            name for each in said.excluded for link in each.options if link.kind == "account" for name in link.values
        ]
        inside = narrowed(vocabulary, filters.accounts, wide)
    if monies:  # "nothing in pounds": the amounts in all else
        whole = intent.measure in {*BALANCES, Measure.HOLDINGS}
        kept = filters.currencies or (tuple(vocabulary.commodities) if whole else vocabulary.money())
        filters = replace(filters, currencies=tuple(code for code in kept if code not in monies))
    if NO_PAYEE.search(said.folded):
        filters = replace(filters, mentions=(*filters.mentions, Mention("no payee", payees=("",))))
    left_out = inside or tuple(dict.fromkeys(accounts))
    if filters.accounts and set(filters.accounts) <= set(left_out):
        left_out = ()  # "takeaways and meals out": what names all that is asked for does not leave it out
    return replace(
        filters,
        exclude_accounts=left_out,
        exclude_mentions=tuple(mentions),
        exclude_tags=tuple(dict.fromkeys((*tags, *away))),
        exclude_periods=tuple(each.period for each in said.apart.periods),
    )
