"""Names that no entry ever has together: the faintest reading is given up, and the answer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import NARRATION_PART, Link, Phrase
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.records import Filters

Chosen = tuple[Phrase, Link]

_MOVING = frozenset({Root.INCOME, Root.EXPENSES})


def that_meet(
    chosen: list[Chosen],
    notes: list[str],
    combined: Callable[[Sequence[Chosen]], Filters],
    vocabulary: Vocabulary,
) -> tuple[list[Chosen], list[str]]:
    """The names without those that no entry has together with the rest, as long as only a guess is given up.

    As in "dentist appointments", where "visa appointment" stands in an entry of somebody else.  What is written just
    so in the question and the ledger is never given up: that the two never met is then the answer.
    """
    kept, rest = list(chosen), notes
    apart = len(kept) > 1 and not vocabulary.booked.meets(combined(kept))
    if apart and (read := _read_otherwise(kept, combined, vocabulary)):
        return read, [note for note in rest if not any(note.startswith(f"{phrase.words} = ") for phrase, _ in read)]
    while len(kept) > 1 and not vocabulary.booked.meets(combined(kept)):
        faint = sorted((each for each in kept if _faint(each, kept, vocabulary)), key=lambda each: each[1].score)
        if not faint:
            return chosen, notes
        dropped = next((each for each in faint if vocabulary.booked.meets(combined(_less(kept, each)))), faint[0])
        kept = _less(kept, dropped)
        rest = [note for note in rest if not note.startswith(f"{dropped[0].words} = ")]
        rest.append(f"{dropped[0].words} left aside: no entry has it together with the rest")
    return kept, rest


def that_meet_each(
    chosen: list[Chosen], combined: Callable[[Sequence[Chosen]], Filters], vocabulary: Vocabulary
) -> list[Chosen]:
    """As in "arch rent and arch power", where the landlord has "arch" in its name and no entry of power is his.

    Of the readings of a name beside several accounts the one that each of them has entries of; as they are where no
    reading is so.
    """
    accounts = [each for each in chosen if each[1].kind == "account"]
    result = list(chosen)
    if len(accounts) < 2:
        return result

    def meets_each(phrase: Phrase, option: Link) -> bool:
        return all(vocabulary.booked.meets(combined([(phrase, option), each])) for each in accounts)

    for place, (phrase, option) in enumerate(chosen):
        if option.kind != "payee" or option.how == "exact" or meets_each(phrase, option):
            continue
        others = (link for link in phrase.options if link.kind in {"payee", "narration"} and link != option)
        result[place] = (phrase, next((link for link in others if meets_each(phrase, link)), option))
    return result


def _read_otherwise(
    chosen: list[Chosen], combined: Callable[[Sequence[Chosen]], Filters], vocabulary: Vocabulary
) -> list[Chosen] | None:
    """As in "the boiler was serviced": the verb is no account called Service where entries have both words."""
    for place, (phrase, option) in enumerate(chosen):
        if option.kind != "account" or option.how not in {"stem", "spelling"}:
            continue
        for other in phrase.options:
            read = [*chosen[:place], (phrase, other), *chosen[place + 1 :]]
            if other.kind in {"payee", "narration"} and vocabulary.booked.meets(combined(read)):
                return read
    return None


_BILLED = frozenset({"premium", "premiums", "instalments", "installments", "dues", "contributions"})


def without_billing(chosen: list[Chosen], notes: list[str]) -> tuple[list[Chosen], list[str]]:
    """As in "health insurance premiums": beside what is paid for, the word for how it is billed narrows nothing."""
    if not any(option.kind in {"account", "payee"} and fold(phrase.words) not in _BILLED for phrase, option in chosen):
        return chosen, notes
    said = {phrase.words for phrase, option in chosen if option.how != "exact" and _is_billing(phrase, option, chosen)}
    kept = [each for each in chosen if each[0].words not in said]
    return kept, [note for note in notes if not any(note.startswith(f"{words} = ") for words in said)]


def _is_billing(phrase: Phrase, option: Link, chosen: list[Chosen]) -> bool:
    beside = any(other.end == phrase.start for other, _ in chosen) or fold(phrase.words).endswith("s")
    return fold(phrase.words) in _BILLED and option.kind in {"payee", "narration"} and beside


def _less(chosen: Sequence[Chosen], one: Chosen) -> list[Chosen]:
    return [each for each in chosen if each is not one]


def _faint(each: Chosen, chosen: Sequence[Chosen], vocabulary: Vocabulary) -> bool:
    """Whether the reading is a guess: words inside a narration or a tag, a likeness, a means of payment."""
    phrase, option = each
    if option.kind == "narration":
        return option.how != "exact" and option.score <= NARRATION_PART + 0.02
    if option.kind == "tag":
        return option.how != "exact"
    if option.kind == "account":
        named = any(other.kind in {"payee", "narration"} for _, other in chosen)
        standing = not any(vocabulary.by_name[name].root in _MOVING for name in option.values)
        return phrase.weak or option.how == "spelling" or (named and standing)
    return option.how in {"spelling", "stem"}
