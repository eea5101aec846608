"""A question as the parsers of dates see it: its tokens with what is known around it, and the delicate words.

Whether "2000" is a year or a price, and whether "may", "march" or "august" is a month or a verb or a person, is
settled here, by the words beside them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import MonthDay, Reading
from ledgerqa.dialog.calendar.short_years import with_short_years
from ledgerqa.dialog.calendar.time_tokens import DETERMINERS, MONTHS, NUMBERS, Tok, Token, is_year, tokenize
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.records import Period

Step = tuple[Reading, int]  # what the words mean, and the index of the token after them
Parser = Callable[["Words", int], "Step | None"]

# "It won't balance": what does not, and none of the days to come.
_FUTURE: Final = compiled(
    r"\b(will|going to|gonna|forecast|predict|expected|upcoming)\b|'ll\b"
    r"|\bwon't\b(?! (?:\w+ )?(?:tie|balance|reconcile|match|add up|agree|tally|square|fit|work|come out))",
    re.IGNORECASE,
)
_CURRENCY_SIGNS: Final = frozenset("$€£¥₹₽₩₿%#")
_COUNTED: Final = frozenset("percent grand shares miles km kg steps points hours minutes times".split())
_MONEYS: Final = frozenset(
    "usd eur gbp jpy chf cad aud nzd cny inr twd sek nok dkk pln czk huf brl ars mxn zar krw hkd sgd try ils thb rub "
    "uah dollars dollar bucks euros euro pounds pound quid cents yen yuan pesos francs rupees rubles roubles kronor "
    "reais".split()
)
_MONEY_WORDS: Final = _MONEYS | _COUNTED
_TOTALLED: Final = frozenset(
    "costs expenses expenditure spending spend outgoings income earnings revenue sales payments total totals side part "
    "only".split()
)
_NUMBERED: Final = frozenset(
    "check cheque chq invoice inv no nr number receipt ref reference order ticket account acct room flight id code "
    "exactly approximately roughly than exceeding > < >= <= least most above under below".split()
)
_CHECKED: Final = frozenset("budget sanity reality health spending cost".split())
ONE_OF_ALL: Final = frozenset(
    "average avg mean median typical usual biggest largest highest greatest smallest lowest dearest top every each no "
    "any".split()
)
_OWN_ACCOUNT: Final = frozenset("current checking savings bank joint business main card deposit".split())
_KEPT_APART: Final = frozenset({"account", "acct", "room", "flat"})
_A_ROW_EACH: Final = frozenset({"by", "per", "each", "every"})
_SPENT: Final = frozenset(
    "over top spent spend paid pay cost costs earned charged withdrew transferred sent owe owed worth".split()
)
_YEAR_PREPOSITIONS: Final = frozenset("in during since throughout year calendar until till before after".split())
_MONTH_BEFORE: Final = frozenset(
    "in of since until till during last this next previous by between before after throughout through early mid middle "
    "late end start beginning".split()
)
_NAME_BEFORE: Final = frozenset(
    "pay paid owe owes owed lend lent lends give gave given sent send to with at dear reimburse reimbursed repay "
    "repaid refund tell told mr ms mrs st saint aunt uncle called named".split()
)
_NAME_AFTER: Final = frozenset("owe owes owed pay pays paid lend lent lends give gave send sent burns".split())
_AFTER_MODAL: Final = frozenset(
    "i we you he she it they one someone anyone there this that these those the my our his her their be have not also "
    "never need want well still ask see get use only just as".split()
)
_COMPARING: Final = frozenset(
    "compare compared comparing compares comparison versus vs against relative difference differ change changed".split()
)
_SEPARATORS: Final = frozenset({"", ",", ".", "?", "!", ";", ":", ")", "-", "–", "—", "/", "&", "+"})
_JOINERS: Final = frozenset({"to", "till", "until", "through", "and", "or", "vs", "versus", "against", "than", "with"})
_DELICATE: Final = frozenset({"march", "april", "june", "august", "jan"})
_CAUTIOUS: Final = frozenset({"may", "mar", "apr", "sep"})


@lru_cache(maxsize=1024)
def _alternatives(phrase: str) -> tuple[frozenset[str], ...]:
    """Of each word of "beginning|start of" what may stand in its place."""
    return tuple(frozenset(each.split("|")) for each in phrase.split())


@lru_cache(maxsize=1024)
def _beginnings(phrases: tuple[str, ...]) -> frozenset[str]:
    """The words that one of the phrases may begin with."""
    return frozenset(word for phrase in phrases for word in _alternatives(phrase)[0])


@lru_cache(maxsize=64)  # a question is read some times over, with its words as they are and as they are put right
def _tokens(text: str, today: dt.date) -> tuple[Token, ...]:
    return tuple(with_short_years(tokenize(text, today), today))


@dataclass(frozen=True)
class Words:
    """The tokens and what the reading of some depends on.

    `fiscal` is the first month and day of a fiscal year and `fiscal_known` whether anybody said so.  `year_hint`
    is the year that a month without one belongs to, `previous` the period that "the year before" starts from.
    """

    tokens: tuple[Token, ...]
    today: dt.date
    fiscal: MonthDay = (1, 1)
    fiscal_known: bool = False
    future: bool = False
    year_hint: int | None = None
    previous: Period | None = None
    events: Mapping[str, dt.date] = field(default_factory=dict)
    atoms: dict[int, Step | None] = field(default_factory=dict, init=False, repr=False, compare=False)  # found so far

    @classmethod
    def of(cls, text: str, today: dt.date, events: Mapping[str, dt.date]) -> Words:
        """The words of `text`, before anything is known of fiscal years or of earlier questions."""
        return cls(_tokens(text, today), today, future=bool(_FUTURE.search(text)), events=events)

    def __len__(self) -> int:
        return len(self.tokens)

    def kind(self, at: int) -> Tok | None:
        """What the token at `at` is; None beyond both ends."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def word(self, at: int) -> str:
        """The word or sign at `at`; "" beyond both ends."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def raw(self, at: int) -> str:
        """The token at `at` as it was written."""
        return self.tokens[at].raw if 0 <= at < len(self.tokens) else ""

    def value(self, at: int) -> int:
        """The number of a token that has one."""
        return self.tokens[at].value[0]

    def skip(self, at: int, *words: str) -> int:
        """`at`, or the next place when one of `words` stands there."""
        return at + 1 if self.word(at) in words else at

    def says(self, at: int, phrase: str) -> int | None:
        """The place after `phrase` if it stands at `at`; alternatives of one word are joined by `|`."""
        expected = _alternatives(phrase)
        for place, words in enumerate(expected, start=at):
            if self.word(place) not in words:
                return None
        return at + len(expected)

    def says_any(self, at: int, *phrases: str) -> int | None:
        """The place after the longest of `phrases` that stands at `at`."""
        if self.word(at) not in _beginnings(phrases):
            return None
        ends = [end for phrase in phrases if (end := self.says(at, phrase)) is not None]
        return max(ends, default=None)

    def ends(self, at: int) -> bool:
        """Whether the clause ends before `at`."""
        return self.word(at) in _SEPARATORS

    def glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def compares(self, at: int, reach: int = 8) -> bool:
        """Whether a word of comparison stands shortly before `at`."""
        return any(self.word(place) in _COMPARING for place in range(max(0, at - reach), at))


# ------------------------------------------------------------------------------------------ years and numbers


def count_at(words: Words, at: int) -> tuple[int, int] | None:
    """A number in digits or words ("3", "three", "a couple of", "the few"), and the place after it."""
    if words.kind(at) is Tok.NUM:
        return words.value(at), at + 1
    if words.word(at) == "a" and words.word(at + 1) in {"couple", "few", "dozen"}:
        at += 1
    if words.kind(at) is not Tok.WORD or words.word(at) not in NUMBERS:
        return None
    return NUMBERS[words.word(at)], words.skip(at + 1, "of")


_MORE_OR_LESS: Final = frozenset({"more", "less", "greater", "bigger", "larger", "smaller", "higher", "lower"})
_WEIGHS: Final = frozenset({"did", "does", "was", "is", "has", "had", "in", "whether", "if"})


def year_at(words: Words, at: int) -> int | None:
    """The year that the token at `at` is, or None where it counts, costs or numbers something."""
    kind = words.kind(at)
    if kind is Tok.SHORT_YEAR:
        return words.value(at)
    if kind is not Tok.NUM or not is_year(words.value(at)) or len(re.sub(r"\D", "", words.raw(at))) != 4:
        return None
    return None if _is_amount(words, at) else words.value(at)


def _is_amount(words: Words, at: int) -> bool:
    before, after, year = words.word(at - 1), words.word(at + 1), words.value(at)
    if (
        before in _CURRENCY_SIGNS
        or after in _CURRENCY_SIGNS
        or (after == ":" and words.kind(at + 2) is Tok.NUM and words.glued(at + 2))
    ):
        return True
    if words.says_any(at + 1, "or more|less|above|over|under|higher|lower") or _between_amounts(words, at):
        return True
    if before in _YEAR_PREPOSITIONS:
        return False
    if before in _KEPT_APART and words.word(at - 2) in _OWN_ACCOUNT | _A_ROW_EACH:
        return False  # "the savings account 2025", "spending by account 2025"
    if after in _MONEYS and words.word(at + 2) in _TOTALLED:
        return False  # "the van 2024 gbp costs"
    if before in {"invoice", "check", "cheque", "order"} and ONE_OF_ALL & {words.word(at - 2), words.word(at - 3)}:
        return False  # "the biggest invoice 2024"
    if (before in {"most", "least"} and words.word(at - 2) != "at") or words.word(at - 2) in _CHECKED:
        return False  # "who gave most 2024", "budget check 2024"
    if after in _MONEY_WORDS or before in _NUMBERED:
        return before != "than" or (words.word(at - 2) in _MORE_OR_LESS and not _set_against_a_year(words, at))
    if before in _MONEYS:  # "my shares 2024" counts none
        return words.word(at - 2) not in {"in", "to", "into"}
    plain = year % 50 != 0 and words.today.year - 40 <= year <= words.today.year + 10
    return before in _SPENT and not plain


def _set_against_a_year(words: Words, at: int) -> bool:
    """As in "did 2024 bring in more than 2023": what is weighed is a year, so this is another."""
    return any(
        words.kind(place) is Tok.NUM and is_year(words.value(place)) and words.word(place - 1) in _WEIGHS
        for place in range(1, at - 2)
    )


def _between_amounts(words: Words, at: int) -> bool:
    """Whether this is one side of "between 1500 and 2000" or "between 1990 and 2010 dollars"."""
    first = at if words.word(at - 1) == "between" else at - 2
    if words.word(first - 1) != "between" or words.word(first + 1) != "and" or words.kind(first) is not Tok.NUM:
        return False
    if words.word(first + 2) in _CURRENCY_SIGNS or words.word(first + 3) in _MONEY_WORDS:
        return True
    return any(
        words.kind(one) is Tok.NUM and not is_year(words.value(one)) and words.ends(one + 1)
        for one in (first, first + 2)
    ) or (not is_year(words.value(first)))


def relative_year(words: Words, at: int) -> tuple[int, int] | None:
    """Reads "last year", "the previous year", "two years ago", "the year before last": the year and the place after."""
    at = words.skip(at, "the")
    if words.word(at) in {"year", "years"} and words.says(at + 1, "before last") is not None:
        return words.today.year - 2, at + 3
    steps = {"last": -1, "previous": -1, "prior": -1, "past": -1, "this": 0, "current": 0, "next": 1}
    if words.word(at) in steps:
        after = words.skip(at + 1, "calendar")
        if words.word(after) in {"year", "years"}:
            return words.today.year + steps[words.word(at)], after + 1
    counted = count_at(words, at)
    if (
        counted
        and words.word(counted[1]) in {"year", "years"}
        and words.word(counted[1] + 1) == "ago"
        and counted[0] < 100
    ):
        return words.today.year - counted[0], counted[1] + 2
    return None


def year_after(words: Words, at: int) -> tuple[int, int] | None:
    """The year that completes what stands before `at`: "2023", "of 2023", ", 2023", "'23", "of last year"."""
    start = at
    if words.word(at) in {"of", "in", ",", "-", "/", "–"}:
        at += 1
        at = (
            at + 1
            if words.word(at) == "the" and words.word(at + 1) == "year" and year_at(words, at + 2) is not None
            else at
        )
        at = words.skip(at, "calendar", "year") if year_at(words, at) is None else at
    if (year := year_at(words, at)) is not None and not _opens_range(words, at, start):
        return year, at + 1
    if words.word(start) in {"-", "/", "–"}:
        return None
    if (
        words.word(start) in {"of", "in", ","}
        and words.says(at, "the year")
        and not words.says(at + 2, "before|after|to|ended|ending")
    ):
        return words.today.year, at + 2
    return relative_year(words, at) or _only_last(words, at)


def _only_last(words: Words, at: int) -> tuple[int, int] | None:
    """Reads "(the first half of this year against the first half) of last", "(March this year or March) last"."""
    if words.word(at) != "last" or not words.ends(at + 1):
        return None
    told = any(words.says(place, "this|current year") for place in range(at))
    return (words.today.year - 1, at + 1) if told else None


def _opens_range(words: Words, at: int, start: int) -> bool:
    """Whether the year at `at` after a comma is a thing of its own: "in June, 2019-2021"."""
    return words.word(start) == "," and words.word(at + 1) in {"-", "–"}


# ----------------------------------------------------------------------------------------------------- months


def month_at(words: Words, at: int) -> int | None:
    """The month that the word at `at` names, or None where it is a verb, a name or an abbreviation of another."""
    name = words.word(at)
    if words.kind(at) is not Tok.WORD or name not in MONTHS or words.word(at - 1) in {"each", "every"}:
        return None
    if name not in _DELICATE and name not in _CAUTIOUS:
        return MONTHS[name]
    return MONTHS[name] if _means_month(words, at, name) else None


def _means_month(words: Words, at: int, name: str) -> bool:
    before, after = words.word(at - 1), words.word(at + 1)
    if _followed_by_date(words, at + 1) or before in _MONTH_BEFORE or words.kind(at - 1) is Tok.ORD:
        return True
    if words.kind(at - 1) is Tok.NUM and 1 <= words.value(at - 1) <= 31:
        return True
    if before == "to" and words.word(at - 2) == "up":
        return after not in _AFTER_MODAL
    if _among_months(before, after):
        return True
    if _names_time(words, at - 2) and (before in _JOINERS or before in {"-", "/", "&", ",", "–"}):
        return after not in _AFTER_MODAL or name != "may"
    if (
        (after in _JOINERS or after in {"-", "/", "&", ",", "–"})
        and words.word(at + 2) in MONTHS
        and before not in _NAME_BEFORE
    ):
        return True
    return _cautious(words, at, name) if name in _CAUTIOUS else _delicate(words, at, name)


def _among_months(before: str, after: str) -> bool:
    """As in "jan feb and mar", "april may june": another month stands right beside it, and no comma between."""
    certain = {before, after} & (MONTHS.keys() - _DELICATE - _CAUTIOUS)
    return bool(certain) or (before in MONTHS and after in MONTHS)


def _cautious(words: Words, at: int, name: str) -> bool:
    """Reads "may" the verb, "APR" the rate, "SEP" the pension plan, "mar" the sea."""
    before, after = words.word(at - 1), words.word(at + 1)
    if name != "may":
        return words.ends(at + 1) and words.raw(at) != words.raw(at).upper() and before not in {"", "del", "el", "la"}
    if words.raw(at).lower() != name or before in {
        "for",
        "from",
        "the",
        "my",
        "our",
        "their",
        "what",
        "whats",
        "what's",
    }:
        return after not in _AFTER_MODAL
    if before in {
        "",
        ",",
        ".",
        "?",
        ":",
        "-",
        "and",
        "or",
        "to",
        "vs",
        "versus",
        "than",
        "with",
        "against",
        "(",
        "show",
        "list",
        "was",
        "were",
        "made",
        "makes",
    }:
        return after not in _AFTER_MODAL and (words.ends(at + 1) or before != "to")
    return words.ends(at + 1)


def _delicate(words: Words, at: int, name: str) -> bool:
    """Months that are also first names, and the verb "march"."""
    before, after = words.word(at - 1), words.word(at + 1)
    if before in _NAME_BEFORE:
        return before in {"to", "with", "at"} and words.compares(at)
    if (
        name == "march"
        and before != "from"
        and after in {"for", "of", "against", "madness", "forth", "on", "out", "off", "into"}
    ):
        return False
    if name == "jan" and not words.ends(at + 1) and before not in {"", "for", "from", "the", "my", "our"}:
        return False
    proper = words.raw(at)[:1].isupper() and words.raw(at + 1)[:1].isupper() and not _names_time(words, at + 1)
    return after not in _NAME_AFTER and not (proper and before in {"for", "by", "from", "is", "does", "did"})


def _followed_by_date(words: Words, at: int) -> bool:
    if words.kind(at) in {Tok.SHORT_YEAR, Tok.ORD}:
        return True
    if words.word(at) in {",", "of", "-", "/", "–", "in"}:
        at = words.skip(at + 1, "the") if words.word(at) == "of" else at + 1
        relative = words.word(at) in DETERMINERS | {"year"} and "year" in {words.word(at), words.word(at + 1)}
        return relative or (words.kind(at) is Tok.NUM and is_year(words.value(at)))
    number = words.value(at) if words.kind(at) is Tok.NUM else 0
    relative = words.word(at) in DETERMINERS and words.word(at + 1) == "year"
    return is_year(number) or 1 <= number <= 31 or relative


def _names_time(words: Words, at: int) -> bool:
    if words.kind(at) in {Tok.DATE, Tok.YEAR_MONTH, Tok.QUARTER, Tok.SHORT_YEAR}:
        return True
    return words.word(at) in MONTHS or (
        words.kind(at) is Tok.NUM and (is_year(words.value(at)) or words.value(at) <= 31)
    )


# ---------------------------------------------------------------------------------------- the year that is meant


def latest(words: Words, build: Callable[[int], Reading | None]) -> Reading | None:
    """What `build` makes of the most recent year whose result has begun by today (the next one in the future).

    A hint from the conversation goes first: after a question about 2019, "and in March?" is March 2019.
    """
    year = words.today.year
    if words.year_hint is not None:
        tries = [words.year_hint]
    elif words.future:
        tries = list(range(year, year + 9))
    else:
        tries = list(range(year, year - 9, -1))
    for one in tries:
        found = build(one)
        if found is None:
            continue
        begins = found.start or (found.end and found.end - dt.timedelta(days=1))
        past = begins is None or begins <= words.today
        to_come = found.end is None or found.end > words.today
        if words.year_hint is not None or (to_come if words.future else past):
            return replace(found, in_year=build)
    return None
