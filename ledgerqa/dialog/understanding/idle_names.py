"""Names that narrow nothing, as they only say what the name beside them is: "the Trieste holiday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, squash
from ledgerqa.dialog.linking.links import Link, Phrase, narrowed
from ledgerqa.dialog.linking.merged import OR
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary

TRIP = frozenset(
    "holiday holidays vacation vacations trip travel travels journey getaway break tour stay reise urlaub voyage"
    " vacances viaje vacaciones viaggio vacanze viagem ferias".split()
)
_JOURNEY = frozenset("trip trips journey journeys tour tours".split())  # "train journeys": how it is counted
_SEASONS = frozenset("spring summer autumn fall winter".split())
_NEXT_TO = 2  # words between a tag and the word for what it is: "the holiday in Trieste"
_SECURITY = frozenset("stock stocks share shares fund funds etf bond bonds units holding holdings position".split())
_PAYMENTS = frozenset("fee fees charge charges cost costs bill bills payment payments".split())
_LISTED = compiled(r"[,;:/&+]\s*$")
_HOMES = frozenset({"flat", "house", "home", "apartment", "place"})
_OURS = compiled(r"\b(?:the|our|my) $")
_AT_HOME = compiled(r"\b(?:in|of|at|for)(?: (?:the|my|our)) $")


def without_idle(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """The phrases without those that say of the one beside them what it is, what it is paid as, or where it was for."""
    named = _without_payment(_without_sort(phrases, vocabulary), vocabulary)
    return _without_home(named, vocabulary)


def _without_sort(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "our Timberline stock": after a security the word for what it is names no account of its own."""
    held = {
        phrase.end
        for phrase in phrases
        if phrase.best.kind == "currency" and vocabulary.commodities[phrase.best.values[0]].held_at_cost
    }
    return [each for each in phrases if each.start not in held or fold(each.words) not in _SECURITY]


def _without_payment(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "creche fees", where the bank's are kept under Fees: after what is paid for, no account of its own."""
    paid_for = {
        phrase.end: phrase.best.values
        for phrase in phrases
        if phrase.best.kind == "account"
        and all(vocabulary.by_name[name].root is Root.EXPENSES for name in phrase.best.values)
    }

    def idle(phrase: Phrase) -> bool:
        parted = phrase.start not in paid_for or _LISTED.search(phrase.lead)
        if parted or fold(phrase.words) not in _PAYMENTS or phrase.best.kind != "account":
            return False
        before = paid_for[phrase.start]
        return not (
            narrowed(vocabulary, before, phrase.best.values) or narrowed(vocabulary, phrase.best.values, before)
        )

    return [each for each in phrases if not idle(each)]


def _without_home(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "the rent of the flat", where a deposit or a tag is called so and no rent bears it: where it was for.

    Nor does "the flat" narrow anything where the ledger is titled "Flat 9": all that is kept there is the flat's.
    """
    titled = lexicon().owners & set(fold(vocabulary.index.ledger.title).split())
    spent = [
        name
        for each in phrases
        if each.best.kind == "account" and fold(each.words) not in _HOMES
        for option in each.options
        if option.kind == "account"
        for name in option.values
        if vocabulary.by_name[name].root is Root.EXPENSES
    ]

    def narrows(link: Link) -> bool:
        if link.kind == "account":
            inside = [name for name in spent if name.startswith(tuple(f"{top}:" for top in link.values))]
            return bool(inside) and (link.how == "exact" or len(inside) < len(spent))  # House:Paint, of the house
        if link.kind == "tag":
            return vocabulary.booked.meets(Filters(accounts=tuple(spent), tags=link.values))
        if link.kind not in {"payee", "narration"}:
            return False
        mention = mention_of(Phrase(0, 1, "", (link,)), link)
        return vocabulary.booked.meets(Filters(accounts=tuple(spent), mentions=(mention,)))

    def idle(phrase: Phrase) -> bool:
        if fold(phrase.words) in titled and phrase.best.how != "exact" and _OURS.search(phrase.lead):
            return not any(link.kind == "account" and narrows(link) for link in phrase.options)
        home = fold(phrase.words) in _HOMES and phrase.words.islower() and _AT_HOME.search(phrase.lead)
        return bool(home and spent) and not any(narrows(link) for link in phrase.options)

    return [each for each in phrases if not idle(each)]


def specific(chosen: list[tuple[Phrase, Link]]) -> list[tuple[Phrase, Link]]:
    """Without tag phrases that say less than another does ("the LA trip": trips in general, and that one)."""
    tags = [set(option.values) for _, option in chosen if option.kind == "tag"]
    return [
        (phrase, option)
        for phrase, option in chosen
        if option.kind != "tag" or not any(other < set(option.values) for other in tags)
    ]


def of_a_trip(chosen: list[tuple[Phrase, Link]], notes: list[str]) -> tuple[list[tuple[Phrase, Link]], list[str]]:
    """As in "the Trieste holiday", "train journeys": beside a name the word for what it is narrows nothing."""
    tags = [phrase for phrase, option in chosen if option.kind == "tag"]
    heads = [phrase for phrase, option in chosen if fold(phrase.words) not in TRIP]
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
        and fold(phrase.words) in TRIP
        and any(-_NEXT_TO <= phrase.start - tag.end <= 0 or 0 <= tag.start - phrase.end <= _NEXT_TO for tag in tags)
        and not any(_is_one_of(phrase, *each) for each in chosen)
    }
    said |= {
        phrase.words
        for phrase, option in chosen
        if option.kind == "narration"
        and fold(phrase.words) in _SEASONS
        and any(phrase.end == tag.start for tag in tags)
    }  # "our summer trip to see Mamma": when it was
    kept = [each for each in chosen if each[0].words not in said]
    return kept, [note for note in notes if not any(note.startswith(f"{words} = ") for words in said)]


def _is_one_of(phrase: Phrase, other: Phrase, option: Link) -> bool:
    """As in "travel and beds": one of two accounts."""
    return option.kind == "account" and other.start - phrase.end == 1 and bool(OR.search(other.lead))


def _is_gone_to(phrase: Phrase, option: Link, trip: Phrase) -> bool:
    """As in "the last trip to Fenwick": a shop right after the word, so a visit to it."""
    called = option.kind == "payee" and all(squash(each).startswith(squash(phrase.words)) for each in option.values)
    return called and phrase.start - trip.end == 1 and phrase.lead.endswith("to ")
