"""Times that an English question tells in another language: "how much essence en mai", "… cost us letzten Monat".

People whose books are kept in one language and who ask in another mix the two.  Of a question whose frame is English
only the times are turned: they come in few words that mean nothing else, where a preposition or an article of another
language may be of a name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Collection

_UNITS: Final = frozenset(
    "month months year years week weeks quarter quarters weekend summer autumn winter spring january february march"
    " april may june july august september october november december christmas easter".split()
)
_BESIDE: Final = frozenset("in on at since last this next the previous until of first second half before ago".split())
_GROUP: Final = "\\1"
# By which names are joined as well, and what a year may be counted by ("Cinco de Mayo", "par mois").
_OF: Final = frozenset("de d di do da dal del du des von vom pour per por para fur fuer van voor".split())
_SHORT: Final = frozenset("mai mei ete".split())  # last words that are whole; others so short are abbreviations
_SHORTEST: Final = 4
# Months of one word that neither English nor a person is called by.
_MONTHS: Final = frozenset(
    "januar februar marz maerz oktober dezember janvier fevrier juillet septembre octobre decembre enero febrero"
    " septiembre octubre noviembre diciembre gennaio febbraio giugno luglio settembre ottobre dicembre janeiro"
    " fevereiro setembro outubro dezembro januari februari augustus".split()
)
# Those that are called so, or are other words: months after a word for when only ("in Mai").
_NAMES: Final = {
    "may": "mai mayo maggio maio mei",
    "june": "juni juin junio giugno junho",
    "july": "juli juillet julio luglio julho",
    "march": "marzo maart",
    "april": "avril abril aprile",
    "august": "aout août agosto",
    "november": "novembre",
}
_IN: Final = "|".join(rf"(?<=\b{each} )" for each in "in since until till during last seit depuis".split())
_MONTHS_NAMED: Final = tuple(
    (compiled(rf"(?:{_IN})(?i:{'|'.join(names.split())})(?![\w'’-]| [A-Z])"), month) for month, names in _NAMES.items()
)
_GROUPED: Final = compiled(r"(?<![\w.,/-])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\w,/-]|\.\w)")
_DECIMAL: Final = compiled(r"(?<![\w.,/-])\d+,\d{2}(?![\w,/-]|\.\w)")
_BEFORE: Final = (
    (compiled(r"(?<![\w-])(?:seit|depuis|desde|sinds)(?: (?:le|el|o|de|dem))? (?=\ue000)", re.IGNORECASE), "since "),
    (compiled(r"(?<![\w-])(?:bis|jusqu['’](?:en|a|à|au)|hasta) (?=\ue000)", re.IGNORECASE), "until "),
)


@lru_cache(maxsize=4096)
def tells_time(english: str) -> bool:
    """Whether what a line of a language puts into English is a time and nothing else."""
    words = english.replace(_GROUP, " ").split()
    return not _UNITS.isdisjoint(words) and set(words) <= _UNITS | _BESIDE


def is_of_its_own(taken: str) -> bool:
    """Whether what a line takes is a time by itself: two words or more, and not what also joins a name; or a month."""
    words: list[str] = re.findall(r"\w+", taken)
    match words:
        case [] | [_]:
            return not _MONTHS.isdisjoint(words)
        case [first, last] if first in _OF:  # "de mayo", but not "del mes pasado"
            return False
        case [*_, last]:
            return len(last) >= _SHORTEST or last in _SHORT
        case _:
            return False


def with_months(text: str, kept: Collection[tuple[int, int]]) -> str:
    """The text with months in English that other words are as well, where a word for when stands before them."""
    for pattern, english in _MONTHS_NAMED:
        match = pattern.search(text)
        if match and not any(start <= match.start() < end for start, end in kept):
            text = text[: match.start()] + english + text[match.end() :]
    return text


def plain_figures(text: str, *, comma: bool) -> str:
    """Amounts as English writes them: "1.000 €" is a thousand, and "99,90 €" less than a hundred.

    Without a sign for money only where the question is put in a language that writes them so (`comma`).

    >>> plain_figures("expenses over 1.500,50 €", comma=False)
    'expenses over 1500.50 €'
    """
    for pattern in (_GROUPED, _DECIMAL):
        text = pattern.sub(lambda found: _plain(found) if comma or _is_money(found) else found[0], text)
    return text


def _plain(found: re.Match[str]) -> str:
    return found[0].replace(".", "").replace(",", ".")


def _is_money(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :]
    return before.endswith("€") or re.match(r"\s?(?:€|eur\b|euros?\b)", after, re.IGNORECASE) is not None


def led_in(text: str) -> str:
    """The text with what leads to a time that was turned in English as well ("seit", "jusqu'en")."""
    for pattern, english in _BEFORE:
        text = pattern.sub(english, text)
    return text
