"""Times told by what the ledger's events say: "since we moved to Oslo", "while I lived at Mill Lane", "before Acme".

An event says what holds from its day on, up to the next event of its type: an address, a job, who lives in the house.
A question names it by some of its words.  "When was I off work" is no such clause: it asks for the time.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, from_to, move
from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.patterns import compiled
from ledgerqa.records import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

Event = tuple[str, str, dt.date]  # type, description, day
Span = tuple[dt.date | None, dt.date | None, int]  # from and to which day, and where the words for it end

_DAY: Final = dt.timedelta(days=1)
_TRIP: Final = dt.timedelta(days=45)  # at most, for which one is away and does not move

_CLAUSE: Final = compiled(
    r"\b(?P<led>since|after|before|until|till|ever since|from when|while|whilst"
    r"|when(?! (?:was|were|am|are|is|did|do|does|have|had) )|as long as|(?:in|during) the time)"
    r"\s+(?P<said>(?:(?!\b(?:what|how|which|who|did|do|does)\b)[^,;.?!]){3,60})"
)
_NUMBERS: Final = "no the two three four five six seven eight nine ten eleven twelve".split()
_COUNTED: Final = compiled(
    r"(?:\b(?:in|during|over|for) )?(?:\bthe )?(?:(?:first|last) )?"
    rf"\b(?P<number>[1-9]\d?|{'|'.join(_NUMBERS[1:])}) (?P<unit>day|week|month|quarter|year)s? (?:just |right )?$"
)
_HELD: Final = compiled(
    r"\b(?:liv(?:e|ed|ing)|stay(?:ed|ing)?|rent(?:ed|ing)|work(?:ed|ing)?|employed"
    r"|(?:am|was|were|is|are|been|being) (?:still )?(?:at|in|with|living|working|renting|employed))\b"
)
_TURNED: Final = compiled(
    r"\b(?:mov(?:e|ed|ing)|join(?:ed|ing)?|start(?:ed|ing)?|beg[au]n|left|leav(?:e|ing)|quit|became|switch(?:ed|ing)?"
    r"|chang(?:ed|ing))\b"
)
_ENDED: Final = compiled(r"\b(?:left|leav(?:e|ing)|quit|mov(?:e|ed|ing) (?:out|away|from|off))\b")
_MOVED: Final = compiled(
    r"(?:(?:i|we|he|she|they)(?:'ve| have|'d| had)? (?:last |just )?moved|moving"
    r"|(?:the|my|our)(?: last| latest)? (?:move|umzug|einzug|demenagement|mudanza|trasloco|verhuizing|mudanca))"
    r"(?: (?:house|home|flat|flats|apartments?|places?|here|in))?\b(?! (?:to|from|into|out|in|away|off)\b)"
)
_BESIDE: Final = compiled(
    r"\W*(?:vs\.?|versus|against|compared? (?:to|with)|than|and|or) (?:the )?(?:times? )?"
    r"(?P<side>before|after|since)(?: (?:that|then|it|wards))?(?=\W*$|[,;?])"
)
# "Since she retired, how much more do we spend a month than before".
_THAN: Final = compiled(
    r"\b(?:than|compared (?:to|with)|vs\.?|versus) (?:(?:i|we) (?:did )?)?"
    r"(?P<side>before|after)(?: (?:that|then))?(?=\W*$)"
)
_WHERE: Final = compiled(r"(?:and |so )*(?:where|who|whom)\b")
_BARE: Final = compiled(r"(?:the |my |our |that )?(?P<name>[\w-]+)\s*")
_HOME: Final = frozenset(
    "home address residence flat house apartment location city town lives living place wohnort adresse wohnung"
    " stadt domicile logement ville domicilio direccion ciudad residenza indirizzo citta woonplaats adres morada"
    " cidade".split()
)
_BOTH: Final = compiled(r"\b(?:before (?:and|vs\.?|versus|or) (?=after\b)|after (?:and|vs\.?|versus|or) (?=before\b))")
_MEANWHILE: Final = frozenset({"while", "whilst", "when", "as long as", "in the time", "during the time"})
_LATER: Final = frozenset({"since", "after", "ever since", "from when"})
_NO_NAMES: Final = frozenset(
    "flat house home street road lane avenue close row place room apartment floor city town upper lower north south"
    " east west new old the my our junior senior part time full person work job company ltd limited gmbh".split()
)


def lived_through(text: str, events: Sequence[Event]) -> tuple[FoundPeriod, ...]:
    """The first time that a clause tells by an event of the ledger; () where none does."""
    if not events or len(fold(text)) != len(text):
        return ()
    if both := _BOTH.search(fold(text)):
        return _on_both_sides(text, both, events)
    for match in _CLAUSE.finditer(fold(text)):
        named = _named(match, events) if _WHERE.match(fold(text)) else None
        if found := _in_full(match, events) or _in_part(match, events) or named or _moved_last(match, events):
            start, end, until = found
            if near := _near(text, match, start, end):
                return (FoundPeriod(near[0], near[1], until, "range", text[near[1] : until]),)
            period, words = Period(start, end, _label(start, end)), text[match.start() : until]
            return (FoundPeriod(period, match.start(), until, "since" if start else "until", words),)
    return ()


def _near(text: str, match: re.Match[str], start: dt.date | None, end: dt.date | None) -> tuple[Period, int] | None:
    """As in "the six months after Ann retired": so much of the time next to that day, and where the words begin."""
    day = start if match["led"] == "after" else end if match["led"] == "before" else None
    counted = _COUNTED.search(fold(text[: match.start()]))
    if counted is None or day is None:
        return None
    number = int(counted["number"]) if counted["number"].isdigit() else _NUMBERS.index(counted["number"])
    far = move(day, Unit(counted["unit"]), number if start else -number)
    return from_to(min(day, far), max(day, far)).period, counted.start()


def _on_both_sides(text: str, both: re.Match[str], events: Sequence[Event]) -> tuple[FoundPeriod, ...]:
    """As in "rent before and after the move": a side each."""
    found = lived_through(f"{text[: both.start()]}{' ' * len(both.group())}{text[both.end() :]}", events)
    turn = found[0].period.start or found[0].period.end if found else None
    if turn is None:
        return ()
    sides = ((None, turn), (turn, None)) if both.group().startswith("before") else ((turn, None), (None, turn))
    first, second = (Period(start, end, _label(start, end)) for start, end in sides)
    words = text[both.start() : both.end()].strip()
    led = FoundPeriod(first, both.start(), both.start() + len(words), "since" if first.start else "until", words)
    return (led, replace(found[0], period=second, kind="since" if second.start else "until"))


def with_other_sides(periods: Sequence[FoundPeriod], text: str) -> tuple[FoundPeriod, ...]:
    """As in "since we moved to Oslo vs before": with the time on the other side of that day."""
    for found, other in [(one, two) for one in periods for two in periods if _says_when(one, two)]:
        longer = replace(other, end=found.end, text=text[other.start : found.end])
        periods = [longer if each is other else each for each in periods if each is not found]
    return (*periods, *(side for each in periods for side in _other_side(each, text)))


def _says_when(found: FoundPeriod, other: FoundPeriod) -> bool:
    """As in "since the wedding in June 2024": the time that only says when that was."""
    start, end, day = found.period.start, found.period.end, other.period.start or other.period.end
    if other.kind not in {"since", "until"} or start is None or end is None or day is None:
        return False
    beside = 0 <= found.start - other.end <= 1 and re.match(r"(?:in|of|on) ", found.text.lower())
    return bool(beside) and start <= day <= end


def _other_side(found: FoundPeriod, text: str) -> tuple[FoundPeriod, ...]:
    turn = found.period.start or found.period.end
    whole = len(fold(text)) == len(text)
    said = (_BESIDE.match(fold(text), found.end) or _THAN.search(fold(text), found.end)) if whole else None
    if said is None or turn is None or found.kind not in {"since", "until"}:
        return ()
    before = said["side"] == "before"
    if before is (found.period.start is None):
        return ()
    start, end = (None, turn) if before else (turn, None)
    period = Period(start, end, _label(start, end))
    words = text[said.start("side") : said.end()]
    return (FoundPeriod(period, said.start("side"), said.end(), "until" if before else "since", words),)


def _label(start: dt.date | None, end: dt.date | None) -> str:
    if start and end:
        return f"from {start.isoformat()} to {(end - _DAY).isoformat()}"
    return f"since {start.isoformat()}" if start else f"before {end.isoformat()}" if end else ""


def _in_full(match: re.Match[str], events: Sequence[Event]) -> Span | None:
    """As in "since we moved to Oslo", where that is what an event says word for word."""
    if match["led"] in _MEANWHILE:
        return None
    for _, description, day in events:
        said = re.search(rf"\b{re.escape(fold(description))}\b", match["said"]) if description else None
        if said:
            until = match.start("said") + said.end()
            return (day, None, until) if match["led"] in _LATER else (None, day, until)
    return None


def _in_part(match: re.Match[str], events: Sequence[Event]) -> Span | None:
    """The same by a telling word of what an event says, beside a verb of living or working there."""
    said = {each: word for word in re.finditer(r"[^\W\d_]+", match["said"]) for each in stems(word.group())}
    turned = _TURNED.search(match["said"])
    if not (_HELD.search(match["said"]) or (turned and match["led"] not in _MEANWHILE)):
        return None
    for kind in dict.fromkeys(each[0] for each in events):
        own = [each for each in events if each[0] == kind]
        places = [at for at, (_, text, _) in enumerate(own) if said.keys() & _telling(text)]
        if not places or not _one_stretch(own, places):
            continue
        first = own[places[0]][2]
        last = own[places[-1] + 1][2] if places[-1] + 1 < len(own) else None
        called = {each for at in places for each in stems(own[at][1])}
        words = [*(word.end() for each, word in said.items() if each in called), turned.end() if turned else 0]
        until = match.start("said") + max(words)
        if match["led"] in _MEANWHILE:
            return first, last, until
        turn = last if _ENDED.search(match["said"]) else first
        if turn is None:
            continue
        return (turn, None, until) if match["led"] in _LATER else (None, turn, until)
    return None


def _one_stretch(own: Sequence[Event], places: Sequence[int]) -> bool:
    """Whether nothing but trips lies between the first and the last of these events."""
    between = (at for at in range(places[0], places[-1]) if at not in places)
    return all(own[at + 1][2] - own[at][2] <= _TRIP for at in between)


def _named(match: re.Match[str], events: Sequence[Event]) -> Span | None:
    """As in "where was I living before the cottage": one event alone says the word, and a place is asked for."""
    words = _BARE.fullmatch(match["said"]) if match["led"] in {"before", "after"} else None
    told = [day for _, text, day in events if words and set(stems(words["name"])) & _telling(text)]
    if len(told) != 1:
        return None
    return (None, told[0], match.end("said")) if match["led"] == "before" else (told[0], None, match.end("said"))


def _moved_last(match: re.Match[str], events: Sequence[Event]) -> Span | None:
    """As in "since I moved", of no place in particular: the newest event of the one type that says where one lives."""
    moved = None if match["led"] in _MEANWHILE else _MOVED.match(match["said"])
    kinds = {kind for kind, *_ in events if set(re.findall(r"[^\W\d_]+", fold(kind))) & _HOME}
    if moved is None or len(kinds) != 1:
        return None
    day = max(each for kind, _, each in events if kind in kinds)
    until = match.start("said") + moved.end()
    return (day, None, until) if match["led"] in _LATER else (None, day, until)


def _telling(description: str) -> frozenset[str]:
    """The stems of the words that tell one address, employer or person from others."""
    known = lexicon()
    idle = known.grammar | known.weak | known.ordinary | _NO_NAMES
    words = (word for word in re.findall(r"[^\W\d_]{3,}", fold(description)) if word not in idle)
    return frozenset(each for word in words for each in stems(word))
