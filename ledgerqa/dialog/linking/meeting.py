"""Names that no entry ever has together: the faintest reading is given up, and the answer says so."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import NARRATION_PART, PAYEE_PART, Link, Phrase, narrowed
from ledgerqa.dialog.linking.merged import OR
from ledgerqa.dialog.linking.other_words import is_for
from ledgerqa.dialog.linking.purses import is_said_to_pay
from ledgerqa.patterns import compiled
from ledgerqa.records import Mention, Root

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
    folded: str,
) -> tuple[list[Chosen], list[str]]:
    """The names without those that no entry has together with the rest, as long as only a guess is given up.

    As in "dentist appointments", where "visa appointment" stands in an entry of somebody else.  What is written just
    so in the question and the ledger is never given up: that the two never met is then the answer.
    """
    if len(chosen) == _PAIR and _THAN.search(chosen[1][0].lead):
        return chosen, notes  # "did the desk cost more than the bike": two sides, which need not meet
    kept, rest = list(chosen), notes
    for owner in [each for each in chosen if each[1].kind == "payee" and _owns_occasion(each, chosen)]:
        kept = _less(kept, owner)
        rest = [note for note in rest if not note.startswith(f"{owner[0].words} = ")]
        rest = [*rest, f"{owner[0].words} left aside: it says whose occasion it was"]
    apart = len(kept) > 1 and (_crossed(kept, vocabulary) or not vocabulary.booked.meets(combined(kept)))
    if apart and (read := _read_otherwise(kept, combined, vocabulary)):
        return read, [note for note in rest if not any(note.startswith(f"{phrase.words} = ") for phrase, _ in read)]
    if apart and (head := _head(kept, vocabulary)):
        modifier, called = kept[0][0].words, head[0].words
        rest = [note for note in rest if not note.startswith((f"{modifier} = ", f"{called} = "))]
        return [head], [*rest, f"{modifier} left aside: no account of {called} is called so"]
    if apart and (owned := _what_it_is_for(kept, vocabulary)):
        kept = _less(kept, owned)
        rest = [note for note in rest if not note.startswith(f"{owned[0].words} = ")]
        rest = [*rest, f"{owned[0].words} left aside: no entry has it together with the rest"]
    while len(kept) > 1 and not vocabulary.booked.meets(combined(kept)):
        faint = sorted((each for each in kept if _faint(each, kept, vocabulary, folded)), key=_sureness)
        if len(kept) == _PAIR and any(is_added(one, other) for one, other in itertools.pairwise(kept)):
            return chosen, notes  # "tea and the locksmith" are told side by side
        if not faint or _is_for_somebody(kept) or _is_where(kept):
            return chosen, notes
        faint = [*(each for each in faint if _is_given_then(each, kept)), *faint]
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


OCCASIONS: Final = frozenset(
    "christmas xmas birthday easter wedding anniversary valentine valentines thanksgiving hanukkah diwali eid".split()
)


def _is_for_somebody(kept: Sequence[Chosen]) -> bool:
    """As in "flowers for Mum", where entries say "scarf for Mum" and "tulips, flowers": neither is what was asked."""
    phrase, option = kept[-1]
    person = phrase.capitalised or cues("cues").found("kin", fold(phrase.words))
    texts = {each.kind for _, each in kept} == {"narration"} and option.how != "exact"
    return len(kept) == _PAIR and texts and person and phrase.lead.endswith("for ")


_WHERE: Final = compiled(r"\b(?:in|at|on|during)(?: (?:the|my|our|that))? $")


def _is_where(kept: Sequence[Chosen]) -> bool:
    """As in "the hotel in Lisbon", where a trip has that tag: neither another hotel nor all of the trip is meant."""
    if any(link.kind == "narration" and link.how == "words" for _, link in kept):
        return False  # "litres put in the tank in Portugal", where one entry says "full tank"
    first = min(phrase.start for phrase, _ in kept)
    return any(link.kind == "tag" and phrase.start > first and _WHERE.search(phrase.lead) for phrase, link in kept)


def _is_given_then(each: Chosen, kept: Sequence[Chosen]) -> bool:
    """As in "christmas presents", where what entries say is "scarf, Christmas": gifts, by a word that tells less."""
    gifts = "gifts" in lexicon().groups_of(stems(each[0].words))
    return gifts and any(one[0].end == each[0].start and fold(one[0].words) in OCCASIONS for one in kept)


_THAN: Final = compiled(r"\b(?:than|versus|vs\.?|compared (?:to|with)) (?:(?:on|for|the|my|our) )*$")
_FOR: Final = compiled(r"\bfor (?:the|my|our) $")
_TEXTS: Final = frozenset({"payee", "narration"})


def as_accounts(chosen: list[Chosen], notes: list[str], vocabulary: Vocabulary) -> tuple[list[Chosen], list[str]]:
    """As in "petrol, garage and fines": of a list of accounts a payee is the account that nobody else is paid on."""
    accounts = [each for each in chosen if _spends(each[1], vocabulary)]
    result, told = list(chosen), notes
    for place, (phrase, option) in enumerate(chosen):
        following = chosen[place + 1][0].lead if place + 1 < len(chosen) else ""
        listed = OR.search(following) and (OR.search(phrase.lead) or not place)
        if len(accounts) < 2 or not listed or not {option.kind, phrase.best.kind} <= _TEXTS:
            continue
        own = vocabulary.booked.only_account(_mention(phrase, option))
        if own is not None:
            link = Link("account", (own,), option.score, "words")
            result[place] = (replace(phrase, options=(link, *phrase.options)), link)
            told = [note for note in told if not note.startswith(f"{phrase.words} = ")]
            told.append(f"{phrase.words} = {own}")
    return result, told


def _what_it_is_for(chosen: list[Chosen], vocabulary: Vocabulary) -> Chosen | None:
    """As in "tyres for the van", which is an account of its own: what one owns, beside the name of what was bought.

    Or "kerosene for the boiler", where an account is called BoilerService: what has more to its name than was said.
    """
    first, last = chosen[0], chosen[-1]
    owned = last[1].kind == "account" and last[1] == last[0].best and is_for(last[0], vocabulary)
    for place, one in enumerate(chosen):
        phrase, option = one
        before = [each for _, each in chosen[:place]]
        in_part = option.kind == "account" and option.how == "words" and _FOR.search(phrase.lead)
        if in_part and before and all(each.kind in _TEXTS for each in before):
            return one
    bought = first[1].kind in _TEXTS or _spends(first[1], vocabulary)
    return last if owned and bought and len(chosen) == _PAIR else None


def _spends(option: Link, vocabulary: Vocabulary) -> bool:
    return option.kind == "account" and all(vocabulary.by_name[name].root is Root.EXPENSES for name in option.values)


def _mention(phrase: Phrase, option: Link) -> Mention:
    texts = (option.values, ()) if option.kind == "payee" else ((), option.values)
    return Mention(phrase.words, *texts)


def without_what_is_sold(
    chosen: list[Chosen], notes: list[str], vocabulary: Vocabulary
) -> tuple[list[Chosen], list[str]]:
    """As in "food from Fenwick's", who sells nothing else: what is sold narrows nothing, though some entries say it.

    Nor does it where it is part of another payee's name ("noodles at Wokabout" beside the Noodle Bus), as no entry has
    two payees.
    """
    kept, rest = list(chosen), notes
    for shop, sold in itertools.permutations(chosen, 2):
        if shop[1].kind != "payee" or not sold[0].words.islower() or sold not in kept or shop not in kept:
            continue
        if _is_all_there(shop, sold, vocabulary) or _is_another(shop, sold):
            kept = _less(kept, sold)
            rest = [note for note in rest if not note.startswith(f"{sold[0].words} = ")]
            rest = [*rest, f"{sold[0].words} left aside: it is what {shop[0].words} sells"]
    return kept, rest


_SOLD: Final = compiled(r"\b(?:for|on)(?: (?:the|my|our|some|any))* $")
_AT: Final = compiled(r"\b(?:at|from|by|to|with)(?: (?:the|my|our))? $")


def _is_all_there(shop: Chosen, sold: Chosen, vocabulary: Vocabulary) -> bool:
    """Whether the word for what is sold is also one for the accounts that all of the shop's entries go to."""
    if sold[1].kind != "narration" or sold[1].how == "exact":
        return False
    wide = (each for each in sold[0].options if each.kind == "account" and _spends(each, vocabulary))
    mention = _mention(*shop)
    return any(vocabulary.booked.lies_within((mention,), each.values) for each in wide)


def _is_another(shop: Chosen, sold: Chosen) -> bool:
    """Whether what is sold was read as part of another payee's name."""
    if sold[1].kind != "payee" or sold[1].how == "exact" or set(sold[1].values) & set(shop[1].values):
        return False
    joined = OR.search(sold[0].lead) or OR.search(shop[0].lead)
    return not joined and bool(
        _SOLD.search(sold[0].lead) or (_AT.search(shop[0].lead) and sold[0].start < shop[0].start)
    )


def _read_otherwise(
    chosen: list[Chosen], combined: Callable[[Sequence[Chosen]], Filters], vocabulary: Vocabulary
) -> list[Chosen] | None:
    """As in "the boiler was serviced": the verb is no account called Service where entries have both words.

    Nor is "the food on the road trip" Food, where what that tag is borne by went to Travel:Food.
    """
    if became := _what_became_of(chosen):
        return became
    occasion = any(option.kind in {"tag", "link"} for _, option in chosen)
    for place, (phrase, option) in enumerate(chosen):
        for other in phrase.options if occasion and option.kind == "account" else ():
            read = [*chosen[:place], (phrase, other), *chosen[place + 1 :]]
            if other.kind == "account" and vocabulary.booked.meets(combined(read)):
                return read
        guessed = option.kind == "account" and option.how in {"stem", "spelling"}
        in_full = option.kind == "narration" and option.how == "exact"  # "lunch with Malcolm", where some say "Lunch"
        if not (guessed or in_full):
            continue
        for other in phrase.options:
            read = [*chosen[:place], (phrase, other), *chosen[place + 1 :]]
            if other.kind in {"payee", "narration"} and vocabulary.booked.meets(combined(read)):
                return read
    return _of_whom(chosen, combined, vocabulary) or _read_as_well(chosen, combined, vocabulary)


_BECAME: Final = compiled(r"\b(?:got|gets?|was|were|been|being|is|are)(?: (?:then|all|just|ever|simply))? $")


def _what_became_of(chosen: list[Chosen]) -> list[Chosen] | None:
    """As in "how much of my dividends got reinvested", told by entries "dividend reinvested", which earn no dividends.

    What is said to have become of it is the question, and not to be left aside: the entries that say both.
    """
    if len(chosen) != _PAIR or not _BECAME.search(chosen[1][0].lead):
        return None
    (named, _), (phrase, option) = chosen
    both = tuple(each for each in option.values if set(stems(named.words)) <= set(stems(each)))
    if option.kind != "narration" or not both or not fold(phrase.words).endswith("ed"):
        return None
    return [(phrase, replace(option, values=both))]


_FOR_SOMEBODY: Final = compiled(r"\b(?:for|on|to|g[ai]ven?|b(?:uy|ought)|about|with) (?:the |my |our )?$")


def _of_whom(
    chosen: list[Chosen], combined: Callable[[Sequence[Chosen]], Filters], vocabulary: Vocabulary
) -> list[Chosen] | None:
    """As in "presents for Bettina", who was paid for nothing of the kind: entries that name her."""
    for place, (phrase, option) in enumerate(chosen):
        told = phrase.of_kind("narration")
        if option.kind not in {"payee", "account"} or told is None or not _FOR_SOMEBODY.search(phrase.lead):
            continue
        read = [*chosen[:place], (phrase, told), *chosen[place + 1 :]]
        filters = combined(read)
        apart = len(filters.mentions) == sum(each.kind in _TEXTS for _, each in read)  # and not "one or the other"
        if told.how in {"exact", "words"} and apart and vocabulary.booked.meets(filters):
            return read
    return None


def _moves(option: Link, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.by_name[name].root in _MOVING for name in option.values)


def _crossed(chosen: list[Chosen], vocabulary: Vocabulary) -> bool:
    """Whether one name of two words in a row was read as an account of expenses and one of income."""
    (first, _), (second, _) = chosen[0], chosen[-1]
    roots = [
        {vocabulary.by_name[name].root for name in option.values} for _, option in chosen if option.kind == "account"
    ]
    opposite = len(roots) == _PAIR and roots[0] | roots[1] == _MOVING and not roots[0] & roots[1]
    return opposite and len(chosen) == _PAIR and first.end == second.start


def _head(chosen: list[Chosen], vocabulary: Vocabulary) -> Chosen | None:
    """As in "bike hire", where bikes are bought and Hire is income: the second word says what the two are."""
    (first, modifier), (second, option) = chosen[0], chosen[-1]
    if len(chosen) != _PAIR or first.end != second.start or modifier.kind != "account":
        return None
    if _crossed(chosen, vocabulary):
        return second, option
    exact = (each for each in second.options if each.kind == "account" and each.how == "exact")
    own = next((each for each in exact if _moves(each, vocabulary)), None)
    return (second, own) if own and option.kind == "narration" and option.how != "exact" else None


def _read_as_well(
    chosen: list[Chosen], combined: Callable[[Sequence[Chosen]], Filters], vocabulary: Vocabulary
) -> list[Chosen] | None:
    """As in "repair day bucket", where the payee, and no account called so, has entries on the bucket's account."""
    if len(chosen) != _PAIR or any(option.kind in {"tag", "link"} for _, option in chosen):
        return None
    sure = [
        [link for link in phrase.options if link.kind in _SURELY and link.score >= PAYEE_PART] for phrase, _ in chosen
    ]
    pairs = [list(zip((phrase for phrase, _ in chosen), links, strict=True)) for links in itertools.product(*sure)]
    stands = [each for each in chosen if each[1].kind == "account" and not _moves(each[1], vocabulary)]
    kept = (read for read in pairs if all(each in read for each in stands))  # "how do Ana and I stand on the boat"
    mixed = (read for read in kept if {"account"} < {link.kind for _, link in read})
    for read in sorted(mixed, key=lambda each: -sum(link.score for _, link in each)):
        if vocabulary.booked.meets(combined(read)):
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


_ON: Final = compiled(r"\bon(?: (?:the|my|our|all|any|those|these))* $")
_NEAR: Final = 4  # words from the one to the other: "coupons on all my bonds"


def without_source(chosen: list[Chosen], notes: list[str], vocabulary: Vocabulary) -> tuple[list[Chosen], list[str]]:
    """As in "coupons on the bonds": what income is earned on adds no income of another kind that is called so too."""

    def earns(option: Link) -> bool:
        return option.kind == "account" and all(vocabulary.by_name[name].root is Root.INCOME for name in option.values)

    for (first, earned), (second, on) in itertools.pairwise(chosen):
        near = _ON.search(second.lead) and second.start - first.end <= _NEAR
        if near and earns(earned) and earns(on) and not narrowed(vocabulary, earned.values, on.values):
            rest = [note for note in notes if not note.startswith(f"{second.words} = ")]
            kept = [each for each in chosen if each[0] is not second]
            return kept, [*rest, f"{second.words} left aside: no account of {first.words} is called so"]
    return chosen, notes


_SURELY = frozenset({"account", "payee"})
_PAIR = 2
_JOINED = 3  # words between two names: "and on the"
_ADDED = compiled(r"(?:\b(?:and|plus|vs\.?|versus|or)|[&+]) ?(?:on |for )?(?:the |my |our |on |for )*$")


def is_added(first: Chosen, second: Chosen) -> bool:
    """Whether two names of different kinds are joined by "and" and the like, of which neither narrows the other."""
    kinds = {first[1].kind, second[1].kind}
    joined = second[0].start - first[0].end <= _JOINED and bool(_ADDED.search(second[0].lead))
    return joined and "account" in kinds and bool(kinds & {"payee", "narration"})


def without_what_is_within(
    chosen: list[Chosen],
    notes: list[str],
    combined: Callable[[Sequence[Chosen]], Filters],
    vocabulary: Vocabulary,
) -> tuple[list[Chosen], list[str]]:
    """As in "gifts and donations", where all entries that say so are on the account of gifts: nothing to be added."""
    for one, other in itertools.pairwise(chosen):
        if not is_added(one, other):
            continue
        account, named = (one, other) if one[1].kind == "account" else (other, one)
        filters = combined([named])
        inside = vocabulary.booked.lies_within(filters.mentions, account[1].values)
        whole = account[1] if inside else _holding_all_of(account[0], filters, vocabulary)
        if whole is not None:
            kept = [(account[0], whole) if each is account else each for each in chosen if each is not named]
            words = {phrase.words for phrase, _ in (account, named)}
            rest = [each for each in notes if not any(each.startswith(f"{said} = ") for said in words)]
            return kept, [*rest, f"{named[0].words} left aside: all of it is on {', '.join(whole.values)}"]
    return chosen, notes


def _holding_all_of(phrase: Phrase, named: Filters, vocabulary: Vocabulary) -> Link | None:
    """The reading of the phrase as accounts to which all goes that entries of the name earn or spend."""
    for option in phrase.options:
        if option.kind == "account" and vocabulary.booked.lies_within(named.mentions, option.values):
            touched = (each for each in option.values if vocabulary.booked.meets(replace(named, accounts=(each,))))
            return replace(option, values=tuple(touched))
    return None


def _less(chosen: Sequence[Chosen], one: Chosen) -> list[Chosen]:
    return [each for each in chosen if each is not one]


def _sureness(each: Chosen) -> tuple[float, int]:
    """How sure the reading is; of two alike that of more words: "Sunday collection lodgements"."""
    phrase, option = each
    return option.score, phrase.end - phrase.start


def _owns_occasion(each: Chosen, chosen: Sequence[Chosen]) -> bool:
    """As in "Hamish's wedding", where what is borne by #wedding was paid to others: whose it is narrows nothing."""
    phrase, _ = each
    if not re.search(r"['’]s?$", phrase.words):
        return False
    tags = [other for other, option in chosen if other.start == phrase.end and option.kind == "tag"]
    starts = {other.start for other, _ in chosen}
    return any(tag.end not in starts for tag in tags)  # "Ada's christmas present" is no christmas of hers


_FOR_THEM: Final = compiled(r"\bfor $")


def _is_somebody(phrase: Phrase, option: Link) -> bool:
    """As in "presents for ros", where all entries that say so write Ros: presents of others are not meant."""
    name = re.compile(rf"\b{re.escape(phrase.words)}\b", re.IGNORECASE)
    written = [match.group() for value in option.values for match in name.finditer(value)]
    capital = bool(written) and all(each[:1].isupper() and not each.isupper() for each in written)
    return capital and bool(_FOR_THEM.search(phrase.lead))


def _says_which(each: Chosen, chosen: Sequence[Chosen]) -> bool:
    """As in "boat insurance": of an account named right behind it, which of that is meant; all of it is not."""
    if re.search(r"['’]s?$", each[0].words):
        return False  # "Ana's parents": whose they are
    return any(option.kind == "account" and phrase.start == each[0].end for phrase, option in chosen)


def _faint(each: Chosen, chosen: Sequence[Chosen], vocabulary: Vocabulary, folded: str) -> bool:
    """Whether the reading is a guess: words inside a narration or a tag, a likeness, a means of payment."""
    phrase, option = each
    if _owns_occasion(each, chosen):
        return True
    if option.kind == "narration" and _says_which(each, chosen):
        return False
    if option.kind == "narration":
        return option.how != "exact" and option.score <= NARRATION_PART + 0.02 and not _is_somebody(phrase, option)
    if option.kind == "tag":
        return option.how != "exact"
    if option.kind == "account":
        named = any(other.kind in {"payee", "narration", "tag"} for _, other in chosen)
        standing = not any(vocabulary.by_name[name].root in _MOVING for name in option.values)
        said = option.how == "exact" and is_said_to_pay(phrase, folded)  # "to Fenwick from the savings account"
        return phrase.weak or option.how == "spelling" or (named and standing and not said)
    noun = phrase.words.islower() and lexicon().groups_of(stems(phrase.words))  # "gifts", where a shop is called so
    return option.how in {"spelling", "stem"} or bool(option.how == "words" and noun)
