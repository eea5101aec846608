"""What a model hears of a question in another language: in its own words, and no longer in those it was turned into.

The rules read one language (`language.tongues`), and the frame of a question is turned into English for them; a model
was trained on the languages themselves, and hears less in a frame that is half turned.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.learned import NAMING
from ledgerqa.dialog.language.tongues import language
from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.backends.protocols import Labelled, Understander, Understanding

_LEFT: Final = 0.5  # likelihood of an ordinary word, from which a span that only the English hears is none


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
        return replace(turned, fields=own.fields, spans=tuple(spans), plain=plain)

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


def _is_plain(span: Labelled, plain: tuple[Labelled, ...]) -> bool:
    words = [each for each in plain if _meet(each, span)]
    return bool(words) and all(each.probability > _LEFT for each in words)
