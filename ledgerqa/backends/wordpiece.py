"""BERT's tokeniser: the same tokens as the one that the encoder was trained with, in every script.

llama.cpp has one of its own, but it drops all combining marks and the vowels of decomposed Hangul: vectors of
Korean, Hindi or Bengali payees came out at cosine 0.70 to 0.95 of the true ones.  This one follows Hugging Face's
`BertNormalizer` (clean, space out Han characters, NFD without nonspacing marks, lower case) and WordPiece
(longest match first, Wu et al., arXiv:1609.08144), and is faster, since it keeps words it has seen.

It differs in one thing on purpose: `[SEP]` and the like inside a text are text, not markup.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_WORD_CHARACTERS = 100  # longer words are unknown
CACHED_WORDS = 50_000
FIRST = "\u2581"  # how GGUF marks a word's first piece
INNER = "##"  # how published vocabularies mark all others
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
HAN = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
REPLACEMENT = "\ufffd"
UNKNOWN = "[UNK]"


class Pieces(Protocol):
    """The tokens of a vocabulary's pieces."""

    def get(self, piece: str, /) -> int | None:
        """The token of a piece; None where there is no such piece."""


class SortedPieces:
    """Pieces to be looked up where they lie, mapped from a file: making a dict of 30,000 takes longer than a question.

    `padded` holds them in UTF-8 in the order of their bytes, each filled up with zeros to `width`; `tokens` are those
    of each, in the same order.
    """

    def __init__(self, padded: bytes | memoryview, width: int, tokens: Sequence[int]) -> None:
        self._padded = padded
        self._width = width
        self._tokens = tokens

    def get(self, piece: str, /) -> int | None:
        """The token of a piece; None where there is no such piece."""
        sought = piece.encode().ljust(self._width, b"\0")
        place = bisect_left(range(len(self._tokens)), sought, key=self._at)
        found = place < len(self._tokens) and self._at(place) == sought
        return int(self._tokens[place]) if found else None

    def _at(self, place: int) -> bytes:
        return bytes(self._padded[place * self._width : (place + 1) * self._width])


class _Characters(dict[int, str]):
    """What each character becomes, worked out at its first use; for `str.translate`."""

    def __init__(self, *, lowercase: bool) -> None:
        super().__init__()
        self._lowercase = lowercase

    def __missing__(self, code: int) -> str:
        self[code] = text = self._normalised(chr(code))
        return text

    def _normalised(self, character: str) -> str:
        category = unicodedata.category(character)
        if character in "\t\n\r" or category in {"Zs", "Zl", "Zp"}:
            return " "
        if character == REPLACEMENT or category in {"Cc", "Cf", "Co", "Cs"}:
            return ""
        han = any(low <= ord(character) <= high for low, high in HAN)
        if self._lowercase:
            marks = (c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")
            character = "".join(c.lower() for c in marks)
        return "".join(f" {c} " if han or _punctuation(c) else c for c in character)


def _punctuation(character: str) -> bool:
    """Whatever Unicode calls punctuation, and of ASCII also the symbols."""
    ascii_symbol = "!" <= character <= "~" and not character.isalnum()
    return ascii_symbol or unicodedata.category(character).startswith("P")


def marked(words: Sequence[str]) -> list[str]:
    """A vocabulary as published (`den`, `##tist`) as GGUF writes it: the first pieces marked, the others bare."""
    return [w if w in SPECIAL else w[2:] if w.startswith("##") else FIRST + w for w in words]


class WordPiece:
    """A vocabulary with its algorithm.  `tokens` and `spans` give the same tokens; neither adds [CLS] and [SEP]."""

    def __init__(self, pieces: Sequence[str], unknown: int, *, lowercase: bool = True) -> None:
        """`pieces` by token number, the first of each word marked as GGUF does."""
        published = (piece[1:] if piece.startswith(FIRST) else INNER + piece for piece in pieces)
        self._pieces: Pieces = {piece: token for token, piece in enumerate(published)}
        self._longest = max(map(len, pieces), default=0)
        self._unknown = unknown
        self._characters = _Characters(lowercase=lowercase)
        self._words: dict[str, tuple[int, ...]] = {}

    @classmethod
    def published(cls, pieces: Pieces, longest: int, *, lowercase: bool = True) -> WordPiece:
        """From pieces as published (`den`, `##tist`), the longest of which has so many characters."""
        made = cls((), pieces.get(UNKNOWN) or 0, lowercase=lowercase)
        made._pieces = pieces  # no word is "[SEP]": brackets stand alone
        made._longest = longest
        return made

    def tokens(self, text: str) -> list[int]:
        """Tokens of `text`, without begin and end marks."""
        return [token for word in text.translate(self._characters).split() for token in self._word(word)]

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """Tokens of `text` with the characters they stand for: (token, start, end) as in `text[start:end]`.

        Pieces of one word share the whole word's span: a slot never begins inside a word.
        """
        return [(token, start, end) for word, start, end in self._located(text) for token in self._word(word)]

    def _located(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Words after normalisation, with where they stand in `text`."""
        word, start, end = "", 0, 0
        for index, character in enumerate(text):
            for c in self._characters[ord(character)]:
                if c == " ":
                    if word:
                        yield word, start, end
                    word = ""
                    continue
                start = index if not word else start
                word, end = word + c, index + 1
        if word:
            yield word, start, end

    def _word(self, word: str) -> tuple[int, ...]:
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= CACHED_WORDS:
                self._words.clear()
            known = self._words[word] = self._split(word)
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        """The longest piece that fits, again and again; a word that cannot be covered is unknown as a whole."""
        if len(word) > MAX_WORD_CHARACTERS:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = INNER if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                token = self._pieces.get(mark + word[start:end])
                if token is not None:
                    break
            else:
                return (self._unknown,)
            found.append(token)
            start = end
        return tuple(found)
