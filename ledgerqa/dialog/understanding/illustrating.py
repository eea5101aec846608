"""Parts that are listed beside a whole to say what it is made of, and narrow nothing.

"The Whitby weekend - chips - cottage - diesel - everything", "what did the trip cost, flights and all?", "each bank
account (current, reserve)".  Whether a list only illustrates is told by what stands after its last part ("the lot"),
or by what the rest asks for; and by the entries: some of the parts must lie in the whole that the rest names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import SYNONYM, Link, narrowed
from ledgerqa.dialog.linking.trip_tags import trip_of
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.counted_in import part_of
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_MARK: Final = compiled(r"\s*(?:\.{2,}|…)\s*\)?|\s*[,;:()/]\s*|\s+[-–—]+\s+|[.?!]+(?=\s|$)|$")
_JOINS: Final = frozenset({",", "/", "-", "–", "—", "--", ";"})
_OF_IT: Final = r"(?: (?:of (?:it|that|them)|the (?:rest|lot)|that|together))?"
# Closes a list that could go on, or says that all is meant.
_MORE: Final = (
    r"(?:everything(?: else)?|the (?:whole )?(?:lot|shebang|works|caboodle)|you name it|whatever(?: else)?|whatnot"
    r"|what (?:not|have you|else)|etc(?:etera)?|and so (?:on|forth)(?: and so (?:on|forth))?|so on"
    rf"|(?:and|&) all{_OF_IT}|all of (?:it|that)|(?:and )?(?:the )?rest(?: of it)?|(?:and|or) (?:the|such) ?like"
    r"|and (?:more|others|such)|(?:(?:that|this) (?:sort|kind) of|and) (?:thing|stuff)s?(?: like that)?|and things)"
)
_CLOSING: Final = compiled(rf"(?:^|(?:^|\s+)(?:(?:and|or|plus|&)\s+)?){_MORE}\.?$", re.IGNORECASE)
_AND: Final = compiled(r"\s+(?:and|or|plus|&|\+)\s+", re.IGNORECASE)
_NO_PART: Final = compiled(
    r"\b(?:not?|without|never|only|just|except|but|what|whats|how|which|who|when|where|why|did|do|does|is|was|were|are"
    r"|has|have|had|can|could|would|please|pls|plz|per|each|every|vs|versus|than|between|by|from|since|until|it|i|we"
    r"|they|you|me|us|total|altogether|overall|sum|figure|number|separate(?:ly)?|seperate(?:ly)?|apart|too|also"
    r"|as well|included|so far|cost|spent|paid|tell|show|list|give|split|broken?)\b|n['’]t\b",
    re.IGNORECASE,
)
_LED: Final = compiled(
    r"\b(?P<led>by|into|such as|like|e\.?g\.?|for (?:example|instance)|including|incl\.?|counting|with|meaning)\s+",
    re.IGNORECASE,
)
_TOLD_BY: Final = frozenset({"by", "into"})
_LONGEST: Final = 4  # words of a part
_ENOUGH: Final = 3  # parts of a list that nothing closes
_WHOLE: Final = compiled(
    r"\b(?:whole|entire|(?:grand )?total|altogether|overall|all in|in all|all told|everything)\b", re.IGNORECASE
)
_WHOLLY: Final = compiled(r"\b(?:whole|entire)\b", re.IGNORECASE)  # "the whole trip, ferry and diesel and the site"
_SHARE: Final = compiled(r"\b(?:share|percent(?:age)?|proportion|fraction|part|much of (?:it|that))\b|%", re.IGNORECASE)
_EACH: Final = compiled(r"\b(?:separately|seperately|apart|vs\.?|versus|against|respectively)\b", re.IGNORECASE)
_RUNNING: Final = compiled(
    r"(?P<first>[\w'’-]+)(?P<rest>(?:\s+(?:and|&)\s+[\w'’-]+)*?)\s+"
    r"(?:and (?:all(?: that| of it| the rest)?|everything|so on|the (?:lot|rest|works)|what ?not)|the (?:lot|works))"
    r"(?=\s*(?:$|[.,;:?!)]|\s(?:[-–—]|how|what|when|please|pls|in (?:19|20)\d\d|altogether|in total)\b))",
    re.IGNORECASE,
)
_EDGES: Final = " ,;:–—-"


@dataclass(frozen=True)
class _Listing:
    """Where a list stands in the text, its parts, and whether words close it that say that there is more or all."""

    start: int
    end: int
    parts: tuple[str, ...]
    closed: bool
    joined: bool  # "flights and hotel" are two, and all that is meant; "flights, hotel" may go on
    instead: str = ""


def without_examples(text: str, read: Callable[[str], Said], names: Vocabulary) -> tuple[str, str]:
    """The question without parts that only illustrate the whole that its rest names; and the words for these."""
    for each in (*_listings(text), *_running(text, read)):
        rest = _less(text, each)
        if len(each.parts) < 2 and not each.closed:
            continue  # one thing beside another is no list
        parts = [read(part) for part in each.parts]
        if not rest or any(part.periods for part in parts):
            continue
        rest = _as_account(rest, parts, read, names)
        if _illustrates(each, parts, read(rest), names, out=_is_left_out(each, text, read)):
            return rest, text[each.start : each.end].strip()
    return text, ""


def _listings(text: str) -> Iterator[_Listing]:
    """Lists between marks, each with as many parts as it may have, then with fewer at its beginning."""
    clauses = list(_clauses(text))
    place = 0
    while place < len(clauses):
        last = place
        while last < len(clauses) and _is_part(text, clauses[last]) and (last == place or _joins(text, clauses, last)):
            last += 1
        before = clauses[place - 1] if place else None
        led = _led(text, before) if before and _joins(text, clauses, place) and place else None
        if led:
            yield from _listing(text, [led[0], *clauses[place:last]], led[1])
        for first in range(place, last):
            yield from _listing(text, clauses[first:last])
        if place == last and (alone := _led(text, clauses[place])):
            yield from _listing(text, [alone[0]], alone[1])
        place = max(last, place + 1)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand between two marks; dots that tell of more belong to what they close."""
    start = 0
    for mark in _MARK.finditer(text):
        dots = re.match(r"\s*(?:\.{2,}|…)", mark.group())
        end = mark.start() + (dots.end() if dots else 0)
        if text[start:end].strip():
            yield start, end
        start = mark.end()


def _joins(text: str, clauses: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a mark that joins parts stands before the clause."""
    between = text[clauses[place - 1][1] : clauses[place][0]].strip()
    return not between or between in _JOINS


def _is_part(text: str, clause: tuple[int, int]) -> bool:
    said, _ = _unclosed(text[clause[0] : clause[1]])
    return not _NO_PART.search(said) and all(len(part.split()) <= _LONGEST for part in _AND.split(said))


def _unclosed(said: str) -> tuple[str, bool]:
    """The words without those that close a list, and whether there were any."""
    dots = re.sub(r"\s*(?:\.{2,}|…)$", "", said.strip())
    closing = _CLOSING.search(dots)
    rest = dots[: closing.start()].strip() if closing else dots
    return rest, bool(closing) or dots != said.strip()


def _led(text: str, clause: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, str]] | None:
    """As in "split up by flights, hotel": where the first part stands, where the list is led in, and what stays."""
    found = [*_LED.finditer(text, *clause)]
    for match in reversed(found):
        inner = match.end(), clause[1]
        if _is_part(text, inner) and match.start() > clause[0]:
            instead = "by account" if match["led"].lower() in _TOLD_BY else ""
            return inner, (match.start(), instead)
    return None


def _listing(text: str, clauses: Sequence[tuple[int, int]], led: tuple[int, str] | None = None) -> Iterator[_Listing]:
    parts: list[str] = []
    joined = closed = False
    for start, end in clauses:
        said, closed = _unclosed(re.sub(r"^(?:and|or|plus|&)\s+", "", text[start:end].strip(), flags=re.IGNORECASE))
        joined = joined or bool(_AND.search(text[start:end])) or text[start:end].lower().startswith(("and ", "or "))
        parts += [part for part in _AND.split(said) if part]
    start = led[0] if led else clauses[0][0]
    if parts:
        yield _Listing(start, clauses[-1][1], tuple(parts), closed, joined, led[1] if led else "")


def _running(text: str, read: Callable[[str], Said]) -> Iterator[_Listing]:
    """As in "what did it come to diesel and jacket and all": no mark stands before the list."""
    for match in _RUNNING.finditer(text):
        first, end = match["first"], match.end("first")
        named = (each.words for each in read(text).phrases if text[:end].endswith(each.words))
        whole = max((first, *named), key=len)
        parts = (whole, *(part for part in _AND.split(match["rest"]) if part))
        if not any(_NO_PART.search(part) for part in parts):
            yield _Listing(end - len(whole), match.end(), parts, closed=True, joined=True)


def _less(text: str, listing: _Listing) -> str:
    before, after = text[: listing.start].rstrip(_EDGES), text[listing.end :]
    if before.endswith("(") and after.lstrip().startswith(")"):
        before, after = before[:-1].rstrip(_EDGES), after.lstrip()[1:]
    before = f"{before} {listing.instead}" if listing.instead else before
    if not before:
        return after.lstrip(_EDGES)
    return f"{before}{' ' if after[:1].isalnum() else ''}{after}".strip()


def _is_left_out(listing: _Listing, text: str, read: Callable[[str], Said]) -> bool:
    """As in "the pets except the vet, food and all that": what may illustrate only something that is left out."""
    before = text[: listing.start].rstrip(_EDGES)
    excluded = [each.words for each in read(text).excluded]
    return any(before.endswith(each) or any(each in part for part in listing.parts) for each in excluded)


def _illustrates(listing: _Listing, parts: Sequence[Said], whole: Said, names: Vocabulary, *, out: bool) -> bool:
    """Whether the rest names a whole with entries of some of the parts, and nothing says that only these are meant."""
    compares = whole.intent.compare and not _SHARE.search(whole.text)
    for held in () if compares else (_left_out(whole) if out else _wholes(whole, names)):
        inside = [_lies_in(held, part, names) for part in parts]
        strange = any(not within and _names_account(part) for part, within in zip(parts, inside, strict=True))
        if not any(inside) or (strange and not (held.tags or held.links)):
            continue
        if listing.closed or _meant_whole(listing, held, parts, whole, names):
            return True
    return False


def _wholes(whole: Said, names: Vocabulary) -> Iterator[Filters]:
    """What the rest names: all of it together, then each by itself, to be asked of or left out."""
    held = scope(whole, whole.intent, names).filters
    if held.tags or held.links or held.accounts or held.mentions:
        yield Filters(accounts=held.accounts, tags=held.tags, links=held.links, mentions=held.mentions)
    if held.tags and held.mentions:
        yield Filters(tags=held.tags)
    if _SHARE.search(whole.text):  # "what share of the car was fuel": the car, beside a part of it
        yield from (Filters(accounts=each.best.values) for each in whole.phrases if each.best.kind == "account")
    yield from _left_out(whole)


def _left_out(whole: Said) -> Iterator[Filters]:
    return (Filters(accounts=each.best.values) for each in whole.excluded if each.best.kind == "account")


def _as_account(rest: str, parts: Sequence[Said], read: Callable[[str], Said], names: Vocabulary) -> str:
    """As in "Bramble's bills: food, vet, kennels": what all that is booked of that name and the parts lie in.

    The same of a tag that is called as an account: "the cats, food vet insurance, the lot", where some bear #cats.
    """
    for phrase in read(rest).phrases:
        if phrase.best.kind == "tag":
            own, tagged = phrase.of_kind("account"), Filters(tags=phrase.best.values)
        elif trip_of(phrase, phrase.best, fold(rest), names).kind == "tag":
            continue
        elif phrase.best.kind == "narration":  # a payee sells: "Skua Air: flights, parking"
            own, tagged = _above(phrase, names), Filters(mentions=(mention_of(phrase, phrase.best),))
        else:
            continue
        if own and len(own.values) == 1 and _is_rather(Filters(accounts=own.values), tagged, parts, names):
            return rest.replace(phrase.words, own.values[0], 1)
    return rest


def _is_rather(own: Filters, tagged: Filters, parts: Sequence[Said], names: Vocabulary) -> bool:
    """Whether the parts are those of the account; where all are of the name too, it is whose account that is."""
    within, named = _held(own, parts, names), _held(tagged, parts, names)
    whose = any(each.narrations for each in tagged.mentions)
    return within > named or (
        whose and within == named and sum(bool(_own_accounts(own, each, names)) for each in parts) > 1
    )


def _above(phrase: Phrase, names: Vocabulary) -> Link | None:
    """The account below the root that all expenses of a name lie in."""
    beside = names.booked.accounts_beside(mention_of(phrase, phrase.best))
    above = {":".join(name.split(":")[:2]) for name, root in beside.items() if root is Root.EXPENSES}
    only = next(iter(above)) if len(above) == 1 else ""
    return Link("account", (only,), SYNONYM, "covers") if only in names.by_name else None


def _held(held: Filters, parts: Sequence[Said], names: Vocabulary) -> int:
    """How many of the names of the parts have entries in the whole."""
    return sum(_meets(held, phrase, names) for part in parts for phrase in part.phrases)


def _lies_in(held: Filters, part: Said, names: Vocabulary) -> bool:
    return any(_meets(held, phrase, names) for phrase in part.phrases)


def _meets(held: Filters, phrase: Phrase, names: Vocabulary) -> bool:
    narrow = (part_of(held, phrase, option, names) for option in phrase.options)
    return any(each is not None and names.booked.meets(each) for each in narrow)


def _names_account(part: Said) -> bool:
    return any(each.best.kind == "account" and each.best.score >= SYNONYM for each in part.phrases)


def _meant_whole(listing: _Listing, held: Filters, parts: Sequence[Said], whole: Said, names: Vocabulary) -> bool:
    """Whether all of it is asked for, though no word closes the list."""
    many = len(parts) >= _ENOUGH
    again = any(re.search(rf"\b{re.escape(fold(part))}\b", whole.folded) for part in listing.parts)
    if many and again and _SHARE.search(whole.text):
        return True  # "the van: fuel, upkeep, tax. What share was upkeep?"
    wholly = _WHOLLY.search(whole.text) or (not listing.joined and _WHOLE.search(whole.text))
    if (held.tags or held.links) and many and wholly:
        return True  # "the Fells week: cottage, suppers, diesel - what was the grand total?"
    told = Grouping.ACCOUNT in whole.intent.group_by
    if len(parts) < 2 or not held.accounts or not (told or len(held.accounts) > 1) or _EACH.search(whole.text):
        return False
    own = [_own_accounts(held, part, names) for part in parts]
    if all(own):  # "each bank account (current, reserve)": only where they are all there are
        named = {name for each in own for name in each}
        if len(held.accounts) > 1:
            return named == set(held.accounts)  # "insurance - health, home, the cats"
        return {name for name in names.by_name if name.startswith(f"{held.accounts[0]}:")} <= named
    return told and 2 * sum(map(bool, own)) >= len(own)


def _own_accounts(held: Filters, part: Said, names: Vocabulary) -> tuple[str, ...]:
    """The accounts of the whole that a part names."""
    links = (link for phrase in part.phrases for link in phrase.options if link.kind == "account")
    inner = (name for link in links for name in narrowed(names, held.accounts, link.values))
    return tuple(name for name in inner if len(held.accounts) > 1 or name not in held.accounts)
