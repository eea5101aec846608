"""What a question says is counted in, or netted off: it lies in the whole that is asked for, so it narrows nothing.

"The fête after paying for the marquee", "the Lisbon trip all in: flights, hotel", "oil, taking off what they credited
us", "all that we owe, unused vouchers count too".  Such words go where the rest names a whole that holds what they
name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.intent.manner import find_vat
from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.dialog.understanding.asides import named_in
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.said import Said

_NOT: Final = r"(?<!\bnot)(?<!\bjust)(?<!\bonly)(?<!\bwithout)(?<!\bnever)(?<!n.t)"
_PAUSE: Final = rf"(?:\s*[,;:(]\s*|[.?!]\s+|\s+[-–—]\s+|{_NOT}\s+(?=(?:including|incl|counting)\b))"
_NO_ASKING: Final = r"(?!\b(?:not|never|only|just|what|whats|how|which|who|when|did|do|does|is|was)\b|n['’]t\b)"
_WHAT: Final = rf"(?:{_NO_ASKING}[^,;:()?!.–—]){{2,50}}?"
# "Including what Len claimed", "counting whatever Ann laid out": what somebody did with a part of it.
_THEIRS: Final = (
    r"(?:what(?:ever)?|anything|everything|all(?: that)?|the (?:bits?|parts?|money|share)(?: that)?)"
    r" (?:[\w'’-]+ ){1,3}?(?:claim(?:ed|s)?|pa(?:id|ys?)|laid out|lay out|b(?:ought|uys)|spen[dt]s?|put (?:in|up|on)"
    r"|fronted"
    r"|got|fetched|filled|covered|owes?|was owed)\b[\w ]{0,24}?"
)
_IS: Final = r"(?:do|does|should|shall|must|are|is|to|be|being|have|has|all|both)"
_CLOSED: Final = r"\s*\)?(?=\s*(?:[,;:?!.]|\s[-–—]|$))"
_COUNTED: Final = compiled(
    rf"{_PAUSE}(?:(?:and|but|with|yes)\s+)*(?:"
    rf"(?P<what>{_WHAT})\s+(?:{_IS}\s+)*(?:also\s+(?:{_IS}\s+)*(?:counts?|counted|included|belongs?)"
    r"|(?:counts?|counted|included|belongs?)\s+(?:in\s+)?(?:too|as\s+well|also)|included|(?:thrown|counted) in)"
    rf"|(?:including|incl\.?|counting(?:\s+in)?)\s+(?P<too>{_WHAT}|{_THEIRS})(?:\s+(?:too|as\s+well|also))?"
    rf"|(?:please\s+)?(?:count|include|throw)(?:\s+in)?\s+(?P<also>{_WHAT})(?:\s+ones)?\s+(?:too|as\s+well|also|in)"
    rf"|(?P<bare>{_WHAT})\s+(?:too|as\s+well|and\s+all)"
    rf"){_CLOSED}",
    re.IGNORECASE,
)
_ITEM: Final = rf"(?:{_NO_ASKING}[\w'’& ]){{2,30}}"
# "All in - ticket, train, my half of the hotel".
_MEANING: Final = r"(?:with|so|meaning|as in|that is|i\.?e\.?)"
_MADE_OF: Final = compiled(
    rf"(?<=\ball in)(?:\s*[,:(]|\s+[-–—]|\s+(?={_MEANING}\b))\s*(?:{_MEANING}\s+)?"
    rf"(?P<what>{_ITEM}(?:(?:,\s*(?:and\s+)?|\s+(?:and|plus|&)\s+){_ITEM})+){_CLOSED}",
    re.IGNORECASE,
)
_SOME: Final = r"(?: (?:us|me|it|them|some|part|half|something|a bit|money))*"
_HELD_BACK: Final = compiled(
    r"\b(?:credit(?:ed|s)?(?! card)|credit notes?|refund(?:ed|s)?|rebates?|reimburse(?:d|ments?)|returned"
    rf"|(?:gave|given|paid|sent|handed|came|got|brought|took|taken|put){_SOME} back)\b",
    re.IGNORECASE,
)
_TAKING_OFF: Final = (
    r"(?:taking|knocking|netting|setting|counting) off|deducting|subtracting|allowing for|net of|less|minus"
)
_WE: Final = r"(?:having|(?:i|we|they)(?:'d|'ve| had| have)?)"
_PAID_FOR: Final = rf"(?:{_WE} )?(?:pay|paid|buy|bought|cover|settl)(?:ing|ed)?(?: for| off)?"
_ON: Final = r"(?:what|how|did|do|does|is|was|a|the|by|per|in|for|please)"
_UNTIL: Final = rf"(?=\s*(?:[.;:?!()]|\s[-–—]|$|,\s*{_ON}\b|,?\s(?:what|how)\b|\s(?:in|during) (?:19|20)\d\d))"
_OFF: Final = (
    compiled(
        rf"[,;(]?\s*\b(?:{_TAKING_OFF}|(?P<after>after|once))\s+(?:{_PAID_FOR}\s+)?"
        rf"(?P<what>(?:{_NO_ASKING}[^.;:()?!–—]){{2,80}}?){_UNTIL}",
        re.IGNORECASE,
    ),
    compiled(
        rf"(?:[,;(]|\s[-–—]|\bwith)\s*(?P<what>{_WHAT})\s+(?:(?:is|are|was|were|being|been|already) )*"
        rf"(?:deducted|subtracted|allowed for|(?:taken|netted|knocked|set) off){_CLOSED}",
        re.IGNORECASE,
    ),
)
# What is left of an event, or comes of it: nothing that was paid for it is to be told by itself.
_KEPT: Final = compiled(
    r"\b(?:left(?: over)?|remain(?:s|ed|ing)?|clear(?:s|ed)?|profit|surplus|ahead|in pocket|end(?:ed)? up with)\b",
    re.IGNORECASE,
)
# "What did the fair make after the burgers": after its costs.
_MADE: Final = compiled(r"\b(?:make|made|raised?|earn(?:ed)?|bring in|brought in|take in)\b", re.IGNORECASE)
_LISTED: Final = frozenset({Measure.LIST, Measure.COUNT})
_COUNT: Final = compiled(r"\bcount", re.IGNORECASE)
_LESS: Final = compiled(r"(?:less|minus)\b", re.IGNORECASE)
_PROFIT: Final = compiled(r"\b(?:profits?|surplus|bottom line)\b", re.IGNORECASE)
_MOVING: Final = frozenset({Root.INCOME, Root.EXPENSES})
_STANDING: Final = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET})
_ALL: Final = compiled(
    r"\b(?:every(?:thing|body|one)|all|altogether|total|added up|together|whole|overall|owe|own|worth|debts?"
    r"|liabilities|assets|money)\b",
    re.IGNORECASE,
)
_LEFT: Final = " ,;:()–—-"


def without_counted_in(text: str, read: Callable[[str], Said], names: Vocabulary) -> tuple[str, str]:
    """The question without what it says is counted in, where the rest names a whole that holds it; and those words."""
    for match, rest, fits in _clauses(text, read, names):
        if fits(match, read(rest)):
            return rest, _part(match)
    return text, ""


def _part(match: re.Match[str]) -> str:
    """The words for what is counted in."""
    found = match.groupdict()
    return next((found[name] for name in ("what", "too", "also", "bare") if found.get(name)), "").strip()


def _clauses(
    text: str, read: Callable[[str], Said], names: Vocabulary
) -> Iterator[tuple[re.Match[str], str, Callable[[re.Match[str], Said], bool]]]:
    """Where words stand that may say so, each with the rest, and with what tells whether they do beside it."""

    def inside(match: re.Match[str], whole: Said) -> list[Filters]:
        return _inside(whole, read(_part(match)), names)

    def counted(match: re.Match[str], whole: Said) -> bool:
        times = whole.intent.measure is Measure.COUNT and _COUNT.search(match.group())  # "how often, counting coffees"
        listed = whole.intent.measure in _LISTED and not times  # "entries including wine"
        return _stands_in_all(match, whole, read) or bool(not listed and inside(match, whole))

    def made_of(match: re.Match[str], whole: Said) -> bool:
        return bool(inside(match, whole))

    def netted(match: re.Match[str], whole: Said) -> bool:
        if _HELD_BACK.search(match["what"]):
            return _names_whole(whole) and not read(_part(match)).periods
        parts = inside(match, whole)
        if not named_in(whole) and _LESS.match(match.group().strip(_LEFT)):
            return False  # "profit less wages" may leave them out
        if _measure(whole) is Measure.NET_INCOME or _KEPT.search(whole.text):
            return bool(parts)
        return not match.groupdict().get("after") and any(names.booked.mostly_came_back(each) for each in parts)

    def of_an_event(match: re.Match[str], whole: Said) -> bool:
        return any(each.tags for each in inside(match, whole))

    known = (*find_netted(text), *find_vat(text)[0])
    patterns = ((_COUNTED, counted), (_MADE_OF, made_of), *((each, netted) for each in _OFF))
    for match, fits in ((found, fits) for pattern, fits in patterns for found in pattern.finditer(text)):
        if not any(start < match.end() and match.start() < end for start, end in known):
            rest = _less(text, match)
            if fits is netted and _MADE.search(rest):
                yield match, f"{rest.rstrip(_LEFT + '.?!')} after costs", of_an_event
            yield match, rest, fits


def _less(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].rstrip(_LEFT), text[match.end() :]
    return f"{before}{after}".strip() if before else after.lstrip(_LEFT)


def _measure(said: Said) -> Measure | None:
    return (said.by_rules or said.intent).measure


def _stands_in_all(match: re.Match[str], whole: Said, read: Callable[[str], Said]) -> bool:
    """As in "all that we owe, unused vouchers count too": what stands in all, where nothing else is named."""
    standing = _measure(whole) in _STANDING and _ALL.search(whole.text)
    alone = all(each.best.kind == "currency" for each in named_in(whole)) and not whole.unknown
    parts = {each.best.kind for each in named_in(read(match.group().strip(" ,;:()")))}
    return bool(standing and alone and parts <= {"account", "root"})


def _moves(filters: Filters, names: Vocabulary) -> bool:
    """Whether it is no account on which something stands: "left on the loan after the payment" tells a day."""
    return all(names.by_name[name].root in _MOVING for name in filters.accounts)


def _names_whole(whole: Said) -> bool:
    return bool(named_in(whole)) and not whole.unknown


def _inside(whole: Said, part: Said, names: Vocabulary) -> list[Filters]:
    """What the part names of the whole, each as filters of its entries there; none where no entry of it is there."""
    profit = _measure(whole) is Measure.NET_INCOME and _PROFIT.search(whole.text)  # is after all that was spent
    if not (_names_whole(whole) or profit) or whole.unknown or part.periods:
        return []
    held = scope(whole, whole.intent, names).filters
    if not (held.tags or held.accounts or held.mentions or profit) or not _moves(held, names):
        return []
    narrow = (part_of(held, phrase, option, names) for phrase in part.phrases for option in phrase.options)
    return [each for each in narrow if each is not None and names.booked.meets(each)]


def part_of(held: Filters, phrase: Phrase, option: Link, names: Vocabulary) -> Filters | None:
    """The filters of a whole narrowed to what is named; none where that can be no part of it."""
    if option.kind in {"payee", "narration"}:
        return replace(held, mentions=(*held.mentions, mention_of(phrase, option)))
    if option.kind != "account":
        return None
    accounts = narrowed(names, held.accounts, option.values) if held.accounts else option.values
    return replace(held, accounts=accounts) if accounts and set(accounts) != set(held.accounts) else None
