"""Two nouns in a row of which no account is: "piano lessons", where the lessons booked as Lessons are those given.

The first says which are meant.  Where no entry of the account that the second names says so, that account is not what
is asked for, and the whole of it would be a figure of something else.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.choosing import note_of
from ledgerqa.dialog.linking.links import NARRATION_PART, Link, Phrase, narrowed
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

Chosen = tuple[Phrase, Link]
_FLOWS: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST, None})
_OF_THEM: Final = compiled(r"\b(?:in|for|to|of|on) $")
_PAIR: Final = 2
_NEAR: Final = 2  # words from one to the other: "authors in fees"
_OPPOSITE: Final = {Root.INCOME: Root.EXPENSES, Root.EXPENSES: Root.INCOME}


def without_head(
    chosen: Sequence[Chosen], notes: list[str], intent: Intent, vocabulary: Vocabulary
) -> tuple[list[Chosen], list[str]]:
    """The names without an account that only says what sort of thing is meant, where entries booked elsewhere tell.

    Those that say both words ("author evening, fee" for "author fees"); or those that say the first, where the account
    is of the other side than all that these move.
    """
    for first, second in itertools.pairwise(chosen):
        told, head = (first, second) if second[1].kind == "account" else (second, first)
        if head[1].kind != "account" or told[1].kind != "narration" or not _of_one(first, second, told):
            continue
        if vocabulary.booked.meets(Filters(accounts=head[1].values, mentions=(_said(told),))):
            continue
        both = tuple(each for each in told[1].values if set(stems(head[0].words)) <= set(stems(each)))
        if not both and not _is_of_the_other_side(told, head, intent, vocabulary):
            continue
        option = replace(told[1], values=both) if both else told[1]
        kept = [(told[0], option) if each is told else each for each in chosen if each is not head]
        starts = tuple(f"{phrase.words} = " for phrase, _ in (told, head))
        rest = [note for note in notes if not note.startswith(starts)]
        shown = ", ".join(option.values)
        return kept, [*rest, f"{first[0].words} {second[0].words} = narration {shown}; {head[1].values[0]} has none"]
    return list(chosen), notes


def of_two_accounts(
    chosen: Sequence[Chosen], notes: list[str], said: Said, intent: Intent, vocabulary: Vocabulary
) -> tuple[list[Chosen], list[str]]:
    """As in "car insurance", where Car and Insurance are accounts side by side: what is meant is not both together.

    Meant are the entries that say both words in a row; else those of the one account that say the other word.
    """
    kept, rest = list(chosen), list(notes)
    if intent.compare or intent.measure not in _FLOWS or len(kept) != _PAIR:
        return kept, rest
    first, second = kept
    read = _told_by_entries(first, second, vocabulary) if are_in_a_row(first, second, said.folded, vocabulary) else None
    if read is None:
        return kept, rest
    starts = tuple(f"{phrase.words} = " for phrase, _ in kept)
    rest = [note for note in rest if not note.startswith(starts)]
    return read, [*rest, *(note for phrase, option in read if (note := note_of(phrase, option)))]


def are_in_a_row(first: Chosen, second: Chosen, folded: str, vocabulary: Vocabulary) -> bool:
    """Whether the two are accounts apart from each other, named with nothing between them: "dog insurance"."""
    (one, whole), (other, part) = first, second
    if not (whole.kind == part.kind == "account") or one.end != other.start:
        return False
    if f"{fold(one.words)} {fold(other.words)}" not in folded:
        return False  # "petrol, insurance"
    if any(narrowed(vocabulary, each.values, also.values) for each in _accounts(one) for also in _accounts(other)):
        return False  # "mortgage intrest", of MortgageInterest
    roots = {vocabulary.by_name[name].root for name in (*whole.values, *part.values)}
    return len(roots) == 1 and roots <= _OPPOSITE.keys()


def _accounts(phrase: Phrase) -> list[Link]:
    return [each for each in phrase.options if each.kind == "account"]


def _told_by_entries(first: Chosen, second: Chosen, vocabulary: Vocabulary) -> list[Chosen] | None:
    (one, whole), (other, part) = first, second
    words = (*stems(one.words), *stems(other.words))
    texts = vocabulary.texts([re.escape(word) for word in words])
    both = tuple(dict.fromkeys(each.value for each in texts if each.kind == "narration" and _has(each.stems, words)))
    if both and part.how != "exact":
        return None  # "the boat jumble" on JumbleTable, of which both words are the name
    if whole.how == "exact" and part.how != "exact" and _WHAT_IT_COSTS.fullmatch(fold(other.words)) and not both:
        return [first]  # "the taxi fare", where there is an account of bus fares
    if both:
        phrase = replace(one, words=f"{one.words} {other.words}", end=other.end)
        link = Link("narration", both, NARRATION_PART, "words")
        return [(replace(phrase, options=(link,)), link)]
    for account, (phrase, _), at in ((part, first, 0), (whole, second, 1)):
        for link in phrase.options:
            if link.kind == "account" or not vocabulary.booked.meets(_of(phrase, link, account)):
                continue
            return [(phrase, link), second] if at == 0 else [first, (phrase, link)]
    return None


_WHAT_IT_COSTS: Final = compiled(
    r"(?:fare|fee|bill|ticket|ride|cost|charge|payment|invoice|receipt|purchase|expense|order)s?"
)


def _of(phrase: Phrase, link: Link, account: Link) -> Filters:
    if link.kind == "tag":
        return Filters(accounts=account.values, tags=link.values)
    payees, narrations = (link.values if link.kind == kind else () for kind in ("payee", "narration"))
    named = payees or narrations
    return Filters(accounts=account.values if named else ("",), mentions=(Mention(phrase.words, payees, narrations),))


def said_together(phrase: Phrase, strong: Sequence[Phrase]) -> bool:
    """As in "card fees", which entries say so: a common word, right before the name that they have it with."""
    following = next((each for each in strong if each.start == phrase.end and each.best.kind == "account"), None)
    told = phrase.of_kind("narration")
    if following is None or told is None:
        return False
    both = (*stems(phrase.words), *stems(following.words))
    return any(_has(stems(value), both) for value in told.values)


def _has(said: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(said[at : at + len(words)] == words for at in range(len(said) - len(words) + 1))


def _of_one(first: Chosen, second: Chosen, told: Chosen) -> bool:
    """Whether the one is said of the other: "author fees", "authors in fees", "fees for authors"."""
    between = second[0].start - first[0].end
    if told is first and not between:
        return True
    return between <= _NEAR and bool(_OF_THEM.search(second[0].lead))


def _said(told: Chosen) -> Mention:
    return Mention(told[0].words, (), told[1].values)


def _is_of_the_other_side(told: Chosen, head: Chosen, intent: Intent, vocabulary: Vocabulary) -> bool:
    """Whether what the entries move is the other side of the account named, and not the one that was asked for."""
    roots = {vocabulary.by_name[name].root for name in head[1].values}
    moved = vocabulary.booked.roots_touched(Filters(mentions=(_said(told),))).keys() & _OPPOSITE.keys()
    opposite = len(roots) == 1 and moved == {_OPPOSITE.get(root) for root in roots}
    return opposite and intent.flow != {Root.INCOME: "income", Root.EXPENSES: "spend"}[next(iter(roots))]
