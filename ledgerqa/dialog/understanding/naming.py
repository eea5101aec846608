"""Which of the names found in a question are asked for, and which are left out; words that name nothing are dropped.

The linker finds names wherever words may be some; here what stands around them, and what a model hears, decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.intent.learned import (
    BESIDE,
    CERTAIN,
    NAMING,
    spans_of,
    surely_asks,
    surely_plain,
)
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import Token, fold
from ledgerqa.dialog.linking.everyday_names import in_a_list, is_added, is_one_of_two, speaks
from ledgerqa.dialog.linking.links import TELLING_APART
from ledgerqa.dialog.linking.modified import said_together
from ledgerqa.dialog.linking.pastimes import is_pastime
from ledgerqa.dialog.linking.unlinked import (
    LIKELY,
    characters,
    within,
)
from ledgerqa.dialog.linking.wholes import names_one, names_part, names_whole, tells_which
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.backends.protocols import Labelled, Understanding
    from ledgerqa.dialog.linking.links import Linked, Phrase

Span = tuple[int, int]

_LOOSE = frozenset({"spelling", "synonym", "covers"})  # ways of linking that need a name to be there


def parted(
    linked: Linked, tokens: Sequence[Token], left_out: Iterable[Span], text: str, understood: Understanding | None
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """The phrases asked for and the phrases left out, each with the words that lead to it; faint ones only if fit."""
    spans = list(left_out)
    kept: list[Phrase] = []
    excluded: list[Phrase] = []
    for each in linked.phrases:
        phrase, where = _as_named(each, linked, tokens, text, understood, spans), tokens[each.start].start
        if phrase is None:
            continue
        led = replace(phrase, lead=_lead(tokens, phrase, text), capitalised=_capitalised(tokens, phrase))
        if _is_verb(led, text[tokens[each.end - 1].end :], alone=len(linked.phrases) == 1) or _is_of_coins(led):
            continue
        (excluded if any(start <= where < end for start, end in spans) else kept).append(led)
    strong = [phrase for phrase in kept if not phrase.weak and phrase.best.kind != "currency"]
    netted = bool(find_netted(text))
    added = [each.start for each in kept if each.best.how == "exact" and is_added(each)]
    paired = {at - (2 if tokens[at - 1].fold in _ARTICLES else 1) for at in added}  # where the "and" stands
    kept = [
        each
        for each in kept
        if not each.weak
        or speaks(each, alone=not strong)
        or tells_which(each, strong)
        or names_whole(each, strong)
        or names_part(each, strong)
        or names_one(each, strong)
        or (not netted and said_together(each, strong))  # what came off is booked in other words
        or (each.end in paired and is_one_of_two(each))
        or in_a_list(each, strong)
    ]
    return tuple(kept), tuple(phrase for phrase in excluded if not phrase.weak or speaks(phrase, alone=True))


_ARTICLES = frozenset({"the", "my", "our"})
_OF_COINS = compiled(r"\b(?:hardware|crypto\w*|cold|hot|digital|paper|coin) $")


def _is_of_coins(phrase: Phrase) -> bool:
    """As in "the hardware wallet", which holds no cash."""
    return fold(phrase.words) in {"wallet", "wallets"} and bool(_OF_COINS.search(phrase.lead))


_PAYMENTS = frozenset({"charge", "charges", "bill", "bills", "fee", "fees", "payment", "payments"})
_ODD = compiled(
    r"\b(?:doubled?|duplicated?|repeated|unusual|odd|strange|weird|suspicious|fishy|dodgy|unexpected|unexplained) $"
)
_DONE = compiled(
    r"\b(?:i|we|you|he|she|they|cash|money|was|were|to) (?:t(?:ake|ook|aken|aking) out|(?:re)?moved?|bank(?:ed)?)$"
)
_PUT = compiled(r"\b(?:put(?:ting)?|set(?:ting)?|sav(?:ed?|ing)) $")
_OWNER = compiled(r"\b(?:do|does|did|has|have|had|can|could)(?: the| our| my)? $")
_ACTS = compiled(
    r" (?:\w+ )?(?:spen[dt]|earn(?:ed)?|make|owe|own|pay(?! for itself)|receive|raise|lose|save|buy|donate|have)\b"
)
_CHARGES = compiled(r" (?:\w+ )?(?:charg(?:ed?|ing)|t(?:ake|ook|aken))\b")
_IN_ACCOUNTS = compiled(r" (?:\w+ ){0,2}(?:in|on|at) (?:(?:the|my|our|all|both) )*(?:\w+ ){0,2}accounts\b")
_CALLED = compiled(r"\b(?:on|under|within|called|named|category|account|heading)(?: the)? $")
_CALLED_SO = compiled(r"[\"'’”]? (?:accounts?|category|heading|costs?|fees|expenses)\b")
_DONE_INTO = compiled(r"(?:deposits?|deposited) (?:\w+ ){0,2}(?:to|into|in|on)\b")


def _is_verb(phrase: Phrase, after: str, *, alone: bool) -> bool:
    """Whether the words say what was done with money, and no name: "did we take out", "deposits into savings"."""
    words = fold(phrase.words)
    if words == "bank" and not alone and _OWNER.search(phrase.lead) and _CHARGES.match(fold(after)):
        return True  # "how many fees has the bank charged us": who charges them narrows nothing
    if words == "pocket" and phrase.best.how != "exact" and re.search(r"\b(?:out of|own) $", phrase.lead):
        return True  # who is out of pocket names no cash
    if words in {"away", "aside", "by"} and _PUT.search(phrase.lead):
        return True  # "how much did we put away"
    if words == "money" and not (phrase.capitalised or _CALLED.search(phrase.lead) or _CALLED_SO.match(fold(after))):
        return True  # "who owes us money": what all is counted in
    if words in _PAYMENTS and _ODD.search(phrase.lead):
        return True  # "any double charges": payments of any kind
    if words == "credit" and fold(after).startswith((" card", "-card")):
        return True  # a card, and no loan
    if words == "cash" and _IN_ACCOUNTS.match(fold(after)):
        return True  # "cash in the bank accounts" is what stands on them
    if words in lexicon().owners and _OWNER.search(phrase.lead) and _ACTS.match(fold(after)):
        return True  # "how much did the household spend"
    return bool(_DONE.search(phrase.lead + words) or _DONE_INTO.match(f"{words} {fold(after).strip()}"))


def put_right(phrases: tuple[Phrase, ...], tokens: Sequence[Token], text: str) -> tuple[Phrase, ...]:
    """As in "a bar tab ... alcohol I mean": what is meant after all stands in place of what was said before."""
    before = r"^[\s,.]*(?:is what )?i mean(?:t)?\b(?! (?:how|what|which|when|who|the|my|our|by|per|each)\b)"
    after = r"\bi mean(?:t)?[\s,:]*(?:the |my |our |on |for )*$"
    meant = [each.start for each in phrases if re.search(after, fold(text[: tokens[each.start].start]))]
    later = tuple(each for each in phrases if meant and each.start >= meant[0])
    if len(later) > 1 and any(_are_parts(later, each) for each in phrases if each.start < meant[0]):
        return phrases  # "the dog, I mean the vet and the food": what it is made of
    return (
        later or tuple(each for each in phrases if re.search(before, fold(text[tokens[each.end - 1].end :]))) or phrases
    )


def _are_parts(phrases: Sequence[Phrase], whole: Phrase) -> bool:
    """Whether each of them may name an account that lies in what another one names."""
    above = tuple(f"{name}:" for name in whole.best.values) if whole.best.kind == "account" else ()
    named = ([name for each in phrase.options if each.kind == "account" for name in each.values] for phrase in phrases)
    return bool(above) and all(any(name.startswith(above) for name in names) for names in named)


_JOINED = compiled(r",|&|\b(?:and|or|plus)\b", re.IGNORECASE)


def _between(one: Phrase, other: Phrase, tokens: Sequence[Token], text: str) -> str:
    """What stands between two phrases."""
    first, last = sorted((characters(one, tokens), characters(other, tokens)))
    return text[first[1] : last[0]]


def _as_named(
    phrase: Phrase,
    linked: Linked,
    tokens: Sequence[Token],
    text: str,
    understood: Understanding | None,
    left_out: Sequence[Span],
) -> Phrase | None:
    """The phrase as the model sees it: no faint one where it sees a name; None where it sees ordinary words.

    Beside a stronger phrase of the same name a faint one stays faint ("food money").  Ordinary are words linked
    loosely, and what is told before the question itself ("before the tax lady calls: what did ...").
    """
    if understood is None or is_pastime(tokens, [True] * len(tokens), phrase.start, phrase.end, text):
        return phrase
    start, end = characters(phrase, tokens)
    named = [each for each in spans_of(understood, *NAMING) if each.start < end and start < each.end]
    if named:
        inside = [each for each in linked.phrases if not each.weak and within(each, named[0], tokens)]
        if phrase.best.how == "exact":  # "eating and drinking" are two names, though a model hears one
            inside = [each for each in inside if not _JOINED.search(_between(phrase, each, tokens, text))]
        inside += [each for each in linked.phrases if _is_head_of(phrase, each)]
        sure = any(each.probability > LIKELY for each in named)
        idle = fold(phrase.words) in TELLING_APART | _ANY_ACCOUNT  # "the new sofa" names no account of news
        return replace(phrase, weak=False) if sure and not inside and not idle else phrase
    meant = phrase.weak and phrase.best.how == "synonym" and surely_asks(understood)
    if meant and surely_plain(start, end, understood, CERTAIN):
        return None  # "what kind of cost came top", where an account is called Kids
    sure_names = [each for each in _sure_names(understood) if not _is_of_money(each, linked, tokens)]
    asked_for = next((name.start for name in sure_names if name.label == "NAME"), end)
    in_full = phrase.best.how == "exact" and phrase.end - phrase.start > 1 and phrase.best.kind == "account"
    listed = phrase.best.how == "exact" and _is_listed(phrase, linked, tokens, text)
    before = not (in_full or listed or _is_subject((start, end), text, left_out)) and bool(
        _BREAK.search(text[end : max(end, asked_for)])
    )
    loose = phrase.best.how in _LOOSE and phrase.best.kind != "currency"
    elsewhere = any(within(each, name, tokens) for each in linked.phrases for name in sure_names)
    ordinary = (loose and surely_plain(start, end, understood)) or (
        before and surely_plain(start, end, understood, BESIDE)
    )
    return None if elsewhere and ordinary and not _MEASURED.search(text[:start]) else phrase


_COMMA = compiled(r"\s*(?:,|,? and|,? plus|&|\+)\s*(?:the |my |our )?", re.IGNORECASE)

_MEASURED = compiled(r"\b(?:average|avg|mean|typical|median|total) $", re.IGNORECASE)  # "mean fill up", "total fees"

_ON = compiled(r"\b(?:on|for|of)(?: the| my| our)? $", re.IGNORECASE)


def _is_listed(phrase: Phrase, linked: Linked, tokens: Sequence[Token], text: str) -> bool:
    """As in "on rent, cover, power": with nothing but a comma or an "and" to the other names around it."""
    start, end = characters(phrase, tokens)
    spans = [characters(each, tokens) for each in linked.phrases if each is not phrase]
    led = any(_COMMA.fullmatch(text[other_end:start]) for _, other_end in spans if other_end <= start)
    return (led or bool(_ON.search(text[:start]))) and any(
        _COMMA.fullmatch(text[end:other]) for other, _ in spans if end <= other
    )


_ANY_ACCOUNT = frozenset({"account", "accounts"})  # "what went through the account": whichever it is


def _is_head_of(phrase: Phrase, following: Phrase) -> bool:
    """As in "bank interest": an account called just so, right after a word that only says of what kind."""
    named = following.best.kind == "account" and following.best.how == "exact" and not following.weak
    return phrase.weak and named and following.start == phrase.end


_COSTS = compiled(r" (?:costs?|spending|expenses?|expenditure|outgoings|bills?|outlay)\b", re.IGNORECASE)


def _is_subject(named: Span, text: str, left_out: Sequence[Span]) -> bool:
    """Whether the name says of what, or what to leave out: "all premises costs", "premises without the rent, May"."""
    pause = _BREAK.search(text, named[1])
    stop = pause.start() if pause else len(text)
    kept_off = any(named[1] <= start < stop or start <= named[0] < end for start, end in left_out)
    return kept_off or bool(_COSTS.match(text, named[1]))


_BREAK = compiled(r"[,:;.?!](?:\s|$)| [-–] ")


def _sure_names(understood: Understanding) -> tuple[Labelled, ...]:
    return spans_of(understood, *NAMING, least=LIKELY)


def _is_of_money(name: Labelled, linked: Linked, tokens: Sequence[Token]) -> bool:
    """As in "what did the boat cost? Francs only": a name of money says nothing of what the rest names."""
    inside = [each for each in linked.phrases if within(each, name, tokens)]
    return bool(inside) and all(each.best.kind == "currency" for each in inside)


def _lead(tokens: Sequence[Token], phrase: Phrase, text: str) -> str:
    """Up to three words just before the phrase, with the punctuation between."""
    first = max(0, phrase.start - 3)
    return fold(text[tokens[first].start : tokens[phrase.start].start]) if phrase.start else ""


def _capitalised(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return phrase.start > 0 and tokens[phrase.start].text[:1].isupper() and not tokens[phrase.start - 1].text.isupper()
