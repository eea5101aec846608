"""How long what an event says held, and when it ended: "how long was I at Acme", "when did I get back from Lisbon".

An event says what holds from its day on, up to the next of its type: that one tells when it was over.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import are_forms, fold, name_stems, stems
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Order, Period, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_ONE_DAY: Final = dt.timedelta(days=1)
_SEVERAL: Final = 2  # words of the question in the event itself
_TIME: Final = compiled(
    r"(?:and |so )*(?:when|since when|how long|(?:on )?(?:what|which) (?:day|date)) (?:did|was|were|have|had|has)\b"
)
_MONEY: Final = compiled(
    r"\b(?:spen[dt]|pay|paid|paying|costs?|owe[sd]?|bought|buy|sold|earn\w*|last|latest|first|book(?:ed)?|charged?|billed)\b"
)
_HELD: Final = compiled(
    r"(?:and |so )*(?:(?:for )?how (?:long|many (?:days|weeks|months|years))"
    r"|(?:from )?when(?: (?:to|till|until) when)?)"
    r" (?:was|were|did|have|had|am|are) (?:i|we)\b"
    r"(?: (?:been|living|staying|working|live[d]?|stay(?:ed)?|work(?:ed)?))*"
    r" (?:at|in|with|for)\b(?P<what>.*)$"
)
_LEFT: Final = compiled(
    r"^(?:and |so |but )*(?:when|since when|until when|till when|(?:on |until )?(?:what|which) (?:day|date))\b.*?"
    r"\b(?:(?:get|got|go|went|gone|come|came|be|was|were|am|return(?:ed)?|fl(?:y|ew)|dr(?:i|o)ve|travel(?:led)?"
    r"|head(?:ed)?) (?:\w+ )?(?:back |home )?from|(?:back|home|return) from|leave|left|quit|resign(?:ed)? from"
    r"|move[d]? (?:out of|away from|out from|from|out)|(?:stop(?:ped)?|finish(?:ed)?|end(?:ed)?|cease[d]?)"
    r"(?: (?:working|living|being|staying|renting))?(?: (?:at|in|with|for))?)\b(?P<what>.*)$"
)


_CAME: Final = compiled(
    r"^(?:and |so |but )*(?:when|since when|(?:on )?(?:what|which) (?:day|date)) (?:did|had|have) (?:i|we|he|she|they) "
    r"(?:first |last |finally |actually |ever )*"
    r"(?:(?:get|got|come|came|make it|made it) (?:back |down |up |over )?(?:in)?to|reach(?:ed)?|arrived? (?:in|at)) "
    r"(?P<what>(?:[\w'-]+ ?){1,4}?)(?: (?:first|last|then|again|exactly))?\W*$"
)


def left_at(said: Said, names: Vocabulary) -> Plan | None:
    """The plan for the event that ended what is named; None where nothing so named began by an event."""
    asked = _LEFT.search(said.folded)
    if asked is None or not (stays := _stays(asked["what"], names)):
        return None
    kind, text = stays[-1][:2]
    over = [after for *_, after in stays if after is not None]
    if not over:
        note = f"{text} still holds: nothing of its type was noted after it"
        return Plan(Measure.EVENTS, Filters(mentions=(Mention(text, pattern=_whole(text)),)), key=kind, reading=(note,))
    day = over[-1]
    note = f"what ended {text}" + (f", the last of {len(over)} times" if len(over) > 1 else "")
    period = Period(day, day + _ONE_DAY, f"on {day.isoformat()}")
    return Plan(Measure.EVENTS, Filters(), period, order=Order("date"), limit=1, key=kind, reading=(note,))


def held_at(said: Said, names: Vocabulary) -> Plan | None:
    """The plan for the event that says what is named, and the one that ended it; None where no one event does."""
    asked = _HELD.match(said.folded)
    stays = _stays(asked["what"], names) if asked and not _MONEY.search(said.folded) else []
    if len(stays) != 1:
        return None
    kind, text, after = stays[0]
    start = next(day for of, told, day in names.events if (of, told) == (kind, text))
    days = f"{text} held for {(after - start).days} days" if after else f"{text} still holds"
    period = Period(start, after and after + _ONE_DAY, f"since {start.isoformat()}")
    return Plan(Measure.EVENTS, Filters(), period, order=Order("date"), key=kind, reading=(days,))


def _stays(words: str, names: Vocabulary) -> list[tuple[str, str, dt.date | None]]:
    """The events that say what is named, each with the day of the next of its type; of one type only."""
    told = [
        (kind, text, next((later for of, _, later in names.events[at + 1 :] if of == kind), None))
        for at, (kind, text, _) in enumerate(names.events)
    ]
    spoken = set(stems(words)) - lexicon().grammar
    full = [each for each in told if stems(each[1]) and set(stems(each[1])) <= spoken]
    some = full or [each for each in told if spoken & _telling(each[1])]
    return some if len({kind for kind, *_ in some}) == 1 and len({fold(text) for _, text, _ in some}) == 1 else []


def kind_said(said: Said, names: Vocabulary) -> str | None:
    """The one type of which something is named by a telling word: the place, of "how long was I in Keswick"."""
    spoken = set(stems(said.text))
    kinds = dict.fromkeys(kind for kind, text, _ in names.events if spoken & _telling(text))
    named = [kind for kind in kinds if not set(name_stems(kind)) <= spoken]
    return named[0] if len(named) == 1 else None


def told_in_events(said: Said, names: Vocabulary) -> bool:
    """As in "when was I off work with the wrist": an event says several of the words, and no entry as many."""
    if not _TIME.match(said.folded) or _MONEY.search(said.folded):
        return False
    spoken = set(stems(said.text)) - lexicon().grammar
    most = max(
        (_shared(spoken, f"{kind} {text}") for kind, text, _ in names.events if _shared(spoken, text)), default=0
    )
    if most < _SEVERAL:
        return False
    rows = names.index.query("SELECT DISTINCT coalesce(payee, ''), coalesce(narration, '') FROM entries")
    return all(_shared(spoken, f"{payee} {narration}") < most for payee, narration in rows)


def came_to(said: Said, names: Vocabulary) -> bool:
    """As in "when did we get to Ely": an event says just that, whoever else is called after the place."""
    asked = _CAME.match(said.folded)
    words = set(stems(asked["what"])) - lexicon().grammar if asked else set()
    return bool(words) and any(words <= set(stems(text)) and words & _telling(text) for _, text, _ in names.events)


def _shared(spoken: set[str], text: str) -> int:
    """How many of the words the text says, in whatever form."""
    told = set(stems(text))
    return sum(any(are_forms(word, other) for other in told) for word in spoken)


def _telling(text: str) -> frozenset[str]:
    """The stems of the words that tell what the event says from whatever else is said."""
    known = lexicon()
    return frozenset(stems(text)) - known.grammar - known.weak - known.ordinary


def _whole(text: str) -> str:
    """The text as a whole, and no longer one that holds it."""
    return rf"^{re.escape(text)}$"
