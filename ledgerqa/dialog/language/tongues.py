"""Questions in other languages than English: their frame put into English, their names left as they are.

How a question is put ("wie viel habe ich für … ausgegeben") comes in few words; what it is about is named as the
ledger names it, or by a word that the synonyms know in several languages.  So only the frame is turned, by the
lines of `tongue_*.toml`, and the rest of the planner reads one language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.dialog.language.mixed_tongues import is_of_its_own, led_in, plain_figures, tells_time, with_months
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.lists import read_list
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Span = tuple[int, int]
    Line = tuple[re.Pattern[str], str]
    Names = Callable[[str], Iterable[Span]]

_LANGUAGES: Final = ("de", "fr", "es", "it", "pt", "nl")
# Small words that tell English; those that another language has too tell nothing beside its others.
_ENGLISH: Final = frozenset(
    "how what what's whats much many did does the my our spend spent spending show which where when who for with of is"
    " are were from and between since last this by to month months week weeks year years paid each every that than"
    " there have biggest latest".split()
)
# Small words that English has as well: by themselves they tell no other language ("price of gold over 2023").
_SHARED: Final = frozenset("of over was is we per me a i on in no so an as do die all am war had".split())
_ENOUGH = 2  # different small words of a language, from which a text without an English one is in it
_FEW = 2  # English words that a question in another language may have
_SURE = 1000
_TURNED = "\ue000"  # stands for a piece that is English already, so that later lines leave it alone
_MOST_PIECES = 200
_GROUP = "\\1"  # what the pattern's one group took stays in the question's language, for later lines
_MONTHS = "<months>"  # the line that stands for a line for each month


@dataclass(frozen=True)
class Tongue:
    """One language: the words by which it is known, and its lines."""

    name: str
    sure: str
    likely: frozenset[str]
    lines: tuple[tuple[str, str], ...]
    shared: frozenset[str] = frozenset()  # words that it has in common with English
    figures: tuple[tuple[str, str], ...] = ()

    @cached_property
    def known_by(self) -> re.Pattern[str]:
        """A word that no other language would say so."""
        return compiled(rf"(?<!\w)(?:{'|'.join(self.sure.split(chr(10)))})(?!\w)")

    def likeness(self, folded: str, words: frozenset[str]) -> int:
        """How many different signs of this language a folded text bears; a sure word counts for all.

        None where it has an English word that is none of this language's, but for a few in a question that opens in it
        ("combien did the cat cost us l'année dernière").
        """
        small = len(self.likely & words)
        sure = len(set(self.known_by.findall(folded)))
        english = len(_ENGLISH & (words - self.shared))
        if english and not (self.known_by.match(folded.lstrip("¿¡ ")) and english <= min(sure + small, _FEW)):
            return 0
        told = sure or (small >= _ENOUGH and bool((self.likely & words) - _SHARED))
        return _SURE * sure + small if told else 0

    @cached_property
    def patterns(self) -> tuple[Line, ...]:
        """The lines, compiled at their first use."""
        return tuple(map(_compiled, self.lines))

    @cached_property
    def times(self) -> tuple[Line, ...]:
        """Those of them that tell a time: the few that an English question needs."""
        return tuple(_compiled(line) for line in self.lines if tells_time(line[1]))


def _compiled(line: tuple[str, str]) -> Line:
    pattern, english = line
    return compiled(rf"(?<![\w:-])(?:{pattern})(?:(?<=[\s'-])|(?!\w|:\S))"), english


def in_english(text: str, names: Names | None = None) -> str:
    """The question with its frame in English; as it is where it is English, or in no language that is known.

    `names` tells where names of the ledger stand that have small words in them; they stay as they are.

    >>> in_english("¿Cuánto gasté en comida en marzo de 2023?")
    'how much did i spend on comida in march 2023?'
    """
    tongue = _tongue_of(text)
    text = plain_figures(text, comma=tongue is not None)
    if tongue is None:
        return _with_times(text, names or (lambda _: ()))
    text = _ENDS_IN_YEAR.sub(r"\1\3\2\3", text)
    for word, figure in tongue.figures:
        text = re.sub(rf"\b{word}\b", figure, text, flags=re.IGNORECASE)
    return _turned(text, level(text), tongue.patterns, names(text) if names else ())


_ENDS_IN_YEAR: Final = compiled(
    r"\b(\d{1,2}\.\d{1,2}\.)(\s?(?:bis|-|–|und|al|au|a|tot)(?: zum)?\s?\d{1,2}\.\d{1,2}\.)(\d{4})\b"
)


def language(text: str) -> str | None:
    """The code of the language that a question is put in; None for English and those that are not known."""
    tongue = _tongue_of(text)
    return tongue.name if tongue else None


def says_english(text: str) -> bool:
    """Whether a small word of English stands in the text."""
    return not _ENGLISH.isdisjoint(_small_words(text, level(text)))


def _tongue_of(text: str) -> Tongue | None:
    folded = level(text)
    words = _small_words(text, folded)
    likeness, tongue = max(((each.likeness(folded, words), each) for each in _tongues()), key=lambda pair: pair[0])
    return tongue if likeness else None


def level(text: str) -> str:
    """The text folded character by character, so that places in it are places in the text."""
    return "".join(folded if len(folded := fold(each)) == 1 else each for each in text.replace("’", "'"))


def _small_words(text: str, folded: str) -> frozenset[str]:
    """Its words, but for those written with a capital inside a sentence, which are of names."""
    found = re.finditer(r"\w+(?:'s\b)?", folded)
    shouted = text.isupper()
    return frozenset(
        match.group().replace("ß", "ss")
        for match in found
        if shouted or not match.start() or not text[match.start()].isupper()
    )


def _with_times(text: str, names: Names) -> str:
    """An English question with the times in English that it tells in another language; a name stays as it is."""
    text = with_months(text, tuple(names(text)))
    folded = level(text)
    for tongue in _tongues():
        if any(is_of_its_own(each.group()) for pattern, _ in tongue.times for each in pattern.finditer(folded)):
            return _turned(text, folded, tongue.times, names(text), is_of_its_own)
    return text


def _turned(
    text: str, folded: str, lines: tuple[Line, ...], names: Iterable[Span], takes: Callable[[str], bool] | None = None
) -> str:
    """The text with what the lines take put into English, in their order; `takes` says of what they match what is."""
    pieces: list[str] = []

    def keep(piece: str) -> str:
        pieces.append(piece)
        return f"{_TURNED}{chr(0xE100 + len(pieces) - 1)}"

    def put(span: Span, mark: str) -> None:
        nonlocal text, folded
        start, end = span
        text, folded = text[:start] + mark + text[end:], folded[:start] + mark + folded[end:]

    for start, end in sorted(names, reverse=True):
        put((start, end), keep(text[start:end]))
    named = len(pieces)
    for pattern, english in lines:
        while (match := _first(pattern, folded, takes)) and len(pieces) < _MOST_PIECES:
            before, group, after = english.partition(_GROUP)
            gap = " " if match.group()[-1] in " '-" else ""
            if not group:
                put(match.span(), keep(before + gap))
                continue
            put((match.end(1), match.end()), keep(after + gap))
            if before or match.start() < match.start(1):
                put((match.start(), match.start(1)), keep(before))
    text = led_in(text) if takes else text
    for at in reversed(range(named, len(pieces))):
        text = text.replace(f"{_TURNED}{chr(0xE100 + at)}", pieces[at])
    text = _dated(re.sub(r"\s+", " ", text).replace("¿", "").replace("¡", "").strip())
    for at in reversed(range(named)):  # a year in a name is none: "ohne Optic 2000"
        text = text.replace(f"{_TURNED}{chr(0xE100 + at)}", pieces[at])
    return text


def _first(pattern: re.Pattern[str], folded: str, takes: Callable[[str], bool] | None) -> re.Match[str] | None:
    return next((each for each in pattern.finditer(folded) if takes is None or takes(each.group())), None)


_MONTH = r"january|february|march|april|may|june|july|august|september|october|november|december"


def _dated(text: str) -> str:
    """Months without the prepositions that their pieces bring: "from in june", "31 of in december in 2024"."""
    text = re.sub(r"\b(the|in) (?:the )+(?=\S)", r"\1 the ", text).replace("the the ", "the ")
    text = re.sub(rf"\b(from|to|since|until|between|and|or|at|of|on|before|after) in (?={_MONTH}|q\d)", r"\1 ", text)
    text = re.sub(r"\b(?:in|at|of|from|on)(?: the)? (?=(?:in|at) )", "", text)
    text = re.sub(rf"\b(since|until|from|to|between) (?:at|in) (?={_EDGE}\b)", r"\1 ", text)
    text = re.sub(rf"(?<=\d)(?: of)? in (?={_MONTH})", " ", text)
    text = re.sub(rf"\b({_MONTH}) in (?=\d{{4}}\b)", r"\1 ", text)
    text = re.sub(rf"\b({_MONTH}) until (?=[^,;?!]*\b(?:{_MONTH})\b)", r"\1 to ", text)
    text = re.sub(r"\bfrom ([^,;?!]*?) until (?=\S)", r"from \1 to ", text)
    text = re.sub(rf"\bin ((?:{_MONTH})(?: \d{{4}})? to (?:{_MONTH})\b)", r"from \1", text)
    text = re.sub(r"(?<=€) (?=(?:19|20)\d\d(?![\w./:-]))", " in ", text)
    return _BARE_YEAR.sub(
        lambda each: each.group() if each[1].lower() in _BEFORE_YEARS else f"{each[1]} in {each[2]}", text
    )


_EDGE: Final = "the (?:start|end|middle|first|second|year)"
_BARE_YEAR: Final = compiled(r"(?<!\S)([^\W\d_]+) ((?:19|20)\d\d)(?![\w./:-])")
_BEFORE_YEARS: Final = frozenset(
    f"{_MONTH}|in|of|to|from|since|until|between|and|or|vs|than|by|for|year|fiscal|over|under|after|before".split("|")
)
_UMLAUTS: Final = {"ä": "a", "ö": "o", "ü": "u"}


@lru_cache(maxsize=1)
def _tongues() -> tuple[Tongue, ...]:
    return tuple(_tongue(name) for name in _LANGUAGES)


def _tongue(name: str) -> Tongue:
    table = read_list(f"tongue_{name}")
    parts: dict[str, str] = table.get("parts", {})
    figures = (each.split() for each in table.get("figures", "").split(","))
    return Tongue(
        name,
        "\n".join(_spelt(_filled(line, parts) if "<" in line else line) for line in table["sure"].strip().split("\n")),
        frozenset(spelt for word in table["likely"].split() for spelt in _spellings(word)),
        tuple((_spelt(pattern), english) for pattern, english in _lines(table)),
        frozenset(table.get("shared", "").split()),
        tuple((_as_typed(pair[0]), pair[1]) for pair in figures if pair),
    )


def _spelt(pattern: str) -> str:
    """A pattern over folded text with umlauts as people spell them."""
    return re.sub("[äöü]", lambda match: f"{_UMLAUTS[match.group()]}e?", pattern).replace("ß", "(?:ss|ß)")


def _as_typed(word: str) -> str:
    """A pattern for a word as people type it, not folded."""
    spelt = re.sub("[äöü]", lambda match: f"(?:{match.group()}|{_UMLAUTS[match.group()]}e?)", word)
    return spelt.replace("ß", "(?:ss|ß)")


def _spellings(word: str) -> set[str]:
    """How a word is spelt once it is folded: "für" as "fur" and "fuer"."""
    long = "".join(f"{_UMLAUTS[letter]}e" if letter in _UMLAUTS else letter for letter in word)
    return {fold(word), fold(long)}


def _lines(table: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The lines of a language with its parts and months filled in, in order."""
    months: dict[str, str] = table.get("months", {})
    parts: dict[str, str] = {"month": "|".join(months.values())} | table.get("parts", {})
    lead = parts.pop("month_lead", "")
    found: list[tuple[str, str]] = []
    for line in table["words"].splitlines():
        if line.strip() == _MONTHS:
            found += [(f"(?:{lead})?(?:{name})", f"in {english}") for english, name in months.items()]
        elif "=>" in line:
            pattern, _, english = line.partition("=>")
            found.append((_filled(pattern.strip(), parts), english.strip()))
    return tuple(found)


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda each: f"(?:{parts[each.group(1)]})", pattern)
