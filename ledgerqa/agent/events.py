"""What happens while a question is answered, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledgerqa.records import Answer, Outcome


@dataclass(frozen=True)
class Planned:
    """The question was understood, or is asked back, or is refused."""

    outcome: Outcome


@dataclass(frozen=True)
class Headline:
    """The exact sentence stands, with evidence and citations; more may follow."""

    answer: Answer


@dataclass(frozen=True)
class Sentence:
    """One more sentence, the reader's, that a cited row or a fact bears out."""

    text: str


@dataclass(frozen=True)
class Done:
    """The whole answer; always the last event."""

    answer: Answer


Event = Planned | Headline | Sentence | Done
