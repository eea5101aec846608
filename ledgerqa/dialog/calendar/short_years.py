"""Two digits that are a year without an apostrophe: "in 24", "for mar 25", "jul 24 to june 25", "q3 24".

After a month they are a year where what leads to the month asks for a whole one ("in mar 25", not "on mar 25"), where
the month ends a stretch of months ("jan-jun 25"), or where two such months follow one another better than the days
would ("jul 24 to june 25").  One of the last years is rather a year than a day, unless words lead to it as to a day.
Elsewhere a word of time must lead to them, and the clause go on without a noun.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import SEASONS
from ledgerqa.dialog.calendar.time_tokens import MONTHS, WEEKDAYS, Tok, Token, full_year, is_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BACK: Final = 12  # years that a ledger is asked about by two digits
_LONGEST: Final = 31  # days of a month
LATELY: Final = 3  # years of which two digits after a month are seldom a day
_CHRISTMAS: Final = (12, range(24, 27))
_LEADING: Final = (
    frozenset("in during through throughout since year early mid late christmas easter".split()) | SEASONS.keys()
)
_PARTS: Final = frozenset("end start beginning close rest half quarter whole all month".split())
_WHICH: Final = frozenset("what which that who it one ones they".split())  # "what costs 24": a verb
# Words that no year follows: what is numbered or counted, and what leads to an amount or a day.
_NO_YEAR: Final = frozenset(
    "check cheque chq invoice inv no nr number receipt ref reference order ticket account acct room flight id code flat"
    " unit house apartment line bus tram gate platform page size level step week day lesson episode chapter part volume"
    " lot row entry branch store shop studio route age aged top last first next past exactly roughly around about"
    " nearly almost some just only over under above below least most more less paid pay pays spent spend owe owes owed"
    " charged gave give sent send got get earned received worth cost made make than between like up down out off an"
    " a any another all these those his her their your of be been am does can could would will shall".split()
)
_CLOSING: Final = frozenset("? . ! only alone please pls total altogether overall".split())
# Words for a sum, after which a year may close a question: "rent total 24".  Elsewhere "total 24 euros" may go on.
_SUMMED: Final = frozenset("total totals net altogether overall combined".split())
# Verbs that ask for a sum where nobody is said to do it: "spent 24", "rent paid 24".
_SPENT: Final = frozenset("spent spend paid earned made received saved".split())
_TOLD: Final = frozenset(
    "i we he she they you it that who which what when where how did do does have has had was were is are list show find"
    " and to for of a an the any anything entries payments".split()
)
_SAID_TO_BE: Final = frozenset("is was are were be did does do list show find".split())
# "What did it sell for 24": for so much.
_PRICED: Final = frozenset(
    "buy bought sell sells sold pay pays paid get got go goes went it that them one ones him her me us".split()
)
_RANKED: Final = frozenset(
    "biggest largest highest top dearest priciest costliest heaviest best worst smallest lowest cheapest".split()
)
_WHOLE_MONTH: Final = frozenset("in during throughout for all whole entire early mid late".split())
_TO_A_DAY: Final = (
    frozenset("on dated by until till to through before after at of the day date due and or - – — / than".split())
    | WEEKDAYS.keys()
)
_TO: Final = frozenset("to until till through - – — and or ,".split())
_AGAINST: Final = frozenset("vs versus against than with compared".split())
# What may come after a year; any other word would be what is counted ("in 24 hours").
_AFTER: Final = _AGAINST | frozenset(
    "and or but so to by per for on at with from without excluding only alone please overall then apart except"
    " less minus plus bar besides including leaving not net before after since until when if because though"
    " although too also again together altogether combined total totalled each added put in did do was were is are"
    " has have how what which who i we my our the every split as separately pls plz"
    " thanks , . ? ! ; : ) - – — &".split()
)


def with_short_years(tokens: Sequence[Token], today: dt.date) -> list[Token]:
    """The tokens with those numbers as years."""
    read = list(tokens)
    dated = [at for at in range(1, len(read)) if _is_dated(read, at, today)]
    of_pairs = {at for pair in _pairs(read, dated, today) for at in pair}
    for at in range(1, len(read)):
        of_a_month = at in dated and (at in of_pairs or _whole_month(read, at - 1) or _is_late(read, at, today))
        if of_a_month or (
            read[at - 1].word not in MONTHS and _can_be_year(read[at], today) and _led_to(read, at, today)
        ):
            read[at] = replace(read[at], kind=Tok.SHORT_YEAR, value=(full_year(read[at].raw, today),))
    return read


def _can_be_year(token: Token, today: dt.date, back: int = BACK, ahead: int = 1) -> bool:
    """Two digits of a year that is not long past."""
    if token.kind is not Tok.NUM or len(token.raw) != 2:
        return False
    return today.year - back <= full_year(token.raw, today) <= today.year + ahead


def _is_dated(tokens: Sequence[Token], at: int, today: dt.date) -> bool:
    """Whether it stands after a month, and no year or second day after it ("may 26, 2025", "may 24 to 28")."""
    if tokens[at - 1].word not in MONTHS or not _can_be_year(tokens[at], today):
        return False
    after = [each for each in tokens[at + 1 : at + 4] if each.word not in {",", "the"}]
    day = tokens[at - 2] if at > 1 else None
    led = day is not None and day.kind in {Tok.NUM, Tok.ORD} and 1 <= day.value[0] <= _LONGEST  # "6 apr 24 to 5 apr 25"
    if not led and after and after[0].word in _TO - {",", "and", "or"} and len(after) > 1:
        second = after[2] if after[1].word in MONTHS and len(after) > 2 else after[1]
        return second.kind not in {Tok.NUM, Tok.ORD} or (after[1] is not second and _can_be_year(second, today))
    return not (after and after[0].kind is Tok.NUM and is_year(after[0].value[0]))


def _pairs(tokens: Sequence[Token], dated: Sequence[int], today: dt.date) -> Iterator[tuple[int, int]]:
    """The sides of "jul 24 to june 25" and "aug 24 vs aug 23", whose months belong together better than their days."""
    for one, two in itertools.pairwise(dated):
        between = [each.word for each in tokens[one + 1 : two - 1]]
        if not between or between[0] not in _TO | _AGAINST or len(between) > 4:
            continue
        first, second = (tokens[at].value[0] for at in (one, two))
        across = second == first + 1 and MONTHS[tokens[one - 1].word] > MONTHS[tokens[two - 1].word]
        compared = between[0] not in _TO or MONTHS[tokens[one - 1].word] == MONTHS[tokens[two - 1].word]
        late = first < second and all(_can_be_year(tokens[at], today, LATELY, 0) for at in (one, two))
        if across or compared or late or first == second:
            yield one, two


def _whole_month(tokens: Sequence[Token], month: int) -> bool:
    """Whether a whole month is meant, and no day of it: "for mar", "end of june", "jan-jun"."""
    before, earlier = _word(tokens, month - 1), _word(tokens, month - 2)
    if before == "of":
        return earlier in _PARTS
    return before in _WHOLE_MONTH or (before in _TO and earlier in MONTHS)


def _is_late(tokens: Sequence[Token], at: int, today: dt.date) -> bool:
    """Whether it is one of the last years, of a month that has begun: "since oct 23", "rent aug 25"."""
    month, number = MONTHS[tokens[at - 1].word], tokens[at].value[0]
    if not _can_be_year(tokens[at], today, LATELY, 0) or (month == _CHRISTMAS[0] and number in _CHRISTMAS[1]):
        return False
    begun = dt.date(full_year(tokens[at].raw, today), month, 1) <= today
    return begun and _word(tokens, at - 2) not in _TO_A_DAY


def _led_to(tokens: Sequence[Token], at: int, today: dt.date) -> bool:
    """Whether a word of time leads to it: "in 24", "end of 24", "q3 24", "in 23 and 24", "from 23 to 24"."""
    place = at - 2 if tokens[at - 1].word == "-" else at - 1
    before, earlier = tokens[place], tokens[place - 1] if place else None
    if before.kind in {Tok.QUARTER, Tok.HALF} and len(before.value) == 1:
        return True
    after = _word(tokens, at + 1)
    if after and after not in _AFTER:
        return False
    if before.word == "from" and after in _TO - {","} and at + 2 < len(tokens):
        late = all(_can_be_year(tokens[each], today, LATELY, 0) for each in (at, at + 2))
        return late and _word(tokens, at + 3) in _AFTER | {""}
    late = _can_be_year(tokens[at], today, LATELY, 0)
    if before.word in _TO | _AGAINST and before.word != "through":
        led = before.word == "," and earlier is not None and earlier.kind is Tok.WORD
        if late and led and all(each.word in _CLOSING for each in tokens[at + 1 :]):
            return True  # "what went on rent, 24?"
        if late and led and after in {"and", "or"} | _AGAINST and at + 2 < len(tokens):
            return _can_be_year(tokens[at + 2], today, LATELY, 0)  # "rent, 23 and 24"
        return any(each.kind is Tok.SHORT_YEAR for each in tokens[max(0, place - 2) : place])
    if before.word == "of":
        ranked = late and any(each.word in _RANKED for each in tokens[:place])
        return earlier is not None and (ranked or earlier.word in _PARTS or earlier.kind is Tok.QUARTER)
    if before.word in _LEADING or (late and _sums_up(tokens, at) and _closes(tokens[at + 1 :], today)):
        return True
    if before.word == "for":
        priced = earlier is None or bool(_PRICED & {each.word for each in tokens[max(0, place - 2) : place]})
        return late and not priced and all(each.word in _CLOSING for each in tokens[at + 1 :])
    named = before.kind is Tok.WORD and before.word not in _NO_YEAR | _AFTER | WEEKDAYS.keys()
    return late and named and not (before.word.endswith("s") and earlier is not None and earlier.word in _WHICH)


def _closes(tokens: Sequence[Token], today: dt.date) -> bool:
    """Whether nothing follows, or only another year to weigh it against."""
    return all(each.word in _CLOSING | _AGAINST or _can_be_year(each, today, LATELY, 0) for each in tokens)


def _sums_up(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before it asks for a sum of money: "total 24", "net worth 24", "rent paid 24"."""
    before, earlier = _word(tokens, at - 1), _word(tokens, at - 2)
    if before in _SUMMED or (before, earlier) == ("worth", "net"):
        return not any(each.word in _SAID_TO_BE for each in tokens[:at])
    return before in _SPENT and not any(each.word in _TOLD for each in tokens[:at])


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""
