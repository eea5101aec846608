"""A whole and its parts, named together: "home costs: rent, power, whatever else", "leisure, books vs theatre".

The parts say how the whole is to be told, or which of it is meant; they are not to be added to it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.choosing import note_of
from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.dialog.linking.merged import BARE_AND
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said

Chosen = tuple["Phrase", "Link"]

_AND: Final = compiled(r"(?:[,/&]|\band|\bplus)\s*(?:the |my |our )?$")
_PART_OF: Final = compiled(
    r"(?:[,:(–-]|\b(?:and|or|plus|for|on|vs\.?|versus|against|both|each)|&)\s*(?:the |my |our )*$"
)
_LISTED: Final = compiled(r"[:(]\s*(?:the |my |our )?$")  # "the cats: food"
_OR: Final = compiled(r"\b(?:or|vs\.?|versus|than|against|compared (?:to|with))(?: on| the| my| our)* $")
_ELSE: Final = compiled(
    r"\b(?:what(?:ever|soever)?|everything|anything|all) (?:else|other)\b"
    r"|\b(?:and )?(?:so on|the rest|the like)\b|\band (?:others?|such)\b|\betc\b|\bany others?\b|\bor whatever\b"
    r"|[,;] (?:and )?all (?:of )?(?:that|those|these|the others?)"
    r"(?: (?:stuff|sort|kind|jazz|things?)(?: of (?:things?|stuff))?)?(?=\W*$|\s*[-–,;.?!:)])"
    r"|\band that(?=\s*(?:$|[,.;:?!)]))"
    r"|\b(?:that|this) (?:sort|kind) of (?:thing|stuff)\b|\band all that\b|\band (?:stuff|things) like that\b"
    r"|\band all(?: (?:that|of (?:it|that)|the lot))?(?=\s*(?:$|[),;.!?]))"
    r"|\b(?:such as|e\.?g\b|for (?:example|instance)|things like)"
)
_INCLUDING: Final = r"\b(?:including|includes?|inclusive of|incl)\b"
_EACH: Final = compiled(
    r"\beach\b|\bseparately\b|\brespectively\b|\bapart\b|\bvs\.?\b|\bversus\b|\bone by one\b|\bside by side\b"
)
_AT: Final = compiled(r"\b(?:at|in|with) (?:the |my |our )?$")
_LED_IN: Final = compiled(rf"{_INCLUDING}\.?(?: (?:the|my|our|all|any|its|their))* $")
_COUNTED: Final = r"(?:(?:is |are )?(?:included|counted|thrown in)|(?:as well|too|and all)(?=\W*$))"
_ON: Final = compiled(r"\b(?:on|from) (?:the |my |our )?$")
_NEXT: Final = 3  # words between: "shares at the broker"
_WORDED: Final = frozenset({"exact", "words"})
_OF_WHICH = compiled(r"\b(?:for|at|of|in) (?:the|my|our) $")
# As in "one figure for all my debts": a total, and no row an account.
ONE_FIGURE: Final = r"(?:one|(?:just |only )?(?:a|the) single) (?:figure|number|sum|total|amount)"
_ONE_TOTAL: Final = compiled(rf"\b{ONE_FIGURE}\b(?! (?:for )?(?:each|every|per|by|an?|apiece)\b)")
_PLACES = "shops?|stores?|places?|supermarkets?|vendors?|merchants?|restaurants?|caf(?:e|é)s?|payees?|suppliers?"
_ALL_PLACES: Final = compiled(
    rf"\b(?:all|every|any)(?: of)?(?: the| my| our| those| these)*(?: different| single| other)? (?:{_PLACES})\b"
)
_ONE_EACH: Final = compiled(r"\b(?:by|per|each|every|which|what) (?:single )?(?:shop|store|place|payee)s?\b")


_FOR_THE: Final = compiled(r"\b(?:for|of|on)(?: (?:the|my|our|his|her))? $", re.IGNORECASE)


def parts_of_first(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """As in "The dog, food and vet together": what follows the first account is read as parts of it, if all can be.

    Or what is said before the last one: "vet, food and grooming for the dog".
    """
    chosen = _whole_first(chosen, vocabulary)
    places = [place for place, each in enumerate(chosen) if _of_accounts(each)]
    following = chosen[places[1]][0].lead if len(places) > 1 else ""
    if len(places) < (2 if _LISTED.search(following) else 3):  # the whole and at least two parts
        return chosen
    first, link = chosen[places[0]]
    link = link if link.kind == "account" else next(each for each in first.options if each.kind == "account")
    whole = link.values
    result = list(chosen)
    result[places[0]] = (first, link)
    for place in places[1:]:
        phrase, option = chosen[place]
        wide = [value for each in phrase.options if each.kind == "account" for value in each.values]
        parts = tuple(name for name in narrowed(vocabulary, whole, wide) if name not in whole)
        if not parts and option.kind != "account" and not _of_roots_of(whole, wide, vocabulary):
            continue  # "the car: petrol, the finance payments": what is owed is no part of what is spent
        if not parts:
            return chosen
        result[place] = (phrase, replace(option, values=parts))
    return result


def _whole_first(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """With the last account, which all others can be parts of, before them: "vet, food and grooming for the dog"."""
    named = [each for each in chosen if each[1].kind == "account"]
    if len(named) < 3 or not _FOR_THE.search(named[-1][0].lead):
        return chosen
    last, link = named[-1]

    def can_be_part(one: Chosen) -> bool:
        wide = [value for each in one[0].options if each.kind == "account" for value in each.values]
        return any(name not in link.values for name in narrowed(vocabulary, link.values, wide))

    if not all(can_be_part(each) for each in named[:-1]):
        return chosen
    return [(last, link), *(each for each in chosen if each[0] is not last)]


def its_own(chosen: list[Chosen], intent: Intent, vocabulary: Vocabulary) -> list[Chosen]:
    """As in "mortgage on Mill Lane" for Mortgage:MillLane, whatever else is called after the lane."""
    result = list(chosen)
    if intent.flow is not None or intent.measure not in {None, Measure.BALANCE}:
        return result
    for place, ((first, one), (second, two)) in enumerate(itertools.pairwise(chosen)):
        named = one.kind == two.kind == "account" and one.how == two.how == "exact"
        if not (named and second.start - first.end <= _NEXT and _OF_ALL.search(second.lead)):
            continue
        every = [name for each in second.options if each.kind == "account" for name in each.values]
        inner = tuple(name for name in narrowed(vocabulary, one.values, every) if name not in one.values)
        if inner and not narrowed(vocabulary, one.values, two.values):
            result[place + 1] = (second, replace(two, values=inner))
    return result


_OF_ALL: Final = compiled(r"\b(?:for|on|of)(?: (?:the|my|our))? $")


def parts_of_last(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """As in "tax, insurance and service for the car": of each listed its part in that, if all have one."""
    if len(chosen) < 3 or not _OF_ALL.search(chosen[-1][0].lead) or not all(map(_of_accounts, chosen)):
        return chosen
    *listed, (whole, link) = chosen
    parts = [narrowed(vocabulary, link.values, option.values) for _, option in listed]
    within = all(parts) and not any(set(names) & set(link.values) for names in parts)
    if link.kind != "account" or not within:
        return chosen
    kept = [(phrase, replace(option, values=names)) for (phrase, option), names in zip(listed, parts, strict=True)]
    return [*kept, (whole, link)]


def _of_roots_of(whole: Sequence[str], names: Sequence[str], vocabulary: Vocabulary) -> bool:
    roots = {vocabulary.by_name[name].root for name in whole}
    return any(vocabulary.by_name[name].root in roots for name in names)


def split_among(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """As in "insurance, car and house", "insurance for the car and the house": of each listed what is called so there.

    Before the first of them is read together with it by itself, which would leave all of the others.
    """
    places = [place for place, each in enumerate(chosen) if _of_accounts(each)]
    names = chosen[places[0]][1].values if places else ()
    if len(places) < 3 or len(names) < 2 or chosen[places[0]][1].kind != "account":  # it and two
        return chosen
    head = chosen[places[0]][0]
    result: list[Chosen] = []
    for place in places[1:]:
        phrase, option = chosen[place]
        own = tuple(each for each in narrowed(vocabulary, names, option.values) if each in names)
        if not own or len(own) == len(names) or not _PART_OF.search(phrase.lead):
            return chosen
        result.append((replace(phrase, words=f"{phrase.words} {head.words}"), replace(option, values=own)))
    return [each for place, each in enumerate(chosen) if place not in places] + result


def of_one_head(chosen: list[Chosen], vocabulary: Vocabulary) -> list[Chosen]:
    """As in "dog and car insurance": the dog's insurance as well, where there is such an account, and not all of it."""
    result = list(chosen)
    for place, ((first, one), (second, two), (head, of)) in enumerate(
        zip(chosen, chosen[1:], chosen[2:], strict=False)
    ):
        beside = second.start - first.end <= 1 and BARE_AND.search(second.lead) and head.start == second.end
        if not (beside and one.kind == two.kind == of.kind == "account"):
            continue
        own = tuple(name for name in narrowed(vocabulary, one.values, of.values) if name not in one.values)
        if own and any(name not in two.values for name in narrowed(vocabulary, two.values, of.values)):
            result[place] = (replace(first, words=f"{first.words} {head.words}"), replace(one, values=own))
    return result


def without_included(chosen: list[Chosen], folded: str, vocabulary: Vocabulary) -> list[Chosen]:
    """As in "the boat in 2024, the insurance included": what counts as well narrows nothing.

    Dropped beside a tag or a payee, and beside an account that it lies in; with any other account it is added to that.
    """
    named = any(option.kind in {"tag", "payee"} for _, option in chosen)
    told = re.search(_COUNTED, folded)

    def counts(place: int) -> bool:
        phrase, option = chosen[place]
        counted = rf"{re.escape(fold(phrase.words))} {_COUNTED}"
        if option.kind in {"narration", "payee"}:  # "our health costs, every premium and copay included"
            beside = any(each.kind in {"account", "tag"} for _, each in chosen[:place])
            return beside and bool(re.search(rf"[,(–-] *(?:[\w'-]+,? ){{0,4}}{counted}", folded))
        after = rf"[,(–-] *(?:the |my |our )?{counted}"
        if option.kind != "account" or not (_LED_IN.search(phrase.lead) or (told and re.search(after, folded))):
            return False
        return named or any(narrowed(vocabulary, each.values, option.values) for _, each in chosen[:place])

    return [each for place, each in enumerate(chosen) if not counts(place)]


def renoted(notes: list[str], before: list[Chosen], after: list[Chosen]) -> list[str]:
    """The notes with those of names that are read otherwise now put right."""
    for phrase, option in before:
        if not any(phrase.words == other.words and option == link for other, link in after):
            notes = [note for note in notes if not note.startswith(f"{phrase.words} = ")]
            notes += [note_of(other, link) for other, link in after if other.words == phrase.words]
    return [note for note in notes if note]


def _of_accounts(one: Chosen) -> bool:
    """Whether it names accounts, or a tag called as some are: "the cats: food, vet" where there is #cats."""
    phrase, option = one
    return option.kind == "account" or (option.kind == "tag" and phrase.of_kind("account") is not None)


def of_one_sort(chosen: list[Chosen], intent: Intent) -> list[Chosen]:
    """As in "the cats or the car": a tag set against a category is read as the category that is called so as well."""
    tags = [place for place, (_, option) in enumerate(chosen) if option.kind == "tag"]
    others = [option for _, option in chosen if option.kind == "account"]
    if not intent.compare or not others or len(tags) != 1:
        return chosen
    (place,) = tags
    phrase, _ = chosen[place]
    beside = place + 1 < len(chosen) and _OR.search(chosen[place + 1][0].lead)
    account = phrase.of_kind("account")
    if account is None or not (beside or _OR.search(phrase.lead)):
        return chosen
    return [*chosen[:place], (phrase, account), *chosen[place + 1 :]]


def of_a_whole(chosen: list[Chosen], said: Said, intent: Intent) -> tuple[list[Chosen], bool]:
    """The names without parts that only tell what a whole is made of, or without the whole that is told by parts.

    Also whether they are to be told each by itself.
    """
    places = [place for place, (_, option) in enumerate(chosen) if option.kind == "account"]
    if len(places) < 2:
        return chosen, False
    told = bool(_EACH.search(said.folded)) or intent.compare or Grouping.ACCOUNT in intent.group_by
    first, *rest = places
    more = bool(_ELSE.search(said.folded))
    made_of = more or bool(re.search(_INCLUDING, said.folded))
    whole = chosen[first][1].values
    if len(rest) > 1 and len(whole) > len(rest) and all(_among(chosen[place][1].values, whole) for place in rest):
        kept = [each for place, each in enumerate(chosen) if place not in (rest if more else [first])]
        return kept, told  # "getting about: cabs, trains and that", where a word means several accounts
    if all(_inside(chosen[place][1].values, whole) for place in rest):
        following = range(first + 1, len(chosen))  # what is owed on is none: "petrol, and the finance payments"
        stray = [place for place in following if _is_stray(chosen[place]) and chosen[place][0].best.kind != "account"]
        if made_of or (len(rest) > 1 and told and (said.unread or stray)):
            places = [*places, *stray]
            phrase, option = chosen[first]
            held = tuple(top for top in whole if any(_inside(chosen[place][1].values, (top,)) for place in rest))
            kept = [each for place, each in enumerate(chosen) if place not in places]
            return [(phrase, replace(option, values=held)), *kept], told
        if len(rest) > 1:
            return [each for place, each in enumerate(chosen) if place != first], told
        return chosen, False
    if more and (above := _above(chosen, places)):
        phrase, option = chosen[first]
        widened = (replace(phrase, words=above.rpartition(":")[2]), replace(option, values=(above,), how="exact"))
        return [widened, *(each for place, each in enumerate(chosen) if place not in places)], told
    return chosen, False


def of_siblings(chosen: list[Chosen]) -> list[Chosen]:
    """As in "energy, water, telly": what is listed with accounts is read as one that lies beside them, if it can be."""
    places = [place for place, (_, option) in enumerate(chosen) if option.kind == "account"]
    above = _above(chosen, places) if len(places) > 1 else ""
    if not above:
        return chosen
    result = list(chosen)
    for place, one in enumerate(chosen):
        if _is_stray(one):
            links = (link for link in one[0].options if link.kind == "account" and _inside(link.values, (above,)))
            result[place] = (one[0], next(links, one[1]))
    return result


def _is_stray(one: Chosen) -> bool:
    """Whether it stands in a list of parts and is no account: "rent, power, telly"."""
    phrase, option = one
    return option.kind == "narration" and bool(_AND.search(phrase.lead))


def names_whole(phrase: Phrase, others: Sequence[Phrase]) -> bool:
    """As in "my body: gym, hair, teeth": whether a common word is called as what at least two other names lie in."""
    if phrase.best.kind != "account" or phrase.best.how != "exact":
        return False
    parts = [each for each in others if each.best.kind == "account" and each.start >= phrase.end]
    return sum(_inside(each.best.values, phrase.best.values) for each in parts) > 1


def tells_which(phrase: Phrase, strong: Sequence[Phrase]) -> bool:
    """As in "the energy bill for the flat": of the accounts called so those below that of the home.

    Or "how much super did Ann get", where Super:Ann is one of hers: an account that is called just so, wherever said.
    """
    exact = phrase.best.how == "exact"
    if phrase.best.kind != "account" or not (exact or _OF_WHICH.search(phrase.lead)):
        return False
    tops = tuple(f"{name}:" for name in phrase.best.values)
    others = [each for each in strong if each.best.kind == "account" and (exact or each.end < phrase.start)]
    named = [each.best.values for each in others]
    inside = [sum(name.startswith(tops) for name in names) for names in named]
    return any(0 < count < len(names) for count, names in zip(inside, named, strict=True))


def names_part(phrase: Phrase, strong: Sequence[Phrase]) -> bool:
    """As in "shares at the broker", "gains on shares": a common word, and an account that lies in what is beside it."""
    if phrase.best.kind != "account" or phrase.best.how != "exact":
        return False
    return any(
        any(name.startswith(f"{top}:") for top in each.best.values for name in phrase.best.values)
        for each in strong
        if each.best.kind == "account"
        and (
            (0 <= each.start - phrase.end < _NEXT and _AT.search(each.lead))
            or (0 <= phrase.start - each.end < _NEXT and _ON.search(phrase.lead))
        )
    )


def names_one(phrase: Phrase, strong: Sequence[Phrase]) -> bool:
    """As in "interest on the loan" where there is LoanInterest: the two words of one account's name."""
    if not _ON.search(phrase.lead):
        return False
    return any(
        0 <= phrase.start - each.end < _NEXT
        and bool(_called_so(each) & _called_so(phrase))
        and not set(each.best.values) & set(phrase.best.values)
        for each in strong
    )


def _called_so(phrase: Phrase) -> set[str]:
    return {name for each in phrase.options if each.kind == "account" and each.how in _WORDED for name in each.values}


def _inside(names: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether all of the accounts lie below one of the whole's."""
    return all(any(name.startswith(f"{top}:") for top in whole) for name in names)


def _among(names: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return set(names) <= set(whole)


def _above(chosen: list[Chosen], places: list[int]) -> str:
    """The one account that all those named lie just below; "" where there is none but a root."""
    parents = {name.rpartition(":")[0] for place in places for name in chosen[place][1].values}
    above = next(iter(parents))
    return above if len(parents) == 1 and ":" in above else ""


def without_places(intent: Intent, text: str) -> Intent:
    """As in "groceries last month, all shops", "one figure for all debts": one total, and no row a shop or account."""
    folded = fold(text)
    if intent.group_by in {(Grouping.PAYEE,), (Grouping.ACCOUNT,)} and _ONE_TOTAL.search(folded):
        return replace(intent, group_by=())
    if intent.group_by == (Grouping.PAYEE,) and _ALL_PLACES.search(folded):
        asks = re.match(r"^(?:\W*(?:and|so|but) )?(?:which|who|where|list|show)\b", folded)
        listed = intent.order is not None or intent.limit is not None or intent.single
        if not (asks or listed or _ONE_EACH.search(folded)):
            return replace(intent, group_by=())
    return intent
