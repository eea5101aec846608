"""One currency that a question keeps to ("pounds only", "the franc side"), or several to be told each by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase

_LEAVING: Final = r"(?:ignor|leav|skipp?|dropp?|exclud|disregard|forgett?|omitt?)(?:e|ing)?(?: about| out)?"
_ARTICLE: Final = r"(?:(?:the|my|our|your) )?"
_ONLY: Final = compiled(
    r"\b(?:and |but )?(?:(?:count(?:ing)?|take|taking|show(?:ing)?|include|including|in|with|for) )?"
    r"(?:(?:just|only|solely) (?:in |the |those in |what is in )*(?P<after>[^\W\d_]{2,})"
    r"(?: (?:ones?|part|side|amounts?|figures?))?"
    r"|(?:in )?(?:the )?(?P<before>[^\W\d_]{2,}) (?:only|alone|amounts only))\b"
    r"|\b(?:just |only )?(?:the )?(?P<part>[^\W\d_]{2,}) (?:side|part|half|portion|entries|bookings|figures|ones)\b"
    r"|\b(?:with |in |of |show(?:ing)? )?(?:the )?(?P<alone>[^\W\d_]{2,})(?: (?:ones?|part|side|amounts?|figures?))?"
    r"(?: and|,) (?:nothing (?:else|but)|no other (?:currency|money)|none of the (?:other|rest))"
    r"(?: (?:in|of) (?:it|them|there))?\b"
    rf"|\b{_LEAVING} (?:anything|everything|all|whatever|what|those|any|the ones)(?: (?:that|which))?"
    r"(?: (?:is|was|were|are|isn|wasn|aren|weren))?(?:['’]?t| not)(?: booked| paid)? in (?:the )?"
    r"(?P<not_but>[^\W\d_]{2,})(?: out)?\b"
    r"|\b(?P<kind>[^\W\d_]{2,})(?= (?:costs|expenses|spending|outgoings|income|earnings|payments)\b)"
    r"|(?:(?<=how much )|(?<=all the )|(?<=all of the ))(?P<of>[^\W\d_]{2,})"  # "how much naira went to her"
    r"(?= (?:did|do|does|have|has|went|goes|gone|came|comes|i|we|my|our|spent|paid|earned|received)\b)"
    r"|, (?:(?:the )?amounts? in )?(?P<last>[^\W\d_]{2,})(?=[\s?!.]*$)",  # "rent since May, pounds"
    re.IGNORECASE,
)
# "The euro ones as well", "also the euro ones": nothing is kept to.
_ADDED: Final = compiled(r"\W*(?:as well|too|also|included|incl\b|alike|and all)\b", re.IGNORECASE)

_SIDES: Final = (
    rf"{_ARTICLE}(?P<one>[^\W\d_]{{2,}})(?: (?:ones?|part|side|amounts?|bits?))?(?: and| from| with|,| ?/) ?"
    rf"{_ARTICLE}(?P<two>[^\W\d_]{{2,}})(?: (?:ones?|part|side|amounts?|bits?))?"
)
_SUM_EACH: Final = (
    r"(?:[,;:.]? (?:and )?(?:(?:give|show) me )?(?:one|a) (?:separate )?"
    r"(?:sum|figure|total|number|line|amount)(?: for)? (?:each|apiece)\b)?"
)
_MONEY: Final = r"(?: (?:money|cash|dollars?|francs?|pounds?|crowns?))?"
_APART: Final = (
    compiled(
        rf"\b(?:(?:keep|keeping|leave|leaving|with|show|list|split(?: into)?|but|and) )?{_SIDES}"
        r" (?:(?:kept|shown|listed|told|split|as|each|all) )*(?:apart|separate(?:ly)?|seperate(?:ly)?|side by side"
        rf"|on their own)\b{_SUM_EACH}",
        re.IGNORECASE,
    ),
    compiled(
        r"\b(?:do ?n['’]?t|do not|never|without) (?:mix|lump|blend|merge|combin|muddl|add)(?:e|ing)?(?: up| together)? "
        rf"{_SIDES}(?: together| up)?\b{_SUM_EACH}",
        re.IGNORECASE,
    ),
    compiled(
        rf"(?<=\bhow much )in (?:the )?(?P<one>[^\W\d_]{{2,}}){_MONEY}"
        rf" and (?:how much )?in (?:the )?(?P<two>[^\W\d_]{{2,}}){_MONEY}\b",
        re.IGNORECASE,
    ),
)


def monies_apart(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Where the text says that two currencies are to be told each by itself ("keep the euros and pounds apart")."""
    found = (match for pattern in _APART for match in pattern.finditer(text))
    return tuple(
        match.span() for match in found if _is_money(match["one"], vocabulary) and _is_money(match["two"], vocabulary)
    )


def one_money(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Where the text keeps to one currency of the ledger, with all the words that say so."""
    return tuple(match.span() for match in _of_money(text, vocabulary) if not _ADDED.match(text, match.end()))


def also_money(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Where the text says that a currency counts as well ("the euro ones too"), which all of them do anyway."""
    return tuple(match.span() for match in _of_money(text, vocabulary) if _ADDED.match(text, match.end()))


def _of_money(text: str, vocabulary: Vocabulary) -> list[re.Match[str]]:
    named = ("after", "before", "part", "kind", "of", "last", "alone", "not_but")
    return [each for each in _ONLY.finditer(text) if any(each[n] and _is_money(each[n], vocabulary) for n in named)]


def as_money(
    phrases: Sequence[Phrase], spans: Sequence[tuple[int, int]], tokens: Sequence[Token]
) -> tuple[Phrase, ...]:
    """The phrases with what stands there read as the currency, though an account be called so as well."""
    result = []
    for phrase in phrases:
        option = phrase.of_kind("currency")
        inside = any(start <= tokens[phrase.start].start and tokens[phrase.end - 1].end <= end for start, end in spans)
        result.append(replace(phrase, options=(option,), weak=False) if inside and option else phrase)
    return tuple(result)


def _is_money(word: str, vocabulary: Vocabulary) -> bool:
    called = (word, f"{word} dollars", f"{word} francs")  # "how much in Canadian money"
    codes = (word.upper(), *(code for each in called for code in lexicon().currencies.get(stems(fold(each)), ())))
    known = vocabulary.commodities
    return any(code in known and not known[code].held_at_cost for code in codes)
