"""From phrases to filters: which reading of each name is meant, how several go together, and when to ask back."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.asking_back import ambiguous, of_nothing_there, settled_tags
from ledgerqa.dialog.linking.choosing import choose, names_a_currency, note_of, spent_instead
from ledgerqa.dialog.linking.links import NARRATION_PART, SYNONYM, Link, Phrase, narrowed, of_roots
from ledgerqa.dialog.linking.meeting import (
    as_accounts,
    that_meet,
    that_meet_each,
    without_billing,
    without_source,
    without_what_is_sold,
    without_what_is_within,
)
from ledgerqa.dialog.linking.merged import merged
from ledgerqa.dialog.linking.misspelt_payees import other_spellings
from ledgerqa.dialog.linking.modified import of_two_accounts, without_head
from ledgerqa.dialog.linking.narrower_tags import narrower_tags
from ledgerqa.dialog.linking.purses import (
    booked,
    however_paid,
    is_kept_to,
    is_paid_with,
    is_reached,
    is_set_off,
    is_told_to_pay,
    taken_however,
)
from ledgerqa.dialog.linking.side_by_side import of_unlike_roots
from ledgerqa.dialog.linking.spelt_tags import told_by_tag
from ledgerqa.dialog.linking.told_closer import told_by_both, without_told_closer
from ledgerqa.dialog.linking.trip_tags import trip_of
from ledgerqa.dialog.linking.wholes import (
    its_own,
    of_a_whole,
    of_one_head,
    of_one_sort,
    of_siblings,
    parts_of_first,
    parts_of_last,
    renoted,
    split_among,
    without_included,
)
from ledgerqa.dialog.understanding.both_at_once import both_at_once
from ledgerqa.dialog.understanding.combining import Subject, combined, mention_of
from ledgerqa.dialog.understanding.idle_names import of_a_trip, specific, without_idle
from ledgerqa.dialog.understanding.left_out import without_left_out
from ledgerqa.dialog.understanding.moving import moved_by, moves_money
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Filters, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_MOVED = frozenset({Measure.SUM, Measure.AVERAGE, Measure.LIST, Measure.COUNT, None})
_MONEY = frozenset({"cash", "money", "funds"})
# What income came into; "interest on savings" may be paid out elsewhere.
_INTO: Final = compiled(r"\b(?:in|into|onto|to|at|via|through)(?: (?:the|my|our))?\s*$")
# "On the card or the current account": what the second pays with, the first said.
_AND_SO: Final = compiled(r"\b(?:vs?\.?|versus|against|or|and|than)(?: (?:on|from|by|with|out|of|the|my|our))* $")
_BRANCH = (
    r"\W{1,3}(?:the |its |their )?"
    r"(?:(?:store|branch|shop|outlet|station|no|nr|number)\b\W{0,3}|#\s?|(?!(?:19|20)\d\d\b))"
    r"(?P<branch>\d{2,6})\b"
)


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
    payers: tuple[Subject, ...] = ()  # the same with each of the accounts that pay, where several are named


def scope(said: Said, intent: Intent, vocabulary: Vocabulary) -> Scope:
    """The filters that the question's names ask for."""
    chosen: list[tuple[Phrase, Link]] = []
    currencies: list[str] = []
    notes: list[str] = []
    moving = moves_money(said)
    for each in _kept_apart(without_idle(merged(said.phrases, vocabulary), vocabulary), said.folded):
        meant = choose(each, intent, vocabulary, said)
        if meant is None:
            continue
        moved = moving and not spent_instead(each, intent, vocabulary, said)
        phrase, option = moved_by(each, meant, vocabulary) if moved else (each, meant)
        option = _that_gave_back(phrase, option, vocabulary) if intent.sign < 0 else option
        option = trip_of(phrase, option, said.folded, vocabulary) if intent.measure in _MOVED else option
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
    chosen, notes = of_a_trip(told_by_tag(specific(its_own(chosen, intent, vocabulary)), said.folded), notes)
    paid = taken_however(chosen, said.folded, vocabulary)
    chosen, notes = paid, renoted(notes, chosen, paid)
    chosen, notes, payers = _of_the_flow(chosen, said, intent, vocabulary, notes)
    chosen, notes = as_accounts(chosen, notes, vocabulary)
    tags = settled_tags(said, chosen := narrower_tags(chosen, said.text, said.folded, vocabulary), vocabulary)
    if isinstance(tags, Clarify):
        return Scope(clarify=tags)
    whole = without_told_closer(told_by_both(_of_listed(chosen, vocabulary), vocabulary), vocabulary)
    whole = without_included(of_one_sort(whole, intent), said.folded, vocabulary)
    whole = parts_of_first(of_siblings(of_one_head(whole, vocabulary)), vocabulary)
    whole, listed = of_a_whole(whole, said, intent)
    chosen, notes = whole, renoted(notes, chosen, whole)
    chosen, notes = _money_there(chosen, notes, vocabulary)
    chosen, notes = without_source(*without_billing(chosen, notes), vocabulary)

    def filters_of(kept: Sequence[tuple[Phrase, Link]]) -> Filters:
        return combined(kept, {}, intent, vocabulary)[0]

    chosen, notes = without_head(*without_what_is_sold(chosen, notes, vocabulary), intent, vocabulary)
    chosen, notes = of_unlike_roots(*of_two_accounts(chosen, notes, said, intent, vocabulary), said, intent, vocabulary)
    met = that_meet_each(chosen, filters_of, vocabulary)
    chosen, notes = met, renoted(notes, chosen, met)
    chosen, notes = without_what_is_within(chosen, notes, filters_of, vocabulary)
    chosen, notes = that_meet(chosen, notes, filters_of, vocabulary, said.folded)
    if asked := of_nothing_there(said, chosen, vocabulary):
        return Scope(clarify=asked)
    filters, subjects = both_at_once(*combined(chosen, tags[0], intent, vocabulary), said.folded, vocabulary)
    filters, subjects = _paid_from(filters, subjects, payers, said)
    filters = without_left_out(filters, said, intent, vocabulary)
    if intent.measure in {Measure.NET_WORTH, Measure.BALANCE_SHEET} and filters.exclude_mentions:
        words = filters.exclude_mentions[0].words  # what stands is on accounts; a payee's entries are no part of it
        return Scope(clarify=Clarify(f'Which account is "{words}"? Name the account to leave out of what is held.'))
    return Scope(
        filters, subjects, tuple(dict.fromkeys(currencies)), tuple(dict.fromkeys(notes)), None, tags[1], listed,
        tuple(Subject(words, replace(filters, alongside=names)) for words, names in payers if len(payers) > 1),
    )  # fmt: skip


def _kept_apart(phrases: Sequence[Phrase], folded: str) -> list[Phrase]:
    """As in "parcels, Fenwick only", who is no other thing beside them: without the comma before the name."""
    return [
        replace(each, lead=each.lead.rstrip(" ,;:") + " ") if is_kept_to(each, folded) else each for each in phrases
    ]


def _paid_from(
    filters: Filters, subjects: tuple[Subject, ...], payers: list[tuple[str, tuple[str, ...]]], said: Said
) -> tuple[Filters, tuple[Subject, ...]]:
    """Both kept to what the accounts named paid, and to the labels told."""
    paying = tuple(dict.fromkeys(name for _, names in payers for name in names))
    kept = (replace(each.filters, alongside=paying, metadata=said.labels) for each in subjects)
    told = tuple(replace(each, filters=of_side) for each, of_side in zip(subjects, kept, strict=True))
    return replace(filters, alongside=paying or filters.alongside, metadata=said.labels), told


def _of_listed(chosen: list[tuple[Phrase, Link]], vocabulary: Vocabulary) -> list[tuple[Phrase, Link]]:
    """Parts listed of one thing, or one sort of cost of each thing listed, before any two of them are read together."""
    return parts_of_last(split_among(chosen, vocabulary), vocabulary)


def _that_gave_back(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Link:
    """As in "has the landlord ever paid us back", where no rent came back: the entries of which some did, if any."""
    if (
        option.kind != "account"
        or option.how == "exact"
        or vocabulary.booked.came_back(Filters(accounts=option.values))
    ):
        return option
    texts = (each for each in phrase.options if each.kind in {"payee", "narration"})
    came = (each for each in texts if vocabulary.booked.came_back(Filters(mentions=(mention_of(phrase, each),))))
    return next(came, option)


def _of_branch(phrase: Phrase, option: Link, said: Said) -> Link:
    """As in "Fenwick's store 4411": of a name's spellings those that bear the number said after it."""
    if option.kind not in {"payee", "narration"} or len(option.values) < 2:
        return option
    found = re.search(rf"{re.escape(phrase.words)}{_BRANCH}", said.text, re.IGNORECASE)
    own = re.compile(rf"(?<!\d){found['branch']}(?!\d)") if found else None
    kept = tuple(value for value in option.values if own and own.search(value))
    return replace(option, values=kept) if kept else option


def _of_the_flow(
    chosen: list[tuple[Phrase, Link]], said: Said, intent: Intent, vocabulary: Vocabulary, notes: list[str]
) -> tuple[list[tuple[Phrase, Link]], list[str], list[tuple[str, tuple[str, ...]]]]:
    """Beside accounts of income or expenses, the accounts that pay or are paid are no part of the sum.

    Where they are said as what paid ("restaurants on the card"), they come back last: they stand in the same entries.
    """
    if intent.measure is Measure.BALANCE:
        return _standing(chosen, vocabulary), notes, []
    if intent.measure not in _MOVED:
        return chosen, notes, []

    def moves(option: Link, roots: Collection[Root] = (Root.INCOME, Root.EXPENSES)) -> bool:
        return option.kind == "account" and any(vocabulary.by_name[name].root in roots for name in option.values)

    if not any(option.kind == "account" and moves(option) for _, option in chosen):
        return *however_paid(chosen, notes), []
    payers: list[tuple[str, tuple[str, ...]]] = []
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
        elif option.score >= SYNONYM and (
            is_kept_to(phrase, said.folded)
            or (payers and _AND_SO.search(phrase.lead))
            or (earned and is_reached(phrase))
            or (_is_said_to_pay(phrase, chosen, len(places), said.folded) and _pays_at_all(option, vocabulary))
            or (not earned and (is_paid_with(phrase) or _stands_against(option, chosen, vocabulary, Root.EXPENSES)))
            or (earned and _INTO.search(phrase.lead) and _stands_against(option, chosen, vocabulary, Root.INCOME))
        ):
            payers.append((phrase.words, tuple(booked(option.values, vocabulary))))
            notes += [note] if (note := note_of(phrase, option)) else []
        else:
            notes.append(f"{phrase.words} left aside: it pays or is paid")
    return kept, notes, payers


def _is_said_to_pay(phrase: Phrase, chosen: Sequence[tuple[Phrase, Link]], own: int, folded: str) -> bool:
    """Whether the account is told as what pays or is paid, and not as one of a list ("groceries, savings, rent").

    So it is as well where of what it books but one thing is asked for: "show me savings in May, the rent only".
    """
    alone = len(chosen) - own == 1
    kept_to = alone and any(is_kept_to(each, folded) for each, _ in chosen if each is not phrase)
    return is_told_to_pay(phrase, folded) or kept_to or (alone and is_set_off(phrase, folded))


def _pays_at_all(option: Link, vocabulary: Vocabulary) -> bool:
    """Whether anything is spent from the account or comes in to it: a car, which is owned, pays for no petrol."""
    rows = vocabulary.index.query(
        "SELECT 1 FROM postings i JOIN postings o USING (entry_id) WHERE i.root IN ('income', 'expenses')"
        " AND o.account IN (SELECT unnest(?)) LIMIT 1",
        [booked(option.values, vocabulary)],
    )
    return option.how in {"exact", "words"} and bool(rows)


def _stands_against(option: Link, chosen: Sequence[tuple[Phrase, Link]], vocabulary: Vocabulary, root: Root) -> bool:
    """Whether an account pays any of the expenses named, or takes in any of the income.

    As in "what did the joint account pay for groceries", "interest that came into savings".
    """
    if option.how == "synonym":
        return False  # "food, bar the restaurants": no money kept in a bar
    named = [name for _, each in chosen if each.kind == "account" for name in each.values]
    flows = booked(of_roots(vocabulary, named, (root,)), vocabulary, (root,))
    own = booked(of_roots(vocabulary, option.values, (Root.ASSETS, Root.LIABILITIES)), vocabulary)
    sign = 1 if root is Root.EXPENSES else -1
    rows = vocabulary.index.query(
        "SELECT 1 FROM postings i JOIN postings o USING (entry_id) WHERE i.account IN (SELECT unnest(?))"
        " AND o.account IN (SELECT unnest(?)) AND ? * i.number > 0 AND ? * o.number < 0 LIMIT 1",
        [flows, own, sign, sign],
    )
    return bool(rows)


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
