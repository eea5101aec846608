"""Payees and accounts that are called as a time is: a butcher "March", a club "Route 2024", a child "June".

Where the question names them, the words are no period.  A name of several words is known wherever it stands in full;
one that is nothing but a month only where a name must stand: "at March", "what did June get", "we gave June".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stem, stems
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

Span = tuple[int, int]

_TIME: Final = compiled(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|post|(?:19|20)\d\d)\b",  # "An Post this year"
    re.IGNORECASE,
)
_NUMBERED: Final = compiled(r"(?<!\w)(?P<word>[^\W\d_]{2,})[ -](?P<number>\d{2}(?:\d{2})?)(?!\w)")

_GIVEN: Final = (
    r"\b(?:pa(?:y|id|ys|ying)|g[ai]ve(?:s|n)?|giving|len[dt]|lending|owed?|owes|sen[dt]|sending|repaid|reimbursed?)"
    r"(?: (?:back )?to)?"
)
_BOUGHT: Final = r"\b(?:buy|bought|buying|order(?:ed)?|purchased?|g[eo]t|received?|borrow(?:ed)?)(?: \w+){0,3}? from"
_NO_TIME: Final = r"(?!(?:in|for|during|last|this|on|since|from|of|between)\b)"
_LISTED: Final = rf"\bat (?:{_NO_TIME}[\w'’&.,-]+ )+?(?:and|or|vs\.?|versus|plus|than)"
# "At May's", for "May's Bakery".
_OWNER: Final = compiled(rf"\b(?:at|from|to|pay|paid) (?P<name>{_TIME.pattern})(?=['’]s\b)", re.IGNORECASE)
_DOES: Final = (
    r" (?:owes?|gets?|g[io]t|gives?|gave|receives?|sends?|borrow|lend|wants?|pa(?:y|id)(?! (?:off|out))|charges?)\b"
)
_ENDS: Final = (
    r"(?=\W*$|[,;.?!]| (?:in|for|on|during|last|this|since|back|so|per|each|every|all|altogether|by|total|over|more"
    r"|less|and|or|between|until|before|after|under|with|as|at|from|than|vs|versus|including|through)\b)"
)
_ELSEWHEN: Final = r"(?:in (?:19|20)\d\d|last month)\b"
_NO_DAY: Final = r"(?!\w| ?(?:the |of )?\d{1,2}(?:st|nd|rd|th)?\b| (?:to|until|till|through)\b)"


def without_times_in_names(text: str, vocabulary: Vocabulary) -> str:
    """The text with what is a time only by its letters blanked out: months and years that are a name, or part of one.

    That of a numbered payee or account ("Kiosk 24", "CD 2027") is no year either.
    """
    text = _without_numbered(text, vocabulary)
    if not _TIME.search(text):
        return text
    for match in _OWNER.finditer(text):
        if vocabulary.texts([rf"^{match['name'].lower()}.?s\b"]):
            text = _blanked(text, match.span("name"))
    for name in _names_in(text.lower(), vocabulary):
        for pattern in _where_it_is_named(name) if _TIME.fullmatch(name) else (_in_full(name),):
            for match in pattern.finditer(text):
                text = _blanked(text, match.span("name"))
    return text


def _names_in(lowered: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The payees in the text that a time stands in, and what is called by a month alone, the longest first."""
    said = (name for name in _payees_with_times(vocabulary) if name in lowered)
    payees = (name for name in said if not _is_of_a_kind(name, vocabulary))
    return tuple(sorted({*payees, *_months_as_names(vocabulary)}, key=lambda name: (-len(name), name)))


def _payees_with_times(vocabulary: Vocabulary) -> tuple[str, ...]:
    def found() -> tuple[str, ...]:
        rows = vocabulary.index.query(
            "SELECT DISTINCT lower(payee) FROM entries WHERE type = 'transaction' AND payee <> '' ORDER BY 1"
        )
        return tuple(name for (name,) in rows if _TIME.search(name))

    return vocabulary.once("payees with times", found)


def _months_as_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The payees and accounts that are called by a month, a season and nothing else."""

    def found() -> tuple[str, ...]:
        rows = vocabulary.index.query(
            "SELECT DISTINCT lower(payee) FROM entries"
            " WHERE type = 'transaction' AND regexp_full_match(payee, '[A-Za-z]+')"
        )
        called = {name for (name,) in rows} | {each.component.lower() for each in vocabulary.accounts}
        return tuple(name for name in sorted(called) if _TIME.fullmatch(name) and name.isalpha())

    return vocabulary.once("called by a month", found)


def _without_numbered(text: str, vocabulary: Vocabulary) -> str:
    """A payee's two digits are no year, of four digits by themselves only those that an account is called by."""
    for match in _NUMBERED.finditer(text):
        own = (stem(fold(match["word"])), match["number"])
        account = any(each.leaf == own for each in vocabulary.by_stem.get(own[0], ()))
        short = len(match["number"]) == len("24")
        texts = vocabulary.texts([rf"\b{re.escape(fold(match.group()))}\b"]) if short and not account else ()
        if account or any(each.kind == "payee" for each in texts):
            text = _blanked(text, match.span("number"))
    return text


@lru_cache(maxsize=1024)
def _in_full(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<name>{re.escape(name)})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=256)
def _where_it_is_named(month: str) -> tuple[re.Pattern[str], ...]:
    """A month where only somebody's name can stand; on a day, or before another month, it is a time after all."""
    word = rf"(?P<name>{re.escape(month)})"
    return tuple(
        re.compile(each, re.IGNORECASE)
        for each in (
            rf"(?:\bat|{_BOUGHT}|{_LISTED}) {word}{_NO_DAY}",
            rf"\bspen[dt](?:ing)? on {word}{_NO_DAY}(?! ?\d)",
            rf"{_GIVEN} {word}{_NO_DAY}{_ENDS}",
            rf"\b(?:did|does|do|has|have|had) {word}{_DOES}",
            rf"\b(?:did|does|what|the) {word}(?:['’]s)? {_NO_TIME}[a-z]+(?: \w+){{0,2}} {_ELSEWHEN}",
        )
    )


def _is_of_a_kind(name: str, vocabulary: Vocabulary) -> bool:
    """As in "Rent March" where there is an account or a payee Rent: what is booked there, of that month."""
    rest = stems(_TIME.sub(" ", name))
    if not rest:
        return True  # nothing but a time
    called = any(each.leaf == rest for each in vocabulary.by_stem.get(rest[0], ()))
    return called or any(each.kind == "payee" and each.stems == rest for each in vocabulary.texts([re.escape(rest[0])]))


def _blanked(text: str, span: Span) -> str:
    return text[: span[0]] + "x" * (span[1] - span[0]) + text[span[1] :]
