"""Text as comparable words: folded case and accents, names split where people would put a space, plural stems.

A question and a ledger spell the same thing in different ways ("member dues", `MemberDues`, "MEMBER-DUES").  Both
sides pass through here, so that later stages compare stems only.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ledgerqa.patterns import compiled

# Scripts that put no space between words: a run of them is one token, and is compared by containment.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0e7f\u3005\u303b"
_UNSPACED_RUN = compiled(f"[{_UNSPACED}]+")
_TOKEN = compiled(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*|[$€£¥₹₽₿]")
# Over the shape of a name (U upper, l lower, d digit, c unspaced script): "FlashForge3DPrinter" -> Flash Forge 3D
# Printer; "PreTax401k" -> Pre Tax 401k; "XMLFeed" -> XML Feed.
_NAME_PARTS = compiled("c+|d+U(?!l)|d+l{1,2}(?!l)|d+|U+(?!l)|U?l+|U")
_MARKS = compiled("[\u0300-\u036f]")  # Latin, Greek and Cyrillic accents; Japanese sound marks stay
_SHORTEST_STEMMED = 4
_ENDINGS = (
    "ships", "ship", "ments", "ment", "ations", "ation", "ions", "ion", "ings", "ing", "ists", "ist", "ers", "ors",
    "ungen", "ung",
    "er", "or", "ics", "ic", "ies", "ied", "ed", "es", "al", "y", "e", "s",
)  # fmt: skip
_SHORTEST_ROOT = 5
_CHILDREN, _CHILD = "children", "child"  # grandchildren and stepchildren, too


@dataclass(frozen=True)
class Token:
    """A word of the question: as written, folded, stemmed, and where it stands (character offsets)."""

    text: str
    fold: str
    stem: str
    start: int
    end: int

    @property
    def unspaced(self) -> bool:
        """Whether it is of a script without spaces, to be compared by containment."""
        return bool(_UNSPACED_RUN.fullmatch(self.text))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Without case, accents and width: "Árvíz" -> "arviz", "ｴｼﾞｿﾝ" -> "エジソン"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its plural or possessive: "companies" -> "company", "giacomo's" -> "giacomo"."""
    word = word.replace("’", "'")
    word = word.removesuffix("'s")
    word = word.replace("'", "")
    if len(word) < _SHORTEST_STEMMED or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_STEMMED:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith(_CHILDREN):
        return word.removesuffix(_CHILDREN) + _CHILD
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def root(stemmed: str) -> str:
    """What a family of words shares: photographer, photography -> "photograph".  Weaker evidence than a stem."""
    if not stemmed.isascii():
        return stemmed
    for ending in _ENDINGS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= _SHORTEST_ROOT:
            return stemmed[: -len(ending)]
    return stemmed


_NUMBERS = (
    ("oe", "ao"),
    ("ae", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("n", "m"),
    ("en", ""),
    ("x", ""),
    ("re", "r"),
)  # endings of plurals, as stems have them, and what stands there in the singular
_SHORTEST_INFLECTED = 5
BEGINNING = 2  # letters that two of one word share: no ending is longer than three
_VOWELS = "aeio"


def inflected(one: str, other: str) -> bool:
    """Whether two stems may be one word in two numbers or genders, as Italian, Portuguese, French and Dutch write them.

    >>> inflected("bolletta", "bollette"), inflected("doacao", "doacoes"), inflected("boek", "rente")
    (True, True, False)
    """
    if min(len(one), len(other)) < _SHORTEST_INFLECTED or one == other:
        return False
    if len(one) == len(other) and one[:-1] == other[:-1] and one[-1] in _VOWELS and other[-1] in _VOWELS:
        return True
    return any(
        many.endswith(plural) and many.removesuffix(plural) + single == each
        for plural, single in _NUMBERS
        for each, many in ((one, other), (other, one))
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of a text in order; punctuation is left out but shows in the offsets."""
    tokens = []
    for match in _TOKEN.finditer(text):
        folded = fold(match.group())
        tokens.append(Token(match.group(), folded, stem(folded), match.start(), match.end()))
    return tuple(tokens)


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a free text (a payee, a narration, a phrase)."""
    return tuple(stem(fold(match.group())) for match in _TOKEN.finditer(text))


@lru_cache(maxsize=65536)
def name_stems(name: str) -> tuple[str, ...]:
    """The stems of a compound name (an account's component, a tag, a metadata key)."""
    name = unicodedata.normalize("NFKC", name)
    shape = "".join(map(_shape, name))
    return tuple(stem(fold(name[match.start() : match.end()])) for match in _NAME_PARTS.finditer(shape))


def _shape(character: str) -> str:
    if _UNSPACED_RUN.match(character):
        return "c"
    if character.isupper():
        return "U"
    if character.isalpha():
        return "l"
    return "d" if character.isdigit() else "-"


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Folded letters and digits alone: "HOME DEPOT" and "HomeDepot" -> "homedepot"."""
    return "".join(character for character in fold(text) if character.isalnum())


def unaccented(folded: str) -> str:
    """Folded text as DuckDB's strip_accents() leaves it: without any combining mark, those of Japanese included."""
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFD", folded)
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def is_plural(phrase: str) -> bool:
    """Whether the last word of a phrase is a plural: "restaurants", but not "bonus" or "the boss's"."""
    last = fold(phrase.rsplit(maxsplit=1)[-1]) if phrase.split() else ""
    return "'" not in last and stem(last) != last


def is_unspaced(text: str) -> bool:
    """Whether the text is of a script without spaces throughout."""
    return bool(_UNSPACED_RUN.fullmatch(text))


_ENDING = compiled(r"(?<=[a-z]{3})(?:ings?|ied|ies|ed|ships?|ments?|als?|e|y)$")


def are_forms(one: str, other: str) -> bool:
    """Whether two stems are of one word, as "apply" and "applied" are, "renewing" and "renewal"."""
    return one == other or _ENDING.sub("", one) == _ENDING.sub("", other)
