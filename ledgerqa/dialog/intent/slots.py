"""Slots that words alone decide, without the ledger: bounds on amounts, how many rows, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.number_words import COINS
from ledgerqa.dialog.language.spelling import corrected
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]

_SIGNS = "$€£¥₹₽₿"
_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f']\d{3}\b)+|\d[\d,]*)(?:\.\d+)?"  # "1,800", "1 800"
_NUMBER = (  # "from my 401k" is out of a pension
    rf"(?!401 ?\(?k\b)(?:[{_SIGNS}]\s?)?(?:(?:(?-i:[A-Z]{{2,5}})|Rs\.?|Fr\.?|kr\.?)\s?)?{_DIGITS}\s?(?:k\b|thousand\b|million\b|m\b)?"
)
_MONEY = rf"\s?(?:[{_SIGNS}]|{COINS}|(?-i:[A-Z]{{3,5}}\b))?"
_A, _B = f"(?P<a>{_NUMBER})", f"(?P<b>{_NUMBER})"

_THE = r"(?:the (?=[^.,?!]{1,20} mark\b))?"  # "over the 100 mark"
_NO_AGES = r"(?!\d*s\b)"  # "the under-12s" are players
_PAID = "invoices?|bills?|payments?|purchases?|expenses?|charges?|transactions?|entries|items?|ones|those|all|anything|everything"

_BETWEEN = compiled(rf"\b(?:between|from)\s+{_A}{_MONEY}\s*(?:and|to|-|–)\s*{_B}{_MONEY}", re.IGNORECASE)
_LEAST = compiled(
    rf"(?:\b(?:at least|no less than|not less than|minimum of|min|from|reach(?:ed|es)?|hit|hits)|>=|≥)\s*{_A}{_MONEY}(?:\s+(?:or more|and up|upwards))?",
    re.IGNORECASE,
)
_OR_MORE = compiled(
    rf"{_A}{_MONEY}\s*(?:or more|and (?:up|above|over)|plus\b|\+|or (?:above|over|higher|larger|bigger))", re.IGNORECASE
)
_MOST = compiled(
    rf"(?:\b(?:at most|no more than|not more than|up to|maximum of|max)|<=|≤)\s*{_A}{_MONEY}", re.IGNORECASE
)
_OR_LESS = compiled(rf"{_A}{_MONEY}\s*(?:or (?:less|under|below|cheaper|lower)|and (?:under|below))", re.IGNORECASE)
_MORE = compiled(
    rf"(?:\b(?:over|above|more than|exceeding|exceeds?|exceeded|surpass(?:ed)?|greater than|bigger than|larger than|higher than|upwards of"
    rf"|north of|in excess of|costing more than|beyond|topp(?:ed|ing)"
    rf"|(?:r[au]n|running|went|go(?:es|ne|ing)?|c[ao]me|got|gets?)(?: to| out)? past"
    rf"|(?:past|broke|breaking|crossed|crossing) the|(?:{_PAID}) past"
    rf"|(?:(?:pass|cross|break)(?:e[sd])?|(?:first|ever|finally) top)(?: the)?(?= ?[{_SIGNS}]?\d{{2}}))"
    rf"|>)(?:\s*{_THE}|(?<=over|bove)-){_A}{_NO_AGES}{_MONEY}(?:\s+mark\b)?",
    re.IGNORECASE,
)
_LESS = compiled(
    rf"(?:\b(?:under|below|sub(?=-)|less than|fewer than|smaller than|cheaper than|lower than|south of|costing less than)|<)"
    rf"(?:\s*{_THE}|-){_A}{_NO_AGES}{_MONEY}(?:\s+mark\b)?",
    re.IGNORECASE,
)
_EXACT = compiled(
    r"\b(?:payment|charge|purchase|transaction|transfer|debit|entry|bill|withdrawal|deposit|donation|fee|fine|invoice|refund)"
    rf"\s+of\s+(?P<i>{_DIGITS})(?![\d.])"
    rf"|\b(?:of|for|exactly|worth)\s+{_A}(?P<money>{_MONEY})"
    rf"|\b(?:pay|paid|charged?|cost|received?|sent|send|transferred)\s+(?:(?:me|us|him|her|them)\s+)?(?P<f>{_DIGITS})\s?(?:[{_SIGNS}]|{COINS}|(?-i:[A-Z]{{3,5}}\b))|(?P<c>[{_SIGNS}]\s?{_DIGITS})|\bthat\s+(?P<d>{_DIGITS})\b"
    rf"|\b(?P<e>{_DIGITS})\s+(?=(?:payment|charge|purchase|transaction|transfer|debit|entry|bill|withdrawal|deposit)\b(?! plans?\b))"
    rf"|\b(?P<g>{_DIGITS})\s?(?:[{_SIGNS}]|{COINS}"
    rf"|(?-i:[A-Z]{{3,5}}\b))\s+(?=(?:payment|charge|purchase|transaction|transfer|debit|entry|bill|withdrawal|deposit"
    rf"|thing|order|expense|fee|fine|invoice)\b)"
    rf"|\b(?:costs?|pay|paid|charged?|billed|debited|invoiced|took|asked|(?:bill|debit|invoice|take|ask)(?= (?:me|us|him|her|them)\b))"
    rf"\s+(?:(?:me|us|him|her|them)\s+)?(?P<h>{_DIGITS})(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_REACHED = compiled(
    rf"\b(?:since when\b[^?]*?|when did\b[^?]*? (?:go(?: up| down)?|rise|climb|drop|fall|increase|change|become)(?: to)?)\s+"
    rf"(?P<a>{_NUMBER})(?=\W*$|{_MONEY}\W*$|{_MONEY} (?:an?|per|each|every|for|in)\b)"
    rf"|\bsince when (?:do|did|have|are) (?:i|we) (?:been )?pay(?:ing)?\s+(?P<c>{_NUMBER})",
    re.IGNORECASE,
)
_NEAR = compiled(
    rf"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|nearly|almost|some|something like)\s+|~\s?)"
    rf"(?P<a>(?:[{_SIGNS}]\s?){_DIGITS}|{_DIGITS}(?=\s?(?:[{_SIGNS}]|{COINS}|"
    rf"(?-i:[A-Z]{{3}}\b)|(?:thing|payment|charge|purchase)\b)))"
    rf"|(?P<c>(?:[{_SIGNS}]\s?)?{_DIGITS})[ -]?ish\b",
    re.IGNORECASE,
)
ROUGHLY = Decimal("0.1")  # of an amount that was only said about
_NOT_AMOUNTS = compiled(
    r"\s*(?!(?P<row>\w+) by (?P=row)\b)(?:%|percent|years?|months?|weeks?|days?|quarters?|times?|hours?|entries|transactions|payees?|people|members|shares?|units?"
    r"|coins?|biggest|largest|latest|items|purchases|visits|categor|accounts|restaurants|shops|places"
    r"|payments|charges|bills|invoices|debits|postings?|bookings|donations|trips?|tickets?|meals)\b",
    re.IGNORECASE,
)

_PAYMENT = compiled(r"\s*(?:payment|charge|bill|invoice|debit)\b", re.IGNORECASE)
# "The payment of 50 in May", "exactly 50": an amount, though no money is said.
_OF_AMOUNT = compiled(
    r"\b(?:(?:payment|charge|bill|invoice|debit|transfer|withdrawal|deposit|transaction|purchase|fee|fine|expense|receipt"
    r"|amount|sum|cheque|check|booking|entry)s? of(?: exactly)?|exactly)\s*$",
    re.IGNORECASE,
)
_SAID_SO = compiled(
    r"\W*(?:$|[,;.?!)]|\b(?:in|on|from|to|at|last|this|since|during|over|with|was|is|that|made|booked|dated)\b)"
)

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "dozen": 12, "few": 3, "couple": 2,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBER_WORDS)})"
_SUPERLATIVE = (
    "top|heaviest|biggest|largest|highest|most expensive|priciest|dearest|costliest|greatest|smallest|cheapest|lowest"
    "|least expensive|bottom|latest|most recent|newest|last|first|earliest|oldest|recent"
)
_LIMITS = (
    compiled(
        rf"\b(?:top|bottom|biggest|largest|highest|lowest|dearest|cheapest|smallest|priciest|most expensive)\s+{_COUNT}\s"
        r"(?=(?:day|week|month|quarter|year)s\b)",
        re.IGNORECASE,
    ),
    compiled(
        rf"\b(?<!\bevery )(?<!\beach )(?:{_SUPERLATIVE})\s+{_COUNT}\b(?!\s*(?:%|percent|day|week|month|quarter|year|hour)s?\b)",
        re.IGNORECASE,
    ),
    compiled(rf"\b{_COUNT}\s+(?:of\s+(?:my|our|the)\s+)?(?:{_SUPERLATIVE})\b", re.IGNORECASE),
    compiled(
        rf"\b(?:which|what)\s+{_COUNT}\b(?=\s+[a-z]{{3,}}s\b.*\b(?:most|least|best|worst|biggest|highest|lowest)\b)",
        re.IGNORECASE,
    ),
)
_WHICH_FEW = compiled(  # "the three shops that got most"
    rf"\b(?:the|which|what|my|our)\s+{_COUNT}\s+(?=[a-z-]{{3,}}s\b[\w' ,]*\b(?:most|least)\b)", re.IGNORECASE
)
_NEARLY = compiled(rf"\b{_COUNT}\s+(?:of\s+(?:my|our|the)\s+)?(?P<cue>[a-z]{{5,}})\b", re.IGNORECASE)
_SUPERLATIVES = frozenset(_SUPERLATIVE.split("|"))


@dataclass(frozen=True)
class Bounds:
    """Limits of an amount without its sign; `spans` are the words that state them.

    `reached`: the first time is asked for that it came to just so much.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    inclusive: bool = False
    spans: tuple[Span, ...] = ()
    reached: bool = False


def find_bounds(text: str, taken: Sequence[Span]) -> Bounds:
    """As in "over $125", "at least 50", "between 20 and 30 EUR", "that 3130": what amounts are asked for.

    `taken` are the spans of periods, whose numbers are no amounts.  A strict and an inclusive bound together count
    as inclusive.
    """
    if match := _first(_REACHED, text, taken):  # "since when is it 43.20": just so much
        name = "a" if match["a"] else "c"
        number = _number(match[name])
        return Bounds(number, number, inclusive=True, spans=(match.span(name),), reached=True)
    match = _first(_BETWEEN, text, taken)
    if match:
        low, high = sorted((_number(match["a"]), _number(match["b"])))
        return Bounds(low, high, inclusive=True, spans=(match.span(),))
    rules = (
        (_LEAST, "low", True),
        (_OR_MORE, "low", True),
        (_MOST, "high", True),
        (_OR_LESS, "high", True),
        (_MORE, "low", False),
        (_LESS, "high", False),
    )
    found: dict[str, tuple[Decimal, bool, Span]] = {}
    for pattern, side, inclusive in rules:
        match = _first(pattern, text, taken)
        if match and side not in found:
            found[side] = (_number(match["a"]), inclusive, match.span())
    if found:
        low_side, high_side = found.get("low"), found.get("high")
        return Bounds(
            low_side[0] if low_side else None,
            high_side[0] if high_side else None,
            any(inclusive for _, inclusive, _ in found.values()),
            tuple(span for _, _, span in found.values()),
        )
    return _nearly(text, taken) or _exact(text, taken)


def _nearly(text: str, taken: Sequence[Span]) -> Bounds | None:
    """As in "about 40 euros", "45-ish": within a tenth."""
    match = _first(_NEAR, text, taken)
    if not match:
        return None
    number = _number(match["a"] or match["c"])
    return Bounds(number * (1 - ROUGHLY), number * (1 + ROUGHLY), inclusive=True, spans=(match.span(),))


def _exact(text: str, taken: Sequence[Span]) -> Bounds:
    """An amount by itself, if it is marked as one."""
    match = _first(_EXACT, text, taken)
    if not match:
        return Bounds()
    bare = (
        match["a"] is not None
        and not (match["money"] or "").strip()
        and "." not in match["a"]
        and not any(sign in match["a"] for sign in _SIGNS)
        and not (_OF_AMOUNT.search(text[: match.start("a")]) and _SAID_SO.match(text, match.end()))
    )
    if bare:
        return Bounds()
    number = _number(next(match[name] for name in ("a", "c", "d", "e", "f", "g", "h", "i") if match[name]))
    return Bounds(number, number, inclusive=True, spans=(match.span(),))


def _first(pattern: re.Pattern[str], text: str, taken: Sequence[Span]) -> re.Match[str] | None:
    for match in pattern.finditer(text):
        said = next(name for name in ("a", "c", "d", "e", "f", "g", "h", "i") if match.groupdict().get(name))
        one = match[said].strip() == "1" and _PAYMENT.match(text, match.end(said))  # "more than one payment"
        counted = one or _NOT_AMOUNTS.match(text, match.end())
        counts = bool(counted) and text[match.start(said) - 1 : match.start(said)] != "-"  # not so "over-100 payments"
        if not _overlaps((match.start(said), match.end()), taken) and not counts:
            return match
    return None


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _number(written: str) -> Decimal:
    digits = re.sub(r"[^\d.]", "", written).strip(".")
    factor = 1
    if re.search(r"(?:k|thousand)$", written.strip(), re.IGNORECASE):
        factor = 1000
    elif re.search(r"(?:m|million)$", written.strip(), re.IGNORECASE):
        factor = 1_000_000
    try:
        return Decimal(digits) * factor
    except InvalidOperation:
        return Decimal(0)


def find_limit(text: str, taken: Sequence[Span]) -> tuple[int, Span] | None:
    """How many rows "top five", "last 3" or "the ten biggest" ask for, and which words say so."""
    misspelt = (found for found in _NEARLY.finditer(text) if corrected(fold(found["cue"])) in _SUPERLATIVES)
    few = _WHICH_FEW.finditer(text)
    for match in (*(found for pattern in _LIMITS for found in pattern.finditer(text)), *misspelt, *few):
        if not _overlaps(match.span(), taken):
            word = match["count"].lower()
            count = int(word) if word.isdigit() else _NUMBER_WORDS[word]
            if 0 < count < 1900:
                return count, match.span()
    return None


_ORDINAL = compiled(
    r"\b(?P<nth>second|2nd|third|3rd|fourth|4th|fifth|5th)[- ](?:(?:most|least) (?:expensive|costly|frequent|recent)"
    r"|(?:biggest|largest|highest|heaviest|dearest|priciest|costliest|smallest|cheapest|lowest|latest|newest|oldest"
    r"|earliest|best|worst)\b)"
    r"|\b(?P<last>second|third)[- ]to[- ]last\b|\b(?P<but>penultimate|last but one|next to last)\b"
    r"|\b(?P<before>(?!(?:day|week|weekend|month|quarter|year|night|summer|winter|spring|autumn|christmas)\b)[a-z]+)"
    r" before (?:the )?last\b(?! [a-z])"
)
_PLACES = {"second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4}


def passed_over(folded: str) -> int:
    """How many rows come before the one that is meant: 1 for "the second biggest", "the last but one".

    >>> passed_over("the third cheapest flight")
    2
    """
    found = _ORDINAL.search(folded)
    if not found:
        return 0
    return _PLACES[found["nth"] or found["last"] or "second"]


def number_of(written: str) -> int | None:
    """The count that a digit or a word for a number says; None where it says none."""
    word = written.strip().lower()
    count = int(word) if word.isdigit() else _NUMBER_WORDS.get(word, 0)
    return count if 0 < count < 1900 else None
