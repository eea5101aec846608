"""What a reader in this process may write sentences about: one entry a sentence, and only what that entry bears.

A small model that may use every figure and name of a result mixes them: most of what it drafts pairs the amount of one
entry with the payee of another.  So it first chooses of which entry to speak, by writing the entry's opening, and
goes on under a mask that holds the items and the words of that entry alone.  Whether the sentence is true of it is
still for the gate to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.fusion.masking import Mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.backends.protocols import Logits, Reader
    from ledgerqa.fusion.items import Item
    from ledgerqa.fusion.masking import Pieces

CLOSING = 16
"""Tokens after an opening from which on a sentence is closed as soon as it may end: small models go on and on."""
LONGEST = 40
"""Tokens after an opening."""


@dataclass(frozen=True)
class Topic:
    """One entry to speak of: how the sentence opens, and the items and words that it may then be made of.

    The opening ends in a word, which is one of `words`.
    """

    entry_id: int
    opening: str
    items: tuple[Item, ...]
    words: frozenset[str]


def sentences_about(
    topics: Sequence[Topic],
    reader: Reader,
    pieces: Pieces,
    logits: Logits,
    currencies: frozenset[str],
    most: int,
) -> Iterator[str]:
    """At most `most` sentences, each about another topic, the likeliest first."""
    left = list({topic.opening: topic for topic in reversed(topics)}.values())[::-1]
    for number in range(most):
        if not left:
            return
        chosen, logits = _chosen(left, reader, pieces, logits, " " if number else "")
        left.remove(chosen)
        mask = Mask(pieces, chosen.items, currencies, chosen.words, begun=chosen.opening)
        logits = _written(mask, reader, logits)
        if mask.stopped:
            yield mask.text
        elif mask.ended:
            yield f"{mask.text}."
        if not mask.stopped:
            return  # the answer's text stands inside a sentence, or the model has ended it


def _chosen(
    topics: Sequence[Topic], reader: Reader, pieces: Pieces, logits: Logits, space: str
) -> tuple[Topic, Logits]:
    """The topic whose opening the model begins, which is then written."""
    written = b""
    left = {topic.opening: f"{space}{topic.opening}".encode() for topic in topics}
    while len(left) > 1:
        token = _likeliest(logits, pieces, written, tuple(left.values()))
        if token is None:
            break
        written += pieces.piece(token)
        logits = reader.step(token)
        left = {opening: data for opening, data in left.items() if data.startswith(written)}
    opening, data = next(iter(left.items()))
    rest = data[len(written) :].decode()
    if rest:
        logits = reader.extend(reader.tokenize(rest))
    return next(topic for topic in topics if topic.opening == opening), logits


def _likeliest(logits: Logits, pieces: Pieces, written: bytes, openings: Sequence[bytes]) -> int | None:
    """The likeliest token that goes on with one of the openings."""
    nexts = {opening[len(written) : len(written) + 1] for opening in openings} - {b""}
    fitting = [
        token
        for byte in nexts
        for token in pieces.beginning_with(byte[0])
        if any(opening.startswith(written + pieces.piece(token)) for opening in openings)
    ]
    return max(fitting, key=lambda token: float(logits[token]), default=None)


def _written(mask: Mask, reader: Reader, logits: Logits) -> Logits:
    """Decode greedily to the sentence's end, which comes early where it may; logits after what was written."""
    for count in range(LONGEST):
        token = mask.close() if count >= CLOSING else None
        token = mask.choose(logits) if token is None else token
        if token is None:
            break
        logits = reader.step(token)
        if mask.stopped:
            break
    return logits
