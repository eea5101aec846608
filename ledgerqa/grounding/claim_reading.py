"""A sentence taken apart: marks, quotations, names, dates, figures with their currency, and words.

Every character must be accounted for.  What is left over when all parts are taken out (a sign, a join, a slash, a
digit in a place where no figure can stand) makes the sentence unreadable, and what cannot be read is not shown.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.fusion.items import LIKE_A_FIGURE
from ledgerqa.fusion.words import folded
from ledgerqa.grounding.claim_dates import Said, find_dates
from ledgerqa.grounding.claim_words import CURRENCY_WORDS, WEAK, WORD, closed, forms, roles, tokens
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ledgerqa.grounding.claim_words import Role

MARK = compiled(r"\[(\d{1,4}(?:\s*[,–-]\s*\d{1,4})*)\]")
QUOTED = compiled(r"“([^“”]*)”|\"([^\"]*)\"")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CODE = r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]"
_SYMBOL = r"[$€£¥₹]"
_CURRENCY_NAME = r"dollars?|euros?|pounds?|yen"
FIGURE = compiled(
    rf"(?<![\w.,/%$€£¥₹-])(?<![\d\w][+−–—])(?P<sign>[-+−])?(?:(?P<symbol>{_SYMBOL})|(?P<before>{_CODE}) )?"
    rf"(?P<inner>[-−])?(?P<number>{_NUMBER})(?![.,]?\d)"
    rf"(?P<percent> ?%)?(?:\s?(?P<glued>{_SYMBOL})|\s(?P<after>{_CODE}|{_CURRENCY_NAME})(?![\w]|[-'._][A-Z]))?"
    rf"(?![\w%/+*=^-])"
)
LEFT_OVER = compiled(r"[^\s.,;:!()'’‘–—…-]")
DASH = compiled(r"[-–—]")
JOINED = compiled(r"[^\W\d_]-[^\W\d_]")
NO_SIGN = compiled(r".[–—](?!\s*[\d$€£¥₹])")
NEXT_CLAUSE = compiled(r"[.!?;,()–—-] ")
IN_BRACKETS = compiled(r"\(\s*$")


class Kind(enum.Enum):
    """What a part of a sentence is."""

    MARK = enum.auto()
    NAME = enum.auto()
    DATE = enum.auto()
    FIGURE = enum.auto()
    WORD = enum.auto()


@dataclass(frozen=True)
class Part:
    """One part.  `words` are a name's or a word's own; `sign` is that written before a figure."""

    kind: Kind
    start: int
    end: int
    text: str
    words: tuple[str, ...] = ()
    quoted: bool = False
    roles: frozenset[Role] | None = None
    number: Decimal = Decimal(0)
    currency: str = ""
    sign: int = 0
    said: Said | None = None

    @property
    def word(self) -> str:
        """The word without case and accents; "" for other parts."""
        return self.words[0] if self.kind is Kind.WORD else ""


@dataclass(frozen=True)
class Reading:
    """A sentence's parts in their order, the numbers in its marks, and why it cannot be read ("" where it can)."""

    text: str
    parts: tuple[Part, ...]
    marks: tuple[int, ...]
    fault: str = ""

    def of(self, kind: Kind) -> list[Part]:
        """The parts of one kind."""
        return [part for part in self.parts if part.kind is kind]

    @property
    def dates(self) -> list[Said]:
        """The dates, in order."""
        return [part.said for part in self.parts if part.said is not None]

    @property
    def claims(self) -> frozenset[object]:
        """Everything checkable that it says, for telling a repetition."""
        found: set[object] = {(part.number, part.currency, part.sign) for part in self.of(Kind.FIGURE)}
        found.update(said.claim for said in self.dates)
        found.update(part.words for part in self.of(Kind.NAME))
        return frozenset(found)


@dataclass(frozen=True)
class Names:
    """All names that a sentence may bear, and the texts of which they are, by their first word."""

    by_first: dict[str, dict[tuple[str, ...], frozenset[str]]] = field(default_factory=dict)
    currencies: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()

    @staticmethod
    def of(texts: Iterable[str], currencies: Collection[str], labels: Collection[str] = ()) -> Names:
        """The names of these texts, every way to write one; `labels` are periods in words ("last month")."""
        found: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
        for text in dict.fromkeys((*texts, *labels)):
            for form in forms(text):
                same = found.setdefault(form[0], {})
                same[form] = same.get(form, frozenset()) | {text}
        return Names(found, frozenset(currencies), frozenset(labels))

    def knows(self, text: str) -> bool:
        """Whether a quotation is one of the texts, with no sign that the text has not."""
        words = tokens(text)
        texts = self.by_first.get(words[0], {}).get(words, ()) if words else ()
        return any(_signs(text) <= _signs(unicodedata.normalize("NFKC", one)) for one in texts)


class _Page:
    """The text in the reading: what has been taken out is blanked, so that nothing is read twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.free = text
        self.parts: list[Part] = []

    def take(self, part: Part, start: int | None = None) -> None:
        begin = part.start if start is None else start
        self.free = f"{self.free[:begin]}{' ' * (part.end - begin)}{self.free[part.end :]}"
        self.parts.append(part)


def read(sentence: str, names: Names) -> Reading:
    """The sentence taken apart, with the first fault that makes it unreadable."""
    text = " ".join(unicodedata.normalize("NFKC", sentence).replace("\u200b", "\0").split())
    page = _Page(text)
    marks, fault = _marks(page)
    fault = fault or _quotations(page, names)
    _names(page, names)
    _dates(page)
    fault = _figures(page) or fault
    _words(page)
    if left := LEFT_OVER.search(page.free) or _loose_dash(page):
        fault = fault or f"“{left[0]}” stands where it cannot be read"
    if text.endswith("?"):
        fault = "it asks, and states nothing"
    parts = tuple(sorted(page.parts, key=lambda part: part.start))
    return Reading(text, parts, marks, fault)


def _loose_dash(page: _Page) -> re.Match[str] | None:
    """A hyphen that joins no two letters, or a dash before a figure: either may be meant as a sign."""
    for match in DASH.finditer(page.free):
        if not (JOINED if match[0] == "-" else NO_SIGN).match(page.text, max(match.start() - 1, 0)):
            return match
    return None


def _marks(page: _Page) -> tuple[tuple[int, ...], str]:
    numbers: list[int] = []
    for match in MARK.finditer(page.text):
        for piece in match[1].split(","):
            first, _, last = re.sub(r"\s", "", piece).replace("–", "-").partition("-")
            if last and int(last) - int(first) not in range(1000):
                return (), f"the mark {match[0]} cannot be read"
            numbers += range(int(first), int(last or first) + 1)
        page.take(Part(Kind.MARK, match.start(), match.end(), match[0]))
    return tuple(dict.fromkeys(numbers)), ""


def _quotations(page: _Page, names: Names) -> str:
    for match in QUOTED.finditer(page.free):
        content = (match[1] if match[1] is not None else match[2]).strip().rstrip(".,")
        if not names.knows(content):
            return f"quotes “{content}”, which stands in no row"
        page.take(Part(Kind.NAME, match.start(), match.end(), match[0], tokens(content), quoted=True))
    return ""


# -------------------------------------------------------------------------------------------------------- names


def _names(page: _Page, names: Names) -> None:
    """The longest known name at each place, from left to right."""
    found = list(WORD.finditer(page.free))
    at = 0
    while at < len(found):
        known = names.by_first.get(folded(found[at][0]), {})
        for form in sorted(known, key=len, reverse=True):
            taken = found[at : at + len(form)]
            if tuple(folded(word[0]) for word in taken) != form:
                continue
            if part := _name(page, taken[0].start(), taken[-1].end(), form, known[form], names):
                page.take(part)
                at += len(form) - 1
                break
        at += 1


def _name(page: _Page, start: int, end: int, form: tuple[str, ...], texts: frozenset[str], names: Names) -> Part | None:
    """The name at this place, or None where the words there must be read as what they say."""
    written, before, after = page.free[start:end], page.free[:start], page.free[end:]
    if not _whole(written, texts) or _of_a_figure(written, before, after, names.currencies):
        return None
    if all(word.isdigit() for word in form) or (len(form[0]) == len(form) == 1 and written not in texts):
        return None
    start -= before.endswith(("#", "^"))
    part = Part(Kind.NAME, start, end, page.free[start:end], form)
    if ":" in written or texts & names.labels:
        return part
    capitals = written in texts and all(word[0][0].isupper() or word[0].isdigit() for word in WORD.finditer(written))
    strong = any(closed(word) and _says_something(word) and word not in WEAK for word in form)
    if not strong and not any(LIKE_A_FIGURE.search(text) for text in texts):
        return part if len(form) > 1 or capitals or not closed(form[0]) else None
    if not capitals or LIKE_A_FIGURE.search(written) or (len(form) == 1 and not before.strip()):
        return None
    return replace(part, roles=roles(form[0])) if len(form) == 1 else part  # a payee "Total" is also the word


def _whole(written: str, texts: frozenset[str]) -> bool:
    """Whether a name has no other signs than its own, and does not go on in the next clause."""
    own = any(_signs(written) <= _signs(text) for text in texts)
    return written in texts or (own and not NEXT_CLAUSE.search(written))


def _signs(text: str) -> set[str]:
    """Everything in a text that is neither letter, digit nor space."""
    return set(re.sub(r"[^\W_]|\s", "", text))


def _of_a_figure(written: str, before: str, after: str, currencies: frozenset[str]) -> bool:
    """Whether the place is part of a figure: its digits, or its currency."""
    if written[0].isdigit() and re.search(r"[\d.,+−$€£¥₹-]$", before):
        return True
    if re.match(r"[.,]?\d|\s?[%$€£¥₹]", after) or (written[-1].isdigit() and re.match(_CURRENCY_NEXT, after)):
        return True
    return written in currencies and bool(re.search(_AMOUNT_BEFORE, before) or re.match(r" ?[\d$€£¥₹-]", after))


_AMOUNT_BEFORE = rf"(?:[\d$€£¥₹%] ?|\d ?(?:{_CODE}|{_CURRENCY_NAME}) )$"
_CURRENCY_NEXT = rf" (?:{_CODE}|{_CURRENCY_NAME})(?!\w)"


def _says_something(word: str) -> bool:
    found = roles(word)
    return found is None or bool(found)


# ------------------------------------------------------------------------------------- dates, figures and words


def _dates(page: _Page) -> None:
    for said in find_dates(page.free):
        text = page.text[said.start : said.end]
        page.take(Part(Kind.DATE, said.start, said.end, text, said=said), said.begin)


def _figures(page: _Page) -> str:
    for match in FIGURE.finditer(page.free):
        currency, fault = _currency(match)
        negative = (match["sign"] or "") in ("-", "−") or bool(match["inner"])
        if IN_BRACKETS.search(page.free[: match.start()]) and page.free[match.end() :].lstrip().startswith(")"):
            negative = True  # as accountants write it
        sign = -1 if negative else 1 if match["sign"] else 0
        number = Decimal(match["number"].replace(",", ""))
        where = (match.start(), match.end(), match[0].strip())
        page.take(Part(Kind.FIGURE, *where, number=number, currency=currency, sign=sign))
        if fault:
            return fault
    return ""


def _currency(match: re.Match[str]) -> tuple[str, str]:
    said = [match[key] for key in ("symbol", "before", "glued", "after") if match[key]]
    codes = [CURRENCY_WORDS.get(folded(one), one) for one in said]
    if match["percent"]:
        codes.append("%")
    if len(codes) > 1:
        return codes[-1], f"the figure {match[0].strip()} has two currencies"
    return (codes[0] if codes else ""), ""


def _words(page: _Page) -> None:
    for match in re.finditer(r"[^\W\d_]+(?:['’](?:s|t|d|m|ll|re|ve)\b)?", page.free):
        bare = folded(re.sub(r"['’]s$", "", match[0])).replace("’", "'").replace("'", "")
        part = Part(Kind.WORD, match.start(), match.end(), match[0], (bare,), roles=roles(bare))
        page.take(part)
