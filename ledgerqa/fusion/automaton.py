"""Which texts the reader may write: free words, and whole items between them, told byte by byte.

A nondeterministic automaton.  `Words` is one way to read the text so far as words; `Within` one that stands inside
an item.  A text is legal as long as one way is left.  What holds for every legal text:

- Free words have letters of Latin script, and an apostrophe or a hyphen between two letters.  No digit of any
  script, no sign, percent, currency sign or bracket is in the alphabet, and no two capitals follow each other.
- No free word says a number, a currency or a date (`words.forbidden`), nor does one that is still being written.
- An item begins after a space (a date, name or mark also after an opening parenthesis), is written to its end,
  and ends before a space, a punctuation mark or a closing parenthesis: no sign, join or suffix can touch it.
- A bare figure is followed by a space and a word; a word comes between two figures, or a comma where the first
  ends in its currency: "1" and "200.00 USD" can never be read as 1,200.00.
- A full stop is followed by a space, so that no decimals can be put behind anything.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, NamedTuple

from ledgerqa.fusion.items import Kind
from ledgerqa.fusion.words import (
    AFTER_APOSTROPHE,
    AFTER_FIGURE,
    BEFORE_FIGURE,
    SINGLE_LETTERS,
    folded,
    forbidden,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ledgerqa.fusion.items import Item

LONGEST_WORD = 28
PREPOSITIONS = frozenset("for to from at with into in of on by".split())
LETTERS = frozenset(
    c
    for c in map(chr, (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180)))
    if c.isalpha() and folded(c).isascii() and folded(c).isalpha()
)
APOSTROPHES = frozenset("'’")
STOPS = frozenset(".!?")
COMMAS = frozenset(",;:")
SPACES = frozenset(" \n")
ALPHABET = LETTERS | APOSTROPHES | STOPS | COMMAS | SPACES | frozenset("-()")
# The characters that begin with these bytes: where none of them may come, no byte of them may.
PREFIXES: dict[bytes, list[str]] = {}
for _character in sorted(ALPHABET):
    for _cut in range(1, len(_character.encode())):
        PREFIXES.setdefault(_character.encode()[:_cut], []).append(_character)


class At(enum.IntEnum):
    """What the last character was."""

    START = 0  # nothing written yet
    LETTER = 1
    JOINT = 2  # an apostrophe or a hyphen inside a word
    SPACE = 3
    COMMA = 4
    STOP = 5
    BREAK = 6  # the space between two sentences
    OPEN = 7
    CLOSE = 8
    ITEM = 9  # the last character of an item


class Gap(enum.IntEnum):
    """What the last item asks of what follows, until a free word stands between."""

    NONE = 0
    COUNT = 1  # a space and a word must follow
    DIGIT = 2  # ends in a digit: no item but a mark before a word
    DATE = 3  # the same, but a date may follow after a comma
    WORD = 4  # ends in its currency, a sign or a letter: no item but a mark before a word or a comma
    DIGIT_COMMA = 5  # a comma has come: nothing that begins with a digit before a word
    DATE_COMMA = 6


class Words(NamedTuple):
    """A way to read the text as words and whole items.  `pending` are the first bytes of a character."""

    at: At = At.START
    word: str = ""  # the part of a word that is being written, since the last joint
    joint: str = ""  # the joint before it
    before: str = ""  # the last whole word
    gap: Gap = Gap.NONE
    opened: bool = False
    pending: bytes = b""
    used: frozenset[Item] = frozenset()  # items that may not come again


class Node:
    """A node of a trie over items' bytes; `ends` are the items that end here."""

    __slots__ = ("children", "ends")

    def __init__(self) -> None:
        self.children: dict[int, Node] = {}
        self.ends: frozenset[Item] = frozenset()


Tries = dict[tuple[Kind, bool], Node]


class Within(NamedTuple):
    """A way to read the text whose end stands inside an item; `before` is where the item began."""

    node: Node
    before: Words


Way = Words | Within
Ways = tuple[Way, ...]
START: Ways = (Words(),)


class Automaton:
    """The legal texts over one set of items and the currencies of one ledger."""

    def __init__(
        self, items: Iterable[Item], currencies: Collection[str] = (), vocabulary: Collection[str] | None = None
    ) -> None:
        """`currencies` may not follow a figure as words, in any case ("12 hours" where HOURS is a commodity).

        `vocabulary` allows no other free words than these, as they are written (None: any).  Then what is written is
        one plain clause: no word is joined, no item comes twice, after a preposition comes a name, and one must come
        where there is any.
        """
        self._items = tuple(items)
        self._named = any(item.kind is Kind.NAME for item in self._items)
        self._vocabulary = None if vocabulary is None else frozenset(vocabulary)
        self._beginnings = frozenset(word[:end] for word in vocabulary or () for end in range(1, len(word) + 1))
        self._units = frozenset(folded(currency) for currency in currencies) | AFTER_FIGURE
        self._currencies = frozenset(currencies)
        self._tries: dict[frozenset[Item], Tries] = {}

    def _tries_without(self, used: frozenset[Item]) -> Tries:
        """The items that may come yet, as tries."""
        if used not in self._tries:
            self._tries[used] = _tries(item for item in self._items if item not in used)
        return self._tries[used]

    # ------------------------------------------------------------------------------------------- reading on

    def read(self, ways: Ways, data: bytes) -> Ways:
        """The ways left after more bytes; () where no legal text goes on so."""
        for byte in data:
            found: dict[Way, None] = {}
            for way in ways:
                found.update(dict.fromkeys(self._step(way, byte)))
            ways = tuple(found)
            if not ways:
                return ()
        return tuple(way for way in ways if isinstance(way, Within) or self._may_stand(way))

    def may_end(self, ways: Ways) -> bool:
        """Whether the text may end here: not inside an item, a word's part or a parenthesis."""
        return any(isinstance(way, Words) and self._complete(way) for way in ways)

    def continuations(self, ways: Ways) -> frozenset[int]:
        """The bytes that may come next, but for what the end of a token asks."""
        return frozenset(byte for byte in range(256) if any(True for way in ways for _ in self._step(way, byte)))

    def _step(self, way: Way, byte: int) -> Iterator[Way]:
        if isinstance(way, Within):
            yield from self._inside(way, byte)
            return
        if not way.pending:
            yield from self._begun(way, byte)
        if byte < 0x80 and not way.pending:
            character = chr(byte)
        else:
            data = way.pending + bytes((byte,))
            if data in PREFIXES:
                bare = way._replace(pending=b"")
                if any(self._free(bare, whole) is not None for whole in PREFIXES[data]):
                    yield way._replace(pending=data)
                return
            character = data.decode("utf-8", "replace")
        if character in ALPHABET and (after := self._free(way._replace(pending=b""), character)) is not None:
            yield after

    def _begun(self, way: Words, byte: int) -> Iterator[Way]:
        """Items that begin with this byte and may begin here."""
        if way.at not in (At.START, At.SPACE, At.BREAK, At.OPEN):
            return
        for (kind, digit), trie in self._tries_without(way.used).items():
            if self._vocabulary is not None and kind is not Kind.NAME and way.before in PREPOSITIONS:
                continue
            if byte in trie.children and _may_begin(way, kind, digit=digit):
                yield from self._inside(Within(trie, way), byte)

    def _inside(self, way: Within, byte: int) -> Iterator[Way]:
        node = way.node.children.get(byte)
        if node is None:
            return
        if node.children:
            yield Within(node, way.before)
        for item in node.ends:
            gap, used = _after(item), way.before.used
            if self._vocabulary is not None:
                used |= {item}
            gap = way.before.gap if gap is None else gap
            yield way.before._replace(at=At.ITEM, word="", joint="", gap=gap, used=used)

    # ------------------------------------------------------------------------------------------ free words

    def _free(self, way: Words, character: str) -> Words | None:
        """One character of free text after `way`, or None."""
        if self._vocabulary is not None and not self._plain(way, character):
            return None
        if character in LETTERS:
            after = _letter(way, character)
            return after if after is not None and self._begins(after) else None
        if character in APOSTROPHES or character == "-":
            if way.at is not At.LETTER or not self._whole(way):
                return None
            return way._replace(at=At.JOINT, joint=character, before=way.word, word="")
        if character == "(":
            if way.at is not At.SPACE or way.opened or way.gap is Gap.COUNT:
                return None
            return way._replace(at=At.OPEN, opened=True, gap=_past_comma(way.gap))
        return self._punctuated(way, character)

    def _punctuated(self, way: Words, character: str) -> Words | None:
        """A space, a punctuation mark or a closing parenthesis: all of them end a word or stand after an item."""
        if way.at is At.LETTER:
            if not self._whole(way):
                return None
            way = way._replace(before=way.word, word="", joint="", gap=Gap.NONE)
        elif way.at is At.ITEM:
            if way.gap is Gap.COUNT and character != " ":
                return None
            way = way._replace(before="")
        elif way.at is not At.CLOSE:
            return _spaced(way, character)
        return _marked(way, character)

    # -------------------------------------------------------------------------------------------- whole words

    def _plain(self, way: Words, character: str) -> bool:
        """Whether the character keeps to one plain clause, after whose full stop nothing comes."""
        if way.at is At.STOP:
            return False
        if character in LETTERS:
            return way.at is At.LETTER or way.before not in PREPOSITIONS
        return character == " " or (character == "." and self._says_something(way))

    def _says_something(self, way: Words) -> bool:
        """Whether the clause may end: it holds a name where there is one to hold, and no preposition waits for its."""
        if self._vocabulary is None:
            return True
        said = any(item.kind is Kind.NAME for item in way.used) if self._named else bool(way.used)
        return said and way.word not in PREPOSITIONS

    def _begins(self, way: Words) -> bool:
        """Whether a word that may be written begins so; a preposition only where a name is left to follow it."""
        if self._vocabulary is None:
            return True
        beginning = way.word in self._beginnings
        if beginning and not any(kind is Kind.NAME for kind, _ in self._tries_without(way.used)):
            return any(word.startswith(way.word) for word in self._vocabulary - PREPOSITIONS)
        return beginning

    def _whole(self, way: Words) -> bool:
        """Whether the word may end here."""
        word = way.word
        if way.joint and way.joint in APOSTROPHES:
            return folded(word) in AFTER_APOSTROPHE or (len(word) > 1 and self._known(way) and self._allowed(way))
        if len(word) == 1 and (word not in SINGLE_LETTERS or word in self._currencies):
            return False
        return self._known(way) and self._allowed(way)

    def _known(self, way: Words) -> bool:
        return self._vocabulary is None or way.word in self._vocabulary

    def _allowed(self, way: Words) -> bool:
        if forbidden(way.word) or way.word in self._currencies:
            return False
        return way.gap is Gap.NONE or folded(way.word) not in self._units

    def _may_stand(self, way: Words) -> bool:
        """Whether a token may end here: a word in the writing must not look like a forbidden one already."""
        return way.at is not At.LETTER or len(way.word) == 1 or self._allowed(way)

    def _complete(self, way: Words) -> bool:
        if way.pending or way.opened or way.at in (At.JOINT, At.SPACE, At.COMMA, At.OPEN):
            return False
        if way.at is At.LETTER:
            return self._whole(way) and self._says_something(way)
        return (way.at is not At.ITEM or way.gap is not Gap.COUNT) and self._says_something(way)


def _tries(items: Iterable[Item]) -> Tries:
    """Items by their bytes, apart by what rules they obey in front."""
    tries: Tries = {}
    for item in items:
        # A sign counts as a digit: "3 -20.00 USD" must not be written either.
        key = (_class(item.kind), item.text[0].isdigit() or item.text[0] in "+-")
        node = tries.setdefault(key, Node())
        for byte in item.text.encode():
            node = node.children.setdefault(byte, Node())
        node.ends |= {item}
    return tries


def _spaced(way: Words, character: str) -> Words | None:
    """A space after a comma or a sentence, at the very start, or a new line after another."""
    if way.at is At.COMMA and character == " ":
        return way._replace(at=At.SPACE)
    if way.at in (At.STOP, At.START) and character in SPACES:
        return way._replace(at=At.BREAK)
    return way if way.at is At.BREAK and character == "\n" else None


def _marked(way: Words, character: str) -> Words | None:
    """What follows a whole word, an item or a parenthesis: a line and a sentence end only outside of parentheses."""
    if character in SPACES:
        return way._replace(at=At.SPACE) if character == " " else None
    if character == ")":
        return way._replace(at=At.CLOSE, opened=False) if way.opened else None
    if character in STOPS and way.opened:
        return None
    after = At.STOP if character in STOPS else At.COMMA
    return way._replace(at=after, before="", gap=_past_comma(way.gap))


def _letter(way: Words, character: str) -> Words | None:
    if way.at in (At.COMMA, At.STOP, At.CLOSE, At.ITEM):
        return None
    word = way.word + character
    if len(word) > LONGEST_WORD or (way.word[-1:].isupper() and character.isupper()):
        return None
    if way.at is At.LETTER:
        return way._replace(word=word)
    joint = way.joint if way.at is At.JOINT else ""
    return way._replace(at=At.LETTER, word=word, joint=joint)


def _may_begin(way: Words, kind: Kind, *, digit: bool) -> bool:
    """Whether an item of this class, with or without a digit at its front, may begin after `way`."""
    if way.gap is Gap.COUNT or (kind is Kind.MARK and way.at in (At.START, At.BREAK)):
        return False
    if way.at is At.OPEN and kind is Kind.MONEY:
        return False  # accountants write a negative figure in parentheses
    if digit and way.before in BEFORE_FIGURE:
        return False
    if kind is Kind.MARK or way.gap is Gap.NONE:
        return True
    if way.gap is Gap.DATE_COMMA:
        return kind is Kind.DATE or not digit
    return way.gap is Gap.DIGIT_COMMA and not digit


def _class(kind: Kind) -> Kind:
    """Figures of all kinds obey the same rules in front."""
    return Kind.MONEY if kind in (Kind.COUNT, Kind.PERCENT) else kind


def _after(item: Item) -> Gap | None:
    """What the item asks of what follows; a mark leaves what the item before it asked."""
    if item.kind is Kind.MARK:
        return None
    if item.kind is Kind.COUNT:
        return Gap.COUNT
    if item.kind is Kind.DATE:
        return Gap.DATE
    if item.text[-1].isdigit():
        return Gap.DIGIT
    return Gap.NONE if item.kind is Kind.NAME and _ends_in_a_word(item.text) else Gap.WORD


def _ends_in_a_word(name: str) -> bool:
    """Whether a figure may follow the name as it might follow its last word."""
    last = re.split(r"[^\w]+|_", name.rstrip(".!')"))[-1]
    return len(last) > 1 and last.isalpha() and not forbidden(last) and last.casefold() not in BEFORE_FIGURE


def _past_comma(gap: Gap) -> Gap:
    return {Gap.DIGIT: Gap.DIGIT_COMMA, Gap.DATE: Gap.DATE_COMMA, Gap.WORD: Gap.NONE}.get(gap, gap)
