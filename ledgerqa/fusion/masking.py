"""The best token that is legal: greedy decoding under the automaton.

No mask is laid over the vocabulary.  The likeliest token is tried first and nearly always legal; where it is not,
the next ones are, a few dozen at a time.  Only where all of those fail are the tokens looked up that begin with
a byte that may come next.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from ledgerqa.fusion.automaton import START, At, Automaton, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ledgerqa.backends.protocols import Logits
    from ledgerqa.fusion.automaton import Ways
    from ledgerqa.fusion.items import Item

FIRST = 8  # likeliest tokens that are looked for one by one: partitioning costs as much as twenty of them
TRIED = (64, 512)  # likeliest tokens, in turn, before the vocabulary is looked through


class Vocabulary(Protocol):
    """What the mask asks of a reader."""

    @property
    def vocabulary_size(self) -> int:
        """Length of the logits."""

    def piece(self, token: int) -> bytes:
        """Bytes of one token; empty for control tokens."""

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with this token."""


class Pieces:
    """A vocabulary's tokens by number and by their first byte; kept as long as the reader, for all its answers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[int, bytes] = {}
        self._ends: dict[int, bool] = {}
        self._by_first: list[list[int]] = []

    def piece(self, token: int) -> bytes:
        """Bytes of one token."""
        found = self._known.get(token)
        if found is None:
            found = self._known[token] = self._vocabulary.piece(token)
        return found

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with this token."""
        found = self._ends.get(token)
        if found is None:
            found = self._ends[token] = self._vocabulary.is_end(token)
        return found

    def beginning_with(self, byte: int) -> list[int]:
        """The tokens whose first byte is `byte`; the first call reads the whole vocabulary (0.1 s for 49,152)."""
        if not self._by_first:
            self._by_first = [[] for _ in range(256)]
            for token in range(self._vocabulary.vocabulary_size):
                if data := self.piece(token):
                    self._by_first[data[0]].append(token)
        return self._by_first[byte]

    def ends(self) -> list[int]:
        """The tokens that end an answer."""
        return [token for token in range(self._vocabulary.vocabulary_size) if self.is_end(token)]


class Mask:
    """One answer's decoding: `choose` the next token by its logits, which is then part of `text`."""

    def __init__(
        self,
        pieces: Pieces,
        items: Iterable[Item],
        currencies: Collection[str] = (),
        vocabulary: Collection[str] | None = None,
        begun: str = "",
    ) -> None:
        """`begun` was written already, and ends in a whole word.  For `vocabulary` see `Automaton`."""
        self._pieces = pieces
        self._automaton = Automaton(items, currencies, vocabulary)
        self._data = bytearray(begun.encode())
        self._ways: Ways = (Words(At.LETTER, word=begun.rsplit(maxsplit=1)[-1]),) if begun else START
        self.ended = False

    @property
    def text(self) -> str:
        """What was written so far; a character that is not whole yet is left out."""
        return self._data.decode("utf-8", "ignore")

    @property
    def complete(self) -> bool:
        """Whether the text may end here."""
        return self._automaton.may_end(self._ways)

    @property
    def stopped(self) -> bool:
        """Whether a sentence has just come to its full stop, which is no part of a name."""
        return any(isinstance(way, Words) and way.at is At.STOP for way in self._ways)

    def close(self) -> int | None:
        """The full stop, taken where it is legal; None where it is not."""
        for token in self._pieces.beginning_with(ord(".")):
            if self._pieces.piece(token) == b"." and self.take(token):
                return token
        return None

    def choose(self, logits: Logits) -> int | None:
        """The likeliest legal token, taken; None where the text is at its end or no token may follow."""
        for token in self._candidates(logits):
            if self.take(token):
                return None if self.ended else token
        return None

    def take(self, token: int) -> bool:
        """Append the token where it is legal, and say whether it was."""
        if self._pieces.is_end(token):
            self.ended = self.complete
            return self.ended
        data = self._pieces.piece(token)
        ways = self._automaton.read(self._ways, data) if data else ()
        if not ways:
            return False
        self._ways = ways
        self._data += data
        return True

    def _candidates(self, logits: Logits) -> Iterator[int]:
        """Tokens in the order of their logits, as many as are asked for."""
        size = len(logits)
        left = logits
        for tries in range(FIRST):
            likeliest = int(left.argmax())
            yield likeliest
            left = logits.copy() if tries == 0 else left
            left[likeliest] = -math.inf
        for count in TRIED:
            if count < size:
                best = logits.argpartition(size - count)[size - count :]
                yield from best[(-logits[best]).argsort(kind="stable")].tolist()
        legal = [
            token for byte in self._automaton.continuations(self._ways) for token in self._pieces.beginning_with(byte)
        ]
        if self.complete:
            legal += self._pieces.ends()
        yield from sorted(legal, key=lambda token: -float(logits[token]))
