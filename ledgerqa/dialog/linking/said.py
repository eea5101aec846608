"""The parts of a question, once it is taken apart: what `reading` makes and everything after it works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledgerqa.dialog.intent.exclusions import Apart
from ledgerqa.dialog.intent.slots import Bounds
from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.dialog.calendar.calendar_units import MonthDay
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.intent.manner import Vat
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.records import MetadataFilter


@dataclass(frozen=True)
class Said:
    """The parts of a question.  `unknown` are words that look like names and are none; `unread` were passed over."""

    text: str
    intent: Intent
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    periods: tuple[FoundPeriod, ...] = ()
    weekdays: tuple[int, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    by_rules: Intent | None = None  # what the rules alone say, where a model was heard too
    understood: Understanding | None = None
    unread_periods: tuple[str, ...] = ()  # words for days that nothing here can tell
    fiscal: MonthDay | None = None  # where fiscal years begin, if a row a fiscal year is asked for
    rate_day: dt.date | None = None  # the day whose rates amounts are to be converted at
    apart: Apart = field(default_factory=Apart)  # what is left out beside names
    vat: Vat = ""  # whether figures are meant without VAT or with it, where the question says so
    labels: tuple[MetadataFilter, ...] = ()  # what entries bear under a key of their own, told in a conversation
    by_key: str = ""  # the metadata key that this question itself gathers rows by, for which payees stand in
    earlier: Said | None = None  # what was asked before this
    put: str = ""  # a turn of the conversation as it was put, before what it points at was named

    @property
    def folded(self) -> str:
        """The text for rules over words."""
        return fold(self.text)
