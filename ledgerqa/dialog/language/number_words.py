"""Amounts in words: "over two hundred", "between fifty and a hundred", "more than a fiver", put into figures.

Only where words before them make them a limit or an amount of money: names keep their words ("Fifty Fifty Café").
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ledgerqa.patterns import compiled

_ONES: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WHOLE: Final = {"fiver": 5, "tenner": 10, "twenty-note": 20, "ton": 100}
_TIMES: Final = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_PLURAL: Final = r"(?:hundreds|thousands)\b"
_WORD: Final = rf"(?:{'|'.join((*_ONES, *_WHOLE, *_TIMES))})"
NUMBER: Final = (
    rf"(?:(?:an?|half an?|a couple(?: of)?) )?(?:\d+(?:\.\d+)? )?{_WORD}(?:(?:[ -]| and )(?!{_PLURAL}){_WORD}\b)*"
)
_LIMIT: Final = (
    r"over|above|more than|exceed(?:ing|s|ed)?|(?:greater|bigger|larger|higher) than|upwards of|in excess of|beyond"
    r"|under|below|less than|fewer than|(?:smaller|cheaper|lower) than|at least|at most|no more than|not more than"
    r"|up to|minimum of|maximum of|about|around|roughly|exactly"
)
_LIMITED: Final = compiled(rf"\b(?P<before>(?:{_LIMIT})) (?P<number>{NUMBER})(?!\w)", re.IGNORECASE)
COINS: Final = (
    r"(?:dollars?|euros?|pounds?|pesos?|bucks|quid|yen|francs?|kr|kron(?:or|er|ur|e|a)|crowns?|rupees?|reais|rand"
    r"|zlot(?:y|ys))\b"
)
_LIMITED_AFTER: Final = compiled(
    rf"\b(?P<number>{NUMBER})(?P<after>(?: {COINS})? (?:or|and) (?:more|less|over|under|above|below|up|upwards)\b)",
    re.IGNORECASE,
)
_BETWEEN: Final = compiled(
    rf"\b(?P<word>between|from) (?P<low>{NUMBER}|\d+(?:\.\d+)?)"
    rf" (?P<and>and|to) (?P<high>{NUMBER}|\d+(?:\.\d+)?)(?!\w)",
    re.IGNORECASE,
)
# What is counted so is no amount: "over two years", "more than three of us".
_COUNTED: Final = compiled(
    r" (?:years?|months?|weeks?|days?|quarters?|visits?|entries|people|shops|of (?:us|them))\b",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """The text with amounts in words as figures.

    >>> in_figures("anything over two hundred and fifty pounds?")
    'anything over 250 pounds?'
    >>> in_figures("what cost more than a grand or half a million")
    'what cost more than 1000 or half a million'
    >>> in_figures("every bill of a thousand pounds or more")
    'every bill of 1000 pounds or more'
    """

    def limited(match: re.Match[str]) -> str:
        counted = _COUNTED.match(text, match.end())
        return match.group() if counted else f"{match['before']} {_figure(match['number'])}"

    def between(match: re.Match[str]) -> str:
        if _COUNTED.match(text, match.end()) or not re.search("[a-z]", match["low"] + match["high"], re.IGNORECASE):
            return match.group()
        return f"{match['word']} {_figure(match['low'])} {match['and']} {_figure(match['high'])}"

    text = _LIMITED_AFTER.sub(lambda match: _figure(match["number"]) + match["after"], _BETWEEN.sub(between, text))
    return _LIMITED.sub(limited, text)


def _figure(words: str) -> str:
    """The number that is written so; whole numbers without a point."""
    if not re.search("[a-z]", words, re.IGNORECASE):
        return words
    total = current = Decimal(0)
    for word in re.findall(r"[a-z]+|\d+(?:\.\d+)?", words.lower()):
        if word in _TIMES:
            current = (current or Decimal(1)) * _TIMES[word]
            if _TIMES[word] >= 1000:
                total, current = total + current, Decimal(0)
        elif word == "couple":
            current = Decimal(2)
        elif word == "half":
            current = Decimal("0.5")
        else:
            current += _ONES.get(word) or _WHOLE.get(word) or (Decimal(word) if word[0].isdigit() else 0)
    return f"{(total + current).normalize():f}"
