"""What a model hears of a question in another language: in its own words, and no longer in those it was turned into.

The rules read one language (`language.tongues`), and the frame of a question is turned into English for them; a model
was trained on the languages themselves, and hears less in a frame that is half turned.  Where the frame is turned as a
whole ("combien on a mis de côté" is "how much did i save") and the model is certain of what it asks for, that is it: of
English it has learned many times more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.learned import CERTAIN, NAMING
from ledgerqa.dialog.language.tongues import language
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledgerqa.backends.protocols import Labelled, Understander, Understanding

_LEFT: Final = 0.5  # likelihood of an ordinary word, from which a span that only the English hears is none
_FRAMED: Final = compiled(
    r"how (?:much|many)\b(?! (?:of|per)\b)|what (?:was|is) my\b|compare\b|did i\b|[\w-]+ costs\b", re.IGNORECASE
)
# What rules know for certain, whatever a model makes of it.
_KNOWN: Final = compiled(
    r"what (?:percentage|share|proportion) of\b|how much goes on fixed costs\b|did i (?:earn|spend) more than i\b",
    re.IGNORECASE,
)
_UNSURE: Final = 0.6  # below it the question's own words say no measure
_ASKED_FOR: Final = ("measure", "flow", "group", "order", "single", "count_of", "per")


@dataclass(frozen=True)
class InOwnTongue:
    """A model that is asked about `question` as it was put, whenever it is asked about what that was turned into."""

    model: Understander
    question: str

    @property
    def name(self) -> str:
        """Name to show."""
        return self.model.name

    @property
    def sha256(self) -> str:
        """Hash of what was trained."""
        return self.model.sha256

    def understand(self, text: str) -> Understanding:
        """What `text` asks for: the fields as the question says them, spans and plain words where they stand in it."""
        turned, own = self.model.understand(text), self.model.understand(self.question)
        likely = {fold(self.question[each.start : each.end]): each.probability for each in reversed(own.plain)}
        plain = tuple(
            replace(each, probability=likely.get(fold(text[each.start : each.end]), each.probability))
            for each in turned.plain
        )
        named = tuple(self._named(own, text))
        others = (each for each in turned.spans if not any(_meet(each, one) for one in named))
        kept = (each for each in others if each.label not in NAMING or not _is_plain(each, plain))
        spans = sorted((*named, *kept), key=lambda each: each.start)
        fields = own.fields
        framed = _FRAMED.match(text) or max(own.fields["measure"].values()) < _UNSURE
        if _KNOWN.match(text) or (framed and _is_certain(turned.fields)):
            fields = {**fields, **{name: turned.fields[name] for name in _ASKED_FOR if name in turned.fields}}
        return replace(turned, fields=fields, spans=tuple(spans), plain=plain)

    def _named(self, own: Understanding, text: str) -> Iterator[Labelled]:
        """The names that the question's own words bear, where they stand in `text`."""
        lowered, at = text.lower(), 0
        for span in own.spans:
            words = self.question[span.start : span.end].lower()
            start = lowered.find(words, at)
            if span.label in NAMING and start >= 0:
                at = start + len(words)
                yield replace(span, start=start, end=at)


def in_own_tongue(model: Understander | None, question: str) -> Understander | None:
    """The model as it hears a question in another language than English; in English, the model itself."""
    return InOwnTongue(model, question) if model is not None and language(question) else model


def of_any_tongue(model: Understander | None) -> Understander | None:
    """The model itself, for what is said beside the question."""
    return model.model if isinstance(model, InOwnTongue) else model


def _meet(one: Labelled, other: Labelled) -> bool:
    return one.start < other.end and other.start < one.end


def _is_certain(fields: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a measure is heard, and surely."""
    name, share = max(fields["measure"].items(), key=lambda each: each[1])
    return bool(name) and share > CERTAIN


def _is_plain(span: Labelled, plain: tuple[Labelled, ...]) -> bool:
    words = [each for each in plain if _meet(each, span)]
    return bool(words) and all(each.probability > _LEFT for each in words)
